"""The only place of number, money and date wording. Missing is "–"; decimals are rounded half up at the very end."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from data.words import MONTH_NAMES, TW_NAMES

NBSP: Final = "\u00a0"
MINUS: Final = "\u2212"
NONE: Final = "–"
WIB: Final = timezone(timedelta(hours=7), "WIB")
DAY_NAMES: Final = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")

_UNITS: Final = tuple(Decimal(1).scaleb(-places) for places in range(29))
_OUR_MARKS: Final = str.maketrans(",.", ".,")
_SCALES: Final = ((10**6, "juta", 1), (10**9, "miliar", 1), (10**12, "triliun", 2))


def rounded(value: Decimal | int, places: int) -> Decimal:
    """Half up, away from zero, and never a negative zero."""
    result = Decimal(value).quantize(_UNITS[places], rounding=ROUND_HALF_UP)
    return abs(result) if result == 0 else result


def decimal_id(value: Decimal | int | None, places: int = 2) -> str:
    """``1.234.567,89``."""
    if value is None:
        return NONE
    held = rounded(value, places)
    text = f"{abs(held):,.{places}f}".translate(_OUR_MARKS)
    return MINUS + text if held < 0 else text


def whole(value: int | None) -> str:
    return decimal_id(value, 0)


def percent(value: Decimal | None, places: int = 1) -> str:
    """``54,1 %``."""
    return NONE if value is None else f"{decimal_id(value, places)}{NBSP}%"


def points(value: Decimal | None, places: int = 1) -> str:
    """A signed difference in percentage points: ``−18,2``, ``+1,7``, ``0,0``."""
    if value is None:
        return NONE
    held = rounded(value, places)
    return f"+{decimal_id(held, places)}" if held > 0 else decimal_id(held, places)


def with_points(value: Decimal | None, places: int = 1) -> str:
    """``−18,2 poin``."""
    return NONE if value is None else f"{points(value, places)}{NBSP}poin"


def size_in_points(value: Decimal, places: int = 1) -> str:
    """The size of a difference without its sign, for sentences that say its direction: ``18,2 poin``."""
    return f"{decimal_id(abs(value), places)}{NBSP}poin"


def rupiah_full(value: int | None) -> str:
    """``Rp 1.234.567``."""
    return NONE if value is None else _rupiah(decimal_id(value, 0))


def rupiah_short(value: int | None) -> str:
    """``Rp 1,2 miliar``; below one million the full amount."""
    if value is None:
        return NONE
    if abs(value) < _SCALES[0][0]:
        return rupiah_full(value)
    fitting = (unit for unit in _SCALES if abs(rounded(Decimal(value) / unit[0], unit[2])) < 1000)
    scale, name, places = next(fitting, _SCALES[-1])
    return _rupiah(f"{decimal_id(Decimal(value) / scale, places)}{NBSP}{name}")


def rupiah_round(value: int) -> str:
    """An example amount that is round by itself: ``Rp 250 miliar``."""
    scale, name, _ = next((unit for unit in reversed(_SCALES) if value >= unit[0]), (1, "", 0))
    amount = Decimal(value) / scale
    text = decimal_id(amount, 0 if amount == amount.to_integral_value() else 1)
    return _rupiah(f"{text}{NBSP}{name}" if name else text)


def _rupiah(text: str) -> str:
    sign = MINUS if text.startswith(MINUS) else ""
    return f"{sign}Rp{NBSP}{text.removeprefix(MINUS)}"


def tanggal(value: date | None) -> str:
    """``30 Sep 2025``."""
    return NONE if value is None else f"{value.day}{NBSP}{MONTH_NAMES[value.month - 1][:3]}{NBSP}{value.year}"


def wib(value: datetime | None) -> str:
    """An instant (UTC when it carries no zone) in the city's clock: ``15 Okt 2026 10.32 WIB``."""
    if value is None:
        return NONE
    local = in_wib(value)
    return f"{tanggal(local.date())} {clock(local)}"


def clock(local: datetime) -> str:
    return f"{local:%H.%M}{NBSP}WIB"


def in_wib(value: datetime) -> datetime:
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(WIB)


def tenggat(value: datetime | None) -> str:
    """A deadline with its day: ``Jumat, 24 Okt 2025 23.59 WIB``."""
    if value is None:
        return NONE
    return f"{DAY_NAMES[in_wib(value).weekday()]}, {wib(value)}"


def umur(span: timedelta) -> str:
    """The age of something in its largest unit: ``kurang dari 1 menit``, ``12 menit``, ``3 jam``, ``2 hari``."""
    minutes = int(span.total_seconds()) // 60
    for size, name in ((1440, "hari"), (60, "jam"), (1, "menit")):
        if minutes >= size:
            return f"{minutes // size}{NBSP}{name}"
    return f"kurang dari 1{NBSP}menit"


def opd(count: int) -> str:
    return f"{whole(count)}{NBSP}OPD"


def tw(number: int) -> str:
    return TW_NAMES[number].replace(" ", NBSP)


def period(tahun: int, number: int) -> str:
    """``TW III 2025``."""
    return f"{tw(number)}{NBSP}{tahun}"


def month_short(number: int) -> str:
    return MONTH_NAMES[number - 1][:3]


def hash_short(digest: str) -> str:
    """A SHA-256 in a form that can be compared by eye: its first and last eight digits."""
    return digest if len(digest) <= 20 else f"{digest[:4]} {digest[4:8]} … {digest[-8:-4]} {digest[-4:]}"
