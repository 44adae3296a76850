"""Nothing that goes out may start a formula in the program that opens it: the one place that sees to it.

A cell is dangerous in CSV and, saved once more as CSV, in XLSX too. Dangerous text gets an apostrophe in front, which
spreadsheets show as text and never run; true negative numbers and a lone dash stay what they are.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
BOM: Final = "\ufeff"
# What a spreadsheet drops in front of a cell before it looks whether a formula begins there.
_UNSEEN: Final = " \u00a0\u200b\u2060\ufeff\x00"
_NEGATIVE = re.compile(r"-[0-9]+(?:[.,][0-9]+)*\s?%?")
_DASH: Final = "-"
# Read back, a lone 1,234 could be a thousand: a decimal mark with exactly three digits behind it gets a fourth.
_AMBIGUOUS = re.compile(r"-?[1-9][0-9]{0,2},[0-9]{3}")

Value = str | int | Decimal | None


def harmless(text: str) -> str:
    """The text itself, or with an apostrophe in front when it could start a formula."""
    body = text.lstrip(_UNSEEN)
    if not body.startswith(STARTS) or body == _DASH or _NEGATIVE.fullmatch(body):
        return text
    return f"'{text}"


def written(value: Value, decimal_mark: str = ",") -> str:
    """A value as a CSV cell: numbers plain, without grouping; text harmless."""
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    text = text.replace(".", decimal_mark)
    return f"{text}0" if _AMBIGUOUS.fullmatch(text) else text


def csv_bytes(rows: Iterable[Sequence[Value]], delimiter: str = ";") -> bytes:
    """Rows as CSV that Indonesian spreadsheets open by a double click: BOM, ';' and a decimal comma. With ',' as the
    delimiter the decimal mark is a point."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    mark = "." if delimiter == "," else ","
    writer.writerows([written(value, mark) for value in row] for row in rows)
    return (BOM + out.getvalue()).encode()
