"""Performance of nodes: a node's capaian is the simple mean of all indicators beneath it (each limited as the
settings say); from bidang urusan upwards it is the mean over programs, as DOMAIN §3 says of an OPD."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from data.aturan import Aturan
from data.formulas import rerata
from data.formulas.predikat import status as status_of
from data.rollups.indikator import HUNDRED, Posisi, Positions
from data.rollups.read import Key, Mentah
from data.types import quantize_percent
from data.words import Level, Status

Row = dict[str, Any]
OWN_INDICATORS = (Level.SASARAN, Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN)
OVER_PROGRAMS = (Level.BIDANG, Level.URUSAN)


@dataclass
class Hitungan:
    """The tally of the indicators beneath one node in one triwulan."""

    capaian: list[Decimal] = field(default_factory=list)
    count: int = 0
    by_status: Counter[Status] = field(default_factory=Counter)

    def add(self, position: Posisi) -> None:
        self.count += 1
        if position.capaian is None:
            self.by_status[position.status] += 1
        else:
            self.capaian.append(position.capaian)


def rows(
    raw: Mentah, positions: Positions, quarters: list[int], pagu: dict[tuple[str, str, int], int], aturan: Aturan
) -> list[Row]:
    """One row per node of the family × triwulan, then one per OPD of the family × triwulan.

    ``pagu`` is the rupiah in force per (opd, sub kegiatan, month).
    """
    result: list[Row] = []
    for tw in quarters:
        made = _node_rows(raw, positions, pagu, tw, aturan)
        result += made.values()
        result += _opd_rows(raw, made, positions, tw, aturan)
    return result


def _node_rows(
    raw: Mentah, positions: Positions, pagu: dict[tuple[str, str, int], int], tw: int, aturan: Aturan
) -> dict[Key, Row]:
    tally, money = _tallies(raw, positions, tw), _money(raw, pagu, tw)

    def row(key: Key, means: Row) -> Row:
        node = raw.nodes[key]
        place = {"level": str(node.level), "opd": key[0], "kode": key[1], "induk": node.induk, "pagu": money[key]}
        return _row(raw, tw, place, tally[key], means, aturan)

    own = [key for key, node in raw.nodes.items() if node.level in OWN_INDICATORS]
    made = {key: row(key, _means_of_indicators(tally[key], aturan)) for key in own}
    _weigh(raw, made)
    programs: dict[Key, list[Row]] = defaultdict(list)
    for key in own:
        if raw.nodes[key].level == Level.PROGRAM:
            for parent in raw.lineage(key):
                programs[parent].append(made[key])
    upper = [key for key, node in raw.nodes.items() if node.level in OVER_PROGRAMS]
    return made | {key: row(key, means_of_rows(programs[key])) for key in upper}


def _tallies(raw: Mentah, positions: Positions, tw: int) -> dict[Key, Hitungan]:
    """The indicators beneath each node."""
    tally = {key: Hitungan() for key in raw.nodes}
    for ind in raw.indikator:
        for key in raw.lineage((ind.opd, ind.node)):
            tally[key].add(positions[ind.opd, ind.kode][tw])
    return tally


def _money(raw: Mentah, pagu: dict[tuple[str, str, int], int], tw: int) -> dict[Key, int]:
    """The pagu in force beneath each node at the quarter's end."""
    money = dict.fromkeys(raw.nodes, 0)
    for key, node in raw.nodes.items():
        if node.level == Level.SUB_KEGIATAN:
            for parent in raw.lineage(key):
                money[parent] += pagu[key[0], key[1], tw * 3]
    return money


def _means_of_indicators(tally: Hitungan, aturan: Aturan) -> Row:
    return {
        "capaian": _percent(rerata.mean_limited(tally.capaian, aturan.batas_rata_rata)),
        "capaian_tanpa_batas": _percent(rerata.mean(tally.capaian)),
        "capaian_tertimbang": None,
    }


def means_of_rows(children: list[Row]) -> Row:
    """The three means over already made rows (programs of an OPD, OPD of a pemda)."""
    return {
        "capaian": _percent(rerata.mean(row["capaian"] for row in children)),
        "capaian_tanpa_batas": _percent(rerata.mean(row["capaian_tanpa_batas"] for row in children)),
        "capaian_tertimbang": _percent(rerata.mean_weighted((row["capaian"], row["pagu"]) for row in children)),
    }


def _weigh(raw: Mentah, made: dict[Key, Row]) -> None:
    """Pagu-weighted capaian of kegiatan and program: over the sub kegiatan beneath."""
    below: dict[Key, list[tuple[Decimal | None, int]]] = defaultdict(list)
    for key, row in made.items():
        if row["level"] == Level.SUB_KEGIATAN:
            for parent in raw.lineage(key):
                below[parent].append((row["capaian"], row["pagu"]))
    for key, pairs in below.items():
        if key in made:
            made[key]["capaian_tertimbang"] = _percent(rerata.mean_weighted(pairs))


def _opd_rows(raw: Mentah, made: dict[Key, Row], positions: Positions, tw: int, aturan: Aturan) -> list[Row]:
    result = []
    for opd in raw.family:
        members = raw.family if opd == raw.root else [opd]
        own = [row for row in made.values() if row["opd"] in members]
        programs = [row for row in own if row["level"] == Level.PROGRAM]
        over = (
            programs
            if any(row["capaian"] is not None for row in programs)
            else [row for row in own if row["level"] == Level.SASARAN]
        )
        tally = Hitungan()
        for ind in raw.indikator:
            if ind.opd in members:
                tally.add(positions[ind.opd, ind.kode][tw])
        money = sum(row["pagu"] for row in own if row["level"] == Level.SUB_KEGIATAN)
        induk = None if opd == raw.root else raw.root
        place = {"level": Level.OPD.value, "opd": opd, "kode": "", "induk": induk, "pagu": money}
        # An OPD that has not reported has no number, even where one of its units reported for itself.
        silent = not raw.reported(opd, tw) or raw.declared_nihil(opd, tw)
        result.append(_row(raw, tw, place, tally, means_of_rows([] if silent else over), aturan))
    return result


def _row(raw: Mentah, tw: int, place: Row, tally: Hitungan, means: Row, aturan: Aturan) -> Row:
    return {
        "tahun": raw.tahun,
        "tw": tw,
        **place,
        **means,
        "status": _status(raw, place["opd"], tw, tally, means["capaian"], aturan).value,
        "jumlah_indikator": tally.count,
        "dihitung": len(tally.capaian),
        "tanpa_target": tally.by_status[Status.TANPA_TARGET],
        "belum_lapor": tally.by_status[Status.BELUM_LAPOR],
        "nihil": tally.by_status[Status.NIHIL],
    }


def _status(raw: Mentah, opd: str, tw: int, tally: Hitungan, capaian: Decimal | None, aturan: Aturan) -> Status:
    if raw.declared_nihil(opd, tw):
        return Status.NIHIL
    if not raw.reported(opd, tw):
        return Status.BELUM_LAPOR
    if capaian is not None:
        return status_of(capaian - HUNDRED, aturan.ambang_perhatian)
    if tally.by_status[Status.BELUM_LAPOR]:
        return Status.BELUM_LAPOR
    return Status.NIHIL if tally.by_status[Status.NIHIL] else Status.TANPA_TARGET


def pemda_row(tahun: int, tw: int, opds: list[Row], aturan: Aturan) -> Row:
    """The whole government: mean over its OPD."""
    means = means_of_rows(opds)
    capaian = means["capaian"]
    status = Status.BELUM_LAPOR if capaian is None else status_of(capaian - HUNDRED, aturan.ambang_perhatian)
    sums = ("jumlah_indikator", "dihitung", "tanpa_target", "belum_lapor", "nihil", "pagu")
    return {
        "tahun": tahun,
        "tw": tw,
        "level": Level.PEMDA.value,
        "opd": "",
        "kode": "",
        "induk": None,
        **means,
        "status": status.value,
        **{name: sum(row[name] for row in opds) for name in sums},
    }


def _percent(value: Decimal | None) -> Decimal | None:
    return None if value is None else quantize_percent(value)
