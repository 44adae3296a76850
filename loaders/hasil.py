"""What goes into a check (Konteks) and what comes out of it (Hasil)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from data.store import Muatan
from data.words import JenisBerkas
from loaders.angka import Gaya
from loaders.dikenal import Dikenal
from loaders.masalah import Masalah, Tingkat


def no_progress(items: Iterable[Any]) -> Iterable[Any]:
    """The progress bar of those who show none."""
    return items


@dataclass(frozen=True)
class Konteks:
    """What the submitter says about the file. ``tw`` 1 to 4; ``kumulatif`` and ``angka`` answer what a file leaves
    open (None: not answered); ``lampiran`` holds files that belong to it, by file name."""

    jenis: JenisBerkas
    opd: str | None = None
    tahun: int | None = None
    tw: int | None = None
    oleh: str = "baris perintah"
    dikenal: Dikenal = field(default_factory=Dikenal)
    kumulatif: bool | None = None
    angka: Gaya | None = None
    alasan: str = ""
    lampiran: Mapping[str, bytes] = field(default_factory=dict)
    kemajuan: Callable[[Iterable[Any]], Iterable[Any]] = no_progress


@dataclass
class Hasil:
    """The outcome of a check: the findings, and the rows that would be stored.

    ``keterangan`` says how the file was read (encoding, delimiter, sheet), ``ringkasan`` counts what is in it;
    ``tahun`` is the one year the rows speak of, None when there are several.
    """

    jenis: JenisBerkas
    nama_berkas: str
    sha256: str
    ukuran: int
    masalah: list[Masalah] = field(default_factory=list)
    muatan: Muatan = field(default_factory=Muatan)
    jumlah_baris: int = 0
    keterangan: str = ""
    ringkasan: dict[str, Any] = field(default_factory=dict)
    tahun: int | None = None

    def jumlah(self, tingkat: Tingkat) -> int:
        """How many findings of one level there are."""
        return sum(found.tingkat == tingkat for found in self.masalah)

    @property
    def boleh_disimpan(self) -> bool:
        """No Galat. Konfirmasi may still need a reason: see ``perlu_alasan``."""
        return self.jumlah(Tingkat.GALAT) == 0

    @property
    def perlu_alasan(self) -> bool:
        return self.jumlah(Tingkat.KONFIRMASI) > 0
