"""The command line and storing: all or nothing, repeatable, never a traceback."""

import csv
import dataclasses
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from data import tables
from data.errors import LoadError
from data.settings import ROOT
from data.words import JenisBerkas
from loaders import Konteks, check, read_known, save
from loaders.__main__ import main

RENJA_HEAD = (
    "tahun,kode_skpd,nama_skpd,kode_sub_skpd,nama_sub_skpd,kode_urusan,nama_urusan,kode_bidang_urusan,"
    "nama_bidang_urusan,kode_program,nama_program,tolak_ukur_capaian,satuan_capaian,target_teks_capaian,kode_giat,"
    "nama_giat,tolak_ukur_output,satuan_output,target_teks_output,kode_sub_giat,nama_sub_giat,tolok_ukur_sub,"
    "satuan_sub,target_sub_teks,pagu,nama_dana"
)
OPD = "1.02.0.00.0.00.01.0000"
SUB = "1.02.02.2.02.0001"


def renja_line(sub: str = "0001", pagu: str = "1000000", outcome: str = "Angka Kematian Ibu", unit: str = OPD) -> str:
    return (
        f"2026,{OPD},Dinas Kesehatan,{unit},Unit,1,Urusan,1.02,Kesehatan,1.02.02,Program,{outcome},KH,80 KH,"
        f"1.02.02.2.02,Kegiatan,Jumlah ibu,Orang,100 Orang,1.02.02.2.02.{sub},Sub,,,,{pagu},DAU"
    )


def write(path: Path, *lines: str) -> str:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def count(engine: Engine, table: str) -> int:
    with engine.connect() as conn:
        return int(conn.execute(select(func.count()).select_from(tables.metadata.tables[table])).scalar_one())


@pytest.fixture
def renja(tmp_path: Path) -> str:
    return write(tmp_path / "renja.csv", RENJA_HEAD, renja_line(), renja_line("0002"))


def test_store_then_again_without_effect(engine: Engine, renja: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([renja, "--jenis", "renja", "--oleh", "uji"]) == 0
    before = count(engine, "node"), count(engine, "target"), count(engine, "unggahan")
    assert before == (6, 3, 1)
    assert main([renja, "--jenis", "renja"]) == 0
    assert "sudah tersimpan sebagai unggahan nomor 1" in capsys.readouterr().out
    assert (count(engine, "node"), count(engine, "target"), count(engine, "unggahan")) == before


def test_all_or_nothing(engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "a.csv", RENJA_HEAD, renja_line(), renja_line("0002", "1.5OO.000"))
    problems = tmp_path / "masalah.csv"
    assert main([path, "--jenis", "renja", "--laporan", str(problems)]) == 1
    assert [count(engine, name) for name in ("opd", "node", "unggahan")] == [0, 0, 0]
    captured = capsys.readouterr()
    assert "Baris 3, kolom Y (pagu): '1.5OO.000' memuat huruf O" in captured.out
    assert "tidak ada yang disimpan" in captured.err
    with problems.open(encoding="utf-8-sig") as file:
        assert any(row["aturan"] == "bukan_angka" for row in csv.DictReader(file))


def test_check_only_stores_nothing(engine: Engine, renja: str) -> None:
    assert main([renja, "--jenis", "renja", "--periksa"]) == 0
    assert count(engine, "unggahan") == 0


def test_konfirmasi_needs_a_reason_that_is_kept(
    engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "a.csv", RENJA_HEAD, renja_line().replace("100 Orang", "sepuluh Orang"))
    assert main([path, "--jenis", "renja"]) == 2
    assert "--setuju" in capsys.readouterr().err
    assert count(engine, "unggahan") == 0
    assert main([path, "--jenis", "renja", "--setuju", "sudah dicek"]) == 0
    with engine.connect() as conn:
        assert "disetujui: sudah dicek" in conn.execute(select(tables.unggahan.c.keterangan)).scalar_one()


def test_realisasi_after_the_plan(engine: Engine, renja: str, tmp_path: Path) -> None:
    assert main([renja, "--jenis", "renja"]) == 0
    path = write(
        tmp_path / "r.csv", "kode;indikator;realisasi", f"{SUB}#1;;25", "1.02.02.2.02.0002#1;;nihil", "1.02.02#1;;70"
    )
    assert main([path, "--jenis", "indikator", "--opd", OPD, "--periode", "2026-TW1"]) == 0
    assert count(engine, "realisasi") == 3
    assert count(engine, "laporan") == 1
    money = write(tmp_path / "u.csv", "kode;bulan;realisasi", f"{SUB};1;5000", "1.02.02.2.02.0002;1;0")
    assert main([money, "--jenis", "keuangan", "--opd", OPD, "--periode", "2026"]) == 0
    assert count(engine, "keuangan") == 2


def test_a_plan_in_another_order_keeps_its_indicator_codes(engine: Engine, tmp_path: Path) -> None:
    packed = renja_line(outcome="A").replace("KH,80 KH", '"KH\nKH","80 KH\n90 KH"').replace(",A,", ',"A\nB",')
    turned = packed.replace('"A\nB"', '"B\nA"').replace('"80 KH\n90 KH"', '"90 KH\n80 KH"')
    for name, line in (("satu.csv", packed), ("dua.csv", turned)):
        assert main([write(tmp_path / name, RENJA_HEAD, line), "--jenis", "renja", "--periode", "2026"]) == 0
    with engine.connect() as conn:
        rows = conn.execute(
            select(tables.indikator.c.kode, tables.indikator.c.nama).where(tables.indikator.c.node == "1.02.02")
        )
        assert sorted(map(tuple, rows)) == [("1.02.02#1", "A"), ("1.02.02#2", "B")]


def test_a_unit_below_an_opd_is_its_own_row(engine: Engine, tmp_path: Path) -> None:
    unit = "1.02.0.00.0.00.01.0001"
    path = write(tmp_path / "a.csv", RENJA_HEAD, renja_line(unit=unit))
    assert main([path, "--jenis", "renja"]) == 0
    with engine.connect() as conn:
        rows = conn.execute(select(tables.opd.c.kode, tables.opd.c.induk))
        assert {row.kode: row.induk for row in rows} == {OPD: None, unit: OPD}
        assert set(conn.execute(select(tables.node.c.opd)).scalars()) == {unit}


def test_duplicate_sub_kegiatan(tmp_path: Path, engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "a.csv", RENJA_HEAD, renja_line(), renja_line())
    assert main([path, "--jenis", "renja"]) == 1
    assert "sudah ada di baris 2" in capsys.readouterr().out


def test_conflicting_targets_are_told(tmp_path: Path, engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "a.csv", RENJA_HEAD, renja_line(), renja_line("0002").replace("80 KH", "75 KH"))
    assert main([path, "--jenis", "renja", "--periksa"]) == 0
    assert "target_berbeda" in capsys.readouterr().out


def test_undefined_unknown_codes_and_rows_without_indicator(
    tmp_path: Path, engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    line = (
        renja_line("1", outcome="").replace("Jumlah ibu", "undefined").replace("KH,80 KH", ",").replace("100 Orang", "")
    )
    assert main([write(tmp_path / "a.csv", RENJA_HEAD, line), "--jenis", "renja"]) == 0
    out = capsys.readouterr().out
    assert all(rule in out for rule in ("undefined", "kode_tidak_dikenal", "tanpa_indikator"))
    with engine.connect() as conn:
        unknown = select(tables.node.c.dikenal).where(tables.node.c.level == "sub_kegiatan")
        assert conn.execute(unknown).scalar_one() is False


@pytest.mark.parametrize(
    ("args", "code", "sentence"),
    [
        (["tidak-ada.csv", "--jenis", "renja"], 2, "tidak ada. Periksa nama"),
        (["{renja}", "--jenis", "salah"], 2, "Jenis 'salah' tidak dikenal"),
        (["{renja}", "--jenis", "renja", "--periode", "2026-TW5"], 2, "Periode '2026-TW5' tidak dikenal"),
        (["{renja}", "--jenis", "renja", "--periode", "kemarin"], 2, "Periode 'kemarin' tidak dikenal"),
        (["{renja}", "--jenis", "renja", "--pemda", "99.99"], 2, "Pemda 99.99 belum terdaftar"),
        (["{renja}", "--jenis", "indikator", "--periode", "2026-TW1"], 1, "tidak ada yang disimpan"),
        (["{renja}", "--jenis", "renja", "--laporan", "/tidak/ada/x.csv"], 2, "tidak dapat ditulis"),
        (["/", "--jenis", "renja"], 2, "tidak dapat dibaca"),
    ],
)
def test_failures_are_one_sentence(
    engine: Engine, renja: str, args: list[str], code: int, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([arg.format(renja=renja) for arg in args]) == code
    err = capsys.readouterr().err
    assert sentence in err
    assert "Traceback" not in err
    assert len(err.strip().splitlines()) == 1


def test_database_away(tmp_path: Path, renja: str, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setenv("EMONEV_DATABASE_URL", "postgresql+psycopg://x:y@127.0.0.1:1/tidak")
    assert main([renja, "--jenis", "renja"]) == 3
    assert "tidak dapat dihubungi" in capsys.readouterr().err


def test_wrong_setting(renja: str, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setenv("EMONEV_DATABASE_URL", "mysql://x")
    assert main([renja, "--jenis", "renja"]) == 3
    assert "EMONEV_DATABASE_URL" in capsys.readouterr().err


def test_help_is_indonesian(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--bantuan"])
    assert stop.value.code == 0
    assert "semuanya atau tidak sama sekali" in capsys.readouterr().out


def test_save_refuses_what_check_refused(engine: Engine) -> None:
    konteks = Konteks(jenis=JenisBerkas.RENJA)
    with pytest.raises(LoadError, match="Galat"):
        save(engine, "16.71", check(b"", "a.csv", konteks), konteks)


def test_real_plan_stored_twice(engine: Engine, shared: Path) -> None:
    path = shared / "bengkulu_utara" / "renja2026_5skpd.csv"
    konteks = Konteks(jenis=JenisBerkas.RENJA, alasan="uji")
    hasil = check(path.read_bytes(), path.name, konteks)
    first, again = (save(engine, "16.71", hasil, konteks) for _ in range(2))
    assert not first.sudah_ada
    assert again.sudah_ada
    assert again.nomor == first.nomor
    assert count(engine, "node") == 399
    known = read_known(engine, "16.71", 2026, None)
    assert len(known.rencana) == 5
    assert sum(len(plan.indikator) for plan in known.rencana.values()) == 342
    other = dataclasses.replace(konteks, tahun=2026, dikenal=known)
    assert not any(row["kode"] == "" for row in check(path.read_bytes(), path.name, other).muatan.indikator)


def test_database_without_tables(renja: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([renja, "--jenis", "renja"]) == 3
    assert "python -m data migrasi" in capsys.readouterr().err


def test_module_runs_from_a_shell(renja: str, engine: Engine) -> None:
    command = [sys.executable, "-m", "loaders", renja, "--jenis", "renja"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    assert "Tersimpan sebagai unggahan nomor 1" in done.stdout
    assert done.stderr == ""
