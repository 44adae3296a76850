"""How a comparable group is spread: one dot per OPD on one axis, median and quartiles, the chosen one marked."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, Final

import pandas as pd
from dash import html
from dash.development.base_component import Component

from data.words import STATUS_ORDER, Status
from pages.parts import formats as fmt
from pages.parts.charts import chart_block
from pages.parts.elements import MUTE, classes, records, svg
from pages.parts.headline import short_name
from pages.parts.icons import label, status_word
from pages.parts.marks_linked import Scale, Titik, bottom_ticks, marks_list, scale_over
from pages.parts.scatter_names import Calon, Kanvas, place_names
from pages.parts.tables import Column, Table

_DOT: Final = 12
_APART: Final = 2.6
"""How close two dots may stand, in percent of the axis."""
_STEP: Final = 16
_ABOVE: Final = 76
"""Room over the highest pile, where a name can stand that finds no place beside its dot."""
_TALLEST: Final = 260
Row = dict[str, Any]


def distribution_block(
    found: pd.DataFrame, group: str, href: Callable[[str], str], source: str, chosen: str | None = None
) -> html.Figure:
    """From ``perbandingan.distribution`` (one row per OPD of the group, lowest first). ``group`` is what its members
    are called: "dinas", "kecamatan", "OPD urusan Kesehatan"."""
    rows = records(found)
    known = [row for row in rows if row["capaian"] is not None]
    silent = len(rows) - len(known)
    note = f"{fmt.whole(silent)} {group} belum punya capaian, tidak digambar. " if silent else ""
    picture = _picture(known, group, href, chosen) if known else None
    table = distribution_table(found, group) if rows else None
    title = f"Sebaran capaian {fmt.whole(len(known))} {group}"
    return chart_block("sebaran", title, distribution_sentence(known, group, chosen), picture, table, note + source)


def distribution_sentence(known: Sequence[Row], group: str, chosen: str | None) -> str | None:
    """``Dinas Perhubungan ke-3 terendah dari 21 dinas; median 96,7 %.``"""
    if not known:
        return None
    middle = fmt.percent(known[0]["median"])
    mine = next((row for row in known if row["opd"] == chosen), None)
    if mine is None:
        low, high = known[0], known[-1]
        ends = f"{fmt.decimal_id(low['capaian'], 1)}{fmt.NBSP}–{fmt.NBSP}{fmt.percent(high['capaian'])}"
        return f"Capaian {fmt.whole(len(known))} {group}: {ends}; separuhnya di bawah {middle}."
    return f"{short_name(mine)} {rank_words(mine, known, group)}; median {middle}."


def rank_words(mine: Row, known: Sequence[Row], group: str) -> str:
    """The place counted from the nearer end; equals share a place and say so."""
    from_low = int(mine["peringkat"])
    from_high = 1 + sum(1 for row in known if row["capaian"] > mine["capaian"])
    place, end = (from_low, "terendah") if from_low <= from_high else (from_high, "tertinggi")
    shared = sum(1 for row in known if row["capaian"] == mine["capaian"]) - 1
    which = end if place == 1 else f"ke-{place}{fmt.NBSP}{end}"
    also = f" bersama {fmt.whole(shared)} lainnya" if shared else ""
    return f"{which} dari {fmt.whole(len(known))} {group}{also}"


def _picture(known: Sequence[Row], group: str, href: Callable[[str], str], chosen: str | None) -> Component:
    scale = scale_over([row["capaian"] for row in known], 0, 120)
    spots = _stacked(known, scale)
    height = min(_TALLEST, _ABOVE + _STEP * (1 + max(level for _, level in spots)))
    marks = _marks(known, spots, height, scale, (href, chosen))
    first = known[0]
    half = f"{fmt.decimal_id(first['q1'], 1)}{fmt.NBSP}–{fmt.NBSP}{fmt.percent(first['q3'])}"
    words = f"Garis tebal = median {fmt.percent(first['median'])}; pita = separuh {group} yang di tengah, {half}."
    parts = [_ground(first, scale), marks_list(marks, f"Capaian tiap {group}")]
    place = html.Div(parts, className="sebar-bidang", style={"height": f"{height}px"})
    across = html.P("Capaian, % dari target →", className="pencar-sumbu pencar-x")
    present = {Status(row["status"]) for row in known}
    key = html.P([status_word(status, size=12) for status in STATUS_ORDER if status in present], className="kunci")
    return html.Div([key, html.P(words, className="kecil"), html.Div([place, across], className="sebar")])


def _ground(row: Row, scale: Scale) -> Component:
    q1, median, q3, target = (scale.share(value) for value in (row["q1"], row["median"], row["q3"], Decimal(100)))
    parts: list[Component] = [
        svg.Rect(x=f"{q1:g}%", y="0", width=f"{max(q3 - q1, 0):.4g}%", height="100%", className="sebar-pita"),
        svg.Line(x1=f"{target:g}%", x2=f"{target:g}%", y1="0", y2="100%", className="ruas-target"),
        svg.Line(x1=f"{median:g}%", x2=f"{median:g}%", y1="0", y2="100%", className="sebar-median"),
        svg.Line(x1="0", x2="100%", y1="100%", y2="100%", className="pencar-garis"),
    ]
    drawn: Component = svg.Svg(
        [*parts, *bottom_ticks(scale)], className="pencar-dasar", width="100%", height="100%", **MUTE
    )
    return drawn


def _marks(
    known: Sequence[Row],
    spots: Sequence[tuple[float, int]],
    height: int,
    scale: Scale,
    link: tuple[Callable[[str], str], str | None],
) -> list[Titik]:
    href, chosen = link
    step = min(float(_STEP), (height - _ABOVE) / (1 + max(level for _, level in spots)))
    tops = [round(100 - (10 + step * level) * 100 / height, 2) for _, level in spots]
    places = [(x, top) for (x, _), top in zip(spots, tops, strict=True)]
    seen = [_candidate(row, spot, scale, chosen) for row, spot in zip(known, places, strict=True)]
    canvases = (Kanvas("l", 720, height, 3), Kanvas("s", 300, height, 2))
    wide, narrow = (place_names(seen, _named(seen), canvas) for canvas in canvases)
    made = []
    for row, one in zip(known, seen, strict=True):
        sides = classes(wide.get(one.key), narrow.get(one.key))
        status, name = Status(row["status"]), one.words if sides else ""
        said = f"{row['nama']}: capaian {fmt.percent(row['capaian'])}, {label(status).lower()}"
        made.append(Titik(one.x, one.y, _DOT, status, href(one.key), said, name, sides, one.key == chosen))
    return made


def _named(seen: Sequence[Calon]) -> list[Calon]:
    """Who deserves a name: the chosen, the clipped, and whoever stands alone at an end."""
    ends = [one for one in (seen[0], seen[-1]) if sum(other.x == one.x for other in seen) == 1]
    return list(dict.fromkeys([*(one for one in seen if one.must), *ends]))


def _candidate(row: Row, spot: tuple[float, float], scale: Scale, chosen: str | None) -> Calon:
    opd, clip = str(row["opd"]), scale.clips(row["capaian"])
    words = f"{short_name(row)} {clip or fmt.percent(row['capaian'])}"
    return Calon(opd, *spot, _DOT, words, bool(clip) or opd == chosen, opd == chosen)


def _stacked(known: Sequence[Row], scale: Scale) -> list[tuple[float, int]]:
    """Where each dot stands: its exact capaian in percent of the axis, and the level on which it covers no other."""
    ends: list[float] = []
    places = []
    for x in (scale.share(row["capaian"]) for row in known):
        level = next((at for at, last in enumerate(ends) if x - last >= _APART), len(ends))
        ends[level : level + 1] = [x]
        places.append((x, level))
    return places


def distribution_table(found: pd.DataFrame, group: str) -> Table:
    """The twin: every OPD of the group with its place, then the three quartiles."""
    columns = [
        Column("OPD", False),
        *map(Column, ("Urutan dari terendah", "Capaian", "Deviasi, poin")),
        Column("Status", False),
    ]
    rows = records(found)
    texts = [
        [
            str(row["nama"]),
            fmt.whole(row["peringkat"]),
            fmt.percent(row["capaian"]),
            fmt.points(row["deviasi"]),
            label(Status(row["status"])),
        ]
        for row in rows
    ]
    for name, key in (("Kuartil bawah", "q1"), ("Median", "median"), ("Kuartil atas", "q3")):
        texts.append([name, fmt.NONE, fmt.percent(rows[0][key] if rows else None), fmt.NONE, fmt.NONE])
    return Table(f"Capaian tiap {group}", columns, texts)
