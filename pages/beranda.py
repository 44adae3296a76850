"""The page /: an empty room; ``callbacks/beranda.py`` fills it."""

import dash
from dash import html

from data.access import Audiens
from pages.parts import ids
from pages.parts.room import room


def layout() -> html.Div:
    return room(ids.JUDUL, ids.DAFTAR_OPD, ids.UANG, ids.BERULANG, ids.CARA)


dash.register_page(
    __name__,
    path="/",
    nama="beranda",
    title="Kinerja kota · e-Monev",
    description="Capaian kinerja dan serapan anggaran tiap OPD, per triwulan.",
    audiens=Audiens.PUBLIK,
    layout=layout,
)
