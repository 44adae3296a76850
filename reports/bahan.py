"""What every printed report begins with: the government, the triwulan, the rules in force, how its OPD stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import pandas as pd

from data.aturan import Aturan, read_aturan
from data.engine import Connection
from data.queries.kinerja import opd_standings
from data.queries.pemda import (
    Cakupan,
    Pemda,
    Periode,
    calendar,
    choose_period,
    coverage,
    read_pemda,
    reported_periods,
)
from data.queries.uang import kurva_s
from data.words import STATUS_NAMES, Status
from pages.parts import formats as fmt

QUARTERS: Final = 8
Row = dict[str, Any]


@dataclass(frozen=True)
class Bahan:
    """The start of one report. ``standings``: one row per OPD, as the screen shows them."""

    pemda: Pemda
    periode: Periode
    aturan: Aturan
    cakupan: Cakupan
    standings: list[Row]
    kuartal: list[tuple[int, int]]
    dibuat: datetime

    @property
    def at(self) -> tuple[int, int]:
        return self.periode.tahun, self.periode.tw

    @property
    def nama_periode(self) -> str:
        return fmt.period(*self.at)

    def sources(self) -> dict[str, Any]:
        """What every printed page says about where its figures come from."""
        found = self.cakupan
        return {
            "pemda": self.pemda.nama,
            "periode": self.nama_periode,
            "data_per": fmt.tanggal(self.periode.data_per),
            "dimuat": fmt.wib(found.dimuat),
            "cakupan": f"{fmt.whole(found.diterima)} dari {fmt.opd(found.diharapkan)} sudah melapor",
            "dibuat": fmt.wib(self.dibuat),
            "contoh": self.pemda.contoh,
            "catatan": self.pemda.catatan,
        }


def read_basis(conn: Connection, pemda: str, isian: Mapping[str, str]) -> Bahan:
    """Raises BadParameterError for a tahun or tw that is not there, NotFoundError or NothingYetError without data."""
    periode = choose_period(reported_periods(conn, pemda), isian.get("tahun"), isian.get("tw"))
    rules = read_aturan(conn, pemda)
    past = [(one.tahun, one.tw) for one in calendar(conn, pemda)]
    return Bahan(
        read_pemda(conn, pemda),
        periode,
        rules,
        coverage(conn, pemda, periode),
        records(opd_standings(conn, pemda, periode.tahun, periode.tw, rules)),
        [one for one in past if one <= (periode.tahun, periode.tw)][-QUARTERS:],
        datetime.now(UTC),
    )


def records(frame: pd.DataFrame) -> list[Row]:
    """The rows of a frame as dictionaries, every kind of missing value as None."""
    rows = frame.to_dict("records")
    return [{str(name): None if pd.isna(value) else value for name, value in row.items()} for row in rows]


def money(conn: Connection, basis: Bahan, opd: str = "") -> list[Row]:
    """One row per month of the year, as it was known at the end of the triwulan: later months keep their plan only."""
    rows = records(kurva_s(conn, basis.pemda.kode, basis.periode.tahun, opd))
    for row in rows:
        if row["bulan"] > basis.periode.tw * 3:
            row |= {"realisasi": None, "realisasi_persen": None, "fisik": None}
    return rows


def at_end(rows: list[Row], tw: int) -> Row:
    """The month in which a triwulan ends; all missing when the year has none."""
    blank = dict.fromkeys(("pagu", "rak", "realisasi", "rak_persen", "realisasi_persen", "fisik_rencana", "fisik"))
    return next((row for row in rows if row["bulan"] == tw * 3), blank)


def short(row: Mapping[str, Any]) -> str:
    return str(row.get("singkat") or row["nama"])


def status_word(status: str) -> str:
    return STATUS_NAMES[Status(status)]


def number(value: Any) -> float | None:
    """For drawing only: how long a bar is, never what is written."""
    return None if value is None else float(value)
