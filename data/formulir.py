"""The form an OPD sends each triwulan: its columns, and the line that says whose form it is.

One row per expected answer: a ``Kinerja`` row per indicator, a ``Keuangan`` row per sub kegiatan. The template that
goes out and the file that comes in read the same words, so they cannot drift apart.
"""

from dataclasses import dataclass
from typing import Final

VERSI: Final = 1
TANDA: Final = "emonev-laporan"
"""First cell of the identity line: TANDA, VERSI, kode OPD, tahun, triwulan stand in its first five cells."""
NIHIL: Final = "nihil"
UNIT: Final = "@"
"""Behind it stands the unit a row belongs to, where it is not the OPD itself: units repeat the codes of their OPD."""


@dataclass(frozen=True)
class KolomFormulir:
    """One column. ``diisi``: the operator writes here; the others are locked. ``kode``: text that is never a number."""

    kunci: str
    judul: str
    diisi: bool = False
    kode: bool = False
    lebar: int = 14


KINERJA: Final = "Kinerja"
KEUANGAN: Final = "Keuangan"
KOLOM: Final = (
    KolomFormulir("kode", "Kode", kode=True, lebar=22),
    KolomFormulir("uraian", "Uraian", lebar=48),
    KolomFormulir("baris", "Jenis baris", lebar=11),
    KolomFormulir("satuan", "Satuan", lebar=12),
    KolomFormulir("target", "Target atau pagu", lebar=18),
    KolomFormulir("sebelumnya", "Realisasi s.d. triwulan lalu", lebar=18),
    KolomFormulir("realisasi", "Realisasi triwulan ini", diisi=True, lebar=18),
    KolomFormulir("bulan_1", "Realisasi bulan ke-1 (Rp)", diisi=True, lebar=18),
    KolomFormulir("bulan_2", "Realisasi bulan ke-2 (Rp)", diisi=True, lebar=18),
    KolomFormulir("bulan_3", "Realisasi bulan ke-3 (Rp)", diisi=True, lebar=18),
    KolomFormulir("fisik", "Fisik s.d. akhir triwulan (%)", diisi=True, lebar=12),
    KolomFormulir("keterangan", "Keterangan", diisi=True, lebar=32),
    KolomFormulir("kendala", "Kendala", diisi=True, lebar=32),
)
"""``realisasi`` is answered on Kinerja rows (a number, a rating, or NIHIL); ``bulan_1`` to ``bulan_3`` (rupiah of that
month alone) and ``fisik`` (percent, cumulative) on Keuangan rows."""
