"""The drawings of the embeds: each is made for a width and returns itself with its height."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import pandas as pd
from dash.development.base_component import Component

from data.words import STATUS_ORDER, Status
from pages.parts import formats as fmt
from pages.parts.elements import records, svg
from pages.parts.embed_canvas import box, canvas, cut, line, text, wide
from pages.parts.figures import SERIES_COLUMNS, SERIES_NAMES, Series, last_known
from pages.parts.headline import short_name
from pages.parts.icons import css_name, label, shape
from pages.parts.rows import in_order

Row = Mapping[str, Any]
NARROW: Final = 420
AXIS: Final = Decimal(120)


@dataclass(frozen=True)
class Gambar:
    """What stands on a canvas, and how high it is."""

    isi: list[Component]
    tinggi: float


def drawn(plot: Gambar, width: float, spoken: str = "") -> Component:
    return canvas(list(plot.isi), width, plot.tinggi, spoken)


def city_marks(counts: Mapping[Status, int], width: float) -> Gambar:
    """One mark per OPD in the order of trouble, and beneath them each status with its count and word."""
    marks = [status for status in STATUS_ORDER for _ in range(counts[status])]
    step = 24.0
    across = max(int(width // step), 1)
    inside = [
        shape(status, step / 2 + (place % across) * step, 14 + (place // across) * step, 16)
        for place, status in enumerate(marks)
    ]
    y, x = 14 + ((len(marks) + across - 1) // across) * step + 14, 0.0
    for status in STATUS_ORDER:
        if not counts[status]:
            continue
        number, word = str(counts[status]), label(status)
        room = 26 + wide(number, 17) + wide(word, 15) + 30
        if x and x + room > width:
            x, y = 0.0, y + 30
        inside += [shape(status, x + 8, y - 5, 14), text(number, x + 24, y, 17, "t kuat")]
        inside.append(text(word, x + 32 + wide(number, 17), y, 15))
        x += room
    return Gambar(inside, y + 14)


def opd_list(standings: pd.DataFrame, width: float, most: int) -> Gambar:
    """The OPD in the order of trouble with their bars; the rest as a count."""
    rows = in_order(standings)
    inside: list[Component] = []
    narrow = width < NARROW
    high, name_room = (46.0, width - 92) if narrow else (30.0, width * 0.42)
    start, end = (0.0, width) if narrow else (name_room + 12, width - 66)
    for place, row in enumerate(rows[:most]):
        y, status = place * high, Status(row["status"])
        inside.append(shape(status, 8, y + 15, 12))
        inside.append(text(cut(short_name(row), 15, name_room - 24), 22, y + 20, 15, "t kuat"))
        inside.append(text(fmt.percent(row["capaian"]), width, y + 20, 15, "t kuat", "end"))
        inside += _bar(row["capaian"], status, start, end, y + (28 if narrow else 9))
    y = len(rows[:most]) * high
    if len(rows) > most:
        inside.append(text(f"dan {fmt.opd(len(rows) - most)} lainnya", 0, y + 20, 14, "t redup"))
        y += 28
    return Gambar(inside, max(y, 30))


def one_opd(row: Row, history: pd.DataFrame, width: float) -> Gambar:
    """The number, its bar against 100, its status, and deviasi over the last triwulan."""
    status = Status(row["status"])
    number = fmt.percent(row["capaian"])
    beside = wide(number, 44) + 24
    inside = [
        text(number, 0, 44, 44, "t kuat"),
        shape(status, beside + 8, 24, 14),
        text(label(status), beside + 22, 29, 16, "t kuat"),
        text(f"deviasi {fmt.with_points(row['deviasi'])}", beside, 48, 14, "t redup"),
        *_bar(row["capaian"], status, 0, width, 66),
    ]
    trend = trend_line(history, width, 110)
    return Gambar([*inside, *_moved(trend.isi, 100)], 100 + trend.tinggi)


def trend_line(history: pd.DataFrame, width: float, high: float = 170) -> Gambar:
    """Deviasi per triwulan, with zero, the limit of perhatian and a status shape at each quarter."""
    rows = sorted(records(history), key=lambda row: (row["tahun"], row["tw"]))
    known = [float(row["deviasi"]) for row in rows if row["deviasi"] is not None]
    low, top = min([-14.0, *(1.1 * value for value in known)]), max([5.0, *(1.1 * value for value in known)])

    def at_y(value: float) -> float:
        return round(12 + (high - 24) * (top - value) / (top - low), 1)

    def at_x(place: int) -> float:
        return round(44 + (width - 64) * place / max(len(rows) - 1, 1), 1)

    inside = [line(30, at_y(0), width, at_y(0), "dasar"), line(30, at_y(-10), width, at_y(-10), "potong")]
    inside += [
        text("0", 24, at_y(0) + 4, 12, "t redup", "end"),
        text(f"{fmt.MINUS}10", 24, at_y(-10) + 4, 12, "t redup", "end"),
    ]
    points = [
        (at_x(place), at_y(float(row["deviasi"]))) for place, row in enumerate(rows) if row["deviasi"] is not None
    ]
    if points:
        inside.append(
            svg.Path(d="M" + "L".join(f"{x:g} {y:g}" for x, y in points), className="l-fisik", strokeWidth="2")
        )
    for place, row in enumerate(rows):
        y = at_y(float(row["deviasi"] or 0))
        inside.append(shape(Status(row["status"]), at_x(place), y, 12))
        if place == len(rows) - 1:
            inside.append(text(fmt.points(row["deviasi"]), at_x(place), y - 11, 13, "t kuat", "end"))
        name = fmt.tw(row["tw"]).removeprefix(f"TW{fmt.NBSP}")
        inside.append(text(name, at_x(place), high + 8, 12, "t redup", "middle"))
        if place == 0 or row["tw"] == 1:
            inside.append(text(str(row["tahun"]), at_x(place), high + 24, 12, "t redup", "middle"))
    return Gambar(inside, high + 32)


def kurva(curve: pd.DataFrame, width: float, high: float = 200) -> Gambar:
    """Plan dashed and actual solid, of fisik and keuangan, named at their ends."""
    rows, side = records(curve), 116.0
    right = width - side

    def at_x(bulan: int) -> float:
        return round(34 + (right - 34) * (bulan - 1) / 11, 1)

    def at_y(value: object) -> float:
        return round(8 + (high - 8) * (1 - min(max(float(str(value)), 0.0), 105.0) / 105), 1)

    inside = []
    for level in (0, 25, 50, 75, 100):
        inside.append(line(34, at_y(level), right, at_y(level), "dasar" if level == 0 else "rusuk"))
        inside.append(text(str(level), 28, at_y(level) + 4, 12, "t redup", "end"))
    inside += [text(fmt.month_short(month), at_x(month), high + 18, 12, "t redup", "middle") for month in (3, 6, 9, 12)]
    ends: list[tuple[float, Series, Row]] = []
    for series in SERIES_COLUMNS:
        plan, actual = SERIES_COLUMNS[series]
        kind = "uang" if series == "keuangan" else "fisik"
        inside.append(_curve(rows, plan, at_x, at_y, kind, dashed=True))
        inside.append(_curve(rows, actual, at_x, at_y, kind, dashed=False))
        last = last_known(rows, actual)
        if last is not None:
            x, y = at_x(last["bulan"]), at_y(last[actual])
            inside += [
                line(x, 8, x, high, "potong"),
                svg.Circle(cx=f"{x:g}", cy=f"{y:g}", r="5", className=f"i-{kind}"),
            ]
            ends.append((y, series, last))
    return Gambar([*inside, *_names(ends, right + 12, at_x)], high + 26)


def _names(ends: list[tuple[float, Series, Row]], x: float, at_x: Any) -> list[Component]:
    """The series at the right, kept apart from each other."""
    inside: list[Component] = []
    floor = 0.0
    for y, series, last in sorted(ends, key=lambda one: one[0]):
        plan, actual = SERIES_COLUMNS[series]
        kind = "uang" if series == "keuangan" else "fisik"
        at = max(y, floor)
        floor = at + 40
        inside.append(line(at_x(last["bulan"]) + 7, y, x - 4, at, f"l-{kind}"))
        inside.append(text(f"{SERIES_NAMES[series]} {fmt.percent(last[actual])}", x, at + 4, 13, f"t kuat i-{kind}"))
        gap = None if last[plan] is None else last[actual] - last[plan]
        inside.append(text(fmt.with_points(gap), x, at + 20, 12, "t redup"))
    return inside


def _curve(rows: Sequence[Row], column: str, at_x: Any, at_y: Any, kind: str, *, dashed: bool) -> Component:
    steps, down = [], False
    for row in rows:
        if row[column] is not None:
            steps.append(f"{'L' if down else 'M'}{at_x(row['bulan']):g} {at_y(row[column]):g}")
        down = row[column] is not None
    look = {"strokeWidth": "1.5", "strokeDasharray": "4 3"} if dashed else {"strokeWidth": "3"}
    found: Component = svg.Path(d="".join(steps) or "M0 0", className=f"l-{kind}", **look)
    return found


def punctuality(expected: int, received: int, on_time: int, width: float) -> Gambar:
    """On time, late and silent as parts of one bar, each named with its count."""
    parts = (
        (on_time, "tepat waktu", Status.TERCAPAI),
        (received - on_time, "terlambat", Status.PERHATIAN),
        (max(expected - received, 0), "belum diterima", Status.BELUM_LAPOR),
    )
    inside, x, y = [], 0.0, 0.0
    for count, _, status in parts:
        share = width * count / max(expected, 1)
        kind = "pita" if status == Status.BELUM_LAPOR else css_name(status)
        inside.append(box(x, 4, max(share - 2, 0), 26, kind))
        x += share
    x, y = 0.0, 58.0
    for count, word, status in parts:
        room = 26 + wide(str(count), 17) + wide(word, 15) + 30
        if x and x + room > width:
            x, y = 0.0, y + 30
        inside += [shape(status, x + 8, y - 5, 14), text(str(count), x + 24, y, 17, "t kuat")]
        inside.append(text(word, x + 32 + wide(str(count), 17), y, 15))
        x += room
    return Gambar(inside, y + 14)


def _bar(value: Decimal | None, status: Status, start: float, end: float, y: float) -> list[Component]:
    """A bar on an axis from 0 to 120 % with the target's tick at 100."""
    tick = start + (end - start) * float(100 / AXIS)
    inside = [box(start, y, end - start, 12, "pita")]
    if value is not None:
        share = float(min(max(value, Decimal(0)), AXIS) / AXIS)
        inside.append(box(start, y + 3, (end - start) * share, 6, css_name(status)))
    return [*inside, line(tick, y - 2, tick, y + 14, "target", 2)]


def _moved(inside: Sequence[Component], down: float) -> list[Component]:
    return [svg.G(list(inside), transform=f"translate(0 {down:g})")]
