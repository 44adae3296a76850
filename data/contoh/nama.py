"""What an output is called where the nomenclature names no indicator of its own."""

import re
from typing import Final

_AND = r"(?:(?: dan | atau | serta |/)\w+)?"
# Beginning of a sub kegiatan's name -> (indicator, unit); {} is the rest of the name.
_RULES: Final = (
    (rf"Pembangunan{_AND} ", "Jumlah {} yang dibangun", "Unit"),
    (rf"Rehabilitasi(?: \w+/\w+)?{_AND} ", "Jumlah {} yang direhabilitasi", "Unit"),
    (rf"Pemeliharaan{_AND} (?:Rutin |Berkala )?", "Jumlah {} yang dipelihara", "Unit"),
    (rf"Pengadaan{_AND} ", "Jumlah {} yang diadakan", "Unit"),
    (rf"Penyediaan{_AND} ", "Jumlah {} yang disediakan", "Paket"),
    (rf"(?:Koordinasi dan )?(?:Sinkronisasi )?(?:Penyusunan|Perumusan){_AND} ", "Jumlah dokumen {}", "Dokumen"),
    (rf"Perencanaan{_AND} ", "Jumlah dokumen perencanaan {}", "Dokumen"),
    (rf"(?:Pelatihan|Bimbingan Teknis|Sosialisasi|Penyuluhan|Edukasi){_AND} ", "Jumlah peserta {}", "Orang"),
    (rf"(?:Pembinaan|Pemberdayaan|Pendampingan){_AND} ", "Jumlah pembinaan {}", "Kegiatan"),
    (
        r"Peningkatan (?:Kapasitas|Kompetensi)(?: dan (?:Kapasitas|Kompetensi))? ",
        "Jumlah orang yang ditingkatkan kapasitasnya: {}",
        "Orang",
    ),
    (r"Pelayanan ", "Jumlah layanan {}", "Layanan"),
    (r"Fasilitasi ", "Jumlah fasilitasi {}", "Kegiatan"),
)
# Words that keep their capital inside a sentence.
_PROPER: Final = frozenset(
    ["Pancasila", "Indonesia", "Republik", "Bhinneka", "Tunggal", "Ika", "Melayu", "Palembang", "Musi", "Nusantara"]
)
# Names given by hand where the rule would sound wrong.
_BY_HAND: Final = {
    "Rehabilitasi Jalan": ("Panjang jalan yang direhabilitasi", "km"),
    "Pembangunan Jalan": ("Panjang jalan yang dibangun", "km"),
    "Rekonstruksi Jalan": ("Panjang jalan yang direkonstruksi", "km"),
    "Pemeliharaan Rutin Jalan": ("Panjang jalan yang dipelihara rutin", "km"),
    "Pemeliharaan Berkala Jalan": ("Panjang jalan yang dipelihara berkala", "km"),
    "Pelebaran Jalan Menuju Standar": ("Panjang jalan yang dilebarkan", "km"),
    "Pelebaran Jalan Menambah Lajur": ("Panjang jalan yang ditambah lajurnya", "km"),
}


def output_of(name: str) -> tuple[str, str]:
    """(indicator, unit) of a sub kegiatan without an official one."""
    if name in _BY_HAND:
        return _BY_HAND[name]
    for pattern, wording, unit in _RULES:
        found = re.match(pattern, name)
        if found and len(name) > found.end():
            return wording.format(lowered(name[found.end() :])), unit
    return f"Jumlah laporan {lowered(name)}", "Laporan"


def lowered(name: str) -> str:
    """A Title Case name inside a sentence; abbreviations and proper names keep their capitals."""
    return re.sub(r"[A-Z][a-z]+", lambda word: word[0] if word[0] in _PROPER else word[0].lower(), name)


def sentence(name: str) -> str:
    """A Title Case name as a sentence: only its first letter is a capital."""
    text = lowered(name)
    return text[:1].upper() + text[1:]


def without_doing(name: str) -> str:
    """The name inside a sentence that already says it is carried out."""
    return lowered(name.removeprefix("Pelaksanaan "))


def slug(singkat: str) -> str:
    """An OPD's short name as people write it in a file name: ``pupr``, ``kec_gandus``."""
    short = singkat.lower().replace("kecamatan ", "kec_").replace("dinas ", "").replace("badan ", "")
    return re.sub(r"[^a-z0-9]+", "_", short).strip("_")
