"""Status as word and shape: the six shapes are drawn, so they look the same on every screen and printer."""

from collections.abc import Callable
from functools import cache
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from data.words import STATUS_NAMES, Status
from pages.parts.elements import MUTE, Child, classes, light, svg
from pages.parts.formats import NBSP

_SPAN = light(html.Span)


def _disc(x: float, y: float, r: float) -> str:
    return f"M{x - r:g} {y:g}a{r:g} {r:g} 0 1 0 {2 * r:g} 0a{r:g} {r:g} 0 1 0 {-2 * r:g} 0z"


def _triangle(x: float, y: float, r: float) -> str:
    return f"M{x:g} {y - r:g}L{x + 1.12 * r:g} {y + 0.9 * r:g}H{x - 1.12 * r:g}z"


def _square(x: float, y: float, r: float) -> str:
    side = round(0.9 * r, 2)
    return f"M{x - side:g} {y - side:g}h{2 * side:g}v{2 * side:g}h{-2 * side:g}z"


def _ring(x: float, y: float, r: float) -> str:
    return _disc(x, y, round(0.82 * r, 2))


def _diamond(x: float, y: float, r: float) -> str:
    return f"M{x:g} {y - r:g}L{x + r:g} {y:g}L{x:g} {y + r:g}L{x - r:g} {y:g}z"


def _crossed(x: float, y: float, r: float) -> str:
    return f"{_ring(x, y, r)}M{x - 0.9 * r:g} {y + 0.9 * r:g}L{x + 0.9 * r:g} {y - 0.9 * r:g}"


_OUTLINES: Final[dict[Status, Callable[[float, float, float], str]]] = {
    Status.TERCAPAI: _disc,
    Status.PERHATIAN: _triangle,
    Status.DI_BAWAH: _square,
    Status.BELUM_LAPOR: _ring,
    Status.TANPA_TARGET: _diamond,
    Status.NIHIL: _crossed,
}


def css_name(status: Status) -> str:
    """The class that carries the status colour: ``s-di-bawah``."""
    return "s-" + status.value.replace("_", "-")


def outline(status: Status, x: float, y: float, size: float) -> str:
    """The path of a status shape around a centre; several can be joined into one path."""
    return _OUTLINES[status](x, y, size / 2)


def shape(status: Status, x: float, y: float, size: float) -> Component:
    """The shape as one SVG path, for use inside a chart."""
    drawn: Component = svg.Path(d=outline(status, x, y, size), className=css_name(status))
    return drawn


@cache
def icon(status: Status, size: int = 14, class_name: str = "") -> Component:
    """The shape alone; always beside its word, or inside something that says it."""
    middle = size / 2
    given: dict[str, Any] = {"width": size, "height": size, "viewBox": f"0 0 {size} {size}", **MUTE}
    inside = shape(status, middle, middle, size - 2)
    drawn: Component = svg.Svg(inside, className=classes("ikon", class_name), **given)
    return drawn


def status_word(status: Status, note: Child = None, size: int = 14) -> html.Span:
    """Icon and word, the only way a status is shown."""
    drawn: html.Span = _SPAN([icon(status, size), label(status), note], className="status")
    return drawn


@cache
def label(status: Status) -> str:
    return STATUS_NAMES[status].replace(" ", NBSP)


def hidden(text: str) -> html.Span:
    """Text for screen readers only."""
    return html.Span(text, className="hanya-dengar")
