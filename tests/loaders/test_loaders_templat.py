"""Our own templates: indikator and keuangan."""

import io
from collections.abc import Callable
from decimal import Decimal

import pytest
import xlsxwriter

from data.words import JenisBerkas
from loaders import Hasil, Tingkat
from loaders.angka import Gaya

OPD = "1.02.0.00.0.00.01.0000"
SUB = "1.02.02.2.02.0001"
SUB2 = "1.02.02.2.02.0002"
HEAD = "kode;indikator;satuan;target;realisasi;keterangan;kendala\n"
FULL = f"{HEAD}{SUB}#1;;Orang;100;18,5;;\n{SUB2}#1;;Orang;100;nihil;tidak ada;hujan\n1.02.02#1;Nilai AKIP;;BB;A;;\n"
MONEY = "kode;bulan;pagu;rak;realisasi;fisik\n"

Run = Callable[..., Hasil]
Count = Callable[[Hasil], dict[tuple[str, str], int]]


def uang(periksa: Run, rows: str, **more: object) -> Hasil:
    return periksa(MONEY + rows, jenis=JenisBerkas.KEUANGAN, tw=None, **more)


def galat(hasil: Hasil) -> list[str]:
    return [m.aturan for m in hasil.masalah if m.tingkat is Tingkat.GALAT]


def konfirmasi(hasil: Hasil) -> list[str]:
    return [m.aturan for m in hasil.masalah if m.tingkat is Tingkat.KONFIRMASI]


def test_a_full_report(periksa: Run) -> None:
    hasil = periksa(FULL)
    assert hasil.boleh_disimpan
    assert not hasil.perlu_alasan
    rows = {row["indikator"]: row for row in hasil.muatan.realisasi}
    assert rows[f"{SUB}#1"]["nilai"] == Decimal("18.5")
    assert rows[f"{SUB}#1"]["periode"] == 2
    assert rows[f"{SUB2}#1"]["nihil"]
    assert rows[f"{SUB2}#1"]["nilai"] is None
    assert rows[f"{SUB2}#1"]["kendala"] == "hujan"
    assert rows["1.02.02#1"]["teks"] == "A"
    assert rows["1.02.02#1"]["baris"] == 4
    assert [row["keadaan"] for row in hasil.muatan.laporan] == ["terverifikasi"]


def test_node_code_and_name_find_the_indicator(periksa: Run) -> None:
    hasil = periksa(f"kode,indikator,realisasi\n{SUB},JUMLAH  ibu hamil dilayani,5\n")
    assert hasil.muatan.realisasi[0]["indikator"] == f"{SUB}#1"


def test_unknown_code_and_unknown_name(periksa: Run) -> None:
    hasil = periksa(f"kode,indikator,realisasi\n9.99.99,x,5\n{SUB},bukan nama,5\n,x,5\n")
    assert galat(hasil) == ["kode_tidak_dikenal", "indikator_tidak_dikenal", "kode_kosong"]
    assert not hasil.muatan.realisasi


def test_duplicate_names_both_rows(periksa: Run) -> None:
    hasil = periksa(f"kode,indikator,realisasi\n{SUB}#1,,5\n{SUB}#1,,6\n")
    found = next(m for m in hasil.masalah if m.aturan == "duplikat")
    assert found.baris == 3
    assert "baris 2" in found.pesan


def test_missing_rows_need_a_reason(periksa: Run) -> None:
    hasil = periksa(f"kode,indikator,realisasi\n{SUB}#1,,5\n")
    assert hasil.boleh_disimpan
    assert konfirmasi(hasil) == ["baris_kurang"] * 2


def test_rows_of_another_opd(periksa: Run) -> None:
    hasil = periksa(f"opd,kode,indikator,realisasi\n1.01.0.00.0.00.01.0000,{SUB}#1,,5\n{OPD},{SUB}#1,,5\n")
    assert galat(hasil) == ["opd_lain"]


def test_opd_column_serves_many_opd(periksa: Run) -> None:
    hasil = periksa(f"opd,kode,indikator,realisasi\n{OPD},{SUB}#1,,5\n1.99,x,,5\n1.99,y,,5\n", opd=None)
    assert galat(hasil) == ["rencana_belum_ada"]


def test_opd_must_be_named_somewhere(periksa: Run) -> None:
    assert galat(periksa("kode,indikator,realisasi\na,b,5\n", opd=None)) == ["opd_tidak_disebut"]


def test_period_must_be_named(periksa: Run) -> None:
    assert galat(periksa(FULL, tw=None)) == ["periode"]


def test_blank_is_not_zero(periksa: Run) -> None:
    hasil = periksa(f"{HEAD}{SUB}#1;;;;;;\n{SUB2}#1;;;;0;;\n")
    assert [row["nilai"] for row in hasil.muatan.realisasi] == [0]
    assert any(m.aturan == "belum_diisi" and m.baris == 2 for m in hasil.masalah)


def test_ambiguous_column_is_asked_once_with_both_totals(periksa: Run) -> None:
    text = f"{HEAD}{SUB}#1;;;;1.234;;\n{SUB2}#1;;;;2.000;;\n"
    hasil = periksa(text)
    assert galat(hasil) == ["angka_ragu"]
    message = next(m.pesan for m in hasil.masalah if m.aturan == "angka_ragu")
    assert "3.234" in message
    assert "3,234" in message
    answered = periksa(text, angka=Gaya.INDONESIA)
    assert [row["nilai"] for row in answered.muatan.realisasi] == [1234, 2000]


def test_a_target_in_the_file_never_replaces_the_stored_one(periksa: Run) -> None:
    hasil = periksa(f"{HEAD}{SUB}#1;;;250;5;;\n")
    assert not hasil.muatan.target
    assert any(m.aturan == "target_berbeda" for m in hasil.masalah)


def test_xlsx_twin(periksa: Run) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Isian")
        for at, line in enumerate(FULL.splitlines()):
            for column, text in enumerate(line.split(";")):
                sheet.write(at, column, 18.5 if text == "18,5" else text)
    hasil = periksa(out.getvalue(), "isi.xlsx")
    plain = periksa(FULL)
    strip = ("asli",)
    assert [{k: v for k, v in row.items() if k not in strip} for row in hasil.muatan.realisasi] == [
        {k: v for k, v in row.items() if k not in strip} for row in plain.muatan.realisasi
    ]


def test_money_per_month(periksa: Run) -> None:
    hasil = uang(periksa, f"{SUB};1;;2.000.000;1.500.000;10\n{SUB};Februari;;;500.000;12,5\n{SUB2};mar;;;0;0\n")
    assert hasil.boleh_disimpan, galat(hasil)
    assert [(r["bulan"], r["realisasi"], r["fisik"]) for r in hasil.muatan.keuangan] == [
        (1, 1_500_000, 10),
        (2, 500_000, Decimal("12.5")),
        (3, 0, 0),
    ]
    assert hasil.ringkasan["dibaca_sebagai"] == "per bulan"


def test_money_cumulative_becomes_months(periksa: Run) -> None:
    rows = f"{SUB};1;;;100;\n{SUB};2;;;250;\n{SUB};3;;;250;\n{SUB2};1;;;0;\n"
    hasil = uang(periksa, rows, kumulatif=True)
    assert [r["realisasi"] for r in hasil.muatan.keuangan] == [100, 150, 0, 0]
    assert not hasil.perlu_alasan


def test_money_that_looks_cumulative_is_asked_about(periksa: Run) -> None:
    rows = f"{SUB};1;;;100;\n{SUB};2;;;250;\n{SUB};3;;;300;\n{SUB2};1;;;0;\n"
    assert konfirmasi(uang(periksa, rows)) == ["kumulatif_atau_per_bulan"]
    assert konfirmasi(uang(periksa, rows, kumulatif=False)) == []


def test_cumulative_that_falls_is_flagged(periksa: Run) -> None:
    hasil = uang(periksa, f"{SUB};1;;;300;\n{SUB};2;;;250;\n{SUB2};1;;;0;\n", kumulatif=True)
    assert konfirmasi(hasil) == ["kumulatif_turun"]
    assert [r["realisasi"] for r in hasil.muatan.keuangan][:2] == [300, -50]


def test_spending_over_pagu(periksa: Run) -> None:
    hasil = uang(periksa, f"{SUB};1;;;9000000;\n{SUB};2;;;2000000;\n{SUB2};1;;;0;\n")
    assert konfirmasi(hasil) == ["realisasi_di_atas_pagu"]


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (f"{SUB};13;;;1;", "bulan"),
        (f"{SUB};Pebuari;;;1;", "bulan"),
        (f"{SUB};1;;;1;101", "fisik_di_luar_batas"),
        (f"{SUB};1;;;1;-1", "fisik_di_luar_batas"),
        ("1.02.02;1;;;1;", "kode_tidak_dikenal"),
        (f"{SUB};1;;;1e5;", "bukan_angka"),
        (f"{SUB};1;;;1;\n{SUB};Januari;;;2;", "duplikat"),
    ],
)
def test_money_galat(periksa: Run, row: str, rule: str) -> None:
    assert galat(uang(periksa, row + "\n")) == [rule]


def test_money_missing_rows(periksa: Run) -> None:
    assert konfirmasi(uang(periksa, f"{SUB};1;;;1;\n")) == ["baris_kurang"]


def test_money_needs_a_year(periksa: Run) -> None:
    assert galat(uang(periksa, f"{SUB};1;;;1;\n", tahun=None)) == ["periode"]


def test_yearly_own_headers(periksa: Run) -> None:
    text = (
        "opd;program;indikator;satuan;arah;tahun;target;realisasi\n"
        "Dinas Kesehatan;P1;Angka kematian bayi;orang;turun;2025;8,5;7\n"
        "Dinas Baru;P1;Indeks;;rentang;2025;4,1..4,5;4,2\n"
    )
    hasil = periksa(text, jenis=JenisBerkas.TAHUNAN, opd=None, tahun=None, tw=None)
    assert hasil.boleh_disimpan
    assert hasil.tahun == 2025
    assert [row["opd"] for row in hasil.muatan.node] == [OPD, "UMUM-dinas-baru"]
    assert [(t["nilai"], t["nilai_atas"]) for t in hasil.muatan.target] == [
        (Decimal("8.5"), None),
        (Decimal("4.1"), Decimal("4.5")),
    ]
    assert [r["periode"] for r in hasil.muatan.realisasi] == [4, 4]
    assert {row["tw"] for row in hasil.muatan.laporan} == {4}


def test_yearly_own_headers_galat(periksa: Run) -> None:
    rows = ("a;b;c;miring;2025;1;1", "a;b;c;naik;25;1;1", "a;b;;naik;2025;1;1")
    text = "\n".join(("opd;program;indikator;arah;tahun;target;realisasi", *rows))
    hasil = periksa(text, jenis=JenisBerkas.TAHUNAN, opd=None, tahun=None, tw=None)
    assert galat(hasil) == ["arah", "tahun", "isian_kosong"]
