"""What was sent: the versions of one report, the queue of those that wait, one version opened, receipts."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection, and_, func, select

from data import tables
from data.errors import NotFoundError
from data.kiriman import Alamat
from data.queries.frame import frame
from data.words import Keadaan, Kirim, Level

K, O, L = tables.kiriman, tables.opd, tables.laporan
LISTED = tuple(column for column in K.columns if column.name not in {"muatan", "masalah", "setelan", "sekali"})
LARGEST_NUMBER = 2**31 - 1
"""No database has a version beyond it, and none can even compare with a much larger one."""


def versions(conn: Connection, pemda: str, alamat: Alamat) -> pd.DataFrame:
    """One row per version of one report, newest first: all columns of ``kiriman`` but its rows and findings."""
    where = (K.c.pemda == pemda, K.c.tahun == alamat.tahun, K.c.tw == alamat.tw, K.c.opd == alamat.opd)
    there = K.c.keadaan != Kirim.DIBUANG.value
    return frame(conn, select(*LISTED).where(*where, there).order_by(K.c.nomor.desc()))


def one_version(conn: Connection, pemda: str, nomor: int, opd: str | None = None) -> dict[str, Any]:
    """All columns of one version. Raises NotFoundError when there is none, or (``opd`` given) it is another's."""
    if nomor > LARGEST_NUMBER:
        raise NotFoundError("Tidak ditemukan.")
    row = conn.execute(select(K).where(K.c.pemda == pemda, K.c.nomor == nomor)).mappings().first()
    if row is None or row["keadaan"] == Kirim.DIBUANG or (opd is not None and row["opd"] != opd):
        raise NotFoundError("Tidak ditemukan.")
    return dict(row)


def predecessor(conn: Connection, pemda: str, nomor: int) -> dict[str, Any] | None:
    """The newest accepted (or since replaced) version of the same report before this one; None when it is the first."""
    this = one_version(conn, pemda, nomor)
    where = (K.c.pemda == pemda, K.c.tahun == this["tahun"], K.c.tw == this["tw"], K.c.opd == this["opd"])
    decided = (K.c.nomor < nomor, K.c.unggahan.is_not(None))
    row = conn.execute(select(K).where(*where, *decided).order_by(K.c.nomor.desc())).mappings().first()
    return None if row is None else dict(row)


def draft_of(conn: Connection, pemda: str, alamat: Alamat) -> dict[str, Any] | None:
    """The draft of one report with everything in it; None when there is none."""
    where = (K.c.pemda == pemda, K.c.tahun == alamat.tahun, K.c.tw == alamat.tw, K.c.opd == alamat.opd)
    query = select(K).where(*where, K.c.keadaan == Kirim.DRAF.value).order_by(K.c.nomor.desc())
    row = conn.execute(query).mappings().first()
    return None if row is None else dict(row)


def queue(conn: Connection, pemda: str, tahun: int, tw: int) -> pd.DataFrame:
    """One row per OPD (not its units), in the order of the list: opd, nama, singkat, keadaan (of the report; None when
    nothing came), nihil, hari_terlambat, diterima_pada, menunggu (number of the version that waits, or None), tanda,
    dikirim_pada, konfirmasi, jumlah_baris, terlambat_menunggu (days late of the one that waits), versi (how many were
    sent), terakhir (number of the newest of them), dikembalikan (how many came back)."""
    same = and_(L.c.pemda == O.c.pemda, L.c.opd == O.c.kode, L.c.tahun == tahun, L.c.tw == tw)
    of_period = (K.c.pemda == pemda, K.c.tahun == tahun, K.c.tw == tw)
    wait = select(K).where(*of_period, K.c.keadaan == Kirim.TERKIRIM.value).subquery("tunggu")
    sent = select(K.c.opd, func.count().label("versi"), func.max(K.c.nomor).label("terakhir")).where(
        *of_period, K.c.dikirim_pada.is_not(None)
    )
    sent_sub = sent.group_by(K.c.opd).subquery("dikirim")
    back = select(K.c.opd, func.count().label("dikembalikan"))
    back_sub = back.where(*of_period, K.c.keadaan == Kirim.DIKEMBALIKAN.value).group_by(K.c.opd).subquery("kembali")
    query = (
        select(
            *(O.c.kode.label("opd"), O.c.nama, O.c.singkat, L.c.keadaan, L.c.nihil, L.c.hari_terlambat),
            *(L.c.diterima_pada, wait.c.nomor.label("menunggu"), wait.c.tanda, wait.c.dikirim_pada),
            *(wait.c.konfirmasi, wait.c.jumlah_baris, wait.c.hari_terlambat.label("terlambat_menunggu")),
            func.coalesce(sent_sub.c.versi, 0).label("versi"),
            sent_sub.c.terakhir,
            func.coalesce(back_sub.c.dikembalikan, 0).label("dikembalikan"),
        )
        .select_from(
            O.outerjoin(L, same)
            .outerjoin(wait, wait.c.opd == O.c.kode)
            .outerjoin(sent_sub, sent_sub.c.opd == O.c.kode)
            .outerjoin(back_sub, back_sub.c.opd == O.c.kode)
        )
        .where(O.c.pemda == pemda, O.c.induk.is_(None))
        .order_by(O.c.urutan, O.c.kode)
    )
    return frame(conn, query)


def receipt(conn: Connection, pemda: str, tanda: str) -> dict[str, Any]:
    """What a receipt says, by its number: columns of ``kiriman`` without rows, findings and words, plus opd_nama.
    Raises NotFoundError."""
    shown = (
        *("nomor", "tahun", "tw", "opd", "keadaan", "nama_berkas", "sha256", "ukuran", "jumlah_baris", "ringkasan"),
        *("oleh", "dikirim_pada", "hari_terlambat", "tanda", "diputus_pada", "nihil"),
    )
    same = and_(O.c.pemda == K.c.pemda, O.c.kode == K.c.opd)
    query = select(*(K.c[name] for name in shown), O.c.nama.label("opd_nama")).select_from(K.join(O, same))
    row = conn.execute(query.where(K.c.pemda == pemda, K.c.tanda == tanda)).mappings().first()
    if row is None:
        raise NotFoundError("Tanda terima ini tidak ditemukan. Periksa nomornya.")
    return dict(row)


def published(conn: Connection, pemda: str, tahun: int, tw: int, opd: str) -> dict[str, Any] | None:
    """How an OPD stood when the triwulan was published: capaian, status, terbit_pada; None when it was not."""
    t = tables.terbitan
    where = (t.c.pemda == pemda, t.c.tahun == tahun, t.c.tw == tw, t.c.level == Level.OPD.value, t.c.opd == opd)
    row = conn.execute(select(t.c.capaian, t.c.status, t.c.terbit_pada).where(*where)).mappings().first()
    return None if row is None else dict(row)


def report_state(conn: Connection, pemda: str, tahun: int, tw: int, opd: str) -> Keadaan:
    """Where the report of an OPD stands."""
    where = (L.c.pemda == pemda, L.c.tahun == tahun, L.c.tw == tw, L.c.opd == opd)
    return Keadaan(conn.execute(select(L.c.keadaan).where(*where)).scalar() or Keadaan.BELUM)


def count_versions(conn: Connection, pemda: str, nomor: int) -> int:
    """Which version of its report this is: how many were sent up to it."""
    this = select(K.c.tahun, K.c.tw, K.c.opd).where(K.c.pemda == pemda, K.c.nomor == nomor).subquery()
    same = and_(K.c.tahun == this.c.tahun, K.c.tw == this.c.tw, K.c.opd == this.c.opd)
    where = (K.c.pemda == pemda, K.c.nomor <= nomor, K.c.dikirim_pada.is_not(None))
    return int(conn.execute(select(func.count()).select_from(K.join(this, same)).where(*where)).scalar_one())


def ready_to_publish(conn: Connection, pemda: str, tahun: int, tw: int) -> int:
    """How many reports of a triwulan are accepted and not yet published."""
    where = (L.c.pemda == pemda, L.c.tahun == tahun, L.c.tw == tw, L.c.keadaan == Keadaan.TERVERIFIKASI.value)
    return int(conn.execute(select(func.count()).select_from(L).where(*where)).scalar_one())
