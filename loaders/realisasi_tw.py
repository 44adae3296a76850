"""Physical and money realisation per triwulan of one agency, in one flat table that carries its own plan.

``thz``/``rpz`` are the year's target and pagu; ``fisik_twN``/``uang_twN`` are that quarter's alone.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

from data.words import TW_NAMES, Keadaan, Level
from loaders.angka import AngkaSalah, Bentuk, Gaya, parse, shape
from loaders.hasil import Hasil, Konteks
from loaders.kepala import Kolom
from loaders.kode import PLACEHOLDER, Mata, links
from loaders.masalah import Masalah, Tingkat, column_letter
from loaders.pohon import Nilai, Pohon
from loaders.rupiah import whole_rupiah
from loaders.tabel import Tabel

CHAIN: Final = (
    (Level.URUSAN, "kd_urusan", "urusan"),
    (Level.BIDANG, "kd_bidang", "bidang"),
    (Level.PROGRAM, "kd_program", "program"),
    (Level.KEGIATAN, "kd_kegiatan", "kegiatan"),
    (Level.SUB_KEGIATAN, "kd_subkeg", "subkeg"),
)
QUARTERS: Final = (1, 2, 3, 4)
NUMBERS: Final = ("thz", "rpz", *(f"{what}_tw{tw}" for tw in QUARTERS for what in ("fisik", "uang")))
COLUMNS: Final = (
    Kolom("tahun"),
    Kolom("kd0", ("kode_skpd",)),
    Kolom("skpd"),
    *(Kolom(name, kode=name == code) for _, code, label in CHAIN for name in (code, label)),
    Kolom("indikator"),
    Kolom("satuan"),
    *(Kolom(name) for name in NUMBERS),
    Kolom("indikator_program", wajib=False),
    *(Kolom(f"masalah_tw{tw}", wajib=False) for tw in QUARTERS),
)
_PACKED = re.compile(r"^(?P<nama>.*?)\s*\[(?P<satuan>[^\]]*)\]\s*th=\S*\s+tha=\S*\s+thz=(?P<thz>.*)$")


@dataclass
class _Baca:
    table: Tabel
    konteks: Konteks
    pohon: Pohon
    cells: dict[str, list[str]]
    gaya: dict[str, Gaya | None] = field(default_factory=dict)
    fisik: tuple[int, ...] = ()
    uang: tuple[int, ...] = ()

    def say(self, tingkat: Tingkat, aturan: str, index: int, kunci: str, pesan: str, nilai: str = "") -> None:
        self.table.say(tingkat, aturan, index, kunci, pesan, "Periksa berkasnya.", nilai)

    def number(self, index: int, kunci: str) -> Decimal | None:
        """The number in a cell; None when blank or wrong (wrong is told once)."""
        text = self.cells[kunci][index]
        if not text:
            return None
        try:
            return parse(text, self.gaya[kunci])
        except AngkaSalah as error:
            if self.gaya[kunci] is not None or shape(text) is not Bentuk.RAGU:
                self.table.say(Tingkat.GALAT, "bukan_angka", index, kunci, str(error), "", text)
            return None

    def place(self, index: int, kunci: str) -> dict[str, Any]:
        """The origin of a value."""
        return {"baris": self.table.nomor[index], "kolom": column_letter(self.table.kepala.posisi[kunci])}


def check(table: Tabel, konteks: Konteks, hasil: Hasil) -> None:
    """Fill ``hasil`` with the plan, the quarters up to ``konteks.tw`` and the report rows of those quarters."""
    cells = {column.kunci: table.column(column.kunci) for column in COLUMNS}
    work = _Baca(table, konteks, Pohon(hasil.muatan, konteks.dikenal, konteks.tahun), cells)
    for kunci in NUMBERS:
        work.gaya[kunci] = table.gaya(kunci, [text for text in cells[kunci] if text], konteks.angka)
    wanted = QUARTERS[: konteks.tw or len(QUARTERS)]
    work.fisik = _reported(work, wanted, "fisik", "fisik")
    work.uang = _reported(work, wanted, "uang", "keuangan")
    for index in konteks.kemajuan(range(len(table.rows))):
        _row(work, index, hasil)
    _reports(work, hasil)
    table.masalah += work.pohon.assumptions()
    years = {row["tahun"] for row in hasil.muatan.node}
    hasil.tahun = years.pop() if len(years) == 1 else None
    hasil.ringkasan = {
        "sub_kegiatan": sum(row["level"] == Level.SUB_KEGIATAN for row in hasil.muatan.node),
        "node": len(hasil.muatan.node),
        "indikator": len(hasil.muatan.indikator),
        "total_pagu": sum(row["pagu"] or 0 for row in hasil.muatan.node),
        "total_realisasi": sum(row["realisasi"] for row in hasil.muatan.keuangan),
        "tw_fisik": list(work.fisik),
        "tw_keuangan": list(work.uang),
    }


def _reported(work: _Baca, wanted: tuple[int, ...], column: str, name: str) -> tuple[int, ...]:
    """The quarters in which some row is neither 0 nor blank; the others are asked about and kept unreported."""
    found = []
    for tw in wanted:
        kunci = f"{column}_tw{tw}"
        if any(text.strip("0.,") for text in work.cells[kunci]):
            found.append(tw)
            continue
        place = work.table.kepala.posisi[kunci]
        message = f"Semua baris {name} {TW_NAMES[tw]} 0 atau kosong: belum lapor atau memang nol?"
        mend = "Disimpan sebagai belum lapor. Bila memang nol, laporkan lewat templat indikator."
        title = work.table.title(kunci)
        work.table.masalah.append(Masalah(Tingkat.KONFIRMASI, "tw_semua_nol", message, mend, None, place, title))
    return tuple(found)


def _row(work: _Baca, index: int, hasil: Hasil) -> None:
    cell = {kunci: column[index] for kunci, column in work.cells.items()}
    tahun, opd = _year(work, index, cell["tahun"]), cell["kd0"]
    if tahun is None or not _is_own(work, index, opd):
        return
    work.pohon.opd(opd, re.sub(r"^\[[^\]]*\]\s*", "", cell["skpd"]))
    pagu = _rupiah(work, index, "rpz")
    codes = _nodes(work, index, cell, tahun, opd, pagu)
    if not codes:
        return
    _program_indicators(work, index, tahun, opd, codes["kd_program"])
    _money(work, index, tahun, opd, codes["kd_subkeg"], pagu, hasil)
    if cell["indikator"]:
        _physical(work, index, tahun, opd, codes["kd_subkeg"], hasil)
    else:
        work.say(Tingkat.INFO, "tanpa_indikator", index, "indikator", "Sub kegiatan ini tanpa indikator.")


def _year(work: _Baca, index: int, text: str) -> int | None:
    wanted = work.konteks.tahun
    if text.isascii() and text.isdigit() and (wanted is None or int(text) == wanted):
        return int(text)
    message = "bukan tahun." if wanted is None else f"bukan tahun yang diminta ({wanted})."
    work.say(Tingkat.GALAT, "tahun", index, "tahun", message, text)
    return None


def _is_own(work: _Baca, index: int, opd: str) -> bool:
    if not opd:
        work.say(Tingkat.GALAT, "opd_kosong", index, "kd0", "kosong.")
        return False
    if work.konteks.opd in (None, opd):
        return True
    message = f"adalah OPD lain; berkas ini diajukan untuk {work.konteks.opd}."
    work.say(Tingkat.GALAT, "opd_lain", index, "kd0", message, opd)
    return False


def _nodes(work: _Baca, index: int, cell: dict[str, str], tahun: int, opd: str, pagu: int | None) -> dict[str, str]:
    """Add the chain of a row; returns the codes by column."""
    row = work.table.nomor[index]
    codes: dict[str, str] = {}
    for link in links(cell, CHAIN, opd):
        if not link.tertulis:
            work.say(Tingkat.GALAT, "kode_kosong", index, link.kolom_kode, "kosong.")
            return {}
        kode = codes[link.kolom_kode] = link.kode
        last = link.level is Level.SUB_KEGIATAN
        more = {"induk": link.induk, "dikenal": link.dikenal} | ({"pagu": pagu} if last else {})
        name = _name(work, link, cell[link.kolom_nama])
        new = work.pohon.node(tahun, opd, kode, link.level.value, name, row, **more)
        if last and not new:
            message = f"sudah ada di baris {work.pohon.row_of(tahun, opd, kode)}."
            work.say(Tingkat.GALAT, "duplikat", index, link.kolom_kode, message, link.tertulis)
            return {}
        if last and kode != link.tertulis:
            work.say(Tingkat.INFO, "kode_pengganti", index, link.kolom_kode, f"disimpan sebagai {kode}.", link.tertulis)
        if new and not link.dikenal:
            message = "bukan bentuk kode nasional."
            work.say(Tingkat.INFO, "kode_tidak_dikenal", index, link.kolom_kode, message, link.tertulis)
    return codes


def _name(work: _Baca, link: Mata, name: str) -> str:
    """A placeholder bidang has a placeholder name: take the real one from another row of the file."""
    if link.tertulis in ("X", PLACEHOLDER):
        for other, label in zip(work.cells[link.kolom_kode], work.cells[link.kolom_nama], strict=True):
            if other == link.kode:
                return label
    return " ".join(name.split())


def _rupiah(work: _Baca, index: int, kunci: str) -> int | None:
    number = work.number(index, kunci)
    if number is None:
        return None
    if number < 0:
        work.say(Tingkat.GALAT, "uang_minus", index, kunci, "kurang dari nol.", work.cells[kunci][index])
    if number == 0 and kunci == "rpz":
        work.say(Tingkat.INFO, "pagu_nol", index, kunci, "Pagu nol.", "0")
    text = work.cells[kunci][index]
    whole = whole_rupiah(
        number, lambda rule, said, hint: work.table.say(Tingkat.GALAT, rule, index, kunci, said, hint, text)
    )
    if whole is not None and whole != number:
        work.say(Tingkat.INFO, "dibulatkan", index, kunci, f"dibulatkan menjadi {whole} rupiah.", text)
    return whole


def _money(work: _Baca, index: int, tahun: int, opd: str, node: str, pagu: int | None, hasil: Hasil) -> None:
    spent = 0
    for tw in work.uang:
        kunci = f"uang_tw{tw}"
        amount = _rupiah(work, index, kunci)
        if amount is None:
            continue
        spent += amount
        row = {"tahun": tahun, "opd": opd, "node": node, "bulan": tw * 3, "realisasi": amount}
        hasil.muatan.keuangan.append(row | work.place(index, kunci))
    if spent > (pagu or 0):
        message = f"Realisasi {spent:,} melebihi pagu {pagu or 0:,}.".replace(",", ".")
        work.say(Tingkat.KONFIRMASI, "realisasi_di_atas_pagu", index, "rpz", message)


def _physical(work: _Baca, index: int, tahun: int, opd: str, node: str, hasil: Hasil) -> None:
    name, unit = work.cells["indikator"][index], work.cells["satuan"][index]
    row = work.table.nomor[index]
    found = work.pohon.indikator(tahun, opd, node, Level.SUB_KEGIATAN.value, name, unit, row)
    target = work.number(index, "thz")
    if target is None:
        work.say(Tingkat.INFO, "tanpa_target", index, "thz", "Indikator tanpa target.")
    else:
        place = column_letter(work.table.kepala.posisi["thz"])
        work.pohon.target(found, Nilai(work.cells["thz"][index], row, place, target))
    for tw in work.fisik:
        kunci = f"fisik_tw{tw}"
        value = work.number(index, kunci)
        if value is None:
            continue
        if value < 0:
            work.say(Tingkat.GALAT, "fisik_minus", index, kunci, "kurang dari nol.", work.cells[kunci][index])
        said = {"tahun": tahun, "opd": opd, "indikator": found["kode"], "periode": tw, "nilai": value}
        said |= {"asli": work.cells[kunci][index], "kendala": work.cells[f"masalah_tw{tw}"][index]}
        hasil.muatan.realisasi.append(said | work.place(index, kunci))


def _program_indicators(work: _Baca, index: int, tahun: int, opd: str, node: str) -> None:
    """'APM PAUD [%] th=72.12 tha=71 thz=72 | …' → program indicators with their year target."""
    row = work.table.nomor[index]
    for text in work.cells["indikator_program"][index].split(" | "):
        found = _PACKED.match(text.strip())
        if found is None:
            if text.strip():
                message = "tidak terbaca sebagai 'nama [satuan] th=… tha=… thz=…'."
                work.say(Tingkat.INFO, "indikator_program", index, "indikator_program", message, text)
            continue
        indikator = work.pohon.indikator(tahun, opd, node, Level.PROGRAM.value, found["nama"], found["satuan"], row)
        said = _program_target(found["thz"].strip(), work, index)
        if said is not None and work.pohon.target(indikator, said) is not None:
            message = f"Target '{found['nama']}' berbeda dari baris sebelumnya, yang dipakai."
            work.say(Tingkat.KONFIRMASI, "target_berbeda", index, "indikator_program", message, found["thz"])


def _program_target(text: str, work: _Baca, index: int) -> Nilai | None:
    if not text:
        return None
    place = work.table.nomor[index], column_letter(work.table.kepala.posisi["indikator_program"])
    try:
        return Nilai(text, *place, nilai=parse(text, work.gaya["thz"]))
    except AngkaSalah:
        return Nilai(text, *place, teks=text)


def _reports(work: _Baca, hasil: Hasil) -> None:
    """One accepted report per OPD-year and quarter in which anything was stored."""
    now = datetime.now(UTC)
    for tahun, opd in dict.fromkeys((row["tahun"], row["opd"]) for row in hasil.muatan.node):
        for tw in sorted({*work.fisik, *work.uang}):
            row = {"tahun": tahun, "tw": tw, "opd": opd, "keadaan": Keadaan.TERVERIFIKASI.value}
            hasil.muatan.laporan.append(row | {"diterima_pada": now, "diverifikasi_pada": now})
