"""Passwords: what a good one is, and the argon2id hash of it."""

import re
import secrets
import threading
from collections.abc import Iterable
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from data.errors import BadParameterError

MIN_PASSWORD: Final = 12
MAX_PASSWORD: Final = 256
STRONG_ENOUGH: Final = 3
"""Of 0 to 4: about ten thousand million guesses."""
_LOOKED_AT: Final = 72
# What everybody at a city hall would try first; English words are zxcvbn's own.
_OURS: Final = (
    *("emonev", "monev", "palembang", "pempek", "ampera", "musi", "sriwijaya", "sumsel", "pemkot", "pemda", "bappeda"),
    *("indonesia", "merdeka", "pancasila", "garuda", "bismillah", "rahasia", "sandi", "masuk", "admin", "operator"),
    *(
        "dinas",
        "badan",
        "kantor",
        "kota",
        "kabupaten",
        "kecamatan",
        "walikota",
        "sekda",
        "laporan",
        "kinerja",
        "anggaran",
    ),
    *("maju", "jaya", "hebat", "sukses", "bangkit", "sejahtera", "mandiri", "berkah", "sayang", "cinta", "keluarga"),
)
_hasher = PasswordHasher()
# Each hash takes 64 MB and a core: more of them at once than this would let a crowd of guesses stop the server.
_AT_ONCE = threading.BoundedSemaphore(2)


def check_password(sandi: str, words: Iterable[str] = ()) -> None:
    """Raises BadParameterError, with what to do, for a password that is too short, too long or easy to guess.
    ``words``: names of the city, the OPD and the account, which everybody would try first."""
    if not MIN_PASSWORD <= len(sandi) <= MAX_PASSWORD:
        raise BadParameterError(
            f"Kata sandi minimal {MIN_PASSWORD} huruf dan paling banyak {MAX_PASSWORD}. "
            "Pakai beberapa kata yang mudah diingat."
        )
    known = {part for word in (*_OURS, *words) for part in re.findall(r"\w{3,}", word.casefold())}
    # Its lists of words weigh 12 MB in every worker, and only a new password needs them.
    from zxcvbn import zxcvbn

    score = zxcvbn(sandi[:_LOOKED_AT], user_inputs=sorted(known), max_length=_LOOKED_AT)["score"]
    if _bare(sandi, known) < MIN_PASSWORD // 2 or score < STRONG_ENOUGH:
        raise BadParameterError(
            "Kata sandi ini mudah ditebak. Jangan memakai nama kota, OPD, atau kata umum; "
            "pilih empat kata yang tidak berhubungan."
        )


def _bare(sandi: str, known: Iterable[str]) -> int:
    """How many different letters are left once the well-known words are taken out; a year or a "!" adds nothing."""
    rest = sandi.casefold()
    for word in sorted(known, key=len, reverse=True):
        rest = rest.replace(word, "")
    return len({letter for letter in rest if letter.isalpha()})


def hash_password(sandi: str) -> str:
    """The argon2id hash that is stored."""
    with _AT_ONCE:
        return _hasher.hash(sandi)


def is_password(stored: str, sandi: str) -> bool:
    """Does this password belong to the stored hash? An account without one ("") is opened by nothing; the hash is
    computed all the same, so that nobody can tell by the time."""
    with _AT_ONCE:
        try:
            fits = _hasher.verify(stored or _nobody(), sandi[:MAX_PASSWORD])
        except (VerificationError, InvalidHashError):
            return False
    return fits and bool(stored)


@cache
def _nobody() -> str:
    return _hasher.hash(secrets.token_urlsafe(32))
