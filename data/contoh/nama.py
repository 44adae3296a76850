"""What an output is called where the nomenclature names no indicator of its own."""

import re
from typing import Final

# Beginning of a sub kegiatan's name -> (indicator, unit); {} is the rest of the name.
_RULES: Final = (
    (r"Pembangunan(?: dan \w+)? ", "Jumlah {} yang dibangun", "Unit"),
    (r"Rehabilitasi(?: \w+/\w+)? ", "Jumlah {} yang direhabilitasi", "Unit"),
    (r"Pemeliharaan(?:/\w+)? (?:Rutin |Berkala )?", "Jumlah {} yang dipelihara", "Unit"),
    (r"Pengadaan(?: dan \w+)? ", "Jumlah {} yang diadakan", "Unit"),
    (r"Penyediaan(?: dan \w+)? ", "Jumlah {} yang disediakan", "Paket"),
    (r"(?:Koordinasi dan )?(?:Sinkronisasi )?(?:Penyusunan|Perumusan)(?: dan \w+)? ", "Jumlah dokumen {}", "Dokumen"),
    (r"Perencanaan(?: dan \w+)? ", "Jumlah dokumen perencanaan {}", "Dokumen"),
    (r"(?:Pelatihan|Bimbingan Teknis|Sosialisasi|Penyuluhan|Edukasi)(?: dan \w+)? ", "Jumlah peserta {}", "Orang"),
    (r"(?:Pembinaan|Pemberdayaan|Pendampingan)(?: dan \w+)? ", "Jumlah pembinaan {}", "Kegiatan"),
    (r"Peningkatan (?:Kapasitas|Kompetensi) ", "Jumlah orang yang ditingkatkan kapasitasnya: {}", "Orang"),
    (r"Pelayanan ", "Jumlah layanan {}", "Layanan"),
    (r"Fasilitasi ", "Jumlah fasilitasi {}", "Kegiatan"),
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
            return wording.format(lower_first(name[found.end() :])), unit
    return f"Jumlah laporan {lower_first(name)}", "Laporan"


def lower_first(name: str) -> str:
    """The name inside a sentence; an abbreviation keeps its capitals."""
    return name if name[1:2].isupper() or not name else name[0].lower() + name[1:]


def slug(singkat: str) -> str:
    """An OPD's short name as people write it in a file name: ``pupr``, ``kec_gandus``."""
    short = singkat.lower().replace("kecamatan ", "kec_").replace("dinas ", "").replace("badan ", "")
    return re.sub(r"[^a-z0-9]+", "_", short).strip("_")
