"""The public page /opd/<kode>: one OPD, its programs, its indicators, its trend."""

from typing import Any

from dash import html

from callbacks.address import Alamat
from callbacks.koreksi import mark_nodes, mark_standing
from callbacks.lock import penjawab
from callbacks.section import PERIOD, section
from callbacks.view import Pandangan, public_url, quarters_until, read_coverage, read_history, read_view
from data.access import Audiens
from data.errors import NotFoundError, PeriodOpenError
from data.queries.indikator import indicator_lines
from data.queries.kinerja import families, node_lines, program_history, standing_by_opd
from data.queries.laporan import read_report
from data.queries.uang import kurva_s
from data.words import Level, Status
from pages.parts import formats as fmt
from pages.parts import ids
from pages.parts.coverage import source_line
from pages.parts.elements import address as join
from pages.parts.headline import opd_sentence
from pages.parts.indicator import Reply
from pages.parts.kurva import known_until
from pages.parts.money import money_section
from pages.parts.opd import indicators_section, node_rows, opd_head
from pages.parts.period import period_nav
from pages.parts.program import program_trends
from pages.parts.share import whatsapp
from pages.parts.tren import trend_block

PATH = "/opd/<kode>"
READS = (*PERIOD, "program")


def _row(view: Pandangan, kode: str, places: int = 1) -> dict[str, Any]:
    """The OPD's own row of the standings, marked where its published figure was corrected.

    Raises NotFoundError for a code that is none, PeriodOpenError while the public may not know that it is silent.
    """
    found = penjawab().ask(standing_by_opd, *view.at, view.aturan).get(kode)
    if found is None:
        raise NotFoundError("OPD dengan kode ini tidak ada. Pilih OPD dari daftar kinerja kota.")
    if found["status"] == Status.BELUM_LAPOR and not view.diam.told(kode):
        raise PeriodOpenError(
            f"Angka {view.period.nama} OPD ini tampil setelah laporannya diterima atau batas waktunya lewat. "
            "Pilih triwulan lain untuk melihat angka sebelumnya."
        )
    return mark_standing(view, found, places)


def _chosen_program(address: Alamat, nodes: list[dict[str, Any]]) -> str | None:
    """The program named in the address. Raises NotFoundError when this OPD has none with that code."""
    kode = address.get("program")
    if kode is not None and kode not in {row["kode"] for row in nodes}:
        raise NotFoundError("Program dengan kode ini tidak ada pada OPD dan tahun ini. Pilih dari daftar program.")
    return kode


def _family(kode: str) -> list[str]:
    """The OPD itself, its units and theirs."""
    return penjawab().ask(families).get(kode, [])


def _programs(view: Pandangan, kode: str) -> list[dict[str, Any]]:
    """One row per program and sasaran of the OPD and its units."""
    return penjawab().ask(node_lines, *view.at, _family(kode), [Level.PROGRAM, Level.SASARAN], view.aturan)


@section(ids.OPD_KEPALA, PATH, Audiens.PUBLIK, utama=True, reads=READS)
def draw_head(address: Alamat) -> html.Div:
    view, kode = read_view(address), address.part("kode")
    row = _row(view, kode, places=2)
    _chosen_program(address, _programs(view, kode))
    at = {"tahun": view.period.tahun, "tw": view.period.tw}
    links = whatsapp(f"{row['nama']}: {opd_sentence(row, *view.at)}", public_url(f"/opd/{kode}", at))
    available = [(period.tahun, period.tw) for period in view.periods]
    nav = period_nav(f"/opd/{kode}", *view.at, available)
    return html.Div([nav, opd_head(row, read_coverage(view, False), read_reply(view, row), links)])


def read_reply(view: Pandangan, row: dict[str, Any]) -> Reply | None:
    """The OPD's own words for this triwulan, if it gave any."""
    report = penjawab().ask(read_report, *view.at, row["opd"])
    if report is None or not report["tanggapan"]:
        return None
    received = report["diterima_pada"]
    return Reply(report["tanggapan"], row["singkat"] or row["nama"], received.date() if received else None)


@section(ids.OPD_PROGRAM, PATH, Audiens.PUBLIK, reads=READS)
def draw_programs(address: Alamat) -> html.Div:
    view, kode = read_view(address), address.part("kode")
    _row(view, kode)
    nodes = _programs(view, kode)
    at = {"tahun": view.period.tahun, "tw": view.period.tw}

    def href(program: str) -> str:
        return join(f"/opd/{kode}", {**at, "program": program}, "indikator")

    return html.Div(node_rows("Program", mark_nodes(view, nodes), href, selected=_chosen_program(address, nodes)))


@section(ids.OPD_TREN, PATH, Audiens.PUBLIK)
def draw_trend(address: Alamat) -> html.Div:
    view, kode = read_view(address), address.part("kode")
    row = _row(view, kode)
    source = source_line(read_coverage(view, False))
    programs = penjawab().ask(program_history, quarters_until(view), _family(kode))
    return html.Div(
        [
            html.Div(trend_block(read_history(view, [row["opd"]]), source), className="bagian"),
            program_trends(programs, view.period.tahun, view.period.tw),
        ]
    )


@section(ids.OPD_INDIKATOR, PATH, Audiens.PUBLIK, reads=READS)
def draw_indicators(address: Alamat) -> html.Div:
    view, kode = read_view(address), address.part("kode")
    _row(view, kode)
    nodes = _programs(view, kode)
    chosen = _chosen_program(address, nodes)
    found = penjawab().ask(indicator_lines, *view.at, _family(kode), view.aturan)
    if chosen is not None:
        found = [row for row in found if row["node"] == chosen or row["node"].startswith(f"{chosen}.")]
    found = [{**row, "target_sd_teks": target_text(row)} for row in sorted(found, key=lambda row: _depth(row["node"]))]
    at = {"tahun": view.period.tahun, "tw": view.period.tw}
    return html.Div(indicators_section(found, view.period.tw, **_chosen_words(nodes, chosen, join(f"/opd/{kode}", at))))


def target_text(row: dict[str, Any]) -> str | None:
    """A rating as it is; a range as "lower – upper"."""
    if row["target_atas_sd"] is not None:
        return f"{fmt.decimal_id(row['target_sd'])} – {fmt.decimal_id(row['target_atas_sd'])}"
    text: str | None = row["target_sd_teks"]
    return text


def _depth(node: str) -> int:
    """Outcomes (sasaran, program) before the outputs beneath them."""
    return node.count(".")


def _chosen_words(nodes: list[dict[str, Any]], chosen: str | None, all_href: str) -> dict[str, Any]:
    if chosen is None:
        return {}
    name = next(row["nama"] for row in nodes if row["kode"] == chosen)
    return {"program": str(name), "all_href": all_href}


@section(ids.OPD_UANG, PATH, Audiens.PUBLIK)
def draw_money(address: Alamat) -> html.Div:
    view, kode = read_view(address), address.part("kode")
    _row(view, kode)
    kurva = penjawab().ask(kurva_s, view.period.tahun, kode)
    source = source_line(read_coverage(view, False))
    return html.Div(money_section(known_until(kurva, view.period.tw), view.period.tw, source))
