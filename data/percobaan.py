"""Guessing costs waiting: counters per account, address and device in the database, shared by all workers.

An attempt is counted before its password is looked at, so attempts sent at the same moment cannot slip through
together. A device the account has signed in from before has a counter of its own: whoever hammers an account from
elsewhere does not lock its owner out.
"""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import Connection, Insert, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from data.errors import TahanError
from data.tables import percobaan


@dataclass(frozen=True)
class Batasan:
    """How many failures are free, how the waiting grows after them (seconds, doubled each time) and when the count
    is forgotten (hours without an attempt)."""

    bebas: int
    tunggu: int
    paling_lama: int
    lupa: int


AKUN: Final = Batasan(5, 30, 3_600, 24)
PERANGKAT: Final = Batasan(8, 30, 900, 24)
# A whole office may sit behind one address on the day of the deadline.
ALAMAT: Final = Batasan(30, 5, 900, 1)


@dataclass(frozen=True)
class Penghitung:
    """One counter: its key and its limits."""

    kunci: str
    batasan: Batasan


def counters(nama: str, alamat: str, known_device: str | None) -> list[Penghitung]:
    """The counters an attempt runs against: the device alone where it is known, else account and address."""
    if known_device:
        return [Penghitung(f"perangkat:{known_device}:{nama}"[:120], PERANGKAT)]
    return [Penghitung(f"akun:{nama}"[:120], AKUN), Penghitung(f"alamat:{network(alamat)}", ALAMAT)]


def network(alamat: str) -> str:
    """The address as it is counted: an IPv6 subscriber owns a /64, so that is one address."""
    try:
        found = ipaddress.ip_address(alamat)
    except ValueError:
        return "-"
    if found.version == 4:
        return str(found)
    mapped = found.ipv4_mapped
    return str(mapped) if mapped else str(ipaddress.ip_network((found, 64), strict=False))


def check_waiting(conn: Connection, pemda: str, against: Sequence[Penghitung], now: datetime | None = None) -> None:
    """Raises TahanError while one of the counters must wait. Only reads: the flood is turned away without a lock."""
    t = percobaan
    keys = [one.kunci for one in against]
    query = select(t.c.tunggu_sampai).where(t.c.pemda == pemda, t.c.kunci.in_(keys), t.c.tunggu_sampai.is_not(None))
    now = now or datetime.now(UTC)
    wait = max((until - now for until in conn.execute(query).scalars()), default=timedelta())
    if wait > timedelta():
        raise TahanError(wait.total_seconds())


def count_attempt(
    conn: Connection, pemda: str, against: Sequence[Penghitung], now: datetime | None = None
) -> list[str]:
    """Count one attempt as failed in advance; the keys of the counters that ask for waiting from now on. Raises
    TahanError, and counts nothing, while one of them must wait."""
    now = now or datetime.now(UTC)
    for one in sorted(against, key=lambda found: found.kunci):
        _touch(conn, pemda, one.kunci, now)
    check_waiting(conn, pemda, against, now)
    return [one.kunci for one in against if _count(conn, pemda, one, now) == one.batasan.bebas]


def forgive(conn: Connection, pemda: str, against: Sequence[Penghitung]) -> None:
    """The attempt was good: account and device begin anew, the address gets back this one attempt only."""
    t = percobaan
    for one in against:
        where = (t.c.pemda == pemda, t.c.kunci == one.kunci)
        if one.batasan is ALAMAT:
            conn.execute(update(t).where(*where, t.c.gagal > 0).values(gagal=t.c.gagal - 1))
            conn.execute(update(t).where(*where, t.c.gagal < one.batasan.bebas).values(tunggu_sampai=None))
        else:
            conn.execute(update(t).where(*where).values(gagal=0, tunggu_sampai=None))


def forget_old(conn: Connection, now: datetime | None = None) -> None:
    """Drop counters nobody has touched for two days."""
    limit = (now or datetime.now(UTC)) - timedelta(days=2)
    conn.execute(delete(percobaan).where(percobaan.c.terakhir_pada < limit))


def _touch(conn: Connection, pemda: str, kunci: str, now: datetime) -> None:
    """Lock the counter's row, making it where there is none; always in the order of the keys, so nobody deadlocks."""
    t = percobaan
    lock = update(t).where(t.c.pemda == pemda, t.c.kunci == kunci).values(gagal=t.c.gagal)
    if conn.execute(lock).rowcount:
        return
    row = {"pemda": pemda, "kunci": kunci, "gagal": 0, "terakhir_pada": now}
    conn.execute(_insert_unless_there(conn, row))
    conn.execute(lock)


def _insert_unless_there(conn: Connection, row: dict[str, object]) -> Insert:
    made = postgresql.insert if conn.dialect.name == "postgresql" else sqlite.insert
    return made(percobaan).values(row).on_conflict_do_nothing()


def _count(conn: Connection, pemda: str, one: Penghitung, now: datetime) -> int:
    t, limits = percobaan, one.batasan
    where = (t.c.pemda == pemda, t.c.kunci == one.kunci)
    row = conn.execute(select(t).where(*where)).one()
    failed = 1 if now - row.terakhir_pada > timedelta(hours=limits.lupa) else row.gagal + 1
    over = failed - limits.bebas
    wait = None
    if over >= 0:
        seconds = min(limits.paling_lama, limits.tunggu * 2 ** min(over, 20))
        wait = now + timedelta(seconds=seconds)
    conn.execute(update(t).where(*where).values(gagal=failed, terakhir_pada=now, tunggu_sampai=wait))
    return int(failed)
