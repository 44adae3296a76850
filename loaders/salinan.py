"""The sender's own file once more, row by row as the reader saw it, for the copy that carries what was found."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import PurePath

from data.words import JenisBerkas
from loaders.angka import Bertipe
from loaders.batas import BATAS_UNGGAH
from loaders.kepala import with_mapping
from loaders.pemeriksaan import PEMBACA
from loaders.teks import read_text
from loaders.xlsx import read_xlsx

Salinan = tuple[list[list[str | Decimal]], list[int]]


def sheet_of(content: bytes, name: str, petaan: Mapping[str, str]) -> Salinan:
    """(rows, their numbers in the file); numbers of a spreadsheet stay numbers."""
    columns = with_mapping(PEMBACA[JenisBerkas.LAPORAN].columns, petaan)
    if PurePath(name.lower()).suffix == ".xlsx":
        sheet = read_xlsx(content, columns, BATAS_UNGGAH)
    else:
        sheet = read_text(content, columns, BATAS_UNGGAH.baris)
    return [[_value(cell) for cell in row] for row in sheet.rows], list(sheet.nomor)


def _value(cell: str) -> str | Decimal:
    if not isinstance(cell, Bertipe):
        return cell
    try:
        return Decimal(cell)
    except InvalidOperation:
        return str(cell)
