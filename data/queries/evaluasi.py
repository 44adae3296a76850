"""The lines of the official forms: E.81 of one OPD, and E.79 of the whole government by urusan."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from sqlalchemy import Connection, select

from data import tables
from data.aturan import read_aturan
from data.evaluasi.bahan import Bahan, read_material
from data.evaluasi.kinerja import Kinerja, family_of
from data.evaluasi.uang import Rupiah, add_renstra, money_of_nodes, plus
from data.queries.formulir import natural, top_of
from data.queries.kinerja import family
from data.rollups.read import Key, Mentah
from data.words import STATUS_NAMES, TW_NAMES, Level, Status

PAIRS: Final = tuple(range(5, 15))
"""The columns of E.81 that hold K and Rp; in E.79 each has the next number."""
COLUMNS: Final = (
    *("level", "opd", "unit", "kode", "nama", "nomor", "indikator", "uraian", "satuan", "arah", "akumulasi"),
    *("rumus_turun", "banyak"),
    *(f"{what}{number}" for number in PAIRS for what in ("k", "rp")),
    *("penanggung_jawab", "keterangan"),
)
SHOWN_81: Final = frozenset({Level.SASARAN, Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN})
NUMBERED: Final = frozenset({Level.SASARAN, Level.PROGRAM})
MERGED: Final = frozenset({Level.URUSAN, Level.BIDANG, Level.PROGRAM, Level.KEGIATAN})
UNSAID: Final = frozenset({Status.BELUM_LAPOR, Status.TANPA_TARGET})

Row = dict[str, Any]


def e81_lines(conn: Connection, pemda: str, tahun: int, tw: int, opd: str) -> pd.DataFrame:
    """One row per line of form E.81 of an OPD up to one triwulan: node after node in the order of its plan (sasaran,
    then program › kegiatan › sub kegiatan by code), then the same of each of its units. A node's first line carries its
    name, its money and its first indicator; each further indicator has a line of its own.

    Columns: level, opd (the unit that holds the node), unit (its name), kode, nama ('' on further lines), nomor,
    indikator (code or ''), uraian, satuan, arah, akumulasi, rumus_turun, banyak (how many values k6 is made of), k5 …
    k14 (Decimal, words such as a rating or 'nihil', or None), rp5 … rp14 (integer rupiah; rp14 and k14 percent),
    penanggung_jawab, keterangan. None is never zero. Quarters after ``tw`` are None. Empty when there is no plan.
    """
    form = _read(conn, pemda, tahun, tw, opd)
    money = money_of_nodes(form.bahan)
    add_renstra(form.bahan, money)
    rows: list[Row] = []
    for unit in sorted(form.members, key=lambda one: (one != opd, one)):
        nodes = [node for (holder, _), node in form.bahan.raw.nodes.items() if holder == unit]
        for node in sorted(nodes, key=lambda node: (node.level != Level.SASARAN, natural(node.kode))):
            if node.level in SHOWN_81:
                rows += _lines_of(form, node, money.get((unit, node.kode)))
    _number(rows, NUMBERED)
    return _framed(rows)


def e79_lines(conn: Connection, pemda: str, tahun: int, tw: int) -> pd.DataFrame:
    """One row per line of form E.79: urusan › bidang urusan › program › kegiatan with the money of all OPD together,
    each sub kegiatan once per OPD that carries it out; columns as ``e81_lines``.

    The Renstra of the OPD stand where the RPJMD is asked for. A node has them when every OPD that plans it has them;
    urusan and bidang urusan are the sums of their programs when each of those has them.
    """
    form = _read(conn, pemda, tahun, tw, "")
    own = money_of_nodes(form.bahan)
    add_renstra(form.bahan, own)
    merged = money_of_nodes(form.bahan, _of_city)
    holders = _holders(form.bahan.raw)
    for kode, nodes in holders.items():
        if ("", kode) in merged and nodes[0].level in (Level.PROGRAM, Level.KEGIATAN):
            _merge_renstra(merged["", kode], [own[node.opd, kode] for node in nodes if (node.opd, kode) in own])
    _sum_renstra(merged, holders)
    rows: list[Row] = []
    for kode in sorted(holders, key=natural):
        rows += _lines_of_city(form, holders[kode], merged.get(("", kode)), own)
    _number(rows, frozenset({Level.URUSAN}))
    return _framed(rows)


@dataclass(frozen=True)
class _Formulir:
    """All that the lines are made of. ``opd``: '' when the whole government is asked for; ``atas``: the OPD at the top
    of each unit."""

    bahan: Bahan
    opd: str
    members: Sequence[str]
    names: dict[str, str]
    atas: dict[str, str]
    kinerja: Kinerja
    of_node: dict[Key, list[Any]]
    families: dict[str, Mentah]

    def of_family(self, opd: str) -> Mentah:
        """The raw rows, read as the report of the OPD at the top of this one."""
        root = self.atas.get(opd, opd)
        if root not in self.families:
            self.families[root] = family_of(self.bahan.raw, root)
        return self.families[root]


def _read(conn: Connection, pemda: str, tahun: int, tw: int, opd: str) -> _Formulir:
    o = tables.opd.c
    known = {row.kode: row for row in conn.execute(select(o.kode, o.singkat, o.nama, o.induk).where(o.pemda == pemda))}
    above = {kode: row.induk for kode, row in known.items()}
    members = family(conn, pemda, opd) if opd else sorted(known)
    root = top_of(opd, above) if opd else ""
    read = sorted({root, *members}) if opd else members
    bahan = read_material(conn, pemda, tahun, tw, read, root, read_aturan(conn, pemda).rumus_turun)
    of_node: dict[Key, list[Any]] = defaultdict(list)
    for ind in sorted(bahan.raw.indikator, key=lambda ind: natural(ind.kode)):
        of_node[ind.opd, ind.node].append(ind)
    return _Formulir(
        bahan,
        opd,
        members,
        {kode: row.singkat or row.nama for kode, row in known.items()},
        {kode: top_of(kode, above) for kode in known},
        Kinerja(bahan),
        of_node,
        {},
    )


def _lines_of(form: _Formulir, node: Any, money: Rupiah | None) -> Iterator[Row]:
    """The node with its money and first indicator, then its other indicators."""
    key = (node.opd, node.kode)
    place = _place(form, node) | {"keterangan": form.bahan.kata_uang.get(key, [])}
    first = place | (money or Rupiah()).columns() | {"nama": node.nama}
    indicators = form.of_node.get(key, [])
    for at, ind in enumerate(indicators):
        yield _with_indicator(form, first if at == 0 else _place(form, node), ind)
    if not indicators:
        yield first


def _place(form: _Formulir, node: Any) -> Row:
    unit = form.names.get(node.opd, node.opd)
    return {
        "level": node.level,
        "opd": node.opd,
        "unit": unit,
        "kode": node.kode,
        "nama": "",
        "penanggung_jawab": _responsible(form, node.opd),
        "keterangan": [],
    }


def _responsible(form: _Formulir, opd: str) -> str:
    """The unit; in the form of the whole government its OPD before it."""
    own, top = form.names.get(opd, opd), form.atas.get(opd, opd)
    return own if form.opd or top == opd else f"{form.names.get(top, top)} ({own})"


def _with_indicator(form: _Formulir, row: Row, ind: Any) -> Row:
    key, bahan = (ind.opd, ind.kode), form.bahan
    raw = form.of_family(ind.opd)
    said = bahan.sebutan[bahan.tahun][key]
    words = [] if raw.withheld(ind.opd, bahan.tw) else bahan.kata_kinerja.get(key, [])
    figures = form.kinerja.columns(raw, ind)
    return row | {
        "indikator": ind.kode,
        "uraian": said.nama,
        "satuan": said.satuan,
        "keterangan": [*_unsaid(bahan.status.get(key), figures, bahan.tw), *words, *row["keterangan"]],
        **figures,
    }


def _unsaid(status: str | None, figures: Row, tw: int) -> list[str]:
    """Why an indicator has no capaian, where its figures alone do not show it."""
    if status == Status.TANPA_TARGET and figures["k7"] is not None:
        return [f"Tanpa target s.d. {TW_NAMES[tw]}"]
    return [STATUS_NAMES[Status(status)]] if status in UNSAID else []


# --- the whole government ---


def _of_city(key: Key) -> Key:
    return "", key[1]


def _holders(raw: Mentah) -> dict[str, list[Any]]:
    """The nodes of each code, by OPD; sasaran have no place among the urusan."""
    found: dict[str, list[Any]] = defaultdict(list)
    for node in raw.nodes.values():
        if node.level != Level.SASARAN:
            found[node.kode].append(node)
    return {kode: sorted(nodes, key=lambda node: node.opd) for kode, nodes in found.items()}


def _merge_renstra(one: Rupiah, parts: list[Rupiah]) -> None:
    if parts and all(part.akhir is not None for part in parts):
        one.akhir = plus(part.akhir for part in parts)
        one.jelas = all(part.jelas for part in parts)
        one.lalu = plus(part.lalu for part in parts) if one.jelas else None


def _sum_renstra(merged: dict[Key, Rupiah], holders: dict[str, list[Any]]) -> None:
    """Bidang from their programs, then urusan from their bidang."""
    for level in (Level.BIDANG, Level.URUSAN):
        beneath: dict[str, set[str]] = defaultdict(set)
        for kode, nodes in holders.items():
            for node in nodes:
                beneath[node.induk or ""].add(kode)
        for kode, nodes in holders.items():
            if nodes[0].level == level and ("", kode) in merged:
                _merge_renstra(merged["", kode], [merged["", sub] for sub in beneath[kode] if ("", sub) in merged])


def _lines_of_city(form: _Formulir, nodes: list[Any], money: Rupiah | None, own: dict[Key, Rupiah]) -> Iterator[Row]:
    if nodes[0].level not in MERGED:
        for node in nodes:
            yield from _lines_of(form, node, own.get((node.opd, node.kode)))
        return
    if len(nodes) == 1:
        yield from _lines_of(form, nodes[0], money)
        return
    tops = {form.atas.get(node.opd, node.opd) for node in nodes}
    who = f"{len(tops)} PD" if len(tops) > 1 else form.names.get(min(tops), min(tops))
    head = _place(form, nodes[0]) | {"opd": "", "unit": "", "penanggung_jawab": who, "nama": nodes[0].nama}
    yield head | (money or Rupiah()).columns()
    for node in nodes:
        for ind in form.of_node.get((node.opd, node.kode), []):
            yield _with_indicator(form, _place(form, node), ind)


def _number(rows: list[Row], levels: frozenset[Level]) -> None:
    """A running number on the first line of each node of these levels."""
    number = 0
    for row in rows:
        if row["nama"] and row["level"] in levels:
            number += 1
            row["nomor"] = number


def _framed(rows: list[Row]) -> pd.DataFrame:
    blank = dict.fromkeys(COLUMNS) | {"uraian": "", "satuan": "", "indikator": "", "banyak": 0}
    full = [blank | row | {"keterangan": ". ".join(text.rstrip(".") for text in row["keterangan"])} for row in rows]
    return pd.DataFrame(full, columns=list(COLUMNS), dtype=object)
