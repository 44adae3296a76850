"""The bullet: a bar in its status colour against a labelled target tick, on bands in one grey.

Positions are percentages of the drawing's own width, so one drawing fits every screen without being distorted."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from dash.development.base_component import Component

from data.words import Status
from pages.parts import formats as fmt
from pages.parts.elements import attrs, classes, light, svg
from pages.parts.icons import css_name, label

AXIS: Final = Decimal(120)
TARGET: Final = Decimal(100)
LIMIT: Final = Decimal(10)
"""How far below the target still counts as perhatian (the band between)."""

_SVG, _RECT, _TEXT, _LINE = light(svg.Svg), light(svg.Rect), light(svg.Text), light(svg.Line)
_TOP: Final = 16
_HEIGHT: Final = 15


@dataclass(frozen=True)
class Scale:
    """What one bullet is drawn against, in the unit of its value."""

    axis: Decimal = AXIS
    target: Decimal | None = TARGET
    limit: Decimal = LIMIT
    tick: str | None = None

    def at(self, value: Decimal) -> str:
        share = min(max(value / self.axis, Decimal(0)), Decimal(1)) * 100
        return f"{fmt.rounded(share, 2)}%"


CAPAIAN: Final = Scale(tick="100")


def bullet(value: Decimal | None, status: Status, scale: Scale = CAPAIAN, name: str | None = None) -> Component:
    """One bullet. With a ``name`` it is announced as a picture; without, its row already says the numbers."""
    parts = _unknown(scale) if value is None else [*_bands(scale), _bar(value, status, scale)]
    spoken: dict[str, Any] = {"aria-hidden": "true"}
    if name:
        spoken = {"role": "img", **attrs(aria_label=f"{name}: {fmt.percent(value)}, {label(status)}")}
    over = value is not None and value > scale.axis
    drawn: Component = _SVG(
        [*parts, *_tick(scale, over), *(_clipped(value) if value is not None and over else [])],
        className=classes("bullet", "bullet-kosong" if value is None else None),
        width="100%",
        height="36",
        **spoken,
    )
    return drawn


def money_scale(plan: Decimal | None, axis: Decimal = TARGET) -> Scale:
    """Money and fisik: percent of pagu, with the tick at the plan so far."""
    return Scale(axis=axis, target=plan, tick=None if plan is None else fmt.decimal_id(plan, 1))


# Kept drawings are shared between trees: nothing may change one.
@lru_cache(maxsize=512)
def _bands(scale: Scale) -> list[Component]:
    """Light track, and over it the two darker bands that end at the target and at target − limit."""
    track = _band("pita-3", scale.axis, scale)
    if scale.target is None:
        return [track]
    near = scale.target - scale.limit
    return [track, _band("pita-2", scale.target, scale), *([_band("pita-1", near, scale)] if near > 0 else [])]


def _band(name: str, end: Decimal, scale: Scale) -> Component:
    drawn: Component = _RECT(x="0", y=_TOP, width=scale.at(end), height=_HEIGHT, className=name)
    return drawn


def _bar(value: Decimal, status: Status, scale: Scale) -> Component:
    drawn: Component = _RECT(x="0", y=_TOP + 4, width=scale.at(value), height=7, className=css_name(status))
    return drawn


def _unknown(scale: Scale) -> list[Component]:
    return [
        _RECT(x="0.5", y=_TOP + 0.5, width="99.6%", height=_HEIGHT - 1, className="pita-kosong"),
        _TEXT(fmt.NONE, x="8", y=_TOP + 12, className="tanda-kosong"),
    ]


@lru_cache(maxsize=512)
def _tick(scale: Scale, over: bool) -> list[Component]:
    if scale.target is None:
        return []
    at = scale.at(scale.target)
    line = _LINE(x1=at, x2=at, y1=_TOP - 1, y2=_TOP + _HEIGHT + 2, className="garis-target")
    if scale.tick is None:
        return [line]
    # At either end of the axis, or beside a clipped value, the label is moved inward so that nothing overlaps.
    late = over or scale.target / scale.axis > Decimal("0.94")
    anchor = "end" if late else "start" if scale.target / scale.axis < Decimal("0.04") else "middle"
    return [line, _TEXT(scale.tick, x=at, y=_TOP - 5, textAnchor=anchor, className="angka-target")]


def _clipped(value: Decimal) -> list[Component]:
    text = f"▶{fmt.NBSP}{fmt.percent(value, 0)}"
    return [_TEXT(text, x="100%", y=_TOP - 5, textAnchor="end", className="angka-lewat")]
