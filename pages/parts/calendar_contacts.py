"""The page /kelola/kontak: where reminders go, OPD by OPD, and who is told when a report stays out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dash import html

from pages.parts import formats as fmt
from pages.parts.elements import Child, Children, address
from pages.parts.forms import error_line, form, hidden, long_text, submit
from pages.parts.listing import listing
from pages.parts.messages import notice
from pages.parts.section import section

PATH: Final = "/kelola/kontak"
ESCALATION: Final = "eskalasi"
NEWS: Final = {"simpan": "Kontak disimpan."}
ONE_HINT: Final = "Satu alamat satu baris: surel;WhatsApp;sebutan. Contoh: dinas@palembang.go.id;081234567890;Operator"
MANY_HINT: Final = "Satu alamat satu baris: kode atau nama OPD;surel;WhatsApp;sebutan. Alamat lama OPD itu diganti."


@dataclass(frozen=True)
class Kontak:
    """One address; only the e-mail must be there."""

    surel: str
    wa: str = ""
    sebutan: str = ""


@dataclass(frozen=True)
class Daftar:
    """Addresses by OPD in the order of the list: (kode, nama, addresses); ``eskalasi``: those told last."""

    opd: Sequence[tuple[str, str, Sequence[Kontak]]]
    eskalasi: Sequence[Kontak]


@dataclass(frozen=True)
class Sunting:
    """The form that is open: an OPD code or ESCALATION, and its text."""

    kode: str
    nama: str
    isian: str


def contacts_page(
    daftar: Daftar, csrf: str, sunting: Sunting | None, kabar: str = "", galat: str | None = None, tempel: str = ""
) -> html.Div:
    """The whole page. ``tempel``: what was pasted wrong."""
    have = sum(bool(found) for _, _, found in daftar.opd)
    lead = "Pengingat hanya dikirim kepada OPD yang laporannya belum masuk. Sebutan jabatan, bukan nama orang."
    pasted = bool(tempel)
    parts = [
        html.P(html.A("Kalender pelaporan", href="/kelola/kalender"), className="kembali"),
        html.H1(f"{fmt.whole(have)} dari {fmt.opd(len(daftar.opd))} punya alamat pengingat"),
        html.P(lead, className="pengantar"),
        notice(NEWS[kabar]) if kabar in NEWS else None,
        error_line(galat) if sunting is None and not pasted else None,
        _editing(sunting, csrf, galat if not pasted else None) if sunting is not None else None,
        _escalation(daftar.eskalasi),
        _every_opd(daftar.opd),
        _paste(csrf, tempel, galat if pasted else None),
    ]
    return html.Div(parts, className="kelola kalender")


def as_lines(found: Sequence[Kontak]) -> str:
    """Addresses as the form takes them back."""
    return "\n".join(";".join((one.surel, one.wa, one.sebutan)).rstrip(";") for one in found)


def _editing(sunting: Sunting, csrf: str, galat: str | None) -> html.Section:
    box = long_text("Alamat", "alamat", sunting.isian, hint=ONE_HINT, rows=4, spellcheck="false", autocapitalize="none")
    cancel = html.A("Batal", href=PATH, className="tautan")
    buttons = html.Div([submit("Simpan"), cancel], className="tombol-baris")
    inside: list[Child] = [error_line(galat), hidden("opd", sunting.kode), box, buttons]
    body = form(f"{PATH}#sunting", csrf, inside, class_name="lajur-lebar")
    return section(f"Ubah: {sunting.nama}", "Kosongkan untuk menghapus semua alamatnya.", body, "sunting")


def _escalation(found: Sequence[Kontak]) -> html.Section:
    listed: Child = html.P("Belum ada alamat. Tanpa daftar ini tidak ada yang diberi tahu sesudah tenggat lewat.")
    if found:
        listed = html.Ul([html.Li(_words(one)) for one in found], role="list", className="daftar-temuan")
    link = html.P(_edit(ESCALATION, "Ubah daftar eskalasi"), className="kembali-maju")
    words = "Diberi tahu bila laporan tetap belum masuk sesudah tenggat, misalnya Sekretaris Daerah."
    return section("Eskalasi", words, html.Div([listed, link]), "eskalasi", class_name="bagian-sisi")


def _words(one: Kontak) -> str:
    return " · ".join(part for part in (one.sebutan, one.surel, one.wa) if part)


def _edit(kode: str, words: Children) -> html.A:
    return html.A(words, href=address(PATH, {"opd": kode}, "sunting"))


def _every_opd(opd: Sequence[tuple[str, str, Sequence[Kontak]]]) -> html.Section:
    rows = [_row(*one) for one in opd]
    table = listing("Kontak per OPD", ("OPD", "Surel", "WhatsApp", "Sebutan"), rows, "tabel-tindak")
    return section("Per OPD", "Tekan nama OPD untuk mengubah alamatnya.", table, "per-opd")


def _row(kode: str, nama: str, found: Sequence[Kontak]) -> list[Children]:
    columns = ([one.surel for one in found], [one.wa for one in found], [one.sebutan for one in found])
    return [_edit(kode, nama), *(_stack(values) for values in columns)]


def _stack(values: Sequence[str]) -> Child:
    if not any(values):
        return fmt.NONE
    return html.Span([html.Span(value or fmt.NONE, className="susun") for value in values])


def _paste(csrf: str, text: str, galat: str | None) -> html.Section:
    box = long_text(
        "Banyak alamat sekaligus", "tempel", text, hint=MANY_HINT, rows=6, spellcheck="false", autocapitalize="none"
    )
    inside = [error_line(galat), box, submit("Simpan semua", quiet=True)]
    body = form(f"{PATH}/tempel#tempel-banyak", csrf, inside, class_name="lajur-lebar")
    words = "Salin dari lembar kerja: kode;surel;wa;sebutan. Semua baris disimpan, atau tidak satu pun."
    return section("Tempel dari lembar kerja", words, body, "tempel-banyak")


def by_opd(names: Sequence[tuple[str, str]], found: Mapping[str, Sequence[Kontak]]) -> Daftar:
    """Addresses (by OPD code, '' for escalation) put to the OPD in their order."""
    return Daftar([(kode, nama, found.get(kode, ())) for kode, nama in names], found.get("", ()))
