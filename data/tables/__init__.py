"""The tables. ``pemda`` is first in every key, the plan tree is per year, money is integer rupiah.

Every stored value (node, indikator, target, realisasi, keuangan) says where it came from: the number of the
``unggahan`` and the row (and column) of that file.
"""

from data.tables.akun import kode_pemulihan, pengguna, perangkat, percobaan, sesi, tautan
from data.tables.dasar import metadata
from data.tables.jejak import jejak, jejak_kepala
from data.tables.kiriman import (
    kiriman,
    kontak,
    libur,
    pengingat,
    perpanjangan,
    petaan,
    terbitan,
    wajib_lapor,
)
from data.tables.laporan import aturan, laporan, periode
from data.tables.meja import arahan, arahan_langkah, pejabat, pekerjaan, pilihan, renstra, saringan
from data.tables.publik import edisi, layar
from data.tables.rekap import rollup_indikator, rollup_kinerja, rollup_uang
from data.tables.rencana import indikator, keuangan, node, opd, pemda, realisasi, target, unggahan

__all__ = [
    "arahan",
    "arahan_langkah",
    "aturan",
    "edisi",
    "indikator",
    "jejak",
    "jejak_kepala",
    "keuangan",
    "kiriman",
    "kode_pemulihan",
    "kontak",
    "laporan",
    "layar",
    "libur",
    "metadata",
    "node",
    "opd",
    "pejabat",
    "pekerjaan",
    "pemda",
    "pengguna",
    "pengingat",
    "perangkat",
    "percobaan",
    "periode",
    "perpanjangan",
    "petaan",
    "pilihan",
    "realisasi",
    "renstra",
    "rollup_indikator",
    "rollup_kinerja",
    "rollup_uang",
    "saringan",
    "sesi",
    "target",
    "tautan",
    "terbitan",
    "unggahan",
    "wajib_lapor",
]
