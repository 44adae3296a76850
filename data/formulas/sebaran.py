"""How a group of numbers is spread: quartiles, and the place of each in the group. Exact, nothing is interpolated in
floating point."""

from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple


class Kuartil(NamedTuple):
    q1: Decimal | None
    median: Decimal | None
    q3: Decimal | None


def kuartil(values: Sequence[Decimal]) -> Kuartil:
    """The three quartiles by linear interpolation between the ranks (QUARTILE.INC of spreadsheets); None of nothing."""
    ordered = sorted(values)
    if not ordered:
        return Kuartil(None, None, None)
    return Kuartil(*(_at(ordered, Decimal(part) * (len(ordered) - 1) / 4) for part in (1, 2, 3)))


def _at(ordered: Sequence[Decimal], place: Decimal) -> Decimal:
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def peringkat(values: Sequence[Decimal | None]) -> list[int | None]:
    """The place of each counted from the lowest, 1 first; equals share the better place, None has none."""
    ordered = sorted(value for value in values if value is not None)
    return [None if value is None else bisect_left(ordered, value) + 1 for value in values]
