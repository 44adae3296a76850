"""Amounts that no government has: every kind of file says so, and none reaches the database."""

from decimal import Decimal

import pytest

from data.words import JenisBerkas
from loaders import Dikenal, Konteks, Tingkat, check
from loaders.realisasi_tw import COLUMNS
from loaders.rupiah import LARGEST, whole_rupiah
from tests.loaders.conftest import OPD, SUB

KINDS = (JenisBerkas.RENJA, JenisBerkas.KEUANGAN, JenisBerkas.REALISASI_TW, JenisBerkas.RENSTRA)
HUGE, MOST = "9" * 19, str(LARGEST)
RENJA = {
    "tahun": "2026", "kode_urusan": "1", "nama_urusan": "Wajib", "kode_bidang_urusan": "1.02",
    "nama_bidang_urusan": "Kesehatan", "kode_skpd": OPD, "nama_skpd": "Dinas Kesehatan", "kode_program": "1.02.02",
    "nama_program": "Program", "kode_giat": "1.02.02.2.02", "nama_giat": "Kegiatan", "kode_sub_giat": SUB,
    "nama_sub_giat": "Sub", "tolak_ukur_capaian": "Nilai", "target_teks_capaian": "1 Unit", "satuan_capaian": "Unit",
    "tolok_ukur_sub": "Nilai", "target_sub_teks": "1 Unit", "satuan_sub": "Unit", "tolak_ukur_output": "Nilai",
    "target_teks_output": "1 Unit", "satuan_output": "Unit",
}  # fmt: skip
REALISASI = dict.fromkeys((column.kunci for column in COLUMNS if column.wajib), "1") | {
    "tahun": "2026", "kd0": OPD, "kd_bidang": "1.02", "kd_program": "1.02.02", "kd_kegiatan": "1.02.02.2.02",
    "kd_subkeg": SUB,
}  # fmt: skip


def csv(row: dict[str, str]) -> str:
    return f"{';'.join(row)}\n{';'.join(row.values())}\n"


def file_of(jenis: JenisBerkas, amount: str) -> str:
    if jenis is JenisBerkas.RENJA:
        return csv(RENJA | {"pagu": amount})
    if jenis is JenisBerkas.REALISASI_TW:
        return csv(REALISASI | {"rpz": amount})
    if jenis is JenisBerkas.KEUANGAN:
        return csv({"kode": SUB, "bulan": "1", "realisasi": "1", "rak": "1", "pagu": amount})
    head = {"periode_renstra": "2025-2029", "kode": SUB, "indikator": "Jumlah ibu hamil dilayani"}
    return csv(head | {"target_akhir": "5", "pagu_akhir": amount, "realisasi_lalu": "", "keuangan_lalu": ""})


@pytest.mark.parametrize("jenis", KINDS)
def test_an_amount_beyond_a_quadrillion_keeps_the_file_out(jenis: JenisBerkas, dikenal: Dikenal) -> None:
    konteks = Konteks(jenis, opd=OPD, tahun=2026, dikenal=dikenal, alasan="uji")

    def too_large(amount: str) -> list[tuple[Tingkat, str]]:
        found = check(file_of(jenis, amount).encode(), f"{jenis.value}.csv", konteks).masalah
        return [(one.tingkat, one.pesan) for one in found if one.aturan == "uang_terlalu_besar"]

    (said,) = too_large(HUGE)
    assert said[0] is Tingkat.GALAT
    assert "terlalu besar untuk rupiah" in said[1]
    assert too_large(MOST) == []


@pytest.mark.parametrize(("number", "whole"), [("0.5", 1), ("-0.5", -1), (MOST, 10**15), (f"-{MOST}", -(10**15))])
def test_whole_rupiah_halves_up(number: str, whole: int) -> None:
    assert whole_rupiah(Decimal(number), lambda *said: pytest.fail(str(said))) == whole


@pytest.mark.parametrize("number", [f"{MOST}.5", f"-{HUGE}"])
def test_beyond_it_nothing_is_read(number: str) -> None:
    told: list[str] = []
    assert whole_rupiah(Decimal(number), lambda rule, said, hint: told.append(rule)) is None
    assert told == ["uang_terlalu_besar"]
