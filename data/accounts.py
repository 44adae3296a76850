"""Accounts: who there is, what each may, and whether the account is open."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from data import tables
from data.access import Orang
from data.errors import BadParameterError
from data.sandi import check_password, hash_password, is_password
from data.tables import pengguna
from data.words import Peran

_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{1,79}")
MUST_HAVE_FACTOR: Final = frozenset({Peran.BAPPEDA, Peran.ADMIN})
"""Roles that never get in with a password alone."""


def account_name(nama: str) -> str:
    """The one spelling of an account's name; what no name can hold (a NUL would stop PostgreSQL) is left out."""
    return "".join(letter for letter in nama if letter.isprintable()).strip().casefold()[:80]


def create_account(
    conn: Connection, pemda: str, nama: str, nama_tampil: str, sandi: str, peran: Peran, opd: str | None = None
) -> None:
    """Add an account with a password. Raises BadParameterError when the name is taken or unfit, the password weak or
    the OPD missing."""
    invite_account(conn, pemda, nama, nama_tampil, peran, opd)
    set_password(conn, pemda, nama, sandi)


def invite_account(
    conn: Connection, pemda: str, nama: str, nama_tampil: str, peran: Peran, opd: str | None = None
) -> None:
    """Add an account without a password: nobody gets in before a one-time link has set one. Raises BadParameterError
    when the name is taken or unfit, or the OPD is missing or unknown."""
    row = {
        "pemda": pemda,
        "nama": _fit_name(nama),
        "nama_tampil": _fit_label(nama_tampil),
        "sandi": "",
        "peran": peran.value,
        "opd": _fit_opd(conn, pemda, peran, opd),
        "aktif": True,
        "contoh": False,
        "dibuat_pada": datetime.now(UTC),
    }
    try:
        with conn.begin_nested():
            conn.execute(insert(pengguna), [row])
    except IntegrityError:
        raise BadParameterError(f"Nama pengguna '{row['nama']}' sudah dipakai. Pilih nama lain.") from None


def change_account(
    conn: Connection, pemda: str, nama: str, nama_tampil: str, peran: Peran, opd: str | None = None
) -> None:
    """Change label, role and OPD. Raises BadParameterError when there is no such account, the OPD does not fit, or
    nobody would be left who can administer."""
    if peran != Peran.ADMIN:
        _keep_an_admin(conn, pemda, nama)
    values = {"nama_tampil": _fit_label(nama_tampil), "peran": peran.value, "opd": _fit_opd(conn, pemda, peran, opd)}
    _update(conn, pemda, nama, **values)


def create_sample_account(
    conn: Connection, pemda: str, nama: str, nama_tampil: str, sandi: str, peran: Peran, opd: str | None = None
) -> None:
    """An account of the sample city, with a password that is printed at every start."""
    invite_account(conn, pemda, nama, nama_tampil, peran, opd)
    _update(conn, pemda, nama, sandi=hash_password(sandi), contoh=True)


def set_password(conn: Connection, pemda: str, nama: str, sandi: str) -> None:
    """Give an account a new password. Raises BadParameterError for a weak one or an unknown account."""
    check_password(sandi, words_of(conn, pemda, nama))
    _update(conn, pemda, nama, sandi=hash_password(sandi), sandi_pada=datetime.now(UTC))


def words_of(conn: Connection, pemda: str, nama: str) -> Iterable[str]:
    """What everybody would try first for this account: its names, its OPD's, and the government's."""
    row = find_account(conn, pemda, nama)
    o, p = tables.opd.c, tables.pemda.c
    found = [nama, *conn.execute(select(p.nama).where(p.kode == pemda)).scalars()]
    if row is not None:
        found += [row.nama_tampil]
        if row.opd:
            names = conn.execute(select(o.nama, o.singkat).where(o.pemda == pemda, o.kode == row.opd)).first()
            found += list(names or ())
    return found


def verify_password(conn: Connection, pemda: str, nama: str, sandi: str) -> Orang | None:
    """The person, if name and password belong together and the account is open."""
    row = find_account(conn, pemda, nama)
    right = is_password(row.sandi if row is not None else "", sandi)
    return person(row) if right else None


def disable_account(conn: Connection, pemda: str, nama: str) -> None:
    """Close an account. Raises BadParameterError when there is none or nobody would be left who can administer."""
    _keep_an_admin(conn, pemda, nama)
    _update(conn, pemda, nama, aktif=False)


def enable_account(conn: Connection, pemda: str, nama: str) -> None:
    """Open a closed account again. Raises BadParameterError when there is none."""
    _update(conn, pemda, nama, aktif=True)


def list_accounts(conn: Connection, pemda: str) -> list[Any]:
    """One row per account: nama, nama_tampil, peran, opd, aktif, contoh, bersandi, berkode, terakhir (last signed in
    session begun, or None)."""
    p, s = pengguna.c, tables.sesi.c
    last = (
        select(func.max(s.dibuat_pada)).where(s.pemda == p.pemda, s.nama == p.nama).scalar_subquery().label("terakhir")
    )
    has = (p.sandi != "").label("bersandi"), p.totp_pada.is_not(None).label("berkode")
    query = select(p.nama, p.nama_tampil, p.peran, p.opd, p.aktif, p.contoh, *has, last)
    return list(conn.execute(query.where(p.pemda == pemda).order_by(p.nama)))


def find_account(conn: Connection, pemda: str, nama: str) -> Any:
    """All columns of one account, open or not; None when there is none."""
    match = (pengguna.c.pemda == pemda, pengguna.c.nama == account_name(nama))
    return conn.execute(select(pengguna).where(*match)).first()


def person(row: Any) -> Orang | None:
    """The person an account stands for; None for a closed one."""
    if row is None or not row.aktif:
        return None
    return Orang(row.nama, row.nama_tampil, Peran(row.peran), row.opd)


def must_have_factor(row: Any) -> bool:
    """Does this account need a second factor? Sample accounts, whose password is printed, are excused."""
    return Peran(row.peran) in MUST_HAVE_FACTOR and not row.contoh


def forget_doors(conn: Connection, pemda: str, nama: str, but_session: str = "") -> None:
    """End the account's sessions, known devices and open links; one session may stay."""
    name = account_name(nama)
    for table in (tables.sesi, tables.perangkat, tables.tautan):
        where = [table.c.pemda == pemda, table.c.nama == name]
        if table is tables.sesi and but_session:
            where.append(table.c.kunci != but_session)
        conn.execute(delete(table).where(*where))


def _update(conn: Connection, pemda: str, nama: str, **values: Any) -> None:
    match = (pengguna.c.pemda == pemda, pengguna.c.nama == account_name(nama))
    if conn.execute(update(pengguna).where(*match).values(**values)).rowcount == 0:
        raise BadParameterError(f"Tidak ada akun bernama '{account_name(nama)}'.")


def _fit_name(nama: str) -> str:
    name = account_name(nama)
    if not nama.strip().isprintable() or not _NAME.fullmatch(name):
        raise BadParameterError(
            "Nama pengguna 2 sampai 80 huruf kecil, angka, titik, garis, atau @, misalnya dinkes.operator."
        )
    return name


def _fit_label(nama_tampil: str) -> str:
    label = " ".join(nama_tampil.split())
    if not 1 <= len(label) <= 120 or not label.isprintable():
        raise BadParameterError("Nama tampil wajib diisi, paling banyak 120 huruf. Sebut jabatannya, bukan orangnya.")
    return label


def _fit_opd(conn: Connection, pemda: str, peran: Peran, opd: str | None) -> str | None:
    if peran != Peran.OPD:
        return None
    if not opd:
        raise BadParameterError("Akun OPD harus menyebut kode OPD-nya.")
    o = tables.opd.c
    if conn.execute(select(o.kode).where(o.pemda == pemda, o.kode == opd)).first() is None:
        raise BadParameterError(f"OPD '{opd}' tidak dikenal. Pakai kode dari daftar OPD.")
    return opd


def _keep_an_admin(conn: Connection, pemda: str, nama: str) -> None:
    p = pengguna.c
    open_admins = select(p.nama).where(p.pemda == pemda, p.peran == Peran.ADMIN.value, p.aktif.is_(True))
    if set(conn.execute(open_admins.with_for_update()).scalars()) == {account_name(nama)}:
        raise BadParameterError("Ini satu-satunya akun administrator. Buat administrator lain lebih dahulu.")
