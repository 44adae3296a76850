"""Read what the lines of the forms are made of: the year, the years of the Renstra before it, and the words beside."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Table, func, or_, select

from data import tables
from data.rollups.read import Key, Mentah, read_family

MONTHS_OF_TW: Final = 3


class Sebutan(NamedTuple):
    """What an indicator is called."""

    node: str
    nama: str
    satuan: str
    skala: str | None


class Renstra(NamedTuple):
    """One row of the Renstra: the target at its end, and what was reached before the first year of this database."""

    awal: int
    target: Decimal | None
    target_teks: str | None
    pagu: int | None
    lalu: Decimal | None
    lalu_teks: str | None
    lalu_uang: int | None


@dataclass(frozen=True)
class Bahan:
    """Everything about some OPD, keyed by (opd, code). ``tahunan``: the raw rows of each year that is needed;
    ``sebutan``: the names of the indicators of each; ``pertama``: the first year this database holds; ``kata``: what
    was written beside figures of the quarter; ``status``: of the indicators at the quarter."""

    tahun: int
    tw: int
    rumus_turun: str
    pertama: int
    tahunan: dict[int, Mentah]
    sebutan: dict[int, dict[Key, Sebutan]]
    renstra: dict[Key, Renstra]
    kata_kinerja: dict[Key, list[str]]
    kata_uang: dict[Key, list[str]]
    status: dict[Key, str]

    @property
    def raw(self) -> Mentah:
        return self.tahunan[self.tahun]

    def years_before(self, row: Renstra) -> list[int]:
        """The years of a Renstra before the one evaluated, as far as this database holds them."""
        return [year for year in sorted(self.tahunan) if row.awal <= year < self.tahun]

    def unknown_past(self, row: Renstra, told: object | None) -> bool:
        """Did the Renstra begin before this database, with nobody having said what was reached until then?"""
        return told is None and row.awal < min(self.pertama, self.tahun)


def read_material(
    conn: Connection, pemda: str, tahun: int, tw: int, opds: Sequence[str], root: str, rumus_turun: str
) -> Bahan:
    """Everything about these OPD and units for one year up to one triwulan. ``root``: the OPD whose report covers its
    units ('' when several OPD are read at once: see ``of_family``)."""
    first = _first_year(conn, pemda)
    renstra = _renstra(conn, pemda, tahun, opds)
    since = min((row.awal for row in renstra.values()), default=tahun)
    years = range(max(since, first), tahun + 1) if first <= tahun else range(tahun, tahun + 1)
    return Bahan(
        tahun,
        tw,
        rumus_turun,
        first,
        {year: read_family(conn, pemda, year, root, opds, with_money=True) for year in years},
        {year: _names(conn, pemda, year, opds) for year in years},
        renstra,
        _words(conn, tables.realisasi, "indikator", pemda, tahun, opds, tables.realisasi.c.periode == tw),
        _words(conn, tables.keuangan, "node", pemda, tahun, opds, tables.keuangan.c.bulan.in_(_months(tw))),
        _status(conn, pemda, tahun, tw, opds),
    )


def _months(tw: int) -> range:
    return range((tw - 1) * MONTHS_OF_TW + 1, tw * MONTHS_OF_TW + 1)


def _first_year(conn: Connection, pemda: str) -> int:
    n = tables.node.c
    return int(conn.execute(select(func.min(n.tahun)).where(n.pemda == pemda)).scalar() or 9999)


def _renstra(conn: Connection, pemda: str, tahun: int, opds: Sequence[str]) -> dict[Key, Renstra]:
    """The rows of the Renstra in force that year; where two overlap, the newer."""
    r = tables.renstra.c
    shown = [r[name] for name in Renstra._fields]
    query = select(r.opd, r.kode, *shown).where(r.pemda == pemda, r.awal <= tahun, r.akhir >= tahun, r.opd.in_(opds))
    return {(row.opd, row.kode): Renstra(*row[2:]) for row in conn.execute(query.order_by(r.awal)).all()}


def _names(conn: Connection, pemda: str, tahun: int, opds: Sequence[str]) -> dict[Key, Sebutan]:
    i = tables.indikator.c
    query = select(i.opd, i.kode, i.node, i.nama, i.satuan, i.satuan_asli, i.skala)
    rows = conn.execute(query.where(i.pemda == pemda, i.tahun == tahun, i.opd.in_(opds))).all()
    return {(r.opd, r.kode): Sebutan(r.node, r.nama, r.satuan or r.satuan_asli, r.skala) for r in rows}


def _words(
    conn: Connection, table: Table, key: str, pemda: str, tahun: int, opds: Sequence[str], when: Any
) -> dict[Key, list[str]]:
    """Keterangan and kendala of what was reported in the quarter, each said once."""
    t = table.c
    query = select(t.opd, t[key], t.keterangan, t.kendala).where(
        t.pemda == pemda, t.tahun == tahun, t.opd.in_(opds), when, or_(t.keterangan != "", t.kendala != "")
    )
    found: dict[Key, list[str]] = defaultdict(list)
    for opd, kode, keterangan, kendala in conn.execute(query.order_by(*table.primary_key.columns)).all():
        said = [keterangan.strip(), f"Kendala: {kendala.strip()}" if kendala.strip() else ""]
        found[opd, kode] += [text for text in said if text and text not in found[opd, kode]]
    return dict(found)


def _status(conn: Connection, pemda: str, tahun: int, tw: int, opds: Sequence[str]) -> dict[Key, str]:
    r = tables.rollup_indikator.c
    query = select(r.opd, r.indikator, r.status)
    rows = conn.execute(query.where(r.pemda == pemda, r.tahun == tahun, r.tw == tw, r.opd.in_(opds))).all()
    return {(row.opd, row.indikator): row.status for row in rows}
