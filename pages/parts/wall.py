"""The wall as one document: header, five pages on top of each other, foot; and the sentences it shows instead."""

from html import escape
from typing import Final

from dash import html

from pages.parts import formats as fmt
from pages.parts.drawings import mark
from pages.parts.elements import MUTE, attrs
from pages.parts.markup import to_html
from pages.parts.wall_head import plain_head
from pages.parts.wall_pages import Kota, Lapor, behind_page, change_page, city_page, money_page, report_page

__all__ = ["Kota", "Lapor", "notice", "pages_html", "stage", "wall_document"]
TURN: Final = 25
"""Seconds a page stays."""
ASK: Final = 30
"""Seconds between two questions to the server."""
PAGES: Final = (
    ("Kota", city_page),
    ("Tertinggal", behind_page),
    ("Laporan", report_page),
    ("Kurva S", money_page),
    ("Perubahan", change_page),
)


def pages_html(kota: Kota) -> str:
    """All pages as HTML; which one is seen is said by the stage around them."""
    sections = [
        html.Section(draw(kota), className=f"muka muka-{place}", **attrs(aria_label=name))
        for place, (name, draw) in enumerate(PAGES, 1)
    ]
    return to_html([_head(kota), html.Div(sections, className="panggung"), _foot(kota)])


def _head(kota: Kota) -> html.Header:
    sample = html.Span("Data contoh", className="contoh") if kota.contoh else None
    name = html.Span([mark(), html.Strong("e-Monev"), html.Span(kota.nama), sample], className="nama")
    when = html.Span(f"s.d. {fmt.period(kota.tahun, kota.tw)}", className="kapan")
    return html.Header([html.Div([name, when], className="kop"), html.Div(className="songket", **MUTE)])


def _foot(kota: Kota) -> html.Footer:
    seen = kota.cakupan
    words = (
        f"{fmt.whole(seen.diterima)} dari {fmt.opd(seen.diharapkan)} melapor · data per {fmt.tanggal(kota.data_per)}"
    )
    dots = html.Span([html.I(className=f"titik titik-{place}") for place in range(1, len(PAGES) + 1)], **MUTE)
    return html.Footer([html.Span(f"{words} · dimuat {fmt.wib(kota.dimuat)}"), dots])


def stage(pages: str, version: str, age: int, place: int) -> str:
    """The pages, with what the script must know: their version, their age in seconds when they are old, the pace."""
    told = {"bagian": place, "versi": version, "umur": age, "ganti": TURN, "tanya": ASK}
    given = " ".join(f'data-{name}="{escape(str(value))}"' for name, value in told.items())
    return f'<main id="dinding" {given}>{pages}</main>{old_line(age)}'


def old_line(age: int) -> str:
    """The age of the picture in red; empty while it is of now."""
    words = f"Data {age // 60} menit lalu — basis data tidak terjangkau" if age else ""
    return f'<p id="dinding-umur" role="status"{"" if age else " hidden"}>{words}</p>'


def notice(title: str, words: str) -> str:
    """A page that says why there is nothing to see."""
    inside = html.Section([html.H1(title, className="panjang"), html.P(words)], className="kabar")
    return to_html([plain_head(), inside])


def wall_document(body: str, assets: tuple[str, str, str], *, live: bool, following: int = 0) -> str:
    """The whole document. ``following``: the page that a browser without JavaScript turns to."""
    fonts, sheet, script = assets
    if '<main id="dinding"' not in body:
        # Nothing to show; a script may still hold the last picture.
        empty = f'data-kosong data-bagian="1" data-ganti="{TURN}" data-tanya="{ASK}"'
        body = f'<main id="dinding" {empty if live else "data-diam"}>{body}</main>{old_line(0)}'
    turn = f'<noscript><meta http-equiv="refresh" content="{TURN};url=/dinding?bagian={following}"></noscript>'
    return (
        '<!DOCTYPE html><html lang="id"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f'<meta name="theme-color" content="#0B1220">{turn if following else ""}'
        '<link rel="icon" href="/assets/favicon.svg" type="image/svg+xml"><title>Dinding · e-Monev</title>'
        f'<link rel="stylesheet" href="{escape(fonts)}"><link rel="stylesheet" href="{escape(sheet)}">'
        f'</head><body>{body}{f"""<script src="{escape(script)}" defer></script>""" if live else ""}</body></html>'
    )
