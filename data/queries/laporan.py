"""What an OPD said beside its figures."""

from typing import Any

from sqlalchemy import Connection, select

from data import tables
from data.words import ACCEPTED


def read_report(conn: Connection, pemda: str, tahun: int, tw: int, opd: str) -> dict[str, Any] | None:
    """The accepted report of one OPD for one triwulan as a mapping of all columns of ``laporan``; None when there is
    none. What a draft or a returned report says is nobody's to read here."""
    lap = tables.laporan.c
    query = select(tables.laporan).where(
        lap.pemda == pemda, lap.tahun == tahun, lap.tw == tw, lap.opd == opd, lap.keadaan.in_(ACCEPTED)
    )
    row = conn.execute(query).mappings().first()
    return None if row is None else dict(row)


def read_opd(conn: Connection, pemda: str, opd: str) -> dict[str, Any] | None:
    """One OPD or unit as a mapping of all columns of ``opd``; None when it is not known."""
    o = tables.opd.c
    row = conn.execute(select(tables.opd).where(o.pemda == pemda, o.kode == opd)).mappings().first()
    return None if row is None else dict(row)
