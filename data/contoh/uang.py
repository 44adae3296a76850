"""Money and physical progress of each sub kegiatan, month by month: an S-curve that hurries in TW IV."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

from data.contoh.bentuk import Simpai

# Cumulative share of the ceiling by month, in hundredths of a percent: what is usually spent, and what was planned.
BELANJA: Final = (300, 700, 1200, 1600, 2000, 2900, 3800, 4600, 5500, 6400, 7300, 9300)
RAK: Final = (350, 800, 1400, 1900, 2400, 3300, 4200, 5000, 6000, 7000, 8000, 10000)
FISIK: Final = (200, 700, 1500, 2300, 3100, 4100, 5100, 6000, 7000, 8000, 9000, 10000)
GAJI: Final = (430, 880, 1370, 1850, 2260, 3150, 4050, 4850, 5750, 6650, 7550, 9550)
RAK_GAJI: Final = (480, 960, 1480, 1980, 2480, 3380, 4280, 5080, 6080, 7080, 8080, 10000)
SERATUS: Final = 10_000


@dataclass(slots=True)
class Bulan:
    """One sub kegiatan in one month: rupiah of that month, fisik cumulative in hundredths of a percent."""

    bulan: int
    pagu: int | None
    rak: int
    realisasi: int
    fisik_rencana: int
    fisik: int


def months(node: Simpai, tahun: int, pace: float, health: float) -> Iterator[Bulan]:
    """The twelve months of one sub kegiatan. ``pace``: money against the usual, ``health``: fisik against its plan."""
    rng = Random(f"uang|{node.opd}|{node.kode}|{tahun}")
    ceiling = node.pagu or 0
    changed = _changed(ceiling, tahun, rng)
    own_pace = pace * rng.uniform(0.9, 1.1)
    over = 10_150 if rng.random() < 0.002 else 9_990
    wages = node.nama.startswith("Penyediaan Gaji")
    planned = spent = 0
    for month in range(1, 13):
        pagu = changed if month >= 10 else ceiling
        plan = max(pagu * _at(RAK_GAJI if wages else RAK, month) // SERATUS, planned)
        share = int(_at(GAJI if wages else BELANJA, month) * (pace if wages else own_pace))
        share = share if month < 12 else max(share, int(9_300 * min(own_pace, 1.06)))
        paid = max(pagu * min(share, over if month == 12 else 9_950) // SERATUS, spent)
        if over > SERATUS and month == 12:
            paid = max(paid, pagu * over // SERATUS)
        physical = min(SERATUS, int(_at(FISIK, month) * health * rng.uniform(0.97, 1.03)))
        yield Bulan(month, pagu if pagu != ceiling else None, plan - planned, paid - spent, _at(FISIK, month), physical)
        planned, spent = plan, paid


def _at(curve: tuple[int, ...], month: int) -> int:
    return curve[month - 1]


def _changed(ceiling: int, tahun: int, rng: Random) -> int:
    """The ceiling after the change of the budget (perubahan APBD) in October, for a few sub kegiatan."""
    luck, factor = rng.random(), rng.uniform(0.9, 1.25)
    return int(ceiling * factor) // 1000 * 1000 if luck < 0.07 else ceiling
