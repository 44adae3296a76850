"""Who has reported: against a naive second computation on the sample city, and on small states made by hand."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pandas as pd
import pytest
from sqlalchemy import delete, insert, select, update

from data import tables
from data.engine import reading
from data.jejak import Pelaku
from data.kalender import default_periods
from data.kiriman import withdraw
from data.putusan import accept, give_back, publish
from data.queries.kepatuhan import expected, grid, opened_quarters, rates, rates_of
from data.queries.kerajinan import improved, streaks, told
from data.queries.linimasa import accepted_values, offices, report_events, uploaders
from data.queries.pemda import coverage, reported_periods, unreported
from data.queries.terbitan import corrected, corrected_opd, is_published
from data.siklus import extend, set_duty
from data.store import Berkas, store
from data.words import JenisBerkas, Keadaan, Peran
from tests.data.test_siklus import SUB, answer, marks, plan, sent

P = "16.71"
QUARTERS = [(tahun, tw) for tahun in (2024, 2025, 2026) for tw in (1, 2, 3, 4)][:11]
NOW = datetime(2026, 11, 1, tzinfo=UTC)
BAPPEDA, OPERATOR = Pelaku("bappeda", "bappeda"), Pelaku("opr-a", "opd", "A")


def rows_of(engine, table, **where):
    with engine.connect() as conn:
        query = select(table).where(*(table.c[name] == value for name, value in where.items()))
        return [dict(row) for row in conn.execute(query).mappings()]


def naive(city):
    """(opd, tahun, tw) -> (in the house, days late), and the OPD with a plan per year; straight down, row by row."""
    reports = {
        (row["opd"], row["tahun"], row["tw"]): row["hari_terlambat"]
        for row in rows_of(city, tables.laporan, pemda=P)
        if row["keadaan"] in {"terkirim", "terverifikasi", "terbit"}
    }
    roots = {row["kode"]: row["induk"] or row["kode"] for row in rows_of(city, tables.opd, pemda=P)}
    planned = defaultdict(set)
    for row in rows_of(city, tables.node, pemda=P):
        planned[row["tahun"]].add(roots[row["opd"]])
    return reports, planned


def test_the_rates_of_the_sample_city_are_those_of_a_naive_count(city):
    reports, planned = naive(city)
    with reading(city) as conn:
        found = {(one.tahun, one.tw): one for one in rates_of(grid(conn, P, QUARTERS))}
        alone = rates(conn, P, 2026, 3)
    assert found[2026, 3] == alone
    for (tahun, tw), one in found.items():
        inside = {opd: reports[opd, tahun, tw] for opd in planned[tahun] if (opd, tahun, tw) in reports}
        on_time = sum(days == 0 for days in inside.values())
        assert (one.diharapkan, one.diterima, one.tepat_waktu) == (len(planned[tahun]), len(inside), on_time)
        assert one.persen_diterima == 100 * len(inside) / len(planned[tahun])
        assert (one.sekali_jadi, one.dinilai, one.dikoreksi) == (None, 0, 0), "no versions: nothing is claimed"
    assert (alone.diharapkan, alone.diterima, alone.tepat_waktu) == (50, 47, 44)


def test_coverage_counts_those_that_must_report_and_keeps_the_sample_citys_numbers(city):
    reports, planned = naive(city)
    with reading(city) as conn:
        for period in reported_periods(conn, P):
            at = (period.tahun, period.tw)
            found = coverage(conn, P, period)
            inside = [reports[opd, *at] for opd in planned[period.tahun] if (opd, *at) in reports]
            assert (found.diharapkan, found.diterima) == (len(planned[period.tahun]), len(inside)), at
            assert found.tepat_waktu == sum(days == 0 for days in inside)
            assert len(unreported(conn, P, period)) == found.belum
            if period.tahun >= 2024:
                assert found.diharapkan == 50, "all have a plan"


def test_streaks_and_improvement_are_those_of_a_naive_count(city):
    reports, _ = naive(city)
    last = QUARTERS[-8:]
    with reading(city) as conn:
        found = grid(conn, P, last, NOW)
    by_opd = {opd: [reports.get((opd, *quarter)) for quarter in last] for opd in set(found["opd"])}
    for row in streaks(found).to_dict("records"):
        run = 0
        while run < 8 and by_opd[row["opd"]][-1 - run] == 0:
            run += 1
        assert row["berturut"] == run
    wanted = {}
    for opd, days in by_opd.items():
        if None not in days and sum(days[4:]) < sum(days[:4]):
            wanted[opd] = (sum(days[:4]) / 4, sum(days[4:]) / 4)
    better = improved(found)
    assert {row["opd"]: (row["sebelum"], row["sesudah"]) for row in better.to_dict("records")} == wanted
    gains = [row["sesudah"] - row["sebelum"] for row in better.to_dict("records")]
    assert gains == sorted(gains)
    assert told(found) == 8


def test_grid_has_a_row_for_every_opd_and_quarter(city):
    with reading(city) as conn:
        found = grid(conn, P, QUARTERS[-2:], NOW)
        assert opened_quarters(conn, P, NOW)[-1] == (2026, 3)
        assert opened_quarters(conn, P, datetime(2027, 1, 2, tzinfo=UTC))[-1] == (2026, 4)
    assert len(found) == 100
    assert not found.duplicated(["opd", "tahun", "tw"]).any()


@pytest.fixture
def house(engine):
    """Three OPD with a plan, one without; TW III is open now and on time for a day more."""
    now = datetime.now(UTC)
    with engine.begin() as conn:
        conn.execute(insert(tables.pemda), [{"kode": P, "nama": "Kota", "contoh": False}])
        rows = default_periods(2026)
        rows[2] |= {"dibuka": now - timedelta(days=5), "tepat_waktu_sampai": now + timedelta(days=1)}
        rows[2] |= {"dikunci": now + timedelta(days=3)}
        conn.execute(insert(tables.periode), [{"pemda": P, **row} for row in rows])
        row = {"pemda": P, "sandi": "", "dibuat_pada": now, "aktif": True}
        conn.execute(insert(tables.pengguna), [row | {"nama": "bappeda", "nama_tampil": "Budi", "peran": "bappeda"}])
    for opd in ("A", "B", "C"):
        store(engine, P, Berkas("r.csv", f"{next(marks):064d}", JenisBerkas.RENJA, "uji", opd), plan(opd))
    with engine.begin() as conn:
        conn.execute(insert(tables.opd), [{"pemda": P, "kode": "Z", "nama": "Tanpa rencana"}])
        account = {"nama": "opr-a", "nama_tampil": "Siti Aminah", "peran": "opd", "opd": "A"}
        conn.execute(insert(tables.pengguna), [row | account])
    return engine


def cell(house, opd="A", now=None):
    with reading(house) as conn:
        return grid(conn, P, [(2026, 3)], now).set_index("opd").loc[opd]


def test_who_has_no_plan_is_not_expected(house):
    with reading(house) as conn:
        assert expected(conn, P, 2026, 3) == ["A", "B", "C"]
        period = next(one for one in reported_periods(conn, P) if one.tw == 1)
        assert coverage(conn, P, period).diharapkan == 3
        assert list(unreported(conn, P, period)["opd"]) == ["A", "B", "C"]
    set_duty(house, P, BAPPEDA, 2026, 1, "B", False, "baru")
    set_duty(house, P, BAPPEDA, 2026, 1, "Z", True, "tetap wajib")
    with reading(house) as conn:
        assert coverage(conn, P, period).diharapkan == 3
        assert list(unreported(conn, P, period)["opd"]) == ["A", "C", "Z"]


def test_a_report_that_waits_is_in_the_house_and_a_returned_one_is_not(house):
    first = sent(house)
    with reading(house) as conn:
        assert (rates(conn, P, 2026, 3).diterima, rates(conn, P, 2026, 3).menunggu) == (1, 1)
    give_back(house, P, BAPPEDA, first.nomor, "Angka keliru")
    with reading(house) as conn:
        found = rates(conn, P, 2026, 3)
        assert (found.diterima, found.menunggu, found.dikembalikan, found.belum) == (0, 0, 1, 3)
    assert cell(house)["lewat"] == 0
    assert cell(house, now=datetime.now(UTC) + timedelta(days=3))["lewat"] == 2


def test_the_first_try_is_told_only_of_accepted_versions(house):
    assert cell(house)["sekali_jadi"] is None
    first = sent(house)
    assert cell(house)["sekali_jadi"] is None
    give_back(house, P, BAPPEDA, first.nomor, "Angka keliru")
    accept(house, P, BAPPEDA, sent(house).nomor)
    assert cell(house)["sekali_jadi"] is False
    give_back(house, P, BAPPEDA, sent(house, muatan=answer("8")).nomor, "Bukti kurang")
    accept(house, P, BAPPEDA, sent(house, muatan=answer("9")).nomor)
    found = cell(house)
    assert (found["versi"], found["dikembalikan"], found["dikoreksi"]) == (4, 2, 1)
    with reading(house) as conn:
        assert (rates(conn, P, 2026, 3).sekali_jadi, rates(conn, P, 2026, 3).dinilai) == (0, 1)


def test_a_correction_that_comes_back_does_not_spoil_the_first_try(house):
    accept(house, P, BAPPEDA, sent(house).nomor)
    give_back(house, P, BAPPEDA, sent(house, muatan=answer("8")).nomor, "Bukti kurang")
    with reading(house) as conn:
        assert (rates(conn, P, 2026, 3).sekali_jadi, rates(conn, P, 2026, 3).diterima) == (1, 1)


def test_an_extension_that_was_needed_is_told_from_one_that_was_not(house):
    now = datetime.now(UTC)
    accept(house, P, BAPPEDA, sent(house).nomor)
    extend(house, P, BAPPEDA, 2026, 3, "A", now + timedelta(days=9), "peladen mati")
    assert (cell(house)["diperpanjang"], cell(house)["tertolong"]) == (True, False)
    lap = tables.laporan
    with house.begin() as conn:
        conn.execute(update(lap).where(lap.c.opd == "A").values(diterima_pada=now + timedelta(days=2)))
    assert cell(house)["tertolong"]
    assert not cell(house, "B")["diperpanjang"]
    extend(house, P, BAPPEDA, 2026, 3, "", now + timedelta(days=4), "listrik")
    assert cell(house, "B")["batas"] == now + timedelta(days=4)
    assert cell(house, "A")["batas"] == now + timedelta(days=9), "the longer one holds"


def test_nihil_and_late_are_told(house):
    now = datetime.now(UTC)
    row = {"pemda": P, "tahun": 2026, "tw": 3, "keadaan": Keadaan.TERVERIFIKASI.value, "diterima_pada": now}
    with house.begin() as conn:
        conn.execute(insert(tables.laporan), [row | {"opd": "A", "nihil": True, "hari_terlambat": 0}])
        conn.execute(insert(tables.laporan), [row | {"opd": "B", "nihil": False, "hari_terlambat": 4}])
    with reading(house) as conn:
        found = rates(conn, P, 2026, 3)
    assert (found.diterima, found.tepat_waktu, found.terlambat) == (2, 1, 1)
    assert (cell(house)["nihil"], cell(house, "B")["hari_terlambat"]) == (True, 4)


def made_grid(days, opd="A", lewat=0):
    """A grid of one OPD from its days late per quarter; None for a report that is not in."""
    rows = [
        {"opd": opd, "nama": opd, "singkat": "", "tahun": 2024 + place // 4, "tw": place % 4 + 1, "wajib": True}
        | {"keadaan": None if late is None else "terbit", "hari_terlambat": late, "lewat": lewat}
        for place, late in enumerate(days)
    ]
    return pd.DataFrame(rows, dtype=object)


@pytest.mark.parametrize(
    ("days", "lewat", "run"),
    [([0] * 8, 0, 8), ([0, 0, 1, 0, 0], 0, 2), ([0, 0, 3], 0, 0), ([0, 0, None], 0, 2), ([0, 0, None], 5, 0)],
)
def test_a_streak_ends_with_a_late_or_missing_report(days, lewat, run):
    assert list(streaks(made_grid(days, lewat=lewat))["berturut"]) == [run]


@pytest.mark.parametrize(
    ("days", "gain"),
    [
        ([8, 4, 0, 0, 1, 0, 0, 0], [(3.0, 0.25)]),
        ([0, 0, 0, 0, 1, 0, 0, 0], []),
        ([8, None, 0, 0, 0, 0, 0, 0], []),
        ([8, 4, 0, 0, 0, 0, 0], []),
        ([9, 8, 4, 0, 0, 1, 0, 0, 0], [(3.0, 0.25)]),
        ([8, 4, 0, 0, 1, 0, 0, 0, None], [(3.0, 0.25)]),
    ],
)
def test_improvement_needs_eight_reports(days, gain):
    found = improved(made_grid(days))
    assert list(zip(found["sebelum"], found["sesudah"], strict=True)) == gain


def test_nothing_is_made_of_an_empty_grid():
    empty = made_grid([])
    for name in ("opd", "tahun", "tw"):
        empty[name] = []
    assert (len(streaks(empty)), len(improved(empty)), told(empty)) == (0, 0, 0)


def test_the_timeline_of_a_report_from_opening_to_correction(house):
    first = sent(house)
    give_back(house, P, BAPPEDA, first.nomor, "Angka keliru")
    accept(house, P, BAPPEDA, sent(house).nomor)
    publish(house, P, BAPPEDA, 2026, 3)
    accept(house, P, BAPPEDA, sent(house, muatan=answer("8")).nomor)
    with reading(house) as conn:
        found = report_events(conn, P, 2026, 3, "A")
    steps = ["dibuka", "dikirim", "dikembalikan", "dikirim_lagi", "diterima", "terbit", "dikirim_lagi", "dikoreksi"]
    assert list(found["kejadian"]) == steps
    assert list(found["versi"].dropna()) == [1, 1, 2, 2, 3, 3]
    assert found["teks"].iloc[2] == "Angka keliru"
    assert list(found["waktu"]) == sorted(found["waktu"])
    assert set(found["kantor"].dropna()) == {"Dinas A", "Bappeda"}, "offices, never the names of persons"


def test_the_timeline_tells_of_a_withdrawal_and_an_extension(house):
    from data.kiriman import Alamat

    extend(house, P, BAPPEDA, 2026, 3, "A", datetime.now(UTC) + timedelta(days=9), "peladen mati")
    withdraw(house, P, OPERATOR, Alamat(2026, 3, "A"), sent(house).nomor)
    with reading(house) as conn:
        found = report_events(conn, P, 2026, 3, "A")
    assert list(found["kejadian"]) == ["dibuka", "perpanjangan", "dikirim", "ditarik"]
    assert found["waktu"].notna().all()


def test_a_report_without_versions_tells_what_is_known(city):
    lap = rows_of(city, tables.laporan, pemda=P, tahun=2026, tw=2)[0]
    with reading(city) as conn:
        found = report_events(conn, P, 2026, 2, lap["opd"])
    assert list(found["kejadian"]) == ["dibuka", "dikirim", "diterima", "terbit"]
    assert found["versi"].isna().all()
    assert found["waktu"].iloc[-1] is None, "when it was published nobody wrote down"


def test_what_was_published_is_compared_at_the_precision_shown(house):
    accept(house, P, BAPPEDA, sent(house).nomor)
    with reading(house) as conn:
        assert not is_published(conn, P, 2026, 3)
        assert corrected(conn, P, 2026, 3).empty
    publish(house, P, BAPPEDA, 2026, 3)
    with reading(house) as conn:
        assert is_published(conn, P, 2026, 3)
        assert corrected(conn, P, 2026, 3).empty
    accept(house, P, BAPPEDA, sent(house, muatan=answer("8")).nomor)
    with reading(house) as conn:
        found = corrected(conn, P, 2026, 3)
        only = corrected_opd(conn, P, 2026, 3)
    assert set(found["level"]) == {"pemda", "opd", "program"}
    assert {(row.semula, row.kini) for row in found.itertuples()} == {(Decimal(50), Decimal(80))}
    assert list(only["opd"]) == ["A"]
    t = tables.terbitan
    with house.begin() as conn:
        conn.execute(update(t).values(capaian=Decimal("80.04")))
    with reading(house) as conn:
        assert corrected(conn, P, 2026, 3).empty
        assert len(corrected(conn, P, 2026, 3, 2)) == 3
    with house.begin() as conn:
        conn.execute(update(t).values(capaian=None))
    with reading(house) as conn:
        assert len(corrected(conn, P, 2026, 3)) == 3, "it had no figure then"
    with house.begin() as conn:
        conn.execute(delete(t))
    with reading(house) as conn:
        assert corrected(conn, P, 2026, 3).empty


def test_accepted_values_keep_their_history(house):
    accept(house, P, BAPPEDA, sent(house).nomor)
    give_back(house, P, BAPPEDA, sent(house, muatan=answer("7")).nomor, "Bukti kurang")
    accept(house, P, BAPPEDA, sent(house, muatan=answer("8")).nomor)
    accept(house, P, BAPPEDA, sent(house, muatan=answer("8", rupiah=200)).nomor)
    with reading(house) as conn:
        found = accepted_values(conn, P, 2026, "A", "A", f"{SUB}#1")
        assert accepted_values(conn, P, 2026, "B", "B", f"{SUB}#1").empty
    assert list(zip(found["lama"], found["baru"], strict=True)) == [(None, "5"), ("5", "8")]
    assert (set(found["periode"]), set(found["kantor"])) == ({3}, {"Dinas A"})
    assert found["waktu"].notna().all()


def test_offices_not_persons(house):
    with reading(house) as conn:
        assert offices(conn, P, {"opr-a", "bappeda", "hantu"}) == {"opr-a": "Dinas A", "bappeda": "Bappeda"}


def test_the_uploaders_office_is_found_by_account_else_by_the_file(city):
    newest = max(row["nomor"] for row in rows_of(city, tables.unggahan, pemda=P, jenis="realisasi-tw"))
    (row,) = rows_of(city, tables.unggahan, pemda=P, nomor=newest)
    (opd,) = rows_of(city, tables.opd, pemda=P, kode=row["opd"])
    with reading(city) as conn:
        assert uploaders(conn, P, [newest]) == {newest: opd["nama"]}
        plans = rows_of(city, tables.unggahan, pemda=P, jenis="renja")
        assert uploaders(conn, P, [plans[0]["nomor"]]) == {plans[0]["nomor"]: "Bappeda"}
    assert Peran.BAPPEDA == "bappeda"
