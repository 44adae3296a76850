"""The marks of a report: shape and word for on time, late, missing, nihil, extended, returned."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from data.words import ACCEPTED, Keadaan
from pages.parts import formats as fmt
from pages.parts.elements import MUTE, classes, svg


class Tanda(StrEnum):
    """What a cell shows, in the order of trouble: worst first."""

    BELUM = "belum"
    DIKEMBALIKAN = "dikembalikan"
    DITUNGGU = "ditunggu"
    TERLAMBAT = "terlambat"
    PERPANJANGAN = "perpanjangan"
    NIHIL = "nihil"
    TEPAT = "tepat"
    TIDAK_WAJIB = "tidak_wajib"


NAMES: Final = {
    Tanda.BELUM: "belum",
    Tanda.DIKEMBALIKAN: "dikembalikan",
    Tanda.DITUNGGU: "belum, masih ada waktu",
    Tanda.TERLAMBAT: "terlambat",
    Tanda.PERPANJANGAN: "perpanjangan",
    Tanda.NIHIL: "nihil",
    Tanda.TEPAT: "tepat waktu",
    Tanda.TIDAK_WAJIB: "tidak wajib",
}
TROUBLE: Final = tuple(Tanda)
_INSIDE: Final = (Keadaan.TERKIRIM, *ACCEPTED)
_SMALL, _BIG = 10, 15

# Paths on a square of 16: filled shapes, and those that are drawn as a line.
_RING: Final = "M8 2a6 6 0 1 0 .01 0z"
_LINES: Final = {
    Tanda.BELUM: _RING,
    Tanda.DIKEMBALIKAN: "M6 3L2.5 6.5L6 10M3 6.5h7a3.6 3.6 0 0 1 0 7.2H6",
    Tanda.DITUNGGU: _RING,
    Tanda.TERLAMBAT: _RING,
    Tanda.PERPANJANGAN: "M13.6 8a5.6 5.6 0 1 1-1.8-4.1M12.4 .8v3.4H9",
    Tanda.NIHIL: f"{_RING}M3 13L13 3",
    Tanda.TEPAT: "M2.5 8.5l3.8 4L13.5 3.5",
    Tanda.TIDAK_WAJIB: "M5 8h6",
}
_HALF: Final = "M8 2a6 6 0 0 0 0 12z"


def is_inside(row: Mapping[str, Any]) -> bool:
    """Is this report in the house?"""
    return row["keadaan"] in _INSIDE


def mark_of(row: Mapping[str, Any]) -> Tanda:
    """The mark of one OPD × triwulan (a row of the compliance grid)."""
    return _mark_inside(row) if is_inside(row) else _mark_outside(row)


def _mark_inside(row: Mapping[str, Any]) -> Tanda:
    if row["hari_terlambat"]:
        return Tanda.TERLAMBAT
    if row["nihil"]:
        return Tanda.NIHIL
    return Tanda.PERPANJANGAN if row["tertolong"] else Tanda.TEPAT


def _mark_outside(row: Mapping[str, Any]) -> Tanda:
    if not row["wajib"]:
        return Tanda.TIDAK_WAJIB
    if row["keadaan"] == Keadaan.DIKEMBALIKAN:
        return Tanda.DIKEMBALIKAN
    if row["lewat"]:
        return Tanda.BELUM
    return Tanda.PERPANJANGAN if row["diperpanjang"] else Tanda.DITUNGGU


def icon_of(mark: Tanda, size: int | None = None) -> Component:
    """The shape alone, beside its word or inside something that says it; trouble is drawn larger."""
    side = size or (_SMALL if mark in (Tanda.TEPAT, Tanda.TIDAK_WAJIB) else _BIG)
    lines = [svg.Path(d=_LINES[mark], className="p-garis")]
    if mark == Tanda.TERLAMBAT:
        lines.append(svg.Path(d=_HALF, className="p-isi"))
    drawn: Component = svg.Svg(
        lines,
        className=classes("ikon p-tanda", f"p-{mark.value.replace('_', '-')}"),
        width=str(side),
        height=str(side),
        viewBox="0 0 16 16",
        **MUTE,
    )
    return drawn


def mark_word(mark: Tanda) -> html.Span:
    """Shape and word, for the legend and for lists."""
    return html.Span([icon_of(mark, 14), NAMES[mark]], className="status")


def days(count: int) -> str:
    return f"{fmt.whole(count)}{fmt.NBSP}hari"


def spoken(row: Mapping[str, Any]) -> str:
    """One cell in words: ``terlambat 3 hari, menunggu verifikasi``."""
    words = [_inside_words(row) if is_inside(row) else _outside_words(row)]
    if row["keadaan"] == Keadaan.TERKIRIM:
        words.append("menunggu verifikasi")
    if row["dikoreksi"]:
        words.append("pernah dikoreksi")
    return ", ".join(words)


def _inside_words(row: Mapping[str, Any]) -> str:
    mark = mark_of(row)
    if mark == Tanda.TERLAMBAT:
        return f"terlambat {days(row['hari_terlambat'])}{', nihil' if row['nihil'] else ''}"
    return "tepat waktu dengan perpanjangan" if mark == Tanda.PERPANJANGAN else NAMES[mark]


def _outside_words(row: Mapping[str, Any]) -> str:
    until = fmt.tenggat(row["batas"])
    return {
        Tanda.TIDAK_WAJIB: NAMES[Tanda.TIDAK_WAJIB],
        Tanda.DIKEMBALIKAN: "dikembalikan, belum dikirim lagi",
        Tanda.BELUM: f"belum diterima, lewat {days(row['lewat'])}",
        Tanda.PERPANJANGAN: f"diperpanjang sampai {until}",
        Tanda.DITUNGGU: f"ditunggu sampai {until}",
    }[mark_of(row)]
