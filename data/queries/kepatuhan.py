"""Who has reported: the grid of OPD × triwulan, DHIS2's rates, and quality beside lateness."""

from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection, case, func, select

from data import tables
from data.kalender import Tenggat, read_deadline
from data.queries.frame import frame
from data.words import ACCEPTED, Keadaan, Kirim

K, O, L, W = tables.kiriman, tables.opd, tables.laporan, tables.wajib_lapor
RECEIVED = (Keadaan.TERKIRIM.value, *(one.value for one in ACCEPTED))
"""States in which a report is in the house."""


@dataclass(frozen=True)
class Laju:
    """DHIS2's reporting rates of one triwulan, and quality beside them. ``sekali_jadi``: received reports whose first
    version was accepted; ``dikoreksi``: accepted reports that were corrected afterwards."""

    tahun: int
    tw: int
    diharapkan: int
    diterima: int
    tepat_waktu: int
    sekali_jadi: int
    dikoreksi: int

    @property
    def persen_diterima(self) -> float | None:
        return 100 * self.diterima / self.diharapkan if self.diharapkan else None

    @property
    def persen_tepat_waktu(self) -> float | None:
        return 100 * self.tepat_waktu / self.diharapkan if self.diharapkan else None


def expected(conn: Connection, pemda: str, tahun: int, tw: int) -> list[str]:
    """The OPD that must report: those (not their units) that have a plan for the year, but for what the registry says
    otherwise."""
    n = tables.node.c
    planned = set(conn.execute(select(n.opd).where(n.pemda == pemda, n.tahun == tahun).distinct()).scalars())
    said = select(W.c.opd, W.c.wajib).where(W.c.pemda == pemda, W.c.tahun == tahun, W.c.tw == tw)
    otherwise = {row.opd: row.wajib for row in conn.execute(said)}
    rows = conn.execute(select(O.c.kode, O.c.induk).where(O.c.pemda == pemda).order_by(O.c.urutan, O.c.kode)).all()
    with_units = planned | {row.induk for row in rows if row.kode in planned and row.induk}
    return [row.kode for row in rows if row.induk is None and otherwise.get(row.kode, row.kode in with_units)]


def grid(conn: Connection, pemda: str, quarters: list[tuple[int, int]]) -> pd.DataFrame:
    """One row per OPD × triwulan of ``quarters``, OPD in the order of the list: opd, nama, singkat, tahun, tw, wajib,
    keadaan (None when nothing came), nihil, hari_terlambat, diterima_pada, diperpanjang (an extension holds),
    versi, dikembalikan, dikoreksi (versions accepted after the first)."""
    names = frame(
        conn,
        select(O.c.kode.label("opd"), O.c.nama, O.c.singkat)
        .where(O.c.pemda == pemda, O.c.induk.is_(None))
        .order_by(O.c.urutan, O.c.kode),
    )
    parts = [_one_quarter(conn, pemda, names, tahun, tw) for tahun, tw in quarters]
    return pd.concat(parts, ignore_index=True) if parts else names.assign(tahun=None, tw=None)


def _one_quarter(conn: Connection, pemda: str, names: pd.DataFrame, tahun: int, tw: int) -> pd.DataFrame:
    must = set(expected(conn, pemda, tahun, tw))
    of_period = (L.c.pemda == pemda, L.c.tahun == tahun, L.c.tw == tw)
    reports = frame(
        conn, select(L.c.opd, L.c.keadaan, L.c.nihil, L.c.hari_terlambat, L.c.diterima_pada).where(*of_period)
    )
    found = names.merge(reports, on="opd", how="left").merge(_counts(conn, pemda, tahun, tw), on="opd", how="left")
    longer = _extended(conn, pemda, tahun, tw)
    found["tahun"], found["tw"] = tahun, tw
    found["wajib"] = [opd in must for opd in found["opd"]]
    found["diperpanjang"] = [("" in longer) or (opd in longer) for opd in found["opd"]]
    for name in ("versi", "dikembalikan", "dikoreksi"):
        found[name] = found[name].fillna(0).astype(int)
    return found.astype(object).where(found.notna(), None)


def _counts(conn: Connection, pemda: str, tahun: int, tw: int) -> pd.DataFrame:
    """One row per OPD that sent something: versi, dikembalikan, dikoreksi."""
    of_period = (K.c.pemda == pemda, K.c.tahun == tahun, K.c.tw == tw, K.c.dikirim_pada.is_not(None))
    query = select(
        K.c.opd,
        func.count().label("versi"),
        func.sum(case((K.c.keadaan == Kirim.DIKEMBALIKAN.value, 1), else_=0)).label("dikembalikan"),
        func.count(K.c.unggahan).label("masuk"),
    ).where(*of_period)
    found = frame(conn, query.group_by(K.c.opd))
    found["dikoreksi"] = [max(0, int(count) - 1) for count in found.pop("masuk")]
    return found


def _extended(conn: Connection, pemda: str, tahun: int, tw: int) -> set[str]:
    x = tables.perpanjangan.c
    return set(conn.execute(select(x.opd).where(x.pemda == pemda, x.tahun == tahun, x.tw == tw)).scalars())


def rates(conn: Connection, pemda: str, tahun: int, tw: int) -> Laju:
    """The rates of one triwulan over the OPD that must report."""
    found = grid(conn, pemda, [(tahun, tw)])
    must = found[found["wajib"].astype(bool)]
    inside = must[must["keadaan"].isin(RECEIVED)]
    return Laju(
        tahun,
        tw,
        len(must),
        len(inside),
        int((inside["hari_terlambat"] == 0).sum()),
        int(((inside["dikembalikan"] == 0) & inside["keadaan"].isin([one.value for one in ACCEPTED])).sum()),
        int((inside["dikoreksi"] > 0).sum()),
    )


def timeline(conn: Connection, pemda: str, tahun: int, tw: int, opd: str) -> pd.DataFrame:
    """One row per event of one report, oldest first: waktu, tindakan (word of the audit trail), pelaku, objek,
    rincian (JSON text)."""
    j = tables.jejak.c
    of = select(K.c.nomor).where(K.c.pemda == pemda, K.c.tahun == tahun, K.c.tw == tw, K.c.opd == opd)
    objects = [f"kiriman/{nomor}" for nomor in conn.execute(of).scalars()]
    query = select(j.waktu, j.tindakan, j.pelaku, j.objek, j.rincian).where(j.pemda == pemda, j.objek.in_(objects))
    return frame(conn, query.order_by(j.nomor))


def deadlines(conn: Connection, pemda: str, tahun: int, tw: int, opds: list[str]) -> dict[str, Tenggat]:
    """The calendar as it holds for each of these OPD."""
    return {opd: read_deadline(conn, pemda, tahun, tw, opd) for opd in opds}


def missing(conn: Connection, pemda: str, tahun: int, tw: int) -> list[str]:
    """The OPD that must report for this triwulan and whose report is not in the house."""
    lap = conn.execute(
        select(L.c.opd).where(L.c.pemda == pemda, L.c.tahun == tahun, L.c.tw == tw, L.c.keadaan.in_(RECEIVED))
    )
    inside = set(lap.scalars())
    return [opd for opd in expected(conn, pemda, tahun, tw) if opd not in inside]
