"""An empty room of named places: what a page file lays out before any data."""

from dash import html

from pages.parts.elements import attrs


def room(*places: str) -> html.Div:
    """One empty place per id; the takeover script waits until each is filled."""
    return html.Div([html.Div(id=place, **attrs(data_bagian=place)) for place in places])
