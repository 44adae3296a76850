"""The report form: what is stored, what blocks, what needs a reason, and what is only told."""

import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, insert, select

from data import tables
from data.formulir import TANDA, VERSI
from data.queries.rencana import KnownPlan
from data.words import JenisBerkas
from loaders import Dikenal, Hasil, Konteks, Tingkat, check, read_known, save
from loaders.hasil import Ambang
from tests.loaders.formulir_uji import (
    AKIP,
    OPD,
    SUB,
    SUB2,
    TITLES,
    as_xlsx,
    cpu_seconds,
    faultless,
    form,
    form_rows,
    keuangan,
    kinerja,
    workbook,
)

IBU = f"{SUB}#1"
PUPR = "1.03.0.00.0.00.01.0000"
UNIT = "1.02.0.00.0.00.01.0001"

Run = Callable[..., Hasil]


def rules(hasil: Hasil, tingkat: Tingkat) -> list[str]:
    return [m.aturan for m in hasil.masalah if m.tingkat is tingkat]


def weighty(hasil: Hasil) -> list[str]:
    return [m.aturan for m in hasil.masalah if m.tingkat is not Tingkat.INFO]


def told(hasil: Hasil, aturan: str) -> str:
    return next(m.kalimat() for m in hasil.masalah if m.aturan == aturan)


def changed(dikenal: Dikenal, **more: Any) -> Dikenal:
    return replace(dikenal, rencana=dikenal.rencana | {OPD: replace(dikenal.rencana[OPD], **more)})


# --- what is stored ---


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_faultless_form_has_no_findings(laporan: Run, kind: str) -> None:
    hasil = laporan(form()) if kind == "csv" else laporan(as_xlsx(form_rows()), "laporan.xlsx")
    assert hasil.masalah == []
    assert hasil.ringkasan == {
        "baris_diharapkan": 5, "terisi": 5, "nihil": 0, "kosong": 0, "total_keuangan": 6_000_000,
    }  # fmt: skip
    assert hasil.tahun == 2026


def test_answers_become_realisasi_rows_of_the_quarter(laporan: Run) -> None:
    ubah = {IBU: {"realisasi": "25,5", "kendala": "hujan", "keterangan": "s.d. Juni"}}
    rows = laporan(form(ubah=ubah)).muatan.realisasi
    assert [(row["indikator"], row["nilai"], row["teks"], row["periode"]) for row in rows] == [
        (IBU, Decimal("25.5"), None, 2),
        (f"{SUB2}#1", Decimal(25), None, 2),
        (AKIP, None, "BB", 2),
    ]
    assert (
        rows[0] | {"kendala": "hujan", "keterangan": "s.d. Juni", "asli": "25,5", "baris": 3, "kolom": "G"} == rows[0]
    )


def test_months_become_keuangan_rows_and_fisik_stands_on_the_last(laporan: Run) -> None:
    rows = [row for row in laporan(form()).muatan.keuangan if row["node"] == SUB]
    assert [(row["bulan"], row["realisasi"], row.get("fisik")) for row in rows] == [
        (4, 1_000_000, None),
        (5, 1_000_000, None),
        (6, 1_000_000, Decimal(45)),
    ]
    assert [row["kolom"] for row in rows] == ["H", "I", "J"]


def test_no_report_row_is_made(laporan: Run) -> None:
    assert laporan(form()).muatan.laporan == []


def test_it_is_saved_and_read_again(engine: Engine, dikenal_laporan: Dikenal) -> None:
    plan = dikenal_laporan.rencana[OPD]
    _store_plan(engine, plan)
    known = read_known(engine, "16.71", 2026, OPD)
    konteks = Konteks(JenisBerkas.LAPORAN, OPD, 2026, 2, dikenal=known, alasan="uji")
    hasil = check(form().encode(), "l.csv", konteks)
    assert hasil.boleh_disimpan, hasil.masalah
    save(engine, "16.71", hasil, konteks)
    again = read_known(engine, "16.71", 2026, OPD).plan(OPD)
    assert {row["kode"]: row["jawaban"] for row in again.indikator}[AKIP] == {2: (None, "BB", False)}
    assert again.keuangan[SUB][6] == (None, 1_000_000)
    assert again.fisik[SUB] == {6: Decimal(45)}
    with engine.connect() as conn:
        assert conn.execute(select(tables.laporan)).all() == []


def _store_plan(engine: Engine, plan: KnownPlan) -> None:
    key = {"pemda": "16.71", "tahun": 2026, "opd": OPD}
    origin = {"unggahan": 1, "baris": 1}
    upload = {"pemda": "16.71", "nomor": 1, "nama_berkas": "r", "sha256": "0" * 64, "jenis": "renja", "oleh": "uji"}
    with engine.begin() as conn:
        conn.execute(insert(tables.opd), [{"pemda": "16.71", "kode": OPD, "nama": "Dinas Kesehatan"}])
        conn.execute(insert(tables.unggahan), [upload | {"dimuat_pada": _now()}])
        nodes = [key | origin | {"kode": kode, "induk": None} | node for kode, node in plan.nodes.items()]
        conn.execute(insert(tables.node), [row | {"induk": None} for row in nodes])
        names = ("kode", "node", "nama", "satuan", "arah", "akumulasi")
        conn.execute(insert(tables.indikator), [key | origin | {n: row[n] for n in names} for row in plan.indikator])
        target = {"indikator": AKIP, "periode": 0, "teks": "BB"}
        conn.execute(insert(tables.target), [key | origin | target])


def _now() -> Any:
    from datetime import UTC, datetime

    return datetime.now(UTC)


def test_known_plan_tells_units_history_and_withheld_reports(engine: Engine, dikenal_laporan: Dikenal) -> None:
    _store_plan(engine, dikenal_laporan.rencana[OPD])
    key = {"pemda": "16.71", "opd": OPD}
    origin = {"unggahan": 1, "baris": 1}
    with engine.begin() as conn:
        conn.execute(insert(tables.opd), [{"pemda": "16.71", "kode": UNIT, "nama": "UPTD", "induk": OPD}])
        for tahun in (2025, 2026):
            node = key | origin | {"tahun": tahun, "kode": "9.99", "level": "program", "nama": "P", "dikenal": True}
            conn.execute(insert(tables.node), [node])
            ind = {"kode": "9.99#1", "node": "9.99", "nama": "I", "arah": "naik", "akumulasi": "jumlah"}
            conn.execute(insert(tables.indikator), [key | origin | {"tahun": tahun} | ind])
            answers = [{"indikator": "9.99#1", "periode": tw, "nilai": Decimal(tw * 10)} for tw in (2, 1)]
            conn.execute(insert(tables.realisasi), [key | origin | {"tahun": tahun} | one for one in answers])
        report = key | {"tahun": 2026, "hari_terlambat": 0}
        conn.execute(insert(tables.laporan), [report | {"tw": 1, "keadaan": "terkirim", "nihil": False}])
        conn.execute(insert(tables.laporan), [report | {"tw": 2, "keadaan": "terverifikasi", "nihil": True}])
    known = read_known(engine, "16.71", 2026, OPD)
    assert known.keluarga(OPD) == [OPD, UNIT]
    assert set(known.rencana) == {OPD, UNIT}
    plan = known.plan(OPD)
    assert plan.riwayat == {"9.99#1": [Decimal(10), Decimal(20)]}
    assert (plan.tertahan, plan.nihil) == (frozenset({1}), frozenset({2}))


# --- the identity line ---


@pytest.mark.parametrize(
    ("tanda", "aturan", "words"),
    [
        ((TANDA, VERSI, PUPR, 2026, 2), "templat_opd_lain", "Templat ini milik OPD Dinas PUPR."),
        ((TANDA, VERSI, OPD, 2025, 2), "templat_tahun_lain", "untuk tahun 2025, bukan 2026"),
        ((TANDA, VERSI, OPD, 2026, 1), "templat_tw_lain", "untuk TW I, bukan TW II"),
        ((TANDA, VERSI + 1, OPD, 2026, 2), "versi_templat", "Unduh templat terbaru"),
        ((TANDA,), "versi_templat", "Versi templat ini kosong"),
    ],
)
def test_a_form_of_somebody_or_sometime_else_is_refused(
    laporan: Run, tanda: tuple[Any, ...], aturan: str, words: str
) -> None:
    hasil = laporan(form(tanda=tanda))
    assert aturan in rules(hasil, Tingkat.GALAT)
    assert words in told(hasil, aturan)
    assert hasil.muatan.realisasi == []


def test_wrong_identity_suppresses_every_error_of_the_rows(laporan: Run) -> None:
    hasil = laporan(form(tanda=(TANDA, VERSI, PUPR, 2025, 1), ubah={IBU: {"realisasi": "x"}}))
    assert weighty(hasil) == ["templat_opd_lain", "templat_tahun_lain", "templat_tw_lain"]
    assert told(hasil, "templat_tw_lain").startswith("Baris 1, kolom E")


def test_a_file_typed_by_hand_is_fine(laporan: Run) -> None:
    hasil = laporan(form(tanda=None))
    assert [(m.tingkat, m.aturan) for m in hasil.masalah] == [(Tingkat.INFO, "tanpa_tanda")]


def test_headers_may_be_titles_or_keys_and_locked_columns_may_be_missing(laporan: Run) -> None:
    text = f"kode;realisasi;bulan_1;bulan_2;bulan_3;fisik\n{IBU};25;;;;\n{SUB};;1;2;3;45\n"
    hasil = laporan(text)
    assert [row["nilai"] for row in hasil.muatan.realisasi] == [25]
    assert [row["realisasi"] for row in hasil.muatan.keuangan] == [1, 2, 3]


@pytest.mark.parametrize("without", ["opd", "tahun", "tw"])
def test_opd_year_and_quarter_must_be_said(laporan: Run, without: str) -> None:
    assert weighty(laporan(form(), **{without: None})) == ["periode"]


def test_without_a_stored_plan_nothing_can_be_checked(laporan: Run) -> None:
    assert weighty(laporan(form(), dikenal=Dikenal())) == ["rencana_belum_ada"]


# --- which row is which ---


def test_duplicate_rows_name_both_rows(laporan: Run) -> None:
    hasil = laporan(form(tambah=[kinerja(IBU, "Jumlah ibu hamil dilayani")]))
    assert weighty(hasil) == ["duplikat"]
    assert told(hasil, "duplikat").startswith(f"Baris 8, kolom A (Kode): '{IBU}' sudah ada di baris 3.")


def test_missing_rows_need_a_reason(laporan: Run) -> None:
    hasil = laporan(form(tanpa=[SUB2, AKIP]))
    assert weighty(hasil) == ["baris_kurang", "baris_kurang"]
    assert hasil.boleh_disimpan
    assert hasil.ringkasan["kosong"] == 2


def test_row_of_another_opd_is_galat(laporan: Run) -> None:
    hasil = laporan(form(tambah=[kinerja("1.03.02#1", "Jalan mantap")]))
    assert weighty(hasil) == ["opd_lain"]
    assert "Dinas PUPR" in told(hasil, "opd_lain")


def test_an_opd_column_that_names_another_opd_is_galat(laporan: Run) -> None:
    lines = [[*line, "Kode OPD" if line[0] == "Kode" else ""] for line in form_rows()]
    lines[3][-1] = PUPR
    from tests.loaders.formulir_uji import as_csv

    assert rules(laporan(as_csv(lines)), Tingkat.GALAT) == ["opd_lain"]


def test_unknown_code_is_galat(laporan: Run) -> None:
    assert "kode_tidak_dikenal" in weighty(laporan(form(tambah=[kinerja("9.99.99#1", "x")])))


def test_code_whose_zeros_excel_took_is_told_with_the_right_one(laporan: Run) -> None:
    hasil = laporan(form(tanpa=[SUB], tambah=[keuangan("1.2.2.2.2.1")]))
    assert rules(hasil, Tingkat.GALAT) == ["kode_rusak"]
    assert SUB in told(hasil, "kode_rusak")


def test_code_that_excel_took_for_a_date(laporan: Run) -> None:
    for code in ("1.02.2026", "2026-02-01", "01/02/2026", "1-Feb"):
        assert "kode_tanggal" in weighty(laporan(form(tambah=[keuangan(code)])))


def test_code_held_as_a_number_is_told_once(laporan: Run) -> None:
    lines = form_rows()
    lines[3][0] = 1.1
    hasil = laporan(as_xlsx(lines), "l.xlsx")
    assert rules(hasil, Tingkat.GALAT) == ["kode_angka"]


def test_answer_in_a_column_of_the_other_kind_of_row_is_galat(laporan: Run) -> None:
    hasil = laporan(form(ubah={IBU: {"bulan_1": 5}, SUB: {"realisasi": 7}}))
    assert weighty(hasil) == ["salah_kolom", "salah_kolom"]


def test_kind_of_row_must_fit_the_code(laporan: Run) -> None:
    hasil = laporan(form(ubah={IBU: {"baris": "Keuangan"}, SUB2: {"baris": "Belanja"}}))
    assert rules(hasil, Tingkat.GALAT) == ["jenis_baris", "jenis_baris"]


def test_units_answer_with_their_code_behind_an_at(laporan: Run, dikenal_laporan: Dikenal) -> None:
    own = dikenal_laporan.rencana[OPD]
    known = replace(
        dikenal_laporan,
        rencana=dikenal_laporan.rencana | {UNIT: KnownPlan(own.nodes, own.indikator[:1])},
        induk={UNIT: OPD},
    )
    rows = [kinerja(f"{IBU}@{UNIT}", "Jumlah ibu hamil dilayani"), keuangan(f"{SUB}@{UNIT}", sebelumnya="")]
    hasil = laporan(form(tambah=rows), dikenal=known)
    assert [row["opd"] for row in hasil.muatan.realisasi].count(UNIT) == 1
    assert {row["opd"] for row in hasil.muatan.keuangan} == {OPD, UNIT}
    assert rules(hasil, Tingkat.GALAT) == []
    assert rules(hasil, Tingkat.KONFIRMASI).count("baris_kurang") == 1  # the second sub kegiatan of the unit


# --- locked cells ---


@pytest.mark.parametrize(
    ("kunci", "value"), [("uraian", "Lain"), ("satuan", "Ekor"), ("target", 9), ("sebelumnya", "99"), ("target", "x")]
)
def test_changed_locked_cell_is_info_and_the_stored_one_counts(laporan: Run, kunci: str, value: Any) -> None:
    hasil = laporan(form(ubah={IBU: {kunci: value}}))
    assert [(m.tingkat, m.aturan, m.baris) for m in hasil.masalah] == [(Tingkat.INFO, "sel_terkunci", 3)]


def test_changed_pagu_is_info(laporan: Run) -> None:
    hasil = laporan(form(ubah={SUB: {"target": "12.000.000"}}))
    assert [m.aturan for m in hasil.masalah] == ["sel_terkunci"]


def test_locked_cells_written_the_indonesian_way_are_unchanged(laporan: Run) -> None:
    assert laporan(form(ubah={SUB: {"target": "10.000.000", "sebelumnya": "1.500.000,00"}})).masalah == []


# --- Kinerja ---


def test_nihil_needs_a_reason(laporan: Run) -> None:
    hasil = laporan(form(ubah={IBU: {"realisasi": "Nihil"}}))
    assert weighty(hasil) == ["nihil_tanpa_keterangan"]
    assert "Keterangan" in told(hasil, "nihil_tanpa_keterangan")


def test_nihil_with_a_reason_is_complete(laporan: Run) -> None:
    hasil = laporan(form(ubah={IBU: {"realisasi": "nihil", "keterangan": "dimulai TW III"}}))
    assert weighty(hasil) == []
    assert hasil.ringkasan["nihil"] == 1
    assert hasil.muatan.realisasi[0]["nihil"] is True


def test_blank_is_not_yet_reported_and_told(laporan: Run) -> None:
    hasil = laporan(form(ubah={IBU: {"realisasi": ""}, SUB: {"bulan_2": ""}}))
    assert [m.aturan for m in hasil.masalah] == ["belum_diisi", "belum_diisi", "belum_lengkap"]
    assert hasil.perlu_alasan, "a report with blank rows needs a word about them"
    assert hasil.ringkasan["kosong"] == 1
    assert IBU not in {row["indikator"] for row in hasil.muatan.realisasi}


def test_an_untouched_template_is_no_report(laporan: Run) -> None:
    answers = ("realisasi", "bulan_1", "bulan_2", "bulan_3", "fisik")
    blank = {row["kode"]: dict.fromkeys((name for name in answers if name in row), "") for row in faultless()}
    hasil = laporan(form(ubah=blank))
    assert "isian_kosong" in [m.aturan for m in hasil.masalah]
    assert not hasil.boleh_disimpan


def test_words_beside_a_blank_answer_are_kept(laporan: Run) -> None:
    rows = laporan(form(ubah={IBU: {"realisasi": "", "kendala": "data belum ada"}})).muatan.realisasi
    assert (rows[0]["nilai"], rows[0]["nihil"], rows[0]["kendala"]) == (None, False, "data belum ada")


def test_blank_takes_back_what_is_stored_and_asks(laporan: Run, dikenal_laporan: Dikenal) -> None:
    plan = dikenal_laporan.rencana[OPD]
    rows = [row | {"realisasi": {1, 2}} if row["kode"] == IBU else row for row in plan.indikator]
    money = plan.keuangan | {SUB: plan.keuangan[SUB] | {5: (None, 7)}}
    known = changed(dikenal_laporan, indikator=rows, keuangan=money)
    hasil = laporan(form(ubah={IBU: {"realisasi": ""}, SUB: {"bulan_2": ""}}), dikenal=known)
    assert weighty(hasil) == ["akan_dikosongkan", "akan_dikosongkan"]
    assert hasil.muatan.realisasi[0]["nilai"] is None
    assert [row["realisasi"] for row in hasil.muatan.keuangan if row["node"] == SUB] == [1_000_000, None, 1_000_000]


def test_rating_outside_the_scale_is_asked_about(laporan: Run) -> None:
    assert weighty(laporan(form(ubah={AKIP: {"realisasi": "BBB"}}))) == ["predikat_tidak_dikenal"]


def test_words_where_a_number_belongs_are_galat(laporan: Run) -> None:
    assert weighty(laporan(form(ubah={IBU: {"realisasi": "banyak"}}))) == ["bukan_angka"]


def test_capaian_below_66_without_kendala_is_asked_about(laporan: Run) -> None:
    low = {IBU: {"realisasi": 5}}
    hasil = laporan(form(ubah=low))
    assert weighty(hasil) == ["capaian_rendah_tanpa_kendala"]
    assert "60 %" in told(hasil, "capaian_rendah_tanpa_kendala")  # (25 + 5) of 50
    assert weighty(laporan(form(ubah={IBU: {"realisasi": 5, "kendala": "hujan"}}))) == []


def test_capaian_over_200_is_asked_about(laporan: Run) -> None:
    assert weighty(laporan(form(ubah={IBU: {"realisasi": 80}}))) == ["capaian_sangat_tinggi"]


def test_capaian_of_a_falling_indicator_is_read_the_other_way(laporan: Run, dikenal_laporan: Dikenal) -> None:
    rows = [row | {"arah": "turun"} for row in dikenal_laporan.rencana[OPD].indikator]
    hasil = laporan(form(ubah={IBU: {"realisasi": 60}}), dikenal=changed(dikenal_laporan, indikator=rows))
    assert weighty(hasil) == ["capaian_rendah_tanpa_kendala"]  # 85 of at most 50


def test_percent_over_100_is_asked_about(laporan: Run, dikenal_laporan: Dikenal) -> None:
    rows = [row | {"satuan": "%"} for row in dikenal_laporan.rencana[OPD].indikator]
    known = changed(dikenal_laporan, indikator=rows)
    ubah = {IBU: {"realisasi": 101, "satuan": "persen", "target": ""}}
    assert "persen_di_atas_100" in weighty(laporan(form(ubah=ubah), dikenal=known))


def test_negative_answer_is_asked_about(laporan: Run) -> None:
    assert "realisasi_minus" in weighty(laporan(form(ubah={IBU: {"realisasi": -1, "kendala": "x"}})))


@pytest.mark.parametrize(("value", "asked"), [(2600, True), (240, False), (2, True), (3, False)])
def test_outlier_against_own_history_is_asked_about(
    laporan: Run, dikenal_laporan: Dikenal, value: int, asked: bool
) -> None:
    known = changed(dikenal_laporan, riwayat={IBU: [Decimal(20), Decimal(30)]})  # and 25 of this year's TW I
    found = weighty(laporan(form(ubah={IBU: {"realisasi": value, "kendala": "x"}}), dikenal=known))
    assert ("pencilan" in found) is asked


def test_two_earlier_quarters_are_no_history(laporan: Run, dikenal_laporan: Dikenal) -> None:
    known = changed(dikenal_laporan, riwayat={IBU: [Decimal(25)]})
    assert "pencilan" not in weighty(laporan(form(ubah={IBU: {"realisasi": 9999}}), dikenal=known))


def test_withheld_quarters_do_not_count_as_sebelumnya(laporan: Run, dikenal_laporan: Dikenal) -> None:
    known = changed(dikenal_laporan, tertahan=frozenset({1}))
    hasil = laporan(form(), dikenal=known)
    assert {m.nama_kolom for m in hasil.masalah} == {"Realisasi s.d. triwulan lalu"}


# --- Keuangan ---


def test_cumulative_over_pagu_is_asked_about_once_and_saves(laporan: Run) -> None:
    ubah = {SUB: {"bulan_2": 8_000_000, "fisik": 100, "kendala": "x"}}
    hasil = laporan(form(ubah=ubah))
    assert weighty(hasil) == ["realisasi_di_atas_pagu"]
    assert "s.d. Mei Rp10.500.000, melebihi pagu Rp10.000.000" in told(hasil, "realisasi_di_atas_pagu")
    assert hasil.muatan.keuangan


def test_pagu_in_force_at_the_quarters_end_counts(laporan: Run, dikenal_laporan: Dikenal) -> None:
    known = changed(dikenal_laporan, pagu={SUB: {5: 4_000_000, 9: 99_000_000}})
    ubah = {SUB: {"target": 4_000_000, "fisik": 100}}
    assert weighty(laporan(form(ubah=ubah), dikenal=known)) == ["realisasi_di_atas_pagu"]


def test_month_that_makes_the_cumulative_fall_is_asked_about(laporan: Run) -> None:
    hasil = laporan(form(ubah={SUB: {"bulan_2": "-500.000,00", "fisik": 30}}))
    assert weighty(hasil) == ["kumulatif_turun"]
    assert "turun dari Rp2.500.000 menjadi Rp2.000.000" in told(hasil, "kumulatif_turun")


@pytest.mark.parametrize("value", ["101", "-1", "100,01"])
def test_fisik_outside_0_to_100_is_galat(laporan: Run, value: str) -> None:
    assert weighty(laporan(form(ubah={SUB: {"fisik": value}}))) == ["fisik_di_luar_batas"]


def test_fisik_lower_than_last_quarter_is_asked_about(laporan: Run) -> None:
    hasil = laporan(form(ubah={SUB: {"fisik": 10, "kendala": "diukur ulang"}}))
    assert weighty(hasil) == ["fisik_turun"]


def test_gap_between_fisik_and_keuangan_needs_a_kendala(laporan: Run) -> None:
    assert weighty(laporan(form(ubah={SUB: {"fisik": 70}}))) == []  # exactly 25 points
    hasil = laporan(form(ubah={SUB: {"fisik": 71}}))
    assert weighty(hasil) == ["selisih_fisik_keuangan"]
    assert "26 poin dari keuangan (45 %)" in told(hasil, "selisih_fisik_keuangan")
    assert weighty(laporan(form(ubah={SUB: {"fisik": 71, "kendala": "uang muka"}}))) == []


def test_the_thresholds_are_settings(laporan: Run) -> None:
    ambang = Ambang(selisih_fisik=Decimal(10))
    assert weighty(laporan(form(ubah={SUB: {"fisik": 60}}), ambang=ambang)) == ["selisih_fisik_keuangan"]


def test_a_missing_month_suppresses_the_gap(laporan: Run) -> None:
    assert weighty(laporan(form(ubah={SUB: {"fisik": 99, "bulan_3": ""}}))) == []


def test_quarter_of_money_far_from_own_history(laporan: Run, dikenal_laporan: Dikenal) -> None:
    stored = dict.fromkeys(range(1, 10), (None, 30000))
    known = changed(dikenal_laporan, keuangan=dikenal_laporan.rencana[OPD].keuangan | {SUB: stored})
    hasil = laporan(form(tanda=(TANDA, VERSI, OPD, 2026, 4)), dikenal=known, tw=4)
    assert weighty(hasil).count("pencilan") == 1
    assert "lebih dari 10 kali nilai tengah 3 triwulan sebelumnya" in told(hasil, "pencilan")


def test_nothing_at_all_is_no_outlier(laporan: Run, dikenal_laporan: Dikenal) -> None:
    known = changed(dikenal_laporan, riwayat={IBU: [Decimal(20), Decimal(30)]})
    assert weighty(laporan(form(ubah={IBU: {"realisasi": 0, "kendala": "x"}}), dikenal=known)) == []


def test_sebelumnya_of_a_nihil_quarter_is_nihil(laporan: Run, dikenal_laporan: Dikenal) -> None:
    rows = [row | {"jawaban": {1: (None, None, True)}} for row in dikenal_laporan.rencana[OPD].indikator]
    known = changed(dikenal_laporan, indikator=rows)
    hasil = laporan(form(ubah={IBU: {"sebelumnya": "nihil", "target": 25}}), dikenal=known)
    assert [m.baris for m in hasil.masalah if m.aturan == "sel_terkunci" and m.nama_kolom.startswith("Real")] == [5]


def test_nihil_is_no_amount(laporan: Run) -> None:
    hasil = laporan(form(ubah={SUB: {"bulan_1": "nihil", "fisik": "NIHIL"}}))
    assert weighty(hasil) == ["nihil_keuangan", "nihil_keuangan"]


def test_cents_are_rounded_and_told(laporan: Run) -> None:
    hasil = laporan(form(ubah={SUB: {"bulan_1": "1.000.000,50"}}))
    assert [m.aturan for m in hasil.masalah] == ["dibulatkan"]


def test_more_rupiah_than_there_are_is_galat(laporan: Run) -> None:
    assert weighty(laporan(form(ubah={SUB: {"bulan_1": "9" * 20}}))) == ["uang_terlalu_besar"]


def test_every_finding_about_a_row_says_where_what_and_how(laporan: Run) -> None:
    ubah = {
        IBU: {"realisasi": "1.5OO", "target": 1},
        f"{SUB2}#1": {"realisasi": 5000},
        AKIP: {"realisasi": "BBB"},
        SUB: {"bulan_1": -9, "bulan_2": 90_000_000, "fisik": 5, "bulan_3": "#REF!"},
        SUB2: {"fisik": 300, "bulan_1": "nihil", "realisasi": 3},
    }
    hasil = laporan(form(ubah=ubah, tambah=[keuangan("9.9"), kinerja(IBU, "x")]))
    assert len(weighty(hasil)) >= 10
    for m in hasil.masalah:
        if m.tingkat is not Tingkat.INFO:
            assert m.baris, m
            assert m.huruf_kolom, m
            assert m.nama_kolom in TITLES, m
            assert m.nilai, m
            assert m.perbaikan or m.pesan.count(".") >= 2, m


# --- spreadsheets ---


@pytest.mark.parametrize("error", ["#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#N/A"])
def test_formula_errors_have_their_own_sentence(laporan: Run, error: str) -> None:
    hasil = laporan(form(ubah={SUB: {"bulan_1": error}, IBU: {"realisasi": error}}))
    assert weighty(hasil) == ["rumus_galat", "rumus_galat"]
    assert "galat rumus Excel" in told(hasil, "rumus_galat")


def test_formula_with_a_saved_result_is_its_result(laporan: Run) -> None:
    def after(book: Any, sheet: Any) -> None:
        sheet.write_formula(2, 6, "=20+5", None, 25)

    assert laporan(as_xlsx(form_rows(), after), "l.xlsx").masalah == []


def test_formula_never_computed_is_galat_not_blank(laporan: Run) -> None:
    from io import BytesIO

    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in form_rows():
        sheet.append(line)
    sheet["G3"] = "=20+5"
    out = BytesIO()
    book.save(out)
    hasil = laporan(out.getvalue(), "l.xlsx")
    assert rules(hasil, Tingkat.GALAT) == ["rumus_galat"]
    assert "belum dihitung" in told(hasil, "rumus_galat")


def test_hidden_rows_merged_cells_and_second_sheets_are_handled_and_said(laporan: Run) -> None:
    def fill(book: Any) -> None:
        book.add_worksheet("Petunjuk").write(0, 0, "Isi kolom putih")
        sheet = book.add_worksheet("Laporan")
        sheet.merge_range(0, 20, 0, 22, "catatan")
        for at, line in enumerate(form_rows()):
            sheet.write_row(at, 0, line)
        sheet.set_row(3, None, None, {"hidden": True})

    hasil = laporan(workbook(fill), "l.xlsx")
    assert {"lembar_lain", "sel_gabungan", "baris_tersembunyi"} <= set(rules(hasil, Tingkat.INFO))
    assert hasil.ringkasan["terisi"] == 5


def test_a_header_printed_again_is_skipped_and_said(laporan: Run) -> None:
    lines = form_rows()
    lines.insert(4, list(TITLES))
    hasil = laporan(as_xlsx(lines), "l.xlsx")
    assert [m.aturan for m in hasil.masalah] == ["judul_berulang"]


def test_swallowed_rows_are_seen_below_an_identity_line(laporan: Run) -> None:
    text = (
        form().replace("Jumlah ibu hamil dilayani", '"Jumlah ibu hamil dilayani').replace("Nilai AKIP;", 'Nilai AKIP";')
    )
    assert weighty(laporan(text)) == ["kutip_menelan_baris"]


# --- size ---


def test_2000_rows_in_five_seconds_with_the_start_of_the_process(
    dikenal: Dikenal, capsys: pytest.CaptureFixture[str]
) -> None:
    from loaders.terpisah import check_apart

    content, konteks = many(1000)
    started, used = time.monotonic(), cpu_seconds()
    hasil = check_apart(content, "besar.xlsx", konteks)
    took, busy = time.monotonic() - started, cpu_seconds() - used
    with capsys.disabled():
        print(f"\n2.000 baris formulir diperiksa dalam {took:.2f} detik (CPU {busy:.2f}), dengan memulai prosesnya")  # noqa: T201 - the figure is the point
    assert hasil.ringkasan["terisi"] == 2000
    assert busy <= 5  # CPU, not the clock: other tests may keep the machine busy


def many(count: int) -> tuple[bytes, Konteks]:
    """A form with this many indicators and as many sub kegiatan, and the plan it answers."""
    codes = [f"1.02.02.2.{number // 100:02}.{number:04}" for number in range(count)]
    nodes = {
        kode: {"level": "sub_kegiatan", "nama": f"Sub {kode}", "induk": None, "pagu": 10_000_000} for kode in codes
    }
    row = {"nama": "Jumlah", "satuan": "Orang", "arah": "naik", "akumulasi": "jumlah", "target_tahun": Decimal(100)}
    more = {"target": dict.fromkeys((1, 2, 3, 4), Decimal(25)), "jawaban": {1: (Decimal(25), None, False)}}
    rows = [row | more | {"kode": f"{kode}#1", "node": kode} for kode in codes]
    lines = form_rows()[:2]
    for kode in codes:
        for one in (kinerja(f"{kode}#1", "Jumlah"), keuangan(kode)):
            lines.append([one.get(key, "") for key in _keys()])
    konteks = Konteks(JenisBerkas.LAPORAN, OPD, 2026, 2, dikenal=Dikenal({OPD: "D"}, {OPD: KnownPlan(nodes, rows)}))
    return as_xlsx(lines), konteks


def _keys() -> list[str]:
    from tests.loaders.formulir_uji import KEYS

    return KEYS
