"""Numbers, money and dates as people in Indonesia write them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from pages.parts import formats as fmt

NB = "\u00a0"


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        ("54.05", 1, f"54,1{NB}%"),
        ("54.04999", 1, f"54,0{NB}%"),
        ("0.5", 0, f"1{NB}%"),
        ("2.5", 0, f"3{NB}%"),
        ("-70.5", 2, f"−70,50{NB}%"),
        ("1343.42", 2, f"1.343,42{NB}%"),
        ("0", 1, f"0,0{NB}%"),
        ("-0.04", 1, f"0,0{NB}%"),
    ],
)
def test_percent_rounds_half_up(value: str, places: int, text: str) -> None:
    assert fmt.percent(Decimal(value), places) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("-18.2", "−18,2"), ("1.65", "+1,7"), ("0", "0,0"), ("-0.05", "−0,1"), ("-0.049", "0,0"), ("0.04", "0,0")],
)
def test_points_carry_a_real_sign(value: str, text: str) -> None:
    assert fmt.points(Decimal(value)) == text
    assert fmt.with_points(Decimal(value)) == f"{text}{NB}poin"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, f"Rp{NB}0"),
        (999_000, f"Rp{NB}999.000"),
        (1_000_000, f"Rp{NB}1,0{NB}juta"),
        (812_449_000_000, f"Rp{NB}812,4{NB}miliar"),
        (1_250_000_000, f"Rp{NB}1,3{NB}miliar"),
        (999_999_999_999, f"Rp{NB}1,00{NB}triliun"),
        (5_468_000_000_000, f"Rp{NB}5,47{NB}triliun"),
        (-1_200_000_000, f"−Rp{NB}1,2{NB}miliar"),
        (999_960_000, f"Rp{NB}1,0{NB}miliar"),
    ],
)
def test_short_money(value: int, text: str) -> None:
    assert fmt.rupiah_short(value) == text


def test_full_money_and_decimals() -> None:
    assert fmt.rupiah_full(1_234_567) == f"Rp{NB}1.234.567"
    assert fmt.rupiah_full(-5) == f"−Rp{NB}5"
    assert fmt.decimal_id(Decimal("1234567.885")) == "1.234.567,89"
    assert fmt.decimal_id(Decimal("-1234.5")) == "−1.234,50"
    assert fmt.whole(3412) == "3.412"


def test_missing_is_a_dash_and_zero_is_zero() -> None:
    for say in (fmt.percent, fmt.points, fmt.with_points, fmt.rupiah_short, fmt.rupiah_full, fmt.decimal_id, fmt.wib):
        assert say(None) == "–"
    assert fmt.tanggal(None) == fmt.tenggat(None) == "–"
    assert fmt.percent(Decimal(0)) != "–"


def test_instants_are_shown_in_wib() -> None:
    assert fmt.wib(datetime(2026, 10, 15, 3, 32, tzinfo=UTC)) == f"15{NB}Okt{NB}2026 10.32{NB}WIB"
    assert fmt.wib(datetime(2026, 12, 31, 17, 0)) == f"1{NB}Jan{NB}2027 00.00{NB}WIB"  # noqa: DTZ001 (UTC without a zone)
    assert fmt.tenggat(datetime(2025, 10, 24, 16, 59, tzinfo=UTC)).startswith(f"Jumat, 24{NB}Okt{NB}2025 23.59")
    assert fmt.tanggal(date(2025, 8, 9)) == f"9{NB}Agu{NB}2025"


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (timedelta(seconds=59), "kurang dari 1"),
        (timedelta(minutes=12), "12"),
        (timedelta(hours=3), "3"),
        (timedelta(days=2), "2"),
    ],
)
def test_age_in_its_largest_unit(span: timedelta, text: str) -> None:
    assert fmt.umur(span).startswith(text)


def test_names_never_break() -> None:
    for text in (fmt.tw(3), fmt.period(2025, 3), fmt.opd(50), fmt.rupiah_short(10**9), fmt.percent(Decimal(1))):
        assert " " not in text


def test_hash_keeps_both_ends() -> None:
    digest = "9f3a71c0" + "a" * 48 + "b2d8c41e"
    assert fmt.hash_short(digest) == "9f3a 71c0 … b2d8 c41e"
    assert fmt.hash_short("abc") == "abc"
