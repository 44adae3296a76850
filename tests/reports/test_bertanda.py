"""The submitter's own file comes back with every finding in its place, and can be corrected and sent as it is."""

import io
from decimal import Decimal
from typing import Any

import openpyxl
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from data.formulir import KOLOM
from reports.aman import STARTS
from reports.bertanda import FILLS, KOLOM_PESAN, Temuan, annotated_xlsx
from reports.templat import HEADER_ROW, template_xlsx

ABOUT = ("Kota Palembang", "1.02.0.00.0.00.01.0000", "Dinas Kesehatan", 2026, 3, "14 Okt 2026 23.59 WIB")
ROWS: list[list[Any]] = [
    ["Laporan TW III 2026", "", "", "", ""],
    ["emonev-laporan", "1", "1.02.0.00.0.00.01.0000", "2026", "3"],
    ["", "", "", "", ""],
    ["Kode", "Uraian", "Satuan", "Realisasi triwulan ini", "Kendala"],
    ["01", "Usia harapan hidup", "Tahun", "7O,1", "- tertunda"],
    ["1.10", "=cmd|' /C calc'!A0", "", Decimal("-1.5"), ""],
    ["1.02.02#1", "Titik banjir", "Titik", "1.234", ""],
]
FINDINGS = [
    Temuan("Info", "Satuan kosong.", baris=6, kolom=2),
    Temuan("Galat", "'7O,1' memuat huruf O.", "Tulis angka saja.", 5, 3),
    Temuan("Konfirmasi", "Naik tajam.", "Jelaskan.", 5, 3),
    Temuan("Info", "Baris ini baru.", baris=7),
    Temuan("Galat", "Kolom 'Fisik' tidak ada.", "Tambahkan kolom itu."),
    Temuan("Galat", "Baris ini tidak ada.", "", 99),
]


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture
def book() -> Any:
    return opened(annotated_xlsx(ROWS, 3, FINDINGS))


def test_their_rows_stay_in_their_order_with_the_message_behind_the_code(book: Any) -> None:
    sheet = book["Laporan"]
    assert [sheet.cell(4, column).value for column in range(1, 7)] == ["Kode", KOLOM_PESAN, *ROWS[3][1:]]
    assert [sheet.cell(line, 1).value for line in (5, 6, 7)] == ["01", "1.10", "1.02.02#1"]
    assert [sheet.cell(line, 5).value for line in (5, 7)] == ["7O,1", "1.234"]


def test_what_stands_above_the_header_stays_in_its_cells(book: Any) -> None:
    assert [book["Laporan"].cell(2, column).value for column in range(1, 6)] == ROWS[1]


def test_numbers_stay_numbers_and_codes_text(book: Any) -> None:
    sheet = book["Laporan"]
    assert (sheet["E6"].value, sheet["E6"].data_type) == (-1.5, "n")
    assert (sheet["A6"].value, sheet["A6"].data_type) == ("1.10", "s")


def test_wrong_cells_are_marked_by_the_worst_and_say_all(book: Any) -> None:
    sheet = book["Laporan"]
    assert sheet["E5"].fill.fgColor.rgb == f"FF{FILLS['Galat'][1:]}"
    assert sheet["E5"].comment.text.splitlines() == [
        "Galat: '7O,1' memuat huruf O. Tulis angka saja.",
        "Konfirmasi: Naik tajam. Jelaskan.",
    ]
    assert sheet["D6"].fill.fgColor.rgb == f"FF{FILLS['Info'][1:]}"
    assert sheet["C5"].comment is None


def test_messages_name_the_column(book: Any) -> None:
    sheet = book["Laporan"]
    where = "kolom E, Realisasi triwulan ini (kolom D di berkas Anda)"
    assert sheet["B5"].value.startswith(f"Galat di {where}: '7O,1' memuat huruf O. Tulis angka saja.\n")
    assert sheet["B6"].value == "Info di kolom D, Satuan (kolom C di berkas Anda): Satuan kosong."
    assert sheet["B7"].value == "Info: Baris ini baru."


def test_the_summary_counts_and_lists_what_has_no_row(book: Any) -> None:
    cells = [[cell.value for cell in row[:3]] for row in book["Ringkasan"].iter_rows()]
    assert [row[:2] for row in cells[3:6]] == [["Galat", 3], ["Konfirmasi", 1], ["Info", 2]]
    said = [row[2] for row in cells[6:] if row[2]]
    assert said == ["Kolom 'Fisik' tidak ada. Tambahkan kolom itu.", "Baris 99: Baris ini tidak ada."]


def test_no_cell_starts_a_formula() -> None:
    found = [Temuan("Galat", "=1+1", "@x", 5, 0), Temuan("Galat", "+1")]
    cells = [cell for sheet in opened(annotated_xlsx(ROWS, 3, found)) for row in sheet.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    assert [cell.value for cell in cells if isinstance(cell.value, str) and cell.value.startswith(STARTS)] == []


def as_read(content: bytes) -> list[list[str]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [[str(cell) for cell in row] for row in book.get_sheet_by_name("Laporan").to_python(skip_empty_area=False)]


def test_a_second_round_replaces_the_messages() -> None:
    rows = as_read(annotated_xlsx(ROWS, 3, FINDINGS))
    at = rows[3].index("Realisasi triwulan ini")
    again = opened(annotated_xlsx(rows, 3, [Temuan("Galat", "Masih salah.", baris=5, kolom=at)]))["Laporan"]
    assert [again.cell(4, column).value for column in range(1, 7)] == ["Kode", KOLOM_PESAN, *ROWS[3][1:]]
    assert again["B5"].value == "Galat di kolom E, Realisasi triwulan ini: Masih salah."
    assert again["B6"].value is None
    assert again["E5"].comment.text == "Galat: Masih salah."
    assert again["F5"].value == "'- tertunda"


def test_rows_keep_the_lines_they_had() -> None:
    rows, lines = [ROWS[3], *ROWS[4:]], [4, 5, 8, 9]
    sheet = opened(annotated_xlsx(rows, 0, [Temuan("Galat", "Salah.", baris=8, kolom=1)], lines))["Laporan"]
    assert [sheet.cell(line, 1).value for line in (4, 5, 6, 8, 9)] == ["Kode", "01", None, "1.10", "1.02.02#1"]
    assert sheet["B8"].value == "Galat di kolom C, Uraian (kolom B di berkas Anda): Salah."


def test_a_finding_in_a_cell_that_is_not_there_is_marked_where_it_should_be() -> None:
    sheet = opened(annotated_xlsx([["Kode", "A", "B"], ["1"]], 0, [Temuan("Galat", "Kosong.", "", 2, 2)]))["Laporan"]
    assert sheet["D2"].comment.text == "Galat: Kosong."


def test_a_file_without_code_or_rows_is_no_trouble() -> None:
    sheet = opened(annotated_xlsx([["Nama"], ["x"]], 0, [Temuan("Galat", "Salah.", "", 2, 0)]))["Laporan"]
    assert [sheet["A1"].value, sheet["B1"].value, sheet["B2"].value] == [
        "Nama",
        KOLOM_PESAN,
        "Galat di kolom A, Nama: Salah.",
    ]
    assert opened(annotated_xlsx([], 0, FINDINGS)).sheetnames == ["Laporan", "Ringkasan"]


def test_a_template_goes_through_it_and_libreoffice_unharmed(form: pd.DataFrame, libreoffice: Any) -> None:
    sent = as_read(template_xlsx(form, *ABOUT))
    marked = annotated_xlsx(sent, HEADER_ROW, [Temuan("Galat", "Salah.", "", 5, 6)])
    back = as_read(libreoffice(marked, "xlsx", "xlsx"))
    assert back[1][:5] == sent[1][:5]
    assert [row[:1] + row[2 : len(KOLOM) + 1] for row in back[HEADER_ROW:]] == [
        row[: len(KOLOM)] for row in sent[HEADER_ROW:]
    ]
    assert back[4][1] == "Galat di kolom H, Realisasi triwulan ini (kolom G di berkas Anda): Salah."


def test_every_letter_it_names_is_the_column_of_the_marked_cell() -> None:
    found = [Temuan("Galat", f"Sel {column}.", "", 5, column) for column in range(len(ROWS[3]))]
    sheet = opened(annotated_xlsx(ROWS, 3, found))["Laporan"]
    told = [line.removeprefix("Galat di kolom ")[0] for line in str(sheet["B5"].value).splitlines()]
    assert [sheet[f"{letter}4"].value for letter in told] == ROWS[3]
    assert [sheet[f"{letter}5"].comment.text for letter in told] == [f"Galat: Sel {at}." for at in range(len(ROWS[3]))]


def test_a_whole_column_and_a_header_are_placed_in_the_summary() -> None:
    found = [Temuan("Galat", "Ada dua.", "", 4, 4), Temuan("Galat", "Dua cara.", kolom=3)]
    found.append(Temuan("Galat", "Satu sel.", "", 7, 3, dihitung=False))
    book = opened(annotated_xlsx(ROWS, 3, found))
    said = [row[2].value for row in book["Ringkasan"].iter_rows() if row[2].value]
    assert "Baris 4, kolom F, Kendala (kolom E di berkas Anda): Ada dua." in said
    assert "Kolom E, Realisasi triwulan ini (kolom D di berkas Anda): Dua cara." in said
    assert book["Ringkasan"]["B4"].value == 2
    assert book["Laporan"]["E7"].comment.text == "Galat: Satu sel."
