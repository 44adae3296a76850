"""What signing in costs: the session at every closed answer, and the whole way in with and without the hash.

One server answers everything, its questions in turn, so that a busy machine slows all of them alike. What is left out
for comparison is left out by that server only: ``make`` is never what ``app.py`` serves.
"""

import hashlib
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bench import client, fill, questions, serve
from bench.login import login
from bench.measure import BadAnswerError, percentile
from bench.paths import BENCH, HOST
from bench.questions import Question
from bench.report import number, write
from data import contoh, migrate
from data.access import Orang
from data.accounts import create_account
from data.engine import engine_for
from data.sesi import Sesi, Tahap
from data.words import Peran

ACCOUNT: Final = ("sekda-ukur", "kucing-naik-sepeda-hujan")
NO_HASH: Final = "tanpa hash, hanya untuk mengukur"
NO_SESSION: Final = "X-Ukur-Tanpa-Sesi"
MOST_MS: Final = 5.0
"""The promise: a session costs a closed answer less than this, at the median and at the 95th percentile."""
ANSWERS: Final = 3_000
SIGN_INS: Final = 15
LABELS: Final = ("bagian tertutup, dengan sesi", "bagian tertutup, tanpa membaca sesi", "bagian publik")


@dataclass(frozen=True)
class Line:
    """One row of the table, in milliseconds."""

    apa: str
    kali: int
    p50: float
    p95: float


def make() -> Any:
    """The application for this measuring only (a factory for granian): a header leaves the session unread, one
    password leaves the hash uncomputed."""
    from flask import request

    import app
    from data import accounts, sandi
    from routes import session

    read, verify = session._read, sandi.is_password
    fixed = Sesi("0" * 64, Tahap.PENUH, "sandi", Orang(ACCOUNT[0], "Ukuran", Peran.PIMPINAN, None, "0" * 16))
    session.__dict__["_read"] = lambda: fixed if NO_SESSION in request.headers else read()
    accounts.__dict__["is_password"] = lambda stored, given: given == NO_HASH or verify(stored, given)
    return app.server


def measure_signin() -> bool:
    """Measure and print; True when the promise was kept."""
    port = serve.free_port()
    environ = {"EMONEV_DATABASE_URL": f"sqlite:///{_database()}", "EMONEV_PEMDA": fill.PEMDA}
    environ |= {"EMONEV_MODE": "pengembangan", "EMONEV_ALAMAT": f"http://{HOST}:{port}"}
    command = [*serve.granian("bench.signin:make", port, threads=4, workers=1), "--factory"]
    with serve.serving("masuk", command, port, environ, "/readyz") as server:
        lines = [*_sections(server.port), *_sign_ins(server.port)]
    kept = max(lines[0].p50 - lines[1].p50, lines[0].p95 - lines[1].p95) < MOST_MS
    _show(lines, kept)
    write("masuk", {"hasil": lines, "terpenuhi": kept})
    return kept


def _sections(port: int) -> list[Line]:
    """The same closed section with its session and without looking at it, and a public one: in turn, one at a time."""
    cookie = login(port, *ACCOUNT)
    closed = Question(LABELS[0], ("pimpinan-merah.children",), [("/pimpinan", "?tahun=2026&tw=3")], True)
    public = Question(LABELS[2], ("daftar-opd.children",), [("/", "?tahun=2026&tw=3")])
    [with_session] = questions.requests(port, closed, cookie)
    [without] = questions.requests(port, closed)
    without = without.replace("\r\n\r\n", f"\r\n{NO_SESSION}: ya\r\n\r\n", 1)
    asked = [with_session, without, *questions.requests(port, public)]
    client.run(client.Job(port, asked, 1, 150, 30))
    result = client.run(client.Job(port, asked, 1, ANSWERS, 120))
    if set(result.statuses) != {"200"}:
        raise BadAnswerError(f"Jawaban bukan 200: {result.statuses}\n{result.first_bad}")
    return [_line(label, result.latencies[place :: len(asked)]) for place, label in enumerate(LABELS)]


def _sign_ins(port: int) -> list[Line]:
    """The form fetched, sent, and the session begun: with the hash and without it, in turn."""
    times: dict[str, list[float]] = {ACCOUNT[1]: [], NO_HASH: []}
    for _ in range(SIGN_INS):
        for sandi, found in times.items():
            started = time.perf_counter()
            login(port, ACCOUNT[0], sandi)
            found.append((time.perf_counter() - started) * 1000)
    return [_line("masuk, dengan hash", times[ACCOUNT[1]]), _line("masuk, tanpa hash", times[NO_HASH])]


def _line(label: str, values: list[float]) -> Line:
    return Line(label, len(values), percentile(values, 50), percentile(values, 95))


def _database() -> Path:
    """The sample city with one account, made once and anew when the code behind it changes."""
    schema = hashlib.sha256(b"".join(file.read_bytes() for file in sorted(Path(migrate.__file__).parent.rglob("*.py"))))
    path = BENCH / f"masuk-{schema.hexdigest()[:10]}.db"
    if path.exists():
        return path
    for old in BENCH.glob("masuk-*.db*"):
        old.unlink()
    unfinished = path.with_suffix(".belum")
    unfinished.unlink(missing_ok=True)
    engine = engine_for(f"sqlite:///{unfinished}")
    migrate.upgrade(engine)
    contoh.fill(engine)
    with engine.begin() as conn:
        create_account(conn, fill.PEMDA, ACCOUNT[0], "Sekda (ukuran)", ACCOUNT[1], Peran.PIMPINAN)
        conn.exec_driver_sql("COMMIT")
        conn.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        conn.exec_driver_sql("BEGIN")
    engine.dispose()
    return unfinished.rename(path)


def _show(lines: list[Line], kept: bool) -> None:
    print("\nBiaya masuk dan sesi (milidetik, satu sambungan, bergantian pada satu server)\n")
    for line in lines:
        print(f"  {line.apa:<38}{line.kali:>6} kali   p50 {number(line.p50, 2):>8}   p95 {number(line.p95, 2):>8}")
    p50, p95 = lines[0].p50 - lines[1].p50, lines[0].p95 - lines[1].p95
    mark = "✓" if kept else "✗"
    print(f"\n{mark} sesi: p50 +{number(p50, 2)}, p95 +{number(p95, 2)} (paling banyak {number(MOST_MS, 0)})")
