"""The runner: real processes, killed ones included."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, update

from data import kerja, tables
from data.access import Audiens
from data.engine import reading
from data.errors import NotFoundError
from data.jejak import Pelaku
from data.settings import read_settings
from data.words import KeadaanKerja
from reports import jenis, pekerja

ROOT = Path(__file__).resolve().parents[2]
P, WHO = "16.71", Pelaku("sekda", "pimpinan")
SLOW = """
import sys, time
from data.access import Audiens
from data.engine import engine_for
from data.settings import read_settings
from reports import jenis
from reports.pekerja import work

def slow(conn, pemda, isian, tell):
    tell(40, "tidur")
    time.sleep(float(isian["lama"]))
    return "lambat.pdf", b"%PDF " + isian["lama"].encode() * 1000

jenis.JENIS["lambat"] = jenis.Jenis("Lambat", Audiens.MASUK, slow, ())
settings = read_settings()
sys.exit(10 + work(engine_for(settings.database_url), settings))
"""


@pytest.fixture
def house(sqlite_engine):
    with sqlite_engine.begin() as conn:
        conn.execute(insert(tables.pemda), [{"kode": P, "nama": "Kota Uji", "contoh": False, "versi": 1}])
    return sqlite_engine


@pytest.fixture
def runner(house, tmp_path):
    """Starts a runner that knows a slow kind; none is left behind."""
    env = {**os.environ, "EMONEV_DATABASE_URL": house.url.render_as_string(), "EMONEV_BERKAS": str(tmp_path / "berkas")}
    started = []

    def start():
        started.append(subprocess.Popen([sys.executable, "-c", SLOW], cwd=ROOT, env=env))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def order(house, lama, **more):
    return kerja.order(house, P, WHO, "lambat", {"lama": str(lama), **more}).nomor


def job(house, nomor, later=0):
    with reading(house) as conn:
        return kerja.own_job(conn, P, WHO.nama, nomor, datetime.now(UTC) + timedelta(seconds=later))


def wait_for(question, seconds=30):
    for _ in range(seconds * 20):
        if question():
            return
        time.sleep(0.05)
    pytest.fail("did not come true in time")


def test_killed_in_the_middle_told_and_made_again(house, runner, tmp_path):
    nomor = order(house, 30)
    first = runner()
    wait_for(lambda: job(house, nomor).kemajuan == 40)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert job(house, nomor).keadaan == KeadaanKerja.BERJALAN  # nobody can know yet
    assert job(house, nomor, 61).keadaan == KeadaanKerja.GAGAL
    assert list((tmp_path / "berkas").glob("dokumen/*/*/*")) == []  # nothing half-written
    with house.begin() as conn:
        quick = {"isian": '{"lama": "0"}', "denyut": datetime.now(UTC) - timedelta(seconds=61)}
        conn.execute(update(tables.pekerjaan).values(**quick))
    kerja.restart(house, P, WHO, nomor)
    assert runner().wait(30) == 10  # its place is free again although its holder was killed; nothing waits
    done = job(house, nomor)
    assert done.keadaan == KeadaanKerja.SELESAI
    assert kerja.take_out(house, tmp_path / "berkas", P, WHO, done) == b"%PDF " + b"0" * 1000


def test_two_at_once_and_the_third_waits_its_turn(house, runner):
    numbers = [order(house, lama, ke=str(lama)) for lama in (8, 8.0, 0)]
    working = [runner(), runner()]

    def states():
        return [job(house, nomor).keadaan for nomor in numbers]

    wait_for(lambda: states().count(KeadaanKerja.BERJALAN) == 2)
    assert runner().wait(30) == 10  # no place: it ends at once
    assert states()[2] == KeadaanKerja.MENUNGGU
    assert 11 in [process.wait(30) for process in working]  # who finishes sees that another must follow
    runner().wait(30)
    assert states() == [KeadaanKerja.SELESAI] * 3


def make_with(monkeypatch, house, tmp_path, buat):
    monkeypatch.setitem(jenis.JENIS, "uji", jenis.Jenis("Uji", Audiens.MASUK, buat, ()))
    nomor = kerja.order(house, P, WHO, "uji", {}).nomor
    settings = replace(read_settings({}), berkas=tmp_path / "berkas")
    return nomor, lambda: pekerja.work(house, settings)


def test_data_that_moved_meanwhile_is_read_again(monkeypatch, house, tmp_path):
    seen = []

    def buat(conn, pemda, isian, tell):
        seen.append(isian["alamat"])
        if len(seen) == 1:
            with house.begin() as other:
                other.execute(update(tables.pemda).values(versi=2))
        return "a.pdf", f"percobaan {len(seen)}".encode()

    nomor, work = make_with(monkeypatch, house, tmp_path, buat)
    assert work() is False
    assert len(seen) == 2
    assert (job(house, nomor).keadaan, job(house, nomor).versi) == (KeadaanKerja.SELESAI, 2)


def test_a_named_error_is_told_as_its_sentence(monkeypatch, house, tmp_path):
    def buat(conn, pemda, isian, tell):
        raise NotFoundError("Triwulan itu belum ada.")

    nomor, work = make_with(monkeypatch, house, tmp_path, buat)
    work()
    assert (job(house, nomor).keadaan, job(house, nomor).pesan) == (KeadaanKerja.GAGAL, "Triwulan itu belum ada.")


def test_a_fault_of_ours_is_told_too(monkeypatch, house, tmp_path):
    def buat(conn, pemda, isian, tell):
        raise ZeroDivisionError

    nomor, work = make_with(monkeypatch, house, tmp_path, buat)
    successors = []
    monkeypatch.setattr(pekerja, "start", lambda *given: successors.append(given))
    with pytest.raises(ZeroDivisionError):
        work()
    assert len(successors) == 1  # what waits behind it is not left lying
    assert (job(house, nomor).keadaan, job(house, nomor).pesan) == (KeadaanKerja.GAGAL, pekerja.BROKEN)


def test_deleted_while_it_is_made_nothing_is_kept(monkeypatch, house, tmp_path):
    def buat(conn, pemda, isian, tell):
        kerja.remove(house, tmp_path / "berkas", P, WHO, 1)
        tell(50, "masih ada?")
        return "a.pdf", b"a"

    _, work = make_with(monkeypatch, house, tmp_path, buat)
    assert work() is False
    assert list((tmp_path / "berkas").glob("dokumen/*/*/*")) == []


def test_every_kind_says_what_it_takes():
    for kind in jenis.JENIS.values():
        assert set(kind.isian) <= {"tahun", "tw", "opd", "saringan"}
        assert kind.named({"tahun": "2026", "tw": "3"}).replace("\u00a0", " ").endswith("TW III 2026")
