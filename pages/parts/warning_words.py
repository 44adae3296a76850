"""Early warning in words: what each rule looks for, and what it says of one row."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final, Protocol

from data.words import LEVEL_NAMES, TW_NAMES, WARNING_NAMES, Level, Peringatan
from pages.parts import formats as fmt

RUPIAH: Final = "Rp"
LONGEST_NAMES: Final = 3


class Batas(Protocol):
    """The thresholds in force."""

    @property
    def ambang_serapan(self) -> Decimal: ...
    @property
    def ambang_perhatian(self) -> Decimal: ...
    @property
    def ambang_tertinggal(self) -> Decimal: ...
    @property
    def ambang_target_rendah(self) -> Decimal: ...
    @property
    def ambang_fisik_uang(self) -> Decimal: ...


def rule_sentence(rule: Peringatan, batas: Batas) -> str:
    """What the rule looks for, with its threshold."""
    size = {
        Peringatan.SERAPAN: _size(batas.ambang_serapan),
        Peringatan.DEVIASI: _size(batas.ambang_perhatian),
        Peringatan.UANG_TERSERAP: _size(batas.ambang_tertinggal),
        Peringatan.FISIK_UANG: _size(batas.ambang_fisik_uang),
    }.get(rule, "")
    high = fmt.percent(batas.ambang_target_rendah, 0)
    return {
        Peringatan.SERAPAN: f"Serapan program kurang dari rencana anggaran kas (RAK), lebih dari {size}.",
        Peringatan.UANG_TERSERAP: f"Serapan program melebihi capaian kinerjanya, {size} atau lebih.",
        Peringatan.DEVIASI: f"Capaian program lebih dari {size} di bawah target s.d. periode ini.",
        Peringatan.TURUN_DUA: "Capaian program turun dua triwulan berturut-turut dan kini di bawah target.",
        Peringatan.KUMULATIF_TURUN: "Angka yang hanya dapat bertambah justru berkurang: periksa berkas laporannya.",
        Peringatan.TANPA_LAPORAN: "Belum ada angka yang diterima, atau indikator dibiarkan kosong. Bukan nol.",
        Peringatan.TARGET_RENDAH: f"Capaian indikator di atas {high}: tinjau targetnya.",
        Peringatan.FISIK_UANG: f"Fisik dan serapan program berselisih lebih dari {size}.",
        Peringatan.TANPA_TARGET: "Tanpa target s.d. periode ini, indikator tidak dapat dinilai.",
    }[rule]


def _size(value: Decimal) -> str:
    return fmt.size_in_points(value, 0)


def row_sentence(row: Mapping[str, Any], tahun: int, tw: int) -> str:
    """What is wrong with this row, with its own numbers."""
    return _SAYINGS[Peringatan(row["aturan"])](row, fmt.period(tahun, tw))


def _serapan(row: Mapping[str, Any], at: str) -> str:
    gap = fmt.size_in_points(row["nilai"] - row["banding"])
    return f"Serapan {fmt.percent(row['nilai'])}, rencana {fmt.percent(row['banding'])}: kurang {gap}."


def _uang_terserap(row: Mapping[str, Any], at: str) -> str:
    gap = fmt.size_in_points(row["nilai"] - row["banding"])
    return f"Serapan {fmt.percent(row['nilai'])}, capaian {fmt.percent(row['banding'])}: selisih {gap}."


def _deviasi(row: Mapping[str, Any], at: str) -> str:
    return f"Capaian {fmt.percent(row['nilai'])}, tertinggal {fmt.size_in_points(row['nilai'] - row['banding'])}."


def _turun_dua(row: Mapping[str, Any], at: str) -> str:
    return f"Capaian {fmt.percent(row['nilai'])}; dua triwulan sebelumnya {fmt.percent(row['banding'])}."


def _kumulatif_turun(row: Mapping[str, Any], at: str) -> str:
    if row["satuan"] == RUPIAH:
        return f"Realisasi uang kumulatif turun {fmt.rupiah_short(int(row['nilai']))}."
    return f"Realisasi kumulatif turun {fmt.decimal_id(row['nilai'])} {row['satuan']}".strip() + "."


def _tanpa_laporan(row: Mapping[str, Any], at: str) -> str:
    return f"Belum ada angka {at} yang diterima." if row["level"] == Level.OPD else f"Kosong pada laporan {at}."


def _target_rendah(row: Mapping[str, Any], at: str) -> str:
    return f"Capaian {fmt.percent(row['nilai'])} dari target s.d. {at}."


def _fisik_uang(row: Mapping[str, Any], at: str) -> str:
    gap = fmt.size_in_points(row["nilai"] - row["banding"])
    return f"Fisik {fmt.percent(row['nilai'])}, serapan {fmt.percent(row['banding'])}: selisih {gap}."


def _tanpa_target(row: Mapping[str, Any], at: str) -> str:
    return f"Tanpa target s.d. {at}."


_SAYINGS: Final[dict[Peringatan, Callable[[Mapping[str, Any], str], str]]] = {
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


def since(row: Mapping[str, Any]) -> str:
    """``baru`` or ``sejak TW I 2026, 3 triwulan``."""
    if row["baru"]:
        return "baru"
    return f"sejak {fmt.period(row['tahun'], row['tw'])}, {row['lama']}{fmt.NBSP}triwulan"


def kind_of(level: str) -> str:
    """What a row is about: ``Program``, ``Indikator``."""
    return LEVEL_NAMES[Level(level)] if level in tuple(Level) else "Indikator"


def title(count: int, offices: int, tahun: int, tw: int) -> str:
    """``102 peringatan pada 38 OPD s.d. TW III 2026.``"""
    if not count:
        return f"Tidak ada peringatan s.d. {fmt.period(tahun, tw)}."
    return f"{fmt.whole(count)} peringatan pada {fmt.opd(offices)} s.d. {fmt.period(tahun, tw)}."


def lede(new: int, counts: Mapping[Peringatan, int], tw: int) -> str:
    """How many are new, and which rules hold the most."""
    start = (
        f"{fmt.whole(new)} di antaranya baru pada {TW_NAMES[tw].replace(' ', fmt.NBSP)}."
        if new
        else "Tidak ada yang baru."
    )
    most = sorted(counts.items(), key=lambda pair: -pair[1])[:LONGEST_NAMES]
    names = ", ".join(f"{WARNING_NAMES[rule].lower()} ({fmt.whole(count)})" for rule, count in most)
    return f"{start} Terbanyak: {names}." if names else start
