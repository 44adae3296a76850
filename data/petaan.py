"""Which of an OPD's own column titles means which of ours, as somebody of the OPD has confirmed it once."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection, Engine, delete, insert, select

from data import jejak, tables
from data.engine import writing
from data.errors import NotFoundError
from data.jejak import Kejadian, Pelaku
from data.words import Tindakan

LONGEST: Final = 120


def read_mapping(conn: Connection, pemda: str, opd: str) -> dict[str, str]:
    """Normalised title → key of the column it means; empty when nothing was ever confirmed."""
    p = tables.petaan.c
    rows = conn.execute(select(p.judul, p.kunci).where(p.pemda == pemda, p.opd == opd).order_by(p.judul))
    return {row.judul: row.kunci for row in rows}


def remember_mapping(engine: Engine, pemda: str, pelaku: Pelaku, opd: str, petaan: Mapping[str, str]) -> None:
    """Keep what was confirmed; the same title said otherwise later replaces it."""
    p = tables.petaan
    kept = {title: kunci for title, kunci in petaan.items() if title and len(title) <= LONGEST}
    with writing(engine) as conn:
        known = read_mapping(conn, pemda, opd)
        fresh = {title: kunci for title, kunci in kept.items() if known.get(title) != kunci}
        if not fresh:
            return
        conn.execute(delete(p).where(p.c.pemda == pemda, p.c.opd == opd, p.c.judul.in_(fresh)))
        rows = [{"pemda": pemda, "opd": opd, "judul": title, "kunci": kunci} for title, kunci in fresh.items()]
        conn.execute(insert(p), rows)
        jejak.append(conn, pemda, pelaku, Kejadian(Tindakan.SETELAN, f"petaan/{opd}", fresh))


def forget_mapping(engine: Engine, pemda: str, pelaku: Pelaku, opd: str, judul: str) -> None:
    """Forget one title: the next file is asked about it again. Raises NotFoundError when it is not remembered."""
    p = tables.petaan
    with writing(engine) as conn:
        gone = conn.execute(delete(p).where(p.c.pemda == pemda, p.c.opd == opd, p.c.judul == judul)).rowcount
        if not gone:
            raise NotFoundError("Judul kolom ini sudah tidak diingat.")
        jejak.append(conn, pemda, pelaku, Kejadian(Tindakan.SETELAN, f"petaan/{opd}", {"dilupakan": judul}))
