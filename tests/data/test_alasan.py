"""Reasons as they are stored, read again group by group."""

import pytest

from data.alasan import reasons


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("hujan", [("", "hujan")]),
        ("Pencilan: a: b", [("Pencilan", "a: b")]),
        (
            "Fisik turun (kolom Fisik (%)): rusak | Pencilan (kolom Bulan ke-1 (Rp)): salah (ketik): ya",
            [("Fisik turun (kolom Fisik (%))", "rusak"), ("Pencilan (kolom Bulan ke-1 (Rp))", "salah (ketik): ya")],
        ),
    ],
)
def test_reasons_come_out_by_group(text, found):
    assert reasons(text) == found
