"""Files that meet what is stored already: nothing counts twice, is wiped or stays behind in silence."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, delete, select

from data import tables
from data.words import JenisBerkas
from loaders import Dikenal, Hasil, Tingkat, read_known
from loaders.__main__ import main

OPD = "1.02.0.00.0.00.01.0000"
SUB, SUB2 = "1.02.02.2.02.0001", "1.02.02.2.02.0002"
PEMDA = "16.71"
PLAN = (
    "tahun,kode_skpd,nama_skpd,kode_urusan,nama_urusan,kode_bidang_urusan,nama_bidang_urusan,kode_program,"
    "nama_program,tolak_ukur_capaian,satuan_capaian,target_teks_capaian,kode_giat,nama_giat,tolak_ukur_output,"
    "satuan_output,target_teks_output,kode_sub_giat,nama_sub_giat,tolok_ukur_sub,satuan_sub,target_sub_teks,pagu"
)
REPORT = ["--opd", OPD, "--periode", "2026-TW1", "--jenis", "indikator"]
MONEY = ["--opd", OPD, "--periode", "2026", "--jenis", "keuangan"]

Run = Callable[..., Hasil]
Known = Callable[[dict[int, tuple[int | None, int | None]]], Dikenal]
Load = Callable[..., int]


def plan_line(sub: str) -> str:
    return (
        f"2026,{OPD},Dinas Kesehatan,1,Urusan,1.02,Kesehatan,1.02.02,Program,Angka,KH,80 KH,1.02.02.2.02,Kegiatan,"
        f"Jumlah ibu,Orang,100 Orang,1.02.02.2.02.{sub},Sub,,,,1000"
    )


def money(periksa: Run, dikenal: Dikenal, rows: str, kumulatif: bool = True) -> Hasil:
    text = f"kode;bulan;rak;realisasi\n{rows}\n{SUB2};1;0;0\n"
    return periksa(text, jenis=JenisBerkas.KEUANGAN, tw=None, dikenal=dikenal, kumulatif=kumulatif)


def rules(hasil: Hasil, tingkat: Tingkat = Tingkat.KONFIRMASI) -> list[str]:
    return [m.aturan for m in hasil.masalah if m.tingkat is tingkat]


def of_first(hasil: Hasil, kunci: str) -> list[Any]:
    return [row.get(kunci) for row in hasil.muatan.keuangan if row["node"] == SUB]


@pytest.fixture
def load(engine: Engine, tmp_path: Path) -> Load:
    """Run the command on lines of text; with a plan of two sub kegiatan stored."""

    def run(*lines: str, args: list[str]) -> int:
        path = tmp_path / "isi.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return main([str(path), *args])

    assert run(PLAN, plan_line("0001"), plan_line("0002"), args=["--jenis", "renja"]) == 0
    return run


def stored(engine: Engine, table: str, *names: str) -> list[tuple[Any, ...]]:
    columns = tables.metadata.tables[table].c
    with engine.connect() as conn:
        return [tuple(row) for row in conn.execute(select(*(columns[name] for name in names))).all()]


def test_cumulative_from_mid_year_counts_stored_months(periksa: Run, dikenal_uang: Known) -> None:
    known = dikenal_uang({1: (10, 10), 2: (10, 20), 3: (None, 20), 5: (7, 7)})
    hasil = money(periksa, known, f"{SUB};4;50;80")
    assert of_first(hasil, "realisasi") == [30]
    assert of_first(hasil, "rak") == [30]
    assert rules(hasil) == []


def test_cumulative_counts_stored_months_between_its_own(periksa: Run, dikenal_uang: Known) -> None:
    hasil = money(periksa, dikenal_uang({1: (0, 10), 5: (0, 7)}), f"{SUB};4;;80\n{SUB};6;;100")
    assert of_first(hasil, "realisasi") == [70, 13]


def test_cumulative_months_of_the_file_count_instead_of_stored_ones(periksa: Run, dikenal_uang: Known) -> None:
    hasil = money(periksa, dikenal_uang({1: (0, 999), 2: (0, 999)}), f"{SUB};1;;30\n{SUB};2;;50\n{SUB};3;;80")
    assert of_first(hasil, "realisasi") == [30, 20, 30]
    assert rules(hasil) == []


def test_cumulative_below_stored_sum_is_a_fall(periksa: Run, dikenal_uang: Known) -> None:
    hasil = money(periksa, dikenal_uang({1: (0, 60), 2: (0, 40)}), f"{SUB};3;;80")
    assert rules(hasil) == ["kumulatif_turun"]
    assert of_first(hasil, "realisasi") == [-20]


@pytest.mark.parametrize(("amount", "expected"), [(2_000_000, ["realisasi_di_atas_pagu"]), (1_000_000, [])])
def test_pagu_is_compared_with_stored_months_too(
    periksa: Run, dikenal_uang: Known, amount: int, expected: list[str]
) -> None:
    known = dikenal_uang({1: (0, 9_000_000), 12: (0, 5_000_000)})
    assert rules(money(periksa, known, f"{SUB};4;;{amount}", kumulatif=False)) == expected


def test_columns_left_out_and_blank_cells_are_not_in_the_rows(periksa: Run, dikenal: Dikenal) -> None:
    hasil = money(periksa, dikenal, f"{SUB};1;5;\n{SUB};2;;6\n{SUB};3;;", kumulatif=False)
    rows = [row for row in hasil.muatan.keuangan if row["node"] == SUB]
    keys = ("pagu", "rak", "realisasi", "fisik", "fisik_rencana")
    assert [{k: row[k] for k in keys if k in row} for row in rows] == [{"rak": 5}, {"realisasi": 6}]
    assert "baris_kosong" in rules(hasil, Tingkat.INFO)


def test_money_without_columns_wipes_nothing(engine: Engine, load: Load) -> None:
    full = (f"{SUB};1;900;100;80;12,5", f"{SUB2};1;800;0;0;0")
    assert load("kode;bulan;pagu;rak;realisasi;fisik", *full, args=MONEY) == 0
    assert load("kode;bulan;realisasi", f"{SUB};1;90", f"{SUB2};1;", args=MONEY) == 0
    found = stored(engine, "keuangan", "node", "pagu", "rak", "realisasi", "fisik")
    assert sorted(found) == [(SUB, 900, 100, 90, 12.5), (SUB2, 800, 0, 0, 0)]


def test_cumulative_file_after_stored_months(engine: Engine, load: Load) -> None:
    months = [f"{SUB};{month};10" for month in (1, 2, 3)]
    assert load("kode;bulan;realisasi", *months, f"{SUB2};1;0", args=[*MONEY, "--per-bulan"]) == 0
    late = ("kode;bulan;realisasi", f"{SUB};4;80", f"{SUB2};4;0")
    for _ in range(2):
        assert load(*late, args=[*MONEY, "--kumulatif"]) == 0
        found = stored(engine, "keuangan", "node", "bulan", "realisasi")
        assert [row[2] for row in sorted(found) if row[0] == SUB] == [10, 10, 10, 50]


def test_same_file_read_the_other_way_is_stored_again(
    engine: Engine, load: Load, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ("kode;bulan;realisasi", f"{SUB};1;10", f"{SUB};2;30", f"{SUB2};1;0")
    for choice, february in (("--per-bulan", 30), ("--kumulatif", 20), ("--per-bulan", 30)):
        assert load(*rows, args=[*MONEY, choice]) == 0
        assert (SUB, 2, february) in stored(engine, "keuangan", "node", "bulan", "realisasi")
    assert "sudah tersimpan" not in capsys.readouterr().out


def test_blank_realisasi_takes_back_a_stored_one(
    engine: Engine, load: Load, capsys: pytest.CaptureFixture[str]
) -> None:
    head, rest = "kode;indikator;realisasi", (f"{SUB2}#1;;nihil", "1.02.02#1;;70")
    assert load(head, f"{SUB}#1;;25", *rest, args=REPORT) == 0
    blank = (head, f"{SUB}#1;;", *rest)
    assert load(*blank, args=REPORT) == 2
    assert "nilai tersimpan akan dikosongkan" in capsys.readouterr().out
    assert load(*blank, args=[*REPORT, "--setuju", "salah OPD"]) == 0
    found = stored(engine, "realisasi", "indikator", "nilai", "teks", "nihil", "asli")
    assert (f"{SUB}#1", None, None, False, "") in found
    assert load(*blank, args=REPORT) == 0  # it is empty now: nothing to ask
    assert "belum_diisi" in capsys.readouterr().out


def test_blank_realisasi_of_another_triwulan_clears_nothing(periksa: Run, dikenal: Dikenal) -> None:
    dikenal.indikator(OPD)[0]["realisasi"] = {1, 3}
    text = f"kode;indikator;realisasi\n{SUB}#1;;\n{SUB2}#1;;0\n1.02.02#1;;A\n"
    assert rules(periksa(text)) == []
    hasil = periksa(text, tw=3)
    assert rules(hasil) == ["akan_dikosongkan"]
    assert hasil.ringkasan["dilaporkan"] == 2


def test_known_plan_tells_stored_realisasi_and_money(engine: Engine, load: Load) -> None:
    report = (f"{SUB}#1;;25", f"{SUB2}#1;;nihil", "1.02.02#1;;")
    assert load("kode;indikator;realisasi", *report, args=REPORT) == 0
    assert load("kode;bulan;rak;realisasi", f"{SUB};2;5;", f"{SUB2};1;;3", args=MONEY) == 0
    known = read_known(engine, PEMDA, 2026, OPD)
    assert {row["kode"]: row["realisasi"] for row in known.indikator(OPD)} == {
        f"{SUB}#1": {1},
        f"{SUB2}#1": {1},
        "1.02.02#1": set(),
    }
    assert known.rencana[OPD].keuangan == {SUB: {2: (5, None)}, SUB2: {1: (None, 3)}}
    assert known.keuangan("9.99", SUB) == {}


@pytest.mark.parametrize("period", [[], ["--periode", "2026"]])
def test_revised_plan_tells_what_it_leaves_out(
    engine: Engine, load: Load, period: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    more = [plan_line(f"{number:04}") for number in range(1, 8)]
    assert load(PLAN, *more, args=["--jenis", "renja", *period]) == 0
    capsys.readouterr()
    args = ["--jenis", "renja", *period]
    assert load(PLAN, plan_line("0001"), args=args) == 2
    out = capsys.readouterr().out
    codes = ", ".join(f"1.02.02.2.02.{number:04}" for number in range(2, 7))
    assert f"6 sub kegiatan OPD {OPD} tidak ada di berkas; tetap tersimpan dengan pagunya: {codes}, …." in out
    assert load(PLAN, plan_line("0001"), args=[*args, "--setuju", "revisi"]) == 0
    assert len([row for row in stored(engine, "node", "level") if row[0] == "sub_kegiatan"]) == 7


def test_plan_that_changed_meanwhile_is_one_sentence(
    engine: Engine, load: Load, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def known_then_gone(*args: Any) -> Dikenal:
        known = read_known(*args)
        with engine.begin() as conn:
            for table in (tables.target, tables.indikator):
                conn.execute(delete(table))
        return known

    monkeypatch.setattr("loaders.__main__.read_known", known_then_gone)
    rows = (f"{SUB}#1;;25", f"{SUB2}#1;;1", "1.02.02#1;;70")
    assert load("kode;indikator;realisasi", *rows, args=REPORT) == 2
    err = capsys.readouterr().err
    assert "tidak ada yang disimpan" in err
    assert len(err.strip().splitlines()) == 1
    assert stored(engine, "realisasi", "indikator") == []
