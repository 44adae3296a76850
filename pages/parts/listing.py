"""A table on the desk that becomes stacked rows on a phone, where each cell carries the title of its column."""

from collections.abc import Sequence

from dash import html

from pages.parts.elements import Children, attrs, classes
from pages.parts.formats import NONE


def listing(
    caption: str, columns: Sequence[str], rows: Sequence[Sequence[Children]], class_name: str = ""
) -> html.Table:
    """``rows``: one cell per column; the first cell is the row's heading, and an empty one ("–") stays out of the
    stacked rows. The roles are said aloud because a browser
    forgets them once a style sheet stacks the cells."""
    head = html.Tr([html.Th(title, scope="col", role="columnheader") for title in columns], role="row")
    return html.Table(
        [
            html.Caption(caption, className="hanya-dengar"),
            html.Thead(head, role="rowgroup"),
            html.Tbody([_row(columns, row) for row in rows], role="rowgroup"),
        ],
        className=classes("tabel", "tumpuk", class_name),
        role="table",
    )


def _row(columns: Sequence[str], row: Sequence[Children]) -> html.Tr:
    cells = [
        html.Th(inside, scope="row", role="rowheader")
        if place == 0
        else html.Td(inside, role="cell", className="kosong" if inside == NONE else None, **attrs(data_kepala=title))
        for place, (title, inside) in enumerate(zip(columns, row, strict=True))
    ]
    return html.Tr(cells, role="row")
