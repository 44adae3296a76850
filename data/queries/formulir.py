"""The rows of the report form of one OPD: what it is asked for one triwulan, and what is known of it already."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import pandas as pd
from sqlalchemy import Connection, Table, select

from data import tables
from data.formulas.capaian import SKALA_AKIP
from data.formulir import KEUANGAN, KINERJA, KOLOM, NIHIL, UNIT
from data.queries.kinerja import family
from data.rollups.indikator import to_answer
from data.rollups.read import Bulan, Key, Mentah, Nilai, read_family
from data.words import Level

COLUMNS: Final = (*(kolom.kunci for kolom in KOLOM), "level", "node", "unit", "unit_nama", "skala")
MONTHS_OF_TW: Final = 3

Row = dict[str, Any]


def form_rows(conn: Connection, pemda: str, tahun: int, tw: int, opd: str) -> pd.DataFrame:
    """One row per expected answer of an OPD for one triwulan, in the order of its plan: sasaran first, then node after
    node by code, each with its indicators and a sub kegiatan with its money; then the same of each of its units.

    Columns: those of ``data.formulir.KOLOM``, then level and node (code), unit (the OPD or unit that holds the node),
    unit_nama ('' for the OPD itself) and skala (the ratings to choose from, best first, joined by '>'; '' for others).
    target is the target s.d. this triwulan, or the pagu in force at its end; sebelumnya what was accepted s.d. the
    triwulan before; what the OPD fills in starts from what is stored. Units may repeat codes, so theirs carry the unit
    behind an '@' (``form_code``). Empty when the OPD is not known or has no plan.
    """
    form = _read(conn, pemda, tahun, tw, opd)
    units = sorted(form.names, key=lambda unit: (unit != opd, unit))
    rows = [row for unit in units for row in _rows_of_unit(form, unit)]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def form_code(kode: str, unit: str, opd: str) -> str:
    """How the form names a node or indicator: its own code, behind it the unit when another than the OPD holds it."""
    return kode if unit == opd else f"{kode}{UNIT}{unit}"


@dataclass(frozen=True)
class _Formulir:
    """All that the rows are made of. ``names``: of the OPD and its units; ``words``: nama, satuan and skala of each
    indicator; ``told``: what is stored of each for this triwulan; ``beside``: words beside the money; ``of_node``: the
    indicators of each node in order."""

    raw: Mentah
    opd: str
    tw: int
    names: dict[str, str]
    words: dict[Key, Any]
    told: dict[Key, Any]
    beside: dict[Key, Any]
    of_node: dict[Key, list[Any]]


def _read(conn: Connection, pemda: str, tahun: int, tw: int, opd: str) -> _Formulir:
    members = family(conn, pemda, opd)
    o = tables.opd.c
    known = {row.kode: row for row in conn.execute(select(o.kode, o.singkat, o.nama, o.induk).where(o.pemda == pemda))}
    top = top_of(opd, {kode: row.induk for kode, row in known.items()})
    # The report of the OPD at the top covers a unit too, so its report is read even when only the unit is asked for.
    raw = read_family(conn, pemda, tahun, top, sorted({top, *members}), with_money=True)
    of_node: dict[Key, list[Any]] = defaultdict(list)
    for ind in sorted(raw.indikator, key=lambda ind: natural(ind.kode)):
        of_node[ind.opd, ind.node].append(ind)
    where = {"pemda": pemda, "tahun": tahun}
    names = "opd indikator nilai teks nihil keterangan kendala"
    return _Formulir(
        raw,
        opd,
        tw,
        {kode: known[kode].singkat or known[kode].nama for kode in members},
        _by_key(conn, tables.indikator, "opd kode nama satuan satuan_asli skala", where, members),
        _by_key(conn, tables.realisasi, names, where | {"periode": tw}, members),
        _by_key(conn, tables.keuangan, "opd node keterangan kendala", where | {"bulan": tw * MONTHS_OF_TW}, members),
        of_node,
    )


def top_of(opd: str, above: dict[str, str | None]) -> str:
    """The OPD a unit belongs to in the end."""
    seen = {opd}
    while (parent := above.get(opd)) is not None and parent not in seen:
        seen.add(parent)
        opd = parent
    return opd


def _by_key(
    conn: Connection, table: Table, names: str, where: dict[str, Any], members: Sequence[str]
) -> dict[Key, Any]:
    match = [table.c[name] == value for name, value in where.items()]
    query = select(*(table.c[name] for name in names.split())).where(*match, table.c.opd.in_(members))
    return {(row[0], row[1]): row for row in conn.execute(query).all()}


def _rows_of_unit(form: _Formulir, unit: str) -> Iterator[Row]:
    nodes = [node for (opd, _), node in form.raw.nodes.items() if opd == unit]
    for node in sorted(nodes, key=lambda node: (node.level != Level.SASARAN, natural(node.kode))):
        for ind in form.of_node.get((unit, node.kode), []):
            yield _place(form, node, ind.kode) | _kinerja(form, ind)
        if node.level == Level.SUB_KEGIATAN:
            yield _place(form, node, node.kode) | _keuangan(form, node)


def natural(kode: str) -> list[tuple[int, str]]:
    """Codes in the order people count: '#2' before '#10'."""
    return [(len(part), part) if part.isdigit() else (0, part) for part in re.split(r"(\d+)", kode)]


def _place(form: _Formulir, node: Any, kode: str) -> Row:
    return dict.fromkeys(COLUMNS) | {
        "kode": form_code(kode, node.opd, form.opd),
        "keterangan": "",
        "kendala": "",
        "level": node.level,
        "node": node.kode,
        "unit": node.opd,
        "unit_nama": "" if node.opd == form.opd else form.names[node.opd],
        "skala": "",
    }


def _kinerja(form: _Formulir, ind: Any) -> Row:
    target, before = to_answer(form.raw, ind, form.tw)
    words, told = form.words[ind.opd, ind.kode], form.told.get((ind.opd, ind.kode))
    row: Row = {
        "uraian": words.nama,
        "baris": KINERJA,
        "satuan": words.satuan or words.satuan_asli,
        "target": shown(target),
        "sebelumnya": shown(before),
        "skala": _skala(form.raw, ind, words.skala),
    }
    if told is not None:
        stored = Nilai(told.nilai, None, told.teks, told.nihil)
        row |= {"realisasi": shown(stored), "keterangan": told.keterangan, "kendala": told.kendala}
    return row


def shown(value: Nilai) -> Decimal | str | None:
    """A number, a rating, NIHIL, or a range as people write it."""
    if value.nihil:
        return NIHIL
    if value.atas is not None and value.nilai is not None:
        return f"{value.nilai:f}–{value.atas:f}".replace(".", ",")
    return value.teks if value.nilai is None else value.nilai


def _skala(raw: Mentah, ind: Any, skala: str | None) -> str:
    """The ordered scale of an indicator whose target is a rating, as capaian will read it."""
    ratings = {
        value.teks.strip().casefold() for value in raw.target.get((ind.opd, ind.kode), {}).values() if value.teks
    }
    steps = skala.split(">") if skala else list(SKALA_AKIP)
    return ">".join(steps) if ratings and ratings <= {step.strip().casefold() for step in steps} else ""


def _keuangan(form: _Formulir, node: Any) -> Row:
    """The pagu is the one in force at the quarter's end, after changes of the budget during the year."""
    months: dict[int, Bulan] = form.raw.keuangan.get((node.opd, node.kode), {})
    last, said = form.tw * MONTHS_OF_TW, form.beside.get((node.opd, node.kode))
    first = last - MONTHS_OF_TW + 1
    changed = [months[at].pagu for at in sorted(months) if at <= last and months[at].pagu is not None]
    spent = [months[at].realisasi for at in months if at < first]
    given = [value for value in spent if value is not None]
    filled = {f"bulan_{at - first + 1}": months[at].realisasi for at in range(first, last + 1) if at in months}
    return {
        "uraian": node.nama,
        "baris": KEUANGAN,
        "satuan": "Rupiah",
        "target": changed[-1] if changed else node.pagu,
        "sebelumnya": sum(given) if given else None,
        "fisik": months[last].fisik if last in months else None,
        **({"keterangan": said.keterangan, "kendala": said.kendala} if said is not None else {}),
        **filled,
    }
