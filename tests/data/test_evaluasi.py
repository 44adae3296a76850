"""The lines of forms E.81 and E.79: a small plan worked out by hand, and the sample city against plain SQL sums."""

from decimal import Decimal

import pytest
from sqlalchemy import select, text

from data import tables
from data.aturan import Aturan
from data.engine import reading, writing
from data.queries.evaluasi import COLUMNS, e79_lines, e81_lines
from data.queries.evaluasi_kaki import e79_footer, e81_footer, renstra_average, renstra_share
from data.queries.kinerja import opd_standings, pemda_standing
from data.rollups import rebuild
from tests.data.evaluasi_uji import KEGIATAN, OPD, PEMDA, PROGRAM, SUB, SUB2, build, keep, plan_of


@pytest.fixture
def small(engine):
    """The small plan on either database."""
    return build(engine)


def lines(engine, tahun=2026, tw=2, question=e81_lines, opd=(OPD,)):
    with reading(engine) as conn:
        rows = question(conn, PEMDA, tahun, tw, *opd)
    assert tuple(rows.columns) == COLUMNS
    return rows


def line(rows, kode):
    """The line of an indicator, or the first one of a node."""
    found = rows[rows["indikator"] == kode] if "#" in kode else rows[(rows["kode"] == kode) & (rows["nama"] != "")]
    assert len(found) == 1, kode
    return found.iloc[0]


def cells(row, what):
    return [row[f"{what}{number}"] for number in range(5, 15)]


def D(*numbers):
    return [None if one is None else Decimal(one) for one in numbers]


def test_stands_in_the_order_of_the_plan(small):
    rows = lines(small)
    assert list(rows["kode"]) == ["IKU", PROGRAM, PROGRAM, KEGIATAN, SUB, SUB, SUB2]
    assert list(rows["indikator"]) == ["IKU#1", f"{PROGRAM}#1", f"{PROGRAM}#2", "", f"{SUB}#1", f"{SUB}#2", ""]
    assert [bool(nama) for nama in rows["nama"]] == [True, True, False, True, True, False, True]
    assert list(rows["nomor"]) == [1, 2, None, None, None, None, None]


def test_money_by_hand(small):
    rows = lines(small)
    # 2025 spent 100 + 50 + 200 + 7 = 357 in the whole year; 2026 only up to TW II.
    assert cells(line(rows, SUB), "rp") == [8_000, 357, 1_200, 150, 200, None, None, 350, 707, Decimal("8.8375")]
    assert cells(line(rows, PROGRAM), "rp") == [10_000, 357, 1_700, 150, 200, None, None, 350, 707, Decimal("7.07")]
    assert cells(line(rows, KEGIATAN), "rp") == [None, None, 1_700, 150, 200, None, None, 350, None, None]
    assert cells(line(rows, SUB2), "rp") == [None, None, 500, None, None, None, None, None, None, None]
    assert cells(line(rows, f"{SUB}#2"), "rp") == [None] * 10
    assert cells(line(lines(small, tw=1), SUB), "rp")[2:8] == [1_000, 150, None, None, None, 150]


def test_performance_by_hand(small):
    rows = lines(small)
    mean = line(rows, f"{PROGRAM}#1")
    assert cells(mean, "k") == [*D(95, 85, 90, 80, 90, None, None, 85, 85), Decimal(8500) / 95]
    assert mean["banyak"] == 1
    assert cells(line(rows, f"{SUB}#1"), "k") == [
        Decimal(40), Decimal(2), Decimal(10), Decimal(2), "nihil", None, None, Decimal(2), Decimal(4), Decimal(10),
    ]  # fmt: skip
    falling = line(rows, f"{SUB}#2")
    assert cells(falling, "k") == D(40, 4, 8, 2, 2, None, None, 4, 8, 180)
    assert cells(line(rows, "IKU#1"), "k") == D(None, None, 70, 60, 65, None, None, 65, None, None)
    assert cells(line(rows, f"{PROGRAM}#2"), "k") == ["A", "BB", "BB", "B", "BB", None, None, "BB", "BB", Decimal(0)]


def test_the_first_year_of_the_renstra_has_no_past(small):
    rows = lines(small, 2025)
    assert cells(line(rows, SUB), "rp")[:2] == [8_000, None]
    assert cells(line(rows, SUB), "rp")[-2] == 350
    assert cells(line(rows, f"{SUB}#1"), "k")[-2:] == D(2, 5)


def test_without_a_renstra_nothing_is_made_up(small):
    with writing(small) as conn:
        conn.execute(tables.renstra.delete())
    rows = lines(small)
    for what in ("k", "rp"):
        for number in (5, 6, 13, 14):
            assert set(rows[f"{what}{number}"]) == {None}, (what, number)
    assert renstra_average(rows, Decimal(100)) is None
    assert renstra_share(rows) is None


def test_a_past_nobody_told_is_not_read_as_zero(small):
    with writing(small) as conn:
        conn.execute(tables.renstra.update().values(awal=2022))
    row = line(lines(small), SUB)
    assert cells(row, "rp")[:2] == [8_000, None]
    assert cells(row, "rp")[-2:] == [None, None]
    assert cells(line(lines(small), f"{SUB}#1"), "k")[-2:] == [None, None]
    with writing(small) as conn:
        conn.execute(tables.renstra.update().values(lalu=Decimal(6), lalu_uang=1_000))
    row = line(lines(small), SUB)
    assert cells(row, "rp")[:2] + cells(row, "rp")[-2:-1] == [8_000, 1_357, 1_707]
    assert cells(line(lines(small), f"{SUB}#1"), "k")[1] == 8


def test_a_report_that_nobody_has_accepted_does_not_count(small):
    lap = tables.laporan
    with writing(small) as conn:
        conn.execute(lap.update().where(lap.c.tahun == 2026, lap.c.tw == 2).values(keadaan="terkirim", unggahan=1))
        rebuild(conn, PEMDA)
    row = line(lines(small), f"{SUB}#2")
    assert cells(row, "k")[3:] == D(2, None, None, None, None, None, None)
    with reading(small) as conn:
        footer = e81_footer(conn, PEMDA, 2026, 2, OPD)
    assert not footer.diterima
    assert footer.pendorong == ""


def test_who_is_silent_now_keeps_the_quarters_reported_and_has_no_year_so_far(small):
    """TW III: nothing accepted, no month of it paid for; a sum of TW I and II would read TW III as zero."""
    rows = lines(small, tw=3)
    assert cells(line(rows, f"{SUB}#2"), "k") == D(40, 4, 8, 2, 2, None, None, None, None, None)
    for kode in (f"{PROGRAM}#1", f"{PROGRAM}#2", f"{SUB}#1"):
        assert cells(line(rows, kode), "k")[-3:] == [None] * 3, kode
    with writing(small) as conn:
        conn.execute(tables.keuangan.delete().where(tables.keuangan.c.bulan == 7, tables.keuangan.c.tahun == 2026))
        rebuild(conn, PEMDA)
    rows = lines(small, tw=3)
    assert cells(line(rows, SUB), "rp")[1:] == [357, 1_200, 150, 200, None, None, None, None, None]
    assert renstra_average(rows, Decimal(100)) is None
    assert renstra_share(rows) is None


def test_the_averages_by_hand(small):
    rows = lines(small)
    given = [Decimal(8500) / 95, Decimal(0), Decimal(10), Decimal(100)]  # 180 counts as 100
    assert renstra_average(rows, Decimal(100)) == sum(given) / 4
    assert renstra_average(rows, None) == (sum(given) + 80) / 4
    assert renstra_share(rows) == Decimal("7.07")


def test_an_unknown_opd_has_no_lines(small):
    assert lines(small, opd=("9.99",)).empty
    assert lines(small, tahun=2030).empty


def test_the_whole_government_by_urusan(small):
    """A second OPD with the same program: its money is added, its indicators stand on lines of their own."""
    second = plan_of(2026)
    other = "1.02.0.00.0.00.02.0000"
    second.opd = [{"kode": other, "nama": "RSUD", "singkat": "RSUD", "jenis": "rsud"}]
    for name in ("node", "indikator", "target", "realisasi", "keuangan", "laporan"):
        for row in getattr(second, name):
            row["opd"] = other
    keep(small, second, "rsud")
    rows = lines(small, question=e79_lines, opd=())
    merged = line(rows, PROGRAM)
    assert cells(merged, "rp")[2:8] == [3_400, 300, 400, None, None, 700]
    assert (merged["penanggung_jawab"], merged["indikator"]) == ("2 PD", "")
    assert cells(merged, "rp")[0] is None  # the second OPD has no Renstra
    own = rows[(rows["kode"] == SUB) & (rows["nama"] != "")]
    assert list(own["penanggung_jawab"]) == ["Dinkes", "RSUD"]
    assert list(rows[rows["indikator"] == f"{PROGRAM}#1"]["penanggung_jawab"]) == ["Dinkes", "RSUD"]
    assert list(rows["kode"].drop_duplicates()) == ["1", "1.02", PROGRAM, KEGIATAN, SUB, SUB2]


def test_urusan_sum_the_renstra_of_their_programs(small):
    rows = lines(small, question=e79_lines, opd=())
    for kode in ("1", "1.02", PROGRAM):
        assert cells(line(rows, kode), "rp") == [
            10_000, 357, 1_700, 150, 200, None, None, 350, 707, Decimal("7.07"),
        ]  # fmt: skip


# --- the sample city, a second way ---


def spent(conn, opds, tahun, last):
    """Rupiah of some OPD in a year up to a month, plainly."""
    query = text("SELECT sum(realisasi) FROM keuangan WHERE pemda='16.71' AND tahun=:y AND bulan<=:m AND opd LIKE :o")
    return conn.execute(query, {"y": tahun, "m": last, "o": opds}).scalar()


@pytest.mark.parametrize("opd", ["1.02.0.00.0.00.01", "1.03.0.00.0.00.01", "4.01.0.00.0.00.01"])
def test_the_totals_are_the_database_to_the_rupiah(city, opd):
    with reading(city) as conn:
        rows = e81_lines(conn, PEMDA, 2026, 3, f"{opd}.0000")
        top = rows[(rows["level"] == "program") & (rows["nama"] != "")]
        subs = rows[(rows["level"] == "sub_kegiatan") & (rows["nama"] != "")]
        budget = text("SELECT sum(pagu) FROM node WHERE pemda='16.71' AND tahun=2026 AND opd LIKE :o")
        planned = conn.execute(budget, {"o": f"{opd}%"}).scalar()
        for level in (top, subs):
            assert sum(level["rp7"]) == planned  # no budget has changed before October
            assert sum(level["rp12"]) == spent(conn, f"{opd}%", 2026, 9)
            quarters = [sum(level[f"rp{7 + tw}"]) for tw in (1, 2, 3)]
            assert quarters[0] == spent(conn, f"{opd}%", 2026, 3)
            assert sum(quarters) == sum(level["rp12"])


@pytest.fixture(scope="module")
def whole(city):
    """The lines of the whole city, whose newest triwulan three OPD have not reported."""
    with reading(city) as conn:
        return e79_lines(conn, PEMDA, 2026, 3)


def silent_opd(conn):
    r, o = tables.rollup_uang.c, tables.opd.c
    where = (r.pemda == PEMDA, r.tahun == 2026, r.bulan == 9, r.level == "opd", r.realisasi.is_(None))
    tops = select(o.kode).where(o.pemda == PEMDA, o.induk.is_(None))
    return list(conn.execute(select(r.opd).where(*where, r.opd.in_(tops))).scalars())


def test_the_city_is_the_database_to_the_rupiah(city, whole):
    rows = whole
    with reading(city) as conn:
        silent = silent_opd(conn)
        assert len(silent) == 3
        earlier = sum(spent(conn, f"{opd[:-5]}%", 2026, 9) or 0 for opd in silent)
        assert earlier > 0  # what they reported in TW I and II
        screen = pemda_standing(conn, PEMDA, 2026, 3, Aturan()).iloc[0]["realisasi"]
        assert screen == spent(conn, "%", 2026, 9) - earlier
        for level in ("urusan", "bidang", "program", "kegiatan", "sub_kegiatan"):
            nodes = rows[(rows["level"] == level) & (rows["nama"] != "")]
            assert sum(one for one in nodes["rp12"] if one is not None) == screen, level
            quarters = [one for tw in (1, 2, 3) for one in nodes[f"rp{7 + tw}"] if one is not None]
            assert sum(quarters) == screen + earlier, level
        count = text("SELECT count(*) FROM indikator i JOIN node n USING (pemda, tahun, opd) WHERE i.node = n.kode "
                     "AND n.level != 'sasaran' AND pemda='16.71' AND tahun=2026")  # fmt: skip
        assert (rows["indikator"] != "").sum() == conn.execute(count).scalar()


def test_every_line_of_the_city_is_the_rollups(city, whole):
    """K of each indicator and Rp of each sub kegiatan, silent OPD included, against what the screens read."""
    r, u = tables.rollup_indikator.c, tables.rollup_uang.c
    with reading(city) as conn:
        query = select(r.opd, r.indikator, r.status, r.realisasi_sd)
        found = conn.execute(query.where(r.pemda == PEMDA, r.tahun == 2026, r.tw == 3)).all()
        where = (u.pemda == PEMDA, u.tahun == 2026, u.bulan == 9, u.level == "sub_kegiatan")
        money = {
            (opd, kode): spent for opd, kode, spent in conn.execute(select(u.opd, u.kode, u.realisasi).where(*where))
        }
    stands = {(row.opd, row.indikator): row for row in found}
    silent = 0
    for row in whole[whole["indikator"] != ""].itertuples():
        shown = stands[row.opd, row.indikator]
        if shown.status == "belum_lapor":
            silent += 1
            assert (row.k12, row.k13, row.k14) == (None, None, None), row.indikator
        elif isinstance(row.k12, Decimal) or shown.realisasi_sd is not None:
            assert row.k12 == shown.realisasi_sd, row.indikator
    assert silent > 50
    subs = whole[(whole["level"] == "sub_kegiatan") & (whole["nama"] != "")]
    assert {(row.opd, row.kode): row.rp12 for row in subs.itertuples()} == money


def test_the_form_of_a_silent_opd_has_no_average(city):
    with reading(city) as conn:
        for opd in silent_opd(conn):
            rows, footer = e81_lines(conn, PEMDA, 2026, 3, opd), e81_footer(conn, PEMDA, 2026, 3, opd)
            for number in (12, 13, 14):
                assert set(rows[f"k{number}"]) | set(rows[f"rp{number}"]) == {None}, (opd, number)
            assert any(one is not None for one in rows["rp8"])
            assert any(one is not None for one in rows["k8"])
            assert (footer.capaian, footer.predikat, footer.serapan) == (None, None, None)
            assert renstra_average(rows, Decimal(100)) is None
            assert renstra_share(rows) is None
        whole = e79_footer(conn, PEMDA, 2026, 3)
        names = {row.kode: row.singkat or row.nama for row in conn.execute(select(tables.opd))}
        assert set(whole.tanpa_kinerja) == set(whole.tanpa_uang) == {names[opd] for opd in silent_opd(conn)}


def test_the_figures_are_those_of_the_screens(city):
    """Column 12 is the realisasi so far, average and predikat are the screen's."""
    r, opd = tables.rollup_indikator.c, "1.03.0.00.0.00.01.0000"
    with reading(city) as conn:
        rows, footer = e81_lines(conn, PEMDA, 2026, 3, opd), e81_footer(conn, PEMDA, 2026, 3, opd)
        query = select(r.indikator, r.realisasi_sd).where(r.pemda == PEMDA, r.tahun == 2026, r.tw == 3, r.opd == opd)
        shown = {kode: value for kode, value in conn.execute(query).all() if value is not None}
        standing = opd_standings(conn, PEMDA, 2026, 3, Aturan())
        own = standing[standing["opd"] == opd].iloc[0]
        whole = pemda_standing(conn, PEMDA, 2026, 3, Aturan()).iloc[0]
        city_footer = e79_footer(conn, PEMDA, 2026, 3)
    told = {row.indikator: row.k12 for row in rows.itertuples() if isinstance(row.k12, Decimal)}
    assert len(told) > 80
    assert told == shown
    assert (footer.capaian, footer.predikat, footer.serapan) == (own.capaian, own.predikat, own.serapan)
    assert footer.capaian is not None
    assert (city_footer.capaian, city_footer.serapan) == (whole.capaian, whole.serapan)
    assert footer.pendorong
    assert footer.penyusun.jabatan == "Kepala Dinas Pekerjaan Umum dan Penataan Ruang"
    assert footer.penilai.jabatan.startswith("Kepala Badan Perencanaan")


def test_the_sample_renstra_is_whole(city):
    """A program's Renstra is the sum of its sub kegiatan; hardly anything is left out, and nobody has a real name."""
    with reading(city) as conn:
        rows = e81_lines(conn, PEMDA, 2026, 3, "1.03.0.00.0.00.01.0000")
        names = set(conn.execute(select(tables.pejabat.c.nama)).scalars())
    for program in rows[(rows["level"] == "program") & (rows["nama"] != "")].itertuples():
        subs = rows[(rows["level"] == "sub_kegiatan") & rows["kode"].str.startswith(f"{program.kode}.")]
        assert program.rp5 == sum(one for one in subs["rp5"] if one is not None)
        assert program.rp13 == program.rp6 + program.rp12
    assert names == {"(nama pejabat contoh)"}
