"""What tests of outgoing files share: a report form's rows, and the LibreOffice of the system."""

import shutil
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data.formulir import KEUANGAN, KINERJA
from data.queries.formulir import COLUMNS

Convert = Callable[[bytes, str, str], bytes]
CSV_WITH_SEMICOLON = "csv:Text - txt - csv (StarCalc):59,34,76,1"
AKIP = "AA>A>BB>B>CC>C>D"


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """Open a file in LibreOffice and save it as another kind: (content, 'xlsx', 'csv') → content."""
    program = shutil.which("soffice")
    if program is None:
        pytest.fail("LibreOffice tidak ditemukan. Pasang dahulu: sudo apt-get install libreoffice-calc-nogui")
    profile = tmp_path_factory.mktemp("profil").as_uri()

    def convert(content: bytes, ending: str, wanted: str) -> bytes:
        folder = tmp_path_factory.mktemp("ubah")
        source = folder / f"berkas.{ending}"
        source.write_bytes(content)
        to = CSV_WITH_SEMICOLON if wanted == "csv" else wanted
        out = folder / "hasil"
        command = [
            program,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            to,
            "--outdir",
            out,
            source,
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        made = Path(out) / f"berkas.{wanted}"
        assert made.exists(), done.stdout + done.stderr
        return made.read_bytes()

    return convert


def form_row(**given: Any) -> dict[str, Any]:
    blank = dict.fromkeys(COLUMNS) | {"keterangan": "", "kendala": "", "unit": "", "unit_nama": "", "skala": ""}
    return blank | given


ROWS = (
    form_row(kode="01", uraian="Usia harapan hidup", baris=KINERJA, satuan="Tahun", target=Decimal("71.24"),
             sebelumnya=Decimal("69.79"), realisasi=Decimal("70.125"), level="sasaran"),
    form_row(kode="1.10", uraian="Nilai AKIP", baris=KINERJA, satuan="Predikat", target="BB", skala=AKIP,
             level="program"),
    form_row(kode="1.02.02#1", uraian="Jumlah titik banjir", baris=KINERJA, satuan="Titik", target=Decimal(27),
             sebelumnya="nihil", realisasi="nihil", level="program"),
    form_row(kode="1.02.02#2", uraian="Rentang", baris=KINERJA, satuan="Indeks", target="4,43–4,47", level="program"),
    form_row(kode="1.02.02#3", uraian="Kata", baris=KINERJA, satuan="Kata", target="Tersusun", level="program"),
    form_row(kode="1.02.02.2.02.0001", uraian='=HYPERLINK("http://jahat")', baris=KEUANGAN, satuan="Rupiah",
             target=1_250_072_000, sebelumnya=362_020_851, bulan_1=112_381_473, bulan_2=0, fisik=Decimal("69.40"),
             keterangan="- tertunda", kendala="@SUM(A1)", level="sub_kegiatan", unit_nama="Puskesmas Dempo"),
)  # fmt: skip


@pytest.fixture
def form() -> pd.DataFrame:
    """A small form with every kind of row: numbers, a rating, nihil, a range, words, money."""
    return pd.DataFrame(list(ROWS), columns=list(COLUMNS), dtype=object)
