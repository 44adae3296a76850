"""The Rp columns of nodes: what stands on the sub kegiatan, summed over everything beneath a node."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from data.evaluasi.bahan import MONTHS_OF_TW, Bahan, Renstra
from data.formulas.uang import serapan
from data.rollups.read import Bulan, Key, Mentah
from data.rollups.uang import positions
from data.words import Level

QUARTERS: Final = (1, 2, 3, 4)
Row = dict[str, Any]


@dataclass
class Rupiah:
    """One node: its budget, what was spent by quarter, and the Renstra's end and past. None: nobody has said."""

    pagu: int | None = None
    triwulan: dict[int, int] = field(default_factory=dict)
    tahun_ini: int | None = None
    """What the screens show s.d. the triwulan: of those that have reported it, which the quarters may exceed."""
    akhir: int | None = None
    lalu: int | None = None
    jelas: bool = True
    """False when the past of the Renstra is not known, so that nothing may be added to it."""

    def columns(self) -> Row:
        """rp5 to rp14."""
        known = self.akhir is not None and self.jelas and self.tahun_ini is not None
        so_far = plus([self.lalu, self.tahun_ini]) if known else None
        share: Decimal | None = serapan([so_far], [self.akhir])[0]
        return {
            "rp5": self.akhir,
            "rp6": self.lalu if self.akhir is not None else None,
            "rp7": self.pagu,
            **{f"rp{7 + tw}": self.triwulan.get(tw) for tw in QUARTERS},
            "rp12": self.tahun_ini,
            "rp13": so_far,
            "rp14": share,
        }


def plus(values: Iterable[int | None]) -> int | None:
    """The sum of those that are there; None when none is."""
    given = [value for value in values if value is not None]
    return sum(given) if given else None


def money_of_nodes(bahan: Bahan, name_of: Callable[[Key], Key] = lambda key: key) -> dict[Key, Rupiah]:
    """By (opd, code); ``name_of`` may put the same node of several OPD together (the Renstra then stays out). Whoever
    is silent at the end of the triwulan is in the quarters told, not in the year so far: a sum would read it as 0."""
    found: dict[Key, Rupiah] = defaultdict(Rupiah)
    last, so_far = bahan.tw * MONTHS_OF_TW, positions(bahan.raw)
    for key in _subs(bahan.raw):
        months = bahan.raw.keuangan.get(key, {})
        pagu, spent = pagu_at(bahan.raw.nodes[key].pagu, months, last), by_quarter(months, bahan.tw)
        for place in _places(bahan.raw, key, name_of):
            one = found[place]
            one.pagu = plus([one.pagu, pagu])
            one.tahun_ini = plus([one.tahun_ini, so_far[key][last - 1].realisasi])
            for tw, amount in spent.items():
                one.triwulan[tw] = one.triwulan.get(tw, 0) + amount
    return dict(found)


def add_renstra(bahan: Bahan, found: dict[Key, Rupiah]) -> None:
    """Columns 5 and 6 of each node that has a row in the Renstra."""
    past = {year: _spent(raw) for year, raw in bahan.tahunan.items() if year < bahan.tahun}
    for key, row in bahan.renstra.items():
        if key in found and row.pagu is not None:
            found[key].akhir = row.pagu
            found[key].jelas = not bahan.unknown_past(row, row.lalu_uang)
            found[key].lalu = _before(bahan, key, row, past) if found[key].jelas else None


def _before(bahan: Bahan, key: Key, row: Renstra, past: dict[int, dict[Key, int]]) -> int | None:
    return plus([row.lalu_uang, *(past[year].get(key) for year in bahan.years_before(row))])


def _spent(raw: Mentah) -> dict[Key, int]:
    """Rupiah of a whole year by node."""
    found: dict[Key, int] = {}
    for key in _subs(raw):
        amounts = [month.realisasi for month in raw.keuangan.get(key, {}).values()]
        total = plus(amounts)
        for place in raw.lineage(key) if total is not None else ():
            found[place] = found.get(place, 0) + (total or 0)
    return found


def _subs(raw: Mentah) -> list[Key]:
    return [key for key, node in raw.nodes.items() if node.level == Level.SUB_KEGIATAN]


def _places(raw: Mentah, key: Key, name_of: Callable[[Key], Key]) -> list[Key]:
    return list(dict.fromkeys(name_of(place) for place in raw.lineage(key)))


def pagu_at(planned: int | None, months: dict[int, Bulan], last: int) -> int | None:
    """The budget in force in a month, after changes during the year."""
    for month in range(last, 0, -1):
        changed = months[month].pagu if month in months else None
        if changed is not None:
            return changed
    return planned


def by_quarter(months: dict[int, Bulan], until: int) -> dict[int, int]:
    """What was spent in each quarter up to ``until``; a quarter nobody reported is not there."""
    found: dict[int, int] = {}
    for month, row in months.items():
        tw = (month - 1) // MONTHS_OF_TW + 1
        if row.realisasi is not None and tw <= until:
            found[tw] = found.get(tw, 0) + row.realisasi
    return found
