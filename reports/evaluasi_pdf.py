"""An official form as a tagged PDF on A3, its head repeated on every page."""

from datetime import datetime
from typing import Any, Final

import pandas as pd

from data.formulas.predikat import predikat
from data.queries.evaluasi_kaki import renstra_average, renstra_share
from data.words import Level
from pages.parts.formats import NONE, decimal_id
from reports.cetak import drawable, pdf
from reports.evaluasi import (
    PAIRS,
    QUARTERS,
    SHARE,
    THIS_YEAR,
    Bentuk,
    Isi,
    Row,
    figure,
    footer_words,
    in_words,
    lead,
    notes,
    place_and_date,
    records,
    signature,
    summary,
)
from reports.evaluasi_lembar import column_number

PAGE: Final = "evaluasi.typ"
PAPER_MM: Final = 404.0
"""What A3 across has between its margins."""
SIZE_MM: Final = 6.2 * 0.3528
DIGIT, NARROW, INSET_MM = 0.5, 0.27, 1.9
"""How wide a digit and a dot are, in the size of the type; what a cell keeps free at both sides."""
LEAST: Final = {"k": 7.5, "rp": 9.0}
MOST: Final = {"k": 15.0, "rp": 24.0}
WEIGHT: Final = {Level.URUSAN: "kuat", Level.BIDANG: "kuat", Level.PROGRAM: "kuat", Level.SASARAN: "kuat"}
INDENT: Final = {Level.KEGIATAN: 1, Level.SUB_KEGIATAN: 2}


def form_pdf(rows: pd.DataFrame, form: Bentuk, isi: Isi, made: datetime, tagged: bool = True) -> bytes:
    """The form with these lines; the same lines at the same moment give the same file. Tags for screen readers make a
    table of a whole city fifteen times as large and three times as slow."""
    lines = records(rows)
    cells = [_line(row, form, isi) for row in lines]
    words = {
        "kode": form.kode,
        "judul": [drawable(text) for text in isi.judul],
        "ringkas": drawable(summary(lines, form, isi)),
        "pemda": drawable(isi.pemda_nama),
        "contoh": isi.contoh,
        "lebar": _widths(cells, form),
        "depan": _titles(form, form.depan),
        "belakang": _titles(form, form.belakang),
        "triwulan": form.triwulan,
        "pasangan": [_pair(form, number) for number in PAIRS],
        "baris": cells,
        "rata": _averages(rows, form, isi),
        "kata": [(label, drawable(text)) for label, text in footer_words(form, isi.kaki)],
        "tanda": _signatures(form, isi),
        "catatan": [drawable(text) for text in notes(lines, form, isi)],
    }
    return pdf(PAGE, words, made, tagged=tagged)


def _line(row: Row, form: Bentuk, isi: Isi) -> dict[str, Any]:
    before = [drawable(_text(lead(row, one.kunci))) for one in form.depan]
    after = [drawable(_text(lead(row, one.kunci))) for one in form.belakang]
    pairs = [
        drawable(in_words(figure(row, what, number, isi.tw), what, number)) for number in PAIRS for what in ("k", "rp")
    ]
    strong = bool(row["nama"]) and row["level"] in WEIGHT
    return {"d": before, "p": pairs, "b": after, "kuat": strong, "masuk": INDENT.get(row["level"], 0)}


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _titles(form: Bentuk, columns: Any) -> list[dict[str, Any]]:
    """Title, number and how many columns it spans; neighbours of one title share it."""
    found: list[dict[str, Any]] = []
    for one in columns:
        if found and found[-1]["judul"] == one.judul:
            found[-1]["rentang"] += 1
        else:
            found.append({"judul": one.judul, "nomor": one.nomor, "rentang": 1})
    return found


def _pair(form: Bentuk, number: int) -> dict[str, Any]:
    title = form.pasangan[number][0]
    return {"judul": title, "nomor": column_number(form, number), "triwulan": number in QUARTERS}


def _widths(cells: list[dict[str, Any]], form: Bentuk) -> list[float]:
    """Millimetres: figures as wide as the longest, words share what is left."""
    figures = []
    for at in range(2 * len(PAIRS)):
        what = ("k", "rp")[at % 2]
        longest = max((_wide(line["p"][at]) for line in cells), default=0.0)
        figures.append(min(max(longest, LEAST[what]), MOST[what]))
    words = [*form.depan, *form.belakang]
    share = (PAPER_MM - sum(figures)) / sum(one.lebar for one in words)
    before = [one.lebar * share for one in form.depan]
    return [round(mm, 2) for mm in (*before, *figures, *(one.lebar * share for one in form.belakang))]


def _wide(text: str) -> float:
    """How much room a figure takes in the printed size."""
    return sum(NARROW if letter in ".,–" else DIGIT for letter in text) * SIZE_MM + INSET_MM


def _averages(rows: pd.DataFrame, form: Bentuk, isi: Isi) -> dict[str, list[str]]:
    """Texts of the two rows beneath the lines: this year's K and Rp, then the Renstra's."""
    kaki = isi.kaki
    shares = (renstra_average(rows, kaki.batas), renstra_share(rows, form.puncak))
    values = (kaki.capaian, kaki.serapan, *shares)
    return {
        "persen": [decimal_id(value, 2) for value in values],
        "predikat": [predikat(value, kaki.bacaan) or NONE for value in values],
        "nomor": [form.pasangan[THIS_YEAR][1], form.pasangan[SHARE][1]],
    }


def _signatures(form: Bentuk, isi: Isi) -> list[dict[str, Any]]:
    kaki = isi.kaki
    return [
        {
            "untuk": what,
            "tempat": drawable(place_and_date(isi.pemda_nama)),
            "baris": [drawable(text) for text in signature(who, otherwise)],
        }
        for what, who, otherwise in zip(form.tanda, (kaki.penyusun, kaki.penilai), (isi.kiri, isi.kanan), strict=True)
    ]
