"""What recurs in a grid of reports: how long an OPD has been on time, and who came nearer to it."""

from typing import Any, Final

import pandas as pd

from data.queries.kepatuhan import RECEIVED

HALF: Final = 4
"""Quarters compared with as many before."""


def streaks(found: pd.DataFrame) -> pd.DataFrame:
    """One row per OPD of a grid (``kepatuhan.grid``), longest first: opd, nama, singkat, berturut (how many triwulan
    on end, up to the last, came on time). A quarter in which nothing had to be sent is passed over, and so is a last
    one that is not in yet but not late either."""
    rows = [{**_name(cells), "berturut": _run(_past(cells))} for cells in _by_opd(found)]
    made = sorted(rows, key=lambda row: -int(row["berturut"]))
    return pd.DataFrame(made, columns=["opd", "nama", "singkat", "berturut"])


def improved(found: pd.DataFrame) -> pd.DataFrame:
    """One row per OPD of a grid whose mean days late fell, most first: opd, nama, singkat, sebelum, sesudah (mean days
    late of the four triwulan before and of the last four). Only OPD whose report came in each of those eight."""
    rows = []
    for cells in _by_opd(found):
        last = _past(cells)[-2 * HALF :]
        if len(last) < 2 * HALF or not all(_inside(cell) for cell in last):
            continue
        before, after = (sum(cell["hari_terlambat"] for cell in half) / HALF for half in (last[:HALF], last[HALF:]))
        if after < before:
            rows.append({**_name(cells), "sebelum": before, "sesudah": after})
    made = sorted(rows, key=lambda row: row["sesudah"] - row["sebelum"])
    return pd.DataFrame(made, columns=["opd", "nama", "singkat", "sebelum", "sesudah"])


def told(found: pd.DataFrame) -> int:
    """Of how many triwulan of a grid the punctuality is known: not of a last one that is still open."""
    cells = [cell for of_opd in _by_opd(found) for cell in of_opd]
    quarters = sorted({(cell["tahun"], cell["tw"]) for cell in cells})
    still_open = any(
        cell["wajib"] and not _inside(cell) and not cell["lewat"]
        for cell in cells
        if (cell["tahun"], cell["tw"]) == quarters[-1]
    )
    return len(quarters) - still_open


def _by_opd(found: pd.DataFrame) -> list[list[dict[str, Any]]]:
    """The cells of each OPD, oldest first."""
    cells: dict[str, list[dict[str, Any]]] = {}
    for row in found.to_dict("records"):
        cells.setdefault(row["opd"], []).append({str(name): value for name, value in row.items()})
    return list(cells.values())


def _name(cells: list[dict[str, Any]]) -> dict[str, Any]:
    return {name: cells[-1][name] for name in ("opd", "nama", "singkat")}


def _past(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The quarters of one OPD that say something about its punctuality, oldest first."""
    rows = [cell for cell in cells if cell["wajib"]]
    if rows and not _inside(rows[-1]) and not rows[-1]["lewat"]:
        rows.pop()
    return rows


def _inside(row: dict[str, Any]) -> bool:
    return row["keadaan"] in RECEIVED


def _run(quarters: list[dict[str, Any]]) -> int:
    length = 0
    for row in reversed(quarters):
        if not _inside(row) or row["hari_terlambat"]:
            break
        length += 1
    return length
