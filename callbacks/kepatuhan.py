"""The page /kepatuhan for leaders and Bappeda: whose report is in, whose is late, and how one report went."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pandas as pd
from dash import html

from callbacks.address import Alamat
from callbacks.langsung import ask_now, live_section
from callbacks.lock import penjawab
from callbacks.section import PERIOD
from callbacks.view import QUARTERS
from data.access import Audiens
from data.errors import BadParameterError, NotFoundError
from data.queries.kepatuhan import Quarter, grid, opened_quarters, rates_of
from data.queries.kerajinan import improved, streaks, told
from data.queries.linimasa import report_events
from data.queries.pemda import calendar, choose_period, read_pemda
from pages.parts import formats as fmt
from pages.parts import ids
from pages.parts.compliance import habits_section, head_section, rates_section
from pages.parts.compliance_grid import FILTERS, Pilihan, grid_section
from pages.parts.compliance_timeline import timeline_block
from pages.parts.elements import address as join
from pages.parts.elements import records
from pages.parts.period import period_nav

PATH = "/kepatuhan"
CELL = (*PERIOD, "opd", "status")


@dataclass(frozen=True)
class Tampak:
    """What the page shows: the triwulan that could be chosen, the chosen one, and those of the grid."""

    opened: list[Quarter]
    quarter: Quarter
    shown: list[Quarter]

    def source(self) -> str:
        pemda = penjawab().ask(read_pemda)
        sample = " Data contoh." if pemda.contoh else ""
        return f"Sumber: riwayat kiriman laporan OPD {pemda.nama}, dibaca {fmt.wib(datetime.now(UTC))}.{sample}"


def read_shown(address: Alamat) -> Tampak:
    """Raises BadParameterError for a tahun or tw that is not there."""
    opened = ask_now(opened_quarters)
    known = set(opened)
    periods = [period for period in penjawab().ask(calendar) if (period.tahun, period.tw) in known]
    period = choose_period(periods, address.get("tahun"), address.get("tw"))
    quarter = (period.tahun, period.tw)
    newest = opened[-QUARTERS:]
    shown = newest if quarter in newest else [one for one in opened if one <= quarter][-QUARTERS:]
    return Tampak(opened, quarter, shown)


def href_to(opd: str | None, quarter: Quarter, saring: str | None) -> str:
    """The address of this page: with an OPD, its opened report."""
    at = {"tahun": quarter[0], "tw": quarter[1], "opd": opd, "status": saring}
    return join(PATH, at, "linimasa" if opd else "kisi")


def read_choice(address: Alamat, view: Tampak, found: pd.DataFrame) -> Pilihan:
    """Raises BadParameterError for an unknown filter, NotFoundError for an unknown OPD."""
    opd, saring = address.get("opd"), address.get("status")
    if saring is not None and saring not in FILTERS:
        raise BadParameterError(f"Saringan {saring[:20]} tidak ada. Yang tersedia: {', '.join(FILTERS)}.")
    if opd is not None and opd not in set(found["opd"]):
        raise NotFoundError("OPD dengan kode ini tidak ada. Pilih dari daftar OPD.")
    return Pilihan(view.quarter, opd, saring)


def of_quarter(found: pd.DataFrame, quarter: Quarter) -> pd.DataFrame:
    """The rows of one triwulan of a grid."""
    keep = (found["tahun"] == quarter[0]) & (found["tw"] == quarter[1])
    return found[keep].reset_index(drop=True)


@live_section(ids.KEPATUHAN_KEPALA, PATH, Audiens.PIMPINAN, utama=True, reads=CELL)
def draw_head(address: Alamat) -> html.Div:
    view = read_shown(address)
    found = ask_now(grid, [view.quarter])
    choice = read_choice(address, view, found)
    nav = period_nav(PATH, *view.quarter, view.opened, {"status": choice.saring})

    def href(opd: str) -> str:
        return href_to(opd, view.quarter, choice.saring)

    return head_section(rates_of(found)[0], nav, found, href)


@live_section(ids.KEPATUHAN_KISI, PATH, Audiens.PIMPINAN, reads=CELL)
def draw_grid(address: Alamat) -> html.Div:
    view = read_shown(address)
    found = ask_now(grid, view.shown)
    choice = read_choice(address, view, found)
    opened = open_report(choice, found) if choice.opd else None
    return html.Div(grid_section(found, choice, href_to, opened, view.source()))


def open_report(choice: Pilihan, found: pd.DataFrame) -> html.Aside:
    """The timeline of the report the address names."""
    row = next(row for row in _cells(found, choice.quarter) if row["opd"] == choice.opd)
    events = ask_now(report_events, *choice.quarter, choice.opd)
    return timeline_block(row, events, href_to(None, choice.quarter, choice.saring))


def _cells(found: pd.DataFrame, quarter: Quarter) -> list[dict[str, Any]]:
    return records(of_quarter(found, quarter))


@live_section(ids.KEPATUHAN_LAJU, PATH, Audiens.PIMPINAN)
def draw_rates(address: Alamat) -> html.Div:
    view = read_shown(address)
    shown = [quarter for quarter in view.shown if quarter <= view.quarter]
    return html.Div(rates_section(rates_of(ask_now(grid, shown)), view.source()))


@live_section(ids.KEPATUHAN_RAJIN, PATH, Audiens.PIMPINAN)
def draw_habits(address: Alamat) -> html.Div:
    """One triwulan more than the grid, because the newest may still be open."""
    view = read_shown(address)
    past = [quarter for quarter in view.opened if quarter <= view.quarter][-QUARTERS - 1 :]
    found = ask_now(grid, past)

    def href(opd: str) -> str:
        return href_to(opd, view.quarter, None)

    return html.Div(habits_section(streaks(found), improved(found), min(QUARTERS, told(found)), href))
