"""Many large governments, for the benchmark: one is generated, the others are copied inside the database."""

from datetime import date
from typing import Final

from sqlalchemy import Connection, Engine, Table, insert, literal, select

from data import tables
from data.contoh.isi import Progress, put
from data.contoh.kota import generate

TAHUN_BESAR: Final = range(2022, 2027)
SAMPAI: Final = date(2027, 2, 15)
INDUK: Final = "16.71"
# In the order in which rows refer to each other.
SALINAN: Final = (
    tables.opd,
    tables.unggahan,
    tables.node,
    tables.indikator,
    tables.target,
    tables.realisasi,
    tables.keuangan,
    tables.periode,
    tables.laporan,
    tables.rollup_indikator,
    tables.rollup_kinerja,
    tables.rollup_uang,
)


def fill_bench(engine: Engine, pemda_count: int = 18, scale: float = 2.4, progress: Progress = None) -> list[str]:
    """Fill ``pemda_count`` governments of about 120,000 realisasi rows each; returns their codes."""
    kota = generate(INDUK, SAMPAI, TAHUN_BESAR, scale)
    put(engine, kota)
    codes = [INDUK, *(f"16.{90 + number // 10:02d}.{number % 10}" for number in range(1, pemda_count))]
    for code in codes[1:]:
        with engine.begin() as conn:
            copy_pemda(conn, INDUK, code, f"Kota Salinan {code}")
        if progress is not None:
            progress(f"{code} disalin")
    return codes


def copy_pemda(conn: Connection, source: str, code: str, nama: str) -> None:
    """Copy everything stored about one government under another code, without fetching a row."""
    found = conn.execute(select(tables.pemda).where(tables.pemda.c.kode == source)).mappings().one()
    conn.execute(insert(tables.pemda).values(dict(found) | {"kode": code, "nama": nama}))
    for table in SALINAN:
        _copy(conn, table, source, code)


def _copy(conn: Connection, table: Table, source: str, code: str) -> None:
    names = [column.name for column in table.columns]
    values = [literal(code) if name == "pemda" else table.c[name] for name in names]
    conn.execute(insert(table).from_select(names, select(*values).where(table.c.pemda == source)))
