"""The product prints what Palembang printed, except where the publication itself is wrong."""

import csv
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, func, select

from data import tables
from data.formulas.capaian import capaian_naik, capaian_turun, teks
from data.publikasi import KESALAHAN_TERBITAN, PEMDA, Angka, fill_publikasi, read_angka
from data.publikasi.baca import number
from data.publikasi.sumber import OPD, SUMBER
from data.words import Arah, Level, RumusTurun

GOLDEN = Path(__file__).parents[3] / "shared" / "data" / "golden"


@pytest.fixture(scope="module")
def stored() -> Engine:
    engine = create_engine("sqlite://")
    tables.metadata.create_all(engine)
    fill_publikasi(engine)
    return engine


def computed(one: Angka) -> Decimal | None:
    target, real = number(one.target), number(one.realisasi)
    if target is None:
        return teks(one.realisasi, one.target)
    if one.arah == Arah.TURUN:
        return capaian_turun([real], [target], RumusTurun.SELISIH)[0]
    return capaian_naik([real], [target])[0]


def prints(value: Decimal | None, printed: str) -> bool:
    """Equal at the printed precision, rounded or cut off."""
    wanted = number(printed)
    if value is None or wanted is None:
        return False
    return wanted in {value.quantize(wanted, rounding=way) for way in (ROUND_HALF_UP, ROUND_DOWN)}


@pytest.mark.parametrize("one", read_angka(), ids=lambda one: one.indikator)
def test_the_formula_prints_the_published_figure(one: Angka) -> None:
    assert prints(computed(one), one.tercetak) == one.cocok


def test_the_rollups_print_the_published_figure(stored: Engine) -> None:
    r, i = tables.rollup_indikator.c, tables.indikator.c
    same = (i.pemda == r.pemda) & (i.tahun == r.tahun) & (i.opd == r.opd) & (i.kode == r.indikator)
    query = select(i.tahun, i.nama, r.capaian).join(tables.indikator, same).where(r.tw == 4)
    with stored.connect() as conn:
        found = {(row.tahun, row.nama): row.capaian for row in conn.execute(query)}
    assert len(found) == len(read_angka())
    assert all(prints(found[one.tahun, one.indikator], one.tercetak) == one.cocok for one in read_angka())


@pytest.mark.parametrize(("sasaran", "printed"), [("SS7", "89,36"), ("SS8", "102,8")])
def test_the_averages_are_those_of_the_publication(stored: Engine, sasaran: str, printed: str) -> None:
    assert prints(mean_of(stored, sasaran), printed)


@pytest.mark.parametrize("sasaran", ["SS2", "SS15"])
def test_a_wrong_average_is_listed_with_both_figures(stored: Engine, sasaran: str) -> None:
    error = next(one for one in KESALAHAN_TERBITAN if one.indikator.endswith(f"sasaran {sasaran[2:]}"))
    assert not prints(mean_of(stored, sasaran), error.tercetak)
    assert error.seharusnya is not None
    assert prints(mean_of(stored, sasaran), error.seharusnya)


def mean_of(engine: Engine, sasaran: str) -> Decimal | None:
    k = tables.rollup_kinerja.c
    query = select(k.capaian).where(k.level == Level.PROGRAM.value, k.tahun == 2016, k.tw == 4, k.kode == sasaran)
    with engine.connect() as conn:
        return conn.execute(query).scalar()


def test_every_wrong_row_is_listed_as_an_error() -> None:
    listed = {one.indikator for one in KESALAHAN_TERBITAN}
    assert {one.indikator for one in read_angka() if not one.cocok} <= listed


def test_rows_are_those_of_the_published_reports() -> None:
    if not GOLDEN.is_dir():
        pytest.skip("the folder of published figures lies beside the project and is not here")
    printed = []
    for file in sorted(GOLDEN.glob("golden_palembang_*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as lines:
            printed += [row for row in csv.DictReader(lines) if row["jenis"] == "indikator"]
    ours = [(one.tahun, number(one.tercetak), SUMBER[one.sumber][1]) for one in read_angka()]
    theirs = [(int(row["tahun"]), _printed(row["capaian_raw"]), row["sumber"]) for row in printed]
    assert ours == theirs


def _printed(text: str) -> Decimal:
    return Decimal(text.replace("%", "").replace(",", ".").strip())


def test_every_row_names_its_source_and_opd() -> None:
    assert {one.sumber for one in read_angka()} | {one.sumber for one in KESALAHAN_TERBITAN} == set(SUMBER)
    assert {one.opd for one in read_angka()} == set(OPD)
    assert all(address.startswith("https://") for _, address in SUMBER.values())


def test_it_is_no_sample_data_and_storing_it_again_changes_nothing(stored: Engine) -> None:
    fill_publikasi(stored)
    with stored.connect() as conn:
        row = conn.execute(select(tables.pemda).where(tables.pemda.c.kode == PEMDA)).one()
        uploads = conn.execute(select(func.count()).select_from(tables.unggahan)).scalar()
    assert not row.contoh
    assert row.versi == 1
    assert uploads == 3
    assert len(PEMDA) <= 13
