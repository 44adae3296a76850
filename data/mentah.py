"""The files as they came in: kept by their SHA-256 outside everything that is served, never changed, written whole."""

import hashlib
import os
import tempfile
from pathlib import Path

from data.errors import LoadError, NotFoundError

FULL = "Berkas tidak dapat disimpan di peladen; tidak ada yang berubah. Coba lagi, atau hubungi pengelola e-Monev."


def keep_raw(folder: Path, content: bytes) -> str:
    """Keep a file and return its SHA-256. The same file twice is kept once; a crash leaves the old state.

    Raises LoadError when the disk is full or cannot be written."""
    digest = hashlib.sha256(content).hexdigest()
    place = _place(folder, digest)
    if place.exists():
        os.utime(place)  # young again: the sweep leaves alone what has just come in
        return digest
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=".separuh-")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        Path(name).replace(place)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise LoadError(FULL) from error
    return digest


def read_raw(folder: Path, digest: str) -> bytes:
    """The file of this SHA-256. Raises NotFoundError when it is not kept here or no longer what it was."""
    place = _place(folder, digest)
    if not place.is_file():
        raise NotFoundError("Berkas aslinya tidak tersimpan di peladen ini.")
    content = place.read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        raise NotFoundError("Berkas tersimpan rusak: isinya tidak lagi cocok dengan tandanya.")
    return content


def _place(folder: Path, digest: str) -> Path:
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise NotFoundError("Berkas tidak ditemukan.")
    return folder / digest[:2] / digest
