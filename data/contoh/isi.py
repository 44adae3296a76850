"""Put the sample city into a database, the way its files would have come in."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import Engine, delete, insert, select

from data import tables
from data.contoh.kota import HARI_INI, Kota, generate
from data.contoh.renstra import officials, renstra_file
from data.store import store_many

Progress = Callable[[str], None] | None


def fill(engine: Engine, pemda: str = "16.71", progress: Progress = None, hari_ini: date = HARI_INI) -> None:
    """Store the sample city under this code; doing it again changes nothing."""
    _tell(progress, "Menyusun kota contoh …")
    kota = generate(pemda, hari_ini)
    put(engine, kota)
    put_beside(engine, kota)
    _tell(progress, f"Selesai: {len(kota.berkas)} unggahan tersimpan.")


def put(engine: Engine, kota: Kota) -> None:
    """Register the city and its calendar where they are missing, then store all of its files."""
    with engine.begin() as conn:
        known = conn.execute(select(tables.pemda.c.kode).where(tables.pemda.c.kode == kota.pemda)).first()
        if known is None:
            facts = {"kode": kota.pemda, "nama": kota.nama, "contoh": True, "catatan": kota.catatan}
            conn.execute(insert(tables.pemda).values(facts | {"jenis": "kota", "versi": 0}))
            conn.execute(insert(tables.periode), [{"pemda": kota.pemda, **row} for row in kota.periode])
    store_many(engine, kota.pemda, kota.berkas)


def put_beside(engine: Engine, kota: Kota) -> None:
    """What belongs to no year: the Renstra, and the offices that sign."""
    store_many(engine, kota.pemda, [renstra_file(kota)])
    p = tables.pejabat
    with engine.begin() as conn:
        conn.execute(delete(p).where(p.c.pemda == kota.pemda))
        conn.execute(insert(p), [{"pemda": kota.pemda, **row} for row in officials()])


def _tell(progress: Progress, sentence: str) -> None:
    if progress is not None:
        progress(sentence)
