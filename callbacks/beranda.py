"""The public page /: how is the city doing this quarter?"""

from dash import html

from callbacks.address import Alamat
from callbacks.koreksi import mark_opd
from callbacks.lock import penjawab
from callbacks.section import section
from callbacks.view import Cakupan, Pandangan, public_url, read_coverage, read_history, read_standings, read_view
from data.access import Audiens
from data.queries.kinerja import pemda_standing
from data.queries.terbuka import without_untold
from data.queries.uang import kurva_s
from pages.parts import ids
from pages.parts.city import city_head, city_lines, opd_section
from pages.parts.compliance import public_line
from pages.parts.compute import compute_section
from pages.parts.coverage import source_line
from pages.parts.elements import address as join
from pages.parts.elements import records, soft
from pages.parts.grid import repeat_section
from pages.parts.headline import city_sentence, counts_of, worst_opd
from pages.parts.kurva import known_until
from pages.parts.messages import notice
from pages.parts.money import money_section
from pages.parts.period import period_nav
from pages.parts.share import whatsapp

PATH = "/"


def _period(view: Pandangan) -> dict[str, int]:
    return {"tahun": view.period.tahun, "tw": view.period.tw}


@section(ids.JUDUL, PATH, Audiens.PUBLIK, utama=True)
def draw_headline(address: Alamat) -> html.Div:
    view = read_view(address)
    standings, at = read_standings(view), _period(view)
    worst = worst_opd(standings)
    sentence = city_sentence(counts_of(standings), *view.at)
    links = [
        html.A("Cara menghitung", href="#cara"),
        html.A("Sematkan", href="/sematan?bagan=kota", **soft()),
        whatsapp(sentence, public_url(PATH, at)),
    ]
    available = [(period.tahun, period.tw) for period in view.periods]
    coverage = read_coverage(view, with_names=False)
    head = city_head(
        standings,
        coverage,
        join(f"/opd/{worst['opd']}", at) if worst else None,
        links,
    )
    note = notice(view.pemda.catatan) if view.pemda.catatan else None
    return html.Div([period_nav(PATH, *view.at, available), note, head, _punctuality(view, coverage)])


def _punctuality(view: Pandangan, coverage: Cakupan) -> html.P | None:
    """How punctual the reports are, as counts; a setting keeps it from the public."""
    if not view.aturan.ketepatan_lapor_publik:
        return None
    counts = (coverage.expected, coverage.received, coverage.on_time)
    return html.P(public_line(*counts, *view.at), className="sumber ketepatan")


@section(ids.DAFTAR_OPD, PATH, Audiens.PUBLIK)
def draw_opd_list(address: Alamat) -> html.Div:
    view = read_view(address)
    standings, history = mark_opd(view, read_standings(view)), read_history(view)
    standings = without_untold(standings, view.diam)
    return html.Div(opd_section(standings, history, read_coverage(view, with_names=False)))


@section(ids.UANG, PATH, Audiens.PUBLIK)
def draw_money(address: Alamat) -> html.Div:
    view = read_view(address)
    kurva = penjawab().ask(kurva_s, view.period.tahun)
    return html.Div(
        money_section(known_until(kurva, view.period.tw), view.period.tw, source_line(read_coverage(view, False)))
    )


@section(ids.BERULANG, PATH, Audiens.PUBLIK)
def draw_repeats(address: Alamat) -> html.Div:
    view = read_view(address)
    standings, history = read_standings(view), read_history(view)
    if view.diam.semua:
        standings = without_untold(standings, view.diam)
        history = history[history["opd"].isin(standings["opd"])]
    else:
        # While names are not public, the open quarter has no column: a gap in it would be a name.
        history = history[~((history["tahun"] == view.period.tahun) & (history["tw"] == view.period.tw))]
    return html.Div(repeat_section(standings, history, source_line(read_coverage(view, False))))


@section(ids.CARA, PATH, Audiens.PUBLIK)
def draw_how(address: Alamat) -> html.Div:
    view = read_view(address)
    city = penjawab().ask(pemda_standing, *view.at, view.aturan)
    row = {"pagu_lapor": None, "realisasi": None} if city.empty else records(city)[0]
    return html.Div(compute_section(city_lines(read_standings(view), row["pagu_lapor"], row["realisasi"])))
