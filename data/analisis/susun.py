"""The order in which rows are shown: as a tree, each group of siblings ordered by itself, or as one list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.analisis.angka import NA
from data.analisis.lembar import Lembar
from data.analisis.pilih import Mask, Pilihan, choose, deviasi_of
from data.analisis.saringan import ALL_OPEN, LEVELS, Saringan

Rows = NDArray[np.int32]
_INDIKATOR = LEVELS.index("indikator")
_LAST = np.iinfo(np.int64).max


@dataclass(eq=False)
class Susunan:
    """``baris``: the rows to show, in order. ``terbuka``: the rows of the tree that stand open. ``pohon``: a tree?"""

    pilihan: Pilihan
    baris: Rows
    terbuka: Mask
    pohon: bool


def arranged(sheet: Lembar, wanted: Saringan) -> Susunan:
    """``arrange`` with what was made for these numbers just before."""
    key = (wanted.conditions, wanted.urut, wanted.menurun, wanted.flat, wanted.buka)
    try:
        made: Susunan = sheet.angka.ingatan.get(key)
    except KeyError:
        made = arrange(sheet, wanted, chosen(sheet, wanted))
        sheet.angka.ingatan.put(key, made)
    return made


def chosen(sheet: Lembar, wanted: Saringan) -> Pilihan:
    """``choose`` with what was made for these numbers just before."""
    try:
        found: Pilihan = sheet.angka.ingatan.get(wanted.conditions)
    except KeyError:
        found = choose(sheet, wanted)
        sheet.angka.ingatan.put(wanted.conditions, found)
    return found


def arrange(sheet: Lembar, wanted: Saringan, choice: Pilihan) -> Susunan:
    """The rows in the order they are shown."""
    if wanted.flat:
        rows = np.flatnonzero(choice.cocok).astype(np.int32)
        order = np.argsort(_keys(sheet, wanted, rows), kind="stable")
        return Susunan(choice, rows[order], np.zeros(len(sheet), np.bool_), pohon=False)
    opened = open_rows(sheet, wanted, choice)
    rows = _visible(sheet, choice, opened)
    return Susunan(choice, rows[_tree_order(sheet, wanted, rows)], opened, pohon=True)


def open_rows(sheet: Lembar, wanted: Saringan, choice: Pilihan) -> Mask:
    """A row that only leads to matching rows stands open by itself, one that matches closed; ``buka`` names those that
    stand the other way."""
    of = sheet.rangka
    if ALL_OPEN in wanted.buka:
        found: Mask = np.ones(len(sheet), np.bool_)
    else:
        found = choice.tampak & ~choice.cocok
    turned = set(wanted.buka) - {ALL_OPEN}
    if turned:
        units = {key.partition("|")[0] for key in turned}
        for row, unit in enumerate(of.unit):
            if unit in units and of.key(row) in turned:
                found[row] = not found[row]
    return found


def _visible(sheet: Lembar, choice: Pilihan, opened: Mask) -> Rows:
    """Rows whose every ancestor stands open."""
    of = sheet.rangka
    seen: Mask = choice.tampak & (of.dalam == 0)
    for depth in range(1, int(of.dalam.max(initial=0)) + 1):
        rows = np.flatnonzero((of.dalam == depth) & choice.tampak)
        above = of.induk[rows]
        seen[rows] = seen[above] & opened[above]
    return np.flatnonzero(seen).astype(np.int32)


def _tree_order(sheet: Lembar, wanted: Saringan, rows: Rows) -> NDArray[np.intp]:
    """Sort by the path of ranks from the top, so that children follow their parent."""
    of = sheet.rangka
    depths = of.dalam[rows]
    deepest = int(depths.max(initial=0))
    keys, rank = _keys(sheet, wanted, rows), np.full(len(sheet), -1, np.int32)
    for depth in range(deepest + 1):
        here = np.flatnonzero(depths == depth)
        rank[rows[here[np.argsort(keys[here], kind="stable")]]] = np.arange(len(here), dtype=np.int32)
    path = np.full((deepest + 1, len(rows)), -1, np.int32)
    at = rows.copy()
    for depth in range(deepest, -1, -1):
        reached = of.dalam[at] == depth
        path[depth, reached] = rank[at[reached]]
        at = np.where(reached & (depth > 0), of.induk[at], at).astype(np.int32)
    return np.lexsort(path[::-1])


def _keys(sheet: Lembar, wanted: Saringan, rows: Rows) -> NDArray[Any]:
    """One sortable value per row; what is missing comes last in either direction."""
    of, at = sheet.rangka, sheet.angka
    if wanted.urut == "kode":
        return -rows if wanted.menurun else rows
    if wanted.urut == "nama":
        return _ranks([of.nama[row].casefold() for row in rows], wanted.menurun)
    if wanted.urut == "dampak":
        return _turned(impact(sheet, rows), wanted.menurun)
    if wanted.urut == "status":
        return _turned(at.status[rows].astype(np.float64), wanted.menurun)
    if wanted.urut == "sejak":
        since = at.sejak[rows].astype(np.int64)
        return _whole(np.where(since == 0, NA, since), wanted.menurun)
    values = deviasi_of(at) if wanted.urut == "deviasi" else getattr(at, wanted.urut)
    return _whole(values[rows], wanted.menurun)


def impact(sheet: Lembar, rows: Rows) -> NDArray[np.float64]:
    """deviasi × pagu, most negative the greatest loss; an indicator weighs as much as the node it hangs on. Only for
    ordering, so a float will do."""
    of, at = sheet.rangka, sheet.angka
    payer = np.where(of.level[rows] == _INDIKATOR, of.induk[rows], rows)
    deviasi, pagu = deviasi_of(at)[rows], at.pagu[payer]
    known = deviasi != NA
    made = np.where(known, deviasi, 0).astype(np.float64) * np.where(pagu == NA, 1, np.maximum(pagu, 1))
    made[~known] = np.nan
    return made


def _turned(values: NDArray[np.float64], down: bool) -> NDArray[np.float64]:
    return -values if down else values


def _whole(values: NDArray[np.int64], down: bool) -> NDArray[np.int64]:
    return np.where(values == NA, _LAST, -values if down else values)


def _ranks(words: Sequence[str], down: bool) -> NDArray[np.int64]:
    places = {word: place for place, word in enumerate(sorted(set(words), reverse=down))}
    return np.array([places[word] for word in words], np.int64)
