"""The reporting calendar of the sample city: opened, on time until, locked after; rule in WIB, stored in UTC."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

WIB = timezone(timedelta(hours=7))
HARI_TENGGAT = 15
HARI_KUNCI = 24


def wib(day: date, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    """A clock time in Palembang as an aware UTC instant."""
    return datetime.combine(day, time(hour, minute, second), WIB).astimezone(UTC)


def first_day_after(tahun: int, tw: int) -> date:
    """The day on which reporting of a triwulan opens."""
    return date(tahun + 1, 1, 1) if tw == 4 else date(tahun, 3 * tw + 1, 1)


def periods(tahun: Iterable[int]) -> list[dict[str, Any]]:
    """One row per year × triwulan, columns of ``periode`` without ``pemda``."""
    return [_period(year, tw) for year in tahun for tw in (1, 2, 3, 4)]


def _period(tahun: int, tw: int) -> dict[str, Any]:
    opened = first_day_after(tahun, tw)
    return {
        "tahun": tahun,
        "tw": tw,
        "dibuka": wib(opened),
        "tepat_waktu_sampai": wib(opened.replace(day=HARI_TENGGAT), 23, 59, 59),
        "dikunci": wib(opened.replace(day=HARI_KUNCI), 23, 59, 59),
        "data_per": opened - timedelta(days=1),
    }
