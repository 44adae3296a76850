"""The page /pimpinan: an empty room; ``callbacks/pimpinan.py`` fills it."""

import dash
from dash import html

from data.access import Audiens
from pages.parts import ids
from pages.parts.room import room


def layout() -> html.Div:
    return room(ids.PIMPINAN_RINGKASAN, ids.PIMPINAN_MERAH, ids.PIMPINAN_TELUSUR, ids.PIMPINAN_TERBURUK)


dash.register_page(
    __name__,
    path="/pimpinan",
    nama="pimpinan",
    title="Pimpinan · e-Monev",
    description="Ringkasan untuk pimpinan.",
    audiens=Audiens.PIMPINAN,
    layout=layout,
)
