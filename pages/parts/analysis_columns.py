"""The columns of /analisis: what each is called, what it means, and the words in its cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from data.words import STATE_NAMES, STATUS_NAMES, Keadaan, Status
from pages.parts import formats as fmt
from pages.parts.sparkline import WIDTH, Point, Span, line

AXIS: Final = 120
LEVEL_WORDS: Final = {
    "opd": "OPD",
    "sasaran": "Sasaran",
    "program": "Program",
    "kegiatan": "Kegiatan",
    "sub_kegiatan": "Sub kegiatan",
    "indikator": "Indikator",
}
ARAH_WORDS: Final = {"naik": "naik", "turun": "turun", "rentang": "rentang"}
_BILLION: Final = 10**9


@dataclass(frozen=True)
class Kolom:
    """One column: its key, header, meaning, width on the grid, the order it sorts by ("" for none), whether it is a
    number, and whether it shows unless somebody chose otherwise."""

    kunci: str
    judul: str
    arti: str
    lebar: int
    urut: str = ""
    angka: bool = False
    biasa: bool = True


COLUMNS: Final = (
    Kolom("nama", "Nama", "Nama OPD, sasaran, program, kegiatan, sub kegiatan, atau indikator", 300, "nama"),
    Kolom("kode", "Kode", "Kode menurut nomenklatur; indikator: kode simpul, #, nomor", 158, "kode"),
    Kolom("pagu", "Pagu, miliar\u00a0Rp", "Pagu yang berlaku pada akhir triwulan", 96, "pagu", True),
    Kolom("serapan", "Serapan", "Realisasi anggaran dibagi pagu sub kegiatan yang melapor", 88, "serapan", True),
    Kolom("batang", "Capaian (garis: 100\u00a0%)", "Capaian sebagai batang pada sumbu 0 sampai 120 %", 128, "capaian"),
    Kolom("capaian", "Capaian", "Realisasi kinerja terhadap target sampai triwulan ini", 96, "capaian", True),
    Kolom("deviasi", "Deviasi, poin", "Capaian dikurangi 100", 88, "deviasi", True),
    Kolom("garis", "8\u00a0triwulan", "Deviasi delapan triwulan terakhir, garis tipis = 0", 116),
    Kolom("status", "Status", "Status menurut deviasi", 150, "status"),
    Kolom("sejak", "Sejak", "Triwulan sejak kapan di bawah target tanpa putus", 108, "sejak"),
    Kolom("predikat", "Predikat", "Predikat menurut skala nilai realisasi kinerja", 130, "capaian", biasa=False),
    Kolom("perubahan", "Perubahan, poin", "Capaian dikurangi yang sebelumnya atau awal rentang", 112, "", True, False),
    Kolom("rencana", "Rencana serapan", "Bagian pagu yang seharusnya terserap menurut RAK", 112, "", True, False),
    Kolom(
        "realisasi", "Realisasi, miliar\u00a0Rp", "Realisasi anggaran s.d. triwulan ini", 120, "realisasi", True, False
    ),
    Kolom("target", "Target s.d.", "Target indikator s.d. triwulan ini", 124, "", True, False),
    Kolom("kinerja", "Realisasi s.d.", "Realisasi indikator s.d. triwulan ini", 124, "", True, False),
    Kolom("satuan", "Satuan", "Satuan indikator", 110, biasa=False),
    Kolom("arah", "Arah", "Naik: makin tinggi makin baik; turun: makin rendah makin baik", 90, biasa=False),
    Kolom("level", "Level", "Tingkat dalam susunan rencana", 116, biasa=False),
    Kolom("opd", "OPD", "Perangkat daerah pemilik baris", 200, biasa=False),
    Kolom("dana", "Sumber dana", "Sumber dana sub kegiatan di bawahnya", 150, biasa=False),
    Kolom("laporan", "Laporan OPD", "Keadaan laporan OPD triwulan ini dan keterlambatannya", 180, biasa=False),
)
USUAL: Final = tuple(column.kunci for column in COLUMNS if column.biasa)
KNOWN: Final = tuple(column.kunci for column in COLUMNS)


def shown_columns(chosen: Sequence[str]) -> tuple[str, ...]:
    """The columns to show, in our order and always with the name; the usual ones when nothing known was chosen."""
    wanted = {key for key in chosen if key in KNOWN} or set(USUAL)
    return tuple(key for key in KNOWN if key == "nama" or key in wanted)


def cells(row: Any) -> dict[str, Any]:
    """One row as the grid reads it: words ready to be read, and the few numbers its small drawings need."""
    return {
        "kunci": row.kunci,
        "dalam": row.dalam,
        "anak": row.anak,
        "buka": row.terbuka,
        "cocok": row.cocok,
        "st": row.status,
        "bar": bar_share(row.capaian),
        "lewat": over_text(row.capaian),
        "nilai": fmt.percent(row.capaian, 2),
        **spark(row),
        **{key: word(row, key) for key in KNOWN if key not in ("batang", "garis")},
    }


def word(row: Any, key: str) -> str:
    """What stands in one cell."""
    made = _NUMBERS.get(key) or _TEXTS[key]
    return str(made(row))


def bar_share(capaian: Decimal | None) -> float | None:
    """How far the bar reaches, percent of the drawing's width; None without a capaian."""
    return None if capaian is None else float(round(min(max(capaian, Decimal(0)), Decimal(AXIS)) / AXIS * 100, 2))


def over_text(capaian: Decimal | None) -> str:
    return f"▶{fmt.NBSP}{fmt.percent(capaian, 0)}" if capaian is not None and capaian > AXIS else ""


def spark(row: Any) -> dict[str, Any]:
    """The sparkline: its path, the height of zero, and where the last point stands."""
    points = [Point(deviasi, Status(status or "belum_lapor")) for deviasi, status in row.garis]
    if not any(point.deviasi is not None for point in points):
        return {"jalur": "", "nol": 0, "ujung": 0}
    span, last = Span(), points[-1].deviasi
    zero = span.y(Decimal(0))
    return {
        "jalur": line(points, span),
        "nol": zero,
        "ujung": zero if last is None else span.y(last),
        "tepi": WIDTH - 8,
    }


def report_words(keadaan: str, late: int | None) -> str:
    """``Terverifikasi, terlambat 3 hari``."""
    state = STATE_NAMES[Keadaan(keadaan)]
    if late is None:
        return state
    return f"{state}, {'tepat waktu' if not late else f'terlambat {late}{fmt.NBSP}hari'}"


def since_words(sejak: tuple[int, int] | None) -> str:
    return "" if sejak is None else fmt.period(*sejak)


def measure_words(value: Decimal | None, text: str | None, upper: Decimal | None = None) -> str:
    """A target or realisasi as it is: a word, a range, or a number without needless zeros."""
    if text:
        return text
    if value is not None and upper is not None:
        return f"{_short(value)}{fmt.NBSP}–{fmt.NBSP}{_short(upper)}"
    return fmt.NONE if value is None else _short(value)


def _short(value: Decimal) -> str:
    places = min(2, max(0, -int(value.normalize().as_tuple().exponent)))
    return fmt.decimal_id(value, places)


def _billions(value: int | None) -> str:
    return fmt.NONE if value is None else fmt.decimal_id(Decimal(value) / _BILLION, 2)


def _money(row: Any, name: str) -> str:
    return "" if row.level in ("indikator", "sasaran") else _billions(getattr(row, name))


def _of_indicator(row: Any, words: str) -> str:
    return words if row.level == "indikator" else ""


_NUMBERS: Final[dict[str, Any]] = {
    "pagu": lambda row: _money(row, "pagu"),
    "realisasi": lambda row: _money(row, "realisasi"),
    "serapan": lambda row: "" if row.level in ("indikator", "sasaran") else fmt.percent(row.serapan),
    "rencana": lambda row: "" if row.level in ("indikator", "sasaran") else fmt.percent(row.rencana),
    "capaian": lambda row: fmt.percent(row.capaian, 2),
    "deviasi": lambda row: fmt.points(row.deviasi),
    "perubahan": lambda row: fmt.points(row.perubahan),
    "target": lambda row: _of_indicator(row, measure_words(row.target, row.target_teks, row.target_atas)),
    "kinerja": lambda row: _of_indicator(row, measure_words(row.kinerja, row.kinerja_teks)),
}
_TEXTS: Final[dict[str, Any]] = {
    "nama": lambda row: row.nama,
    "kode": lambda row: row.kode or row.opd,
    "status": lambda row: STATUS_NAMES[Status(row.status)],
    "sejak": lambda row: since_words(row.sejak),
    "predikat": lambda row: row.predikat or fmt.NONE,
    "satuan": lambda row: row.satuan,
    "arah": lambda row: ARAH_WORDS.get(row.arah, ""),
    "level": lambda row: LEVEL_WORDS[row.level],
    "opd": lambda row: row.opd_nama,
    "dana": lambda row: ", ".join(row.dana),
    "laporan": lambda row: report_words(row.keadaan, row.hari_terlambat),
}
