"""Where the published figures were read, and the OPD they name."""

from typing import Final

LAKIP_2016: Final = "LAKIP Pemerintah Kota Palembang 2016"
DOKUMEN: Final = "https://text-id.123dok.com/document/"
# Letter of the source -> (title with table, address).
SUMBER: Final = {
    "A": (
        "LAKIP Pemerintah Kota Palembang 2015, narasi Sasaran Strategis 14",
        f"{DOKUMEN}1y9jr33vq-rata-rata-lama-sekolah-evaluasi-analisis-capaian-kinerja.html",
    ),
    "B": (
        f"{LAKIP_2016}, Tabel III.5 (Sasaran Strategis 2)",
        f"{DOKUMEN}oy82xgvry-rasio-realisasi-pendapatan-asli-daerah-pad-terhadap-potensi-pendapatan-asli-daerah-pad.html",
    ),
    "C": (
        f"{LAKIP_2016}, Tabel III.15 (Sasaran Strategis 7)",
        f"{DOKUMEN}1y94r6vjq-tingkat-pengangguran-terbuka-angka-partisipasi-angkatan-kerja-per-1000.html",
    ),
    "D": (
        f"{LAKIP_2016}, Tabel III.17 (Sasaran Strategis 8)",
        f"{DOKUMEN}dzx6x5e4z-persentase-koperasi-meningkatnya-hasil-produksi-perikanan.html",
    ),
    "E": (
        f"{LAKIP_2016}, Tabel III.31 (Sasaran Strategis 15)",
        f"{DOKUMEN}ozlxvg36z-angka-partisipasi-angka-melanjutkan.html",
    ),
    "F": (
        "Laporan Kinerja Instansi Pemerintah Kota Palembang 2018, narasi Indikator 2 (hal. 37–38)",
        "https://123dok.com/article/jumlah-wisatawan-pertahun-evaluasi-dan-analisis-capaian-kinerja.q7e22nnz",
    ),
    "G": (
        f"{LAKIP_2016}, Tabel III.2 (Sasaran Strategis 1)",
        "https://123dok.com/article/evaluasi-analisis-capaian-kinerja-akuntabilitas-kinerja.zxvwe7vy",
    ),
}
# The reports print no codes of OPD; these are our own short ones.
# Code -> (name as printed, short name, kind).
OPD: Final = {
    "PEND": ("Dinas Pendidikan Kota Palembang", "Dinas Pendidikan", "dinas"),
    "INSP": ("Inspektorat Kota Palembang", "Inspektorat", "inspektorat"),
    "DPPK": ("Dinas Perindustrian, Perdagangan dan Koperasi", "Dinas Perindagkop", "dinas"),
    "DPPH": ("Dinas Pertanian, Perikanan dan Kehutanan", "Dinas Pertanian", "dinas"),
    "DKES": ("Dinas Kesehatan Kota Palembang", "Dinas Kesehatan", "dinas"),
    "PARI": ("Dinas Pariwisata Kota Palembang", "Dinas Pariwisata", "dinas"),
}
