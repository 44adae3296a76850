"""The analyst's desk /analisis: filter, headline, rows, the grid. The side panel is in ``analisis_panel.py``."""

from dataclasses import replace
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component
from flask import current_app

from callbacks import analisis_gambar, analisis_panel
from callbacks.address import Alamat
from callbacks.analisis_tautan import PATH, Tautan, dictionary, download, file_query, href
from callbacks.lock import current_person, penjawab
from callbacks.section import section, section_once
from callbacks.view import read_coverage, read_view
from data.access import Audiens
from data.analisis.katakan import describe
from data.analisis.meja import MOST_AT_ONCE, Meja, choices, open_desk, page
from data.analisis.saringan import ALL_OPEN, WORDS, Saringan, to_query
from data.analisis.simpanan import read_columns, saved_filters
from data.analisis.temuan import findings
from data.engine import reading
from data.tokens import make_token
from pages.parts import ids
from pages.parts.analysis_columns import shown_columns
from pages.parts.analysis_form import chips, filter_form, kept_filters
from pages.parts.analysis_grid import analysis_grid
from pages.parts.analysis_head import head_block, rest_note
from pages.parts.analysis_rows import order_form, rows_section

__all__ = ["analisis_gambar", "analisis_panel"]
FILTER = tuple(word for word in WORDS if word not in ("pilih", "buka", "hal", "urut", "kolom"))
NEWS = {
    "simpan": "Saringan disimpan.",
    "hapus": "Saringan dihapus.",
    "kolom": "Pilihan kolom disimpan.",
}


def read_desk(address: Alamat) -> Meja:
    """Raises BadParameterError for words that make no sense."""
    return open_desk(penjawab().ask, dict(address.query))


@section(ids.ANALISIS_SARING, PATH, Audiens.PIMPINAN, reads=WORDS, follows=False)
def draw_form(address: Alamat) -> html.Div:
    desk = read_desk(address)
    offered = choices(penjawab().ask, desk.period.tahun)
    lists = {name: getattr(offered, name) for name in ("urusan", "jenis", "opd", "program", "dana")}
    periods = [(period.tahun, period.tw) for period in desk.periods if period.dilaporkan or period == desk.period]
    return html.Div(filter_form(to_query(desk.saringan), lists, periods), className="saring-kotak")


@section_once(ids.ANALISIS_DIPAKAI, PATH, Audiens.PIMPINAN, reads=WORDS)
def draw_chips(address: Alamat) -> html.Div:
    desk = read_desk(address)
    names = choices(penjawab().ask, desk.period.tahun).names()
    phrases = [(one.kata, href(one.tanpa)) for one in describe(desk.saringan, names)]
    period = Saringan(tahun=desk.period.tahun, tw=desk.period.tw)
    return html.Div(chips(phrases, desk.jumlah, len(desk.lembar), href(period)))


@section_once(ids.ANALISIS_KEPALA, PATH, Audiens.PIMPINAN, utama=True, reads=FILTER)
def draw_head(address: Alamat) -> html.Div:
    desk, view = read_desk(address), read_view(address)
    found = findings(desk.lembar, desk.susunan.pilihan)
    return html.Div(head_block(found, desk.saringan.active, read_coverage(view, with_names=False)))


@section_once(ids.ANALISIS_BARIS, PATH, Audiens.PIMPINAN, reads=WORDS)
def draw_rows(address: Alamat) -> html.Div:
    desk = read_desk(address)
    wanted, rows = desk.saringan, page(penjawab().ask, desk)
    found = findings(desk.lembar, desk.susunan.pilihan)
    state = {
        "urut": wanted.urut,
        "menurun": wanted.menurun,
        "pilih": wanted.pilih,
        "hal": min(wanted.hal, desk.halaman),
        "halaman": desk.halaman,
        "pohon": desk.susunan.pohon,
        "terbuka": ALL_OPEN in wanted.buka,
    }
    files = [
        _workbook(desk),
        html.A("Unduh CSV", href=download(wanted, "csv"), download=""),
        html.A("Kamus CSV", href=dictionary(wanted), download="", title="Saringan ini dan arti setiap kolom"),
    ]
    note = rest_note(found, desk.panjang, desk.pemda.contoh)
    return html.Div(rows_section(rows, Tautan(wanted), state, files, note))


def _workbook(desk: Meja) -> Component:
    """A small workbook is a link; a large one is ordered and made in the background."""
    if desk.jumlah <= MOST_AT_ONCE:
        return html.A("Unduh XLSX", href=download(desk.saringan, "xlsx"), download="")
    return order_form(_token("unduhan"), "analisis-xlsx", urlencode(file_query(desk.saringan)))


def _token(purpose: str) -> str:
    """For a form of this page, bound to the session as ``routes/forms.py`` checks it."""
    orang = current_person()
    return make_token(str(current_app.secret_key), f"{purpose}:{orang.sesi}" if orang else purpose)


@section(ids.ANALISIS_KISI, PATH, Audiens.PIMPINAN, reads=(), follows=False)
def draw_grid(address: Alamat) -> Component:
    """The same for everybody: its script asks for rows by the address (``routes/analysis.py``)."""
    return analysis_grid()


@section_once(ids.ANALISIS_SIMPANAN, PATH, Audiens.PIMPINAN, reads=(*WORDS, "kabar"))
def draw_kept(address: Alamat) -> html.Div:
    desk, orang, answerer = read_desk(address), current_person(), penjawab()
    name = orang.nama if orang else ""
    with reading(answerer.engine) as conn:
        saved = saved_filters(conn, answerer.pemda, name)
        columns = shown_columns(desk.saringan.kolom or read_columns(conn, answerer.pemda, name))
    token = _token("analisis")
    query = urlencode(to_query(replace(desk.saringan, pilih="", hal=1)))
    return html.Div(kept_filters(saved, query, token, columns, NEWS.get(address.get("kabar") or "", "")))
