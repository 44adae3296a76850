"""The page /sematan: an empty room; ``callbacks/sematan.py`` fills it."""

import dash
from dash import html

from data.access import Audiens
from pages.parts import ids
from pages.parts.room import room


def layout() -> html.Div:
    return room(ids.SEMATAN)


dash.register_page(
    __name__,
    path="/sematan",
    nama="sematan",
    title="Sematkan bagan · e-Monev",
    description="Bagan kinerja kota untuk situs Anda, tanpa cookie dan tanpa JavaScript.",
    audiens=Audiens.PUBLIK,
    layout=layout,
)
