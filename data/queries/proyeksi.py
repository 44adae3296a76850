"""Projections to the year's end from ``rollup_kinerja`` and ``rollup_uang``, and their back-test on past years.

The comparable group of an OPD, program or indicator is the kind of its OPD (dinas, kecamatan, …); where the group has
too few past cases, the whole city stands in.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import pandas as pd
from sqlalchemy import Connection, and_, select

from data import tables
from data.aturan import Aturan
from data.formulas.proyeksi import (
    LAST,
    Kasus,
    Pengalaman,
    Proyeksi,
    by_plan,
    experience,
    judge,
    linear,
    project,
    ratios,
    trend,
)
from data.formulas.uang import serapan
from data.queries.frame import frame
from data.words import Level

K, U, N, O, R, I = (
    tables.rollup_kinerja,
    tables.rollup_uang,
    tables.node,
    tables.opd,
    tables.rollup_indikator,
    tables.indikator,
)
CAPAIAN: Final = "capaian"
SERAPAN: Final = "serapan"
INDIKATOR: Final = "indikator"
YEARS_BACK: Final = 5
FULL: Final = Decimal(100)
Key = tuple[str, str]
"""(OPD or unit, code)."""


@dataclass(frozen=True)
class Jejak:
    """The paths of all nodes of one level: by measure, then by (year, node). ``rencana``: planned serapan likewise."""

    capaian: dict[tuple[int, Key], dict[int, Decimal]]
    serapan: dict[tuple[int, Key], dict[int, Decimal]]
    rencana: dict[tuple[int, Key], dict[int, Decimal]]
    kelompok: dict[str, str]

    def of(self, measure: str) -> dict[tuple[int, Key], dict[int, Decimal]]:
        return self.capaian if measure == CAPAIAN else self.serapan

    def past(self, measure: str, before: int, group: str, tw: int) -> Pengalaman | None:
        """What the group's years before ``before`` tell of the way from TW ``tw`` to IV; the whole city's if those are
        few; None if those are too."""
        earlier = {place: path for place, path in self.of(measure).items() if place[0] < before}
        own = ratios((path for (_, key), path in earlier.items() if self.kelompok[key[0]] == group), tw)
        return experience(own) or experience(ratios(earlier.values(), tw))


def projections(
    conn: Connection, pemda: str, tahun: int, tw: int, aturan: Aturan, level: str = Level.OPD.value
) -> pd.DataFrame:
    """One row per OPD (not its units), node of ``level`` ("program", …) or indicator ("indikator") s.d. one triwulan.

    Columns: opd, kode, nama, and for each of capaian and serapan (percent): X (today), X_proyeksi, X_bawah, X_atas
    (the year's end and its range), X_kali (what today was multiplied by), X_kasus (past cases; 0 = by the plan's own
    profile, which has no range). All None where there is no figure today or too little history; an indicator has no
    serapan.
    """
    trail = _trail(conn, pemda, range(tahun - YEARS_BACK, tahun + 1), level)
    pools: dict[tuple[str, str], Pengalaman | None] = {}

    def pool(measure: str, group: str) -> Pengalaman | None:
        if (measure, group) not in pools:
            pools[measure, group] = trail.past(measure, tahun, group, tw)
        return pools[measure, group]

    rows = []
    for opd, kode, nama in _names(conn, pemda, tahun, level):
        row: dict[str, Any] = {"opd": opd, "kode": kode, "nama": nama}
        for measure in (CAPAIAN, SERAPAN):
            place = (tahun, (opd, kode))
            now = trail.of(measure).get(place, {}).get(tw)
            made = _projected(trail, measure, place, tw, pool(measure, trail.kelompok[opd]), aturan)
            row |= _cells(measure, now, made)
        rows.append(row)
    return pd.DataFrame(rows, dtype=object)


def _projected(
    trail: Jejak, measure: str, place: tuple[int, Key], tw: int, past: Pengalaman | None, aturan: Aturan
) -> Proyeksi | None:
    now, most = trail.of(measure).get(place, {}).get(tw), _most(measure, aturan)
    if now is None or tw >= LAST:
        return None
    if past is not None:
        return project(now, past, most)
    planned = trail.rencana.get(place, {}) if measure == SERAPAN else {}
    return by_plan(now, planned.get(tw), planned.get(LAST), most)


def _most(measure: str, aturan: Aturan) -> Decimal | None:
    """Money cannot exceed the pagu, an average not its cap."""
    return FULL if measure == SERAPAN else aturan.batas_rata_rata


def _cells(measure: str, now: Decimal | None, made: Proyeksi | None) -> dict[str, Any]:
    values = (None,) * 5 if made is None else (made.nilai, made.bawah, made.atas, made.kali, made.kasus)
    names = ("proyeksi", "bawah", "atas", "kali", "kasus")
    return {measure: now} | {f"{measure}_{name}": value for name, value in zip(names, values, strict=True)}


def uji_proyeksi(
    conn: Connection, pemda: str, tahun: int, aturan: Aturan, level: str = Level.OPD.value
) -> pd.DataFrame:
    """One row per measure (capaian, serapan) × starting triwulan (1–3): every year before ``tahun`` that is complete is
    projected from what was known of the years before *it*, and compared with what came.

    Columns: ukuran, tw, kasus, galat (mean absolute error, points), galat_lurus (of a straight line), galat_tetap (of
    "same as now"), cakupan (percent of cases inside the range), tahun (the years tested, "2024, 2025"). No row where
    no year could be tested.
    """
    trail = _trail(conn, pemda, range(tahun - YEARS_BACK, tahun), level)
    rows = []
    for measure in (CAPAIAN, SERAPAN):
        for tw in range(1, LAST):
            cases = _cases(trail, measure, tw, aturan)
            found = judge([case for _, case in cases])
            if found is not None:
                years = ", ".join(str(year) for year in sorted({year for year, _ in cases}))
                rows.append({"ukuran": measure, "tw": tw, **vars(found), "tahun": years})
    columns = ["ukuran", "tw", "kasus", "galat", "galat_lurus", "galat_tetap", "cakupan", "tahun"]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def _cases(trail: Jejak, measure: str, tw: int, aturan: Aturan) -> list[tuple[int, Kasus]]:
    """(year tested, case)."""
    most = _most(measure, aturan)
    straight = linear if measure == SERAPAN else trend
    pools: dict[tuple[int, str], Pengalaman | None] = {}
    found = []
    for (year, key), path in trail.of(measure).items():
        if tw not in path or LAST not in path:
            continue
        group = (year, trail.kelompok[key[0]])
        if group not in pools:
            pools[group] = trail.past(measure, *group, tw)
        past = pools[group]
        if past is not None:
            made = project(path[tw], past, most)
            found.append((year, Kasus(made, straight(path, tw, most), path[tw], path[LAST])))
    return found


def _names(conn: Connection, pemda: str, tahun: int, level: str) -> Iterable[tuple[str, str, str]]:
    """(OPD or unit, code, name) in the order of the OPD list."""
    if level == Level.OPD:
        query = select(O.c.kode, O.c.kode.label("x"), O.c.nama, O.c.singkat).where(
            O.c.pemda == pemda, O.c.induk.is_(None)
        )
        rows = conn.execute(query.order_by(O.c.urutan, O.c.kode)).all()
        return [(row.kode, "", row.singkat or row.nama) for row in rows]
    table = I if level == INDIKATOR else N
    named = select(table.c.opd, table.c.kode, table.c.nama).where(table.c.pemda == pemda, table.c.tahun == tahun)
    if level != INDIKATOR:
        named = named.where(N.c.level == level)
    return [(opd, kode, nama) for opd, kode, nama in conn.execute(named.order_by(table.c.opd, table.c.kode))]


def _trail(conn: Connection, pemda: str, years: range, level: str) -> Jejak:
    groups = {row.kode: row.jenis for row in conn.execute(select(O.c.kode, O.c.jenis).where(O.c.pemda == pemda))}
    trail = Jejak(defaultdict(dict), defaultdict(dict), defaultdict(dict), groups)
    if level == INDIKATOR:
        at = (R.c.pemda == pemda, R.c.tahun.in_(years), R.c.tw.in_((1, 2, 3, 4)), R.c.capaian.is_not(None))
        rows = conn.execute(select(R.c.tahun, R.c.tw, R.c.opd, R.c.indikator, R.c.capaian).where(*at))
        for tahun, tw, opd, kode, capaian in rows:
            trail.capaian[tahun, (opd, kode)][tw] = capaian
        return trail
    for row in _nodes(conn, pemda, years, level):
        place, tw = (row["tahun"], (row["opd"], row["kode"])), row["tw"]
        for measure, value in (
            (trail.capaian, row[CAPAIAN]),
            (trail.serapan, row[SERAPAN]),
            (trail.rencana, row["rak"]),
        ):
            if value is not None:
                measure[place][tw] = value
    return trail


def _nodes(conn: Connection, pemda: str, years: range, level: str) -> list[Mapping[Any, Any]]:
    same = and_(
        *(U.c[name] == K.c[name] for name in ("pemda", "tahun", "level", "opd", "kode")), U.c.bulan == K.c.tw * 3
    )
    query = (
        select(K.c.tahun, K.c.tw, K.c.opd, K.c.kode, K.c.capaian, U.c.realisasi, U.c.pagu_lapor, U.c.rak, U.c.pagu)
        .select_from(K.join(O, and_(O.c.pemda == K.c.pemda, O.c.kode == K.c.opd)).outerjoin(U, same))
        .where(K.c.pemda == pemda, K.c.tahun.in_(years), K.c.tw.in_((1, 2, 3, 4)), K.c.level == level)
    )
    if level == Level.OPD:
        query = query.where(O.c.induk.is_(None))
    found = frame(conn, query)
    rows: list[Any] = found.to_dict("records")
    spent = serapan(list(found["realisasi"]), list(found["pagu_lapor"]))
    planned = serapan(list(found["rak"]), list(found["pagu"]))
    return [row | {SERAPAN: s, "rak": r} for row, s, r in zip(rows, spent, planned, strict=True)]
