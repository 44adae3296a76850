"""How long one large file takes: 100,000 realisasi rows checked, stored with their origins and rolled up."""

import csv
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, insert

from bench import fill
from bench.paths import BENCH, ROOT
from data import migrate, tables
from data.engine import engine_for
from data.store import Berkas, Muatan, store
from data.words import Akumulasi, Arah, JenisBerkas, Level

PEMDA: Final = "16.71"
TAHUN: Final = 2026
OPD: Final = [f"{number:02d}" for number in range(1, 51)]
SUB_KEGIATAN: Final = 200
INDIKATOR: Final = 10
ROWS: Final = len(OPD) * SUB_KEGIATAN * INDIKATOR
SECONDS: Final = 10.0
HEAD: Final = ("opd", "kode", "indikator", "satuan", "target", "realisasi", "keterangan", "kendala")


@dataclass(frozen=True)
class Loaded:
    """What loading took, by the clock, and what is stored now."""

    rows: int
    stored: int
    rolled_up: int
    seconds: float
    megabytes: float

    @property
    def kept(self) -> bool:
        """All rows are there and it was quick enough."""
        return self.stored == self.rows and self.rolled_up >= self.rows and self.seconds <= SECONDS


def measure_loading() -> Loaded:
    """Load the file into a fresh copy of the database that holds its plan."""
    plan, file = _plan_database(), _file()
    path = BENCH / "muat-kerja.db"
    for leftover in BENCH.glob(f"{path.name}*"):
        leftover.unlink()
    shutil.copy(plan, path)
    command = [sys.executable, "-m", "loaders", str(file), "--jenis", "indikator", "--periode", f"{TAHUN}-TW1"]
    environ = {**os.environ, "EMONEV_DATABASE_URL": f"sqlite:///{path}", "EMONEV_PEMDA": PEMDA}
    started = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - started
    if done.returncode != 0:
        raise RuntimeError(f"Pemuatan gagal:\n{done.stdout[-1500:]}\n{done.stderr[-1500:]}")
    stored, rolled_up = (_count(path, table) for table in ("realisasi", "rollup_indikator"))
    return Loaded(ROWS, stored, rolled_up, seconds, file.stat().st_size / 1e6)


def _count(path: Path, table: str) -> int:
    conn = sqlite3.connect(path)
    found: int = conn.execute(f"SELECT count(*) FROM {table} WHERE pemda = ? AND tahun = ?", (PEMDA, TAHUN)).fetchone()[
        0
    ]
    conn.close()
    return found


def _plan_database() -> Path:
    path = BENCH / f"muat-rencana-{fill.fingerprint()}.db"
    if not path.exists():
        print(f"Menyusun rencana {ROWS} indikator (sekali saja) …", flush=True)
        for old in BENCH.glob("muat-rencana-*"):
            old.unlink()
        unfinished = path.with_suffix(".belum")
        engine = engine_for(f"sqlite:///{unfinished}")
        migrate.upgrade(engine)
        _fill_plan(engine)
        engine.dispose()
        unfinished.rename(path)
    return path


def _fill_plan(engine: Engine) -> None:
    with engine.begin() as conn:
        conn.execute(insert(tables.pemda).values(kode=PEMDA, nama="Kota Ukur", contoh=True, versi=0))
    for number, opd in enumerate(OPD):
        muatan = Muatan(opd=[{"kode": opd, "nama": f"Dinas Ukur {opd}"}])
        for line, (node, level, induk) in enumerate(_nodes(opd), start=2):
            muatan.node.append(_own(opd, line, kode=node, level=level, induk=induk, nama=f"Pekerjaan {node}"))
            if level == Level.SUB_KEGIATAN:
                _add_indicators(muatan, opd, node, line)
        berkas = Berkas(f"rencana-{opd}.csv", f"{number:064x}", JenisBerkas.CONTOH, "ukuran", opd=opd, tahun=TAHUN)
        store(engine, PEMDA, berkas, muatan)


def _own(opd: str, line: int, **values: Any) -> dict[str, Any]:
    return {"tahun": TAHUN, "opd": opd, "baris": line, **values}


def _add_indicators(muatan: Muatan, opd: str, node: str, line: int) -> None:
    for number in range(1, INDIKATOR + 1):
        code = f"{node}#{number}"
        words = {"nama": f"Indikator {code}", "satuan": "dokumen", "arah": Arah.NAIK, "akumulasi": Akumulasi.JUMLAH}
        muatan.indikator.append(_own(opd, line, kode=code, node=node, **words))
        for periode, nilai in ((0, Decimal(400)), (1, Decimal(100))):
            muatan.target.append(
                _own(opd, line, indikator=code, periode=periode, nilai=nilai, asli=str(nilai), kolom="Target")
            )


def _nodes(opd: str) -> Iterator[tuple[str, str, str | None]]:
    """Five programs of five kegiatan each, which share the sub kegiatan: (code, level, parent)."""
    for program in range(1, 6):
        upper = f"1.{opd}.{program:02d}"
        yield upper, Level.PROGRAM, None
        for kegiatan in range(1, 6):
            middle = f"{upper}.2.{kegiatan:02d}"
            yield middle, Level.KEGIATAN, upper
            for sub in range(1, SUB_KEGIATAN // 25 + 1):
                yield f"{middle}.{sub:04d}", Level.SUB_KEGIATAN, middle


def _file() -> Path:
    path = BENCH / "realisasi-100000.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter=";")
        writer.writerow(HEAD)
        for opd in OPD:
            subs = (node for node, level, _ in _nodes(opd) if level == Level.SUB_KEGIATAN)
            codes = (f"{node}#{number}" for node in subs for number in range(1, INDIKATOR + 1))
            for at, code in enumerate(codes):
                value = f"{60 + at % 55},{at % 10}5"
                writer.writerow((opd, code, f"Indikator {code}", "dokumen", "100,00", value, "", ""))
    return path
