"""Check a file in a process of its own that can be killed: a file may be made to be heavy.

A new interpreter is started for each file instead of a fork: a server has threads, and a fork would copy their locks.
What comes back is data of our own classes only; anything else in it is refused, for the file may have taken over the
process that wrote it.
"""

import hashlib
import io
import logging
import pickle
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, TypeVar

from data.errors import LoadError
from loaders.anak import TOO_HEAVY
from loaders.batas import BATAS_PROSES, BATAS_UNGGAH, Batas, BatasProses
from loaders.giliran import Giliran
from loaders.hasil import Hasil, Konteks, no_progress
from loaders.masalah import Masalah, Tingkat
from loaders.pemeriksaan import PEMBACA, check
from loaders.salinan import Salinan

ROOT: Final = Path(__file__).resolve().parent.parent
HEAVY_EXITS: Final = {TOO_HEAVY, -signal.SIGXCPU, -signal.SIGKILL, -signal.SIGABRT, -signal.SIGSEGV}
"""How a process ends that ran into a limit; a parser that gets no memory aborts."""
CHILD: Final = "loaders.anak"
ENVIRONMENT: Final = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1", "PATH": ""}
"""No setting and no secret of the installation is handed on."""
ALLOWED: Final = frozenset(
    {
        ("data.store", "Muatan"),
        ("data.words", "JenisBerkas"),
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("datetime", "timedelta"),
        ("datetime", "timezone"),
        ("decimal", "Decimal"),
        ("loaders.angka", "Bertipe"),
        ("loaders.angka", "Pertanyaan"),
        ("loaders.hasil", "Hasil"),
        ("loaders.judul", "JudulLain"),
        ("loaders.judul", "KepalaBerkas"),
        ("loaders.judul", "KolomKurang"),
        ("loaders.masalah", "Masalah"),
        ("loaders.masalah", "Tingkat"),
    }
)
GILIRAN: Final = Giliran()
"""Shared by everything this process does with files of strangers."""
T = TypeVar("T")
_log = logging.getLogger(__name__)


def check_apart(
    content: bytes,
    file_name: str,
    konteks: Konteks,
    batas: Batas = BATAS_UNGGAH,
    proses: BatasProses = BATAS_PROSES,
) -> Hasil:
    """As ``check``, in a process with limits. A file that runs into one of them gets a single Galat.

    Raises LoadError for a kind of file that has no reader, BusyError when too many files are being checked.
    """
    if konteks.jenis not in PEMBACA or len(content) > batas.ukuran:
        return check(content, file_name, konteks, batas)  # refused before it is read
    plain = replace(konteks, kemajuan=no_progress, petaan=dict(konteks.petaan), lampiran=dict(konteks.lampiran))
    work = pickle.dumps((proses, "periksa", content, file_name, plain, batas), pickle.HIGHEST_PROTOCOL)
    with GILIRAN.turn(konteks.opd, proses.antre):
        code, answer, error = run_apart(CHILD, work, proses.jam)
    if code == 0:
        return _ours(answer, Hasil)
    return _failed(code, error, Hasil(konteks.jenis, file_name, _digest(content), len(content), tahun=konteks.tahun))


def read_apart(content: bytes, file_name: str, petaan: Mapping[str, str], seconds: float) -> Salinan | None:
    """As ``salinan.sheet_of``, in a process with limits; None when it ran into one. Raises LoadError when what comes
    back is no sheet. The caller holds a place in GILIRAN."""
    work = pickle.dumps(
        (
            BATAS_PROSES,
            "baca",
            content,
            file_name,
            dict(petaan),
        ),
        pickle.HIGHEST_PROTOCOL,
    )
    code, answer, error = run_apart(CHILD, work, seconds)
    if code != 0:
        _log.warning("reading a file once more ended with %s: %s", code, error.decode("utf-8", "replace")[-500:])
        return None
    rows, numbers = _ours(answer, tuple)
    return rows, numbers


def run_apart(module: str, work: bytes, seconds: float) -> tuple[int, bytes, bytes]:
    """(exit code, stdout, stderr) of one process; whatever happens, it is gone afterwards."""
    with subprocess.Popen(
        [sys.executable, "-m", module],
        cwd=ROOT,
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as child:
        try:
            answer, error = child.communicate(work, timeout=seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            child.communicate()
            return -signal.SIGKILL, b"", b""
        finally:
            child.kill()
    return child.returncode, answer, error


class _Ours(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in ALLOWED:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def _ours(answer: bytes, kind: type[T]) -> T:
    """What the child answered. Raises LoadError when it is anything else."""
    try:
        found = _Ours(io.BytesIO(answer)).load()
    except (pickle.UnpicklingError, EOFError, ValueError) as error:
        _log.error("answer of a file check refused: %s", error)
        raise LoadError("Hasil pemeriksaan berkas tidak dapat dipercaya. Laporkan kepada pengelola.") from error
    if not isinstance(found, kind):
        raise LoadError("Hasil pemeriksaan berkas tidak dapat dipercaya. Laporkan kepada pengelola.")
    return found


def _failed(code: int, error: bytes, hasil: Hasil) -> Hasil:
    if code in HEAVY_EXITS:
        message = "Berkas terlalu berat untuk diperiksa."
        hint = "Salin datanya saja (nilai, tanpa format) ke templat baru, atau bagi menjadi beberapa berkas."
        hasil.masalah = [Masalah(Tingkat.GALAT, "terlalu_berat", message, hint)]
        return hasil
    _log.error("file check ended with %s: %s", code, error.decode("utf-8", "replace")[-2000:])
    message, hint = "Pemeriksaan berkas terhenti.", "Simpan ulang berkasnya lalu coba lagi; laporkan bila berulang."
    hasil.masalah = [Masalah(Tingkat.GALAT, "pemeriksaan_terhenti", message, hint)]
    return hasil


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
