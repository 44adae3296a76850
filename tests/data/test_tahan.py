"""What dies, fills up or comes at the same time leaves the old state or the new one, never a mixture.

Faults are injected from here: a forked process of its own is killed (SIGKILL) at the n-th step it takes towards the
database or the disk. Nothing in the product knows of it.
"""

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, event, insert, make_url, select, update

from data import mentah, tables
from data.engine import AWAY, _begin_sqlite, _prepare_sqlite, engine_for, reading, writing
from data.errors import BadParameterError, ConflictError, DatabaseAwayError, LoadError, NotFoundError
from data.jejak import Pelaku, verify_chain
from data.kalender import default_periods
from data.kiriman import Alamat, Periksa, save_draft, submit, withdraw
from data.mentah import keep_raw, read_raw
from data.putusan import accept, give_back, publish
from data.queries.kiriman import draft_of, one_version
from data.rollups import ALL, rebuild
from data.store import Berkas, Muatan, store
from data.words import ACCEPTED, JenisBerkas, Keadaan, Kirim

ROOT = Path(__file__).resolve().parents[2]
P, SUB = "16.71", "1.01.02.2.01.0001"
HERE = Alamat(2026, 3, "A")
OPERATOR, BAPPEDA = Pelaku("opr-a", "opd", "A"), Pelaku("bappeda", "bappeda")
MOMENTS = frozenset(
    {"sekali", "hash", "sebelum", "waktu", "dibuat_pada", "dikirim_pada", "diputus_pada", "diterima_pada"}
    | {"diverifikasi_pada", "dimuat_pada", "terbit_pada"}
)
"""Columns that differ from run to run without meaning anything."""
KILLED, TOLD, DONE = -signal.SIGKILL, 7, 0
numbers = count()


# --- a small house ---


def furnish(engine):
    """Two OPD with a plan; TW III is open now and on time for a day more."""
    now = datetime.now(UTC).replace(microsecond=0)
    with engine.begin() as conn:
        conn.execute(insert(tables.pemda), [{"kode": P, "nama": "Kota", "contoh": False}])
        rows = default_periods(2026)
        rows[2] |= {"dibuka": now - timedelta(days=5), "tepat_waktu_sampai": now + timedelta(days=1)}
        rows[2] |= {"dikunci": now + timedelta(days=3)}
        conn.execute(insert(tables.periode), [{"pemda": P, **row} for row in rows])
    for opd in ("A", "B"):
        store(engine, P, Berkas("r.csv", f"{next(numbers):064d}", JenisBerkas.RENJA, "uji", opd), plan(opd))
    return now


def plan(opd):
    node = {"tahun": 2026, "opd": opd, "baris": 2}
    levels = (("1.01.02", "program", None), ("1.01.02.2.01", "kegiatan", "1.01.02"))
    tree = (*levels, (SUB, "sub_kegiatan", "1.01.02.2.01"))
    of_indicator = {**node, "indikator": f"{SUB}#1", "asli": "10", "nilai": Decimal(10)}
    return Muatan(
        opd=[{"kode": opd, "nama": f"Dinas {opd}"}],
        node=[{**node, "kode": k, "level": level, "induk": up, "nama": k, "pagu": 1_000} for k, level, up in tree],
        indikator=[{**node, "kode": f"{SUB}#1", "node": SUB, "nama": "i", "arah": "naik", "akumulasi": "terakhir"}],
        target=[{**of_indicator, "periode": tw} for tw in (1, 2, 3, 4)],
    )


def checked(value, opd="A"):
    """A checked file that answers ``value``; the same value is the same file."""
    row = {"tahun": 2026, "opd": opd, "baris": 5, "kolom": "G"}
    rows = Muatan(
        realisasi=[{**row, "indikator": f"{SUB}#1", "periode": 3, "nilai": Decimal(value), "asli": str(value)}],
        keuangan=[{**row, "node": SUB, "bulan": month, "realisasi": 10 * value} for month in (7, 8, 9)],
    )
    return Periksa("lap.xlsx", f"{value:064d}", 10, 2, 0, 0, {"terisi": 1}, [], rows, {"keterangan": "XLSX"})


def drafted(engine, value, alamat=HERE):
    nomor = save_draft(engine, P, OPERATOR, alamat, checked(value, alamat.opd))
    with reading(engine) as conn:
        return one_version(conn, P, nomor)["sekali"]


def sent(engine, value):
    return submit(engine, P, OPERATOR, HERE, drafted(engine, value)).nomor


# --- the operations, each with the state it begins from ---


@dataclass(frozen=True)
class Langkah:
    """One operation: what comes before it, the operation itself, and what it says when it was done already."""

    before: Callable
    run: Callable
    twice: type[Exception] | None = None
    least: int = 6


def _published_and_corrected(engine):
    accept(engine, P, BAPPEDA, sent(engine, 5))
    publish(engine, P, BAPPEDA, 2026, 3)
    return sent(engine, 8)


def _accepted(engine):
    accept(engine, P, BAPPEDA, sent(engine, 5))


def _draft_beside_a_waiting_one(engine):
    sent(engine, 5)
    return drafted(engine, 8)


LANGKAH = {
    "save_draft": Langkah(lambda e: drafted(e, 5), lambda e, _: save_draft(e, P, OPERATOR, HERE, checked(8)) > 0),
    "submit": Langkah(_draft_beside_a_waiting_one, lambda e, token: submit(e, P, OPERATOR, HERE, token).tanda),
    "withdraw": Langkah(lambda e: sent(e, 5), lambda e, n: withdraw(e, P, OPERATOR, HERE, n), NotFoundError),
    "give_back": Langkah(lambda e: sent(e, 5), lambda e, n: give_back(e, P, BAPPEDA, n, "salah"), ConflictError),
    "accept": Langkah(_published_and_corrected, lambda e, n: accept(e, P, BAPPEDA, n).diubah, ConflictError, least=30),
    "publish": Langkah(_accepted, lambda e, _: publish(e, P, BAPPEDA, 2026, 3), BadParameterError),
}


# --- processes that die ---


def apart(work):
    """Run in a process of its own; how it ended (negative: by a signal)."""
    pid = os.fork()
    if pid == 0:
        code = 3
        try:
            code = work() or DONE
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def fresh_engine(url):
    """An engine no other process has a connection of."""
    return engine_for.__wrapped__(url)


def own_engine(engine):
    """The engine in a forked process: what it has prepared, without the parent's connections."""
    engine.dispose(close=False)
    return engine


def dying_at(engine, at):
    """Die at the ``at``-th step: before each statement, before each commit, and right after each commit."""
    steps = count(1)

    def step(*_anything, **_named):
        if next(steps) == at:
            os.kill(os.getpid(), signal.SIGKILL)

    commit = engine.dialect.do_commit

    def commit_and_step(connection):
        commit(connection)
        step()

    event.listen(engine, "before_cursor_execute", step)
    event.listen(engine, "commit", step)
    engine.dialect.do_commit = commit_and_step
    return engine


def address(engine):
    return engine.url.render_as_string(hide_password=False)


# --- what must hold ---


def picture(engine):
    """Everything that is stored, but for moments and what hangs on them."""
    found = {}
    with reading(engine) as conn:
        for table in tables.metadata.sorted_tables:
            kept = [column for column in table.columns if column.name not in MOMENTS]
            found[table.name] = sorted(map(repr, conn.execute(select(*kept)).all()))
    return found


def check_whole(engine):
    """Rollups are what the rows make, the trail is unbroken, reports and versions agree."""
    with engine.execution_options(menulis=True).connect() as conn:
        before = [sorted(map(repr, conn.execute(select(table)).all())) for table in ALL]
        rebuild(conn, P)
        assert [sorted(map(repr, conn.execute(select(table)).all())) for table in ALL] == before
        conn.rollback()
    k, lap = tables.kiriman.c, tables.laporan.c
    with reading(engine) as conn:
        assert verify_chain(conn, P) is None
        states = list(conn.execute(select(k.keadaan).where(k.opd == "A")).scalars())
        stands = conn.execute(select(lap.keadaan).where(lap.opd == "A", lap.tw == 3)).scalar()
        uploads = list(conn.execute(select(k.unggahan).where(k.keadaan == Kirim.DITERIMA)).scalars())
        assert (stands in ACCEPTED) == (Kirim.DITERIMA in states)
        assert (stands == Keadaan.TERKIRIM) <= (Kirim.TERKIRIM in states)
        assert max(states.count(one) for one in (Kirim.DRAF, Kirim.TERKIRIM, Kirim.DITERIMA)) <= 1
        assert set(uploads) <= set(conn.execute(select(tables.unggahan.c.nomor)).scalars())


def check_trail(engine):
    with reading(engine) as conn:
        assert verify_chain(conn, P) is None


def without_numbers(found):
    """A draft saved again has the next number: there it means nothing."""
    return found | {"kiriman": [line.split(", ", 2)[2] for line in found["kiriman"]]}


def die_and_repeat(langkah, make, facts, at):
    """Die at one step on a fresh copy of the state before; True when the operation did not come so far."""
    engine, old, new = make(), facts["old"], facts["new"]
    engine.dispose()
    ended = apart(lambda: langkah.run(dying_at(own_engine(engine), at), facts["given"]) and DONE)
    found = picture(engine)
    assert found in (old, new), f"a mixture after step {at}"  # of both it is known that they are whole
    check_trail(engine)
    if ended == KILLED:
        again(langkah, engine, facts, found == new)
    else:
        assert (ended, found) == (DONE, new)
    engine.dispose()
    return ended != KILLED


def again(langkah, engine, facts, was_done):
    """What was cut off is simply done again, with the same outcome; what had been done says so."""
    if was_done and langkah.twice is not None:
        with pytest.raises(langkah.twice):
            langkah.run(engine, facts["given"])
    else:
        assert langkah.run(engine, facts["given"]) == facts["outcome"]
    assert without_numbers(picture(engine)) == without_numbers(facts["new"])
    check_trail(engine)


def learn(langkah, engine, make, given):
    """The state before and the one after, both whole, and what the operation answers."""
    facts = {"given": given, "old": picture(engine)}
    check_whole(engine)
    engine.dispose()
    whole = make()
    facts |= {"outcome": langkah.run(whole, given), "new": picture(whole)}
    check_whole(whole)
    assert facts["old"] != facts["new"]
    whole.dispose()
    return facts


@pytest.mark.parametrize("name", LANGKAH)
def test_killed_at_every_step(sqlite_engine, tmp_path, name, record_property):
    langkah = LANGKAH[name]
    furnish(sqlite_engine)
    given = langkah.before(sqlite_engine)

    path = tmp_path / "salinan.db"
    engine = fresh_engine(f"sqlite:///{path}")  # one for all copies: it need not learn its statements anew

    def make():
        """The same place every time, as a crashed server's database is found."""
        engine.dispose()
        for old in tmp_path.glob("salinan.db*"):
            old.unlink()
        shutil.copy(tmp_path / "emonev.db", path)
        return engine

    facts = learn(langkah, sqlite_engine, make, given)
    at = next(at for at in range(1, 500) if die_and_repeat(langkah, make, facts, at))
    assert at > langkah.least
    record_property("angka", f"kill −9, SQLite, {name}: {at - 1} fault points")


@contextmanager
def postgres_copies(url, pattern):
    """A maker of copies of one PostgreSQL database; all are dropped afterwards."""
    master = create_engine(url, isolation_level="AUTOCOMMIT")
    made = []

    def make():
        made.append(f"emonev_tahan_{next(numbers)}")
        with master.connect() as conn:
            conn.exec_driver_sql(f"CREATE DATABASE {made[-1]} TEMPLATE {pattern}")
        return fresh_engine(make_url(url).set(database=made[-1]).render_as_string(hide_password=False))

    try:
        yield make
    finally:
        with master.connect() as conn:
            for name in made:
                conn.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        master.dispose()


@pytest.mark.parametrize("name", LANGKAH)
def test_killed_at_some_steps_on_postgresql(postgres_engine, postgres_url, name):
    langkah = LANGKAH[name]
    furnish(postgres_engine)
    given = langkah.before(postgres_engine)
    postgres_engine.dispose()
    with postgres_copies(postgres_url, postgres_engine.url.database) as make:
        facts = learn(langkah, postgres_engine, make, given)
        assert not die_and_repeat(langkah, make, facts, langkah.least)
        postgres_engine.dispose()
        counted = steps_of(langkah, make(), facts)
        for at in (counted // 2, counted - 1, counted):
            assert not die_and_repeat(langkah, make, facts, at)


def steps_of(langkah, engine, facts):
    """How many fault points the operation has here."""
    seen = []
    commit = engine.dialect.do_commit
    event.listen(engine, "before_cursor_execute", lambda *_: seen.append(1))
    event.listen(engine, "commit", lambda *_: seen.append(1))
    engine.dialect.do_commit = lambda connection: (commit(connection), seen.append(1))[0]
    langkah.run(engine, facts["given"])
    engine.dispose()
    return len(seen)


@pytest.mark.parametrize("where", ["mkdir", "mkstemp", "fsync", "replace", "after"])
def test_a_raw_file_is_whole_or_not_there(tmp_path, monkeypatch, where):
    def die(*_anything, **_named):
        os.kill(os.getpid(), signal.SIGKILL)

    def work():
        places = {"mkdir": Path, "replace": Path, "mkstemp": mentah.tempfile, "fsync": mentah.os}
        if where in places:
            monkeypatch.setattr(places[where], where, die)
        keep_raw(tmp_path, b"isi" * 1000)
        die()

    assert apart(work) == KILLED
    digest = mentah.hashlib.sha256(b"isi" * 1000).hexdigest()
    if where == "after":
        assert read_raw(tmp_path, digest) == b"isi" * 1000
    else:
        with pytest.raises(NotFoundError):
            read_raw(tmp_path, digest)
    assert keep_raw(tmp_path, b"isi" * 1000) == digest
    assert read_raw(tmp_path, digest) == b"isi" * 1000


# --- at the same time ---


def test_of_twenty_processes_one_wins_and_the_others_are_told(engine):
    furnish(engine)
    k, tokens = tables.kiriman, []
    for value in range(1, 21):
        token = drafted(engine, value)
        with writing(engine) as conn:  # a new draft replaces the older one: keep all, as twenty open previews
            conn.execute(update(k).where(k.c.sekali == token).values(keadaan="buka"))
        tokens.append(token)
    with writing(engine) as conn:
        conn.execute(update(k).values(keadaan=Kirim.DRAF.value))
    url = address(engine)
    engine.dispose()
    wait, go = os.pipe()

    def send(token):
        os.close(go)
        os.read(wait, 1)  # until the parent closes its end: all begin at once
        try:
            submit(fresh_engine(url), P, OPERATOR, HERE, token)
        except ConflictError:
            return TOLD
        return DONE

    children = [_begin(send, token) for token in tokens]
    os.close(go)
    os.close(wait)
    codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children]
    assert sorted(codes) == [DONE] + [TOLD] * 19
    with reading(engine) as conn:
        assert verify_chain(conn, P) is None
        sent_ones = select(k.c.tanda).where(k.c.keadaan == Kirim.TERKIRIM.value)
        assert len(conn.execute(sent_ones).scalars().all()) == 1


def _begin(work, token):
    pid = os.fork()
    if pid == 0:
        code = 3
        try:
            code = work(token)
        finally:
            os._exit(code)
    return pid


# --- the clock ---

SENDING = """
import sys
from datetime import datetime, timedelta
from data.engine import engine_for
from data.errors import DeadlineError
from data.jejak import Pelaku
from data.kiriman import Alamat, submit
url, due = sys.argv[1], datetime.fromisoformat(sys.argv[2])
who = Pelaku("opr-a", "opd", "A")
for opd, token, seconds in zip("AAAB", sys.argv[3:7], map(float, sys.argv[7:11])):
    try:
        submit(engine_for(url), "16.71", who, Alamat(2026, 3, opd), token, due + timedelta(seconds=seconds))
        print("diterima")
    except DeadlineError as error:
        print(str(error).split(" sejak")[0].split(". ")[0])
"""
DAY = 86_400


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles"])
def test_the_deadline_to_the_second_wherever_the_server_stands(engine, zone):
    due = furnish(engine) + timedelta(days=1)
    mine, other = drafted(engine, 5), drafted(engine, 5, Alamat(2026, 3, "B"))
    seconds = (-6 * DAY - 1, 2 * DAY + 1, 0.999, 1)  # before opening, after the lock, the last instant, one later
    url = address(engine)
    engine.dispose()
    command = [sys.executable, "-c", SENDING, url, due.isoformat(), mine, mine, mine, other, *map(str, seconds)]
    env = os.environ | {"TZ": zone}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=True)
    told = ["TW III 2026 belum dibuka", "TW III 2026 sudah dikunci", "diterima", "diterima"]
    assert done.stdout.splitlines() == told
    k = tables.kiriman.c
    with reading(engine) as conn:
        assert list(conn.execute(select(k.hari_terlambat).order_by(k.opd)).scalars()) == [0, 1]


# --- a database that may only be read, a disk that is full ---


def read_only(engine):
    """The same database through connections that may not write."""
    if engine.dialect.name == "sqlite":
        path = f"file:{engine.url.database}?mode=ro"
        shut = create_engine("sqlite://", creator=lambda: sqlite3.connect(path, uri=True))
        event.listen(shut, "connect", _prepare_sqlite)
        event.listen(shut, "begin", _begin_sqlite)
        return shut
    return create_engine(engine.url, connect_args={"options": "-c default_transaction_read_only=on"})


@pytest.mark.parametrize("name", LANGKAH)
def test_a_database_that_may_only_be_read(engine, name):
    furnish(engine)
    given = LANGKAH[name].before(engine)
    before, shut = picture(engine), read_only(engine)
    with pytest.raises(DatabaseAwayError, match="Coba lagi"):
        LANGKAH[name].run(shut, given)
    assert picture(shut) == before, "what is stored can still be read"
    shut.dispose()
    assert picture(engine) == before
    LANGKAH[name].run(engine, given)


@pytest.mark.parametrize("name", LANGKAH)
def test_a_disk_that_is_full(sqlite_engine, tmp_path, name):
    """No file may grow beyond a limit, which the journal meets at its first page, in its middle, or not at all."""
    langkah = LANGKAH[name]
    furnish(sqlite_engine)
    given = langkah.before(sqlite_engine)
    old = picture(sqlite_engine)
    sqlite_engine.dispose()
    ends = []
    for limit in (0, 20_000, 36_000, 80_000, 10_000_000):
        path = tmp_path / f"penuh-{limit}.db"
        shutil.copy(tmp_path / "emonev.db", path)
        ends.append(apart(lambda path=path, limit=limit: _on_a_full_disk(langkah, path, limit, given)))
        found = fresh_engine(f"sqlite:///{path}")
        assert (picture(found) == old) == (ends[-1] == TOLD), f"limit {limit}: {ends[-1]}"
        check_whole(found)
        found.dispose()
    assert (ends[0], ends[-1], set(ends)) == (TOLD, DONE, {TOLD, DONE})


def _on_a_full_disk(langkah, path, limit, given):
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        langkah.run(fresh_engine(f"sqlite:///{path}"), given)
    except DatabaseAwayError as error:
        return TOLD if str(error) == AWAY else 4
    return DONE


@pytest.mark.parametrize("limit", [0, 1_000])
def test_a_raw_file_on_a_full_disk(tmp_path, limit):
    def work():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        try:
            keep_raw(tmp_path, b"x" * 5_000)
        except LoadError as error:
            return TOLD if "tidak dapat disimpan" in str(error) else 4
        return DONE

    assert apart(work) == TOLD
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [], "nothing by half, nothing left over"


def test_rows_that_do_not_fit_are_told_and_leave_nothing(engine):
    """The plan changed between the preview and the decision: accepting says so and changes nothing."""
    furnish(engine)
    nomor = sent(engine, 5)
    with writing(engine) as conn:
        for table in (tables.target, tables.indikator):
            conn.execute(table.delete().where(table.c.opd == "A"))
        rebuild(conn, P)
    before = picture(engine)
    with pytest.raises(LoadError):
        accept(engine, P, BAPPEDA, nomor)
    assert picture(engine) == before
    with reading(engine) as conn:
        assert draft_of(conn, P, HERE) is None
