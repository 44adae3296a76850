"""Early warning: the rules one by one, their order, and every warning of the city computed a second, plainer way."""

import time
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from sqlalchemy import insert, select

from data import tables
from data.aturan import Aturan, parse, read_aturan, write_aturan
from data.errors import SettingsError
from data.formulas.peringatan import INDIKATOR, LEVELS, RULES, Fakta, first_match, run_length
from data.queries.peringatan import warnings
from data.words import WARNING_NAMES, Peringatan
from tests.data.test_like_with_like import AT, SUBS, P, city_a, money, plan, put, report, value  # noqa: F401

PEMDA = "16.71"
W = Peringatan


def fakta(level, **given):
    status = given.pop("status", "tercapai")
    numbers = {name: Decimal(value) if isinstance(value, int | str) else value for name, value in given.items()}
    return Fakta(level, status, **numbers)


TABLE = [
    (W.SERAPAN, "program", {"serapan": "49.9", "rencana": 60}, {"serapan": 50, "rencana": 60}),
    (W.UANG_TERSERAP, "program", {"serapan": 90, "capaian": 80}, {"serapan": "89.9", "capaian": 80}),
    (W.DEVIASI, "program", {"capaian": "89.99"}, {"capaian": 90}),
    (
        W.TURUN_DUA,
        "program",
        {"capaian": 95, "lalu": (Decimal(96), Decimal(97))},
        {"capaian": 96, "lalu": (Decimal(96), Decimal(97))},
    ),
    (
        W.TURUN_DUA,
        "program",
        {"capaian": 95, "lalu": (Decimal(96), Decimal(97), Decimal(1))},
        {"capaian": 100, "lalu": (Decimal(120), Decimal(140))},
    ),
    (W.KUMULATIF_TURUN, "sub_kegiatan", {"turun": 1}, {"turun": 0}),
    (W.KUMULATIF_TURUN, INDIKATOR, {"turun": 1}, {}),
    (W.TANPA_LAPORAN, "opd", {"status": "belum_lapor"}, {"status": "nihil"}),
    (W.TANPA_LAPORAN, INDIKATOR, {"status": "belum_lapor"}, {"status": "perhatian"}),
    (W.TARGET_RENDAH, INDIKATOR, {"capaian": "150.01"}, {"capaian": 150}),
    (W.FISIK_UANG, "program", {"fisik": 70, "serapan": "49.9"}, {"fisik": 70, "serapan": 50}),
    (W.FISIK_UANG, "program", {"fisik": 20, "serapan": "40.1"}, {"fisik": None, "serapan": 90}),
    (W.TANPA_TARGET, INDIKATOR, {"status": "tanpa_target"}, {"status": "belum_lapor"}),
]


@pytest.mark.parametrize(("rule", "level", "bad", "good"), TABLE)
def test_each_rule_alone_matches_just_beyond_its_limit(rule, level, bad, good):
    alone = replace(Aturan(), urutan_peringatan=(rule,))
    assert first_match(fakta(level, **bad), alone) == rule
    assert first_match(fakta(level, **good), alone) is None
    other = "bidang"
    assert first_match(fakta(other, **bad), alone) is None


def test_every_rule_is_in_the_table_and_has_a_name_and_a_level():
    assert {row[0] for row in TABLE} == set(RULES) == set(LEVELS) == set(WARNING_NAMES) == set(Peringatan)


def test_the_first_match_wins_in_the_order_of_the_settings():
    all_wrong = fakta("program", serapan=30, rencana=60, capaian=15, fisik=80, lalu=(Decimal(20), Decimal(30)))
    left = list(Aturan().urutan_peringatan)
    found = []
    while rule := first_match(all_wrong, replace(Aturan(), urutan_peringatan=tuple(left))):
        found.append(rule)
        left.remove(rule)
    assert found == [W.SERAPAN, W.UANG_TERSERAP, W.DEVIASI, W.TURUN_DUA, W.FISIK_UANG]
    turned = replace(Aturan(), urutan_peringatan=(W.FISIK_UANG, W.SERAPAN))
    assert first_match(all_wrong, turned) == W.FISIK_UANG


def test_a_missing_figure_is_never_a_warning():
    for level in ("program", INDIKATOR, "opd", "sub_kegiatan"):
        assert first_match(fakta(level), Aturan()) is None


def test_a_run_ends_where_another_rule_came_first():
    assert run_length([W.SERAPAN, W.SERAPAN, W.DEVIASI, W.SERAPAN]) == 2
    assert run_length([W.SERAPAN, None, W.SERAPAN]) == 1


@pytest.mark.parametrize(
    ("kunci", "nilai", "sentence"),
    [
        ("urutan_peringatan", "serapan,ngawur", "memuat 'ngawur' yang tidak dikenal. Pilih dari: serapan,"),
        ("urutan_peringatan", "serapan, serapan", "memuat 'serapan' dua kali"),
        ("urutan_peringatan", "", "memuat '' yang tidak dikenal"),
        ("ambang_serapan", "5", "harus angka -100 sampai 0, misalnya -10"),
        ("ambang_target_rendah", "99", "harus angka 100 sampai 1000, misalnya 150"),
        ("ambang_fisik_uang", "banyak", "harus angka 0 sampai 100, misalnya 20"),
        ("ambang_tertinggal", "NaN", "harus angka 0 sampai 100, misalnya 10"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused_with_a_sentence(kunci, nilai, sentence):
    with pytest.raises(SettingsError) as said:
        parse(kunci, nilai)
    assert sentence in str(said.value)


def test_the_order_is_read_back_as_it_was_set(city_a):  # noqa: F811
    with city_a.begin() as conn:
        write_aturan(conn, P, "urutan_peringatan", "deviasi, serapan")
        assert read_aturan(conn, P).urutan_peringatan == (W.DEVIASI, W.SERAPAN)


def a_calendar(engine):
    at = datetime(2026, 1, 1, tzinfo=UTC)
    rows = [
        {"pemda": P, "tahun": 2026, "tw": tw, "dibuka": at, "tepat_waktu_sampai": at, "dikunci": at}
        | {"data_per": date(2026, 3 * tw, 28)}
        for tw in (1, 2, 3, 4)
    ]
    with engine.begin() as conn:
        conn.execute(insert(tables.periode), rows)


def test_falling_figures_are_warned_where_they_fell_and_since_when(city_a):  # noqa: F811
    a_calendar(city_a)
    plan(city_a, "jumlah", {1: 10, 2: 10, 3: 10})
    report(city_a, 1, 2, 3, values={1: 10, 2: -4, 3: -2})
    spent = [(0, month, {"rak": 10, "realisasi": 50}) for month in range(1, 7)]
    money(city_a, [*spent, (0, 7, {"rak": 10, "realisasi": -30}), (0, 8, {"rak": 10, "realisasi": 20})])
    rules = replace(Aturan(), urutan_peringatan=(W.KUMULATIF_TURUN,))
    with city_a.connect() as conn:
        found = warnings(conn, P, 2026, 3, rules)
        before = warnings(conn, P, 2026, 1, rules)
    said = {row.level: (row.nilai, row.satuan, row.tahun, row.tw, row.lama, row.baru) for row in found.itertuples()}
    assert said == {
        "sub_kegiatan": (Decimal(30), "Rp", 2026, 3, 1, True),
        INDIKATOR: (Decimal(2), "", 2026, 2, 2, False),
    }
    assert before.empty


def test_a_blank_indicator_is_not_told_of_beside_its_silent_opd(city_a):  # noqa: F811
    a_calendar(city_a)
    plan(city_a, "jumlah", {1: 10, 2: 10})
    report(city_a, 1, values={1: 10})
    with city_a.connect() as conn:
        rules = Aturan()
        silent = warnings(conn, P, 2026, 2, rules)
    assert [(row.aturan, row.level) for row in silent.itertuples()] == [(W.TANPA_LAPORAN, "opd")]
    node = {**AT, "node": SUBS[0], "arah": "naik", "akumulasi": "jumlah", "baris": 2}
    put(city_a, indikator=[{**node, "kode": "j", "nama": "j"}], target=[value(2, 10) | {"indikator": "j"}])
    put(city_a, realisasi=[value(2, 10) | {"indikator": "j"}])
    report(city_a, 2)
    with city_a.connect() as conn:
        blank = warnings(conn, P, 2026, 2, rules)
    assert [(row.aturan, row.level, row.kode) for row in blank.itertuples()] == [(W.TANPA_LAPORAN, INDIKATOR, "i")]


class Plain:
    """The rules written a second time, over whole years read row by row and kept in fractions."""

    def __init__(self, conn):
        self.opd = {row.kode: row for row in self.all(conn, tables.opd)}
        self.kinerja = {(r.level, r.opd, r.kode, r.tahun, r.tw): r for r in self.all(conn, tables.rollup_kinerja)}
        self.uang = {
            (r.level, r.opd, r.kode, r.tahun, r.bulan // 3): r
            for r in self.all(conn, tables.rollup_uang)
            if r.bulan % 3 == 0
        }
        self.indikator = {(r.opd, r.indikator, r.tahun, r.tw): r for r in self.all(conn, tables.rollup_indikator)}
        lap = self.all(conn, tables.laporan)
        self.quarters = sorted({(r.tahun, r.tw) for r in lap if r.keadaan in ("terverifikasi", "terbit")})

    @staticmethod
    def all(conn, table):
        return conn.execute(select(table).where(table.c.pemda == PEMDA)).all()

    def program(self, opd, kode, tahun, tw):
        row = self.kinerja.get(("program", opd, kode, tahun, tw))
        if row is None:
            return None
        uang = self.uang.get(("program", opd, kode, tahun, tw))
        spent = planned = None
        if uang is not None and uang.realisasi is not None and uang.pagu_lapor:
            spent = Fraction(uang.realisasi * 100, uang.pagu_lapor)
            default = (20, 50, 85, 100)[tw - 1]
            planned = default if uang.rak_lapor is None else Fraction(uang.rak_lapor * 100, uang.pagu_lapor)
        got = None if row.capaian is None else Fraction(row.capaian)
        past = [self.kinerja.get(("program", opd, kode, tahun, tw - back)) for back in (1, 2)]
        past = [None if one is None or one.capaian is None else Fraction(one.capaian) for one in past]
        met = {
            "serapan": spent is not None and spent - planned < -10,
            "uang_terserap": spent is not None and got is not None and spent - got >= 10,
            "deviasi": got is not None and got < 90,
            "turun_dua": got is not None and None not in past and got < past[0] < past[1] and got < 100,
            "fisik_uang": spent is not None and uang.fisik is not None and abs(Fraction(uang.fisik) - spent) > 20,
        }
        return next((name for name, is_met in met.items() if is_met), None)

    def of_indikator(self, opd, kode, tahun, tw):
        row = self.indikator.get((opd, kode, tahun, tw))
        if row is None:
            return None
        if row.status == "belum_lapor":
            return "tanpa_laporan"
        if row.capaian is not None and row.capaian > 150:
            return "target_rendah"
        return "tanpa_target" if row.status == "tanpa_target" else None

    def of_opd(self, opd, kode, tahun, tw):
        row = self.kinerja.get(("opd", opd, "", tahun, tw))
        return "tanpa_laporan" if row is not None and row.status == "belum_lapor" else None

    def at(self, tahun, tw):
        found = {}
        for level, opd, kode, year, quarter in self.kinerja:
            if (year, quarter) == (tahun, tw) and level == "program":
                found[level, opd, kode] = self.run(self.program, opd, kode, tahun, tw)
            if (year, quarter) == (tahun, tw) and level == "opd" and self.opd[opd].induk is None:
                found[level, opd, ""] = self.run(self.of_opd, opd, "", tahun, tw)
        silent = {key[1] for key, value in found.items() if key[0] == "opd" and value is not None}
        for opd, kode, year, quarter in self.indikator:
            if (year, quarter) == (tahun, tw):
                one = self.run(self.of_indikator, opd, kode, tahun, tw)
                root = self.opd[opd].induk or opd
                if one is None or one[0] != "tanpa_laporan" or root not in silent:
                    found["indikator", opd, kode] = one
        return {key: value for key, value in found.items() if value is not None}

    def run(self, rule_of, opd, kode, tahun, tw):
        rule, since = rule_of(opd, kode, tahun, tw), None
        for quarter in [q for q in reversed(self.quarters) if q <= (tahun, tw)]:
            if rule is None or rule_of(opd, kode, *quarter) != rule:
                break
            since = quarter
        return None if rule is None else (rule, since)


@pytest.fixture(scope="module")
def plain(city):
    with city.connect() as conn:
        return Plain(conn)


@pytest.mark.parametrize(("tahun", "tw"), [(2026, 3), (2025, 4), (2024, 1)])
def test_every_warning_of_the_city_is_what_a_plain_reading_finds(city, plain, tahun, tw, record_property):
    with city.connect() as conn:
        warnings(conn, PEMDA, tahun, tw, Aturan())
        began = time.process_time()
        found = warnings(conn, PEMDA, tahun, tw, Aturan())
        took = (time.process_time() - began) * 1000
    ours = {(r.level, r.unit, r.kode): (str(r.aturan), (r.tahun, r.tw)) for r in found.itertuples()}
    assert ours == plain.at(tahun, tw)
    assert len(ours) > 200
    record_property(
        "angka", f"early warning, TW {tw} {tahun}: {len(ours)} rows for the whole city, {took:.0f} ms of processor"
    )


def test_the_list_stands_in_the_settings_order_and_names_the_owner(city):
    order = tuple(reversed(Peringatan))
    with city.connect() as conn:
        found = warnings(conn, PEMDA, 2026, 3, replace(Aturan(), urutan_peringatan=order))
        roots = set(conn.execute(select(tables.opd.c.kode).where(tables.opd.c.induk.is_(None))).scalars())
    places = [order.index(rule) for rule in found["aturan"]]
    assert places == sorted(places)
    assert set(found["opd"]) <= roots
    assert found["opd_nama"].notna().all()
