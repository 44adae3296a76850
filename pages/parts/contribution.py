"""Who pulls a mean down and by how many points: a waterfall from the target to the deviasi, its sum checked aloud."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import pandas as pd
from dash import html
from dash.development.base_component import Component

from data.words import Status
from pages.parts import formats as fmt
from pages.parts.charts import chart_block, empty
from pages.parts.elements import light, records, svg
from pages.parts.headline import short_name
from pages.parts.icons import icon, label
from pages.parts.lanes import lane, lanes, upright
from pages.parts.marks_linked import Scale
from pages.parts.tables import Column, Table

MOST: Final = 12
ZERO: Final = Decimal(0)
_RECT, _LINE = light(svg.Rect), light(svg.Line)
Row = dict[str, Any]


@dataclass(frozen=True)
class Induk:
    """The whole: its name ("Dinas PUPR", "Kota Palembang"), its deviasi in points, and what its parts are called."""

    nama: str
    deviasi: Decimal | None
    bagian: str = "program"


@dataclass(frozen=True)
class Langkah:
    """One bar: where the running sum stood before and after it."""

    row: Row | None
    count: int
    before: Decimal
    value: Decimal

    @property
    def after(self) -> Decimal:
        return self.before + self.value


def contribution_block(
    found: pd.DataFrame, whole: Induk, href: Callable[[str, str], str], source: str, most: int = MOST
) -> html.Figure:
    """From ``perbandingan.contributions`` or ``city_contributions`` (one row per part, worst first). ``href`` takes OPD
    and code of the part ('' for an OPD). What is not drawn alone is one bar, so that the bars always end at the sum."""
    rows = records(found)
    counted = [row for row in rows if row["sumbangan"] is not None]
    title = f"Apa yang menarik {whole.nama}"
    picture = _picture(counted, len(rows) - len(counted), whole, href, most) if rows else None
    table = contribution_table(found, whole) if rows else None
    return chart_block("sumbangan", title, contribution_sentence(counted, whole), picture, table, source)


def contribution_sentence(counted: Sequence[Row], whole: Induk) -> str:
    """The worst part and how much of the whole's deviasi it makes."""
    if not counted or whole.deviasi is None:
        return f"Sumbangan belum dapat dihitung: {whole.nama} belum punya capaian."
    worst = counted[0]
    if fmt.rounded(worst["sumbangan"], 2) >= 0:
        return f"Tidak ada {whole.bagian} yang menarik capaian turun."
    pulled = f"{fmt.points(worst['sumbangan'], 2)} dari {fmt.with_points(whole.deviasi, 2)}"
    return f"Penarik terbesar: {_short(worst)}, {pulled}."


def _short(row: Mapping[str, Any], most: int = 12) -> str:
    words = short_name(row).split()
    return " ".join(words[:most]) + (" …" if len(words) > most else "")


def _picture(
    counted: Sequence[Row], silent: int, whole: Induk, href: Callable[[str, str], str], most: int
) -> Component:
    if not counted or whole.deviasi is None:
        return empty(contribution_sentence(counted, whole))
    steps = _steps(counted, most)
    scale = _scale(steps)
    drawn = [_bar(step, scale, whole, href) for step in steps]
    total = steps[-1].after
    drawn.append(_total(total, scale, whole))
    heads = [whole.bagian if whole.bagian == "OPD" else whole.bagian.capitalize(), "Sumbangan, poin"]
    return html.Div([lanes(heads, scale, drawn, signed=True), _check(len(counted), silent, total, whole)])


def _steps(counted: Sequence[Row], most: int) -> list[Langkah]:
    """The bars in order; those beyond ``most`` that weigh least are taken together."""
    alone = sorted(range(len(counted)), key=lambda at: -abs(counted[at]["sumbangan"]))[:most]
    if len(counted) - len(alone) == 1:
        alone = list(range(len(counted)))
    steps, running = [], ZERO
    for at in sorted(alone):
        steps.append(Langkah(counted[at], 1, running, counted[at]["sumbangan"]))
        running = steps[-1].after
    left = [counted[at]["sumbangan"] for at in range(len(counted)) if at not in set(alone)]
    if left:
        steps.append(Langkah(None, len(left), running, sum(left, ZERO)))
    return steps


def _scale(steps: Sequence[Langkah]) -> Scale:
    """From the lowest to the highest the running sum reaches, zero always on it."""
    reached = [ZERO, *(step.after for step in steps)]
    low, high = min(reached), max(reached)
    room = max((high - low) * Decimal("0.04"), Decimal("0.05"))
    return Scale(low - room if low < 0 else low, high + room)


def _bar(step: Langkah, scale: Scale, whole: Induk, href: Callable[[str, str], str]) -> Component:
    number = html.Strong(fmt.points(step.value, 2))
    drawn = [upright(scale, ZERO, "ruas-target"), *_rect(step, scale)]
    if step.row is None:
        others = f"{fmt.whole(step.count)} {whole.bagian} lainnya"
        return lane(others, drawn, number, None, "", "ruas-lain")
    row, status = step.row, Status(step.row["status"])
    said = (
        f"{short_name(row)}: capaian {fmt.percent(row['capaian'])}, {label(status).lower()}, "
        f"sumbangan {fmt.with_points(step.value, 2)}"
    )
    name = [
        icon(status, 12),
        html.Span([short_name(row), html.Small(f"{label(status)}, capaian {fmt.percent(row['capaian'])}")]),
    ]
    return lane(name, drawn, number, href(str(row["opd"]), str(row.get("kode") or "")), said)


def _rect(step: Langkah, scale: Scale) -> list[Component]:
    """The bar from the sum before to the sum after, and a hairline down to the next row."""
    start, end = scale.share(step.before), scale.share(step.after)
    kind = "bar-turun" if step.value < 0 else "bar-naik"
    left, width = min(start, end), max(abs(end - start), 0.15)
    return [
        _RECT(x=f"{left:g}%", width=f"{width:.4g}%", y="6", height="12", className=kind),
        _LINE(x1=f"{end:g}%", x2=f"{end:g}%", y1="18", y2="100%", className="bar-sambung"),
    ]


def _total(total: Decimal, scale: Scale, whole: Induk) -> Component:
    zero, end = scale.share(ZERO), scale.share(total)
    left, width = min(zero, end), max(abs(end - zero), 0.15)
    bar = _RECT(x=f"{left:g}%", width=f"{width:.4g}%", y="4", height="16", className="bar-jumlah")
    drawn = [upright(scale, ZERO, "ruas-target"), bar]
    return lane(f"Deviasi {whole.nama}", drawn, html.Strong(fmt.points(total, 2)), None, "", "ruas-jumlah")


def _check(count: int, silent: int, total: Decimal, whole: Induk) -> html.P:
    """Whether the parts make the whole, said in numbers; and who has no part in it."""
    same = total == whole.deviasi
    word = "sama dengan" if same else "BERBEDA dari"
    parts = f"Jumlah {fmt.whole(count)} {whole.bagian}: {fmt.with_points(total, 2)}"
    said = [f"{parts}, {word} deviasi {whole.nama} {fmt.with_points(whole.deviasi, 2)}."]
    if silent:
        said.append(f"{fmt.whole(silent)} {whole.bagian} tanpa capaian tidak ikut dihitung.")
    said.append(f"Tiap sumbangan = (capaian{fmt.NBSP}−{fmt.NBSP}100){fmt.NBSP}÷{fmt.NBSP}{fmt.whole(count)}.")
    return html.P(" ".join(said), className="ruas-sisa")


def contribution_table(found: pd.DataFrame, whole: Induk) -> Table:
    """The twin: every part, then their sum."""
    heads = ("Capaian", "Sumbangan, poin")
    first = whole.bagian if whole.bagian == "OPD" else whole.bagian.capitalize()
    columns = [Column(first, False), *map(Column, heads), Column("Status", False)]
    rows = records(found)
    texts = [
        [str(row["nama"]), fmt.percent(row["capaian"]), fmt.points(row["sumbangan"], 2), label(Status(row["status"]))]
        for row in rows
    ]
    counted = [row["sumbangan"] for row in rows if row["sumbangan"] is not None]
    texts.append(["Jumlah", fmt.NONE, fmt.points(sum(counted, ZERO) if counted else None, 2), fmt.NONE])
    return Table(f"Sumbangan pada deviasi {whole.nama}", columns, texts)
