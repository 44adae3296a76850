"""Storing: one transaction, every value with its origin, repeatable without effect; on both databases."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import insert, select

from data import tables
from data.aturan import Aturan
from data.errors import LoadError
from data.queries.kinerja import opd_standings, path_to_node
from data.queries.pemda import coverage, read_pemda, reported_periods
from data.store import Berkas, Muatan, store
from data.words import JenisBerkas

SUB = "1.01.02.2.01.0001"
IND = f"{SUB}#1"


def berkas(mark: str = "a", name: str = "tw3.csv") -> Berkas:
    return Berkas(name, mark * 64, JenisBerkas.INDIKATOR, "uji", opd="A", tahun=2026, tw=3)


def muatan(last: str = "6.2") -> Muatan:
    at = {"tahun": 2026, "opd": "A"}
    value = {**at, "indikator": IND, "kolom": "E"}
    tree = (("1.01.02", "program", None, None), ("1.01.02.2.01", "kegiatan", "1.01.02", None))
    nodes = [*tree, (SUB, "sub_kegiatan", "1.01.02.2.01", 1000)]
    return Muatan(
        opd=[{"kode": "A", "nama": "Dinas A"}],
        node=[
            {**at, "kode": k, "level": level, "induk": up, "nama": k, "pagu": pagu, "baris": 2}
            for k, level, up, pagu in nodes
        ],
        indikator=[
            {**at, "kode": IND, "node": SUB, "nama": "Panjang jalan", "arah": "naik", "akumulasi": "jumlah", "baris": 2}
        ],
        target=[
            {**value, "periode": p, "nilai": Decimal(v), "asli": v, "baris": 2}
            for p, v in ((0, "58"), (1, "10"), (2, "15"), (3, "17.5"))
        ],
        realisasi=[
            {**value, "periode": p, "nilai": Decimal(v), "asli": v, "baris": 28}
            for p, v in ((1, "8.2"), (2, "9.72"), (3, last))
        ],
        laporan=[
            {
                "tahun": 2026,
                "tw": tw,
                "opd": "A",
                "keadaan": "terverifikasi",
                "diterima_pada": datetime(2026, 10, 1, tzinfo=UTC),
            }
            for tw in (1, 2, 3)
        ],
    )


@pytest.fixture
def registered(engine):
    at = datetime(2026, 10, 1, tzinfo=UTC)
    clock = {"dibuka": at, "tepat_waktu_sampai": at, "dikunci": at, "data_per": at.date()}
    with engine.begin() as conn:
        conn.execute(insert(tables.pemda), [{"kode": "16.71", "nama": "Kota Palembang", "contoh": False}])
        conn.execute(insert(tables.periode), [{"pemda": "16.71", "tahun": 2026, "tw": tw, **clock} for tw in (1, 2, 3)])
    return engine


def stored(engine, table):
    with engine.connect() as conn:
        return [row._asdict() for row in conn.execute(select(table).order_by(*table.primary_key.columns))]


def test_a_file_is_stored_with_its_origin_and_rolled_up(registered):
    done = store(registered, "16.71", berkas(), muatan())
    assert (done.nomor, done.sudah_ada, done.diubah) == (1, False, 0)
    value = stored(registered, tables.realisasi)[2]
    assert (value["nilai"], value["unggahan"], value["baris"], value["kolom"]) == (Decimal("6.2"), 1, 28, "E")
    with registered.connect() as conn:
        row = opd_standings(conn, "16.71", 2026, 3, Aturan()).iloc[0]
        assert (row["capaian"], row["status"]) == (Decimal("56.7529411765"), "di_bawah")
        assert read_pemda(conn, "16.71").versi == 1
        assert [step["level"] for step in path_to_node(conn, "16.71", 2026, "A", SUB)] == [
            "program",
            "kegiatan",
            "sub_kegiatan",
        ]


def test_the_same_file_again_changes_nothing(registered):
    store(registered, "16.71", berkas(), muatan())
    before = [stored(registered, table) for table in tables.metadata.sorted_tables]
    assert store(registered, "16.71", berkas(), muatan()).sudah_ada
    assert [stored(registered, table) for table in tables.metadata.sorted_tables] == before


def test_another_file_changes_only_what_differs_and_keeps_older_origins(registered):
    store(registered, "16.71", berkas(), muatan())
    done = store(registered, "16.71", berkas("b"), muatan(last="17.5"))
    assert done.diubah == 1
    assert [row["unggahan"] for row in stored(registered, tables.realisasi)] == [1, 1, 2]
    with registered.connect() as conn:
        assert opd_standings(conn, "16.71", 2026, 3, Aturan()).iloc[0]["status"] != "tercapai"


def test_the_earlier_file_may_be_submitted_again_to_undo(registered):
    store(registered, "16.71", berkas(), muatan())
    store(registered, "16.71", berkas("b"), muatan(last="17.5"))
    assert store(registered, "16.71", berkas(), muatan()).nomor == 3
    assert stored(registered, tables.realisasi)[2]["nilai"] == Decimal("6.2")


def test_all_or_nothing(registered):
    bad = muatan()
    bad.realisasi[2]["indikator"] = "tidak ada"
    before = [stored(registered, table) for table in tables.metadata.sorted_tables]
    with pytest.raises(LoadError, match="tidak ada yang disimpan"):
        store(registered, "16.71", berkas(), bad)
    assert [stored(registered, table) for table in tables.metadata.sorted_tables] == before


def test_an_unknown_pemda_is_refused_with_a_sentence(engine):
    with pytest.raises(LoadError, match="belum terdaftar"):
        store(engine, "99.99", berkas(), muatan())


def test_coverage_counts_accepted_reports_only(registered):
    store(registered, "16.71", berkas(), muatan())
    with registered.connect() as conn:
        period = reported_periods(conn, "16.71")[-1]
        found = coverage(conn, "16.71", period)
    assert (period.tw, found.diharapkan, found.diterima, found.belum) == (3, 1, 1, 0)


@pytest.mark.parametrize("text", ["0.0000000001", "123456789012345678.1234567891", "-70.50", "0", "15093"])
def test_measures_are_exact_on_both_databases(registered, text):
    given = muatan(last=text)
    store(registered, "16.71", berkas(), given)
    assert stored(registered, tables.realisasi)[2]["nilai"] == Decimal(text)


def test_an_unreported_quarter_is_not_zero(registered):
    given = muatan()
    del given.realisasi[2]
    store(registered, "16.71", berkas(), given)
    row = stored(registered, tables.rollup_indikator)[2]
    assert (row["status"], row["capaian"]) == ("belum_lapor", None)


def test_a_nihil_report_leaves_its_quarter_out_of_the_next_ones(registered):
    given = muatan(last="17.5")
    given.realisasi = [row for row in given.realisasi if row["periode"] != 2]
    given.laporan[1]["nihil"] = True
    store(registered, "16.71", berkas(), given)
    rows = stored(registered, tables.rollup_indikator)
    assert rows[1]["status"] == "nihil"
    assert (rows[2]["target_sd"], rows[2]["realisasi_sd"]) == (Decimal("27.5"), Decimal("25.7"))


def test_a_unit_counts_into_its_opd(registered):
    given = muatan()
    given.opd.append({"kode": "A.1", "nama": "Unit", "induk": "A"})
    for rows in (given.node, given.indikator, given.target, given.realisasi):
        rows += [
            {**row, "opd": "A.1", **({"nilai": Decimal(99)} if rows is given.realisasi else {})} for row in list(rows)
        ]
    store(registered, "16.71", berkas(), given)
    with registered.connect() as conn:
        top = opd_standings(conn, "16.71", 2026, 3, Aturan())
    assert len(top) == 1
    assert top.iloc[0]["jumlah_indikator"] == 2
    assert top.iloc[0]["pagu"] == 2000
    assert top.iloc[0]["capaian"] == Decimal("78.3764705883")
