"""What the page /kelola/kalender shows, as plain facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class Jam:
    """One clock of a triwulan: when it is, and when the rule would have it."""

    kini: datetime
    aturan: datetime


@dataclass(frozen=True)
class Triwulan:
    """One triwulan with its three clocks in the order of CLOCKS; ``wajib``: how many OPD must report."""

    tw: int
    jam: Sequence[Jam]
    wajib: int


@dataclass(frozen=True)
class Libur:
    """One day off: ``nasional``, ``sendiri`` (set by the city), ``kerja`` (a holiday on which the city works)."""

    tanggal: date
    nama: str
    nasional: bool
    sendiri: bool
    kerja: bool


@dataclass(frozen=True)
class Perpanjangan:
    """A later end, for one OPD or (opd = '') all."""

    tw: int
    opd: str
    nama: str
    sampai: datetime
    alasan: str
    oleh: str


@dataclass(frozen=True)
class Pengecualian:
    """An OPD that must (or need not) report whatever its plan says."""

    tw: int
    opd: str
    nama: str
    wajib: bool
    alasan: str


@dataclass(frozen=True)
class Kalender:
    """Everything the page shows. ``berikut``: a year that can be opened."""

    tahun: int
    semua_tahun: Sequence[int]
    triwulan: Sequence[Triwulan]
    libur: Sequence[Libur]
    perpanjangan: Sequence[Perpanjangan]
    pengecualian: Sequence[Pengecualian]
    opd: Sequence[tuple[str, str]]
    berikut: int


@dataclass(frozen=True)
class Salah:
    """What was sent wrong: to which form, the sentence, and everything that was typed."""

    bagian: str
    kalimat: str
    isian: Mapping[str, str] = field(default_factory=dict)
