"""How much of an OPD-year a stored row disturbs: which quarters, and whether its money."""

from dataclasses import dataclass
from typing import Final

QUARTERS: Final = frozenset({1, 2, 3, 4})


@dataclass(frozen=True)
class Lingkup:
    """``langsung``: quarters to make anew in any case. ``ikut``: later quarters, which only change where the OPD has
    reported for them. ``uang``: the months too."""

    langsung: frozenset[int]
    ikut: frozenset[int]
    uang: bool = False

    def __or__(self, other: "Lingkup") -> "Lingkup":
        if self == other:
            return self
        return Lingkup(self.langsung | other.langsung, self.ikut | other.ikut, self.uang or other.uang)


EVERYTHING: Final = Lingkup(QUARTERS, QUARTERS, True)
ALL_QUARTERS: Final = Lingkup(QUARTERS, QUARTERS)
MONEY: Final = Lingkup(frozenset(), frozenset(), True)
FROM: Final = {tw: Lingkup(frozenset({tw}), frozenset(range(tw, 5))) for tw in (1, 2, 3, 4)}
