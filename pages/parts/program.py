"""The programs of one OPD over the quarters: one line each, small and comparable."""

from typing import Any

import pandas as pd
from dash import html

from data.words import Status
from pages.parts import formats as fmt
from pages.parts.charts import empty
from pages.parts.elements import attrs, records
from pages.parts.icons import status_word
from pages.parts.section import section
from pages.parts.sparkline import Point, span_of, sparkline
from pages.parts.tables import Column, Table, twin

TITLE = "Program dari triwulan ke triwulan"


def program_trends(history: pd.DataFrame, tahun: int, tw: int) -> html.Section:
    """From one row per program × quarter (opd, kode, nama, tahun, tw, deviasi, capaian, status), oldest first."""
    quarters = sorted({(int(row["tahun"]), int(row["tw"])) for row in records(history)})
    programs = _by_program(history)
    if not programs:
        return section(TITLE, None, empty("Belum ada program untuk periode ini."), "tren-program")
    span = span_of(history)
    rows = [_row(past, span) for past in programs]
    body = [html.Ul(rows, role="list", className="daftar-tren"), twin(_table(programs, quarters))]
    sentence = f"Deviasi dari target, {len(quarters)} triwulan sampai {fmt.period(tahun, tw)}."
    return section(TITLE, sentence, body, "tren-program")


def _by_program(history: pd.DataFrame) -> list[list[dict[str, Any]]]:
    """The quarters of each program that is still in the plan of the newest year."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in sorted(records(history), key=lambda row: (row["tahun"], row["tw"])):
        found.setdefault((row["opd"], row["kode"]), []).append(row)
    newest = max((row["tahun"] for past in found.values() for row in past), default=0)
    return [past for past in found.values() if past[-1]["tahun"] == newest]


def _row(past: list[dict[str, Any]], span: Any) -> html.Li:
    now = past[-1]
    points = [Point(row["deviasi"], Status(row["status"])) for row in past]
    said = f"{now['nama']}: capaian {fmt.percent(now['capaian'])}"
    return html.Li(
        [
            html.Span(now["nama"], className="b-nama"),
            sparkline(points, span) or html.Span(className="lintas"),
            html.Strong(fmt.percent(now["capaian"]), className="b-angka"),
            status_word(Status(now["status"])),
        ],
        className="baris-tren",
        **attrs(aria_label=said),
    )


def _table(programs: list[list[dict[str, Any]]], quarters: list[tuple[int, int]]) -> Table:
    columns = [Column("Program", False), *(Column(fmt.period(*quarter)) for quarter in quarters)]
    lines = []
    for past in programs:
        at = {(row["tahun"], row["tw"]): row["capaian"] for row in past}
        lines.append([str(past[-1]["nama"]), *(fmt.decimal_id(at.get(quarter)) for quarter in quarters)])
    return Table("Capaian program per triwulan, persen", columns, lines)
