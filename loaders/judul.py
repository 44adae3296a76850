"""What a screen needs to ask "which of your columns is which": what is missing, what is left over, what fits."""

from collections.abc import Sequence
from dataclasses import dataclass

from loaders.kepala import Kepala, Kolom, closest, normal_header
from loaders.masalah import column_letter


@dataclass(frozen=True)
class KolomKurang:
    """A column that must be there and is not. ``saran`` is the header (as written) that may be meant, or ''."""

    kunci: str
    sebutan: str
    saran: str = ""


@dataclass(frozen=True)
class JudulLain:
    """A header that no column uses. ``normal`` is the key for ``Konteks.petaan``; ``saran`` a column key or ''."""

    judul: str
    normal: str
    huruf: str
    saran: str = ""


@dataclass(frozen=True)
class KepalaBerkas:
    """The header of a file. ``baris`` is its row in the file (None: not found); ``dikenali`` maps column keys to the
    headers that mean them; ``pilihan`` all column keys to their names, for a list to choose from; ``terakhir``: the
    file's last row."""

    baris: int | None
    dikenali: dict[str, str]
    kurang: list[KolomKurang]
    lain: list[JudulLain]
    pilihan: dict[str, str]
    terakhir: int | None = None


def describe(head: Kepala, columns: Sequence[Kolom], numbers: Sequence[int]) -> KepalaBerkas:
    """The header as a screen shows it. ``numbers`` are the file's row numbers of the rows the header was sought in."""
    left = {normal_header(title): title for title in head.lain if normal_header(title) and not title.startswith("(")}
    free = [column for column in columns if column.kunci not in head.posisi]
    fits = {column.kunci: closest(column, left) for column in free}
    missing = [
        KolomKurang(column.kunci, column.sebutan, left.get(fits[column.kunci] or "", ""))
        for column in free
        if column.wajib
    ]
    wanted = {header: kunci for kunci, header in reversed(fits.items()) if header}
    others = [
        JudulLain(title, normal, column_letter(head.lain[title]), wanted.get(normal, ""))
        for normal, title in left.items()
    ]
    known = {kunci: head.judul[at] for kunci, at in head.posisi.items()}
    names = {column.kunci: column.sebutan for column in columns}
    start, end = (numbers[head.baris], numbers[-1]) if known else (None, None)
    return KepalaBerkas(start, known, missing, others, names, end)
