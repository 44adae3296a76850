"""The row of marks: one shape per OPD, and beneath each group its count and its word."""

from collections.abc import Mapping
from typing import Final

from dash import html

from data.words import Status
from pages.parts import formats as fmt
from pages.parts.elements import Child, classes
from pages.parts.icons import icon, label

MARK_ORDER: Final = (
    Status.TERCAPAI,
    Status.PERHATIAN,
    Status.DI_BAWAH,
    Status.BELUM_LAPOR,
    Status.TANPA_TARGET,
    Status.NIHIL,
)
MARK_SIZE: Final = 18
ONE_LINE: Final = 50
"""How many marks fit one line of the desk column; more of them wrap."""


def marks(counts: Mapping[Status, int]) -> html.Div:
    """All marks in one line (13 columns on a phone); groups without an OPD are left out."""
    groups = [_group(status, counts[status]) for status in MARK_ORDER if counts.get(status)]
    many = "tanda-banyak" if sum(counts.values()) > ONE_LINE else None
    return html.Div(groups, className=classes("tanda-semua", many))


def _group(status: Status, count: int) -> html.Div:
    words: list[Child] = [icon(status, 12, "ikon-sempit"), html.Strong(fmt.whole(count)), f" {label(status).lower()}"]
    shapes = html.Div([icon(status, MARK_SIZE) for _ in range(count)], className="tanda-baris")
    return html.Div([shapes, html.P(words, className="tanda-kata")], className="tanda-kelompok")
