"""Which rows of a sheet a filter matches, and which stand above them in the tree."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.analisis.angka import HUNDRED, NA, STATUS, Angka, Long, as_scaled
from data.analisis.kerangka import Kerangka
from data.analisis.lembar import Lembar
from data.analisis.saringan import CHOICES, LEVELS, PREDIKAT, Saringan

Mask = NDArray[np.bool_]


@dataclass(eq=False)
class Pilihan:
    """``cocok``: the rows that match; ``tampak``: these and what stands above them; ``jumlah``: how many match."""

    cocok: Mask
    tampak: Mask
    jumlah: int


def choose(sheet: Lembar, wanted: Saringan) -> Pilihan:
    """The rows of a sheet that meet every condition of a filter. Over a range of quarters the conditions on numbers,
    status and lateness must hold in each of them."""
    of = sheet.rangka
    matched = _of_plan(of, wanted)
    for at in sheet.rentang if wanted.tw_dari is not None else [sheet.angka]:
        matched &= _of_quarter(of, at, wanted)
    if wanted.turun2:
        matched &= sheet.angka.turun2
    return Pilihan(matched, with_ancestors(of, matched), int(matched.sum()))


def with_ancestors(of: Kerangka, matched: Mask) -> Mask:
    """A row stays in the tree when it or anything beneath it matches."""
    before = np.concatenate([np.zeros(1, np.int64), np.cumsum(matched)])
    found: Mask = before[of.akhir] > before[:-1]
    return found


def _of_plan(of: Kerangka, wanted: Saringan) -> Mask:
    """What follows from the plan alone and is the same in every quarter."""
    found = _of_place(of, wanted)
    if wanted.level:
        found &= np.isin(of.level, [LEVELS.index(level) for level in wanted.level])
    if wanted.arah:
        found &= np.isin(of.arah, [CHOICES["arah"].index(arah) for arah in wanted.arah])
    if wanted.cari:
        found &= _says(of, wanted.cari)
    return found


def _of_place(of: Kerangka, wanted: Saringan) -> Mask:
    """Where in the plan a row stands, and what pays for it."""
    found: Mask = np.ones(len(of.kode), np.bool_)
    if wanted.urusan:
        found &= _in_sets(of.urusan, of.urusan_ada, wanted.urusan)
    if wanted.dana:
        found &= _in_sets(of.dana, of.dana_ada, wanted.dana)
    if wanted.jenis:
        found &= _of_instansi([one.jenis in wanted.jenis for one in of.instansi], of)
    if wanted.opd:
        found &= _in_opd(of, wanted.opd)
    if wanted.program:
        found &= _in_program(of, wanted.program)
    return found


def _of_quarter(of: Kerangka, at: Angka, wanted: Saringan) -> Mask:
    found: Mask = np.ones(len(of.kode), np.bool_)
    if wanted.status:
        found &= np.isin(at.status, [STATUS.index(status) for status in wanted.status])
    if wanted.predikat:
        found &= np.isin(at.predikat, [PREDIKAT.index(name) for name in wanted.predikat])
    if wanted.terlambat is not None:
        late = at.hari_terlambat > 0 if wanted.terlambat else at.hari_terlambat == 0
        found &= late[of.pangkal]
    for name, values in (("capaian", at.capaian), ("serapan", at.serapan), ("deviasi", deviasi_of(at))):
        _limit(found, values, wanted, name)
    if wanted.tertinggal is not None:
        both = (at.serapan != NA) & (at.capaian != NA)
        found &= both & (np.where(both, at.serapan - at.capaian, 0) >= as_scaled(wanted.tertinggal))
    return found


def deviasi_of(at: Angka) -> Long:
    """capaian − 100 in ten-billionths of a point."""
    return np.where(at.capaian == NA, NA, at.capaian - HUNDRED)


def _limit(found: Mask, values: Long, wanted: Saringan, name: str) -> None:
    low, high = getattr(wanted, f"{name}_min"), getattr(wanted, f"{name}_maks")
    if low is None and high is None:
        return
    found &= values != NA
    if low is not None:
        found &= values >= as_scaled(low)
    if high is not None:
        found &= values <= as_scaled(high)


def _in_sets(codes: NDArray[np.int32], sets: Sequence[frozenset[str]], wanted: Sequence[str]) -> Mask:
    asked = set(wanted)
    return np.isin(codes, [place for place, one in enumerate(sets) if one & asked])


def _of_instansi(which: Sequence[bool], of: Kerangka) -> Mask:
    found: Mask = np.array(which, np.bool_)[of.pangkal]
    return found


def _in_opd(of: Kerangka, codes: Sequence[str]) -> Mask:
    """The whole tree of an OPD; of a unit below one, the rows it holds."""
    asked = set(codes)
    found = _of_instansi([one.kode in asked for one in of.instansi], of)
    units = asked - {one.kode for one in of.instansi}
    if units:
        found |= np.array([unit in units for unit in of.unit], np.bool_)
    return found


def _in_program(of: Kerangka, codes: Sequence[str]) -> Mask:
    """A program and all beneath it; the same code in several OPD is the same program of the national list."""
    asked = set(codes)
    own = np.array([kode in asked for kode in of.kode], np.bool_)
    return np.where(of.program >= 0, own[of.program], False)


def _says(of: Kerangka, text: str) -> Mask:
    """Every word occurs in the row's name or code. The longest word is looked for first, being the rarest as a rule,
    and each further one only in the rows that are left."""
    first, *more = sorted(dict.fromkeys(text.casefold().split()), key=len, reverse=True)
    found: Mask = np.zeros(len(of.kode), np.bool_)
    found[_rows_with(of, first)] = True
    for word in more:
        rows = np.flatnonzero(found)
        starts, ends = of.awal_teks[rows].tolist(), np.append(of.awal_teks, len(of.teks))[rows + 1].tolist()
        found[rows] = [of.teks.find(word, start, end) >= 0 for start, end in zip(starts, ends, strict=True)]
    return found


def _rows_with(of: Kerangka, word: str) -> NDArray[np.intp]:
    """The rows whose text holds this word, in their order."""
    # The rest of the line is taken along, so that a row is found once at most.
    once = re.compile(re.escape(word) + r"[^\n]*")
    hits = np.fromiter((hit.start() for hit in once.finditer(of.teks)), np.int64)
    return np.searchsorted(of.awal_teks, hits, side="right") - 1
