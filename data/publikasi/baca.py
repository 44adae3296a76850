"""Read the published figures as they were printed."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final

from data.words import Arah

FILE: Final = Path(__file__).parent / "angka.tsv"


@dataclass(frozen=True)
class Angka:
    """One printed row. Letters as printed are in ``target``, ``realisasi`` and ``tercetak``."""

    tahun: int
    opd: str
    sasaran: str
    nama_sasaran: str
    indikator: str
    satuan: str
    arah: Arah
    target: str
    realisasi: str
    tercetak: str
    cocok: bool
    sumber: str
    catatan: str
    baris: int


@cache
def read_angka() -> tuple[Angka, ...]:
    """All printed rows of indicators, in the order of the file."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return tuple(_angka(line, number) for number, line in enumerate(lines, start=1) if not line.startswith("#"))


def _angka(line: str, number: int) -> Angka:
    cells = [*line.split("\t"), ""][:13]
    year, opd, code, goal, name, unit, arah, target, real, printed, status, source, note = cells
    matches = status == "cocok"
    return Angka(
        int(year), opd, code, goal, name, unit, Arah(arah), target, real, printed, matches, source, note, number
    )


def number(printed: str) -> Decimal | None:
    """A printed Indonesian number, exactly; None for a rating such as ``B``."""
    text = printed.replace(".", "").replace(",", ".")
    return Decimal(text) if text.replace(".", "", 1).isdigit() else None
