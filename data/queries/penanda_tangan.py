"""Who signs documents."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from data import tables


@dataclass(frozen=True)
class PenandaTangan:
    """The head of one OPD, as documents print the name."""

    jabatan: str
    nama: str
    pangkat: str
    nip: str


def signers(conn: Connection, pemda: str) -> dict[str, PenandaTangan]:
    """The heads that are known, by code of their OPD."""
    p = tables.pejabat.c
    query = select(p.opd, p.jabatan, p.nama, p.pangkat, p.nip).where(p.pemda == pemda)
    return {row.opd: PenandaTangan(row.jabatan, row.nama, row.pangkat, row.nip) for row in conn.execute(query)}
