"""The Keuangan rows of a report: the rupiah of each month of the quarter and the fisik at its end."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from data.formulir import NIHIL
from data.words import MONTH_NAMES
from loaders.angka import percent, written
from loaders.laporan_isi import Baris, Isi
from loaders.masalah import Tingkat
from loaders.riwayat import outlier
from loaders.rupiah import whole_rupiah

MONTHS: Final = ("bulan_1", "bulan_2", "bulan_3")
HUNDRED: Final = Decimal(100)


@dataclass(frozen=True)
class Uang:
    """One sub kegiatan: what the file says (None: blank or wrong), and what is stored before this quarter.
    ``lengkap``: the sum s.d. the quarter's end is known."""

    row: Baris
    bulan: tuple[int | None, ...]
    fisik: Decimal | None
    sebelumnya: int
    fisik_lalu: Decimal | None
    pagu: int | None
    lengkap: bool

    def so_far(self) -> Iterator[tuple[int, int, int, int]]:
        """(position in the quarter, this month, cumulative before it, cumulative after it) of each month filled in."""
        total = self.sebelumnya
        for at, amount in enumerate(self.bulan):
            if amount is not None:
                yield at, amount, total, total + amount
                total += amount


def check_keuangan(isi: Isi, rows: list[Baris]) -> None:
    """Store the months of each row and ask about the striking ones."""
    for kunci in (*MONTHS, "fisik"):
        isi.read(kunci, (row.index for row in rows if isi.cells[kunci][row.index].casefold() != NIHIL))
    for row in rows:
        uang = _read(isi, row)
        _count(isi, row, uang)
        _store(isi, uang)
        _ask_money(isi, uang)
        _ask_fisik(isi, uang)
        isi.compare_words(row, row.tahu["nama"], "Rupiah")
        isi.compare_number(row, "target", uang.pagu)
        if uang.sebelumnya or isi.cells["sebelumnya"][row.index] != "0":
            isi.compare_number(row, "sebelumnya", uang.sebelumnya)


def _first_month(isi: Isi) -> int:
    return isi.tw * 3 - 2


def _read(isi: Isi, row: Baris) -> Uang:
    plan, first = isi.konteks.dikenal.plan(row.opd), _first_month(isi)
    stored = {at: said[1] for at, said in plan.keuangan.get(row.kode, {}).items() if at < first and said[1] is not None}
    physical = {at: value for at, value in plan.fisik.get(row.kode, {}).items() if at < first}
    pagu = {at: value for at, value in plan.pagu.get(row.kode, {}).items() if at < first + 3}
    months = tuple(_rupiah(isi, row.index, kunci) for kunci in MONTHS)
    return Uang(
        row,
        months,
        _percent(isi, row.index),
        sum(value for value in stored.values() if value is not None),
        physical[max(physical)] if physical else None,
        pagu[max(pagu)] if pagu else row.tahu["pagu"],
        None not in months,
    )


def _rupiah(isi: Isi, index: int, kunci: str) -> int | None:
    if isi.cells[kunci][index].casefold() == NIHIL:
        message, hint = "hanya untuk baris Kinerja.", "Tulis 0 bila tidak ada realisasi keuangan bulan itu."
        isi.say(Tingkat.GALAT, "nihil_keuangan", index, kunci, message, hint)
        return None
    number = isi.number(index, kunci)
    if number is None:
        return None
    whole = whole_rupiah(number, lambda rule, said, hint: isi.say(Tingkat.GALAT, rule, index, kunci, said, hint))
    if whole is not None and whole != number:
        isi.say(Tingkat.INFO, "dibulatkan", index, kunci, f"dibulatkan menjadi {written(Decimal(whole))} rupiah.")
    return whole


def _percent(isi: Isi, index: int) -> Decimal | None:
    if isi.cells["fisik"][index].casefold() == NIHIL:
        message, hint = "hanya untuk baris Kinerja.", "Tulis persen fisik s.d. akhir triwulan, 0 sampai 100."
        isi.say(Tingkat.GALAT, "nihil_keuangan", index, "fisik", message, hint)
        return None
    number = isi.number(index, "fisik")
    if number is None or 0 <= number <= HUNDRED:
        return number
    hint = "Tulis persen s.d. akhir triwulan, 0 sampai 100."
    isi.say(Tingkat.GALAT, "fisik_di_luar_batas", index, "fisik", "di luar 0 sampai 100.", hint)
    return None


def _count(isi: Isi, row: Baris, uang: Uang) -> None:
    isi.total_keuangan += sum(amount for amount in uang.bulan if amount is not None)
    if any(isi.cells[kunci][row.index] for kunci in (*MONTHS, "fisik")):
        isi.terisi += 1


def _store(isi: Isi, uang: Uang) -> None:
    """One row per month that the file or the database speaks of; a blank takes a stored value back, and asks."""
    first, index = _first_month(isi), uang.row.index
    plan, kode = isi.konteks.dikenal.plan(uang.row.opd), uang.row.kode
    stored = plan.keuangan.get(kode, {})
    for at, kunci in enumerate(MONTHS):
        values: dict[str, Any] = {}
        if uang.bulan[at] is not None or _is_taken_back(isi, index, kunci, stored.get(first + at, (None, None))[1]):
            values["realisasi"] = uang.bulan[at]
        if kunci == MONTHS[-1] and (
            uang.fisik is not None or _is_taken_back(isi, index, "fisik", plan.fisik.get(kode, {}).get(first + at))
        ):
            values["fisik"] = uang.fisik
        if kunci == MONTHS[-1]:
            values |= {name: isi.cells[name][index] for name in ("keterangan", "kendala") if isi.cells[name][index]}
        if values:
            keys = {"node": kode, "bulan": first + at}
            isi.hasil.muatan.keuangan.append(isi.origin(uang.row, kunci) | keys | values)


def _is_taken_back(isi: Isi, index: int, kunci: str, stored: object) -> bool:
    """Is the cell blank where something is stored? A blank cell is told either way."""
    if isi.cells[kunci][index]:
        return False
    if stored is None:
        isi.say(Tingkat.INFO, "belum_diisi", index, kunci, "kosong: dianggap belum lapor.", "Isi; tulis 0 bila nol.")
        return False
    message, hint = "kosong: nilai tersimpan akan dikosongkan.", "Isi nilainya bila tidak dimaksudkan."
    isi.say(Tingkat.KONFIRMASI, "akan_dikosongkan", index, kunci, message, hint)
    return True


def _ask_money(isi: Isi, uang: Uang) -> None:
    index, over = uang.row.index, False
    for at, amount, before, after in uang.so_far():
        month = MONTH_NAMES[_first_month(isi) - 1 + at]
        if amount < 0:
            message = f"membuat realisasi s.d. {month} turun dari {_rp(before)} menjadi {_rp(after)}."
            isi.say(Tingkat.KONFIRMASI, "kumulatif_turun", index, MONTHS[at], message, "Periksa, atau beri alasan.")
        if uang.pagu is not None and after > uang.pagu and amount and not over:
            over = True
            message = f"membuat realisasi s.d. {month} {_rp(after)}, melebihi pagu {_rp(uang.pagu)}."
            isi.say(Tingkat.KONFIRMASI, "realisasi_di_atas_pagu", index, MONTHS[at], message, "Periksa angkanya.")
    if uang.lengkap:
        _ask_history(isi, uang)


def _ask_history(isi: Isi, uang: Uang) -> None:
    """Beside the quarters of this year only: another year's pagu is another, and its money tells nothing of this."""
    plan, kode = isi.konteks.dikenal.plan(uang.row.opd), uang.row.kode
    quarters: dict[int, Decimal] = {}
    for month, (_, amount) in sorted(plan.keuangan.get(kode, {}).items()):
        if month < _first_month(isi) and amount is not None:
            quarters[(month - 1) // 3] = quarters.get((month - 1) // 3, Decimal(0)) + amount
    total = sum(amount for amount in uang.bulan if amount is not None)
    striking = outlier(Decimal(total), list(quarters.values()), isi.konteks.ambang)
    if striking:
        message, hint = f"membuat realisasi triwulan ini {_rp(total)}, {striking}.", "Periksa jumlah nolnya."
        isi.say(Tingkat.KONFIRMASI, "pencilan", uang.row.index, MONTHS[-1], message, hint)


def _ask_fisik(isi: Isi, uang: Uang) -> None:
    index = uang.row.index
    if uang.fisik is None:
        return
    if uang.fisik_lalu is not None and uang.fisik < uang.fisik_lalu:
        message = f"lebih rendah daripada triwulan lalu ({percent(uang.fisik_lalu)} %)."
        isi.say(Tingkat.KONFIRMASI, "fisik_turun", index, "fisik", message, "Fisik ditulis kumulatif; periksa.")
    if not uang.lengkap or not uang.pagu or isi.cells["kendala"][index]:
        return
    spent = (uang.sebelumnya + sum(amount or 0 for amount in uang.bulan)) * HUNDRED / uang.pagu
    gap = abs(uang.fisik - spent)
    if gap > isi.konteks.ambang.selisih_fisik:
        message = f"berselisih {percent(gap)} poin dari keuangan ({percent(spent)} %)."
        isi.say(
            Tingkat.KONFIRMASI, "selisih_fisik_keuangan", index, "fisik", message, "Tulis sebabnya di kolom Kendala."
        )


def _rp(amount: int) -> str:
    return f"Rp{written(Decimal(amount))}"
