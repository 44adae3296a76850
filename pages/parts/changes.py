"""What changed since the triwulan before: one dumbbell per OPD or program, the largest change first."""

from collections.abc import Callable, Mapping, Sequence
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
from pages.parts.icons import css_name, label, outline
from pages.parts.lanes import lane, lanes, upright
from pages.parts.marks_linked import Scale, scale_over
from pages.parts.tables import Column, Table

MOST: Final = 12
_MIDDLE: Final = 12
_LINE, _CIRCLE, _SVG, _PATH = light(svg.Line), light(svg.Circle), light(svg.Svg), light(svg.Path)
Quarter = tuple[int, int]
Row = dict[str, Any]


def changes_block(
    found: pd.DataFrame,
    now: Quarter,
    before: Quarter,
    href: Callable[[str, str], str],
    source: str,
    what: str = "OPD",
    most: int = MOST,
) -> html.Figure:
    """From ``perbandingan.changes`` (one row per OPD or program, largest change first). ``href`` takes OPD and code of
    the node ('' for an OPD). What is not drawn is counted in a last line and stands in the table."""
    rows = records(found)
    known = [row for row in rows if row["perubahan"] is not None]
    moved = [row for row in known if fmt.rounded(row["perubahan"], 1) != 0]
    drawn = moved[:most]
    title = f"Berubah sejak {fmt.period(*before)}"
    said = change_sentence(known, before, what)
    table = changes_table(found, now, before, what) if rows else None
    picture = _picture(drawn, rows, now, before, href, what) if rows else None
    return chart_block("perubahan", title, said, picture, table, source)


def change_sentence(known: Sequence[Row], before: Quarter, what: str = "OPD") -> str:
    """How many rose and fell since, and which changed most."""
    if not known:
        return f"Belum ada {what} yang dapat dibandingkan dengan {fmt.period(*before)}."
    signs = [fmt.rounded(row["perubahan"], 1) for row in known]
    up, down = sum(sign > 0 for sign in signs), sum(sign < 0 for sign in signs)
    if not up and not down:
        return f"Tidak ada {what} yang berubah sejak {fmt.period(*before)}."
    first = known[0]
    way = "naik" if first["perubahan"] > 0 else "turun"
    counts = f"{fmt.whole(up)} {what} naik, {fmt.whole(down)} turun"
    return f"{counts}; terbesar {_short(first)}, {way} {fmt.size_in_points(first['perubahan'])}."


def _short(row: Mapping[str, Any], most: int = 9) -> str:
    """A name that leaves a sentence within twenty words."""
    words = short_name(row).split()
    return " ".join(words[:most]) + (" …" if len(words) > most else "")


def _picture(
    drawn: Sequence[Row], rows: Sequence[Row], now: Quarter, before: Quarter, href: Callable[[str, str], str], what: str
) -> Component:
    if not drawn:
        return empty(change_sentence([row for row in rows if row["perubahan"] is not None], before, what))
    scale = scale_over([row[name] for row in drawn for name in ("capaian", "capaian_lalu")], 0, 120)
    made = [_dumbbell(row, scale, now, before, href) for row in drawn]
    rest = _rest(rows, drawn, what)
    return html.Div(
        [
            html.P(
                ["Lingkaran kosong = ", fmt.period(*before), "; tanda status = ", fmt.period(*now), "."],
                className="kecil",
            ),
            lanes([what.capitalize() if what != "OPD" else what, "Perubahan, poin"], scale, made),
            html.P(rest, className="ruas-sisa") if rest else None,
        ]
    )


def _dumbbell(row: Row, scale: Scale, now: Quarter, before: Quarter, href: Callable[[str, str], str]) -> Component:
    old, new = scale.share(row["capaian_lalu"]), scale.share(row["capaian"])
    status = Status(row["status"])
    shape = _SVG([_PATH(d=outline(status, 0, 0, 12), className=css_name(status))], x=f"{new:g}%", y=str(_MIDDLE))
    parts = [
        upright(scale, Decimal(100), "ruas-target"),
        _LINE(x1=f"{old:g}%", x2=f"{new:g}%", y1=str(_MIDDLE), y2=str(_MIDDLE), className="ubah-garis"),
        _CIRCLE(cx=f"{old:g}%", cy=str(_MIDDLE), r="4", className="ubah-lalu"),
        shape,
    ]
    both = f"{fmt.decimal_id(row['capaian_lalu'], 1)} → {fmt.percent(row['capaian'])}"
    number = [html.Strong(fmt.points(row["perubahan"])), html.Small(both)]
    said = (
        f"{short_name(row)}: {fmt.percent(row['capaian_lalu'])} {fmt.period(*before)}, {fmt.percent(row['capaian'])} "
        f"{fmt.period(*now)}, {fmt.with_points(row['perubahan'])}, {label(status).lower()}"
    )
    name = html.Span([short_name(row), html.Small(label(status))])
    return lane(name, parts, number, href(str(row["opd"]), str(row["kode"])), said)


def _rest(rows: Sequence[Row], drawn: Sequence[Row], what: str) -> str:
    """``Lainnya: 26 OPD berubah paling banyak 0,4 poin; 12 tidak berubah; 3 belum dapat dibandingkan.``"""
    known = [row["perubahan"] for row in rows if row["perubahan"] is not None]
    left = [value for value in known[len(drawn) :] if fmt.rounded(value, 1) != 0]
    same, unknown = len(known) - len(drawn) - len(left), len(rows) - len(known)
    parts = []
    if left:
        most = fmt.size_in_points(max(abs(value) for value in left))
        parts.append(f"{fmt.whole(len(left))} {what} berubah paling banyak {most}")
    if same:
        parts.append(f"{fmt.whole(same)} {what} tidak berubah")
    if unknown:
        parts.append(f"{fmt.whole(unknown)} {what} belum dapat dibandingkan")
    return f"Lainnya: {'; '.join(parts)}." if parts else ""


def changes_table(found: pd.DataFrame, now: Quarter, before: Quarter, what: str = "OPD") -> Table:
    """The twin: every row, also those not drawn."""
    heads = (f"Capaian {fmt.period(*before)}", f"Capaian {fmt.period(*now)}", "Perubahan, poin")
    columns = [
        Column(what.capitalize() if what != "OPD" else what, False),
        *map(Column, heads),
        Column("Status", False),
    ]
    texts = [
        [
            str(row["nama"]),
            fmt.percent(row["capaian_lalu"]),
            fmt.percent(row["capaian"]),
            fmt.points(row["perubahan"]),
            label(Status(row["status"])) if row["status"] else fmt.NONE,
        ]
        for row in records(found)
    ]
    return Table(f"Perubahan capaian {fmt.period(*before)} ke {fmt.period(*now)}", columns, texts)
