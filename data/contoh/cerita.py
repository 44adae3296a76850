"""The stories of the sample city: who misses targets and by how much, who is late, silent, or spends too early.

Points are how far an OPD's capaian lies below 100, per triwulan. All of it is invented.
"""

from random import Random
from typing import Final

# (short name of the OPD, year) -> points below 100 in TW I, II, III, IV.
POIN: Final[dict[tuple[str, int], tuple[float, ...]]] = {
    ("Dinas PUPR", 2024): (6.5, 8.0, 9.4, 7.2),
    ("Dinas PUPR", 2025): (8.1, 10.9, 12.6, 9.7),
    ("Dinas PUPR", 2026): (12.4, 15.3, 18.2, 15.0),
    ("Dinas Perumahan Rakyat", 2024): (7.0, 9.1, 11.2, 8.3),
    ("Dinas Perumahan Rakyat", 2025): (9.4, 12.2, 13.8, 11.0),
    ("Dinas Perumahan Rakyat", 2026): (12.1, 15.4, 17.5, 14.0),
    ("Dinas Perhubungan", 2025): (4.2, 6.8, 8.9, 7.5),
    ("Dinas Perhubungan", 2026): (8.6, 13.2, 16.1, 13.0),
    ("Dinas Penanggulangan Bencana dan Kebakaran", 2025): (3.0, 5.5, 6.1, 4.8),
    ("Dinas Penanggulangan Bencana dan Kebakaran", 2026): (6.9, 9.4, 12.7, 9.0),
    ("Dinas Perdagangan", 2025): (5.6, 8.2, 10.7, 9.1),
    ("Dinas Perdagangan", 2026): (10.8, 12.4, 13.3, 11.0),
    ("Kecamatan Gandus", 2025): (9.8, 13.1, 15.9, 14.2),
    ("Kecamatan Gandus", 2026): (14.8, 17.9, 20.7, 17.0),
    ("Dinas Pariwisata", 2025): (2.4, 4.6, 5.0, 3.3),
    ("Dinas Pariwisata", 2026): (5.2, 7.8, 11.7, 9.0),
    ("Dinas Sosial", 2024): (20.4, 19.6, 18.7, 17.5),
    ("Dinas Sosial", 2025): (16.8, 15.9, 14.8, 13.9),
    ("Dinas Sosial", 2026): (13.0, 11.4, 7.3, 5.0),
    ("Dinas Lingkungan Hidup", 2025): (6.0, 7.2, 9.1, 8.0),
    ("Dinas Lingkungan Hidup", 2026): (9.3, 12.1, 7.5, 5.0),
    ("Kecamatan Kertapati", 2026): (8.2, 11.6, 8.6, 6.0),
    ("Dinas Pendidikan", 2026): (0.0, 2.6, 3.3, 1.0),
    ("RSUD Palembang BARI", 2026): (4.4, 5.8, 6.8, 4.0),
    ("Dinas Koperasi dan UKM", 2026): (6.1, 5.2, 4.1, 2.0),
    ("Dinas Tenaga Kerja", 2026): (7.7, 6.6, 5.2, 3.0),
    ("Satpol PP", 2026): (0.0, 0.0, 1.4, 0.0),
    ("Kecamatan Plaju", 2026): (0.0, 3.1, 2.2, 0.0),
    ("Kecamatan Ilir Timur II", 2026): (5.0, 4.2, 2.9, 0.0),
    ("Kecamatan Seberang Ulu I", 2026): (3.0, 4.4, 4.0, 3.0),
    ("Dinas Kebudayaan", 2026): (4.8, 6.3, 6.0, 4.0),
}
MERAH: Final = {opd for (opd, tahun), points in POIN.items() if tahun == 2026 and points[2] > 10}
"""The OPD below target in TW III 2026."""

# The program where an OPD's trouble sits first.
BIANG: Final = {
    "Dinas PUPR": "1.03.10",
    "Dinas Perumahan Rakyat": "1.04.04",
    "Dinas Perhubungan": "2.15.02",
    "Dinas Penanggulangan Bencana dan Kebakaran": "1.05.04",
    "Dinas Perdagangan": "3.30.03",
    "Dinas Pariwisata": "3.26.02",
    "Kecamatan Gandus": "7.01.03",
    "Dinas Sosial": "1.06.04",
    "Dinas Lingkungan Hidup": "2.11.11",
}
# Money against the usual pace in 2026: above 1 spends early, below lags.
LAJU: Final = {
    "Dinas PUPR": 0.76,
    "Dinas Perumahan Rakyat": 0.72,
    "Dinas Perhubungan": 1.18,
    "Dinas Perdagangan": 1.17,
    "Dinas Pariwisata": 1.07,
    "Kecamatan Gandus": 1.09,
    "Dinas Penanggulangan Bencana dan Kebakaran": 0.92,
    "Dinas Sosial": 0.99,
}
# No report at all: (OPD, year, triwulan).
TIDAK_LAPOR: Final = {
    ("Kecamatan Seberang Ulu I", 2026, 3),
    ("Dinas Kebudayaan", 2026, 3),
    ("Kecamatan Sematang Borang", 2026, 3),
    ("Kecamatan Sematang Borang", 2024, 4),
    ("Kecamatan Seberang Ulu I", 2025, 2),
    ("Dinas Kebudayaan", 2024, 2),
    ("Kecamatan Kalidoni", 2024, 1),
    ("Dinas Perikanan", 2025, 3),
}
NIHIL: Final = {
    ("Kecamatan Bukit Kecil", 2025, 1): (
        "Penetapan DPA bergeser ke April karena penggabungan dua kelurahan. Tidak ada kegiatan yang berjalan pada TW I."
    ),
}
# Days late, where the story fixes them; TW III 2026 has exactly these three.
TERLAMBAT: Final = {
    ("Dinas Perhubungan", 2026, 3): 2,
    ("Kecamatan Jakabaring", 2026, 3): 1,
    ("Dispora", 2026, 3): 3,
}
SERING_TERLAMBAT: Final = {
    "Dinas Kebudayaan",
    "Kecamatan Seberang Ulu I",
    "Kecamatan Jakabaring",
    "Dinas Perdagangan",
    "Dispora",
}


def points(singkat: str, tahun: int, rng: Random) -> tuple[float, ...]:
    """How far below 100 an OPD ends each triwulan; 0 means every indicator meets its target."""
    told = POIN.get((singkat, tahun))
    if told is not None:
        return told
    if singkat in MERAH:
        return tuple(round(rng.uniform(2.0, 8.5), 1) for _ in range(4))
    if tahun == 2026:
        early = round(rng.uniform(1.0, 6.0), 1) if rng.random() < 0.3 else 0.0
        return (early, early / 2 if rng.random() < 0.4 else 0.0, 0.0, 0.0)
    shaky = rng.random() < 0.45
    return tuple(round(rng.uniform(0.8, 8.0), 1) if shaky and rng.random() < 0.7 else 0.0 for _ in range(4))


def days_late(singkat: str, tahun: int, tw: int, rng: Random) -> int:
    """0 for a report in time."""
    if (tahun, tw) == (2026, 3) or (singkat, tahun, tw) in TERLAMBAT:
        return TERLAMBAT.get((singkat, tahun, tw), 0)
    chance = 0.75 if singkat in SERING_TERLAMBAT else 0.07
    return rng.choice((1, 1, 2, 2, 3, 4, 5, 6, 8)) if rng.random() < chance else 0


# Indicators whose figures are fixed: (OPD, year, name) -> (targets of TW I–IV, realisasi of TW I, II, …), scaled.
TETAP: Final = {
    ("Dinas PUPR", 2026, "Panjang jalan yang direhabilitasi"): ((1000, 1500, 1750, 1550), (820, 972, 620)),
    ("Dinas PUPR", 2026, "Jumlah keluhan jalan rusak"): ((120, 120, 120, 120), (131, 140, 152)),
    ("Dinas Perhubungan", 2026, "Jumlah keluhan parkir dan kemacetan"): ((60, 70, 70, 60), (150, 190, 201)),
    ("Dinas Kominfo", 2026, "Jumlah pengguna aplikasi layanan publik"): (
        (15000, 17500, 17500, 16000),
        (41200, 58310, 72200),
    ),
    ("Bapenda", 2026, "Jumlah objek pajak baru yang terdata"): ((1000, 1000, 1000, 1000), (1380, 1400, 1510)),
}
