"""The filter of /analisis: read from the words of an address, written back to them, and said in Indonesian.

Several values of one word are separated by commas (or the word is repeated, as a form sends it). Ranges hold their
limits. What has no value (no capaian, no money) never lies in a range.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any, Final
from urllib.parse import parse_qsl

from data.errors import BadParameterError
from data.words import Arah, Level, Status

INDIKATOR: Final = "indikator"
LEVELS: Final = (
    Level.OPD.value,
    Level.SASARAN.value,
    Level.PROGRAM.value,
    Level.KEGIATAN.value,
    Level.SUB_KEGIATAN.value,
    INDIKATOR,
)
PREDIKAT: Final = ("sangat_tinggi", "tinggi", "sedang", "rendah", "sangat_rendah")
"""The five names of the scale as they stand in an address, best first."""

CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "level": LEVELS,
    "predikat": PREDIKAT,
    "status": tuple(status.value for status in Status),
    "arah": tuple(arah.value for arah in Arah),
}
FREE: Final = ("urusan", "jenis", "opd", "program", "dana")
MANY: Final = (*FREE, *CHOICES, "kolom", "buka")
NUMBERS: Final = (
    *("capaian_min", "capaian_maks", "serapan_min", "serapan_maks", "deviasi_min", "deviasi_maks"),
    "tertinggal",
)
NUMBER_NAMES: Final = {
    **{f"{name}_min": f"{name} paling rendah" for name in ("capaian", "serapan", "deviasi")},
    **{f"{name}_maks": f"{name} paling tinggi" for name in ("capaian", "serapan", "deviasi")},
    "tertinggal": "uang terserap, kinerja tertinggal",
}
ORDERS: Final = ("dampak", "kode", "nama", "pagu", "realisasi", "serapan", "capaian", "deviasi", "status", "sejak")
FLAT: Final = "datar:"
ALL_OPEN: Final = "semua"
WORDS: Final = (
    *("tahun", "tw", "tw_dari", *FREE, *CHOICES, *NUMBERS),
    *("terlambat", "turun2", "cari", "urut", "kolom", "pilih", "buka", "hal"),
)
SHORT: Final = 120
MOST_SEARCHED: Final = 8
"""Words of one search: each is looked for by itself."""
LONGEST: Final = {"opd": 1500, "program": 600, "buka": 1200, "dana": 400, "kolom": 300, "urusan": 300}
LONGEST_ADDRESS: Final = 8_000
_MOST_PARTS: Final = 100
_MOST: Final = Decimal(1_000_000)
_PLACES: Final = -10
# What a number field may send, and no more: Decimal by itself also reads "1_0", "NaN" and the digits of other scripts.
_NUMBER: Final = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?")
# What need not be said.
_USUAL: Final = {("hal", "1"), ("turun2", "tidak")}


@dataclass(frozen=True)
class Saringan:
    """Everything an address of /analisis says; what it does not say is empty. ``tw_dari``: the first triwulan of a
    range that ends at ``tw``: a row must then meet the conditions in every one of them. ``buka``: rows of the tree that
    stand the other way than they would by themselves ("semua": all open). ``pilih``: the row in the side panel."""

    tahun: int | None = None
    tw: int | None = None
    tw_dari: int | None = None
    urusan: tuple[str, ...] = ()
    jenis: tuple[str, ...] = ()
    opd: tuple[str, ...] = ()
    program: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    predikat: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    arah: tuple[str, ...] = ()
    dana: tuple[str, ...] = ()
    capaian_min: Decimal | None = None
    capaian_maks: Decimal | None = None
    serapan_min: Decimal | None = None
    serapan_maks: Decimal | None = None
    deviasi_min: Decimal | None = None
    deviasi_maks: Decimal | None = None
    tertinggal: Decimal | None = None
    terlambat: bool | None = None
    turun2: bool = False
    cari: str = ""
    urut: str = "dampak"
    menurun: bool = False
    datar: bool = False
    kolom: tuple[str, ...] = ()
    pilih: str = ""
    buka: tuple[str, ...] = ()
    hal: int = 1

    @property
    def flat(self) -> bool:
        """A list instead of a tree: asked for, or because only certain levels are wanted."""
        return self.datar or bool(self.level)

    @property
    def conditions(self) -> "Saringan":
        """The filter alone: what decides which rows match, without period, order and what is open."""
        kept = {name: getattr(self, name) for name in (*FREE, *CHOICES, *NUMBERS, "terlambat", "turun2", "cari")}
        return Saringan(tw_dari=self.tw_dari, **kept)

    @property
    def active(self) -> bool:
        """Is anything filtered at all?"""
        return replace(self.conditions, tw_dari=None) != Saringan()


def join_pairs(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Query pairs as one value per word: a repeated word of several values is joined with commas, else the last one
    holds."""
    found: dict[str, str] = {}
    for name, value in pairs:
        if name in MANY and found.get(name) and value:
            found[name] = f"{found[name]},{value}"
        elif value or name not in found:
            found[name] = value
    return found


def read_address(text: str) -> dict[str, str]:
    """The words of a query as text ("?a=1&b=2"), as a form hands it on. Raises BadParameterError for one that is too
    long: cut off it would say something else."""
    try:
        pairs = parse_qsl(text.removeprefix("?"), max_num_fields=_MOST_PARTS)
    except ValueError:
        raise BadParameterError("Alamat saringan memuat terlalu banyak bagian.") from None
    if len(text) > LONGEST_ADDRESS:
        raise BadParameterError("Alamat saringan terlalu panjang. Kurangi pilihan di dalamnya.")
    return join_pairs(pairs)


def read_saringan(query: Mapping[str, str]) -> Saringan:
    """The filter of an address. Unknown words are ignored. Raises BadParameterError with a sentence that helps."""
    given = {name: query[name].strip() for name in WORDS if query.get(name, "").strip()}
    for name, text in given.items():
        if len(text) > LONGEST.get(name, SHORT) or not text.isprintable():
            raise BadParameterError(f"Nilai {name} pada alamat terlalu panjang atau memuat tanda yang tidak dikenal.")
    made: dict[str, Any] = {name: _choices(name, given[name]) for name in CHOICES if name in given}
    made |= {name: _several(given[name]) for name in (*FREE, "kolom", "buka") if name in given}
    made |= {name: _number(name, given[name]) for name in NUMBERS if name in given}
    made |= {name: _whole(name, given[name]) for name in ("tahun", "tw", "tw_dari", "hal") if name in given}
    made |= _order(given.get("urut", ""))
    found = Saringan(
        terlambat=_yes_no(given, "terlambat"),
        turun2=bool(_yes_no(given, "turun2")),
        cari=_search(given.get("cari", "")),
        pilih=given.get("pilih", ""),
        **made,
    )
    _check(found)
    return found


def to_query(found: Saringan) -> dict[str, str]:
    """The words of an address that say the same; what is empty is left out."""
    said: dict[str, str] = {}
    for name in WORDS:
        text = _order_word(found) if name == "urut" else _word(getattr(found, name))
        if text and (name, text) not in _USUAL:
            said[name] = text
    return said


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, tuple):
        return ",".join(value)
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return "" if value is None else str(value)


def _order_word(found: Saringan) -> str:
    if (found.urut, found.menurun, found.datar) == ("dampak", False, False):
        return ""
    return f"{FLAT if found.datar else ''}{'-' if found.menurun else ''}{found.urut}"


def _order(text: str) -> dict[str, Any]:
    bare = text.removeprefix(FLAT)
    column = bare.removeprefix("-") or "dampak"
    if column not in ORDERS:
        raise BadParameterError(f"Urutan {column[:20]} tidak ada. Yang tersedia: {', '.join(ORDERS)}.")
    return {"urut": column, "menurun": bare.startswith("-"), "datar": text.startswith(FLAT)}


def _several(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _search(text: str) -> str:
    """The words to look for, each once."""
    words: dict[str, str] = {}
    for word in text.split():
        words.setdefault(word.casefold(), word)
    if len(words) > MOST_SEARCHED:
        raise BadParameterError(f"Cari paling banyak {MOST_SEARCHED} kata. Hapus sebagian kata pencarian.")
    return " ".join(words.values())


def _choices(name: str, text: str) -> tuple[str, ...]:
    wanted, known = _several(text), CHOICES[name]
    for one in wanted:
        if one not in known:
            raise BadParameterError(f"Alamat memuat {name}={one[:20]} yang tidak dikenal. Pilih: {', '.join(known)}.")
    return tuple(one for one in known if one in wanted)


def _number(name: str, text: str) -> Decimal:
    typed = text.replace("\u2212", "-").replace(",", ".")
    found = Decimal(typed) if _NUMBER.fullmatch(typed) else _MOST + 1
    if abs(found) > _MOST or int(found.as_tuple().exponent) < _PLACES:
        raise BadParameterError(f"Isian {NUMBER_NAMES[name]} berisi “{text[:20]}”, bukan angka. Tulis 66 atau 66,5.")
    return found + 0


def _whole(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise BadParameterError(f"Alamat memuat {name}={text[:20]} yang bukan angka. Contoh: {name}=3.")
    return int(text)


def _yes_no(given: Mapping[str, str], name: str) -> bool | None:
    text = given.get(name)
    if text not in {None, "ya", "tidak"}:
        raise BadParameterError(f"Alamat memuat {name}={str(text)[:20]}. Tulis {name}=ya atau {name}=tidak.")
    return None if text is None else text == "ya"


def _check(found: Saringan) -> None:
    if found.tw_dari is not None and not 1 <= found.tw_dari <= 4:
        raise BadParameterError("Triwulan awal (tw_dari) harus 1 sampai 4.")
    if found.tw_dari is not None and found.tw is not None and found.tw_dari > found.tw:
        raise BadParameterError("Triwulan awal (tw_dari) tidak boleh sesudah triwulan akhir (tw).")
    for name, unit in (("capaian", "persen"), ("serapan", "persen"), ("deviasi", "poin")):
        low, high = getattr(found, f"{name}_min"), getattr(found, f"{name}_maks")
        if low is not None and high is not None and low > high:
            raise BadParameterError(f"Batas bawah {name} ({low} {unit}) di atas batas atasnya ({high}).")


assert set(WORDS) <= {field.name for field in fields(Saringan)}
