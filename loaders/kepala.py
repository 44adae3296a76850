"""The header: found within the first 20 rows, matched exactly, then by synonyms, then suggested."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from loaders.masalah import Masalah, Tingkat, column_letter

SEARCHED_ROWS: Final = 20
ALIKE: Final = 0.6
_NOT_WORD = re.compile(r"[^0-9a-z]+")


@dataclass(frozen=True)
class Kolom:
    """A column a kind of file has: its key in code, other names it goes by, whether it must be there, and whether
    it holds codes. ``judul`` is its title on our own form; ``dipetakan`` the headers a person said are this column;
    ``bukan`` the headers a person gave to another one."""

    kunci: str
    sinonim: tuple[str, ...] = ()
    wajib: bool = True
    kode: bool = False
    judul: str = ""
    dipetakan: tuple[str, ...] = ()
    bukan: frozenset[str] = frozenset()

    @property
    def sebutan(self) -> str:
        """The name a person is told."""
        return self.judul or self.kunci

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Normalised headers that mean this column, the surest first."""
        own = (self.kunci, *self.sinonim, *([normal_header(self.judul)] if self.judul else []))
        return (*self.dipetakan, *(name for name in own if name not in self.bukan))


@dataclass
class Kepala:
    """Where the header is and which column is which. ``baris`` is the 0-based index among the rows read;
    ``posisi`` maps column keys to 0-based columns; ``lain`` maps ignored headers (as written) to columns."""

    baris: int
    judul: list[str]
    posisi: dict[str, int]
    lain: dict[str, int] = field(default_factory=dict)
    masalah: list[Masalah] = field(default_factory=list)


def normal_header(text: str) -> str:
    """'Realisasi Keuangan (Rp)' → 'realisasi_keuangan_rp'."""
    return _NOT_WORD.sub("_", text.strip().casefold()).strip("_")


def with_mapping(columns: Sequence[Kolom], petaan: Mapping[str, str]) -> list[Kolom]:
    """The columns once a person has said which header is which (header → column key): that goes before all names."""
    said = {normal_header(header): kunci for header, kunci in petaan.items()}
    return [
        replace(
            column,
            dipetakan=tuple(header for header, kunci in said.items() if kunci == column.kunci),
            bukan=frozenset(header for header, kunci in said.items() if kunci != column.kunci),
        )
        for column in columns
    ]


def match_count(row: Sequence[str], columns: Sequence[Kolom]) -> int:
    """How many of the columns a kind needs stand in this row; optional ones count a little for ties."""
    present = {normal_header(cell) for cell in row}
    met = [column for column in columns if not present.isdisjoint(column.names)]
    return sum(column.wajib for column in met) * 100 + len(met)


def best_header(rows: Sequence[Sequence[str]], columns: Sequence[Kolom]) -> tuple[int, int]:
    """(index of the row that looks most like the header, its match_count) among the first 20 rows."""
    scores = [match_count(row, columns) for row in rows[:SEARCHED_ROWS]]
    best = max(scores, default=0)
    return (scores.index(best) if scores else 0), best


def read_header(rows: Sequence[Sequence[str]], columns: Sequence[Kolom], numbers: Sequence[int]) -> Kepala:
    """Find and match the header; everything missing, unknown or duplicate is listed in ``masalah`` at once."""
    index, score = best_header(rows, columns)
    if score == 0:
        return Kepala(0, [], {}, _titles_of(_first_row(rows)), [_not_found(rows, columns)])
    titles = [cell.strip() for cell in rows[index]]
    head = Kepala(index, titles, {})
    at: dict[str, list[int]] = {}
    for position, title in enumerate(titles):
        at.setdefault(normal_header(title), []).append(position)
    for column in columns:
        _place(head, column, at, numbers[index])
    taken = set(head.posisi.values())
    for position, title in enumerate(titles):
        if position not in taken and not _is_duplicate(head, position):
            head.lain[title or f"(kolom {column_letter(position)} tanpa judul)"] = position
    head.masalah += _missing(head, columns, numbers[index])
    head.masalah += _unknown(head, numbers[index])
    return head


def _place(head: Kepala, column: Kolom, at: dict[str, list[int]], row: int) -> None:
    for name in column.names:
        found = at.get(name)
        if found:
            head.posisi[column.kunci] = found[0]
            if len(found) > 1:
                head.masalah.append(_duplicate(head, found, row))
            return


def _is_duplicate(head: Kepala, position: int) -> bool:
    return any(m.aturan == "judul_ganda" and m.kolom == position for m in head.masalah)


def _duplicate(head: Kepala, found: list[int], row: int) -> Masalah:
    letters = " dan ".join(column_letter(position) for position in found)
    return Masalah(
        Tingkat.GALAT,
        "judul_ganda",
        f"ada {len(found)} kali, di kolom {letters}.",
        "Hapus atau ganti judul salah satunya.",
        row,
        found[-1],
        head.judul[found[-1]],
        head.judul[found[-1]],
    )


def closest(column: Kolom, headers: Iterable[str]) -> str | None:
    """The normalised header that looks most like one of a column's names; None when none does."""
    texts = list(headers)
    near = {text: name for name in column.names for text in difflib.get_close_matches(name, texts, 1, ALIKE)}
    return max(near, key=lambda text: difflib.SequenceMatcher(None, text, near[text]).ratio(), default=None)


def _missing(head: Kepala, columns: Sequence[Kolom], row: int) -> list[Masalah]:
    titles = {normal_header(title): title for title in head.lain if not title.startswith("(")}
    found = []
    for column in columns:
        if not column.wajib or column.kunci in head.posisi:
            continue
        close = closest(column, titles)
        hint = f"Apakah yang dimaksud '{titles[close]}'? Ganti judulnya menjadi" if close else "Tambahkan kolom"
        found.append(
            Masalah(
                Tingkat.GALAT,
                "kolom_kurang",
                f"Kolom '{column.sebutan}' tidak ada.",
                f"{hint} '{column.sebutan}'.",
                row,
                None,
                column.sebutan,
            )
        )
    return found


def _unknown(head: Kepala, row: int) -> list[Masalah]:
    if not head.lain:
        return []
    names = ", ".join(head.lain)
    return [Masalah(Tingkat.INFO, "kolom_diabaikan", f"{len(head.lain)} kolom tidak dipakai: {names}.", "", row)]


def _first_row(rows: Sequence[Sequence[str]]) -> Sequence[str]:
    return next((row for row in rows if any(cell.strip() for cell in row)), [])


def _titles_of(row: Sequence[str]) -> dict[str, int]:
    return {cell.strip(): position for position, cell in enumerate(row) if cell.strip()}


def _not_found(rows: Sequence[Sequence[str]], columns: Sequence[Kolom]) -> Masalah:
    has = ", ".join(_titles_of(_first_row(rows)))[:200] or "(kosong)"
    needs = ", ".join(column.sebutan for column in columns if column.wajib)
    return Masalah(
        Tingkat.GALAT,
        "judul_tidak_ditemukan",
        f"Judul kolom tidak ditemukan dalam {SEARCHED_ROWS} baris pertama. Baris pertama berkas Anda: {has}.",
        f"Yang diperlukan: {needs}. Pakai templat, atau periksa apakah jenis berkasnya benar.",
    )
