"""Serapan × capaian: one mark per OPD, area = pagu, four named corners of which only the bad one is tinted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt
from typing import Any, Final

import pandas as pd
from dash import html
from dash.development.base_component import Component

from data.words import STATUS_ORDER, Status
from pages.parts import formats as fmt
from pages.parts.charts import chart_block
from pages.parts.elements import MUTE, Child, attrs, classes, records, soft, svg
from pages.parts.headline import impact, short_name
from pages.parts.icons import label, status_word
from pages.parts.marks_linked import Scale, Titik, bottom_ticks, marks_list, scale_over
from pages.parts.scatter_names import NARROW, WIDE, Box, Calon, Kanvas, place_names
from pages.parts.tables import Column, Table

TARGET: Final = Decimal(100)
_LARGEST: Final = 34
_SMALLEST: Final = 8
_LEAST_ROOM: Final = 36
_BEHIND: Final = f"{Status.DI_BAWAH.value},{Status.PERHATIAN.value}"
Row = dict[str, Any]


@dataclass(frozen=True)
class Sudut:
    """One corner: its name, and the query words that filter to it."""

    kind: str
    name: str
    query: Mapping[str, str]


@dataclass(frozen=True)
class Bidang:
    """The plot: both axes, and the city's planned share of money (None without a plan: then there are no corners)."""

    x: Scale
    y: Scale
    rencana: Decimal | None

    def corner(self, row: Mapping[str, Any]) -> str:
        """``ka`` (right, above) … ``kb``: the letters say kiri or kanan, atas or bawah."""
        side = "n" if self.rencana is not None and row["serapan"] >= self.rencana else "k"
        return side + ("a" if row["capaian"] >= TARGET else "b")


def corners(rencana: Decimal) -> list[Sudut]:
    """The four corners around the planned share; exactly on the line counts as sesuai rencana."""
    share = format(rencana, "f")
    low, high = {"serapan_maks": share}, {"serapan_min": share}
    done, behind = {"status": Status.TERCAPAI.value}, {"status": _BEHIND}
    return [
        Sudut("ka", "Kinerja tercapai, uang belum terserap", {**done, **low}),
        Sudut("na", "Kinerja dan serapan sesuai rencana", {**done, **high}),
        Sudut("kb", "Kinerja dan uang sama-sama tertinggal", {**behind, **low}),
        Sudut("nb", "Uang terserap, kinerja tertinggal", {**behind, **high}),
    ]


def scatter_block(
    standings: pd.DataFrame,
    rencana: Decimal | None,
    href: Callable[[str], str],
    corner_href: Callable[[Mapping[str, str]], str],
    source: str,
    chosen: str | None = None,
) -> html.Figure:
    """The whole picture from ``opd_standings`` (one row per OPD) and the city's planned share of its pagu so far in
    percent. ``href`` selects an OPD, ``corner_href`` makes an address of the query words of a corner."""
    rencana = None if rencana is None else fmt.rounded(rencana, 2)
    rows = sorted(_drawable(standings), key=lambda row: -int(row["pagu"] or 0))
    plot = _plot(rows, rencana)
    picture = [_keys(rows), _frame(rows, plot, href, corner_href, chosen)] if rows else None
    left = len(standings) - len(rows)
    note = f"{fmt.opd(left)} tanpa capaian atau serapan tidak digambar. " if left else ""
    title, said = "Serapan × capaian", scatter_sentence(rows, plot)
    return chart_block("serapan-capaian", title, said, picture, scatter_table(standings), note + source)


def _drawable(standings: pd.DataFrame) -> list[Row]:
    return [row for row in records(standings) if row["capaian"] is not None and row["serapan"] is not None]


def _plot(rows: Sequence[Row], rencana: Decimal | None) -> Bidang:
    shares = [row["serapan"] for row in rows]
    x = scale_over([*shares, *([rencana - 12, rencana + 12] if rencana is not None else [])], 0, 110)
    y = scale_over([*(row["capaian"] for row in rows), Decimal(92), Decimal(106)], 40, 120)
    return Bidang(x, y, rencana)


def scatter_sentence(rows: Sequence[Row], plot: Bidang) -> str | None:
    """How many stand in the bad corner, and who is furthest behind there."""
    if not rows or plot.rencana is None:
        return None if not rows else f"{fmt.opd(len(rows))} digambar; rencana serapan kota belum ada."
    bad = [row for row in rows if plot.corner(row) == "nb"]
    if not bad:
        return "Tidak ada OPD yang menyerap uang sesuai rencana dengan kinerja tertinggal."
    worst = min(bad, key=lambda row: row["capaian"])
    far = fmt.size_in_points(worst["capaian"] - TARGET)
    return (
        f"{fmt.opd(len(bad))} menyerap uang sesuai rencana, tetapi kinerjanya tertinggal; "
        f"terjauh {short_name(worst)}, {far}."
    )


def _keys(rows: Sequence[Row]) -> html.Div:
    """The shapes with their words, and what a size means."""
    present = {Status(row["status"]) for row in rows}
    words = [status_word(status, size=12) for status in STATUS_ORDER if status in present]
    return html.Div([html.P(words), _size_key(rows)], className="pencar-kunci")


def _size_key(rows: Sequence[Row]) -> html.P | None:
    most = max(int(row["pagu"] or 0) for row in rows)
    if most <= 0:
        return None
    examples = [pagu for pagu in _examples(most) if _diameter(pagu, most) > _SMALLEST]
    drawn = [html.Span([_ring(_diameter(pagu, most)), fmt.rupiah_round(pagu)]) for pagu in examples]
    return html.P(["Luas tanda = pagu:", *drawn], className="pencar-ukuran")


def _examples(most: int) -> list[int]:
    """A round amount near the largest, a fourth of it and a tenth."""
    power = 10 ** (len(str(most)) - 1)
    top = max(part * power for part in (1, 2, 4, 5, 8) if part * power <= most)
    return [top // 10, top // 4, top]


def _ring(size: float) -> Component:
    half = size / 2
    circle = svg.Circle(cx=f"{half + 1:g}", cy=f"{half + 1:g}", r=f"{half:g}", className="pencar-cincin")
    drawn: Component = svg.Svg([circle], width=f"{size + 2:g}", height=f"{size + 2:g}", **MUTE)
    return drawn


def _diameter(pagu: int, most: int) -> float:
    return round(max(_SMALLEST, _LARGEST * sqrt(pagu / most)), 1) if most > 0 else float(_SMALLEST)


def _frame(
    rows: Sequence[Row],
    plot: Bidang,
    href: Callable[[str], str],
    corner_href: Callable[[Mapping[str, str]], str],
    chosen: str | None,
) -> html.Div:
    marks = _marks(rows, plot, href, chosen)
    place = html.Div(
        [_ground(plot), *_corner_links(rows, plot, corner_href), marks_list(marks, "OPD menurut serapan dan capaian")],
        className="pencar-bidang",
        **attrs(
            data_bidang="serapan capaian",
            data_x=f"{plot.x.low:f} {plot.x.high:f}",
            data_y=f"{plot.y.low:f} {plot.y.high:f}",
        ),
    )
    line = f"garis: rencana kota {fmt.percent(plot.rencana)}" if plot.rencana is not None else "tanpa rencana kota"
    across = html.P(f"Serapan, % pagu → ({line})", className="pencar-sumbu pencar-x")
    up = html.P("↑ Capaian, % dari target (garis: 100 %)", className="pencar-sumbu")
    return html.Div([up, place, across], className="pencar")


def _ground(plot: Bidang) -> Component:
    """Tint, lines and ticks; everything in percent, so that only distances stretch."""
    target = 100 - plot.y.share(TARGET)
    parts: list[Component] = []
    if plot.rencana is not None:
        x = plot.x.share(plot.rencana)
        parts.append(
            svg.Rect(
                x=f"{x:g}%",
                y=f"{target:g}%",
                width=f"{100 - x:g}%",
                height=f"{100 - target:g}%",
                className="pencar-buruk",
            )
        )
        parts.append(svg.Line(x1=f"{x:g}%", x2=f"{x:g}%", y1="0", y2="100%", className="pencar-garis"))
    parts.append(svg.Line(x1="0", x2="100%", y1=f"{target:g}%", y2=f"{target:g}%", className="pencar-garis"))
    parts.append(svg.Line(x1="0", x2="100%", y1="100%", y2="100%", className="pencar-garis"))
    heights = [
        svg.Text(
            fmt.percent(value, 0) if value == plot.y.ticks[-1] else fmt.decimal_id(value, 0),
            x="-8",
            y=f"{100 - plot.y.share(value):g}%",
            dy="4",
            textAnchor="end",
        )
        for value in plot.y.ticks
    ]
    drawn: Component = svg.Svg(
        [*parts, *heights, *bottom_ticks(plot.x)], className="pencar-dasar", width="100%", height="100%", **MUTE
    )
    return drawn


def _corner_links(
    rows: Sequence[Row], plot: Bidang, corner_href: Callable[[Mapping[str, str]], str]
) -> list[Component]:
    if plot.rencana is None:
        return []
    x, counts = plot.x.share(plot.rencana), [plot.corner(row) for row in rows]
    found: list[Component] = []
    for corner in corners(plot.rencana):
        width = _room(x, corner)
        words: list[Child] = [corner.name, html.Span(f"{fmt.NBSP}· {fmt.whole(counts.count(corner.kind))}")]
        found.append(
            html.A(
                words,
                href=corner_href(corner.query),
                className=classes("sudut", f"sudut-{corner.kind}"),
                style={"maxWidth": f"{width:g}%"},
                title=f"Saring: {corner.name.lower()}",
                **soft("diam"),
            )
        )
    return found


def _room(line: float, corner: Sudut) -> float:
    """The width of a corner's name in percent of the plot: up to the line, but never so little that words break."""
    held = min(max(line, _LEAST_ROOM), 100 - _LEAST_ROOM)
    return held if corner.kind[0] == "k" else 100 - held


def _marks(rows: Sequence[Row], plot: Bidang, href: Callable[[str], str], chosen: str | None) -> list[Titik]:
    most = max(int(row["pagu"] or 0) for row in rows)
    seen = {str(row["opd"]): _candidate(row, plot, most, chosen) for row in rows}
    wanted = [seen[str(row["opd"])] for row in _exceptions(rows, plot, chosen)]
    wall = None if plot.rencana is None else plot.x.share(plot.rencana)
    every = list(seen.values())
    wide, narrow = (place_names(every, wanted, canvas, _names_boxes(plot, canvas), wall) for canvas in (WIDE, NARROW))
    made = []
    for row in rows:
        opd = str(row["opd"])
        at, places = seen[opd], classes(wide.get(opd), narrow.get(opd))
        name = at.words if places else ""
        made.append(
            Titik(at.x, at.y, at.size, Status(row["status"]), href(opd), _said(row), name, places, opd == chosen)
        )
    return made


def _candidate(row: Row, plot: Bidang, most: int, chosen: str | None) -> Calon:
    opd = str(row["opd"])
    clip = plot.x.clips(row["serapan"]) or plot.y.clips(row["capaian"])
    words = f"{short_name(row)} {clip}" if clip else short_name(row)
    x, y = plot.x.share(row["serapan"]), round(100 - plot.y.share(row["capaian"]), 2)
    return Calon(opd, x, y, _diameter(int(row["pagu"] or 0), most), words, bool(clip) or opd == chosen, opd == chosen)


def _exceptions(rows: Sequence[Row], plot: Bidang, chosen: str | None) -> list[Row]:
    """Who deserves a name: the chosen, the clipped, the bad corner, the other red ones by impact, the largest."""
    forced = [row for row in rows if row["opd"] == chosen or _clipped(row, plot)]
    bad = [row for row in rows if plot.corner(row) == "nb" and row["status"] == Status.DI_BAWAH]
    red = [row for row in rows if row["status"] == Status.DI_BAWAH]
    late = [row for row in rows if plot.corner(row) == "nb"]
    ranked = [forced, sorted(bad, key=impact), sorted(red, key=impact), list(rows[:2]), sorted(late, key=impact)]
    return list({str(row["opd"]): row for group in ranked for row in group}.values())


def _clipped(row: Row, plot: Bidang) -> bool:
    return bool(plot.x.clips(row["serapan"]) or plot.y.clips(row["capaian"]))


def _names_boxes(plot: Bidang, canvas: Kanvas) -> list[Box]:
    """The room of the target line and of the corner names, as they wrap in a plot of this width."""
    if plot.rencana is None:
        return []
    up = (100 - plot.y.share(TARGET)) * canvas.height / 100
    boxes: list[Box] = [(0, up - 1, canvas.width, up + 1)]
    for corner in corners(plot.rencana):
        left = corner.kind[0] == "k"
        room = _room(plot.x.share(plot.rencana), corner) * canvas.width / 100
        text = (len(corner.name) + 5) * 6.6
        width, height = min(text, room), 20 * (int(text // max(room - 16, 1)) + 1)
        x = 0.0 if left else canvas.width - width
        y = 0.0 if corner.kind[1] == "a" else canvas.height - height
        boxes.append((x, y, x + width, y + height))
    return boxes


def _said(row: Row) -> str:
    numbers = f"serapan {fmt.percent(row['serapan'])}, capaian {fmt.percent(row['capaian'])}"
    return f"{row['nama']}: {numbers}, {label(Status(row['status'])).lower()}, pagu {fmt.rupiah_short(row['pagu'])}"


def scatter_table(standings: pd.DataFrame) -> Table:
    """The twin: every OPD, also those without a mark, worst deviasi first."""
    columns = [
        Column("OPD", False),
        *map(Column, ("Pagu", "Serapan", "Capaian", "Deviasi, poin")),
        Column("Status", False),
    ]
    rows = sorted(records(standings), key=lambda row: (row["capaian"] is None, row["capaian"] or 0))
    texts = [
        [
            str(row["nama"]),
            fmt.rupiah_short(row["pagu"]),
            fmt.percent(row["serapan"]),
            fmt.percent(row["capaian"]),
            fmt.points(row["deviasi"]),
            label(Status(row["status"])),
        ]
        for row in rows
    ]
    return Table("Serapan dan capaian tiap OPD", columns, texts)
