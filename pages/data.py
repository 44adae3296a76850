"""The page /data: an empty room; ``callbacks/data.py`` fills it."""

import dash
from dash import html

from data.access import Audiens
from pages.parts import ids
from pages.parts.room import room


def layout() -> html.Div:
    return room(ids.DATA)


dash.register_page(
    __name__,
    path="/data",
    nama="data",
    title="Data terbuka · e-Monev",
    description="Angka kinerja dan anggaran sebagai CSV dan JSON, dengan kamus data dan API.",
    audiens=Audiens.PUBLIK,
    layout=layout,
)
