"""The Renstra of OPD: one row per program, kegiatan or sub kegiatan and indicator, as the Renstra's own table has it.

A row's money (pagu akhir, keuangan lalu) belongs to its node and its performance (target akhir, realisasi lalu) to its
indicator. "Lalu" is what was reached before the first year of this database; its own years are added by the forms.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from loaders.angka import AngkaRagu, AngkaSalah
from loaders.hasil import Hasil, Konteks
from loaders.kepala import Kolom
from loaders.kode import fits_level
from loaders.masalah import Masalah, Tingkat
from loaders.opd_baris import OpdBaris
from loaders.pohon import fold
from loaders.rupiah import whole_rupiah
from loaders.tabel import Tabel, numbers

COLUMNS: Final = (
    Kolom("periode_renstra", ("renstra", "masa_renstra")),
    Kolom("kode", ("kode_indikator", "kode_program_kegiatan"), kode=True),
    Kolom("target_akhir", ("target_akhir_renstra", "target_akhir_periode")),
    Kolom("pagu_akhir", ("pagu_akhir_renstra", "pagu_renstra")),
    Kolom("indikator", ("nama_indikator", "indikator_kinerja"), wajib=False),
    Kolom("realisasi_lalu", ("realisasi_kinerja_lalu",), wajib=False),
    Kolom("keuangan_lalu", ("realisasi_keuangan_lalu", "uang_lalu"), wajib=False),
    Kolom("opd", ("kode_opd", "kode_skpd", "skpd"), wajib=False),
    Kolom("satuan", wajib=False),
)
KINERJA: Final = {"target_akhir": "target", "realisasi_lalu": "lalu"}
UANG: Final = {"pagu_akhir": "pagu", "keuangan_lalu": "lalu_uang"}
LEVELS: Final = ("program", "kegiatan", "sub_kegiatan")
DASHES: Final = frozenset({"-", "\u2013", "\u2014"})
LONGEST: Final = 10
_PERIODE = re.compile(r"(20\d\d)\s*(?:[-\u2013\u2014/]|s\.?d\.?)\s*(20\d\d)", re.ASCII | re.IGNORECASE)

Cell = Decimal | AngkaSalah
Row = dict[str, Any]


@dataclass
class _Baca:
    table: Tabel
    hasil: Hasil
    konteks: Konteks
    opd: OpdBaris
    cells: dict[str, list[str]]
    angka: dict[str, dict[str, Cell]]
    rows: dict[tuple[int, int, str, str], Row] = field(default_factory=dict)
    unknown: int = 0

    def say(self, tingkat: Tingkat, aturan: str, index: int, kunci: str, pesan: str, perbaikan: str = "") -> None:
        self.table.say(tingkat, aturan, index, kunci, pesan, perbaikan, self.cells[kunci][index])


def check(table: Tabel, konteks: Konteks, hasil: Hasil) -> None:
    """Fill ``hasil`` with the rows of the Renstra, matched against the plan of ``konteks.tahun``."""
    opd = OpdBaris(table, konteks)
    if konteks.tahun is None:
        hint = "Sebut tahun rencana yang kodenya dipakai, mis. --periode 2026."
        table.masalah.append(Masalah(Tingkat.GALAT, "periode", "Tahun rencana belum disebut.", hint))
        return
    if not opd.ready():
        return
    cells = {column.kunci: _said(table.column(column.kunci)) for column in COLUMNS}
    work = _Baca(table, hasil, konteks, opd, cells, _numbers(table, cells, konteks))
    for index in konteks.kemajuan(range(len(table.rows))):
        _row(work, index)
    hasil.muatan.renstra = list(work.rows.values())
    hasil.tahun = None  # it speaks of several years
    rows = hasil.muatan.renstra
    hasil.ringkasan = {
        "opd": len(opd.seen()),
        "indikator": sum("#" in row["kode"] for row in rows),
        "node": sum("#" not in row["kode"] for row in rows),
        "kode_di_luar_rencana": work.unknown,
    }


def _said(column: list[str]) -> list[str]:
    """A dash is how people write that there is nothing."""
    return ["" if text in DASHES else text for text in column]


def _numbers(table: Tabel, cells: dict[str, list[str]], konteks: Konteks) -> dict[str, dict[str, Cell]]:
    """Each distinct text of a column of figures → its number; an ambiguous column is told by the table."""
    found = {}
    for kunci in (*KINERJA, *UANG):
        texts = list(dict.fromkeys(text for text in cells[kunci] if text))
        written = [text for text in texts if any(letter.isdigit() for letter in text)]
        found[kunci] = numbers(table.gaya(kunci, written, konteks.angka), texts)
    return found


def _row(work: _Baca, index: int) -> None:
    opd, period = work.opd.of(index), _period(work, index)
    if opd is None or period is None:
        return
    place = _place(work, index, opd)
    if place is None:
        return
    node, indikator = place
    if indikator is not None:
        _keep(work, index, (*period, opd, indikator["kode"]), _performance(work, index, indikator))
    money = {name: _rupiah(work, index, kunci) for kunci, name in UANG.items()}
    if any(value is not None for value in money.values()):
        _keep(work, index, (*period, opd, node), money)


def _period(work: _Baca, index: int) -> tuple[int, int] | None:
    """(first, last year) of the Renstra."""
    found = _PERIODE.fullmatch(work.cells["periode_renstra"][index])
    first, last = (int(found[1]), int(found[2])) if found else (0, 0)
    if found is None or not first < last <= first + LONGEST:
        message = "bukan masa Renstra."
        work.say(Tingkat.GALAT, "masa_renstra", index, "periode_renstra", message, "Tulis seperti 2025-2029.")
        return None
    return first, last


def _place(work: _Baca, index: int, opd: str) -> tuple[str, Row | None] | None:
    """(node code, stored indicator or None) that a row means; None (told) when it means nothing we know."""
    kode, nama = work.cells["kode"][index], work.cells["indikator"][index]
    known = work.konteks.dikenal.indikator(opd)
    by_code = next((row for row in known if row["kode"] == kode), None)
    if by_code is not None:
        return by_code["node"], by_code
    if kode in work.konteks.dikenal.nodes(opd):
        return _by_name(work, index, known, kode, nama)
    if "#" not in kode and any(fits_level(kode, level) for level in LEVELS):
        work.unknown += 1
        message = "tidak ada di rencana tahun ini; hanya uangnya yang disimpan."
        work.say(Tingkat.INFO, "kode_di_luar_rencana", index, "kode", message)
        return kode, None
    hint = "Pakai kode program, kegiatan, sub kegiatan atau indikator seperti di Renja."
    work.say(Tingkat.GALAT, "kode_tidak_dikenal", index, "kode", "tidak dikenal.", hint)
    return None


def _by_name(work: _Baca, index: int, known: list[Row], kode: str, nama: str) -> tuple[str, Row | None] | None:
    if not nama:
        return kode, None
    for row in known:
        if row["node"] == kode and fold(row["nama"]) == fold(nama):
            return kode, row
    message = f"tidak ada di {kode} tahun {work.konteks.tahun}."
    work.say(Tingkat.GALAT, "indikator_tidak_dikenal", index, "indikator", message, "Samakan namanya dengan Renja.")
    return None


def _performance(work: _Baca, index: int, indikator: Row) -> Row:
    """target and lalu, each as a number or, for ratings and ranges, in words."""
    found: Row = {}
    words = bool(indikator.get("target_teks") or indikator.get("target_atas"))
    for kunci, name in KINERJA.items():
        text = work.cells[kunci][index]
        number = work.angka[kunci].get(text)
        found[name] = number if isinstance(number, Decimal) and not words else None
        found[f"{name}_teks"] = text if text and words else None
        if text and not words and not isinstance(number, Decimal | AngkaRagu):
            work.say(Tingkat.GALAT, "bukan_angka", index, kunci, str(number))
    return found


def _rupiah(work: _Baca, index: int, kunci: str) -> int | None:
    text = work.cells[kunci][index]
    number = work.angka[kunci].get(text)
    if not text or isinstance(number, AngkaRagu):
        return None
    if not isinstance(number, Decimal):
        work.say(Tingkat.GALAT, "bukan_angka", index, kunci, str(number))
        return None
    if number < 0:
        work.say(Tingkat.GALAT, "uang_minus", index, kunci, "kurang dari nol.", "Periksa berkasnya.")
    return whole_rupiah(number, lambda rule, said, hint: work.say(Tingkat.GALAT, rule, index, kunci, said, hint))


def _keep(work: _Baca, index: int, key: tuple[int, int, str, str], said: Row) -> None:
    """A node's money may stand beside each of its indicators, as long as it is the same."""
    awal, akhir, opd, kode = key
    blank = dict.fromkeys(("target", "target_teks", "pagu", "lalu", "lalu_teks", "lalu_uang"))
    row = {"awal": awal, "akhir": akhir, "opd": opd, "kode": kode, **blank, **said}
    first = work.rows.setdefault(key, row | {"baris": work.table.nomor[index]})
    if any(first[name] != value for name, value in row.items()):
        message = f"sudah ada di baris {first['baris']} dengan angka lain."
        work.say(Tingkat.GALAT, "duplikat", index, "kode", message, "Samakan atau hapus salah satunya.")
