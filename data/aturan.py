"""The settings marked [S] in the domain: defaults here, differences in the table ``aturan``, all on /metodologi."""

from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select

from data import tables
from data.errors import SettingsError
from data.formulas.predikat import Bacaan
from data.words import Peringatan, RumusTurun

# What a number may be where 0 to 100 does not fit.
_RANGES: Final = {
    "ambang_perhatian": (Decimal(-100), Decimal(0)),
    "batas_rata_rata": (Decimal(100), Decimal(1000)),
    "ambang_serapan": (Decimal(-100), Decimal(0)),
    "ambang_target_rendah": (Decimal(100), Decimal(1000)),
}


@dataclass(frozen=True)
class Aturan:
    """One value per setting, ready for use."""

    rumus_turun: str = RumusTurun.SELISIH.value
    batas_rata_rata: Decimal | None = Decimal(100)
    bacaan_predikat: str = Bacaan.DI_ATAS.value
    ambang_perhatian: Decimal = Decimal(-10)
    selisih_tertimbang: Decimal = Decimal(2)
    ambang_terburuk: Decimal = Decimal(66)
    serapan_tw1: Decimal = Decimal(20)
    serapan_tw2: Decimal = Decimal(50)
    serapan_tw3: Decimal = Decimal(85)
    serapan_tw4: Decimal = Decimal(100)
    nama_belum_lapor_setelah_kunci: bool = True
    ketepatan_lapor_publik: bool = True
    urutan_peringatan: tuple[Peringatan, ...] = tuple(Peringatan)
    ambang_serapan: Decimal = Decimal(-10)
    ambang_tertinggal: Decimal = Decimal(10)
    ambang_target_rendah: Decimal = Decimal(150)
    ambang_fisik_uang: Decimal = Decimal(20)


MEANINGS: Final = {
    "rumus_turun": "Rumus bila indikator tidak menyebut sendiri: 2T-R = (2T − R) / T × 100, T/R = T / R × 100",
    "batas_rata_rata": "Batas atas sebuah capaian di dalam rata-rata, persen (tanpa = tidak dibatasi)",
    "bacaan_predikat": "Pembacaan celah skala: di_atas (> 90/75/65/50) atau mulai (≥ 91/76/66/51)",
    "ambang_perhatian": "Deviasi terendah yang masih disebut perhatian, poin",
    "selisih_tertimbang": "Rata-rata tertimbang pagu ikut ditampilkan bila berbeda lebih dari ini, poin",
    "ambang_terburuk": "Indikator dengan capaian di bawah ini masuk daftar terburuk, persen",
    "serapan_tw1": "Target serapan anggaran s.d. TW I, persen, bila RAK tidak ada",
    "serapan_tw2": "Target serapan anggaran s.d. TW II, persen, bila RAK tidak ada",
    "serapan_tw3": "Target serapan anggaran s.d. TW III, persen, bila RAK tidak ada",
    "serapan_tw4": "Target serapan anggaran s.d. TW IV, persen, bila RAK tidak ada",
    "nama_belum_lapor_setelah_kunci": "Nama OPD yang belum lapor baru terbuka untuk publik setelah periode dikunci",
    "ketepatan_lapor_publik": "Berapa OPD melapor dan berapa persen tepat waktu (tanpa nama) tampil di halaman publik",
    "urutan_peringatan": "Urutan peringatan dini, dipisah koma: yang pertama cocok dipakai, yang tidak ditulis mati",
    "ambang_serapan": "Peringatan bila serapan kurang dari rencana lebih dari ini, poin",
    "ambang_tertinggal": "Peringatan bila serapan melebihi capaian paling sedikit ini, poin",
    "ambang_target_rendah": "Peringatan bila capaian indikator di atas ini: targetnya mungkin terlalu rendah, persen",
    "ambang_fisik_uang": "Peringatan bila fisik dan serapan berselisih lebih dari ini, poin",
}
_CHOICES: Final = {"rumus_turun": tuple(RumusTurun), "bacaan_predikat": tuple(Bacaan)}


def read_aturan(conn: Connection, pemda: str) -> Aturan:
    """The settings in force for one pemda. Raises SettingsError when a stored value makes no sense."""
    a = tables.aturan.c
    stored = {row.kunci: row.nilai for row in conn.execute(select(a.kunci, a.nilai).where(a.pemda == pemda))}
    return Aturan(
        **{field.name: parse(field.name, stored[field.name]) for field in fields(Aturan) if field.name in stored}
    )


def write_aturan(conn: Connection, pemda: str, kunci: str, nilai: str) -> None:
    """Set one setting. The rollups must be rebuilt after it. Raises SettingsError for an unknown name or value."""
    if kunci not in MEANINGS:
        raise SettingsError(f"Aturan '{kunci}' tidak dikenal. Yang ada: {', '.join(MEANINGS)}.")
    parse(kunci, nilai)
    a = tables.aturan
    conn.execute(delete(a).where(a.c.pemda == pemda, a.c.kunci == kunci))
    conn.execute(insert(a), [{"pemda": pemda, "kunci": kunci, "nilai": nilai}])


def parse(kunci: str, nilai: str) -> Any:
    """One stored text as the setting's value. Raises SettingsError with the sentence for the administrator."""
    default = getattr(Aturan(), kunci)
    if kunci in _CHOICES:
        if nilai not in _CHOICES[kunci]:
            raise SettingsError(f"Aturan {kunci}='{nilai}' tidak dikenal. Pilih: {', '.join(_CHOICES[kunci])}.")
        return nilai
    if kunci == "urutan_peringatan":
        return _order(nilai)
    if isinstance(default, bool):
        if nilai not in {"ya", "tidak"}:
            raise SettingsError(f"Aturan {kunci}='{nilai}' harus 'ya' atau 'tidak'.")
        return nilai == "ya"
    return None if kunci == "batas_rata_rata" and nilai == "tanpa" else _number(kunci, nilai)


def _number(kunci: str, nilai: str) -> Decimal:
    low, high = _RANGES.get(kunci, (Decimal(0), Decimal(100)))
    try:
        number = Decimal(nilai)
    except InvalidOperation:
        number = Decimal("NaN")
    if not (number.is_finite() and low <= number <= high):
        raise SettingsError(
            f"Aturan {kunci}='{nilai}' harus angka {low} sampai {high}, misalnya {getattr(Aturan(), kunci)}."
        )
    return number


def _order(nilai: str) -> tuple[Peringatan, ...]:
    """The warning rules in force, first match first."""
    words = [word.strip() for word in nilai.split(",")]
    for word in words:
        if word not in tuple(Peringatan):
            known = ", ".join(Peringatan)
            raise SettingsError(f"Aturan urutan_peringatan memuat '{word}' yang tidak dikenal. Pilih dari: {known}.")
        if words.count(word) > 1:
            raise SettingsError(f"Aturan urutan_peringatan memuat '{word}' dua kali. Tulis sekali saja.")
    return tuple(Peringatan(word) for word in words)
