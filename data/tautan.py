"""One-time links: an invitation or a reset, handed over by the administrator, dead once used or too old."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select, update

from data.accounts import account_name, find_account, forget_doors, set_password
from data.errors import NotFoundError
from data.kunci import fingerprint, new_token
from data.tables import tautan


class Guna(StrEnum):
    """What a link is for."""

    UNDANGAN = "undangan"
    SETEL_ULANG = "setel_ulang"


LIFE: Final = {Guna.UNDANGAN: timedelta(days=3), Guna.SETEL_ULANG: timedelta(hours=4)}
DEAD = "Tautan ini sudah dipakai, kedaluwarsa, atau salah. Minta tautan baru kepada pengelola e-Monev."


@dataclass(frozen=True)
class Tautan:
    """An open link: whose account, what for, and until when."""

    nama: str
    nama_tampil: str
    guna: Guna
    berakhir_pada: datetime


def make_link(conn: Connection, pemda: str, nama: str, guna: Guna, oleh: str) -> str:
    """The secret part of a new link; older links of this account die. Raises BadParameterError through the caller's
    own look-up when the account is unknown."""
    now, token, t = datetime.now(UTC), new_token(), tautan
    conn.execute(delete(t).where(t.c.pemda == pemda, t.c.nama == account_name(nama)))
    row: dict[str, Any] = {"pemda": pemda, "kunci": fingerprint(token), "nama": account_name(nama), "guna": guna.value}
    row |= {"dibuat_pada": now, "berakhir_pada": now + LIFE[guna], "oleh": oleh}
    conn.execute(insert(t), [row])
    return token


def read_link(conn: Connection, pemda: str, token: str) -> Tautan:
    """What this link opens. Raises NotFoundError for one that is used, too old, unknown, or of a closed account."""
    t = tautan.c
    where = (t.pemda == pemda, t.kunci == fingerprint(token), t.dipakai_pada.is_(None))
    row = conn.execute(select(tautan).where(*where, t.berakhir_pada > datetime.now(UTC))).first()
    account = None if row is None else find_account(conn, pemda, row.nama)
    if row is None or account is None or not account.aktif:
        raise NotFoundError(DEAD)
    return Tautan(row.nama, account.nama_tampil, Guna(row.guna), row.berakhir_pada)


def use_link(conn: Connection, pemda: str, token: str, sandi: str) -> Tautan:
    """Set the password this link allows, once; sessions and devices of the account end. Raises NotFoundError for a
    dead link, BadParameterError for a weak password (the link lives on)."""
    t = tautan
    where = (t.c.pemda == pemda, t.c.kunci == fingerprint(token), t.c.dipakai_pada.is_(None))
    if conn.execute(update(t).where(*where).values(dipakai_pada=t.c.dipakai_pada)).rowcount == 0:
        raise NotFoundError(DEAD)
    found = read_link(conn, pemda, token)
    set_password(conn, pemda, found.nama, sandi)
    forget_doors(conn, pemda, found.nama)
    return found
