"""What a person may answer: which header is which column, and how a doubtful column writes its numbers."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from loaders import Hasil, Tingkat
from loaders.angka import Gaya, decide
from tests.loaders.formulir_uji import IDENTITY, SUB, SUB2, TITLES, form

IBU = f"{SUB}#1"
Run = Callable[..., Hasil]
OTHER_TITLES = ["Capaian TW ini" if title == "Realisasi triwulan ini" else title for title in TITLES]
SMALL = "kode;indikator;realisasi\n{0}#1;;{1}\n{2}#1;;{3}\n1.02.02#1;;A\n"


def galat(hasil: Hasil) -> list[str]:
    return [m.aturan for m in hasil.masalah if m.tingkat is Tingkat.GALAT]


def test_missing_column_and_unused_header_are_told_for_a_screen(laporan: Run) -> None:
    hasil = laporan(form(judul=OTHER_TITLES))
    assert galat(hasil) == ["kolom_kurang"]
    assert hasil.kepala is not None
    assert [(one.kunci, one.sebutan) for one in hasil.kepala.kurang] == [("realisasi", "Realisasi triwulan ini")]
    assert [(one.judul, one.normal, one.huruf) for one in hasil.kepala.lain] == [
        ("Capaian TW ini", "capaian_tw_ini", "G")
    ]
    assert hasil.kepala.baris == 2
    assert hasil.kepala.dikenali["kode"] == "Kode"
    assert hasil.kepala.pilihan["realisasi"] == "Realisasi triwulan ini"


def test_a_near_header_is_suggested_both_ways(laporan: Run) -> None:
    titles = ["Realisasi triwulan" if title == "Realisasi triwulan ini" else title for title in TITLES]
    hasil = laporan(form(judul=titles))
    assert hasil.kepala is not None
    assert [(one.kunci, one.saran) for one in hasil.kepala.kurang] == [("realisasi", "Realisasi triwulan")]
    assert [(one.judul, one.saran) for one in hasil.kepala.lain] == [("Realisasi triwulan", "realisasi")]


def test_a_mapped_header_is_the_column(laporan: Run) -> None:
    hasil = laporan(form(judul=OTHER_TITLES), petaan={"capaian_tw_ini": "realisasi"})
    assert hasil.masalah == []
    assert hasil.muatan.realisasi[0]["nilai"] == 25


def test_a_mapping_goes_before_an_exact_match(periksa: Run) -> None:
    text = f"kode;indikator;realisasi;angka benar\n{SUB}#1;;1;25\n{SUB2}#1;;1;25\n1.02.02#1;;1;A\n"
    hasil = periksa(text, petaan={"Angka Benar": "realisasi"})
    assert [row["nilai"] for row in hasil.muatan.realisasi] == [25, 25, None]


def test_a_header_given_to_one_column_is_no_other(periksa: Run) -> None:
    hasil = periksa(SMALL.format(SUB, 1, SUB2, 2), petaan={"realisasi": "keterangan"})
    assert galat(hasil) == ["kolom_kurang"]
    assert hasil.kepala is not None
    assert hasil.kepala.dikenali["keterangan"] == "realisasi"


def test_a_mapping_to_headers_that_are_not_there_changes_nothing(laporan: Run) -> None:
    assert laporan(form(), petaan={"entah": "realisasi", "lain": "tidak_ada"}).masalah == []


def test_a_mapping_finds_a_header_that_shares_no_word(periksa: Run) -> None:
    text = f"A;B;C\n{SUB}#1;;5\n{SUB2}#1;;6\n1.02.02#1;;A\n"
    hasil = periksa(text)
    assert galat(hasil) == ["judul_tidak_ditemukan"]
    assert hasil.kepala is not None
    assert hasil.kepala.baris is None
    assert [one.normal for one in hasil.kepala.lain] == ["a", "b", "c"]
    found = periksa(text, petaan={"a": "kode", "b": "indikator", "c": "realisasi"})
    assert [row["nilai"] for row in found.muatan.realisasi] == [5, 6, None]


def test_an_ambiguous_column_becomes_a_question_with_both_totals(laporan: Run) -> None:
    ubah = {SUB: {"bulan_1": "1.234"}, SUB2: {"bulan_1": "2.000"}}
    hasil = laporan(form(ubah=ubah))
    assert galat(hasil) == ["angka_ragu"]
    assert hasil.muatan.keuangan == []
    (one,) = hasil.pertanyaan
    assert (one.kunci, one.judul, one.kolom) == ("bulan_1", "Realisasi bulan ke-1 (Rp)", 7)
    assert (one.jumlah, one.contoh) == (2, "1.234")
    assert (one.indonesia, one.inggris) == (Decimal(3234), Decimal("3.234"))


@pytest.mark.parametrize(("answer", "expected"), [(Gaya.INDONESIA, 1234), (Gaya.INGGRIS, 1)])
def test_the_answer_settles_the_question(laporan: Run, answer: Gaya, expected: int) -> None:
    ubah = {SUB: {"bulan_1": "1.234", "kendala": "x"}, SUB2: {"bulan_1": "1.234", "kendala": "x"}}
    hasil = laporan(form(ubah=ubah), angka=answer)
    assert hasil.pertanyaan == []
    assert galat(hasil) == []
    assert [row["realisasi"] for row in hasil.muatan.keuangan if row["bulan"] == 4] == [expected, expected]


def test_the_answer_never_overrules_a_proven_column(laporan: Run) -> None:
    assert decide(["1.234", "1.234.567"], Gaya.INGGRIS).gaya is Gaya.INDONESIA
    ubah = {SUB: {"bulan_1": "1.234.567"}, SUB2: {"bulan_1": "1.234"}}
    hasil = laporan(form(ubah=ubah), angka=Gaya.INGGRIS)
    assert [row["realisasi"] for row in hasil.muatan.keuangan if row["bulan"] == 4] == [1_234_567, 1234]


def test_proof_elsewhere_in_the_column_needs_no_question(laporan: Run) -> None:
    hasil = laporan(form(ubah={SUB: {"bulan_1": "1.234"}, SUB2: {"bulan_1": "1.000.000"}}))
    assert hasil.pertanyaan == []
    assert galat(hasil) == []


def test_each_doubtful_column_is_its_own_question(laporan: Run) -> None:
    ubah = {SUB: {"bulan_1": "1.234", "fisik": "45,000"}, SUB2: {"bulan_1": "1.234"}}
    assert [one.kunci for one in laporan(form(ubah=ubah, tanda=IDENTITY)).pertanyaan] == ["bulan_1", "fisik"]


def test_locked_columns_are_never_asked_about(laporan: Run) -> None:
    hasil = laporan(form(ubah={IBU: {"target": "1.234", "sebelumnya": "2.345"}}))
    assert hasil.pertanyaan == []
    assert [m.aturan for m in hasil.masalah] == ["sel_terkunci", "sel_terkunci"]
