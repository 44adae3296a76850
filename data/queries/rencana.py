"""What is already known of the plan: the loaders match files against it."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, or_, select

from data import tables
from data.words import SETAHUN

Months = dict[int, tuple[int | None, int | None]]
"""What is stored of one sub kegiatan: (RAK, realisasi) by month."""

NAMES = ("kode", "node", "nama", "satuan", "arah", "akumulasi")


@dataclass(frozen=True)
class KnownPlan:
    """The stored plan of one OPD-year: nodes by code, one dict per indicator, and the money by node and month."""

    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)
    indikator: list[dict[str, Any]] = field(default_factory=list)
    keuangan: dict[str, Months] = field(default_factory=dict)


def known_plan(conn: Connection, pemda: str, tahun: int, opd: str) -> KnownPlan:
    """Read the plan of one OPD-year; empty when nothing is stored.

    Nodes: level, nama, induk, pagu. Indicators: kode, node, nama, satuan, arah, akumulasi, target_tahun (of the
    whole year), target (by triwulan), target_teks (by period, 0 = year) and realisasi (the triwulan that have one).
    """
    where = _where(tables.node, pemda, tahun, opd)
    n = tables.node.c
    nodes = {
        row.kode: {"level": row.level, "nama": row.nama, "induk": row.induk, "pagu": row.pagu}
        for row in conn.execute(select(n.kode, n.level, n.nama, n.induk, n.pagu).where(*where)).all()
    }
    numbers: dict[str, dict[int, Decimal | None]] = defaultdict(dict)
    texts: dict[str, dict[int, str]] = defaultdict(dict)
    t = tables.target.c
    targets = select(t.indikator, t.periode, t.nilai, t.teks).where(*_where(tables.target, pemda, tahun, opd))
    for kode, period, nilai, teks in conn.execute(targets).all():
        numbers[kode][period] = nilai
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
        known["target_teks"] = texts.get(row[0], {})
        known["realisasi"] = told.get(row[0], set())
        indikator.append(known)
    return KnownPlan(nodes, indikator, _money(conn, pemda, tahun, opd))


def _told(conn: Connection, pemda: str, tahun: int, opd: str) -> dict[str, set[int]]:
    """The triwulan of each indicator that hold a realisasi (a number, words or nihil)."""
    r = tables.realisasi.c
    given = or_(r.nilai.is_not(None), r.teks.is_not(None), r.nihil.is_(True))
    found: dict[str, set[int]] = defaultdict(set)
    query = select(r.indikator, r.periode).where(*_where(tables.realisasi, pemda, tahun, opd), given)
    for kode, period in conn.execute(query).all():
        found[kode].add(period)
    return found


def _money(conn: Connection, pemda: str, tahun: int, opd: str) -> dict[str, Months]:
    k = tables.keuangan.c
    found: dict[str, Months] = defaultdict(dict)
    query = select(k.node, k.bulan, k.rak, k.realisasi).where(*_where(tables.keuangan, pemda, tahun, opd))
    for node, month, rak, realisasi in conn.execute(query).all():
        found[node][month] = (rak, realisasi)
    return dict(found)


def _where(table: Any, pemda: str, tahun: int, opd: str) -> list[Any]:
    return [table.c.pemda == pemda, table.c.tahun == tahun, table.c.opd == opd]


def known_opd(conn: Connection, pemda: str) -> dict[str, str]:
    """OPD and unit names by code."""
    o = tables.opd.c
    return {row.kode: row.nama for row in conn.execute(select(o.kode, o.nama).where(o.pemda == pemda))}


def known_pemda(conn: Connection, pemda: str) -> bool:
    """Is this pemda registered?"""
    return conn.execute(select(tables.pemda.c.kode).where(tables.pemda.c.kode == pemda)).first() is not None
