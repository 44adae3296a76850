"""Yearly results, "agency > program > indicator, direction, target, actual per year", for any government.

How a file's rows become records is declared in ``tahunan_peta``; here the records become rows to store.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from data.types import PLACES
from data.words import Akumulasi, Arah, Keadaan, Level
from loaders.angka import AngkaRagu, AngkaSalah, Gaya, parse
from loaders.hasil import Hasil, Konteks
from loaders.kode import short_code
from loaders.masalah import Masalah, Tingkat, column_letter
from loaders.pohon import Nilai, Pohon, fold
from loaders.tabel import Tabel
from loaders.tahunan_peta import COLUMNS, MAPPINGS, Catatan, Pemetaan, mapping_of

__all__ = ["COLUMNS", "MAPPINGS", "check", "mapping_for"]

TW_AKHIR: Final = 4
_MISSING: Final = {"", "na", "n/a", "-"}


@dataclass
class _Baca:
    table: Tabel
    konteks: Konteks
    pohon: Pohon
    gaya: Gaya | None
    prefix: str
    seen: dict[tuple[str, str, int], int] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    rounded: int = 0


def mapping_for(content: bytes) -> Pemetaan:
    """The mapping that the first line of a text file gives away."""
    return mapping_of(content[:4096].partition(b"\n")[0].decode("latin-1").casefold())


def check(table: Tabel, konteks: Konteks, hasil: Hasil) -> None:
    """Fill ``hasil`` with OPD, programs, indicators, targets (whole year) and realisasi (TW IV) per year."""
    mapping = mapping_of(",".join(table.kepala.judul).casefold())
    gaya = konteks.angka or mapping.gaya or _own_gaya(table)
    work = _Baca(table, konteks, Pohon(hasil.muatan), gaya, mapping.nama.upper())
    records = list(mapping.records(table, konteks))
    for record in konteks.kemajuan(records):
        if konteks.tahun in (None, record.tahun):
            _store(work, record, hasil)
    if work.rounded:
        message = f"{work.rounded} angka berdesimal lebih dari 10 dibulatkan ke 10 desimal."
        table.masalah.append(Masalah(Tingkat.INFO, "dibulatkan", message))
    _reports(hasil)
    years = sorted({row["tahun"] for row in hasil.muatan.indikator})
    hasil.tahun = years[0] if len(years) == 1 else None
    hasil.keterangan += f", pemetaan {mapping.nama}"
    muatan = hasil.muatan
    hasil.ringkasan = {"pemetaan": mapping.nama, "tahun": years, "opd": len(muatan.opd)} | {
        name: len(getattr(muatan, name)) for name in ("node", "indikator", "target", "realisasi")
    }


def _own_gaya(table: Tabel) -> Gaya | None:
    texts = [text for name in ("target", "realisasi") for text in table.column(name) if text]
    return table.gaya("realisasi", texts)


def _store(work: _Baca, record: Catatan, hasil: Hasil) -> None:
    opd, node = _opd(work, record.opd), short_code("P", record.program)
    name_key = (opd, record.kode or fold(f"{record.program} {record.indikator}"), record.tahun)
    first = work.seen.setdefault(name_key, record.index)
    if first != record.index:
        _say_repeated(work, record, first)
        return
    row = work.table.nomor[record.index]
    work.pohon.node(record.tahun, opd, node, Level.PROGRAM.value, record.program, row)
    more: dict[str, Any] = {"arah": record.arah.value, "akumulasi": Akumulasi.TERAKHIR.value}
    more |= {"definisi": record.definisi} | ({"kode": f"{node}#{record.kode}"} if record.kode else {})
    name = _distinct_name(work, record, opd, node)
    found = work.pohon.indikator(record.tahun, opd, node, Level.PROGRAM.value, name, record.satuan, row, **more)
    said = _target(work, record)
    if said is not None:
        work.pohon.target(found, said)
    _actual(work, record, found, said, hasil)


def _distinct_name(work: _Baca, record: Catatan, opd: str, node: str) -> str:
    """Two indicators of one program may share a name: the later one gets its number beside it."""
    rows = work.codes
    key = f"{record.tahun}|{opd}|{node}|{fold(record.indikator)}"
    owner = rows.setdefault(key, record.kode)
    return record.indikator if owner == record.kode else f"{record.indikator} ({record.kode})"


def _say_repeated(work: _Baca, record: Catatan, first: int) -> None:
    level = Tingkat.INFO if record.kode else Tingkat.GALAT
    message = f"Indikator '{record.indikator}' tahun {record.tahun} sudah ada di baris {work.table.nomor[first]}."
    work.table.say(level, "duplikat", record.index, "indikator", message, "Hapus salah satunya.")


def _opd(work: _Baca, name: str) -> str:
    for kode, stored in work.konteks.dikenal.opd.items():
        if fold(stored) == fold(name):
            return kode
    kode = short_code(work.prefix, name)
    work.pohon.opd(kode, name)
    return kode


def _target(work: _Baca, record: Catatan) -> Nilai | None:
    place = work.table.nomor[record.index], column_letter(work.table.kepala.posisi[record.kolom_target])
    low, high = (_number(work, record, text, record.kolom_target) for text in record.target)
    original = " \u2013 ".join(text for text in record.target if text)
    if low is None and high is None:
        words = record.target_teks or (original if original.strip() else "")
        return Nilai(words, *place, teks=words) if words else None
    if record.arah is Arah.RENTANG:
        bounds = sorted(value for value in (low, high) if value is not None)
        return Nilai(original, *place, nilai=bounds[0], nilai_atas=bounds[-1])
    one = high if record.arah is Arah.TURUN and high is not None else low
    return Nilai(original, *place, nilai=one if one is not None else high)


def _number(work: _Baca, record: Catatan, text: str, kunci: str) -> Decimal | None:
    """The number in a text; None when missing or told as unreadable."""
    if text.casefold() in _MISSING:
        return None
    try:
        return parse(_ten_places(work, text), work.gaya)
    except AngkaRagu:
        return None
    except AngkaSalah as error:
        if kunci == "target" or not record.target_teks:
            message = f"{error} Disimpan sebagai teks."
            work.table.say(Tingkat.INFO, "bukan_angka", record.index, kunci, message, "", text)
        return None


def _ten_places(work: _Baca, text: str) -> str:
    """Computed columns carry 14 decimals: keep ten, and count it."""
    if not re.fullmatch(r"-?\d+\.\d{11,20}", text, re.ASCII):
        return text
    work.rounded += 1
    return format(Decimal(text).quantize(PLACES, ROUND_HALF_UP), "f")


def _actual(work: _Baca, record: Catatan, found: dict[str, Any], said: Nilai | None, hasil: Hasil) -> None:
    text = record.realisasi
    if text.casefold() in _MISSING:
        return
    words = said is not None and said.teks is not None
    number = None if words else _number(work, record, text, "realisasi")
    row = {"tahun": found["tahun"], "opd": found["opd"], "indikator": found["kode"], "periode": TW_AKHIR}
    row |= {"nilai": number, "teks": text if number is None else None, "asli": text}
    place = record.kolom_realisasi
    hasil.muatan.realisasi.append(row | {"baris": work.table.nomor[record.index], "kolom": column_letter(place)})


def _reports(hasil: Hasil) -> None:
    now = datetime.now(UTC)
    for tahun, opd in dict.fromkeys((row["tahun"], row["opd"]) for row in hasil.muatan.realisasi):
        row = {"tahun": tahun, "tw": TW_AKHIR, "opd": opd, "keadaan": Keadaan.TERVERIFIKASI.value}
        hasil.muatan.laporan.append(row | {"diterima_pada": now, "diverifikasi_pada": now})
