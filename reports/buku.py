"""The spreadsheet every XLSX of ours starts from: calm, printable, and with text that stays text."""

import io
from collections.abc import Callable, Iterable
from decimal import Decimal
from textwrap import wrap
from typing import Any, Final

import xlsxwriter

from reports.aman import Value, harmless

INK: Final = "#15181E"
INK_2: Final = "#444B56"
INK_3: Final = "#666D78"
RULE: Final = "#D8DBE0"
RULE_LIGHT: Final = "#EBEDF0"
ACCENT: Final = "#0E4A5A"
FILL_IN: Final = "#E9F0F1"

FONT: Final = "Arial"
"""On every machine an office has, or with a twin of the same widths: what fits here fits there."""
LINE_POINTS: Final = 13.5

WHOLE: Final = "#,##0"
FRACTION: Final = "#,##0.00########"
# A spreadsheet calculates with 15 digits; a longer number is kept as text rather than changed.
EXACT_DIGITS: Final = 15
A4: Final = 9

_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_format_properties": {"font_name": FONT, "font_size": 10, "font_color": INK},
}


class Buku:
    """A workbook being made: each format is made once, however often it is asked for."""

    def __init__(self, title: str) -> None:
        self._out = io.BytesIO()
        self.workbook = xlsxwriter.Workbook(self._out, _OPTIONS)
        self.workbook.set_properties({"title": harmless(title), "author": "e-Monev"})
        self.workbook.set_size(24_000, 14_000)
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def sheet(self, name: str) -> Any:
        """A new sheet without grid lines, set up for A4 across."""
        sheet = self.workbook.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        return sheet

    def style(self, **properties: Any) -> Any:
        """The format with these xlsxwriter properties, in our font and ink."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            defaults = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "top"}
            self._formats[key] = self.workbook.add_format(defaults | properties)
        return self._formats[key]

    def header(self, **properties: Any) -> Any:
        """The format of a header cell: a rule beneath, no box."""
        return self.style(
            bold=True, text_wrap=True, valign="bottom", bottom=1, bottom_color=INK, font_size=9, **properties
        )

    def finish(self) -> bytes:
        """The file."""
        self.workbook.close()
        return self._out.getvalue()


def put(sheet: Any, row: int, column: int, value: Value, style: Callable[[str], Any]) -> None:
    """Write one value: a number as a number, text as text that starts no formula. ``style`` gives the format for a
    number format ('@' for text, 'General' for an empty cell)."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, style("General"))
    elif isinstance(value, str):
        sheet.write_string(row, column, harmless(value), style("@"))
    elif is_exact(value):
        sheet.write_number(row, column, float(value) if isinstance(value, Decimal) else value, style(shape(value)))
    else:
        sheet.write_string(row, column, f"{value:f}" if isinstance(value, Decimal) else str(value), style("@"))


def is_exact(value: int | Decimal) -> bool:
    """Can a spreadsheet hold this number without changing it?"""
    return len(Decimal(value).normalize().as_tuple().digits) <= EXACT_DIGITS


def shape(value: int | Decimal) -> str:
    """The number format that shows a value whole when it is whole."""
    return WHOLE if value == int(value) else FRACTION


def height(texts: Iterable[tuple[str, float]], least: int = 1) -> float:
    """The height of a row in points that shows each (text, column width) whole. A spreadsheet would find it itself, but
    not before someone touches the row."""
    lines = [
        sum(len(wrap(part, max(int(width), 1))) or 1 for part in text.split("\n")) for text, width in texts if text
    ]
    return LINE_POINTS * max([least, *lines]) + 3


def page_footer(sheet: Any, left: str) -> None:
    """What stands at the foot of every printed page. '&' has a meaning there."""
    sheet.set_footer(f"&L&9{harmless(left).replace('&', '&&')}&R&9Halaman &P dari &N")


def set_widths(sheet: Any, widths: Iterable[float]) -> None:
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
