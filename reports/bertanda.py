"""The submitter's own file with what was found in it: wrong cells marked, a message beside the code of each row.

It can be corrected and uploaded as it is: rows stay on their lines, what stands above the header stays in its cells,
and the added column is known by its header and ignored.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from xlsxwriter.utility import xl_col_to_name

from data.formulir import KOLOM
from reports.aman import Value, harmless
from reports.bentuk import LEFT_ALIGNED, WORDS
from reports.buku import ACCENT, INK_2, RULE_LIGHT, Buku, height, page_footer, put, set_widths

KOLOM_PESAN: Final = "Pesan e-Monev"
KUNCI: Final = "kode"
MESSAGE_WIDTH: Final = 52
USUAL_WIDTH: Final = 16
NOTE_LIMIT: Final = 2_000
"""Characters of one note. Longer than a screen is read by nobody."""
MANY_NOTES: Final = 5_000
"""Beyond this many marked cells the notes would take longer to open than to read; the message column has it all."""
TINGKAT: Final = ("Galat", "Konfirmasi", "Info")
"""Worst first."""
FILLS: Final = {"Galat": "#F7DDDF", "Konfirmasi": "#FBEFD3", "Info": "#E9F0F1"}
RIGHT_ALIGNED: Final = frozenset(kolom.judul.casefold() for kolom in KOLOM if kolom.kunci not in LEFT_ALIGNED)
INDENTED: Final = frozenset(kolom.judul.casefold() for kolom in KOLOM if kolom.kunci in WORDS)
WIDE: Final = 24
"""Columns at least this wide hold sentences, which take several lines."""
WIDTHS: Final = {kolom.judul.casefold(): kolom.lebar for kolom in KOLOM}
MEANING: Final = {
    "Galat": "harus diperbaiki sebelum laporan dapat dikirim",
    "Konfirmasi": "perlu diperbaiki, atau dijelaskan saat mengirim",
    "Info": "untuk diketahui",
}


@dataclass(frozen=True, slots=True)
class Temuan:
    """One finding. ``baris``: the 1-based row of their sheet; ``kolom``: 0-based, None when the whole row is meant.
    Both None: the whole file; a column without a row: all of it. ``tingkat`` is one of TINGKAT; ``dihitung``: False for
    a mark of what another finding counts."""

    tingkat: str
    pesan: str
    perbaikan: str = ""
    baris: int | None = None
    kolom: int | None = None
    dihitung: bool = True

    @property
    def kalimat(self) -> str:
        return " ".join(f"{self.pesan} {self.perbaikan}".split())


def annotated_xlsx(
    sheet_rows: Sequence[Sequence[Value]],
    header_index: int,
    findings: Sequence[Temuan],
    nomor: Sequence[int] | None = None,
) -> bytes:
    """Their rows as XLSX with every finding in its place.

    ``sheet_rows`` are the rows as the reader saw them (cells the file held as numbers may be handed as numbers, so that
    they stay numbers); ``header_index`` is the header among them, 0-based. ``nomor`` says on which 1-based line of
    their sheet each row stood, when the reader passed over blank ones; by default they follow each other from 1.
    """
    book = _Berkas(sheet_rows, header_index, findings, nomor or range(1, len(sheet_rows) + 1))
    buku = Buku("Berkas yang sudah diperiksa")
    sheet = buku.sheet("Laporan")
    for index, cells in enumerate(sheet_rows):
        _write_line(buku, sheet, book, index, cells)
    _set_up(sheet, book)
    _write_summary(buku, book)
    return buku.finish()


@dataclass
class _Berkas:
    """Their file, and where the findings go in it."""

    rows: Sequence[Sequence[Value]]
    header: int
    findings: Sequence[Temuan]
    nomor: Sequence[int]
    titles: list[str] = field(init=False)
    key: int = field(init=False)
    old: int | None = field(init=False)
    of_line: Mapping[int, list[Temuan]] = field(init=False)
    notes: int = 0

    def __post_init__(self) -> None:
        head = self.rows[self.header] if self.rows else []
        self.titles = [str(title or "").strip() for title in head]
        low = [title.casefold() for title in self.titles]
        self.old = low.index(KOLOM_PESAN.casefold()) if KOLOM_PESAN.casefold() in low else None
        self.key = self.moved(low.index(KUNCI)) if KUNCI in low else 0
        found: dict[int, list[Temuan]] = defaultdict(list)
        for one in sorted(self.findings, key=_weight):
            if one.baris is not None:
                found[one.baris].append(one)
        self.of_line = found

    def moved(self, column: int) -> int:
        """Where one of their columns stands without the message column of an earlier round."""
        return column - (self.old is not None and column > self.old)

    def placed(self, column: int) -> int:
        """Where one of their columns stands in the new file."""
        moved = self.moved(column)
        return moved + (moved > self.key)

    def title(self, column: int) -> str:
        return self.titles[column] if column < len(self.titles) else ""

    def place(self, column: int) -> str:
        """``kolom F, Realisasi (kolom E di berkas Anda)``: where it stands here, and where the screen has told it."""
        here, theirs = xl_col_to_name(self.placed(column)), xl_col_to_name(column)
        title = f", {self.title(column)}" if self.title(column) else ""
        return f"kolom {here}{title}" + (f" (kolom {theirs} di berkas Anda)" if here != theirs else "")

    def lost(self) -> list[Temuan]:
        """What no row can carry: the file as a whole, the header and what is above it, or a line that is not there."""
        there = set(self.nomor[self.header + 1 :])
        return [one for one in sorted(self.findings, key=_weight) if one.baris is None or one.baris not in there]


def _weight(one: Temuan) -> tuple[int, int]:
    return TINGKAT.index(one.tingkat), one.baris or 0


def _write_line(buku: Buku, sheet: Any, book: _Berkas, index: int, cells: Sequence[Value]) -> None:
    line = book.nomor[index] - 1
    if index < book.header:
        look = {"bold": True, "font_size": 14} if line == 0 else {"font_color": INK_2}
        for column, value in enumerate(cells):
            put(sheet, line, column, value, lambda form: buku.style(num_format=form, **look))
        return
    found = book.of_line.get(line + 1, [])
    marks = _marks(found)
    for column, value in enumerate(cells):
        if column != book.old:
            _write_cell(buku, sheet, book, (line, column), value, marks.get(column, []), index == book.header)
    for column in sorted(set(marks) - set(range(len(cells))) - {book.old}):
        _write_cell(buku, sheet, book, (line, column), None, marks[column], False)
    text = KOLOM_PESAN if index == book.header else "\n".join(_message(book, one) for one in found)
    _write_message(buku, sheet, book, line, text, found)
    sheet.set_row(line, _height(book, cells, text, index == book.header))


def _height(book: _Berkas, cells: Sequence[Value], message: str, is_header: bool) -> float:
    """A row as high as its message and its sentences need."""
    widths = {column: WIDTHS.get(book.title(column).casefold(), USUAL_WIDTH) for column in range(len(cells))}
    texts = [(str(value), widths[column]) for column, value in enumerate(cells) if is_header or widths[column] >= WIDE]
    return height([(message, MESSAGE_WIDTH + 6), *((text, width) for text, width in texts if text != "None")])


def _marks(found: Sequence[Temuan]) -> dict[int, list[Temuan]]:
    """The findings of a row by column."""
    marks: dict[int, list[Temuan]] = defaultdict(list)
    for one in found:
        if one.kolom is not None:
            marks[one.kolom].append(one)
    return marks


def _write_cell(
    buku: Buku,
    sheet: Any,
    book: _Berkas,
    place: tuple[int, int],
    value: Value,
    found: Sequence[Temuan],
    is_header: bool,
) -> None:
    line, column = place[0], book.placed(place[1])
    if is_header:
        style = buku.header(**_alignment(book.title(place[1])), **_fill(found))
        sheet.write_string(line, column, harmless(str(value or "")), style)
    else:
        title = book.title(place[1])
        look = {"bottom": 1, "bottom_color": RULE_LIGHT} | _fill(found) | _alignment(title)
        look |= {"text_wrap": True} if WIDTHS.get(title.casefold(), 0) >= WIDE else {}
        put(sheet, line, column, value, lambda form: buku.style(num_format=form, **look))
    if found and book.notes < MANY_NOTES:
        book.notes += 1
        note = "\n".join(f"{one.tingkat}: {one.kalimat}" for one in found)
        size = {"author": "e-Monev", "width": 280, "height": 90, "font_size": 9, "color": "#FFFFFF"}
        sheet.write_comment(line, column, harmless(note[:NOTE_LIMIT]), size)


def _alignment(title: str) -> dict[str, Any]:
    """As in the form, where the column is one of its; numbers find their side by themselves elsewhere."""
    low = title.casefold()
    return {"align": "right"} if low in RIGHT_ALIGNED else {"align": "left", "indent": 1} if low in INDENTED else {}


def _fill(found: Sequence[Temuan]) -> dict[str, Any]:
    return {"bg_color": FILLS[found[0].tingkat]} if found else {}


def _message(book: _Berkas, one: Temuan) -> str:
    where = f" di {book.place(one.kolom)}" if one.kolom is not None else ""
    return f"{one.tingkat}{where}: {one.kalimat}"


def _write_message(buku: Buku, sheet: Any, book: _Berkas, line: int, text: str, found: Sequence[Temuan]) -> None:
    column = book.key + 1
    if line == book.nomor[book.header] - 1:
        sheet.write_string(line, column, text, buku.header(font_color=ACCENT))
        return
    style = buku.style(text_wrap=True, font_size=9, bottom=1, bottom_color=RULE_LIGHT, **_fill(found))
    if text:
        sheet.write_string(line, column, harmless(text), style)
    else:
        sheet.write_blank(line, column, None, style)


def _set_up(sheet: Any, book: _Berkas) -> None:
    widths: dict[int, float] = {
        book.placed(column): WIDTHS.get(title.casefold(), USUAL_WIDTH)
        for column, title in enumerate(book.titles)
        if column != book.old
    }
    widths[book.key + 1] = MESSAGE_WIDTH
    set_widths(sheet, [widths.get(column, USUAL_WIDTH) for column in range(max(widths) + 1)])
    line = book.nomor[book.header] - 1 if book.rows else 0
    sheet.freeze_panes(line + 1, book.key + 2)
    sheet.fit_to_pages(1, 0)
    last = max(book.nomor[-1] - 1 if book.rows else 0, line + 1)
    sheet.autofilter(line, 0, last, max(widths))
    sheet.repeat_rows(line)
    # Their numbers that came as text stay text: a green triangle on each would only distract from the marks.
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
    page_footer(sheet, "Berkas yang sudah diperiksa e-Monev")


# --- what has no row ---


def _write_summary(buku: Buku, book: _Berkas) -> None:
    sheet = buku.sheet("Ringkasan")
    set_widths(sheet, [14, 10, 92])
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, "Hasil pemeriksaan", buku.style(bold=True, font_size=16))
    sheet.set_row(0, 28)
    how = f"Perbaiki sel berwarna di lembar Laporan, lalu unggah berkas ini lagi. Kolom {KOLOM_PESAN} diabaikan."
    how += " Huruf kolom menurut lembar Laporan ini."
    sheet.write_string(1, 0, how, buku.style(font_color=INK_2))
    line = 3
    counts = Counter(one.tingkat for one in book.findings if one.dihitung)
    for level in TINGKAT:
        sheet.write_string(line, 0, level, buku.style(bold=True, bg_color=FILLS[level]))
        sheet.write_number(line, 1, counts[level], buku.style(num_format="#,##0", align="right"))
        sheet.write_string(line, 2, MEANING[level], buku.style(font_color=INK_2, indent=1))
        line += 1
    _write_lost(buku, sheet, line + 1, book)
    page_footer(sheet, "Hasil pemeriksaan e-Monev")


def _write_lost(buku: Buku, sheet: Any, line: int, book: _Berkas) -> None:
    lost = book.lost()
    if not lost:
        return
    sheet.write_string(line, 0, "Tentang seluruh berkas", buku.style(bold=True, font_size=11, font_color=ACCENT))
    for at, one in enumerate(lost, line + 1):
        text = _with_place(book, one)
        sheet.set_row(at, height([(text, 100)]))
        sheet.write_string(at, 0, one.tingkat, buku.style(bg_color=FILLS[one.tingkat]))
        sheet.write_string(at, 2, harmless(text), buku.style(text_wrap=True, indent=1))


def _with_place(book: _Berkas, one: Temuan) -> str:
    parts = [f"baris {one.baris}" if one.baris is not None else ""]
    parts.append(book.place(one.kolom) if one.kolom is not None else "")
    where = ", ".join(part for part in parts if part)
    return f"{where[:1].upper()}{where[1:]}: {one.kalimat}" if where else one.kalimat
