"""Money and physical progress. Source: DOMAIN §4; money is integer rupiah, results are percent or points."""

from collections.abc import Sequence
from decimal import Decimal

from data.formulas import Column


def serapan(realisasi: Sequence[int | None], pagu: Sequence[int | None]) -> list[Decimal | None]:
    """realisasi / pagu × 100; None without a report or with a pagu of 0."""
    return [None if r is None or not p else Decimal(r) * 100 / Decimal(p) for r, p in zip(realisasi, pagu, strict=True)]


def deviasi(aktual: Column, rencana: Column) -> list[Decimal | None]:
    """actual − plan, in percentage points: negative is behind. (One system in use has the sign inverted.)"""
    return [None if a is None or r is None else a - r for a, r in zip(aktual, rencana, strict=True)]


def pita(deviasi_poin: Decimal) -> str:
    """The band of a deviation: ≥ 0 ``sesuai``, 0 to −10 ``perhatian``, below −10 ``tertinggal``."""
    if deviasi_poin >= 0:
        return "sesuai"
    return "perhatian" if deviasi_poin >= -10 else "tertinggal"


def kritis(rencana: Decimal, aktual: Decimal) -> bool:
    """Critical contract rule for construction: planned 0–70 % and late by more than 10, or 70–100 % by more than 5.

    Source: the "kontrak kritis" rule of public works procurement (Permen PUPR, general contract conditions).
    """
    late = rencana - aktual
    return late > 10 if rencana <= 70 else late > 5


def falls(kumulatif: Sequence[int | None]) -> list[int]:
    """Positions (0-based) at which a cumulative series falls below what it was: a sign of a wrong file."""
    highest: int | None = None
    found = []
    for position, value in enumerate(kumulatif):
        if value is None:
            continue
        if highest is not None and value < highest:
            found.append(position)
        highest = value if highest is None else max(highest, value)
    return found


def cumulative(bulanan: Sequence[int | None]) -> list[int | None]:
    """Running total of monthly rupiah; None at a month that was not reported."""
    total = 0
    result: list[int | None] = []
    for value in bulanan:
        total += value or 0
        result.append(None if value is None else total)
    return result
