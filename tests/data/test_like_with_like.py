"""Cases a harsh reader found: each number compared with its like, and every sequence of stores equal to a rebuild."""

from datetime import UTC, datetime
from decimal import Decimal
from itertools import count

import pytest
from sqlalchemy import insert, select

from data import tables
from data.errors import LoadError, SettingsError
from data.rollups import ALL, rebuild
from data.store import Berkas, Muatan, store
from data.words import JenisBerkas

P, AT = "16.71", {"tahun": 2026, "opd": "A"}
SUBS = ("1.01.02.2.01.0001", "1.01.02.2.01.0002")
marks = count()


@pytest.fixture
def city_a(sqlite_engine):
    with sqlite_engine.begin() as conn:
        conn.execute(insert(tables.pemda), [{"kode": P, "nama": "Kota", "contoh": False}])
    return sqlite_engine


def put(engine, **parts):
    berkas = Berkas("x.csv", f"{next(marks):064d}", JenisBerkas.INDIKATOR, "uji")
    return store(engine, P, berkas, Muatan(**parts))


def plan(engine, akumulasi="jumlah", targets=(), pagu=(1000, 1000)):
    node = {**AT, "baris": 2}
    put(
        engine,
        opd=[{"kode": "A", "nama": "A"}],
        node=[
            {**node, "kode": "1.01.02", "level": "program", "induk": None, "nama": "P"},
            {**node, "kode": "1.01.02.2.01", "level": "kegiatan", "induk": "1.01.02", "nama": "K"},
            *(
                {**node, "kode": kode, "level": "sub_kegiatan", "induk": "1.01.02.2.01", "nama": kode, "pagu": rupiah}
                for kode, rupiah in zip(SUBS, pagu, strict=True)
            ),
        ],
        indikator=[
            {**node, "kode": "i", "node": SUBS[0], "nama": "i", "arah": "naik", "akumulasi": akumulasi},
        ],
        target=[value(period, number) for period, number in dict(targets).items()],
    )


def value(period, number):
    return {**AT, "indikator": "i", "periode": period, "nilai": Decimal(number), "asli": str(number), "baris": 2}


def report(engine, *quarters, keadaan="terverifikasi", values=()):
    put(
        engine,
        laporan=[{**AT, "tw": tw, "keadaan": keadaan, "diterima_pada": datetime.now(UTC)} for tw in quarters],
        realisasi=[value(period, number) for period, number in dict(values).items()],
    )


def money(engine, rows):
    put(engine, keuangan=[{**AT, "node": SUBS[n], "bulan": bulan, "baris": 2, **rest} for n, bulan, rest in rows])


def standing(engine, tw):
    r = tables.rollup_indikator.c
    with engine.connect() as conn:
        return conn.execute(select(r.status, r.capaian).where(r.pemda == P, r.tw == tw)).one()


def curve(engine, bulan, level="opd"):
    u = tables.rollup_uang
    with engine.connect() as conn:
        return conn.execute(select(u).where(u.c.pemda == P, u.c.bulan == bulan, u.c.level == level)).one()


def test_a_mean_compares_the_same_quarters(city_a):
    plan(city_a, "rata_rata", {1: 10, 2: 100})
    report(city_a, 1, 2, values={2: 100})
    assert standing(city_a, 1).status == "belum_lapor"
    assert tuple(standing(city_a, 2)) == ("tercapai", 100)


@pytest.mark.parametrize("akumulasi", ["jumlah", "terakhir"])
def test_with_only_a_years_target_the_fourth_quarter_must_be_answered(city_a, akumulasi):
    plan(city_a, akumulasi, {0: 100})
    report(city_a, 1, 2, 3, 4, values={1: 10})
    assert tuple(standing(city_a, 4)) == ("belum_lapor", None)


def test_the_last_value_must_be_as_new_as_the_last_target(city_a):
    plan(city_a, "terakhir", {1: 10, 2: 50})
    report(city_a, 1, 2, 3, values={1: 10})
    assert standing(city_a, 3).status == "belum_lapor"


def test_a_returned_report_does_not_count(city_a):
    plan(city_a, "jumlah", {1: 10, 2: 10})
    report(city_a, 1, keadaan="dikembalikan", values={1: 1000})
    report(city_a, 2, values={2: 10})
    assert standing(city_a, 2).status == "belum_lapor"


def test_fisik_is_compared_with_the_plan_of_the_same_sub_kegiatan(city_a):
    plan(city_a)
    zero = Decimal(0)
    money(city_a, [(0, 1, {"realisasi": 1, "fisik": Decimal(50), "fisik_rencana": Decimal(50)})])
    money(city_a, [(1, 1, {"fisik": zero, "fisik_rencana": zero})])
    row = curve(city_a, 1)
    assert (row.fisik, row.fisik_rencana) == (50, 50)


def test_a_plan_that_only_some_have_is_no_plan(city_a):
    plan(city_a)
    money(city_a, [(0, 1, {"realisasi": 1, "rak": 500}), (1, 1, {"realisasi": 1})])
    assert (curve(city_a, 1).rak, curve(city_a, 1).rak_lapor) == (None, None)


def test_cumulative_money_does_not_fall_when_a_row_is_missing(city_a):
    plan(city_a)
    money(city_a, [(0, 1, {"realisasi": 10}), (1, 1, {"realisasi": 800}), (0, 2, {"realisasi": 20})])
    assert [curve(city_a, bulan).realisasi for bulan in (1, 2, 3)] == [810, 830, None]


def test_every_sequence_of_stores_equals_a_rebuild(city_a):
    plan(city_a, "jumlah", {1: 10, 2: 10})
    steps = [
        lambda: report(city_a, 1, 2, values={1: 5, 2: 10}),
        lambda: money(city_a, [(0, 3, {"pagu": 4000, "realisasi": 10, "rak": 5}), (1, 3, {"realisasi": 1})]),
        lambda: money(city_a, [(0, 3, {"pagu": None, "realisasi": 10})]),
        lambda: report(city_a, 1, keadaan="dikembalikan"),
        lambda: put(city_a, opd=[{"kode": "B", "nama": "B"}]),
        lambda: put(city_a, opd=[{"kode": "A", "nama": "A", "induk": "B"}]),
        lambda: put(city_a, opd=[{"kode": "C", "nama": "C"}, {"kode": "B", "nama": "B", "induk": "C"}]),
        lambda: put(city_a, target=[value(1, 7)]),
    ]
    for step in steps:
        step()
        with city_a.begin() as conn:
            before = [sorted(map(repr, conn.execute(select(table)))) for table in ALL]
            rebuild(conn, P)
            assert [sorted(map(repr, conn.execute(select(table)))) for table in ALL] == before


def test_a_unit_may_not_be_its_own_parent(city_a):
    plan(city_a)
    put(city_a, opd=[{"kode": "B", "nama": "B", "induk": "A"}])
    with pytest.raises(LoadError, match="dirinya sendiri"):
        put(city_a, opd=[{"kode": "A", "nama": "A", "induk": "B"}])


def test_undo_across_kinds_of_file(city_a):
    plan(city_a, "jumlah", {1: 10})

    def submit(mark, jenis, number):
        berkas = Berkas("x.csv", mark * 64, jenis, "uji", opd="A", tahun=2026, tw=1)
        return store(city_a, P, berkas, Muatan(realisasi=[value(1, number)]))

    submit("a", JenisBerkas.INDIKATOR, 5)
    submit("b", JenisBerkas.REALISASI_TW, 9)
    assert not submit("a", JenisBerkas.INDIKATOR, 5).sudah_ada
    assert submit("a", JenisBerkas.INDIKATOR, 5).sudah_ada


@pytest.mark.parametrize("nilai", ["NaN", "Infinity", "-5", "seratus"])
def test_a_rule_must_make_sense(nilai):
    from data.aturan import parse

    with pytest.raises(SettingsError):
        parse("batas_rata_rata", nilai)
    with pytest.raises(SettingsError):
        parse("ambang_terburuk", nilai)
