"""Deviasi by quarter of one OPD: static drawing, sentence, table and the block they stand in."""

from typing import Any, Final

import pandas as pd
from dash import html
from dash.development.base_component import Component

from data.words import Status
from pages.parts import formats as fmt
from pages.parts import ids
from pages.parts.charts import chart_block, live
from pages.parts.elements import attrs, records, svg
from pages.parts.figures import graph, trend_figure
from pages.parts.icons import label, shape
from pages.parts.tables import Column, Table

WIDTH: Final = 344
HEIGHT: Final = 210
_LEFT, _RIGHT, _TOP, _BOTTOM = 26, 342, 16, 166
_ROMAN: Final = ("", "I", "II", "III", "IV")


def trend_block(history: pd.DataFrame, source: str, interactive: bool = True) -> html.Figure:
    """Deviasi by quarter of one OPD (one row per quarter), its table, its source."""
    title = "Deviasi, 8 triwulan"
    if not len(history):
        return chart_block("tren", title, "Belum ada triwulan yang selesai.", None, None, source)
    drawn = graph(trend_figure(history), ids.GRAFIK_TREN) if interactive else None
    return chart_block(
        "tren", title, trend_sentence(history), live(trend_svg(history), drawn), trend_table(history), source
    )


def in_time(history: pd.DataFrame) -> list[dict[str, Any]]:
    return sorted(records(history), key=lambda row: (row["tahun"], row["tw"]))


def trend_sentence(history: pd.DataFrame) -> str:
    """Since when it stands as it stands."""
    rows = in_time(history)
    last = since = rows[-1]
    for row in reversed(rows):
        if row["status"] != last["status"]:
            break
        since = row
    name = label(Status(last["status"]))
    return f"{name} sejak {fmt.period(since['tahun'], since['tw'])}. Garis putus: batas −10{fmt.NBSP}poin."


def trend_table(history: pd.DataFrame) -> Table:
    texts = [
        [fmt.period(row["tahun"], row["tw"]), fmt.points(row["deviasi"]), label(Status(row["status"]))]
        for row in in_time(history)
    ]
    columns = [Column("Periode", False), Column("Deviasi, poin"), Column("Status", False)]
    return Table("Deviasi per triwulan", columns, texts)


def trend_svg(history: pd.DataFrame) -> Component:
    """The line with its status shapes, zero and the limit of perhatian."""
    rows = in_time(history)
    low, high = _range(rows)
    inside = [
        *_levels(low, high),
        svg.Path(d=_path(rows, low, high), className="garis-lintas"),
        *_shapes(rows, low, high),
    ]
    given = attrs(aria_label=f"Deviasi per triwulan. {trend_sentence(history)}")
    drawn: Component = svg.Svg(
        inside, className="tren", viewBox=f"0 0 {WIDTH} {HEIGHT}", width="100%", role="img", **given
    )
    return drawn


def _range(rows: list[dict[str, Any]]) -> tuple[float, float]:
    known = [float(row["deviasi"]) for row in rows if row["deviasi"] is not None]
    return min([-14.0, *(value * 1.1 for value in known)]), max([5.0, *(value * 1.1 for value in known)])


def _x(place: int, count: int) -> float:
    step = (_RIGHT - _LEFT - 36) / max(count - 1, 1)
    return round(_LEFT + 18 + step * place, 1)


def _y(value: float, low: float, high: float) -> float:
    return round(_TOP + (_BOTTOM - _TOP) * (high - value) / (high - low), 1)


def _levels(low: float, high: float) -> list[Component]:
    drawn = []
    for level, name in ((0, "k-dasar"), (-10, "k-potong")):
        y = _y(level, low, high)
        word = "0" if level == 0 else f"{fmt.MINUS}10"
        drawn.append(svg.Path(d=f"M{_LEFT} {y:g}H{_RIGHT}", className=name))
        drawn.append(svg.Text(word, x=_LEFT - 8, y=y + 4, textAnchor="end", className="k-angka"))
    return drawn


def _path(rows: list[dict[str, Any]], low: float, high: float) -> str:
    steps: list[str] = []
    pen_down = False
    for place, row in enumerate(rows):
        if row["deviasi"] is not None:
            at = f"{_x(place, len(rows)):g} {_y(float(row['deviasi']), low, high):g}"
            steps.append(f"{'L' if pen_down else 'M'}{at}")
        pen_down = row["deviasi"] is not None
    return "".join(steps) or "M0 0"


def _shapes(rows: list[dict[str, Any]], low: float, high: float) -> list[Component]:
    """A shape per quarter with its number, and the quarter's name beneath the axis."""
    drawn = []
    for place, row in enumerate(rows):
        x = _x(place, len(rows))
        y = _y(float(row["deviasi"] or 0), low, high)
        year = str(row["tahun"]) if place == 0 or row["tw"] == 1 else ""
        drawn += [
            shape(Status(row["status"]), x, y, 12),
            svg.Text(fmt.points(row["deviasi"]), x=x, y=y - 12, textAnchor="middle", className="k-nilai tren-nilai"),
            svg.Text(_ROMAN[row["tw"]], x=x, y=_BOTTOM + 22, textAnchor="middle", className="k-angka"),
        ]
        if year:
            drawn.append(svg.Text(year, x=x, y=_BOTTOM + 40, textAnchor="middle", className="k-angka kisi-tahun"))
    return drawn
