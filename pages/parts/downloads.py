"""The page /unduhan: documents that are made in the background, ordered here, and where each of mine stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from dash import html

from data.words import WORK_NAMES, KeadaanKerja
from pages.parts import formats as fmt
from pages.parts.elements import Child, attrs
from pages.parts.forms import Option, Select, error_line, form, hidden, submit
from pages.parts.listing import listing
from pages.parts.section import section

PATH: Final = "/unduhan"
CARD: Final = "/formulir/rapor"
COLUMNS: Final = ("Dokumen", "Keadaan", "Dipesan", "Berkas", "Tindakan")
SIZES: Final = ((1_000_000, "MB", 1), (1_000, "kB", 0))
KEPT: Final = "Berkas disimpan 30 hari, lalu dihapus sendiri."


@dataclass(frozen=True)
class Dokumen:
    """One document of the person who looks. ``kemajuan`` in percent; ``ukuran`` in bytes."""

    nomor: int
    judul: str
    keadaan: KeadaanKerja
    kemajuan: int
    langkah: str
    pesan: str
    dipesan: datetime
    selesai: datetime | None
    nama_berkas: str
    ukuran: int

    @property
    def berjalan(self) -> bool:
        return self.keadaan in (KeadaanKerja.MENUNGGU, KeadaanKerja.BERJALAN)


@dataclass(frozen=True)
class Tawaran:
    """A kind of document that can be ordered here: its key, name, and what it is good for."""

    jenis: str
    judul: str
    keterangan: str


Pilihan = Sequence[tuple[str, str]]


def downloads_page(
    rows: Sequence[Dokumen],
    offers: Sequence[Tawaran],
    periods: Pilihan,
    opds: Pilihan,
    csrf: str,
    galat: str | None = None,
) -> html.Div:
    """``periods``: ("2026-3", "TW III 2026"), newest first; ``opds``: the OPD whose card this person may have."""
    parts: list[Child] = [
        html.H1(finding(rows)),
        html.P(
            "Dokumen panjang dibuat di latar belakang. Halaman ini boleh ditinggalkan dan dibuka lagi kapan saja.",
            className="pengantar",
        ),
        error_line(galat),
        mine(rows, csrf),
    ]
    if offers and periods:
        body = [_offer(offer, periods, csrf) for offer in offers]
        parts.append(
            section("Buat dokumen", "Pilih triwulan, lalu pesan. Pesanan yang sama tidak dibuat dua kali.", body)
        )
    if opds and periods:
        parts.append(section("Rapor OPD", "Satu halaman untuk satu OPD; langsung jadi.", _card(opds, periods)))
    return html.Div(parts, className="kelola unduhan")


def finding(rows: Sequence[Dokumen]) -> str:
    """What there is, as the headline: ``2 dokumen siap diunduh, 1 sedang dibuat.``"""
    ready = sum(row.keadaan == KeadaanKerja.SELESAI for row in rows)
    working = sum(row.berjalan for row in rows)
    failed = sum(row.keadaan == KeadaanKerja.GAGAL for row in rows)
    counted = ((ready, "siap diunduh"), (working, "sedang dibuat"), (failed, "gagal dibuat"))
    parts = [(fmt.whole(count), words) for count, words in counted if count]
    if not parts:
        return "Belum ada dokumen."
    first = f"{parts[0][0]} dokumen {parts[0][1]}"
    return ", ".join([first, *(f"{count} {words}" for count, words in parts[1:])]) + "."


def mine(rows: Sequence[Dokumen], csrf: str) -> html.Div:
    """The list; while something is being made it says so to our script, which looks again now and then."""
    working = any(row.berjalan for row in rows)
    table: Child = html.P("Dokumen yang Anda pesan tampil di sini.", className="sumber")
    if rows:
        table = listing("Dokumen saya", COLUMNS, [_cells(row, csrf) for row in rows], "tabel-unduhan")
    note = html.P(KEPT, className="sumber") if rows else None
    return html.Div(
        [table, note], id="daftar-unduhan", className="daftar-unduhan", **attrs(data_segarkan="3" if working else None)
    )


def _cells(row: Dokumen, csrf: str) -> list[Any]:
    ordered = fmt.wib(row.dipesan)
    return [row.judul, _state(row), ordered, _file(row), _actions(row, csrf)]


def _state(row: Dokumen) -> Child:
    word = WORK_NAMES[row.keadaan]
    if row.keadaan == KeadaanKerja.GAGAL:
        return html.Span([html.Strong(word, className="gagal"), html.Small(row.pesan)])
    if not row.berjalan:
        return html.Span([word, html.Small(fmt.wib(row.selesai))])
    if row.keadaan == KeadaanKerja.MENUNGGU:
        return word
    bar = html.Progress(value=str(row.kemajuan), max="100", **attrs(aria_label=f"Kemajuan {row.judul}"))
    told = f"{row.kemajuan}{fmt.NBSP}%"
    return html.Span([word, bar, html.Small(f"{told} · {row.langkah}" if row.langkah else told)])


def _file(row: Dokumen) -> Child:
    if row.keadaan != KeadaanKerja.SELESAI:
        return fmt.NONE
    link = html.A("Unduh", href=f"{PATH}/{row.nomor}/berkas", download=row.nama_berkas, className="unduh")
    return html.Span([link, html.Small(f"{row.nama_berkas}, {size(row.ukuran)}")])


def size(count: int) -> str:
    """``380 kB``, ``1,4 MB``."""
    scale, name, places = next((unit for unit in SIZES if count >= unit[0]), (1, "B", 0))
    return f"{fmt.decimal_id(Decimal(count) / scale, places)}{fmt.NBSP}{name}"


def _actions(row: Dokumen, csrf: str) -> html.Div:
    buttons: list[Child] = []
    if row.keadaan == KeadaanKerja.GAGAL:
        buttons.append(form(f"{PATH}/{row.nomor}/ulangi", csrf, [_button("Ulangi", row)]))
    word = "Batalkan" if row.berjalan else "Hapus"
    buttons.append(form(f"{PATH}/{row.nomor}/hapus", csrf, [_button(word, row)]))
    return html.Div(buttons, className="tindakan-unduhan")


def _button(word: str, row: Dokumen) -> html.Button:
    return html.Button(word, type="submit", className="tautan", **attrs(aria_label=f"{word} {row.judul}"))


def _offer(offer: Tawaran, periods: Pilihan, csrf: str) -> html.Form:
    inside = [
        hidden("jenis", offer.jenis),
        html.P([html.Strong(offer.judul), html.Small(offer.keterangan)], className="tawaran"),
        _select("Triwulan", "periode", periods, f"periode-{offer.jenis}"),
        submit(f"Buat {offer.judul[0].lower()}{offer.judul[1:]}", quiet=True),
    ]
    return form(f"{PATH}/pesan", csrf, inside, class_name="isian-baris baris-tawaran")


def _card(opds: Pilihan, periods: Pilihan) -> html.Form:
    """A plain question (GET): it changes nothing."""
    inside = [
        _select("OPD", "opd", opds, "rapor-opd", wide=True),
        _select("Triwulan", "periode", periods, "rapor-periode"),
        submit("Unduh rapor", quiet=True),
    ]
    return html.Form(inside, method="get", action=CARD, className="isian-baris baris-tawaran")


def _select(label: str, name: str, options: Pilihan, key: str, wide: bool = False) -> html.Div:
    choices = [Option(words, value=value) for value, words in options]
    look = "saring-butir butir-lebar" if wide else "saring-butir"
    return html.Div([html.Label(label, htmlFor=key), Select(choices, id=key, name=name)], className=look)
