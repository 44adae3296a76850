"""What is compared with what: parts with their whole, a triwulan with the one before, an OPD with its like.

All read ``rollup_kinerja`` by its key: cost grows with the OPD and programs compared, not with what is stored.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, and_, select

from data import tables
from data.formulas.sebaran import kuartil, peringkat
from data.formulas.sumbangan import sumbangan
from data.queries.frame import frame
from data.queries.kinerja import family
from data.words import Level

K, O, N = tables.rollup_kinerja, tables.opd, tables.node
_OVER = (Level.PROGRAM.value, Level.SASARAN.value)
_SAME_OPD = and_(O.c.pemda == K.c.pemda, O.c.kode == K.c.opd)
_SAME_NODE = and_(N.c.pemda == K.c.pemda, N.c.tahun == K.c.tahun, N.c.opd == K.c.opd, N.c.kode == K.c.kode)

Triwulan = tuple[int, int]


def quarter_before(tahun: int, tw: int) -> Triwulan:
    """The triwulan before; before TW I that is TW IV of the year before."""
    return (tahun, tw - 1) if tw > 1 else (tahun - 1, 4)


def city_contributions(conn: Connection, pemda: str, tahun: int, tw: int) -> pd.DataFrame:
    """One row per OPD (not its units), worst contribution first, those without a capaian last.

    Columns: opd, nama, singkat, capaian (percent), status, pagu (rupiah), sumbangan: (capaian − 100) / n in points,
    where n counts the OPD with a capaian. The sumbangan add up to the city's deviasi exactly.
    """
    query = (
        select(K.c.opd, O.c.nama, O.c.singkat, K.c.capaian, K.c.status, K.c.pagu)
        .select_from(K.join(O, _SAME_OPD))
        .where(*_of(pemda, tahun, tw), K.c.level == Level.OPD.value, O.c.induk.is_(None))
        .order_by(O.c.urutan, K.c.opd)
    )
    return _with_contribution(frame(conn, query))


def contributions(conn: Connection, pemda: str, tahun: int, tw: int, opd: str) -> pd.DataFrame:
    """One row per program of one OPD and its units (per sasaran when no program has a capaian), worst contribution
    first, those without a capaian last.

    Columns: opd, kode, level, nama, unit (short name of the unit that holds it), capaian (percent, its indicators
    limited as the settings say), status, pagu (rupiah), sumbangan: (capaian − 100) / n in points, where n counts the
    rows with a capaian. The sumbangan add up to the OPD's deviasi exactly; all are None while the OPD has no capaian
    (not reported, or nihil).
    """
    query = (
        select(K.c.opd, K.c.kode, K.c.level, N.c.nama, O.c.singkat.label("unit"), K.c.capaian, K.c.status, K.c.pagu)
        .select_from(K.join(N, _SAME_NODE).join(O, _SAME_OPD))
        .where(*_of(pemda, tahun, tw), K.c.level.in_(_OVER), K.c.opd.in_(_members(conn, pemda, opd)))
        .order_by(K.c.kode, K.c.opd)
    )
    found = frame(conn, query)
    programs = found[found["level"] == Level.PROGRAM.value]
    over = programs if programs["capaian"].notna().any() else found[found["level"] == Level.SASARAN.value]
    over = over if len(over) else programs
    own = (*_of(pemda, tahun, tw), K.c.level == Level.OPD.value, K.c.opd == opd, K.c.kode == "")
    whole = conn.execute(select(K.c.capaian).where(*own)).scalar()
    return _with_contribution(over.reset_index(drop=True), silent=whole is None)


def _members(conn: Connection, pemda: str, opd: str) -> list[str]:
    """Whose programs an OPD's mean is over: an OPD's own and its units', a unit's only its own."""
    induk = conn.execute(select(O.c.induk).where(O.c.pemda == pemda, O.c.kode == opd)).scalar()
    return [opd] if induk else family(conn, pemda, opd)


def _with_contribution(found: pd.DataFrame, silent: bool = False) -> pd.DataFrame:
    parts = [None] * len(found) if silent else sumbangan(list(found["capaian"]))
    found = _with(found, "sumbangan", parts)
    order = sorted(range(len(found)), key=lambda at: (parts[at] is None, parts[at] or 0))
    return found.iloc[order].reset_index(drop=True)


def changes(
    conn: Connection, pemda: str, now: Triwulan, before: Triwulan, opds: list[str] | None = None
) -> pd.DataFrame:
    """One row per OPD (not its units) that stands in ``now`` or ``before``; with ``opds`` one row per program of these
    instead. Largest change first, whatever its sign; those without a change last.

    Columns: opd, kode ('' for an OPD), nama, singkat ('' for a program), capaian, capaian_lalu (percent s.d. each
    triwulan), status, status_lalu (None where it did not stand then), perubahan (capaian − capaian_lalu in points,
    None when either is missing), pagu (rupiah in the newer).
    """
    found = _opd_of(conn, pemda, (now, before)) if opds is None else _programs_of(conn, pemda, (now, before), opds)
    pairs: dict[tuple[str, str], dict[Triwulan, Any]] = {}
    for row in found:
        pairs.setdefault((row.opd, row.kode), {})[row.tahun, row.tw] = row
    made = [_change(pair.get(now), pair.get(before)) for pair in pairs.values()]
    made.sort(key=lambda row: (row["perubahan"] is None, -abs(row["perubahan"] or 0)))
    columns = "opd kode nama singkat capaian capaian_lalu status status_lalu perubahan pagu"
    return pd.DataFrame(made, columns=columns.split(), dtype=object)


def _opd_of(conn: Connection, pemda: str, quarters: Sequence[Triwulan]) -> list[Any]:
    columns = (K.c.tahun, K.c.tw, K.c.opd, K.c.kode, O.c.nama, O.c.singkat, K.c.capaian, K.c.status, K.c.pagu)
    query = select(*columns).select_from(K.join(O, _SAME_OPD)).order_by(O.c.urutan, K.c.opd)
    return _in_quarters(conn, query, pemda, quarters, (K.c.level == Level.OPD.value, O.c.induk.is_(None)))


def _programs_of(conn: Connection, pemda: str, quarters: Sequence[Triwulan], opds: list[str]) -> list[Any]:
    columns = (K.c.tahun, K.c.tw, K.c.opd, K.c.kode, N.c.nama, K.c.capaian, K.c.status, K.c.pagu)
    query = select(*columns).select_from(K.join(N, _SAME_NODE)).order_by(K.c.kode, K.c.opd)
    return _in_quarters(conn, query, pemda, quarters, (K.c.level == Level.PROGRAM.value, K.c.opd.in_(opds)))


def _in_quarters(
    conn: Connection, query: Any, pemda: str, quarters: Sequence[Triwulan], where: tuple[ColumnElement[bool], ...]
) -> list[Any]:
    """One seek in the key per triwulan: an OR over both makes some databases scan."""
    return [row for tahun, tw in quarters for row in conn.execute(query.where(*_of(pemda, tahun, tw), *where))]


def _change(new: Any, old: Any) -> dict[str, Any]:
    newest, both = new or old, new is not None and old is not None
    known = both and new.capaian is not None and old.capaian is not None
    return {
        "opd": newest.opd,
        "kode": newest.kode,
        "nama": newest.nama,
        "singkat": getattr(newest, "singkat", ""),
        "capaian": new.capaian if new else None,
        "capaian_lalu": old.capaian if old else None,
        "status": new.status if new else None,
        "status_lalu": old.status if old else None,
        "perubahan": new.capaian - old.capaian if known else None,
        "pagu": newest.pagu,
    }


def distribution(
    conn: Connection, pemda: str, tahun: int, tw: int, jenis: str | None = None, urusan: str | None = None
) -> pd.DataFrame:
    """One row per OPD (not its units) of a comparable group, lowest capaian first, those without a capaian last.

    The group: OPD of one ``jenis``, OPD that hold the bidang urusan ``urusan`` ("1.02"), or both; without either all.
    Columns: opd, nama, singkat, jenis, capaian, deviasi (points), status, pagu (rupiah), peringkat (1 = lowest, equals
    share it, None without a capaian); and the same in every row: dari (how many have a capaian), q1, median, q3
    (percent, None when none has).
    """
    where = [O.c.jenis == jenis] if jenis else []
    if urusan:
        where.append(O.c.kode.in_(_holders(conn, pemda, tahun, urusan)))
    columns = (K.c.opd, O.c.nama, O.c.singkat, O.c.jenis, K.c.capaian, (K.c.capaian - 100).label("deviasi"))
    query = (
        select(*columns, K.c.status, K.c.pagu)
        .select_from(K.join(O, _SAME_OPD))
        .where(*_of(pemda, tahun, tw), K.c.level == Level.OPD.value, O.c.induk.is_(None), *where)
        .order_by(O.c.urutan, K.c.opd)
    )
    return _with_places(frame(conn, query))


def _holders(conn: Connection, pemda: str, tahun: int, urusan: str) -> list[str]:
    """The OPD whose plan, or whose unit's plan, has this bidang urusan."""
    same = and_(O.c.pemda == N.c.pemda, O.c.kode == N.c.opd)
    bidang = (N.c.level == Level.BIDANG.value, N.c.kode == urusan)
    query = select(O.c.kode, O.c.induk).select_from(N.join(O, same))
    found = conn.execute(query.where(N.c.pemda == pemda, N.c.tahun == tahun, *bidang))
    return sorted({row.induk or row.kode for row in found})


def _with_places(found: pd.DataFrame) -> pd.DataFrame:
    values = list(found["capaian"])
    places = peringkat(values)
    known = [value for value in values if value is not None]
    found = _with(found, "peringkat", places)
    for name, value in (("dari", len(known)), *kuartil(known)._asdict().items()):
        found = _with(found, name, [value] * len(found))
    order = sorted(range(len(found)), key=lambda at: (places[at] is None, places[at] or 0))
    return found.iloc[order].reset_index(drop=True)


def _of(pemda: str, tahun: int, tw: int) -> tuple[ColumnElement[bool], ...]:
    return (K.c.pemda == pemda, K.c.tahun == tahun, K.c.tw == tw)


def _with(found: pd.DataFrame, name: str, values: Sequence[Any]) -> pd.DataFrame:
    return found.assign(**{name: pd.Series(list(values), index=found.index, dtype=object)})
