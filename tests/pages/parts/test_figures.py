"""Live charts: accepted by plotly's own schema, and saying the same as their tables."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from data.words import MONTH_NAMES
from pages.parts import figures
from pages.parts import formats as fmt
from pages.parts.kurva import kurva_s_svg, kurva_table, series_sentence, standing
from pages.parts.tren import trend_sentence, trend_svg, trend_table


def one(history: pd.DataFrame, number: int) -> pd.DataFrame:
    return history[history["opd"] == f"1.{number:02d}"]


@pytest.mark.parametrize("series", ["keuangan", "fisik"])
def test_kurva_is_valid_and_equals_its_table(kurva: pd.DataFrame, series: figures.Series) -> None:
    figure = figures.kurva_s_figure(kurva, series)
    go.Figure(figure)
    first = 1 if series == "keuangan" else 3
    rows = kurva_table(kurva).rows
    for line, column in zip(figure["data"][:2], (first, first + 1), strict=True):
        assert [MONTH_NAMES[x - 1] for x in line["x"]] == [row[0] for row in rows]
        assert [row[column] for row in rows] == [
            fmt.NONE if y is None else fmt.decimal_id(kurva[_name(series, line)].iloc[place], 1)
            for place, y in enumerate(line["y"])
        ]


def _name(series: figures.Series, line: dict[str, Any]) -> str:
    plan, actual = figures.SERIES_COLUMNS[series]
    return plan if line["name"] == "Rencana" else actual


def test_trend_is_valid_and_equals_its_table(history: pd.DataFrame) -> None:
    past = one(history, 3)
    figure = figures.trend_figure(past)
    go.Figure(figure)
    rows = trend_table(past).rows
    assert len(rows) == 8
    assert [y is None for y in figure["data"][0]["y"]] == [row[1] == fmt.NONE for row in rows]


def test_empty_curve_is_still_a_figure(kurva: pd.DataFrame) -> None:
    nothing = kurva.assign(realisasi_persen=None)
    figure = figures.kurva_s_figure(nothing, "keuangan")
    go.Figure(figure)
    assert standing(nothing, "keuangan") is None
    assert series_sentence(nothing, "keuangan") == "Keuangan: realisasi belum dilaporkan."
    kurva_s_svg(nothing, "keuangan")


def test_every_graph_keeps_the_house_rules() -> None:
    config = figures.CONFIG
    assert config["showSendToCloud"] is False
    assert config["plotlyServerURL"] == ""
    assert config["scrollZoom"] is False
    assert config["displayModeBar"] is False
    form = config["locales"][config["locale"]]["format"]
    assert len(form["months"]) == len(form["shortMonths"]) == 12
    assert len(form["days"]) == len(form["shortDays"]) == 7
    assert (form["decimal"], form["thousands"]) == (",", ".")
    assert figures.LAYOUT["dragmode"] is False


def test_layouts_do_not_share_what_they_change() -> None:
    first = figures.layout(xaxis={"range": [0, 1]})
    assert "range" not in figures.LAYOUT["xaxis"]
    assert first["xaxis"]["fixedrange"] is True


def test_the_standing_stops_at_the_quarter(kurva: pd.DataFrame) -> None:
    now = standing(kurva, "keuangan", until=6)
    assert now is not None
    assert now.bulan == 6
    assert now.deviasi == -7


def test_trend_says_since_when(history: pd.DataFrame) -> None:
    assert trend_sentence(one(history, 0)).startswith("Di\u00a0bawah\u00a0target sejak TW")
    trend_svg(one(history, 3))
