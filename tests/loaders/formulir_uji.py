"""Report forms as an operator would send them, made in the test: a faultless one, and what is changed about it."""

import csv
import io
import resource
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import xlsxwriter

from data.formulir import KEUANGAN, KINERJA, KOLOM, TANDA, VERSI

OPD = "1.02.0.00.0.00.01.0000"
SUB = "1.02.02.2.02.0001"
SUB2 = "1.02.02.2.02.0002"
AKIP = "1.02.02#1"
TITLES = [kolom.judul for kolom in KOLOM]
KEYS = [kolom.kunci for kolom in KOLOM]
IDENTITY: tuple[Any, ...] = (TANDA, VERSI, OPD, 2026, 2)

Row = dict[str, Any]


def cpu_seconds() -> float:
    """CPU time of this process and of all its ended children."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def kinerja(kode: str, uraian: str, **more: Any) -> Row:
    row: Row = {"kode": kode, "uraian": uraian, "baris": KINERJA, "satuan": "Orang", "target": 50, "sebelumnya": 25}
    return row | {"realisasi": 25} | more


def keuangan(kode: str, **more: Any) -> Row:
    row: Row = {"kode": kode, "uraian": f"Sub {kode}", "baris": KEUANGAN, "satuan": "Rupiah", "target": 10_000_000}
    months = {"bulan_1": 1_000_000, "bulan_2": 1_000_000, "bulan_3": 1_000_000}
    return row | {"sebelumnya": 1_500_000, "fisik": 45} | months | more


def faultless() -> list[Row]:
    """Every expected answer, and nothing to ask about."""
    return [
        kinerja(f"{SUB}#1", "Jumlah ibu hamil dilayani"),
        keuangan(SUB),
        kinerja(f"{SUB2}#1", "Jumlah bayi dilayani"),
        keuangan(SUB2),
        kinerja(AKIP, "Nilai AKIP", target="", sebelumnya="", realisasi="BB"),
    ]


def form_rows(
    ubah: Mapping[str, Row] | None = None,
    tanpa: Iterable[str] = (),
    tambah: Iterable[Row] = (),
    tanda: Sequence[Any] | None = IDENTITY,
    judul: Sequence[str] = TITLES,
) -> list[list[Any]]:
    """The lines of a form: ``ubah`` cells by code and key, ``tanpa`` rows of these codes, ``tambah`` rows after all."""
    left_out = set(tanpa)
    rows = [row | dict((ubah or {}).get(row["kode"], {})) for row in faultless() if row["kode"] not in left_out]
    lines = [[row.get(key, "") for key in KEYS] for row in [*rows, *tambah]]
    head = [[*tanda, *[""] * (len(KEYS) - len(tanda))]] if tanda else []
    return [*head, list(judul), *lines]


def as_csv(lines: Iterable[Iterable[Any]], pemisah: str = ";") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=pemisah, lineterminator="\n").writerows(lines)
    return out.getvalue()


def form(pemisah: str = ";", **changes: Any) -> str:
    return as_csv(form_rows(**changes), pemisah)


def workbook(fill: Callable[[Any], None]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        fill(book)
    return out.getvalue()


def as_xlsx(lines: Iterable[Sequence[Any]], after: Callable[[Any, Any], None] | None = None) -> bytes:
    """A workbook with one sheet of these lines: texts as texts, numbers as numbers; ``after`` changes book or sheet."""

    def fill(book: Any) -> None:
        sheet = book.add_worksheet("Laporan")
        for at, line in enumerate(lines):
            for column, value in enumerate(line):
                if isinstance(value, str):
                    sheet.write_string(at, column, value)
                else:
                    sheet.write(at, column, value)
        if after is not None:
            after(book, sheet)

    return workbook(fill)
