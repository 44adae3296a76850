"""Filters that somebody saved by name, and the columns an account has chosen. Every change is in the audit trail."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlencode

from sqlalchemy import Connection, Engine, delete, insert, select

from data import tables
from data.analisis.saringan import read_address, read_saringan, to_query
from data.engine import writing
from data.errors import BadParameterError, NotFoundError
from data.jejak import Kejadian, Pelaku, append
from data.words import Tindakan

S, P = tables.saringan, tables.pilihan
COLUMNS_KEY: Final = "analisis-kolom"
MOST: Final = 50
LONGEST_NAME: Final = 80
# What belongs to the moment and not to a filter: a saved one is used again in the next triwulan.
_PASSING: Final = ("tahun", "tw", "pilih", "buka", "hal")


@dataclass(frozen=True)
class Simpanan:
    """One saved filter: its name, the query of its address, whose it is, whether the others see it."""

    nama: str
    alamat: str
    akun: str
    bersama: bool
    milik_sendiri: bool


def saved_filters(conn: Connection, pemda: str, akun: str) -> list[Simpanan]:
    """One's own and the shared ones, by name."""
    query = (
        select(S.c.nama, S.c.alamat, S.c.akun, S.c.bersama)
        .where(S.c.pemda == pemda, (S.c.akun == akun) | S.c.bersama)
        .order_by(S.c.nama, S.c.akun)
    )
    return [Simpanan(*row, milik_sendiri=row.akun == akun) for row in conn.execute(query)]


def save_filter(
    engine: Engine, pemda: str, who: Pelaku, nama: str, alamat: str, bersama: bool, ganti: bool = False
) -> None:
    """Keep a filter under a name; ``ganti``: in place of one's own of the same name. Raises BadParameterError for a
    name or an address that makes no sense, for a name that is in use, or when there are too many already."""
    name = " ".join(nama.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise BadParameterError(f"Beri nama saringan 1 sampai {LONGEST_NAME} huruf, misalnya “Dinas tertinggal”.")
    query = _clean(alamat)
    mine = (S.c.pemda == pemda, S.c.akun == who.nama)
    with writing(engine) as conn:
        names = set(conn.execute(select(S.c.nama).where(*mine)).scalars())
        if len(names - {name}) >= MOST:
            raise BadParameterError(f"Sudah ada {MOST} saringan tersimpan. Hapus yang tidak dipakai lebih dahulu.")
        if name in names and not ganti:
            raise BadParameterError(
                f"Anda sudah punya saringan bernama “{name}”. Pilih nama lain, atau centang “Ganti saringan saya yang "
                "bernama sama”."
            )
        conn.execute(delete(S).where(*mine, S.c.nama == name))
        row = {"pemda": pemda, "akun": who.nama, "nama": name, "alamat": query, "bersama": bersama}
        conn.execute(insert(S), [{**row, "dibuat_pada": datetime.now(UTC)}])
        told = {"apa": "disimpan", "alamat": query, "bersama": bersama}
        append(conn, pemda, who, Kejadian(Tindakan.SETELAN, f"saringan/{name}", told))


def forget_filter(engine: Engine, pemda: str, who: Pelaku, nama: str) -> None:
    """Take one's own saved filter away. Raises NotFoundError when there is none of that name."""
    with writing(engine) as conn:
        gone = conn.execute(delete(S).where(S.c.pemda == pemda, S.c.akun == who.nama, S.c.nama == nama)).rowcount
        if not gone:
            raise NotFoundError("Saringan dengan nama ini tidak ada lagi.")
        append(conn, pemda, who, Kejadian(Tindakan.SETELAN, f"saringan/{nama}", {"apa": "dihapus"}))


def read_columns(conn: Connection, pemda: str, akun: str) -> tuple[str, ...]:
    """The columns an account has chosen, () when it has not."""
    where = (P.c.pemda == pemda, P.c.akun == akun, P.c.kunci == COLUMNS_KEY)
    found = conn.execute(select(P.c.nilai).where(*where)).scalar()
    return tuple(part for part in (found or "").split(",") if part)


def keep_columns(engine: Engine, pemda: str, who: Pelaku, columns: tuple[str, ...]) -> None:
    """Remember which columns an account wants to see; () goes back to the usual ones."""
    where = (P.c.pemda == pemda, P.c.akun == who.nama, P.c.kunci == COLUMNS_KEY)
    with writing(engine) as conn:
        conn.execute(delete(P).where(*where))
        if columns:
            row = {"pemda": pemda, "akun": who.nama, "kunci": COLUMNS_KEY, "nilai": ",".join(columns)}
            conn.execute(insert(P), [row])
        append(conn, pemda, who, Kejadian(Tindakan.SETELAN, "analisis/kolom", {"kolom": list(columns)}))


def _clean(alamat: str) -> str:
    """A query as we would write it ourselves. Raises BadParameterError."""
    kept = to_query(read_saringan(read_address(alamat)))
    return urlencode({name: value for name, value in kept.items() if name not in _PASSING})
