"""Bytes of a text file → rows of text: encoding, delimiter, quotes. Nothing is turned into numbers here."""

import codecs
import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from loaders.kepala import SEARCHED_ROWS, Kolom, best_header
from loaders.lembar import Lembar, TidakTerbaca

DELIMITERS: Final = {";": "titik koma", ",": "koma", "\t": "tab", "|": "garis tegak"}
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8 (BOM)"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16 (BOM)"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16 (BOM)"),
)
_QUOTE_HINT: Final = "Tutup tanda kutipnya, atau hapus tanda kutip itu."


@dataclass(frozen=True)
class _Parsed:
    rows: list[list[str]]
    fault: TidakTerbaca | None


def read_text(content: bytes, columns: Sequence[Kolom], max_rows: int) -> Lembar:
    """Rows of a delimited text file. Raises TidakTerbaca when it is no text or a quote is never closed."""
    text, encoding = decode(content)
    text, declared = _without_sep_line(text)
    delimiter = declared or choose_delimiter(text, columns)
    parsed = _parse(text, delimiter, max_rows + SEARCHED_ROWS + 1)
    if parsed.fault is not None:
        raise parsed.fault
    said = f"{encoding}, pemisah {DELIMITERS[delimiter]}" + (" (dari baris sep=)" if declared else "")
    if parsed.rows:
        _refuse_swallowed(parsed.rows, delimiter, len(parsed.rows[best_header(parsed.rows, columns)[0]]))
    return Lembar(parsed.rows, list(range(1, len(parsed.rows) + 1)), said)


def first_rows(content: bytes, columns: Sequence[Kolom]) -> list[list[str]]:
    """The rows in which a header is looked for, however the text goes on. Raises TidakTerbaca for binary content."""
    text, declared = _without_sep_line(decode(content)[0])
    return _parse(text, declared or choose_delimiter(text, columns), SEARCHED_ROWS).rows


def decode(content: bytes) -> tuple[str, str]:
    """(text, what was used): BOM, else strict UTF-8, else cp1252. Raises TidakTerbaca for binary content."""
    for bom, codec, name in _BOMS:
        if content.startswith(bom):
            return _strict(content[len(bom) :], codec), name
    if b"\x00" in content:
        raise _no_text()
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return _strict(content, "cp1252"), "Windows-1252"


def _strict(content: bytes, codec: str) -> str:
    """No letter is made up: bytes that mean nothing, and NUL, which no database takes, refuse the file."""
    try:
        text = content.decode(codec)
    except UnicodeDecodeError as error:
        raise _no_text() from error
    if "\x00" in text:
        raise _no_text()
    return text


def _no_text() -> TidakTerbaca:
    return TidakTerbaca("bukan_teks", "Isi berkas bukan teks CSV.", "Simpan ulang sebagai CSV UTF-8 atau XLSX.")


def choose_delimiter(text: str, columns: Sequence[Kolom]) -> str:
    """The delimiter that shows the needed headers; among equals the one whose rows are most often as wide as
    the header, over all rows."""
    scores = {mark: _header_score(text, mark, columns) for mark in DELIMITERS}
    best = max(scores.values())
    rivals = [mark for mark, score in scores.items() if score == best]
    if len(rivals) == 1:
        return rivals[0]
    return max(rivals, key=lambda mark: _consistency(text, mark, columns))


def _header_score(text: str, delimiter: str, columns: Sequence[Kolom]) -> int:
    rows = _parse(text, delimiter, SEARCHED_ROWS).rows
    return best_header(rows, columns)[1]


def _consistency(text: str, delimiter: str, columns: Sequence[Kolom]) -> tuple[float, int]:
    """(share of rows as wide as the header, that width); a width of one column proves nothing."""
    rows = [row for row in _parse(text, delimiter, None).rows if row]
    width = len(rows[min(best_header(rows, columns)[0], len(rows) - 1)]) if rows else 0
    if width < 2:
        return 0.0, 0
    return sum(len(row) == width for row in rows) / len(rows), width


def _without_sep_line(text: str) -> tuple[str, str | None]:
    """Take off Excel's first line ``sep=;`` and return its delimiter."""
    first, _, rest = text.partition("\n")
    line = first.strip().strip('"')
    if line.casefold().startswith("sep=") and line[4:] in DELIMITERS:
        return rest, line[4:]
    return text, None


def _parse(text: str, delimiter: str, count: int | None) -> _Parsed:
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        rows.extend(islice(reader, count))
    except csv.Error as error:
        return _Parsed(rows, _quote_fault(error, len(rows) + 1))
    return _Parsed(rows, None)


def _quote_fault(error: csv.Error, row: int) -> TidakTerbaca:
    if "field larger" in str(error) or "unexpected end" in str(error):
        return TidakTerbaca("kutip_tidak_tutup", "Tanda kutip dibuka tetapi tidak ditutup.", _QUOTE_HINT, row)
    return TidakTerbaca("kutip_salah", "Ada teks sesudah tanda kutip penutup.", _QUOTE_HINT, row)


def _refuse_swallowed(rows: list[list[str]], delimiter: str, width: int) -> None:
    """A quote closed only by the next cell's quote has eaten whole rows: one cell then holds lines that look
    like records."""
    if width < 3:
        return
    for number, row in enumerate(rows, start=1):
        for cell in row:
            if "\n" in cell and any(line.count(delimiter) == width - 1 for line in cell.splitlines()):
                raise TidakTerbaca(
                    "kutip_menelan_baris", "Satu sel memuat baris-baris lain: tanda kutip tidak ditutup.",
                    _QUOTE_HINT, number,
                )  # fmt: skip
