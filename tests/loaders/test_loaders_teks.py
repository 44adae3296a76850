"""The traps of text files and spreadsheets, each as a named test."""

import io
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter

from loaders import BATAS_UNGGAH, Hasil, Konteks, Tingkat, check
from loaders.batas import Batas
from loaders.kepala import Kolom
from loaders.lembar import TidakTerbaca
from loaders.tabel import Tabel, read_table
from loaders.xlsx import unpack

COLUMNS = (Kolom("kode", kode=True), Kolom("nama"), Kolom("nilai"), Kolom("catatan", wajib=False))


def read(content: str | bytes, name: str = "a.csv", batas: Batas = BATAS_UNGGAH) -> Tabel:
    return read_table(content.encode() if isinstance(content, str) else content, name, COLUMNS, batas)


def rules(table: Tabel) -> list[str]:
    return [m.aturan for m in table.masalah if m.tingkat is Tingkat.GALAT]


def workbook(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        fill(book)
    return out.getvalue()


def test_codes_stay_text() -> None:
    table = read("kode,nama,nilai\n1.10,a,1\n01,b,2\n")
    assert table.column("kode") == ["1.10", "01"]


def test_na_null_none_stay_text() -> None:
    assert read("kode,nama,nilai\n1,NA,null\n2,None,nan\n").column("nama") == ["NA", "None"]


def test_row_longer_than_the_header_is_galat_with_its_row() -> None:
    table = read("kode,nama,nilai\n1,a,1\n2,b,2,\n3,c,3\n")
    assert [(m.aturan, m.baris) for m in table.masalah if m.tingkat is Tingkat.GALAT] == [("lebar_baris", 3)]
    assert table.column("kode") == ["1", "3"]


def test_short_row_is_galat() -> None:
    assert rules(read("kode;nama;nilai\n1;a;1\n2;b\n")) == ["lebar_baris"]


def test_unclosed_quote_that_swallows_the_rest() -> None:
    with pytest.raises(TidakTerbaca) as caught:
        read('kode,nama,nilai\n1,"a,1\n2,b,2\n3,c,3\n')
    assert caught.value.masalah.aturan == "kutip_tidak_tutup"
    assert caught.value.masalah.baris == 2


def test_quote_closed_only_by_a_later_row() -> None:
    with pytest.raises(TidakTerbaca) as caught:
        read('kode,nama,nilai\n1,"a,1\n2,b,2\n3,"c",3\n')
    assert caught.value.masalah.aturan in ("kutip_salah", "kutip_menelan_baris")
    assert caught.value.masalah.baris == 2


def test_quote_that_ends_a_line_later_still_swallows_rows() -> None:
    with pytest.raises(TidakTerbaca) as caught:
        read('kode,nama,nilai\n1,"a,1\n2,b,2\n3,c",3\n')
    assert caught.value.masalah.aturan == "kutip_menelan_baris"


def test_quoted_newline_is_one_row() -> None:
    table = read('kode,nama,nilai\n1,"a\nb",1\n2,c,2\n')
    assert table.column("nama") == ["a\nb", "c"]
    assert table.nomor == [2, 3]


@pytest.mark.parametrize(("mark", "name"), [(";", "titik koma"), (",", "koma"), ("\t", "tab"), ("|", "garis tegak")])
def test_delimiters(mark: str, name: str) -> None:
    table = read(f"kode{mark}nama{mark}nilai\n1{mark}a b{mark}1\n")
    assert name in table.keterangan
    assert table.column("nama") == ["a b"]


def test_delimiter_is_never_a_letter_or_the_space() -> None:
    table = read("kode;nama;nilai\n1;ada apa, ada, apa;1\n2;bata, bata, bata;2\n")
    assert table.column("nama") == ["ada apa, ada, apa", "bata, bata, bata"]


def test_sep_line_is_no_header() -> None:
    table = read("sep=;\nkode;nama;nilai\n1;a;2\n")
    assert table.column("kode") == ["1"]
    assert "sep=" in table.keterangan


def test_bom_is_not_part_of_the_first_header() -> None:
    table = read(b"\xef\xbb\xbfkode,nama,nilai\n1,a,2\n")
    assert table.column("kode") == ["1"]
    assert "BOM" in table.keterangan


def test_utf16_with_bom() -> None:
    assert read("\ufeffkode\tnama\tnilai\n1\ta\t2\n".encode("utf-16-le")).column("nama") == ["a"]


def test_cp1252_en_dash_is_read_and_said() -> None:
    table = read("kode,nama,nilai\n1,é,\u20135\n".encode("cp1252"))
    assert table.column("nilai") == ["\u20135"]
    assert "Windows-1252" in table.keterangan


def test_blank_header_cell() -> None:
    table = read("kode,nama,,nilai\n1,a,x,2\n")
    assert table.column("nilai") == ["2"]
    assert "kolom C tanpa judul" in str(table.masalah)


def test_header_within_the_first_20_rows() -> None:
    table = read("Laporan,,\n,,\nKODE, Nama ,Nilai\n1,a,2\n")
    assert table.column("nama") == ["a"]
    assert table.nomor == [4]


def test_missing_unknown_and_duplicate_headers_at_once() -> None:
    table = read("kode,kode,namma,lain\n1,2,a,b\n")
    found = {m.aturan: m for m in table.masalah}
    assert {"kolom_kurang", "judul_ganda", "kolom_diabaikan"} <= set(found)
    assert any("namma" in m.perbaikan for m in table.masalah if m.aturan == "kolom_kurang")
    assert sum(m.aturan == "kolom_kurang" for m in table.masalah) == 2


def test_total_row_is_recognised() -> None:
    table = read("kode,nama,nilai\n1,a,1\nJUMLAH,,1\n,Total,1\n")
    assert table.column("kode") == ["1"]
    assert sum(m.aturan == "baris_jumlah" for m in table.masalah) == 2


def test_blank_rows_are_skipped_and_numbers_kept() -> None:
    assert read("kode,nama,nilai\n\n1,a,1\n,,\n2,b,2\n").nomor == [3, 5]


def test_too_long_cell() -> None:
    assert rules(read(f"kode,nama,nilai\n1,{'x' * 2001},2\n")) == ["sel_terlalu_panjang"]


@pytest.mark.parametrize(
    ("content", "name", "rule"),
    [
        (b"", "a.csv", "berkas_kosong"),
        (b"kode\x00nama", "a.csv", "bukan_teks"),
        (b"PK\x03\x04abc", "a.csv", "isi_bukan_teks"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1abc", "a.xlsx", "isi_xls"),
        (b"kode,nama,nilai\n1,a,2\n", "a.xlsx", "isi_bukan_xlsx"),
        (b"PK\x03\x04abc", "a.xlsx", "xlsx_rusak"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1abc", "a.xls", "jenis_ditolak"),
        (b"PK\x03\x04abc", "a.xlsm", "jenis_ditolak"),
        (b"PK\x03\x04abc", "a.ods", "jenis_ditolak"),
        (b"kode", "a", "jenis_ditolak"),
    ],
)
def test_wrong_containers_say_what_to_do(content: bytes, name: str, rule: str) -> None:
    with pytest.raises(TidakTerbaca) as caught:
        read(content, name)
    assert caught.value.masalah.aturan == rule
    assert caught.value.masalah.perbaikan


def test_limits() -> None:
    rows = "kode,nama,nilai\n" + "1,a,1\n" * 4
    with pytest.raises(TidakTerbaca, match="lebih dari 3 baris"):
        read(rows, batas=Batas(baris=3))
    with pytest.raises(TidakTerbaca, match="MB"):
        read(rows, batas=Batas(ukuran=10))
    with pytest.raises(TidakTerbaca, match="kolom"):
        read(rows, batas=Batas(kolom=2))


def test_xlsx_typed_numbers_are_never_ambiguous() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        for at, row in enumerate([["kode", "nama", "nilai"], ["1.10", "a", 1.234], ["01", "b", 0.1 + 0.2]]):
            sheet.write_row(at, 0, row)

    table = read(workbook(fill), "a.xlsx")
    assert table.column("kode") == ["1.10", "01"]
    assert table.column("nilai") == ["1.234", "0.3"]
    assert table.gaya("nilai", table.column("nilai")) is None
    assert not table.masalah


def test_xlsx_code_held_as_a_number_is_galat() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["kode", "nama", "nilai"])
        sheet.write_row(1, 0, [1.1, "a", 1])

    assert rules(read(workbook(fill), "a.xlsx")) == ["kode_angka"]


def test_xlsx_other_sheets_merges_hidden_rows_and_errors_are_said() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("Petunjuk").write(0, 0, "baca dulu")
        sheet = book.add_worksheet("Data")
        sheet.merge_range("A1:C1", "Judul")
        sheet.write_row(1, 0, ["kode", "nama", "nilai"])
        sheet.write_row(2, 0, ["x", "a"])
        sheet.write_formula(2, 2, "=1/0", None, "#DIV/0!")
        sheet.set_row(2, None, None, {"hidden": True})

    table = read(workbook(fill), "a.xlsx")
    assert {"lembar_lain", "sel_gabungan", "baris_tersembunyi"} <= {m.aturan for m in table.masalah}
    assert table.column("nilai") == ["#DIV/0!"]
    assert "Data" in table.keterangan


def zipped(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_zip_bomb_by_ratio_and_by_size() -> None:
    bomb = zipped({"xl/workbook.xml": b"0" * 30_000_000})
    for batas in (Batas(), Batas(terurai=1_000_000, nisbah=10_000_000)):
        with pytest.raises(TidakTerbaca) as caught:
            unpack(bomb, batas)
        assert caught.value.masalah.aturan == "xlsx_terlalu_besar"


def test_zip_with_too_many_entries() -> None:
    with pytest.raises(TidakTerbaca, match="201 bagian"):
        unpack(zipped({f"e{n}": b"" for n in range(201)}), Batas())


def test_zip_with_macros() -> None:
    with pytest.raises(TidakTerbaca, match="makro"):
        unpack(zipped({"xl/workbook.xml": b"a", "xl/vbaProject.bin": b"b"}), Batas())


def test_one_far_cell_is_refused_before_parsing() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["kode", "nama", "nilai"])
        sheet.write(1_048_575, 16_383, "jauh")

    with pytest.raises(TidakTerbaca, match="sangat jauh"):
        read(workbook(fill), "a.xlsx")


def test_a_message_says_row_column_value_what_and_how(periksa: Callable[..., Hasil]) -> None:
    hasil = periksa("kode,indikator,satuan,realisasi\n1.02.02.2.02.0001#1,x,Orang,1.5OO.000\n")
    text = next(m.kalimat() for m in hasil.masalah if m.aturan == "bukan_angka")
    assert text.startswith("Baris 2, kolom D (realisasi): '1.5OO.000' memuat huruf O. Tulis angka")


def test_a_missing_column_suppresses_what_follows(periksa: Callable[..., Hasil]) -> None:
    hasil = periksa("kode,indikator\n1,x\n")
    assert [m.aturan for m in hasil.masalah if m.tingkat is Tingkat.GALAT] == ["kolom_kurang"]


def test_unknown_kind_is_a_sentence() -> None:
    from data.errors import LoadError
    from data.words import JenisBerkas

    with pytest.raises(LoadError, match="tidak dimuat dari berkas"):
        check(b"a", "a.csv", Konteks(jenis=JenisBerkas.CONTOH))
