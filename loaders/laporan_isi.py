"""The report form under check: its cells, what is counted, and how its numbers are read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from loaders.angka import AngkaRagu, AngkaSalah, Gaya, is_formula_error, parse
from loaders.hasil import Hasil, Konteks
from loaders.masalah import Tingkat, column_letter
from loaders.pohon import fold
from loaders.satuan import normal_unit
from loaders.tabel import Tabel, numbers

Numbers = Mapping[str, Decimal | AngkaSalah]


@dataclass(frozen=True)
class Baris:
    """A row that was recognised. ``tahu`` is the stored indicator or node it answers."""

    index: int
    jenis: str
    opd: str
    kode: str
    tahu: dict[str, Any]


@dataclass
class Isi:
    """Everything the rules of a report share. ``disebut`` are the (opd, code) met, also in rows that were refused."""

    table: Tabel
    konteks: Konteks
    hasil: Hasil
    opd: str
    tahun: int
    tw: int
    cells: dict[str, list[str]]
    terisi: int = 0
    nihil: int = 0
    total_keuangan: int = 0
    disebut: set[tuple[str, str]] = field(default_factory=set)
    _values: dict[str, Numbers] = field(default_factory=dict)

    def say(self, tingkat: Tingkat, aturan: str, index: int, kunci: str, pesan: str, perbaikan: str = "") -> None:
        """Note a finding about a cell; its value is told with it."""
        value = self.cells[kunci][index] if kunci else ""
        self.table.say(tingkat, aturan, index, kunci, pesan, perbaikan, value)

    def read(self, kunci: str, rows: Iterable[int]) -> None:
        """Decide how a column writes its numbers from these rows; a doubtful column is asked about as a whole."""
        texts = list(dict.fromkeys(text for index in rows if (text := self.cells[kunci][index])))
        plain = [text for text in texts if not is_formula_error(text)]
        self._values[kunci] = numbers(self.table.gaya(kunci, plain, self.konteks.angka), texts)

    def number(self, index: int, kunci: str) -> Decimal | None:
        """The number in a cell; None when it is blank or wrong (which is told)."""
        text = self.cells[kunci][index]
        if not text:
            return None
        found = self._values[kunci][text]
        if isinstance(found, Decimal):
            return found
        if not isinstance(found, AngkaRagu):
            rule = "rumus_galat" if is_formula_error(text) else "bukan_angka"
            self.say(Tingkat.GALAT, rule, index, kunci, str(found))
        return None

    def letter(self, kunci: str) -> str:
        return column_letter(self.table.kepala.posisi[kunci])

    def origin(self, row: Baris, kunci: str) -> dict[str, Any]:
        """The keys and origin that every stored value of a row carries."""
        place = {"baris": self.table.nomor[row.index], "kolom": self.letter(kunci)}
        return {"tahun": self.tahun, "opd": row.opd} | place

    def compare(self, row: Baris, kunci: str, stored: str, same: bool) -> None:
        """A locked cell that says something else than what is stored changes nothing, and that is told."""
        if self.cells[kunci][row.index] and not same:
            message = f"berbeda dari yang tersimpan ('{stored}'); yang dipakai tetap yang tersimpan."
            self.say(Tingkat.INFO, "sel_terkunci", row.index, kunci, message)

    def compare_words(self, row: Baris, nama: str, satuan: str) -> None:
        """The locked name and unit of a row."""
        name, unit = (self.cells[kunci][row.index] for kunci in ("uraian", "satuan"))
        self.compare(row, "uraian", nama, fold(name) == fold(nama))
        self.compare(row, "satuan", satuan, normal_unit(unit).casefold() == normal_unit(satuan).casefold())

    def compare_number(self, row: Baris, kunci: str, stored: Decimal | int | None) -> None:
        """A locked number, whichever way it is written."""
        text = self.cells[kunci][row.index]
        shown = "kosong" if stored is None else f"{Decimal(stored):f}"
        self.compare(row, kunci, shown, stored is not None and Decimal(stored) in _readings(text))


def _readings(text: str) -> set[Decimal]:
    found = set()
    for gaya in Gaya:
        try:
            found.add(parse(text, gaya))
        except AngkaSalah:
            return set()
    return found
