"""The page /analisis: an empty room; ``callbacks/analisis.py`` fills it."""

import dash
from dash import html

from data.access import Audiens
from pages.parts import ids
from pages.parts.room import room

PLACES = (
    *(ids.ANALISIS_SARING, ids.ANALISIS_DIPAKAI, ids.ANALISIS_SIMPANAN, ids.ANALISIS_KEPALA, ids.ANALISIS_GAMBAR),
    *(ids.ANALISIS_PANEL, ids.ANALISIS_ARAHAN, ids.ANALISIS_BARIS, ids.ANALISIS_KISI, ids.ANALISIS_BANDING),
)
FIXED = (ids.ANALISIS_SARING, ids.ANALISIS_KISI)
"""The form that somebody is typing in, and the grid that asks for its own rows."""


def layout() -> html.Div:
    return room(*PLACES, class_name="analisis", fixed=FIXED)


dash.register_page(
    __name__,
    path="/analisis",
    nama="analisis",
    title="Analisis · e-Monev",
    description="Menyaring, membandingkan, dan mengunduh capaian dan serapan OPD.",
    audiens=Audiens.PIMPINAN,
    layout=layout,
)
