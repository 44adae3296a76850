"""What both official forms share, before it becomes a sheet or a page: their columns, cells, words beneath, notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import pandas as pd

from data.queries.evaluasi_kaki import Kaki
from data.queries.pejabat import Pejabat
from data.words import TW_NAMES, Level
from pages.parts.formats import NONE, decimal_id, percent, period, rounded, rupiah_full, whole
from reports.aman import Value

PAIRS: Final = tuple(range(5, 15))
"""The keys of the columns with K and Rp: their numbers in E.81."""
QUARTERS: Final = {8: 1, 9: 2, 10: 3, 11: 4}
THIS_YEAR, SINCE, SHARE = 12, 13, 14
MOST_PLACES: Final = 4
DOTS: Final = "." * 36
Row = dict[str, Any]


@dataclass(frozen=True)
class Kolom:
    """A column before or after the pairs: its key, title, number in the form, width in characters."""

    kunci: str
    judul: str
    nomor: str
    lebar: float


@dataclass(frozen=True)
class Bentuk:
    """One form. ``pasangan``: title and number of each pair; ``puncak``: the level whose money is the whole;
    ``tetap``: how many columns stay in sight; ``tanda``: what each of the two signatures is for."""

    kode: str
    depan: Sequence[Kolom]
    pasangan: dict[int, tuple[str, str]]
    belakang: Sequence[Kolom]
    puncak: str
    tetap: int
    lanjutan: str
    tanda: tuple[str, str]
    triwulan: str = "Realisasi Kinerja pada Triwulan"


@dataclass(frozen=True)
class Isi:
    """What one form says around its lines. ``judul``: the lines of its title; ``kanan``: who signs at the right when
    the footer names nobody; ``contoh`` labels sample data; ``rencana``: what columns 5 and 6 are taken from."""

    judul: Sequence[str]
    pemda_nama: str
    tahun: int
    tw: int
    kaki: Kaki
    kiri: str
    kanan: str
    rencana: str
    contoh: bool = False


def records(rows: pd.DataFrame) -> list[Row]:
    return [{str(name): value for name, value in row.items()} for row in rows.to_dict("records")]


def figure(row: Row, what: str, number: int, tw: int) -> Value:
    """What stands in a cell: None where nothing belongs, "–" where something does and is missing."""
    if QUARTERS.get(number, 0) > tw:
        return None
    if what == "k" and not row["indikator"]:
        return None
    if what == "rp" and (not row["nama"] or row["level"] == Level.SASARAN):
        return None
    value: Value = row[f"{what}{number}"]
    return NONE if value is None else value


def lead(row: Row, kunci: str) -> Value:
    """What stands in a column before or after the pairs."""
    if kunci in {"nama", "sasaran"}:
        is_goal = row["level"] == Level.SASARAN
        if not row["nama"] or is_goal != (kunci == "sasaran"):
            return None
        return str(row["nama"]) if is_goal or "kode_1" in row else f"{row['kode']} {row['nama']}"
    if kunci == "uraian" and row["satuan"]:
        return f"{row['uraian']} ({row['satuan']})"
    value: Value = row.get(kunci)
    return value


def in_words(value: Value, what: str, number: int) -> str:
    """A cell as it is printed."""
    if value is None or isinstance(value, str):
        return value or ""
    if number == SHARE:
        return decimal_id(value, 2)
    if what == "rp":
        return whole(int(value))
    return decimal_id(value, places(value))


def places(value: int | Decimal) -> int:
    """As many decimals as a measure needs: none, or two to four."""
    short = rounded(value, MOST_PLACES).normalize()
    exponent = short.as_tuple().exponent
    needed = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return max(needed, 2) if needed else 0


def summary(rows: Sequence[Row], form: Bentuk, isi: Isi) -> str:
    """Budget and spending of the whole form in one line."""
    top = [row for row in rows if row["level"] == form.puncak and row["nama"]]
    pagu, spent = _total(top, "rp7"), _total(top, "rp12")
    return f"Anggaran {rupiah_full(pagu)} · Realisasi s.d. {period(isi.tahun, isi.tw)} {rupiah_full(spent)}"


def _total(rows: Sequence[Row], key: str) -> int | None:
    given = [row[key] for row in rows if row[key] is not None]
    return sum(given) if given else None


def footer_words(form: Bentuk, kaki: Kaki) -> list[tuple[str, str]]:
    """The rows in words beneath average and predikat, in the form's order."""
    return [
        ("Faktor pendorong keberhasilan kinerja", kaki.pendorong),
        ("Faktor penghambat pencapaian kinerja", kaki.penghambat),
        ("Tindak lanjut yang diperlukan dalam triwulan berikutnya", kaki.tindak_lanjut),
        (f"Tindak lanjut yang diperlukan dalam {form.lanjutan} berikutnya", ""),
    ]


def signature(who: Pejabat | None, otherwise: str) -> list[str]:
    """Office, name, rank and NIP; dots where nobody has said."""
    jabatan = who.jabatan if who else otherwise
    nama = who.nama if who and who.nama else f"({DOTS})"
    pangkat = who.pangkat if who else ""
    return [jabatan, nama, pangkat, f"NIP. {who.nip if who and who.nip else DOTS}"]


def place_and_date(pemda_nama: str) -> str:
    return f"{seat(pemda_nama)}, {DOTS}"


def seat(pemda_nama: str) -> str:
    """'Kota Palembang' → 'Palembang'."""
    for kind in ("Kota ", "Kabupaten ", "Provinsi "):
        if pemda_nama.startswith(kind):
            return pemda_nama.removeprefix(kind)
    return pemda_nama


def notes(rows: Sequence[Row], form: Bentuk, isi: Isi) -> list[str]:
    """What a reader of the figures must know."""
    told = (*_about_silence(form, isi), *_about_renstra(rows, form, isi), *_about_averages(form, isi), _sample(isi))
    return [text for text in told if text]


def _about_silence(form: Bentuk, isi: Isi) -> list[str]:
    """Which OPD are not in the figures of the year so far."""
    kaki, when = isi.kaki, period(isi.tahun, isi.tw)
    columns = f"kolom {form.pasangan[THIS_YEAR][1]} sampai {form.pasangan[SHARE][1]} dan rata-rata"
    if kaki.tanpa_kinerja == kaki.tanpa_uang:
        return [_silent(kaki.tanpa_uang, "", when, columns)]
    return [
        _silent(kaki.tanpa_kinerja, " kinerja", when, columns),
        _silent(kaki.tanpa_uang, " keuangan", when, columns),
    ]


def _silent(names: Sequence[str], what: str, when: str, columns: str) -> str:
    if not names:
        return ""
    return (
        f"Belum melaporkan{what} {when}, jadi tidak termasuk dalam {columns} tahun berjalan: {', '.join(names)}. "
        "Triwulan yang sudah dilaporkannya tetap tertulis di kolomnya."
    )


def _about_renstra(rows: Sequence[Row], form: Bentuk, isi: Isi) -> list[str]:
    first, second = form.pasangan[5][1], form.pasangan[6][1]
    nodes = [row for row in rows if row["nama"] and row["level"] in (Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN)]
    measured = [row for row in rows if row["indikator"]]
    plain, silent = [row for row in nodes if row["rp5"] is None], [row for row in measured if row["k5"] is None]
    where = f"Kolom {first} dan {second} dari {isi.rencana}."
    if len(plain) == len(nodes) and len(silent) == len(measured):
        text = (
            f"{isi.rencana} untuk tahun {isi.tahun} belum dimuat: kolom {first}, {second} dan turunannya ditulis {NONE}"
        )
        return [f"{text} dan tidak diisi dengan perkiraan."]
    if plain or silent:
        text = f"Tidak ada di {isi.rencana}: {whole(len(silent))} dari {whole(len(measured))} indikator dan"
        return [
            f"{where} {text} {whole(len(plain))} dari {whole(len(nodes))} program, kegiatan dan sub kegiatan ({NONE})."
        ]
    return [where]


def _about_averages(form: Bentuk, isi: Isi) -> list[str]:
    kaki, tw = isi.kaki, TW_NAMES[isi.tw]
    year, since, share = (form.pasangan[number][1] for number in (THIS_YEAR, SINCE, SHARE))
    limit = (
        "" if kaki.batas is None else f", masing-masing paling tinggi {percent(kaki.batas, 0)} dan paling rendah nol"
    )
    counted = f"{whole(kaki.dihitung)} dari {whole(kaki.jumlah_indikator)} indikator dihitung"
    left = f"{whole(kaki.tanpa_target)} tanpa target, {whole(kaki.belum_lapor)} belum lapor, {whole(kaki.nihil)} nihil"
    late = (
        ""
        if kaki.diterima
        else f"Laporan {period(isi.tahun, isi.tw)} belum diterima, jadi kolom {year} sampai {share} dan rata-ratanya "
        "belum ada bagi yang belum melapor."
    )
    return [
        late,
        f"Rata-rata di kolom {year}: capaian s.d. {tw} terhadap target s.d. {tw} dan serapan anggaran, sama dengan di "
        f"layar e-Monev; {counted} ({left}). Rata-rata di kolom {share}: K rata-rata semua indikator{limit}; Rp "
        f"jumlah kolom {since} dibagi jumlah kolom {form.pasangan[5][1]}.",
        f"K kolom {year} dan {since} digabung menurut sifat indikator: dijumlah, nilai terakhir, atau dirata-rata. "
        f"Indikator yang makin rendah makin baik: kolom {share} = (2T − R) / T × 100 atau T / R × 100. {NONE} berarti "
        "belum ada datanya, bukan nol.",
    ]


def _sample(isi: Isi) -> str:
    return "Data contoh: seluruh angka dan nama rekaan." if isi.contoh else ""
