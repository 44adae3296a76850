"""The public page /metodologi: formulas, scale, settings in force."""

from dataclasses import fields
from decimal import Decimal

from dash import html

from callbacks.address import Alamat
from callbacks.section import section
from callbacks.view import read_coverage, read_view
from data.access import Audiens
from data.aturan import MEANINGS, Aturan
from data.formulas.predikat import LIMITS, NAMES, Bacaan
from pages.parts import formats as fmt
from pages.parts import ids
from pages.parts.methodology import Setting, methodology


@section(ids.METODOLOGI, "/metodologi", Audiens.PUBLIK, utama=True)
def draw_methodology(address: Alamat) -> html.Div:
    view = read_view(address)
    settings = [
        Setting(MEANINGS[field.name], _words(getattr(view.aturan, field.name)), _basis(view.aturan, field.name))
        for field in fields(Aturan)
    ]
    return html.Div(methodology(read_coverage(view, False), settings, _scale(Bacaan(view.aturan.bacaan_predikat))))


def _words(value: object) -> str:
    if value is None:
        return "tanpa batas"
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return fmt.decimal_id(value, 0) if isinstance(value, Decimal) else str(value)


def _basis(aturan: Aturan, name: str) -> str:
    return "bawaan" if getattr(aturan, name) == getattr(Aturan(), name) else "diubah pemerintah daerah"


def _scale(reading: Bacaan) -> list[tuple[str, str]]:
    sign = ">" if reading == Bacaan.DI_ATAS else "≥"
    limits = LIMITS[reading]
    last = "≤" if reading == Bacaan.DI_ATAS else "<"
    rows = [f"{sign} {limit}" for limit in limits] + [f"{last} {limits[-1]}"]
    return [(f"{row}{fmt.NBSP}%", name) for row, name in zip(rows, NAMES, strict=True)]
