"""What /analisis hands out: the rows of a filter as CSV or XLSX, and what was filtered and what each column means: in
the XLSX on sheets of their own, beside the CSV as a second file, so that programs read the rows as they are."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from data.analisis.katakan import LEVEL_WORDS
from data.words import STATE_NAMES, STATUS_NAMES, Keadaan, Status
from pages.parts.formats import period
from reports.aman import csv_bytes
from reports.data import KolomData, as_xlsx, table_rows

COLUMNS: Final = (
    (KolomData("opd", "Kode OPD", kode=True, lebar=24), "Kode perangkat daerah pemilik baris"),
    (KolomData("opd_nama", "OPD", lebar=34), "Nama perangkat daerah"),
    (KolomData("unit", "Kode unit", kode=True, lebar=24), "Kode OPD atau unit di bawahnya yang memegang baris"),
    (KolomData("level", "Level", lebar=14), "OPD, Sasaran, Program, Kegiatan, Sub kegiatan, atau Indikator"),
    (KolomData("kode", "Kode", kode=True, lebar=24), "Kode nomenklatur; indikator: kode simpul, #, nomor"),
    (KolomData("nama", "Nama", lebar=52), "Nama baris"),
    (KolomData("pagu", "Pagu (Rp)", lebar=20), "Pagu yang berlaku pada akhir triwulan, rupiah"),
    (
        KolomData("realisasi", "Realisasi (Rp)", lebar=20),
        "Realisasi anggaran s.d. triwulan, rupiah; kosong = belum lapor",
    ),
    (
        KolomData("serapan", "Serapan (%)"),
        "Realisasi dibagi pagu sub kegiatan yang melapor, persen; di layar dibulatkan satu desimal",
    ),
    (
        KolomData("rencana", "Rencana serapan (%)"),
        "Bagian pagu yang seharusnya terserap menurut RAK; tanpa RAK: setelan target serapan triwulan",
    ),
    (
        KolomData("capaian", "Capaian (%)"),
        "Realisasi kinerja terhadap target s.d. triwulan, persen; di layar dibulatkan dua desimal; kosong = tidak ada",
    ),
    (KolomData("deviasi", "Deviasi (poin)"), "Capaian dikurangi 100, poin persen"),
    (
        KolomData("perubahan", "Perubahan (poin)"),
        "Capaian dikurangi triwulan sebelumnya; pada rentang: awalnya",
    ),
    (
        KolomData("status", "Status", lebar=14),
        "Tercapai: deviasi 0 atau lebih; Perhatian, Di bawah target: menurut ambang di halaman Metodologi; "
        "Belum lapor; Tanpa target; Nihil",
    ),
    (KolomData("predikat", "Predikat", lebar=16), "Nama pada skala nilai realisasi kinerja"),
    (KolomData("sejak", "Di bawah target sejak", lebar=16), "Triwulan sejak kapan di bawah target tanpa putus"),
    (
        KolomData("turun2", "Turun dua triwulan"),
        "ya: capaian s.d. triwulan turun dua kali berturut-turut dalam tahun yang sama, jadi paling awal TW III",
    ),
    (KolomData("arah", "Arah", lebar=10), "Arah indikator: naik, turun, rentang"),
    (KolomData("target", "Target s.d.", lebar=18), "Target indikator s.d. triwulan"),
    (KolomData("kinerja", "Realisasi s.d.", lebar=18), "Realisasi indikator s.d. triwulan"),
    (KolomData("satuan", "Satuan", lebar=14), "Satuan indikator"),
    (KolomData("urusan", "Urusan", kode=True, lebar=16), "Kode bidang urusan"),
    (KolomData("dana", "Sumber dana", lebar=24), "Sumber dana sub kegiatan di bawahnya"),
    (KolomData("keadaan", "Keadaan laporan", lebar=16), "Keadaan laporan OPD untuk triwulan ini"),
    (
        KolomData("hari_terlambat", "Hari terlambat"),
        "Hari keterlambatan laporan yang diterima; kosong = belum diterima",
    ),
)
DICTIONARY: Final = {column.kunci: meaning for column, meaning in COLUMNS}
_COLUMNS: Final = [column for column, _ in COLUMNS]
_JOINED: Final = ("urusan", "dana")


def as_frame(rows: Sequence[Any]) -> pd.DataFrame:
    """One row per row of the sheet, exact numbers as they are."""
    return pd.DataFrame([_cells(row) for row in rows], columns=list(DICTIONARY), dtype=object)


def _cells(row: Any) -> dict[str, Any]:
    found = {name: getattr(row, name) for name in DICTIONARY}
    for name in ("serapan", "rencana", "capaian", "deviasi", "perubahan"):
        found[name] = None if found[name] is None else found[name].normalize()
    found |= {name: ", ".join(found[name]) for name in _JOINED}
    found["level"] = LEVEL_WORDS[row.level]
    found["status"] = STATUS_NAMES[Status(row.status)]
    found["keadaan"] = STATE_NAMES[Keadaan(row.keadaan)]
    found["sejak"] = period(*row.sejak).replace("\u00a0", " ") if row.sejak else None
    found["turun2"] = "ya" if row.turun2 else "tidak"
    found["target"] = row.target_teks or (
        row.target if row.target_atas is None else f"{row.target} – {row.target_atas}"
    )
    found["kinerja"] = row.kinerja_teks or row.kinerja
    return found


def analysis_csv(rows: Sequence[Any]) -> bytes:
    """The rows and nothing else: one line of headers, one line per row."""
    return csv_bytes([[column.judul for column in _COLUMNS], *table_rows(as_frame(rows), _COLUMNS)])


def dictionary_csv(about: Sequence[tuple[str, str]]) -> bytes:
    """What was filtered and what the columns mean, as lines of (Bagian, Nama, Isi)."""
    told = [["Keterangan", *pair] for pair in about]
    meanings = [["Kolom", column.judul, DICTIONARY[column.kunci]] for column in _COLUMNS]
    return csv_bytes([["Bagian", "Nama", "Isi"], *told, *meanings])


def analysis_xlsx(rows: Sequence[Any], about: Sequence[tuple[str, str]], title: str) -> bytes:
    """Sheets Data, Kamus data, Keterangan."""
    return as_xlsx(as_frame(rows), _COLUMNS, DICTIONARY, title, about)
