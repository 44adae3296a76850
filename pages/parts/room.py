"""An empty room of named places: what a page file lays out before any data."""

from dash import html

from pages.parts.elements import attrs


def room(*places: str, class_name: str | None = None) -> html.Div:
    """One empty place per id; the takeover script waits until each is filled."""
    inside = [html.Div(id=place, **attrs(data_bagian=place)) for place in places]
    return html.Div(inside, className=class_name) if class_name else html.Div(inside)
