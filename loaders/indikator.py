"""Our own template: one row per indicator with the realisasi of one triwulan."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

from data.words import Keadaan
from loaders.angka import AngkaRagu, AngkaSalah, Gaya
from loaders.hasil import Hasil, Konteks
from loaders.kepala import Kolom
from loaders.masalah import Masalah, Tingkat, column_letter
from loaders.opd_baris import OpdBaris
from loaders.pohon import fold
from loaders.tabel import Tabel, numbers

COLUMNS: Final = (
    Kolom("kode", ("kode_indikator", "kode_rekening"), kode=True),
    Kolom("indikator", ("nama_indikator", "indikator_kinerja")),
    Kolom("realisasi", ("realisasi_tw", "capaian_kinerja", "realisasi_kinerja")),
    Kolom("opd", ("kode_opd", "kode_skpd", "skpd"), wajib=False),
    Kolom("satuan", wajib=False),
    Kolom("target", wajib=False),
    Kolom("keterangan", ("catatan",), wajib=False),
    Kolom("kendala", ("masalah", "hambatan"), wajib=False),
)
NIHIL: Final = "nihil"


@dataclass
class _Rencana:
    """The stored indicators of one OPD, by code and by node + name."""

    by_kode: dict[str, dict[str, Any]]
    by_name: dict[tuple[str, str], dict[str, Any]]
    nodes: dict[str, dict[str, Any]]
    by_row: dict[str, int] = field(default_factory=dict)


@dataclass
class _Baca:
    table: Tabel
    konteks: Konteks
    hasil: Hasil
    opd: OpdBaris
    realisasi: dict[str, Decimal | AngkaSalah]
    target: dict[str, Decimal | AngkaSalah]
    plans: dict[str, _Rencana] = field(default_factory=dict)

    def plan(self, opd: str) -> _Rencana:
        """The plan of an OPD, indexed once."""
        if opd not in self.plans:
            rows = self.konteks.dikenal.indikator(opd)
            by_name = {(row["node"], fold(row["nama"])): row for row in rows}
            nodes = self.konteks.dikenal.nodes(opd)
            self.plans[opd] = _Rencana({row["kode"]: row for row in rows}, by_name, nodes)
        return self.plans[opd]


def check(table: Tabel, konteks: Konteks, hasil: Hasil) -> None:
    """Fill ``hasil`` with the realisasi rows of the triwulan and the report row of each OPD."""
    opd = OpdBaris(table, konteks)
    if konteks.tahun is None or konteks.tw is None:
        hint = "Sebut periodenya, mis. --periode 2026-TW2."
        table.masalah.append(Masalah(Tingkat.GALAT, "periode", "Tahun dan triwulan belum disebut.", hint))
        return
    if not opd.ready():
        return
    work = _Baca(table, konteks, hasil, opd, _read(table, "realisasi", konteks), _read(table, "target", konteks))
    _rows(work, konteks.tahun, konteks.tw)
    for code in opd.seen():
        _missing(work, code)
    now = datetime.now(UTC)
    hasil.muatan.laporan = [
        {"tahun": konteks.tahun, "tw": konteks.tw, "opd": code, "keadaan": Keadaan.TERVERIFIKASI.value}
        | {"diterima_pada": now, "diverifikasi_pada": now}
        for code in opd.seen()
    ]
    rows = [row for row in hasil.muatan.realisasi if row["asli"]]  # a row without words only clears
    hasil.ringkasan = {"opd": len(opd.seen()), "dilaporkan": len(rows), "nihil": sum(row["nihil"] for row in rows)}


def _read(table: Tabel, kunci: str, konteks: Konteks) -> dict[str, Decimal | AngkaSalah]:
    """Each distinct text of the column → Decimal or AngkaSalah; an ambiguous column is told by the table."""
    texts = list(dict.fromkeys(text for text in table.column(kunci) if text))
    gaya = _gaya(table, kunci, texts, konteks.angka)
    return numbers(gaya, texts)


def _gaya(table: Tabel, kunci: str, texts: list[str], answer: Gaya | None) -> Gaya | None:
    if kunci == "target":  # the stored target is what counts: doubt about the printed one blocks nothing
        return answer
    return table.gaya(kunci, texts, answer)


def _rows(work: _Baca, tahun: int, tw: int) -> None:
    table = work.table
    column = {c.kunci: table.column(c.kunci) for c in COLUMNS}
    letter = column_letter(table.kepala.posisi["realisasi"])
    base = {"tahun": tahun, "periode": tw, "kolom": letter}
    for index in work.konteks.kemajuan(range(len(table.rows))):
        opd = work.opd.of(index)
        if opd is None:
            continue
        found = _match(work, index, opd, column["kode"][index], column["indikator"][index])
        if found is None:
            continue
        text = column["realisasi"][index]
        said = _said(work, index, text, found, tw)
        if column["target"][index]:
            _compare_target(work, index, column["target"][index], found, tw)
        if said is not None:
            row = base | {"opd": opd, "indikator": found["kode"], "asli": text, "baris": table.nomor[index]}
            row |= {"keterangan": column["keterangan"][index], "kendala": column["kendala"][index]}
            work.hasil.muatan.realisasi.append(row | said)


def _match(work: _Baca, index: int, opd: str, kode: str, nama: str) -> dict[str, Any] | None:
    """The stored indicator a row means: by indicator code, else node code and name; told when there is none."""
    plan, table = work.plan(opd), work.table
    found = plan.by_kode.get(kode) or plan.by_name.get((kode, fold(nama)))
    if found is None:
        if not kode:
            table.say(Tingkat.GALAT, "kode_kosong", index, "kode", "kosong.", "Isi kode indikator dari templat.")
        elif kode in plan.nodes:
            message = f"Indikator '{nama}' tidak ada di {kode}."
            table.say(Tingkat.GALAT, "indikator_tidak_dikenal", index, "indikator", message, "Samakan namanya.", nama)
        else:
            hint = "Pakai kode dari templat OPD Anda."
            table.say(Tingkat.GALAT, "kode_tidak_dikenal", index, "kode", "tidak ada di rencana OPD.", hint, kode)
        return None
    first = plan.by_row.setdefault(found["kode"], table.nomor[index])
    if first != table.nomor[index]:
        message = f"sudah ada di baris {first}."
        table.say(Tingkat.GALAT, "duplikat", index, "kode", message, "Hapus salah satunya.", kode)
        return None
    return found


def _said(work: _Baca, index: int, text: str, found: dict[str, Any], tw: int) -> dict[str, Any] | None:
    """What the realisasi cell says: a number, a rating, nihil, or nothing (None, or what clears the stored one)."""
    if not text:
        return _blank(work, index, found, tw)
    if text.casefold() == NIHIL:
        return {"nilai": None, "teks": None, "nihil": True}
    if found.get("target_teks"):
        return {"nilai": None, "teks": text, "nihil": False}
    number = work.realisasi[text]
    if isinstance(number, Decimal):
        return {"nilai": number, "teks": None, "nihil": False}
    if not isinstance(number, AngkaRagu):  # an ambiguous column was told once, as a whole
        work.table.say(Tingkat.GALAT, "bukan_angka", index, "realisasi", str(number), "", text)
    return None


def _blank(work: _Baca, index: int, found: dict[str, Any], tw: int) -> dict[str, Any] | None:
    """A blank cell is no report yet; where one is stored it is taken back, which needs a reason."""
    if tw not in found.get("realisasi", ()):
        work.table.say(Tingkat.INFO, "belum_diisi", index, "realisasi", "kosong: dianggap belum lapor.")
        return None
    message = "kosong: nilai tersimpan akan dikosongkan."
    hint = "Isi nilainya bila tidak dimaksudkan untuk dihapus."
    work.table.say(Tingkat.KONFIRMASI, "akan_dikosongkan", index, "realisasi", message, hint)
    return {"nilai": None, "teks": None, "nihil": False}


def _compare_target(work: _Baca, index: int, text: str, found: dict[str, Any], tw: int) -> None:
    """A target in the file never changes the stored one; a different one is told."""
    number = work.target[text]
    stored = {found.get("target_tahun"), (found.get("target") or {}).get(tw)} - {None}
    if isinstance(number, Decimal) and stored and number not in stored:
        message = "berbeda dari target yang tersimpan; yang dipakai tetap yang tersimpan."
        work.table.say(Tingkat.INFO, "target_berbeda", index, "target", message, "", text)


def _missing(work: _Baca, opd: str) -> None:
    plan = work.plan(opd)
    for kode, row in plan.by_kode.items():
        if kode not in plan.by_row:
            message = f"Indikator {kode} '{row['nama']}' tidak ada di berkas."
            hint = "Tambahkan barisnya; tulis 'nihil' bila memang tidak ada yang dilaporkan."
            work.table.masalah.append(Masalah(Tingkat.KONFIRMASI, "baris_kurang", message, hint))
