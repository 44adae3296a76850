"""The page /analisis/peringatan: an empty room; ``callbacks/peringatan.py`` fills it."""

import dash
from dash import html

from data.access import Audiens
from pages.parts import ids
from pages.parts.room import room


def layout() -> html.Div:
    return room(ids.PERINGATAN_KEPALA, ids.PERINGATAN_DAFTAR, ids.PERINGATAN_PROYEKSI)


dash.register_page(
    __name__,
    path="/analisis/peringatan",
    nama="peringatan",
    title="Peringatan dini · e-Monev",
    description="Apa yang perlu dicegah sekarang, dan perkiraan akhir tahun.",
    audiens=Audiens.PIMPINAN,
    layout=layout,
)
