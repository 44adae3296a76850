"""Who may. Every callback and route names one audience; these are the only rules behind it.

``check_`` raises with a sentence, ``can_`` answers. The person comes from the session alone.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from data.errors import NotAllowedError, NotSignedInError
from data.words import Peran


class Audiens(StrEnum):
    """For whom an answer is meant."""

    PUBLIK = "publik"
    MASUK = "masuk"
    PIMPINAN = "pimpinan"
    BAPPEDA = "bappeda"
    ADMIN = "admin"


@dataclass(frozen=True)
class Orang:
    """Somebody signed in."""

    nama: str
    nama_tampil: str
    peran: Peran
    opd: str | None


# Analysts and administrators look over the leaders' shoulder; an operator sees only what is the OPD's own.
ROLES: Final = {
    Audiens.MASUK: frozenset(Peran),
    Audiens.PIMPINAN: frozenset({Peran.PIMPINAN, Peran.BAPPEDA, Peran.ADMIN}),
    Audiens.BAPPEDA: frozenset({Peran.BAPPEDA, Peran.ADMIN}),
    Audiens.ADMIN: frozenset({Peran.ADMIN}),
}


def check_audience(orang: Orang | None, audiens: Audiens) -> None:
    """Raises NotSignedInError or NotAllowedError when this person is not of this audience."""
    if audiens == Audiens.PUBLIK:
        return
    if orang is None:
        raise NotSignedInError("Halaman ini tertutup. Masuk lebih dahulu.")
    if orang.peran not in ROLES[audiens]:
        raise NotAllowedError("Akun Anda tidak berwenang membuka halaman ini.")


def can_audience(orang: Orang | None, audiens: Audiens) -> bool:
    """Is this person of this audience?"""
    try:
        check_audience(orang, audiens)
    except (NotSignedInError, NotAllowedError):
        return False
    return True
