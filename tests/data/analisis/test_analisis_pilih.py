"""The sheet and its filters against a plain second way, on a government whose numbers lie on every limit."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine

from data.analisis.baris import exact_line, read_rows
from data.analisis.lembar import lembar
from data.analisis.pilih import choose
from data.analisis.riwayat import quarter_of
from data.analisis.saringan import Saringan, read_saringan, to_query
from data.analisis.susun import arrange
from data.aturan import Aturan
from data.engine import engine_for
from data.formulas.peringatan import RULES, Fakta
from data.migrate import upgrade
from data.words import Peringatan
from tests.data.analisis.meja_uji import OPD, PEMDA, QUARTERS, TAHUN, build, falls_twice, matches, since


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    path = tmp_path_factory.mktemp("meja") / "meja.db"
    pattern = create_engine(f"sqlite:///{path}")
    upgrade(pattern)
    pattern.dispose()
    engine = engine_for(f"sqlite:///{path}")
    rows = build(engine)
    with engine.connect() as conn:
        sheets = {first: lembar(conn, PEMDA, TAHUN, 3, Aturan(), first) for first in (None, 1, 2, 3)}
    yield engine, sheets, rows
    engine.dispose()


def both_ways(desk, wanted):
    """(found, expected) as sets of row names."""
    _, sheets, rows = desk
    sheet = sheets[wanted.tw_dari]
    found = {sheet.rangka.key(row) for row in choose(sheet, wanted).cocok.nonzero()[0]}
    quarters = [(TAHUN, tw) for tw in range(wanted.tw_dari or 3, 4)]
    return found, {f"{row.unit}|{row.kode}" for row in rows if matches(row, wanted, quarters)}


def test_the_sheet_holds_every_row_once_in_the_order_of_the_tree(desk):
    _, sheets, rows = desk
    of = sheets[None].rangka
    keys = [of.key(row) for row in range(len(of.kode))]
    assert sorted(keys) == sorted(f"{row.unit}|{row.kode}" for row in rows)
    by_key = {f"{row.unit}|{row.kode}": row for row in rows}
    for place, key in enumerate(keys):
        above = [keys[at] for at in reversed(of.above(place))]
        assert above == [f"{one.unit}|{one.kode}" for one in by_key[key].lineage()[1:]]
        assert of.find(key) == place
        beneath = {keys[at] for at in range(place + 1, of.akhir[place])}
        assert beneath == {other for other, row in by_key.items() if by_key[key] in row.lineage()[1:]}
    assert [one.kode for one in of.instansi] == [OPD[0][0], OPD[1][0], OPD[3][0]]


def test_numbers_are_exact(desk):
    _, sheets, rows = desk
    sheet = sheets[None]
    for row in rows:
        at = sheet.rangka.find(f"{row.unit}|{row.kode}")
        assert sheet.angka.percent("capaian", at) == row.capaian[TAHUN, 3]
        assert sheet.angka.percent("serapan", at) == row.serapan
        assert sheet.angka.money("realisasi", at) == row.realisasi
        number = int(sheet.angka.sejak[at])
        assert (quarter_of(number) if number else None) == since(row)


QUERIES = [
    {},
    {"capaian_maks": "66"},
    {"capaian_min": "66"},
    {"capaian_min": "66", "capaian_maks": "66"},
    {"capaian_min": "66.0000000001", "capaian_maks": "99,9999999999"},
    {"capaian_min": "100"},
    {"capaian_maks": "100"},
    {"capaian_min": "100", "capaian_maks": "100"},
    {"capaian_min": "-1000000"},
    {"serapan_min": "60", "serapan_maks": "60"},
    {"serapan_maks": "0"},
    {"deviasi_maks": "-10"},
    {"deviasi_min": "-10", "deviasi_maks": "0"},
    {"tertinggal": "0"},
    {"tertinggal": "-6"},
    {"turun2": "ya"},
    {"terlambat": "ya"},
    {"terlambat": "tidak"},
    {"dana": "DAU"},
    {"dana": "DAK; Fisik,PAD"},
    {"urusan": "2.14"},
    {"urusan": "1.01,7.01"},
    {"jenis": "kecamatan"},
    {"opd": OPD[1][0]},
    {"opd": f"{OPD[2][0]},{OPD[3][0]}"},
    {"program": "1.02.01"},
    {"arah": "turun,rentang"},
    {"level": "indikator"},
    {"cari": "JALAN 2"},
    {"cari": "1.01.02.2"},
    {"cari": "a l n 2 jalan"},
    {"cari": "sub 1.01.02.2 3"},
    {"cari": "jalan pendidikan"},
    {"status": "belum_lapor,nihil"},
    {"predikat": "sangat_rendah"},
    {"predikat": "sedang,sangat_tinggi"},
    {"tw_dari": "1", "status": "di_bawah,perhatian"},
    {"tw_dari": "2", "capaian_maks": "90"},
    {"jenis": "dinas", "capaian_maks": "66", "serapan_min": "60"},
]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: "&".join(f"{k}={v}" for k, v in query.items()) or "semua")
def test_each_filter_finds_what_the_plain_way_finds(desk, query):
    found, expected = both_ways(desk, read_saringan(query))
    assert found == expected
    assert query in ({"tertinggal": "-6"}, {}) or len(expected) < len(desk[2])


NUMBER = st.sampled_from([None, *map(Decimal, ("-34", "-10", "0", "50", "60", "66", "90", "100", "130"))])


def several(*values):
    return st.lists(st.sampled_from(values), unique=True, max_size=3).map(tuple)


@st.composite
def filters(draw):
    made = {}
    for name in ("capaian", "serapan", "deviasi"):
        low, high = draw(NUMBER), draw(NUMBER)
        if low is not None and high is not None and low > high:
            low, high = high, low
        made |= {f"{name}_min": low, f"{name}_maks": high}
        if draw(st.booleans()):
            made |= {f"{name}_min": None, f"{name}_maks": None}
    return Saringan(
        urusan=draw(several("1.01", "1.02", "2.14")),
        jenis=draw(several("dinas", "kecamatan")),
        level=draw(several("opd", "program", "sub_kegiatan", "indikator")),
        status=draw(several("di_bawah", "perhatian", "tercapai", "nihil")),
        arah=draw(several("naik", "turun")),
        dana=draw(several("DAU", "PAD")),
        terlambat=draw(st.sampled_from([None, True, False])),
        turun2=draw(st.booleans()),
        tertinggal=draw(st.sampled_from([None, None, Decimal(0), Decimal(10)])),
        cari=draw(st.sampled_from(["", "", "jalan", "sub", "1.02"])),
        tw_dari=draw(st.sampled_from([None, 1, 2, 3])),
        **made,
    )


@settings(max_examples=150, deadline=None)
@given(filters())
def test_any_filter_finds_what_the_plain_way_finds_and_survives_its_address(desk, wanted):
    found, expected = both_ways(desk, wanted)
    assert found == expected
    again = read_saringan(to_query(wanted))
    assert again.conditions == read_saringan(to_query(again)).conditions
    assert both_ways(desk, again)[0] == expected


@pytest.mark.parametrize("at", QUARTERS)
def test_falling_twice_is_said_inside_a_year_and_as_the_warning_says_it(desk, at):
    """The filter, the plain way and the early warning agree; figures start anew each year, so never before TW III."""
    engine, _, rows = desk
    with engine.connect() as conn:
        sheet = lembar(conn, PEMDA, *at, Aturan())
    found = {sheet.rangka.key(row) for row in sheet.angka.turun2.nonzero()[0]}
    assert found == {f"{row.unit}|{row.kode}" for row in rows if falls_twice(row, at)}
    assert bool(found) == (at[1] >= 3)
    for row in rows:
        past = tuple(row.capaian[at[0], tw] for tw in range(at[1] - 1, 0, -1))
        now = row.capaian[at]
        warned = RULES[Peringatan.TURUN_DUA](Fakta(row.level, row.status[at], now, past), Aturan())
        assert warned == (f"{row.unit}|{row.kode}" in found and now < 100)


def test_what_stands_above_a_match_is_kept_and_nothing_else(desk):
    _, sheets, rows = desk
    wanted = read_saringan({"capaian_maks": "66", "level": "indikator"})
    sheet = sheets[None]
    choice = choose(sheet, wanted)
    expected = {f"{one.unit}|{one.kode}" for row in rows if matches(row, wanted, [(TAHUN, 3)]) for one in row.lineage()}
    assert {sheet.rangka.key(row) for row in choice.tampak.nonzero()[0]} == expected
    assert choice.jumlah == len([row for row in rows if matches(row, wanted, [(TAHUN, 3)])])


def shown(desk, query):
    engine, sheets, _ = desk
    wanted = read_saringan(query)
    sheet = sheets[wanted.tw_dari]
    view = arrange(sheet, wanted, choose(sheet, wanted))
    with engine.connect() as conn:
        return read_rows(lambda question, *args: question(conn, PEMDA, *args), sheet, view, list(view.baris))


def test_the_tree_opens_row_by_row(desk):
    closed = shown(desk, {"urut": "kode"})
    assert [row.level for row in closed] == ["opd"] * 3
    assert all(row.anak and row.cocok and not row.terbuka for row in closed)
    one = shown(desk, {"urut": "kode", "buka": f"{OPD[0][0]}|"})
    assert [row.level for row in one] == ["opd", "sasaran", "program", "program", "opd", "opd"]
    everything = shown(desk, {"urut": "kode", "buka": "semua"})
    assert [row.posisi for row in everything] == list(range(len(desk[2])))
    assert len(shown(desk, {"urut": "kode", "buka": f"semua,{OPD[0][0]}|"})) < len(everything)


def test_a_filter_opens_the_way_to_what_it_found(desk):
    rows = shown(desk, {"cari": "AKIP"})
    assert {row.level for row in rows if row.cocok} == {"indikator"}
    assert {row.level for row in rows if not row.cocok} == {"opd", "program"}
    assert all(row.terbuka for row in rows if not row.cocok)
    assert all(row.satuan == "km" and row.kinerja == 5 and row.target is None for row in rows if row.cocok)


@pytest.mark.parametrize("column", ["capaian", "serapan", "deviasi", "pagu", "realisasi"])
@pytest.mark.parametrize("down", ["", "-"])
def test_siblings_are_sorted_and_what_is_missing_comes_last(desk, column, down):
    rows = shown(desk, {"buka": "semua", "urut": f"{down}{column}"})
    seen = {}
    stack = []
    for row in rows:
        stack = [*stack[: row.dalam], row.kunci]
        assert len(stack) == row.dalam + 1, "a child follows its parent"
        seen.setdefault("/".join(stack[:-1]), []).append(getattr(row, column))
    for values in seen.values():
        present = [value for value in values if value is not None]
        assert values[: len(present)] == present
        assert present == sorted(present, reverse=bool(down))


def test_a_list_holds_the_matching_rows_alone_in_order(desk):
    rows = shown(desk, {"level": "sub_kegiatan,indikator", "urut": "-nama"})
    assert [row.nama.casefold() for row in rows] == sorted((row.nama.casefold() for row in rows), reverse=True)
    assert all(row.cocok and row.dalam == 0 and not row.anak for row in rows)
    flat = shown(desk, {"urut": "datar:capaian"})
    assert len(flat) == len(desk[2])


def test_a_range_tells_what_changed(desk):
    by_key = {f"{row.unit}|{row.kode}": row for row in desk[2]}
    for row in shown(desk, {"tw_dari": "1", "buka": "semua"}):
        first, last = (by_key[row.kunci].capaian[TAHUN, tw] for tw in (1, 3))
        assert row.perubahan == (None if None in (first, last) else last - first)


def test_without_a_range_the_change_is_that_since_the_triwulan_before(desk):
    by_key = {f"{row.unit}|{row.kode}": row for row in desk[2]}
    found = shown(desk, {"buka": "semua"})
    assert sum(row.perubahan not in (None, 0) for row in found) > 20
    for row in found:
        before, now = (by_key[row.kunci].capaian[TAHUN, tw] for tw in (2, 3))
        # Beyond what the line is drawn from nothing is said of the move.
        if None in (before, now) or max(before, now) > 200_000:
            assert row.perubahan is None
        else:
            assert abs(row.perubahan - (now - before)) <= Decimal("0.0001")


def test_the_line_of_a_row_is_its_last_eight_quarters(desk):
    engine, sheets, rows = desk
    sheet = sheets[None]
    with engine.connect() as conn:
        for own in rows:
            at = sheet.rangka.find(f"{own.unit}|{own.kode}")
            found = exact_line(lambda question, *args: question(conn, PEMDA, *args), sheet, at)
            expected = [(None if v is None else v - 100, own.status[q]) for q, v in own.capaian.items()]
            assert list(found) == [(None, ""), *expected]


def test_the_drawn_line_is_the_exact_one_to_four_places(desk):
    by_key = {f"{row.unit}|{row.kode}": row for row in desk[2]}
    for row in shown(desk, {"buka": "semua"}):
        exact = [None, *(None if v is None else v - 100 for v in by_key[row.kunci].capaian.values())]
        for (drawn, _), value in zip(row.garis, exact, strict=True):
            assert (drawn is None) == (value is None)
            assert value is None or abs(drawn - min(value, Decimal(200_000))) <= Decimal("0.0001")
        assert row.garis[-1][1] == row.status
