"""The OPD × quarter grid: shapes, not cells, so that what keeps recurring stands out."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
from dash import html
from dash.development.base_component import Component

from data.words import STATUS_ORDER, Status
from pages.parts import formats as fmt
from pages.parts.charts import empty
from pages.parts.elements import MUTE, attrs, light, records, svg
from pages.parts.headline import short_name
from pages.parts.icons import css_name, label, outline, status_word
from pages.parts.rows import in_order
from pages.parts.section import section
from pages.parts.tables import Column, Table, twin

_STEP: Final = 17
_HEIGHT: Final = 22
_SMALL, _BIG = 7, 12
_ROMAN: Final = ("", "I", "II", "III", "IV")
_FIRST: Final = 16

_PATH = light(svg.Path)

Quarter = tuple[int, int]


def repeat_section(
    standings: pd.DataFrame, history: pd.DataFrame, source: str, anchor: str = "berulang"
) -> html.Section:
    """ "Siapa berulang tertinggal?" from standings (row per OPD) and history (row per OPD × quarter)."""
    quarters = quarters_of(history)
    if not quarters:
        return section("Siapa berulang tertinggal?", None, empty("Belum ada triwulan yang selesai."), anchor)
    statuses = statuses_of(history)
    ordered = in_order(standings)
    body = [
        html.P([status_word(status, size=12) for status in _shown(statuses)], className="kunci"),
        _columns(ordered, statuses, quarters),
        twin(grid_table(ordered, statuses, quarters)),
        html.P(f"Status tiap triwulan. {source}", className="sumber"),
    ]
    return section("Siapa berulang tertinggal?", repeat_sentence(statuses, quarters), body, anchor)


def quarters_of(history: pd.DataFrame, most: int = 8) -> list[Quarter]:
    """The last quarters in the history, oldest first."""
    return sorted({(int(tahun), int(tw)) for tahun, tw in zip(history["tahun"], history["tw"], strict=True)})[-most:]


def statuses_of(history: pd.DataFrame) -> dict[str, dict[Quarter, Status]]:
    found: dict[str, dict[Quarter, Status]] = {}
    for row in records(history):
        found.setdefault(str(row["opd"]), {})[(int(row["tahun"]), int(row["tw"]))] = Status(row["status"])
    return found


def repeat_sentence(statuses: dict[str, dict[Quarter, Status]], quarters: Sequence[Quarter]) -> str:
    if len(quarters) < 2:
        return "Pengulangan terlihat setelah dua triwulan."
    pair = quarters[-2:]
    count = sum(all(seen.get(quarter) == Status.DI_BAWAH for quarter in pair) for seen in statuses.values())
    if count == 0:
        return "Tidak ada OPD di bawah target dua triwulan berturut-turut."
    return f"{fmt.opd(count)} di bawah target dua triwulan berturut-turut."


def _shown(statuses: dict[str, dict[Quarter, Status]]) -> list[Status]:
    present = {status for seen in statuses.values() for status in seen.values()}
    return [status for status in STATUS_ORDER if status in present]


def _columns(
    rows: list[dict[str, Any]], statuses: dict[str, dict[Quarter, Status]], quarters: Sequence[Quarter]
) -> html.Div:
    drawn = [_row(row, statuses.get(str(row["opd"]), {}), quarters) for row in rows]
    first = html.Div([_head(quarters), html.Ul(drawn[:_FIRST], role="list")], className="kisi-lajur")
    rest = drawn[_FIRST:]
    if not rest:
        return html.Div(first, className="kisi")
    half = (len(rest) + 1) // 2
    lists = [
        html.Div([_head(quarters), html.Ul(part, role="list")], className="kisi-lajur")
        for part in (rest[:half], rest[half:])
        if part
    ]
    word = html.Summary(f"Tampilkan {fmt.opd(len(rest))} lainnya", className="tombol tombol-garis")
    more = html.Details(
        [word, html.Div(lists, className="kisi-sisa")],
        className="lainnya kisi-lanjut",
        open=True,
        **attrs(data_lipat="ponsel"),
    )
    return html.Div([first, more], className="kisi")


def _row(row: dict[str, Any], seen: dict[Quarter, Status], quarters: Sequence[Quarter]) -> html.Li:
    said = ", ".join(
        f"{_ROMAN[tw]} {tahun} {label(seen[tahun, tw]).lower()}" for tahun, tw in quarters if (tahun, tw) in seen
    )
    spoken = {"role": "img", "aria-label": said or "belum ada laporan"}
    drawn = svg.Svg(
        shapes_in_row(seen, quarters),
        className="kisi-tanda",
        width=str(_STEP * len(quarters)),
        height=str(_HEIGHT),
        **spoken,
    )
    return html.Li([html.Span(short_name(row)), drawn], className="kisi-baris")


def shapes_in_row(
    seen: dict[Quarter, Status], quarters: Sequence[Quarter], step: float = _STEP, height: float = _HEIGHT
) -> list[Component]:
    """The shapes of one OPD's quarters, ``step`` apart: one path per status, whatever the number of quarters."""
    parts: dict[Status, str] = {}
    for place, quarter in enumerate(quarters):
        status = seen.get(quarter)
        if status is None:
            continue
        size = _SMALL if status == Status.TERCAPAI else _BIG
        drawn = outline(status, step * (place + 0.5), height / 2, size)
        parts[status] = parts.get(status, "") + drawn
    return [_PATH(d=path, className=css_name(status)) for status, path in parts.items()]


def _head(quarters: Sequence[Quarter]) -> html.Div:
    """Years over quarters, drawn in the same steps as the shapes."""
    years = [
        svg.Text(str(tahun), x=_STEP * place + 2, y=11, className="kisi-tahun")
        for place, (tahun, tw) in enumerate(quarters)
        if (place == 0 and tw != 4) or tw == 1
    ]
    names = [
        svg.Text(_ROMAN[tw], x=_STEP * (place + 0.5), y=27, textAnchor="middle")
        for place, (_, tw) in enumerate(quarters)
    ]
    drawn = svg.Svg([*years, *names], className="kisi-kepala", width=str(_STEP * len(quarters)), height="32")
    return html.Div([html.Span(), drawn], className="kisi-baris", **MUTE)


def grid_table(
    rows: list[dict[str, Any]], statuses: dict[str, dict[Quarter, Status]], quarters: Sequence[Quarter]
) -> Table:
    """The twin: one row per OPD, the status word per quarter."""
    columns = [Column("OPD", False), *(Column(fmt.period(tahun, tw), False) for tahun, tw in quarters)]
    texts = [[str(row["nama"]), *_words(statuses.get(str(row["opd"]), {}), quarters)] for row in rows]
    return Table("Status OPD per triwulan", columns, texts)


def _words(seen: dict[Quarter, Status], quarters: Sequence[Quarter]) -> list[str]:
    return [label(seen[quarter]) if quarter in seen else fmt.NONE for quarter in quarters]
