"""Comparisons: each against a naive second computation in fractions, on a small city made by hand and on the sample."""

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from sqlalchemy import insert, select

from data import tables
from data.engine import reading
from data.formulas.sebaran import kuartil, peringkat
from data.formulas.sumbangan import sumbangan
from data.queries.perbandingan import changes, city_contributions, contributions, distribution, quarter_before
from data.types import quantize_percent

P = "16.71"
NOW, BEFORE = (2026, 1), (2025, 4)
# OPD → (induk, jenis, capaian now, capaian before)
OPD = {
    "A": (None, "dinas", "70.5", "80"),
    "B": (None, "dinas", None, "90"),
    "C": (None, "dinas", "100", "100"),
    "D": (None, "badan", "100", None),
    "A1": ("A", "dinas", "61", "61"),
    "E": (None, "dinas", "95.0000000001", "94"),
}
# (OPD, program) → capaian now, capaian before
PROGRAM = {
    ("A", "1.01.02"): ("33.3333333333", "40"),
    ("A", "1.01.03"): ("100", "100"),
    ("A1", "1.01.02"): ("61", None),
    ("A", "1.01.04"): (None, "90"),
    ("B", "1.02.02"): ("88", "88"),
    ("C", "1.01.02"): ("100", "100"),
}


def number(text):
    return None if text is None else Decimal(text)


def row(at, level, opd, kode, capaian):
    value = number(capaian)
    status = "belum_lapor" if value is None else "tercapai" if value >= 100 else "perhatian"
    counts = dict.fromkeys(("jumlah_indikator", "dihitung", "tanpa_target", "belum_lapor", "nihil"), 0)
    place = {"pemda": P, "tahun": at[0], "tw": at[1], "level": level, "opd": opd, "kode": kode, "induk": None}
    return {**place, **counts, "capaian": value, "status": status, "pagu": 1000}


@pytest.fixture
def small(engine):
    """Six OPD, one of them a unit, in two triwulan of two years; figures set by hand."""
    nodes = [(opd, kode, "program") for opd, kode in PROGRAM]
    nodes += [("C", "S1", "sasaran"), ("A", "1.01", "bidang"), ("A1", "1.02", "bidang"), ("C", "1.01", "bidang")]
    upload = {"pemda": P, "nomor": 1, "nama_berkas": "r.csv", "sha256": "0" * 64, "jenis": "renja", "oleh": "uji"}
    made = [row(at, "opd", opd, "", figures[place]) for opd, (_, _, *figures) in OPD.items() for place, at in _at()]
    made += [row(at, "program", *key, figures[place]) for key, figures in PROGRAM.items() for place, at in _at()]
    made += [row(NOW, "sasaran", "C", "S1", "50")]
    with engine.begin() as conn:
        conn.execute(insert(tables.pemda), [{"kode": P, "nama": "Kota", "contoh": False}])
        conn.execute(insert(tables.unggahan), [{**upload, "dimuat_pada": datetime.now(UTC)}])
        conn.execute(
            insert(tables.opd),
            [
                {"pemda": P, "kode": kode, "nama": f"OPD {kode}", "jenis": jenis, "induk": induk, "urutan": place}
                for place, (kode, (induk, jenis, *_)) in enumerate(OPD.items())
            ],
        )
        plan = [
            {"pemda": P, "tahun": tahun, "opd": opd, "kode": kode, "level": level, "nama": f"Program {kode}"}
            for tahun in (2025, 2026)
            for opd, kode, level in nodes
        ]
        conn.execute(insert(tables.node), [{**node, "unggahan": 1, "baris": 1} for node in plan])
        conn.execute(insert(tables.rollup_kinerja), made)
    return engine


def _at():
    return ((0, NOW), (1, BEFORE))


def by(found, *names):
    return {tuple(one[name] for name in names): one for one in found.to_dict("records")}


def test_the_parts_of_an_opd_are_its_own_and_its_units_programs(small):
    with reading(small) as conn:
        found = contributions(conn, P, *NOW, "A")
    values = [Fraction(value) for value in ("33.3333333333", "100", "61")]
    exact = [(value - 100) / 3 for value in values]
    parts = {key: one["sumbangan"] for key, one in by(found, "opd", "kode").items()}
    assert set(parts) == {key for key in PROGRAM if key[0] in ("A", "A1")}
    assert parts["A", "1.01.04"] is None
    known = [parts["A", "1.01.02"], parts["A", "1.01.03"], parts["A1", "1.01.02"]]
    assert all(abs(Fraction(part) - true) <= Fraction(2, 10**10) for part, true in zip(known, exact, strict=True))
    mean = sum(values) / 3
    assert sum(known) == quantize_percent(Decimal(mean.numerator) / mean.denominator) - 100
    assert [one is None for one in found["sumbangan"]] == [False, False, False, True], "those without a value are last"
    assert list(found["sumbangan"][:3]) == sorted(known), "worst first"


def test_a_unit_is_made_of_its_own_programs_only(small):
    with reading(small) as conn:
        found = contributions(conn, P, *NOW, "A1")
    assert list(zip(found["opd"], found["kode"], found["sumbangan"], strict=True)) == [("A1", "1.01.02", Decimal(-39))]


def test_an_opd_that_did_not_report_has_parts_without_numbers(small):
    with reading(small) as conn:
        silent, unknown = (contributions(conn, P, *NOW, opd) for opd in ("B", "Z"))
    assert list(silent["kode"]) == ["1.02.02"]
    assert list(silent["sumbangan"]) == [None]
    assert len(unknown) == 0


def test_the_city_is_made_of_its_opd_and_not_of_units(small):
    with reading(small) as conn:
        found = by(city_contributions(conn, P, *NOW), "opd")
    assert set(found) == {("A",), ("B",), ("C",), ("D",), ("E",)}
    known = [one["sumbangan"] for one in found.values() if one["sumbangan"] is not None]
    mean = sum(Fraction(value) for value in ("70.5", "100", "100", "95.0000000001")) / 4
    assert sum(known) == quantize_percent(Decimal(mean.numerator) / mean.denominator) - 100
    assert found["A",]["sumbangan"] == Decimal("-7.375")


def test_changes_compare_what_stood_in_both(small):
    with reading(small) as conn:
        found = changes(conn, P, NOW, BEFORE)
        programs = changes(conn, P, NOW, BEFORE, ["A", "A1"])
    assert list(found["opd"]) == ["A", "E", "C", "B", "D"]
    moved = by(found, "opd")
    assert {key[0]: one["perubahan"] for key, one in moved.items()} == {
        "A": Decimal("-9.5"),
        "E": Decimal("1.0000000001"),
        "C": 0,
        "B": None,
        "D": None,
    }
    assert (moved["B",]["capaian_lalu"], moved["B",]["status"]) == (90, "belum_lapor")
    moved = by(programs, "opd", "kode")
    assert moved["A", "1.01.02"]["perubahan"] == Decimal("-6.6666666667")
    assert (moved["A1", "1.01.02"]["perubahan"], moved["A", "1.01.04"]["perubahan"]) == (None, None)
    assert quarter_before(*NOW) == BEFORE
    assert quarter_before(2026, 3) == (2026, 2)


def test_what_stood_only_once_is_kept_with_its_gap(small):
    with reading(small) as conn:
        found = changes(conn, P, NOW, (2024, 4))
    assert set(found["opd"]) == {"A", "B", "C", "D", "E"}
    assert set(found["status_lalu"]) == set(found["perubahan"]) == {None}
    with reading(small) as conn:
        assert len(changes(conn, P, (2023, 2), (2023, 1))) == 0


def test_a_group_is_its_kind_or_its_urusan(small):
    with reading(small) as conn:
        kind, urusan, both, none = (
            distribution(conn, P, *NOW, **group)
            for group in ({"jenis": "dinas"}, {"urusan": "1.02"}, {"jenis": "badan", "urusan": "1.01"}, {"jenis": "x"})
        )
    assert list(kind["opd"]) == ["A", "E", "C", "B"], "lowest first, the missing last"
    assert list(kind["peringkat"]) == [1, 2, 3, None]
    assert set(kind["dari"]) == {3}
    assert list(urusan["opd"]) == ["A"], "a unit's urusan is its OPD's"
    assert len(both) == len(none) == 0
    assert kind["median"][0] == Decimal("95.0000000001")


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 8, 21])
def test_quartiles_and_places_equal_a_naive_count(count):
    values = [Decimal((at * 37) % 11) for at in range(count)]
    ordered = sorted(Fraction(value) for value in values)
    for part, found in zip((1, 2, 3), kuartil(values), strict=True):
        place = Fraction(part * (count - 1), 4)
        low = place.numerator // place.denominator
        high = min(low + 1, count - 1)
        assert Fraction(found) == ordered[low] + (ordered[high] - ordered[low]) * (place - low)
    assert peringkat(values) == [1 + sum(other < value for other in values) for value in values]


def test_nothing_has_no_quartiles_and_no_parts():
    assert kuartil([]) == (None, None, None)
    assert peringkat([None]) == sumbangan([None]) == [None]
    assert sumbangan([]) == []


@pytest.mark.parametrize("count", [1, 3, 7, 11])
def test_parts_always_make_the_whole(count):
    values = [Decimal(at) * Decimal("13.3333333333") % 120 for at in range(count)]
    mean = quantize_percent(sum(values) / count)
    assert sum(sumbangan(values)) == mean - 100


def test_in_the_sample_city_every_sum_is_the_stored_deviasi(city):
    k = tables.rollup_kinerja.c
    with reading(city) as conn:
        query = select(k.opd, k.capaian).where(k.pemda == P, k.tahun == 2026, k.tw == 3, k.level == "opd")
        stored = {row.opd: row.capaian for row in conn.execute(query)}
        whole = conn.execute(select(k.capaian).where(k.pemda == P, k.tahun == 2026, k.tw == 3, k.level == "pemda"))
        of_city = [part for part in city_contributions(conn, P, 2026, 3)["sumbangan"] if part is not None]
        assert sum(of_city) == whole.scalar() - 100
        for opd, capaian in stored.items():
            parts = [part for part in contributions(conn, P, 2026, 3, opd)["sumbangan"] if part is not None]
            assert (sum(parts) == capaian - 100) if capaian is not None else parts == [], opd
