"""Open data: which tables there are, what each column is called and means. CSV, JSON, the API's description and the
data dictionary all read these declarations, so they cannot drift apart."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any, Final

PLACES: Final = Decimal("0.0001")
LICENCE: Final = "CC-BY-4.0"
LICENCE_URL: Final = "https://creativecommons.org/licenses/by/4.0/deed.id"


class JenisData(StrEnum):
    """A table of the open data."""

    KOTA = "kota"
    OPD = "opd"
    PROGRAM = "program"
    INDIKATOR = "indikator"
    UANG = "uang"


class Isi(StrEnum):
    """What a cell holds: text (codes too), a whole number, a number with decimals, yes or no."""

    TEKS = "teks"
    BULAT = "bulat"
    DESIMAL = "desimal"
    YA = "ya"


@dataclass(frozen=True)
class Kolom:
    """One column: its stable name, what it holds, its unit and meaning, and whether it may be empty."""

    nama: str
    isi: Isi
    arti: str
    satuan: str = ""
    boleh_kosong: bool = False


def _text(nama: str, arti: str, empty: bool = False) -> Kolom:
    return Kolom(nama, Isi.TEKS, arti, "", empty)


def _count(nama: str, arti: str, satuan: str = "", empty: bool = False) -> Kolom:
    return Kolom(nama, Isi.BULAT, arti, satuan, empty)


def _number(nama: str, arti: str, satuan: str = "persen") -> Kolom:
    return Kolom(nama, Isi.DESIMAL, arti, satuan, True)


_WHEN: Final = (
    _text("pemda", "Kode wilayah pemerintah daerah (Kemendagri)."),
    _count("tahun", "Tahun anggaran."),
    _count("tw", "Triwulan, 1 sampai 4; angka dihitung sampai dengan triwulan ini."),
)
_STANDING: Final = (
    _number("capaian", "Capaian kinerja s.d. triwulan ini; kosong bila belum lapor atau tanpa target."),
    _number("deviasi", "Capaian dikurangi 100.", "poin"),
    _text("predikat", "Nama capaian pada skala Permendagri 86/2017; kosong bila tidak ada capaian.", True),
    _text("status", "tercapai, perhatian, di_bawah, belum_lapor, nihil, atau tanpa_target."),
    _count("jumlah_indikator", "Banyaknya indikator."),
    _count("dihitung", "Indikator yang punya capaian dan ikut rata-rata."),
    _count("tanpa_target", "Indikator tanpa target sampai triwulan ini."),
    _count("belum_lapor", "Indikator yang belum dilaporkan."),
    _count("pagu", "Pagu anggaran.", "rupiah"),
    _count("realisasi", "Realisasi keuangan s.d. akhir triwulan; kosong bila belum dilaporkan.", "rupiah", True),
    _number("serapan", "Realisasi dibagi pagu dari sub kegiatan yang sudah melapor."),
)
_OPD: Final = (_text("opd", "Kode perangkat daerah (22 karakter)."),)

COLUMNS: Final[dict[JenisData, tuple[Kolom, ...]]] = {
    JenisData.KOTA: (
        *_WHEN,
        *_STANDING,
        _count("opd_wajib", "OPD yang wajib melapor untuk triwulan ini.", "OPD"),
        _count("opd_melapor", "OPD yang laporannya sudah diterima.", "OPD"),
    ),
    JenisData.OPD: (
        *_WHEN,
        *_OPD,
        _text("nama", "Nama perangkat daerah."),
        _text("jenis", "dinas, badan, kecamatan, sekretariat, inspektorat, atau rsud."),
        *_STANDING,
    ),
    JenisData.PROGRAM: (
        *_WHEN,
        *_OPD,
        _text("kode", "Kode program, teks."),
        _text("nama", "Nama program."),
        *_STANDING,
    ),
    JenisData.INDIKATOR: (
        *_WHEN,
        *_OPD,
        _text("id", "Pengenal tetap indikator: kode simpul, tanda #, nomor; unik per pemda, tahun, dan OPD."),
        _text("simpul", "Kode program, kegiatan, sub kegiatan, atau sasaran yang memuatnya."),
        _text("nama", "Nama indikator."),
        _text("satuan", "Satuan ukurannya.", True),
        _text("arah", "naik (makin besar makin baik), turun, atau rentang."),
        _text("akumulasi", "Cara triwulan digabung: jumlah, terakhir, atau rata_rata."),
        _number("target", "Target s.d. triwulan ini, dalam satuan indikator.", ""),
        _text("target_teks", "Target yang bukan bilangan.", True),
        _number("realisasi", "Realisasi s.d. triwulan ini, dalam satuan indikator.", ""),
        _text("realisasi_teks", "Realisasi yang bukan bilangan.", True),
        _number("capaian", "Realisasi terhadap target menurut arahnya; tidak dibatasi."),
        _number("persen_setahun", "Realisasi terhadap target setahun."),
        _text("status", "tercapai, perhatian, di_bawah, belum_lapor, nihil, atau tanpa_target."),
    ),
    JenisData.UANG: (
        *_WHEN,
        _count("bulan", "Bulan 1 sampai 12; rupiah dihitung kumulatif sampai bulan ini."),
        _text("opd", "Kode perangkat daerah; kosong untuk seluruh pemerintah daerah.", True),
        _count("pagu", "Pagu anggaran.", "rupiah"),
        _count("rak", "Rencana anggaran kas kumulatif.", "rupiah", True),
        _count("realisasi", "Realisasi kumulatif dari sub kegiatan yang melapor.", "rupiah", True),
        _count("pagu_lapor", "Pagu dari sub kegiatan yang melapor bulan itu.", "rupiah"),
        _number("fisik_rencana", "Rencana fisik kumulatif, tertimbang pagu."),
        _number("fisik", "Realisasi fisik kumulatif, tertimbang pagu."),
        _count("sub_kegiatan", "Banyaknya sub kegiatan."),
        _count("dilaporkan", "Sub kegiatan yang melapor bulan itu."),
    ),
}
TITLES: Final = {
    JenisData.KOTA: "Seluruh pemerintah daerah",
    JenisData.OPD: "Perangkat daerah",
    JenisData.PROGRAM: "Program",
    JenisData.INDIKATOR: "Indikator",
    JenisData.UANG: "Keuangan dan fisik per bulan",
}

Row = dict[str, Any]


@dataclass(frozen=True)
class Tabel:
    """A table ready to be handed out: its rows, and each of them as JSON text."""

    rows: list[Row]
    texts: list[str]

    @classmethod
    def of(cls, rows: list[Row]) -> "Tabel":
        return cls(rows, [json_object(row) for row in rows])

    @property
    def berat(self) -> int:
        """What it weighs in the memory of answers, in answers of usual size."""
        return 1 + len(self.rows) // 400


def rounded(value: Any) -> Any:
    """A percentage as it goes out: four places, half up; anything else as it is."""
    return value.quantize(PLACES, rounding=ROUND_HALF_UP) if isinstance(value, Decimal) else value


def as_json(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as a JSON list, one row a line. Decimals are written with all their digits, which floats would lose."""
    return joined([json_object(row) for row in rows])


def joined(texts: Sequence[str]) -> str:
    """Objects that are JSON text already, as a list."""
    return "[" + ",\n".join(texts) + "]"


def json_object(row: Mapping[str, Any]) -> str:
    return "{" + ",".join(f"{_dumped(name)}:{_dumped(value)}" for name, value in row.items()) + "}"


_encode: Final = json.JSONEncoder(ensure_ascii=False).encode


def _dumped(value: Any) -> str:
    if isinstance(value, Decimal):
        plain = format(value, "f")
        return (plain.rstrip("0").rstrip(".") if "." in plain else plain) or "0"
    return _encode(value)


def from_json(text: str) -> list[Row]:
    """What ``as_json`` wrote, decimals exact."""
    found: list[Row] = json.loads(text, parse_float=Decimal)
    return found
