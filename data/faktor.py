"""The second factor: a code of six digits from a phone (TOTP, RFC 6238), and recovery codes for a lost one."""

import secrets
import time
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

import pyotp
from sqlalchemy import Connection, delete, insert, select, update

from data.accounts import account_name
from data.kunci import fingerprint, seal, unseal
from data.tables import kode_pemulihan, pengguna

STEP: Final = 30
RECOVERY_CODES: Final = 10
_ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_LETTERS: Final = 10


def new_secret() -> str:
    """The secret a phone is told by QR code."""
    return pyotp.random_base32()


def provisioning_address(secret: str, nama: str, issuer: str) -> str:
    """What the QR code says to the phone."""
    return pyotp.TOTP(secret).provisioning_uri(name=nama, issuer_name=issuer)


def matching_step(secret: str, code: str, now: float | None = None) -> int | None:
    """The time step this code belongs to (the current one or a neighbour); None for a wrong code."""
    digits = code.replace(" ", "")
    if not (len(digits) == 6 and digits.isascii() and digits.isdigit()):
        return None
    current = int((time.time() if now is None else now) // STEP)
    totp = pyotp.TOTP(secret)
    for step in (current, current - 1, current + 1):
        if secrets.compare_digest(totp.generate_otp(step), digits):
            return step
    return None


def install_factor(conn: Connection, pemda: str, nama: str, server_key: str, secret: str, step: int) -> list[str]:
    """Keep the secret (sealed) and return ten new recovery codes, told this once only."""
    where = (pengguna.c.pemda == pemda, pengguna.c.nama == account_name(nama))
    values = {"totp": seal(server_key, secret), "totp_pada": datetime.now(UTC), "totp_langkah": step}
    conn.execute(update(pengguna).where(*where).values(values))
    return renew_recovery(conn, pemda, nama)


def renew_recovery(conn: Connection, pemda: str, nama: str) -> list[str]:
    """Ten new recovery codes; the older ones die."""
    name = account_name(nama)
    codes = ["".join(secrets.choice(_ALPHABET) for _ in range(_LETTERS)) for _ in range(RECOVERY_CODES)]
    conn.execute(delete(kode_pemulihan).where(kode_pemulihan.c.pemda == pemda, kode_pemulihan.c.nama == name))
    conn.execute(insert(kode_pemulihan), [{"pemda": pemda, "nama": name, "kunci": fingerprint(code)} for code in codes])
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def remove_factor(conn: Connection, pemda: str, nama: str) -> None:
    """Ask this account for no code any more."""
    where = (pengguna.c.pemda == pemda, pengguna.c.nama == account_name(nama))
    conn.execute(update(pengguna).where(*where).values(totp=None, totp_pada=None))
    k = kode_pemulihan
    conn.execute(delete(k).where(k.c.pemda == pemda, k.c.nama == account_name(nama)))


class JenisKode(StrEnum):
    """What somebody proved the second step with."""

    PONSEL = "kode ponsel"
    PEMULIHAN = "kode pemulihan"


def kind_of_code(conn: Connection, pemda: str, account: Any, server_key: str, code: str) -> JenisKode | None:
    """The phone's code now, or an unused recovery code: which of the two; None for neither. Each works once."""
    if _is_phone_code(conn, pemda, account, server_key, code):
        return JenisKode.PONSEL
    return JenisKode.PEMULIHAN if _is_recovery_code(conn, pemda, account, code) else None


def _is_phone_code(conn: Connection, pemda: str, account: Any, server_key: str, code: str) -> bool:
    if not account.totp:
        return False
    step = matching_step(unseal(server_key, account.totp), code)
    if step is None:
        return False
    p = pengguna.c
    where = (p.pemda == pemda, p.nama == account.nama, p.totp_langkah < step)
    return conn.execute(update(pengguna).where(*where).values(totp_langkah=step)).rowcount == 1


def _is_recovery_code(conn: Connection, pemda: str, account: Any, code: str) -> bool:
    plain = code.replace("-", "").replace(" ", "").upper()
    k = kode_pemulihan
    where = (k.c.pemda == pemda, k.c.nama == account.nama, k.c.kunci == fingerprint(plain))
    return conn.execute(delete(k).where(*where)).rowcount == 1


def recovery_left(conn: Connection, pemda: str, nama: str) -> int:
    """How many recovery codes are left."""
    k = kode_pemulihan.c
    return len(conn.execute(select(k.kunci).where(k.pemda == pemda, k.nama == account_name(nama))).all())
