"""Who may do what with an instruction. ``check_`` raises with a sentence, ``can_`` answers.

``row`` is an instruction as ``data.queries.arahan.read_instruction`` gives it; ``pemilik`` in it names the OPD it is
for and those above that one.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from data.errors import NotAllowedError, NotFoundError
from data.jejak import Pelaku
from data.words import Peran

GIVERS: Final = frozenset({Peran.PIMPINAN, Peran.BAPPEDA})
# Who closes an instruction, by the office that gave it: the giver may be away, the leaders stand above Bappeda.
JUDGES: Final = {
    Peran.PIMPINAN.value: frozenset({Peran.PIMPINAN}),
    Peran.BAPPEDA.value: frozenset({Peran.BAPPEDA, Peran.PIMPINAN}),
}
Row = Mapping[str, Any]


def check_give(pelaku: Pelaku) -> None:
    """Raises NotAllowedError for anybody who leads nobody."""
    if pelaku.peran not in GIVERS:
        raise NotAllowedError("Arahan hanya diberikan oleh pimpinan dan Bappeda.")


def check_see(pelaku: Pelaku, row: Row) -> None:
    """Raises NotFoundError when this is another OPD's: what exists there is not told either."""
    if pelaku.peran == Peran.OPD and pelaku.opd not in row["pemilik"]:
        raise NotFoundError("Tidak ditemukan.")


def check_answer(pelaku: Pelaku, row: Row) -> None:
    """Raises NotFoundError for another OPD's, NotAllowedError for anybody who is no OPD."""
    check_see(pelaku, row)
    if pelaku.peran != Peran.OPD:
        raise NotAllowedError("Arahan hanya dijawab oleh OPD yang menerimanya.")


def check_judge(pelaku: Pelaku, row: Row) -> None:
    """Raises NotAllowedError for anybody who may not accept this or send it back."""
    check_see(pelaku, row)
    if pelaku.peran not in JUDGES.get(row["peran"], frozenset()):
        raise NotAllowedError("Hanya pemberi arahan yang menerima atau mengembalikannya.")


def check_withdraw(pelaku: Pelaku, row: Row) -> None:
    """Raises NotAllowedError for anybody but the very person who gave it."""
    check_see(pelaku, row)
    if pelaku.peran not in GIVERS or pelaku.nama != row["oleh"]:
        raise NotAllowedError("Arahan hanya dapat ditarik oleh yang memberikannya.")


def can_give(pelaku: Pelaku) -> bool:
    return _holds(check_give, pelaku)


def can_see(pelaku: Pelaku, row: Row) -> bool:
    return _holds(check_see, pelaku, row)


def can_answer(pelaku: Pelaku, row: Row) -> bool:
    return _holds(check_answer, pelaku, row)


def can_judge(pelaku: Pelaku, row: Row) -> bool:
    return _holds(check_judge, pelaku, row)


def can_withdraw(pelaku: Pelaku, row: Row) -> bool:
    return _holds(check_withdraw, pelaku, row)


def _holds(check: Callable[..., None], *given: Any) -> bool:
    try:
        check(*given)
    except (NotAllowedError, NotFoundError):
        return False
    return True
