"""The desk as one address shows it: the chosen quarter, the sheet, the rows that match and their order."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection, select

from data import tables
from data.analisis.baris import Baris, read_rows
from data.analisis.kerangka import Kerangka, kerangka
from data.analisis.lembar import Lembar, read_lembar
from data.analisis.saringan import LEVELS, Saringan, read_saringan
from data.analisis.susun import Susunan, arranged
from data.aturan import Aturan, read_aturan
from data.queries.pemda import Pemda, Periode, choose_period, read_pemda, reported_periods
from data.words import Level

Ask = Callable[..., Any]
PAGE: Final = 50
"""How many rows a page without JavaScript shows."""
LARGEST_BLOCK: Final = 500
MOST_AT_ONCE: Final = 2_000
"""Up to here an XLSX is made while somebody waits for it; a larger one is ordered."""


@dataclass(frozen=True)
class Meja:
    """One address of the desk, opened."""

    pemda: Pemda
    periods: Sequence[Periode]
    period: Periode
    aturan: Aturan
    saringan: Saringan
    lembar: Lembar
    susunan: Susunan

    @property
    def jumlah(self) -> int:
        """How many rows match."""
        return self.susunan.pilihan.jumlah

    @property
    def panjang(self) -> int:
        """How many rows there are to show."""
        return len(self.susunan.baris)

    @property
    def halaman(self) -> int:
        return max(1, -(-self.panjang // PAGE))


def open_desk(ask: Ask, query: Mapping[str, str]) -> Meja:
    """Raises BadParameterError for words that make no sense, NothingYetError when nothing is loaded."""
    wanted = read_saringan(query)
    periods = ask(reported_periods)
    period = choose_period(periods, query.get("tahun") or None, query.get("tw") or None)
    if wanted.tw_dari is not None:
        wanted = replace(wanted, tw_dari=min(wanted.tw_dari, period.tw))
    wanted = replace(wanted, tahun=period.tahun, tw=period.tw)
    aturan = ask(read_aturan)
    sheet = read_lembar(ask, period.tahun, period.tw, aturan, wanted.tw_dari)
    return Meja(ask(read_pemda), periods, period, aturan, wanted, sheet, arranged(sheet, wanted))


def block(ask: Ask, desk: Meja, start: int, stop: int) -> list[Baris]:
    """Some of the rows to show, by their places in the order."""
    first = max(0, start)
    last = min(max(stop, first), first + LARGEST_BLOCK, desk.panjang)
    return read_rows(ask, desk.lembar, desk.susunan, [int(row) for row in desk.susunan.baris[first:last]])


def page(ask: Ask, desk: Meja) -> list[Baris]:
    """The rows of the page the address names; the last one for a number beyond it."""
    number = min(max(desk.saringan.hal, 1), desk.halaman)
    return block(ask, desk, (number - 1) * PAGE, number * PAGE)


@dataclass(frozen=True)
class Isian:
    """What can be chosen in a year: for each word of the address its values with their names, in order."""

    urusan: list[tuple[str, str]]
    jenis: list[tuple[str, str]]
    opd: list[tuple[str, str]]
    program: list[tuple[str, str]]
    dana: list[tuple[str, str]]

    def names(self) -> dict[str, dict[str, str]]:
        return {name: dict(getattr(self, name)) for name in ("urusan", "jenis", "opd", "program", "dana")}


def choices(ask: Ask, tahun: int) -> Isian:
    """What the form of this year offers."""
    of: Kerangka = ask(kerangka, tahun)
    named = ask(urusan_names, tahun)
    urusan = sorted(set().union(*of.urusan_ada)) if of.urusan_ada else []
    dana = sorted(set().union(*of.dana_ada)) if of.dana_ada else []
    jenis = sorted({one.jenis for one in of.instansi})
    return Isian(
        [(kode, f"{kode} {named.get(kode, '')}".strip()) for kode in urusan],
        [(one, kind_name(one)) for one in jenis],
        [(one.kode, one.singkat or one.nama) for one in of.instansi],
        _programs(of),
        [(one, one) for one in dana],
    )


def kind_name(jenis: str) -> str:
    """A kind of OPD as people write it."""
    return "RSUD" if jenis == "rsud" else jenis.replace("_", " ").capitalize()


def _programs(of: Kerangka) -> list[tuple[str, str]]:
    level = LEVELS.index(Level.PROGRAM.value)
    found: dict[str, str] = {}
    for row in (of.level == level).nonzero()[0]:
        found.setdefault(of.kode[row], of.nama[row])
    return [(kode, f"{kode} {nama}") for kode, nama in sorted(found.items())]


def urusan_names(conn: Connection, pemda: str, tahun: int) -> dict[str, str]:
    """What the bidang urusan of a year are called, by code."""
    n = tables.node.c
    where = (n.pemda == pemda, n.tahun == tahun, n.level == Level.BIDANG.value)
    rows = conn.execute(select(n.kode, n.nama).where(*where).order_by(n.kode)).all()
    start = "Urusan Pemerintahan Bidang "
    return {row.kode: row.nama.removeprefix(start) for row in rows}
