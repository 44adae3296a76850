"""By how many points each part pulls a simple mean away from 100."""

from collections.abc import Sequence
from decimal import Decimal

from data.types import quantize_percent

HUNDRED = Decimal(100)


def sumbangan(values: Sequence[Decimal | None]) -> list[Decimal | None]:
    """(value − 100) / n of each that counts, n being how many count; None stays None.

    They add up to the deviasi of the mean, to the last of its ten places: what rounding each leaves over goes to the
    largest."""
    present = [value for value in values if value is not None]
    if not present:
        return [None] * len(values)
    parts = [None if value is None else quantize_percent((value - HUNDRED) / len(present)) for value in values]
    total = quantize_percent(sum(present, Decimal(0)) / len(present)) - HUNDRED
    rest = total - sum((part for part in parts if part is not None), Decimal(0))
    _, largest = max((abs(part), place) for place, part in enumerate(parts) if part is not None)
    return [part + rest if part is not None and place == largest else part for place, part in enumerate(parts)]
