"""The regulation's arithmetic as pure functions over columns. No database, no rounding, exact decimals.

A *column* is one value per row, ``None`` where the row has none. Every function returns a list of the same length.
"""

from collections.abc import Sequence
from decimal import Decimal

Column = Sequence[Decimal | None]
