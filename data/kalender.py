"""The reporting calendar: when a triwulan opens, until when a report is on time, when it locks; with the days nobody
works and the extensions somebody granted.

The calendar a year gets when nobody has set one is a local setting [S], edited by Bappeda: opened the day after
the quarter; on time for 10 working days, the term PP 39/2006 gives Bappeda of a kabupaten/kota; locked 7 days after
that. The rule is in WIB, the instants are UTC.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from functools import cache
from typing import Any, Final

import holidays
from sqlalchemy import Connection, select

from data import tables
from data.errors import NotFoundError
from data.words import DAY_NAMES, MONTH_NAMES, TW_NAMES

WIB: Final = timezone(timedelta(hours=7))
WORKING_DAYS: Final = 10
DAYS_UNTIL_LOCK: Final = 7
FRIDAY: Final = 4
LAST_SECOND: Final = time(23, 59, 59)
SECOND: Final = timedelta(seconds=1)


class Waktunya(StrEnum):
    """Where a moment stands in the calendar of one OPD's report."""

    BELUM_DIBUKA = "belum_dibuka"
    TEPAT_WAKTU = "tepat_waktu"
    TERLAMBAT = "terlambat"
    TERKUNCI = "terkunci"


@dataclass(frozen=True)
class Tenggat:
    """The calendar of one triwulan as it holds for one OPD. ``diperpanjang``: the end of an extension, if there is
    one; ``tepat_waktu_sampai`` and ``dikunci`` already reckon with it."""

    tahun: int
    tw: int
    dibuka: datetime
    tepat_waktu_sampai: datetime
    dikunci: datetime
    diperpanjang: datetime | None = None
    alasan: str = ""

    @property
    def nama(self) -> str:
        return f"{TW_NAMES[self.tw]} {self.tahun}"

    def stand(self, now: datetime) -> Waktunya:
        """Both ends count to their last second."""
        if now < self.dibuka:
            return Waktunya.BELUM_DIBUKA
        if now < self.tepat_waktu_sampai + SECOND:
            return Waktunya.TEPAT_WAKTU
        return Waktunya.TERLAMBAT if now < self.dikunci + SECOND else Waktunya.TERKUNCI

    def days_late(self, now: datetime) -> int:
        """Calendar days in WIB after the last day on time; 0 while on time."""
        if self.stand(now) in {Waktunya.BELUM_DIBUKA, Waktunya.TEPAT_WAKTU}:
            return 0
        return max(1, (now.astimezone(WIB).date() - self.tepat_waktu_sampai.astimezone(WIB).date()).days)


def read_deadline(conn: Connection, pemda: str, tahun: int, tw: int, opd: str) -> Tenggat:
    """The calendar of one triwulan for one OPD. Raises NotFoundError when the year has no calendar."""
    p, x = tables.periode.c, tables.perpanjangan.c
    row = conn.execute(
        select(p.dibuka, p.tepat_waktu_sampai, p.dikunci).where(p.pemda == pemda, p.tahun == tahun, p.tw == tw)
    ).first()
    if row is None:
        raise NotFoundError(f"Jadwal {TW_NAMES.get(tw, tw)} {tahun} belum ditetapkan Bappeda.")
    query = select(x.sampai, x.alasan).where(x.pemda == pemda, x.tahun == tahun, x.tw == tw, x.opd.in_(("", opd)))
    given = [(found.sampai, found.alasan) for found in conn.execute(query)]
    return lengthened(Tenggat(tahun, tw, row.dibuka, row.tepat_waktu_sampai, row.dikunci), given)


def lengthened(general: Tenggat, given: Iterable[tuple[datetime, str]]) -> Tenggat:
    """The calendar as it holds once these extensions (until, reason) are given; the longest counts, and one that ends
    before the general deadline takes nothing away."""
    until, reason = max(given, key=lambda one: one[0], default=(general.tepat_waktu_sampai, ""))
    if until <= general.tepat_waktu_sampai:
        return general
    locked = max(general.dikunci, until)
    return replace(general, tepat_waktu_sampai=until, dikunci=locked, diperpanjang=until, alasan=reason)


def default_periods(tahun: int, days_off: Container[date] = ()) -> list[dict[str, Any]]:
    """One row per triwulan of a year, columns of ``periode`` without ``pemda``."""
    return [_period(tahun, tw, days_off) for tw in (1, 2, 3, 4)]


class HariLibur:
    """The days nobody works: the national ones, and the city's own list that adds to them or takes from them."""

    def __init__(self, own: dict[date, bool] | None = None) -> None:
        """``own``: True for a day the city works although it is a holiday, False for one it does not."""
        self._own = own or {}

    def __contains__(self, day: object) -> bool:
        if not isinstance(day, date):
            return False
        return not self._own[day] if day in self._own else day in national_holidays(day.year)


@cache
def national_holidays(tahun: int) -> dict[date, str]:
    """Indonesian names by day. Those that follow the moon are estimates until the government fixes them."""
    found = holidays.country_holidays("ID", years=tahun, language="id")
    return dict(sorted(found.items()))


def read_days_off(conn: Connection, pemda: str) -> HariLibur:
    """The days off of this pemda."""
    day = tables.libur.c
    return HariLibur({row.tanggal: row.kerja for row in conn.execute(select(tables.libur).where(day.pemda == pemda))})


def wib_words(moment: datetime) -> str:
    """A moment with day, date, clock and WIB, for the sentences of errors: "Jumat, 24 Oktober 2025 23.59 WIB"."""
    local = moment.astimezone(WIB)
    day = f"{DAY_NAMES[local.weekday()]}, {local.day} {MONTH_NAMES[local.month - 1]} {local.year}"
    return f"{day} {local:%H.%M} WIB"


def end_of_day(day: date) -> datetime:
    """The last second of a day in WIB."""
    return instant(day, LAST_SECOND)


def instant(day: date, clock: time) -> datetime:
    """A WIB day and clock time as UTC."""
    return datetime.combine(day, clock, WIB).astimezone(UTC)


def _period(tahun: int, tw: int, days_off: Container[date]) -> dict[str, Any]:
    opened = date(tahun + 1, 1, 1) if tw == 4 else date(tahun, 3 * tw + 1, 1)
    due = _working_day(opened, WORKING_DAYS, days_off)
    return {
        "tahun": tahun,
        "tw": tw,
        "dibuka": instant(opened, time()),
        "tepat_waktu_sampai": end_of_day(due),
        "dikunci": end_of_day(due + timedelta(days=DAYS_UNTIL_LOCK)),
        "data_per": opened - timedelta(days=1),
    }


def _working_day(start: date, number: int, days_off: Container[date]) -> date:
    """The number-th day from ``start`` on that somebody works."""
    day, left = start, number
    while True:
        left -= day.weekday() <= FRIDAY and day not in days_off
        if left == 0:
            return day
        day += timedelta(days=1)
