"""The databases that are measured: made once under ``instance/bench``, renewed when the code behind them changes."""

import hashlib
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.paths import BENCH, ROOT
from data import migrate
from data.accounts import create_account
from data.contoh.besar import fill_bench
from data.engine import engine_for
from data.words import Peran

PEMDA: Final = "16.71"
ACCOUNT: Final = ("sekda-ukur", "kata sandi untuk mengukur")
MAKERS: Final = ("data/contoh", "data/rollups", "data/formulas", "data/migrations", "data/tables", "data/store.py")


@dataclass(frozen=True)
class Source:
    """One filled database; ``indicator_periods`` counts the realisasi rows of each government in it."""

    path: Path
    pemda_count: int
    indicator_periods: int
    periods: list[tuple[int, int]]
    opd: list[str]

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"


def ensure(pemda_count: int) -> Source:
    """The database with this many governments of about 120,000 indicator-period rows each."""
    path = BENCH / f"{pemda_count}-pemda-{fingerprint()}.db"
    if not path.exists():
        print(f"Mengisi {path.name} (sekali saja) …", flush=True)
        started = time.monotonic()
        _discard(f"{pemda_count}-pemda-*")
        _make(path, pemda_count)
        print(f"  selesai dalam {time.monotonic() - started:.0f} detik", flush=True)
    return _read(path, pemda_count)


def fingerprint() -> str:
    """Changes whenever a file changes that decides what is in the database."""
    seen = hashlib.sha256()
    for maker in MAKERS:
        place = ROOT / maker
        for file in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if file.is_file() and file.suffix in {".py", ".txt"}:
                seen.update(file.read_bytes())
    return seen.hexdigest()[:10]


def _discard(pattern: str) -> None:
    for old in BENCH.glob(pattern):
        old.unlink()


def _make(path: Path, pemda_count: int) -> None:
    unfinished = path.with_suffix(".belum")
    _discard(f"{unfinished.name}*")
    engine = engine_for(f"sqlite:///{unfinished}")
    migrate.upgrade(engine)
    fill_bench(engine, pemda_count)
    with engine.begin() as conn:
        create_account(conn, PEMDA, ACCOUNT[0], "Sekda (ukuran)", ACCOUNT[1], Peran.PIMPINAN)
    engine.dispose()
    with sqlite3.connect(unfinished) as settled:
        settled.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    settled.close()
    unfinished.rename(path)


def _read(path: Path, pemda_count: int) -> Source:
    conn = sqlite3.connect(path)
    rows = conn.execute("SELECT count(*) FROM realisasi WHERE pemda = ?", (PEMDA,)).fetchone()[0]
    periods = conn.execute(
        "SELECT DISTINCT tahun, tw FROM rollup_kinerja WHERE pemda = ? AND level = 'opd' ORDER BY 1, 2", (PEMDA,)
    ).fetchall()
    opd = conn.execute(
        "SELECT DISTINCT opd FROM node WHERE pemda = ? AND level = 'program' ORDER BY 1", (PEMDA,)
    ).fetchall()
    conn.close()
    return Source(path, pemda_count, rows, periods, [code for (code,) in opd])
