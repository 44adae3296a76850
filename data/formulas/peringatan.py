"""Early warning: ordered rules over one node's facts, first match wins. Source: issue "early warning", thresholds [S].

At which level a rule looks decides that one trouble is told once:

* the OPD itself: ``tanpa_laporan`` (no figure of the quarter is accepted);
* program: ``serapan``, ``uang_terserap``, ``deviasi``, ``turun_dua``, ``fisik_uang``. A program is the lowest rung that
  has somebody to answer for it; its OPD's red figure stands on the leaders' page already;
* sub kegiatan: ``kumulatif_turun`` of money, where the wrong row is;
* indicator: ``kumulatif_turun`` of a summed realisasi, ``tanpa_laporan`` (left blank in a report that did come),
  ``target_rendah``, ``tanpa_target``.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from data.aturan import Aturan
from data.formulas.turun import fell_twice
from data.words import Level, Peringatan, Status

INDIKATOR: Final = "indikator"
"""The rung below every node, which is no node itself."""
HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Fakta:
    """What is known of one node or indicator at one quarter; percent, None where there is none.

    ``lalu``: the capaian of the quarters before it in the same year, newest first. ``rencana``: planned serapan.
    ``turun``: the largest fall of a cumulative figure (rupiah, or the indicator's unit), positive.
    """

    level: str
    status: str
    capaian: Decimal | None = None
    lalu: tuple[Decimal | None, ...] = ()
    serapan: Decimal | None = None
    rencana: Decimal | None = None
    fisik: Decimal | None = None
    turun: Decimal | None = None


def _serapan(fakta: Fakta, aturan: Aturan) -> bool:
    if fakta.serapan is None or fakta.rencana is None:
        return False
    return fakta.serapan - fakta.rencana < aturan.ambang_serapan


def _uang_terserap(fakta: Fakta, aturan: Aturan) -> bool:
    if fakta.serapan is None or fakta.capaian is None:
        return False
    return fakta.serapan - fakta.capaian >= aturan.ambang_tertinggal


def _deviasi(fakta: Fakta, aturan: Aturan) -> bool:
    return fakta.capaian is not None and fakta.capaian - HUNDRED < aturan.ambang_perhatian


def _turun_dua(fakta: Fakta, aturan: Aturan) -> bool:
    """Down twice in a row in one year and now below target: a fall from 140 to 120 troubles nobody."""
    if fakta.capaian is None or len(fakta.lalu) < 2 or fakta.lalu[0] is None or fakta.lalu[1] is None:
        return False
    return bool(fell_twice(fakta.capaian, *fakta.lalu[:2])) and fakta.capaian < HUNDRED


def _kumulatif_turun(fakta: Fakta, aturan: Aturan) -> bool:
    return fakta.turun is not None and fakta.turun > 0


def _tanpa_laporan(fakta: Fakta, aturan: Aturan) -> bool:
    return fakta.status == Status.BELUM_LAPOR


def _target_rendah(fakta: Fakta, aturan: Aturan) -> bool:
    return fakta.capaian is not None and fakta.capaian > aturan.ambang_target_rendah


def _fisik_uang(fakta: Fakta, aturan: Aturan) -> bool:
    if fakta.fisik is None or fakta.serapan is None:
        return False
    return abs(fakta.fisik - fakta.serapan) > aturan.ambang_fisik_uang


def _tanpa_target(fakta: Fakta, aturan: Aturan) -> bool:
    return fakta.status == Status.TANPA_TARGET


RULES: Final[Mapping[Peringatan, Callable[[Fakta, Aturan], bool]]] = {
    Peringatan.SERAPAN: _serapan,
    Peringatan.UANG_TERSERAP: _uang_terserap,
    Peringatan.DEVIASI: _deviasi,
    Peringatan.TURUN_DUA: _turun_dua,
    Peringatan.KUMULATIF_TURUN: _kumulatif_turun,
    Peringatan.TANPA_LAPORAN: _tanpa_laporan,
    Peringatan.TARGET_RENDAH: _target_rendah,
    Peringatan.FISIK_UANG: _fisik_uang,
    Peringatan.TANPA_TARGET: _tanpa_target,
}
LEVELS: Final[Mapping[Peringatan, tuple[str, ...]]] = {
    Peringatan.SERAPAN: (Level.PROGRAM,),
    Peringatan.UANG_TERSERAP: (Level.PROGRAM,),
    Peringatan.DEVIASI: (Level.PROGRAM,),
    Peringatan.TURUN_DUA: (Level.PROGRAM,),
    Peringatan.KUMULATIF_TURUN: (Level.SUB_KEGIATAN, INDIKATOR),
    Peringatan.TANPA_LAPORAN: (Level.OPD, INDIKATOR),
    Peringatan.TARGET_RENDAH: (INDIKATOR,),
    Peringatan.FISIK_UANG: (Level.PROGRAM,),
    Peringatan.TANPA_TARGET: (INDIKATOR,),
}


def first_match(fakta: Fakta, aturan: Aturan) -> Peringatan | None:
    """The first rule in the settings' order that this node's facts meet; None when all is well."""
    for rule in aturan.urutan_peringatan:
        if fakta.level in LEVELS[rule] and RULES[rule](fakta, aturan):
            return rule
    return None


def figures(rule: Peringatan, fakta: Fakta) -> tuple[Decimal | None, Decimal | None]:
    """The number a rule speaks of, and what it is compared with."""
    return {
        Peringatan.SERAPAN: (fakta.serapan, fakta.rencana),
        Peringatan.UANG_TERSERAP: (fakta.serapan, fakta.capaian),
        Peringatan.DEVIASI: (fakta.capaian, HUNDRED),
        Peringatan.TURUN_DUA: (fakta.capaian, fakta.lalu[1] if len(fakta.lalu) > 1 else None),
        Peringatan.KUMULATIF_TURUN: (fakta.turun, None),
        Peringatan.TARGET_RENDAH: (fakta.capaian, HUNDRED),
        Peringatan.FISIK_UANG: (fakta.fisik, fakta.serapan),
    }.get(rule, (None, None))


def run_length(rules: Iterable[Peringatan | None]) -> int:
    """How many quarters on end the newest rule has matched; ``rules``: newest first, read no further than needed."""
    newest = iter(rules)
    first, length = next(newest, None), 1
    for rule in newest:
        if rule != first:
            break
        length += 1
    return length
