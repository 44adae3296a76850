"""A report is a full statement: what an earlier version of it said and this one does not say any more is taken back.

Only values that came with a report are: those of other files (a plan, a money file) stay as they are.
"""

from typing import Any

from sqlalchemy import Connection, Table, and_, select

from data import tables
from data.kiriman import Alamat
from data.queries.kinerja import family
from data.store import Muatan
from data.words import JenisBerkas

_TAKEN_BACK = {"baris": 0, "kolom": "", "keterangan": "", "kendala": ""}


def complete(conn: Connection, pemda: str, alamat: Alamat, muatan: Muatan) -> None:
    """Add to ``muatan`` an empty row for each answer of this triwulan that stands from an earlier version only, and an
    empty cell for each figure of a month it leaves out."""
    opds = family(conn, pemda, alamat.opd) or [alamat.opd]
    r, k = tables.realisasi.c, tables.keuangan.c
    said = {(row["opd"], row["indikator"]) for row in muatan.realisasi}
    for row in _of_reports(conn, tables.realisasi, pemda, alamat, opds, r.periode == alamat.tw):
        if (row.opd, row.indikator) not in said and (row.nilai is not None or row.teks is not None or row.nihil):
            place = {"tahun": alamat.tahun, "opd": row.opd, "indikator": row.indikator, "periode": alamat.tw}
            muatan.realisasi.append(place | _TAKEN_BACK | {"nilai": None, "teks": None, "nihil": False, "asli": ""})
    named = {(row["opd"], row["node"], row["bulan"]): row for row in muatan.keuangan}
    months = range(3 * alamat.tw - 2, 3 * alamat.tw + 1)
    for row in _of_reports(conn, tables.keuangan, pemda, alamat, opds, k.bulan.in_(months)):
        place = {"tahun": alamat.tahun, "opd": row.opd, "node": row.node, "bulan": row.bulan}
        empty = {name: None for name in ("realisasi", "fisik") if getattr(row, name) is not None}
        given = named.get((row.opd, row.node, row.bulan))
        if given is not None:
            given |= {name: None for name in empty if name not in given}
        elif empty:
            muatan.keuangan.append(place | _TAKEN_BACK | empty)


def _of_reports(conn: Connection, table: Table, pemda: str, alamat: Alamat, opds: list[str], period: Any) -> list[Any]:
    """The stored rows of the triwulan that came with a report."""
    u, t = tables.unggahan.c, table.c
    same = and_(u.pemda == t.pemda, u.nomor == t.unggahan)
    query = select(table).select_from(table.join(tables.unggahan, same))
    where = (t.pemda == pemda, t.tahun == alamat.tahun, t.opd.in_(opds), period, u.jenis == JenisBerkas.LAPORAN.value)
    return list(conn.execute(query.where(*where)))
