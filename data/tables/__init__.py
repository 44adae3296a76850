"""The tables. ``pemda`` is first in every key, the plan tree is per year, money is integer rupiah.

Every stored value (node, indikator, target, realisasi, keuangan) says where it came from: the number of the
``unggahan`` and the row (and column) of that file.
"""

from data.tables.akun import pengguna
from data.tables.dasar import metadata
from data.tables.laporan import aturan, laporan, periode
from data.tables.rekap import rollup_indikator, rollup_kinerja, rollup_uang
from data.tables.rencana import indikator, keuangan, node, opd, pemda, realisasi, target, unggahan

__all__ = [
    "aturan",
    "indikator",
    "keuangan",
    "laporan",
    "metadata",
    "node",
    "opd",
    "pemda",
    "pengguna",
    "periode",
    "realisasi",
    "rollup_indikator",
    "rollup_kinerja",
    "rollup_uang",
    "target",
    "unggahan",
]
