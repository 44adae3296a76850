"""What every screen begins with: the government, the chosen triwulan, its coverage, the settings in force."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
from flask import current_app

from callbacks.address import Alamat
from callbacks.lock import penjawab
from data.aturan import Aturan, read_aturan
from data.queries.kepatuhan import expected
from data.queries.kinerja import opd_history, opd_standings
from data.queries.pemda import (
    Diam,
    Pemda,
    Periode,
    calendar,
    choose_period,
    coverage,
    read_pemda,
    reported_periods,
    silence_told,
    unreported,
)
from pages.parts.elements import address as join

QUARTERS = 8


@dataclass(frozen=True)
class Cakupan:
    """Coverage in the form the drawing parts read."""

    pemda_nama: str
    tahun: int
    tw: int
    expected: int
    received: int
    on_time: int
    late: int
    missing: tuple[str, ...] | None
    data_per: date | None
    dimuat: datetime | None
    dikunci: datetime | None
    contoh: bool


@dataclass(frozen=True)
class Pandangan:
    """The start of one screen."""

    pemda: Pemda
    periods: tuple[Periode, ...]
    period: Periode
    aturan: Aturan

    @property
    def at(self) -> tuple[int, int]:
        return self.period.tahun, self.period.tw

    @property
    def diam(self) -> Diam:
        """Which silent OPD the public may read of."""
        return silence_told(self.period, self.aturan.nama_belum_lapor_setelah_kunci, datetime.now(UTC))


def read_view(address: Alamat) -> Pandangan:
    """Raises BadParameterError for a tahun or tw that is not there."""
    ask = penjawab().ask
    periods = ask(reported_periods)
    period = choose_period(periods, address.get("tahun"), address.get("tw"))
    return Pandangan(ask(read_pemda), tuple(periods), period, ask(read_aturan))


def read_coverage(view: Pandangan, with_names: bool) -> Cakupan:
    """Coverage of the chosen triwulan; names of unreported OPD only where they may be read."""
    found = penjawab().ask(coverage, view.period)
    names = penjawab().ask(unreported, view.period) if with_names else None
    return Cakupan(
        view.pemda.nama,
        view.period.tahun,
        view.period.tw,
        found.diharapkan,
        found.diterima,
        found.tepat_waktu,
        found.terlambat,
        None if names is None else tuple(names["singkat"].where(names["singkat"] != "", names["nama"])),
        view.period.data_per,
        found.dimuat,
        view.period.dikunci,
        view.pemda.contoh,
    )


def read_standings(view: Pandangan) -> pd.DataFrame:
    """One row per OPD at the chosen triwulan; ``wajib``: whether it must report for it."""
    found = penjawab().ask(opd_standings, *view.at, view.aturan)
    must = set(penjawab().ask(expected, *view.at))
    return found.assign(wajib=found["opd"].isin(must))


def quarters_until(view: Pandangan) -> list[tuple[int, int]]:
    """The last eight triwulan of the calendar up to the chosen one, oldest first."""
    all_of_them = [(period.tahun, period.tw) for period in penjawab().ask(calendar)]
    return [quarter for quarter in all_of_them if quarter <= view.at][-QUARTERS:]


def read_history(view: Pandangan, opds: list[str] | None = None) -> pd.DataFrame:
    """One row per OPD × triwulan, the last eight up to the chosen one."""
    return penjawab().ask(opd_history, quarters_until(view), opds)


def public_url(path: str, query: dict[str, Any]) -> str:
    """The permalink of a view, on the site's own configured address."""
    return f"{current_app.config['ALAMAT_PUBLIK']}{join(path, query)}"
