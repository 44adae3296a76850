"""Form E.81, "Evaluasi terhadap Hasil Renja Perangkat Daerah", as a workbook and as a PDF."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import pandas as pd

from data.queries.evaluasi_kaki import Kaki
from data.words import TW_NAMES, Level
from reports.evaluasi import Bentuk, Isi, Kolom
from reports.evaluasi_lembar import form_xlsx
from reports.evaluasi_pdf import form_pdf

PD: Final = "Perangkat Daerah"
FORM: Final = Bentuk(
    kode="E.81",
    depan=(
        Kolom("nomor", "No", "1", 4),
        Kolom("sasaran", "Sasaran", "2", 15),
        Kolom("nama", "Program / Kegiatan / Sub Kegiatan", "3", 30),
        Kolom("uraian", "Indikator Kinerja Program (outcome) / Kegiatan (output)", "4", 28),
    ),
    pasangan={
        5: (f"Target Renstra {PD} pada Akhir Periode Renstra", "5"),
        6: (f"Realisasi Capaian Kinerja Renstra {PD} s.d. Renja {PD} Tahun Lalu (n-2)", "6"),
        7: (f"Target Kinerja dan Anggaran Renja {PD} Tahun Berjalan yang Dievaluasi", "7"),
        8: ("I", "8"),
        9: ("II", "9"),
        10: ("III", "10"),
        11: ("IV", "11"),
        12: (f"Realisasi Capaian Kinerja dan Anggaran Renja {PD} yang Dievaluasi", "12"),
        13: (f"Realisasi Kinerja dan Anggaran Renstra {PD} s.d. Tahun Berjalan", "13"),
        14: (f"Tingkat Capaian Kinerja dan Realisasi Anggaran Renstra {PD} (%)", "14"),
    },
    belakang=(
        Kolom("penanggung_jawab", f"Unit {PD} Penanggung Jawab", "15", 13),
        Kolom("keterangan", "Keterangan", "16", 18),
    ),
    puncak=Level.PROGRAM,
    tetap=3,
    lanjutan=f"Renja {PD}",
    tanda=("Disusun", "Dievaluasi"),
)


@dataclass(frozen=True)
class E81:
    """Whose form it is and what stands beneath it."""

    pemda_nama: str
    opd_nama: str
    tahun: int
    tw: int
    kaki: Kaki
    contoh: bool = False

    def isi(self) -> Isi:
        kind = self.pemda_nama.split(" ")[0]
        return Isi(
            judul=(
                f"Evaluasi Terhadap Hasil Renja {PD} Lingkup {kind}",
                f"Renja {PD} {self.opd_nama}, {self.pemda_nama}",
                f"Periode pelaksanaan: {TW_NAMES[self.tw].replace('TW', 'Triwulan')} Tahun {self.tahun}",
                f"Indikator dan target kinerja {PD} yang mengacu pada sasaran RKPD: tercantum pada baris sasaran",
            ),
            pemda_nama=self.pemda_nama,
            tahun=self.tahun,
            tw=self.tw,
            kaki=self.kaki,
            kiri=f"Kepala {self.opd_nama}",
            kanan="Kepala Bappeda",
            rencana=f"Renstra {PD}",
            contoh=self.contoh,
        )


def make_e81(rows: pd.DataFrame, form: E81) -> bytes:
    """The workbook from the lines of ``data.queries.evaluasi.e81_lines``."""
    return form_xlsx(rows, FORM, form.isi())


def make_e81_pdf(rows: pd.DataFrame, form: E81, made: datetime) -> bytes:
    """The same form as a tagged PDF on A3."""
    return form_pdf(rows, FORM, form.isi(), made)
