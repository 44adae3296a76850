"""One chart for other sites: as a small HTML page, as an SVG card, and the words around it."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Final

from dash import html
from dash.development.base_component import Component

from pages.parts import formats as fmt
from pages.parts.elements import Child, attrs, svg
from pages.parts.embed_canvas import SANS, SERIF, box, cut, folded, line, sheet, text, wide
from pages.parts.embed_plots import Gambar, drawn
from pages.parts.markup import to_html
from pages.parts.tables import Table, table

CARD_WIDTH: Final = 600.0
CARD_HEIGHT: Final = 315.0
MARGIN: Final = 24.0
SVG: Final = '<svg xmlns="http://www.w3.org/2000/svg"'
WIDE, NARROW = 552.0, 312.0


@dataclass(frozen=True)
class Kartu:
    """A chart and its words. ``gambar(width, short)`` draws it; ``short`` leaves out what a card has no room for.
    ``rincian`` is the full address of the page behind it, ``alamat`` of the embed itself."""

    atas: str
    judul: str
    anak: str
    bawah: str
    contoh: bool
    rincian: str
    alamat: str
    gambar: Callable[[float, bool], Gambar]
    tabel: Table


def card_text(kartu: Kartu, theme: str) -> str:
    """The card as the text of an SVG file, which carries its own style."""
    opening, rest = to_html(card(kartu)).split(">", 1)
    return f"{opening.replace('<svg', SVG, 1)}><style>{sheet(theme)}</style>{rest}"


def card(kartu: Kartu) -> Component:
    """The chart as one picture, at least twice as wide as high: for ``.svg``, ``.png`` and link previews."""
    inside_width = CARD_WIDTH - 2 * MARGIN
    heading = folded(kartu.judul, 23, inside_width, 2)
    top = 44.0 + 28 * len(heading)
    plot = kartu.gambar(inside_width, True)
    high = max(CARD_HEIGHT, top + 26 + plot.tinggi + 46)
    inside: list[Component] = [
        box(0, 0, CARD_WIDTH, high, "alas"),
        text(kartu.atas, MARGIN, 32, 13, "t redup"),
        *([_sample_mark()] if kartu.contoh else []),
        *[text(words, MARGIN, 66 + 28 * place, 23, "j") for place, words in enumerate(heading)],
        text(cut(kartu.anak, 13, inside_width), MARGIN, top + 18, 13, "t redup"),
        svg.G(list(plot.isi), transform=f"translate({MARGIN:g} {top + 34:g})"),
        line(MARGIN, high - 36, CARD_WIDTH - MARGIN, high - 36, "rusuk"),
        text(cut(kartu.bawah, 12, inside_width - 70), MARGIN, high - 15, 12, "t redup"),
        text("e-Monev", CARD_WIDTH - MARGIN, high - 15, 13, "t kuat", "end"),
    ]
    found: Component = svg.Svg(
        inside,
        viewBox=f"0 0 {CARD_WIDTH:g} {high:g}",
        width=f"{CARD_WIDTH:g}",
        height=f"{high:g}",
        role="img",
        **attrs(aria_label=f"{kartu.judul} {kartu.atas}"),
    )
    return found


def _sample_mark() -> Component:
    room = wide("Data contoh", 12) + 16
    frame = svg.Rect(
        x=f"{CARD_WIDTH - MARGIN - room:g}",
        y="17",
        width=f"{room:g}",
        height="22",
        rx="3",
        fill="none",
        className="rusuk",
    )
    words = text("Data contoh", CARD_WIDTH - MARGIN - room / 2, 32, 12, "t redup", "middle")
    found: Component = svg.G([frame, words])
    return found


def body(kartu: Kartu) -> html.Main:
    """The words and the drawing as elements: readable at any width, complete without a script."""
    sample = html.Span("Data contoh", className="contoh") if kartu.contoh else None
    parts: list[Child] = [
        html.P([html.Span(kartu.atas), sample], className="atas"),
        html.H1(kartu.judul),
        html.P(kartu.anak, className="anak"),
        html.Div(drawn(kartu.gambar(WIDE, False), WIDE), className="lebar"),
        html.Div(drawn(kartu.gambar(NARROW, False), NARROW), className="sempit"),
        html.Details([html.Summary("Lihat tabel"), table(kartu.tabel)]),
        html.P(
            [
                html.Span(kartu.bawah),
                html.Span(
                    [
                        html.A("Lihat rincian", href=kartu.rincian, target="_blank", rel="noopener"),
                        html.Strong(" e-Monev"),
                    ]
                ),
            ],
            className="bawah",
        ),
    ]
    return html.Main(parts, id="sematan")


@dataclass(frozen=True)
class Bingkai:
    """What the document of an embed needs of the site: the script that tells its height, the address that says how to
    embed it, and those of our two fonts."""

    script: str
    oembed: str
    sans: str
    serif: str


def page(kartu: Kartu, theme: str, hues: tuple[str, str, str, str], bingkai: Bingkai) -> str:
    """The whole document of an embed."""
    title = escape(f"{kartu.judul} · {kartu.atas}")
    found = f'<link rel="alternate" type="application/json+oembed" href="{escape(bingkai.oembed)}" title="{title}">'
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta name="robots" content="noindex"><title>{title}</title>{found}'
        f"<style>{_fonts(bingkai)}{_page_sheet(hues)}{sheet(theme)}</style>"
    )
    return (
        f'<!doctype html><html lang="id"><head>{head}</head><body>{to_html(body(kartu))}'
        f"<script>{bingkai.script}</script></body></html>"
    )


def _fonts(bingkai: Bingkai) -> str:
    """Our own letters where they can be had; the text stands before they come."""
    face = '@font-face{{font-family:"{0}";src:url("{1}") format("woff2");font-weight:200 900;font-display:swap}}'
    return face.format("Monev Sans", bingkai.sans) + face.format("Monev Serif", bingkai.serif)


def sorry(sentence: str) -> str:
    """A document that says why there is no chart."""
    return (
        '<!doctype html><html lang="id"><head><meta charset="utf-8"><meta name="robots" content="noindex">'
        f'<title>Bagan tidak tersedia</title></head><body style="font:16px/1.5 {escape(SANS)};margin:16px">'
        f'<main id="sematan"><p>{escape(sentence)}</p></main></body></html>'
    )


def _page_sheet(hues: tuple[str, str, str, str]) -> str:
    paper, ink, quiet, link = hues
    return (
        f"*{{box-sizing:border-box}}html{{background:{paper};color:{ink};font:15px/1.45 {SANS}}}body{{margin:0}}"
        "#sematan{padding:16px;max-width:760px}"
        f"h1{{font:600 22px/1.25 {SERIF};margin:4px 0}}p{{margin:0}}"
        f".atas,.anak,.bawah{{color:{quiet};font-size:13px}}.atas,.bawah{{display:flex;justify-content:space-between;gap:12px;flex-wrap:wrap}}"
        ".anak{margin-bottom:14px}.contoh{border:1px solid;border-radius:3px;padding:0 8px}"
        f"a{{color:{link}}}.bawah{{border-top:1px solid #8884;margin-top:12px;padding-top:8px;align-items:center}}"
        ".bawah a,summary{display:inline-block;padding:10px 0;cursor:pointer}"
        f"strong{{color:{ink}}}svg{{display:block;overflow:visible}}.sempit{{display:none}}"
        "details{font-size:14px;overflow-x:auto}table{border-collapse:collapse;width:100%}caption{text-align:left}"
        "th,td{border-top:1px solid #8884;padding:6px 12px 6px 0;text-align:left;font-weight:400}"
        ".angka{text-align:right}"
        "@media(max-width:480px){.lebar{display:none}.sempit{display:block}h1{font-size:20px}}"
    )


def source_words(data_per: str, dimuat: str) -> str:
    return f"Data per {data_per} · dimuat {dimuat}"


def period_words(city: str, tahun: int, tw: int) -> str:
    """``Kota Palembang · s.d. TW III 2026``."""
    return f"{city} · s.d. {fmt.period(tahun, tw)}"
