"""Checking in a process that can be killed: the same answer, hard limits, nothing left behind."""

import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import psutil
import pytest

from data.errors import BusyError, LoadError
from data.words import JenisBerkas
from loaders import BATAS_PERINTAH, Dikenal, Hasil, Konteks, check, terpisah
from loaders.batas import MB, Batas, BatasProses
from loaders.giliran import Giliran
from loaders.terpisah import check_apart
from tests.loaders.formulir_uji import OPD, SUB, cpu_seconds, form

HEAVY = "Berkas terlalu berat untuk diperiksa."
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def konteks(dikenal_laporan: Dikenal) -> Konteks:
    return Konteks(JenisBerkas.LAPORAN, OPD, 2026, 2, dikenal=dikenal_laporan, petaan={"a": "b"})


@pytest.fixture(autouse=True)
def _no_process_is_left() -> Any:
    yield
    left = [p for p in psutil.Process().children(recursive=True) if "loaders.anak" in " ".join(p.cmdline())]
    assert left == []


def wide(rows: int) -> bytes:
    """A text file that costs much time and memory for its size."""
    lines = [";".join(str(10 + (row * 7 + cell) % 89) for cell in range(55)) for row in range(rows)]
    return ("kode;realisasi;bulan_1;bulan_2;bulan_3;fisik" + ";" * 49 + "\n" + "\n".join(lines) + "\n").encode()


@pytest.mark.parametrize("more", [{}, {"ubah": {SUB: {"bulan_1": "1.234", "fisik": 101}}, "tanpa": [f"{SUB}#1"]}])
def test_the_answer_is_that_of_check(konteks: Konteks, more: dict[str, Any]) -> None:
    content = form(**more).encode()
    assert check_apart(content, "l.csv", konteks) == check(content, "l.csv", konteks)


@pytest.mark.parametrize(
    ("nama", "jenis"),
    [
        ("bengkulu_utara/renja2026_5skpd.csv", JenisBerkas.RENJA),
        ("bengkulu_utara/realisasi_tw_2025_dinas_pendidikan_flat.csv", JenisBerkas.REALISASI_TW),
        ("bengkulu_utara/iku_target_2025_2030.csv", JenisBerkas.IKU),
        ("nyc_mmr/Tidy Indicator Level Data.csv", JenisBerkas.TAHUNAN),
    ],
)
def test_every_kind_comes_back_whole(shared: Path, nama: str, jenis: JenisBerkas) -> None:
    content = (shared / nama).read_bytes()
    here = check(content, nama, Konteks(jenis), BATAS_PERINTAH)
    apart = check_apart(content, nama, Konteks(jenis), BATAS_PERINTAH)
    for row in (*here.muatan.laporan, *apart.muatan.laporan):
        row.pop("diterima_pada"), row.pop("diverifikasi_pada")  # the instant of the check
    assert apart == here


def test_start_of_the_process_takes_less_than_a_second(konteks: Konteks, capsys: pytest.CaptureFixture[str]) -> None:
    clock, busy = [], []
    for _ in range(3):
        started, used = time.monotonic(), cpu_seconds()
        check_apart(b"kode\n", "l.csv", konteks)
        clock.append(time.monotonic() - started)
        busy.append(cpu_seconds() - used)
    with capsys.disabled():
        said = f"{min(clock):.2f} detik (CPU {min(busy):.2f})"
        print(f"\nproses pemeriksa mulai dan selesai dalam {said}")  # noqa: T201 - the figure is the point
    assert min(busy) < 1  # CPU, not the clock: other tests may keep the machine busy


def test_the_process_imports_neither_pandas_nor_numpy() -> None:
    code = "import sys, loaders.anak; print([m for m in ('pandas', 'numpy', 'dash', 'flask') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def heavy(hasil: Hasil, content: bytes) -> None:
    assert [(m.aturan, m.pesan) for m in hasil.masalah] == [("terlalu_berat", HEAVY)]
    assert hasil.ukuran == len(content)
    assert not hasil.boleh_disimpan
    assert hasil.muatan == type(hasil.muatan)()


def test_cpu_limit(konteks: Konteks) -> None:
    content = b"kode;realisasi;bulan_1;bulan_2;bulan_3;fisik\n" + b"x;1;2;3;4;5\n" * 300_000
    heavy(check_apart(content, "l.csv", konteks, BATAS_PERINTAH, BatasProses(cpu=1)), content)


def test_memory_limit(konteks: Konteks) -> None:
    content = wide(19_000)
    heavy(check_apart(content, "l.csv", konteks, proses=BatasProses(memori=80 * MB)), content)


def test_clock_limit(konteks: Konteks) -> None:
    content = form().encode()
    started = time.monotonic()
    heavy(check_apart(content, "l.csv", konteks, proses=BatasProses(jam=0.05)), content)
    assert time.monotonic() - started < 2


def test_the_largest_allowed_text_file_fits_into_the_limits(konteks: Konteks) -> None:
    hasil = check_apart(wide(19_900), "l.csv", konteks, Batas())
    assert "terlalu_berat" not in {m.aturan for m in hasil.masalah}
    assert hasil.jumlah_baris == 19_900


def test_from_many_threads_at_once(konteks: Konteks) -> None:
    content = form().encode()

    def patiently(_: int) -> Hasil:
        while True:
            try:
                return check_apart(content, "l.csv", konteks)
            except BusyError:
                time.sleep(0.05)

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(patiently, range(6)))
    assert all(one.ringkasan["terisi"] == 5 for one in found)


def test_waiting_has_an_end(konteks: Konteks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terpisah, "GILIRAN", Giliran(at_once=1))
    started = time.monotonic()
    with terpisah.GILIRAN.turn("lain", 0), pytest.raises(BusyError, match="belum tersimpan"):
        check_apart(form().encode(), "l.csv", konteks, proses=BatasProses(antre=0.05))
    assert time.monotonic() - started < 2
    assert check_apart(form().encode(), "l.csv", konteks).ringkasan["terisi"] == 5, "the place is free again"


def test_a_full_queue_and_the_same_opd_are_told_at_once() -> None:
    queue, entered = Giliran(at_once=1, waiting=1), threading.Event()

    def wait() -> None:
        with queue.turn("dua", 5):
            entered.set()

    with queue.turn("satu", 0):
        second = threading.Thread(target=wait)
        second.start()
        while not queue._queued:
            time.sleep(0.001)
        started = time.monotonic()
        with pytest.raises(BusyError, match="banyak berkas") as full, queue.turn("tiga", 60):
            pytest.fail("a third one waits")
        for own in ("satu", "dua"):
            with pytest.raises(BusyError, match="OPD Anda") as same, queue.turn(own, 60):
                pytest.fail("the same OPD twice")
        assert time.monotonic() - started < 0.5
        assert (full.value.sendiri, same.value.sendiri) == (False, True)
        assert not entered.is_set()
    second.join(5)
    assert entered.is_set()
    for name in ("satu", "dua", "tiga"):
        with queue.turn(name, 0):
            pass


def test_no_temporary_file_and_no_open_file_is_left(
    konteks: Konteks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    before = psutil.Process().num_fds()
    for limits in (BatasProses(), BatasProses(jam=0.05), BatasProses(memori=60 * MB)):
        check_apart(form().encode(), "l.csv", konteks, proses=limits)
    assert psutil.Process().num_fds() == before
    assert list(tmp_path.iterdir()) == []


def test_nothing_of_the_installation_is_handed_on(konteks: Konteks, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}
    real = subprocess.Popen

    def watch(*args: Any, **kwargs: Any) -> Any:
        seen.update(kwargs)
        return real(*args, **kwargs)

    monkeypatch.setattr(terpisah.subprocess, "Popen", watch)
    check_apart(form().encode(), "l.csv", konteks)
    assert not [name for name in seen["env"] if name.startswith("EMONEV_")]
    assert "preexec_fn" not in seen


def test_an_unknown_kind_and_a_file_too_large_start_no_process(
    konteks: Konteks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terpisah, "run_apart", lambda *_: pytest.fail("a process was started"))
    with pytest.raises(LoadError, match="tidak dimuat dari berkas"):
        check_apart(b"a", "a.csv", Konteks(JenisBerkas.CONTOH))
    assert [m.aturan for m in check_apart(b"a" * 6 * MB, "a.csv", konteks).masalah] == ["terlalu_besar"]


class _Evil:
    def __reduce__(self) -> tuple[Callable[..., Any], tuple[str]]:
        return os.system, ("true",)


@pytest.mark.parametrize("answer", [pickle.dumps(_Evil()), b"", b"x", pickle.dumps(Decimal(1))])
def test_an_answer_that_is_no_hasil_is_refused(
    konteks: Konteks, monkeypatch: pytest.MonkeyPatch, answer: bytes
) -> None:
    monkeypatch.setattr(terpisah, "run_apart", lambda *_: (0, answer, b""))
    with pytest.raises(LoadError, match="tidak dapat dipercaya"):
        check_apart(form().encode(), "l.csv", konteks)


def test_a_crash_is_told_and_written_to_the_log(
    konteks: Konteks, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(terpisah, "run_apart", lambda *_: (1, b"", b"Traceback: x"))
    hasil = check_apart(form().encode(), "l.csv", konteks)
    assert [m.aturan for m in hasil.masalah] == ["pemeriksaan_terhenti"]
    assert "Traceback: x" in caplog.text
