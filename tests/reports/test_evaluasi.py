"""Forms E.81 and E.79 as files: what LibreOffice calculates, prints and shows; that no text of anybody is a formula."""

import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from html import unescape

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import insert

from data import tables
from data.engine import reading
from data.queries.evaluasi import e79_lines, e81_lines
from data.queries.evaluasi_kaki import Kaki, e79_footer, e81_footer
from data.queries.pejabat import Pejabat
from data.words import JenisBerkas
from loaders import Konteks, check, save
from reports import cetak
from reports.e79 import E79, code_cells, make_e79, make_e79_pdf
from reports.e81 import E81, FORM, make_e81, make_e81_pdf
from reports.evaluasi import notes, records, signature
from reports.evaluasi_rumus import average
from tests.data.evaluasi_uji import OPD, PEMDA, SUB, build

MADE = datetime(2026, 10, 22, tzinfo=UTC)
PUPR = "1.03.0.00.0.00.01.0000"
CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"[^>]*><f>([^<]*)</f><v>([^<]*)</v></c>')
FOOTER = [
    "Rata-rata capaian kinerja (%)",
    "Predikat kinerja",
    "Faktor pendorong keberhasilan kinerja",
    "Faktor penghambat pencapaian kinerja",
    "Tindak lanjut yang diperlukan dalam triwulan berikutnya",
    "Tindak lanjut yang diperlukan dalam Renja Perangkat Daerah berikutnya",
]


def sheet_xml(content):
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return file.read("xl/worksheets/sheet1.xml").decode()


def formulas(content):
    """(formula, cached value) by address."""
    return {at: (unescape(said), float(value)) for at, said, value in CELL.findall(sheet_xml(content))}


def without_values(content):
    """The same workbook with every calculated value taken out: whoever opens it has to calculate."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = re.sub(r"(</f>)<v>[^<]*</v>", r"\1", part.decode()).encode()
            new.writestr(name, part)
    return out.getvalue()


def grid(content):
    """All cells by address, as a reader without a calculator sees them."""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    return {f"{letters(at)}{line}": cell for line, row in enumerate(rows, 1) for at, cell in enumerate(row)}


def letters(at):
    return (chr(64 + at // 26) if at >= 26 else "") + chr(65 + at % 26)


@pytest.fixture
def small(sqlite_engine):
    return build(sqlite_engine)


@pytest.fixture
def form(small):
    """The lines of the small plan and whose form it is."""
    with reading(small) as conn:
        return e81_lines(conn, PEMDA, 2026, 2, OPD), E81(
            "Kota Uji", "Dinas Kesehatan", 2026, 2, e81_footer(conn, PEMDA, 2026, 2, OPD)
        )


def test_libreoffice_calculates_what_is_cached(city, libreoffice):
    """The second way: all values are taken out and LibreOffice finds the same ones again."""
    with reading(city) as conn:
        rows, footer = e81_lines(conn, PEMDA, 2026, 3, PUPR), e81_footer(conn, PEMDA, 2026, 3, PUPR)
    made = make_e81(rows, E81("Kota Palembang", "Dinas PUPR", 2026, 3, footer))
    ours, theirs = formulas(made), grid(libreoffice(without_values(made), "xlsx", "xlsx"))
    assert len(ours) > 500
    assert {said.split("(")[0].lstrip("=") for said, _ in ours.values()} >= {"SUM", "AVERAGE"}
    wrong = {at: (said, value, theirs[at]) for at, (said, value) in ours.items() if theirs[at] != pytest.approx(value)}
    assert wrong == {}


def test_the_columns_and_formulas_of_the_form(form):
    """By hand: the first sub kegiatan stands in line 16, its K of column 5 in E."""
    made = make_e81(*form)
    cells, found = grid(made), formulas(made)
    line = next(int(at[1:]) for at, cell in cells.items() if at[0] == "C" and str(cell).startswith(f"{SUB} "))
    assert [cells[f"{letter}{line}"] for letter in "EFGHIJKLMNOPQRSTUVWX"] == [
        40, 8_000, 2, 357, 10, 1_200, 2, 150, "nihil", 200, "", "", "", "", 2, 350, 4, 707, 10, 8.8375,
    ]  # fmt: skip
    assert found[f"S{line}"][0] == f"SUM(K{line})"  # nihil adds nothing
    assert found[f"T{line}"][0] == f"SUM(L{line},N{line})"
    assert found[f"U{line}"][0] == f"SUM(G{line},S{line})"
    assert found[f"X{line}"][0] == f"V{line}/F{line}*100"
    assert found[f"W{line + 1}"][0] == f"(2*E{line + 1}-U{line + 1})/E{line + 1}*100"
    numbers = [cell for at, cell in cells.items() if at.endswith("11") and cell != "" and len(at) < 5]
    assert numbers == [
        "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12 = 8+9+10+11", "13 = 6+12", "14 = 13/5×100",
        "15", "16",
    ]  # fmt: skip


def test_the_rows_beneath_in_their_order(form):
    cells = grid(make_e81(*form))
    said = [cell for at, cell in sorted(cells.items(), key=lambda one: int(one[0].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")))
            if cell in FOOTER]  # fmt: skip
    assert said == FOOTER
    text = "\n".join(str(cell) for cell in cells.values())
    assert re.search(r"Disusun\nUji, \.+\nKepala Dinas Kesehatan\n\n\n\n\(\.+\)\nNIP\. \.+", text)
    assert re.search(r"Dievaluasi\nUji, \.+\nKepala Bappeda\n", text)
    assert "Semua siap." in text


def test_the_sheet_is_ready_to_print(form):
    xml = sheet_xml(make_e81(*form))
    assert 'paperSize="8"' in xml  # A3
    assert 'orientation="landscape"' in xml
    assert 'fitToHeight="0"' in xml
    assert '<pane xSplit="3" ySplit="11"' in xml
    assert "Halaman &amp;P dari &amp;N" in xml
    with zipfile.ZipFile(io.BytesIO(make_e81(*form))) as file:
        assert "'Formulir E.81'!$8:$11" in file.read("xl/workbook.xml").decode()


def test_a_long_name_keeps_the_page_numbers(form):
    rows, whose = form
    xml = unescape(sheet_xml(make_e81(rows, replace(whose, opd_nama="Dinas & Balai & " * 20))))
    foot = re.search("<oddFooter>(.*)</oddFooter>", xml)[1]
    assert len(foot) <= 255
    assert "Halaman &P dari &N" in foot
    assert "TW II 2026" in foot


def test_no_text_of_anybody_is_a_formula(form):
    rows, whose = form
    bad = ["=HYPERLINK(1)", "+1", "@SUM(A1)", "\t=1", "-cmd", "\uff1d1"]
    for at, column in enumerate(("nama", "uraian", "satuan", "unit", "penanggung_jawab", "keterangan")):
        rows[column] = [bad[at] if text else text for text in rows[column]]
    rows.loc[rows.index[1], "k8"] = "=1+1"
    kaki = replace(whose.kaki, pendorong=bad[0], penghambat=bad[1], tindak_lanjut=bad[2])
    kaki = replace(kaki, penyusun=Pejabat(bad[0], bad[1], bad[2], bad[4]))
    made = make_e81(rows, replace(whose, opd_nama="=1", pemda_nama="=2", kaki=kaki))
    for said, _ in formulas(made).values():
        assert re.fullmatch(r'[-A-Z0-9:,()*/+.<>="]+', said)
        assert not re.search(r"HYPERLINK|cmd", said)
    assert xml_formula_count(made) == len(formulas(made))
    starts = [cell for cell in grid(made).values() if isinstance(cell, str) and cell[:1] in "=+@\t\uff1d" and cell]
    assert starts == []


def xml_formula_count(content):
    return sheet_xml(content).count("<f>") + sheet_xml(content).count("<f ")


def test_a_number_too_long_for_a_spreadsheet_stays_text(form):
    rows, whose = form
    at = rows.index[rows["indikator"] == f"{SUB}#2"][0]
    rows.at[at, "k8"] = Decimal("1234567890.1234567")
    rows.at[at, "k12"] = Decimal("1234567892.1234567")
    made = make_e81(rows, whose)
    assert "1234567890.1234567" in grid(made).values()
    assert "1234567892.1234567" in grid(made).values()


def test_the_mean_of_column_14_is_limited_by_the_setting():
    assert average("W12:W20", None) == '=SUMIF(W12:W20,">0")/COUNT(W12:W20)'
    assert average("W1:W2", Decimal(120)) == (
        '=(SUMIFS(W1:W2,W1:W2,">0",W1:W2,"<=120")+120*COUNTIF(W1:W2,">120"))/COUNT(W1:W2)'
    )


def test_the_note_says_what_is_missing(form):
    rows, whose = form
    told = " ".join(notes(records(rows), FORM, whose.isi()))
    assert "Tidak ada di Renstra Perangkat Daerah: 1 dari 5 indikator dan 2 dari 4 program" in told
    for column in ("k5", "rp5"):
        rows[column] = None
    late = replace(whose, kaki=Kaki())
    told = " ".join(notes(records(rows), FORM, late.isi()))
    assert "belum dimuat: kolom 5, 6 dan turunannya ditulis –" in told
    assert "belum diterima" in told


def test_quarters_of_those_who_are_silent_now_are_not_summed_again(form):
    """A formula over the quarters would bring back what the year so far leaves out."""
    rows, whose = form
    at = rows.index[(rows["kode"] == SUB) & (rows["nama"] != "")][0]
    line = int(at) + 12
    assert f"T{line}" in formulas(make_e81(rows, whose))
    rows.at[at, "rp12"], rows.at[at, "rp13"] = 150, 507
    made = make_e81(rows, whose)
    assert f"T{line}" not in formulas(made)
    assert grid(made)[f"T{line}"] == 150
    assert formulas(made)[f"V{line}"] == (f"SUM(H{line},T{line})", 507)


def test_the_note_names_who_has_not_reported(form):
    rows, whose = form
    for kinerja, uang, lines in ((("Bapenda", "BPBD"),) * 2 + (1,), (("Bapenda",), ("BPBD",), 2), ((), (), 0)):
        kaki = replace(whose.kaki, tanpa_kinerja=kinerja, tanpa_uang=uang)
        told = notes(records(rows), FORM, replace(whose, kaki=kaki).isi())
        said = [text for text in told if text.startswith("Belum melaporkan")]
        assert len(said) == lines
        assert all(name in " ".join(said) for name in (*kinerja, *uang))


def test_signatures_have_dots_where_nobody_is_known():
    office, name, rank, nip = signature(None, "Kepala Dinas")
    assert (office, rank) == ("Kepala Dinas", "")
    assert set(name) == {"(", ".", ")"}
    assert set(nip.removeprefix("NIP. ")) == {"."}
    assert signature(Pejabat("Camat", "Nama", "Pembina", "1"), "x") == ["Camat", "Nama", "Pembina", "NIP. 1"]


def test_the_pdf_is_tagged_and_repeatable(form, monkeypatch):
    said = []
    compiled = cetak.typst.compile
    monkeypatch.setattr(cetak.typst, "compile", lambda *a, **k: said.append(k) or compiled(*a, **k))
    made = make_e81_pdf(*form, MADE)
    assert made.startswith(b"%PDF")
    assert made == make_e81_pdf(*form, MADE)
    assert said[0]["pdf_standards"] == ["ua-1"]
    words = json.loads(said[0]["sys_inputs"]["isi"])
    assert [label for label, _ in words["kata"]] == FOOTER[2:]
    sub = next(line for line in words["baris"] if line["d"][2].startswith(SUB))
    assert sub["p"] == [
        "40", "8.000", "2", "357", "10", "1.200", "2", "150", "nihil", "200", "", "", "", "", "2", "350", "4", "707",
        "10,00", "8,84",
    ]  # fmt: skip
    assert sum(words["lebar"]) == pytest.approx(404, abs=0.5)


def test_the_pdf_takes_any_words(form):
    rows, whose = form
    rows["nama"] = ['#read("/etc/passwd") $x$ 数 \u0635' if text else text for text in rows["nama"]]
    rows["keterangan"] = "x" * 300
    assert make_e81_pdf(rows, whose, MADE).startswith(b"%PDF")


def test_the_form_of_the_whole_government(small):
    with reading(small) as conn:
        rows, footer = e79_lines(conn, PEMDA, 2026, 2), e79_footer(conn, PEMDA, 2026, 2)
    form = E79("Kota Uji", 2026, 2, footer)
    cells = grid(make_e79(rows, form))
    line = next(int(at[1:]) for at, cell in cells.items() if at[0] == "H" and cell == f"Nama {SUB}")
    assert [cells[f"{letter}{line}"] for letter in "CDEFG"] == ["1", "02", "02", "2.01", "0001"]
    text = "\n".join(str(cell) for cell in cells.values())
    for title in ("13 = 9+10+11+12", "14 = 7+13", "15 = 14/6×100", "Wali Kota Uji", "Target RPJMD"):
        assert title in text
    assert make_e79_pdf(rows, form, MADE).startswith(b"%PDF")


def test_a_code_in_five_cells():
    assert code_cells("1.02.02.2.02.0001") == ["1", "02", "02", "2.02", "0001"]
    assert code_cells("1.02") == ["1", "02", "", "", ""]
    assert code_cells("IKU") == ["IKU", "", "", "", ""]


def test_five_real_agencies_to_the_rupiah(sqlite_engine, shared_data):
    """The real plan of five agencies, and a real year of one of them quarter by quarter."""
    with sqlite_engine.begin() as conn:
        conn.execute(insert(tables.pemda), [{"kode": "17.03", "nama": "Kabupaten Bengkulu Utara", "contoh": False}])
    for name, jenis, tahun, tw in (
        ("realisasi_tw_2025_dinas_pendidikan_flat.csv", JenisBerkas.REALISASI_TW, 2025, 3),
        ("renja2026_5skpd.csv", JenisBerkas.RENJA, 2026, None),
    ):
        content = (shared_data / "bengkulu_utara" / name).read_bytes()
        konteks = Konteks(jenis=jenis, tahun=tahun, tw=tw, oleh="uji", alasan="diperiksa")
        hasil = check(content, name, konteks)
        if jenis is JenisBerkas.REALISASI_TW:
            spent = hasil.ringkasan["total_realisasi"]
        save(sqlite_engine, "17.03", hasil, konteks)
    planned = 0
    with reading(sqlite_engine) as conn:
        codes = [row.kode for row in conn.execute(tables.opd.select())]
        for opd in codes:
            rows = e81_lines(conn, "17.03", 2026, 1, opd)
            planned += sum(one for one in rows[rows["level"] == "program"]["rp7"] if one is not None)
            kaki = e81_footer(conn, "17.03", 2026, 1, opd)
            assert make_e81(rows, E81("Kabupaten Bengkulu Utara", opd, 2026, 1, kaki)).startswith(b"PK")
        past = e81_lines(conn, "17.03", 2025, 3, "1.01.2.22.0.00.01.0000")
    assert len(codes) == 5
    assert planned == 546_288_439_104
    assert sum(one for one in past[past["level"] == "program"]["rp12"] if one is not None) == spent
