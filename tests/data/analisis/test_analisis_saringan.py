"""Filters as addresses, in words, and kept by name."""

import pytest

from data.analisis.katakan import describe, in_words
from data.analisis.saringan import join_pairs, read_saringan, to_query
from data.analisis.simpanan import forget_filter, keep_columns, read_columns, save_filter, saved_filters
from data.errors import BadParameterError, NotFoundError
from data.jejak import Pelaku, verify_chain

FULL = {
    "tahun": "2026",
    "tw": "3",
    "tw_dari": "1",
    "urusan": "1.01,1.02",
    "jenis": "dinas",
    "opd": "1.01.0.00.0.00.01.0000",
    "program": "1.01.02",
    "dana": "DAU",
    "level": "program,indikator",
    "predikat": "rendah",
    "status": "di_bawah",
    "arah": "turun",
    "capaian_min": "10.5",
    "capaian_maks": "66",
    "serapan_min": "60",
    "serapan_maks": "100",
    "deviasi_min": "-40",
    "deviasi_maks": "0",
    "tertinggal": "5",
    "terlambat": "tidak",
    "turun2": "ya",
    "cari": "jalan kota",
    "urut": "datar:-deviasi",
    "kolom": "nama,capaian",
    "pilih": "1.01.0.00.0.00.01.0000|1.01.02",
    "buka": "semua",
    "hal": "2",
}


def test_an_address_comes_back_as_it_was():
    assert to_query(read_saringan(FULL)) == FULL
    assert to_query(read_saringan({})) == {}


def test_what_a_form_sends_is_read_alike():
    pairs = [("status", "di_bawah"), ("status", ""), ("status", "nihil"), ("cari", ""), ("capaian_maks", " 66,5 ")]
    found = read_saringan(join_pairs(pairs))
    assert found.status == ("di_bawah", "nihil")
    assert to_query(found)["capaian_maks"] == "66.5"


@pytest.mark.parametrize(
    ("text", "number"),
    [("66", 66), ("66,5", 66.5), ("\u221210", -10), (".5", 0.5), ("5.", 5), ("1e2", 100), ("0", 0)],
)
def test_numbers_as_people_and_browsers_write_them(text, number):
    assert read_saringan({"deviasi_min": text}).deviasi_min == number


@pytest.mark.parametrize(
    "query",
    [
        {"status": "merah"},
        {"capaian_min": "banyak"},
        {"capaian_min": "1e400"},
        {"capaian_min": "NaN"},
        {"capaian_min": "1_0"},
        {"capaian_min": "\u0661\u0662"},
        {"deviasi_maks": "\uff11"},
        {"tertinggal": "5 0"},
        {"serapan_min": "70", "serapan_maks": "60"},
        {"tw_dari": "5"},
        {"tw": "1", "tw_dari": "3"},
        {"terlambat": "mungkin"},
        {"urut": "kolom-lain"},
        {"cari": "x" * 121},
        {"cari": "a b c d e f g h i"},
        {"tahun": "dua"},
        {"cari": "a\x00b"},
    ],
    ids=str,
)
def test_nonsense_is_told_in_a_sentence(query):
    with pytest.raises(BadParameterError, match=r"\.$"):
        read_saringan(query)


def test_a_word_is_looked_for_once_however_often_it_is_said():
    assert read_saringan({"cari": "Jalan jalan  kota JALAN"}).cari == "Jalan kota"
    assert read_saringan({"cari": "a " * 60}).cari == "a"
    assert read_saringan({"cari": "a b c d e f g h"}).cari == "a b c d e f g h"


def test_words_that_are_not_ours_are_ignored():
    assert read_saringan({"utm_source": "wa", "fbclid": "x"}) == read_saringan({})


def test_every_condition_has_its_phrase_and_can_be_taken_off():
    wanted = read_saringan(FULL)
    phrases = describe(wanted, {"opd": {"1.01.0.00.0.00.01.0000": "Dinas Pendidikan"}})
    words = [one.kata for one in phrases]
    assert "OPD: Dinas Pendidikan" in words
    assert "capaian 10,5 sampai 66 %" in words
    assert "deviasi −40 sampai 0 poin" in words
    assert "laporan OPD tepat waktu" in words
    assert "berlaku di setiap triwulan sejak TW I sampai TW III" in words
    for one in phrases:
        assert len(describe(one.tanpa)) == len(phrases) - 1
    left = wanted
    while describe(left):
        left = describe(left)[0].tanpa
    assert not left.active
    assert in_words(left) == "semua baris"


def test_a_filter_is_kept_by_name_shared_and_forgotten(engine):
    from sqlalchemy import insert

    from data import tables

    me, you = Pelaku("bappeda", "bappeda"), Pelaku("sekda", "pimpinan")
    with engine.begin() as conn:
        conn.execute(insert(tables.pemda), [{"kode": "16.71", "nama": "Kota", "jenis": "kota", "contoh": True}])
    save_filter(
        engine, "16.71", me, "  Dinas   merah ", "?tahun=2026&tw=3&status=di_bawah&status=perhatian&hal=3", True
    )
    save_filter(engine, "16.71", me, "Milik saya", "capaian_maks=66", False)
    with pytest.raises(BadParameterError, match="sudah punya"):
        save_filter(engine, "16.71", me, "Milik saya", "capaian_maks=70", False)
    save_filter(engine, "16.71", me, "Milik saya", "capaian_maks=70", False, ganti=True)
    keep_columns(engine, "16.71", me, ("nama", "capaian"))
    with engine.connect() as conn:
        mine, yours = (saved_filters(conn, "16.71", who.nama) for who in (me, you))
        assert [(one.nama, one.alamat) for one in mine] == [
            ("Dinas merah", "status=di_bawah%2Cperhatian"),
            ("Milik saya", "capaian_maks=70"),
        ]
        assert [(one.nama, one.milik_sendiri) for one in yours] == [("Dinas merah", False)]
        assert read_columns(conn, "16.71", "bappeda") == ("nama", "capaian")
        assert read_columns(conn, "16.71", "sekda") == ()
    with pytest.raises(NotFoundError):
        forget_filter(engine, "16.71", you, "Dinas merah")
    forget_filter(engine, "16.71", me, "Dinas merah")
    keep_columns(engine, "16.71", me, ())
    with engine.connect() as conn:
        assert [one.nama for one in saved_filters(conn, "16.71", "bappeda")] == ["Milik saya"]
        assert read_columns(conn, "16.71", "bappeda") == ()
        assert verify_chain(conn, "16.71") is None


@pytest.mark.parametrize(("nama", "alamat"), [("", "cari=x"), ("x" * 81, "cari=x"), ("ada\nbaris", "status=merah")])
def test_a_filter_that_makes_no_sense_is_not_kept(sqlite_engine, nama, alamat):
    with pytest.raises(BadParameterError):
        save_filter(sqlite_engine, "16.71", Pelaku("bappeda"), nama, alamat, False)
