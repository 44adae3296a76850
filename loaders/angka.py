"""Numbers as people write them, decided per column and never guessed.

``1.234.567,89`` proves a column Indonesian and ``1,234,567.89`` English; ``18,13`` and ``5.11`` decide
themselves; a column of nothing but ``1.234`` is ambiguous and says so.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Final

MAX_DIGITS: Final = 28
MAX_PLACES: Final = 10

_PLAIN = re.compile(r"[0-9]+")
_AMBIGUOUS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_INDONESIAN = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]{1,3}(?:\.[0-9]{3}){2,}|[0-9]*,[0-9]+")
_ENGLISH = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3}){2,}|[0-9]*\.[0-9]+")
_WRAPPING = re.compile(r"^(?:rp\.?)\s*|,-+$|\s+", re.IGNORECASE)
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2014": "-"})
_SWAPPED = str.maketrans(",.", ".,")
_LETTER_O = re.compile(r"[0-9.,]*[oO][0-9oO.,]*")


RUMUS_KOSONG: Final = "#BELUM_DIHITUNG!"
"""What the XLSX reader writes for a formula whose result the file does not hold."""
GALAT_RUMUS: Final = {
    "#DIV/0!": "rumusnya membagi dengan nol",
    "#REF!": "rumusnya menunjuk sel yang sudah dihapus",
    "#VALUE!": "rumusnya memakai isi yang bukan angka",
    "#NAME?": "nama di rumusnya tidak dikenal",
    "#N/A": "yang dicari rumusnya tidak ada",
    "#NUM!": "hasil rumusnya bukan angka yang mungkin",
    "#NULL!": "rentang di rumusnya tidak bertemu",
    "#####": "kolomnya terlalu sempit saat disimpan",
    RUMUS_KOSONG: "rumusnya belum dihitung, jadi hasilnya tidak ada di berkas",
}
_MEND: Final = "Perbaiki rumusnya, atau tulis angkanya langsung."


class Gaya(StrEnum):
    """How a column writes its numbers."""

    INDONESIA = "indonesia"
    INGGRIS = "inggris"


class Bentuk(StrEnum):
    """What one written number proves by itself."""

    BULAT = "bulat"
    INDONESIA = "indonesia"
    INGGRIS = "inggris"
    RAGU = "ragu"
    SALAH = "salah"


class Bertipe(str):
    """The text of a cell that a spreadsheet holds as a number: nothing about it is ambiguous."""

    __slots__ = ()


class AngkaSalah(ValueError):
    """The text is no number; the message says why and how to write it."""


class AngkaRagu(AngkaSalah):
    """The text is a number that can be read two ways and nothing decides."""


@dataclass(frozen=True)
class Pertanyaan:
    """A column whose numbers can be read two ways: what to ask, with both totals. ``kolom`` is 0-based;
    ``Konteks.angka`` answers it."""

    kunci: str
    judul: str
    kolom: int | None
    jumlah: int
    contoh: str
    indonesia: Decimal
    inggris: Decimal


@dataclass(frozen=True)
class Putusan:
    """What a whole column proves. ``gaya`` None with ``ragu`` not empty: the column must be asked about."""

    gaya: Gaya | None
    campur: bool = False
    ragu: list[str] = field(default_factory=list)


def clean(text: str) -> str:
    """Take off Rp, spaces, a trailing ',-' and percent sign, and turn printed minus signs into '-'."""
    if text.isdigit() and text.isascii():
        return text
    return _WRAPPING.sub("", text.strip().translate(_MINUS)).removesuffix("%")


def shape(text: str) -> Bentuk:
    """What one value proves about the way its column is written."""
    body = clean(text).removeprefix("-")
    if _PLAIN.fullmatch(body):
        return Bentuk.BULAT
    if _AMBIGUOUS.fullmatch(body):
        return Bentuk.BULAT if isinstance(text, Bertipe) else Bentuk.RAGU
    if isinstance(text, Bertipe) and _ENGLISH.fullmatch(body):
        return Bentuk.BULAT
    if _INDONESIAN.fullmatch(body):
        return Bentuk.INDONESIA
    return Bentuk.INGGRIS if _ENGLISH.fullmatch(body) else Bentuk.SALAH


def decide(values: Iterable[str], answer: Gaya | None = None) -> Putusan:
    """Decide how a column is written from all its values; ``answer`` is what the submitter said, if asked."""
    shapes: dict[Bentuk, list[str]] = {bentuk: [] for bentuk in Bentuk}
    for value in values:
        if not (value.isdigit() and value.isascii()):
            shapes[shape(value)].append(value)
    proven = [gaya for gaya in Gaya if shapes[Bentuk(gaya.value)]]
    doubtful = shapes[Bentuk.RAGU]
    if len(proven) == 1:  # the answer speaks of the columns that were asked about, never against a proof
        return Putusan(proven[0])
    return Putusan(answer, len(proven) > 1, doubtful if answer is None else [])


def parse(text: str, gaya: Gaya | None = None) -> Decimal:
    """Read one number. ``gaya`` decides what ``1.234`` means; other forms decide themselves.

    Raises AngkaSalah with an Indonesian sentence when the text is no number or is ambiguous.
    """
    body = clean(text)
    sign, digits = ("-", body[1:]) if body.startswith("-") else ("", body)
    if not _PLAIN.fullmatch(digits):
        digits = _plain(text, digits, gaya)
    places = len(digits.partition(".")[2])
    if places > MAX_PLACES or len(digits.replace(".", "").lstrip("0")) > MAX_DIGITS:
        raise AngkaSalah(f"terlalu panjang. Tulis paling banyak {MAX_DIGITS} angka dan {MAX_PLACES} desimal.")
    return Decimal(sign + digits)


def _plain(text: str, digits: str, gaya: Gaya | None) -> str:
    """The digits with '.' as the decimal mark and no grouping."""
    form = shape(digits if not isinstance(text, Bertipe) else Bertipe(digits))
    if isinstance(text, Bertipe) and form is Bentuk.BULAT:
        return digits
    if form is Bentuk.RAGU:
        if gaya is None:
            raise AngkaRagu("dapat berarti ribuan atau desimal. Tulis tanpa titik ribuan, mis. 1234 atau 1,234.")
        form = Bentuk(gaya.value)
    if form is Bentuk.INDONESIA:
        return digits.replace(".", "").replace(",", ".")
    if form is Bentuk.INGGRIS:
        return digits.replace(",", "")
    raise AngkaSalah(_why_not(text))


def is_formula_error(text: str) -> bool:
    """Is this what a spreadsheet shows instead of a formula's result?"""
    return text.upper() in GALAT_RUMUS


def _why_not(text: str) -> str:
    body = clean(text)
    if _LETTER_O.fullmatch(body.removeprefix("-")) and re.search("[0-9]", body):
        return "memuat huruf O. Tulis angka nol (0), mis. 1.500.000."
    if re.search("[eE][-+]?[0-9]+$", body) and re.match("-?[0-9]", body):
        return "memakai pangkat (E). Tulis angka lengkap tanpa huruf E, mis. 1500000."
    if body.startswith("#"):
        return f"adalah galat rumus Excel: {GALAT_RUMUS.get(body.upper(), 'rumusnya tidak dapat dihitung')}. {_MEND}"
    return "bukan angka yang dapat dibaca. Tulis angka saja, mis. 1.500.000 atau 18,13."


def readings(values: Iterable[str]) -> tuple[Decimal, Decimal]:
    """The totals of ambiguous values read as Indonesian and as English, to show both when asking."""
    texts = list(values)
    return (
        sum((parse(text, Gaya.INDONESIA) for text in texts), Decimal(0)),
        sum((parse(text, Gaya.INGGRIS) for text in texts), Decimal(0)),
    )


def written(value: Decimal) -> str:
    """A number for a message, Indonesian style: 1.234.567,89."""
    text = f"{value:,f}"
    return text.translate(_SWAPPED)


def percent(value: Decimal) -> str:
    """A percent for a message: at most two decimals, none that say nothing."""
    return written(round(value, 2).normalize())
