"""Editions of the open data: when a triwulan is published its tables are written down whole and never change again.
What joins later makes a new edition; the old ones stay where they are."""

import hashlib
import zlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from data.aturan import read_aturan
from data.queries.pemda import Periode, calendar, silence_told
from data.queries.terbuka import open_rows
from data.tables import edisi
from data.terbuka import JenisData, Row, Tabel, as_json, from_json


@dataclass(frozen=True)
class Edisi:
    """One table of one edition. ``terbit_pada`` is aware UTC; ``sha256`` that of its JSON rows."""

    tahun: int
    tw: int
    jenis: JenisData
    nomor: int
    terbit_pada: datetime
    baris: int
    sha256: str


@dataclass(frozen=True)
class Isian:
    """An edition with its rows."""

    edisi: Edisi
    tabel: Tabel

    @property
    def rows(self) -> list[Row]:
        return self.tabel.rows

    @property
    def berat(self) -> int:
        return self.tabel.berat


def write_edition(conn: Connection, pemda: str, period: Periode, now: datetime) -> int:
    """Write down every table of a triwulan as it stands in this transaction; the number of the edition."""
    e, aturan = edisi.c, read_aturan(conn, pemda)
    last = select(func.max(e.nomor)).where(e.pemda == pemda, e.tahun == period.tahun, e.tw == period.tw)
    nomor = int(conn.execute(last).scalar() or 0) + 1
    # At publication the period is over for those who report; who is silent then is named once it is locked.
    diam = silence_told(period, aturan.nama_belum_lapor_setelah_kunci, now)
    at = {"pemda": pemda, "tahun": period.tahun, "tw": period.tw, "nomor": nomor, "terbit_pada": now}
    made = []
    for jenis in JenisData:
        rows = open_rows(conn, pemda, jenis, period, aturan, diam)
        text = as_json(rows).encode()
        digest = hashlib.sha256(text).hexdigest()
        made.append(at | {"jenis": jenis.value, "baris": len(rows), "sha256": digest, "isi": zlib.compress(text, 6)})
    conn.execute(insert(edisi), made)
    return nomor


def write_corrections(conn: Connection, pemda: str, tahun: int, tw: int, now: datetime) -> None:
    """A published report was corrected: a new edition of its triwulan, and of the published ones after it in the same
    year, whose figures so far changed with it."""
    e = edisi.c
    known = select(e.tw).where(e.pemda == pemda, e.tahun == tahun, e.tw >= tw).distinct()
    published = set(conn.execute(known).scalars())
    for period in calendar(conn, pemda):
        if period.tahun == tahun and period.tw in published:
            write_edition(conn, pemda, period, now)


def editions(conn: Connection, pemda: str) -> list[Edisi]:
    """One per table and edition, newest triwulan first, then by edition, newest first."""
    e = edisi.c
    query = (
        select(e.tahun, e.tw, e.jenis, e.nomor, e.terbit_pada, e.baris, e.sha256)
        .where(e.pemda == pemda)
        .order_by(e.tahun.desc(), e.tw.desc(), e.nomor.desc(), e.jenis)
    )
    return [
        Edisi(r.tahun, r.tw, JenisData(r.jenis), r.nomor, r.terbit_pada, r.baris, r.sha256) for r in conn.execute(query)
    ]


def read_edition(
    conn: Connection, pemda: str, tahun: int, tw: int, jenis: JenisData, nomor: int | None = None
) -> Isian | None:
    """The rows of one edition (the newest when ``nomor`` is None); None when there is none."""
    e = edisi.c
    query = select(edisi).where(e.pemda == pemda, e.tahun == tahun, e.tw == tw, e.jenis == jenis.value)
    query = query.where(e.nomor == nomor) if nomor is not None else query.order_by(e.nomor.desc()).limit(1)
    row = conn.execute(query).first()
    if row is None:
        return None
    found = Edisi(row.tahun, row.tw, jenis, row.nomor, row.terbit_pada, row.baris, row.sha256)
    return Isian(found, Tabel.of(from_json(zlib.decompress(row.isi).decode())))
