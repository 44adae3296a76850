"""Rollup rows: what every screen reads, recomputed for the OPD-years a file touched, inside its transaction."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select

from data import tables
from data.aturan import Aturan, read_aturan
from data.rollups import indikator, kinerja, uang
from data.rollups.read import Mentah, read_family
from data.words import Level

Row = dict[str, Any]
ALL = (tables.rollup_indikator, tables.rollup_kinerja, tables.rollup_uang)


def recompute(conn: Connection, pemda: str, touched: Iterable[tuple[int, str]]) -> None:
    """Make the rollups of these (tahun, opd) anew, and of the government for those years."""
    families = _families(conn, pemda)
    root_of = {opd: root for root, members in families.items() for opd in members}
    roots = {(tahun, root_of[opd]) for tahun, opd in touched}
    aturan = read_aturan(conn, pemda)
    for tahun, root in sorted(roots):
        _recompute_family(conn, pemda, tahun, root, families[root], aturan)
    for tahun in sorted({tahun for tahun, _ in roots}):
        _recompute_pemda(conn, pemda, tahun, sorted(families), aturan)


def rebuild(conn: Connection, pemda: str) -> None:
    """Throw all rollups of a pemda away and make them from the stored values."""
    for table in ALL:
        conn.execute(delete(table).where(table.c.pemda == pemda))
    found = conn.execute(select(tables.node.c.tahun, tables.node.c.opd).where(tables.node.c.pemda == pemda).distinct())
    recompute(conn, pemda, [(row.tahun, row.opd) for row in found])


def _families(conn: Connection, pemda: str) -> dict[str, list[str]]:
    """The OPD itself and its units, by the OPD at the top."""
    o = tables.opd.c
    members = defaultdict(list)
    for row in conn.execute(select(o.kode, o.induk).where(o.pemda == pemda).order_by(o.kode)):
        members[row.induk or row.kode].append(row.kode)
    return members


def _recompute_family(
    conn: Connection, pemda: str, tahun: int, root: str, family: list[str], aturan: Aturan
) -> None:
    raw = read_family(conn, pemda, tahun, root, family)
    stands = indikator.positions(raw, aturan)
    months = uang.positions(raw)
    for table in ALL:
        steps = {"tw": (1, 2, 3, 4)} if "tw" in table.c else {"bulan": tuple(uang.MONTHS)}
        if "level" in table.c:
            steps["level"] = tuple(Level)
        match = [table.c[name].in_(values) for name, values in steps.items()]
        conn.execute(
            delete(table).where(table.c.pemda == pemda, table.c.tahun == tahun, table.c.opd.in_(family), *match)
        )
    _insert(conn, tables.rollup_indikator, pemda, _indikator_rows(raw, stands))
    _insert(conn, tables.rollup_kinerja, pemda, kinerja.rows(raw, stands, uang.pagu_in_force(months), aturan))
    _insert(conn, tables.rollup_uang, pemda, uang.rows(raw, months))


def _indikator_rows(raw: Mentah, stands: dict[tuple[str, str], list[indikator.Posisi]]) -> list[Row]:
    return [
        {
            "tahun": raw.tahun,
            "tw": tw,
            "opd": ind.opd,
            "indikator": ind.kode,
            "node": ind.node,
            "target_sd": stand.target.nilai,
            "target_atas_sd": stand.target.atas,
            "target_teks": stand.target.teks,
            "realisasi_sd": stand.realisasi.nilai,
            "realisasi_teks": stand.realisasi.teks,
            "capaian": stand.capaian,
            "persen_setahun": stand.persen_setahun,
            "status": stand.status.value,
        }
        for ind in raw.indikator
        for tw, stand in enumerate(stands[ind.opd, ind.kode], start=1)
    ]


def _recompute_pemda(conn: Connection, pemda: str, tahun: int, roots: list[str], aturan: Aturan) -> None:
    made: list[tuple[Table, list[Row]]] = []
    for table, step in ((tables.rollup_kinerja, "tw"), (tables.rollup_uang, "bulan")):
        by_step: dict[int, list[Row]] = defaultdict(list)
        own = [table.c.pemda == pemda, table.c.tahun == tahun]
        query = select(table).where(*own, table.c.level == Level.OPD.value, table.c.opd.in_(roots))
        for found in conn.execute(query.order_by(table.c[step], table.c.opd)).mappings():
            by_step[found[step]].append(dict(found))
        conn.execute(delete(table).where(*own, table.c.level == Level.PEMDA.value))
        if step == "tw":
            made.append((table, [kinerja.pemda_row(tahun, at, opds, aturan) for at, opds in by_step.items()]))
        else:
            made.append((table, [uang.pemda_row(tahun, at, opds) for at, opds in by_step.items()]))
    for table, rows in made:
        _insert(conn, table, pemda, rows)


def _insert(conn: Connection, table: Table, pemda: str, rows: list[Row]) -> None:
    if rows:
        conn.execute(insert(table), [{"pemda": pemda, **row} for row in rows])
