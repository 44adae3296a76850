"""The Renstra file: what belongs to the node and what to the indicator, and what is refused."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import Engine, insert, select

from data import tables
from data.queries.rencana import KnownPlan
from data.words import JenisBerkas
from loaders import Dikenal, Hasil, Konteks, Tingkat, check, save
from loaders.simpan import LoadError

OPD, PEMDA = "1.02.0.00.0.00.01.0000", "16.71"
PROGRAM, SUB, SUB2 = "1.02.02", "1.02.02.2.02.0001", "1.02.02.2.02.0002"
HEAD = "periode_renstra;kode;indikator;target_akhir;pagu_akhir;realisasi_lalu;keuangan_lalu\n"
FILE = (
    HEAD
    + f"2025-2029;{PROGRAM};Nilai AKIP;A;9.000.000.000;BB;1.250.000.000\n"
    + f"2025-2029;{SUB};Jumlah ibu hamil dilayani;1.500,5;500.000.000;-;\n"
    + f"2025-2029;{SUB2}#1;;600;;120;\n"
)


@pytest.fixture
def renstra(dikenal: Dikenal) -> Callable[..., Hasil]:
    """check() of a Renstra file of the known OPD."""

    def run(content: str, **more: object) -> Hasil:
        konteks = Konteks(JenisBerkas.RENSTRA, opd=OPD, tahun=2026, dikenal=dikenal, alasan="uji")
        return check(content.encode(), "renstra.csv", replace(konteks, **more))

    return run


def rules(hasil: Hasil, tingkat: Tingkat = Tingkat.GALAT) -> list[tuple[str, int | None]]:
    return [(found.aturan, found.baris) for found in hasil.masalah if found.tingkat is tingkat]


def by_code(hasil: Hasil) -> dict[str, dict[str, object]]:
    names = ("target", "target_teks", "pagu", "lalu", "lalu_teks", "lalu_uang")
    return {row["kode"]: {name: row[name] for name in names if row[name] is not None} for row in hasil.muatan.renstra}


def test_money_goes_to_the_node_and_performance_to_the_indicator(renstra: Callable[..., Hasil]) -> None:
    hasil = renstra(FILE)
    assert rules(hasil) == []
    assert by_code(hasil) == {
        PROGRAM: {"pagu": 9_000_000_000, "lalu_uang": 1_250_000_000},
        f"{PROGRAM}#1": {"target_teks": "A", "lalu_teks": "BB"},
        SUB: {"pagu": 500_000_000},
        f"{SUB}#1": {"target": Decimal("1500.5")},
        f"{SUB2}#1": {"target": Decimal(600), "lalu": Decimal(120)},
    }
    assert {(row["awal"], row["akhir"], row["opd"]) for row in hasil.muatan.renstra} == {(2025, 2029, OPD)}
    assert hasil.ringkasan == {"opd": 1, "indikator": 3, "node": 2, "kode_di_luar_rencana": 0}
    assert hasil.tahun is None


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("2029-2025;{sub};;1;1;;", "masa_renstra"),
        ("2025;{sub};;1;1;;", "masa_renstra"),
        ("2025-2029;{sub};Tidak ada;1;1;;", "indikator_tidak_dikenal"),
        ("2025-2029;karangan;;1;1;;", "kode_tidak_dikenal"),
        ("2025-2029;{sub}#9;;1;1;;", "kode_tidak_dikenal"),
        ("2025-2029;{sub};Jumlah ibu hamil dilayani;banyak;1;;", "bukan_angka"),
        ("2025-2029;{sub};;;1 miliar;;", "bukan_angka"),
        ("2025-2029;{sub};;;-5;;", "uang_minus"),
    ],
)
def test_what_is_wrong_is_told_with_its_row(renstra: Callable[..., Hasil], row: str, rule: str) -> None:
    hasil = renstra(HEAD + row.format(sub=SUB) + "\n")
    assert rules(hasil) == [(rule, 2)]
    assert hasil.muatan.renstra == []


def test_a_node_may_stand_beside_each_indicator_with_the_same_money(renstra: Callable[..., Hasil]) -> None:
    line = f"2025-2029;{SUB};Jumlah ibu hamil dilayani;10;{{}};;\n"
    assert rules(renstra(HEAD + line.format("500") + line.format("500"))) == []
    assert rules(renstra(HEAD + line.format("500") + line.format("501"))) == [("duplikat", 3)]


def test_a_code_outside_this_years_plan_keeps_its_money(renstra: Callable[..., Hasil]) -> None:
    hasil = renstra(HEAD + "2025-2029;1.02.09;Sesuatu;10;700;;\n")
    assert rules(hasil, Tingkat.INFO)[-1] == ("kode_di_luar_rencana", 2)
    assert by_code(hasil) == {"1.02.09": {"pagu": 700}}


def test_the_year_of_the_plan_must_be_said(renstra: Callable[..., Hasil]) -> None:
    assert rules(renstra(FILE, tahun=None)) == [("periode", None)]
    assert rules(renstra(FILE, dikenal=Dikenal({OPD: "x"}, {OPD: KnownPlan()})))[0][0] == "rencana_belum_ada"


def test_is_stored_with_its_origin_and_again_changes_nothing(renstra: Callable[..., Hasil], engine: Engine) -> None:
    with engine.begin() as conn:
        conn.execute(insert(tables.opd), [{"pemda": PEMDA, "kode": OPD, "nama": "Dinas Kesehatan"}])
    konteks, hasil = Konteks(JenisBerkas.RENSTRA, opd=OPD, tahun=2026, alasan="uji"), renstra(FILE)
    first = save(engine, PEMDA, hasil, konteks)
    assert (first.ditambah, first.sudah_ada) == (5, False)
    assert save(engine, PEMDA, hasil, konteks).sudah_ada
    changed = renstra(FILE.replace("500.000.000", "510.000.000"))
    again = save(engine, PEMDA, changed, konteks)
    assert (again.ditambah, again.diubah, again.tetap) == (0, 1, 4)
    r = tables.renstra.c
    with engine.connect() as conn:
        rows = conn.execute(select(r.kode, r.pagu, r.unggahan, r.baris).order_by(r.kode)).all()
    assert (SUB, 510_000_000, again.nomor, 3) in rows
    assert (PROGRAM, 9_000_000_000, first.nomor, 2) in rows
    with pytest.raises(LoadError):
        save(engine, PEMDA, renstra(HEAD + "x;y;;;;;\n"), konteks)
