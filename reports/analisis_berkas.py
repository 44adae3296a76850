"""The rows of a filter from the database to a file: what the addresses hand out at once and the background work makes.
What must be said beside them (period, filter, coverage) is put together here, so both say the same."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from data.analisis.baris import read_rows
from data.analisis.katakan import in_words
from data.analisis.meja import Meja, choices, open_desk
from data.analisis.saringan import ALL_OPEN, read_address
from data.errors import BadParameterError
from data.queries.pemda import coverage
from pages.parts import formats as fmt
from reports.analisis import analysis_csv, analysis_xlsx, dictionary_csv

CSV, XLSX = "csv", "xlsx"
KAMUS: Final = "kamus"
"""What a CSV holds, beside it: the filter in words and what each column means."""
MOST_SHEET_ROWS: Final = 50_000
Ask = Callable[..., Any]
Conn = Any
"""What a question is asked on. Its class is not named here: only data speaks SQL."""


def analysis_workbook(
    conn: Conn, pemda: str, isian: Mapping[str, str], tell: Callable[[int, str], None]
) -> tuple[str, bytes]:
    """The XLSX as background work asks for it; ``isian["saringan"]`` is the query of an address of /analisis. Raises
    BadParameterError for one that makes no sense. Who may see the desk may see all of it: nothing here is one OPD's."""

    def ask(question: Callable[..., Any], *args: Any) -> Any:
        return question(conn, pemda, *args)

    tell(10, "Membaca baris")
    desk = open_all(ask, read_address(isian.get("saringan", "")))
    tell(40, f"Menulis {fmt.whole(desk.jumlah)} baris")
    return file_of(ask, ask, desk, XLSX, datetime.now(UTC))


def open_all(ask: Ask, query: Mapping[str, str]) -> Meja:
    """A file holds every matching row, whatever stands open on the screen. Raises as ``open_desk``."""
    return open_desk(ask, {**query, "buka": ALL_OPEN})


def file_of(ask: Ask, ask_once: Ask, desk: Meja, ending: str, made: datetime) -> tuple[str, bytes]:
    """(file name, content); ``ask_once`` reads what is too large to be remembered. Raises BadParameterError for more
    rows than a sheet should hold."""
    name = f"analisis-{desk.period.tahun}-tw{desk.period.tw}.{ending}"
    if ending == KAMUS:
        return f"analisis-{desk.period.tahun}-tw{desk.period.tw}-kamus.csv", dictionary_csv(_about(ask, desk, made))
    if ending == CSV:
        return name, analysis_csv(_rows(ask_once, desk))
    if desk.jumlah > MOST_SHEET_ROWS:
        limit = fmt.whole(MOST_SHEET_ROWS)
        raise BadParameterError(
            f"Lebih dari {limit} baris terlalu besar untuk XLSX. Unduh CSV, atau persempit saringan."
        )
    title = f"Analisis {desk.pemda.nama} s.d. {desk.period.nama}"
    return name, analysis_xlsx(_rows(ask_once, desk), _about(ask, desk, made), title)


def _rows(ask: Ask, desk: Meja) -> list[Any]:
    """The rows that match, in the order of the screen; those that only lead there stay out."""
    matched = desk.susunan.pilihan.cocok
    found = [int(row) for row in desk.susunan.baris if matched[row]]
    return read_rows(ask, desk.lembar, desk.susunan, found, with_lines=False)


def _about(ask: Ask, desk: Meja, made: datetime) -> list[tuple[str, str]]:
    """What the file holds, in words."""
    names = choices(ask, desk.period.tahun).names()
    told = ask(coverage, desk.period)
    lines = [
        ("Pemerintah daerah", desk.pemda.nama),
        ("Periode", f"s.d. {desk.period.nama}"),
        ("Saringan", in_words(desk.saringan, names)),
        ("Jumlah baris", fmt.whole(desk.jumlah)),
        ("Cakupan", f"{told.diterima} dari {told.diharapkan} OPD sudah melapor"),
        ("Data per", fmt.tanggal(desk.period.data_per)),
        ("Dimuat", fmt.wib(told.dimuat)),
        ("Diunduh", fmt.wib(made)),
    ]
    return [*lines, ("Catatan", "Data contoh: angka karangan.")] if desk.pemda.contoh else lines
