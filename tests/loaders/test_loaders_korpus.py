"""The corpus of bad files: each gets its message, stores nothing, and costs next to nothing.

Every entry is a file somebody may send as a report form: (id, file name, content, rule, words of the sentence).
"""

import io
import random
import time
import zipfile
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import openpyxl
import pytest

from data.formulir import TANDA, VERSI
from loaders import Hasil, Tingkat
from tests.loaders.formulir_uji import (
    AKIP,
    OPD,
    SUB,
    SUB2,
    TITLES,
    as_csv,
    as_xlsx,
    form,
    form_rows,
    keuangan,
    kinerja,
    workbook,
)

IBU = f"{SUB}#1"
PUPR = "1.03.0.00.0.00.01.0000"
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MB = 1024 * 1024
SECONDS = 10
"""Far below the 60 s a check may take, far above what any of these takes."""


class Buruk(NamedTuple):
    """One bad file."""

    id: str
    content: bytes
    aturan: str
    kata: str
    nama: str = "laporan.csv"


def text(name: str, content: str, aturan: str, kata: str) -> Buruk:
    return Buruk(name, content.encode(), aturan, kata)


def sheet(name: str, content: bytes, aturan: str, kata: str) -> Buruk:
    return Buruk(name, content, aturan, kata, "laporan.xlsx")


def cell(name: str, kode: str, kunci: str, value: Any, aturan: str, kata: str) -> Buruk:
    """A faultless form but for one cell."""
    return text(name, form(ubah={kode: {kunci: value}}), aturan, kata)


def zipped(entries: dict[str, bytes] | list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items() if isinstance(entries, dict) else entries:
            archive.writestr(name, content)
    return out.getvalue()


def rezipped(change: Callable[[dict[str, bytes]], None]) -> bytes:
    """A faultless workbook whose parts were changed."""
    with zipfile.ZipFile(io.BytesIO(as_xlsx(form_rows()))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    return zipped(parts)


def with_part(name: str, content: bytes) -> bytes:
    return rezipped(lambda parts: parts.update({name: content}))


def replaced(name: str, old: bytes, new: bytes) -> bytes:
    return rezipped(lambda parts: parts.update({name: parts[name].replace(old, new, 1)}))


def edited(*cells: tuple[str, Any]) -> bytes:
    """A faultless workbook, some cells written by openpyxl (which stores no results of formulas)."""
    book = openpyxl.Workbook()
    page: Any = book.active
    for line in form_rows():
        page.append(line)
    for place, value in cells:
        page[place] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_line(at: int, line: list[Any]) -> str:
    lines = form_rows()
    lines.insert(at, line)
    return "\n".join(";".join(str(value) for value in each) for each in lines) + "\n"


def without_column(title: str) -> str:
    at = TITLES.index(title)
    return as_csv([[*line[:at], *line[at + 1 :]] for line in form_rows()])


def far_cell(book: Any) -> None:
    page = book.add_worksheet()
    for at, line in enumerate(form_rows()):
        page.write_row(at, 0, line)
    page.write(1_048_575, 16_383, "jauh")


def hidden_sheet(book: Any) -> None:
    book.add_worksheet("Kosong").write(0, 0, "Data ada di lembar lain")
    page = book.add_worksheet("Laporan")
    for at, line in enumerate(form_rows()):
        page.write_row(at, 0, line)
    page.hide()


def merged_answers(book: Any) -> None:
    page = book.add_worksheet("Laporan")
    for at, line in enumerate(form_rows(ubah={SUB: {"fisik": 101}})):
        page.write_row(at, 0, line)
    page.merge_range("A20:C21", "catatan")


DOCTYPE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
LAUGHS = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
XML = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def wrong_files() -> Iterator[Buruk]:
    yield Buruk("kosong", b"", "berkas_kosong", "Berkas kosong")
    yield Buruk("hanya-spasi", b" \r\n \n", "berkas_kosong", "Berkas kosong")
    yield Buruk("hanya-bom", b"\xef\xbb\xbf", "judul_tidak_ditemukan", "Judul kolom tidak ditemukan")
    yield Buruk("pdf-bernama-csv", b"%PDF-1.7\n%abc", "isi_bukan_teks", "bukan teks CSV")
    yield sheet("pdf-bernama-xlsx", b"%PDF-1.7\n%abc", "isi_bukan_xlsx", "bukan XLSX")
    yield Buruk("pdf", b"%PDF-1.7\n", "jenis_ditolak", "Berkas .pdf tidak diterima", "laporan.pdf")
    yield Buruk("png-bernama-csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "bukan_teks", "bukan teks")
    yield sheet("png-bernama-xlsx", b"\x89PNG\r\n\x1a\n\x00\x00", "isi_bukan_xlsx", "bukan XLSX")
    yield Buruk("exe-bernama-csv", b"MZ\x90\x00\x03\x00\x00\x00", "bukan_teks", "bukan teks")
    yield sheet("exe-bernama-xlsx", b"MZ\x90\x00\x03\x00\x00\x00", "isi_bukan_xlsx", "bukan XLSX")
    yield Buruk("xls", OLE2 + b"\x00" * 512, "jenis_ditolak", "Berkas .xls tidak diterima", "laporan.xls")
    yield Buruk("xlsm", zipped({"a": b"b"}), "jenis_ditolak", "Berkas .xlsm tidak diterima", "laporan.xlsm")
    yield Buruk("ods", zipped({"a": b"b"}), "jenis_ditolak", "Berkas .ods tidak diterima", "laporan.ods")
    yield Buruk("tanpa-akhiran", b"a;b\n", "jenis_ditolak", "tanpa akhiran tidak diterima", "laporan")
    yield Buruk("xlsx-bernama-csv", as_xlsx(form_rows()), "isi_bukan_teks", "bukan teks CSV")
    yield sheet("csv-bernama-xlsx", form().encode(), "isi_bukan_xlsx", "bukan XLSX")
    yield sheet("xls-bernama-xlsx", OLE2 + b"\x00" * 512, "isi_xls", "Excel lama")
    sealed = OLE2 + b"\x00" * 512 + "EncryptedPackage".encode("utf-16-le")
    yield sheet("xlsx-bersandi", sealed, "xlsx_sandi", "diberi sandi")
    ods = zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"})
    yield sheet("ods-bernama-xlsx", ods, "isi_ods", "isinya ODS")
    yield sheet("docx-bernama-xlsx", zipped({"word/document.xml": b"<a/>"}), "xlsx_rusak", "tidak dapat dibuka")
    yield sheet("lebih-dari-5-mb", b"PK\x03\x04" + b"\x00" * 5 * MB, "terlalu_besar", "paling besar 5 MB")
    yield text("csv-lebih-dari-5-mb", "a" * (5 * MB + 1), "terlalu_besar", "paling besar 5 MB")


def hostile_zips() -> Iterator[Buruk]:
    yield sheet("bom-nisbah", with_part("xl/media/a.bin", b"0" * 30 * MB), "xlsx_terlalu_besar", "membesar melebihi")
    noise = random.Random(1).randbytes(20_000) + b"0" * MB  # shrinks to a fiftieth: within the ratio
    big = zipped([(f"x{n}.bin", noise) for n in range(60)] + [("xl/workbook.xml", b"<a/>")])
    yield sheet("bom-terurai", big, "xlsx_terlalu_besar", "membesar melebihi")
    many = zipped({f"e{n}": b"" for n in range(201)})
    yield sheet("bom-entri", many, "xlsx_terlalu_besar", "201 bagian")
    yield sheet("bom-sel-jauh", workbook(far_cell), "xlsx_terlalu_besar", "sel sangat jauh")
    yield sheet("lintas-folder", with_part("../../etc/passwd", b"x"), "xlsx_nama_bagian", "bernama aneh")
    yield sheet("jalur-mutlak", with_part("/tmp/a", b"x"), "xlsx_nama_bagian", "bernama aneh")
    yield sheet("garis-miring-terbalik", with_part("..\\a.xml", b"x"), "xlsx_nama_bagian", "bernama aneh")
    twice = with_part("XL/WORKBOOK.XML", b"<a/>")
    yield sheet("bagian-ganda", twice, "xlsx_bagian_ganda", "nama yang sama")
    xxe = replaced("xl/sharedStrings.xml", XML, XML + DOCTYPE)
    yield sheet("xxe-sharedstrings", xxe, "xlsx_entitas", "deklarasi XML")
    yield sheet("xxe-sheet", replaced("xl/worksheets/sheet1.xml", XML, XML + DOCTYPE), "xlsx_entitas", "deklarasi XML")
    yield sheet("xxe-rels", replaced("xl/_rels/workbook.xml.rels", XML, XML + DOCTYPE), "xlsx_entitas", "deklarasi")
    yield sheet("xxe-utf16", with_part("xl/a.xml", DOCTYPE.decode().encode("utf-16")), "xlsx_entitas", "deklarasi")
    yield sheet("seribu-tawa", replaced("xl/workbook.xml", XML, XML + LAUGHS), "xlsx_entitas", "deklarasi XML")
    yield sheet("makro-bernama-xlsx", with_part("xl/vbaProject.bin", b"x"), "makro", "memuat makro")
    yield sheet("zip-terpotong", as_xlsx(form_rows())[:2000], "xlsx_rusak", "tidak dapat dibuka")
    broken = rezipped(lambda parts: parts.update({"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row>"}))
    yield sheet("lembar-rusak", broken, "xlsx_rusak", "tidak dapat dibuka")
    yield sheet("lembar-tersembunyi", workbook(hidden_sheet), "judul_tidak_ditemukan", "tidak ditemukan")


def broken_texts() -> Iterator[Buruk]:
    yield text("hanya-judul", as_csv([TITLES]), "tanpa_baris", "Tidak ada baris data")
    yield text("tanpa-judul", as_csv(form_rows()[2:]), "judul_tidak_ditemukan", "tidak ditemukan")
    yield text("judul-di-baris-25", "\n" * 24 + form(), "judul_tidak_ditemukan", "20 baris pertama")
    yield text("kolom-kurang", without_column("Realisasi triwulan ini"), "kolom_kurang", "Realisasi triwulan ini")
    double = [title if title != "Kendala" else "Realisasi triwulan ini" for title in TITLES]
    yield text("judul-ganda", form(judul=double), "judul_ganda", "ada 2 kali")
    yield text("sep-lalu-judul-lain", "sep=;\nnama;umur\nA;1\n", "judul_tidak_ditemukan", "nama, umur")
    yield text("kutip-tidak-tutup", form().replace("Jumlah ibu", '"Jumlah ibu'), "kutip_tidak_tutup", "tidak ditutup")
    swallowed = form().replace("Jumlah ibu", '"Jumlah ibu').replace("Nilai AKIP;", 'Nilai AKIP";')
    yield text("kutip-menelan-baris", swallowed, "kutip_menelan_baris", "memuat baris-baris lain")
    yield text("teks-sesudah-kutip", form().replace("Nilai AKIP", '"Nilai" AKIP'), "kutip_salah", "sesudah tanda kutip")
    yield text("baris-lebih-panjang", with_line(3, ["a"] * 14), "lebar_baris", "lebih banyak daripada judul")
    yield text("baris-lebih-pendek", with_line(3, ["a"] * 12), "lebar_baris", "lebih sedikit daripada judul")
    yield Buruk("utf16-tanpa-bom", form().encode("utf-16-le"), "bukan_teks", "bukan teks")
    wrong = form(ubah={IBU: {"realisasi": "x"}})
    yield Buruk("utf16-dengan-bom", ("\ufeff" + wrong).encode("utf-16-le"), "bukan_angka", "bukan angka")
    yield Buruk("utf16-terpotong", ("\ufeff" + wrong).encode("utf-16-le")[:-1], "bukan_teks", "bukan teks")
    marked = form(ubah={IBU: {"uraian": "Kafé", "realisasi": "\u20135x"}})
    yield Buruk("cp1252", marked.encode("cp1252"), "bukan_angka", "bukan angka")
    yield Buruk("latin-tak-bermakna", form().encode() + b"\x81\x8d\n", "bukan_teks", "bukan teks")
    yield Buruk("bom-lalu-bukan-utf8", b"\xef\xbb\xbf" + form().encode() + b"\xff\xfe", "bukan_teks", "bukan teks")
    yield Buruk("nul", form().replace("Jumlah", "Jum\x00lah").encode(), "bukan_teks", "bukan teks")
    nul16 = form().replace("Jumlah", "Jum\x00lah")
    yield Buruk("nul-dalam-utf16", ("\ufeff" + nul16).encode("utf-16-le"), "bukan_teks", "bukan teks")
    extra = [kinerja(f"9.{n}#1", "x") for n in range(20_001)]
    yield text("20001-baris", form(tanpa=[IBU, SUB], tambah=extra), "terlalu_banyak_baris", "lebih dari 20000 baris")
    wide = [[*line, *(["x"] * (61 - len(line)))] for line in form_rows()]
    yield text("61-kolom", as_csv(wide), "terlalu_banyak_kolom", "61 kolom; paling banyak 60")
    yield cell("2001-huruf", IBU, "kendala", "x" * 2001, "sel_terlalu_panjang", "2001 huruf; paling banyak 2000")


def wrong_owners() -> Iterator[Buruk]:
    for name, identity, aturan, kata in (
        ("templat-opd-lain", (TANDA, VERSI, PUPR, 2026, 2), "templat_opd_lain", "milik OPD Dinas PUPR"),
        ("templat-tahun-lalu", (TANDA, VERSI, OPD, 2025, 2), "templat_tahun_lain", "untuk tahun 2025"),
        ("templat-tw-lain", (TANDA, VERSI, OPD, 2026, 3), "templat_tw_lain", "untuk TW III"),
        ("templat-versi-lain", (TANDA, 0, OPD, 2026, 2), "versi_templat", "Unduh templat terbaru"),
        ("templat-versi-rusak", (TANDA, "satu", OPD, 2026, 2), "versi_templat", "Versi templat ini satu"),
    ):
        yield text(name, form(tanda=identity), aturan, kata)
    yield text("baris-ganda", form(tambah=[keuangan(SUB)]), "duplikat", "sudah ada di baris 4")
    yield text("kode-tidak-dikenal", form(tambah=[keuangan("9.99")]), "kode_tidak_dikenal", "tidak ada di rencana")
    yield text("kode-opd-lain", form(tambah=[kinerja("1.03.02#1", "Jalan")]), "opd_lain", "milik OPD lain")
    yield text("kode-kosong", form(tambah=[keuangan("")]), "kode_kosong", "Kode kosong")
    yield text("kode-nol-depan-hilang", form(tambah=[keuangan("1.2.02.2.02.0001")]), "kode_rusak", "nolnya hilang")
    yield text("kode-nol-belakang-hilang", form(tambah=[keuangan("1.02.02.2.02.1")]), "kode_rusak", SUB)
    yield text("kode-tanggal", form(tambah=[keuangan("1.02.2026")]), "kode_tanggal", "tanggal")
    yield text("kode-bulan", form(tambah=[keuangan("2-Jan")]), "kode_tanggal", "tanggal")
    yield sheet("kode-angka-1.10", edited(("A4", 1.10)), "kode_angka", "angka di Excel")
    yield cell("kode-ref", SUB, "kode", "#REF!", "rumus_galat", "galat rumus Excel")
    yield cell("jenis-baris-salah", SUB, "baris", "Belanja", "jenis_baris", "bukan jenis baris")
    yield cell("jenis-baris-tertukar", SUB, "baris", "Kinerja", "jenis_baris", "adalah kode baris Keuangan")


def wrong_numbers() -> Iterator[Buruk]:
    for name, value, kata in (
        ("huruf-o", "1.5OO.000", "memuat huruf O"),
        ("pangkat", "1E+06", "memakai pangkat"),
        ("pangkat-koma", "1,5e6", "memakai pangkat"),
        ("garis-bawah", "1_000", "bukan angka"),
        ("nan", "nan", "bukan angka"),
        ("infinity", "infinity", "bukan angka"),
        ("minus-inf", "-inf", "bukan angka"),
        ("kuadrat", "²", "bukan angka"),
        ("angka-kuadrat", "5²", "bukan angka"),
        ("angka-arab", "١٢", "bukan angka"),
        ("angka-lebar-penuh", "１２", "bukan angka"),
        ("heksa", "0x10", "bukan angka"),
        ("kelompok-salah", "1.23.4", "bukan angka"),
        ("dua-minus", "--5", "bukan angka"),
        ("null", "null", "bukan angka"),
        ("kata", "belum ada", "bukan angka"),
        ("29-angka", "9" * 29, "terlalu panjang"),
    ):
        yield cell(f"angka-{name}", IBU, "realisasi", value, "bukan_angka", kata)
    for error, kata in (("#DIV/0!", "membagi dengan nol"), ("#REF!", "sudah dihapus"), ("#VALUE!", "bukan angka")):
        yield cell(f"rumus-{error[1:4].lower()}", SUB, "bulan_1", error, "rumus_galat", kata)
    yield cell("rumus-di-kendala", SUB, "kendala", "#NAME?", "rumus_galat", "bukan teks")
    yield sheet("rumus-belum-dihitung", edited(("G3", "=20+5")), "rumus_galat", "belum dihitung")
    yield sheet("rumus-uang-belum-dihitung", edited(("H4", "=SUM(1,2)")), "rumus_galat", "belum dihitung")
    error_cell = replaced("xl/worksheets/sheet1.xml", b'<c r="G3"><v>25</v></c>', b'<c r="G3" t="e"><v>#N/A</v></c>')
    yield sheet("rumus-na-xlsx", error_cell, "rumus_galat", "tidak ada")
    yield cell("angka-ragu", SUB, "bulan_1", "1.234", "angka_ragu", "dapat dibaca dua cara")
    yield cell("fisik-minus", SUB, "fisik", "-1", "fisik_di_luar_batas", "0 sampai 100")
    yield cell("fisik-di-atas-100", SUB, "fisik", "100,5", "fisik_di_luar_batas", "0 sampai 100")
    yield cell("uang-kuadriliun", SUB, "bulan_1", "9" * 17, "uang_terlalu_besar", "terlalu besar")
    yield cell("nihil-tanpa-sebab", IBU, "realisasi", "nihil", "nihil_tanpa_keterangan", "Keterangan")
    yield cell("nihil-di-uang", SUB, "bulan_2", "nihil", "nihil_keuangan", "Tulis 0")
    yield cell("uang-di-baris-kinerja", AKIP, "bulan_1", 5, "salah_kolom", "untuk baris Keuangan")
    yield cell("kinerja-di-baris-uang", SUB2, "realisasi", 5, "salah_kolom", "untuk baris Kinerja")
    yield sheet("sel-gabungan-dan-salah", workbook(merged_answers), "fisik_di_luar_batas", "0 sampai 100")


CORPUS = [*wrong_files(), *hostile_zips(), *broken_texts(), *wrong_owners(), *wrong_numbers()]


@pytest.mark.parametrize("buruk", CORPUS, ids=lambda one: one.id)
def test_bad_file(laporan: Callable[..., Hasil], buruk: Buruk) -> None:
    started = time.process_time()
    hasil = laporan(buruk.content, buruk.nama)
    took = time.process_time() - started
    found = {m.aturan: m for m in hasil.masalah if m.tingkat is Tingkat.GALAT and m.aturan == buruk.aturan}
    said = [m.kalimat() for m in hasil.masalah if m.tingkat is Tingkat.GALAT]
    assert said
    assert found, said
    assert any(buruk.kata in sentence for sentence in said), said
    assert hasil.muatan == type(hasil.muatan)()
    assert not hasil.boleh_disimpan
    assert took < SECONDS


def test_the_corpus_is_large_and_every_id_is_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\nkorpus berkas buruk: {len(CORPUS)} berkas")  # noqa: T201 - the count is the point
    assert len({one.id for one in CORPUS}) == len(CORPUS) >= 60


def damaged(content: bytes, rng: random.Random) -> bytes:
    """A few bytes changed, taken out, put in or repeated."""
    found = bytearray(content)
    for _ in range(rng.randint(1, 6)):
        at, other = rng.randrange(len(found)), rng.randrange(len(found))
        cut, piece = rng.choice(
            [
                (1, bytes([rng.randrange(256)])),
                (rng.randint(1, 20), b""),
                (0, bytes(rng.choice(b';"\n,\x00\xff<>&0123456789-#=') for _ in range(4))),
                (0, bytes(found[other : other + 40])),
            ]
        )
        found[at : at + cut] = piece
    return bytes(found)


def damaged_part(content: bytes, rng: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = rng.choice(list(parts))
    return zipped(parts | {name: damaged(parts[name], rng)})


@pytest.mark.parametrize("seed", range(5))
def test_files_damaged_at_random_are_answered_never_a_crash(laporan: Callable[..., Hasil], seed: int) -> None:
    rng = random.Random(seed)
    book, plain = as_xlsx(form_rows()), form().encode()
    for _ in range(60):
        assert laporan(damaged(plain, rng)).sha256
        assert laporan(damaged(book, rng), "laporan.xlsx").sha256
        assert laporan(damaged_part(book, rng), "laporan.xlsx").sha256


def test_a_bomb_of_282_kb_is_refused_in_no_time(laporan: Callable[..., Hasil]) -> None:
    cells = b'<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>' * 1_300_000
    bomb = with_part("xl/worksheets/sheet1.xml", b"<worksheet><sheetData>" + cells + b"</sheetData></worksheet>")
    started = time.process_time()
    hasil = laporan(bomb, "laporan.xlsx")
    assert len(bomb) < 300_000
    assert [m.aturan for m in hasil.masalah] == ["xlsx_terlalu_besar"]
    assert time.process_time() - started < 2


def test_every_bad_file_apart_costs_no_more_than_the_limits_and_says_the_same(laporan: Callable[..., Hasil]) -> None:
    from data.words import JenisBerkas
    from loaders import Konteks
    from loaders.terpisah import check_apart

    for one in CORPUS:
        if one.id in {"bom-nisbah", "bom-terurai", "bom-sel-jauh", "20001-baris", "seribu-tawa", "lembar-rusak"}:
            konteks = Konteks(JenisBerkas.LAPORAN, OPD, 2026, 2)
            hasil = check_apart(one.content, one.nama, konteks)
            assert not {m.aturan for m in hasil.masalah} & {"terlalu_berat", "pemeriksaan_terhenti"}, one.id
            assert not hasil.boleh_disimpan
