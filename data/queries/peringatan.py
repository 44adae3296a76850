"""Early warning: what is wrong at one quarter, by the first rule that matches, and since when.

SQL picks the nodes that *may* be warned at the chosen quarter (a wide net) and brings their earlier quarters along in
the same question; ``data/formulas/peringatan.py`` alone decides. An indicator left blank is not told of when its whole
OPD has not reported, and a run is broken by any quarter in which another rule came first.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Final

import pandas as pd
from sqlalchemy import CTE, ColumnElement, Connection, Numeric, and_, cast, func, or_, select

from data import tables
from data.aturan import Aturan
from data.formulas.peringatan import INDIKATOR, Fakta, figures, first_match, run_length
from data.formulas.uang import serapan
from data.queries.pemda import reported_periods
from data.words import Akumulasi, Level, Peringatan, Status

K, U, N, O = tables.rollup_kinerja, tables.rollup_uang, tables.node, tables.opd
R, I, V, M = tables.rollup_indikator, tables.indikator, tables.realisasi, tables.keuangan
Quarter = tuple[int, int]
Key = tuple[str, str, str]
"""(level, OPD or unit, code of the node or indicator)."""
Facts = dict[Key, dict[Quarter, Fakta]]
COLUMNS: Final = ("aturan", "level", "opd", "opd_nama", "unit", "kode", "nama", "satuan", "nilai", "banding")
QUARTERS: Final = (1, 2, 3, 4)
BLANK: Final = Status.BELUM_LAPOR.value
YEARS_BACK: Final = 4
"""How far back a run is followed; one that is older begins, as told, with the first quarter looked at."""
ONCE: Final = "MATERIALIZED"
"""Draw the net first, then look up the past: folded into one join, SQLite tests every row of every quarter."""


def warnings(conn: Connection, pemda: str, tahun: int, tw: int, aturan: Aturan) -> pd.DataFrame:
    """One row per warned node or indicator s.d. one triwulan: the rules in the settings' order, inside a rule the
    largest difference first.

    Columns: aturan (Peringatan), level, opd (the OPD, never a unit), opd_nama, unit (the OPD or unit that holds it),
    kode ("" for an OPD), nama, satuan (of an indicator, "Rp" of a sub kegiatan), nilai and banding (what the rule
    compares: percent; rupiah or the unit for ``kumulatif_turun``; None where it compares nothing), tahun, tw (first
    quarter of the unbroken run in which the same rule matched), lama (quarters in that run), baru (it began now).
    """
    now = (tahun, tw)
    told = [(one.tahun, one.tw) for one in reported_periods(conn, pemda) if one.dilaporkan]
    told = [quarter for quarter in told if quarter[0] >= tahun - YEARS_BACK]
    quarters = [now, *(quarter for quarter in reversed(told) if quarter < now)]
    facts, names = _facts(conn, pemda, now, aturan, sorted({year for year, _ in quarters}))
    owners = _owners(conn, pemda)
    found = [_row(key, known, quarters, aturan) for key, known in facts.items()]
    rows = [row | _labels(row, names, owners) for row in found if row is not None]
    silent = {row["unit"] for row in rows if row["level"] == Level.OPD}
    kept = [row for row in rows if row["level"] != INDIKATOR or not _of_silent(row, silent)]
    kept.sort(key=lambda row: _order(row, aturan))
    return pd.DataFrame(kept, columns=[*COLUMNS, "tahun", "tw", "lama", "baru"], dtype=object)


def _facts(
    conn: Connection, pemda: str, now: Quarter, aturan: Aturan, years: list[int]
) -> tuple[Facts, dict[Key, tuple[str, str]]]:
    facts: Facts = defaultdict(dict)
    names: dict[Key, tuple[str, str]] = {}
    parts = (_opd(conn, pemda, years), _programs(conn, pemda, now, aturan, years))
    more = (_falls(conn, pemda, now, years), _indicators(conn, pemda, now, aturan, years))
    for part in (*parts, *more):
        for key, quarter, fakta, name in part:
            facts[key][quarter] = fakta
            names[key] = name
    return facts, names


Found = Iterator[tuple[Key, Quarter, Fakta, tuple[str, str]]]


def _row(key: Key, known: dict[Quarter, Fakta], quarters: list[Quarter], aturan: Aturan) -> dict[str, Any] | None:
    """The warning of one node at the newest of ``quarters``; None when no rule matches."""
    if quarters[0] not in known:
        return None
    rule = first_match(known[quarters[0]], aturan)
    if rule is None:
        return None
    lama = run_length(first_match(known[quarter], aturan) if quarter in known else None for quarter in quarters)
    nilai, banding = figures(rule, known[quarters[0]])
    since = quarters[lama - 1]
    place = {"aturan": rule, "level": key[0], "unit": key[1], "kode": key[2], "nilai": nilai, "banding": banding}
    return place | {"tahun": since[0], "tw": since[1], "lama": lama, "baru": lama == 1}


def _labels(row: dict[str, Any], names: dict[Key, tuple[str, str]], owners: dict[str, Any]) -> dict[str, Any]:
    root = owners[row["unit"]]
    while root.induk is not None:
        root = owners[root.induk]
    nama, satuan = names[row["level"], row["unit"], row["kode"]]
    return {"opd": root.kode, "opd_nama": root.singkat or root.nama, "nama": nama, "satuan": satuan}


def _of_silent(row: dict[str, Any], silent: set[str]) -> bool:
    return row["aturan"] == Peringatan.TANPA_LAPORAN and row["opd"] in silent


def _order(row: dict[str, Any], aturan: Aturan) -> tuple[Any, ...]:
    size = Decimal(0) if row["nilai"] is None else abs(row["nilai"] - (row["banding"] or 0))
    rank = aturan.urutan_peringatan.index(row["aturan"])
    return rank, row["level"] == INDIKATOR, -size, row["opd"], row["kode"], row["unit"]


def _owners(conn: Connection, pemda: str) -> dict[str, Any]:
    query = select(O.c.kode, O.c.nama, O.c.singkat, O.c.induk).where(O.c.pemda == pemda)
    return {row.kode: row for row in conn.execute(query)}


def _opd(conn: Connection, pemda: str, years: list[int]) -> Found:
    """The OPD (not their units): only whether they have reported."""
    query = (
        select(K.c.tahun, K.c.tw, K.c.opd, K.c.status, O.c.nama)
        .select_from(K.join(O, and_(O.c.pemda == K.c.pemda, O.c.kode == K.c.opd)))
        .where(*_of_years(K, pemda, years), K.c.level == Level.OPD.value, O.c.induk.is_(None))
    )
    for tahun, tw, opd, status, nama in conn.execute(query):
        yield (Level.OPD.value, opd, ""), (tahun, tw), Fakta(Level.OPD.value, status), (nama, "")


def _of_years(table: Any, pemda: str, years: list[int]) -> list[ColumnElement[bool]]:
    """A condition that seeks in the key of a rollup."""
    return [table.c.pemda == pemda, table.c.tahun.in_(years), table.c.tw.in_(QUARTERS)]


def _programs(conn: Connection, pemda: str, now: Quarter, aturan: Aturan, years: list[int]) -> Found:
    """The programs that may be warned, at every quarter."""
    suspects = _suspect_programs(pemda, now, aturan)
    same = and_(
        *(U.c[name] == K.c[name] for name in ("pemda", "tahun", "level", "opd", "kode")), U.c.bulan == K.c.tw * 3
    )
    columns = (K.c.opd, K.c.kode, K.c.tahun, K.c.tw, K.c.status, K.c.capaian, suspects.c.nama)
    joined = suspects.join(K, and_(K.c.opd == suspects.c.opd, K.c.kode == suspects.c.kode)).outerjoin(U, same)
    query = (
        select(*columns, U.c.realisasi, U.c.pagu_lapor, U.c.rak_lapor, U.c.fisik)
        .select_from(joined)
        .where(*_of_years(K, pemda, years), K.c.level == Level.PROGRAM.value)
        .order_by(K.c.opd, K.c.kode, K.c.tahun, K.c.tw)
    )
    before: dict[Key, list[tuple[int, Decimal | None]]] = defaultdict(list)
    for row in conn.execute(query):
        key = (Level.PROGRAM.value, row.opd, row.kode)
        past = tuple(capaian for tahun, capaian in before[key] if tahun == row.tahun)
        before[key].insert(0, (row.tahun, row.capaian))
        yield key, (row.tahun, row.tw), _program(row, past, aturan), (row.nama, "")


def _program(row: Any, past: tuple[Decimal | None, ...], aturan: Aturan) -> Fakta:
    spent, planned = serapan([row.realisasi, row.rak_lapor], [row.pagu_lapor, row.pagu_lapor])
    if planned is None:
        planned = getattr(aturan, f"serapan_tw{row.tw}")
    fisik = None if spent is None else row.fisik
    return Fakta(Level.PROGRAM.value, row.status, row.capaian, past, spent, planned, fisik)


def _suspect_programs(pemda: str, now: Quarter, aturan: Aturan) -> CTE:
    """A wide net over the programs of one quarter: everything a rule could match, and some more."""
    spent = U.c.realisasi * 100.0
    money = [
        U.c.rak_lapor.is_(None),
        spent - U.c.rak_lapor * 100.0 <= _number(aturan.ambang_serapan) * U.c.pagu_lapor,
        spent - K.c.capaian * U.c.pagu_lapor >= _number(aturan.ambang_tertinggal) * U.c.pagu_lapor,
        func.abs(spent - U.c.fisik * U.c.pagu_lapor) >= _number(aturan.ambang_fisik_uang) * U.c.pagu_lapor,
    ]
    same = and_(
        *(U.c[name] == K.c[name] for name in ("pemda", "tahun", "level", "opd", "kode")), U.c.bulan == now[1] * 3
    )
    same_node = and_(N.c.pemda == K.c.pemda, N.c.tahun == K.c.tahun, N.c.opd == K.c.opd, N.c.kode == K.c.kode)
    wide = or_(K.c.capaian < 100, and_(U.c.realisasi.is_not(None), or_(*money)))
    return (
        select(K.c.opd, K.c.kode, N.c.nama)
        .select_from(K.join(N, same_node).outerjoin(U, same))
        .where(K.c.pemda == pemda, K.c.tahun == now[0], K.c.tw == now[1], K.c.level == Level.PROGRAM.value, wide)
        .cte("curiga")
        .prefix_with(ONCE)
    )


def _number(value: Decimal) -> float:
    return float(value)


def _falls(conn: Connection, pemda: str, now: Quarter, years: list[int]) -> Found:
    """The sub kegiatan whose money of some month is below zero: the cumulative figure fell there."""
    query = (
        select(M.c.opd, M.c.node, M.c.tahun, M.c.bulan, M.c.realisasi)
        .where(M.c.pemda == pemda, M.c.realisasi < 0)
        .order_by(M.c.bulan)
    )
    first = (now[1] - 1) * 3
    here = M.c.bulan.between(first + 1, first + 3)
    found = {(row.opd, row.node) for row in conn.execute(query.where(M.c.tahun == now[0], here))}
    if not found:
        return
    names = _node_names(conn, pemda, now[0], found)
    past = query.where(M.c.tahun.in_(years), M.c.opd.in_({opd for opd, _ in found}))
    largest: dict[tuple[Key, Quarter], int] = defaultdict(int)
    for row in conn.execute(past):
        place = ((Level.SUB_KEGIATAN.value, row.opd, row.node), (row.tahun, (row.bulan + 2) // 3))
        largest[place] = max(largest[place], -row.realisasi)
    for (key, quarter), fall in largest.items():
        if key[1:] in found:
            fakta = Fakta(Level.SUB_KEGIATAN.value, Status.TERCAPAI.value, turun=Decimal(fall))
            yield key, quarter, fakta, (names[key[1], key[2]], "Rp")


def _node_names(
    conn: Connection, pemda: str, tahun: int, found: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], str]:
    query = select(N.c.opd, N.c.kode, N.c.nama).where(
        N.c.pemda == pemda,
        N.c.tahun == tahun,
        N.c.opd.in_({opd for opd, _ in found}),
        N.c.kode.in_({kode for _, kode in found}),
    )
    return {(row.opd, row.kode): row.nama for row in conn.execute(query)}


def _indicators(conn: Connection, pemda: str, now: Quarter, aturan: Aturan, years: list[int]) -> Found:
    """The indicators that may be warned, at every quarter."""
    fell = _fallen_answers(conn, pemda, now, years)
    suspects = _suspect_indicators(pemda, now, aturan, {place[:2] for place in fell})
    columns = (R.c.opd, R.c.indikator, R.c.tahun, R.c.tw, R.c.status, R.c.capaian, suspects.c.nama, suspects.c.satuan)
    same = and_(R.c.opd == suspects.c.opd, R.c.indikator == suspects.c.kode)
    query = select(*columns).select_from(suspects.join(R, same)).where(*_of_years(R, pemda, years))
    for opd, kode, tahun, tw, status, capaian, nama, satuan in conn.execute(query):
        fall = None if status == Status.BELUM_LAPOR else fell.get((opd, kode, tahun, tw))
        yield (INDIKATOR, opd, kode), (tahun, tw), Fakta(INDIKATOR, status, capaian, turun=fall), (nama, satuan)


def _fallen_answers(
    conn: Connection, pemda: str, now: Quarter, years: list[int]
) -> dict[tuple[str, str, int, int], Decimal]:
    """How far a summed realisasi fell, by (OPD, indicator, year, quarter): of those that fell now, at every quarter."""
    same = and_(*(I.c[name] == V.c[name] for name in ("pemda", "tahun", "opd")), I.c.kode == V.c.indikator)
    query = (
        select(V.c.opd, V.c.indikator, V.c.tahun, V.c.periode, V.c.nilai)
        .select_from(V.join(I, same))
        .where(V.c.pemda == pemda, cast(V.c.nilai, Numeric) < 0, I.c.akumulasi == Akumulasi.JUMLAH.value)
    )
    here = {row[:2] for row in conn.execute(query.where(V.c.tahun == now[0], V.c.periode == now[1]))}
    if not here:
        return {}
    past = conn.execute(query.where(V.c.tahun.in_(years), V.c.opd.in_({opd for opd, _ in here})))
    return {(opd, kode, tahun, tw): -nilai for opd, kode, tahun, tw, nilai in past if (opd, kode) in here}


def _suspect_indicators(pemda: str, now: Quarter, aturan: Aturan, fallen: set[tuple[str, str]]) -> CTE:
    """A wide net over the indicators of one quarter, without the blanks of an OPD that has not reported."""
    at = (R.c.pemda == pemda, R.c.tahun == now[0], R.c.tw == now[1])
    silent = select(K.c.opd).where(
        K.c.pemda == pemda, K.c.tahun == now[0], K.c.tw == now[1], K.c.level == Level.OPD.value, K.c.status == BLANK
    )
    wide = [
        R.c.status == Status.TANPA_TARGET.value,
        R.c.capaian > aturan.ambang_target_rendah,
        and_(R.c.status == BLANK, R.c.opd.not_in(silent)),
    ]
    if fallen:
        wide.append(and_(R.c.opd.in_({opd for opd, _ in fallen}), R.c.indikator.in_({kode for _, kode in fallen})))
    same = and_(I.c.pemda == R.c.pemda, I.c.tahun == R.c.tahun, I.c.opd == R.c.opd, I.c.kode == R.c.indikator)
    found = select(R.c.opd, R.c.indikator.label("kode"), I.c.nama, I.c.satuan).select_from(R.join(I, same))
    return found.where(*at, or_(*wide)).cte("curiga").prefix_with(ONCE)
