"""The ready reminders of /verifikasi: what to write to each OPD whose report is missing, to be sent by a person."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html

from pages.parts import formats as fmt
from pages.parts.account import folded
from pages.parts.elements import Child
from pages.parts.origin import copy_button
from pages.parts.section import section


@dataclass(frozen=True)
class Ingat:
    """One OPD to be reminded. ``nomor``: (what a contact is called, address that opens WhatsApp with the text); empty
    when no number is known."""

    nama: str
    teks: str
    nomor: Sequence[tuple[str, str]] = ()


def reminder_section(ones: Sequence[Ingat], periode: str) -> html.Section | None:
    """Folded, so that the queue stays what the page is about; None when nobody is to be reminded."""
    if not ones:
        return None
    rows = html.Ul([html.Li(_one(one)) for one in ones], role="list", className="daftar-ingat")
    words = (
        f"Teks siap kirim untuk {fmt.opd(len(ones))} yang laporannya belum diterima. Tidak ada yang terkirim sendiri."
    )
    return section(
        f"Ingatkan {periode}", words, folded("Lihat teks pengingat", rows), "ingatkan", class_name="bagian-sisi"
    )


def _one(one: Ingat) -> list[Child]:
    links: list[Child] = [_link(one, name, href) for name, href in one.nomor]
    deeds = html.Div([copy_button(one.teks, "Salin teks"), *links], className="tombol-baris")
    return [html.Strong(one.nama), html.P(one.teks), deeds]


def _link(one: Ingat, name: str, href: str) -> html.A:
    words = f"Buka WhatsApp {name}".strip()
    hidden = html.Span(f" untuk {one.nama}", className="hanya-dengar")
    return html.A([words, hidden], href=href, target="_blank", rel="noopener noreferrer", className="tautan")
