"""What comes in: a file is read as text, checked completely, and stored all or nothing.

``check(content, file_name, konteks)`` → ``Hasil``; ``save(engine, pemda, hasil, konteks)`` → ``Tersimpan``.
"""

from data.store import Tersimpan
from loaders.batas import BATAS_PERINTAH, BATAS_UNGGAH, Batas
from loaders.dikenal import Dikenal, read_known
from loaders.hasil import Hasil, Konteks
from loaders.masalah import Kelompok, Masalah, Tingkat, as_csv, grouped, ordered, report
from loaders.pemeriksaan import PEMBACA, check
from loaders.simpan import save

__all__ = [
    "BATAS_PERINTAH",
    "BATAS_UNGGAH",
    "PEMBACA",
    "Batas",
    "Dikenal",
    "Hasil",
    "Kelompok",
    "Konteks",
    "Masalah",
    "Tersimpan",
    "Tingkat",
    "as_csv",
    "check",
    "grouped",
    "ordered",
    "read_known",
    "report",
    "save",
]
