"""Put the sample city into a database, the way its files would have come in."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Engine, delete, insert, select

from data import tables
from data.contoh.kota import HARI_INI, Kota, generate
from data.contoh.renstra import officials, renstra_file
from data.edisi import editions, write_edition
from data.queries.pemda import calendar
from data.store import store_many
from data.words import Keadaan

WEEK: Final = timedelta(days=7)
Progress = Callable[[str], None] | None


def fill(engine: Engine, pemda: str = "16.71", progress: Progress = None, hari_ini: date = HARI_INI) -> None:
    """Store the sample city under this code; doing it again changes nothing."""
    _tell(progress, "Menyusun kota contoh …")
    kota = generate(pemda, hari_ini)
    put(engine, kota)
    put_beside(engine, kota)
    _publish(engine, pemda)
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


def _publish(engine: Engine, pemda: str) -> None:
    """The open data of the triwulan that the sample city has published, as of the week after their lock."""
    lap = tables.laporan.c
    with engine.begin() as conn:
        published = select(lap.tahun, lap.tw).where(lap.pemda == pemda, lap.keadaan == Keadaan.TERBIT.value).distinct()
        out = {(row.tahun, row.tw) for row in conn.execute(published)}
        done = {(one.tahun, one.tw) for one in editions(conn, pemda)}
        for period in calendar(conn, pemda):
            if (period.tahun, period.tw) in out - done:
                write_edition(conn, pemda, period, period.dikunci + WEEK)


def _tell(progress: Progress, sentence: str) -> None:
    if progress is not None:
        progress(sentence)
