"""Rows of a picture: a name, a drawing on an axis that all rows share, a number; the whole row is one link."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from dash import html
from dash.development.base_component import Component

from pages.parts import formats as fmt
from pages.parts.elements import MUTE, Child, Children, attrs, classes, light, soft, svg
from pages.parts.marks_linked import Scale

_A, _LI, _SPAN, _SVG, _LINE = light(html.A), light(html.Li), light(html.Span), light(svg.Svg), light(svg.Line)


def lane(
    name: Children, drawn: Sequence[Component], number: Children, href: str | None, said: str, kind: str = ""
) -> Component:
    """One row; without ``href`` (a remainder, a total) it is no link. ``said`` is what the link is called."""
    picture = _SVG(list(drawn), className="ruas-gambar", width="100%", height="24", **MUTE)
    inside = [_SPAN(name, className="ruas-nama"), picture, _SPAN(number, className="ruas-angka")]
    names = classes("ruas", kind)
    if href is None:
        return _as_component(_LI(html.Div(inside, className=names)))
    return _as_component(_LI(_A(inside, href=href, className=names, **soft("diam"), **attrs(aria_label=said))))


def lanes(head: Sequence[Child], scale: Scale, rows: Sequence[Component], signed: bool = False) -> html.Div:
    """The rows under their heads: name, axis (drawn once), number."""
    name, number = head
    axis = svg.Svg(_ticks(scale, signed), className="ruas-sumbu", width="100%", height="18")
    top = html.Div([html.Span(name), axis, html.Span(number)], className="ruas ruas-kepala", **MUTE)
    return html.Div([top, html.Ul(list(rows), role="list")], className="ruas-semua")


def _ticks(scale: Scale, signed: bool) -> list[Component]:
    """At most six numbers; a signed axis writes its plus and its real minus."""
    ticks = scale.ticks[:: max(1, -(-len(scale.ticks) // 6))] if not signed else _round_steps(scale)
    texts = [(scale.share(value), _tick(value, signed)) for value in ticks]
    return [svg.Text(text, x=f"{x:g}%", y="13", textAnchor=_anchor(x)) for x, text in texts]


def _tick(value: Decimal, signed: bool) -> str:
    places = 0 if value == value.to_integral_value() else 1
    return fmt.points(value, places) if signed and value else fmt.decimal_id(value, places)


def _anchor(x: float) -> str:
    return "start" if x < 4 else "end" if x > 96 else "middle"


def _round_steps(scale: Scale) -> list[Decimal]:
    span = scale.high - scale.low
    sizes = (Decimal(size) for size in ("0.5", "1", "2", "5", "10", "20"))
    return scale.steps(next((size for size in sizes if span / size <= 5), Decimal(50)))


def upright(scale: Scale, value: Decimal, kind: str) -> Component:
    """A vertical line through a row: the target, the zero."""
    x = f"{scale.share(value):g}%"
    return _as_component(_LINE(x1=x, x2=x, y1="0", y2="100%", className=kind))


def _as_component(made: Any) -> Component:
    component: Component = made
    return component
