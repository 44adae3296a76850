"""The receipt: its words, and that it is one repeatable PDF."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from reports.cetak import DRAWN, FONTS, drawable, qr_svg
from reports.tanda_terima import HASH, TandaTerima, grouped, receipt_lines, receipt_pdf

NBSP = "\u00a0"
DIGEST = hashlib.sha256(b"berkas").hexdigest()


@pytest.fixture
def data() -> TandaTerima:
    return TandaTerima(
        nomor="1671-2026-3-0047",
        pemda_nama="Kota Palembang",
        opd_kode="1.03.0.00.0.00.01.0000",
        opd_nama="Dinas PUPR",
        tahun=2026,
        tw=3,
        diterima=datetime(2026, 10, 14, 17, 30, tzinfo=UTC),
        nama_berkas="pupr_tw3_2026.xlsx",
        sha256=DIGEST,
        baris=1220,
        terisi=214,
        nihil=6,
        total_rp=48_213_450_120,
        oleh="Operator Dinas PUPR",
        hari_terlambat=0,
        alamat="https://monev.contoh.go.id/periksa/1671-2026-3-0047",
    )


def test_says_everything_in_the_citys_clock(data: TandaTerima) -> None:
    said = {name: value.replace(NBSP, " ") for name, value in receipt_lines(data)}
    assert said == {
        "Nomor tanda terima": "1671-2026-3-0047",
        "Perangkat daerah": "Dinas PUPR (1.03.0.00.0.00.01.0000)",
        "Laporan": "TW III 2026",
        "Diterima": "15 Okt 2026 00.30 WIB",
        "Ketepatan": "Tepat waktu",
        "Dikirim dengan akun": "Operator Dinas PUPR",
        "Nama berkas": "pupr_tw3_2026.xlsx",
        "Isi": "1.220 baris, 214 terisi, 6 nihil",
        "Realisasi keuangan": "Rp 48.213.450.120",
        HASH: grouped(DIGEST),
    }
    assert grouped(DIGEST).replace(" ", "") == DIGEST


def test_says_how_late_and_against_which_deadline(data: TandaTerima) -> None:
    late = replace(data, hari_terlambat=3, tenggat=datetime(2026, 10, 14, 16, 59, 59, tzinfo=UTC))
    said = dict(receipt_lines(late))
    assert said["Ketepatan"].replace(NBSP, " ") == "Terlambat 3 hari (batas Rabu, 14 Okt 2026 23.59 WIB)"


def test_the_same_receipt_is_the_same_file(data: TandaTerima) -> None:
    made = receipt_pdf(data)
    assert made.startswith(b"%PDF")
    assert made == receipt_pdf(data)
    assert made != receipt_pdf(replace(data, contoh=True))


@pytest.mark.parametrize(
    "name",
    [
        '#read("/etc/passwd")',
        "$x$ *tebal* _miring_ <a> @b",
        "\\ \" ' ] [ {",
        "x" * 200,
        "数 \u0635 \x00 \n \U0001f600 e\u0301",
    ],
)
def test_a_file_name_is_only_words(data: TandaTerima, name: str) -> None:
    assert receipt_pdf(replace(data, nama_berkas=name)).startswith(b"%PDF")


def test_every_letter_it_claims_can_be_drawn(data: TandaTerima) -> None:
    letters = "".join(sorted(DRAWN))
    assert drawable(letters) == letters
    assert receipt_pdf(replace(data, nama_berkas=letters)).startswith(b"%PDF")
    assert drawable("e\u0301 数\n") == "é ??"


def test_brings_its_own_letters() -> None:
    assert FONTS.families() == ["Monev Sans", "Monev Serif"]


def test_the_qr_code_is_a_drawing(data: TandaTerima) -> None:
    assert qr_svg(data.alamat).startswith("<svg")
    assert qr_svg(data.alamat) != qr_svg(data.alamat + "x")
