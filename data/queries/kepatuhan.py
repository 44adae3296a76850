"""Who has reported: the grid of OPD × triwulan, DHIS2's rates, and quality beside lateness."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import pandas as pd
from sqlalchemy import Connection, Row, case, func, select, tuple_

from data import tables
from data.kalender import Tenggat, lengthened, read_deadline
from data.queries.frame import frame
from data.words import ACCEPTED, Keadaan, Kirim

K, O, L, W, X, P = (
    tables.kiriman,
    tables.opd,
    tables.laporan,
    tables.wajib_lapor,
    tables.perpanjangan,
    tables.periode,
)
Quarter = tuple[int, int]
RECEIVED: Final = (Keadaan.TERKIRIM.value, *(one.value for one in ACCEPTED))
"""States in which a report is in the house."""


@dataclass(frozen=True)
class Laju:
    """DHIS2's reporting rates of one triwulan, and quality beside them. ``sekali_jadi``: accepted reports that never
    came back, of the ``dinilai`` whose versions are known (None when there is none); ``dikoreksi``: accepted reports
    that were corrected afterwards; ``menunggu``: received, not decided on; ``dikembalikan``: back with the OPD."""

    tahun: int
    tw: int
    diharapkan: int
    diterima: int
    tepat_waktu: int
    sekali_jadi: int | None
    dikoreksi: int
    dinilai: int = 0
    menunggu: int = 0
    dikembalikan: int = 0

    @property
    def terlambat(self) -> int:
        return self.diterima - self.tepat_waktu

    @property
    def belum(self) -> int:
        return self.diharapkan - self.diterima

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


def opened_quarters(conn: Connection, pemda: str, now: datetime | None = None) -> list[Quarter]:
    """(tahun, tw) of every triwulan whose reports may already be sent, oldest first."""
    begun = (P.c.pemda == pemda, P.c.dibuka <= (now or datetime.now(UTC)))
    rows = conn.execute(select(P.c.tahun, P.c.tw).where(*begun).order_by(P.c.tahun, P.c.tw))
    return [(row.tahun, row.tw) for row in rows]


def movement(conn: Connection, pemda: str) -> str:
    """A mark that changes whenever a version is sent, taken back or decided on."""
    back = func.sum(case((K.c.keadaan == Kirim.DITARIK.value, 1), else_=0))
    seen = select(func.count(), back, func.max(K.c.dikirim_pada), func.max(K.c.diputus_pada))
    return " ".join(str(value) for value in conn.execute(seen.where(K.c.pemda == pemda)).one())


def grid(conn: Connection, pemda: str, quarters: list[Quarter], now: datetime | None = None) -> pd.DataFrame:
    """One row per OPD × triwulan of ``quarters``, quarter by quarter, OPD in the order of the list: opd, nama,
    singkat, tahun, tw, wajib, keadaan (None when nothing came), nihil, hari_terlambat, diterima_pada, diperpanjang (an
    extension holds), batas (the end of on time for this OPD), tertolong (on time thanks to the extension alone), lewat
    (days a report that is not in is late by ``now``), versi, dikembalikan, dikoreksi (versions accepted after the
    first), sekali_jadi (accepted and never returned; None when no version tells)."""
    reports = {(row.tahun, row.tw, row.opd): row for row in conn.execute(_of(L, pemda, quarters))}
    sent = _by_report(conn.execute(_of(K, pemda, quarters, K.c.dikirim_pada.is_not(None)).order_by(K.c.nomor)).all())
    ends = _Ends(conn, pemda, quarters, now or datetime.now(UTC))
    names = conn.execute(_named(pemda)).all()
    rows = []
    for quarter in quarters:
        must = set(expected(conn, pemda, *quarter))
        for name in names:
            key = (*quarter, name.kode)
            row = {"opd": name.kode, "nama": name.nama, "singkat": name.singkat, "tahun": quarter[0], "tw": quarter[1]}
            rows.append(row | {"wajib": name.kode in must} | _facts(reports.get(key), sent.get(key, []), ends, key))
    columns = ["opd", "nama", "singkat", "tahun", "tw"]
    return pd.DataFrame(rows, dtype=object) if rows else pd.DataFrame(columns=columns, dtype=object)


def _named(pemda: str) -> Any:
    return select(O).where(O.c.pemda == pemda, O.c.induk.is_(None)).order_by(O.c.urutan, O.c.kode)


NOT_READ: Final = {"muatan", "masalah", "setelan", "ringkasan", "sekali"}


def _of(table: Any, pemda: str, quarters: Sequence[Quarter], *where: Any) -> Any:
    """The rows of these triwulan, without what is long."""
    columns = [column for column in table.columns if column.name not in NOT_READ]
    pairs = tuple_(table.c.tahun, table.c.tw).in_(list(quarters) or [(0, 0)])
    return select(*columns).where(table.c.pemda == pemda, pairs, *where)


def _by_report(rows: Sequence[Row[Any]]) -> dict[tuple[int, int, str], list[Row[Any]]]:
    found: dict[tuple[int, int, str], list[Row[Any]]] = {}
    for row in rows:
        found.setdefault((row.tahun, row.tw, row.opd), []).append(row)
    return found


class _Ends:
    """The calendar and the extensions of some triwulan, read once."""

    def __init__(self, conn: Connection, pemda: str, quarters: Sequence[Quarter], now: datetime) -> None:
        self.now = now
        self.periods = {(row.tahun, row.tw): row for row in conn.execute(_of(P, pemda, quarters))}
        self.longer: dict[tuple[int, int, str], list[tuple[datetime, str]]] = {}
        for row in conn.execute(_of(X, pemda, quarters)):
            self.longer.setdefault((row.tahun, row.tw, row.opd), []).append((row.sampai, row.alasan))

    def deadline(self, key: tuple[int, int, str]) -> Tenggat | None:
        """As ``read_deadline`` answers; None when the year has no calendar."""
        period = self.periods.get(key[:2])
        if period is None:
            return None
        general = Tenggat(*key[:2], period.dibuka, period.tepat_waktu_sampai, period.dikunci)
        return lengthened(general, [*self.longer.get(key, []), *self.longer.get((*key[:2], ""), [])])


def _facts(report: Row[Any] | None, sent: Sequence[Row[Any]], ends: _Ends, key: tuple[int, int, str]) -> dict[str, Any]:
    due = ends.deadline(key)
    inside = report is not None and report.keadaan in RECEIVED
    came = report.diterima_pada if report is not None else None
    late = report.hari_terlambat if report is not None else None
    general = ends.periods[key[:2]].tepat_waktu_sampai if due else None
    helped = bool(inside and late == 0 and due and due.diperpanjang and came and general and came > general)
    return {
        "keadaan": report.keadaan if report is not None else None,
        "nihil": bool(report is not None and report.nihil),
        "hari_terlambat": late,
        "diterima_pada": came,
        "diperpanjang": bool(due and due.diperpanjang),
        "batas": due.tepat_waktu_sampai if due else None,
        "tertolong": helped,
        "lewat": due.days_late(ends.now) if due and not inside else 0,
        **_counts(report, sent),
    }


def _counts(report: Row[Any] | None, sent: Sequence[Row[Any]]) -> dict[str, Any]:
    """What the versions tell of one report's quality. Without versions nothing is claimed about the first try."""
    taken = [row.nomor for row in sent if row.unggahan is not None]
    back = [row.nomor for row in sent if row.keadaan == Kirim.DIKEMBALIKAN]
    accepted = report is not None and report.keadaan in ACCEPTED
    first = not any(nomor < taken[0] for nomor in back) if taken and accepted else None
    corrections = max(0, len(taken) - 1)
    return {"versi": len(sent), "dikembalikan": len(back), "dikoreksi": corrections, "sekali_jadi": first}


def rates(conn: Connection, pemda: str, tahun: int, tw: int) -> Laju:
    """The rates of one triwulan over the OPD that must report."""
    return rates_of(grid(conn, pemda, [(tahun, tw)]))[0]


def rates_of(found: pd.DataFrame) -> list[Laju]:
    """The rates of each triwulan of a grid, in its order."""
    made = []
    for _, part in found.groupby(["tahun", "tw"], sort=False):
        must = part[part["wajib"].astype(bool)]
        inside = must[must["keadaan"].isin(RECEIVED)]
        tried = [one for one in inside["sekali_jadi"] if one is not None]
        made.append(
            Laju(
                int(part["tahun"].iloc[0]),
                int(part["tw"].iloc[0]),
                len(must),
                len(inside),
                int((inside["hari_terlambat"] == 0).sum()),
                sum(tried) if tried else None,
                int((inside["dikoreksi"] > 0).sum()),
                len(tried),
                int((inside["keadaan"] == Keadaan.TERKIRIM.value).sum()),
                int((must["keadaan"] == Keadaan.DIKEMBALIKAN.value).sum()),
            )
        )
    return made


def timeline(conn: Connection, pemda: str, tahun: int, tw: int, opd: str) -> pd.DataFrame:
    """One row per event of one report in the audit trail, oldest first: waktu, tindakan (word of the audit trail),
    pelaku, objek, rincian (JSON text)."""
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
