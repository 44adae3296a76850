"""Units: 81 spellings in one real file. The normal form groups; what was written is kept beside it."""

import re
from functools import lru_cache
from typing import Final

_SPELLINGS: Final = {
    "%": "%",
    "(%)": "%",
    "persen": "%",
    "prosen": "%",
    "persentase": "%",
    "presentase": "%",
    "prosentase": "%",
    "pesentase": "%",
    "lapoaran": "Laporan",
    "lapran": "Laporan",
    "laporan": "Laporan",
    "dokumen": "Dokumen",
    "dok": "Dokumen",
    "dokument": "Dokumen",
    "orang": "Orang",
    "org": "Orang",
    "orang/bulan": "Orang/Bulan",
    "rupiah": "Rupiah",
    "rp": "Rupiah",
    "milyar rupiah": "Miliar Rupiah",
    "km": "KM",
    "sr": "SR",
    "indek": "Indeks",
    "point": "Poin",
}
_SPACES = re.compile(r"\s+")


@lru_cache(maxsize=4096)
def normal_unit(text: str) -> str:
    """The unit in its normal spelling: known typos mended, percent words as '%', first letter large."""
    flat = _SPACES.sub(" ", text).strip()
    known = _SPELLINGS.get(flat.casefold())
    if known is not None:
        return known
    return flat[:1].upper() + flat[1:]


def is_level(satuan: str) -> bool:
    """A unit whose quarters do not add up: percent, index, score, ratio, rating, age."""
    words = ("%", "indeks", "poin", "skor", "nilai", "rasio", "angka", "level", "predikat", "tahun", "per ")
    return normal_unit(satuan).casefold().startswith(words)
