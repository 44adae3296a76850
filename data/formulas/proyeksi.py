"""A simple projection to the year's end, with its range, and how wrong it would have been in past years.

Method [S]: how many times its TW k figure a node reached in TW IV of past years. The middle one (median) of these
ratios in the comparable group multiplies today's figure; the tenth and the ninetieth in a hundred make the range, which
so holds eight of ten past cases. Ratios and not differences in points: back-tested on the sample city they were three
times nearer for serapan (0,7 against 2,0 points from TW I) and the same for capaian.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from data.formulas.rerata import mean

LEAST: Final = 8
"""So many past cases a group needs; with fewer there is no projection."""
LOW, HIGH, MIDDLE = Decimal("0.1"), Decimal("0.9"), Decimal("0.5")
ZERO: Final = Decimal(0)
LAST: Final = 4
Path = Mapping[int, Decimal]
"""One node's figure of one year by quarter, percent; a quarter without a figure is absent."""


@dataclass(frozen=True)
class Proyeksi:
    """The year's end as it may be: percent. ``kasus``: how many past cases it rests on; ``kali``: what
    today's figure was multiplied by. Without a range (None) it is the plan's own profile, not experience."""

    nilai: Decimal
    bawah: Decimal | None
    atas: Decimal | None
    kali: Decimal
    kasus: int


def quantile(values: Sequence[Decimal], share: Decimal) -> Decimal:
    """The value below which ``share`` of them lie, straight between neighbours (type 7). ``values``: not empty."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def ratios(past: Iterable[Path], tw: int) -> list[Decimal]:
    """TW IV ÷ TW ``tw`` of each past path that has both and began above 0."""
    return [path[LAST] / path[tw] for path in past if path.get(tw, ZERO) > 0 and LAST in path]


@dataclass(frozen=True)
class Pengalaman:
    """What past ratios come to: the middle one, the ends of the range, and how many there were."""

    kali: Decimal
    bawah: Decimal
    atas: Decimal
    kasus: int


def experience(past: Sequence[Decimal]) -> Pengalaman | None:
    """None with fewer than ``LEAST`` ratios."""
    if len(past) < LEAST:
        return None
    low, middle, high = (quantile(past, share) for share in (LOW, MIDDLE, HIGH))
    return Pengalaman(middle, low, high, len(past))


def project(now: Decimal, past: Pengalaman, most: Decimal | None) -> Proyeksi:
    """Today's figure carried to TW IV. Never below 0, nor above ``most`` (an average that is capped at 100 cannot end
    above it)."""
    nilai, bawah, atas = (_within(now * times, most) for times in (past.kali, past.bawah, past.atas))
    return Proyeksi(nilai, bawah, atas, past.kali, past.kasus)


def by_plan(
    now: Decimal, planned: Decimal | None, planned_year: Decimal | None, most: Decimal | None
) -> Proyeksi | None:
    """Today's figure carried by the plan's own profile: what is planned for the year ÷ what was planned so far."""
    if planned is None or planned_year is None or planned <= 0:
        return None
    times = planned_year / planned
    return Proyeksi(_within(now * times, most), None, None, times, 0)


def _within(value: Decimal, most: Decimal | None) -> Decimal:
    floored = max(value, ZERO)
    return floored if most is None else min(floored, most)


def linear(path: Path, tw: int, most: Decimal | None) -> Decimal | None:
    """The naive straight line: the pace of the year so far goes on. For a share of the year's pagu that grows from 0
    that is value ÷ k × 4."""
    return _within(path[tw] * LAST / tw, most) if tw in path else None


def trend(path: Path, tw: int, most: Decimal | None) -> Decimal | None:
    """The naive straight line of a figure that does not start at 0: its last change is repeated each quarter."""
    if tw not in path or tw - 1 not in path:
        return None
    return _within(path[tw] + (path[tw] - path[tw - 1]) * (LAST - tw), most)


@dataclass(frozen=True)
class Uji:
    """What a projection from one quarter would have been worth: mean absolute errors in points, ``cakupan`` in percent
    of the cases inside the range. The naive ones are None where they cannot be made."""

    kasus: int
    galat: Decimal
    galat_lurus: Decimal | None
    galat_tetap: Decimal
    cakupan: Decimal


@dataclass(frozen=True)
class Kasus:
    """One past case: what was projected, what the two naive ways said, and what came."""

    proyeksi: Proyeksi
    lurus: Decimal | None
    tetap: Decimal
    nyata: Decimal


def judge(cases: Sequence[Kasus]) -> Uji | None:
    """None without a case."""
    if not cases:
        return None
    ours = mean(abs(case.proyeksi.nilai - case.nyata) for case in cases)
    flat = mean(abs(case.tetap - case.nyata) for case in cases)
    straight = mean(None if case.lurus is None else abs(case.lurus - case.nyata) for case in cases)
    inside = sum(_inside(case) for case in cases)
    assert ours is not None
    assert flat is not None
    return Uji(len(cases), ours, straight, flat, Decimal(inside) * 100 / len(cases))


def _inside(case: Kasus) -> bool:
    low, high = case.proyeksi.bawah, case.proyeksi.atas
    return low is not None and high is not None and low <= case.nyata <= high
