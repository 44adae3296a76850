"""The small parts: packed cells, units, codes, guesses, reports."""

import csv
import io

import pytest

from data.words import Akumulasi, Arah
from loaders.bungkus import unpack
from loaders.kode import fits_level, own_bidang, own_code, short_code
from loaders.masalah import Masalah, Tingkat, as_csv, column_letter, grouped, report
from loaders.satuan import normal_unit
from loaders.tebakan import guess_akumulasi, guess_arah, guess_jenis


def test_newline_packed() -> None:
    items, agree = unpack("A\nB", "80 100.000 KH\n95 %", "100.000 KH\n%")
    assert agree
    assert [(i.nama, i.angka, i.satuan) for i in items] == [("A", "80", "100.000 KH"), ("B", "95", "%")]


def test_comma_packed_splits_when_all_agree() -> None:
    items, agree = unpack("A, B, C", "100, 100, 100 %, %, %", "%, %, %")
    assert agree
    assert [(i.nama, i.angka) for i in items] == [("A", "100"), ("B", "100"), ("C", "100")]


def test_comma_in_a_name_does_not_split() -> None:
    items, agree = unpack("Jumlah Sarana, Prasarana dan Utilitas", "5 Unit", "Unit")
    assert agree
    assert len(items) == 1
    assert items[0].angka == "5"


def test_disagreeing_counts_are_kept_whole_and_told() -> None:
    items, agree = unpack("A, B", "1, 2, 3 %, %", "%, %")
    assert not agree
    assert len(items) == 1
    items, agree = unpack("A\n\n(B)", "2 Dokumen", "Dokumen")
    assert not agree
    assert [i.nama for i in items] == ["A (B)"]
    assert items[0].angka == "2"


@pytest.mark.parametrize(
    ("target", "unit", "number"),
    [("1 Dokumen", "Dokumen", "1"), ("85% %", "%", "85%"), ("00 dokter", "dokter", "00"), (" 9  Orang", "Orang", "9")],
)
def test_unit_is_taken_off_the_target(target: str, unit: str, number: str) -> None:
    assert unpack("A", target, unit)[0][0].angka == number


def test_units() -> None:
    assert {normal_unit(text) for text in ("laporan", "Laporan ", "Lapoaran")} == {"Laporan"}
    assert {normal_unit(text) for text in ("%", "(%)", "Persen", "Persentase")} == {"%"}
    assert normal_unit("kelompok  tani") == "Kelompok tani"


def test_codes() -> None:
    assert own_code("X.XX.01.2.01.0001", "1.01") == "1.01.01.2.01.0001"
    assert own_code("X", "1.01") == "1"
    assert own_code("X.XX", "1.01") == "1.01"
    assert own_code("2.22.02", "1.01") == "2.22.02"
    assert own_bidang("1.01.2.22.0.00.01.0000") == "1.01"
    assert own_bidang("IKU-bps") == ""
    assert fits_level("1.02.02.2.02.0001", "sub_kegiatan")
    assert fits_level("1.02.02.2.02.01", "sub_kegiatan")
    assert fits_level("X.XX.01", "program")
    assert not fits_level("1.02.02.2.02.001", "sub_kegiatan")
    assert not fits_level("\u0661.02", "bidang")


def test_short_codes_are_stable_and_distinct() -> None:
    assert short_code("IKU", "Dinas Pendidikan ") == "IKU-dinas-pendidikan"
    long = [short_code("IKU", "Badan Kepegawaian dan Pengembangan Sumber Daya " + end) for end in ("Manusia", "Air")]
    assert len(set(long)) == 2
    assert all(len(code) <= 40 for code in long)


def test_guesses() -> None:
    assert guess_arah("Angka Kematian  Ibu") is Arah.TURUN
    assert guess_arah("Tingkat Pengangguran Terbuka") is Arah.TURUN
    assert guess_arah("Persentase penurunan stunting") is Arah.NAIK
    assert guess_arah("Angka Prevalensi Kontrasepsi Modern") is Arah.NAIK
    assert guess_akumulasi("program", "Unit") is Akumulasi.TERAKHIR
    assert guess_akumulasi("sub_kegiatan", "Unit") is Akumulasi.JUMLAH
    assert guess_akumulasi("kegiatan", "Persen") is Akumulasi.TERAKHIR
    assert guess_jenis("Kecamatan Sako") == "kecamatan"
    assert guess_jenis("Dinas Sosial") == "dinas"


def test_column_letters() -> None:
    assert [column_letter(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_report_groups_counts_and_stops_at_200() -> None:
    found = [Masalah(Tingkat.GALAT, "a", "salah.", "Perbaiki.", n, 0, "x", "1") for n in range(250)]
    text = report([Masalah(Tingkat.INFO, "b", "kabar."), *found])
    assert "250 Galat, 1 Info" in text
    assert "250x a · kolom x" in text
    assert "dan 51 lagi" in text
    assert text.index("Galat  ") < text.index("Info  ")
    assert text.count("[Galat]") == 200
    assert grouped(found)[0].jumlah == 250
    assert report([]) == "Tidak ada masalah."


def test_csv_report_never_starts_a_formula() -> None:
    text = as_csv([Masalah(Tingkat.GALAT, "a", "=1+1", "@b", 1, 0, "-c", "+d")])
    row = list(csv.reader(io.StringIO(text)))[1]
    assert row[4:8] == ["'-c", "'+d", "'=1+1", "'@b"]
