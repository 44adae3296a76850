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

    Columns: bulan, pagu, rak, realisasi (rupiah, cumulative), rak_persen and realisasi_persen (percent of pagu),
    fisik_rencana, fisik (percent), sub_kegiatan, dilaporkan (counts), pagu_semua (rupiah). In a month that was
    reported, pagu and rak are those of the sub kegiatan that reported: like is compared with like.
    """
    level = Level.PEMDA if not opd else Level.OPD
    match = [U.c.pemda == pemda, U.c.tahun == tahun, U.c.opd == opd, U.c.kode == kode]
    match.append(U.c.level == level.value if not kode else U.c.level.in_([lv.value for lv in Level]))
    names = "bulan pagu rak pagu_lapor rak_lapor realisasi fisik_rencana fisik sub_kegiatan dilaporkan"
    query = select(*(U.c[name] for name in names.split())).where(*match).order_by(U.c.bulan)
    found = frame(conn, query)
    told = found["realisasi"].notna()
    found["pagu_semua"] = found["pagu"]
    found["pagu"] = found["pagu"].where(~told, found["pagu_lapor"])
    found["rak"] = found["rak"].where(~told, found["rak_lapor"])
    for name, part in (("rak_persen", "rak"), ("realisasi_persen", "realisasi")):
        shares: list[Any] = list(serapan(list(found[part]), list(found["pagu"])))
        found[name] = pd.Series(shares, index=found.index, dtype=object)
    return found.drop(columns=["pagu_lapor", "rak_lapor"])
