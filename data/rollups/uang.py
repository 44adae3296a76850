"""Money and fisik of nodes, month by month, cumulative.

A sub kegiatan counts as reported in a month when that month has a realisasi, or when it reported before and its OPD
did report that month (nothing new was spent). Totals of an incomplete month are compared with the pagu and RAK of those
that reported, never with everybody's; fisik is compared with the plan of the same sub kegiatan.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from data.formulas.rerata import mean_weighted
from data.rollups.read import Bulan, Key, Mentah
from data.types import quantize_percent
from data.words import Level

Row = dict[str, Any]
MONTHS = range(1, 13)
EMPTY = Bulan(None, None, None, None, None)


@dataclass(slots=True)
class Posisi:
    """One sub kegiatan s.d. one month; rupiah cumulative."""

    pagu: int
    rak: int | None
    realisasi: int | None
    fisik_rencana: Decimal | None
    fisik: Decimal | None


def positions(raw: Mentah) -> dict[Key, list[Posisi]]:
    """One list per sub kegiatan: its twelve months."""
    found = {
        key: _months(node.pagu or 0, raw.keuangan.get(key, {}))
        for key, node in raw.nodes.items()
        if node.level == Level.SUB_KEGIATAN
    }
    told = {(key[0], at) for key, months in found.items() for at in range(12) if months[at].realisasi is not None}
    for key, months in found.items():
        for at in range(1, 12):
            before = months[at - 1]
            if months[at].realisasi is None and before.realisasi is not None and (key[0], at) in told:
                months[at].realisasi, months[at].fisik = before.realisasi, before.fisik
    return found


def _months(pagu: int, reported: dict[int, Bulan]) -> list[Posisi]:
    result = []
    rak, spent, planned = None, 0, None
    for month in MONTHS:
        row = reported.get(month, EMPTY)
        pagu = pagu if row.pagu is None else row.pagu
        rak = rak if row.rak is None else (rak or 0) + row.rak
        spent += row.realisasi or 0
        planned = planned if row.fisik_rencana is None else row.fisik_rencana
        realised = None if row.realisasi is None else spent
        result.append(Posisi(pagu, rak, realised, planned, row.fisik))
    return result


def pagu_in_force(months: dict[Key, list[Posisi]]) -> dict[tuple[str, str, int], int]:
    """Rupiah per (opd, sub kegiatan, month), after changes of the budget during the year."""
    return {(key[0], key[1], month): of[month - 1].pagu for key, of in months.items() for month in MONTHS}


def rows(raw: Mentah, months: dict[Key, list[Posisi]]) -> list[Row]:
    """One row per node and per OPD of the family × month."""
    beneath: dict[tuple[str, str, str, str | None], list[list[Posisi]]] = {}
    for key, of in months.items():
        for parent in raw.lineage(key):
            node = raw.nodes[parent]
            beneath.setdefault((node.level, parent[0], parent[1], node.induk), []).append(of)
        for opd in {key[0], raw.root}:
            induk = None if opd == raw.root else raw.root
            beneath.setdefault((Level.OPD.value, opd, "", induk), []).append(of)
    return [
        _row(raw.tahun, month, place, [of[month - 1] for of in subs])
        for place, subs in beneath.items()
        for month in MONTHS
    ]


def _row(tahun: int, month: int, place: tuple[str, str, str, str | None], subs: list[Posisi]) -> Row:
    level, opd, kode, induk = place
    told = [sub for sub in subs if sub.realisasi is not None]
    measured = [sub for sub in told if sub.fisik is not None] or [s for s in subs if s.fisik_rencana is not None]
    return {
        "tahun": tahun,
        "bulan": month,
        "level": str(level),
        "opd": opd,
        "kode": kode,
        "induk": induk,
        "pagu": sum(sub.pagu for sub in subs),
        "rak": _plan(subs),
        "pagu_lapor": sum(sub.pagu for sub in told),
        "rak_lapor": _plan(told),
        "realisasi": _total([sub.realisasi for sub in told]),
        "pagu_fisik": sum(sub.pagu for sub in measured),
        "fisik_rencana": _weighted([(sub.fisik_rencana, sub.pagu) for sub in measured]),
        "fisik": _weighted([(sub.fisik, sub.pagu) for sub in measured]) if told else None,
        "sub_kegiatan": len(subs),
        "dilaporkan": len(told),
    }


def _plan(subs: list[Posisi]) -> int | None:
    """The planned rupiah, if every sub kegiatan that has money has a plan."""
    if any(sub.rak is None and sub.pagu for sub in subs):
        return None
    return _total([sub.rak for sub in subs])


def _total(values: list[int | None]) -> int | None:
    present = [value for value in values if value is not None]
    return sum(present) if present else None


def _weighted(pairs: list[tuple[Decimal | None, int]]) -> Decimal | None:
    value = mean_weighted(pairs)
    return None if value is None else quantize_percent(value)


def pemda_row(tahun: int, month: int, opds: list[Row]) -> Row:
    """The whole government: sums over its OPD; fisik weighted by the pagu each one reported on."""
    sums = ("pagu", "pagu_lapor", "sub_kegiatan", "dilaporkan")
    measured = [row for row in opds if row["fisik"] is not None] or opds
    told = [row for row in opds if row["realisasi"] is not None]
    return {
        "tahun": tahun,
        "bulan": month,
        "level": Level.PEMDA.value,
        "opd": "",
        "kode": "",
        "induk": None,
        **{name: sum(row[name] for row in opds) for name in sums},
        "realisasi": _total([row["realisasi"] for row in told]),
        "rak": _sum_of_plans(opds, "rak", "pagu"),
        "rak_lapor": _sum_of_plans(told, "rak_lapor", "pagu_lapor"),
        "pagu_fisik": sum(row["pagu_fisik"] for row in measured),
        "fisik_rencana": _weighted([(row["fisik_rencana"], row["pagu_fisik"]) for row in measured]),
        "fisik": _weighted([(row["fisik"], row["pagu_fisik"]) for row in measured]),
    }


def _sum_of_plans(opds: list[Row], plan: str, pagu: str) -> int | None:
    if any(row[plan] is None and row[pagu] for row in opds):
        return None
    return _total([row[plan] for row in opds])
