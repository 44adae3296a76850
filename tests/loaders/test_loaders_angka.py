"""Numbers: decided per column, never guessed."""

from decimal import Decimal

import pytest

from loaders.angka import AngkaRagu, AngkaSalah, Bentuk, Bertipe, Gaya, decide, parse, readings, shape, written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.234.567,89", "1234567.89"),
        ("1,234,567.89", "1234567.89"),
        ("18,13", "18.13"),
        ("5.11", "5.11"),
        ("18500.00", "18500.00"),
        ("1.5", "1.5"),
        ("1.234.567", "1234567"),
        ("0,123", "0.123"),
        ("0.123", "0.123"),
        ("Rp 1.500.000,-", "1500000"),
        ("Rp. 2.500.000,00", "2500000.00"),
        ("1 500 000", "1500000"),
        ("85%", "85"),
        ("-5", "-5"),
        ("\u22125", "-5"),
        ("\u20135,5", "-5.5"),
        ("007", "7"),
        (",5", "0.5"),
    ],
)
def test_values_that_decide_themselves(text: str, expected: str) -> None:
    assert parse(text) == Decimal(expected)


def test_1_5_is_never_15() -> None:
    assert parse("1.5", Gaya.INDONESIA) == Decimal("1.5")


def test_18500_00_is_never_1850000() -> None:
    assert parse("18500.00", Gaya.INDONESIA) == Decimal(18500)


@pytest.mark.parametrize(
    "text",
    ["nan", "NaN", "inf", "infinity", "1_000", " 1_000 ", "1e5", "1E+05", "\u0661\u0662", "\u00b2", "5\u00b2", "0x10",
     "1.23.4", "12.34,5", "--5", "", "-", "1.5OO.000", "#DIV/0!", "\uff11\uff12", "true"],
)  # fmt: skip
def test_refused(text: str) -> None:
    with pytest.raises(AngkaSalah):
        parse(text, Gaya.INDONESIA)


def test_letter_o_has_its_own_sentence() -> None:
    with pytest.raises(AngkaSalah, match="huruf O"):
        parse("1.5OO.000")


def test_exponent_has_its_own_sentence() -> None:
    with pytest.raises(AngkaSalah, match="pangkat"):
        parse("1,5E+09")


def test_excel_error_has_its_own_sentence() -> None:
    with pytest.raises(AngkaSalah, match="galat rumus"):
        parse("#DIV/0!")


def test_at_most_28_digits_and_10_decimals() -> None:
    assert parse("9" * 28) == Decimal("9" * 28)
    assert parse("0,1234567891") == Decimal("0.1234567891")
    for text in ("9" * 29, "0,12345678912"):
        with pytest.raises(AngkaSalah, match="terlalu panjang"):
            parse(text)


def test_ambiguous_is_refused_until_decided() -> None:
    with pytest.raises(AngkaRagu):
        parse("1.234")
    assert parse("1.234", Gaya.INDONESIA) == 1234
    assert parse("1.234", Gaya.INGGRIS) == Decimal("1.234")
    assert parse("1,234", Gaya.INDONESIA) == Decimal("1.234")


@pytest.mark.parametrize(
    ("values", "gaya"),
    [
        (["1.234", "1.234.567,89"], Gaya.INDONESIA),
        (["1.234", "1,234,567.89"], Gaya.INGGRIS),
        (["1.234", "18,13"], Gaya.INDONESIA),
        (["1.234", "5.11"], Gaya.INGGRIS),
        (["12", "13"], None),
        (["1.234", "5.678"], None),
        (["1.234", "18,13", "5.11"], None),
    ],
)
def test_column_decides(values: list[str], gaya: Gaya | None) -> None:
    assert decide(values).gaya is gaya


def test_only_ambiguous_values_are_asked_about() -> None:
    verdict = decide(["1.234", "12", "5.678"])
    assert verdict.ragu == ["1.234", "5.678"]
    assert not verdict.campur
    assert readings(verdict.ragu) == (Decimal(6912), Decimal("6.912"))


def test_mixed_column_leaves_only_the_ambiguous_in_doubt() -> None:
    verdict = decide(["18,13", "5.11", "1.234"])
    assert verdict.campur
    assert verdict.ragu == ["1.234"]


def test_the_answer_decides() -> None:
    assert decide(["1.234"], Gaya.INGGRIS).gaya is Gaya.INGGRIS


def test_typed_numbers_of_a_spreadsheet_prove_nothing_and_need_no_proof() -> None:
    assert shape(Bertipe("1.234")) is Bentuk.BULAT
    assert decide([Bertipe("1.234"), Bertipe("5.11"), "1.234"]).ragu == ["1.234"]
    assert parse(Bertipe("1.234"), Gaya.INDONESIA) == Decimal("1.234")
    assert parse(Bertipe("-0.5"), Gaya.INDONESIA) == Decimal("-0.5")


def test_written_the_indonesian_way() -> None:
    assert written(Decimal("1234567.89")) == "1.234.567,89"
