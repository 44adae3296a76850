"""Read the raw rows of one OPD family (an OPD and its units) for one year, ready for arithmetic."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from data import tables
from data.words import ACCEPTED

Key = tuple[str, str]


class Nilai(NamedTuple):
    """One target or realisasi of one period."""

    nilai: Decimal | None
    atas: Decimal | None
    teks: str | None
    nihil: bool


class Bulan(NamedTuple):
    """One month of one sub kegiatan, not cumulative; fisik in cumulative percent."""

    pagu: int | None
    rak: int | None
    realisasi: int | None
    fisik_rencana: Decimal | None
    fisik: Decimal | None


@dataclass
class Mentah:
    """Everything stored about one family and year, keyed by (opd, code)."""

    tahun: int
    root: str
    family: Sequence[str]
    nodes: dict[Key, Any] = field(default_factory=dict)
    indikator: list[Any] = field(default_factory=list)
    target: dict[Key, dict[int, Nilai]] = field(default_factory=lambda: defaultdict(dict))
    realisasi: dict[Key, dict[int, Nilai]] = field(default_factory=lambda: defaultdict(dict))
    keuangan: dict[Key, dict[int, Bulan]] = field(default_factory=lambda: defaultdict(dict))
    lapor: set[tuple[str, int]] = field(default_factory=set)
    nihil: set[tuple[str, int]] = field(default_factory=set)
    ditahan: set[tuple[str, int]] = field(default_factory=set)
    _lineage: dict[Key, tuple[Key, ...]] = field(default_factory=dict)

    def lineage(self, key: Key) -> tuple[Key, ...]:
        """A node's key, then its parents' up to the top of that OPD's tree."""
        if key not in self._lineage:
            node = self.nodes.get(key)
            self._lineage[key] = () if node is None else (key, *self.lineage((key[0], node.induk)))
        return self._lineage[key]

    def reported(self, opd: str, tw: int) -> bool:
        """An OPD's accepted report covers its units; a unit may also report for itself."""
        return (opd, tw) in self.lapor or (self.root, tw) in self.lapor

    def withheld(self, opd: str, tw: int) -> bool:
        """Is there a report for this quarter that nobody has accepted? Its values must not count yet.

        No report at all is something else: the values of a missed quarter come with a later, accepted file.
        """
        own = (opd, tw) in self.ditahan
        return own or ((self.root, tw) in self.ditahan and (opd, tw) not in self.lapor)

    def declared_nihil(self, opd: str, tw: int) -> bool:
        return bool(self.nihil) and ((opd, tw) in self.nihil or (self.root, tw) in self.nihil)


def read_family(conn: Connection, pemda: str, tahun: int, root: str, family: Sequence[str], with_money: bool) -> Mentah:
    """Read one family's year; the months only ``with_money``."""
    raw = Mentah(tahun, root, family)
    for row in _rows(conn, tables.node, "opd kode level induk nama pagu", pemda, tahun, family):
        raw.nodes[row.opd, row.kode] = row
    raw.indikator = _rows(
        conn, tables.indikator, "opd kode node arah akumulasi rumus_turun skala", pemda, tahun, family
    )
    names = "opd indikator periode nilai nilai_atas teks"
    for opd, ind, period, nilai, atas, teks in _rows(conn, tables.target, names, pemda, tahun, family):
        raw.target[opd, ind][period] = Nilai(nilai, atas, teks, False)
    names = "opd indikator periode nilai teks nihil"
    for opd, ind, period, nilai, teks, nihil in _rows(conn, tables.realisasi, names, pemda, tahun, family):
        raw.realisasi[opd, ind][period] = Nilai(nilai, None, teks, nihil)
    names = "opd node bulan pagu rak realisasi fisik_rencana fisik"
    for row in _rows(conn, tables.keuangan, names, pemda, tahun, family) if with_money else []:
        raw.keuangan[row.opd, row.node][row.bulan] = Bulan(*row[3:])
    for row in _rows(conn, tables.laporan, "opd tw keadaan nihil unggahan", pemda, tahun, family):
        _place_report(raw, row)
    return raw


def _place_report(raw: Mentah, row: Any) -> None:
    """Where one report stands. One that waits in ``kiriman`` has stored nothing yet; only a report that came with rows
    of its own withholds them until it is accepted."""
    place = (row.opd, row.tw)
    if row.keadaan in ACCEPTED:
        raw.lapor.add(place)
        if row.nihil:
            raw.nihil.add(place)
    elif row.unggahan is not None:
        raw.ditahan.add(place)


def _rows(conn: Connection, table: Any, names: str, pemda: str, tahun: int, family: Sequence[str]) -> list[Any]:
    query = (
        select(*(table.c[name] for name in names.split()))
        .where(table.c.pemda == pemda, table.c.tahun == tahun, table.c.opd.in_(family))
        .order_by(*table.primary_key.columns)
    )
    return list(conn.execute(query).all())
