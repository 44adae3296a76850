"""What the loader tests share: a stored plan, a database of their own, and the real files where they lie."""

import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, insert

from data import migrate, tables
from data.engine import engine_for
from data.queries.rencana import KnownPlan
from data.settings import ROOT
from data.words import JenisBerkas
from loaders import BATAS_PERINTAH, Dikenal, Hasil, Konteks, check

OPD = "1.02.0.00.0.00.01.0000"
SUB = "1.02.02.2.02.0001"
SUB2 = "1.02.02.2.02.0002"
PEMDA = "16.71"
OTHER = "1.03.0.00.0.00.01.0000"


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"berkas nyata tidak ada di {folder.name}/ di samping proyek")
    return folder


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'uji.db'}"


@pytest.fixture
def engine(database_url: str) -> Engine:
    made = engine_for(database_url)
    migrate.upgrade(made)
    with made.begin() as conn:
        conn.execute(insert(tables.pemda), [{"kode": PEMDA, "nama": "Kota Contoh"}])
    return made


def indikator_row(kode: str, nama: str, **more: Any) -> dict[str, Any]:
    row = {"kode": kode, "node": kode.partition("#")[0], "nama": nama, "satuan": "Orang", "arah": "naik"}
    return row | {"akumulasi": "jumlah", "target_tahun": Decimal(100), "target": {}, "target_teks": {}} | more


@pytest.fixture
def dikenal() -> Dikenal:
    """One OPD with two sub kegiatan and three indicators, the last with a rating as its target."""
    nodes = {
        kode: {"level": "sub_kegiatan", "nama": f"Sub {kode}", "induk": "1.02.02.2.02", "pagu": 10_000_000}
        for kode in (SUB, SUB2)
    }
    nodes["1.02.02"] = {"level": "program", "nama": "Program", "induk": "1.02", "pagu": None}
    rows = [
        indikator_row(f"{SUB}#1", "Jumlah ibu hamil dilayani"),
        indikator_row(f"{SUB2}#1", "Jumlah bayi dilayani"),
        indikator_row("1.02.02#1", "Nilai AKIP", target_tahun=None, target_teks={0: "BB"}),
    ]
    return Dikenal({OPD: "Dinas Kesehatan"}, {OPD: KnownPlan(nodes, rows)})


@pytest.fixture
def dikenal_uang(dikenal: Dikenal) -> Callable[..., Dikenal]:
    """The known plan with stored months of the first sub kegiatan: bulan → (RAK, realisasi)."""

    def make(months: dict[int, tuple[int | None, int | None]]) -> Dikenal:
        plan = dikenal.rencana[OPD]
        return Dikenal(dikenal.opd, {OPD: KnownPlan(plan.nodes, plan.indikator, {SUB: months})})

    return make


FIRST = {1: (500_000, 500_000), 2: (500_000, 500_000), 3: (500_000, 500_000)}
QUARTERS = dict.fromkeys((1, 2, 3, 4), Decimal(25))


@pytest.fixture
def dikenal_laporan(dikenal: Dikenal) -> Dikenal:
    """The known OPD after an accepted TW I: each indicator answered 25 of 25, each month Rp500.000 of Rp10.000.000,
    fisik 15 percent; beside it another OPD, and a unit with one indicator of its own."""
    told = {"jawaban": {1: (Decimal(25), None, False)}, "realisasi": {1}, "target": QUARTERS}
    plan = dikenal.rencana[OPD]
    rows = [row | told if row["target_tahun"] else row for row in plan.indikator]
    money = {SUB: dict(FIRST), SUB2: dict(FIRST)}
    fisik = {SUB: {3: Decimal(15)}, SUB2: {3: Decimal(15)}}
    other = KnownPlan({"1.03.02.2.01.0001": plan.nodes[SUB]}, [indikator_row("1.03.02#1", "Jalan mantap")])
    return Dikenal(
        {OPD: "Dinas Kesehatan", OTHER: "Dinas PUPR"},
        {OPD: KnownPlan(plan.nodes, rows, money, fisik), OTHER: other},
    )


@pytest.fixture
def laporan(dikenal_laporan: Dikenal) -> Callable[..., Hasil]:
    """check() of a report form of the known OPD for 2026 TW II."""

    def run(content: str | bytes, nama: str = "laporan.csv", **more: Any) -> Hasil:
        given: dict[str, Any] = {"jenis": JenisBerkas.LAPORAN, "opd": OPD, "tahun": 2026, "tw": 2}
        raw = content.encode() if isinstance(content, str) else content
        return check(raw, nama, Konteks(**(given | {"dikenal": dikenal_laporan} | more)))

    return run


@pytest.fixture
def periksa(dikenal: Dikenal) -> Callable[..., Hasil]:
    """check() of small content, by default as an ``indikator`` file of the known OPD for 2026 TW II."""

    def run(content: str | bytes, nama: str = "isi.csv", **more: Any) -> Hasil:
        given: dict[str, Any] = {"jenis": JenisBerkas.INDIKATOR, "opd": OPD, "tahun": 2026, "tw": 2, "dikenal": dikenal}
        raw = content.encode() if isinstance(content, str) else content
        return check(raw, nama, Konteks(**(given | more)))

    return run


@pytest.fixture
def nyata(shared: Path) -> Callable[..., Hasil]:
    """check() of a real file."""

    def run(nama: str, jenis: JenisBerkas, **more: Any) -> Hasil:
        path = shared / nama
        return check(path.read_bytes(), path.name, Konteks(jenis=jenis, **more), BATAS_PERINTAH)

    return run


@pytest.fixture
def aturan() -> Callable[[Hasil], dict[tuple[str, str], int]]:
    """How often each rule was broken, by (level, rule)."""

    def count(hasil: Hasil) -> dict[tuple[str, str], int]:
        found: dict[tuple[str, str], int] = {}
        for m in hasil.masalah:
            found[(m.tingkat.value, m.aturan)] = found.get((m.tingkat.value, m.aturan), 0) + 1
        return found

    return count


@pytest.fixture(autouse=True)
def _own_settings(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("EMONEV_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("EMONEV_DATABASE_URL", database_url)
    monkeypatch.setenv("EMONEV_PEMDA", PEMDA)
    monkeypatch.setenv("EMONEV_SECRET_KEY", "x" * 40)
