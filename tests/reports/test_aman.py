"""No cell that goes out starts a formula; what is no formula stays as it is."""

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.aman import BOM, STARTS, csv_bytes, harmless, written

DANGEROUS = (
    "=1+1",
    '=HYPERLINK("http://jahat","klik")',
    "+62811",
    "-1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u00a0=1+1",
    "\ufeff=1+1",
    "\u200b@A1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "- belum selesai",
    "-5=A1",
    "--5",
    "-A1",
    "-1,5,x",
)
HARMLESS = (
    "",
    "Jalan",
    "1.02.02#1",
    "IKU#1",
    "1 = 2",
    "a@b.id",
    "−18,2",
    "–",
    "-",
    "-12",
    "-1.234,50",
    "-18,2 %",
    "'=1",
)


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_could_start_a_formula_is_made_text(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_no_formula_stays(text: str) -> None:
    assert harmless(text) == text


@given(st.text())
def test_nothing_starts_a_formula_and_twice_is_once(text: str) -> None:
    safe = harmless(text)
    assert harmless(safe) == safe
    assert safe in (text, f"'{text}")
    assert not safe.startswith(STARTS) or safe.strip("-0123456789.,% \t\r\n\u00a0") == ""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (-5, "-5"),
        (1_250_072_000, "1250072000"),
        (Decimal("-18.25"), "-18,25"),
        (Decimal("0.125"), "0,125"),
        # Read back, 70,125 could be seventy thousand.
        (Decimal("70.125"), "70,1250"),
        (Decimal("1E+3"), "1000"),
        ("-18,25", "-18,25"),
        ("=1", "'=1"),
    ],
)
def test_values_as_csv_cells(value: str | int | Decimal | None, expected: str) -> None:
    assert written(value) == expected


def test_a_csv_for_machines_has_a_decimal_point() -> None:
    assert csv_bytes([["a", Decimal("1.5"), Decimal("70.125")]], ",") == f"{BOM}a,1.5,70.125\r\n".encode()


def test_a_csv_can_be_read_back_whatever_is_in_it() -> None:
    rows = [["kode", 'a;"b"', "baris\nbaru"], ["01", "\r=1", "1.10"]]
    text = csv_bytes(rows).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline=""), delimiter=";")) == [rows[0], ["01", "'\r=1", "1.10"]]
