"""What is already known of the plan: the loaders match files against it."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from data import tables
from data.words import SETAHUN


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
        for row in conn.execute(select(n.kode, n.level, n.nama, n.induk, n.pagu).where(*where))
    }
    numbers: dict[str, dict[int, Decimal | None]] = defaultdict(dict)
    texts: dict[str, dict[int, str]] = defaultdict(dict)
    for row in conn.execute(select(tables.target).where(*_where(tables.target, pemda, tahun, opd))):
        numbers[row.indikator][row.periode] = row.nilai
        if row.teks is not None:
            texts[row.indikator][row.periode] = row.teks
    i = tables.indikator.c
    columns = (i.kode, i.node, i.nama, i.satuan, i.arah, i.akumulasi)
    query = select(*columns).where(*_where(tables.indikator, pemda, tahun, opd)).order_by(i.kode)
    indikator = [
        dict(row._mapping)
        | {
            "target_tahun": numbers[row.kode].get(SETAHUN),
            "target": {period: value for period, value in numbers[row.kode].items() if period != SETAHUN},
            "target_teks": texts[row.kode],
        }
        for row in conn.execute(query)
    ]
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
