"""What was achieved: choose which indicators fall short, and by how much, so that each OPD ends where its story says.

An OPD's capaian is the mean of its programs, a program's the mean of the indicators beneath it, each limited to 100.
Shortfalls are therefore spent program by program, on a lasting order of indicators, until the points are used up.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from random import Random
from typing import Final

from data.contoh.bentuk import Kelas, Ukur
from data.words import Akumulasi, Arah

SEPULUH_RIBU = 10_000
BAGIAN: Final = (42.0, 31.0, 25.0, 20.0, 16.0, 12.0, 10.0, 8.0, 6.0, 5.0, 4.0)
"""How many points the worst program may lose, the second, and so on."""


@dataclass
class Jalan:
    """One indicator on its way through the year."""

    ukur: Ukur
    lebih: int
    parah: float
    urutan: float
    jumlah: int = 0
    banyak: int = 0
    nilai: dict[int, int] = field(default_factory=dict)
    kurang: set[int] = field(default_factory=set)

    def attempt(self, tw: int, rasio: int) -> tuple[int, float]:
        """(the quarter's value, capaian so far) when the indicator is to stand at ``rasio`` (10,000 = target)."""
        if self.ukur.tetap is not None and tw <= len(self.ukur.tetap):
            value = self.ukur.tetap[tw - 1]
            return value, self._capaian(tw, self._combined(value))
        target = self._target(tw)
        fine = rasio >= SEPULUH_RIBU
        if self.ukur.arah == Arah.TURUN:
            wanted = _share(target, 2 * SEPULUH_RIBU - rasio, up=not fine)
        else:
            wanted = _share(target, rasio, up=fine)
        if self.ukur.satuan == "%" and self.ukur.akumulasi != Akumulasi.JUMLAH:
            wanted = min(wanted, 100 * 10**self.ukur.places)
        value = max(wanted - self.jumlah, 0) if self.ukur.akumulasi == Akumulasi.JUMLAH else wanted
        return value, self._capaian(tw, self._combined(value))

    def commit(self, tw: int, value: int) -> None:
        self.nilai[tw] = value
        self.jumlah += value
        self.banyak += 1

    def _target(self, tw: int) -> int:
        return sum(self.ukur.target[:tw]) if self.ukur.akumulasi == Akumulasi.JUMLAH else self.ukur.target[tw - 1]

    def _combined(self, value: int) -> float:
        if self.ukur.akumulasi == Akumulasi.JUMLAH:
            return self.jumlah + value
        return value if self.ukur.akumulasi == Akumulasi.TERAKHIR else (self.jumlah + value) / (self.banyak + 1)

    def _capaian(self, tw: int, combined: float) -> float:
        target = self._target(tw)
        if not target:
            return 100.0
        return (2 * target - combined) * 100 / target if self.ukur.arah == Arah.TURUN else combined * 100 / target


def _share(target: int, rasio: int, up: bool) -> int:
    return -(-target * rasio // SEPULUH_RIBU) if up else target * rasio // SEPULUH_RIBU


def achieve(ukur: list[Ukur], points: tuple[float, ...], silent: set[int], biang: str | None, seed: str) -> list[Jalan]:
    """Walk one OPD (with its units) through the year. ``silent``: the quarters in which nothing was counted."""
    rng = Random(f"kinerja|{seed}")
    ways = [_way(one, rng) for one in ukur]
    order = _program_order(ways, biang, seed)
    for tw in range(1, len(points) + 1):
        if tw not in silent:
            _quarter(ways, order, points[tw - 1], tw)
    return ways


def _way(ukur: Ukur, rng: Random) -> Jalan:
    luck = rng.random()
    extra = 0 if luck < 0.66 else rng.randrange(50, 1200, 10) if luck < 0.985 else rng.randrange(1500, 4500, 10)
    if ukur.akumulasi != Akumulasi.JUMLAH or ukur.arah == Arah.TURUN:
        extra = min(extra, 900)
    lost = rng.uniform(0.03, 0.1) if rng.random() < 0.25 else rng.uniform(0.28, 0.74)
    return Jalan(ukur, extra, lost, rng.random())


def _program_order(ways: list[Jalan], biang: str | None, seed: str) -> list[tuple[str, str]]:
    """The OPD's programs, worst first: the one the story names, then the others, the supporting one last."""
    programs = sorted({(way.ukur.opd, way.ukur.program) for way in ways if way.ukur.program is not None})
    lasting = Random(f"program|{seed.split('|')[0]}")
    chance = {key: lasting.random() for key in programs}
    return sorted(programs, key=lambda key: (key[1] != biang, key[1].endswith(".01"), chance[key]))


def _quarter(ways: list[Jalan], order: list[tuple[str, str]], points: float, tw: int) -> None:
    beneath: dict[tuple[str, str], list[Jalan]] = defaultdict(list)
    for way in ways:
        if way.ukur.kelas == Kelas.BIASA and way.ukur.program is not None:
            beneath[way.ukur.opd, way.ukur.program].append(way)
    left = points * len(beneath)
    shares = _shares(left, len(order))
    short: dict[int, int] = {}
    carried = 0.0
    for key, share in zip(order, shares, strict=True):
        wanted = (share + carried) if key in beneath else 0.0
        spent = _spend(beneath.get(key, []), wanted, tw, short)
        carried += share - spent
    for way in ways:
        _settle(way, tw, short.get(id(way)), missing=points)


def _shares(total: float, count: int) -> list[float]:
    """Points per program, worst first; the shape of BAGIAN, stretched when it is not enough."""
    shape = [*BAGIAN, *[3.0] * count][:count]
    stretch = max(1.0, total / sum(shape)) if count else 1.0
    result = []
    for part in shape:
        result.append(min(part * stretch, total))
        total -= result[-1]
    return result


def _spend(beneath: list[Jalan], points: float, tw: int, short: dict[int, int]) -> float:
    """Let indicators of one program fall short until its mean has lost ``points``; how many it really lost."""
    count = len(beneath)
    if not count:
        return 0.0
    left = points * count
    for way in beneath:
        if way.ukur.tetap is not None:
            left -= _loss(way.attempt(tw, SEPULUH_RIBU)[1])
    for way in sorted(beneath, key=lambda one: one.urutan):
        if left < 0.4:
            break
        if not _can_fall_short(way.ukur):
            continue
        severity = way.parah if points < 30 else min(0.92, way.parah * 1.35)
        rasio = SEPULUH_RIBU - int(min(severity * 100, left) * 100)
        loss = _loss(way.attempt(tw, rasio)[1])
        if 0 < loss <= left + 2:
            short[id(way)] = rasio
            left -= loss
    return points - left / count


def _loss(capaian: float) -> float:
    return 100 - min(max(capaian, 0.0), 100.0)


def _can_fall_short(ukur: Ukur) -> bool:
    """Those that can recover later: a sum that should be low, a mean, a rating or a range cannot."""
    if ukur.teks or ukur.tetap is not None or ukur.akumulasi == Akumulasi.RATA_RATA or ukur.arah == Arah.RENTANG:
        return False
    return not (ukur.arah == Arah.TURUN and ukur.akumulasi == Akumulasi.JUMLAH)


def _settle(way: Jalan, tw: int, rasio: int | None, missing: float) -> None:
    """Write the quarter's value down."""
    if way.ukur.program is None and missing > 10 and _can_fall_short(way.ukur):
        rasio = SEPULUH_RIBU - int(missing * 90)
    if rasio is not None:
        way.kurang.add(tw)
    if way.ukur.arah == Arah.RENTANG:
        value = (way.ukur.target[tw - 1] + (way.ukur.atas or 0) * 2) // 3
    else:
        value = way.attempt(tw, SEPULUH_RIBU + way.lebih if rasio is None else rasio)[0]
    way.commit(tw, value)
