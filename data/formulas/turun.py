"""Falling twice in a row: one meaning for the early warning and for the filter of /analisis.

Figures are s.d. a triwulan and start anew each year, so a quarter is compared only with those before it in its own
year: nothing falls twice before TW III.
"""

from typing import Any, Final

FIRST_TW: Final = 3
"""The first triwulan of a year that has two others before it."""


def fell_twice(now: Any, before: Any, earlier: Any) -> Any:
    """Did a figure fall in each of the last two triwulan of one year? For three numbers, or three arrays of them, that
    are all known; a missing one fell nowhere, and who asks sees to that."""
    return (now < before) & (before < earlier)
