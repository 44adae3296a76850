"""The sample city: repeatable, as large as a real one, and telling the stories it should."""

import re
from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from statistics import median

import pytest
from sqlalchemy import Engine, create_engine, func, select

from data import tables
from data.contoh import Kota, generate, put
from data.contoh.bacaan import read_nomenklatur, read_opd
from data.contoh.besar import copy_pemda
from data.contoh.nama import slug
from data.formulas.capaian import naik, turun
from data.words import Arah, Keadaan, Level, Status

SUB_KEGIATAN = re.compile(r"^\d\.\d\d\.\d\d\.\d\.\d\d\.\d{4}$")
KODE_OPD = re.compile(r"^\d\.\d\d\.\d\.\d\d\.\d\.\d\d\.\d\d\.\d{4}$")
MERAH = {
    "Dinas PUPR": -18,
    "Dinas Perumahan Rakyat": -17,
    "Dinas Perhubungan": -16,
    "Dinas Penanggulangan Bencana dan Kebakaran": -13,
    "Dinas Perdagangan": -13,
    "Kecamatan Gandus": -21,
    "Dinas Pariwisata": -12,
}
BELUM = {"Kecamatan Seberang Ulu I", "Dinas Kebudayaan", "Kecamatan Sematang Borang"}


@pytest.fixture(scope="module")
def kota() -> Kota:
    return generate()


@pytest.fixture(scope="module")
def stored() -> Engine:
    """The year 2026 alone, stored with its rollups."""
    engine = create_engine("sqlite://")
    tables.metadata.create_all(engine)
    put(engine, generate(tahun=[2026]))
    return engine


def code_of(singkat: str) -> str:
    return next(opd.kode for opd in read_opd() if opd.singkat == singkat)


def quarter_status(engine: Engine, tw: int) -> dict[str, tuple[Decimal | None, str]]:
    k, o = tables.rollup_kinerja.c, tables.opd.c
    query = (
        select(o.singkat, k.capaian, k.status)
        .join(tables.opd, (o.pemda == k.pemda) & (o.kode == k.opd))
        .where(k.level == Level.OPD.value, k.tw == tw, o.induk.is_(None))
    )
    with engine.connect() as conn:
        return {row.singkat: (row.capaian, row.status) for row in conn.execute(query)}


def test_equal_arguments_give_equal_cities(kota: Kota) -> None:
    assert generate().berkas == kota.berkas


def test_has_50_opd_of_which_18_kecamatan(kota: Kota) -> None:
    top = [row for row in kota.rows("opd") if row["induk"] is None]
    assert len(top) == 50
    assert Counter(row["jenis"] for row in top)["kecamatan"] == 18
    assert len({row["singkat"] for row in top}) == 50


def test_units_belong_to_an_opd_and_hold_nodes(kota: Kota) -> None:
    units = {row["kode"]: row["induk"] for row in kota.rows("opd") if row["induk"]}
    assert set(units.values()) == {code_of("Dinas Kesehatan"), code_of("Setda")}
    assert set(units) <= {row["opd"] for row in kota.rows("node")}


@pytest.mark.parametrize("tahun", [2024, 2025, 2026])
def test_a_year_is_as_large_as_a_real_city(kota: Kota, tahun: int) -> None:
    subs = [row for row in kota.rows("node") if row["tahun"] == tahun and row["level"] == Level.SUB_KEGIATAN]
    indikator = [row for row in kota.rows("indikator") if row["tahun"] == tahun]
    assert 1900 <= len(subs) <= 2300
    assert 2800 <= len(indikator) <= 3400
    assert 4_700_000_000_000 <= sum(row["pagu"] for row in subs) <= 5_500_000_000_000


def test_the_three_largest_budgets(kota: Kota) -> None:
    pagu: Counter[str] = Counter()
    for row in kota.rows("node"):
        pagu[row["opd"]] += row["pagu"] or 0 if row["tahun"] == 2026 else 0
    largest = [code for code, _ in pagu.most_common(3)]
    assert largest == [code_of("Dinas Pendidikan"), code_of("Dinas PUPR"), code_of("Dinas Kesehatan")]


def test_codes_are_text_of_the_national_shape(kota: Kota) -> None:
    assert all(len(row["kode"]) == 22 and KODE_OPD.match(row["kode"]) for row in kota.rows("opd"))
    subs = [row["kode"] for row in kota.rows("node") if row["level"] == Level.SUB_KEGIATAN]
    assert all(SUB_KEGIATAN.match(code) for code in subs)


def test_every_node_has_its_parent_and_only_sub_kegiatan_have_pagu(kota: Kota) -> None:
    nodes = {(row["tahun"], row["opd"], row["kode"]) for row in kota.rows("node")}
    for row in kota.rows("node"):
        assert row["induk"] is None or (row["tahun"], row["opd"], row["induk"]) in nodes
        assert (row["induk"] is None) == (row["level"] in {Level.URUSAN, Level.SASARAN})
        assert (row["pagu"] is not None) == (row["level"] == Level.SUB_KEGIATAN)


def test_every_value_belongs_to_something_planned(kota: Kota) -> None:
    nodes = {(row["tahun"], row["opd"], row["kode"]) for row in kota.rows("node")}
    indikator = {(row["tahun"], row["opd"], row["kode"]) for row in kota.rows("indikator")}
    assert all((row["tahun"], row["opd"], row["node"]) in nodes for row in kota.rows("indikator"))
    assert all((row["tahun"], row["opd"], row["node"]) in nodes for row in kota.rows("keuangan"))
    for table in ("target", "realisasi"):
        assert all((row["tahun"], row["opd"], row["indikator"]) in indikator for row in kota.rows(table))


def test_every_opd_has_one_to_three_iku(kota: Kota) -> None:
    top = {row["kode"] for row in kota.rows("opd") if row["induk"] is None}
    found = Counter(row["opd"] for row in kota.rows("indikator") if row["node"] == "IKU" and row["tahun"] == 2026)
    assert set(found) == top
    assert set(found.values()) <= {1, 2, 3}


def test_some_indicators_lack_a_target_are_ratings_fall_or_are_closed(kota: Kota) -> None:
    indikator = [row for row in kota.rows("indikator") if row["tahun"] == 2026]
    with_target = {(row["opd"], row["indikator"]) for row in kota.rows("target") if row["tahun"] == 2026}
    bare = [row for row in indikator if (row["opd"], row["kode"]) not in with_target]
    assert 0.03 <= len(bare) / len(indikator) <= 0.07
    assert {row["arah"] for row in indikator} == {"naik", "turun", "rentang"}
    assert {row["akumulasi"] for row in indikator} == {"jumlah", "terakhir", "rata_rata"}
    assert {"BB", "WTP", "Level 3", "Ada"} <= {row["teks"] for row in kota.rows("target")}
    assert 5 <= sum(not row["publik"] for row in indikator) <= 60


def test_47_reported_44_in_time(kota: Kota) -> None:
    now = [row for row in kota.rows("laporan") if (row["tahun"], row["tw"]) == (2026, 3)]
    assert len(now) == 47
    assert sum(row["hari_terlambat"] == 0 for row in now) == 44
    assert {row["keadaan"] for row in now} == {Keadaan.TERVERIFIKASI}
    assert not {code_of(singkat) for singkat in BELUM} & {row["opd"] for row in now}


def test_earlier_quarters_are_published_and_later_ones_empty(kota: Kota) -> None:
    states = {(row["tahun"], row["tw"]): row["keadaan"] for row in kota.rows("laporan")}
    assert states.pop((2026, 3)) == Keadaan.TERVERIFIKASI
    assert set(states.values()) == {Keadaan.TERBIT}
    assert (2026, 4) not in states
    assert len(kota.periode) == 12


def test_days_late_agree_with_the_calendar(kota: Kota) -> None:
    deadline = {(row["tahun"], row["tw"]): row["tepat_waktu_sampai"] for row in kota.periode}
    locked = {(row["tahun"], row["tw"]): row["dikunci"] for row in kota.periode}
    for row in kota.rows("laporan"):
        key = row["tahun"], row["tw"]
        over = row["diterima_pada"] - deadline[key]
        assert row["hari_terlambat"] == max(0, -(-over // timedelta(days=1)))
        assert row["diterima_pada"] < row["diverifikasi_pada"]
        assert row["diterima_pada"] < locked[key]


def test_nothing_happens_after_today(kota: Kota) -> None:
    assert max(berkas.dimuat_pada for berkas, _ in kota.berkas if berkas.dimuat_pada).date() <= date(2026, 10, 22)
    early = generate(hari_ini=date(2026, 10, 9), tahun=[2026])
    assert 0 < sum(row["tw"] == 3 for row in early.rows("laporan")) < 20


def test_one_declared_nihil_with_a_reason(kota: Kota) -> None:
    found = [row for row in kota.rows("laporan") if row["nihil"]]
    assert [(row["opd"], row["tahun"], row["tw"]) for row in found] == [(code_of("Kecamatan Bukit Kecil"), 2025, 1)]
    assert found[0]["alasan_nihil"]


def test_some_opd_are_often_late(kota: Kota) -> None:
    late = Counter(row["opd"] for row in kota.rows("laporan") if row["hari_terlambat"])
    assert late[code_of("Dinas Kebudayaan")] >= 5
    assert median(late[opd.kode] for opd in read_opd() if opd.induk is None) <= 1


def test_red_opd_say_why(kota: Kota) -> None:
    said = {row["opd"]: row["tanggapan"] for row in kota.rows("laporan") if (row["tahun"], row["tw"]) == (2026, 3)}
    assert {opd for opd, words in said.items() if words} == {code_of(singkat) for singkat in MERAH}


def test_uploads_look_like_those_of_people(kota: Kota) -> None:
    names = {berkas.nama_berkas for berkas, _ in kota.berkas}
    assert {"renja_kota_palembang_2026.xlsx", "pupr_tw3_2026.xlsx", "kec_gandus_tw3_2026.xlsx"} <= names
    assert len({berkas.sha256 for berkas, _ in kota.berkas}) == len(kota.berkas)
    loaded = [berkas.dimuat_pada for berkas, _ in kota.berkas if berkas.dimuat_pada is not None]
    assert loaded == sorted(loaded)
    columns = {row["kolom"] for row in kota.rows("realisasi") if row["periode"] == 3}
    assert columns == {"E (Realisasi TW III)"}
    assert all(row["baris"] > 6 for table in ("node", "target", "realisasi", "keuangan") for row in kota.rows(table))


def test_late_figures_of_a_missing_quarter_come_with_the_next_file(kota: Kota) -> None:
    opd = code_of("Kecamatan Seberang Ulu I")
    found = [(b.tw, m) for b, m in kota.berkas if b.opd == opd and b.tahun == 2025 and m.realisasi]
    assert {tw: {row["periode"] for row in m.realisasi} for tw, m in found} == {1: {1}, 3: {2, 3}, 4: {4}}


@pytest.mark.parametrize(("bulan", "expected"), [(1, 3), (5, 20), (8, 46), (11, 73), (12, 93)])
def test_money_follows_an_s_curve(kota: Kota, bulan: int, expected: int) -> None:
    spent: Counter[str] = Counter()
    pagu: Counter[str] = Counter()
    last = {(row["opd"], row["node"]): row["pagu"] for row in kota.rows("keuangan") if row["tahun"] == 2025}
    for row in kota.rows("keuangan"):
        if row["tahun"] == 2025 and row["bulan"] <= bulan:
            spent[row["opd"]] += row["realisasi"] or 0
    for row in kota.rows("node"):
        if row["tahun"] == 2025 and row["pagu"]:
            pagu[row["opd"]] += last[row["opd"], row["kode"]] or row["pagu"] if bulan == 12 else row["pagu"]
    assert median(100 * spent[opd] / pagu[opd] for opd in pagu) == pytest.approx(expected, abs=2)


def test_money_rows_are_whole_rupiah_and_fisik_never_exceeds_100(kota: Kota) -> None:
    for row in kota.rows("keuangan"):
        assert type(row["rak"]) is int
        assert row["rak"] >= 0
        assert row["realisasi"] is None or row["realisasi"] >= 0
        assert row["fisik"] is None or 0 <= row["fisik"] <= 100


def test_few_spend_more_than_their_ceiling(kota: Kota) -> None:
    spent: Counter[tuple[int, str, str]] = Counter()
    for row in kota.rows("keuangan"):
        spent[row["tahun"], row["opd"], row["node"]] += row["realisasi"] or 0
    changed = {(r["tahun"], r["opd"], r["node"]): r["pagu"] for r in kota.rows("keuangan") if r["bulan"] == 12}
    nodes = [row for row in kota.rows("node") if row["pagu"] and row["tahun"] < 2026]
    ceiling = {(r["tahun"], r["opd"], r["kode"]): r["pagu"] for r in nodes}
    over = [key for key, pagu in ceiling.items() if spent[key] > (changed[key] or pagu)]
    assert 0 < len(over) < 25


def test_money_of_2026_stops_in_september_and_where_nobody_reported(kota: Kota) -> None:
    rows = [row for row in kota.rows("keuangan") if row["tahun"] == 2026]
    assert max(row["bulan"] for row in rows if row["realisasi"] is not None) == 9
    silent = {code_of(singkat) for singkat in BELUM}
    assert all(row["realisasi"] is None for row in rows if row["opd"] in silent and row["bulan"] > 6)
    assert {row["bulan"] for row in rows} == set(range(1, 13))


@pytest.mark.parametrize("singkat", ["Dinas Perhubungan", "Dinas Perdagangan"])
def test_money_spent_ahead_of_plan_with_performance_behind(kota: Kota, singkat: str) -> None:
    opd = code_of(singkat)
    rows = [r for r in kota.rows("keuangan") if (r["tahun"], r["opd"]) == (2026, opd) and r["bulan"] <= 9]
    assert sum(row["realisasi"] for row in rows) > sum(row["rak"] for row in rows)
    assert singkat in MERAH


def test_budget_changes_in_october_for_some(kota: Kota) -> None:
    changed = [row for row in kota.rows("keuangan") if row["pagu"] is not None]
    assert changed
    assert min(row["bulan"] for row in changed) == 10


def test_single_capaian_far_above_100_and_one_below_zero(kota: Kota) -> None:
    assert _so_far(kota, "Dinas Kominfo", "Jumlah pengguna aplikasi layanan publik") == Decimal("343.42")
    assert _so_far(kota, "Bapenda", "Jumlah objek pajak baru yang terdata") == 143
    assert _so_far(kota, "Dinas Perhubungan", "Jumlah keluhan parkir dan kemacetan") == Decimal("-70.5")
    road = _so_far(kota, "Dinas PUPR", "Panjang jalan yang direhabilitasi")
    assert road is not None
    assert round(road, 2) == Decimal("56.75")


def _so_far(kota: Kota, singkat: str, nama: str) -> Decimal | None:
    """Capaian s.d. TW III 2026 of an indicator that adds up."""
    opd = code_of(singkat)
    found = next(r for r in kota.rows("indikator") if (r["tahun"], r["opd"], r["nama"]) == (2026, opd, nama))
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for table in ("target", "realisasi"):
        for row in kota.rows(table):
            if (row["tahun"], row["opd"], row["indikator"]) == (2026, opd, found["kode"]) and 1 <= row["periode"] <= 3:
                sums[table] += row["nilai"]
    formula = turun if found["arah"] == Arah.TURUN else naik
    return formula(sums["realisasi"], sums["target"])


def test_status_of_the_city_in_tw_3(stored: Engine) -> None:
    found = quarter_status(stored, 3)
    counts = Counter(status for _, status in found.values())
    assert counts[Status.BELUM_LAPOR] == 3
    assert counts[Status.DI_BAWAH] == 7
    assert 28 <= counts[Status.TERCAPAI] <= 31
    assert 9 <= counts[Status.PERHATIAN] <= 12
    deviasi = {singkat: float(found[singkat][0] or 0) - 100 for singkat in MERAH}
    assert deviasi == pytest.approx(MERAH, abs=1)


def test_two_entered_red_and_three_left(stored: Engine) -> None:
    red = {
        tw: {s for s, (_, status) in quarter_status(stored, tw).items() if status == Status.DI_BAWAH} for tw in (2, 3)
    }
    assert red[3] - red[2] == {"Dinas Pariwisata", "Dinas Penanggulangan Bencana dan Kebakaran"}
    assert red[2] - red[3] == {"Dinas Sosial", "Dinas Lingkungan Hidup", "Kecamatan Kertapati"}


def test_social_services_improve_every_quarter(stored: Engine) -> None:
    values = [quarter_status(stored, tw)["Dinas Sosial"][0] for tw in (1, 2, 3)]
    assert all(a is not None and b is not None and a < b for a, b in pairwise(values))


def test_drilling_into_a_red_opd_finds_bad_and_good_programs(stored: Engine) -> None:
    k = tables.rollup_kinerja.c
    query = select(k.kode, k.capaian).where(k.level == Level.PROGRAM.value, k.tw == 3, k.opd == code_of("Dinas PUPR"))
    with stored.connect() as conn:
        programs = {row.kode: row.capaian for row in conn.execute(query)}
    assert min(programs, key=lambda code: programs[code]) == "1.03.10"
    assert programs["1.03.10"] < 62
    assert programs["1.03.01"] == 100


def test_a_copy_for_the_benchmark_equals_its_source(stored: Engine) -> None:
    with stored.begin() as conn:
        copy_pemda(conn, "16.71", "16.90.1", "Kota Salinan")
        count = select(func.count()).select_from(tables.rollup_indikator)
        numbers = [
            conn.execute(count.where(tables.rollup_indikator.c.pemda == code)).scalar() for code in ("16.71", "16.90.1")
        ]
    assert numbers[0] == numbers[1]
    assert numbers[0]


def test_storing_it_again_changes_nothing(stored: Engine) -> None:
    with stored.connect() as conn:
        before = conn.execute(select(tables.pemda.c.versi).where(tables.pemda.c.kode == "16.71")).scalar()
    put(stored, generate(tahun=[2026]))
    with stored.connect() as conn:
        after = conn.execute(select(tables.pemda.c.versi).where(tables.pemda.c.kode == "16.71")).scalar()
    assert before == after


def test_nomenclature_names_are_clean() -> None:
    for node in read_nomenklatur().values():
        assert node.nama == " ".join(node.nama.split())
        assert not re.search(r"([A-Z]{4,} ){2}[A-Z]{4,}", node.nama)


def test_slug_is_what_people_type() -> None:
    assert slug("Kecamatan Seberang Ulu I") == "kec_seberang_ulu_i"
    assert slug("Dinas PUPR") == "pupr"
