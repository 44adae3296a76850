"""Averages. Source: DOMAIN §3 (simple mean of a program's indicators, mean over programs for an OPD)."""

from collections.abc import Iterable
from decimal import Decimal

ZERO = Decimal(0)


def limited(capaian: Decimal, batas: Decimal | None) -> Decimal:
    """What a capaian counts as in an average: at least 0, at most ``batas`` (None = no limit)."""
    floored = max(capaian, ZERO)
    return floored if batas is None else min(floored, batas)


def mean(values: Iterable[Decimal | None]) -> Decimal | None:
    """Simple mean of those that are there; None when none is."""
    present = [value for value in values if value is not None]
    return sum(present, ZERO) / len(present) if present else None


def mean_limited(values: Iterable[Decimal | None], batas: Decimal | None) -> Decimal | None:
    """Simple mean after each value was limited, so that one 900 % cannot hide ten zeros."""
    return mean(limited(value, batas) for value in values if value is not None)


def mean_weighted(pairs: Iterable[tuple[Decimal | None, int]]) -> Decimal | None:
    """Mean of (value, weight), weights in rupiah; rows without a value or weight are left out."""
    present = [(value, weight) for value, weight in pairs if value is not None and weight > 0]
    total = sum(weight for _, weight in present)
    return sum((value * weight for value, weight in present), ZERO) / total if total else None
