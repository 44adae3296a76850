"""What goes into a check (Konteks) and what comes out of it (Hasil)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from data.aturan import Aturan
from data.store import Muatan
from data.words import JenisBerkas
from loaders.angka import Gaya, Pertanyaan
from loaders.dikenal import Dikenal
from loaders.judul import KepalaBerkas
from loaders.masalah import Masalah, Tingkat


def no_progress(items: Iterable[Any]) -> Iterable[Any]:
    """The progress bar of those who show none."""
    return items


@dataclass(frozen=True)
class Ambang:
    """From where on an answer is asked about: points between fisik and keuangan, percent of the target, times the
    median of the OPD's own earlier quarters, and how many of those must be known."""

    selisih_fisik: Decimal = Decimal(25)
    capaian_tertinggi: Decimal = Decimal(200)
    pencilan: int = 10
    riwayat: int = 3


@dataclass(frozen=True)
class Konteks:
    """What the submitter says about the file. ``tw`` 1 to 4; ``kumulatif`` and ``angka`` answer what a file leaves
    open (None: not answered); ``petaan`` says which header (normalised) is which column (its key); ``lampiran`` holds
    files that belong to it, by file name; ``aturan`` are the settings of the pemda."""

    jenis: JenisBerkas
    opd: str | None = None
    tahun: int | None = None
    tw: int | None = None
    oleh: str = "baris perintah"
    dikenal: Dikenal = field(default_factory=Dikenal)
    kumulatif: bool | None = None
    angka: Gaya | None = None
    alasan: str = ""
    petaan: Mapping[str, str] = field(default_factory=dict)
    aturan: Aturan = field(default_factory=Aturan)
    ambang: Ambang = field(default_factory=Ambang)
    lampiran: Mapping[str, bytes] = field(default_factory=dict)
    kemajuan: Callable[[Iterable[Any]], Iterable[Any]] = no_progress


@dataclass
class Hasil:
    """The outcome of a check: the findings, and the rows that would be stored.

    ``keterangan`` says how the file was read (encoding, delimiter, sheet), ``ringkasan`` counts what is in it;
    ``tahun`` is the one year the rows speak of, None when there are several. ``kepala`` tells which headers were
    understood (None: the file could not be read), ``pertanyaan`` which columns must be asked about.
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
    kepala: KepalaBerkas | None = None
    pertanyaan: list[Pertanyaan] = field(default_factory=list)

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
