"""The heat grid OPD × triwulan: a small shape where all is well, a large one where it is not; each leads to its OPD
and triwulan."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final, NamedTuple

import pandas as pd
from dash import html
from dash.development.base_component import Component

from data.words import STATUS_ORDER, Status
from pages.parts import formats as fmt
from pages.parts.charts import chart_block
from pages.parts.elements import MUTE, attrs, classes, light, missing, soft, svg
from pages.parts.grid import Quarter, quarters_of, repeat_sentence, shapes_in_row
from pages.parts.headline import short_name
from pages.parts.icons import label, status_word
from pages.parts.rows import in_order
from pages.parts.tables import Column, Table

MOST_QUARTERS: Final = 12
FIRST: Final = 12
"""At least so many rows stand before the fold; on wide screens a third of them, so that three columns end together."""
_STEP, _HEIGHT, _HEAD = 24, 30, 34
_ROMAN: Final = ("", "I", "II", "III", "IV")
_A, _SPAN, _DIV, _LI = light(html.A), light(html.Span), light(html.Div), light(html.Li)
_SVG, _TEXT, _SOFT = light(svg.Svg), light(svg.Text), soft("diam")


class Cell(NamedTuple):
    """One OPD in one triwulan: its status, its deviasi in words, and both with the triwulan as a sentence."""

    status: Status
    text: str
    said: str


Cells = dict[str, dict[Quarter, Cell]]


def heat_block(
    standings: pd.DataFrame,
    history: pd.DataFrame,
    href: Callable[[str, Quarter], str],
    source: str,
    chosen: tuple[str, Quarter] | None = None,
) -> html.Figure:
    """From ``opd_standings`` (one row per OPD: which and in what order) and ``opd_history`` (one row per OPD ×
    triwulan; the last twelve are drawn). ``href`` is asked once per cell, so let it be a cheap one."""
    quarters, rows = quarters_of(history, MOST_QUARTERS), in_order(standings)
    title = "OPD × triwulan"
    if not quarters or not rows:
        return chart_block("kisi-opd", title, None, None, None, source)
    cells = _cells(history, quarters, {str(row["opd"]) for row in rows})
    statuses = {opd: {quarter: cell.status for quarter, cell in seen.items()} for opd, seen in cells.items()}
    mine = {str(row["opd"]): statuses.get(str(row["opd"]), {}) for row in rows}
    drawn = [_row(row, cells.get(str(row["opd"]), {}), mine, quarters, href, chosen) for row in rows]
    picture = [_key(mine), _lists(drawn, quarters)]
    return chart_block(
        "kisi-opd", title, repeat_sentence(mine, quarters), picture, _table(rows, cells, quarters), source
    )


def _cells(history: pd.DataFrame, quarters: list[Quarter], opds: set[str]) -> Cells:
    """The cells of each OPD: the same text for the mark and for the table."""
    found: Cells = {}
    when = {quarter: fmt.period(*quarter) for quarter in quarters}
    words = {status: (label(status), label(status).lower()) for status in Status}
    signed = cache(fmt.points)
    columns = (history[name].tolist() for name in ("opd", "tahun", "tw", "status", "deviasi"))
    for opd, tahun, tw, status, deviasi in zip(*columns, strict=True):
        at = when.get((tahun, tw))
        if at is None or opd not in opds:
            continue
        kind = Status(status)
        word, low = words[kind]
        text, said = (word, low) if missing(deviasi) else (points := signed(deviasi), f"{points} poin, {low}")
        found.setdefault(str(opd), {})[tahun, tw] = Cell(kind, text, f"{at}: {said}")
    return found


def _key(statuses: Mapping[str, Mapping[Quarter, Status]]) -> html.P:
    present = {status for seen in statuses.values() for status in seen.values()}
    return html.P([status_word(status, size=12) for status in STATUS_ORDER if status in present], className="kunci")


def _lists(rows: list[Any], quarters: list[Quarter]) -> html.Div:
    """The rows in trouble first; the others behind a word. On wide screens both are set in columns."""
    kept = max(FIRST, -(-len(rows) // 3))
    first = html.Div([_head(quarters), html.Ul(rows[:kept], role="list")], className="petak-lajur")
    rest = rows[kept:]
    if not rest:
        return html.Div(first, className="petak")
    half = (len(rest) + 1) // 2
    lists = [
        html.Div([_head(quarters), html.Ul(part, role="list")], className="petak-lajur")
        for part in (rest[:half], rest[half:])
        if part
    ]
    word = html.Summary(f"Tampilkan {fmt.opd(len(rest))} lainnya", className="tombol tombol-garis")
    more = html.Details(
        [word, html.Div(lists, className="petak-sisa")], className="lainnya", open=True, **attrs(data_lipat="ponsel")
    )
    return html.Div([first, more], className="petak")


def _head(quarters: list[Quarter]) -> html.Div:
    """Years over quarters, in the steps of the shapes."""
    years = [
        _TEXT(str(tahun), x=str(_STEP * place + 6), y="12", className="kisi-tahun")
        for place, (tahun, tw) in enumerate(quarters)
        if (place == 0 and tw < 4) or tw == 1
    ]
    names = [
        _TEXT(_ROMAN[tw], x=f"{_STEP * (place + 0.5):g}", y="29", textAnchor="middle")
        for place, (_, tw) in enumerate(quarters)
    ]
    width = _STEP * len(quarters)
    drawn = svg.Svg([*years, *names], viewBox=f"0 0 {width} {_HEAD}", className="petak-kepala")
    box = html.Div(drawn, className="petak-tanda", style={"maxWidth": f"{width}px"})
    return html.Div([html.Span(), box], className="petak-baris petak-judul", **MUTE)


def _row(
    row: Mapping[str, Any],
    cells: Mapping[Quarter, Cell],
    statuses: Mapping[str, dict[Quarter, Status]],
    quarters: list[Quarter],
    href: Callable[[str, Quarter], str],
    chosen: tuple[str, Quarter] | None,
) -> Component:
    opd, width, name = str(row["opd"]), _STEP * len(quarters), short_name(row)
    here = chosen[1] if chosen and chosen[0] == opd else None
    drawn = _SVG(shapes_in_row(statuses[opd], quarters, _STEP, _HEIGHT), viewBox=f"0 0 {width} {_HEIGHT}", **MUTE)
    links = [
        _link(href(opd, quarter), f"{name}, {cells[quarter].said}", quarter == here) if quarter in cells else _SPAN()
        for quarter in quarters
    ]
    over = _DIV(links, className="petak-tautan")
    box = _DIV([drawn, over], className="petak-tanda", style={"maxWidth": f"{width}px"})
    made: Component = _LI(
        [_SPAN(name, className="petak-nama"), box],
        className=classes("petak-baris", "dipilih" if here else None),
    )
    return made


def _link(href: str, said: str, here: bool) -> Any:
    """One transparent link over one shape: its title is shown on hover and is its name for screen readers."""
    if here:
        return _A(None, href=href, title=said, **_SOFT, **attrs(aria_current="true"))
    return _A(None, href=href, title=said, **_SOFT)


def _table(rows: list[dict[str, Any]], cells: Cells, quarters: list[Quarter]) -> Table:
    """The twin: deviasi in points per OPD and triwulan, or the word that stands instead of it."""
    columns = [Column("OPD", False), *(Column(fmt.period(*quarter)) for quarter in quarters)]
    texts = []
    for row in rows:
        seen = cells.get(str(row["opd"]), {})
        texts.append([str(row["nama"]), *(seen[quarter].text if quarter in seen else fmt.NONE for quarter in quarters)])
    return Table("Deviasi tiap OPD per triwulan, poin", columns, texts)
