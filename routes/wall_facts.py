"""What the wall tells, read from the questions that every screen asks, and drawn."""

from datetime import UTC, datetime
from typing import Any

import pandas as pd

from data.aturan import read_aturan
from data.engine import reading
from data.queries.kepatuhan import missing, movement, opened_quarters, rates
from data.queries.kinerja import opd_history, opd_standings, pemda_standing
from data.queries.pemda import calendar, choose_period, coverage, read_pemda, reported_periods
from data.queries.uang import kurva_s
from pages.parts.elements import records
from pages.parts.headline import short_name
from pages.parts.kurva import known_until
from pages.parts.wall import Kota, Lapor, pages_html
from routes.open_answers import penjawab


def wall_mark() -> str:
    """What changes whenever a report moves, with or without a new data version. Raises DatabaseAwayError."""
    answerer = penjawab()
    with reading(answerer.engine) as conn:
        return movement(conn, answerer.pemda)


def draw_pages() -> str:
    """The pages of the wall as HTML. Raises NothingYetError before the first plan."""
    ask = penjawab().ask
    period = choose_period(ask(reported_periods), None, None)
    at, aturan, pemda = (period.tahun, period.tw), ask(read_aturan), ask(read_pemda)
    quarters = [quarter for one in ask(calendar) if (quarter := (one.tahun, one.tw)) <= at][-2:]
    standings = ask(opd_standings, *at, aturan)
    city = records(ask(pemda_standing, *at, aturan))
    kota = Kota(
        nama=pemda.nama,
        contoh=pemda.contoh,
        tahun=period.tahun,
        tw=period.tw,
        data_per=period.data_per,
        cakupan=(seen := ask(coverage, period)),
        dimuat=seen.dimuat,
        capaian=city[0]["capaian"] if city else None,
        standings=standings,
        history=ask(opd_history, quarters),
        kurva=known_until(ask(kurva_s, period.tahun, ""), period.tw),
        lapor=_reports(standings, at),
    )
    return pages_html(kota)


def _reports(standings: pd.DataFrame, shown: tuple[int, int]) -> Lapor:
    """Where the reports of the newest open triwulan stand at this moment."""
    answerer, now = penjawab(), datetime.now(UTC)
    names: dict[str, str] = {str(row["opd"]): short_name(row) for row in records(standings)}
    with reading(answerer.engine) as conn:
        at: tuple[Any, Any] = max(opened_quarters(conn, answerer.pemda, now), default=shown)
        laju = rates(conn, answerer.pemda, *at)
        silent = missing(conn, answerer.pemda, *at)
    period = next(one for one in answerer.ask(calendar) if (one.tahun, one.tw) == at)
    told = tuple(names.get(opd, opd) for opd in silent)
    return Lapor(*at, laju, told, period.tepat_waktu_sampai, period.dikunci, now)
