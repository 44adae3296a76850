"""The reporting calendar a year gets when nobody has set one: a local setting [S], edited later by Bappeda.

Opened on the first day after the quarter; on time for 10 working days, the term PP 39/2006 gives Bappeda of a
kabupaten/kota; locked 7 days after that. The rule is in WIB, the instants are UTC.
"""

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

WIB = timezone(timedelta(hours=7))
WORKING_DAYS = 10
DAYS_UNTIL_LOCK = 7
FRIDAY = 4


def default_periods(tahun: int) -> list[dict[str, Any]]:
    """One row per triwulan of a year, columns of ``periode`` without ``pemda``."""
    return [_period(tahun, tw) for tw in (1, 2, 3, 4)]


def _period(tahun: int, tw: int) -> dict[str, Any]:
    opened = date(tahun + 1, 1, 1) if tw == 4 else date(tahun, 3 * tw + 1, 1)
    due = _working_day(opened, WORKING_DAYS)
    return {
        "tahun": tahun,
        "tw": tw,
        "dibuka": _instant(opened, time()),
        "tepat_waktu_sampai": _instant(due, time(23, 59, 59)),
        "dikunci": _instant(due + timedelta(days=DAYS_UNTIL_LOCK), time(23, 59, 59)),
        "data_per": opened - timedelta(days=1),
    }


def _working_day(start: date, number: int) -> date:
    """The number-th day from ``start`` on that is no Saturday or Sunday."""
    day, left = start, number
    while True:
        left -= day.weekday() <= FRIDAY
        if left == 0:
            return day
        day += timedelta(days=1)


def _instant(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, WIB).astimezone(UTC)
