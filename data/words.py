"""The words of the domain, once: every code stored in a column and the Indonesian a person reads for it.

Source of the terms: Permendagri 86/2017 and the city's own forms.
"""

from enum import StrEnum
from typing import Final


class Level(StrEnum):
    """A rung of the national plan tree, plus the two roll-up rungs above it."""

    PEMDA = "pemda"
    OPD = "opd"
    SASARAN = "sasaran"
    URUSAN = "urusan"
    BIDANG = "bidang"
    PROGRAM = "program"
    KEGIATAN = "kegiatan"
    SUB_KEGIATAN = "sub_kegiatan"


class Arah(StrEnum):
    NAIK = "naik"
    TURUN = "turun"
    RENTANG = "rentang"


class Akumulasi(StrEnum):
    JUMLAH = "jumlah"
    TERAKHIR = "terakhir"
    RATA_RATA = "rata_rata"


class RumusTurun(StrEnum):
    """The two formulas in use for an indicator that should fall."""

    SELISIH = "2T-R"
    NISBAH = "T/R"


class Keadaan(StrEnum):
    """Where a report stands, from not yet begun to published."""

    BELUM = "belum"
    DRAF = "draf"
    TERKIRIM = "terkirim"
    DIKEMBALIKAN = "dikembalikan"
    TERVERIFIKASI = "terverifikasi"
    TERBIT = "terbit"


ACCEPTED: Final = (Keadaan.TERVERIFIKASI, Keadaan.TERBIT)


class Kirim(StrEnum):
    """What became of one submitted version."""

    DRAF = "draf"
    TERKIRIM = "terkirim"
    DIKEMBALIKAN = "dikembalikan"
    DITARIK = "ditarik"
    DITERIMA = "diterima"
    DIGANTI = "diganti"
    DIBUANG = "dibuang"
    """A draft thrown away: an empty row that only holds its number."""


class Status(StrEnum):
    """How a node or an indicator stands against its target so far."""

    DI_BAWAH = "di_bawah"
    PERHATIAN = "perhatian"
    BELUM_LAPOR = "belum_lapor"
    TANPA_TARGET = "tanpa_target"
    NIHIL = "nihil"
    TERCAPAI = "tercapai"


class Peringatan(StrEnum):
    """What can be wrong with a node or an indicator, early enough to act. Setting: ``urutan_peringatan``."""

    SERAPAN = "serapan"
    UANG_TERSERAP = "uang_terserap"
    DEVIASI = "deviasi"
    TURUN_DUA = "turun_dua"
    KUMULATIF_TURUN = "kumulatif_turun"
    TANPA_LAPORAN = "tanpa_laporan"
    TARGET_RENDAH = "target_rendah"
    FISIK_UANG = "fisik_uang"
    TANPA_TARGET = "tanpa_target"


class KeadaanArahan(StrEnum):
    """Where an instruction stands, from just given to accepted as done; or taken back by its giver."""

    BARU = "baru"
    DIKERJAKAN = "dikerjakan"
    SELESAI = "selesai"
    DITERIMA = "diterima"
    DITARIK = "ditarik"


OPEN_INSTRUCTIONS: Final = (KeadaanArahan.BARU, KeadaanArahan.DIKERJAKAN, KeadaanArahan.SELESAI)
"""Not closed: shown again in every later triwulan."""


class KeadaanKerja(StrEnum):
    """Where a document made in the background stands."""

    MENUNGGU = "menunggu"
    BERJALAN = "berjalan"
    SELESAI = "selesai"
    GAGAL = "gagal"
    DIHAPUS = "dihapus"


class Peran(StrEnum):
    PIMPINAN = "pimpinan"
    BAPPEDA = "bappeda"
    OPD = "opd"
    ADMIN = "admin"


class JenisBerkas(StrEnum):
    """A kind of file the loaders read."""

    RENJA = "renja"
    REALISASI_TW = "realisasi-tw"
    IKU = "iku"
    INDIKATOR = "indikator"
    KEUANGAN = "keuangan"
    TAHUNAN = "tahunan"
    LAPORAN = "laporan"
    CONTOH = "contoh"
    PUBLIKASI = "publikasi"
    RENSTRA = "renstra"


LEVEL_NAMES: Final = {
    Level.PEMDA: "Kota",
    Level.OPD: "OPD",
    Level.SASARAN: "Sasaran",
    Level.URUSAN: "Urusan",
    Level.BIDANG: "Bidang urusan",
    Level.PROGRAM: "Program",
    Level.KEGIATAN: "Kegiatan",
    Level.SUB_KEGIATAN: "Sub kegiatan",
}
STATUS_NAMES: Final = {
    Status.DI_BAWAH: "Di bawah target",
    Status.PERHATIAN: "Perhatian",
    Status.BELUM_LAPOR: "Belum lapor",
    Status.TANPA_TARGET: "Tanpa target",
    Status.NIHIL: "Nihil",
    Status.TERCAPAI: "Tercapai",
}
# The order in which trouble is shown (LOOK.md): worst first, the missing before the good.
STATUS_ORDER: Final = tuple(STATUS_NAMES)
STATE_NAMES: Final = {
    Keadaan.BELUM: "Belum dikirim",
    Keadaan.DRAF: "Draf",
    Keadaan.TERKIRIM: "Menunggu verifikasi",
    Keadaan.DIKEMBALIKAN: "Dikembalikan",
    Keadaan.TERVERIFIKASI: "Terverifikasi",
    Keadaan.TERBIT: "Terbit",
}
WARNING_NAMES: Final = {
    Peringatan.SERAPAN: "Serapan tertinggal dari rencana",
    Peringatan.UANG_TERSERAP: "Uang terserap, kinerja tertinggal",
    Peringatan.DEVIASI: "Kinerja jauh di bawah target",
    Peringatan.TURUN_DUA: "Turun dua triwulan berturut-turut",
    Peringatan.KUMULATIF_TURUN: "Angka kumulatif turun",
    Peringatan.TANPA_LAPORAN: "Belum dilaporkan",
    Peringatan.TARGET_RENDAH: "Target mungkin terlalu rendah",
    Peringatan.FISIK_UANG: "Fisik dan keuangan berjauhan",
    Peringatan.TANPA_TARGET: "Indikator tanpa target",
}
INSTRUCTION_NAMES: Final = {
    KeadaanArahan.BARU: "Baru",
    KeadaanArahan.DIKERJAKAN: "Dikerjakan",
    KeadaanArahan.SELESAI: "Selesai, menunggu diterima",
    KeadaanArahan.DITERIMA: "Diterima",
    KeadaanArahan.DITARIK: "Ditarik",
}
WORK_NAMES: Final = {
    KeadaanKerja.MENUNGGU: "Menunggu giliran",
    KeadaanKerja.BERJALAN: "Sedang dibuat",
    KeadaanKerja.SELESAI: "Selesai",
    KeadaanKerja.GAGAL: "Gagal",
    KeadaanKerja.DIHAPUS: "Dihapus",
}
VERSION_NAMES: Final = {
    Kirim.DRAF: "Draf",
    Kirim.TERKIRIM: "Menunggu verifikasi",
    Kirim.DIKEMBALIKAN: "Dikembalikan",
    Kirim.DITARIK: "Ditarik",
    Kirim.DITERIMA: "Diterima",
    Kirim.DIGANTI: "Diganti versi baru",
    Kirim.DIBUANG: "Dibuang",
}
TW_NAMES: Final = {1: "TW I", 2: "TW II", 3: "TW III", 4: "TW IV"}
MONTH_NAMES: Final = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
DAY_NAMES: Final = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
SETAHUN: Final = 0
"""The period number under which a whole year's target is kept; 1 to 4 are the triwulan."""


class Tindakan(StrEnum):
    """What the audit trail tells of."""

    MASUK = "masuk"
    MASUK_GAGAL = "masuk_gagal"
    MASUK_DITAHAN = "masuk_ditahan"
    KELUAR = "keluar"
    SESI_DIAKHIRI = "sesi_diakhiri"
    SANDI_DIGANTI = "sandi_diganti"
    FAKTOR_DIPASANG = "faktor_dipasang"
    FAKTOR_DILEPAS = "faktor_dilepas"
    AKUN_DIBUAT = "akun_dibuat"
    AKUN_DIUBAH = "akun_diubah"
    AKUN_DITUTUP = "akun_ditutup"
    AKUN_DIBUKA = "akun_dibuka"
    TAUTAN_DIBUAT = "tautan_dibuat"
    UNGGAH = "unggah"
    KIRIM = "kirim"
    TARIK = "tarik"
    KEMBALIKAN = "kembalikan"
    VERIFIKASI = "verifikasi"
    TERBIT = "terbit"
    PERPANJANGAN = "perpanjangan"
    KALENDER = "kalender"
    INGATKAN = "ingatkan"
    SETELAN = "setelan"
    EKSPOR = "ekspor"
    ARAHAN = "arahan"
    ARAHAN_BALASAN = "arahan_balasan"
    LAYAR_DIBUAT = "layar_dibuat"
    LAYAR_DICABUT = "layar_dicabut"


ACTION_NAMES: Final = {
    Tindakan.MASUK: "Masuk",
    Tindakan.MASUK_GAGAL: "Gagal masuk",
    Tindakan.MASUK_DITAHAN: "Percobaan masuk ditahan",
    Tindakan.KELUAR: "Keluar",
    Tindakan.SESI_DIAKHIRI: "Sesi diakhiri",
    Tindakan.SANDI_DIGANTI: "Kata sandi diganti",
    Tindakan.FAKTOR_DIPASANG: "Kode masuk dipasang",
    Tindakan.FAKTOR_DILEPAS: "Kode masuk dilepas",
    Tindakan.AKUN_DIBUAT: "Akun dibuat",
    Tindakan.AKUN_DIUBAH: "Akun diubah",
    Tindakan.AKUN_DITUTUP: "Akun ditutup",
    Tindakan.AKUN_DIBUKA: "Akun dibuka lagi",
    Tindakan.TAUTAN_DIBUAT: "Tautan sekali pakai dibuat",
    Tindakan.UNGGAH: "Unggahan",
    Tindakan.KIRIM: "Laporan dikirim",
    Tindakan.TARIK: "Laporan ditarik",
    Tindakan.KEMBALIKAN: "Laporan dikembalikan",
    Tindakan.VERIFIKASI: "Laporan diterima",
    Tindakan.TERBIT: "Periode diterbitkan",
    Tindakan.PERPANJANGAN: "Perpanjangan",
    Tindakan.KALENDER: "Kalender diubah",
    Tindakan.INGATKAN: "Pengingat dikirim",
    Tindakan.SETELAN: "Setelan diubah",
    Tindakan.EKSPOR: "Ekspor",
    Tindakan.ARAHAN: "Arahan diberikan",
    Tindakan.ARAHAN_BALASAN: "Arahan dijawab",
    Tindakan.LAYAR_DIBUAT: "Layar dinding dibuat",
    Tindakan.LAYAR_DICABUT: "Layar dinding dicabut",
}
ROLE_NAMES: Final = {
    Peran.PIMPINAN: "Pimpinan",
    Peran.BAPPEDA: "Bappeda",
    Peran.OPD: "Operator OPD",
    Peran.ADMIN: "Administrator",
}
