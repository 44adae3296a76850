"""Every id of the site, once: callbacks, pages and style sheets name a place only through these."""

from typing import Final

ALAMAT: Final = "_pages_location"
"""Dash's own location component, whose pathname and search every page callback reads."""

ISI: Final = "isi"
MENU_KAKI: Final = "menu-kaki"

JUDUL: Final = "judul-kota"
DAFTAR_OPD: Final = "daftar-opd"
UANG: Final = "uang-kota"
BERULANG: Final = "berulang"
CARA: Final = "cara-menghitung"

OPD_KEPALA: Final = "opd-kepala"
OPD_PROGRAM: Final = "opd-program"
OPD_INDIKATOR: Final = "opd-indikator"
OPD_TREN: Final = "opd-tren"
OPD_UANG: Final = "opd-uang"

PIMPINAN_RINGKASAN: Final = "pimpinan-ringkasan"
PIMPINAN_MERAH: Final = "pimpinan-merah"
PIMPINAN_TELUSUR: Final = "pimpinan-telusur"
PIMPINAN_TERBURUK: Final = "pimpinan-terburuk"

METODOLOGI: Final = "isi-metodologi"
DATA: Final = "isi-data"
SEMATAN: Final = "isi-sematan"

GRAFIK_KEUANGAN: Final = "grafik-keuangan"
GRAFIK_FISIK: Final = "grafik-fisik"
GRAFIK_TREN: Final = "grafik-tren"

ANALISIS_SARING: Final = "analisis-saring"
ANALISIS_DIPAKAI: Final = "analisis-dipakai"
ANALISIS_SIMPANAN: Final = "analisis-simpanan"
ANALISIS_KEPALA: Final = "analisis-kepala"
ANALISIS_GAMBAR: Final = "analisis-gambar"
ANALISIS_BANDING: Final = "analisis-banding"
ANALISIS_PANEL: Final = "analisis-panel"
ANALISIS_ARAHAN: Final = "analisis-arahan"
"""Beneath the side panel: instructions about the row it shows."""
ANALISIS_BARIS: Final = "analisis-baris"
ANALISIS_KISI: Final = "analisis-kisi"
KISI: Final = "kisi-baris"
"""The grid component itself."""

KEPATUHAN_KEPALA: Final = "kepatuhan-kepala"
KEPATUHAN_KISI: Final = "kepatuhan-kisi"
KEPATUHAN_LAJU: Final = "kepatuhan-laju"
KEPATUHAN_RAJIN: Final = "kepatuhan-rajin"

PERINGATAN_KEPALA: Final = "peringatan-kepala"
PERINGATAN_DAFTAR: Final = "peringatan-daftar"
PERINGATAN_PROYEKSI: Final = "peringatan-proyeksi"
