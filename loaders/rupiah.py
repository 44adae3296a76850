"""Money from a file: whole rupiah, of a size that a local government can have and the database can hold."""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

LARGEST: Final = Decimal(10) ** 15
"""A quadrillion rupiah: no local government has it, and the database's whole numbers end some way above."""
RULE: Final = "uang_terlalu_besar"
TOO_LARGE: Final = "terlalu besar untuk rupiah."
HINT: Final = "Periksa angkanya."


def whole_rupiah(number: Decimal, refuse: Callable[[str, str, str], None]) -> int | None:
    """The amount in whole rupiah, halves up; None when it is too large, and ``refuse`` hears the rule, the sentence
    and the hint, for a finding that keeps the file out."""
    if abs(number) > LARGEST:
        refuse(RULE, TOO_LARGE, HINT)
        return None
    return int(number.quantize(Decimal(1), ROUND_HALF_UP))
