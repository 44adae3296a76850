"""The receipt of a report: what was received, from which office, when, and how to check it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pages.parts.formats import period, rupiah_full, tenggat, whole, wib
from reports.cetak import drawable, pdf, qr_svg

PAGE: Final = "tanda_terima.typ"
NUMBER: Final = "Nomor tanda terima"
HASH: Final = "Sidik berkas (SHA-256)"
HASH_GROUP: Final = 8


@dataclass(frozen=True)
class TandaTerima:
    """What a receipt says. ``oleh`` is the office's account, never a person; ``alamat`` the page that verifies it;
    ``tenggat`` None when the period has none; ``contoh`` labels sample data."""

    nomor: str
    pemda_nama: str
    opd_kode: str
    opd_nama: str
    tahun: int
    tw: int
    diterima: datetime
    nama_berkas: str
    sha256: str
    baris: int
    terisi: int
    nihil: int
    total_rp: int | None
    oleh: str
    hari_terlambat: int
    alamat: str
    tenggat: datetime | None = None
    contoh: bool = False

    @property
    def ketepatan(self) -> str:
        """'Tepat waktu' or 'Terlambat 3 hari'."""
        return f"Terlambat {self.hari_terlambat} hari" if self.hari_terlambat > 0 else "Tepat waktu"


def receipt_lines(data: TandaTerima) -> list[tuple[str, str]]:
    """What the receipt says, as (name, value) in its order; the page on screen shows the same."""
    due = f" (batas {tenggat(data.tenggat)})" if data.tenggat else ""
    return [
        (NUMBER, data.nomor),
        ("Perangkat daerah", f"{data.opd_nama} ({data.opd_kode})"),
        ("Laporan", period(data.tahun, data.tw)),
        ("Diterima", wib(data.diterima)),
        ("Ketepatan", f"{data.ketepatan}{due}"),
        ("Dikirim dengan akun", data.oleh),
        ("Nama berkas", data.nama_berkas),
        ("Isi", f"{whole(data.baris)} baris, {whole(data.terisi)} terisi, {whole(data.nihil)} nihil"),
        ("Realisasi keuangan", rupiah_full(data.total_rp)),
        (HASH, grouped(data.sha256)),
    ]


def grouped(digest: str) -> str:
    """A SHA-256 in groups of eight, to be compared by eye."""
    return " ".join(digest[at : at + HASH_GROUP] for at in range(0, len(digest), HASH_GROUP))


def receipt_pdf(data: TandaTerima) -> bytes:
    """The receipt on one page of A4. The same receipt gives the same file, byte by byte."""
    words = {
        "pemda": drawable(data.pemda_nama),
        "judul": f"Laporan {period(data.tahun, data.tw)} telah diterima",
        "baris": [(name, drawable(value)) for name, value in receipt_lines(data)],
        "alamat": data.alamat,
        "qr": qr_svg(data.alamat),
        "contoh": data.contoh,
        "nomor": drawable(data.nomor),
    }
    return pdf(PAGE, words, data.diterima)
