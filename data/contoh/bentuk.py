"""The shapes the generator works with. Measures are whole numbers scaled by ``places`` decimals, so that all
arithmetic is exact and fast; they become Decimal when rows are written."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from data.words import Akumulasi, Arah, Level


class Kelas(StrEnum):
    """How an indicator behaves in its year."""

    BIASA = "biasa"
    TANPA_TARGET = "tanpa_target"
    TIDAK_DIISI = "tidak_diisi"
    NIHIL = "nihil"


@dataclass(slots=True)
class Simpai:
    """One node of one OPD's plan in one year."""

    opd: str
    kode: str
    level: Level
    induk: str | None
    nama: str
    pagu: int | None = None
    sumber_dana: str = ""
    baris: int = 0


@dataclass(slots=True)
class Ukur:
    """One indicator of one year. ``target``: of TW I–IV; ``setahun``: of the year; a rating is in ``teks``."""

    opd: str
    kode: str
    node: str
    program: str | None
    nama: str
    satuan: str
    arah: Arah
    akumulasi: Akumulasi
    places: int
    target: list[int]
    setahun: int
    atas: int | None = None
    teks: str | None = None
    skala: str | None = None
    kelas: Kelas = Kelas.BIASA
    publik: bool = True
    tetap: tuple[int, ...] | None = None
    baris: int = 0


@dataclass
class Rencana:
    """One year's plan of one OPD with its units."""

    tahun: int
    opd: str
    simpai: list[Simpai] = field(default_factory=list)
    ukur: list[Ukur] = field(default_factory=list)


def as_decimal(value: int, places: int) -> Decimal:
    """A scaled whole number as the exact decimal it stands for."""
    return Decimal(value).scaleb(-places)


def as_written(value: int, places: int) -> str:
    """A scaled whole number as an Indonesian sheet prints it: ``1.234,50``."""
    whole, part = divmod(value, 10**places)
    text = f"{whole:,}".replace(",", ".")
    return f"{text},{part:0{places}d}" if places else text
