"""``python -m data``: what each command changes, says and writes down; and that tampering with the trail shows."""

import io
import json
import os
import stat
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from data import tables
from data.__main__ import main
from data.accounts import find_account, person, verify_password
from data.engine import engine_for, reading, writing
from data.faktor import install_factor, new_secret
from data.jejak import COMMAND, PERINTAH, Kejadian, append, row_hash, verify_chain
from data.sesi import Asal, Tahap, list_sessions, start_session
from data.settings import DEFAULT_LIFETIMES
from data.tautan import read_link, use_link
from data.words import Peran, Tindakan

ROOT = Path(__file__).resolve().parents[2]
PEMDA, OPD = "16.71", "1.02"
SANDI = "kucing-naik-sepeda-hujan"
LAIN = "lampu-gajah-kertas-sungai"
KEY = "kunci-perintah-yang-cukup-panjang-0123456789"
NEW = ["pengguna", "tambah", "sekda", "--tampil", "Sekretaris Daerah", "--peran", "pimpinan"]


@pytest.fixture
def own(sqlite_engine, monkeypatch):
    """This test's database, as the commands find it: by the environment."""
    with writing(sqlite_engine) as conn:
        conn.execute(insert(tables.pemda), [{"kode": PEMDA, "nama": "Kota Uji", "contoh": False}])
        conn.execute(insert(tables.opd), [{"pemda": PEMDA, "kode": OPD, "nama": "Dinas Kesehatan"}])
    for name, value in settings_of(sqlite_engine).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{SANDI}\n" * 9))
    return sqlite_engine


def settings_of(engine):
    return {
        "EMONEV_DATABASE_URL": engine.url.render_as_string(),
        "EMONEV_SECRET_KEY": KEY,
        "EMONEV_PEMDA": PEMDA,
        "EMONEV_ALAMAT": "https://emonev.kota.go.id",
    }


def account(engine, nama="sekda"):
    with reading(engine) as conn:
        return find_account(conn, PEMDA, nama)


def told(engine):
    """What the trail says: action, thing and details, in order; every one of a command, and the chain whole."""
    t = tables.jejak.c
    with reading(engine) as conn:
        rows = conn.execute(select(tables.jejak).order_by(t.nomor)).all()
        assert verify_chain(conn, PEMDA) is None
    assert {row.pelaku for row in rows} <= {COMMAND}
    return [(row.tindakan, row.objek, json.loads(row.rincian)) for row in rows]


def open_session(engine, nama="sekda"):
    with writing(engine) as conn:
        orang = person(find_account(conn, PEMDA, nama))
        start_session(conn, PEMDA, orang, Tahap.PENUH, DEFAULT_LIFETIMES[Peran.PIMPINAN], Asal("127.0.0.1"))


def sessions(engine, nama="sekda"):
    with reading(engine) as conn:
        return len(list_sessions(conn, PEMDA, nama))


def is_right(engine, sandi, nama="sekda"):
    with reading(engine) as conn:
        return verify_password(conn, PEMDA, nama, sandi) is not None


def token_in(out):
    address = out.strip().splitlines()[-1]
    assert address.startswith("https://emonev.kota.go.id/undangan/")
    return address.rsplit("/", 1)[1]


@pytest.mark.parametrize("words", [NEW, ["tambah-pengguna", *NEW[2:]]], ids=["pengguna tambah", "tambah-pengguna"])
def test_an_account_with_a_password_read_from_standard_input(own, capsys, words):
    assert main(words) == 0
    assert capsys.readouterr().out == "Akun sekda dibuat.\n"
    assert is_right(own, SANDI)
    said = {"sebutan": "Sekretaris Daerah", "peran": "pimpinan", "opd": ""}
    assert told(own) == [(Tindakan.AKUN_DIBUAT, "akun/sekda", said)]


def test_an_account_of_an_opd(own, capsys):
    assert main(["pengguna", "tambah", "dinkes", "--tampil", "Operator", "--peran", "opd"]) == 1
    assert "harus menyebut kode OPD" in capsys.readouterr().err
    assert main(["pengguna", "tambah", "dinkes", "--tampil", "Operator", "--peran", "opd", "--opd", OPD]) == 0
    assert account(own, "dinkes").opd == OPD
    assert [rincian["opd"] for _, _, rincian in told(own)] == [OPD]


@pytest.mark.parametrize(("sandi", "sentence"), [("pendek", "minimal 12"), ("palembang-2026", "mudah ditebak")])
def test_a_weak_password_stores_nothing(own, capsys, monkeypatch, sandi, sentence):
    monkeypatch.setattr(sys, "stdin", io.StringIO(sandi + "\n"))
    assert main(NEW) == 1
    assert sentence in capsys.readouterr().err
    assert account(own) is None
    assert told(own) == []


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(("second", "code"), [(SANDI, 0), (LAIN, 1)])
def test_a_terminal_is_asked_twice(own, capsys, monkeypatch, second, code):
    typed = iter([SANDI, second])
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(typed))
    assert main(NEW) == code
    assert (account(own) is None) == bool(code)
    assert ("tidak sama" in capsys.readouterr().err) == bool(code)


def test_an_invitation_link_sets_the_first_password(own, capsys):
    assert main([*NEW, "--tautan"]) == 0
    token = token_in(capsys.readouterr().out)
    assert not is_right(own, "")
    with writing(own) as conn:
        assert read_link(conn, PEMDA, token).guna == "undangan"
        use_link(conn, PEMDA, token, LAIN)
    assert is_right(own, LAIN)
    assert [line[0] for line in told(own)] == [Tindakan.AKUN_DIBUAT, Tindakan.TAUTAN_DIBUAT]
    assert token not in json.dumps(told(own))


def test_a_name_that_is_taken(own, capsys):
    assert (main(NEW), main(NEW)) == (0, 1)
    assert "sudah dipakai" in capsys.readouterr().err
    assert len(told(own)) == 1


@pytest.mark.parametrize("words", [["pengguna", "nonaktif", "sekda"], ["nonaktif", "sekda"]], ids=" ".join)
def test_closing_and_opening_again(own, words):
    main(NEW)
    open_session(own)
    assert main(words) == 0
    assert not account(own).aktif
    assert sessions(own) == 0
    assert main(["pengguna", "aktif", "sekda"]) == 0
    assert account(own).aktif
    expected = [Tindakan.AKUN_DIBUAT, Tindakan.AKUN_DITUTUP, Tindakan.AKUN_DIBUKA]
    assert [line[0] for line in told(own)] == expected


def test_the_last_administrator_stays(own, capsys):
    main(["pengguna", "tambah", "admin", "--tampil", "Administrator", "--peran", "admin"])
    assert main(["pengguna", "nonaktif", "admin"]) == 1
    assert "satu-satunya" in capsys.readouterr().err
    assert account(own, "admin").aktif


def test_a_reset_ends_sessions_and_the_old_password_at_once(own, capsys):
    main(NEW)
    open_session(own)
    assert main(["pengguna", "setel-ulang", "sekda"]) == 0
    token = token_in(capsys.readouterr().out)
    assert sessions(own) == 0
    assert not is_right(own, SANDI)
    with writing(own) as conn:
        assert use_link(conn, PEMDA, token, LAIN).guna == "setel_ulang"
    assert is_right(own, LAIN)
    assert told(own)[-1][0] == Tindakan.TAUTAN_DIBUAT


def test_the_second_factor_is_removed(own, capsys):
    main(NEW)
    assert main(["pengguna", "lepas-kode", "sekda"]) == 1
    assert "tidak memakai kode" in capsys.readouterr().err
    with writing(own) as conn:
        install_factor(conn, PEMDA, "sekda", KEY, new_secret(), 0)
    open_session(own)
    assert main(["pengguna", "lepas-kode", "sekda"]) == 0
    assert account(own).totp is None
    assert sessions(own) == 0
    assert told(own)[-1][0] == Tindakan.FAKTOR_DILEPAS


@pytest.mark.parametrize("deed", ["nonaktif", "aktif", "setel-ulang", "lepas-kode"])
def test_an_account_that_is_not_there(own, capsys, deed):
    assert main(["pengguna", deed, "hantu"]) == 1
    assert "Tidak ada akun bernama 'hantu'" in capsys.readouterr().err
    assert told(own) == []


@pytest.mark.parametrize("words", [["pengguna"], ["pengguna", "daftar"]], ids=" ".join)
def test_the_list(own, capsys, words):
    main(NEW)
    capsys.readouterr()
    assert main(words) == 0
    assert capsys.readouterr().out == "sekda\tpimpinan\t-\taktif\tSekretaris Daerah\n"


def test_a_rule_is_written_down(own, capsys):
    assert main(["aturan", "ambang_perhatian", "-5"]) == 0
    assert main(["aturan", "ambang_perhatian", "banyak"]) == 1
    assert main(["aturan", "ambang_perhatian", "-7"]) == 0
    wanted = "aturan/ambang_perhatian"
    expected = [(Tindakan.SETELAN, wanted, {"nilai": said}) for said in ("bawaan → -5", "-5 → -7")]
    assert told(own) == expected


def test_registering_a_government_is_written_down_once(sqlite_engine, monkeypatch):
    for name, value in settings_of(sqlite_engine).items():
        monkeypatch.setenv(name, value)
    assert (main(["pemda", "Kota Uji"]), main(["pemda", "Kota Uji"])) == (0, 0)
    assert told(sqlite_engine) == [(Tindakan.SETELAN, f"pemda/{PEMDA}", {"nama": "Kota Uji"})]


# --- the trail ---


@pytest.fixture
def trail(own):
    """Nine rows, written by hand."""
    for number in range(1, 10):
        with writing(own) as conn:
            append(conn, PEMDA, PERINTAH, Kejadian(Tindakan.SETELAN, f"uji/{number}", {"ke": number}))
    return own


def tamper(engine, *statements):
    with engine.begin() as conn:
        for statement in statements:
            conn.execute(text(statement))


def test_a_whole_chain(trail, capsys):
    assert main(["jejak", "periksa"]) == 0
    assert capsys.readouterr().out == "Rantai utuh: 9 baris\n"


def test_an_empty_trail(own, capsys):
    assert main(["jejak", "periksa"]) == 0
    assert capsys.readouterr().out == "Rantai utuh: 0 baris\n"


HASH = "UPDATE jejak SET hash = '" + "a" * 64 + "' WHERE nomor = "
TAMPERED = {
    "details": (["UPDATE jejak SET rincian = '{}' WHERE nomor = 4"], "4 (diubah)"),
    "actor": (["UPDATE jejak SET pelaku = 'sekda' WHERE nomor = 1"], "1 (diubah)"),
    "address": (["UPDATE jejak SET alamat = '10.0.0.1' WHERE nomor = 9"], "9 (diubah)"),
    "time": (["UPDATE jejak SET waktu = '2020-01-01 00:00:00.000000' WHERE nomor = 5"], "5 (diubah)"),
    "hash": ([HASH + "6"], "6 (diubah)"),
    "delete in the middle": (["DELETE FROM jejak WHERE nomor = 5"], "5 (hilang)"),
    "delete the first": (["DELETE FROM jejak WHERE nomor = 1"], "1 (hilang)"),
    "delete the last": (["DELETE FROM jejak WHERE nomor = 9"], "9 (hilang)"),
    "delete all": (["DELETE FROM jejak"], "1 (hilang)"),
    "delete the head": (["DELETE FROM jejak_kepala"], "10 (hilang)"),
    "delete and close the gap": (
        ["DELETE FROM jejak WHERE nomor = 5", "UPDATE jejak SET nomor = nomor - 1 WHERE nomor > 5"],
        "5 (diubah)",
    ),
    "swap": (
        [
            "UPDATE jejak SET nomor = 100 WHERE nomor = 3",
            "UPDATE jejak SET nomor = 3 WHERE nomor = 7",
            "UPDATE jejak SET nomor = 7 WHERE nomor = 100",
        ],
        "3 (diubah)",
    ),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_tampering_is_found_and_named(trail, capsys, how):
    statements, expected = TAMPERED[how]
    tamper(trail, *statements)
    assert main(["jejak", "periksa"]) == 1
    assert capsys.readouterr().out == f"Rantai putus pada nomor {expected}\n"


def test_every_government_is_checked(trail, capsys):
    with writing(trail) as conn:
        append(conn, "16.71.LAIN", PERINTAH, Kejadian(Tindakan.SETELAN, "uji"))
    tamper(trail, "UPDATE jejak SET objek = 'lain' WHERE nomor = 2")
    assert main(["jejak", "periksa"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "16.71: Rantai putus pada nomor 2 (diubah)",
        "16.71.LAIN: Rantai utuh: 1 baris",
    ]


def test_the_export_holds_everything_and_can_be_checked_by_itself(trail, tmp_path, capsys):
    path = tmp_path / "jejak.jsonl"
    assert main(["jejak", "ekspor", str(path)]) == 0
    assert capsys.readouterr().out.startswith("9 baris jejak ditulis")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()][::-1]
    assert [row["nomor"] for row in rows] == list(range(1, 10))
    assert told(trail)[-1] == (Tindakan.EKSPOR, "jejak", {"baris": 9})
    before = "0" * 64
    for row in rows:
        assert row["sebelum"] == before
        before = row_hash({**row, "waktu": datetime.fromisoformat(row["waktu"])})
        assert row["hash"] == before
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_export_is_never_written_over_and_tells_where_it_cannot_go(trail, tmp_path, capsys):
    path = tmp_path / "jejak.jsonl"
    path.write_text("penting")
    assert main(["jejak", "ekspor", str(path)]) == 1
    assert main(["jejak", "ekspor", str(tmp_path / "tidak-ada" / "jejak.jsonl")]) == 1
    said = capsys.readouterr().err
    assert "sudah ada" in said
    assert "foldernya tidak ada" in said
    assert path.read_text() == "penting"
    assert len(told(trail)) == 9


def test_the_commands_as_a_person_starts_them(own):
    """In a process of their own: exit codes, one sentence and no traceback."""

    def run(*words, given=""):
        command = [sys.executable, "-m", "data", *words]
        env = {**os.environ, **settings_of(own)}
        return subprocess.run(command, cwd=ROOT, env=env, input=given, capture_output=True, text=True, check=False)

    done = run(*NEW, given=SANDI + "\n")
    assert (done.returncode, done.stdout, done.stderr) == (0, "Akun sekda dibuat.\n", "")
    weak = run("tambah-pengguna", "lain", "--tampil", "Lain", "--peran", "bappeda", given="123\n")
    assert weak.returncode == 1
    assert weak.stderr.startswith("Gagal: Kata sandi minimal 12 huruf")
    assert "Traceback" not in weak.stderr
    tamper(engine_for(own.url.render_as_string()), "UPDATE jejak SET objek = 'akun/lain'")
    broken = run("jejak", "periksa")
    assert (broken.returncode, broken.stdout) == (1, "Rantai putus pada nomor 1 (diubah)\n")
