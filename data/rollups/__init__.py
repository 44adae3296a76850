"""Rollup rows: what every screen reads, recomputed for the OPD-years a file touched, inside its transaction."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Table, delete, select, update

from data import tables
from data.aturan import Aturan, read_aturan
from data.bulk import insert_rows
from data.errors import LoadError
from data.rollups import indikator, kinerja, uang
from data.rollups.read import Mentah, read_family
from data.rollups.scope import EVERYTHING, Lingkup
from data.words import Level

Row = dict[str, Any]
ALL = (tables.rollup_indikator, tables.rollup_kinerja, tables.rollup_uang)


def recompute(conn: Connection, pemda: str, touched: Mapping[tuple[int, str], Lingkup]) -> None:
    """Make the rollups of these (tahun, opd) anew as far as each was disturbed, and of the government."""
    families = _families(conn, pemda)
    root_of = {opd: root for root, members in families.items() for opd in members}
    roots: dict[tuple[int, str], Lingkup] = {}
    for (tahun, opd), scope in touched.items():
        key = (tahun, root_of[opd])
        roots[key] = roots.get(key, scope) | scope
    aturan = read_aturan(conn, pemda)
    years: dict[int, Lingkup] = {}
    for (tahun, root), scope in sorted(roots.items(), key=lambda item: item[0]):
        _recompute_family(conn, pemda, tahun, root, families[root], scope, aturan)
        years[tahun] = years.get(tahun, scope) | scope
    for tahun, scope in sorted(years.items(), key=lambda item: item[0]):
        _recompute_pemda(conn, pemda, tahun, sorted(families), scope, aturan)


def rebuild(conn: Connection, pemda: str) -> None:
    """Throw all rollups of a pemda away and make them from the stored values; raises the data version."""
    raised = tables.pemda.c.versi + 1
    conn.execute(update(tables.pemda).where(tables.pemda.c.kode == pemda).values(versi=raised))
    for table in ALL:
        conn.execute(delete(table).where(table.c.pemda == pemda))
    found = conn.execute(select(tables.node.c.tahun, tables.node.c.opd).where(tables.node.c.pemda == pemda).distinct())
    recompute(conn, pemda, {(row.tahun, row.opd): EVERYTHING for row in found})


def _families(conn: Connection, pemda: str) -> dict[str, list[str]]:
    """The OPD itself, its units and their sub-units, by the OPD at the top. Raises LoadError for a circle."""
    o = tables.opd.c
    rows = conn.execute(select(o.kode, o.induk).where(o.pemda == pemda).order_by(o.kode)).all()
    above = {row.kode: row.induk for row in rows}
    members: dict[str, list[str]] = defaultdict(list)
    for kode in above:
        members[_top(kode, above)].append(kode)
    return members


def _top(kode: str, above: Mapping[str, str | None]) -> str:
    seen = {kode}
    while (parent := above.get(kode)) is not None and parent in above:
        if parent in seen:
            raise LoadError(f"Unit {kode} menjadi induk bagi dirinya sendiri. Perbaiki susunan OPD.")
        seen.add(parent)
        kode = parent
    return kode


def _recompute_family(
    conn: Connection, pemda: str, tahun: int, root: str, family: list[str], scope: Lingkup, aturan: Aturan
) -> None:
    raw = read_family(conn, pemda, tahun, root, family, with_money=scope.uang)
    quarters = sorted(scope.langsung | {tw for tw in scope.ikut if any(raw.reported(opd, tw) for opd in family)})
    own = {"pemda": pemda, "tahun": tahun}
    if scope.uang:
        months = uang.positions(raw)
        pagu = uang.pagu_in_force(months)
        _delete(conn, tables.rollup_uang, own, family, {"bulan": uang.MONTHS, "level": Level})
        _insert(conn, tables.rollup_uang, pemda, uang.rows(raw, months))
    else:
        pagu = _stored_pagu(conn, pemda, tahun, family)
    if quarters:
        stands = indikator.positions(raw, quarters, aturan)
        _delete(conn, tables.rollup_indikator, own, family, {"tw": quarters})
        _delete(conn, tables.rollup_kinerja, own, family, {"tw": quarters, "level": Level})
        _insert(conn, tables.rollup_indikator, pemda, _indikator_rows(raw, stands))
        _insert(conn, tables.rollup_kinerja, pemda, kinerja.rows(raw, stands, quarters, pagu, aturan))


def _delete(
    conn: Connection, table: Table, own: dict[str, Any], family: list[str], steps: dict[str, Iterable[Any]]
) -> None:
    """Every part of the key is named, so that the database seeks instead of reading the whole year."""
    match = [table.c[name] == value for name, value in own.items()]
    match += [table.c[name].in_(list(values)) for name, values in steps.items()]
    conn.execute(delete(table).where(*match, table.c.opd.in_(family)))


def _stored_pagu(conn: Connection, pemda: str, tahun: int, family: list[str]) -> dict[tuple[str, str, int], int]:
    """Rupiah in force per (opd, sub kegiatan, month) at the quarters' ends, when no money was disturbed."""
    u = tables.rollup_uang.c
    query = select(u.opd, u.kode, u.bulan, u.pagu).where(
        u.pemda == pemda,
        u.tahun == tahun,
        u.bulan.in_((3, 6, 9, 12)),
        u.level == Level.SUB_KEGIATAN.value,
        u.opd.in_(family),
    )
    return {(row.opd, row.kode, row.bulan): row.pagu for row in conn.execute(query).all()}


def _indikator_rows(raw: Mentah, stands: indikator.Positions) -> list[Row]:
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
        for tw, stand in stands[ind.opd, ind.kode].items()
    ]


def _recompute_pemda(
    conn: Connection, pemda: str, tahun: int, roots: list[str], scope: Lingkup, aturan: Aturan
) -> None:
    made: list[tuple[Table, list[Row]]] = []
    steps = [(tables.rollup_kinerja, "tw")] if scope.ikut else []
    for table, step in steps + ([(tables.rollup_uang, "bulan")] if scope.uang else []):
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
    for row in rows:
        row["pemda"] = pemda
    insert_rows(conn, table, rows)
