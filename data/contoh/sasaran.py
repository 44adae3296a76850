"""Targets: how large an indicator's target is, and how a year's target is spread over its quarters."""

from random import Random
from typing import Final

from data.contoh.bacaan import Hasil
from data.contoh.bentuk import Ukur
from data.words import Akumulasi, Arah

TAHUN_AWAL: Final = 2024
# Unit -> (lowest, highest, decimals) of a year's target; whole numbers are multiples of four.
UKURAN: Final = {
    "Dokumen": (4, 12, 0),
    "Laporan": (4, 16, 0),
    "Berita Acara": (4, 12, 0),
    "Kegiatan": (4, 24, 0),
    "Layanan": (8, 48, 0),
    "Paket": (4, 28, 0),
    "Unit": (8, 60, 0),
    "Orang": (80, 1800, 0),
    "Peserta Didik": (400, 9000, 0),
    "Keluarga": (80, 1200, 0),
    "Unit Rumah": (40, 320, 0),
    "Unit Usaha": (24, 360, 0),
    "Dosis": (4000, 24000, 0),
    "Ton": (80, 900, 2),
    "km": (8, 56, 2),
    "Ha": (6, 80, 2),
    "M³/Hari": (200, 2400, 2),
    "Liter/Detik": (20, 120, 2),
}
UMUM: Final = (4, 40, 0)


def quantity(name: str, unit: str, rng: Random) -> Ukur:
    """An output: so many of a thing in a year, as the sum of its quarters; wages and percents by their state."""
    if unit == "%":
        return percent(name, rng)
    low, high, places = UKURAN.get(unit, UMUM)
    year = rng.randint(low, high) // 4 * 4 * 10**places
    if unit.startswith("Orang/"):
        year = rng.randint(30, 900)
        return _ukur(name, unit, Arah.NAIK, Akumulasi.TERAKHIR, 0, [year] * 4, year)
    return _ukur(name, unit, Arah.NAIK, Akumulasi.JUMLAH, places, spread(year, rng), year)


def percent(name: str, rng: Random) -> Ukur:
    """A percentage that should reach 88 to 100 by the end of the year."""
    year = rng.randrange(8800, 10001, 50)
    return _ukur(name, "%", Arah.NAIK, Akumulasi.TERAKHIR, 2, approach(year, Arah.NAIK), year)


def outcome(hasil: Hasil, tahun: int, rng: Random) -> Ukur:
    """One of the outcome indicators written by hand, with the target of that year."""
    text = hasil.target[min(max(tahun - TAHUN_AWAL, 0), len(hasil.target) - 1)]
    if hasil.skala:
        ukur = _ukur(hasil.nama, hasil.satuan, hasil.arah, hasil.akumulasi, 0, [0] * 4, 0)
        ukur.teks, ukur.skala = text, hasil.skala
        return ukur
    places = len(text.partition(".")[2])
    year = int(text.replace(".", ""))
    if hasil.arah == Arah.RENTANG:
        ukur = _ukur(hasil.nama, hasil.satuan, hasil.arah, hasil.akumulasi, places, [year] * 4, year)
        ukur.atas = int((hasil.atas or text).replace(".", ""))
        return ukur
    if hasil.akumulasi == Akumulasi.JUMLAH:
        quarters = spread(year, rng)
    elif hasil.akumulasi == Akumulasi.RATA_RATA:
        quarters = [year] * 4
    else:
        quarters = approach(year, hasil.arah)
    return _ukur(hasil.nama, hasil.satuan, hasil.arah, hasil.akumulasi, places, quarters, year)


def spread(year: int, rng: Random) -> list[int]:
    """A year's sum over four quarters, each at least one."""
    if year < 24:
        return [year // 4, year // 4, year // 4, year - 3 * (year // 4)]
    first, second, third = (year * share // 100 for share in rng.choice(((15, 25, 30), (20, 25, 30), (25, 25, 25))))
    return [first, second, third, year - first - second - third]


def approach(year: int, arah: Arah) -> list[int]:
    """A state that comes nearer to the year's target each quarter."""
    steps = (106, 104, 102, 100) if arah == Arah.TURUN else (94, 96, 98, 100)
    return [max(1, year * step // 100) for step in steps]


def _ukur(name: str, unit: str, arah: Arah, akumulasi: Akumulasi, places: int, quarters: list[int], year: int) -> Ukur:
    return Ukur("", "", "", None, name, unit, arah, akumulasi, places, quarters, year)
