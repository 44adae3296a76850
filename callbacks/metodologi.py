"""The public page /metodologi: formulas, scale, settings in force."""

from dataclasses import fields
from decimal import Decimal

from dash import html

from callbacks.address import Alamat
from callbacks.section import section
from callbacks.view import read_coverage, read_view
from data.access import Audiens
from data.aturan import MEANINGS, Aturan
from data.formulas.capaian import naik, teks, turun
from data.formulas.predikat import LIMITS, NAMES, Bacaan
from data.publikasi import KESALAHAN_TERBITAN, Angka, read_angka
from data.publikasi.baca import number
from data.publikasi.sumber import SUMBER
from data.words import Arah
from pages.parts import formats as fmt
from pages.parts import ids
from pages.parts.methodology import Setting, methodology
from pages.parts.published import Published, published_section

PALEMBANG = "16.71"


@section(ids.METODOLOGI, "/metodologi", Audiens.PUBLIK, utama=True)
def draw_methodology(address: Alamat) -> html.Div:
    view = read_view(address)
    settings = [
        Setting(MEANINGS[field.name], _words(getattr(view.aturan, field.name)), _basis(view.aturan, field.name))
        for field in fields(Aturan)
    ]
    text = methodology(read_coverage(view, False), settings, _scale(Bacaan(view.aturan.bacaan_predikat)))
    return html.Div([text, published_section(_published(), _errors()) if view.pemda.kode == PALEMBANG else None])


def _published() -> list[Published]:
    """The printed figures of Palembang beside what our formulas make of the same inputs."""
    return [
        Published(
            f"{row.indikator} ({row.tahun})",
            f"{row.target} {row.satuan}",
            row.realisasi,
            row.tercetak,
            _again(row),
            *SUMBER[row.sumber],
        )
        for row in read_angka()
    ]


def _again(row: Angka) -> str:
    """Our figure, at two decimals."""
    target, real = number(row.target), number(row.realisasi)
    if target is None or real is None:
        return fmt.decimal_id(teks(row.realisasi, row.target))
    return fmt.decimal_id(turun(real, target) if row.arah == Arah.TURUN else naik(real, target))


def _errors() -> list[tuple[str, str, str, str]]:
    """Name, printed, ours, why."""
    return [
        (f"{error.indikator} ({error.tahun})", error.tercetak, error.seharusnya or fmt.NONE, error.penjelasan)
        for error in KESALAHAN_TERBITAN
    ]


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
