"""Live charts as plain dictionaries on one shared layout and one shared configuration."""

import json
from collections.abc import Mapping
from copy import deepcopy
from decimal import Decimal
from typing import Any, Final, Literal

import pandas as pd
from dash import html

from data.words import MONTH_NAMES, Status
from pages.parts import formats as fmt
from pages.parts.elements import records

Series = Literal["keuangan", "fisik"]
Figure = dict[str, Any]

INK: Final = "#15181E"
CAPTION: Final = "#666D78"
RULE: Final = "#EBEDF0"
SERIES_COLOURS: Final[dict[Series, str]] = {"keuangan": "#0E4A5A", "fisik": "#6B7280"}
SERIES_NAMES: Final[dict[Series, str]] = {"keuangan": "Keuangan", "fisik": "Fisik"}
SERIES_COLUMNS: Final[dict[Series, tuple[str, str]]] = {
    "keuangan": ("rak_persen", "realisasi_persen"),
    "fisik": ("fisik_rencana", "fisik"),
}
STATUS_COLOURS: Final = {
    Status.TERCAPAI: "#082778",
    Status.PERHATIAN: "#C18516",
    Status.DI_BAWAH: "#740211",
    Status.BELUM_LAPOR: "#8D9092",
    Status.TANPA_TARGET: "#8D9092",
    Status.NIHIL: "#8D9092",
}
STATUS_SYMBOLS: Final = {
    Status.TERCAPAI: "circle",
    Status.PERHATIAN: "triangle-up",
    Status.DI_BAWAH: "square",
    Status.BELUM_LAPOR: "circle-open",
    Status.TANPA_TARGET: "diamond-open",
    Status.NIHIL: "circle-x-open",
}

_AXIS: Final[dict[str, Any]] = {
    "showgrid": False,
    "zeroline": False,
    "fixedrange": True,
    "linecolor": INK,
    "ticks": "",
    "tickfont": {"size": 12, "color": CAPTION},
    "automargin": False,
}
LAYOUT: Final[dict[str, Any]] = {
    "font": {"family": "'Monev Sans', system-ui, sans-serif", "size": 14, "color": INK},
    "paper_bgcolor": "rgba(0,0,0,0)",
    "plot_bgcolor": "rgba(0,0,0,0)",
    "margin": {"l": 30, "r": 14, "t": 8, "b": 28},
    "height": 220,
    "showlegend": False,
    "dragmode": False,
    "hovermode": "x unified",
    "hoverlabel": {"bgcolor": "#FFFFFF", "bordercolor": "#D8DBE0", "font": {"size": 14, "color": INK}},
    "separators": ",.",
    "xaxis": _AXIS,
    "yaxis": {**_AXIS, "showgrid": True, "gridcolor": RULE, "showline": False},
}
_DAYS: Final = ["Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"]
LOCALE: Final[dict[str, Any]] = {
    "dictionary": {},
    "format": {
        "days": _DAYS,
        "shortDays": ["Min", "Sen", "Sel", "Rab", "Kam", "Jum", "Sab"],
        "months": list(MONTH_NAMES),
        "shortMonths": [name[:3] for name in MONTH_NAMES],
        "date": "%d %b %Y",
        "decimal": ",",
        "thousands": ".",
        "grouping": [3],
        "currency": ["Rp\u00a0", ""],
        "year": "%Y",
        "month": "%b %Y",
        "dayMonth": "%d %b",
        "dayMonthYear": "%d %b %Y",
    },
}
CONFIG: Final[dict[str, Any]] = {
    "displayModeBar": False,
    "displaylogo": False,
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
    "responsive": True,
    "locale": "id",
    "locales": {"id": LOCALE},
    "showSendToCloud": False,
    "plotlyServerURL": "",
}


def graph(figure: Figure, id: str) -> html.Div:
    """The one way a live chart is placed beside its static drawing: ``assets/bagan.js`` draws it with Plotly when it is
    wanted, by ``CONFIG``, which comes with the document. Not a ``dcc.Graph``: that fetches Plotly as soon as it is on
    the page, and Dash would let every callback of the page wait for it."""
    given: dict[str, Any] = {"data-figur": json.dumps(figure, separators=(",", ":"))}
    return html.Div(id=id, className="grafik-hidup", **given)


def layout(**own: Any) -> dict[str, Any]:
    """The shared layout with a chart's own entries merged in, axis by axis."""
    merged = deepcopy(LAYOUT)
    for name, value in own.items():
        old = merged.get(name)
        merged[name] = {**old, **value} if isinstance(old, dict) and isinstance(value, dict) else value
    return merged


def number(value: Decimal | None) -> float | None:
    """The border where an exact decimal becomes a position on a screen."""
    return None if value is None else float(value)


def kurva_s_figure(kurva: pd.DataFrame, series: Series) -> Figure:
    """Plan and actual of one series from the curve (one row per month, cumulative percent of pagu)."""
    plan, actual = SERIES_COLUMNS[series]
    rows, colour = records(kurva), SERIES_COLOURS[series]
    names = [MONTH_NAMES[row["bulan"] - 1] for row in rows]
    lines = [
        _line(rows, plan, "Rencana", {"color": colour, "width": 1.5, "dash": "4px,3px"}, names),
        _line(rows, actual, "Realisasi", {"color": colour, "width": 3}, names),
    ]
    cut = last_known(rows, actual)
    return {"data": [*lines, *_end_point(cut, actual, colour)], "layout": _kurva_layout(cut, rows)}


def _line(rows: list[dict[str, Any]], column: str, name: str, pen: dict[str, Any], months: list[str]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": [row["bulan"] for row in rows],
        "y": [number(row[column]) for row in rows],
        "line": pen,
        "customdata": months,
        "hovertemplate": "%{y:.1f} %",
        "connectgaps": False,
    }


def _end_point(cut: Mapping[str, Any] | None, column: str, colour: str) -> list[dict[str, Any]]:
    if cut is None:
        return []
    early = cut["bulan"] <= 9
    look = {
        "mode": "markers+text",
        "marker": {"size": 9, "color": colour},
        "text": [fmt.percent(cut[column])],
        "textposition": "bottom right" if early else "top left",
        "textfont": {"size": 14, "weight": 600, "color": colour},
        "cliponaxis": False,
    }
    return [{"type": "scatter", "hoverinfo": "skip", "x": [cut["bulan"]], "y": [number(cut[column])], **look}]


def _kurva_layout(cut: Mapping[str, Any] | None, rows: list[dict[str, Any]]) -> dict[str, Any]:
    months = [row["bulan"] for row in rows if row["bulan"] % 3 == 0]
    return layout(
        xaxis={"range": [0.7, 12.3], "tickvals": months, "ticktext": [fmt.month_short(number) for number in months]},
        yaxis={"range": [0, 104], "tickvals": [0, 25, 50, 75, 100]},
        shapes=[] if cut is None else [_vertical(cut["bulan"])],
    )


def _vertical(x: int) -> dict[str, Any]:
    pen = {"color": CAPTION, "width": 1, "dash": "dot"}
    return {"type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "paper", "line": pen}


def last_known(rows: list[dict[str, Any]], column: str) -> dict[str, Any] | None:
    """The last month for which something was reported."""
    known = [row for row in rows if row[column] is not None]
    return known[-1] if known else None


def trend_figure(history: pd.DataFrame) -> Figure:
    """Deviasi of one OPD by quarter (one row per quarter): zero and the limit of perhatian drawn as lines."""
    rows = sorted(records(history), key=lambda row: (row["tahun"], row["tw"]))
    statuses = [Status(row["status"]) for row in rows]
    names = [f"{fmt.tw(row['tw'])}<br>{row['tahun']}" for row in rows]
    values = [number(row["deviasi"]) for row in rows]
    trace = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": names,
        "y": values,
        "line": {"color": "#444B56", "width": 2},
        "marker": {
            "size": 12,
            "color": [STATUS_COLOURS[status] for status in statuses],
            "symbol": [STATUS_SYMBOLS[status] for status in statuses],
        },
        "hovertemplate": "%{y:.1f} poin<extra></extra>",
        "connectgaps": False,
    }
    low = min([-12.0, *(value for value in values if value is not None)])
    high = max([5.0, *(value for value in values if value is not None)])
    return {"data": [trace], "layout": _trend_layout(low, high)}


def _trend_layout(low: float, high: float) -> dict[str, Any]:
    return layout(
        margin={"l": 36, "r": 16, "t": 16, "b": 44},
        xaxis={"type": "category"},
        yaxis={"range": [low * 1.15, high * 1.15], "nticks": 5},
        shapes=[_level(0, INK, "solid"), _level(-10, CAPTION, "dot")],
    )


def _level(y: float, colour: str, dash: str) -> dict[str, Any]:
    pen = {"color": colour, "width": 1, "dash": dash}
    return {"type": "line", "x0": 0, "x1": 1, "xref": "paper", "y0": y, "y1": y, "line": pen, "layer": "below"}
