"""A sheet of text: what every reader hands on, whatever the file was."""

from dataclasses import dataclass, field

from loaders.masalah import Masalah, Tingkat


@dataclass
class Lembar:
    """Rows of text with their 1-based row numbers in the file, how the file was read, and what was seen.
    ``bertipe``: some cells are Bertipe, numbers that a spreadsheet holds as such."""

    rows: list[list[str]]
    nomor: list[int]
    keterangan: str
    masalah: list[Masalah] = field(default_factory=list)
    bertipe: bool = False


class TidakTerbaca(Exception):
    """The file as a whole cannot be read; carries the one Masalah that says why."""

    def __init__(self, aturan: str, pesan: str, perbaikan: str, baris: int | None = None) -> None:
        super().__init__(pesan)
        self.masalah = Masalah(Tingkat.GALAT, aturan, pesan, perbaikan, baris)
