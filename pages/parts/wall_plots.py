"""The drawings of the wall, in units of a screen 1,920 wide: marks, bullets, Kurva S. Figures only, no names."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

import pandas as pd
from dash.development.base_component import Component

from data.words import Status
from pages.parts import formats as fmt
from pages.parts.elements import MUTE, attrs, records, svg
from pages.parts.figures import SERIES_COLUMNS, Series, last_known
from pages.parts.icons import css_name, outline
from pages.parts.kurva import series_sentence

WIDE: Final = 1776
AXIS: Final = Decimal(120)
ORDER: Final = (*(Status.TERCAPAI, Status.PERHATIAN, Status.DI_BAWAH), *(Status.NIHIL, Status.TANPA_TARGET))
TEXT: Final = 34
"""On the smallest screen (1,366 wide) this is still 24 px."""


def in_shown_order(counts: Mapping[Status, int]) -> list[tuple[Status, int]]:
    """The statuses that occur, as the row of marks shows them."""
    return [(status, counts[status]) for status in (*ORDER, Status.BELUM_LAPOR) if counts[status]]


def marks(counts: Mapping[Status, int]) -> Component:
    """One mark per OPD in one line."""
    shown = in_shown_order(counts)
    step = WIDE / max(sum(count for _, count in shown), 1)
    size, x, inside = min(0.78 * step, 44.0), step / 2, []
    for status, count in shown:
        path = "".join(outline(status, x + place * step, 26, size) for place in range(count))
        inside.append(svg.Path(d=path, className=css_name(status)))
        x += count * step
    drawn: Component = svg.Svg(inside, className="tanda", viewBox=f"0 0 {WIDE} 52", **MUTE)
    return drawn


def bullet(value: Decimal | None, status: Status) -> Component:
    """Capaian on an axis from 0 to 120 % with the target's line at 100 and the limit of perhatian in grey."""
    full, high = 620.0, 52

    def at(percent: Decimal) -> float:
        return round(full * float(min(max(percent, Decimal(0)), AXIS) / AXIS), 1)

    bands = [("pita-3", AXIS), ("pita-2", Decimal(100)), ("pita-1", Decimal(90))]
    inside = [svg.Rect(x="0", y="8", width=f"{at(end):g}", height="36", className=name) for name, end in bands]
    if value is not None:
        inside.append(svg.Rect(x="0", y="18", width=f"{at(value):g}", height="16", className=css_name(status)))
    inside.append(svg.Path(d=f"M{at(Decimal(100)):g} 0V{high}", className="garis-target"))
    drawn: Component = svg.Svg(inside, className="peluru", viewBox=f"0 0 {full:g} {high}", **MUTE)
    return drawn


_LEFT, _RIGHT, _TOP, _BOTTOM = 84, 800, 20, 440


def kurva(curve: pd.DataFrame, series: Series) -> Component:
    """One panel: plan dashed, actual solid, dotted line at the last month that was reported."""
    rows = records(curve)
    plan, actual = SERIES_COLUMNS[series]
    inside = [*_grid(), *_cut(rows, actual)]
    inside.append(svg.Path(d=_path(rows, plan), className="k-rencana"))
    inside.append(svg.Path(d=_path(rows, actual), className="k-realisasi"))
    last = last_known(rows, actual)
    if last is not None:
        inside.append(svg.Circle(cx=_x(last["bulan"]), cy=_y(last[actual]), r=11, className="k-titik"))
    spoken = attrs(aria_label=f"Kurva S. {series_sentence(curve, series)}")
    drawn: Component = svg.Svg(inside, className=f"kurva-{series}", viewBox="0 0 840 500", role="img", **spoken)
    return drawn


def _x(month: int) -> float:
    return round(_LEFT + (_RIGHT - _LEFT) * (month - 1) / 11, 1)


def _y(value: Any) -> float:
    return round(_BOTTOM - (_BOTTOM - _TOP) * min(max(float(value), 0.0), 103.0) / 103, 1)


def _path(rows: list[dict[str, Any]], column: str) -> str:
    """A missing month lifts the pen."""
    steps, down = [], False
    for row in rows:
        if row[column] is not None:
            steps.append(f"{'L' if down else 'M'}{_x(row['bulan']):g} {_y(row[column]):g}")
        down = row[column] is not None
    return "".join(steps) or "M0 0"


def _grid() -> list[Component]:
    inside = []
    for level in (0, 25, 50, 75, 100):
        inside.append(svg.Path(d=f"M{_LEFT} {_y(level):g}H{_RIGHT}", className="k-dasar" if level == 0 else "k-rusuk"))
        inside.append(_text(str(level), _LEFT - 16, _y(level) + 12, "end"))
    return [*inside, *(_text(fmt.month_short(month), _x(month), _BOTTOM + 48, "middle") for month in (3, 6, 9, 12))]


def _cut(rows: list[dict[str, Any]], actual: str) -> list[Component]:
    last = last_known(rows, actual)
    return [] if last is None else [svg.Path(d=f"M{_x(last['bulan']):g} {_TOP}V{_BOTTOM}", className="k-potong")]


def _text(words: str, x: float, y: float, anchor: str) -> Component:
    drawn: Component = svg.Text(words, x=f"{x:g}", y=f"{y:g}", textAnchor=anchor, fontSize=str(TEXT))
    return drawn
