"""``/unggah/draf/<nomor>/bertanda.xlsx``: the sender's own file with what was found in it.

It is read and written in processes that can be killed, within five seconds altogether: a page waits no longer. A file
that takes more is answered with the list of problems instead.
"""

import pickle
import re
import time
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from data.access import Audiens
from data.errors import LoadError, NotFoundError
from data.mentah import read_raw
from loaders import Masalah, Tingkat
from loaders.angka import Bentuk, shape
from loaders.terpisah import GILIRAN, read_apart, run_apart
from reports.bertanda import Temuan
from routes.session import settings
from routes.upload import XLSX, attachment
from routes.upload_check import STOPPED, finding, told
from routes.upload_draft import show_draft
from routes.upload_view import json_of
from routes.upload_who import declare, opd, own_version, unggah

declare(Audiens.OPD_SENDIRI, "annotated")
__all__ = ["unggah"]
SECONDS: Final = 5.0
WAIT: Final = 1.0
DOUBTFUL: Final = "angka_ragu"
BOTH_WAYS: Final = "dapat dibaca dua cara."
WRITE: Final = "Tulis tanpa titik atau koma ribuan, atau jawab pertanyaannya di halaman draf."
HEADERS: Final = frozenset({"judul_ganda", "kolom_diabaikan"})
LETTER: Final = re.compile(r"kolom [A-Z]{1,2}\b")
THEIR_LETTERS: Final = "(Huruf kolom dalam kalimat ini menurut berkas yang Anda unggah.)"
TOO_MUCH: Final = (
    "Berkas ini terlalu besar untuk ditandai selnya satu per satu. Unduh semua temuan (CSV) di halaman ini: "
    "isinya sama, lengkap dengan baris dan kolomnya."
)


@unggah.get("/unggah/draf/<nomor>/bertanda.xlsx")
def annotated(nomor: str) -> Any:
    row = own_version(nomor)
    stored = json_of(row, "setelan")
    header = (stored.get("kepala") or {}).get("baris")
    if header is None:
        raise NotFoundError("Berkas ini tidak dapat dibuka, jadi tidak ada yang dapat ditandai.")
    content = read_raw(settings().berkas, row["sha256"])
    found = [finding(one) for one in json_of(row, "masalah")]
    try:
        with GILIRAN.turn(opd(), WAIT):
            made = _marked(content, row["nama_berkas"], stored.get("petaan", {}), header, found)
    except STOPPED as error:
        return told(error, lambda sentence, code: show_draft(row, galat=sentence, code=code))
    if made is None:
        return show_draft(row, galat=TOO_MUCH, code=413)
    return attachment(made, f"bertanda-{row['tahun']}-TW{row['tw']}-{row['nomor']}.xlsx", XLSX)


def _marked(content: bytes, name: str, petaan: Mapping[str, str], header: int, masalah: list[Masalah]) -> bytes | None:
    """The annotated file; None when it is not finished in time."""
    until = time.monotonic() + SECONDS
    sheet = read_apart(content, name, petaan, SECONDS)
    if sheet is None:
        return None
    rows, numbers = sheet
    if header not in numbers:
        raise LoadError("Berkas ini tidak lagi dibaca seperti saat diperiksa. Unggah sekali lagi.")
    top = numbers.index(header)
    marks = findings_for(masalah) + doubtful_cells(masalah, rows[top + 1 :], numbers[top + 1 :])
    work = pickle.dumps((int(SECONDS), (rows, top, marks, numbers)), pickle.HIGHEST_PROTOCOL)
    code, made, _ = run_apart("reports.anak", work, until - time.monotonic())
    return made if code == 0 else None


def findings_for(masalah: Sequence[Masalah]) -> list[Temuan]:
    """Findings as the annotated file takes them."""
    return [Temuan(one.tingkat.value, one.pesan, _mend(one), one.baris, one.kolom) for one in masalah]


def _mend(one: Masalah) -> str:
    """Sentences about headers name letters themselves; those are of the file that was uploaded."""
    return (
        f"{one.perbaikan} {THEIR_LETTERS}".strip()
        if one.aturan in HEADERS and LETTER.search(one.pesan)
        else one.perbaikan
    )


def doubtful_cells(
    masalah: Sequence[Masalah], rows: Sequence[Sequence[str | Decimal]], numbers: Sequence[int]
) -> list[Temuan]:
    """A mark on each number that can be read two ways; the finding itself speaks of its whole column, once."""
    columns = [one.kolom for one in masalah if one.aturan == DOUBTFUL and one.kolom is not None]
    return [
        Temuan(Tingkat.GALAT.value, f"'{cell}' {BOTH_WAYS}", WRITE, baris, column, dihitung=False)
        for cells, baris in zip(rows, numbers, strict=True)
        for column in columns
        for cell in cells[column : column + 1]
        if isinstance(cell, str) and shape(cell) is Bentuk.RAGU
    ]
