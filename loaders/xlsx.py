"""XLSX → rows of text. The zip is measured before any parser sees it; typed numbers stay unambiguous text."""

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from loaders.angka import MAX_PLACES, RUMUS_KOSONG, Bertipe
from loaders.batas import Batas
from loaders.kepala import Kolom, best_header
from loaders.lembar import Lembar, TidakTerbaca
from loaders.masalah import Masalah, Tingkat
from loaders.xlsx_jebakan import refuse_entities, refuse_odd_names

MAX_AREA: Final = 20_000_000
"""Cells (rows by columns) a sheet may span: one far cell would make a parser allocate everything before it."""
BROKEN_ZIP: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error,
    RuntimeError, NotImplementedError, EOFError, ValueError, OSError,
)  # fmt: skip
"""What zipfile raises for damaged archives (found by damaging one at random); the bytes come from memory, so none of
these speaks of our own disk."""
_OPEN_DOCUMENT: Final = b"application/vnd.oasis.opendocument"
_CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Z]{1,3})([0-9]{1,7})["'][^>]*[^/>]>""")
_ERROR_CELL = re.compile(
    rb"""<(?:\w+:)?c\s(?=[^>]*\bt=["']e["'])[^>]*?\br=["']([A-Z]{1,3})([0-9]{1,7})["'][^>]*>.{0,2000}?<(?:\w+:)?v>"""
    rb"""([^<]{1,20})</""",
    re.DOTALL,
)
_HIDDEN_ROW = re.compile(rb"""<(?:\w+:)?row\s[^>]*\bhidden=["'](?:1|true)["']""")
_SHEET = re.compile(rb"""<(?:\w+:)?sheet\s[^>]*?\bname=["']([^"']*)["'][^>]*?\b\w+:id=["']([^"']+)["']""")
_RELATION = re.compile(rb"""<(?:\w+:)?Relationship\s[^>]*>""")
_FORMULA = re.compile(
    rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Z]{1,3})([0-9]{1,7})["'][^>]*(?<!/)>\s*<(?:\w+:)?f\b[^>]*?"""
    rb"""(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:</(?:\w+:)?c>|<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</)"""
)
_CHUNK: Final = 1 << 20


def read_xlsx(content: bytes, columns: Sequence[Kolom], batas: Batas) -> Lembar:
    """Rows of the visible sheet that shows the needed headers best. Raises TidakTerbaca with what to do."""
    parts = unpack(content, batas)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = {
            meta.name: book.get_sheet_by_name(meta.name)
            for meta in book.sheets_metadata
            if meta.visible == SheetVisibleEnum.Visible and _is_safe(parts, meta.name, batas)
        }
        rows = {name: _rows(sheet, parts.get(name, b"")) for name, sheet in sheets.items()}
    except CalamineError as error:
        raise _unreadable() from error
    if not sheets:
        raise TidakTerbaca("lembar_kosong", "Tidak ada lembar yang terlihat.", "Tampilkan lembar datanya.")
    name = max(rows, key=lambda each: best_header(rows[each], columns)[1])
    found = _remarks(name, sheets, parts.get(name, b""))
    return Lembar(rows[name], list(range(1, len(rows[name]) + 1)), f"XLSX, lembar '{name}'", found, True)


def unpack(content: bytes, batas: Batas) -> dict[str, bytes]:
    """The XML of each sheet by sheet name, after every entry was unpacked within the limits.

    Raises TidakTerbaca for a zip that is too large, has too many entries or shrinks suspiciously well, for
    macros and for anything that is no workbook.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > batas.entri:
                raise _bomb(f"memuat {len(entries)} bagian (paling banyak {batas.entri})")
            refuse_odd_names([entry.filename for entry in entries])
            parts = _read_all(archive, entries, len(content), batas)
    except BROKEN_ZIP as error:
        raise _unreadable() from error
    if "xl/vbaProject.bin" in parts:
        raise TidakTerbaca("makro", "Berkas memuat makro (XLSM).", "Simpan ulang sebagai XLSX tanpa makro.")
    if parts.get("mimetype", b"").startswith(_OPEN_DOCUMENT):
        raise TidakTerbaca("isi_ods", "Nama berkas .xlsx, tetapi isinya ODS.", "Simpan ulang sebagai XLSX atau CSV.")
    if "xl/workbook.xml" not in parts:
        raise _unreadable()
    refuse_entities(parts)
    return _by_sheet(parts)


def _read_all(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], packed: int, batas: Batas) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        with archive.open(entry) as stream:
            chunks = []
            while chunk := stream.read(_CHUNK):
                total += len(chunk)
                if total > batas.terurai or total > packed * batas.nisbah:
                    limit = f"{batas.terurai // 2**20} MB atau {batas.nisbah} kali"
                    raise _bomb(f"membesar melebihi batas saat dibuka ({limit})")
                chunks.append(chunk)
        parts[entry.filename] = b"".join(chunks)
    return parts


def _by_sheet(parts: dict[str, bytes]) -> dict[str, bytes]:
    relations = {}
    for tag in _RELATION.findall(parts.get("xl/_rels/workbook.xml.rels", b"")):
        identity, target = _attribute(tag, b"Id"), _attribute(tag, b"Target")
        relations[identity] = target.lstrip("/").removeprefix("xl/")
    found = {}
    for name, identity in _SHEET.findall(parts["xl/workbook.xml"]):
        path = f"xl/{relations.get(identity.decode(), '')}"
        found[_unescape(name.decode("utf-8", "replace"))] = parts.get(path, b"")
    return found


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb"\b" + name + rb"""=["']([^"']*)["']""", tag)
    return found.group(1).decode("utf-8", "replace") if found else ""


def _unescape(text: str) -> str:
    for entity, mark in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, mark)
    return text


def _is_safe(parts: dict[str, bytes], name: str, batas: Batas) -> bool:
    """True, or raises: a cell far outside spans an area no table needs."""
    last_row = last_column = 1
    for letters, digits in _CELL.findall(parts.get(name, b"")):
        last_row = max(last_row, int(digits))
        last_column = max(last_column, _column_number(letters))
    if last_row * last_column > MAX_AREA or last_row > batas.baris * 10:
        raise _bomb(f"memuat sel sangat jauh (baris {last_row}, kolom ke-{last_column})")
    return True


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _rows(sheet: CalamineSheet, xml: bytes) -> list[list[str]]:
    rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for letters, digits, value in _ERROR_CELL.findall(xml):
        row, column = int(digits) - 1, _column_number(letters) - 1
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = value.decode("ascii", "replace")
    for letters, digits in _FORMULA.findall(xml):
        _mark_uncounted(rows, int(digits) - 1, _column_number(letters) - 1)
    return rows


def _mark_uncounted(rows: list[list[str]], row: int, column: int) -> None:
    """A formula whose result was never saved would read as a blank cell; it may even lie outside what was read."""
    if row < len(rows):
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = RUMUS_KOSONG


def _text(cell: Any) -> str:
    if isinstance(cell, str):
        return cell.replace("\x00", "")  # '_x0000_' in a file becomes NUL, which no database takes
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int):
        return Bertipe(cell)
    if isinstance(cell, float):
        return Bertipe(_number_text(cell))
    return str(cell.isoformat()) if hasattr(cell, "isoformat") else str(cell)


def _number_text(value: float) -> str:
    """Fifteen significant digits, as the spreadsheet itself shows a number, never with an exponent."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    number = Decimal(f"{value:.15g}")
    text = format(round(number, MAX_PLACES), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _remarks(name: str, sheets: dict[str, CalamineSheet], xml: bytes) -> list[Masalah]:
    found = []
    others = [each for each in sheets if each != name]
    if others:
        found.append(_info("lembar_lain", f"Lembar '{name}' yang dibaca; lembar lain tidak: {', '.join(others)}."))
    merged = sheets[name].merged_cell_ranges or []
    if merged:
        text = f"{len(merged)} sel gabungan: isinya dianggap milik sel kiri atas saja."
        found.append(_info("sel_gabungan", text))
    hidden = len(_HIDDEN_ROW.findall(xml))
    if hidden:
        found.append(_info("baris_tersembunyi", f"{hidden} baris tersembunyi ikut dibaca."))
    return found


def _info(aturan: str, pesan: str) -> Masalah:
    return Masalah(Tingkat.INFO, aturan, pesan)


def _bomb(what: str) -> TidakTerbaca:
    hint = "Salin datanya saja (nilai, tanpa format) ke templat baru, lalu simpan."
    return TidakTerbaca("xlsx_terlalu_besar", f"Berkas XLSX {what}.", hint)


def _unreadable() -> TidakTerbaca:
    hint = "Buka di Excel atau LibreOffice, simpan ulang sebagai XLSX tanpa sandi, lalu coba lagi."
    return TidakTerbaca("xlsx_rusak", "Berkas XLSX tidak dapat dibuka.", hint)
