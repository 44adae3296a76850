""" "Asal angka": the file, row, times and hash a number came from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dash import html

from pages.parts import formats as fmt
from pages.parts.elements import Child, attrs


@dataclass(frozen=True)
class Change:
    """One accepted change of a value: ``lama`` is None when it was accepted for the first time."""

    waktu: datetime | None
    lama: str | None
    baru: str
    berkas: str
    sha256: str
    kantor: str | None


@dataclass(frozen=True)
class Origin:
    """Where one reported value stands: ``letak`` reads ``lembar Realisasi, baris 28, kolom E (Kinerja TW III)``."""

    berkas: str
    letak: str
    nilai: str
    data_per: date | None
    dimuat: datetime | None
    sha256: str
    unggahan_ke: int = 1
    href: str | None = None
    diverifikasi: datetime | None = None
    diverifikasi_oleh: str | None = None
    diunggah_oleh: str | None = None
    riwayat: Sequence[Change] = ()


def origin_block(origins: Sequence[Origin], title: str = "Asal angka") -> html.Details:
    """One definition list per value, with its earlier accepted values; without any it says so."""
    nothing: list[Child] = [html.P("Belum ada berkas: OPD belum melapor.", className="kecil")]
    lists: list[Child] = [part for origin in origins for part in (_list(origin), _history(origin.riwayat))]
    return html.Details([html.Summary(html.H3(title)), *(lists or nothing)], open=True, className="lipatan")


def _list(origin: Origin) -> html.Dl:
    pairs: list[tuple[str, Child | list[Child]]] = [
        ("Berkas", [_file(origin), f" · unggahan ke\u2011{origin.unggahan_ke}"]),
        ("Baris", [f"{origin.letak}: ", html.Strong(origin.nilai)]),
        ("Data per", fmt.tanggal(origin.data_per)),
        ("Diunggah", origin.diunggah_oleh or "tidak tercatat"),
        ("Dimuat", fmt.wib(origin.dimuat)),
        ("Diverifikasi", _verified(origin)),
        ("SHA-256", [html.Code(fmt.hash_short(origin.sha256), title=origin.sha256), " ", copy_button(origin.sha256)]),
    ]
    return html.Dl([html.Div([html.Dt(name), html.Dd(value)]) for name, value in pairs], className="asal")


def _history(changes: Sequence[Change]) -> html.Div | None:
    """Earlier accepted values, oldest first; nothing while no value was ever replaced."""
    if not any(change.lama is not None for change in changes):
        return None
    items = [html.Li(_change(change)) for change in changes]
    return html.Div([html.H4("Riwayat koreksi"), html.Ol(items, className="riwayat-nilai")])


def _change(change: Change) -> list[Child]:
    words: list[Child] = [html.Strong(change.baru)]
    words = [html.S(change.lama), " → ", *words] if change.lama else words
    by = f", diunggah {change.kantor}" if change.kantor else ""
    where = f"{change.berkas} · diterima {fmt.wib(change.waktu)}{by} · SHA-256 "
    return [html.Span(words), html.Span([where, html.Code(fmt.hash_short(change.sha256), title=change.sha256)])]


def _file(origin: Origin) -> Child:
    return html.A(origin.berkas, href=origin.href) if origin.href else origin.berkas


def _verified(origin: Origin) -> str:
    if origin.diverifikasi is None:
        return "belum diverifikasi"
    by = f", {origin.diverifikasi_oleh}" if origin.diverifikasi_oleh else ""
    return fmt.wib(origin.diverifikasi) + by


def copy_button(text: str, word: str = "Salin") -> html.Button:
    """Copies ``text``; the script says "Tersalin" on the button and to screen readers."""
    return html.Button(word, type="button", className="tautan", **attrs(data_salin=text))
