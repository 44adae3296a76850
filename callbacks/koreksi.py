"""Marks in rows which figures differ from the published ones: columns ``dikoreksi`` and ``semula``."""

from typing import Any

import pandas as pd

from callbacks.lock import penjawab
from callbacks.view import Pandangan
from data.queries.terbitan import published_before
from data.words import Level


def mark_opd(view: Pandangan, standings: pd.DataFrame, places: int = 1) -> pd.DataFrame:
    """The same rows (one per OPD) with the published figure of those that were corrected."""
    was = penjawab().ask(published_before, *view.at, places)
    keys = [(Level.OPD.value, opd, "") for opd in standings["opd"]]
    old = pd.Series([was.get(key) for key in keys], index=standings.index, dtype=object)
    return standings.assign(dikoreksi=[key in was for key in keys], semula=old)


def mark_standing(view: Pandangan, row: dict[str, Any], places: int = 1) -> dict[str, Any]:
    """One row of the standings with its published figure, where it was corrected."""
    return _marked(penjawab().ask(published_before, *view.at, places), (Level.OPD.value, row["opd"], ""), row)


def mark_nodes(view: Pandangan, nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same rows (one per node: level, opd, kode) with the published figure of those that were corrected."""
    was = penjawab().ask(published_before, *view.at, 1)
    return [_marked(was, (row["level"], row["opd"], row["kode"]), row) for row in nodes]


def _marked(was: dict[tuple[str, str, str], Any], key: tuple[str, str, str], row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "dikoreksi": key in was, "semula": was.get(key)}
