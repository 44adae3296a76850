"""Say who signs for an OPD: a change that somebody answers for."""

from dataclasses import asdict
from typing import Final

from sqlalchemy import Engine, delete, insert, select, update

from data import jejak, tables
from data.engine import writing
from data.errors import BadParameterError, NotFoundError
from data.jejak import Kejadian, Pelaku
from data.queries.pejabat import Pejabat, official
from data.words import Tindakan

LONGEST: Final = {"jabatan": 160, "nama": 120, "pangkat": 80, "nip": 30}


def set_official(engine: Engine, pemda: str, pelaku: Pelaku, opd: str, given: Pejabat) -> Pejabat | None:
    """Put the head of an OPD in place of whoever stood there; returns the one before.

    Raises NotFoundError for an unknown OPD, BadParameterError for words that are missing, too long or of several lines.
    """
    said = {name: " ".join(value.split()) for name, value in asdict(given).items()}
    for name, most in LONGEST.items():
        if len(said[name]) > most or not said[name].isprintable():
            raise BadParameterError(f"Isian {name} tidak dapat dipakai. Tulis paling banyak {most} huruf biasa.")
    if not said["jabatan"]:
        raise BadParameterError("Jabatan belum diisi, mis. Kepala Dinas Kesehatan.")
    p, o = tables.pejabat, tables.opd.c
    with writing(engine) as conn:
        if conn.execute(select(o.kode).where(o.pemda == pemda, o.kode == opd)).first() is None:
            raise NotFoundError(f"OPD {opd} tidak dikenal.")
        before = official(conn, pemda, opd)
        conn.execute(delete(p).where(p.c.pemda == pemda, p.c.opd == opd))
        conn.execute(insert(p), [{"pemda": pemda, "opd": opd, **said}])
        # Documents that carry the name are remembered under the data version.
        c = tables.pemda.c
        conn.execute(update(tables.pemda).where(c.kode == pemda).values(versi=c.versi + 1))
        told = {"jabatan": said["jabatan"], "nama": f"{before.nama if before else ''} → {said['nama']}"}
        jejak.append(conn, pemda, pelaku, Kejadian(Tindakan.SETELAN, f"pejabat/{opd}", told))
    return before
