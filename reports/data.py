"""Any table of ours as open data: CSV, or XLSX with a data dictionary beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import pandas as pd

from reports.aman import Value, csv_bytes, harmless
from reports.buku import INK_2, RULE_LIGHT, Buku, height, page_footer, put, set_widths

MEANING_WIDTH: Final = 84


@dataclass(frozen=True)
class KolomData:
    """One column that goes out: its key in the frame, the header people read, and whether it holds codes (text,
    whatever it looks like)."""

    kunci: str
    judul: str
    kode: bool = False
    lebar: float = 16


def as_csv(frame: pd.DataFrame, columns: Sequence[KolomData], delimiter: str = ";") -> bytes:
    """The frame as CSV: with ';' and a decimal comma for spreadsheets, with ',' and a decimal point for machines."""
    return csv_bytes([[column.judul for column in columns], *table_rows(frame, columns)], delimiter)


def as_xlsx(
    frame: pd.DataFrame,
    columns: Sequence[KolomData],
    kamus: Mapping[str, str],
    title: str = "Data e-Monev",
    about: Sequence[tuple[str, str]] = (),
) -> bytes:
    """The frame as XLSX: sheet "Data", and sheet "Kamus data" with what each column means (``kamus``, by key);
    ``about``: further facts, as (name, text), on a sheet "Keterangan"."""
    buku = Buku(title)
    sheet = buku.sheet("Data")
    rows = table_rows(frame, columns)
    for at, column in enumerate(columns):
        sheet.write_string(0, at, harmless(column.judul), buku.header())
    for line, row in enumerate(rows, 1):
        for at, value in enumerate(row):
            put(sheet, line, at, value, lambda form: buku.style(num_format=form, bottom=1, bottom_color=RULE_LIGHT))
    set_widths(sheet, [column.lebar for column in columns])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), max(len(columns) - 1, 0))
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
    page_footer(sheet, title)
    pairs = [(column.judul, kamus[column.kunci]) for column in columns]
    _write_pairs(buku, "Kamus data", ("Kolom", "Arti"), pairs, title)
    if about:
        _write_pairs(buku, "Keterangan", ("Hal", "Isi"), about, title)
    return buku.finish()


def table_rows(frame: pd.DataFrame, columns: Sequence[KolomData]) -> list[list[Value]]:
    """The cells of a frame as they go out, row by row."""
    cells = [[_value(value, column) for value in frame[column.kunci]] for column in columns]
    return [list(row) for row in zip(*cells, strict=True)]


def _value(value: Any, column: KolomData) -> Value:
    """The cell as it goes out: missing is empty, codes are text, a float is the decimal it shows."""
    if value is None or pd.isna(value):
        return None
    if column.kode or isinstance(value, str):
        return str(value)
    if isinstance(value, bool) or type(value).__name__ == "bool_":
        return "ya" if value else "tidak"
    if isinstance(value, int | Decimal):
        return value
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return Decimal(str(value))


def _write_pairs(buku: Buku, name: str, heads: tuple[str, str], pairs: Sequence[tuple[str, str]], title: str) -> None:
    sheet = buku.sheet(name)
    set_widths(sheet, [34, MEANING_WIDTH])
    sheet.write_string(0, 0, harmless(title), buku.style(bold=True, font_size=16))
    sheet.set_row(0, 28)
    for at, head in enumerate(heads):
        sheet.write_string(2, at, head, buku.header())
    for line, (word, meaning) in enumerate(pairs, 3):
        sheet.set_row(line, height([(meaning, MEANING_WIDTH)]))
        sheet.write_string(line, 0, harmless(word), buku.style(bottom=1, bottom_color=RULE_LIGHT))
        sheet.write_string(
            line, 1, harmless(meaning), buku.style(font_color=INK_2, text_wrap=True, bottom=1, bottom_color=RULE_LIGHT)
        )
    sheet.fit_to_pages(1, 0)
    page_footer(sheet, title)
