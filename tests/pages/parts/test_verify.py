"""What Bappeda reads of one version."""

from decimal import Decimal

import pytest

from pages.parts.verify_version import _ahead


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("96.9", "96.9", "tidak berubah"),
        ("96.9", "97.4", "96,9\u00a0% → 97,4\u00a0%"),
        ("96.91", "96.94", "96,91\u00a0% → 96,94\u00a0%"),
        (None, "96.9", "– → 96,9\u00a0%"),
    ],
)
def test_a_correction_never_says_the_same_twice(old, new, said):
    assert said in _ahead(Decimal(old) if old else None, Decimal(new))
