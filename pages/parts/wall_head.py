"""The header of the wall where no city is told of."""

from dash import html

from pages.parts.drawings import mark
from pages.parts.elements import MUTE


def plain_head() -> html.Header:
    """The mark, the name and the strip."""
    name = html.Span([mark(), html.Strong("e-Monev")], className="nama")
    return html.Header([html.Div(name, className="kop"), html.Div(className="songket", **MUTE)])
