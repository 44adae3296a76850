"""How the quarters of a year combine into "so far" (s.d. periode). Source: DOMAIN §3, practice of RKPD evaluation."""

from collections.abc import Sequence
from decimal import Decimal

from data.formulas import Column
from data.words import Akumulasi


def combine(values: Sequence[Decimal], akumulasi: str) -> Decimal | None:
    """One indicator's reported values, oldest first, as one: their sum, the last, or their mean."""
    if not values:
        return None
    if akumulasi == Akumulasi.JUMLAH:
        return sum(values, Decimal(0))
    if akumulasi == Akumulasi.TERAKHIR:
        return values[-1]
    if akumulasi == Akumulasi.RATA_RATA:
        return sum(values, Decimal(0)) / len(values)
    raise ValueError(f"unknown akumulasi: {akumulasi}")


def so_far(quarters: Sequence[Column], akumulasi: Sequence[str]) -> list[Decimal | None]:
    """Combine the columns of TW I up to the current one, row by row. Blanks are left out, never read as zero."""
    rows = zip(*quarters, strict=True)
    return [
        combine([value for value in row if value is not None], kind) for row, kind in zip(rows, akumulasi, strict=True)
    ]
