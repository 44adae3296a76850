"""What is already known of the plan: the loaders match files against it."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from data import tables
from data.words import SETAHUN

NAMES = ("kode", "node", "nama", "satuan", "arah", "akumulasi")


@dataclass(frozen=True)
class KnownPlan:
    """The stored plan of one OPD-year: nodes by code, and one dict per indicator."""

    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)
    indikator: list[dict[str, Any]] = field(default_factory=list)


def known_plan(conn: Connection, pemda: str, tahun: int, opd: str) -> KnownPlan:
    """Read the plan of one OPD-year; empty when nothing is stored.

    Nodes: level, nama, induk, pagu. Indicators: kode, node, nama, satuan, arah, akumulasi, target_tahun (of the
    whole year), target (by triwulan) and target_teks (by period, 0 = year).
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
    i = tables.indikator.c
    query = select(*(i[name] for name in NAMES)).where(*_where(tables.indikator, pemda, tahun, opd)).order_by(i.kode)
    indikator = []
    for row in conn.execute(query).all():
        known = dict(zip(NAMES, row, strict=True))
        target = numbers.get(row[0], {})
        known["target_tahun"] = target.pop(SETAHUN, None)
        known["target"] = target
        known["target_teks"] = texts.get(row[0], {})
        indikator.append(known)
    return KnownPlan(nodes, indikator)


def _where(table: Any, pemda: str, tahun: int, opd: str) -> list[Any]:
    return [table.c.pemda == pemda, table.c.tahun == tahun, table.c.opd == opd]


def known_opd(conn: Connection, pemda: str) -> dict[str, str]:
    """OPD and unit names by code."""
    o = tables.opd.c
    return {row.kode: row.nama for row in conn.execute(select(o.kode, o.nama).where(o.pemda == pemda))}


def known_pemda(conn: Connection, pemda: str) -> bool:
    """Is this pemda registered?"""
    return conn.execute(select(tables.pemda.c.kode).where(tables.pemda.c.kode == pemda)).first() is not None
