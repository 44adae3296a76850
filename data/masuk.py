"""Signing in, step by step: password (or single sign-on), then the code where one is due, then the session.

Every step is written to the audit trail in the same transaction. What a stranger types as a name is only written down
when there is such an account: people type passwords into the wrong field.
"""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Engine

from data import jejak
from data.access import Orang
from data.accounts import account_name, find_account, must_have_factor, person, verify_password
from data.engine import reading, writing
from data.errors import NotAllowedError, NotSignedInError
from data.faktor import JenisKode, install_factor, kind_of_code
from data.jejak import Kejadian, Pelaku
from data.perangkat import is_trusted, known_device, remember_device
from data.percobaan import AKUN, Penghitung, check_waiting, count_attempt, counters, forget_old, forgive
from data.sesi import UNFINISHED, Asal, Sesi, Tahap, end_session, start_session
from data.umur import Lifetimes
from data.words import Peran, Tindakan

MAY_TRUST = frozenset({Peran.PIMPINAN, Peran.OPD})
"""Roles that may be spared the code on a device of their own."""


@dataclass(frozen=True)
class Pintu:
    """What every step needs: the database, whose it is, the server's key, how long sessions live, and whether
    accounts of the sample city get in (never in production)."""

    engine: Engine
    pemda: str
    kunci: str
    umur: Lifetimes
    contoh_boleh: bool = True


@dataclass(frozen=True)
class Perangkat:
    """The device somebody signs in from: the secret it holds ("" for a new one), and whether to ask it for no code."""

    token: str
    percaya: bool = False


@dataclass(frozen=True)
class Hasil:
    """A step that went well: the secret of the new session, how many seconds its cookie lives, the stage reached,
    who it is, the secret of the device ("" to leave it as it is), and whether a recovery code was spent."""

    token: str
    detik: int
    tahap: Tahap
    orang: Orang
    perangkat: str = ""
    pemulihan: bool = False


def with_password(pintu: Pintu, nama: str, sandi: str, asal: Asal, perangkat: str = "") -> Hasil | None:
    """The first step. None when name and password do not belong together; raises TahanError while this account,
    address or device must wait."""
    name = account_name(nama)
    with reading(pintu.engine) as conn:
        device = known_device(conn, pintu.pemda, name, perangkat)
        against = counters(name, asal.alamat, device.kunci if device is not None else None)
        check_waiting(conn, pintu.pemda, against)
    _count(pintu, name, against, asal)
    with reading(pintu.engine) as conn:
        orang = verify_password(conn, pintu.pemda, name, sandi)
        account = find_account(conn, pintu.pemda, name)
    if orang is None or (account.contoh and not pintu.contoh_boleh):
        with writing(pintu.engine) as conn:
            _tell(conn, pintu, _who(account, asal), Tindakan.MASUK_GAGAL)
        return None
    with writing(pintu.engine) as conn:
        forgive(conn, pintu.pemda, against)
        forget_old(conn)
        return _begin(conn, pintu, account, asal, "sandi", perangkat)


def with_single_sign_on(pintu: Pintu, nama: str, asal: Asal, strong: bool, perangkat: str = "") -> Hasil | None:
    """The first step when another server vouches for the account; ``strong``: it has asked for a second factor
    itself. None when there is no such open account."""
    with writing(pintu.engine) as conn:
        account = find_account(conn, pintu.pemda, nama)
        if person(account) is None or (account.contoh and not pintu.contoh_boleh):
            _tell(conn, pintu, _who(account, asal), Tindakan.MASUK_GAGAL, cara="sso")
            return None
        return _begin(conn, pintu, account, asal, "sso", perangkat, strong)


def with_code(
    pintu: Pintu, sesi: Sesi, code: str, asal: Asal, perangkat: str = "", trust: bool = False
) -> Hasil | None:
    """The second step. None for a wrong or used code; raises TahanError while this account must wait."""
    against = [Penghitung(f"kode:{sesi.orang.nama}"[:120], AKUN)]
    with reading(pintu.engine) as conn:
        check_waiting(conn, pintu.pemda, against)
    _count(pintu, sesi.orang.nama, against, asal)
    with writing(pintu.engine) as conn:
        account = find_account(conn, pintu.pemda, sesi.orang.nama)
        kind = kind_of_code(conn, pintu.pemda, account, pintu.kunci, code)
        if kind is None:
            _tell(conn, pintu, _who(account, asal), Tindakan.MASUK_GAGAL, langkah="kode")
            return None
        forgive(conn, pintu.pemda, against)
        trust = trust and sesi.orang.peran in MAY_TRUST
        done = _finish(conn, pintu, sesi.orang, asal, sesi.cara, Perangkat(perangkat, trust), sesi, kind.value)
        return replace(done, pemulihan=kind == JenisKode.PEMULIHAN)


def with_new_factor(
    pintu: Pintu, sesi: Sesi, secret: str, step: int, asal: Asal, perangkat: str = ""
) -> tuple[Hasil, list[str]]:
    """A code was set up, by choice or because the role must have one: the recovery codes, and a new session in place
    of the old one. Raises NotAllowedError when the account has a code already: it must be given up first."""
    with writing(pintu.engine) as conn:
        if find_account(conn, pintu.pemda, sesi.orang.nama).totp:
            raise NotAllowedError("Akun ini sudah memakai kode masuk. Lepas dahulu di halaman akun.")
        codes = install_factor(conn, pintu.pemda, sesi.orang.nama, pintu.kunci, secret, step)
        done = _finish(conn, pintu, sesi.orang, asal, sesi.cara, Perangkat(perangkat), sesi)
        _tell(conn, pintu, pelaku_of(sesi.orang, asal.alamat), Tindakan.FAKTOR_DIPASANG)
        return done, codes


def leave(pintu: Pintu, orang: Orang, alamat: str, short: str = "") -> bool:
    """End a session: this one, or another of the same account by its short name. False when there is none."""
    with writing(pintu.engine) as conn:
        done = end_session(conn, pintu.pemda, orang.nama, short or orang.sesi)
        what = Tindakan.SESI_DIAKHIRI if short and short != orang.sesi else Tindakan.KELUAR
        if done:
            _tell(conn, pintu, pelaku_of(orang, alamat), what)
        return done


def pelaku_of(orang: Orang | None, alamat: str) -> Pelaku:
    """Somebody signed in, as the audit trail writes them."""
    if orang is None:
        raise NotSignedInError("Halaman ini tertutup. Masuk lebih dahulu.")
    return Pelaku(orang.nama, orang.peran.value, orang.opd or "", alamat)


def _count(pintu: Pintu, nama: str, against: list[Penghitung], asal: Asal) -> None:
    """Count the attempt before it is looked at; say once when a counter begins to ask for waiting."""
    with writing(pintu.engine) as conn:
        full = count_attempt(conn, pintu.pemda, against)
        if full:
            who = _who(find_account(conn, pintu.pemda, nama), asal)
            _tell(conn, pintu, who, Tindakan.MASUK_DITAHAN, penghitung=[one.split(":")[0] for one in full])


def _begin(
    conn: Connection, pintu: Pintu, account: Any, asal: Asal, cara: str, perangkat: str, strong: bool = False
) -> Hasil:
    """After the first step: in, or on to the code."""
    orang = person(account)
    assert orang is not None
    device = known_device(conn, pintu.pemda, account.nama, perangkat)
    spared = strong or (orang.peran in MAY_TRUST and is_trusted(device))
    if account.totp and not spared:
        return _unfinished(conn, pintu, orang, Tahap.KODE, asal, cara)
    if not account.totp and must_have_factor(account) and not strong:
        return _unfinished(conn, pintu, orang, Tahap.PASANG, asal, cara)
    return _finish(conn, pintu, orang, asal, cara, Perangkat(perangkat))


def _unfinished(conn: Connection, pintu: Pintu, orang: Orang, tahap: Tahap, asal: Asal, cara: str) -> Hasil:
    token = start_session(conn, pintu.pemda, orang, tahap, pintu.umur[orang.peran], asal, cara)
    return Hasil(token, int(UNFINISHED.total_seconds()), tahap, orang)


def _finish(
    conn: Connection,
    pintu: Pintu,
    orang: Orang,
    asal: Asal,
    cara: str,
    perangkat: Perangkat,
    before: Sesi | None = None,
    langkah: str = "",
) -> Hasil:
    """A new session with a new secret; the one of the steps before ends."""
    if before is not None:
        end_session(conn, pintu.pemda, orang.nama, before.orang.sesi)
    umur = pintu.umur[orang.peran]
    token = start_session(conn, pintu.pemda, orang, Tahap.PENUH, umur, asal, cara)
    device = remember_device(conn, pintu.pemda, orang.nama, perangkat.token, perangkat.percaya, asal.perangkat)
    told = {"cara": cara, "perangkat": asal.perangkat[:120]} | ({"langkah": langkah} if langkah else {})
    _tell(conn, pintu, pelaku_of(orang, asal.alamat), Tindakan.MASUK, **told)
    return Hasil(token, int(umur.mutlak.total_seconds()), Tahap.PENUH, replace(orang, sesi=""), device)


def _who(account: Any, asal: Asal) -> Pelaku:
    if account is None:
        return Pelaku(jejak.UNKNOWN, alamat=asal.alamat)
    return Pelaku(account.nama, account.peran, account.opd or "", asal.alamat)


def _tell(conn: Connection, pintu: Pintu, pelaku: Pelaku, tindakan: Tindakan, **rincian: Any) -> None:
    jejak.append(conn, pintu.pemda, pelaku, Kejadian(tindakan, f"akun/{pelaku.nama}", rincian))
