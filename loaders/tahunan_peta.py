"""Declared mappings of yearly results: which columns each has, and how its rows become records.

Our own headers, New York City's Mayor's Management Report (``nyc``) and Canada's GC InfoBase (``gc``, whose programs
come from the files that belong to it). They are told apart by their headers.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from data.words import Arah
from loaders.angka import Gaya
from loaders.hasil import Konteks
from loaders.kepala import Kolom
from loaders.masalah import Masalah, Tingkat
from loaders.tabel import Tabel
from loaders.teks import decode

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


def mapping_of(header: str) -> Pemetaan:
    """The mapping whose marks all stand in a header in small letters; our own where none does."""
    return next((each for each in MAPPINGS if all(mark in header for mark in each.marks)), OWN)
