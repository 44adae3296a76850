"""A number beside the OPD's own earlier ones: ten times more or less is more often a slip than a feat."""

from collections.abc import Sequence
from decimal import Decimal
from statistics import median

from loaders.hasil import Ambang


def outlier(value: Decimal, earlier: Sequence[Decimal], ambang: Ambang) -> str:
    """What is striking about a value, as a sentence; '' when nothing is or too little is known."""
    if len(earlier) < ambang.riwayat:
        return ""
    middle = median(earlier)
    if middle <= 0:
        return ""
    if value > middle * ambang.pencilan:
        what = f"lebih dari {ambang.pencilan} kali"
    elif 0 != value * ambang.pencilan < middle:  # nothing at all is an answer, not a slip
        what = f"kurang dari 1/{ambang.pencilan}"
    else:
        return ""
    return f"{what} nilai tengah {len(earlier)} triwulan sebelumnya"
