"""What stops a start, each with a sentence that says what to do; and the key a working copy makes for itself."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from data.errors import SettingsError
from data.settings import development_key, read_settings
from tests.conftest import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
GOOD_KEY = "9f2c4e7a1b8d3056" + "e1d7c3b9a5f08264" + "0b6d8f1a3c5e7092" + "4a8c6e0f2d1b3957"
TEST_KEY = "kunci-uji-yang-cukup-panjang-0123456789"
PRODUCTION = {"EMONEV_MODE": "produksi", "EMONEV_SECRET_KEY": GOOD_KEY, "EMONEV_ALAMAT": "https://emonev.example"}


def run(code, url, **settings):
    """A process of its own with these settings and no others of ours."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("EMONEV_", "FLASK_", "DASH_"))}
    env |= {**PRODUCTION, "EMONEV_DATABASE_URL": url, **settings}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture
def url(sqlite_pattern, tmp_path):
    path = tmp_path / "emonev.db"
    shutil.copy(sqlite_pattern, path)
    return f"sqlite:///{path}"


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ({"EMONEV_SECRET_KEY": ""}, "EMONEV_SECRET_KEY wajib diisi"),
        ({"EMONEV_SECRET_KEY": TEST_KEY}, "kunci contoh"),
        ({"FLASK_DEBUG": "1"}, "FLASK_DEBUG tidak boleh menyala"),
        ({"EMONEV_ALAMAT": "http://emonev.example"}, "harus https"),
    ],
    ids=["no key", "known key", "debugging", "no https"],
)
def test_production_does_not_start(url, setting, sentence):
    done = run("import app", url, **setting)
    assert done.returncode == 1
    assert done.stderr.startswith("Tidak dapat dijalankan: ")
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1


def test_production_does_not_start_on_another_schema(tmp_path):
    done = run("import app", f"sqlite:///{tmp_path / 'kosong.db'}")
    assert done.returncode == 1
    assert done.stderr == (
        "Tidak dapat dijalankan: Skema basis data belum mutakhir. Jalankan `python -m data migrasi` lebih dahulu.\n"
    )


IN_PRODUCTION = """
import json, app
from data.tokens import make_token
client = app.server.test_client()
form = {"csrf": make_token(app.server.secret_key, "masuk"), "kata_sandi": %r}
origin = {"Origin": "https://emonev.example"}
told = {name: client.post("/masuk", data={**form, "pengguna": name}, headers=origin).status_code
        for name in ("contoh", "sekda")}
home = client.get("/healthz", headers={"X-Forwarded-For": "203.0.113.7"})
print(json.dumps({**told, "tls": home.headers.get("Strict-Transport-Security"), "debug": app.server.debug}))
"""


def test_production_starts_and_knows_no_sample_account(city_file, tmp_path):
    from data.accounts import create_sample_account
    from data.words import Peran

    path = tmp_path / "kota.db"
    shutil.copy(city_file, path)
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as conn:
        create_sample_account(conn, "16.71", "contoh", "Akun contoh", PASSWORD, Peran.PIMPINAN)
    engine.dispose()
    done = run(IN_PRODUCTION % PASSWORD, f"sqlite:///{path}")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told == {"contoh": 401, "sekda": 303, "tls": "max-age=31536000", "debug": False}
    assert all(json.loads(line) for line in done.stderr.splitlines())


def test_a_database_that_is_away_is_waited_for():
    code = "import app; print(app.server.test_client().get('/readyz').status_code)"
    done = run(code, "postgresql+psycopg://x:y@127.0.0.1:1/z")
    assert (done.returncode, done.stdout) == (0, "503\n"), done.stderr
    assert "started without the database" in json.loads(done.stderr.splitlines()[0])["pesan"]


def refused(**settings):
    with pytest.raises(SettingsError) as caught:
        read_settings({**PRODUCTION, **settings})
    return str(caught.value)


@pytest.mark.parametrize(
    "key",
    [
        TEST_KEY,
        "x" * 64,
        "abcabcabc" * 8,
        "0123456789" * 5,
        "abcdefghijklmnopqrstuvwxyz0123456789",
        "changeme-changeme-please-0123456789",
        "GANTI-DENGAN-KUNCI-ANDA-SENDIRI-2026",
        "thisISaSECRET_key-do-not-use-98765",
        "emonev-palembang-kota-pempek-2026-uji",
        GOOD_KEY[:16] * 3,
    ],
)
def test_a_known_key_is_for_development_only(key):
    assert "kunci contoh" in refused(EMONEV_SECRET_KEY=key)
    assert read_settings({"EMONEV_SECRET_KEY": key}).secret_key == key


def test_a_key_that_is_no_guess_is_taken():
    import secrets

    assert read_settings(PRODUCTION).secret_key == GOOD_KEY
    for _ in range(200):
        for key in (secrets.token_hex(32), secrets.token_urlsafe(32)):
            assert read_settings({**PRODUCTION, "EMONEV_SECRET_KEY": key}).secret_key == key


def test_a_short_key_is_refused():
    assert "terlalu pendek (31 huruf" in refused(EMONEV_SECRET_KEY=GOOD_KEY[:31])


@pytest.mark.parametrize("name", ["FLASK_DEBUG", "DASH_DEBUG"])
@pytest.mark.parametrize("value", ["1", "true", "True", "yes", "on"])
def test_debugging_is_for_development_only(name, value):
    assert f"Hapus {name}" in refused(**{name: value})
    assert read_settings({"EMONEV_SECRET_KEY": GOOD_KEY, name: value})
    assert read_settings({**PRODUCTION, name: "0"})
    assert read_settings({**PRODUCTION, name: "false"})


@pytest.mark.parametrize("alamat", ["http://127.0.0.1:8050", "http://localhost", "https://emonev.kota.go.id"])
def test_only_this_machine_may_be_met_without_tls(alamat):
    assert read_settings({**PRODUCTION, "EMONEV_ALAMAT": alamat})


def test_production_must_know_its_address():
    bare = {name: value for name, value in PRODUCTION.items() if name != "EMONEV_ALAMAT"}
    for missing in ({}, {"EMONEV_ALAMAT": ""}):
        with pytest.raises(SettingsError, match="EMONEV_ALAMAT wajib"):
            read_settings(bare | missing)


@pytest.mark.parametrize(
    "alamat", ["http://emonev.kota.go.id", "http://10.0.0.5:8050", "http://localhost.jahat.example"]
)
def test_others_must_come_by_https(alamat):
    assert "EMONEV_ALAMAT=https://" in refused(EMONEV_ALAMAT=alamat)


def test_the_development_key_is_made_once(tmp_path):
    folder = tmp_path / "instance"
    key = development_key(folder)
    assert len(key) == 64
    assert development_key(folder) == key
    assert [(file.name, file.stat().st_mode & 0o777) for file in folder.iterdir()] == [("secret_key", 0o600)]


def test_workers_that_start_at_once_share_one_key(tmp_path):
    folder = tmp_path / "instance"
    code = "import sys, pathlib, data.settings as s; print(s.development_key(pathlib.Path(sys.argv[1])))"
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(8)
    ]
    keys = {process.communicate(timeout=60)[0].strip() for process in started}
    assert len(keys) == 1
    assert len(keys.pop()) == 64
    assert [file.name for file in folder.iterdir()] == ["secret_key"]


def test_a_broken_development_key_says_so(tmp_path):
    (tmp_path / "secret_key").write_text("")
    with pytest.raises(SettingsError, match="Hapus berkas itu"):
        development_key(tmp_path)
