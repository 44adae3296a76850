"""The page /formulir: the official forms of a triwulan, one line per OPD, as a workbook or a PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dash import html

from pages.parts import formats as fmt
from pages.parts.elements import Child, address, attrs
from pages.parts.listing import listing
from pages.parts.section import section
from pages.parts.verify import period_tabs

PATH: Final = "/formulir"
ENDINGS: Final = (("xlsx", "XLSX"), ("pdf", "PDF"))
INTRO: Final = (
    "Evaluasi hasil Renja perangkat daerah (E.81) menurut triwulan, siap dicetak di kertas A3. XLSX memuat rumusnya; "
    "angkanya sama dengan di layar."
)
CITY: Final = "Evaluasi hasil RKPD seluruh perangkat daerah menurut urusan. Pembuatannya perlu beberapa detik."
EMPTY: Final = "Belum ada OPD yang formulirnya dapat dibuat."


@dataclass(frozen=True)
class OpdFormulir:
    """One OPD of the list; ``diterima``: its report of the triwulan was accepted."""

    kode: str
    nama: str
    diterima: bool


@dataclass(frozen=True)
class Pilihan:
    """What the page shows: the period, those there are, the OPD, and whether the whole government's form is there."""

    tahun: int
    tw: int
    ada: Sequence[tuple[int, int]]
    opd: Sequence[OpdFormulir]
    kota: bool


def forms_page(pilihan: Pilihan) -> html.Div:
    """The whole page."""
    when = fmt.period(pilihan.tahun, pilihan.tw)
    parts: list[Child] = [
        period_tabs(PATH, pilihan.tahun, pilihan.tw, pilihan.ada),
        html.H1(f"Formulir resmi {when}"),
        html.P(INTRO, className="pengantar"),
        _city() if pilihan.kota else None,
        _agencies(pilihan),
    ]
    return html.Div(parts, className="kelola verifikasi formulir-resmi")


def _city() -> html.Section:
    way = html.P(html.A("Buat di Unduhan", href="/unduhan", className="tombol tombol-garis"))
    return section("Formulir E.79", CITY, way, "e79")


def _agencies(pilihan: Pilihan) -> html.Section:
    if not pilihan.opd:
        return section("Formulir E.81", None, html.P(EMPTY), "e81")
    rows = [
        [
            html.Span(one.nama),
            "diterima" if one.diterima else "belum diterima",
            html.Span(_links(f"{PATH}/e81/{one.kode}", pilihan, one.nama), className="unduh-dua"),
        ]
        for one in pilihan.opd
    ]
    caption = f"Formulir E.81 {fmt.period(pilihan.tahun, pilihan.tw)} menurut OPD"
    table = listing(caption, ("Perangkat daerah", "Laporan", "Unduh"), rows, "tabel-formulir")
    words = f"{fmt.opd(len(rows))}, satu formulir untuk setiap OPD." if pilihan.kota else "Formulir OPD Anda."
    return section("Formulir E.81", words, table, "e81")


def _links(path: str, pilihan: Pilihan, whose: str) -> list[Child]:
    query = {"tahun": pilihan.tahun, "tw": pilihan.tw}
    return [
        html.A(word, href=address(f"{path}.{ending}", query), **attrs(aria_label=f"Unduh {word} untuk {whose}"))
        for ending, word in ENDINGS
    ]
