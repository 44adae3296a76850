"""A figure that differs from the one that was published: its mark, its old value, and how many there are."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from pages.parts import formats as fmt
from pages.parts.elements import MUTE, Rows, records, svg
from pages.parts.headline import short_name


def correction_words(row: Mapping[str, Any], places: int = 1) -> str:
    """``dikoreksi: semula 63,1 %``."""
    return f"dikoreksi: semula {was(row['semula'], places)}"


def was(value: Decimal | None, places: int = 1) -> str:
    """The published figure; without one it had none."""
    return "tanpa capaian" if value is None else fmt.percent(value, places)


def correction_note(row: Mapping[str, Any], places: int = 1) -> html.Small | None:
    """The mark and the words beside a corrected figure; None for every other. Rows carry ``dikoreksi`` and
    ``semula`` only where something was published."""
    if not row.get("dikoreksi"):
        return None
    return html.Small([_mark(), correction_words(row, places)], className="koreksi")


def _mark() -> Component:
    drawn: Component = svg.Svg(
        svg.Path(d="M2 9.5V12h2.5L12 4.5L9.5 2zM8 3.5L10.5 6"),
        className="ikon tanda-koreksi",
        width="13",
        height="13",
        viewBox="0 0 14 14",
        **MUTE,
    )
    return drawn


def corrections_sentence(rows: Rows, tahun: int | None = None, tw: int | None = None, what: str = "OPD") -> str | None:
    """``2 OPD dikoreksi sesudah TW III 2026 terbit.``; None when none was."""
    count = sum(bool(row.get("dikoreksi")) for row in records(rows))
    if not count:
        return None
    when = f"sesudah {fmt.period(tahun, tw)} terbit" if tahun and tw else "sesudah terbit"
    return f"Capaian {fmt.whole(count)}{fmt.NBSP}{what} dikoreksi {when}."


def corrections_list(rows: pd.DataFrame, tahun: int, tw: int) -> html.Details | None:
    """For leaders: how many OPD were corrected, and each with its old and new figure (one row per OPD: nama, singkat,
    semula, kini)."""
    found: Sequence[dict[str, Any]] = records(rows)
    if not found:
        return None
    word = html.Summary(corrections_sentence(rows.assign(dikoreksi=True), tahun, tw))
    items = [
        html.Li([_mark(), f"{short_name(row)}: semula {was(row['semula'])}, kini {was(row['kini'])}"]) for row in found
    ]
    return html.Details([word, html.Ul(items, role="list", className="daftar-koreksi")], className="lihat")
