"""The Renstra of the sample city's OPD, 2025–2029, as one file Bappeda would have sent in; and the offices that sign.

It is made beside the city's years and changes nothing in them. No name of a person: the offices carry a placeholder.
"""

from collections import defaultdict
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
    years = sorted({row["tahun"] for row in kota.rows("node") if AWAL <= row["tahun"] <= AKHIR})
    rows = _money_rows(kota, years) + _target_rows(kota, years)
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


def _money_rows(kota: Kota, years: list[int]) -> list[Row]:
    """Five years of each sub kegiatan at the pace of those that are planned, and the sums above them."""
    planned: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in kota.rows("node"):
        if row["tahun"] in years and row["pagu"] is not None:
            planned[row["opd"], row["kode"]].append(row["pagu"])
    known = {(row["opd"], row["kode"]): row for row in kota.rows("node") if row["tahun"] in years[-1:]}
    found: dict[tuple[str, str], int] = {}
    for key, row in known.items():
        rng = Random(f"renstra|{key[0]}|{key[1]}")
        if row["level"] != Level.SUB_KEGIATAN or rng.random() < LEFT_OUT:
            continue
        amount = int(sum(planned[key]) / len(planned[key]) * YEARS * rng.uniform(0.96, 1.06)) // 1000 * 1000
        for place in _upwards(row, known):
            found[place] = found.get(place, 0) + amount
    return [{"opd": opd, "kode": kode, "pagu": pagu} for (opd, kode), pagu in sorted(found.items())]


def _upwards(row: Row, known: Mapping[tuple[str, str], Row]) -> list[tuple[str, str]]:
    keys = []
    node: Row | None = row
    while node is not None and node["level"] in SUMMED:
        keys.append((node["opd"], node["kode"]))
        node = known.get((node["opd"], node["induk"]))
    return keys


def _target_rows(kota: Kota, years: list[int]) -> list[Row]:
    measures = {(row["opd"], row["kode"]): row for row in kota.rows("indikator") if row["tahun"] in years[-1:]}
    targets: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in sorted(kota.rows("target"), key=lambda row: int(row["tahun"])):
        if row["tahun"] in years and row["periode"] == SETAHUN:
            targets[row["opd"], row["indikator"]].append(row)
    newest = {key: rows for key, rows in targets.items() if rows[-1]["tahun"] == years[-1]}
    return [{"opd": key[0], "kode": key[1], **_end(measures[key], rows)} for key, rows in newest.items()]


def _end(ind: Row, of_years: list[Row]) -> Row:
    """The target at the end of the Renstra: sums go on at the pace of the years planned, a state goes a little
    further than the newest year's."""
    target = of_years[-1]
    if target["teks"] is not None:
        return {"target_teks": target["teks"]}
    if target["nilai_atas"] is not None:
        return {"target_teks": target["asli"]}
    value: Decimal = target["nilai"]
    if ind["akumulasi"] == Akumulasi.JUMLAH:
        given = [row["nilai"] for row in of_years if row["nilai"] is not None]
        return {"target": (sum(given, Decimal(0)) * YEARS / len(given)).quantize(value)}
    step = Decimal("0.94") if ind["arah"] == Arah.TURUN else Decimal("1.03")
    end = (value * step).quantize(value)
    return {"target": min(end, HUNDRED) if ind["satuan"] == "%" and value <= HUNDRED else end}
