"""The report form of one OPD for one triwulan (``data.formulir``): answers of indicators and months of money.

One row per expected answer. What is locked in the form is never read back: the stored plan counts, and a changed cell
is told. No report row is made here: whether a report is sent, returned or accepted is not for a file to say.
"""

from typing import Final

from data.formulir import KEUANGAN, KINERJA, KOLOM
from data.words import Level
from loaders.angka import is_formula_error
from loaders.hasil import Hasil, Konteks
from loaders.identitas import check_identity
from loaders.kepala import Kolom
from loaders.laporan_isi import Baris, Isi
from loaders.laporan_keuangan import check_keuangan
from loaders.laporan_kinerja import check_kinerja
from loaders.laporan_kode import Pencari
from loaders.masalah import Masalah, Tingkat
from loaders.tabel import Tabel

NEEDED: Final = {"kode", "realisasi", "bulan_1", "bulan_2", "bulan_3", "fisik"}
"""``baris`` may be missing: the code says which kind of row it is. The other locked columns are only compared."""
COLUMNS: Final = (
    *(Kolom(one.kunci, wajib=one.kunci in NEEDED, kode=one.kode, judul=one.judul) for one in KOLOM),
    Kolom("opd", ("kode_opd", "kode_skpd", "skpd"), wajib=False),
)
ANSWERS: Final = {KINERJA: ("realisasi",), KEUANGAN: ("bulan_1", "bulan_2", "bulan_3", "fisik")}


MONEY: Final = "Sub kegiatan"
MISSING_ANSWER: Final = "Tambahkan barisnya dari templat; tulis 'nihil' bila memang tidak ada yang dilaporkan."
MISSING_MONEY: Final = "Tambahkan barisnya dari templat; tulis 0 pada bulan yang memang tanpa belanja."


def check(table: Tabel, konteks: Konteks, hasil: Hasil) -> None:
    """Fill ``hasil`` with realisasi and keuangan rows of the triwulan; findings go to the table."""
    if konteks.opd is None or konteks.tahun is None or konteks.tw is None:
        hint = "Sebut OPD, tahun dan triwulan laporannya, mis. --opd KODE --periode 2026-TW2."
        table.masalah.append(Masalah(Tingkat.GALAT, "periode", "OPD, tahun atau triwulan belum disebut.", hint))
        return
    if not check_identity(table, konteks):
        return
    cells = {column.kunci: table.column(column.kunci) for column in COLUMNS}
    isi = Isi(table, konteks, hasil, konteks.opd, konteks.tahun, konteks.tw, cells)
    expected = _expected(isi)
    if not expected:
        message = f"Rencana OPD '{isi.opd}' tahun {isi.tahun} belum ada, jadi laporannya belum dapat diperiksa."
        table.masalah.append(Masalah(Tingkat.GALAT, "rencana_belum_ada", message, "Muat Renja-nya lebih dahulu."))
        return
    rows = _matched(isi)
    check_kinerja(isi, [row for row in rows if row.jenis == KINERJA])
    check_keuangan(isi, [row for row in rows if row.jenis == KEUANGAN])
    _say_missing(isi, expected, rows)
    _say_empty(isi, len(rows))
    _say_all_nihil(isi, rows)
    hasil.ringkasan = {
        "baris_diharapkan": len(expected),
        "terisi": isi.terisi,
        "nihil": isi.nihil,
        "kosong": len(expected) - isi.terisi - isi.nihil,
        "total_keuangan": isi.total_keuangan,
    }


def _expected(isi: Isi) -> dict[tuple[str, str], str]:
    """Name by (OPD or unit, code) of every answer that is asked for: indicators, and sub kegiatan for the money."""
    found: dict[tuple[str, str], str] = {}
    for opd in isi.konteks.dikenal.keluarga(isi.opd):
        plan = isi.konteks.dikenal.plan(opd)
        found |= {(opd, row["kode"]): f"Indikator {row['kode']} '{row['nama']}'" for row in plan.indikator}
        found |= {
            (opd, kode): f"{MONEY} {kode} '{node['nama']}'"
            for kode, node in plan.nodes.items()
            if node["level"] == Level.SUB_KEGIATAN
        }
    return found


def _matched(isi: Isi) -> list[Baris]:
    """The rows that are of this OPD, known and met for the first time; every other one is told."""
    finder = Pencari(isi)
    first: dict[tuple[str, str], int] = {}
    found = []
    for index in isi.konteks.kemajuan(range(len(isi.table.rows))):
        row = finder.find(index)
        if row is None:
            continue
        number = first.setdefault((row.opd, row.kode), isi.table.nomor[index])
        if number != isi.table.nomor[index]:
            isi.say(Tingkat.GALAT, "duplikat", index, "kode", f"sudah ada di baris {number}.", "Hapus salah satunya.")
        elif _cells_fit(isi, row):
            found.append(row)
    return found


def _cells_fit(isi: Isi, row: Baris) -> bool:
    """An answer in a column of the other kind of row would be lost; a formula's error in a text is no text."""
    fits = True
    other = KEUANGAN if row.jenis == KINERJA else KINERJA
    for kunci in ANSWERS[other]:
        if isi.cells[kunci][row.index]:
            message = f"tidak dibaca di baris {row.jenis}; kolom ini untuk baris {other}."
            isi.say(Tingkat.GALAT, "salah_kolom", row.index, kunci, message, "Pindahkan atau kosongkan isinya.")
            fits = False
    for kunci in ("keterangan", "kendala"):
        if is_formula_error(isi.cells[kunci][row.index]):
            message = "adalah galat rumus Excel, bukan teks."
            isi.say(Tingkat.GALAT, "rumus_galat", row.index, kunci, message, "Tulis teksnya langsung.")
            fits = False
    return fits


def _say_empty(isi: Isi, rows: int) -> None:
    """A form without an answer is no report; one with blank rows needs a word about them."""
    found = isi.table.masalah
    if any(one.tingkat == Tingkat.GALAT for one in found) or not any(one.aturan == "belum_diisi" for one in found):
        return
    if not isi.terisi and not isi.nihil:
        message, hint = "Belum ada satu pun isian.", "Isi kolom yang berwarna, atau nyatakan nihil di halaman Unggah."
        found.append(Masalah(Tingkat.GALAT, "isian_kosong", message, hint))
    elif rows > isi.terisi + isi.nihil:
        message = f"{rows - isi.terisi - isi.nihil} dari {rows} baris belum diisi."
        found.append(Masalah(Tingkat.KONFIRMASI, "belum_lengkap", message, "Lengkapi, atau jelaskan alasannya."))


def _say_all_nihil(isi: Isi, rows: list[Baris]) -> None:
    """A form that answers nihil everywhere is no declaration that there is nothing to report: what it means is told."""
    answers = sum(row.jenis == KINERJA for row in rows)
    if not answers or isi.nihil < answers:
        return
    message = "Semua indikator dinyatakan nihil, jadi OPD ini tampil tanpa capaian; baris Keuangan tetap dihitung."
    hint = "Bila OPD memang tidak melaporkan apa pun, buka 'Tidak ada yang dilaporkan?' di halaman Unggah."
    isi.table.masalah.append(Masalah(Tingkat.INFO, "semua_nihil", message, hint))


def _say_missing(isi: Isi, expected: dict[tuple[str, str], str], rows: list[Baris]) -> None:
    """Expected rows that the file does not have. A row that was told to be wrong is not missing as well."""
    there = {(row.opd, row.kode) for row in rows} | isi.disebut
    for key, name in expected.items():
        if key not in there:
            hint = MISSING_MONEY if name.startswith(MONEY) else MISSING_ANSWER
            isi.table.masalah.append(Masalah(Tingkat.KONFIRMASI, "baris_kurang", f"{name} tidak ada di berkas.", hint))
