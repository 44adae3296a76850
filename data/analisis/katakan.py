"""A filter in Indonesian: short phrases for its chips, and one line for headings and exported files."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from data.analisis.saringan import INDIKATOR, Saringan
from data.words import LEVEL_NAMES, STATUS_NAMES, TW_NAMES

ARAH_NAMES: Final = {"naik": "makin tinggi makin baik", "turun": "makin rendah makin baik", "rentang": "dalam rentang"}
LEVEL_WORDS: Final = {level.value: name for level, name in LEVEL_NAMES.items()} | {INDIKATOR: "Indikator"}
STATUS_WORDS: Final = {status.value: name for status, name in STATUS_NAMES.items()}
_LISTS: Final = {
    "urusan": "urusan",
    "jenis": "jenis OPD",
    "opd": "OPD",
    "program": "program",
    "level": "level",
    "predikat": "predikat",
    "status": "status",
    "arah": "arah",
    "dana": "sumber dana",
}
_RANGES: Final = {"capaian": " %", "serapan": " %", "deviasi": " poin"}
_SHOWN: Final = 3
Names = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Frasa:
    """One condition in words, and the filter without it."""

    kata: str
    tanpa: Saringan


def describe(wanted: Saringan, names: Names | None = None) -> list[Frasa]:
    """One phrase per condition. ``names``: for a word of the address, what its values are called ("opd" → names)."""
    found = [_list(wanted, name, title, (names or {}).get(name, {})) for name, title in _LISTS.items()]
    found += [_range(wanted, name, unit) for name, unit in _RANGES.items()]
    found += _rest(wanted)
    return [one for one in found if one is not None]


def in_words(wanted: Saringan, names: Names | None = None) -> str:
    """All of it in one line; without any condition: "semua baris"."""
    return "; ".join(one.kata for one in describe(wanted, names)) or "semua baris"


def _without(wanted: Saringan, *fields: str) -> Saringan:
    usual, names = Saringan(), fields
    return replace(wanted, hal=1, **{name: getattr(usual, name) for name in names})


def _list(wanted: Saringan, name: str, title: str, called: Mapping[str, str]) -> Frasa | None:
    values: tuple[str, ...] = getattr(wanted, name)
    if not values:
        return None
    shown = [called.get(value) or _usual(name, value, bool(called)) for value in values[:_SHOWN]]
    more = f" dan {len(values) - _SHOWN} lagi" if len(values) > _SHOWN else ""
    return Frasa(f"{title}: {', '.join(shown)}{more}", _without(wanted, name))


def _usual(name: str, value: str, known: bool) -> str:
    """``known``: what this word can be was given, and the value is not among it."""
    words = {"level": LEVEL_WORDS, "status": STATUS_WORDS, "arah": ARAH_NAMES}.get(name, {})
    return words.get(value) or (f"{value} (tidak ada pada tahun ini)" if known else value.replace("_", " "))


def _range(wanted: Saringan, name: str, unit: str) -> Frasa | None:
    low, high = getattr(wanted, f"{name}_min"), getattr(wanted, f"{name}_maks")
    if low is None and high is None:
        return None
    rest = _without(wanted, f"{name}_min", f"{name}_maks")
    if low is not None and high is not None:
        return Frasa(f"{name} {plain(low)} sampai {plain(high)}{unit}", rest)
    words = f"≥ {plain(low)}" if low is not None else f"≤ {plain(high)}"
    return Frasa(f"{name} {words}{unit}", rest)


def _rest(wanted: Saringan) -> list[Frasa | None]:
    late = {True: "laporan OPD terlambat", False: "laporan OPD tepat waktu"}
    said: list[tuple[Any, str, str]] = [
        (wanted.terlambat is not None, late.get(bool(wanted.terlambat), ""), "terlambat"),
        (wanted.turun2, "turun dua triwulan berturut-turut dalam tahun ini", "turun2"),
        (
            wanted.tertinggal is not None,
            f"uang terserap, kinerja tertinggal (serapan − capaian ≥ {plain(wanted.tertinggal)} poin)",
            "tertinggal",
        ),
        (wanted.cari, f"memuat “{wanted.cari}”", "cari"),
        (wanted.tw_dari is not None, _span(wanted), "tw_dari"),
    ]
    return [Frasa(words, _without(wanted, name)) for there, words, name in said if there]


def _span(wanted: Saringan) -> str:
    last = f" sampai {TW_NAMES[wanted.tw]}" if wanted.tw in TW_NAMES else ""
    return f"berlaku di setiap triwulan sejak {TW_NAMES.get(wanted.tw_dari or 0, '')}{last}"


def plain(value: Decimal | None) -> str:
    """A limit as it was typed, with a decimal comma."""
    if value is None:
        return ""
    text = f"{value:f}"
    short = text.rstrip("0").rstrip(".") if "." in text else text
    return short.replace(".", ",").replace("-", "−")
