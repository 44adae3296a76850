"""The operator's own file once more, row by row as the reader saw it, for the copy that carries what was found."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import PurePath

from data.words import JenisBerkas
from loaders import BATAS_UNGGAH, PEMBACA, Masalah
from loaders.angka import Bertipe
from loaders.kepala import with_mapping
from loaders.teks import read_text
from loaders.xlsx import read_xlsx
from reports.aman import Value
from reports.bertanda import Temuan


def sheet_of(content: bytes, name: str, petaan: Mapping[str, str]) -> tuple[list[list[Value]], list[int]]:
    """(rows, their numbers in the file); numbers of a spreadsheet stay numbers."""
    columns = with_mapping(PEMBACA[JenisBerkas.LAPORAN].columns, petaan)
    if PurePath(name.lower()).suffix == ".xlsx":
        sheet = read_xlsx(content, columns, BATAS_UNGGAH)
    else:
        sheet = read_text(content, columns, BATAS_UNGGAH.baris)
    return [[_value(cell) for cell in row] for row in sheet.rows], list(sheet.nomor)


def findings_for(masalah: Sequence[Masalah]) -> list[Temuan]:
    """Findings as the annotated file takes them."""
    return [Temuan(one.tingkat.value, one.pesan, one.perbaikan, one.baris, one.kolom) for one in masalah]


def _value(cell: str) -> Value:
    if not isinstance(cell, Bertipe):
        return cell
    try:
        return Decimal(cell)
    except InvalidOperation:
        return str(cell)
