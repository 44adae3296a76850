"""Money and physical progress over a year, from ``rollup_uang``."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection, select

from data import tables
from data.formulas.uang import serapan
from data.queries.frame import frame
from data.words import Level

U = tables.rollup_uang


def kurva_s(conn: Connection, pemda: str, tahun: int, opd: str = "", kode: str = "") -> pd.DataFrame:
    """One row per month (1–12) of the government, one OPD or one node.

    Columns: bulan, pagu, rak, pagu_lapor, rak_lapor, realisasi (rupiah, cumulative), rak_persen (plan in percent of
    all pagu), rencana_lapor_persen and realisasi_persen (plan and actual in percent of the pagu reported on),
    fisik_rencana, fisik (percent), sub_kegiatan, dilaporkan (counts).
    """
    level = Level.PEMDA if not opd else Level.OPD
    match = [U.c.pemda == pemda, U.c.tahun == tahun, U.c.opd == opd, U.c.kode == kode]
    match.append(U.c.level == level.value if not kode else U.c.level.in_([lv.value for lv in Level]))
    names = "bulan pagu rak pagu_lapor rak_lapor realisasi fisik_rencana fisik sub_kegiatan dilaporkan"
    query = select(*(U.c[name] for name in names.split())).where(*match).order_by(U.c.bulan)
    found = frame(conn, query)
    for name, part, whole in (
        ("rak_persen", "rak", "pagu"),
        ("rencana_lapor_persen", "rak_lapor", "pagu_lapor"),
        ("realisasi_persen", "realisasi", "pagu_lapor"),
    ):
        shares: list[Any] = list(serapan(list(found[part]), list(found[whole])))
        found[name] = pd.Series(shares, index=found.index, dtype=object)
    return found
