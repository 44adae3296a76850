"""Do the checked rows of a report still speak of what the plan knows? A plan may change while a draft lies."""

from typing import Final

from sqlalchemy import Connection, Table, select

from data import tables
from data.errors import LoadError
from data.store import Muatan

PLAN_CHANGED: Final = (
    "Rencana OPD berubah setelah berkas ini diperiksa. Unduh templat terbaru, lalu unggah lagi berkasnya."
)
Place = tuple[int, str, str]


def check_plan(conn: Connection, pemda: str, muatan: Muatan) -> None:
    """Raises LoadError when a row names an indicator or a node that is not in the plan (any more)."""
    answers = {(row["tahun"], row["opd"], row["indikator"]) for row in muatan.realisasi}
    money = {(row["tahun"], row["opd"], row["node"]) for row in muatan.keuangan}
    for table, named in ((tables.indikator, answers), (tables.node, money)):
        if named - _known(conn, table, pemda, named):
            raise LoadError(PLAN_CHANGED)


def _known(conn: Connection, table: Table, pemda: str, named: set[Place]) -> set[Place]:
    c = table.c
    found: set[Place] = set()
    for tahun, opd in {(tahun, opd) for tahun, opd, _ in named}:
        codes = conn.execute(select(c.kode).where(c.pemda == pemda, c.tahun == tahun, c.opd == opd)).scalars()
        found |= {(tahun, opd, kode) for kode in codes}
    return found
