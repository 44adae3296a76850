"""Sessions: kept in the database, so that ending one ends it in every worker at the next request."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, and_, delete, func, insert, select, update

from data.access import Orang
from data.accounts import account_name, person
from data.kunci import fingerprint, new_token
from data.tables import pengguna, sesi
from data.umur import Lifetimes, Umur

UNFINISHED: Final = timedelta(minutes=10)
"""How long somebody may take between password and code."""
SHORT: Final = 16
"""Letters of the fingerprint that name a session in a list: enough to point at, useless to sign in with."""


class Tahap(StrEnum):
    """How far somebody got: in, asked for the code, or made to set a code up."""

    PENUH = "penuh"
    KODE = "kode"
    PASANG = "pasang"


@dataclass(frozen=True)
class Asal:
    """Where a request comes from: the address, and what the browser calls itself."""

    alamat: str
    perangkat: str = ""


@dataclass(frozen=True)
class Sesi:
    """An open session: its fingerprint, its stage, and whose it is."""

    kunci: str
    tahap: Tahap
    cara: str
    orang: Orang


def start_session(
    conn: Connection, pemda: str, orang: Orang, tahap: Tahap, umur: Umur, asal: Asal, cara: str = "sandi"
) -> str:
    """Open a session and return the secret that the browser keeps."""
    token, now = new_token(), datetime.now(UTC)
    row = {
        "pemda": pemda,
        "kunci": fingerprint(token),
        "nama": orang.nama,
        "tahap": tahap.value,
        "cara": cara,
        "dibuat_pada": now,
        "dilihat_pada": now,
        "berakhir_pada": now + (umur.mutlak if tahap == Tahap.PENUH else UNFINISHED),
        "alamat": asal.alamat[:64],
        "perangkat": asal.perangkat[:200],
    }
    conn.execute(delete(sesi).where(sesi.c.pemda == pemda, sesi.c.berakhir_pada < now))
    conn.execute(insert(sesi), [row])
    return token


def find_session(
    conn: Connection, pemda: str, token: str, umur: Lifetimes, now: datetime | None = None
) -> tuple[Sesi | None, bool]:
    """The session this secret opens, and whether its last use should be written down again (``touch_session``).
    Nothing for one that is over, unknown, or whose account was closed."""
    now = now or datetime.now(UTC)
    same = and_(pengguna.c.pemda == sesi.c.pemda, pengguna.c.nama == sesi.c.nama)
    query = (
        select(sesi, pengguna.c.nama_tampil, pengguna.c.peran, pengguna.c.opd, pengguna.c.aktif)
        .select_from(sesi.join(pengguna, same))
        .where(sesi.c.pemda == pemda, sesi.c.kunci == fingerprint(token), sesi.c.berakhir_pada > now)
    )
    row = conn.execute(query).first()
    someone = person(row)
    if row is None or someone is None:
        return None, False
    idle, allowed = now - row.dilihat_pada, umur[someone.peran].diam
    if idle > allowed:
        return None, False
    named = Orang(someone.nama, someone.nama_tampil, someone.peran, someone.opd, row.kunci[:SHORT])
    return Sesi(row.kunci, Tahap(row.tahap), row.cara, named), idle > allowed / 20


def touch_session(conn: Connection, pemda: str, kunci: str) -> None:
    """The session was used just now."""
    conn.execute(
        update(sesi).where(sesi.c.pemda == pemda, sesi.c.kunci == kunci).values(dilihat_pada=datetime.now(UTC))
    )


def end_session(conn: Connection, pemda: str, nama: str, short: str) -> bool:
    """End one of this account's sessions by its short name. False when there is no such session of this account."""
    if not re.fullmatch(rf"[0-9a-f]{{{SHORT}}}", short):
        return False
    where = (sesi.c.pemda == pemda, sesi.c.nama == account_name(nama), sesi.c.kunci.startswith(short))
    return conn.execute(delete(sesi).where(*where)).rowcount > 0


def list_sessions(conn: Connection, pemda: str, nama: str) -> list[Any]:
    """One row per open, finished session of an account, newest first: sesi (short name), dibuat_pada, dilihat_pada,
    berakhir_pada, alamat, perangkat, cara."""
    s = sesi.c
    where = (
        s.pemda == pemda,
        s.nama == account_name(nama),
        s.tahap == Tahap.PENUH.value,
        s.berakhir_pada > datetime.now(UTC),
    )
    name = func.substr(s.kunci, 1, SHORT).label("sesi")
    query = select(name, s.dibuat_pada, s.dilihat_pada, s.berakhir_pada, s.alamat, s.perangkat, s.cara)
    return list(conn.execute(query.where(*where).order_by(s.dilihat_pada.desc())))
