"""What an administrator does with accounts. Each deed is one function and one transaction: the change, the sessions it
ends, the line in the audit trail (last, because the head of the trail stays locked until the end)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, update

from data import jejak
from data.accounts import (
    account_name,
    change_account,
    disable_account,
    enable_account,
    find_account,
    forget_doors,
    invite_account,
    must_have_factor,
)
from data.engine import writing
from data.errors import BadParameterError, NotFoundError
from data.faktor import remove_factor
from data.jejak import Kejadian, Pelaku
from data.tables import pengguna
from data.tautan import LIFE, Guna, make_link
from data.words import Peran, Tindakan

OWN = "Ini akun Anda sendiri. Minta administrator lain melakukannya, atau pakai halaman Akun saya."
CLOSED = "Akun ini sedang ditutup. Buka lagi lebih dahulu."


@dataclass(frozen=True)
class TautanBaru:
    """A one-time link just made: its secret, shown once and stored nowhere, what it is for and until when."""

    token: str
    guna: Guna
    sampai: datetime


def invite(
    engine: Engine, pemda: str, pelaku: Pelaku, nama: str, nama_tampil: str, peran: Peran, opd: str | None
) -> TautanBaru:
    """Add an account without a password and the link that lets its owner choose one."""
    with writing(engine) as conn:
        invite_account(conn, pemda, nama, nama_tampil, peran, opd)
        account = _known(conn, pemda, nama)
        link = _link(conn, pemda, pelaku, account.nama, Guna.UNDANGAN)
        told = {"sebutan": account.nama_tampil, "peran": account.peran, "opd": account.opd or ""}
        _tell(conn, pemda, pelaku, Tindakan.AKUN_DIBUAT, nama, **told)
        _tell_link(conn, pemda, pelaku, nama, link)
        return link


def change(
    engine: Engine, pemda: str, pelaku: Pelaku, nama: str, nama_tampil: str, peran: Peran, opd: str | None
) -> bool:
    """Change label, role and OPD; another role or OPD ends every session. False when nothing differs."""
    with writing(engine) as conn:
        before = _known(conn, pemda, nama)
        if before.peran != peran.value:
            _refuse_own(pelaku, nama)
        change_account(conn, pemda, nama, nama_tampil, peran, opd)
        after = _known(conn, pemda, nama)
        names = {"sebutan": "nama_tampil", "peran": "peran", "opd": "opd"}
        old = {word: getattr(before, column) or "" for word, column in names.items()}
        new = {word: getattr(after, column) or "" for word, column in names.items()}
        told = {word: f"{old[word] or '–'} → {new[word] or '–'}" for word in names if old[word] != new[word]}
        if told.keys() & {"peran", "opd"}:
            forget_doors(conn, pemda, nama)
        if told:
            _tell(conn, pemda, pelaku, Tindakan.AKUN_DIUBAH, nama, **told)
        return bool(told)


def reset_password(engine: Engine, pemda: str, pelaku: Pelaku, nama: str) -> TautanBaru:
    """A new link to choose a password with. The old password stops working at once, not when the link is used: a
    reset is asked for when somebody else may know it."""
    with writing(engine) as conn:
        account = _known(conn, pemda, nama)
        _refuse_own(pelaku, nama)
        if not account.aktif:
            raise BadParameterError(CLOSED)
        p = pengguna.c
        conn.execute(update(pengguna).where(p.pemda == pemda, p.nama == account.nama).values(sandi=""))
        forget_doors(conn, pemda, nama)
        # Nobody has had a password here yet: the first invitation was lost or too old.
        purpose = Guna.SETEL_ULANG if account.sandi_pada is not None or account.sandi else Guna.UNDANGAN
        link = _link(conn, pemda, pelaku, account.nama, purpose)
        _tell_link(conn, pemda, pelaku, nama, link)
        return link


def take_factor(engine: Engine, pemda: str, pelaku: Pelaku, nama: str) -> None:
    """The phone is lost: the account's code is removed and its sessions end. Where the role must have one, the next
    sign-in asks for a new one."""
    with writing(engine) as conn:
        account = _known(conn, pemda, nama)
        _refuse_own(pelaku, nama)
        if account.totp is None:
            raise BadParameterError("Akun ini tidak memakai kode masuk.")
        remove_factor(conn, pemda, nama)
        forget_doors(conn, pemda, nama)
        again = "ya" if must_have_factor(account) else "tidak"
        _tell(conn, pemda, pelaku, Tindakan.FAKTOR_DILEPAS, nama, wajib_pasang_lagi=again)


def close(engine: Engine, pemda: str, pelaku: Pelaku, nama: str) -> None:
    """Close an account and end its sessions, devices and links."""
    with writing(engine) as conn:
        account = _known(conn, pemda, nama)
        _refuse_own(pelaku, nama)
        if not account.aktif:
            return
        disable_account(conn, pemda, nama)
        forget_doors(conn, pemda, nama)
        _tell(conn, pemda, pelaku, Tindakan.AKUN_DITUTUP, nama)


def reopen(engine: Engine, pemda: str, pelaku: Pelaku, nama: str) -> None:
    """Open a closed account again, with the password it had."""
    with writing(engine) as conn:
        if _known(conn, pemda, nama).aktif:
            return
        enable_account(conn, pemda, nama)
        _tell(conn, pemda, pelaku, Tindakan.AKUN_DIBUKA, nama)


def end_sessions(engine: Engine, pemda: str, pelaku: Pelaku, nama: str) -> None:
    """Sign an account out everywhere; known devices and open links are forgotten too."""
    with writing(engine) as conn:
        _known(conn, pemda, nama)
        _refuse_own(pelaku, nama)
        forget_doors(conn, pemda, nama)
        _tell(conn, pemda, pelaku, Tindakan.SESI_DIAKHIRI, nama, sesi="semua")


def _known(conn: Connection, pemda: str, nama: str) -> Any:
    account = find_account(conn, pemda, nama)
    if account is None:
        raise NotFoundError(f"Tidak ada akun bernama '{account_name(nama)}'.")
    return account


def _refuse_own(pelaku: Pelaku, nama: str) -> None:
    """An open screen of an administrator must not be enough to strip that administrator's own protection."""
    if pelaku.nama == account_name(nama):
        raise BadParameterError(OWN)


def _link(conn: Connection, pemda: str, pelaku: Pelaku, nama: str, guna: Guna) -> TautanBaru:
    ends = datetime.now(UTC) + LIFE[guna]
    return TautanBaru(make_link(conn, pemda, nama, guna, pelaku.nama), guna, ends)


def _tell_link(conn: Connection, pemda: str, pelaku: Pelaku, nama: str, link: TautanBaru) -> None:
    ends = link.sampai.isoformat(timespec="seconds")
    _tell(conn, pemda, pelaku, Tindakan.TAUTAN_DIBUAT, nama, guna=link.guna.value, berlaku_sampai=ends)


def _tell(conn: Connection, pemda: str, pelaku: Pelaku, tindakan: Tindakan, nama: str, **rincian: Any) -> None:
    jejak.append(conn, pemda, pelaku, Kejadian(tindakan, f"akun/{account_name(nama)}", rincian))
