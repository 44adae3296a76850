"""The receipt of a report: what was received, from which office, when, and how to check it."""

import io
import json
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import segno
import typst

from pages.parts.formats import period, rupiah_full, tenggat, whole, wib

FOLDER: Final = Path(__file__).parent
PAGE: Final = FOLDER / "tanda_terima.typ"
FONTS: Final = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FOLDER / "huruf"])
NUMBER: Final = "Nomor tanda terima"
HASH: Final = "Sidik berkas (SHA-256)"
HASH_GROUP: Final = 8
# What the shipped fonts can draw (reports/huruf): a tagged PDF may not hold a character that cannot be shown.
DRAWN: Final = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180)))) - {"\u00ad"} | frozenset("–—‘’“”…−•€")


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


def drawable(text: str) -> str:
    """The text with a question mark for each character our fonts do not have: file names hold anything."""
    return "".join(letter if letter in DRAWN else "?" for letter in unicodedata.normalize("NFC", text))


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
    made = typst.compile(
        PAGE,
        format="pdf",
        font_paths=FONTS,
        sys_inputs={"isi": json.dumps(words)},
        pdf_standards=["ua-1"],
        timestamp=data.diterima.replace(microsecond=0),
    )
    if not isinstance(made, bytes):
        raise TypeError("typst gave no single document")
    return made


def qr_svg(address: str) -> str:
    """The address as a QR code for a phone: medium error correction, quiet zone included."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=2, xmldecl=False, dark="#15181E")
    return out.getvalue().decode()
