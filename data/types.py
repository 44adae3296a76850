"""Column types that keep numbers exact on SQLite and PostgreSQL alike."""

from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from sqlalchemy import DateTime, Dialect, Numeric, String
from sqlalchemy.types import TypeDecorator

PLACES = Decimal("0.0000000001")
"""Ten decimals: what a percent is stored with. Children are off by at most 5e-11, so a parent mean that is
exactly on a limit snaps back onto it when it is rounded to the same ten places."""


# Room for the absurd percent that a target of 0,0000000001 makes: it is stored and shown, not refused.
_ROOM = Context(prec=60)


def quantize_percent(value: Decimal) -> Decimal:
    """Round a percent to the ten places it is stored with."""
    return value.quantize(PLACES, rounding=ROUND_HALF_UP, context=_ROOM)


class Ukuran(TypeDecorator[Decimal]):
    """A measured value, exact to 28 digits with up to 10 decimals (text on SQLite, which has no decimals)."""

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(40))
        return dialect.type_descriptor(Numeric())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        return format(value, "f") if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class Persen(TypeDecorator[Decimal]):
    """A computed percent: sortable in SQL everywhere, ten decimals (a float column on SQLite holds them exactly
    up to 15 significant digits, far beyond any percent that is averaged)."""

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(Numeric(asdecimal=False))
        return dialect.type_descriptor(Numeric())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        return float(value) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else quantize_percent(Decimal(str(value)))


class Waktu(TypeDecorator[datetime]):
    """An instant, stored as naive UTC and handed out as aware UTC."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)
