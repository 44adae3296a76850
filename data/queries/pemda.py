"""About the government itself: its name, its data version, its calendar and who has reported."""

from dataclasses import dataclass, replace
from datetime import date, datetime

import pandas as pd
from sqlalchemy import Connection, bindparam, select

from data import tables
from data.errors import BadParameterError, NotFoundError, NothingYetError
from data.queries.frame import frame
from data.queries.kepatuhan import expected
from data.words import ACCEPTED, TW_NAMES


@dataclass(frozen=True)
class Pemda:
    """One government. ``contoh``: invented sample data. ``versi`` rises with each stored change."""

    kode: str
    nama: str
    contoh: bool
    catatan: str
    versi: int


@dataclass(frozen=True)
class Periode:
    """One triwulan of the calendar. Instants are aware UTC."""

    tahun: int
    tw: int
    dibuka: datetime
    tepat_waktu_sampai: datetime
    dikunci: datetime
    data_per: date
    dilaporkan: bool = True
    perpanjangan: tuple[tuple[str, datetime], ...] = ()
    """Until when each OPD with an extension may report ("": all of them)."""

    @property
    def nama(self) -> str:
        return f"{TW_NAMES[self.tw]} {self.tahun}"


@dataclass(frozen=True)
class Cakupan:
    """Who has reported for one triwulan. ``dimuat``: the latest receipt; None when nothing came in."""

    periode: Periode
    diharapkan: int
    diterima: int
    tepat_waktu: int
    terlambat: int
    nihil: int
    dimuat: datetime | None

    @property
    def belum(self) -> int:
        return self.diharapkan - self.diterima


# Asked before every remembered answer, so it is written once and not at each request.
_VERSION = select(tables.pemda.c.versi).where(tables.pemda.c.kode == bindparam("kode"))


def read_version(conn: Connection, pemda: str) -> int | None:
    """The data version; None when the pemda is not registered."""
    return conn.execute(_VERSION, {"kode": pemda}).scalar()


def read_pemda(conn: Connection, pemda: str) -> Pemda:
    """The government served. Raises NotFoundError when it is not registered."""
    p = tables.pemda.c
    row = conn.execute(select(p.kode, p.nama, p.contoh, p.catatan, p.versi).where(p.kode == pemda)).first()
    if row is None:
        raise NotFoundError(f"Belum ada data untuk pemda {pemda}. Muat data lebih dahulu dengan `make run`.")
    return Pemda(*row)


def calendar(conn: Connection, pemda: str) -> list[Periode]:
    """Every triwulan of the calendar, oldest first."""
    p = tables.periode.c
    query = (
        select(p.tahun, p.tw, p.dibuka, p.tepat_waktu_sampai, p.dikunci, p.data_per)
        .where(p.pemda == pemda)
        .order_by(p.tahun, p.tw)
    )
    longer = _extensions(conn, pemda)
    return [
        Periode(**row._mapping, perpanjangan=tuple(longer.get((row.tahun, row.tw), {}).items()))
        for row in conn.execute(query)
    ]


def _extensions(conn: Connection, pemda: str) -> dict[tuple[int, int], dict[str, datetime]]:
    """By triwulan the end of the longest extension of each OPD that has one."""
    x = tables.perpanjangan.c
    query = select(x.tahun, x.tw, x.opd, x.sampai).where(x.pemda == pemda).order_by(x.sampai)
    found: dict[tuple[int, int], dict[str, datetime]] = {}
    for row in conn.execute(query):
        found.setdefault((row.tahun, row.tw), {})[row.opd] = row.sampai
    return found


@dataclass(frozen=True)
class Diam:
    """Whose silence the public may read now: everybody's once the triwulan is locked (``semua``), but not that of an
    OPD that may still report in time (``ditunggu``)."""

    semua: bool
    ditunggu: frozenset[str] = frozenset()

    def told(self, opd: object) -> bool:
        return self.semua and opd not in self.ditunggu


def silence_told(period: Periode, after_lock: bool, now: datetime) -> Diam:
    """``after_lock``: the setting that keeps names back until the lock."""
    if not after_lock:
        return Diam(semua=True)
    until = dict(period.perpanjangan)
    locked = max(period.dikunci, until.pop("", period.dikunci))
    return Diam(now > locked, frozenset(opd for opd, ends in until.items() if ends >= now))


def reported_periods(conn: Connection, pemda: str) -> list[Periode]:
    """What can be chosen on screens, oldest first: the triwulan for which a report was accepted, and TW I of a year
    that has a plan but no report yet (``dilaporkan`` is False then)."""
    lap = tables.laporan.c
    query = select(lap.tahun, lap.tw).where(lap.pemda == pemda, lap.keadaan.in_(ACCEPTED)).distinct()
    reported = {(row.tahun, row.tw) for row in conn.execute(query)}
    years = {tahun for tahun, _ in reported}
    return [
        replace(period, dilaporkan=(period.tahun, period.tw) in reported)
        for period in calendar(conn, pemda)
        if (period.tahun, period.tw) in reported or (period.tahun not in years and period.tw == 1)
    ]


def choose_period(periods: list[Periode], tahun: str | None, tw: str | None) -> Periode:
    """The triwulan an address names, by default the latest reported.

    Raises BadParameterError for nonsense or one that is not there, NothingYetError when nothing is there at all.
    """
    if not periods:
        raise NothingYetError("Rencana dan laporan OPD belum dimuat. Angka muncul di sini begitu laporan diterima.")
    newest = ([period for period in periods if period.dilaporkan] or periods)[-1]
    year = newest.tahun if tahun is None else _number(tahun, "tahun")
    of_year = [period for period in periods if period.tahun == year]
    if not of_year:
        years = sorted({period.tahun for period in periods})
        raise BadParameterError(f"Tahun {year} tidak ada. Yang tersedia: {', '.join(map(str, years))}.")
    if tw is None:
        return of_year[-1]
    quarter = _number(tw, "tw")
    for period in of_year:
        if period.tw == quarter:
            return period
    names = ", ".join(period.nama for period in of_year)
    raise BadParameterError(f"Triwulan {quarter} tahun {year} belum ada laporannya. Yang tersedia: {names}.")


def _number(text: str, name: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        example = "2026" if name == "tahun" else "3"
        raise BadParameterError(f"Alamat memuat {name}={text[:20]} yang bukan angka. Contoh: {name}={example}.")
    return int(text)


def coverage(conn: Connection, pemda: str, period: Periode) -> Cakupan:
    """How many of the OPD that must report have an accepted report for this triwulan."""
    must, lap = expected(conn, pemda, period.tahun, period.tw), tables.laporan.c
    where = (lap.pemda == pemda, lap.tahun == period.tahun, lap.tw == period.tw, lap.keadaan.in_(ACCEPTED))
    query = select(lap.opd, lap.hari_terlambat, lap.nihil, lap.diterima_pada).where(*where)
    reports = [row for row in conn.execute(query) if row.opd in set(must)]
    late = sum(1 for row in reports if row.hari_terlambat > 0)
    received = [row.diterima_pada for row in reports if row.diterima_pada is not None]
    return Cakupan(
        period,
        len(must),
        len(reports),
        len(reports) - late,
        late,
        sum(1 for row in reports if row.nihil),
        max(received, default=None) or _last_load(conn, pemda, period.tahun),
    )


def _last_load(conn: Connection, pemda: str, tahun: int) -> datetime | None:
    """When the newest file of a year was stored: what a screen without reports rests on."""
    u = tables.unggahan.c
    query = select(u.dimuat_pada).where(u.pemda == pemda, u.tahun == tahun).order_by(u.nomor.desc()).limit(1)
    return conn.execute(query).scalar()


def unreported(conn: Connection, pemda: str, period: Periode) -> pd.DataFrame:
    """One row per OPD that must report and has no accepted report for this triwulan: opd, nama, singkat. In the order
    of the list."""
    o, lap = tables.opd.c, tables.laporan.c
    where = (lap.pemda == pemda, lap.tahun == period.tahun, lap.tw == period.tw, lap.keadaan.in_(ACCEPTED))
    inside = set(conn.execute(select(lap.opd).where(*where)).scalars())
    silent = [opd for opd in expected(conn, pemda, period.tahun, period.tw) if opd not in inside]
    query = select(o.kode.label("opd"), o.nama, o.singkat).where(o.pemda == pemda, o.kode.in_(silent))
    return frame(conn, query.order_by(o.urutan, o.kode))
