"""Which of an OPD's own column titles means which of ours, as somebody of the OPD has confirmed it once."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection, Engine, delete, insert, select

from data import tables
from data.engine import writing

LONGEST: Final = 120


def read_mapping(conn: Connection, pemda: str, opd: str) -> dict[str, str]:
    """Normalised title → key of the column it means; empty when nothing was ever confirmed."""
    p = tables.petaan.c
    rows = conn.execute(select(p.judul, p.kunci).where(p.pemda == pemda, p.opd == opd))
    return {row.judul: row.kunci for row in rows}


def remember_mapping(engine: Engine, pemda: str, opd: str, petaan: Mapping[str, str]) -> None:
    """Keep what was confirmed; the same title said otherwise later replaces it."""
    p = tables.petaan
    kept = {title: kunci for title, kunci in petaan.items() if title and len(title) <= LONGEST}
    if not kept:
        return
    with writing(engine) as conn:
        conn.execute(delete(p).where(p.c.pemda == pemda, p.c.opd == opd, p.c.judul.in_(kept)))
        rows = [{"pemda": pemda, "opd": opd, "judul": title, "kunci": kunci} for title, kunci in kept.items()]
        conn.execute(insert(p), rows)
