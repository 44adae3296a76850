"""Capaian in percent, by direction. Source: Permendagri 86/2017 practice as printed in LAKIP/LKjIP (DOMAIN §3).

Where there is no target, a target of zero or below, or nothing reported, there is no capaian: ``None``, never 0.
"""

from collections.abc import Sequence
from decimal import Decimal

from data.formulas import Column
from data.words import Arah, RumusTurun

HUNDRED = Decimal(100)
SKALA_AKIP = ("AA", "A", "BB", "B", "CC", "C", "D")


def naik(realisasi: Decimal | None, target: Decimal | None) -> Decimal | None:
    """R / T × 100."""
    if realisasi is None or target is None or target <= 0:
        return None
    return realisasi * HUNDRED / target


def turun(realisasi: Decimal | None, target: Decimal | None, rumus: str = RumusTurun.SELISIH) -> Decimal | None:
    """(2T − R) / T × 100, or T / R × 100. The first falls to 0 at R = 2T and goes on below; the second has no
    value at R = 0."""
    if realisasi is None or target is None or target <= 0:
        return None
    if rumus == RumusTurun.NISBAH:
        return target * HUNDRED / realisasi if realisasi > 0 else None
    return (2 * target - realisasi) * HUNDRED / target


def rentang(realisasi: Decimal | None, bawah: Decimal | None, atas: Decimal | None) -> Decimal | None:
    """Inside the range 100; above it the upper bound is a ``turun`` target, below it the lower one a ``naik``."""
    if realisasi is None or bawah is None or atas is None:
        return None
    if bawah <= realisasi <= atas:
        return HUNDRED
    return turun(realisasi, atas) if realisasi > atas else naik(realisasi, bawah)


def teks(realisasi: str | None, target: str | None, skala: Sequence[str] = SKALA_AKIP) -> Decimal | None:
    """100 if the rating is equal or better on the ordered scale (best first), else 0.

    A pair that is not on the scale is compared as words: equal is 100; unequal has no capaian, because nobody
    declared which is better.
    """
    if not realisasi or not target:
        return None
    got, wanted = realisasi.strip().casefold(), target.strip().casefold()
    if got == wanted:
        return HUNDRED
    order = [step.strip().casefold() for step in skala]
    if got in order and wanted in order:
        return HUNDRED if order.index(got) <= order.index(wanted) else Decimal(0)
    return None


def capaian_naik(realisasi: Column, target: Column) -> list[Decimal | None]:
    """``naik`` over columns, in percent."""
    return [naik(r, t) for r, t in zip(realisasi, target, strict=True)]


def capaian_turun(realisasi: Column, target: Column, rumus: str = RumusTurun.SELISIH) -> list[Decimal | None]:
    """``turun`` over columns, in percent."""
    return [turun(r, t, rumus) for r, t in zip(realisasi, target, strict=True)]


def capaian_rentang(realisasi: Column, bawah: Column, atas: Column) -> list[Decimal | None]:
    """``rentang`` over columns, in percent."""
    return [rentang(r, low, high) for r, low, high in zip(realisasi, bawah, atas, strict=True)]


def capaian_teks(
    realisasi: Sequence[str | None], target: Sequence[str | None], skala: Sequence[Sequence[str]]
) -> list[Decimal | None]:
    """``teks`` over columns, each row with its own ordered scale (best first)."""
    return [teks(r, t, s) for r, t, s in zip(realisasi, target, skala, strict=True)]


def meets_target(realisasi: Column, target: Column, arah: Sequence[str]) -> list[bool | None]:
    """Is the target met? Compared directly, so that it also answers for a target of 0, which has no percent."""
    return [
        None if r is None or t is None else (r <= t if a == Arah.TURUN else r >= t)
        for r, t, a in zip(realisasi, target, arah, strict=True)
    ]
