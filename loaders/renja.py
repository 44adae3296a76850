"""The plan of a year from a SIPD-RI Renja export (CSV): urusan > bidang > program > kegiatan > sub kegiatan, with
indicators and yearly targets on three levels and the pagu on the sub kegiatan."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from data.words import Level
from loaders import bungkus
from loaders.angka import AngkaSalah, Bentuk, Gaya, decide, parse, shape
from loaders.hasil import Hasil, Konteks
from loaders.kepala import Kolom
from loaders.kode import links
from loaders.masalah import Masalah, Tingkat, column_letter
from loaders.pohon import Nilai, Pohon
from loaders.rupiah import whole_rupiah
from loaders.tabel import Tabel

UNDEFINED: Final = "undefined"
SHOWN_CODES: Final = 5
CHAIN: Final = (
    (Level.URUSAN, "kode_urusan", "nama_urusan"),
    (Level.BIDANG, "kode_bidang_urusan", "nama_bidang_urusan"),
    (Level.PROGRAM, "kode_program", "nama_program"),
    (Level.KEGIATAN, "kode_giat", "nama_giat"),
    (Level.SUB_KEGIATAN, "kode_sub_giat", "nama_sub_giat"),
)
# In this export *_output belongs to the sub kegiatan and *_sub to the kegiatan (read off the values).
INDICATORS: Final = (
    (Level.PROGRAM, "kode_program", "tolak_ukur_capaian", "target_teks_capaian", "satuan_capaian"),
    (Level.KEGIATAN, "kode_giat", "tolok_ukur_sub", "target_sub_teks", "satuan_sub"),
    (Level.SUB_KEGIATAN, "kode_sub_giat", "tolak_ukur_output", "target_teks_output", "satuan_output"),
)
COLUMNS: Final = (
    Kolom("tahun"),
    Kolom("kode_skpd", kode=True),
    Kolom("nama_skpd"),
    Kolom("kode_sub_skpd", wajib=False),
    Kolom("nama_sub_skpd", wajib=False),
    *(Kolom(name, kode=name == code) for _, code, label in CHAIN for name in (code, label)),
    *(Kolom(name) for _, _, *names in INDICATORS for name in names),
    Kolom("pagu"),
    Kolom("nama_dana", wajib=False),
)


@dataclass
class _Baca:
    """The check under way: the table, its columns as lists, and the plan being built."""

    table: Tabel
    konteks: Konteks
    pohon: Pohon
    cells: dict[str, list[str]]
    gaya: dict[str, Gaya | None]

    def info(self, aturan: str, index: int, kunci: str, pesan: str, perbaikan: str = "", nilai: str = "") -> None:
        self.table.say(Tingkat.INFO, aturan, index, kunci, pesan, perbaikan, nilai)


def check(table: Tabel, konteks: Konteks, hasil: Hasil) -> None:
    """Fill ``hasil`` with the plan rows; findings go to the table."""
    cells = {column.kunci: table.column(column.kunci) for column in COLUMNS}
    work = _Baca(table, konteks, Pohon(hasil.muatan, konteks.dikenal, konteks.tahun), cells, {})
    _blank_undefined(work)
    work.gaya["pagu"] = table.gaya("pagu", [text for text in cells["pagu"] if text], konteks.angka)
    for _, _, name, target, unit in INDICATORS:
        work.gaya[target] = _target_gaya(work, name, target, unit)
    total = 0
    for index in konteks.kemajuan(range(len(table.rows))):
        total += _row(work, index)
    table.masalah += work.pohon.assumptions()
    table.masalah += _left_out(work, hasil)
    years = {row["tahun"] for row in hasil.muatan.node}
    hasil.tahun = years.pop() if len(years) == 1 else None
    hasil.ringkasan = {
        "opd": len(hasil.muatan.opd),
        "sub_kegiatan": sum(row["level"] == Level.SUB_KEGIATAN for row in hasil.muatan.node),
        "node": len(hasil.muatan.node),
        "indikator": len(hasil.muatan.indikator),
        "total_pagu": total,
    }


def _left_out(work: _Baca, hasil: Hasil) -> Iterable[Masalah]:
    """Stored sub kegiatan that a revised plan no longer names: per OPD, they stay and that must be wanted."""
    if work.konteks.tahun is None:
        return
    codes: dict[str, set[str]] = {}
    for row in hasil.muatan.node:
        codes.setdefault(row["opd"], set()).add(row["kode"])
    for opd, named in codes.items():
        stored = work.konteks.dikenal.nodes(opd).items()
        missing = sorted(kode for kode, node in stored if node["level"] == Level.SUB_KEGIATAN and kode not in named)
        if missing:
            listed = ", ".join(missing[:SHOWN_CODES]) + (", …" if len(missing) > SHOWN_CODES else "")
            message = f"{len(missing)} sub kegiatan OPD {opd} tidak ada di berkas; tetap tersimpan dengan pagunya:"
            hint = "Tambahkan barisnya dengan pagu 0 bila sudah dihapus dari rencana, atau jelaskan alasannya."
            yield Masalah(Tingkat.KONFIRMASI, "sub_kegiatan_tertinggal", f"{message} {listed}.", hint)


def _blank_undefined(work: _Baca) -> None:
    """The literal word ``undefined`` that the exporting system writes for nothing becomes nothing, and is told."""
    for kunci, column in work.cells.items():
        for index, text in enumerate(column):
            if text.casefold() == UNDEFINED:
                work.info("undefined", index, kunci, "dibaca sebagai kosong.", nilai=text)
                column[index] = ""


def _target_gaya(work: _Baca, name: str, target: str, unit: str) -> Gaya | None:
    items = (
        item.angka
        for three in zip(work.cells[name], work.cells[target], work.cells[unit], strict=True)
        for item in bungkus.unpack(*three)[0]
    )
    return decide((text for text in items if text and shape(text) is not Bentuk.SALAH), work.konteks.angka).gaya


def _row(work: _Baca, index: int) -> int:
    """Store one row's nodes and indicators; returns its pagu."""
    cell = {kunci: column[index] for kunci, column in work.cells.items()}
    tahun = _year(work, index, cell["tahun"])
    opd = cell["kode_sub_skpd"] or cell["kode_skpd"]
    if tahun is None or not _own_rows_only(work, index, cell["kode_skpd"], opd):
        return 0
    work.pohon.opd(cell["kode_skpd"], cell["nama_skpd"])
    if opd != cell["kode_skpd"]:
        work.pohon.opd(opd, cell["nama_sub_skpd"] or opd, cell["kode_skpd"])
    pagu = _pagu(work, index, cell["pagu"])
    codes = _nodes(work, index, cell, tahun, opd, pagu)
    for level, code_column, *names in INDICATORS:
        if codes.get(code_column):
            _indicators(work, index, tahun, opd, codes[code_column], level, names)
    if not any(cell[name] for _, _, name, _, _ in INDICATORS):
        work.info("tanpa_indikator", index, "", "Sub kegiatan ini tanpa indikator.", "Lengkapi di Renja.")
    return pagu or 0


def _year(work: _Baca, index: int, text: str) -> int | None:
    wanted = work.konteks.tahun
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        message = ("bukan tahun.", "Tulis empat angka, mis. 2026.")
    elif wanted is not None and int(text) != wanted:
        message = (f"bukan tahun yang diminta ({wanted}).", "Periksa berkas atau --periode.")
    else:
        return int(text)
    work.table.say(Tingkat.GALAT, "tahun", index, "tahun", *message, text)
    return None


def _own_rows_only(work: _Baca, index: int, skpd: str, opd: str) -> bool:
    if not skpd:
        work.table.say(Tingkat.GALAT, "opd_kosong", index, "kode_skpd", "kosong.", "Isi kode SKPD.")
        return False
    if work.konteks.opd in (None, skpd, opd):
        return True
    message = f"adalah OPD lain; berkas ini diajukan untuk {work.konteks.opd}."
    work.table.say(Tingkat.GALAT, "opd_lain", index, "kode_skpd", message, "Hapus baris OPD lain.", skpd)
    return False


def _pagu(work: _Baca, index: int, text: str) -> int | None:
    if not text:
        work.info("pagu_kosong", index, "pagu", "kosong.", "Isi pagu bila sudah ada.")
        return None
    try:
        pagu = parse(text, work.gaya["pagu"])
    except AngkaSalah as error:
        if work.gaya["pagu"] is not None or shape(text) is not Bentuk.RAGU:
            work.table.say(Tingkat.GALAT, "bukan_angka", index, "pagu", str(error), "", text)
        return None
    if pagu < 0:
        work.table.say(Tingkat.GALAT, "pagu_minus", index, "pagu", "kurang dari nol.", "Periksa angkanya.", text)
    if pagu == 0:
        work.info("pagu_nol", index, "pagu", "Pagu nol.", "Periksa apakah memang tanpa anggaran.", text)
    return whole_rupiah(
        pagu, lambda rule, said, hint: work.table.say(Tingkat.GALAT, rule, index, "pagu", said, hint, text)
    )


def _nodes(work: _Baca, index: int, cell: dict[str, str], tahun: int, opd: str, pagu: int | None) -> dict[str, str]:
    """Add the chain of nodes of a row; returns the codes by their column."""
    row = work.table.nomor[index]
    codes: dict[str, str] = {}
    for link in links(cell, CHAIN, opd):
        if not link.tertulis:
            work.table.say(Tingkat.GALAT, "kode_kosong", index, link.kolom_kode, "kosong.", "Isi kodenya.")
            return {}
        kode, column = link.kode, link.kolom_kode
        codes[column] = kode
        last = link.level is Level.SUB_KEGIATAN
        more = {"pagu": pagu, "sumber_dana": cell["nama_dana"]} if last else {}
        more |= {"induk": link.induk, "dikenal": link.dikenal}
        name = " ".join(cell[link.kolom_nama].split())
        new = work.pohon.node(tahun, opd, kode, link.level.value, name, row, **more)
        if new and kode != link.tertulis and last:
            work.info("kode_pengganti", index, column, f"disimpan sebagai {kode}.", nilai=link.tertulis)
        if new and not link.dikenal:
            work.info("kode_tidak_dikenal", index, column, "bukan bentuk kode nasional.", "Periksa.", kode)
        if last and not new:
            _duplicate(work, index, column, kode, work.pohon.row_of(tahun, opd, kode))
    return codes


def _duplicate(work: _Baca, index: int, kunci: str, kode: str, first: int) -> None:
    message = f"sudah ada di baris {first}."
    work.table.say(Tingkat.GALAT, "duplikat", index, kunci, message, "Hapus salah satu atau gabungkan.", kode)


def _indicators(work: _Baca, index: int, tahun: int, opd: str, node: str, level: Level, names: Iterable[str]) -> None:
    name, target, unit = names
    items, agree = bungkus.unpack(*(work.cells[column][index] for column in (name, target, unit)))
    if not agree:
        message = "Jumlah indikator, target dan satuan di sel tidak sama; disimpan sebagai satu indikator."
        work.info("tidak_dipecah", index, name, message, "Pisahkan dengan baris baru yang sama banyak.")
    for item in items:
        found = work.pohon.indikator(tahun, opd, node, level.value, item.nama, item.satuan, work.table.nomor[index])
        said = _target(work, index, target, item)
        earlier = work.pohon.target(found, said) if said else None
        if earlier is not None:
            message = f"Target '{item.nama}' berbeda dari baris {earlier.baris} ('{earlier.asli}'), yang dipakai."
            work.table.say(Tingkat.KONFIRMASI, "target_berbeda", index, target, message, "Samakan.", item.asli)


def _target(work: _Baca, index: int, kunci: str, item: bungkus.Butir) -> Nilai | None:
    """The target of one packed indicator; unreadable ones keep their words."""
    place = work.table.nomor[index], column_letter(work.table.kepala.posisi[kunci])
    if not item.angka:
        work.info("tanpa_target", index, kunci, f"'{item.nama}' tanpa target.", "Lengkapi targetnya.")
        return None
    try:
        number = parse(item.angka, work.gaya[kunci])
    except AngkaSalah as error:
        doubtful = shape(item.angka) is Bentuk.RAGU
        level = Tingkat.KONFIRMASI
        rule = "target_ragu" if doubtful else "target_bukan_angka"
        work.table.say(level, rule, index, kunci, f"{error} Disimpan sebagai teks.", "", item.asli)
        return Nilai(item.asli, *place, teks=item.angka)
    if number == 0:
        work.info("target_nol", index, kunci, f"Target '{item.nama}' nol.", "Periksa.", item.asli)
    return Nilai(item.asli, *place, nilai=number)
