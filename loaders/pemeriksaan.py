"""The one way to check a file: bytes in, findings and storable rows out. Nothing is stored here."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from data.errors import LoadError
from data.words import JenisBerkas
from loaders import iku, indikator, keuangan, laporan, realisasi_tw, renja, renstra, tahunan
from loaders.batas import BATAS_UNGGAH, Batas
from loaders.hasil import Hasil, Konteks
from loaders.kepala import Kolom, read_header, with_mapping
from loaders.lembar import TidakTerbaca
from loaders.masalah import Masalah, Tingkat
from loaders.tabel import Tabel, read_table
from loaders.teks import first_rows


@dataclass(frozen=True)
class Pembaca:
    """How one kind of file is read: the columns it has, and the function that checks its rows."""

    columns: Sequence[Kolom]
    check: Callable[[Tabel, Konteks, Hasil], None]
    needs_plan: bool = False


PEMBACA: Final = {
    JenisBerkas.RENJA: Pembaca(renja.COLUMNS, renja.check, needs_plan=True),
    JenisBerkas.REALISASI_TW: Pembaca(realisasi_tw.COLUMNS, realisasi_tw.check, needs_plan=True),
    JenisBerkas.IKU: Pembaca(iku.COLUMNS, iku.check),
    JenisBerkas.INDIKATOR: Pembaca(indikator.COLUMNS, indikator.check, needs_plan=True),
    JenisBerkas.KEUANGAN: Pembaca(keuangan.COLUMNS, keuangan.check, needs_plan=True),
    JenisBerkas.TAHUNAN: Pembaca(tahunan.COLUMNS, tahunan.check),
    JenisBerkas.LAPORAN: Pembaca(laporan.COLUMNS, laporan.check, needs_plan=True),
    JenisBerkas.RENSTRA: Pembaca(renstra.COLUMNS, renstra.check, needs_plan=True),
}

HEADER_FAULTS: Final = {"judul_tidak_ditemukan", "kolom_kurang", "judul_ganda"}
SAMPLE: Final = 65_536
"""How many bytes of a wrong file are looked at to tell which kind it is."""


def check(content: bytes, file_name: str, konteks: Konteks, batas: Batas = BATAS_UNGGAH) -> Hasil:
    """Check one file. Every finding is in ``Hasil.masalah``; ``Hasil.muatan`` is empty when there is a Galat.

    Raises LoadError for a kind of file that has no reader.
    """
    reader = PEMBACA.get(konteks.jenis)
    if reader is None:
        raise LoadError(f"Jenis '{konteks.jenis}' tidak dimuat dari berkas. Pilih: {', '.join(PEMBACA)}.")
    hasil = Hasil(konteks.jenis, file_name, hashlib.sha256(content).hexdigest(), len(content), tahun=konteks.tahun)
    try:
        _read(content, file_name, konteks, batas, reader, hasil)
    except TidakTerbaca as error:
        hasil.masalah.append(error.masalah)
    if not hasil.boleh_disimpan:
        hasil.muatan = type(hasil.muatan)()
    return hasil


def _read(content: bytes, file_name: str, konteks: Konteks, batas: Batas, reader: Pembaca, hasil: Hasil) -> None:
    columns, pad = reader.columns, False
    if konteks.jenis is JenisBerkas.TAHUNAN:
        mapping = tahunan.mapping_for(content)
        columns, pad = mapping.columns, mapping.pad
    if konteks.petaan:
        columns = with_mapping(columns, konteks.petaan)
    table = read_table(content, file_name, columns, batas, pad)
    hasil.jumlah_baris, hasil.keterangan, hasil.kepala = len(table.rows), table.keterangan, table.tentang
    if _header_is_right(table.masalah):
        reader.check(table, konteks, hasil)
    else:
        table.masalah += _other_kinds(content, konteks.jenis)
    hasil.masalah, hasil.pertanyaan = table.masalah, table.pertanyaan


def _header_is_right(found: list[Masalah]) -> bool:
    return not any(one.aturan in HEADER_FAULTS for one in found)


def _other_kinds(content: bytes, asked: JenisBerkas) -> list[Masalah]:
    """The kind a text file looks like, when it is not the one that was asked for."""
    if content.startswith(b"PK"):
        return []
    for jenis, columns in _all_columns():
        rows = first_rows(content[:SAMPLE], columns)
        if jenis is not asked and _header_is_right(read_header(rows, columns, range(1, len(rows) + 1)).masalah):
            message = f"Berkas ini tampak seperti jenis '{jenis.value}'."
            return [Masalah(Tingkat.INFO, "jenis_lain", message, f"Pilih jenis itu (--jenis {jenis.value}).")]
    return []


def _all_columns() -> Iterator[tuple[JenisBerkas, Sequence[Kolom]]]:
    yield from ((jenis, reader.columns) for jenis, reader in PEMBACA.items())
    yield from ((JenisBerkas.TAHUNAN, mapping.columns) for mapping in tahunan.MAPPINGS)
