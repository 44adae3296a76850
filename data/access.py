"""Who may. Every callback and route names one audience; these are the only rules behind it.

``check_`` raises with a sentence, ``can_`` answers. The person comes from the session alone.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from data.errors import NotAllowedError, NotFoundError, NotSignedInError
from data.words import Peran


class Audiens(StrEnum):
    """For whom an answer is meant."""

    PUBLIK = "publik"
    MASUK = "masuk"
    PIMPINAN = "pimpinan"
    PENGARAH = "pengarah"
    BAPPEDA = "bappeda"
    OPD = "opd"
    OPD_SENDIRI = "opd_sendiri"
    ADMIN = "admin"
    SETENGAH = "setengah_masuk"
    LAYAR = "layar"


@dataclass(frozen=True)
class Orang:
    """Somebody signed in. ``sesi`` is the public short name of the session, never the secret that opens it."""

    nama: str
    nama_tampil: str
    peran: Peran
    opd: str | None
    sesi: str = ""


# Analysts and administrators look over the leaders' shoulder; an operator sees only what is the OPD's own.
ROLES: Final = {
    Audiens.MASUK: frozenset(Peran),
    Audiens.PIMPINAN: frozenset({Peran.PIMPINAN, Peran.BAPPEDA, Peran.ADMIN}),
    # An instruction is given by an office that leads; an administrator keeps accounts and leads nobody.
    Audiens.PENGARAH: frozenset({Peran.PIMPINAN, Peran.BAPPEDA}),
    Audiens.BAPPEDA: frozenset({Peran.BAPPEDA, Peran.ADMIN}),
    Audiens.OPD: frozenset({Peran.OPD, Peran.BAPPEDA, Peran.ADMIN}),
    Audiens.OPD_SENDIRI: frozenset({Peran.OPD}),
    Audiens.ADMIN: frozenset({Peran.ADMIN}),
    # Password given, second factor not yet: nobody's role opens this, only the unfinished session itself.
    Audiens.SETENGAH: frozenset(),
    # A screen of the command centre is nobody: its own token opens the wall, and no role does.
    Audiens.LAYAR: frozenset(),
}


def check_audience(orang: Orang | None, audiens: Audiens) -> None:
    """Raises NotSignedInError or NotAllowedError when this person is not of this audience."""
    if audiens == Audiens.PUBLIK:
        return
    if orang is None:
        raise NotSignedInError("Halaman ini tertutup. Masuk lebih dahulu.")
    if orang.peran not in ROLES[audiens]:
        raise NotAllowedError("Akun Anda tidak berwenang membuka halaman ini.")


def check_opd(orang: Orang | None, opd: str) -> None:
    """Raises NotSignedInError, or NotFoundError when this is another's OPD: what exists there is not told either."""
    if orang is None:
        raise NotSignedInError("Halaman ini tertutup. Masuk lebih dahulu.")
    if orang.peran == Peran.OPD and orang.opd != opd:
        raise NotFoundError("Tidak ditemukan.")


def own_opd(orang: Orang | None) -> str:
    """The OPD of the person signed in. Raises NotSignedInError or NotAllowedError for anybody who has none."""
    check_audience(orang, Audiens.OPD_SENDIRI)
    if orang is None or orang.opd is None:
        raise NotAllowedError("Akun Anda tidak terhubung dengan OPD. Hubungi pengelola e-Monev.")
    return orang.opd


def can_opd(orang: Orang | None, opd: str) -> bool:
    """May this person work with what belongs to this OPD?"""
    try:
        check_opd(orang, opd)
    except (NotSignedInError, NotFoundError):
        return False
    return True


def can_audience(orang: Orang | None, audiens: Audiens) -> bool:
    """Is this person of this audience?"""
    try:
        check_audience(orang, audiens)
    except (NotSignedInError, NotAllowedError):
        return False
    return True
