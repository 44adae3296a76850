"""An invented city of 24 OPD for the drawing tools, and ways to look into a tree."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from dash.development.base_component import Component

from data.words import Status

PERIODS = [(2023, 4), (2024, 1), (2024, 2), (2024, 3), (2024, 4), (2025, 1), (2025, 2), (2025, 3)]
DEVIASI = ["-18.2", "-12", "-20.7", "-3.3", "-6.8", None, None, "1.7", "0", "43", *["2"] * 14]


def status_of(deviasi: Decimal | None) -> Status:
    if deviasi is None:
        return Status.BELUM_LAPOR
    return Status.DI_BAWAH if deviasi < -10 else Status.PERHATIAN if deviasi < 0 else Status.TERCAPAI


@dataclass
class Cakupan:
    pemda_nama: str = "Kota Contoh"
    tahun: int = 2025
    tw: int = 3
    expected: int = 24
    received: int = 22
    on_time: int = 20
    late: int = 2
    missing: tuple[str, ...] | None = ("OPD 5", "OPD 6")
    data_per: date | None = date(2025, 9, 30)
    dimuat: datetime | None = datetime(2025, 10, 22, 3, 32, tzinfo=UTC)
    dikunci: datetime | None = datetime(2025, 10, 24, 16, 59, tzinfo=UTC)
    contoh: bool = True


def standing(number: int, text: str | None) -> dict[str, Any]:
    deviasi = None if text is None else Decimal(text)
    capaian = None if deviasi is None else deviasi + 100
    return {
        "opd": f"1.{number:02d}",
        "kode": f"1.{number:02d}",
        "level": "opd",
        "nama": f"OPD {number}",
        "singkat": f"O{number}",
        "pagu": (number + 1) * 10_000_000_000,
        "capaian": capaian,
        "deviasi": deviasi,
        "capaian_tanpa_batas": capaian,
        "capaian_tertimbang": capaian,
        "predikat": None if capaian is None else "Tinggi",
        "status": status_of(deviasi).value,
        "serapan": Decimal("61.2"),
        "jumlah_indikator": 10,
        "dihitung": 8,
        "tanpa_target": 1,
        "belum_lapor": 1,
        "nihil": 0,
    }


@pytest.fixture
def standings() -> pd.DataFrame:
    return pd.DataFrame([standing(number, text) for number, text in enumerate(DEVIASI)], dtype=object)


@pytest.fixture
def history(standings: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for number, row in enumerate(standings.to_dict("records")):
        for place, (tahun, tw) in enumerate(PERIODS):
            now = row["deviasi"] if place == 7 else Decimal(-9 - place) if number < 3 else Decimal(place - 4)
            deviasi = None if (number == 3 and place == 2) else now
            rows.append(
                {"opd": row["opd"], "tahun": tahun, "tw": tw, "deviasi": deviasi, "status": status_of(deviasi).value}
            )
    return pd.DataFrame(rows, dtype=object)


@pytest.fixture
def kurva() -> pd.DataFrame:
    rows = []
    for bulan in range(1, 13):
        plan, known = Decimal(bulan) * 100 / 12, bulan <= 9
        rows.append(
            {
                "bulan": bulan,
                "rak_persen": plan,
                "realisasi_persen": plan - 7 if known and bulan > 1 else Decimal(1) if known else None,
                "fisik_rencana": plan,
                "fisik": plan - 3 if known else None,
                "pagu": 5_468_000_000_000,
                "rak": int(54_680_000_000 * plan),
                "realisasi": int(54_680_000_000 * max(plan - 7, Decimal(1))) if known else None,
            }
        )
    return pd.DataFrame(rows, dtype=object)


@pytest.fixture
def cakupan() -> Cakupan:
    return Cakupan()


def walk(tree: Any) -> Iterator[Component]:
    """Every component of a tree, parents first."""
    if isinstance(tree, list | tuple):
        for item in tree:
            yield from walk(item)
    elif isinstance(tree, Component):
        yield tree
        yield from walk(getattr(tree, "children", None))


@pytest.fixture
def look() -> Any:
    return walk
