"""What somebody signed in does with the account of their own: sessions, password, second factor.

Whoever finds an open screen must not be able to take the account over, so the password is asked for again, and
guessing it costs waiting as it does at sign-in."""

from sqlalchemy import Connection, delete

from data import jejak
from data.access import Orang
from data.accounts import find_account, forget_doors, must_have_factor, set_password, verify_password, words_of
from data.engine import reading, writing
from data.errors import BadParameterError
from data.faktor import remove_factor, renew_recovery
from data.jejak import Kejadian
from data.kunci import fingerprint
from data.masuk import Hasil, Pintu, pelaku_of
from data.perangkat import remember_device
from data.percobaan import AKUN, Penghitung, check_waiting, count_attempt, forgive
from data.sandi import check_password
from data.sesi import UNFINISHED, Asal, Sesi, Tahap, end_session, start_session
from data.tables import perangkat, sesi
from data.words import Tindakan

SAME = "Kata sandi baru sama dengan yang lama. Pilih yang lain."
NO_FACTOR = "Akun ini belum memakai kode masuk."
MUST_STAY = "Peran Anda wajib memakai kode masuk. Bila ponsel hilang, hubungi administrator."


def change_password(pintu: Pintu, own: Sesi, old: str, new: str, asal: Asal, device: str = "") -> Hasil | None:
    """A new password: every session, device and link ends, and this browser gets a new session. None when the old
    password is wrong. Raises BadParameterError for an unfit new one, TahanError while the account must wait."""
    orang = own.orang
    with reading(pintu.engine) as conn:
        check_password(new, words_of(conn, pintu.pemda, orang.nama))
    if not _proves(pintu, orang, old, asal):
        return None
    if old == new:
        raise BadParameterError(SAME)
    umur = pintu.umur[orang.peran]
    with writing(pintu.engine) as conn:
        set_password(conn, pintu.pemda, orang.nama, new)
        forget_doors(conn, pintu.pemda, orang.nama)
        token = start_session(conn, pintu.pemda, orang, Tahap.PENUH, umur, asal, own.cara)
        device = remember_device(conn, pintu.pemda, orang.nama, device, False, asal.perangkat)
        _tell(conn, pintu, orang, asal, Tindakan.SANDI_DIGANTI)
    return Hasil(token, int(umur.mutlak.total_seconds()), Tahap.PENUH, orang, device)


def new_recovery(pintu: Pintu, orang: Orang, sandi: str, asal: Asal) -> list[str] | None:
    """Ten new recovery codes, told this once; the older ones die. None when the password is wrong."""
    with reading(pintu.engine) as conn:
        _check_factor(conn, pintu, orang)
    if not _proves(pintu, orang, sandi, asal):
        return None
    with writing(pintu.engine) as conn:
        _check_factor(conn, pintu, orang)
        codes = renew_recovery(conn, pintu.pemda, orang.nama)
        _tell(conn, pintu, orang, asal, Tindakan.AKUN_DIUBAH, kode_pemulihan="dibuat baru")
    return codes


def drop_factor(pintu: Pintu, orang: Orang, sandi: str, asal: Asal) -> bool:
    """No code any more, where the role leaves the choice. False when the password is wrong."""
    with reading(pintu.engine) as conn:
        if must_have_factor(find_account(conn, pintu.pemda, orang.nama)):
            raise BadParameterError(MUST_STAY)
        _check_factor(conn, pintu, orang)
    if not _proves(pintu, orang, sandi, asal):
        return False
    with writing(pintu.engine) as conn:
        remove_factor(conn, pintu.pemda, orang.nama)
        _tell(conn, pintu, orang, asal, Tindakan.FAKTOR_DILEPAS)
    return True


def move_factor(pintu: Pintu, own: Sesi, sandi: str, asal: Asal) -> Hasil | None:
    """To a new phone: the old secret and its recovery codes die, and nothing but setting up the new one is open until
    that is done. None when the password is wrong."""
    orang = own.orang
    with reading(pintu.engine) as conn:
        _check_factor(conn, pintu, orang)
    if not _proves(pintu, orang, sandi, asal):
        return None
    with writing(pintu.engine) as conn:
        remove_factor(conn, pintu.pemda, orang.nama)
        end_session(conn, pintu.pemda, orang.nama, orang.sesi)
        token = start_session(conn, pintu.pemda, orang, Tahap.PASANG, pintu.umur[orang.peran], asal, own.cara)
        _tell(conn, pintu, orang, asal, Tindakan.FAKTOR_DILEPAS, sebab="pindah ponsel")
    return Hasil(token, int(UNFINISHED.total_seconds()), Tahap.PASANG, orang)


def end_others(pintu: Pintu, own: Sesi, asal: Asal, device: str = "") -> int:
    """End every other session of this account and forget its other devices; how many sessions ended."""
    nama = own.orang.nama
    with writing(pintu.engine) as conn:
        s, p = sesi.c, perangkat.c
        others = (s.pemda == pintu.pemda, s.nama == nama, s.kunci != own.kunci)
        ended = conn.execute(delete(sesi).where(*others)).rowcount
        known = (p.pemda == pintu.pemda, p.nama == nama, p.kunci != fingerprint(device))
        conn.execute(delete(perangkat).where(*known))
        _tell(conn, pintu, own.orang, asal, Tindakan.SESI_DIAKHIRI, sesi="semua yang lain", jumlah=ended)
    return ended


def _proves(pintu: Pintu, orang: Orang, sandi: str, asal: Asal) -> bool:
    """Is this the account's password? Counted before it is looked at."""
    against = [Penghitung(f"ganti:{orang.nama}"[:120], AKUN)]
    with reading(pintu.engine) as conn:
        check_waiting(conn, pintu.pemda, against)
    with writing(pintu.engine) as conn:
        if count_attempt(conn, pintu.pemda, against):
            _tell(conn, pintu, orang, asal, Tindakan.MASUK_DITAHAN, langkah="sandi lama")
    with reading(pintu.engine) as conn:
        right = verify_password(conn, pintu.pemda, orang.nama, sandi) is not None
    with writing(pintu.engine) as conn:
        if right:
            forgive(conn, pintu.pemda, against)
        else:
            _tell(conn, pintu, orang, asal, Tindakan.MASUK_GAGAL, langkah="sandi lama")
    return right


def _check_factor(conn: Connection, pintu: Pintu, orang: Orang) -> None:
    account = find_account(conn, pintu.pemda, orang.nama)
    if account is None or account.totp is None:
        raise BadParameterError(NO_FACTOR)


def _tell(conn: Connection, pintu: Pintu, orang: Orang, asal: Asal, tindakan: Tindakan, **rincian: str | int) -> None:
    jejak.append(conn, pintu.pemda, pelaku_of(orang, asal.alamat), Kejadian(tindakan, f"akun/{orang.nama}", rincian))
