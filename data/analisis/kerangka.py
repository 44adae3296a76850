"""The skeleton of one year: every OPD, sasaran, program, kegiatan, sub kegiatan and indicator in the order of the tree.

It is shared by the quarters of its year. Rows stand in preorder, so that what lies beneath a row is the slice from the
next row to its ``akhir``. Units below an OPD have no row of their own: their programs stand under their OPD.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from data import tables
from data.analisis.saringan import CHOICES, INDIKATOR, LEVELS
from data.words import Level

Ints = NDArray[np.int32]
Small = NDArray[np.int8]
KEPT: Final = frozenset(LEVELS[1:-1])
_TOP: Final = (Level.SASARAN.value, Level.PROGRAM.value)
_BIDANG = re.compile(r"[1-9X]\.[0-9X]{2}(?=\.|$)")


@dataclass(frozen=True)
class Instansi:
    """One OPD at the top of its tree."""

    kode: str
    nama: str
    singkat: str
    jenis: str


@dataclass(eq=False)
class Kerangka:
    """One entry per row, in tree order. ``level``: place in LEVELS. ``induk``: the row above, -1 for an OPD. ``akhir``:
    the row after the last one beneath. ``pangkal``: place in ``instansi``. ``unit``: code of the OPD or unit that holds
    the row. ``program``: the row of its program (its own for a program), -1 where there is none. ``urusan`` and
    ``dana``: places in the lists of sets (a node has what is beneath it). ``arah``: place in CHOICES, -1 for nodes."""

    tahun: int
    instansi: list[Instansi] = field(default_factory=list)
    unit: list[str] = field(default_factory=list)
    kode: list[str] = field(default_factory=list)
    nama: list[str] = field(default_factory=list)
    level: Small = field(default_factory=lambda: np.empty(0, np.int8))
    dalam: Small = field(default_factory=lambda: np.empty(0, np.int8))
    arah: Small = field(default_factory=lambda: np.empty(0, np.int8))
    induk: Ints = field(default_factory=lambda: np.empty(0, np.int32))
    akhir: Ints = field(default_factory=lambda: np.empty(0, np.int32))
    pangkal: Ints = field(default_factory=lambda: np.empty(0, np.int32))
    program: Ints = field(default_factory=lambda: np.empty(0, np.int32))
    urusan: Ints = field(default_factory=lambda: np.empty(0, np.int32))
    dana: Ints = field(default_factory=lambda: np.empty(0, np.int32))
    urusan_ada: list[frozenset[str]] = field(default_factory=list)
    dana_ada: list[frozenset[str]] = field(default_factory=list)
    teks: str = ""
    awal_teks: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))

    @property
    def berat(self) -> int:
        """What it weighs in the memory of answers, in answers of usual size."""
        return 1 + len(self.kode) // 4000

    def key(self, row: int) -> str:
        """The row's name in an address: "opd|kode", for an OPD "opd|"."""
        return f"{self.unit[row]}|{self.kode[row]}"

    def places(self) -> dict[tuple[str, str], int]:
        """The row of each (unit, kode); made anew at each call, because it is heavy and seldom needed."""
        return {pair: row for row, pair in enumerate(zip(self.unit, self.kode, strict=True))}

    def find(self, key: str) -> int | None:
        """The row of a name in an address; None when it is not in this year."""
        unit, _, kode = key.partition("|")
        return next((row for row in self._of_unit(unit) if self.kode[row] == kode), None)

    def _of_unit(self, unit: str) -> Iterator[int]:
        return (row for row, own in enumerate(self.unit) if own == unit)

    def above(self, row: int) -> list[int]:
        """The rows above one, from the top."""
        found: list[int] = []
        at = int(self.induk[row])
        while at >= 0:
            found.insert(0, at)
            at = int(self.induk[at])
        return found


@dataclass
class _Daun:
    """One node while the tree is put together."""

    unit: str
    kode: str
    level: str
    nama: str
    dana: str
    anak: list["_Daun"] = field(default_factory=list)
    indikator: list[tuple[str, str, str]] = field(default_factory=list)


def kerangka(conn: Connection, pemda: str, tahun: int) -> Kerangka:
    """The skeleton of one year. OPD without any plan in it are left out."""
    o = tables.opd.c
    opds = conn.execute(
        select(o.kode, o.nama, o.singkat, o.jenis, o.induk).where(o.pemda == pemda).order_by(o.urutan, o.kode)
    ).all()
    above = {row.kode: row.induk for row in opds}
    tops, found = _read_nodes(conn, pemda, tahun, above), Kerangka(tahun)
    builder = _Penyusun(found)
    for row in opds:
        if row.induk not in above and tops.get(row.kode):
            builder.add_opd(Instansi(row.kode, row.nama, row.singkat, row.jenis), tops[row.kode])
    builder.finish()
    return found


def _read_nodes(conn: Connection, pemda: str, tahun: int, above: dict[str, str | None]) -> dict[str, list[_Daun]]:
    """The topmost kept nodes of each OPD, everything else hanging beneath them."""
    n, i = tables.node.c, tables.indikator.c
    mine = (n.pemda == pemda, n.tahun == tahun)
    nodes: dict[tuple[str, str], _Daun] = {}
    parents: dict[tuple[str, str], tuple[str, str]] = {}
    query = select(n.opd, n.kode, n.level, n.induk, n.nama, n.sumber_dana).where(*mine).order_by(n.kode, n.opd)
    for row in conn.execute(query.execution_options(yield_per=1000)):
        nodes[row.opd, row.kode] = _Daun(row.opd, row.kode, row.level, row.nama, row.sumber_dana)
        parents[row.opd, row.kode] = (row.opd, row.induk)
    leaves = select(i.opd, i.node, i.kode, i.nama, i.arah).where(i.pemda == pemda, i.tahun == tahun).order_by(i.kode)
    for opd, above_it, kode, nama, arah in conn.execute(leaves.execution_options(yield_per=1000)):
        nodes[opd, above_it].indikator.append((kode, nama, arah))
    tops: dict[str, list[_Daun]] = defaultdict(list)
    for key, node in nodes.items():
        if node.level not in KEPT:
            continue
        at = parents[key]
        while at in nodes and nodes[at].level not in KEPT:
            at = parents[at]
        (nodes[at].anak if at in nodes else tops[_root(key[0], above)]).append(node)
    return tops


def _root(unit: str, above: dict[str, str | None]) -> str:
    seen = {unit}
    while (parent := above.get(unit)) is not None and parent in above and parent not in seen:
        seen.add(parent)
        unit = parent
    return unit


class _Penyusun:
    """Writes the rows down in preorder."""

    def __init__(self, into: Kerangka) -> None:
        self.into = into
        self.numbers: dict[str, list[int]] = defaultdict(list)
        self.urusan: dict[frozenset[str], int] = {}
        self.dana: dict[frozenset[str], int] = {}
        self.words: list[str] = []

    def add_opd(self, instansi: Instansi, tops: Sequence[_Daun]) -> None:
        into = self.into
        into.instansi.append(instansi)
        own = _bidang_of(instansi.kode)
        row = self._open(-1, LEVELS[0], instansi.kode, "", instansi.nama, -1, instansi.singkat)
        dana: frozenset[str] = frozenset()
        urusan = own
        for node in sorted(tops, key=lambda node: (_TOP.index(node.level) if node.level in _TOP else 9, node.kode)):
            below, fields_of = self._add_node(node, row, own)
            dana, urusan = dana | below, urusan | fields_of
        self._close(row, urusan, dana)

    def _add_node(self, node: _Daun, parent: int, of_opd: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
        row = self._open(parent, node.level, node.unit, node.kode, node.nama, -1)
        urusan = _bidang_of(node.kode, 1) if node.level != Level.SASARAN.value else frozenset()
        urusan = urusan or of_opd
        own: frozenset[str] = frozenset({node.dana.replace(",", ";")}) if node.dana else frozenset()
        leaves = []
        for kode, nama, arah in node.indikator:
            leaves.append(self._open(row, INDIKATOR, node.unit, kode, nama, CHOICES["arah"].index(arah)))
        for child in node.anak:
            own = own | self._add_node(child, row, of_opd)[0]
        for leaf in leaves:
            self._close(leaf, urusan, own, leaf + 1)
        self._close(row, urusan, own)
        return own, urusan

    def _open(self, parent: int, level: str, unit: str, kode: str, nama: str, arah: int, more: str = "") -> int:
        into, numbers = self.into, self.numbers
        row = len(into.kode)
        into.unit.append(unit)
        into.kode.append(kode)
        into.nama.append(nama)
        self.words.append(f"{nama} {kode or unit} {more}".casefold().replace("\n", " "))
        above = numbers["program"][parent] if parent >= 0 else -1
        values = {
            "level": LEVELS.index(level),
            "dalam": numbers["dalam"][parent] + 1 if parent >= 0 else 0,
            "induk": parent,
            "pangkal": len(into.instansi) - 1,
            "arah": arah,
            "program": row if level == Level.PROGRAM.value else above,
            "akhir": row + 1,
            "urusan": 0,
            "dana": 0,
        }
        for name, value in values.items():
            numbers[name].append(value)
        return row

    def _close(self, row: int, urusan: frozenset[str], dana: frozenset[str], end: int | None = None) -> None:
        self.numbers["akhir"][row] = end or len(self.into.kode)
        self.numbers["urusan"][row] = self.urusan.setdefault(urusan, len(self.urusan))
        self.numbers["dana"][row] = self.dana.setdefault(dana, len(self.dana))

    def finish(self) -> None:
        into = self.into
        for name in ("level", "dalam", "arah"):
            setattr(into, name, np.array(self.numbers[name], np.int8))
        for name in ("induk", "akhir", "pangkal", "program", "urusan", "dana"):
            setattr(into, name, np.array(self.numbers[name], np.int32))
        into.urusan_ada, into.dana_ada = list(self.urusan), list(self.dana)
        into.teks = "\n".join(self.words)
        lengths = np.array([len(words) + 1 for words in self.words], np.int64)
        into.awal_teks = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])[:-1] if len(lengths) else lengths


def _bidang_of(kode: str, most: int = 3) -> frozenset[str]:
    """The urusan a code names: "1.04.2.10.0.00.01.0000" carries up to three, a program's code only its first."""
    parts = kode.split(".")
    pairs = [f"{parts[at]}.{parts[at + 1]}" for at in range(0, min(len(parts) - 1, most * 2), 2)]
    return frozenset(pair for pair in pairs if _BIDANG.fullmatch(pair))
