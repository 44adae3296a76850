"""The heat grid OPD × triwulan: a small shape where all is well, a large one where it is not; each leads to that OPD and
that triwulan."""

from collections.abc import Callable, Mapping
from typing import Any, Final

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
FIRST: Final = 16
_STEP, _HEIGHT, _HEAD = 26, 30, 34
_ROMAN: Final = ("", "I", "II", "III", "IV")
_A, _SPAN, _DIV, _LI = light(html.A), light(html.Span), light(html.Div), light(html.Li)
_SVG = light(svg.Svg)

Cell = tuple[Status, str]
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
    cells = _cells(history, quarters)
    statuses = {opd: {quarter: cell[0] for quarter, cell in seen.items()} for opd, seen in cells.items()}
    mine = {str(row["opd"]): statuses.get(str(row["opd"]), {}) for row in rows}
    drawn = [_row(row, cells.get(str(row["opd"]), {}), mine, quarters, href, chosen) for row in rows]
    picture = [_key(mine), _lists(drawn, quarters)]
    return chart_block(
        "kisi-opd", title, repeat_sentence(mine, quarters), picture, _table(rows, cells, quarters), source
    )


def _cells(history: pd.DataFrame, quarters: list[Quarter]) -> Cells:
    """Status and deviasi in words of each OPD and triwulan: the same text for the mark and for the table."""
    found: Cells = {}
    wanted = set(quarters)
    columns = (history[name] for name in ("opd", "tahun", "tw", "status", "deviasi"))
    for opd, tahun, tw, status, deviasi in zip(*columns, strict=True):
        if (tahun, tw) in wanted:
            kind = Status(status)
            text = label(kind) if missing(deviasi) else fmt.points(deviasi)
            found.setdefault(str(opd), {})[tahun, tw] = (kind, text)
    return found


def _key(statuses: Mapping[str, Mapping[Quarter, Status]]) -> html.P:
    present = {status for seen in statuses.values() for status in seen.values()}
    return html.P([status_word(status, size=12) for status in STATUS_ORDER if status in present], className="kunci")


def _lists(rows: list[Any], quarters: list[Quarter]) -> html.Div:
    """The rows in trouble first; the others behind a word. On wide screens both are set in columns."""
    first = html.Div([_head(quarters), html.Ul(rows[:FIRST], role="list")], className="petak-lajur")
    rest = rows[FIRST:]
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
        svg.Text(str(tahun), x=str(_STEP * place + 6), y="12", className="kisi-tahun")
        for place, (tahun, tw) in enumerate(quarters)
        if (place == 0 and tw < 4) or tw == 1
    ]
    names = [
        svg.Text(_ROMAN[tw], x=f"{_STEP * (place + 0.5):g}", y="29", textAnchor="middle")
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
    opd, width = str(row["opd"]), _STEP * len(quarters)
    here = chosen[1] if chosen and chosen[0] == opd else None
    shapes = shapes_in_row(statuses[opd], quarters, _STEP, _HEIGHT)
    drawn = _SVG(shapes, viewBox=f"0 0 {width} {_HEIGHT}", **MUTE)
    links = [_link(row, quarter, cells[quarter], href, here) if quarter in cells else _SPAN() for quarter in quarters]
    over = _DIV(links, className="petak-tautan")
    box = _DIV([drawn, over], className="petak-tanda", style={"maxWidth": f"{width}px"})
    made: Component = _LI([_SPAN(short_name(row)), box], className=classes("petak-baris", "dipilih" if here else None))
    return made


def _link(
    row: Mapping[str, Any], quarter: Quarter, cell: Cell, href: Callable[[str, Quarter], str], here: Quarter | None
) -> Any:
    """One transparent link over one shape: its title is shown on hover and is its name for screen readers."""
    status, text = cell
    said = f"{text} poin, {label(status).lower()}" if text != label(status) else text.lower()
    given = {"href": href(str(row["opd"]), quarter), "title": f"{short_name(row)}, {fmt.period(*quarter)}: {said}"}
    if here == quarter:
        given["aria-current"] = "true"
    return _A(None, **given, **soft("diam"))


def _table(rows: list[dict[str, Any]], cells: Cells, quarters: list[Quarter]) -> Table:
    """The twin: deviasi in points per OPD and triwulan, or the word that stands instead of it."""
    columns = [Column("OPD", False), *(Column(fmt.period(*quarter)) for quarter in quarters)]
    texts = []
    for row in rows:
        seen = cells.get(str(row["opd"]), {})
        texts.append([str(row["nama"]), *(seen[quarter][1] if quarter in seen else fmt.NONE for quarter in quarters)])
    return Table("Deviasi tiap OPD per triwulan, poin", columns, texts)
