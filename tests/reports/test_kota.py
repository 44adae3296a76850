"""The city report: the same numbers as the screens, sentences that stay short, a PDF that everybody can read."""

import re
import subprocess
import time
from decimal import Decimal

import pandas as pd
import pytest
from sqlalchemy import delete, insert, select

from data import tables
from data.engine import reading
from data.errors import BadParameterError, NothingYetError
from data.words import Status
from pages.parts import formats as fmt
from pages.parts import headline
from pages.parts.rows import in_order
from reports import kota_isi as isi
from reports import kota_kalimat as kalimat
from reports.bahan import read_basis
from reports.cetak import all_drawable, drawable, pages_of, shortened
from reports.jenis import JENIS
from reports.kota import city_report, report_words
from tests.routes.siklus_uji import fill

P, NOW = "16.71", {"tahun": "2026", "tw": "3"}


def quiet(kemajuan, langkah):
    pass


@pytest.fixture(scope="module")
def basis(city):
    with reading(city) as conn:
        yield read_basis(conn, P, NOW)


@pytest.fixture(scope="module")
def words(city, basis):
    with reading(city) as conn:
        return report_words(conn, basis)


@pytest.fixture(scope="module")
def printed(city):
    begun = time.perf_counter()
    with reading(city) as conn:
        name, content = city_report(conn, P, NOW, quiet)
    return name, content, time.perf_counter() - begun


def text_of(content, tmp_path, *more):
    path = tmp_path / "laporan.pdf"
    path.write_bytes(content)
    done = subprocess.run(["pdftotext", "-layout", *more, path, "-"], capture_output=True, check=True)
    return done.stdout.decode().replace("\u00a0", " ")


def test_says_what_the_citys_page_says(city, basis, words):
    standings = pd.DataFrame(basis.standings, dtype=object)
    assert words["judul"] == headline.city_sentence(headline.counts_of(standings), 2026, 3)
    worst = headline.worst_opd(standings)
    assert kalimat.heaviest(basis.standings)["opd"] == worst["opd"]
    assert headline.short_name(worst) in words["ringkasan"][1]["isi"][0]
    shown = [one["nama"] for group in words["kelompok"] for one in group["opd"]]
    assert shown == [headline.short_name(row) for row in in_order(standings)]


def test_counts_and_money_by_another_way(city, basis, words):
    """Straight from the rows that were rolled up, not from the questions."""
    k, m = tables.rollup_kinerja.c, tables.keuangan.c
    with reading(city) as conn:
        query = select(k.status, k.opd).where(k.pemda == P, k.tahun == 2026, k.tw == 3, k.level == "opd")
        status = {row.opd: row.status for row in conn.execute(query)}
        silent = {opd for opd, one in status.items() if one == Status.BELUM_LAPOR}
        query = select(m.opd, m.realisasi).where(m.pemda == P, m.tahun == 2026, m.bulan <= 9, m.realisasi.is_not(None))
        spent = sum(row.realisasi for row in conn.execute(query) if row.opd not in silent)
    main = {row["opd"] for row in basis.standings}
    reached = sum(one == Status.TERCAPAI for opd, one in status.items() if opd in main)
    assert f"{reached} dari" in words["judul"]
    assert words["kurva"]["bulan"][8]["sel"][3] == fmt.rupiah_short(spent)
    assert any(fmt.rupiah_short(spent) in one for one in words["uang"])


def test_every_sentence_is_short(words):
    for part in words["ringkasan"]:
        for sentence in part["isi"]:
            assert len(sentence.split(" ")) <= 20, sentence
            assert sentence.endswith((".", "…")), sentence


def test_what_follows_is_not_yet_known(words):
    months = words["kurva"]["bulan"]
    assert [month["uang"] is None for month in months] == [False] * 9 + [True] * 3
    assert all(month["rak"] is not None for month in months)


def test_every_opd_has_its_line_and_the_silent_are_named(basis, words):
    assert [line["nama"] for line in words["opd"]] == [row["nama"] for row in basis.standings]
    silent = {row["nama"] for row in basis.standings if row["status"] == Status.BELUM_LAPOR}
    assert {row["nama"] for row in words["belum"]} == silent
    assert all(line["capaian"] == "–" for line in words["opd"] if line["nama"] in silent)


def test_the_printed_page(printed, words, tmp_path, record_property):
    name, content, seconds = printed
    assert name == "laporan-kota-2026-TW3.pdf"
    said = text_of(content, tmp_path)
    assert re.search(rf"hal\. 2 dari {pages_of(content)}\b", said)
    for part in ("Ringkasan", "Semua OPD", "Siapa belum melapor?", "Cara menghitung", "Data contoh", "Kepala Badan"):
        assert part in said
    flat = " ".join(said.split())
    for line in words["opd"][:5]:
        assert line["deviasi"] in flat
    record_property("angka", f"city report: {pages_of(content)} pages, {len(content) // 1000} kB, {seconds:.1f} s")
    assert seconds < 30


def test_is_for_screen_readers_too(printed, tmp_path):
    path = tmp_path / "laporan.pdf"
    path.write_bytes(printed[1])
    told = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout.replace("\u00a0", " ")
    assert re.search(r"Title: +Laporan kinerja dan anggaran Kota Palembang TW III 2026", told)
    assert re.search(r"Tagged: +yes", told)
    assert b"/Lang" in printed[1]
    assert b"pdfuaid" in printed[1]


def test_known_signers_stand_where_the_dots_were(city, basis):
    right = isi._office(basis.standings, lambda row: row["singkat"] == "Bappeda Litbang")
    with reading(city) as conn:
        conn.execute(delete(tables.pejabat))
        assert [one["nama"] for one in isi.signatures(conn, basis)] == ["", ""]
        row = {"pemda": P, "opd": right, "jabatan": "Kepala Bappeda Litbang", "nama": "Nama Uji", "nip": "1970"}
        conn.execute(insert(tables.pejabat), [row])
        found = isi.signatures(conn, basis)
        conn.rollback()
    assert (found[1]["jabatan"], found[1]["nama"], found[1]["nip"]) == ("Kepala Bappeda Litbang", "Nama Uji", "1970")
    assert found[0]["nama"] == ""


def test_a_triwulan_that_is_not_there(city):
    with reading(city) as conn, pytest.raises(BadParameterError):
        city_report(conn, P, {"tahun": "2031", "tw": "1"}, quiet)


def test_a_city_without_any_report(sqlite_engine):
    fill(sqlite_engine)
    with reading(sqlite_engine) as conn:
        name, content = city_report(conn, P, {}, quiet)
    assert (name, content[:4]) == ("laporan-kota-2026-TW1.pdf", b"%PDF")


def test_an_empty_database_says_so(sqlite_engine):
    with reading(sqlite_engine) as conn, pytest.raises(NothingYetError):
        city_report(conn, P, {}, quiet)


def test_words_of_others_are_only_words():
    assert all_drawable({"a": ["x\n数", ("=1",)], "b": 1, "c": None}) == {"a": ["x ?", ["=1"]], "b": 1, "c": None}
    assert drawable("≤ ≥ ● ▲ ■ ○") == "≤ ≥ ● ▲ ■ ○"
    assert shortened("satu dua, tiga empat", 10) == "satu dua…"
    assert shortened(" satu  dua ", 10) == "satu dua"


def test_sentences_for_every_turn():
    end = dict.fromkeys(("pagu", "rak", "realisasi", "rak_persen", "realisasi_persen", "fisik_rencana", "fisik"))
    assert kalimat.money(end) == ["Realisasi keuangan dan fisik belum dilaporkan."]
    told = kalimat.money(
        end | {"realisasi_persen": Decimal(50), "rak_persen": Decimal("50.04"), "pagu": 10, "realisasi": 5}
    )
    assert told[0].replace("\u00a0", " ") == "Uang terserap 50,0 %, sesuai rencana 50,0 %."
    assert kalimat.cause(None, None) == []
    assert kalimat._names([{"singkat": "A"}]) == "A"
    assert kalimat._names([{"singkat": one} for one in "ABCDE"]) == "A, B, C, dan 2 lainnya"
    assert kalimat.follow_up([], [], None) == ["Tidak ada OPD yang tertinggal; pertahankan sampai akhir tahun."]
    assert kalimat._change(5, 5).startswith("Jumlah itu sama")
    assert "lebih sedikit" in kalimat._change(4, 5)


def test_a_government_without_pagu_has_its_report(city):
    """The published figures of LKjIP: no budget, so nothing to weigh with, and one triwulan a year."""
    for tahun in ("2015", "2018"):
        asked = {"tahun": tahun, "tw": "4", "alamat": "http://localhost"}
        with reading(city) as conn:
            name, content = city_report(conn, "16.71.LKJIP", asked, quiet)
            cards = JENIS["rapor-semua"].buat(conn, "16.71.LKJIP", asked, quiet)[1]
            forms = [JENIS[kind].buat(conn, "16.71.LKJIP", asked, quiet)[1] for kind in ("e79-xlsx", "e79-pdf")]
        assert name == f"laporan-kota-{tahun}-TW4.pdf"
        assert content.startswith(b"%PDF")
        assert cards.startswith(b"%PDF")
        assert [form[:2] for form in forms] == [b"PK", b"%P"]
