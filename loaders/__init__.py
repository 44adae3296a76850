"""What comes in: a file is read as text, checked completely, and stored all or nothing.

``check(content, file_name, konteks)`` → ``Hasil``; ``save(engine, pemda, hasil, konteks)`` → ``Tersimpan``.
"""

from data.store import Tersimpan
from loaders.angka import Gaya, Pertanyaan
from loaders.batas import BATAS_PERINTAH, BATAS_UNGGAH, Batas
from loaders.dikenal import Dikenal, read_known
from loaders.hasil import Ambang, Hasil, Konteks
from loaders.judul import KepalaBerkas
from loaders.masalah import Kelompok, Masalah, Tingkat, as_csv, grouped, ordered, report
from loaders.pemeriksaan import PEMBACA, check
from loaders.simpan import save

__all__ = [
    "BATAS_PERINTAH",
    "BATAS_UNGGAH",
    "PEMBACA",
    "Ambang",
    "Batas",
    "Dikenal",
    "Gaya",
    "Hasil",
    "Kelompok",
    "KepalaBerkas",
    "Konteks",
    "Masalah",
    "Pertanyaan",
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
