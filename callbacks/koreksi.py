"""Marks in rows which figures differ from the published ones: columns ``dikoreksi`` and ``semula``."""

import pandas as pd

from callbacks.lock import penjawab
from callbacks.view import Pandangan
from data.queries.terbitan import corrected
from data.words import Level


def mark_opd(view: Pandangan, standings: pd.DataFrame, places: int = 1) -> pd.DataFrame:
    """The same rows (one per OPD) with the published figure of those that were corrected."""
    return _marked(view, standings.assign(level=Level.OPD.value, kode=""), places)[
        [*standings.columns, "dikoreksi", "semula"]
    ]


def mark_nodes(view: Pandangan, nodes: pd.DataFrame) -> pd.DataFrame:
    """The same rows (one per node: level, opd, kode) with the published figure of those that were corrected."""
    return _marked(view, nodes, 1)


def _marked(view: Pandangan, rows: pd.DataFrame, places: int) -> pd.DataFrame:
    found = penjawab().ask(corrected, *view.at, places)
    was = {(row.level, row.opd, row.kode): row.semula for row in found.itertuples()}
    keys = list(zip(rows["level"], rows["opd"], rows["kode"], strict=True))
    old = pd.Series([was.get(key) for key in keys], index=rows.index, dtype=object)
    return rows.assign(dikoreksi=[key in was for key in keys], semula=old)
