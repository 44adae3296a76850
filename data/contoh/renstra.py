"""The Renstra of the sample city's OPD, 2025–2029, as one file Bappeda would have sent in; and the offices that sign.

It is made beside the city's years and changes nothing in them. No name of a person: the offices carry a placeholder.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from hashlib import sha256
from random import Random
from typing import Any, Final

from data.contoh.bacaan import Perangkat, read_opd
from data.contoh.kalender import wib
from data.contoh.kota import Kota
from data.store import Berkas, Muatan
from data.words import SETAHUN, Akumulasi, Arah, JenisBerkas, Level

AWAL, AKHIR = 2025, 2029
YEARS: Final = AKHIR - AWAL + 1
NAMA: Final = f"renstra_kota_palembang_{AWAL}_{AKHIR}.xlsx"
LEFT_OUT: Final = 0.015
"""How many sub kegiatan are newer than the Renstra: every real one has some."""
SUMMED: Final = frozenset({Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN})
HUNDRED: Final = Decimal(100)
HEADS: Final = {
    "inspektorat": "Inspektur",
    "sekretariat": "Sekretaris Daerah",
    "rsud": "Direktur",
    "kecamatan": "Camat",
}
PANGKAT: Final = "Pembina Utama Muda"

Row = dict[str, Any]


def renstra_file(kota: Kota) -> tuple[Berkas, Muatan]:
    """The Renstra that the newest year's plan belongs to, money and performance."""
    year = max(row["tahun"] for row in kota.rows("node"))
    rows = _money_rows([row for row in kota.rows("node") if row["tahun"] == year])
    rows += _target_rows(kota, year)
    muatan = Muatan(renstra=[_full(row, line) for line, row in enumerate(rows, start=2)])
    berkas = Berkas(
        nama_berkas=NAMA,
        sha256=sha256(f"contoh|{NAMA}|{len(rows)}".encode()).hexdigest(),
        jenis=JenisBerkas.RENSTRA,
        oleh="bappeda",
        ukuran=9_300 + 96 * len(rows),
        jumlah_baris=len(rows),
        dimuat_pada=wib(date(AWAL, 9, 22), 9, 5),
    )
    return berkas, muatan


def officials() -> list[Row]:
    """One row per OPD: its office, and a placeholder where a name would stand."""
    return [
        {"opd": opd.kode, "jabatan": _office(opd), "nama": "(nama pejabat contoh)", "pangkat": PANGKAT, "nip": ""}
        for opd in read_opd()
        if opd.induk is None
    ]


def _office(opd: Perangkat) -> str:
    head = HEADS.get(opd.jenis, "Kepala")
    if opd.jenis in {"inspektorat", "sekretariat"}:
        return head
    name = opd.nama.removeprefix("Kecamatan ") if opd.jenis == "kecamatan" else opd.nama
    return f"{head} {name}"


def _full(row: Row, line: int) -> Row:
    blank = dict.fromkeys(("target", "target_teks", "pagu", "lalu", "lalu_teks", "lalu_uang"))
    return {"awal": AWAL, "akhir": AKHIR, **blank, **row, "baris": line}


def _money_rows(nodes: list[Row]) -> list[Row]:
    """Five years of each sub kegiatan, about five times this one, and the sums above them."""
    known = {(row["opd"], row["kode"]): row for row in nodes}
    found: dict[tuple[str, str], int] = {}
    for row in nodes:
        rng = Random(f"renstra|{row['opd']}|{row['kode']}")
        if row["level"] != Level.SUB_KEGIATAN or rng.random() < LEFT_OUT:
            continue
        amount = int(row["pagu"] * YEARS * rng.uniform(0.96, 1.06)) // 1000 * 1000
        for key in _upwards(row, known):
            found[key] = found.get(key, 0) + amount
    return [{"opd": opd, "kode": kode, "pagu": pagu} for (opd, kode), pagu in sorted(found.items())]


def _upwards(row: Row, known: Mapping[tuple[str, str], Row]) -> list[tuple[str, str]]:
    keys = []
    node: Row | None = row
    while node is not None and node["level"] in SUMMED:
        keys.append((node["opd"], node["kode"]))
        node = known.get((node["opd"], node["induk"]))
    return keys


def _target_rows(kota: Kota, year: int) -> list[Row]:
    measures = {(row["opd"], row["kode"]): row for row in kota.rows("indikator") if row["tahun"] == year}
    found = []
    for row in kota.rows("target"):
        if row["tahun"] == year and row["periode"] == SETAHUN:
            ind = measures[row["opd"], row["indikator"]]
            found.append({"opd": row["opd"], "kode": row["indikator"], **_end(ind, row)})
    return found


def _end(ind: Row, target: Row) -> Row:
    """The target at the end of the Renstra, from this year's: five times a sum, a little further for a state."""
    if target["teks"] is not None:
        return {"target_teks": target["teks"]}
    if target["nilai_atas"] is not None:
        return {"target_teks": target["asli"]}
    value: Decimal = target["nilai"]
    if ind["akumulasi"] == Akumulasi.JUMLAH:
        return {"target": value * YEARS}
    step = Decimal("0.94") if ind["arah"] == Arah.TURUN else Decimal("1.03")
    end = (value * step).quantize(value)
    return {"target": min(end, HUNDRED) if ind["satuan"] == "%" and value <= HUNDRED else end}
