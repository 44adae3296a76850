"""Every kind of document that is made in the background, in one table: adding one is adding a line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from data.access import Audiens
from data.engine import Connection
from data.errors import NotFoundError
from pages.parts.formats import period
from reports.analisis_berkas import analysis_workbook
from reports.formulir import e79_pages, e79_workbook
from reports.kota import city_report
from reports.rapor import all_cards

Kabar = Callable[[int, str], None]
"""Says how far it is, in percent, and with what."""
Pembuat = Callable[[Connection, str, Mapping[str, str], Kabar], tuple[str, bytes]]
"""(connection, pemda, what was asked, tell) → (file name, content). What was asked is text by the words of ``isian``,
plus ``alamat``, the site's own address."""


@dataclass(frozen=True)
class Jenis:
    """``isian``: the words that its order takes, of tahun, tw, opd (of an operator: always the own one) and saringan
    (the query of an address)."""

    judul: str
    audiens: Audiens
    buat: Pembuat
    isian: tuple[str, ...] = ("tahun", "tw")
    keterangan: str = ""

    def named(self, isian: Mapping[str, str]) -> str:
        """'Laporan kota TW III 2026'."""
        if not isian.get("tw"):
            return f"{self.judul} {isian.get('tahun', '')}".strip()
        return f"{self.judul} {period(int(isian['tahun']), int(isian['tw']))}"


JENIS: Final[dict[str, Jenis]] = {
    "laporan-kota": Jenis(
        "Laporan kota", Audiens.PIMPINAN, city_report, keterangan="Laporan triwulan seluruh OPD untuk dicetak (PDF)."
    ),
    "e79-xlsx": Jenis(
        "Formulir E.79 (XLSX)", Audiens.PIMPINAN, e79_workbook, keterangan="Evaluasi RKPD seluruh pemda, berumus."
    ),
    "e79-pdf": Jenis(
        "Formulir E.79 (PDF)", Audiens.PIMPINAN, e79_pages, keterangan="Evaluasi RKPD seluruh pemda, siap cetak (A3)."
    ),
    "rapor-semua": Jenis(
        "Rapor semua OPD", Audiens.PIMPINAN, all_cards, keterangan="Satu halaman untuk setiap OPD, satu berkas (PDF)."
    ),
    "analisis-xlsx": Jenis(
        "Baris analisis (XLSX)",
        Audiens.PIMPINAN,
        analysis_workbook,
        ("saringan",),
        "Semua baris yang memenuhi satu saringan di halaman Analisis.",
    ),
}


def kind_of(name: str) -> Jenis:
    """Raises NotFoundError for a kind that is none."""
    if name not in JENIS:
        raise NotFoundError("Jenis dokumen ini tidak ada.")
    return JENIS[name]
