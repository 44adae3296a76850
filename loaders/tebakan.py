"""What a plan file leaves unsaid and is assumed until somebody corrects it: direction, accumulation, kind of OPD.

Every assumption is told in the report of the check.
"""

import re
from typing import Final

from data.words import Akumulasi, Arah, Level
from loaders.satuan import is_level

_TURUN: Final = re.compile(
    r"angka kematian|jumlah kematian|prevalensi(?! kontrasepsi)|angka kemiskinan|penduduk miskin|tingkat kemiskinan"
    r"|pengangguran|angka kesakitan|stunting|putus sekolah|gizi buruk|rasio gini|gini rasio|ketimpangan"
    r"|ketidakcukupan|rawan pangan|re?siko bencana|risiko bencana|tercemar|waktu tanggap|lama pengujian"
    r"|jumlah hari layanan|rasio kdrt|unmet need|angka kelahiran remaja|angka kelahiran total|v/c rasio",
)
_NAIK: Final = re.compile(r"penurunan|penanganan|cakupan|tertangani|ditangani|mendapat")
_JENIS: Final = (
    ("kecamatan", "kecamatan"),
    ("kelurahan", "kelurahan"),
    ("inspektorat", "inspektorat"),
    ("rsud", "rsud"),
    ("rumah sakit", "rsud"),
    ("sekretariat", "sekretariat"),
    ("bagian", "sekretariat"),
    ("badan", "badan"),
    ("satuan", "satuan"),
)


def guess_arah(nama: str) -> Arah:
    """TURUN for indicators known to be better when lower (angka kematian, pengangguran), else NAIK."""
    text = " ".join(nama.casefold().split())
    return Arah.TURUN if _TURUN.search(text) and not _NAIK.search(text) else Arah.NAIK


def guess_akumulasi(level: str, satuan: str) -> Akumulasi:
    """Counts of kegiatan and sub kegiatan add up over quarters; outcomes, percents and indexes do not."""
    if level in (Level.PROGRAM, Level.SASARAN) or is_level(satuan):
        return Akumulasi.TERAKHIR
    return Akumulasi.JUMLAH


def guess_jenis(nama: str) -> str:
    """The kind of OPD that its name tells: dinas unless it says otherwise."""
    text = nama.casefold()
    return next((jenis for word, jenis in _JENIS if text.startswith(word)), "dinas")
