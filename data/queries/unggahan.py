"""What was stored from files: the newest uploads of plans."""

import pandas as pd
from sqlalchemy import Connection, select

from data import tables
from data.queries.frame import frame
from data.words import JenisBerkas

U = tables.unggahan
NOT_PLANS = (JenisBerkas.LAPORAN.value, JenisBerkas.CONTOH.value, JenisBerkas.PUBLIKASI.value)


def recent_plans(conn: Connection, pemda: str, most: int = 20) -> pd.DataFrame:
    """One row per stored file of a plan or of figures Bappeda brought in, newest first: nomor, nama_berkas, jenis, opd,
    tahun, jumlah_baris, dimuat_pada, oleh."""
    names = ("nomor", "nama_berkas", "jenis", "opd", "tahun", "jumlah_baris", "dimuat_pada", "oleh")
    where = (U.c.pemda == pemda, U.c.jenis.not_in(NOT_PLANS))
    return frame(conn, select(*(U.c[name] for name in names)).where(*where).order_by(U.c.nomor.desc()).limit(most))
