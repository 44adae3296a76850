"""The report form: what it holds, what it accepts, and that it survives a real spreadsheet program."""

import csv
import io
from typing import Any

import openpyxl
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import Engine

from data.formulir import KEUANGAN, KOLOM, TANDA, VERSI
from data.queries.formulir import form_rows
from reports.aman import STARTS
from reports.templat import FIRST_ROW, HEADER_ROW, template_csv, template_xlsx

OPD = "1.02.0.00.0.00.01.0000"
ABOUT = ("Kota Palembang", OPD, "Dinas Kesehatan", 2026, 3, "Rabu, 14 Okt 2026 23.59 WIB")
TITLES = [kolom.judul for kolom in KOLOM]
IDENTITY = [TANDA, str(VERSI), OPD, "2026", "3"]
AT = {kolom.kunci: letter for kolom, letter in zip(KOLOM, "ABCDEFGHIJKLM", strict=True)}


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def codes_of(form: pd.DataFrame) -> list[str]:
    return list(form["kode"])


@pytest.fixture
def sheet(form: pd.DataFrame) -> Any:
    return opened(template_xlsx(form, *ABOUT))["Laporan"]


# --- XLSX ---


def test_says_whose_form_it_is_in_the_second_row(sheet: Any) -> None:
    cells = [sheet.cell(2, column) for column in range(1, 6)]
    assert [cell.value for cell in cells] == IDENTITY
    assert {cell.data_type for cell in cells} == {"s"}


def test_header_and_codes_in_their_order(sheet: Any, form: pd.DataFrame) -> None:
    assert [sheet.cell(HEADER_ROW + 1, column).value for column in range(1, 14)] == TITLES
    cells = [sheet.cell(FIRST_ROW + 1 + at, 1) for at in range(len(form))]
    assert [cell.value for cell in cells] == codes_of(form)
    assert {(cell.data_type, cell.number_format) for cell in cells} == {("s", "@")}
    assert sheet.max_row == FIRST_ROW + len(form)


def test_numbers_are_numbers_and_words_are_words(sheet: Any) -> None:
    assert sheet["E5"].value == 71.24
    assert sheet["G5"].value == 70.125
    assert sheet["G7"].value == "nihil"
    assert (sheet["E10"].value, sheet["H10"].value, sheet["I10"].value) == (1_250_072_000, 112_381_473, 0)
    assert sheet["J10"].value is None


def test_only_what_is_asked_can_be_written(sheet: Any, form: pd.DataFrame) -> None:
    open_for = {"Kinerja": "GLM", "Keuangan": "HIJKLM"}
    for line, kind in enumerate(form["baris"], FIRST_ROW + 1):
        unlocked = {letter for letter in AT.values() if not sheet[f"{letter}{line}"].protection.locked}
        assert unlocked == set(open_for[kind])
        assert all(sheet[f"{letter}{line}"].fill.fgColor.rgb == "FFE9F0F1" for letter in unlocked)
    assert sheet.protection.sheet
    assert not sheet.protection.password


def test_every_header_explains_itself_with_the_months_of_the_quarter(sheet: Any) -> None:
    notes = [sheet.cell(HEADER_ROW + 1, column).comment.text for column in range(1, 14)]
    assert all(notes)
    assert "Juli" in notes[7]
    assert "September" in notes[9]
    assert [sheet[f"{letter}3"].value for letter in "HIJ"] == ["Juli", "Agustus", "September"]


def checks(sheet: Any) -> dict[str, Any]:
    return {
        cell: check
        for check in sheet.data_validations.dataValidation
        for area in str(check.sqref).split()
        for row in sheet[area if ":" in area else f"{area}:{area}"]
        for cell in [row[0].coordinate]
    }


def test_checks_fit_the_kind_of_row(sheet: Any) -> None:
    found = checks(sheet)
    assert set(found) == {"G5", "G6", "G7", "G8", "H10", "I10", "J10", "K10"}
    assert (found["G5"].type, found["G5"].errorStyle) == ("custom", "warning")
    assert "nihil" in found["G5"].formula1
    assert "G7" in found["G7"].formula1
    assert found["G6"].formula1.strip('"').split(",") == ["AA", "A", "BB", "B", "CC", "C", "D", "nihil"]
    assert (found["H10"].type, found["H10"].operator) == ("decimal", "greaterThanOrEqual")
    assert (found["K10"].formula1, found["K10"].formula2) == ("0", "100")


def test_a_scale_too_long_for_a_list_is_left_free(form: pd.DataFrame) -> None:
    form.at[1, "skala"] = ">".join(f"Tingkat pelayanan nomor {number}" for number in range(30))
    check = checks(opened(template_xlsx(form, *ABOUT))["Laporan"])["G6"]
    assert check.type in (None, "none")
    assert "nihil" in check.prompt


def test_prints_across_with_its_header_on_every_page(sheet: Any) -> None:
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.freeze_panes == "C5"
    assert sheet.auto_filter.ref == "A4:M10"


def test_the_unit_is_named_with_its_rows(sheet: Any) -> None:
    assert sheet["B10"].value.endswith("(Puskesmas Dempo)")


def test_no_cell_starts_a_formula(form: pd.DataFrame) -> None:
    book = opened(template_xlsx(form, *ABOUT[:2], "=1+1", *ABOUT[3:5], "@besok"))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert [cell.value for cell in cells if isinstance(cell.value, str) and cell.value.startswith(STARTS)] == []


def test_the_guide_says_what_one_needs(form: pd.DataFrame) -> None:
    guide = opened(template_xlsx(form, *ABOUT))["Petunjuk"]
    cells = [cell.value for row in guide.iter_rows() for cell in row if isinstance(cell.value, str)]
    words = " ".join(cells)
    for part in ("Juli, Agustus, September", "5 MB", "20.000 baris", "nihil:", "14 Okt 2026 23.59 WIB"):
        assert part in words
    assert not set(cells) & set(TITLES)


def test_an_empty_form_is_still_a_form(form: pd.DataFrame) -> None:
    sheet = opened(template_xlsx(form.iloc[:0], *ABOUT))["Laporan"]
    assert [sheet.cell(HEADER_ROW + 1, column).value for column in range(1, 14)] == TITLES


def test_the_reader_of_uploads_sees_the_same(form: pd.DataFrame) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(template_xlsx(form, *ABOUT)))
    rows = book.get_sheet_by_name("Laporan").to_python(skip_empty_area=False)
    assert book.sheet_names == ["Laporan", "Petunjuk"]
    assert rows[1][:5] == IDENTITY
    assert rows[HEADER_ROW] == TITLES
    assert [row[0] for row in rows[FIRST_ROW:]] == codes_of(form)


# --- CSV ---


def csv_rows(content: bytes) -> list[list[str]]:
    text = content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def test_the_csv_twin_holds_the_same_lines(form: pd.DataFrame) -> None:
    content = template_csv(form, *ABOUT)
    rows = csv_rows(content)
    assert content.startswith(b"\xef\xbb\xbf")
    assert {len(row) for row in rows} == {len(KOLOM)}
    assert rows[1][:5] == IDENTITY
    assert rows[HEADER_ROW] == TITLES
    assert [row[0] for row in rows[FIRST_ROW:]] == codes_of(form)
    assert rows[FIRST_ROW][4:7] == ["71,24", "69,79", "70,1250"]
    assert rows[-1][-2:] == ["'- tertunda", "'@SUM(A1)"]
    assert rows[-1][1].startswith("'=HYPERLINK")


# --- in LibreOffice ---


def test_libreoffice_keeps_codes_identity_and_numbers(form: pd.DataFrame, libreoffice: Any) -> None:
    text = libreoffice(template_xlsx(form, *ABOUT), "xlsx", "csv").decode()
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[1][:5] == IDENTITY
    assert rows[HEADER_ROW] == TITLES
    assert [row[0] for row in rows[FIRST_ROW:]] == codes_of(form)
    assert rows[FIRST_ROW + 1][4] == "BB"


def test_a_form_saved_by_libreoffice_is_still_the_form(form: pd.DataFrame, libreoffice: Any) -> None:
    sheet = opened(libreoffice(template_xlsx(form, *ABOUT), "xlsx", "xlsx"))["Laporan"]
    assert [sheet.cell(2, column).value for column in range(1, 6)] == IDENTITY
    assert [sheet.cell(FIRST_ROW + 1 + at, 1).value for at in range(len(form))] == codes_of(form)
    assert {sheet.cell(FIRST_ROW + 1 + at, 1).data_type for at in range(len(form))} == {"s"}
    found = checks(sheet)
    assert set(found) == {"G5", "G6", "G7", "G8", "H10", "I10", "J10", "K10"}
    assert "nihil" in found["G6"].formula1
    assert sheet.protection.sheet
    assert not sheet["G5"].protection.locked


def test_a_real_opd_prints(city: Engine, libreoffice: Any) -> None:
    with city.connect() as conn:
        rows = form_rows(conn, "16.71", 2026, 3, OPD)
    content = template_xlsx(rows, *ABOUT)
    assert libreoffice(content, "xlsx", "pdf").startswith(b"%PDF")
    sheet = opened(content)["Laporan"]
    assert sheet.max_row == FIRST_ROW + len(rows)
    assert len(content) < 5 * 1024 * 1024
    assert (rows["baris"] == KEUANGAN).sum() > 30
