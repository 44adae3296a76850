"""Agency IKU with one column per year: the dirtiest targets there are. Numbers are decided per row, because a
row is one indicator; what cannot be decided is kept as words, never guessed."""

import difflib
import re
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from data.words import Arah, Level
from loaders.angka import AngkaSalah, Bentuk, Gaya, decide, parse, shape
from loaders.hasil import Hasil, Konteks
from loaders.kepala import Kolom
from loaders.kode import short_code
from loaders.masalah import Masalah, Tingkat, column_letter
from loaders.pohon import Nilai, Pohon, fold
from loaders.tabel import Tabel

COLUMNS: Final = (
    Kolom("skpd", ("opd", "perangkat_daerah")),
    Kolom("urusan", wajib=False),
    Kolom("uraian", ("indikator", "indikator_kinerja_utama")),
    Kolom("satuan"),
    Kolom("base", ("kondisi_awal", "baseline"), wajib=False),
)
NODE: Final = "IKU"
NODE_NAME: Final = "Indikator kinerja utama"
SKALA_AKIP: Final = "AA>A>BB>B>CC>C>D"
_YEAR = re.compile(r"(19|20)\d\d", re.ASCII)
_RANGE = re.compile(r"^([0-9.,]+)\s*%?\s*[-\u2013]\s*([0-9.,]+)\s*%?$")
_CUT_RANGE = re.compile(r"^[0-9.,]+\s*%?\s*[-\u2013]$|^[-\u2013]\s*[0-9.,]+-$")
_RATIO = re.compile(r"^1\s*:\s*[0-9.,]+$")
_COLON = re.compile(r"^[0-9.,]+\s*:\s*[0-9.,]+$")
_WORDS = re.compile(r"^(ada|tidak ada|tepat|wtp|wdp|level \d|aa|a|bb|b|cc|c|d|sangat baik|baik|cukup|kurang)$")
_NOTHING: Final = {"", "-", "\u2013", "\u2014", "undefined", "n/a", "null", "none"}


@dataclass
class _Baca:
    table: Tabel
    konteks: Konteks
    pohon: Pohon
    years: dict[int, int]
    kinds: Counter[str] = field(default_factory=Counter)
    _codes: dict[int, str] = field(default_factory=dict)
    _numbers: Counter[str] = field(default_factory=Counter)

    def code(self, index: int, opd: str) -> str:
        """IKU#n, n counting the rows of this OPD, so that every year has the same codes."""
        if index not in self._codes:
            self._numbers[opd] += 1
            self._codes[index] = f"{NODE}#{self._numbers[opd]}"
        return self._codes[index]


@dataclass(frozen=True)
class _Sel:
    """One target cell: where it is and what it says. ``keras`` is the level of what is wrong with it."""

    baris: int
    kolom: int
    judul: str
    teks: str
    keras: Tingkat


def check(table: Tabel, konteks: Konteks, hasil: Hasil) -> None:
    """Fill ``hasil`` with one IKU node per OPD and year, its indicators and their yearly targets."""
    years = {int(title): at for title, at in table.kepala.lain.items() if _YEAR.fullmatch(title)}
    if konteks.tahun is not None:
        years = {year: at for year, at in years.items() if year == konteks.tahun}
    if not years:
        table.masalah.append(_no_years(konteks.tahun))
        return
    table.use_headers({str(year): at for year, at in years.items()})
    work = _Baca(table, konteks, Pohon(hasil.muatan), years)
    names = _filled_down(table.column("skpd"))
    codes = {name: _opd(work, name) for name in dict.fromkeys(names) if name}
    for index in konteks.kemajuan(range(len(table.rows))):
        _row(work, index, codes.get(names[index]))
    table.masalah += work.pohon.assumptions()
    hasil.ringkasan = {
        "opd": len(codes),
        "indikator": len({(row["opd"], row["kode"]) for row in hasil.muatan.indikator}),
        "target": len(hasil.muatan.target),
        **{f"sel_{kind}": count for kind, count in sorted(work.kinds.items())},
    }
    if len(years) > 1:
        hasil.tahun = None


def _no_years(wanted: int | None) -> Masalah:
    what = "Tidak ada kolom tahun." if wanted is None else f"Tidak ada kolom tahun {wanted}."
    return Masalah(Tingkat.GALAT, "kolom_tahun", what, "Beri judul kolom target dengan tahunnya, mis. 2026.")


def _filled_down(column: list[str]) -> list[str]:
    """The name stands on the first row of its group only."""
    found, last = [], ""
    for text in column:
        last = text or last
        found.append(last)
    return found


def _opd(work: _Baca, name: str) -> str:
    """The code of an OPD by its name, or a code made of the name (told)."""
    known = {fold(stored): kode for kode, stored in work.konteks.dikenal.opd.items()}
    if fold(name) in known:
        return known[fold(name)]
    kode = short_code(NODE, name)
    close = difflib.get_close_matches(fold(name), known, 1, 0.8)
    hint = f"Mungkin {known[close[0]]} ({close[0]})?" if close else "Muat rencana OPD itu lebih dahulu bila ada."
    message = f"OPD '{name}' belum dikenal; dipakai kode {kode}."
    work.table.masalah.append(Masalah(Tingkat.INFO, "opd_baru", message, hint))
    work.pohon.opd(kode, name)
    return kode


def _row(work: _Baca, index: int, opd: str | None) -> None:
    table = work.table
    name = table.rows[index][table.kepala.posisi["uraian"]].strip()
    if opd is None:
        table.say(Tingkat.GALAT, "opd_kosong", index, "skpd", "Nama OPD kosong.", "Isi nama OPD di baris ini.")
        return
    if not name:
        table.say(Tingkat.GALAT, "uraian_kosong", index, "uraian", "Nama indikator kosong.", "Isi atau hapus baris.")
        return
    if work.konteks.opd not in (None, opd):
        message = f"adalah OPD lain; berkas ini diajukan untuk {work.konteks.opd}."
        table.say(Tingkat.GALAT, "opd_lain", index, "skpd", message, "Hapus baris OPD lain.", opd)
        return
    cells = _cells(work, index)
    gaya = _row_gaya(cells, work.konteks.angka)
    unit = table.rows[index][table.kepala.posisi["satuan"]].strip()
    for year, at in work.years.items():
        cell = next(cell for cell in cells if cell.kolom == at)
        _target(work, index, year, opd, (name, unit), cell, gaya)
    for cell in cells:
        if cell.judul not in map(str, work.years):
            read_cell(cell, gaya, table.masalah)


def _cells(work: _Baca, index: int) -> list[_Sel]:
    table = work.table
    places = [(at, Tingkat.KONFIRMASI) for at in work.years.values()]
    if table.has("base"):
        places.append((table.kepala.posisi["base"], Tingkat.INFO))
    row = table.rows[index]
    return [_Sel(table.nomor[index], at, table.kepala.judul[at], row[at].strip(), level) for at, level in places]


def _row_gaya(cells: list[_Sel], answer: Gaya | None) -> Gaya | None:
    """How this row writes numbers: the ends of ranges and the base value count as evidence too."""
    values: list[str] = []
    for cell in cells:
        ends = _RANGE.match(cell.teks)
        values += list(ends.groups()) if ends else [cell.teks]
    return decide((text for text in values if shape(text) is not Bentuk.SALAH), answer).gaya


def _target(
    work: _Baca, index: int, year: int, opd: str, named: tuple[str, str], cell: _Sel, gaya: Gaya | None
) -> None:
    said, kind = read_cell(cell, gaya, work.table.masalah)
    work.kinds[kind] += 1
    work.pohon.node(year, opd, NODE, Level.SASARAN.value, NODE_NAME, cell.baris)
    more: dict[str, Any] = {"kode": work.code(index, opd)}
    if said is not None and said.nilai_atas is not None:
        more["arah"] = Arah.RENTANG.value
    if said is not None and said.teks and said.teks.upper() in SKALA_AKIP.split(">"):
        more["skala"] = SKALA_AKIP
    # The row number is part of the identity: the same name may stand twice with different numbers.
    found = work.pohon.indikator(year, opd, NODE, Level.SASARAN.value, named[0], named[1], cell.baris, **more)
    if found["baris"] != cell.baris:
        if year == min(work.years):
            message = f"sudah ada di baris {found['baris']} untuk OPD yang sama; disimpan sebagai indikator lain."
            work.table.say(Tingkat.INFO, "nama_sama", index, "uraian", message, "Bedakan namanya.", named[0])
        again = f"{named[0]} (baris {cell.baris})"
        found = work.pohon.indikator(year, opd, NODE, Level.SASARAN.value, again, named[1], cell.baris, **more)
    if said is not None:
        work.pohon.target(found, said)


def read_cell(cell: _Sel, gaya: Gaya | None, masalah: list[Masalah]) -> tuple[Nilai | None, str]:
    """(what a target cell says or None for nothing, its kind). Doubt is told and kept as words."""
    place = cell.baris, column_letter(cell.kolom)
    text = cell.teks
    if text.casefold() in _NOTHING:
        _say(masalah, cell, "tanpa_target", "Tanpa target.", "Isi bila ada.", Tingkat.INFO)
        return None, "kosong"
    ends = _RANGE.match(text)
    if ends:
        return _range(cell, ends.group(1), ends.group(2), gaya, masalah)
    if _RATIO.match(text) or _WORDS.match(text.casefold()):
        return Nilai(text, *place, teks=text), "kata"
    doubt = _doubt(text, gaya)
    if doubt is None:
        return Nilai(text, *place, nilai=parse(text, gaya)), "angka"
    _say(masalah, cell, doubt[0], doubt[1], doubt[2])
    return Nilai(text, *place, teks=text), "ragu"


def _doubt(text: str, gaya: Gaya | None) -> tuple[str, str, str] | None:
    """(rule, what is wrong, how to mend) for a cell that is no plain number; None when it is one."""
    if _CUT_RANGE.match(text):
        return "rentang_terpotong", "rentang tanpa batas kedua.", "Tulis kedua batasnya, mis. 13,02-13,04."
    if _COLON.match(text):
        return "rasio_atau_rentang", "dapat berarti rasio atau rentang.", "Tulis rentang dengan tanda '-'."
    if text.count(":") > 1:
        return "rasio_ganda", "memuat dua rasio dalam satu sel.", "Tulis satu rasio saja, mis. 1 : 30."
    try:
        parse(text, gaya)
    except AngkaSalah as error:
        rule = "angka_ragu" if shape(text) is Bentuk.RAGU else "tidak_terbaca"
        return rule, str(error), "Sementara disimpan sebagai teks."
    return None


def _range(cell: _Sel, first: str, second: str, gaya: Gaya | None, masalah: list[Masalah]) -> tuple[Nilai, str]:
    place = cell.baris, column_letter(cell.kolom)
    try:
        low, high = parse(first, gaya), parse(second, gaya)
    except AngkaSalah as error:
        rule = "angka_ragu" if Bentuk.RAGU in (shape(first), shape(second)) else "tidak_terbaca"
        _say(masalah, cell, rule, str(error), "Sementara disimpan sebagai teks.")
        return Nilai(cell.teks, *place, teks=cell.teks), "ragu"
    if low > high:
        _say(masalah, cell, "rentang_menurun", "rentang menurun; disimpan dari kecil ke besar.", "", Tingkat.INFO)
        low, high = high, low
    return Nilai(cell.teks, *place, nilai=Decimal(low), nilai_atas=Decimal(high)), "rentang"


def _say(
    masalah: list[Masalah], cell: _Sel, aturan: str, pesan: str, perbaikan: str, tingkat: Tingkat | None = None
) -> None:
    level = tingkat or cell.keras
    masalah.append(Masalah(level, aturan, pesan, perbaikan, cell.baris, cell.kolom, cell.judul, cell.teks))
