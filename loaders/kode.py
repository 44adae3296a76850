"""Codes of the plan tree and short codes made of names. Codes are text, always."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from data.words import Level

PLACEHOLDER: Final = "X.XX"
MAX_CODE: Final = 40
_SUB_KEGIATAN = re.compile(r"(\d|X)\.(\d\d|XX)\.\d\d\.\d\.\d\d\.(\d\d|\d{4})", re.ASCII)
_LEVELS: Final = {
    "urusan": re.compile(r"(\d|X)", re.ASCII),
    "bidang": re.compile(r"(\d|X)\.(\d\d|XX)", re.ASCII),
    "program": re.compile(r"(\d|X)\.(\d\d|XX)\.\d\d", re.ASCII),
    "kegiatan": re.compile(r"(\d|X)\.(\d\d|XX)\.\d\d\.\d\.\d\d", re.ASCII),
    "sub_kegiatan": _SUB_KEGIATAN,
}
_NOT_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Mata:
    """One link of a row's chain from urusan down: its columns, what stands there (``tertulis``, '' when blank), the
    code it is stored under and the code of the link above."""

    level: Level
    kolom_kode: str
    kolom_nama: str
    tertulis: str
    kode: str
    induk: str | None

    @property
    def dikenal(self) -> bool:
        """Has the code the national shape of its level?"""
        return fits_level(self.kode, self.level)


def links(cell: Mapping[str, str], chain: Sequence[tuple[Level, str, str]], opd: str) -> Iterator[Mata]:
    """The links of a row, placeholder codes turned into the OPD's own; the first blank one is the last."""
    bidang, parent = own_bidang(opd), None
    for level, code_column, name_column in chain:
        written = cell[code_column]
        kode = own_code(written, bidang) if bidang else written
        yield Mata(level, code_column, name_column, written, kode, parent)
        if not written:
            return
        parent = kode


def fits_level(kode: str, level: str) -> bool:
    """Does the code have the national shape of its level?"""
    return _LEVELS[level].fullmatch(kode) is not None


def own_code(kode: str, bidang: str) -> str:
    """X.XX.01.2.01 → 1.01.01.2.01: the placeholder replaced by the OPD's own bidang; X → its urusan."""
    if kode == "X":
        return bidang.partition(".")[0]
    return bidang + kode[len(PLACEHOLDER) :] if kode.startswith(PLACEHOLDER) else kode


def own_bidang(kode_opd: str) -> str:
    """The first bidang of an OPD code: 1.01.2.22.0.00.01.0000 → 1.01; empty when the code has none."""
    found = re.match(r"\d\.\d\d(?=\.)", kode_opd, re.ASCII)
    return found.group() if found else ""


def short_code(prefix: str, name: str) -> str:
    """A code of at most 40 characters made of a name, the same every time: 'IKU-dinas-pendidikan'."""
    slug = f"{prefix}-{_NOT_WORD.sub('-', name.casefold()).strip('-')}"
    if len(slug) <= MAX_CODE:
        return slug
    digest = hashlib.sha256(name.encode()).hexdigest()[:6]
    return f"{slug[: MAX_CODE - 7].rstrip('-')}-{digest}"
