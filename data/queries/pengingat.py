"""Whom to remind now: the OPD whose report is missing, at the milestone that has come for the deadline that holds for
each of them; and the addresses."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy import Connection, or_, select

from data import tables
from data.kalender import WIB, Tenggat, Waktunya, instant
from data.queries.kepatuhan import deadlines, missing
from data.words import Keadaan

MILESTONES: Final = {"H-14": -14, "H-7": -7, "H-3": -3, "H-1": -1, "H": 0, "H+1": 1}
"""Name and days after the deadline, oldest first; days are WIB calendar days."""
ESCALATION: Final = "ESKALASI"
"""The same day as H+1: the OPD is named to those who are told when a report stays out."""
AFTER_LOCK: Final = 3
"""Days after the deadline in which H+1 is still told although the door is locked (an extension may end in a lock)."""


Milestones = Callable[[Tenggat, int, bool], list[tuple[str, datetime]]]


@dataclass(frozen=True)
class Ingatan:
    """One OPD at one milestone. ``sejak``: when the milestone came, for the deadline that holds now; ``hari``: days
    after that deadline; ``dikembalikan``: a version came and was returned; ``terkunci``: nothing can be sent now."""

    tenggat: Tenggat
    opd: str
    nama: str
    tonggak: str
    sejak: datetime
    hari: int
    dikembalikan: bool
    terkunci: bool

    @property
    def periode(self) -> tuple[int, int]:
        return self.tenggat.tahun, self.tenggat.tw


@dataclass(frozen=True)
class Kontak:
    """One address; ``wa`` may be empty."""

    surel: str
    wa: str
    sebutan: str


def due(conn: Connection, pemda: str, now: datetime) -> list[Ingatan]:
    """Everyone to be told now, whether or not they were told already: the newest milestone that has come for each OPD
    whose report is missing, older ones never; from H+1 on the escalation too. By period, then OPD in their order."""
    return [one for period in _periods(conn, pemda, now) for one in _of_period(conn, pemda, *period, now, _come)]


def still_missing(conn: Connection, pemda: str, now: datetime) -> list[Ingatan]:
    """One per OPD and period whose report is missing and can still be sent, whatever the milestone (named '' before the
    first one): for whoever calls by hand."""
    return [one for tahun, tw in _periods(conn, pemda, now) for one in _of_period(conn, pemda, tahun, tw, now, _any)]


def late_enough(days: int) -> str | None:
    """The newest milestone that has come so many days after the deadline; None before the first."""
    return next((name for name in reversed(MILESTONES) if MILESTONES[name] <= days), None)


def contacts(conn: Connection, pemda: str) -> dict[str, list[Kontak]]:
    """The addresses by OPD; under '' those who are told at escalation."""
    k = tables.kontak.c
    found: dict[str, list[Kontak]] = defaultdict(list)
    for row in conn.execute(select(k.opd, k.surel, k.wa, k.sebutan).where(k.pemda == pemda).order_by(k.opd, k.surel)):
        found[row.opd].append(Kontak(row.surel, row.wa, row.sebutan))
    return found


def _periods(conn: Connection, pemda: str, now: datetime) -> list[tuple[int, int]]:
    """The periods that are open for somebody, or closed just now."""
    p, x = tables.periode.c, tables.perpanjangan.c
    since = now - timedelta(days=AFTER_LOCK + 1)
    longer = select(x.tahun).where(x.pemda == pemda, x.tahun == p.tahun, x.tw == p.tw, x.sampai >= since).exists()
    query = select(p.tahun, p.tw).where(p.pemda == pemda, p.dibuka <= now, or_(p.dikunci >= since, longer))
    return [(row.tahun, row.tw) for row in conn.execute(query.order_by(p.tahun, p.tw))]


def _of_period(
    conn: Connection, pemda: str, tahun: int, tw: int, now: datetime, milestones: Milestones
) -> list[Ingatan]:
    out = missing(conn, pemda, tahun, tw)
    names, returned = _names(conn, pemda), _returned(conn, pemda, tahun, tw)
    found = []
    for opd, tenggat in deadlines(conn, pemda, tahun, tw, out).items():
        days, shut = _days(tenggat, now), tenggat.stand(now) == Waktunya.TERKUNCI
        for tonggak, sejak in milestones(tenggat, days, shut):
            found.append(Ingatan(tenggat, opd, names[opd], tonggak, sejak, days, opd in returned, shut))
    return found


def _days(tenggat: Tenggat, now: datetime) -> int:
    return (now.astimezone(WIB).date() - tenggat.tepat_waktu_sampai.astimezone(WIB).date()).days


def _come(tenggat: Tenggat, days: int, shut: bool) -> list[tuple[str, datetime]]:
    """(name, since when): none, one, or two with the escalation."""
    name = late_enough(days)
    if name is None or (shut and not 0 < days <= AFTER_LOCK):
        return []
    day = tenggat.tepat_waktu_sampai.astimezone(WIB).date() + timedelta(days=MILESTONES[name])
    since = instant(day, time())
    return [(name, since), (ESCALATION, since)] if days > 0 else [(name, since)]


def _any(tenggat: Tenggat, _days: int, shut: bool) -> list[tuple[str, datetime]]:
    return [] if shut else [("", tenggat.dibuka)]


def _names(conn: Connection, pemda: str) -> dict[str, str]:
    o = tables.opd.c
    return {row.kode: row.nama for row in conn.execute(select(o.kode, o.nama).where(o.pemda == pemda))}


def _returned(conn: Connection, pemda: str, tahun: int, tw: int) -> set[str]:
    lap = tables.laporan.c
    where = (lap.pemda == pemda, lap.tahun == tahun, lap.tw == tw, lap.keadaan == Keadaan.DIKEMBALIKAN.value)
    return set(conn.execute(select(lap.opd).where(*where)).scalars())
