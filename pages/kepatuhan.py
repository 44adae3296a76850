"""The page /kepatuhan: an empty room; ``callbacks/kepatuhan.py`` fills it."""

import dash
from dash import html

from data.access import Audiens
from pages.parts import ids
from pages.parts.room import room


def layout() -> html.Div:
    return room(ids.KEPATUHAN_KEPALA, ids.KEPATUHAN_KISI, ids.KEPATUHAN_LAJU, ids.KEPATUHAN_RAJIN)


dash.register_page(
    __name__,
    path="/kepatuhan",
    nama="kepatuhan",
    title="Siapa lapor · e-Monev",
    description="Laporan mana yang sudah diterima, mana yang terlambat.",
    audiens=Audiens.PIMPINAN,
    layout=layout,
)
