"""Tables that leave as open data: numbers as numbers, codes as text, nothing that starts a formula."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pandas as pd
import pytest

from reports.data import KolomData, as_csv, as_xlsx

COLUMNS = (
    KolomData("kode", "Kode", kode=True),
    KolomData("nama", "Nama", lebar=40),
    KolomData("nilai", "Nilai"),
    KolomData("rp", "Rupiah"),
    KolomData("publik", "Publik"),
    KolomData("per", "Data per"),
)
KAMUS = {column.kunci: f"Arti {column.judul}" for column in COLUMNS}


@pytest.fixture
def frame() -> pd.DataFrame:
    rows = [
        ("01", "=1+1", Decimal("-1.50"), 5_300_000_000_000, True, date(2026, 9, 30)),
        ("1.10", "Jalan", None, None, False, None),
        (1671, "x", Decimal("12345678901234567.89"), 0, True, None),
    ]
    return pd.DataFrame(rows, columns=[column.kunci for column in COLUMNS], dtype=object)


def test_csv_for_spreadsheets_and_for_machines(frame: pd.DataFrame) -> None:
    lines = as_csv(frame, COLUMNS).decode("utf-8-sig").splitlines()
    assert lines[:3] == [
        "Kode;Nama;Nilai;Rupiah;Publik;Data per",
        "01;'=1+1;-1,50;5300000000000;ya;2026-09-30",
        "1.10;Jalan;;;tidak;",
    ]
    assert as_csv(frame, COLUMNS, ",").decode("utf-8-sig").splitlines()[1].startswith("01,'=1+1,-1.50,")


def test_xlsx_keeps_kinds(frame: pd.DataFrame) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(frame, COLUMNS, KAMUS)))["Data"]
    assert [cell.value for cell in sheet[1]] == [column.judul for column in COLUMNS]
    assert [cell.value for cell in sheet[2]] == ["01", "'=1+1", -1.5, 5_300_000_000_000, "ya", "2026-09-30"]
    assert [cell.data_type for cell in sheet[2]] == ["s", "s", "n", "n", "s", "s"]
    assert [cell.value for cell in sheet[3]] == ["1.10", "Jalan", None, None, "tidak", None]
    # More digits than a spreadsheet can hold: kept as text rather than changed.
    assert [cell.value for cell in sheet[4]][:3] == ["1671", "x", "12345678901234567.89"]


def test_every_column_is_explained(frame: pd.DataFrame) -> None:
    content = as_xlsx(frame, COLUMNS, KAMUS, "Capaian OPD")
    book = openpyxl.load_workbook(io.BytesIO(content))
    said = {row[0].value: row[1].value for row in book["Kamus data"].iter_rows(min_row=4)}
    assert said == {column.judul: KAMUS[column.kunci] for column in COLUMNS}
    with pytest.raises(KeyError):
        as_xlsx(frame, COLUMNS, {})


@pytest.mark.parametrize("value", [float("nan"), None, pd.NA, pd.NaT])
def test_missing_is_empty(value: Any) -> None:
    frame = pd.DataFrame({"a": [value, 1.5]}, dtype=object)
    assert as_csv(frame, [KolomData("a", "A")]).decode("utf-8-sig") == "A\r\n\r\n1,5\r\n".replace(
        "\r\n\r\n", '\r\n""\r\n'
    )


def test_an_empty_table_is_still_a_table() -> None:
    frame = pd.DataFrame(columns=[column.kunci for column in COLUMNS])
    assert as_csv(frame, COLUMNS).decode("utf-8-sig").count("\r\n") == 1
    assert as_xlsx(frame, COLUMNS, KAMUS)
