"""The formulas of the forms, in cells: only where every cell they read is a number, so that nothing shows an error.

They hold numbers and addresses alone; no text of anybody is ever part of one.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, Final

from data.words import Akumulasi, Arah, RumusTurun
from reports.aman import Value
from reports.buku import is_exact
from reports.evaluasi import QUARTERS, SHARE, SINCE, THIS_YEAR, Row

STORED_PLACES: Final = 10
"""A measure with more decimals than are stored has been computed: a spreadsheet may hold it as it can."""
MOST_ARGUMENTS: Final = 250
Address = Callable[[str, int], str]


def is_number(value: Value) -> bool:
    """Will this value stand in the sheet as a number?"""
    return isinstance(value, int | Decimal) and (is_exact(value) or is_computed(value))


def is_computed(value: Any) -> bool:
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    return isinstance(exponent, int) and -exponent > STORED_PLACES


def formula(row: Row, what: str, number: int, at: Address, shown: Callable[[str, int], Value]) -> str | None:
    """The formula of one cell; None where it holds a value. ``at`` gives the address of a cell of this line and
    ``shown`` what stands there."""
    if number not in (THIS_YEAR, SINCE, SHARE) or not is_number(shown(what, number)):
        return None
    return _share(row, what, at, shown) if number == SHARE else _together(row, what, number, at, shown)


def _together(row: Row, what: str, number: int, at: Address, shown: Callable[[str, int], Value]) -> str | None:
    """Columns 12 and 13: several cells as one, by the indicator's akumulasi."""
    parts = list(QUARTERS) if number == THIS_YEAR else [6, THIS_YEAR]
    if any(_is_lost(shown(what, part)) for part in parts):
        return None
    if what == "rp" and sum(_whole(shown(what, part)) for part in parts) != shown(what, number):
        return None  # the quarters of those that are silent now stand there, and are not in the year so far
    cells = [at(what, part) for part in parts if is_number(shown(what, part))]
    kind = Akumulasi.JUMLAH if what == "rp" else Akumulasi(row["akumulasi"])
    if kind == Akumulasi.TERAKHIR:
        return f"={cells[-1]}" if cells else None
    if kind == Akumulasi.RATA_RATA and number == SINCE and len(cells) > 1:
        return f"=({cells[0]}*{row['banyak']}+{cells[1]})/{row['banyak'] + 1}"
    name = "SUM" if kind == Akumulasi.JUMLAH else "AVERAGE"
    return f"={name}({','.join(cells)})" if cells else None


def _whole(value: Value) -> int:
    """Rupiah; nothing where nothing stands."""
    return int(value) if isinstance(value, int | Decimal) else 0


def _is_lost(value: Value) -> bool:
    """A number too long for a spreadsheet, which stands there as text."""
    return not isinstance(value, str) and value is not None and not is_number(value)


def _share(row: Row, what: str, at: Address, shown: Callable[[str, int], Value]) -> str | None:
    if not (is_number(shown(what, 5)) and is_number(shown(what, SINCE))):
        return None  # a rating
    target, reached = at(what, 5), at(what, SINCE)
    if what == "k" and row["arah"] == Arah.TURUN:
        if row["rumus_turun"] == RumusTurun.NISBAH:
            return f"={target}/{reached}*100"
        return f"=(2*{target}-{reached})/{target}*100"
    return f"={reached}/{target}*100"


def average(cells: str, batas: Decimal | None) -> str:
    """The mean of a range whose values count at least 0 and at most ``batas``; text and blanks are left out."""
    if batas is None:
        return f'=SUMIF({cells},">0")/COUNT({cells})'
    top = f"{batas:f}"
    return f'=(SUMIFS({cells},{cells},">0",{cells},"<={top}")+{top}*COUNTIF({cells},">{top}"))/COUNT({cells})'


def share_of_sums(spent: Sequence[str], ends: Sequence[str]) -> str | None:
    """All of these cells of all of those, in percent; None when there are more than a formula takes."""
    if len(spent) > MOST_ARGUMENTS:
        return None
    return f"=SUM({','.join(spent)})/SUM({','.join(ends)})*100"
