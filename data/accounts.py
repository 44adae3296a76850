"""Accounts: argon2id hashes in the table ``pengguna``."""

from datetime import UTC, datetime
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from data.access import Orang
from data.errors import BadParameterError
from data.tables import pengguna
from data.words import Peran

MIN_PASSWORD = 12
MAX_PASSWORD = 256
_hasher = PasswordHasher()
# Compared against when the account does not exist, so that both cases cost the same time.
_NOBODY = _hasher.hash("bukan kata sandi siapa pun")


def create_account(
    conn: Connection, pemda: str, nama: str, nama_tampil: str, sandi: str, peran: Peran, opd: str | None = None
) -> None:
    """Add an account. Raises BadParameterError when the name is taken, the password too short or the OPD missing."""
    if not MIN_PASSWORD <= len(sandi) <= MAX_PASSWORD:
        raise BadParameterError(f"Kata sandi minimal {MIN_PASSWORD} huruf. Pakai beberapa kata yang mudah diingat.")
    if peran == Peran.OPD and not opd:
        raise BadParameterError("Akun OPD harus menyebut kode OPD-nya (--opd).")
    row = {
        "pemda": pemda,
        "nama": nama.strip().casefold(),
        "nama_tampil": nama_tampil,
        "sandi": _hasher.hash(sandi),
        "peran": peran.value,
        "opd": opd,
        "aktif": True,
        "dibuat_pada": datetime.now(UTC),
    }
    try:
        conn.execute(insert(pengguna), [row])
    except IntegrityError:
        raise BadParameterError(f"Nama pengguna '{nama}' sudah dipakai. Pilih nama lain.") from None


def verify_password(conn: Connection, pemda: str, nama: str, sandi: str) -> Orang | None:
    """The person, if name and password belong together and the account is active."""
    row = _find(conn, pemda, nama)
    try:
        _hasher.verify(_NOBODY if row is None else row.sandi, sandi[:MAX_PASSWORD])
    except (VerifyMismatchError, InvalidHashError):
        return None
    return _person(row)


def find_person(conn: Connection, pemda: str, nama: str) -> Orang | None:
    """The person behind an account name of a session; None when it is gone or was disabled."""
    return _person(_find(conn, pemda, nama))


def disable_account(conn: Connection, pemda: str, nama: str) -> None:
    """Close an account; its sessions end with it. Raises BadParameterError when there is none."""
    match = (pengguna.c.pemda == pemda, pengguna.c.nama == nama.strip().casefold())
    if conn.execute(update(pengguna).where(*match).values(aktif=False)).rowcount == 0:
        raise BadParameterError(f"Tidak ada akun bernama '{nama}'.")


def list_accounts(conn: Connection, pemda: str) -> list[Any]:
    """One row per account: nama, nama_tampil, peran, opd, aktif."""
    p = pengguna.c
    query = select(p.nama, p.nama_tampil, p.peran, p.opd, p.aktif).where(p.pemda == pemda).order_by(p.nama)
    return list(conn.execute(query))


def _find(conn: Connection, pemda: str, nama: str) -> Any:
    match = (pengguna.c.pemda == pemda, pengguna.c.nama == nama.strip().casefold()[:80])
    return conn.execute(select(pengguna).where(*match)).first()


def _person(row: Any) -> Orang | None:
    if row is None or not row.aktif:
        return None
    return Orang(row.nama, row.nama_tampil, Peran(row.peran), row.opd)
