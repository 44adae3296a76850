"""What a filter found, counted: the material of the headline."""

from dataclasses import dataclass

import numpy as np

from data.analisis.angka import NA, STATUS
from data.analisis.lembar import Lembar
from data.analisis.pilih import Mask, Pilihan
from data.analisis.saringan import LEVELS
from data.analisis.susun import impact
from data.words import Status

SHOWN = 4


@dataclass(frozen=True)
class Temuan:
    """``jumlah`` matching rows of ``semua``, in ``opd`` OPD; how many per level and per status (those with none are
    left out). ``terserap``: matching OPD below target whose money is spent as planned or more; ``tertinggal``: all
    matching OPD below target; both by name, largest loss first, with how many there are. ``tanpa_nilai``: matching
    indicators without a capaian, of ``indikator``."""

    jumlah: int
    semua: int
    opd: int
    level: dict[str, int]
    status: dict[str, int]
    terserap: tuple[str, ...]
    jumlah_terserap: int
    tertinggal: tuple[str, ...]
    jumlah_tertinggal: int
    indikator: int
    tanpa_nilai: int


def findings(sheet: Lembar, choice: Pilihan) -> Temuan:
    """Count what matches."""
    of, at, matched = sheet.rangka, sheet.angka, choice.cocok
    top = matched & (of.level == 0)
    red = top & (at.status == STATUS.index(Status.DI_BAWAH.value))
    spent = red & (at.serapan != NA) & (at.rencana != NA) & (at.serapan >= at.rencana)
    leaves = matched & (of.level == LEVELS.index("indikator"))
    return Temuan(
        choice.jumlah,
        len(sheet),
        len(np.unique(of.pangkal[matched])),
        _count(of.level[matched], LEVELS),
        _count(at.status[matched], STATUS),
        _names(sheet, spent),
        int(spent.sum()),
        _names(sheet, red),
        int(red.sum()),
        int(leaves.sum()),
        int((leaves & (at.capaian == NA)).sum()),
    )


def _count(codes: "np.ndarray[tuple[int, ...], np.dtype[np.int8]]", names: tuple[str, ...]) -> dict[str, int]:
    counts = np.bincount(codes, minlength=len(names))
    return {name: int(count) for name, count in zip(names, counts, strict=False) if count}


def _names(sheet: Lembar, which: Mask) -> tuple[str, ...]:
    """The first few OPD, largest deviasi × pagu first."""
    of, rows = sheet.rangka, np.flatnonzero(which).astype(np.int32)
    order = rows[np.argsort(impact(sheet, rows), kind="stable")][:SHOWN]
    instansi = [of.instansi[of.pangkal[row]] for row in order]
    return tuple(one.singkat or one.nama for one in instansi)
