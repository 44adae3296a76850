"""The table twin: one accessible table from plain texts, numbers to the right, and the same as CSV."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

from pages.parts.elements import Child, attrs, classes, light

_TR, _TH, _TD = light(html.Tr), light(html.Th), light(html.Td)

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@dataclass(frozen=True)
class Column:
    title: str
    numeric: bool = True
    strong: bool = False


@dataclass(frozen=True)
class Table:
    """What a table says: a caption, its columns, and rows of one text per column."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]


def table(content: Table, class_name: str = "") -> html.Div:
    """The table in a box that scrolls sideways by itself, so that the page never does."""
    head = html.Thead(html.Tr([_head(column) for column in content.columns]))
    body = html.Tbody([_row(content.columns, row) for row in content.rows])
    drawn = html.Table([html.Caption(content.caption), head, body], className=classes("tabel", class_name))
    return html.Div(drawn, className="tabel-kotak", role="region", tabIndex="0", **attrs(aria_label=content.caption))


def twin(content: Table) -> html.Details:
    """The table behind the words "Lihat tabel"."""
    return html.Details([html.Summary("Lihat tabel"), table(content)], className="lihat")


def _head(column: Column) -> html.Th:
    return html.Th(column.title, scope="col", className="angka" if column.numeric else None)


def _row(columns: Sequence[Column], row: Sequence[str]) -> Any:
    cells = zip(columns, row, strict=True)
    return _TR([_cell(column, text, place == 0) for place, (column, text) in enumerate(cells)])


def _cell(column: Column, text: str, first: bool) -> Any:
    inside: Child = html.Strong(text) if column.strong else text
    kind = {"className": "angka"} if column.numeric else {}
    return _TH(inside, scope="row", **kind) if first else _TD(inside, **kind)


def to_csv(content: Table) -> str:
    """The same table as CSV; a text that a spreadsheet would run as a formula is written as text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.title for column in content.columns])
    writer.writerows([[_plain(text) for text in row] for row in content.rows])
    return out.getvalue()


def _plain(text: str) -> str:
    plain = text.replace("\u00a0", " ").replace("\u2212", "-")
    numeric = plain[1:2].isdigit() and plain[0] in "+-"
    return f"'{plain}" if plain.startswith(FORMULA_STARTS) and not numeric else plain
