"""A real server in a process of its own, on the sample city, for the browser."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import Engine

from data.engine import engine_for, reading
from data.jejak import Pelaku
from data.layar import list_screens, make_screen, revoke_screen

# A busy machine needs longer than the five seconds a browser test waits by default; what never comes still fails.
expect.set_options(timeout=20_000)
ROOT = Path(__file__).resolve().parent.parent.parent


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_until_up(address: str) -> None:
    for _ in range(150):
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail("the server did not come up within 30 seconds")


@contextmanager
def serving(path: Path, workers: int = 1, port: int = 0, **more: str) -> Iterator[str]:
    """The address of a server on this database file; ``more`` are settings of its own."""
    port = port or free_port()
    address = f"http://127.0.0.1:{port}"
    env = {
        **os.environ,
        "EMONEV_DATABASE_URL": f"sqlite:///{path}",
        "EMONEV_SECRET_KEY": "kunci-uji-yang-cukup-panjang-0123456789",
        "EMONEV_ALAMAT": address,
        "EMONEV_BERKAS": str(path.parent / "unggahan"),
        "EMONEV_SEMATAN": "http://127.0.0.1:*",
        **more,
    }
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", str(workers), "--blocking-threads", "4", "--no-ws", "--log-level", "error"]
    # A browser that keeps a connection open must not keep a server that is told to end.
    command += ["--workers-kill-timeout", "5", "app:server"]
    with subprocess.Popen(command, cwd=ROOT, env=env) as process:
        try:
            wait_until_up(address)
            yield address
        finally:
            process.send_signal(signal.SIGTERM)


@pytest.fixture(scope="session")
def site_file(city_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the running site."""
    path = tmp_path_factory.mktemp("situs") / "kota.db"
    shutil.copy(city_file, path)
    return path


@pytest.fixture(scope="session")
def site(site_file: Path) -> Iterator[str]:
    """The address of a running site."""
    with serving(site_file) as address:
        yield address


@pytest.fixture(scope="session")
def site_engine(site_file: Path) -> Iterator[Engine]:
    """What the running site reads, for tests that write into it."""
    engine = engine_for(f"sqlite:///{site_file}")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def pairing(site: str, site_engine: Engine) -> Callable[[str], tuple[str, Callable[[], None]]]:
    """``make(name)`` → (the address that installs a new screen, a function that revokes it)."""

    def make(name: str) -> tuple[str, Callable[[], None]]:
        token = make_screen(site_engine, "16.71", Pelaku("admin"), name)
        with reading(site_engine) as conn:
            nomor = max(one.nomor for one in list_screens(conn, "16.71"))
        address = f"{site}/dinding/pasang?kunci={token}"
        return address, lambda: revoke_screen(site_engine, "16.71", Pelaku("admin"), nomor)

    return make


@pytest.fixture
def quiet(page):
    """Fails the test when the page complains in the console."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    assert said == []
