"""The leaders' page /pimpinan: who has reported, what is red, what changed; then down to the row of the file."""

from typing import Any

from dash import html

from callbacks.address import Alamat
from callbacks.drill import read_drill
from callbacks.lock import penjawab
from callbacks.opened import open_detail
from callbacks.section import PERIOD, section
from callbacks.view import Pandangan, public_url, read_coverage, read_history, read_standings, read_view
from data.access import Audiens
from data.queries.indikator import worst_indicators
from pages.parts import formats as fmt
from pages.parts import ids
from pages.parts.drill import drill_section
from pages.parts.elements import address as join
from pages.parts.headline import city_sentence, counts_of
from pages.parts.leader import leader_lists, three_questions
from pages.parts.period import period_line, period_nav
from pages.parts.share import whatsapp
from pages.parts.worst import worst_section

PATH = "/pimpinan"
WORST = 50
DRILL = (*PERIOD, "opd", "unit", "program", "kegiatan", "sub", "indikator")


def _at(view: Pandangan) -> dict[str, Any]:
    return {"tahun": view.period.tahun, "tw": view.period.tw}


@section(ids.PIMPINAN_RINGKASAN, PATH, Audiens.PIMPINAN, utama=True, reads=(*PERIOD, "opd"))
def draw_summary(address: Alamat) -> html.Div:
    view = read_view(address)
    coverage, standings, history = read_coverage(view, with_names=True), read_standings(view), read_history(view)
    available = [(period.tahun, period.tw) for period in view.periods]
    share = whatsapp(city_sentence(counts_of(standings), *view.at), public_url(PATH, _at(view)), filled=True)
    kept = {"opd": address.get("opd")}
    nav = html.Div(period_nav(PATH, *view.at, available, kept), className="hanya-lebar")
    line = html.Div(period_line(PATH, *view.at, available, fmt.wib(coverage.dimuat), kept), className="hanya-sempit")
    return html.Div([nav, line, three_questions(coverage, standings, history, share)])


@section(ids.PIMPINAN_MERAH, PATH, Audiens.PIMPINAN)
def draw_lists(address: Alamat) -> html.Div:
    view = read_view(address)

    def href(opd: str) -> str:
        return join(PATH, {**_at(view), "opd": opd}, "telusur")

    coverage = read_coverage(view, with_names=True)
    return html.Div(leader_lists(coverage, read_standings(view), read_history(view), href))


@section(ids.PIMPINAN_TELUSUR, PATH, Audiens.PIMPINAN, reads=DRILL)
def draw_drill(address: Alamat) -> html.Div:
    view = read_view(address)
    drill = read_drill(view, address, PATH)
    detail = open_detail(view, drill, PATH) if drill.indikator is not None else None
    return html.Div(drill_section(drill.columns, drill.crumbs, detail))


@section(ids.PIMPINAN_TERBURUK, PATH, Audiens.PIMPINAN)
def draw_worst(address: Alamat) -> html.Div:
    view = read_view(address)
    limit = view.aturan.ambang_terburuk
    found = penjawab().ask(worst_indicators, *view.at, limit, WORST, view.aturan)

    def href(opd: str, kode: str) -> str:
        return join(PATH, {**_at(view), "opd": opd, "indikator": kode}, "telusur")

    return html.Div(worst_section(found, limit, WORST, href))
