"""The store of what browsers fetch: each file under an address that names its content (``/aset/isi.0a1b2c3d4e.js``),
compressed once. The compressed forms lie in a folder outside git, named for what is in them, so every worker and every
later start finds them; until the best form is there, a quick one is sent, which this server does not remember."""

import gzip
import hashlib
import os
import re
import secrets
import threading
from dataclasses import dataclass
from functools import cache
from mimetypes import guess_type
from pathlib import Path, PurePosixPath
from typing import Final

import brotli

ROOT: Final = "/aset/"
FORMS: Final = {"br": ".br", "gzip": ".gz"}
TEXTS: Final = (".css", ".js", ".svg", ".json", ".txt", ".webmanifest")
WORTH_COMPRESSING: Final = 300
_ADDRESS = re.compile(r"(?P<stem>.+)\.(?P<sidik>[0-9a-f]{10})(?P<kind>\.[a-z0-9]+)")


@dataclass(frozen=True)
class Berkas:
    """One file as it is served."""

    nama: str
    isi: bytes
    sidik: str

    @property
    def alamat(self) -> str:
        path = PurePosixPath(self.nama)
        return f"{ROOT}{path.with_name(f'{path.stem}.{self.sidik[:10]}{path.suffix}')}"

    @property
    def jenis(self) -> str:
        kind = guess_type(self.nama)[0] or "application/octet-stream"
        return "text/javascript" if kind.endswith("javascript") else kind

    @property
    def compressible(self) -> bool:
        return self.nama.endswith(TEXTS) and len(self.isi) > WORTH_COMPRESSING


class Gudang:
    """The files by name. ``folder`` keeps the compressed forms."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files: dict[str, Berkas] = {}

    def add(self, nama: str, isi: bytes) -> str:
        """Put a file in and tell its address."""
        berkas = Berkas(nama, isi, hashlib.sha256(isi).hexdigest())
        self._files[nama] = berkas
        return berkas.alamat

    def address(self, nama: str) -> str:
        """Where a file is fetched. Raises KeyError for one that was never put in."""
        return self._files[nama].alamat

    def get(self, nama: str) -> Berkas:
        return self._files[nama]

    def names(self) -> list[str]:
        return sorted(self._files)

    def find(self, path: str) -> tuple[Berkas, bool] | None:
        """The file of an address and whether the address names its content as it is now; None when there is none."""
        match = _ADDRESS.fullmatch(path)
        found = self._files.get(match["stem"] + match["kind"]) if match else None
        if match is None or found is None:
            return None
        return found, found.sidik.startswith(match["sidik"])

    def form(self, berkas: Berkas, coding: str) -> tuple[bytes, bool]:
        """The file in this content coding, and whether that is its best form already."""
        best = self._kept(berkas, coding)
        return (best, True) if best is not None else (_quick(berkas.isi, coding), False)

    def _kept(self, berkas: Berkas, coding: str) -> bytes | None:
        try:
            return self._path(berkas, coding).read_bytes()
        except FileNotFoundError:
            return None

    def _path(self, berkas: Berkas, coding: str) -> Path:
        return self.folder / f"{berkas.sidik}{FORMS[coding]}"

    def squeeze(self) -> None:
        """Make every best form that is not there yet. Two processes may make the same; each file is whole."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for berkas in sorted(self._files.values(), key=lambda one: len(one.isi)):
            if berkas.compressible:
                self._squeeze(berkas)

    def _squeeze(self, berkas: Berkas) -> None:
        for coding in FORMS:
            path = self._path(berkas, coding)
            if not path.exists():
                draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
                draft.write_bytes(_best(berkas.isi, coding))
                os.replace(draft, path)

    def squeeze_aside(self) -> None:
        """The same while the server already answers."""
        threading.Thread(target=self.squeeze, name="gudang", daemon=True).start()


def _best(isi: bytes, coding: str) -> bytes:
    if coding == "br":
        made: bytes = brotli.compress(isi, quality=11, lgwin=22)
        return made
    return gzip.compress(isi, 9, mtime=0)


@cache
def _quick(isi: bytes, coding: str) -> bytes:
    if coding == "br":
        made: bytes = brotli.compress(isi, quality=4)
        return made
    return gzip.compress(isi, 3, mtime=0)
