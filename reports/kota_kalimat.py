"""The sentences of the city report. Templates, at most twenty words: number, comparison, cause if given, next step."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from data.aturan import Aturan
from data.words import STATUS_ORDER, Status
from pages.parts import formats as fmt
from reports.bahan import Bahan, Row, short
from reports.cetak import shortened

NAMED: Final = 3
"""How many OPD one sentence names."""
QUOTE: Final = 110
"""Letters of an OPD's own words in a sentence: with the name before them within twenty words."""


def counts(rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """How many OPD stand in each status; every status is there."""
    found = {status.value: 0 for status in STATUS_ORDER}
    for row in rows:
        found[row["status"]] += 1
    return found


def headline(basis: Bahan) -> str:
    """As the city's page says it."""
    found, total = counts(basis.standings), len(basis.standings)
    if total == found[Status.BELUM_LAPOR]:
        return f"Belum ada laporan {basis.nama_periode} yang diterima."
    return f"Sampai {basis.nama_periode}, {found[Status.TERCAPAI]} dari {fmt.opd(total)} mencapai target."


def heaviest(rows: Sequence[Row]) -> Row | None:
    """The OPD with the largest deviasi × pagu: of those below target, or else of those merely behind."""
    behind = [row for row in rows if row["deviasi"] is not None and row["deviasi"] < 0]
    red = [row for row in behind if row["status"] == Status.DI_BAWAH]
    return min(red or behind, key=lambda row: Decimal(row["deviasi"]) * (row["pagu"] or 0), default=None)


def performance(basis: Bahan, city: Row, before: Mapping[str, int] | None) -> list[str]:
    """How many reach their target, whether that is more than before, and the mean."""
    found, said = counts(basis.standings), []
    if before is not None:
        said.append(_change(found[Status.TERCAPAI], before[Status.TERCAPAI]))
    if city["capaian"] is not None:
        where = _beside(city["deviasi"], "target")
        said.append(f"Rata-rata capaian kota {fmt.percent(city['capaian'])}, {where}.")
        weighted = city["capaian_tertimbang"]  # None where no OPD has a pagu
        if weighted is not None and abs(city["capaian"] - weighted) > basis.aturan.selisih_tertimbang:
            said.append(f"Bila ditimbang dengan pagu, capaian kota {fmt.percent(weighted)}.")
    red = [row for row in basis.standings if row["status"] == Status.DI_BAWAH]
    if red:
        said.append(_behind(red, basis.standings, basis.aturan))
    return said


def _change(now: int, before: int) -> str:
    if now == before:
        return f"Jumlah itu sama dengan triwulan sebelumnya, {fmt.opd(before)}."
    word = "lebih banyak" if now > before else "lebih sedikit"
    return f"Itu {fmt.opd(abs(now - before))} {word} daripada triwulan sebelumnya, {fmt.opd(before)}."


def _behind(red: Sequence[Row], rows: Sequence[Row], aturan: Aturan) -> str:
    held, total = (sum(int(row["pagu"] or 0) for row in group) for group in (red, rows))
    share = f", {fmt.percent(Decimal(held) / Decimal(total) * 100, 0)} pagu kota" if total else ""
    limit = fmt.size_in_points(aturan.ambang_perhatian, 0)
    return f"{fmt.opd(len(red))} tertinggal lebih dari {limit} dan memegang {fmt.rupiah_short(held)}{share}."


def cause(worst: Row | None, report: Mapping[str, Any] | None) -> list[str]:
    """The OPD that weighs most, what it says held it back, and what it will do."""
    if worst is None:
        return []
    said = [f"Dampak terbesar terhadap kota: {short(worst)}, tertinggal {fmt.size_in_points(worst['deviasi'])}."]
    for words, name in (("Penyebab menurut OPD", "faktor_penghambat"), ("Langkah berikutnya", "tindak_lanjut")):
        if report is not None and report[name]:
            said.append(f"{words}: {_within(report[name], 20 - len(words.split()))}")
    return said


def _within(text: str, words: int) -> str:
    parts = shortened(text, QUOTE).split(" ")
    cut = " ".join(parts[:words])
    return cut if len(parts) <= words else cut.rstrip(",;:.") + "…"


def money(end: Row) -> list[str]:
    """Money and fisik against their plans."""
    said = []
    if end["realisasi_persen"] is not None:
        said.append(
            f"Uang terserap {fmt.percent(end['realisasi_persen'])}{_plan(end, 'realisasi_persen', 'rak_persen')}."
        )
        said.append(
            f"Itu {fmt.rupiah_short(end['realisasi'])} dari {fmt.rupiah_short(end['pagu'])} pagu OPD yang melapor."
        )
    if end["fisik"] is not None:
        said.append(f"Kemajuan fisik {fmt.percent(end['fisik'])}{_plan(end, 'fisik', 'fisik_rencana')}.")
    return said or ["Realisasi keuangan dan fisik belum dilaporkan."]


def _plan(end: Row, actual: str, plan: str) -> str:
    if end[plan] is None:
        return ""
    return f", {_beside(end[actual] - end[plan], f'rencana {fmt.percent(end[plan])}')}"


def _beside(deviasi: Decimal, what: str) -> str:
    if fmt.rounded(deviasi, 1) == 0:
        return f"sesuai {what}"
    return f"{fmt.size_in_points(deviasi)} {'di bawah' if deviasi < 0 else 'di atas'} {what}"


def reporting(basis: Bahan, silent: Sequence[Row]) -> list[str]:
    """Who has reported, and what the city does not know because of those who have not."""
    found = basis.cakupan
    said = [
        f"{fmt.whole(found.diterima)} dari {fmt.opd(found.diharapkan)} sudah melapor: "
        f"{fmt.whole(found.tepat_waktu)} tepat waktu, {fmt.whole(found.terlambat)} terlambat."
    ]
    if silent:
        said.append(f"Belum diterima: {_names(silent)}.")
        said.append("Angka kota belum lengkap; yang belum melapor tidak dihitung sebagai nol.")
    return said


def repeated(rows: Sequence[Row], before: Mapping[str, str]) -> list[Row]:
    """The OPD below target now and a triwulan ago, worst first."""
    red = Status.DI_BAWAH.value
    found = [row for row in rows if row["status"] == red and before.get(row["opd"]) == red]
    return sorted(found, key=lambda row: row["deviasi"])


def follow_up(again: Sequence[Row], silent: Sequence[Row], worst: Row | None) -> list[str]:
    """What to do next."""
    said = []
    if worst is not None:
        said.append(f"Bahas program {short(worst)} yang paling tertinggal dalam rapat evaluasi.")
    if again:
        said.append(f"{fmt.opd(len(again))} di bawah target dua triwulan berturut-turut: {_names(again)}.")
    if silent:
        said.append(f"Minta laporan {fmt.opd(len(silent))} yang belum diterima sebelum laporan ini ditetapkan.")
    return said or ["Tidak ada OPD yang tertinggal; pertahankan sampai akhir tahun."]


def _names(rows: Sequence[Mapping[str, Any]]) -> str:
    """The first few by name, the others as a number."""
    names = [short(row) for row in rows[:NAMED]]
    rest = len(rows) - len(names)
    if rest:
        return f"{', '.join(names)}, dan {fmt.whole(rest)} lainnya"
    return " dan ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
