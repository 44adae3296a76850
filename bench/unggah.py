"""The evening of the deadline: one form of 2,000 rows, and fifty OPD at once beside the public page.

``python -m bench.unggah PORT SECONDS`` is the reader: it asks for the public page ten times a second, whatever the
answers take, in a process of its own, so that measuring shares no interpreter with the submissions.
"""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Final

import pandas as pd
from sqlalchemy import Engine, update

from bench import fill, serve
from bench.measure import percentile
from bench.paths import BENCH, HOST, ROOT, WORKERS
from bench.promises import Verdict
from data import contoh, migrate, tables
from data.alasan import join_reasons
from data.engine import engine_for, reading
from data.errors import BusyError
from data.formulir import KINERJA
from data.jejak import Pelaku
from data.kiriman import Alamat, Periksa, save_draft, submit, write_texts
from data.putusan import accept
from data.queries.formulir import form_rows
from data.queries.kepatuhan import expected
from data.queries.kiriman import one_version
from data.store import Berkas, Muatan, store
from data.words import Akumulasi, Arah, JenisBerkas, Level
from loaders import Hasil, Konteks, Tingkat, read_known
from loaders.terpisah import check_apart
from reports.templat import template_xlsx

PEMDA: Final = "16.71"
TAHUN: Final = 2026
TW: Final = 3
LARGE: Final = "9.99.0.00.0.00.01.0000"
SUB_KEGIATAN: Final = 200
INDIKATOR: Final = 9
"""Beside the line of money of each sub kegiatan: 200 × (9 + 1) = 2,000 rows."""
CHECK_S: Final = 5.0
COMMIT_S: Final = 2.0
TIMES_IDLE: Final = 1.5
OPD_AT_ONCE: Final = 50
EVENING_S: Final = 60.0
"""Ten minutes before the deadline, ten times as dense."""
IDLE_S: Final = 30.0
SENDERS: Final = 4
PER_SECOND: Final = 10
OPERATOR: Final = Pelaku("operator-ukur", "opd")
BAPPEDA: Final = Pelaku("bappeda-ukur", "bappeda")


@dataclass(frozen=True)
class Evening:
    """What was measured. Pages in milliseconds, the rest in seconds."""

    rows: int
    check: float
    commit: float
    sent: int
    slowest: float
    last: float
    idle: list[float]
    during: list[float]

    def verdicts(self) -> list[Verdict]:
        """The promises of the reporting cycle, each with its figure."""
        idle, during = percentile(self.idle, 95), percentile(self.during, 95)
        found = f"{during / idle:.2f}× ({during:.1f} ms, sepi {idle:.1f} ms)"
        within = f"{self.sent} OPD dalam {self.last:.0f} detik, paling lama {self.slowest:.1f} detik"
        enough = self.sent >= OPD_AT_ONCE and self.last <= EVENING_S * 1.5
        slow = during > TIMES_IDLE * idle
        return [
            Verdict(
                f"{self.rows} baris diperiksa dalam {CHECK_S:g} detik", _seconds(self.check), self.check <= CHECK_S
            ),
            Verdict(
                f"dan diterima dengan rekapnya dalam {COMMIT_S:g} detik", _seconds(self.commit), self.commit <= COMMIT_S
            ),
            Verdict(f"{OPD_AT_ONCE} OPD mengirim bersamaan dan semua diterima", within, enough),
            Verdict(f"p95 halaman publik saat itu paling banyak {TIMES_IDLE:g}× saat sepi", found, not slow),
        ]


def _seconds(value: float) -> str:
    return f"{value:.2f} detik"


def measure_evening() -> Evening:
    """Everything on one fresh copy of the sample city, on 127.0.0.1 only."""
    path = BENCH / "unggah-kerja.db"
    for leftover in BENCH.glob(f"{path.name}*"):
        leftover.unlink()
    shutil.copy(_city(), path)
    engine = engine_for(f"sqlite:///{path}")
    _open_door(engine)
    rows, check, commit = _one_large_form(engine)
    port = serve.free_port()
    environ = {"EMONEV_DATABASE_URL": f"sqlite:///{path}", "EMONEV_PEMDA": PEMDA, "EMONEV_MODE": "pengembangan"}
    with serve.serving("unggah", serve.granian("app:server", port, SENDERS, WORKERS), port, environ):
        forms = _forms(engine)
        Reader(port, 5.0).result()  # both workers have answered once
        idle = Reader(port, IDLE_S).result()
        reader = Reader(port, EVENING_S)
        times = _send_all(engine, forms)
        during = reader.result()
    engine.dispose()
    took, ends = zip(*times, strict=True)
    return Evening(rows, check, commit, len(times), max(took), max(ends), idle, during)


# --- the public page ---


class Reader:
    """A reader under way in its own process."""

    def __init__(self, port: int, seconds: float) -> None:
        command = [sys.executable, "-m", "bench.unggah", str(port), str(seconds)]
        self._limit = seconds + 60
        self._process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)

    def result(self) -> list[float]:
        """Milliseconds from the moment a question was due to its whole answer."""
        out, _ = self._process.communicate(timeout=self._limit)
        if self._process.returncode != 0:
            raise RuntimeError("Pembaca halaman publik berhenti di tengah jalan.")
        found: list[float] = json.loads(out)
        return found


def read_steadily(port: int, seconds: float) -> list[float]:
    """Ask ten times a second; a late answer makes the next ones late too, and that is counted."""
    connection = HTTPConnection(HOST, port, timeout=30)
    took, begun = [], time.perf_counter()
    for number in range(int(seconds * PER_SECOND)):
        due = begun + number / PER_SECOND
        time.sleep(max(0.0, due - time.perf_counter()))
        connection.request("GET", "/", headers={"Accept-Encoding": "br"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"Halaman publik menjawab {answer.status}.")
        took.append((time.perf_counter() - due) * 1000)
    connection.close()
    return took


# --- the submissions ---


def _one_large_form(engine: Engine) -> tuple[int, float, float]:
    """(rows, seconds to check with the start of the process, seconds to accept with the rollups)."""
    rows, content = _form(engine, LARGE)
    started = time.perf_counter()
    hasil = _check(engine, LARGE, content)
    check = time.perf_counter() - started
    tanda = _submit(engine, LARGE, hasil)
    started = time.perf_counter()
    accept(engine, PEMDA, BAPPEDA, tanda)
    return rows, check, time.perf_counter() - started


def _forms(engine: Engine) -> list[tuple[str, bytes]]:
    with reading(engine) as conn:
        codes = [opd for opd in expected(conn, PEMDA, TAHUN, TW) if opd != LARGE]
    return [(opd, _form(engine, opd)[1]) for opd in (codes * 2)[:OPD_AT_ONCE]]


def _send_all(engine: Engine, forms: list[tuple[str, bytes]]) -> list[tuple[float, float]]:
    """(seconds of this submission, seconds from the beginning to its receipt) of each, evenly spread over the time."""
    begun = time.perf_counter()

    def send(number: int, opd: str, content: bytes) -> tuple[float, float]:
        time.sleep(max(0.0, begun + number * EVENING_S / len(forms) - time.perf_counter()))
        started = time.perf_counter()
        _submit(engine, opd, _check(engine, opd, content))
        ended = time.perf_counter()
        return ended - started, ended - begun

    with ThreadPoolExecutor(SENDERS) as senders:
        under_way = [senders.submit(send, number, *form) for number, form in enumerate(forms)]
        return [one.result(timeout=EVENING_S * 5) for one in under_way]


def _check(engine: Engine, opd: str, content: bytes) -> Hasil:
    known = read_known(engine, PEMDA, TAHUN, opd)
    konteks = Konteks(JenisBerkas.LAPORAN, opd, TAHUN, TW, dikenal=known)
    hasil = _when_there_is_room(lambda: check_apart(content, "laporan.xlsx", konteks))
    if not hasil.boleh_disimpan:
        wrong = [found.pesan for found in hasil.masalah if found.tingkat == Tingkat.GALAT]
        raise RuntimeError(f"Formulir ukur {opd} ditolak: {wrong[:3]}")
    return hasil


def _when_there_is_room(check: Callable[[], Hasil]) -> Hasil:
    """As a browser does: told that too many files are being checked, it comes again."""
    while True:
        try:
            return check()
        except BusyError as error:
            time.sleep(error.detik)


def _submit(engine: Engine, opd: str, hasil: Hasil) -> int:
    """As an operator does: draft, reason, send. The number of the version."""
    alamat = Alamat(TAHUN, TW, opd)
    findings = [asdict(found) for found in hasil.masalah]
    asked = hasil.jumlah(Tingkat.KONFIRMASI)
    facts = (hasil.nama_berkas, hasil.sha256, hasil.ukuran, hasil.jumlah_baris, 0, asked)
    nomor = save_draft(engine, PEMDA, OPERATOR, alamat, Periksa(*facts, hasil.ringkasan, findings, hasil.muatan, {}))
    groups = {f"{one['aturan']} {one['nama_kolom']}" for one in findings if one["tingkat"] == Tingkat.KONFIRMASI}
    write_texts(engine, PEMDA, alamat, nomor, {"alasan": join_reasons(dict.fromkeys(groups, "Angka untuk mengukur."))})
    with reading(engine) as conn:
        token = one_version(conn, PEMDA, nomor)["sekali"]
    return submit(engine, PEMDA, OPERATOR, alamat, token).nomor


def _form(engine: Engine, opd: str) -> tuple[int, bytes]:
    """(rows, XLSX) of the form of one OPD with everything answered that was still open."""
    with reading(engine) as conn:
        rows = form_rows(conn, PEMDA, TAHUN, TW, opd)
    filled = pd.DataFrame([_answered(row) for row in rows.to_dict("records")], columns=rows.columns, dtype=object)
    return len(filled), template_xlsx(filled, "Kota Ukur", opd, f"OPD {opd}", TAHUN, TW, "malam ini")


def _answered(row: dict[Any, Any]) -> dict[Any, Any]:
    if row["baris"] == KINERJA:
        return row | {"realisasi": row["realisasi"] or (row["skala"] or "12").split(">")[0].strip()}
    months = {name: row[name] or 1_000 for name in ("bulan_1", "bulan_2", "bulan_3")}
    return row | months | {"fisik": row["fisik"] or 75}


# --- the database ---


def _city() -> Path:
    """The sample city and one OPD with a plan of 2,000 rows; made once."""
    path = BENCH / f"unggah-kota-{fill.fingerprint()}.db"
    if not path.exists():
        print("Menyusun kota contoh (sekali saja) …", flush=True)
        for old in BENCH.glob("unggah-kota-*"):
            old.unlink()
        unfinished = path.with_suffix(".belum")
        engine = engine_for(f"sqlite:///{unfinished}")
        migrate.upgrade(engine)
        contoh.fill(engine, PEMDA)
        store(engine, PEMDA, Berkas("rencana.csv", "f" * 64, JenisBerkas.CONTOH, "ukuran", LARGE, TAHUN), _plan())
        engine.dispose()
        unfinished.rename(path)
    return path


def _open_door(engine: Engine) -> None:
    """TW III is open now, whatever the day this is measured on."""
    p, now = tables.periode, datetime.now(UTC)
    with engine.execution_options(menulis=True).begin() as conn:
        where = (p.c.pemda == PEMDA, p.c.tahun == TAHUN, p.c.tw == TW)
        values = {"dibuka": now - timedelta(days=9), "tepat_waktu_sampai": now + timedelta(days=1)}
        conn.execute(update(p).where(*where).values(**values, dikunci=now + timedelta(days=2)))


def _plan() -> Muatan:
    muatan = Muatan(opd=[{"kode": LARGE, "nama": "Dinas Ukur Besar"}])
    for line, (node, level, induk) in enumerate(_nodes(), start=2):
        own = {"tahun": TAHUN, "opd": LARGE, "baris": line}
        muatan.node.append({**own, "kode": node, "level": level, "induk": induk, "nama": f"Pekerjaan {node}"})
        if level != Level.SUB_KEGIATAN:
            continue
        muatan.node[-1]["pagu"] = 10_000_000
        for number in range(1, INDIKATOR + 1):
            words = {"satuan": "dokumen", "arah": Arah.NAIK, "akumulasi": Akumulasi.JUMLAH}
            code = f"{node}#{number}"
            muatan.indikator.append({**own, "kode": code, "node": node, "nama": f"Indikator {code}", **words})
            target = {**own, "indikator": code, "nilai": Decimal(12), "asli": "12", "kolom": "Target"}
            muatan.target += [{**target, "periode": tw} for tw in (1, 2, 3, 4)]
    return muatan


def _nodes() -> Iterator[tuple[str, str, str | None]]:
    """Two programs of ten kegiatan each, which share the sub kegiatan: (code, level, parent)."""
    for program in (1, 2):
        upper = f"9.99.{program:02d}"
        yield upper, Level.PROGRAM, None
        for kegiatan in range(1, 11):
            middle = f"{upper}.2.{kegiatan:02d}"
            yield middle, Level.KEGIATAN, upper
            for sub in range(1, SUB_KEGIATAN // 20 + 1):
                yield f"{middle}.{sub:04d}", Level.SUB_KEGIATAN, middle


if __name__ == "__main__":
    json.dump(read_steadily(int(sys.argv[1]), float(sys.argv[2])), sys.stdout)
