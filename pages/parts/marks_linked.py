"""Marks of a picture that are links: the plot is drawn in percent of its place, so that it fits every width while words
and shapes keep their size. The SVG beneath is for eyes only; each link says itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from data.words import Status
from pages.parts import formats as fmt
from pages.parts.elements import MUTE, attrs, classes, light, soft, svg
from pages.parts.icons import css_name, outline

_LI, _A, _SPAN = light(html.Li), light(html.A), light(html.Span)
_SVG, _PATH, _TEXT = light(svg.Svg), light(svg.Path), light(svg.Text)
TEN: Final = Decimal(10)


@dataclass(frozen=True)
class Scale:
    """One axis in percent values; what lies beyond is clipped to its ends."""

    low: Decimal
    high: Decimal

    def share(self, value: Decimal) -> float:
        """Where a value stands, 0 to 100 percent of the axis."""
        held = min(max(value, self.low), self.high)
        return round(float((held - self.low) * 100 / (self.high - self.low)), 2)

    def clips(self, value: Decimal) -> str:
        """``▶ 143 %`` for a value above the axis, ``◀ 12 %`` below it, nothing inside."""
        if self.low <= value <= self.high:
            return ""
        return f"{'▶' if value > self.high else '◀'}{fmt.NBSP}{fmt.percent(value, 0)}"

    @property
    def ticks(self) -> list[Decimal]:
        return self.steps(TEN if self.high - self.low <= 70 else TEN * 2)

    def steps(self, step: Decimal) -> list[Decimal]:
        """The multiples of ``step`` on this axis."""
        first = (self.low / step).to_integral_value(ROUND_CEILING) * step
        return [first + step * place for place in range(int((self.high - first) // step) + 1)]


def scale_over(values: Sequence[Decimal], floor: int, ceiling: int, least: int = 30) -> Scale:
    """An axis over these values, from a whole ten, inside ``floor`` and ``ceiling``, at least ``least`` long; the
    highest value keeps some room, so that its mark is not cut."""
    low = max(Decimal(floor), _tens(min(values, default=Decimal(100)), ROUND_FLOOR))
    most = max(values, default=Decimal(100))
    high = _tens(most, ROUND_CEILING)
    high = min(Decimal(ceiling), high + 4 if high - most < 2 else high)
    low = min(low, max(Decimal(floor), high - least))
    return Scale(low, max(high, low + least))


def _tens(value: Decimal, rounding: str) -> Decimal:
    return (value / TEN).to_integral_value(rounding) * TEN


@dataclass(frozen=True)
class Titik:
    """One mark: where (percent of the plot), how large (px), where it leads, what it says; ``name`` only if it is to be
    written beside it, with the classes of where."""

    x: float
    y: float
    size: float
    status: Status
    href: str
    said: str
    name: str = ""
    places: str = ""
    chosen: bool = False


def linked_mark(mark: Titik) -> Any:
    """The mark as a list item; its words are in the title, which is also its name for screen readers."""
    room = mark.size + 2
    drawn = _PATH(d=outline(mark.status, room / 2, room / 2, mark.size), className=css_name(mark.status))
    shape = _SVG([drawn], width=f"{room:g}", height=f"{room:g}", **MUTE)
    name = _SPAN(mark.name, className=classes("titik-nama", mark.places)) if mark.name else None
    link = _A(
        [shape, name],
        href=mark.href,
        title=mark.said,
        className="titik terpilih" if mark.chosen else "titik",
        style={"left": f"{mark.x:g}%", "top": f"{mark.y:g}%"},
        **soft("diam"),
        **attrs(aria_current="true" if mark.chosen else None, aria_label=mark.said),
    )
    return _LI([link])


def marks_list(marks: Sequence[Titik], label: str) -> html.Ul:
    return html.Ul(
        [linked_mark(mark) for mark in marks], className="titik-semua", role="list", **attrs(aria_label=label)
    )


def bottom_ticks(scale: Scale, class_name: str = "") -> list[Component]:
    """The numbers under a plot, the last with its unit."""
    last = scale.ticks[-1]
    texts = [
        (scale.share(value), fmt.percent(value, 0) if value == last else fmt.decimal_id(value, 0))
        for value in scale.ticks
    ]
    return [
        _TEXT(text, x=f"{x:g}%", y="100%", dy="18", textAnchor="middle", className=class_name or None)
        for x, text in texts
    ]
