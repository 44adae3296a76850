"""Looking back: since when a row is below target, whether it fell twice in a row, and its last quarters as a line."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

import numpy as np
from sqlalchemy import Connection, select

from data import tables
from data.analisis.angka import HUNDRED, NA, Angka, Long, Places, as_line, in_parts, plain, scaled_percents
from data.analisis.kerangka import Kerangka
from data.analisis.saringan import LEVELS
from data.formulas.turun import FIRST_TW, fell_twice

Quarter = tuple[int, int]
BACK: Final = 7
"""How many quarters are looked at before the chosen one: as many as a sparkline shows."""


def ordinal(tahun: int, tw: int) -> int:
    """A triwulan as one number that grows by one."""
    return tahun * 4 + tw - 1


def quarter_of(number: int) -> Quarter:
    return number // 4, number % 4 + 1


def last_quarters(tahun: int, tw: int, count: int = BACK + 1) -> list[Quarter]:
    """The triwulan up to this one, oldest first."""
    last = ordinal(tahun, tw)
    return [quarter_of(number) for number in range(last - count + 1, last + 1)]


def with_history(conn: Connection, pemda: str, of: Kerangka, found: Angka, places: Places) -> Angka:
    """Fill in ``turun2`` (inside a year only), ``sejak`` and ``garis``. A quarter without a capaian interrupts the
    first two; beyond BACK quarters nobody looks. Across a year's end a row is the same one when its code is, and an
    indicator's name too."""
    below = (found.capaian != NA) & (found.capaian < HUNDRED)
    last_three = [found.capaian]
    found.sejak[below] = ordinal(found.tahun, found.tw)
    drawn = [as_line(found.capaian)]
    for step, (tahun, tw) in enumerate(reversed(last_quarters(found.tahun, found.tw)[:-1])):
        values = _capaian_at(conn, (pemda, tahun, tw), of, places)
        if step < 2:
            last_three.append(values)
        below &= (values != NA) & (values < HUNDRED)
        found.sejak[below] = ordinal(tahun, tw)
        drawn.append(as_line(values))
    found.garis = np.stack(drawn[::-1])
    if found.tw >= FIRST_TW:
        found.turun2 = np.logical_and.reduce([values != NA for values in last_three]) & fell_twice(*last_three)
    return found


def _capaian_at(conn: Connection, at: tuple[str, int, int], of: Kerangka, places: Places) -> Long:
    """The scaled capaian of another quarter for the rows of this skeleton."""
    k, r = tables.rollup_kinerja.c, tables.rollup_indikator.c
    pemda, tahun, tw = at
    found = np.full(len(of.kode), np.nan, np.float64)
    where = (k.pemda == pemda, k.tahun == tahun, k.tw == tw, k.level.in_(LEVELS[:-1]), k.capaian.is_not(None))
    for opd, kode, capaian in in_parts(conn, select(k.opd, k.kode, plain(k.capaian)).where(*where)):
        row = places.get((opd, kode))
        if row is not None:
            found[row] = capaian
    same = None if tahun == of.tahun else _same_name(conn, pemda, tahun, of, places)
    mine = (r.pemda == pemda, r.tahun == tahun, r.tw == tw, r.capaian.is_not(None))
    for opd, kode, capaian in in_parts(conn, select(r.opd, r.indikator, plain(r.capaian)).where(*mine)):
        row = places.get((opd, kode))
        if row is not None and (same is None or row in same):
            found[row] = capaian
    return scaled_percents(found)[0]


def _same_name(conn: Connection, pemda: str, tahun: int, of: Kerangka, places: Places) -> set[int]:
    """The indicators that were called the same in another year."""
    i = tables.indikator.c
    query = select(i.opd, i.kode, i.nama).where(i.pemda == pemda, i.tahun == tahun)
    return {
        row
        for opd, kode, nama in in_parts(conn, query)
        if (row := places.get((opd, kode))) is not None and of.nama[row] == nama
    }


Point = tuple[Decimal | None, str]


def lines(
    conn: Connection, pemda: str, quarters: Sequence[Quarter], keys: Sequence[tuple[str, str, str]]
) -> dict[tuple[str, str], list[Point]]:
    """For each (unit, kode) of ``keys`` (unit, kode, name of an indicator or ""): its (deviasi, status) at these
    quarters, oldest first; a quarter that is not known at all is (None, "")."""
    names = {(unit, kode): nama for unit, kode, nama in keys}
    found: dict[tuple[str, str], dict[Quarter, Point]] = {(unit, kode): {} for unit, kode, _ in keys}
    for unit, kode, nama, tahun, tw, capaian, status in _history_rows(conn, pemda, quarters, keys):
        key = (unit, kode)
        if key in names and (nama is None or nama == names[key]):
            found[key][tahun, tw] = (None if capaian is None else capaian - 100, status)
    return {key: [at.get(quarter, (None, "")) for quarter in quarters] for key, at in found.items()}


def _history_rows(
    conn: Connection, pemda: str, quarters: Sequence[Quarter], keys: Sequence[tuple[str, str, str]]
) -> list[Any]:
    k, r, i = tables.rollup_kinerja.c, tables.rollup_indikator.c, tables.indikator.c
    years, tws = sorted({tahun for tahun, _ in quarters}), sorted({tw for _, tw in quarters})
    nodes = [key for key in keys if not key[2]]
    leaves = [key for key in keys if key[2]]
    rows: list[Any] = []
    if nodes:
        where = [k.pemda == pemda, k.tahun.in_(years), k.tw.in_(tws), k.level.in_(LEVELS[:-1]), *_among(k.kode, nodes)]
        where.append(k.opd.in_({unit for unit, _, _ in nodes}))
        query = select(k.opd, k.kode, None, k.tahun, k.tw, k.capaian, k.status).where(*where)  # type: ignore[call-overload]
        rows += conn.execute(query).all()
    if leaves:
        same = (i.pemda == r.pemda) & (i.tahun == r.tahun) & (i.opd == r.opd) & (i.kode == r.indikator)
        where = [r.pemda == pemda, r.tahun.in_(years), r.tw.in_(tws), *_among(r.indikator, leaves)]
        where.append(r.opd.in_({unit for unit, _, _ in leaves}))
        joined = tables.rollup_indikator.join(tables.indikator, same)
        columns = (r.opd, r.indikator, i.nama, r.tahun, r.tw, r.capaian, r.status)
        rows += conn.execute(select(*columns).select_from(joined).where(*where)).all()
    wanted = set(quarters)
    return [row for row in rows if (row[3], row[4]) in wanted]


def _among(column: Any, keys: Sequence[tuple[str, str, str]]) -> list[Any]:
    return [column.in_({kode for _, kode, _ in keys})]
