"""Devices an account is known on: its owner is not locked out there, and may be spared the code."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select, update

from data.accounts import account_name
from data.kunci import fingerprint, new_token
from data.tables import perangkat

KNOWN_FOR: Final = timedelta(days=365)
TRUSTED_FOR: Final = timedelta(days=30)


def known_device(conn: Connection, pemda: str, nama: str, token: str) -> Any:
    """The row of this device for this account, if the account has signed in here before; None otherwise."""
    if not token:
        return None
    p = perangkat.c
    where = (p.pemda == pemda, p.kunci == fingerprint(token), p.nama == account_name(nama))
    return conn.execute(select(perangkat).where(*where, p.berakhir_pada > datetime.now(UTC))).first()


def is_trusted(row: Any) -> bool:
    """Was the owner promised, not longer than a month ago, that no code is asked here?"""
    return bool(row is not None and row.tepercaya and datetime.now(UTC) - row.dibuat_pada < TRUSTED_FOR)


def remember_device(conn: Connection, pemda: str, nama: str, token: str, trusted: bool, name: str = "") -> str:
    """Know this device from now on, and return the secret that it keeps (a new one where it had none)."""
    now, p = datetime.now(UTC), perangkat
    where = (p.c.pemda == pemda, p.c.kunci == fingerprint(token), p.c.nama == account_name(nama))
    if token and known_device(conn, pemda, nama, token) is not None:
        if trusted:
            conn.execute(update(p).where(*where).values(tepercaya=True, dibuat_pada=now, berakhir_pada=now + KNOWN_FOR))
        return token
    token = token or new_token()
    conn.execute(delete(p).where(p.c.berakhir_pada < now))
    row = {"pemda": pemda, "kunci": fingerprint(token), "nama": account_name(nama), "tepercaya": trusted}
    row |= {"dibuat_pada": now, "berakhir_pada": now + KNOWN_FOR, "perangkat": name[:200]}
    conn.execute(insert(p), [row])
    return token
