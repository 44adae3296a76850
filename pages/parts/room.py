"""An empty room of named places: what a page file lays out before any data."""

from typing import Any

from dash import html

from pages.parts.elements import attrs


def room(*places: str, class_name: str | None = None, fixed: tuple[str, ...] = ()) -> html.Div:
    """One empty place per id; the takeover script waits until each is filled. ``fixed``: places that are drawn once and
    do not follow the address, so that a soft link does not ask for them."""
    inside = [html.Div(id=place, **_marks(place, place in fixed)) for place in places]
    return html.Div(inside, className=class_name) if class_name else html.Div(inside)


def _marks(place: str, fixed: bool) -> dict[str, Any]:
    return attrs(data_bagian=place, **({"data_tetap": ""} if fixed else {}))
