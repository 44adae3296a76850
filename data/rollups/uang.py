"""Money and fisik of nodes, month by month, cumulative.

A sub kegiatan counts as reported in a month when that month has a realisasi. Totals of an incomplete month are
compared with the pagu and RAK of those that reported (``pagu_lapor``, ``rak_lapor``), never with everybody's.
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
    return {
        key: _months(node.pagu or 0, raw.keuangan.get(key, {}))
        for key, node in raw.nodes.items()
        if node.level == Level.SUB_KEGIATAN
    }


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
    return {
        "tahun": tahun,
        "bulan": month,
        "level": str(level),
        "opd": opd,
        "kode": kode,
        "induk": induk,
        "pagu": sum(sub.pagu for sub in subs),
        "rak": _total([sub.rak for sub in subs]),
        "pagu_lapor": sum(sub.pagu for sub in told),
        "rak_lapor": _total([sub.rak for sub in told]),
        "realisasi": _total([sub.realisasi for sub in told]),
        "fisik_rencana": _weighted([(sub.fisik_rencana, sub.pagu) for sub in subs]),
        "fisik": _weighted([(sub.fisik, sub.pagu) for sub in told]),
        "sub_kegiatan": len(subs),
        "dilaporkan": len(told),
    }


def _total(values: list[int | None]) -> int | None:
    present = [value for value in values if value is not None]
    return sum(present) if present else None


def _weighted(pairs: list[tuple[Decimal | None, int]]) -> Decimal | None:
    value = mean_weighted(pairs)
    return None if value is None else quantize_percent(value)


def pemda_row(tahun: int, month: int, opds: list[Row]) -> Row:
    """The whole government: sums over its OPD; fisik weighted by the pagu each one reported on."""
    sums = ("pagu", "pagu_lapor", "sub_kegiatan", "dilaporkan")
    return {
        "tahun": tahun,
        "bulan": month,
        "level": Level.PEMDA.value,
        "opd": "",
        "kode": "",
        "induk": None,
        **{name: sum(row[name] for row in opds) for name in sums},
        **{name: _total([row[name] for row in opds]) for name in ("rak", "rak_lapor", "realisasi")},
        "fisik_rencana": _weighted([(row["fisik_rencana"], row["pagu"]) for row in opds]),
        "fisik": _weighted([(row["fisik"], row["pagu_lapor"]) for row in opds]),
    }
