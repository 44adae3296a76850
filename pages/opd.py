"""The page /opd/<kode>: an empty room; ``callbacks/opd.py`` fills it."""

import dash
from dash import html

from data.access import Audiens
from pages.parts import ids
from pages.parts.room import room


def layout(kode: str = "") -> html.Div:
    return room(ids.OPD_KEPALA, ids.OPD_PROGRAM, ids.OPD_TREN, ids.OPD_INDIKATOR, ids.OPD_UANG)


dash.register_page(
    __name__,
    path_template="/opd/<kode>",
    nama="opd",
    title="OPD · e-Monev",
    description="Program, indikator, dan serapan satu OPD.",
    audiens=Audiens.PUBLIK,
    layout=layout,
)
