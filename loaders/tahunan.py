"""Yearly results, "agency > program > indicator, direction, target, actual per year", for any government.

Three declared mappings: our own headers, New York City's Mayor's Management Report (``nyc``) and Canada's GC
InfoBase (``gc``, whose programs come from the files that belong to it). They are told apart by their headers.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from data.types import PLACES
from data.words import Akumulasi, Arah, Keadaan, Level
from loaders.angka import AngkaRagu, AngkaSalah, Gaya, parse
from loaders.hasil import Hasil, Konteks
from loaders.kepala import Kolom
from loaders.kode import short_code
from loaders.masalah import Masalah, Tingkat, column_letter
from loaders.pohon import Nilai, Pohon, fold
from loaders.tabel import Tabel
from loaders.teks import decode

TW_AKHIR: Final = 4
COLUMNS: Final = (
    Kolom("opd", ("perangkat_daerah", "skpd")),
    Kolom("program"),
    Kolom("indikator"),
    Kolom("arah"),
    Kolom("tahun"),
    Kolom("target"),
    Kolom("realisasi"),
    Kolom("satuan", wajib=False),
)
NYC_COLUMNS: Final = (
    Kolom("id"),
    Kolom("opd", ("agency_full_name_y",)),
    Kolom("program", ("service",)),
    Kolom("definisi", ("goal",), wajib=False),
    Kolom("indikator", ("indicator",)),
    Kolom("arah", ("desired_direction",)),
    Kolom("target", ("target_mmr",)),
)
GC_COLUMNS: Final = (
    Kolom("stable_id"),
    Kolom("result_id"),
    Kolom("indikator", ("name_en",)),
    Kolom("doc"),
    Kolom("arah", ("seeking_to",)),
    Kolom("jenis_target", ("target_type",)),
    Kolom("target_min"),
    Kolom("target_max"),
    Kolom("target_teks", ("target_narrative_en",)),
    Kolom("realisasi", ("actual_result_en",)),
)
_ARAH: Final = {
    "naik": Arah.NAIK,
    "up": Arah.NAIK,
    "max": Arah.NAIK,
    "turun": Arah.TURUN,
    "down": Arah.TURUN,
    "min": Arah.TURUN,
    "rentang": Arah.RENTANG,
    "range": Arah.RENTANG,
    "target": Arah.RENTANG,
}
_MISSING: Final = {"", "na", "n/a", "-"}
_YEAR: Final = re.compile(r"20\d\d", re.ASCII)
_DOC: Final = re.compile(r"[a-z]+(\d\d)", re.ASCII)


@dataclass(frozen=True)
class Catatan:
    """One indicator in one year, as any of the mappings reads it. Texts are as written; '' where missing."""

    index: int
    opd: str
    program: str
    indikator: str
    arah: Arah
    tahun: int
    kode: str = ""
    satuan: str = ""
    definisi: str = ""
    target: tuple[str, str] = ("", "")
    target_teks: str = ""
    realisasi: str = ""
    kolom_target: str = "target"
    kolom_realisasi: int = 0


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


@dataclass(frozen=True)
class Pemetaan:
    """A declared mapping: its columns, what gives it away, and how its rows become records. ``pad``: its rows may
    end before the last column."""

    nama: str
    columns: Sequence[Kolom]
    marks: tuple[str, ...]
    records: Callable[[Tabel, Konteks], Iterator[Catatan]]
    gaya: Gaya | None = None
    pad: bool = False


def mapping_for(content: bytes) -> Pemetaan:
    """The mapping that the first line of a text file gives away."""
    return _mapping(content[:4096].partition(b"\n")[0].decode("latin-1").casefold())


def check(table: Tabel, konteks: Konteks, hasil: Hasil) -> None:
    """Fill ``hasil`` with OPD, programs, indicators, targets (whole year) and realisasi (TW IV) per year."""
    mapping = _mapping(",".join(table.kepala.judul).casefold())
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


# --- the mappings ---


def _own_records(table: Tabel, konteks: Konteks) -> Iterator[Catatan]:
    cells = {column.kunci: table.column(column.kunci) for column in COLUMNS}
    place = table.kepala.posisi["realisasi"]
    for index in range(len(table.rows)):
        cell = {kunci: column[index] for kunci, column in cells.items()}
        arah = _ARAH.get(cell["arah"].casefold())
        if arah is None:
            hint = "Tulis naik, turun atau rentang."
            table.say(Tingkat.GALAT, "arah", index, "arah", "bukan arah.", hint, cell["arah"])
        elif not _YEAR.fullmatch(cell["tahun"]):
            table.say(Tingkat.GALAT, "tahun", index, "tahun", "bukan tahun.", "Mis. 2026.", cell["tahun"])
        elif not (cell["opd"] and cell["program"] and cell["indikator"]):
            message = "OPD, program atau indikator kosong."
            table.say(Tingkat.GALAT, "isian_kosong", index, "indikator", message, "Lengkapi baris ini.")
        else:
            names = (cell["opd"], cell["program"], cell["indikator"])
            low, _, high = cell["target"].partition("..") if arah is Arah.RENTANG else (cell["target"], "", "")
            record = Catatan(index, *names, arah, int(cell["tahun"]), target=(low, high))
            yield replace(record, satuan=cell["satuan"], realisasi=cell["realisasi"], kolom_realisasi=place)


def _nyc_records(table: Tabel, konteks: Konteks) -> Iterator[Catatan]:
    """The target is the last year's; actuals stand in one column per year."""
    years = {int(title): at for title, at in table.kepala.lain.items() if _YEAR.fullmatch(title)}
    table.use_headers({str(year): at for year, at in years.items()})
    cells = {column.kunci: table.column(column.kunci) for column in NYC_COLUMNS}
    for index, row in enumerate(table.rows):
        cell = {kunci: column[index] for kunci, column in cells.items()}
        arah = _ARAH.get(cell["arah"].casefold(), Arah.NAIK)
        for year, at in sorted(years.items()):
            target = cell["target"] if year == max(years) else ""
            record = Catatan(index, cell["opd"], cell["program"], cell["indikator"], arah, year, cell["id"])
            yield replace(
                record,
                definisi=cell["definisi"],
                target=(target if target != "NA" else "", ""),
                realisasi=row[at].strip(),
                kolom_realisasi=at,
            )


def _gc_records(table: Tabel, konteks: Konteks) -> Iterator[Catatan]:
    """One row per document year (dp18 → 2018). Where ``seeking_to`` is UNKNOWN the bounds decide: a lower one
    alone is a floor to reach, two are a range."""
    cells = {column.kunci: table.column(column.kunci) for column in GC_COLUMNS}
    program = _gc_programs(konteks.lampiran)
    if not konteks.lampiran:
        message = "Berkas results.csv, program.csv dan crso.csv tidak disertakan: semua indikator masuk satu OPD."
        table.masalah.append(Masalah(Tingkat.INFO, "tanpa_lampiran", message, "Sertakan dengan --lampiran."))
    place = table.kepala.posisi["realisasi"]
    for index in range(len(table.rows)):
        cell = {kunci: column[index] for kunci, column in cells.items()}
        doc = _DOC.fullmatch(cell["doc"])
        if doc is None:
            table.say(Tingkat.GALAT, "tahun", index, "doc", "tidak memuat tahun.", "Mis. dp18.", cell["doc"])
            continue
        opd, name = program.get(cell["result_id"], ("GC InfoBase", "GC InfoBase"))
        arah = _gc_arah(cell)
        words = cell["arah"] == "text" or cell["jenis_target"] == "text"
        record = Catatan(index, opd, name, cell["indikator"], arah, 2000 + int(doc.group(1)), cell["stable_id"])
        yield replace(
            record,
            satuan="%" if cell["jenis_target"].startswith("percent") else "",
            target=("", "") if words else (cell["target_min"], cell["target_max"]),
            target_teks=cell["target_teks"] if words else "",
            realisasi=cell["realisasi"],
            kolom_target="target_min",
            kolom_realisasi=place,
        )


def _gc_arah(cell: Mapping[str, str]) -> Arah:
    known = _ARAH.get(cell["arah"])
    if known is not None:
        return known
    return Arah.RENTANG if cell["target_min"] and cell["target_max"] else Arah.NAIK


def _gc_programs(files: Mapping[str, bytes]) -> dict[str, tuple[str, str]]:
    """result id → (department code, program or responsibility name)."""
    names = {f"{row['dept_code']}-{row['activity_code']}": row["name_en"] for row in _rows(files, "program.csv")}
    names |= {row["id"]: row["name_en"] for row in _rows(files, "crso.csv")}
    return {
        row["id"]: (row["subject_id"].partition("-")[0], names.get(row["subject_id"], row["subject_id"]))
        for row in _rows(files, "results.csv")
    }


def _rows(files: Mapping[str, bytes], name: str) -> list[dict[str, str]]:
    text = decode(files.get(name, b""))[0]
    return list(csv.DictReader(io.StringIO(text, newline="")))


MAPPINGS: Final = (
    Pemetaan("nyc", NYC_COLUMNS, ("target.mmr", "desired.direction"), _nyc_records, Gaya.INGGRIS),
    Pemetaan("gc", GC_COLUMNS, ("seeking_to", "result_id"), _gc_records, Gaya.INGGRIS, pad=True),
)
OWN: Final = Pemetaan("umum", COLUMNS, (), _own_records)


def _mapping(header: str) -> Pemetaan:
    return next((each for each in MAPPINGS if all(mark in header for mark in each.marks)), OWN)
