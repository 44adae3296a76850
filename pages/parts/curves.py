"""Kurva S of any node as two small multiples; where plan and actual nearly meet, a strip shows their difference."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

import pandas as pd
from dash import html
from dash.development.base_component import Component

from pages.parts import formats as fmt
from pages.parts.charts import chart_block, empty
from pages.parts.elements import MUTE, light, records, svg
from pages.parts.figures import SERIES_COLUMNS, SERIES_NAMES, Series
from pages.parts.kurva import WIDTH, has_values, kurva_s_svg, kurva_table, month_x, series_sentence, standing

NEAR: Final = Decimal(5)
"""Within how many points plan and actual are nearly equal all year, so that their lines cover each other."""
_STRIP: Final = 56
_ZERO: Final = 30
_REACH: Final = 20
_RECT = light(svg.Rect)
_SERIES: Final[tuple[Series, Series]] = ("keuangan", "fisik")


def curves_block(kurva: pd.DataFrame, name: str, source: str, until: int = 12) -> html.Figure:
    """From ``uang.kurva_s`` (one row per month) of any node called ``name``; ``until`` is the last month that the
    sentence speaks of."""
    shown = any(has_values(kurva, series) for series in _SERIES)
    panels = [_panel(kurva, series) for series in _SERIES] if shown else None
    picture = html.Div(panels, className="panel-dua") if panels else None
    table = kurva_table(kurva) if shown else None
    return chart_block("kurva-simpul", f"Kurva S {name}", curves_sentence(kurva, until), picture, table, source)


def curves_sentence(kurva: pd.DataFrame, until: int = 12) -> str:
    """How far money and work stand from their plans, and from each other when one of them has none."""
    parts = []
    for series in _SERIES:
        now = standing(kurva, series, until)
        if now is None:
            continue
        gap = now.deviasi
        if gap is None:
            parts.append(f"{SERIES_NAMES[series].lower()} {fmt.percent(now.actual)}, tanpa rencana")
        elif fmt.rounded(gap, 1) == 0:
            parts.append(f"{SERIES_NAMES[series].lower()} sesuai rencana")
        else:
            side = "di bawah" if gap < 0 else "di atas"
            parts.append(f"{SERIES_NAMES[series].lower()} {fmt.size_in_points(gap)} {side} rencana")
    if not parts:
        return "Realisasi keuangan dan fisik belum dilaporkan."
    said = " dan ".join(parts)
    return f"{said[0].upper()}{said[1:]}."


def _panel(kurva: pd.DataFrame, series: Series) -> html.Div:
    said = html.P(series_sentence(kurva, series), className="panel-kata")
    if not has_values(kurva, series):
        return html.Div([said, empty("Belum ada rencana atau realisasi.")])
    gaps = differences(kurva, series)
    strip = _strip(gaps, series) if nearly_equal(gaps) else None
    return html.Div([said, html.Div([kurva_s_svg(kurva, series, named=True), strip], className="kurva-lebar", **MUTE)])


def differences(kurva: pd.DataFrame, series: Series) -> list[tuple[int, Decimal]]:
    """(month, actual − plan in points) of every month that has both."""
    plan, actual = SERIES_COLUMNS[series]
    rows = [row for row in records(kurva) if row[plan] is not None and row[actual] is not None]
    return [(int(row["bulan"]), row[actual] - row[plan]) for row in rows]


def nearly_equal(gaps: Sequence[tuple[int, Decimal]]) -> bool:
    return bool(gaps) and max(abs(gap) for _, gap in gaps) <= NEAR


def _strip(gaps: Sequence[tuple[int, Decimal]], series: Series) -> Component:
    """Bars of the difference per month on their own scale, the last one with its number."""
    most = max(max(abs(gap) for _, gap in gaps), Decimal("0.1"))
    bars = []
    for month, gap in gaps:
        size = round(float(abs(gap) / most) * _REACH, 1)
        top = _ZERO if gap < 0 else _ZERO - size
        bars.append(
            _RECT(
                x=f"{month_x(month) - 5:g}",
                y=f"{top:g}",
                width="10",
                height=f"{max(size, 0.6):g}",
                className="selisih-bar",
            )
        )
    month, last = gaps[-1]
    words = svg.Text(
        fmt.with_points(last),
        x=f"{min(month_x(month) + 10, WIDTH - 60):g}",
        y=str(_ZERO + (14 if last < 0 else -4)),
        className="k-nilai",
    )
    line = svg.Path(d=f"M30 {_ZERO}H326", className="k-dasar")
    name = svg.Text("Selisih realisasi − rencana", x="30", y="4", className="k-angka")
    drawn: Component = svg.Svg(
        [line, *bars, words, name], viewBox=f"0 0 {WIDTH} {_STRIP}", width="100%", className=f"kurva kurva-{series}"
    )
    return drawn
