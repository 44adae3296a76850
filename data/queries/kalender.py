"""What Bappeda has set for the reporting cycle, as its pages show it: the clocks of a year beside what the rule would
give, days off, extensions, who must report otherwise than planned, and the addresses of reminders."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, and_, select

from data import tables
from data.kalender import default_periods, national_holidays, read_days_off
from data.queries.frame import frame

O, X, W = tables.opd, tables.perpanjangan, tables.wajib_lapor


@dataclass(frozen=True)
class JamPeriode:
    """The three clocks of one triwulan, and (``aturan_…``) what the rule gives with the days off known now."""

    tahun: int
    tw: int
    dibuka: datetime
    tepat_waktu_sampai: datetime
    dikunci: datetime
    aturan_dibuka: datetime
    aturan_tepat: datetime
    aturan_kunci: datetime


def calendar_years(conn: Connection, pemda: str) -> list[int]:
    """The years that have a calendar, oldest first."""
    p = tables.periode.c
    return list(conn.execute(select(p.tahun).where(p.pemda == pemda).distinct().order_by(p.tahun)).scalars())


def year_clocks(conn: Connection, pemda: str, tahun: int) -> list[JamPeriode]:
    """The triwulan of a year that have a calendar, in order."""
    p = tables.periode.c
    query = select(p.tw, p.dibuka, p.tepat_waktu_sampai, p.dikunci).where(p.pemda == pemda, p.tahun == tahun)
    rule = {row["tw"]: row for row in default_periods(tahun, read_days_off(conn, pemda))}
    names = ("dibuka", "tepat_waktu_sampai", "dikunci")
    return [
        JamPeriode(tahun, row.tw, *row[1:], *(rule[row.tw][name] for name in names))
        for row in conn.execute(query.order_by(p.tw))
    ]


def days_off(conn: Connection, pemda: str, tahun: int) -> list[dict[str, Any]]:
    """One mapping per day off of a year, in order: tanggal, nama, nasional (a national holiday), sendiri (the city has
    set it), kerja (the city works on it)."""
    day = tables.libur.c
    span = (day.tanggal >= date(tahun, 1, 1), day.tanggal <= date(tahun, 12, 31))
    own = {row.tanggal: row for row in conn.execute(select(tables.libur).where(day.pemda == pemda, *span))}
    national = national_holidays(tahun)
    return [
        {
            "tanggal": one,
            "nama": own[one].nama if one in own and one not in national else national.get(one, ""),
            "nasional": one in national,
            "sendiri": one in own,
            "kerja": one in own and own[one].kerja,
        }
        for one in sorted(own.keys() | national.keys())
    ]


def extensions(conn: Connection, pemda: str, tahun: int) -> pd.DataFrame:
    """One row per extension of a year: tw, opd ('' for all), nama (None for all), sampai, alasan, oleh, dibuat_pada."""
    same = and_(O.c.pemda == X.c.pemda, O.c.kode == X.c.opd)
    columns = (X.c.tw, X.c.opd, O.c.nama, X.c.sampai, X.c.alasan, X.c.oleh, X.c.dibuat_pada)
    query = select(*columns).select_from(X.outerjoin(O, same)).where(X.c.pemda == pemda, X.c.tahun == tahun)
    return frame(conn, query.order_by(X.c.tw, X.c.opd))


def duties(conn: Connection, pemda: str, tahun: int) -> pd.DataFrame:
    """One row per OPD × triwulan of a year that is expected otherwise than planned: tw, opd, nama, wajib, alasan."""
    same = and_(O.c.pemda == W.c.pemda, O.c.kode == W.c.opd)
    columns = (W.c.tw, W.c.opd, O.c.nama, W.c.wajib, W.c.alasan)
    query = select(*columns).select_from(W.join(O, same)).where(W.c.pemda == pemda, W.c.tahun == tahun)
    return frame(conn, query.order_by(W.c.tw, O.c.urutan, W.c.opd))


def reporting_opd(conn: Connection, pemda: str) -> list[tuple[str, str]]:
    """(kode, nama) of every OPD that is no unit of another, in the order of the list."""
    query = select(O.c.kode, O.c.nama).where(O.c.pemda == pemda, O.c.induk.is_(None))
    return [(row.kode, row.nama) for row in conn.execute(query.order_by(O.c.urutan, O.c.kode))]


def contacts(conn: Connection, pemda: str) -> pd.DataFrame:
    """One row per address of reminders: opd ('' for those told at escalation), surel, wa, sebutan."""
    k = tables.kontak.c
    query = select(k.opd, k.surel, k.wa, k.sebutan).where(k.pemda == pemda)
    return frame(conn, query.order_by(k.opd, k.surel))
