"""Two worker processes behind one address: what ends in one has ended in the other, and guesses are counted once."""

import os
import re
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import count
from urllib.parse import urlencode

import psutil
import pytest
from sqlalchemy import func, select

from bench.login import login
from data.accounts import create_account
from data.engine import engine_for, reading, writing
from data.percobaan import AKUN
from data.tables import jejak
from data.tautan import Guna, make_link
from data.words import Peran
from tests.conftest import PASSWORD
from tests.journeys.conftest import ROOT, free_port, wait_until_up

PEMDA, HOST = "16.71", "127.0.0.1"
NEW = "lampu-gajah-kertas-sungai"
REPLAYS, GUESSES = 40, 30
_numbers = count(1)


def hidden(text, name):
    """The value of the first hidden field of this name."""
    return re.search(rf'name="{name}" value="([^"]*)"', text)[1]


@dataclass
class Situs:
    """The running site, the database behind it, and the environment its commands need."""

    port: int
    url: str
    env: dict[str, str]
    main: psutil.Process

    def worker_of(self, own_port):
        """The process that holds the other end of a connection."""
        for child in self.main.children(recursive=True):
            if any(one.raddr and one.raddr.port == own_port for one in child.net_connections("tcp")):
                return child.pid
        return None

    def ask(self, method, path, cookie="", fields=None):
        """(status, where it leads, text, set cookies, the worker that answered), over a connection of its own."""
        with closing(HTTPConnection(HOST, self.port, timeout=60)) as connection:
            headers = {"Cookie": cookie} if cookie else {}
            if fields is not None:
                headers |= {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request(method, path, urlencode(fields) if fields is not None else None, headers)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
            worker = self.worker_of(connection.sock.getsockname()[1]) if connection.sock else None
            return answer.status, answer.headers.get("Location", ""), text, worker

    def send(self, path, cookie, form_on, **fields):
        """Open the page that holds the form, then send it."""
        token = hidden(self.ask("GET", form_on, cookie)[2].split("<main", 1)[1], "csrf")
        return self.ask("POST", path, cookie, {"csrf": token, **fields})


@pytest.fixture(scope="module")
def situs(city_file, tmp_path_factory):
    path = tmp_path_factory.mktemp("dua") / "kota.db"
    shutil.copy(city_file, path)
    url, port = f"sqlite:///{path}", free_port()
    env = {**os.environ, "EMONEV_DATABASE_URL": url, "EMONEV_ALAMAT": f"http://{HOST}:{port}"}
    env |= {"EMONEV_SECRET_KEY": "kunci-uji-yang-cukup-panjang-0123456789", "EMONEV_MODE": "pengembangan"}
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)]
    command += ["--workers", "2", "--blocking-threads", "4", "--no-ws", "--log-level", "error"]
    command += ["--workers-kill-timeout", "5", "app:server"]
    with subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.DEVNULL) as process:
        try:
            wait_until_up(f"http://{HOST}:{port}")
            found = Situs(port, url, env, psutil.Process(process.pid))
            assert len(workers_met(found, "/healthz", 200)) == 2, "one worker is no test"
            yield found
        finally:
            process.send_signal(signal.SIGTERM)


def workers_met(situs, path, most):
    """The workers that answered, asking until there are two."""
    met = set()
    for _ in range(most):
        met |= {situs.ask("GET", path)[3]} - {None}
        if len(met) == 2:
            break
    return met


@pytest.fixture
def account(situs):
    nama = f"uji.dua.{next(_numbers)}"
    with writing(engine_for(situs.url)) as conn:
        create_account(conn, PEMDA, nama, "Akun Uji", PASSWORD, Peran.PIMPINAN)
    return nama


def sign_out(situs, nama, cookie):
    text = situs.ask("GET", "/akun", cookie)[2]
    token = text.split('action="/keluar"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
    assert situs.ask("POST", "/keluar", cookie, {"csrf": token})[0] == 303


def close_by_command(situs, nama, cookie):
    """Closed, and opened again: what was stolen before stays dead."""
    for word in ("nonaktif", "aktif"):
        command = [sys.executable, "-m", "data", "pengguna", word, nama]
        subprocess.run(command, cwd=ROOT, env=situs.env, check=True, capture_output=True, timeout=60)


def set_password_by_link(situs, nama, cookie):
    with writing(engine_for(situs.url)) as conn:
        token = make_link(conn, PEMDA, nama, Guna.SETEL_ULANG, "admin")
    status, _, text, _ = situs.send(f"/undangan/{token}", "", f"/undangan/{token}", sandi_baru=NEW)
    assert (status, "tersimpan" in text) == (200, True)


def put_out_from_another_device(situs, nama, cookie):
    other = login(situs.port, nama, PASSWORD)
    rows = situs.ask("GET", "/akun", other)[2].split("<li")
    theirs = next(row for row in rows if 'name="sesi"' in row and "perangkat ini" not in row)
    answer = situs.send("/akun/keluarkan", other, "/akun", sesi=hidden(theirs, "sesi"))
    assert answer[:2] == (303, "/akun?kabar=keluar#isi")
    assert situs.ask("GET", "/akun", other)[0] == 200


ENDINGS = [sign_out, close_by_command, set_password_by_link, put_out_from_another_device]


@pytest.mark.parametrize("end", ENDINGS, ids=lambda end: end.__name__)
def test_a_stolen_cookie_is_dead_in_every_worker(situs, account, end):
    cookie = login(situs.port, account, PASSWORD)
    before = [situs.ask("GET", "/pimpinan", cookie) for _ in range(12)]
    assert {answer[0] for answer in before} == {200}
    end(situs, account, cookie)
    met = set()
    for number in range(REPLAYS):
        path = ("/pimpinan", "/akun")[number % 2]
        status, leads, text, worker = situs.ask("GET", path, cookie)
        assert (status, leads.split("?")[0]) == (302, "/masuk")
        assert account not in text
        met |= {worker} - {None}
    assert len(met) == 2, "both workers have been asked"


def failures(situs, nama):
    with reading(engine_for(situs.url)) as conn:
        where = (jejak.c.pelaku == nama, jejak.c.tindakan == "masuk_gagal")
        return conn.execute(select(func.count()).select_from(jejak).where(*where)).scalar_one()


def test_guesses_at_both_workers_are_counted_together(situs, account):
    """Thirty at the same moment: only the free ones reach a hash. The owner's own device still gets in."""
    device = login(situs.port, account, PASSWORD)
    known = next(part for part in device.split("; ") if part.startswith("emonev_perangkat="))
    token = hidden(situs.ask("GET", "/masuk")[2], "csrf")

    def guess(number):
        return situs.ask("POST", "/masuk", "", {"csrf": token, "pengguna": account, "kata_sandi": f"salah-{number}"})

    with ThreadPoolExecutor(GUESSES) as pool:
        answers = list(pool.map(guess, range(GUESSES)))
    statuses = [answer[0] for answer in answers]
    assert (statuses.count(401), statuses.count(429)) == (AKUN.bebas, GUESSES - AKUN.bebas)
    assert failures(situs, account) == AKUN.bebas
    assert len({answer[3] for answer in answers} - {None}) == 2, "both workers have been asked"

    right = {"csrf": token, "pengguna": account, "kata_sandi": PASSWORD}
    assert situs.ask("POST", "/masuk", "", right)[0] == 429, "the right password from elsewhere waits too"
    assert situs.ask("POST", "/masuk", known, right)[0] == 303, "the owner at home is not locked out"
