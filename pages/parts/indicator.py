"""The opened indicator: its number, its quarters, the reply of the OPD, how it was computed, where it came from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
from dash import html

from data.words import Status
from pages.parts import formats as fmt
from pages.parts.bullet import Scale, bullet
from pages.parts.compute import Calculation, compute_block
from pages.parts.elements import Child, Children, records
from pages.parts.icons import status_word
from pages.parts.origin import Origin, origin_block
from pages.parts.tables import Column, Table, table


@dataclass(frozen=True)
class Reply:
    """The OPD's own words about its figure."""

    teks: str
    opd: str
    tanggal: date | None


@dataclass(frozen=True)
class Indicator:
    """One indicator at one period. Texts (``BB``) stand in the ``_teks`` fields; numbers are None then."""

    nama: str
    keterangan: str
    satuan: str
    capaian: Decimal | None
    status: Status
    predikat: str | None
    tahun: int
    tw: int
    target_sd: Decimal | None
    realisasi_sd: Decimal | None
    target_tahun: Decimal | None = None
    target_teks: str | None = None
    realisasi_teks: str | None = None


def indicator_detail(
    indicator: Indicator,
    quarters: pd.DataFrame,
    calculation: Calculation,
    origins: Sequence[Origin],
    reply: Reply | None = None,
    actions: Children = None,
    arahan: Child = None,
) -> html.Article:
    """All of it. ``quarters``: one row per quarter so far (tw, target, realisasi, capaian); ``arahan``: the block of
    instructions on it."""
    parts: list[Child] = [
        html.H2(indicator.nama),
        html.P(indicator.keterangan, className="kecil"),
        hero(indicator.capaian, indicator.status),
        html.P(_reads(indicator), className="anak-judul"),
        _drawing(indicator),
        table(quarters_table(indicator, quarters), "tabel-rapat"),
        quote(reply),
        arahan,
        compute_block(calculation),
        origin_block(origins),
        html.Div(actions, className="tombol-baris") if actions else None,
    ]
    return html.Article(parts, className="indikator")


def hero(capaian: Decimal | None, status: Status, places: int = 2) -> html.P:
    return html.P(
        [html.Span(fmt.percent(capaian, places), className="angka-besar"), status_word(status, size=16)],
        className="pokok",
    )


def _reads(indicator: Indicator) -> str:
    start = f"Capaian s.d. {fmt.period(indicator.tahun, indicator.tw)}"
    return f"{start}; predikat {indicator.predikat}." if indicator.predikat else f"{start}."


def _drawing(indicator: Indicator) -> html.Div | None:
    """Realisasi against the target so far, on an axis to the year's target, in the indicator's own unit."""
    target, done = indicator.target_sd, indicator.realisasi_sd
    if target is None or target <= 0:
        return None
    axis = max(indicator.target_tahun or target * Decimal("1.2"), target)
    scale = Scale(axis, target, target / 10, f"target {measure(target, indicator.satuan)}")
    ends = [
        html.Span("0"),
        html.Span(f"realisasi {measure(done, indicator.satuan)}"),
        html.Span(
            f"{measure(axis, indicator.satuan)} setahun" if indicator.target_tahun else measure(axis, indicator.satuan)
        ),
    ]
    return html.Div([bullet(done, indicator.status, scale), html.P(ends, className="ujung")], className="bullet-besar")


def measure(value: Decimal | None, satuan: str) -> str:
    return fmt.NONE if value is None else f"{fmt.decimal_id(value)}{fmt.NBSP}{satuan}"


def quarters_table(indicator: Indicator, quarters: pd.DataFrame) -> Table:
    """Target, realisasi and capaian per quarter and so far."""
    rows = records(quarters)
    columns = [
        Column("", False),
        *(Column(fmt.tw(row["tw"])) for row in rows),
        Column(f"s.d. {fmt.tw(indicator.tw)}", strong=True),
    ]
    lines = [
        [f"Target, {indicator.satuan}", *_texts(rows, "target"), _sd(indicator.target_sd, indicator.target_teks)],
        [
            f"Realisasi, {indicator.satuan}",
            *_texts(rows, "realisasi"),
            _sd(indicator.realisasi_sd, indicator.realisasi_teks),
        ],
        ["Capaian, %", *_texts(rows, "capaian"), fmt.decimal_id(indicator.capaian)],
    ]
    return Table(f"{indicator.nama} per triwulan", columns, lines)


def _texts(rows: list[dict[str, Any]], column: str) -> list[str]:
    return [cell_text(row, column) for row in rows]


def cell_text(row: dict[str, Any], column: str) -> str:
    """The value of a measure: its text where it has one (``BB``), else its number, else "–"."""
    return _sd(row[column], row.get(f"{column}_teks"))


def _sd(value: Decimal | None, text: str | None) -> str:
    return text or fmt.decimal_id(value)


def quote(reply: Reply | None) -> html.Blockquote | None:
    """The reply stands beside the figure; the words are the OPD's, the name is the office's."""
    if reply is None:
        return None
    when = f", {fmt.tanggal(reply.tanggal)}" if reply.tanggal else ""
    return html.Blockquote(
        [html.P(f"“{reply.teks}”"), html.Footer(f"Tanggapan {reply.opd}{when}")], className="tanggapan"
    )
