"""The card of one OPD: one page whatever its names are, the numbers of its page, a rank among its like only."""

from dataclasses import replace
from decimal import Decimal

import pytest

from data.engine import reading
from data.errors import NotFoundError
from data.queries.indikator import indicators_of_opd
from data.queries.kinerja import family, nodes_of_level
from data.words import Level, Status
from pages.parts import formats as fmt
from pages.parts import headline
from reports import rapor as printing
from reports import rapor_isi as isi
from reports.bahan import read_basis, records
from reports.cetak import pages_of
from reports.rapor import all_cards, opd_card

P, SITE = "16.71", {"alamat": "https://emonev.contoh.go.id"}
PUPR = "1.03.0.00.0.00.01.0000"


@pytest.fixture(scope="module")
def basis(city):
    with reading(city) as conn:
        yield read_basis(conn, P, {"tahun": "2026", "tw": "3"})


@pytest.fixture(scope="module")
def reports(city, basis):
    with reading(city) as conn:
        return isi.all_reports(conn, basis)


def card(city, basis, reports, opd=PUPR, muat=isi.FITS[0]):
    with reading(city) as conn:
        return isi.card(conn, basis, opd, reports, SITE["alamat"], muat)


def test_one_page_for_every_opd(city, basis, record_property):
    steps = []
    with reading(city) as conn:
        name, content = all_cards(conn, P, {"tahun": "2026", "tw": "3", **SITE}, lambda *told: steps.append(told[0]))
    assert name == "rapor-semua-opd-2026-TW3.pdf"
    assert pages_of(content) == len(basis.standings) == 50
    assert steps == sorted(steps)


@pytest.mark.parametrize("tw", ["1", "2", "3"])
def test_one_page_for_the_longest_names(city, basis, tw):
    longest = sorted(basis.standings, key=lambda row: -len(row["nama"]))[:2]
    for row in [*longest, next(row for row in basis.standings if row["status"] == Status.BELUM_LAPOR)]:
        with reading(city) as conn:
            name, content = opd_card(conn, P, row["opd"], {"tahun": "2026", "tw": tw, **SITE})
        assert pages_of(content) == 1
        assert name.startswith("rapor-")
        assert name.isascii()


def test_one_page_even_for_words_nobody_has_seen(city, basis, reports):
    """Each text as long as its limit and its column allow: the tightest form still takes it."""
    full = card(city, basis, reports)
    row = full["program"][0]
    pages = []
    for muat in isi.FITS:
        words = "kata panjang " * 60
        made = full | {
            "nama": ("Badan " + "Perencanaan Pembangunan " * 8)[:200],
            "program": [row | {"nama": isi.shortened(words, muat.nama)}] * muat.program,
            "terburuk": [
                full["terburuk"][0]
                | {"nama": isi.shortened(words, 2 * muat.nama)}
                | dict.fromkeys(("satuan", "target", "realisasi"), "x" * 30)
                | dict.fromkeys(("kendala", "lanjut"), isi.shortened(words, muat.kata))
            ]
            * 3,
            "tanggapan": isi.shortened(words, 2 * muat.kata),
        }
        pages.append(pages_of(printing._printed(basis, [made])))
    assert pages[0] > 1
    assert pages[-1] == 1


def test_numbers_are_those_of_the_page(city, basis, reports):
    found, rules = card(city, basis, reports), basis.aturan
    row = next(one for one in basis.standings if one["opd"] == PUPR)
    assert found["kalimat"] == headline.opd_sentence(row, 2026, 3)
    assert found["angka"][0]["teks"] == fmt.percent(row["capaian"])
    assert found["angka"][1]["teks"] == fmt.percent(row["serapan"])
    with reading(city) as conn:
        opds = family(conn, P, PUPR)
        nodes = records(nodes_of_level(conn, P, 2026, 3, opds, [Level.PROGRAM], rules))
        indicators = records(indicators_of_opd(conn, P, 2026, 3, opds, rules, only_public=False))
    assert len(found["program"]) == min(len(nodes), isi.FITS[0].program)
    lowest = min(node["deviasi"] for node in nodes if node["deviasi"] is not None)
    assert found["program"][0]["deviasi"] == fmt.points(lowest)
    worst = sorted(one["capaian"] for one in indicators if one["capaian"] is not None)[:3]
    assert [one["capaian"] for one in found["terburuk"]] == [fmt.percent(one) for one in worst]
    assert found["tren"][-1]["teks"] == fmt.points(row["deviasi"])


def test_rank_is_among_its_like(basis):
    for row in basis.standings:
        found = isi.rank(row, basis.standings)
        like = [one for one in basis.standings if one["jenis"] == row["jenis"] and one["capaian"] is not None]
        if row["capaian"] is None or len(like) < 3:
            assert found["teks"] == "–"
            continue
        better = sum(round(one["capaian"], 1) > round(row["capaian"], 1) for one in like)
        assert found["teks"] == f"{better + 1} dari {len(like)}"


def test_ties_share_a_place():
    rows = [{"jenis": "dinas", "capaian": Decimal(one)} for one in (100, 100, 90)]
    assert isi.rank(rows[1], rows) == {
        "teks": "1 dari 3",
        "catatan": "menurut capaian, di antara dinas, bersama 1 lainnya",
    }
    assert isi.rank(rows[2], rows)["teks"] == "3 dari 3"


def test_punctuality_counts_what_had_to_come(city, basis, reports):
    own = [row for row in reports if row["opd"] == PUPR]
    late = sum(bool(row["hari_terlambat"]) for row in own)
    told = dict(isi.punctuality(own, basis))
    assert told["Tepat waktu"] == f"{8 - late} dari 8 triwulan"
    assert told["Diterima tanpa dikembalikan"] == "belum tercatat"


def test_a_silent_opd_claims_nothing(city, basis, reports):
    silent = next(row["opd"] for row in basis.standings if row["status"] == Status.BELUM_LAPOR)
    found = card(city, basis, reports, silent)
    assert {one["teks"] for one in found["angka"]} == {"–"}
    assert found["tanpa_terburuk"] == isi.NOT_YET
    assert found["peringkat"]["teks"] == "–"


def test_the_address_leads_to_the_public_page(city, basis, reports):
    found = card(city, basis, reports)
    assert found["alamat"] == f"https://emonev.contoh.go.id/opd/{PUPR}?tahun=2026&tw=3"
    assert found["qr"].startswith("<svg")


def test_an_opd_that_is_none(city):
    with reading(city) as conn, pytest.raises(NotFoundError):
        opd_card(conn, P, "tidak-ada", SITE)


def test_the_same_card_is_the_same_file(city, basis, reports):
    made = [printing._printed(replace(basis), [card(city, basis, reports)]) for _ in range(2)]
    assert made[0] == made[1]
