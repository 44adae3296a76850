"""One file → one checked table of text: the right container, the header, equal widths, limits, no total rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import PurePath
from typing import Final

from loaders.angka import AngkaSalah, Bertipe, Gaya, Pertanyaan, decide, parse, readings, written
from loaders.batas import Batas
from loaders.judul import KepalaBerkas, describe
from loaders.kepala import Kepala, Kolom, read_header
from loaders.lembar import Lembar, TidakTerbaca
from loaders.masalah import Masalah, Tingkat
from loaders.teks import read_text
from loaders.xlsx import read_xlsx

TEXT_ENDINGS: Final = {".csv", ".txt", ".tsv"}
_ZIP, _OLE2, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_RESAVE: Final = "Buka di Excel atau LibreOffice, pilih Simpan Sebagai, lalu pilih XLSX atau CSV UTF-8."
_TOTALS: Final = {"jumlah", "total", "grand total", "jumlah total", "total keseluruhan", "jumlah keseluruhan"}


@dataclass
class Tabel:
    """Rows of text under a matched header. ``nomor[i]`` is the row number in the file of ``rows[i]``; ``atas`` the
    rows above the header; ``pertanyaan`` what the submitter must be asked; ``tentang`` the header for a screen."""

    kepala: Kepala
    rows: list[list[str]]
    nomor: list[int]
    keterangan: str
    masalah: list[Masalah] = field(default_factory=list)
    bertipe: bool = False
    atas: list[list[str]] = field(default_factory=list)
    pertanyaan: list[Pertanyaan] = field(default_factory=list)
    tentang: KepalaBerkas | None = None

    def has(self, kunci: str) -> bool:
        """Is this column in the file?"""
        return kunci in self.kepala.posisi

    def column(self, kunci: str) -> list[str]:
        """The cells of one column, stripped except typed numbers; empty texts when it is not in the file."""
        position = self.kepala.posisi.get(kunci)
        if position is None:
            return [""] * len(self.rows)
        if self.bertipe:
            return [_strip(row[position]) for row in self.rows]
        return [row[position].strip() for row in self.rows]

    def title(self, kunci: str) -> str:
        """The header of a column as the file writes it."""
        return self.kepala.judul[self.kepala.posisi[kunci]] if self.has(kunci) else kunci

    def say(
        self, tingkat: Tingkat, aturan: str, index: int, kunci: str, pesan: str, perbaikan: str = "", nilai: str = ""
    ) -> None:
        """Note a finding about the row at ``index`` in the column ``kunci``."""
        place = self.kepala.posisi.get(kunci)
        title = self.title(kunci) if kunci else ""
        self.masalah.append(Masalah(tingkat, aturan, pesan, perbaikan, self.nomor[index], place, title, nilai))

    def gaya(self, kunci: str, values: Sequence[str], answer: Gaya | None = None) -> Gaya | None:
        """Decide how a column writes numbers; an ambiguous column is a Galat that shows both readings."""
        verdict = decide(values, answer)
        if verdict.ragu:
            self._ask(kunci, verdict.ragu, verdict.campur)
        return verdict.gaya

    def use_headers(self, places: Mapping[str, int]) -> None:
        """Take columns into use after all (one per year, say): they leave the note about ignored columns."""
        self.kepala.posisi.update(places)
        used = set(places.values())
        ignored = [title for title, at in self.kepala.lain.items() if at not in used]
        self.masalah[:] = [found for found in self.masalah if found.aturan != "kolom_diabaikan"]
        if ignored:
            message = f"{len(ignored)} kolom tidak dipakai: {', '.join(ignored)}."
            self.masalah.append(Masalah(Tingkat.INFO, "kolom_diabaikan", message))

    def _ask(self, kunci: str, doubtful: list[str], mixed: bool) -> None:
        totals = readings(doubtful)
        place, title = self.kepala.posisi.get(kunci), self.title(kunci)
        self.pertanyaan.append(Pertanyaan(kunci, title, place, len(doubtful), doubtful[0], *totals))
        indonesian, english = (written(total) for total in totals)
        why = "kolom ini memakai koma dan titik desimal sekaligus" if mixed else "tidak ada angka lain yang memutuskan"
        self.masalah.append(
            Masalah(
                Tingkat.GALAT,
                "angka_ragu",
                f"{len(doubtful)} angka dapat dibaca dua cara ({why}): "
                f"cara Indonesia jumlahnya {indonesian}, cara Inggris {english}.",
                "Tulis tanpa titik atau koma ribuan, atau pilih cara bacanya: Indonesia atau Inggris.",
                None,
                place,
                title,
                doubtful[0],
            )
        )


def read_table(content: bytes, file_name: str, columns: Sequence[Kolom], batas: Batas, pad: bool = False) -> Tabel:
    """The table in a CSV or XLSX file. Raises TidakTerbaca when the file as a whole cannot be read; everything
    else is in the table's ``masalah``. ``pad``: rows may end early (a declared mapping whose source does that)."""
    sheet = _sheet(content, file_name, columns, batas)
    head = read_header(sheet.rows, columns, sheet.nomor)
    table = Tabel(head, [], [], sheet.keterangan, [*sheet.masalah, *head.masalah], sheet.bertipe)
    table.tentang = describe(head, columns, sheet.nomor)
    table.atas = sheet.rows[: head.baris]
    if not head.judul:
        return table
    if len(head.judul) > batas.kolom:
        raise TidakTerbaca(
            "terlalu_banyak_kolom",
            f"Berkas memuat {len(head.judul)} kolom; paling banyak {batas.kolom}.",
            "Hapus kolom yang tidak dipakai.",
        )
    if pad:
        _pad(table, sheet)
    _take_rows(table, sheet, batas)
    for column in columns if table.bertipe else ():
        if column.kode:
            _refuse_numbers(table, column.kunci)
    return table


def numbers(gaya: Gaya | None, values: Sequence[str]) -> dict[str, Decimal | AngkaSalah]:
    """Each distinct text of a column → its Decimal, or the AngkaSalah that says why it has none."""
    found: dict[str, Decimal | AngkaSalah] = {}
    for text in values:
        if text and text not in found:
            try:
                found[text] = parse(text, gaya)
            except AngkaSalah as error:
                found[text] = error
    return found


def _sheet(content: bytes, file_name: str, columns: Sequence[Kolom], batas: Batas) -> Lembar:
    ending = PurePath(file_name.lower()).suffix
    if not content.strip():
        raise TidakTerbaca("berkas_kosong", "Berkas kosong.", "Periksa apakah berkasnya benar.")
    if len(content) > batas.ukuran:
        size = f"{len(content) / 2**20:.1f} MB; paling besar {batas.ukuran // 2**20} MB"
        raise TidakTerbaca("terlalu_besar", f"Ukuran berkas {size}.", "Bagi menjadi beberapa berkas.")
    if ending == ".xlsx":
        _refuse_no_zip(content)
        return read_xlsx(content, columns, batas)
    if ending not in TEXT_ENDINGS:
        raise TidakTerbaca("jenis_ditolak", f"Berkas {ending or 'tanpa akhiran'} tidak diterima.", _RESAVE)
    if content.startswith((_ZIP, _OLE2, _PDF)):
        raise TidakTerbaca("isi_bukan_teks", f"Nama berkas {ending}, tetapi isinya bukan teks CSV.", _RESAVE)
    return read_text(content, columns, batas.baris)


def _refuse_no_zip(content: bytes) -> None:
    if content.startswith(_OLE2) and _ENCRYPTED in content:
        raise TidakTerbaca("xlsx_sandi", "Berkas XLSX ini diberi sandi.", "Hapus sandinya, simpan, lalu coba lagi.")
    if content.startswith(_OLE2):
        raise TidakTerbaca("isi_xls", "Nama berkas .xlsx, tetapi isinya Excel lama (.xls).", _RESAVE)
    if not content.startswith(_ZIP):
        raise TidakTerbaca("isi_bukan_xlsx", "Nama berkas .xlsx, tetapi isinya bukan XLSX.", _RESAVE)


def _take_rows(table: Tabel, sheet: Lembar, batas: Batas) -> None:
    first = table.kepala.baris + 1
    _drop_blank_titles(table, {len(row) for row in sheet.rows[first:] if row})
    width = len(table.kepala.judul)
    for row, number in zip(sheet.rows[first:], sheet.nomor[first:], strict=True):
        if not any(row) or not any(cell.strip() for cell in row):
            continue
        if len(row) != width:
            table.masalah.append(_wrong_width(number, len(row), width))
        elif no_data := _no_data(row, table.kepala.judul):
            table.masalah.append(Masalah(Tingkat.INFO, no_data[0], no_data[1], "", number))
        else:
            table.rows.append(row)
            table.nomor.append(number)
            if len(max(row, key=len)) > batas.huruf:
                _say_long(table, row, batas.huruf)
    if len(table.rows) > batas.baris:
        raise TidakTerbaca(
            "terlalu_banyak_baris", f"Berkas memuat lebih dari {batas.baris} baris.", "Bagi menjadi beberapa berkas."
        )
    if not table.rows and not any(m.aturan == "lebar_baris" for m in table.masalah):
        table.masalah.append(Masalah(Tingkat.GALAT, "tanpa_baris", "Tidak ada baris data.", "Isi lalu coba lagi."))


def _drop_blank_titles(table: Tabel, widths: set[int]) -> None:
    """A header that ends in delimiters which no row has: the ends mean nothing."""
    titles = table.kepala.judul
    while widths and len(titles) > max(widths) and not titles[-1]:
        titles.pop()


def _refuse_numbers(table: Tabel, kunci: str) -> None:
    """A code that a spreadsheet holds as a number has lost its zeros: 1.10 is 1.1 there."""
    for index, text in enumerate(table.column(kunci)):
        if isinstance(text, Bertipe) and "." in text:
            message = "adalah angka di Excel, padahal kode: nol di ujungnya hilang."
            hint = "Format selnya sebagai Teks, lalu tulis ulang kodenya."
            table.say(Tingkat.GALAT, "kode_angka", index, kunci, message, hint, text)


def _pad(table: Tabel, sheet: Lembar) -> None:
    width, first = len([title for title in table.kepala.judul if title]), table.kepala.baris + 1
    short = [row for row in sheet.rows[first:] if 1 < len(row) < width]
    for row in short:
        row += [""] * (width - len(row))
    if short:
        message = f"{len(short)} baris berakhir sebelum kolom terakhir; sisanya dibaca kosong."
        table.masalah.append(Masalah(Tingkat.INFO, "baris_pendek", message))


def _no_data(row: list[str], titles: list[str]) -> tuple[str, str] | None:
    """(rule, sentence) of a row that only looks like data: a total, or the header printed again on a new page."""
    if row[0].strip().casefold() in _TOTALS or _is_total(row):
        return "baris_jumlah", "Baris jumlah tidak ikut dibaca."
    if row[0].strip() == titles[0] and [cell.strip() for cell in row] == titles:
        return "judul_berulang", "Baris judul berulang tidak ikut dibaca."
    return None


def _is_total(row: list[str]) -> bool:
    """A total row whose label stands further right: the first cell that is not empty says so."""
    if row[0]:
        return False
    return next((cell.strip().casefold() for cell in row if cell.strip()), "") in _TOTALS


def _wrong_width(number: int, got: int, width: int) -> Masalah:
    what = "lebih banyak" if got > width else "lebih sedikit"
    return Masalah(
        Tingkat.GALAT,
        "lebar_baris",
        f"berisi {got} sel, {what} daripada judul ({width}).",
        "Periksa pemisah atau tanda kutip di baris ini; teks yang memuat pemisah harus diapit tanda kutip.",
        number,
    )


def _say_long(table: Tabel, row: list[str], limit: int) -> None:
    for position, cell in enumerate(row):
        if len(cell) > limit:
            title = table.kepala.judul[position]
            message = f"berisi {len(cell)} huruf; paling banyak {limit}."
            table.masalah.append(
                Masalah(
                    Tingkat.GALAT, "sel_terlalu_panjang", message, "Ringkas isinya.", table.nomor[-1], position, title
                )
            )


def _strip(cell: str) -> str:
    """Typed numbers have no spaces and must keep their type."""
    return cell if type(cell) is not str else cell.strip()
