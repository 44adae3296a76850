"""The identity line of a report form: whose form it is, of which version, for which triwulan."""

from collections.abc import Iterator
from typing import Final

from data.formulir import TANDA, VERSI
from data.words import TW_NAMES
from loaders.hasil import Konteks
from loaders.masalah import Masalah, Tingkat
from loaders.tabel import Tabel

CELLS: Final = 5
_LATEST: Final = "Unduh templat terbaru di halaman Unggah, lalu pindahkan isiannya."


def check_identity(table: Tabel, konteks: Konteks) -> bool:
    """False (and told, everything at once) when the form is another OPD's, period's or version's. A file without
    the line was typed by hand: that is fine, and told."""
    line = _find(table)
    if line is None:
        message = "Baris tanda templat tidak ada, jadi isinya dicocokkan dengan kode saja."
        table.masalah.append(Masalah(Tingkat.INFO, "tanpa_tanda", message))
        return True
    number, cells = line
    faults = list(_faults(cells, konteks))
    for column, rule, message, mend in faults:
        place = (number, column, "tanda templat", cells[column])
        table.masalah.append(Masalah(Tingkat.GALAT, rule, message, mend, *place))
    return not faults


def _find(table: Tabel) -> tuple[int, list[str]] | None:
    """(row number, the five cells) of the line above the header that begins with the mark."""
    for number, row in enumerate(table.atas, start=1):
        cells = [cell.strip() for cell in row[:CELLS]]
        if cells and cells[0].casefold() == TANDA:
            return number, cells + [""] * (CELLS - len(cells))
    return None


def _faults(cells: list[str], konteks: Konteks) -> Iterator[tuple[int, str, str, str]]:
    """(column, rule, what is wrong, how to mend) for each cell that does not fit the report."""
    _, version, opd, tahun, tw = cells
    if version != str(VERSI):
        yield 1, "versi_templat", f"Versi templat ini {version or 'kosong'}, yang berlaku {VERSI}.", _LATEST
    if opd != konteks.opd:
        owner = konteks.dikenal.opd.get(opd, opd or "yang tidak disebut")
        yield 2, "templat_opd_lain", f"Templat ini milik OPD {owner}.", "Pakai templat OPD Anda sendiri."
    if tahun != str(konteks.tahun):
        message = f"Templat ini untuk tahun {tahun or 'yang kosong'}, bukan {konteks.tahun}."
        yield 3, "templat_tahun_lain", message, _LATEST
    if tw != str(konteks.tw):
        quarters = {str(number): name for number, name in TW_NAMES.items()}
        message = f"Templat ini untuk {quarters.get(tw, 'triwulan lain')}, bukan {TW_NAMES[konteks.tw or 1]}."
        yield 4, "templat_tw_lain", message, _LATEST
