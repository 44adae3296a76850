"""Put the published figures into a database as a government of their own, so that its pages print them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Engine, insert, select

from data import tables
from data.contoh.kalender import periods, wib
from data.publikasi.baca import FILE, Angka, number, read_angka
from data.publikasi.sumber import OPD, SUMBER
from data.store import Berkas, Muatan, store_many
from data.words import SETAHUN, Akumulasi, JenisBerkas, Keadaan, Level

PEMDA: Final = "16.71.LKJIP"
NAMA: Final = "Kota Palembang — angka terbitan LAKIP 2015–2018"
CATATAN: Final = (
    "Angka terbitan LAKIP dan LKjIP Pemerintah Kota Palembang 2015, 2016 dan 2018, disalin dari halaman web yang "
    "disebut pada tiap indikator. Kode OPD buatan sendiri; dua OPD menurut dugaan."
)
# The reports print no date of their own; this is when the figures were copied and checked.
DISALIN: Final = date(2026, 1, 5)
TW_TAHUNAN: Final = 4


@dataclass(frozen=True)
class Kesalahan:
    """A figure the publication prints wrong, or two figures it prints for the same thing."""

    tahun: int
    indikator: str
    tercetak: str
    seharusnya: str | None
    penjelasan: str
    sumber: str


KESALAHAN_TERBITAN: Final = (
    Kesalahan(2016, "Angka kematian ibu", "166,86", "166,62", "(2 × 102 − 34,05) ÷ 102 × 100 = 166,62", "E"),
    Kesalahan(
        2016,
        "Rata-rata capaian kinerja sasaran 15",
        "187,79",
        "187,72",
        "Memakai capaian angka kematian ibu yang keliru; (198,89 + 197,65 + 166,62) ÷ 3 = 187,72",
        "E",
    ),
    Kesalahan(
        2016,
        "Rata-rata capaian kinerja sasaran 2",
        "133,52",
        "116,76",
        "Tabel mengulang capaian indikator pertama; (133,52 + 100) ÷ 2 = 116,76, dan narasinya menyebut 117",
        "B",
    ),
    Kesalahan(
        2016,
        "Rata-rata capaian kinerja sasaran 1",
        "94,58",
        None,
        "Baris indikatornya tidak terbaca, jadi rata-ratanya tidak dapat diperiksa",
        "G",
    ),
)


def fill_publikasi(engine: Engine) -> None:
    """Store the published figures; doing it again changes nothing.

    They are figures of whole years, so each year has only its TW IV. The reports do not limit a capaian inside an
    average, and this government's settings say so.
    """
    years = sorted({one.tahun for one in read_angka()})
    with engine.begin() as conn:
        if conn.execute(select(tables.pemda.c.kode).where(tables.pemda.c.kode == PEMDA)).first() is None:
            facts = {"kode": PEMDA, "nama": NAMA, "jenis": "kota", "contoh": False, "catatan": CATATAN, "versi": 0}
            conn.execute(insert(tables.pemda).values(facts))
            calendar = [{"pemda": PEMDA, **row} for row in periods(years) if row["tw"] == TW_TAHUNAN]
            conn.execute(insert(tables.periode), calendar)
            conn.execute(insert(tables.aturan), [{"pemda": PEMDA, "kunci": "batas_rata_rata", "nilai": "tanpa"}])
    store_many(engine, PEMDA, [_file(year) for year in years])


def _file(tahun: int) -> tuple[Berkas, Muatan]:
    """One upload per published year."""
    rows = [one for one in read_angka() if one.tahun == tahun]
    content = FILE.read_bytes()
    berkas = Berkas(
        nama_berkas=FILE.name,
        sha256=sha256(content).hexdigest(),
        jenis=JenisBerkas.PUBLIKASI,
        oleh="bappeda",
        tahun=tahun,
        ukuran=len(content),
        jumlah_baris=len(rows),
        keterangan="; ".join(sorted({SUMBER[one.sumber][0] for one in rows})),
        dimuat_pada=wib(DISALIN, 9),
    )
    return berkas, _load(rows)


def _load(rows: list[Angka]) -> Muatan:
    muatan = Muatan()
    goals: dict[tuple[str, str], list[Angka]] = defaultdict(list)
    for one in rows:
        goals[one.opd, one.sasaran].append(one)
    for opd in sorted({one.opd for one in rows}):
        nama, singkat, jenis = OPD[opd]
        order = list(OPD).index(opd) + 1
        muatan.opd.append(
            {"kode": opd, "nama": nama, "singkat": singkat, "jenis": jenis, "induk": None, "urutan": order}
        )
        muatan.laporan.append(_report(rows[0].tahun, opd))
    for members in goals.values():
        muatan.node.append(_node(members[0]))
        for position, one in enumerate(members, start=1):
            _add(muatan, one, f"{one.sasaran}#{position}")
    return muatan


def _report(tahun: int, opd: str) -> dict[str, Any]:
    return {
        "tahun": tahun,
        "tw": TW_TAHUNAN,
        "opd": opd,
        "keadaan": Keadaan.TERBIT.value,
        "diterima_pada": wib(date(tahun + 1, 1, 15), 12),
        "hari_terlambat": 0,
    }


def _node(one: Angka) -> dict[str, Any]:
    return {
        "tahun": one.tahun,
        "opd": one.opd,
        "kode": one.sasaran,
        "level": Level.PROGRAM.value,
        "induk": None,
        "nama": one.nama_sasaran,
        "pagu": None,
        "baris": one.baris,
    }


def _add(muatan: Muatan, one: Angka, kode: str) -> None:
    """One printed row as indicator, target of the year, and realisasi of the last triwulan."""
    title, address = SUMBER[one.sumber]
    place = {"tahun": one.tahun, "opd": one.opd, "baris": one.baris}
    muatan.indikator.append(
        {
            **place,
            "kode": kode,
            "node": one.sasaran,
            "nama": one.indikator,
            "satuan": one.satuan,
            "satuan_asli": one.satuan,
            "arah": one.arah.value,
            "akumulasi": Akumulasi.TERAKHIR.value,
            "rumus_turun": "2T-R" if one.arah == "turun" else None,
            "definisi": f"Tercetak: capaian {one.tercetak} %." + (f" {one.catatan}." if one.catatan else ""),
            "sumber": f"{title}, {address}",
        }
    )
    measure = {**place, "indikator": kode}
    muatan.target.append({**measure, **_value(one.target), "periode": SETAHUN, "kolom": "H (target)"})
    muatan.realisasi.append({**measure, **_value(one.realisasi), "periode": TW_TAHUNAN, "kolom": "I (realisasi)"})


def _value(printed: str) -> dict[str, Any]:
    value = number(printed)
    return {"nilai": value, "teks": None if value is not None else printed, "asli": printed}
