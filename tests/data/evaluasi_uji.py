"""A small plan for the official forms, with figures that can be worked out by hand."""

from decimal import Decimal

from sqlalchemy import insert

from data import tables
from data.engine import writing
from data.store import Berkas, Muatan, store
from data.words import JenisBerkas

PEMDA, OPD = "16.71", "1.02.0.00.0.00.01.0000"
PROGRAM, KEGIATAN = "1.02.02", "1.02.02.2.01"
SUB, SUB2 = "1.02.02.2.01.0001", "1.02.02.2.01.0002"
NODES = (
    ("IKU", "sasaran", None, None),
    ("1", "urusan", None, None),
    ("1.02", "bidang", "1", None),
    (PROGRAM, "program", "1.02", None),
    (KEGIATAN, "kegiatan", PROGRAM, None),
    (SUB, "sub_kegiatan", KEGIATAN, 1_000),
    (SUB2, "sub_kegiatan", KEGIATAN, 500),
)
# code, akumulasi, arah, targets by period, realisasi by triwulan
MEASURES = (
    ("IKU#1", "terakhir", "naik", {0: "70"}, {1: "60", 2: "65"}),
    (f"{PROGRAM}#1", "rata_rata", "naik", {0: "90"}, {1: "80", 2: "90"}),
    (f"{PROGRAM}#2", "terakhir", "naik", {0: "BB"}, {1: "B", 2: "BB"}),
    (f"{SUB}#1", "jumlah", "naik", {1: "2", 2: "2", 3: "2", 4: "4"}, {1: "2", 2: "nihil"}),
    (f"{SUB}#2", "jumlah", "turun", {0: "8"}, {1: "2", 2: "2"}),
)


def plan_of(tahun):
    muatan = Muatan(opd=[{"kode": OPD, "nama": "Dinas Kesehatan", "singkat": "Dinkes", "jenis": "dinas"}])
    base = {"tahun": tahun, "opd": OPD, "baris": 1}
    for kode, level, induk, pagu in NODES:
        muatan.node.append(base | {"kode": kode, "level": level, "induk": induk, "nama": f"Nama {kode}", "pagu": pagu})
    for kode, akumulasi, arah, targets, told in MEASURES:
        node = kode.partition("#")[0]
        named = {"nama": f"Indikator {kode}", "satuan": "Unit", "arah": arah, "akumulasi": akumulasi}
        muatan.indikator.append(base | {"kode": kode, "node": node, **named})
        own = base | {"indikator": kode, "kolom": "A"}
        muatan.target += [own | {"periode": at} | value(said) for at, said in targets.items()]
        muatan.realisasi += [own | {"periode": tw, "nihil": said == "nihil"} | value(said) for tw, said in told.items()]
    for bulan, spent in ((1, 100), (3, 50), (4, 200), (7, 7)):
        muatan.keuangan.append(base | {"node": SUB, "bulan": bulan, "realisasi": spent, "kolom": "B"})
    muatan.keuangan.append(base | {"node": SUB, "bulan": 6, "pagu": 1_200, "realisasi": 0, "kolom": "B"})
    muatan.laporan = [
        {"tahun": tahun, "tw": tw, "opd": OPD, "keadaan": "terverifikasi", "faktor_pendorong": "Semua siap."}
        for tw in (1, 2)
    ]
    return muatan


def value(said):
    if said == "nihil":
        return {"asli": said}
    return {"nilai": Decimal(said), "asli": said} if said.isdigit() else {"teks": said, "asli": said}


def renstra_row(kode, **more):
    return {"awal": 2025, "akhir": 2029, "opd": OPD, "kode": kode, "baris": 2, **more}


RENSTRA = (
    renstra_row(PROGRAM, pagu=10_000),
    renstra_row(SUB, pagu=8_000),
    renstra_row(f"{PROGRAM}#1", target=Decimal(95)),
    renstra_row(f"{PROGRAM}#2", target_teks="A"),
    renstra_row(f"{SUB}#1", target=Decimal(40)),
    renstra_row(f"{SUB}#2", target=Decimal(40)),
)


def keep(engine, muatan, nama, jenis=JenisBerkas.RENJA):
    store(engine, PEMDA, Berkas(nama, nama.ljust(64, "0"), jenis, "uji"), muatan)


def build(engine):
    """Two years of the same plan and figures, and the Renstra both belong to."""
    with writing(engine) as conn:
        conn.execute(insert(tables.pemda), [{"kode": PEMDA, "nama": "Kota Uji", "contoh": False}])
    for tahun in (2025, 2026):
        keep(engine, plan_of(tahun), f"renja{tahun}")
    keep(engine, Muatan(renstra=[dict(row) for row in RENSTRA]), "renstra", JenisBerkas.RENSTRA)
    return engine
