"""Names on the scale. Source: Permendagri 54/2010 and 86/2017, scale of realisasi kinerja.

The printed table has holes (50–51, 65–66, 75–76, 90–91). Two readings close them: ``di_atas`` (> 90, > 75, > 65,
> 50) and ``mulai`` (≥ 91, ≥ 76, ≥ 66, ≥ 51).
"""

from decimal import Decimal
from enum import StrEnum
from typing import Final

from data.formulas import Column
from data.words import Status


class Bacaan(StrEnum):
    DI_ATAS = "di_atas"
    MULAI = "mulai"


NAMES: Final = ("Sangat Tinggi", "Tinggi", "Sedang", "Rendah", "Sangat Rendah")
LIMITS: Final = {Bacaan.DI_ATAS: (90, 75, 65, 50), Bacaan.MULAI: (91, 76, 66, 51)}


def predikat(capaian: Decimal | None, bacaan: str = Bacaan.DI_ATAS) -> str | None:
    """The name of one capaian."""
    if capaian is None:
        return None
    reading = Bacaan(bacaan)
    for limit, name in zip(LIMITS[reading], NAMES, strict=False):
        if capaian > limit or (reading == Bacaan.MULAI and capaian == limit):
            return name
    return NAMES[-1]


def predikat_column(capaian: Column, bacaan: str = Bacaan.DI_ATAS) -> list[str | None]:
    """``predikat`` over a column."""
    return [predikat(value, bacaan) for value in capaian]


def status(deviasi: Decimal, ambang: Decimal = Decimal(-10)) -> Status:
    """Status by deviasi in points: ≥ 0 tercapai, down to ``ambang`` perhatian, below it di bawah target."""
    if deviasi >= 0:
        return Status.TERCAPAI
    return Status.PERHATIAN if deviasi >= ambang else Status.DI_BAWAH
