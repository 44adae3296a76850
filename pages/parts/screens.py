"""The administrator's page of the screens in the command centre."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Protocol

from dash import html

from pages.parts import formats as fmt
from pages.parts.elements import Child, attrs
from pages.parts.forms import Input, error_line, field, form, submit
from pages.parts.second import qr

PATH: Final = "/kelola/layar"
NEWS: Final = {"dicabut": "Layar dicabut. Paling lama setengah menit lagi gambarnya hilang."}


class Layar(Protocol):
    """One screen, as the list shows it."""

    @property
    def nomor(self) -> int: ...
    @property
    def nama(self) -> str: ...
    @property
    def dibuat_pada(self) -> datetime: ...
    @property
    def oleh(self) -> str: ...
    @property
    def dicabut_pada(self) -> datetime | None: ...
    @property
    def terlihat_pada(self) -> datetime | None: ...


def screens_page(screens: Sequence[Layar], csrf: str, kabar: str, galat: str | None, name: str) -> html.Div:
    """The list, and the form that adds one."""
    told = html.P(NEWS[kabar], className="kabar", role="status") if kabar in NEWS else None
    add = [
        error_line(galat),
        field(
            "Nama layar", "nama", hint="Tempatnya, misalnya: Ruang komando, dinding kiri.", value=name, maxLength="80"
        ),
        submit("Tambah layar"),
    ]
    parts: list[Child] = [
        html.H1("Layar dinding"),
        html.P(
            "Setiap layar di ruang komando memakai kunci sendiri. Kunci hanya membuka /dinding: angka OPD, tanpa nama "
            "orang, tanpa tombol.",
            className="pengantar",
        ),
        told,
        _table(screens, csrf) if screens else html.P("Belum ada layar."),
        html.H2("Tambah layar"),
        form(PATH, csrf, add),
    ]
    return html.Div(parts, className="kelola")


def _table(screens: Sequence[Layar], csrf: str) -> html.Div:
    head = html.Tr([html.Th(words, scope="col") for words in ("Layar", "Dibuat", "Terakhir terlihat", "Keadaan")])
    rows = [_row(one, csrf) for one in screens]
    return html.Div(html.Table([html.Thead(head), html.Tbody(rows)]), className="gulir")


def _row(one: Layar, csrf: str) -> html.Tr:
    made: list[Child] = [fmt.wib(one.dibuat_pada), html.Br(), html.Span(f"oleh {one.oleh}", className="kecil")]
    if one.dicabut_pada is None:
        state: Child = form(f"{PATH}/{one.nomor}/cabut", csrf, [submit("Cabut", quiet=True)])
    else:
        state = f"Dicabut {fmt.wib(one.dicabut_pada)}"
    seen = fmt.wib(one.terlihat_pada) if one.terlihat_pada else "Belum dipasang"
    return html.Tr([html.Th(one.nama, scope="row"), html.Td(made), html.Td(seen), html.Td(state)])


def key_page(name: str, address: str, form_address: str, key: str) -> html.Div:
    """The address that installs the screen, shown this once."""
    copy = html.Button("Salin alamat", type="button", className="tombol", **attrs(data_salin=address))
    shown = Input(type="text", id="alamat", readOnly=True, value=address, **attrs(aria_label="Alamat pemasangan"))
    parts = [
        html.H1(f"Alamat untuk {name}"),
        html.P("Buka alamat ini sekali di layar itu. Sesudah itu layar cukup membuka /dinding.", className="pengantar"),
        html.Div(html.Div(shown, className="kotak"), className="isian tautan-sekali"),
        html.Div([copy], className="tombol-baris"),
        qr(address, "Gambar QR alamat pemasangan. Alamat yang sama tertulis di atasnya."),
        html.P([f"Atau buka {form_address} dan ketik kunci ", html.Code(key), "."]),
        html.P(
            "Sesudah halaman ini ditutup, kunci tidak dapat dilihat lagi. Bila hilang, cabut layar ini dan tambah yang "
            "baru.",
            className="kecil catatan",
        ),
        html.P(html.A("Kembali ke daftar layar", href=PATH), className="kembali-maju"),
    ]
    return html.Div(parts, className="kelola")
