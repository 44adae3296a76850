"""The public page /metodologi: formulas, scale, settings in force."""

from dataclasses import fields
from decimal import Decimal

from dash import html

from callbacks.address import Alamat
from callbacks.lock import penjawab
from callbacks.section import section
from callbacks.view import Cakupan, read_coverage, read_view
from data.access import Audiens
from data.aturan import MEANINGS, Aturan, read_aturan
from data.errors import NothingYetError
from data.formulas.capaian import naik, teks, turun
from data.formulas.predikat import LIMITS, NAMES, Bacaan
from data.publikasi import KESALAHAN_TERBITAN, Angka, read_angka
from data.publikasi.baca import number
from data.publikasi.sumber import SUMBER
from data.queries.pemda import read_pemda
from data.words import WARNING_NAMES, Arah
from pages.parts import formats as fmt
from pages.parts import ids
from pages.parts.methodology import Setting, methodology
from pages.parts.published import Published, published_section

PALEMBANG = "16.71"


@section(ids.METODOLOGI, "/metodologi", Audiens.PUBLIK, utama=True)
def draw_methodology(address: Alamat) -> html.Div:
    ask = penjawab().ask
    rules = ask(read_aturan)
    settings = [
        Setting(MEANINGS[field.name], _words(getattr(rules, field.name)), _basis(rules, field.name))
        for field in fields(Aturan)
    ]
    text = methodology(_coverage(address), settings, _scale(Bacaan(rules.bacaan_predikat)))
    ours = ask(read_pemda).kode == PALEMBANG
    return html.Div([text, published_section(_published(), _errors()) if ours else None])


def _coverage(address: Alamat) -> Cakupan | None:
    """How fresh the figures are; None before there are any: the rules can be read all the same."""
    try:
        return read_coverage(read_view(address), False)
    except NothingYetError:
        return None


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
    if isinstance(value, tuple):
        return " · ".join(WARNING_NAMES[rule] for rule in value)
    return fmt.decimal_id(value, 0) if isinstance(value, Decimal) else str(value)


def _basis(aturan: Aturan, name: str) -> str:
    return "bawaan" if getattr(aturan, name) == getattr(Aturan(), name) else "diubah pemerintah daerah"


def _scale(reading: Bacaan) -> list[tuple[str, str]]:
    sign = ">" if reading == Bacaan.DI_ATAS else "≥"
    limits = LIMITS[reading]
    last = "≤" if reading == Bacaan.DI_ATAS else "<"
    rows = [f"{sign} {limit}" for limit in limits] + [f"{last} {limits[-1]}"]
    return [(f"{row}{fmt.NBSP}%", name) for row, name in zip(rows, NAMES, strict=True)]
