"""The sentences that state a finding. Templates, at most twenty words: number, comparison, next step."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

import pandas as pd
from dash import html

from data.words import Status
from pages.parts import formats as fmt
from pages.parts.elements import Children, records, soft

NONE_BEHIND: Final = "Tidak ada OPD di bawah target"
NOT_YET: Final = "Belum dapat dinilai: belum ada laporan."


def counted(standings: pd.DataFrame) -> pd.DataFrame:
    """The rows that are spoken of: an OPD that need not report (column ``wajib``, where it is known) and did not is
    not late with anything."""
    if "wajib" not in standings:
        return standings
    keep = standings["wajib"].astype(bool) | (standings["status"] != Status.BELUM_LAPOR.value)
    return standings[keep].reset_index(drop=True)


def excused(standings: pd.DataFrame) -> str | None:
    """Who is left out by ``counted``, named once; None when nobody is."""
    kept = set(counted(standings)["opd"])
    names = [short_name(row) for row in records(standings) if row["opd"] not in kept]
    return f"Tidak wajib lapor dan tidak dihitung di sini: {', '.join(names)}." if names else None


def counts_of(standings: pd.DataFrame) -> dict[Status, int]:
    """How many rows (one per OPD) stand in each status, but for those excused; every status is present."""
    found = dict.fromkeys(Status, 0)
    for value in counted(standings)["status"]:
        found[Status(value)] += 1
    return found


def no_report(standings: pd.DataFrame) -> bool:
    """Whether nothing can be judged yet: not one of these OPD has reported."""
    counts = counts_of(standings)
    return sum(counts.values()) == counts[Status.BELUM_LAPOR]


def city_sentence(counts: Mapping[Status, int], tahun: int, tw: int) -> str:
    total = sum(counts.values())
    silent = counts[Status.BELUM_LAPOR]
    if total in (0, silent):
        return f"Belum ada laporan {fmt.period(tahun, tw)} yang diterima."
    return f"Sampai {fmt.period(tahun, tw)}, {counts[Status.TERCAPAI]} dari {fmt.opd(total)} mencapai target."


def city_lede(standings: pd.DataFrame) -> tuple[str, str | None, str]:
    """The second sentence as text, OPD name to be linked, text; for the OPD of the largest deviasi × pagu."""
    counts, worst = counts_of(standings), worst_opd(standings)
    if worst is None:
        return (_no_trouble(counts), None, "")
    behind = counts[Status.DI_BAWAH]
    start = f"{fmt.opd(behind)} tertinggal lebih dari 10{fmt.NBSP}poin. " if behind else f"{NONE_BEHIND}. "
    return (f"{start}Dampak terbesar: ", short_name(worst), f", tertinggal {fmt.size_in_points(worst['deviasi'])}.")


def _no_trouble(counts: Mapping[Status, int]) -> str:
    if counts[Status.TERCAPAI] == 0:
        return "Kinerja tampil setelah laporan diterima dan diverifikasi."
    silent = counts[Status.BELUM_LAPOR]
    return f"Tidak ada yang tertinggal; {fmt.opd(silent)} belum melapor." if silent else "Tidak ada yang tertinggal."


def lede(standings: pd.DataFrame, href: str | None = None) -> Children:
    """The second sentence with its OPD linked to ``href``."""
    before, name, after = city_lede(standings)
    if name is None:
        return before
    return [before, html.A(name, href=href, **soft()) if href else name, after]


def worst_opd(standings: pd.DataFrame) -> dict[str, Any] | None:
    """The row with the largest deviasi × pagu: of those below target, or else of those merely behind."""
    behind = [row for row in records(standings) if row["deviasi"] is not None and row["deviasi"] < 0]
    red = [row for row in behind if row["status"] == Status.DI_BAWAH]
    return min(red or behind, key=impact, default=None)


def impact(row: Mapping[str, Any]) -> Decimal:
    """deviasi × pagu: most negative is the greatest loss."""
    return Decimal(row["deviasi"]) * Decimal(row["pagu"] or 0)


def short_name(row: Mapping[str, Any]) -> str:
    return str(row.get("singkat") or row["nama"])


def opd_sentence(row: Mapping[str, Any], tahun: int, tw: int) -> str:
    """One OPD's finding: ``Sampai TW III 2025, kinerja tertinggal 18,2 poin dari target.``"""
    start, deviasi = f"Sampai {fmt.period(tahun, tw)}, ", row["deviasi"]
    silent = {
        Status.BELUM_LAPOR: "laporan belum diterima.",
        Status.NIHIL: "OPD menyatakan nihil.",
        Status.TANPA_TARGET: "belum ada target untuk dibandingkan.",
    }.get(Status(row["status"]))
    if silent or deviasi is None:
        return start + (silent or "kinerja belum dapat dihitung.")
    if deviasi < 0:
        return f"{start}kinerja tertinggal {fmt.size_in_points(deviasi)} dari target."
    if fmt.rounded(deviasi, 1) == 0:
        return f"{start}kinerja mencapai target."
    return f"{start}kinerja mencapai target, {fmt.size_in_points(deviasi)} di atasnya."


def rows_sentence(standings: pd.DataFrame) -> str:
    """What the OPD list says: who is behind holds how much of the city's pagu."""
    rows = records(standings)
    behind = [row for row in rows if row["status"] == Status.DI_BAWAH]
    if no_report(standings):
        return NOT_YET
    if not behind:
        return f"{NONE_BEHIND}. Pilih nama untuk melihat program."
    held, total = (sum(int(row["pagu"] or 0) for row in group) for group in (behind, rows))
    share = fmt.percent(Decimal(held) / Decimal(total) * 100, 0) if total else fmt.NONE
    return f"{fmt.opd(len(behind))} di bawah target memegang {fmt.rupiah_short(held)}, {share} dari pagu kota."


def money_sentence(keuangan: Decimal | None, fisik: Decimal | None) -> str:
    """Both deviations from plan in one sentence."""
    parts = [_against_plan("Keuangan", keuangan), _against_plan("fisik" if keuangan is not None else "Fisik", fisik)]
    known = [part for part in parts if part]
    return f"{' dan '.join(known)}." if known else "Realisasi keuangan dan fisik belum dilaporkan."


def _against_plan(name: str, deviasi: Decimal | None) -> str | None:
    if deviasi is None:
        return None
    if fmt.rounded(deviasi, 1) == 0:
        return f"{name} sesuai rencana"
    return f"{name} {fmt.size_in_points(deviasi)} {'di bawah' if deviasi < 0 else 'di atas'} rencana"


def money_title(keuangan: Decimal | None) -> str:
    if keuangan is None:
        return "Uang dan fisik"
    if fmt.rounded(keuangan, 1) < 0:
        return "Uang terserap lebih lambat dari rencana"
    return "Uang terserap sesuai rencana"


def incomplete(missing: int, untold: int = 0) -> str | None:
    """The warning an incomplete total carries; ``untold``: how many of the missing are not named in the list yet."""
    if missing <= 0:
        return None
    start = f"Jumlah di bawah ini belum lengkap: {fmt.opd(missing)} belum melapor"
    if untold <= 0:
        return f"{start} (lihat daftar)."
    return f"{start}; {fmt.whole(untold)} di antaranya belum disebut karena batas waktunya belum lewat."
