"""The sheet: a year's skeleton with one quarter's numbers, the quarters of a range beside it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from data.analisis.angka import Angka, angka
from data.analisis.kerangka import Kerangka, kerangka
from data.analisis.riwayat import with_history
from data.aturan import Aturan


@dataclass(eq=False)
class Lembar:
    """One year's rows with the numbers of the chosen triwulan; ``rentang``: those of every triwulan of a range, the
    chosen one included, oldest first."""

    rangka: Kerangka
    angka: Angka
    rentang: list[Angka] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.rangka.kode)


def quarter_numbers(conn: Connection, pemda: str, tahun: int, tw: int, aturan: Aturan, of: Kerangka) -> Angka:
    """One entry per row of the skeleton, history included."""
    places = of.places()
    return with_history(conn, pemda, of, angka(conn, pemda, tahun, tw, aturan, of, places), places)


def lembar(conn: Connection, pemda: str, tahun: int, tw: int, aturan: Aturan, tw_dari: int | None = None) -> Lembar:
    """One entry per node and indicator s.d. one triwulan, straight from the database."""

    def ask(question: Callable[..., Any], *args: Any) -> Any:
        return question(conn, pemda, *args)

    return read_lembar(ask, tahun, tw, aturan, tw_dari)


def read_lembar(ask: Callable[..., Any], tahun: int, tw: int, aturan: Aturan, tw_dari: int | None = None) -> Lembar:
    """The same through ``Penjawab.ask``: the skeleton is remembered once per year, the numbers per triwulan."""
    of = ask(kerangka, tahun)
    first = tw if tw_dari is None else min(tw_dari, tw)
    made = [ask(quarter_numbers, tahun, number, aturan, of) for number in range(first, tw + 1)]
    return Lembar(of, made[-1], made)
