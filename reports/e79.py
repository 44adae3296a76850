"""Form E.79, "Evaluasi terhadap Hasil RKPD": the whole government by urusan, as a workbook and as a PDF."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import pandas as pd

from data.queries.evaluasi_kaki import Kaki
from data.words import TW_NAMES, Level
from reports.evaluasi import Bentuk, Isi, Kolom, seat
from reports.evaluasi_lembar import form_xlsx
from reports.evaluasi_pdf import form_pdf

CODE_CELLS: Final = 5
HEADS: Final = {"Kota": "Wali Kota", "Kabupaten": "Bupati", "Provinsi": "Gubernur"}
FORM: Final = Bentuk(
    kode="E.79",
    depan=(
        Kolom("nomor", "No", "1", 4),
        Kolom("sasaran", "Sasaran", "2", 8),
        *(Kolom(f"kode_{at}", "Kode", "3", width) for at, width in enumerate((3, 3.5, 3.5, 5, 5.5), start=1)),
        Kolom("nama", "Urusan / Bidang Urusan Pemerintahan Daerah dan Program / Kegiatan / Sub Kegiatan", "4", 30),
        Kolom("uraian", "Indikator Kinerja Program (outcome) / Kegiatan (output)", "5", 28),
    ),
    pasangan={
        5: ("Target RPJMD pada Akhir Periode RPJMD", "6"),
        6: ("Realisasi Capaian Kinerja RPJMD s.d. RKPD Tahun Lalu (n-2)", "7"),
        7: ("Target Kinerja dan Anggaran RKPD Tahun Berjalan yang Dievaluasi", "8"),
        8: ("I", "9"),
        9: ("II", "10"),
        10: ("III", "11"),
        11: ("IV", "12"),
        12: ("Realisasi Capaian Kinerja dan Anggaran RKPD yang Dievaluasi", "13"),
        13: ("Realisasi Kinerja dan Anggaran RPJMD s.d. Tahun Berjalan", "14"),
        14: ("Tingkat Capaian Kinerja dan Realisasi Anggaran RPJMD (%)", "15"),
    },
    belakang=(Kolom("penanggung_jawab", "Perangkat Daerah Penanggung Jawab", "16", 18),),
    puncak=Level.URUSAN,
    tetap=8,
    lanjutan="RKPD",
    tanda=("Disusun", "Disetujui"),
)


@dataclass(frozen=True)
class E79:
    """Whose form it is and what stands beneath it."""

    pemda_nama: str
    tahun: int
    tw: int
    kaki: Kaki
    contoh: bool = False

    def isi(self) -> Isi:
        kind = self.pemda_nama.split(" ")[0]
        return Isi(
            judul=(
                f"Evaluasi Terhadap Hasil RKPD {self.pemda_nama}",
                f"Periode pelaksanaan: {TW_NAMES[self.tw].replace('TW', 'Triwulan')} Tahun {self.tahun}",
            ),
            pemda_nama=self.pemda_nama,
            tahun=self.tahun,
            tw=self.tw,
            kaki=self.kaki,
            kiri="Kepala Bappeda",
            kanan=f"{HEADS.get(kind, 'Kepala Daerah')} {seat(self.pemda_nama)}",
            rencana="Renstra Perangkat Daerah (jabaran RPJMD)",
            contoh=self.contoh,
        )


def make_e79(rows: pd.DataFrame, form: E79) -> bytes:
    """The workbook from the lines of ``data.queries.evaluasi.e79_lines``."""
    return form_xlsx(_with_cells(rows), FORM, form.isi())


def make_e79_pdf(rows: pd.DataFrame, form: E79, made: datetime, tagged: bool = False) -> bytes:
    """The same form as a PDF on A3, to be printed; whoever reads with the ears has the workbook, or asks for tags."""
    return form_pdf(_with_cells(rows), FORM, form.isi(), made, tagged)


def _with_cells(rows: pd.DataFrame) -> pd.DataFrame:
    """The code of each node in five cells, on its first line."""
    cells = [
        code_cells(kode) if nama else [""] * CODE_CELLS for kode, nama in zip(rows["kode"], rows["nama"], strict=True)
    ]
    names = [f"kode_{at}" for at in range(1, CODE_CELLS + 1)]
    more = pd.DataFrame(cells, columns=names, index=rows.index, dtype=object)
    return pd.concat([rows, more], axis=1)


def code_cells(kode: str) -> list[str]:
    """'1.02.02.2.02.0001' → 1, 02, 02, 2.02, 0001: urusan, bidang, program, kegiatan, sub kegiatan."""
    parts = kode.split(".")
    cells = [*parts[:3], ".".join(parts[3:5]), ".".join(parts[5:])]
    return [*cells, *[""] * CODE_CELLS][:CODE_CELLS]
