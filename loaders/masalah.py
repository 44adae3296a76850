"""What a loader says about a file: one Masalah per thing found, and how it is grouped, printed and written as CSV."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

SHOWN = 200
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


class Tingkat(StrEnum):
    """How much a Masalah weighs: Galat blocks, Konfirmasi needs a reason, Info only tells."""

    GALAT = "Galat"
    KONFIRMASI = "Konfirmasi"
    INFO = "Info"


TINGKAT_ORDER = tuple(Tingkat)


@dataclass(frozen=True, slots=True)
class Masalah:
    """One finding. ``baris`` is the 1-based row of the sheet, ``kolom`` the 0-based column; ``aturan`` is the
    rule's short name; ``pesan`` says what is wrong and ``perbaikan`` how to mend it, both in Indonesian."""

    tingkat: Tingkat
    aturan: str
    pesan: str
    perbaikan: str = ""
    baris: int | None = None
    kolom: int | None = None
    nama_kolom: str = ""
    nilai: str = ""

    @property
    def huruf_kolom(self) -> str:
        """The column as a spreadsheet names it: A, B, …, AA; empty when the whole row or file is meant."""
        return "" if self.kolom is None else column_letter(self.kolom)

    @property
    def tempat(self) -> str:
        """'Baris 17, kolom F (Realisasi Keuangan)', as much of it as is known."""
        parts = [] if self.baris is None else [f"Baris {self.baris}"]
        if self.kolom is not None:
            parts.append(f"kolom {self.huruf_kolom} ({self.nama_kolom})")
        elif self.nama_kolom:
            parts.append(f"kolom {self.nama_kolom}")
        text = ", ".join(parts)
        return text[:1].upper() + text[1:]

    def kalimat(self) -> str:
        """The whole finding as one line of Indonesian."""
        where = f"{self.tempat}: " if self.tempat else ""
        value = f"'{_short(self.nilai)}' " if self.nilai else ""
        return " ".join(f"{where}{value}{self.pesan} {self.perbaikan}".split())


@dataclass(frozen=True)
class Kelompok:
    """All findings of one rule in one column."""

    tingkat: Tingkat
    aturan: str
    nama_kolom: str
    jumlah: int
    contoh: Masalah


def column_letter(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def ordered(masalah: Iterable[Masalah]) -> list[Masalah]:
    """Worst first, then by row; the order within one row is kept."""
    return sorted(masalah, key=lambda m: (TINGKAT_ORDER.index(m.tingkat), m.baris or 0))


def grouped(masalah: Iterable[Masalah]) -> list[Kelompok]:
    """One Kelompok per level, rule and column, worst and most frequent first."""
    counts: Counter[tuple[Tingkat, str, str]] = Counter()
    first: dict[tuple[Tingkat, str, str], Masalah] = {}
    for found in masalah:
        key = (found.tingkat, found.aturan, found.nama_kolom)
        counts[key] += 1
        first.setdefault(key, found)
    order = sorted(counts, key=lambda key: (TINGKAT_ORDER.index(key[0]), -counts[key], key[1], key[2]))
    return [Kelompok(*key, counts[key], first[key]) for key in order]


def report(masalah: Sequence[Masalah], shown: int = SHOWN) -> str:
    """The report a person reads: counts per level, groups with counts, then the first ``shown`` findings."""
    if not masalah:
        return "Tidak ada masalah."
    levels = Counter(found.tingkat for found in masalah)
    head = ", ".join(f"{levels[level]} {level}" for level in TINGKAT_ORDER if levels[level])
    lines = [f"Ditemukan {head}.", "", "Per aturan dan kolom:"]
    for group in grouped(masalah):
        column = f" · kolom {group.nama_kolom}" if group.nama_kolom else ""
        lines.append(f"  {group.tingkat:<10} {group.jumlah:>6}x {group.aturan}{column}")
    lines += ["", "Rincian:"]
    lines += [f"  [{found.tingkat}] {found.kalimat()}" for found in ordered(masalah)[:shown]]
    if len(masalah) > shown:
        lines.append(f"  … dan {len(masalah) - shown} lagi. Simpan semuanya dengan --laporan masalah.csv.")
    return "\n".join(lines)


def as_csv(masalah: Iterable[Masalah]) -> str:
    """All findings as CSV text with a header row; no cell can start a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["tingkat", "aturan", "baris", "kolom", "nama_kolom", "nilai", "pesan", "perbaikan"])
    for m in ordered(masalah):
        row = [m.tingkat, m.aturan, m.baris or "", m.huruf_kolom, m.nama_kolom, m.nilai, m.pesan, m.perbaikan]
        writer.writerow([_harmless(str(cell)) for cell in row])
    return out.getvalue()


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _short(text: str, length: int = 80) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= length else f"{flat[: length - 1]}…"
