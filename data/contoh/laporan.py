"""The report of one OPD for one triwulan: when it came, when it was checked, and what the OPD says about it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Final

from data.contoh import cerita
from data.contoh.bacaan import Perangkat
from data.contoh.kalender import HARI_TENGGAT, first_day_after, wib
from data.words import Keadaan

TANGGAPAN: Final = {
    "Dinas PUPR": (
        "Dua paket rehabilitasi jalan terlambat lelang dan kontrak baru terbit 22 Agustus. Target susulan 12 km "
        "diselesaikan sampai November."
    ),
    "Dinas Perumahan Rakyat": (
        "Pembebasan lahan di dua kawasan kumuh belum selesai sehingga pekerjaan fisik tertahan. Musyawarah ganti "
        "kerugian dijadwalkan selesai bulan depan."
    ),
    "Dinas Perhubungan": (
        "Lampu dan rambu jalan sudah terpasang dan dibayar, tetapi uji laik fungsinya belum selesai. Hasil uji "
        "dicatat pada TW IV."
    ),
    "Dinas Penanggulangan Bencana dan Kebakaran": (
        "Dua unit mobil pemadam rusak berat dan suku cadang baru tiba akhir triwulan. Pos bantuan di Seberang Ulu "
        "dibuka untuk memperpendek waktu tanggap."
    ),
    "Dinas Perdagangan": (
        "Revitalisasi dua pasar selesai dibayar, tetapi pedagang belum pindah sehingga keluarannya belum dihitung. "
        "Pemindahan dijadwalkan setelah undian lapak."
    ),
    "Kecamatan Gandus": (
        "Pembangunan sarana kelurahan tertunda karena lokasi terendam air pasang. Pekerjaan dialihkan ke tiga "
        "kelurahan yang tidak tergenang."
    ),
    "Dinas Pariwisata": (
        "Dua pergelaran di tepian Musi diundur karena kabut asap. Keduanya dijadwalkan ulang pada TW IV bersama "
        "promosi akhir tahun."
    ),
    "Dinas Sosial": (
        "Pemutakhiran data penerima selesai di 14 kecamatan dan layanan susulan sudah berjalan. Empat kecamatan "
        "tersisa diselesaikan triwulan berikutnya."
    ),
    "Dinas Lingkungan Hidup": (
        "Sebagian armada angkutan sampah menunggu perbaikan sehingga cakupan layanan turun. Armada sewa dipakai "
        "sampai perbaikan selesai."
    ),
    "Kecamatan Kertapati": (
        "Musyawarah kelurahan mundur karena pergantian ketua RT. Kegiatan dipadatkan pada triwulan berikutnya."
    ),
}
TANGGAPAN_UMUM: Final = (
    "Beberapa kegiatan bergeser karena proses pengadaan lebih lama dari jadwal. Target susulan dikerjakan pada "
    "triwulan berikutnya."
)
PENDORONG: Final = (
    "Jadwal kegiatan disepakati sejak awal tahun dan dipantau setiap bulan.",
    "Koordinasi dengan kelurahan berjalan baik dan dokumen pengadaan siap lebih awal.",
    "Dukungan mitra dan ketersediaan tenaga teknis sesuai kebutuhan.",
    "Sebagian besar pembayaran dan pelaporan sudah dilakukan secara elektronik.",
)
PENGHAMBAT: Final = (
    "Proses pengadaan barang dan jasa lebih lama dari jadwal.",
    "Cuaca dan air pasang menunda pekerjaan lapangan.",
    "Data pendukung dari lapangan terlambat diterima.",
    "Penyesuaian anggaran menunggu penetapan perubahan.",
)
TINDAK_LANJUT: Final = (
    "Rapat kendali dilakukan setiap dua minggu sampai target tercapai.",
    "Paket yang tertunda didahulukan dan jadwalnya dilaporkan ke Bappeda Litbang.",
    "Kegiatan yang belum berjalan dipadatkan pada triwulan berikutnya.",
    "Verifikasi data dilakukan bersama kelurahan sebelum tanggal 5.",
)


@dataclass(frozen=True)
class Kedatangan:
    """When a report arrives and is checked."""

    diterima: datetime
    diverifikasi: datetime
    terlambat: int


def arrival(opd: Perangkat, tahun: int, tw: int, hari_ini: date) -> Kedatangan | None:
    """None when the OPD did not report for that triwulan, or not before the end of ``hari_ini``."""
    if (opd.singkat, tahun, tw) in cerita.TIDAK_LAPOR:
        return None
    rng = Random(f"laporan|{opd.kode}|{tahun}|{tw}")
    late = cerita.days_late(opd.singkat, tahun, tw, rng)
    opened = first_day_after(tahun, tw)
    day = HARI_TENGGAT + late if late else rng.choice((5, 8, 9, 10, 11, 12, 12, 13, 13, 14, 14, 14, 15, 15))
    received = wib(opened.replace(day=day), rng.randint(8, 16), rng.randint(0, 59), rng.randint(0, 59))
    checked_on = opened.replace(day=day) + timedelta(days=rng.randint(1, 4))
    checked = wib(checked_on, rng.randint(8, 15), rng.randint(0, 59))
    return Kedatangan(received, checked, late) if received <= wib(hari_ini, 23, 59, 59) else None


def report_row(opd: Perangkat, tahun: int, tw: int, come: Kedatangan, points: float, hari_ini: date) -> dict[str, Any]:
    """One row of ``laporan``: published once the triwulan is locked, verified or still waiting before."""
    rng = Random(f"kata|{opd.kode}|{tahun}|{tw}")
    nihil = cerita.NIHIL.get((opd.singkat, tahun, tw))
    now = wib(hari_ini, 23, 59, 59)
    locked = wib(first_day_after(tahun, tw).replace(day=24), 23, 59, 59)
    state = Keadaan.TERBIT if locked < now else Keadaan.TERVERIFIKASI if come.diverifikasi <= now else Keadaan.TERKIRIM
    return {
        "tahun": tahun,
        "tw": tw,
        "opd": opd.kode,
        "keadaan": state.value,
        "nihil": nihil is not None,
        "alasan_nihil": nihil or "",
        "diterima_pada": come.diterima,
        "hari_terlambat": come.terlambat,
        "diverifikasi_pada": None if state == Keadaan.TERKIRIM else come.diverifikasi,
        "tanggapan": TANGGAPAN.get(opd.singkat, TANGGAPAN_UMUM) if points > 10 else "",
        "faktor_pendorong": rng.choice(PENDORONG),
        "faktor_penghambat": rng.choice(PENGHAMBAT) if points else "",
        "tindak_lanjut": rng.choice(TINDAK_LANJUT) if points else "",
    }
