"""The leaders' page /pimpinan: who has reported, what is red, what changed; then down to the row of the file."""

from dataclasses import replace
from typing import Any

import pandas as pd
from dash import html

from callbacks.address import Alamat
from callbacks.arahan import drill_instructions, mark_columns, mark_instructions
from callbacks.drill import read_drill
from callbacks.kepatuhan import PATH as REPORTS
from callbacks.koreksi import mark_opd
from callbacks.langsung import ask_now, live_section
from callbacks.lock import penjawab
from callbacks.opened import open_detail
from callbacks.section import PERIOD, section
from callbacks.view import Cakupan, Pandangan, public_url, read_coverage, read_history, read_standings, read_view
from data.access import Audiens
from data.queries.arahan import stirring
from data.queries.indikator import worst_indicators
from data.queries.kepatuhan import grid, missing, movement, opened_quarters, rates
from data.queries.peringatan import warnings
from data.queries.terbitan import corrected_opd
from data.words import Keadaan
from pages.parts import formats as fmt
from pages.parts import ids
from pages.parts.compliance import headline, in_motion
from pages.parts.corrected import corrections_list
from pages.parts.drill import drill_section
from pages.parts.elements import address as join
from pages.parts.elements import records
from pages.parts.headline import city_sentence, counts_of, short_name
from pages.parts.leader import Kini, leader_lists, three_questions
from pages.parts.period import period_line, period_nav
from pages.parts.share import whatsapp
from pages.parts.warning import warning_summary
from pages.parts.worst import worst_section

PATH = "/pimpinan"
WORST = 50
MOVES = (movement, stirring)
"""What moves without a new data version: reports on their way, and instructions."""
DRILL = (*PERIOD, "opd", "unit", "program", "kegiatan", "sub", "indikator")


def _at(view: Pandangan) -> dict[str, Any]:
    return {"tahun": view.period.tahun, "tw": view.period.tw}


@live_section(ids.PIMPINAN_RINGKASAN, PATH, Audiens.PIMPINAN, utama=True, reads=(*PERIOD, "opd"), marks=MOVES)
def draw_summary(address: Alamat) -> html.Div:
    view = read_view(address)
    coverage, standings, history = read_coverage(view, with_names=True), read_standings(view), read_history(view)
    available = [(period.tahun, period.tw) for period in view.periods]
    share = whatsapp(city_sentence(counts_of(standings), *view.at), public_url(PATH, _at(view)), filled=True)
    kept = {"opd": address.get("opd")}
    nav = html.Div(period_nav(PATH, *view.at, available, kept), className="hanya-lebar")
    line = html.Div(period_line(PATH, *view.at, available, fmt.wib(coverage.dimuat), kept), className="hanya-sempit")
    questions = three_questions(
        coverage, mark_instructions(standings), history, share, read_now(view, coverage, standings)
    )
    found = penjawab().ask(warnings, *view.at, view.aturan)
    early = warning_summary(found, *view.at, join("/analisis/peringatan", _at(view)))
    corrections = corrections_list(penjawab().ask(corrected_opd, *view.at), *view.at)
    return html.Div([nav, line, questions, early, corrections])


def read_now(view: Pandangan, coverage: Cakupan, standings: pd.DataFrame) -> Kini:
    """Where the reports stand now: with those that wait, without those that were returned; and whether the next
    triwulan is open already."""
    laju, silent = ask_now(rates, *view.at), set(ask_now(missing, *view.at))
    names = tuple(short_name(row) for row in records(standings) if row["opd"] in silent)
    now = replace(
        coverage,
        expected=laju.diharapkan,
        received=laju.diterima,
        on_time=laju.tepat_waktu,
        late=laju.terlambat,
        missing=names,
    )
    moving = [in_motion(laju)]
    newest = max(ask_now(opened_quarters), default=view.at)
    if newest > view.at and view.period == view.periods[-1]:
        moving.append(headline(ask_now(rates, *newest)))
    return Kini(now, " ".join(part for part in moving if part), join(REPORTS, _at(view)))


@live_section(ids.PIMPINAN_MERAH, PATH, Audiens.PIMPINAN, marks=MOVES)
def draw_lists(address: Alamat) -> html.Div:
    view = read_view(address)

    def href(opd: str) -> str:
        return join(PATH, {**_at(view), "opd": opd}, "telusur")

    coverage = read_coverage(view, with_names=True)
    standings = mark_instructions(mark_opd(view, read_standings(view)))
    states = {row["opd"]: Keadaan(row["keadaan"]) for row in records(ask_now(grid, [view.at])) if row["keadaan"]}
    return html.Div(leader_lists(coverage, standings, read_history(view), href, states))


@live_section(ids.PIMPINAN_TELUSUR, PATH, Audiens.PIMPINAN, reads=DRILL, marks=(stirring,))
def draw_drill(address: Alamat) -> html.Div:
    view = read_view(address)
    drill = read_drill(view, address, PATH)
    mark_columns(drill)
    block = drill_instructions(view, drill)
    if drill.indikator is not None:
        return html.Div(drill_section(drill.columns, drill.crumbs, open_detail(view, drill, PATH, block)))
    return html.Div(drill_section(drill.columns, drill.crumbs, under=block))


@section(ids.PIMPINAN_TERBURUK, PATH, Audiens.PIMPINAN)
def draw_worst(address: Alamat) -> html.Div:
    view = read_view(address)
    limit = view.aturan.ambang_terburuk
    found = penjawab().ask(worst_indicators, *view.at, limit, WORST, view.aturan)

    def href(opd: str, kode: str) -> str:
        return join(PATH, {**_at(view), "opd": opd, "indikator": kode}, "telusur")

    return html.Div(worst_section(found, limit, WORST, href))
