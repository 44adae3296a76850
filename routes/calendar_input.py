"""What people type into the calendar's forms, read into days, clocks and addresses; wrong is said with the text."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Final

from data.errors import BadParameterError
from data.kalender import instant

YEARS: Final = range(2000, 2101)
LONGEST_PASTE: Final = 60_000
ESCALATION: Final = "eskalasi"
_DAY: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_CLOCK: Final = re.compile(r"(\d{1,2})[:.](\d{2})(?::\d{2})?", re.ASCII)


def read_day(text: str, name: str) -> date:
    """A day as browsers send it (2026-10-14) or as people write it (14/10/2026). Raises BadParameterError."""
    found = _DAY.fullmatch(text.strip())
    if found:
        year, month, day = (int(part) for part in (found.groups()[:3] if found[1] else found.groups()[:2:-1]))
        try:
            if year in YEARS:
                return date(year, month, day)
        except ValueError:
            pass  # 31 February: told below with what was typed
    raise BadParameterError(f"{name}: tanggal '{text[:20]}' tidak dapat dibaca. Tulis seperti 14/10/2026.")


def read_clock(text: str, name: str) -> time:
    """A clock time: 23:59 or 23.59. Raises BadParameterError."""
    found = _CLOCK.fullmatch(text.strip())
    if found and int(found[1]) < 24 and int(found[2]) < 60:
        return time(int(found[1]), int(found[2]))
    raise BadParameterError(f"{name}: jam '{text[:20]}' tidak dapat dibaca. Tulis seperti 23.59.")


def read_start(given: Mapping[str, str], key: str, name: str) -> datetime:
    """The instant at which a WIB minute begins, from the fields ``<key>_tanggal`` and ``<key>_jam``."""
    clock = read_clock(given.get(f"{key}_jam", ""), name)
    return instant(read_day(given.get(f"{key}_tanggal", ""), name), clock)


def read_end(given: Mapping[str, str], key: str, name: str) -> datetime:
    """The last second of a WIB minute: "sampai 23.59" counts 23.59.59 too."""
    clock = read_clock(given.get(f"{key}_jam", ""), name).replace(second=59)
    return instant(read_day(given.get(f"{key}_tanggal", ""), name), clock)


def read_year(text: str) -> int:
    """Raises BadParameterError for what is no year of ours."""
    if not (text.isascii() and text.isdigit() and len(text) == 4 and int(text) in YEARS):
        raise BadParameterError(f"Tahun '{text[:20]}' tidak dapat dibaca. Tulis seperti 2027.")
    return int(text)


def read_quarter(text: str) -> int:
    """Raises BadParameterError for what is no triwulan."""
    if text not in {"1", "2", "3", "4"}:
        raise BadParameterError("Pilih triwulannya.")
    return int(text)


def read_contacts(text: str) -> list[dict[str, str]]:
    """The addresses of one OPD, one a line: ``surel;wa;sebutan``. Raises BadParameterError with the line."""
    return [_contact(line.split(";"), number) for number, line in _lines(text)]


def read_paste(text: str, names: Mapping[str, str]) -> dict[str, list[dict[str, str]]]:
    """Many OPD, one address a line: ``kode;surel;wa;sebutan``; ``names``: OPD names by code, either may be written.
    The list for escalation is called ``eskalasi``. Raises BadParameterError with the line."""
    by_word = {ESCALATION: ""} | {word.casefold(): kode for kode, nama in names.items() for word in (kode, nama)}
    found: dict[str, list[dict[str, str]]] = {}
    for number, line in _lines(text):
        word, *rest = (part.strip() for part in line.split(";"))
        if number == 1 and word.casefold() == "kode":
            continue
        if word.casefold() not in by_word:
            raise BadParameterError(
                f"Baris {number}: OPD '{word[:60]}' tidak dikenal. Tulis kode atau nama lengkapnya."
            )
        found.setdefault(by_word[word.casefold()], []).append(_contact(rest, number))
    if not found:
        raise BadParameterError("Tempel paling sedikit satu baris: kode;surel;wa;sebutan.")
    return found


def _lines(text: str) -> list[tuple[int, str]]:
    if len(text) > LONGEST_PASTE:
        raise BadParameterError("Teksnya terlalu panjang. Bagi menjadi beberapa kali tempel.")
    return [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]


def _contact(parts: list[str], number: int) -> dict[str, str]:
    surel, wa, sebutan, *more = [*(part.strip() for part in parts), "", "", ""][: max(3, len(parts))]
    if any(more) or not surel.isprintable() or not sebutan.isprintable():
        raise BadParameterError(f"Baris {number}: terlalu banyak titik koma. Urutannya surel;wa;sebutan.")
    if "@" not in surel:
        raise BadParameterError(f"Baris {number}: '{surel[:60]}' bukan alamat surel.")
    return {"surel": surel.casefold(), "wa": _phone(wa, number), "sebutan": " ".join(sebutan.split())}


def _phone(text: str, number: int) -> str:
    """``0812-3456-7890`` and ``+62 812…`` as WhatsApp wants them: 62812…"""
    digits = re.sub(r"[\s().+-]", "", text)
    if digits.startswith("0"):
        digits = f"62{digits[1:]}"
    if digits and not (digits.isascii() and digits.isdigit() and 9 <= len(digits) <= 15):
        raise BadParameterError(
            f"Baris {number}: nomor WhatsApp '{text[:30]}' tidak dapat dibaca. Contoh: 081234567890."
        )
    return digits
