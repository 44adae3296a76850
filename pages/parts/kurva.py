"""Kurva S: plan and actual of keuangan and of fisik as two small multiples, drawn as static SVG."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import pandas as pd
from dash import html
from dash.development.base_component import Component

from data.words import MONTH_NAMES
from pages.parts import formats as fmt
from pages.parts.elements import attrs, records, svg
from pages.parts.figures import SERIES_COLUMNS, SERIES_NAMES, Series, last_known
from pages.parts.tables import Column, Table

WIDTH: Final = 340
HEIGHT: Final = 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 30, 326, 14, 192
_MONTHS: Final = (3, 6, 9, 12)


@dataclass(frozen=True)
class Standing:
    """Where one series stands at its last reported month, in percent of pagu."""

    series: Series
    bulan: int
    plan: Decimal | None
    actual: Decimal

    @property
    def deviasi(self) -> Decimal | None:
        return None if self.plan is None else self.actual - self.plan


def standing(kurva: pd.DataFrame, series: Series, until: int = 12) -> Standing | None:
    """Plan and actual at the last month up to ``until`` with a realisasi; None when there is none."""
    plan, actual = SERIES_COLUMNS[series]
    row = last_known([row for row in records(kurva) if row["bulan"] <= until], actual)
    return None if row is None else Standing(series, int(row["bulan"]), row[plan], row[actual])


def known_until(kurva: pd.DataFrame, tw: int) -> pd.DataFrame:
    """The curve as it was known at the end of a triwulan: later months keep their plan and lose what came after."""
    told = kurva["bulan"] > tw * 3
    known = kurva.copy()
    for name in ("realisasi", "realisasi_persen", "fisik"):
        known[name] = known[name].mask(told, None)
    return known


def has_values(kurva: pd.DataFrame, series: Series) -> bool:
    """Whether this series has anything to draw, plan or actual."""
    return any(row[name] is not None for row in records(kurva) for name in SERIES_COLUMNS[series])


def series_sentence(kurva: pd.DataFrame, series: Series) -> str:
    """``Keuangan 61,2 % s.d. Sep; rencana 68,0 %, selisih −6,8 poin.``"""
    now = standing(kurva, series)
    if now is None:
        return f"{SERIES_NAMES[series]}: realisasi belum dilaporkan."
    start = f"{SERIES_NAMES[series]} {fmt.percent(now.actual)} s.d. {fmt.month_short(now.bulan)}"
    if now.plan is None:
        return f"{start}; rencana belum ada."
    return f"{start}; rencana {fmt.percent(now.plan)}, selisih {fmt.with_points(now.deviasi)}."


def kurva_s_svg(kurva: pd.DataFrame, series: Series, named: bool = False) -> Component:
    """One panel: grid, plan dashed, actual solid with its end point, dotted line at the cut-off. ``named``: both lines
    carry their word, for places where no legend stands beside them."""
    rows = records(kurva)
    plan, actual = SERIES_COLUMNS[series]
    lines = [
        svg.Path(d=_path(rows, plan), className="k-rencana"),
        svg.Path(d=_path(rows, actual), className="k-realisasi"),
    ]
    spoken: dict[str, Any] = attrs(aria_label=f"Kurva S. {series_sentence(kurva, series)}")
    drawn: Component = svg.Svg(
        [*_grid(), *_cut(rows, actual), *lines, *_end(rows, plan, actual, named)],
        className=f"kurva kurva-{series}",
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        width="100%",
        role="img",
        **spoken,
    )
    return drawn


def kurva_table(kurva: pd.DataFrame) -> Table:
    """The twin of both panels: one row per month."""
    names = ("rak_persen", "realisasi_persen", "fisik_rencana", "fisik")
    rows = [
        [MONTH_NAMES[row["bulan"] - 1], *(fmt.decimal_id(row[name], 1) for name in names)] for row in records(kurva)
    ]
    titles = ("Keuangan rencana, %", "Keuangan realisasi, %", "Fisik rencana, %", "Fisik realisasi, %")
    return Table("Kurva S, persen kumulatif per bulan", [Column("Bulan", False), *map(Column, titles)], rows)


def legend() -> html.P:
    return html.P("Garis penuh = realisasi, garis putus = rencana, % kumulatif dari pagu.", className="kecil")


def month_x(month: float) -> float:
    """Where a month stands in a panel, in units of its drawing."""
    return round(_LEFT + (_RIGHT - _LEFT) * (month - 1) / 11, 1)


def _y(value: float) -> float:
    return round(_BOTTOM - (_BOTTOM - _TOP) * min(max(value, 0), 105) / 100, 1)


def _path(rows: list[dict[str, Any]], column: str) -> str:
    """The path of one column; a missing month lifts the pen."""
    steps: list[str] = []
    pen_down = False
    for row in rows:
        value = row[column]
        if value is not None:
            steps.append(f"{'L' if pen_down else 'M'}{month_x(row['bulan']):g} {_y(float(value)):g}")
        pen_down = value is not None
    return "".join(steps) or "M0 0"


def _grid() -> list[Component]:
    levels = [0, 25, 50, 75, 100]
    rules = [
        svg.Path(d=f"M{_LEFT} {_y(level):g}H{_RIGHT}", className="k-dasar" if level == 0 else "k-rusuk")
        for level in levels
    ]
    ticks = [
        svg.Text(str(level), x=_LEFT - 8, y=_y(level) + 4, textAnchor="end", className="k-angka") for level in levels
    ]
    months = [
        svg.Text(
            fmt.month_short(month), x=month_x(month), y=_BOTTOM + 18, textAnchor=_anchor(month), className="k-angka"
        )
        for month in _MONTHS
    ]
    return [*rules, *ticks, *months]


def _anchor(month: int) -> str:
    return "end" if month == 12 else "middle"


def _cut(rows: list[dict[str, Any]], actual: str) -> list[Component]:
    last = last_known(rows, actual)
    return [] if last is None else [svg.Path(d=f"M{month_x(last['bulan']):g} {_TOP}V{_BOTTOM}", className="k-potong")]


def _end(rows: list[dict[str, Any]], plan: str, actual: str, named: bool = False) -> list[Component]:
    """The end point of the actual line with its value; ``named``: with its word, and the plan's word at its end."""
    last = last_known(rows, actual)
    if last is None:
        return _plan_name(rows, plan) if named else []
    x, y = month_x(last["bulan"]), _y(float(last[actual]))
    below = last[plan] is None or last[actual] <= last[plan]
    # A named end keeps clear of the plan: to the right below it, to the left above it.
    right = last["bulan"] <= 9 and (below or not named or last["bulan"] < 5)
    side = {"x": x + 9 if right else x - 9, "textAnchor": "start" if right else "end"}
    foot = y + (18 if below else -8)
    value = svg.Text(fmt.percent(last[actual]), y=foot, className="k-nilai", **side)
    point = svg.Circle(cx=x, cy=y, r=4.5, className="k-titik")
    if not named:
        return [point, value]
    return [
        point,
        value,
        svg.Text("Realisasi", y=foot + (15 if below else -16), className="k-nama", **side),
        *_plan_name(rows, plan),
    ]


def _plan_name(rows: list[dict[str, Any]], plan: str) -> list[Component]:
    """The plan's word, at the end of its line, where the actual line comes last."""
    known = [row for row in rows if row[plan] is not None and row["bulan"] >= 10]
    if not known:
        return []
    x, y = month_x(known[-1]["bulan"]), _y(float(known[-1][plan]))
    return [svg.Text("Rencana", x=x, y=max(y - 8, 12), textAnchor="end", className="k-nama")]
