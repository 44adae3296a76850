"""What is already known of the plan: the loaders match files against it."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, or_, select

from data import tables
from data.words import ACCEPTED, SETAHUN

Months = dict[int, tuple[int | None, int | None]]
"""What is stored of one sub kegiatan: (RAK, realisasi) by month."""
Answer = tuple[Decimal | None, str | None, bool]
"""What is stored of one indicator and triwulan: (nilai, teks, nihil)."""

NAMES = ("kode", "node", "nama", "satuan", "arah", "akumulasi", "rumus_turun", "skala")
YEARS_BACK = 2


@dataclass(frozen=True)
class KnownPlan:
    """The stored plan of one OPD-year: nodes by code, one dict per indicator, and the money by node and month.

    ``fisik`` and ``pagu`` (where a month changed it) are by node and month; ``riwayat`` what each indicator (by code)
    reported in the quarters of earlier years, oldest first; ``tertahan`` the triwulan whose report nobody has
    accepted, ``nihil`` those declared nihil as a whole.
    """

    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)
    indikator: list[dict[str, Any]] = field(default_factory=list)
    keuangan: dict[str, Months] = field(default_factory=dict)
    fisik: dict[str, dict[int, Decimal]] = field(default_factory=dict)
    pagu: dict[str, dict[int, int]] = field(default_factory=dict)
    riwayat: dict[str, list[Decimal]] = field(default_factory=dict)
    tertahan: frozenset[int] = frozenset()
    nihil: frozenset[int] = frozenset()


def known_plan(conn: Connection, pemda: str, tahun: int, opd: str) -> KnownPlan:
    """Read the plan of one OPD-year; empty when nothing is stored.

    Nodes: level, nama, induk, pagu. Indicators: kode, node, nama, satuan, arah, akumulasi, target_tahun (of the
    whole year), target (by triwulan), target_atas and target_teks (by period, 0 = year), realisasi (the triwulan that
    have one), jawaban (by triwulan: nilai, teks, nihil), rumus_turun and skala.
    """
    where = _where(tables.node, pemda, tahun, opd)
    n = tables.node.c
    nodes = {
        row.kode: {"level": row.level, "nama": row.nama, "induk": row.induk, "pagu": row.pagu}
        for row in conn.execute(select(n.kode, n.level, n.nama, n.induk, n.pagu).where(*where)).all()
    }
    numbers: dict[str, dict[int, Decimal | None]] = defaultdict(dict)
    uppers: dict[str, dict[int, Decimal]] = defaultdict(dict)
    texts: dict[str, dict[int, str]] = defaultdict(dict)
    t = tables.target.c
    wanted = select(t.indikator, t.periode, t.nilai, t.nilai_atas, t.teks)
    for kode, period, nilai, atas, teks in conn.execute(wanted.where(*_where(tables.target, pemda, tahun, opd))).all():
        numbers[kode][period] = nilai
        if atas is not None:
            uppers[kode][period] = atas
        if teks is not None:
            texts[kode][period] = teks
    told = _told(conn, pemda, tahun, opd)
    i = tables.indikator.c
    query = select(*(i[name] for name in NAMES)).where(*_where(tables.indikator, pemda, tahun, opd)).order_by(i.kode)
    indikator = []
    for row in conn.execute(query).all():
        known = dict(zip(NAMES, row, strict=True))
        target = numbers.get(row[0], {})
        known["target_tahun"] = target.pop(SETAHUN, None)
        known["target"] = target
        known["target_atas"] = uppers.get(row[0], {})
        known["target_teks"] = texts.get(row[0], {})
        known["jawaban"] = told.get(row[0], {})
        known["realisasi"] = set(known["jawaban"])
        indikator.append(known)
    money, fisik, pagu = _money(conn, pemda, tahun, opd)
    history = _history(conn, pemda, tahun, opd)
    return KnownPlan(nodes, indikator, money, fisik, pagu, history, *_reports(conn, pemda, tahun, opd))


def _told(conn: Connection, pemda: str, tahun: int, opd: str) -> dict[str, dict[int, Answer]]:
    """What each indicator holds by triwulan: a number, words or nihil."""
    r = tables.realisasi.c
    given = or_(r.nilai.is_not(None), r.teks.is_not(None), r.nihil.is_(True))
    found: dict[str, dict[int, Answer]] = defaultdict(dict)
    query = select(r.indikator, r.periode, r.nilai, r.teks, r.nihil)
    for kode, period, *answer in conn.execute(query.where(*_where(tables.realisasi, pemda, tahun, opd), given)).all():
        found[kode][period] = (answer[0], answer[1], answer[2])
    return found


def _money(
    conn: Connection, pemda: str, tahun: int, opd: str
) -> tuple[dict[str, Months], dict[str, dict[int, Decimal]], dict[str, dict[int, int]]]:
    """((RAK, realisasi), fisik, pagu), each by node and month; the last two only where there is one."""
    k = tables.keuangan.c
    found: dict[str, Months] = defaultdict(dict)
    physical: dict[str, dict[int, Decimal]] = defaultdict(dict)
    changed: dict[str, dict[int, int]] = defaultdict(dict)
    query = select(k.node, k.bulan, k.rak, k.realisasi, k.fisik, k.pagu)
    for node, month, rak, realisasi, fisik, pagu in conn.execute(
        query.where(*_where(tables.keuangan, pemda, tahun, opd))
    ).all():
        found[node][month] = (rak, realisasi)
        if fisik is not None:
            physical[node][month] = fisik
        if pagu is not None:
            changed[node][month] = pagu
    return dict(found), dict(physical), dict(changed)


def _history(conn: Connection, pemda: str, tahun: int, opd: str) -> dict[str, list[Decimal]]:
    """What each indicator reported per quarter in the years before, oldest first."""
    found: dict[str, list[Decimal]] = defaultdict(list)
    r = tables.realisasi.c
    years = (r.tahun >= tahun - YEARS_BACK, r.tahun < tahun)
    query = select(r.indikator, r.nilai).where(r.pemda == pemda, r.opd == opd, r.nilai.is_not(None), *years)
    for kode, nilai in conn.execute(query.order_by(r.tahun, r.periode)).all():
        found[kode].append(nilai)
    return dict(found)


def _reports(conn: Connection, pemda: str, tahun: int, opd: str) -> tuple[frozenset[int], frozenset[int]]:
    """(triwulan whose report is not accepted, triwulan accepted as nihil)."""
    lap = tables.laporan.c
    query = select(lap.tw, lap.keadaan, lap.nihil).where(*_where(tables.laporan, pemda, tahun, opd))
    rows = conn.execute(query).all()
    held = frozenset(row.tw for row in rows if row.keadaan not in ACCEPTED)
    return held, frozenset(row.tw for row in rows if row.nihil and row.keadaan in ACCEPTED)


def _where(table: Any, pemda: str, tahun: int, opd: str) -> list[Any]:
    return [table.c.pemda == pemda, table.c.tahun == tahun, table.c.opd == opd]


def known_opd(conn: Connection, pemda: str) -> dict[str, str]:
    """OPD and unit names by code."""
    o = tables.opd.c
    return {row.kode: row.nama for row in conn.execute(select(o.kode, o.nama).where(o.pemda == pemda))}


def known_units(conn: Connection, pemda: str) -> dict[str, str]:
    """The OPD or unit that each unit belongs to, by code."""
    o = tables.opd.c
    query = select(o.kode, o.induk).where(o.pemda == pemda, o.induk.is_not(None))
    return {kode: str(induk) for kode, induk in conn.execute(query).all()}


def known_pemda(conn: Connection, pemda: str) -> bool:
    """Is this pemda registered?"""
    return conn.execute(select(tables.pemda.c.kode).where(tables.pemda.c.kode == pemda)).first() is not None
