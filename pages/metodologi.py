"""The page /metodologi: an empty room; ``callbacks/metodologi.py`` fills it."""

import dash
from dash import html

from data.access import Audiens
from pages.parts import ids
from pages.parts.room import room


def layout() -> html.Div:
    return room(ids.METODOLOGI)


dash.register_page(
    __name__,
    path="/metodologi",
    nama="metodologi",
    title="Metodologi · e-Monev",
    description="Rumus, skala, dan aturan di balik setiap angka.",
    audiens=Audiens.PUBLIK,
    layout=layout,
)
