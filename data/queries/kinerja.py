"""How OPD and nodes stand. All read ``rollup_kinerja`` and ``rollup_uang``: cost grows with the rows shown."""

from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, or_, select

from data import tables
from data.aturan import Aturan
from data.formulas.predikat import predikat, predikat_column
from data.formulas.uang import serapan
from data.queries.frame import frame, rows
from data.words import Level

K, U, O, N = tables.rollup_kinerja, tables.rollup_uang, tables.opd, tables.node
MEASURES = (
    K.c.capaian,
    (K.c.capaian - 100).label("deviasi"),
    K.c.capaian_tanpa_batas,
    K.c.capaian_tertimbang,
    K.c.status,
    K.c.jumlah_indikator,
    K.c.dihitung,
    K.c.tanpa_target,
    K.c.belum_lapor,
    K.c.nihil,
    K.c.pagu,
    U.c.pagu_lapor,
    U.c.realisasi,
)


def _same_place(bulan: Any) -> ColumnElement[bool]:
    keys = ("pemda", "tahun", "level", "opd", "kode")
    return and_(*(U.c[name] == K.c[name] for name in keys), U.c.bulan == bulan)


_NODE = and_(N.c.pemda == K.c.pemda, N.c.tahun == K.c.tahun, N.c.opd == K.c.opd, N.c.kode == K.c.kode)
_OPD = and_(O.c.pemda == K.c.pemda, O.c.kode == K.c.opd)
# Written once: to put these together anew costs a reader more than the answer of the database.
_AT = (K.c.pemda == bindparam("pemda"), K.c.tahun == bindparam("tahun"), K.c.tw == bindparam("tw"))
_STANDINGS: Select[Any] = (
    select(K.c.opd, O.c.nama, O.c.singkat, O.c.jenis, *MEASURES)
    .select_from(K.join(O, _OPD).outerjoin(U, _same_place(K.c.tw * 3)))
    .where(*_AT, K.c.level == Level.OPD.value, O.c.induk.is_(None))
    .order_by(O.c.urutan, O.c.kode)
)
_NODES: Select[Any] = (
    select(K.c.opd, K.c.kode, K.c.level, K.c.induk, N.c.nama, O.c.singkat.label("unit"), *MEASURES)
    .select_from(K.join(N, _NODE).join(O, _OPD).outerjoin(U, _same_place(K.c.tw * 3)))
    .where(*_AT)
    .order_by(K.c.kode, K.c.opd)
)
_OF_LEVEL: Select[Any] = _NODES.where(
    K.c.opd.in_(bindparam("opds", expanding=True)), K.c.level.in_(bindparam("levels", expanding=True))
)


def opd_standings(conn: Connection, pemda: str, tahun: int, tw: int, aturan: Aturan) -> pd.DataFrame:
    """One row per OPD (not its units) s.d. one triwulan, in the order of the OPD list.

    Columns: opd, nama, singkat, jenis, capaian, deviasi (points), capaian_tanpa_batas, capaian_tertimbang (percent),
    status, jumlah_indikator, dihitung, tanpa_target, belum_lapor, nihil, pagu, pagu_lapor, realisasi (rupiah),
    predikat, serapan (percent of the pagu that was reported on).
    """
    return _with_words(frame(conn, _STANDINGS, {"pemda": pemda, "tahun": tahun, "tw": tw}), aturan)


def standing_by_opd(conn: Connection, pemda: str, tahun: int, tw: int, aturan: Aturan) -> dict[str, dict[str, Any]]:
    """The rows of ``opd_standings`` by the code of their OPD, for who looks for one of them."""
    found = rows(conn, _STANDINGS, {"pemda": pemda, "tahun": tahun, "tw": tw})
    return {row["opd"]: row for row in _worded(found, aturan)}


def pemda_standing(conn: Connection, pemda: str, tahun: int, tw: int, aturan: Aturan) -> pd.DataFrame:
    """One row: the whole government s.d. one triwulan, columns as ``opd_standings`` (opd is '')."""
    query = (
        select(K.c.opd, *MEASURES)
        .select_from(K.outerjoin(U, _same_place(tw * 3)))
        .where(K.c.pemda == pemda, K.c.tahun == tahun, K.c.tw == tw, K.c.level == Level.PEMDA.value)
    )
    return _with_words(frame(conn, query), aturan)


def top_opd(conn: Connection, pemda: str) -> pd.DataFrame:
    """One row per OPD (not its units), in the order of the list: opd, nama, singkat."""
    query = select(O.c.kode.label("opd"), O.c.nama, O.c.singkat).where(O.c.pemda == pemda, O.c.induk.is_(None))
    return frame(conn, query.order_by(O.c.urutan, O.c.kode))


def family(conn: Connection, pemda: str, opd: str) -> list[str]:
    """The codes of an OPD, its units and their sub-units; empty when it is not known."""
    found: list[str] = []
    wanted = or_(O.c.kode == opd, O.c.induk == opd)
    while True:
        rows = conn.execute(select(O.c.kode).where(O.c.pemda == pemda, wanted).order_by(O.c.kode)).scalars().all()
        new = [kode for kode in rows if kode not in found]
        if not new:
            return sorted(found)
        found += new
        wanted = O.c.induk.in_(new)


def families(conn: Connection, pemda: str) -> dict[str, list[str]]:
    """What ``family`` says, for every OPD and unit at once."""
    beneath: dict[str | None, list[str]] = {}
    for row in conn.execute(select(O.c.kode, O.c.induk).where(O.c.pemda == pemda)):
        beneath.setdefault(row.induk, []).append(row.kode)

    def below(kode: str) -> list[str]:
        return [kode, *(inner for unit in beneath.get(kode, ()) for inner in below(unit))]

    return {kode: sorted(below(kode)) for units in beneath.values() for kode in units}


def nodes_of_level(
    conn: Connection, pemda: str, tahun: int, tw: int, opds: list[str], levels: list[Level], aturan: Aturan
) -> pd.DataFrame:
    """One row per node of these levels of these OPD, in the order of their codes; columns as ``opd_standings`` plus
    kode, level, induk, unit (name of the unit that holds it)."""
    given = {"pemda": pemda, "tahun": tahun, "tw": tw, "opds": opds, "levels": [level.value for level in levels]}
    return _with_words(frame(conn, _OF_LEVEL, given), aturan)


def node_lines(
    conn: Connection, pemda: str, tahun: int, tw: int, opds: list[str], levels: list[Level], aturan: Aturan
) -> list[dict[str, Any]]:
    """The rows of ``nodes_of_level`` as dictionaries, at a fifth of the price: every step of a drill asks for some."""
    given = {"pemda": pemda, "tahun": tahun, "tw": tw, "opds": opds, "levels": [level.value for level in levels]}
    return _worded(rows(conn, _OF_LEVEL, given), aturan)


def children(
    conn: Connection, pemda: str, tahun: int, tw: int, opd: str, induk: str, level: Level, aturan: Aturan
) -> pd.DataFrame:
    """One row per node of one level directly beneath one node of one OPD; columns as ``nodes_of_level``."""
    return _nodes(conn, pemda, tahun, tw, [K.c.opd == opd, K.c.level == level.value, K.c.induk == induk], aturan)


def _nodes(
    conn: Connection, pemda: str, tahun: int, tw: int, where: list[ColumnElement[bool]], aturan: Aturan
) -> pd.DataFrame:
    query = _NODES.where(*where)
    return _with_words(frame(conn, query, {"pemda": pemda, "tahun": tahun, "tw": tw}), aturan)


def path_to_node(conn: Connection, pemda: str, tahun: int, opd: str, kode: str) -> list[dict[str, str]]:
    """The nodes from the top of an OPD's tree down to one node, itself included: kode, level, nama. Empty when the
    node is not known."""
    path: list[dict[str, str]] = []
    wanted: str | None = kode
    while wanted:
        match = (N.c.pemda == pemda, N.c.tahun == tahun, N.c.opd == opd, N.c.kode == wanted)
        row = conn.execute(select(N.c.kode, N.c.level, N.c.nama, N.c.induk).where(*match)).first()
        if row is None:
            return []
        path.insert(0, {"kode": row.kode, "level": row.level, "nama": row.nama})
        wanted = row.induk
    return path


def opd_history(
    conn: Connection, pemda: str, quarters: list[tuple[int, int]], opds: list[str] | None = None
) -> pd.DataFrame:
    """One row per OPD × triwulan of ``quarters`` (tahun, tw): opd, tahun, tw, capaian, deviasi, status."""
    where = [K.c.pemda == pemda, *_years_of(quarters), K.c.level == Level.OPD.value]
    if opds is not None:
        where.append(K.c.opd.in_(opds))
    query = (
        select(K.c.opd, K.c.tahun, K.c.tw, K.c.capaian, (K.c.capaian - 100).label("deviasi"), K.c.status)
        .where(*where)
        .order_by(K.c.opd, K.c.tahun, K.c.tw)
    )
    return _only(frame(conn, query), quarters)


def program_history(conn: Connection, pemda: str, quarters: list[tuple[int, int]], opds: list[str]) -> pd.DataFrame:
    """One row per program of these OPD × triwulan: opd, kode, nama (of that year), tahun, tw, capaian, deviasi,
    status, pagu."""
    same_node = and_(N.c.pemda == K.c.pemda, N.c.tahun == K.c.tahun, N.c.opd == K.c.opd, N.c.kode == K.c.kode)
    columns = (K.c.opd, K.c.kode, N.c.nama, K.c.tahun, K.c.tw, K.c.capaian)
    query = (
        select(*columns, (K.c.capaian - 100).label("deviasi"), K.c.status, K.c.pagu)
        .select_from(K.join(N, same_node))
        .where(K.c.pemda == pemda, *_years_of(quarters), K.c.level == Level.PROGRAM.value, K.c.opd.in_(opds))
        .order_by(K.c.kode, K.c.opd, K.c.tahun, K.c.tw)
    )
    return _only(frame(conn, query), quarters)


def _years_of(quarters: list[tuple[int, int]]) -> list[ColumnElement[bool]]:
    """A condition that every database answers by seeking in the key; a pair-wise OR would scan whole years."""
    return [K.c.tahun.in_(sorted({tahun for tahun, _ in quarters})), K.c.tw.in_((1, 2, 3, 4))]


def _only(found: pd.DataFrame, quarters: list[tuple[int, int]]) -> pd.DataFrame:
    wanted = set(quarters)
    keep = [pair in wanted for pair in zip(found["tahun"], found["tw"], strict=True)]
    return found[keep].reset_index(drop=True)


def _worded(found: list[dict[str, Any]], aturan: Aturan) -> list[dict[str, Any]]:
    """``_with_words`` for rows."""
    shares = serapan([row["realisasi"] for row in found], [row["pagu_lapor"] for row in found])
    for row, share in zip(found, shares, strict=True):
        row |= {"predikat": predikat(row["capaian"], aturan.bacaan_predikat), "serapan": share}
    return found


def _with_words(found: pd.DataFrame, aturan: Aturan) -> pd.DataFrame:
    found["predikat"] = predikat_column(list(found["capaian"]), aturan.bacaan_predikat)
    found["serapan"] = _objects(serapan(list(found["realisasi"]), list(found["pagu_lapor"])), found)
    return found


def _objects(values: list[Any], like: pd.DataFrame) -> "pd.Series[Any]":
    return pd.Series(values, index=like.index, dtype=object)
