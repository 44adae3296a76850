"""The side panel of /analisis: the row that the address names, opened down to the file it came from."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from dash import html

from callbacks.address import Alamat
from callbacks.analisis_tautan import PATH, href
from callbacks.arahan import draw_instructions
from callbacks.lock import penjawab
from callbacks.opened import origins_of
from callbacks.section import section_once
from callbacks.view import read_view
from data.access import Audiens
from data.analisis.baris import Baris, exact_line, read_rows
from data.analisis.meja import Meja, open_desk
from data.analisis.rincian import Rincian, row_details
from data.analisis.riwayat import last_quarters
from data.analisis.saringan import LEVELS, WORDS
from data.queries.indikator import open_indicator
from data.queries.laporan import read_report
from pages.parts import ids
from pages.parts.analysis_panel import Panel, lost_panel, no_panel, panel_block
from pages.parts.elements import address as join

CHOSEN = tuple(word for word in WORDS if word not in ("buka", "hal", "urut", "kolom"))


@section_once(ids.ANALISIS_PANEL, PATH, Audiens.PIMPINAN, reads=WORDS)
def draw_panel(address: Alamat) -> html.Div:
    desk = open_desk(penjawab().ask, dict(address.query))
    if not desk.saringan.pilih:
        return html.Div(no_panel())
    close = href(replace(desk.saringan, pilih=""), "baris")
    row = desk.lembar.rangka.find(desk.saringan.pilih)
    if row is None:
        return html.Div(lost_panel(close))
    return html.Div(panel_block(open_panel(address, desk, row, close)))


@section_once(ids.ANALISIS_ARAHAN, PATH, Audiens.PIMPINAN, reads=CHOSEN)
def draw_about(address: Alamat) -> html.Div:
    """Instructions about the chosen row, with the answers of its OPD; empty until a row is chosen."""
    desk = open_desk(penjawab().ask, dict(address.query))
    of = desk.lembar.rangka
    row = of.find(desk.saringan.pilih) if desk.saringan.pilih else None
    if row is None:
        return html.Div(className="arahan-kosong")
    if of.level[row] == len(LEVELS) - 1:
        return html.Div(draw_instructions(read_view(address), of.unit[row], of.kode[int(of.induk[row])], of.kode[row]))
    return html.Div(draw_instructions(read_view(address), of.unit[row], of.kode[row]))


def open_panel(address: Alamat, desk: Meja, row: int, close: str) -> Panel:
    """Everything the panel says of one row of the sheet."""
    ask, period = penjawab().ask, desk.period
    shown = replace(read_rows(ask, desk.lembar, desk.susunan, [row])[0], garis=exact_line(ask, desk.lembar, row))
    found = ask(row_details, period.tahun, period.tw, shown.opd, shown.unit, shown.kode)
    report = ask(read_report, period.tahun, period.tw, shown.opd) or {}
    return Panel(
        baris=shown,
        periode=(period.tahun, period.tw),
        tutup=close,
        jalan=_way(desk, row),
        kata=_words(found, report),
        versi=found.versi,
        diterima_versi=found.diterima_versi,
        tertimbang=_weighted(desk, shown, found),
        jumlah_indikator=found.jumlah_indikator,
        dihitung=found.dihitung,
        triwulan=last_quarters(period.tahun, period.tw),
        asal=_origins(address, desk, shown),
        letak=found.asal,
        tautan=_links(desk, shown),
    )


def _way(desk: Meja, row: int) -> list[tuple[str, str]]:
    of = desk.lembar.rangka
    return [(of.nama[above], href(replace(desk.saringan, pilih=of.key(above)), "panel")) for above in of.above(row)]


def _words(found: Rincian, report: dict[str, Any]) -> list[tuple[str, str]]:
    """What the OPD said, nearest to the row first."""
    said = [("Kendala", text) for text in found.kendala]
    names = (
        ("Faktor penghambat, menurut OPD", "faktor_penghambat"),
        ("Tindak lanjut, menurut OPD", "tindak_lanjut"),
        ("Faktor pendorong, menurut OPD", "faktor_pendorong"),
        ("Tanggapan OPD", "tanggapan"),
    )
    return said + [(title, report[key]) for title, key in names if report.get(key)]


def _weighted(desk: Meja, shown: Baris, found: Rincian) -> Decimal | None:
    """Worth saying only where it differs from the simple mean by more than the setting."""
    if shown.capaian is None or found.tertimbang is None:
        return None
    apart = abs(shown.capaian - found.tertimbang) > desk.aturan.selisih_tertimbang
    return found.tertimbang if apart else None


def _origins(address: Alamat, desk: Meja, shown: Baris) -> list[Any]:
    if shown.level != "indikator":
        return []
    opened = penjawab().ask(open_indicator, desk.period.tahun, shown.unit, shown.kode, desk.aturan)
    return [] if opened is None else origins_of(opened, shown.opd, read_view(address))


def _links(desk: Meja, shown: Baris) -> list[tuple[str, str, bool]]:
    at = {"tahun": desk.period.tahun, "tw": desk.period.tw}
    form = f"/formulir/e81/{shown.opd}"
    links = [(f"Form E.81 ({kind.upper()})", join(f"{form}.{kind}", at), False) for kind in ("pdf", "xlsx")]
    if shown.level == "indikator":
        unit = None if shown.unit == shown.opd else shown.unit
        drill = {**at, "opd": shown.opd, "unit": unit, "indikator": shown.kode}
        links.insert(0, ("Cara menghitung", join("/pimpinan", drill, "telusur"), True))
    return [*links, ("Halaman OPD", join(f"/opd/{shown.opd}", at), True)]
