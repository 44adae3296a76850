"""Deviasi over the last quarters as one small line: a common scale, a hairline at zero, gaps where nothing came in."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import pandas as pd
from dash.development.base_component import Component

from data.words import Status
from pages.parts.elements import MUTE, records, svg
from pages.parts.icons import shape

WIDTH: Final = 92
HEIGHT: Final = 36
_EDGE: Final = 6
_STEP_ROOM: Final = 8


@dataclass(frozen=True)
class Point:
    """One quarter of one OPD."""

    deviasi: Decimal | None
    status: Status


@dataclass(frozen=True)
class Span:
    """The range every sparkline of one page shares, in points."""

    low: Decimal = Decimal(-21)
    high: Decimal = Decimal(9)

    def y(self, value: Decimal) -> float:
        held = min(max(value, self.low), self.high)
        share = float((self.high - held) / (self.high - self.low))
        return round(_EDGE + share * (HEIGHT - 2 * _EDGE), 1)


def span_of(history: pd.DataFrame) -> Span:
    """The common range of a page, from its history (one row per OPD × quarter): no wider than the data needs, and
    never beyond −30…+9, so that one extreme OPD does not flatten all the others."""
    seen = [value for row in records(history) if (value := row["deviasi"]) is not None]
    if not seen:
        return Span()
    low = max(Decimal(-30), min(Decimal(-12), *seen, Decimal(0)))
    return Span(low=low, high=min(Decimal(9), max(Decimal(3), *seen, Decimal(0))))


def points_by_opd(history: pd.DataFrame) -> dict[str, list[Point]]:
    """The quarters of each OPD, oldest first."""
    found: dict[str, list[Point]] = {}
    for row in sorted(records(history), key=lambda row: (row["tahun"], row["tw"])):
        found.setdefault(str(row["opd"]), []).append(Point(row["deviasi"], Status(row["status"])))
    return found


def sparkline(points: Sequence[Point], span: Span | None = None) -> Component | None:
    """The line, ending in the last quarter's status shape; None when there is nothing to draw."""
    if not points:
        return None
    scale, x = span or Span(), _positions(len(points))
    zero = scale.y(Decimal(0))
    last = points[-1]
    at = scale.y(last.deviasi) if last.deviasi is not None else zero
    drawn: Component = svg.Svg(
        [
            svg.Path(d=f"M0 {zero}H{WIDTH}", className="garis-nol"),
            svg.Path(d=line(points, scale), className="garis-lintas"),
            shape(last.status, x[-1], at, 10),
        ],
        className="lintas",
        width=str(WIDTH),
        height=str(HEIGHT),
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        **MUTE,
    )
    return drawn


def line(points: Sequence[Point], scale: Span) -> str:
    """The path; every missing quarter starts a new stroke, and a lone quarter becomes a dot."""
    steps: list[str] = []
    pen_down = False
    for x, point in zip(_positions(len(points)), points, strict=True):
        if point.deviasi is None:
            pen_down = False
            continue
        steps.append(f"{'L' if pen_down else 'M'}{x:g} {scale.y(point.deviasi):g}" + ("" if pen_down else "h.01"))
        pen_down = True
    return "".join(steps) or "M0 0"


def _positions(count: int) -> list[float]:
    """Quarters stand a fixed step apart and end at the right edge, so that the columns of all rows line up."""
    step = (WIDTH - _STEP_ROOM - 2) / 7
    return [round(WIDTH - _STEP_ROOM - step * (count - 1 - place), 1) for place in range(count)]
