"""An official form as a workbook: A3 across, one page wide, its head on every page, formulas with their values."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, Final

import pandas as pd
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from data.formulas.predikat import predikat
from data.queries.evaluasi_kaki import renstra_average, renstra_share
from data.words import Level
from pages.parts.formats import NONE, period
from reports.aman import Value, harmless
from reports.buku import INK_2, INK_3, WHOLE, Buku, page_footer, set_widths
from reports.evaluasi import (
    PAIRS,
    QUARTERS,
    SHARE,
    SINCE,
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
from reports.evaluasi_rumus import average, formula, is_number, share_of_sums

A3: Final = 8
SIZE: Final = 8
LINE: Final = 11.0
"""Points that a line of this size takes."""
BORDER: Final = {"border": 1, "border_color": "#8A929C"}
HEAD_FILL: Final = "#EEF1F2"
FIRST_STOREY: Final = 7
STOREYS: Final = 3
FRACTION: Final = "#,##0.00##"
ROOM: Final = 1.34
"""Letters of this size for each character of a column's width."""
CAPITALS: Final = 0.35
"""How much wider than others capitals are: PROGRAM PENUNJANG URUSAN."""
SIGNATURE_LINES: Final = 11
"""Nine, and one more for an office whose name takes two at either side."""
LONGEST_NAME: Final = 100
"""Letters of a name at the foot: a spreadsheet drops a foot of more than 255, page numbers and all, and an '&' counts
twice."""
PERCENT: Final = "#,##0.00"
LEAST, MOST = {"k": 6.5, "rp": 8.5}, {"k": 12.0, "rp": 24.0}
INDENT: Final = {Level.KEGIATAN: 1, Level.SUB_KEGIATAN: 2}
STRONG: Final = frozenset({Level.SASARAN, Level.PROGRAM, Level.URUSAN, Level.BIDANG})


def form_xlsx(rows: pd.DataFrame, form: Bentuk, isi: Isi) -> bytes:
    """The form with these lines."""
    lembar = _Lembar(rows, form, isi)
    lembar.write_title()
    lembar.write_head()
    lembar.write_lines()
    line = lembar.write_averages()
    line = lembar.write_words(line)
    line = lembar.write_signatures(line + 1)
    lembar.write_notes(line + 1)
    lembar.set_up()
    return lembar.buku.finish()


@dataclass(frozen=True)
class _Tempat:
    """Where columns stand, 0-based."""

    depan: int

    def pair(self, what: str, number: int) -> int:
        return self.depan + 2 * (number - PAIRS[0]) + (what == "rp")

    @property
    def belakang(self) -> int:
        return self.depan + 2 * len(PAIRS)


class _Lembar:
    def __init__(self, rows: pd.DataFrame, form: Bentuk, isi: Isi) -> None:
        self.frame, self.form, self.isi = rows, form, isi
        self.rows = records(rows)
        self.at = _Tempat(len(form.depan))
        self.buku = Buku(f"{form.kode} {isi.judul[0]} {isi.tahun}")
        self.sheet = self.buku.sheet(f"Formulir {form.kode}")
        self.first = FIRST_STOREY + STOREYS + 1
        self.widths = self._widths()
        self.last_column = len(self.widths) - 1

    # --- looks ---

    def look(self, **more: Any) -> Any:
        return self.buku.style(**{"font_size": SIZE, **more})

    def boxed(self, **more: Any) -> Any:
        return self.look(**BORDER, **more)

    def _widths(self) -> list[float]:
        """Money is as wide as its longest figure, so that nothing shows as ####."""
        pairs = [self._longest(what, number) for number in PAIRS for what in ("k", "rp")]
        return [*(c.lebar for c in self.form.depan), *pairs, *(c.lebar for c in self.form.belakang)]

    def _longest(self, what: str, number: int) -> float:
        if QUARTERS.get(number, 0) > self.isi.tw:
            return LEAST[what]
        texts = (in_words(figure(row, what, number, self.isi.tw), what, number) for row in self.rows)
        return min(max(max(map(len, texts), default=0) * 0.86 + 1, LEAST[what]), MOST[what])

    # --- head ---

    def write_title(self) -> None:
        sheet, right = self.sheet, self.look(align="right", font_color=INK_2)
        sheet.write_string(0, self.last_column, f"Formulir {self.form.kode}", right)
        if self.isi.contoh:
            sheet.write_string(0, 0, "Data contoh", self.look(font_color=INK_2, bold=True))
        for line, text in enumerate(self.isi.judul, start=1):
            style = self.look(bold=True, font_size=14) if line == 1 else self.look(font_size=10)
            sheet.write_string(line, 0, harmless(text), style)
        sheet.set_row(1, 20)
        money = summary(self.rows, self.form, self.isi)
        sheet.write_string(len(self.isi.judul) + 1, 0, money, self.look(font_size=10))

    def write_head(self) -> None:
        style = self.boxed(bold=True, text_wrap=True, align="center", valign="vcenter", bg_color=HEAD_FILL)
        top, bottom = FIRST_STOREY, FIRST_STOREY + STOREYS - 1
        for title, first, last in self._runs():
            self._merged(top, first, bottom, last, title, style)
        for number, (title, _) in self.form.pasangan.items():
            first = self.at.pair("k", number)
            if number in QUARTERS:
                self._merged(top + 1, first, top + 1, first + 1, title, style)
            else:
                self._merged(top, first, top + 1, first + 1, title, style)
            self.sheet.write_string(bottom, first, "K", style)
            self.sheet.write_string(bottom, first + 1, "Rp", style)
        self._merged(top, self.at.pair("k", 8), top, self.at.pair("rp", 11), self.form.triwulan, style)
        self.sheet.set_row(top, 40)
        self.sheet.set_row(top + 1, 30)
        self._write_numbers()

    def _runs(self) -> list[tuple[str, int, int]]:
        """(title, first, last column) of what stands before and after the pairs; neighbours of one title share it."""
        found: list[tuple[str, int, int]] = []
        places = [*enumerate(self.form.depan), *enumerate(self.form.belakang, start=self.at.belakang)]
        for column, one in places:
            if found and found[-1][0] == one.judul and found[-1][2] == column - 1:
                found[-1] = (one.judul, found[-1][1], column)
            else:
                found.append((one.judul, column, column))
        return found

    def _write_numbers(self) -> None:
        """The row of column numbers, with the formula of those that have one."""
        line = FIRST_STOREY + STOREYS
        style = self.boxed(align="center", font_size=SIZE - 1, font_color=INK_2)
        numbers = {one.judul: one.nomor for one in (*self.form.depan, *self.form.belakang)}
        for title, first, last in self._runs():
            self._merged(line, first, line, last, numbers[title], style)
        for number in PAIRS:
            first = self.at.pair("k", number)
            self._merged(line, first, line, first + 1, column_number(self.form, number), style)

    def _merged(self, top: int, left: int, bottom: int, right: int, text: str, style: Any) -> None:
        if (top, left) == (bottom, right):
            self.sheet.write_string(top, left, harmless(text), style)
        else:
            self.sheet.merge_range(top, left, bottom, right, "", style)
            self.sheet.write_string(top, left, harmless(text), style)

    # --- lines ---

    def write_lines(self) -> None:
        for at, row in enumerate(self.rows):
            line = self.first + at
            bold = row["level"] in STRONG and bool(row["nama"])
            self._write_words(line, row, bold)
            for number in PAIRS:
                for what in ("k", "rp"):
                    self._write_figure(line, row, what, number, bold)
            self.sheet.set_row(line, self._height(row))

    def _write_words(self, line: int, row: Row, bold: bool) -> None:
        places = [*enumerate(self.form.depan), *enumerate(self.form.belakang, start=self.at.belakang)]
        for column, one in places:
            value = lead(row, one.kunci)
            indent = INDENT.get(row["level"], 0) if one.kunci == "nama" else 0
            centred = one.kunci == "nomor" or one.kunci.startswith("kode_")
            more: dict[str, Any] = (
                {"align": "center"} if centred else {"align": "left", "text_wrap": True, "indent": indent}
            )
            if isinstance(value, int):
                self.sheet.write_number(line, column, value, self.boxed(bold=bold, **more))
            elif value:
                style = self.boxed(bold=bold and one.kunci in {"nama", "sasaran"}, num_format="@", **more)
                self.sheet.write_string(line, column, harmless(str(value)), style)
            else:
                self.sheet.write_blank(line, column, None, self.boxed())

    def _write_figure(self, line: int, row: Row, what: str, number: int, bold: bool) -> None:
        column = self.at.pair(what, number)
        value = figure(row, what, number, self.isi.tw)

        def at(other: str, of: int) -> str:
            return str(xl_rowcol_to_cell(line, self.at.pair(other, of)))

        said = formula(row, what, number, at, lambda other, of: figure(row, other, of, self.isi.tw))
        self._write_value(line, column, value, said, number == SHARE, bold and what == "rp")

    def _write_value(
        self, line: int, column: int, value: Value, said: str | None, is_share: bool, bold: bool = False
    ) -> None:
        if value is None:
            self.sheet.write_blank(line, column, None, self.boxed())
        elif isinstance(value, str) or not is_number(value):
            text = value if isinstance(value, str) else f"{value:f}"
            style = self.boxed(align="right", num_format="@", text_wrap=True)
            self.sheet.write_string(line, column, harmless(text), style)
        else:
            shape = PERCENT if is_share else WHOLE if value == int(value) else FRACTION
            style = self.boxed(num_format=shape, align="right", bold=bold)
            if said is None:
                self.sheet.write_number(line, column, float(value), style)
            else:
                self.sheet.write_formula(line, column, said, style, float(value))

    def _height(self, row: Row) -> float:
        """As high as its longest words need: names, and ratings among the figures."""
        texts = [
            (str(lead(row, one.kunci) or ""), one.lebar - (INDENT.get(row["level"], 0) if one.kunci == "nama" else 0))
            for one in (*self.form.depan, *self.form.belakang)
        ]
        for number in PAIRS:
            value = figure(row, "k", number, self.isi.tw)
            if isinstance(value, str):
                texts.append((value, self.widths[self.at.pair("k", number)]))
        return lines_high(texts)

    # --- what stands beneath ---

    def write_averages(self) -> int:
        """Average and predikat, the form's first two rows beneath; returns the next line."""
        line, kaki = self.first + len(self.rows), self.isi.kaki
        mean = renstra_average(self.frame, kaki.batas)
        share = renstra_share(self.frame, self.form.puncak)
        self._write_label(line, "Rata-rata capaian kinerja (%)")
        self._write_label(line + 1, "Predikat kinerja")
        found = {
            ("k", THIS_YEAR): (kaki.capaian, None),
            ("rp", THIS_YEAR): (kaki.serapan, None),
            ("k", SHARE): (mean, average(self._column("k", SHARE), kaki.batas)),
            ("rp", SHARE): (share, self._share_formula()),
        }
        for (what, number), (value, said) in found.items():
            column = self.at.pair(what, number)
            shown: Value = NONE if value is None else value
            self._write_value(line, column, shown, said if value is not None else None, True, bold=True)
            name = predikat(value, kaki.bacaan) or NONE
            self.sheet.write_string(
                line + 1, column, name, self.boxed(bold=True, text_wrap=True, align="center", valign="vcenter")
            )
        for blank in (line, line + 1):
            for column in (self.at.pair("k", SINCE), self.at.pair("rp", SINCE)):
                self.sheet.write_blank(blank, column, None, self.boxed())
            self._merged(blank, self.at.belakang, blank, self.last_column, "", self.boxed())
        self.sheet.set_row(line, LINE + 4)
        self.sheet.set_row(line + 1, 2 * LINE + 4)
        return line + 2

    def _column(self, what: str, number: int) -> str:
        column = self.at.pair(what, number)
        return str(xl_range(self.first, column, self.first + len(self.rows) - 1, column))

    def _share_formula(self) -> str | None:
        lines = [
            self.first + at
            for at, row in enumerate(self.rows)
            if row["level"] == self.form.puncak and row["rp5"] is not None and row["rp13"] is not None
        ]
        spent, ends = self.at.pair("rp", SINCE), self.at.pair("rp", 5)
        return share_of_sums(
            [xl_rowcol_to_cell(line, spent) for line in lines], [xl_rowcol_to_cell(line, ends) for line in lines]
        )

    def _write_label(self, line: int, text: str) -> None:
        style = self.boxed(bold=True, align="right", valign="vcenter", indent=1)
        self._merged(line, 0, line, self.at.pair("rp", 11), text, style)

    def write_words(self, line: int) -> int:
        """The rows in words; an empty one leaves room for a pen."""
        width = sum(self.widths[self.at.depan :])
        for label, text in footer_words(self.form, self.isi.kaki):
            self._merged(line, 0, line, self.at.depan - 1, label, self.boxed(bold=True, text_wrap=True))
            style = self.boxed(text_wrap=True, num_format="@")
            self._merged(line, self.at.depan, line, self.last_column, text, style)
            self.sheet.set_row(line, max(lines_high([(text, width)]), 2 * LINE + 4))
            line += 1
        return line

    def write_signatures(self, line: int) -> int:
        """Both in one tall row: rows are never torn apart between two pages."""
        kaki, date = self.isi.kaki, place_and_date(self.isi.pemda_nama)
        left, right = self.at.depan - 2, self.at.pair("k", THIS_YEAR)
        for first, last, what, who, otherwise in (
            (left, self.at.depan - 1, self.form.tanda[0], kaki.penyusun, self.isi.kiri),
            (right, self.last_column, self.form.tanda[1], kaki.penilai, self.isi.kanan),
        ):
            office, name, rank, nip = signature(who, otherwise)
            lines = [what, date, office, "", "", "", name, *([rank] if rank else []), nip]
            self._merged(line, first, line, last, "\n".join(lines), self.look(font_size=9, text_wrap=True))
        self.sheet.set_row(line, SIGNATURE_LINES * (LINE + 2))
        return line + 1

    def write_notes(self, line: int) -> None:
        width = sum(self.widths)
        for at, text in enumerate(["Catatan", *notes(self.rows, self.form, self.isi)]):
            style = self.look(font_color=INK_3, text_wrap=True, bold=at == 0)
            self._merged(line + at, 0, line + at, self.last_column, text, style)
            self.sheet.set_row(line + at, lines_high([(text, width)]))
        self.sheet.print_area(0, 0, line + len(notes(self.rows, self.form, self.isi)), self.last_column)

    def set_up(self) -> None:
        sheet = self.sheet
        set_widths(sheet, self.widths)
        sheet.set_paper(A3)
        sheet.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.5)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(FIRST_STOREY, FIRST_STOREY + STOREYS)
        sheet.freeze_panes(self.first, self.form.tetap)
        sheet.set_zoom(90)
        sheet.ignore_errors(
            {"number_stored_as_text": f"A1:{xl_rowcol_to_cell(self.first + len(self.rows), self.last_column)}"}
        )
        when = period(self.isi.tahun, self.isi.tw).replace("\u00a0", " ")
        name = self.isi.judul[-1 if self.form.kode == "E.79" else 1]
        name = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"
        page_footer(sheet, f"{self.form.kode} · {name} · {when}")


def column_number(form: Bentuk, number: int) -> str:
    """'12 = 8+9+10+11': the number of a pair as the form prints it."""
    own = form.pasangan[number][1]
    numbers = {key: text for key, (_, text) in form.pasangan.items()}
    told = {
        THIS_YEAR: "+".join(numbers[key] for key in QUARTERS),
        SINCE: f"{numbers[6]}+{numbers[THIS_YEAR]}",
        SHARE: f"{numbers[SINCE]}/{numbers[5]}×100",
    }
    return f"{own} = {told[number]}" if number in told else own


def lines_high(texts: Sequence[tuple[str, float]]) -> float:
    """The height of a row that shows each (text, column width) whole, in this size."""
    most = 1
    for text, width in texts:
        room = max(int(width * ROOM / (1 + CAPITALS * sum(map(str.isupper, text)) / max(len(text), 1))), 1)
        if len(text) > room:
            most = max(most, len(wrap(text, room)))
    return LINE * most + 3
