"""Who signs documents: the head of an OPD, and of the one that evaluates."""

from dataclasses import dataclass
from typing import Final

import pandas as pd
from sqlalchemy import Connection, func, or_, select

from data import tables
from data.queries.frame import frame

P, O = tables.pejabat, tables.opd
# What the planning office is called, whatever else it is merged with.
PLANNING: Final = ("bappeda%", "%perencanaan pembangunan%")


@dataclass(frozen=True)
class Pejabat:
    """One office that signs. What nobody has said is ''."""

    jabatan: str
    nama: str = ""
    pangkat: str = ""
    nip: str = ""


def official(conn: Connection, pemda: str, opd: str) -> Pejabat | None:
    """The head of one OPD; None when nobody has said who."""
    query = select(P.c.jabatan, P.c.nama, P.c.pangkat, P.c.nip).where(P.c.pemda == pemda, P.c.opd == opd)
    row = conn.execute(query).first()
    return None if row is None else Pejabat(*row)


def planning_official(conn: Connection, pemda: str) -> Pejabat | None:
    """The head of the OPD that plans and evaluates (Bappeda, whatever else it does); None when not known."""
    named = or_(*(func.lower(column).like(words) for column in (O.c.singkat, O.c.nama) for words in PLANNING))
    query = select(O.c.kode).where(O.c.pemda == pemda, O.c.induk.is_(None), named).order_by(O.c.urutan, O.c.kode)
    opd = conn.execute(query.limit(1)).scalar()
    return None if opd is None else official(conn, pemda, opd)


def signers(conn: Connection, pemda: str) -> dict[str, Pejabat]:
    """The heads that are known, by code of their OPD."""
    query = select(P.c.opd, P.c.jabatan, P.c.nama, P.c.pangkat, P.c.nip).where(P.c.pemda == pemda)
    return {row[0]: Pejabat(*row[1:]) for row in conn.execute(query)}


def officials(conn: Connection, pemda: str) -> pd.DataFrame:
    """One row per OPD whose head is known, in the order of the list: opd, opd_nama, jabatan, nama, pangkat, nip."""
    query = (
        select(P.c.opd, O.c.nama.label("opd_nama"), P.c.jabatan, P.c.nama, P.c.pangkat, P.c.nip)
        .select_from(P.join(O, (O.c.pemda == P.c.pemda) & (O.c.kode == P.c.opd)))
        .where(P.c.pemda == pemda)
        .order_by(O.c.urutan, O.c.kode)
    )
    return frame(conn, query)
