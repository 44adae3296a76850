"""The first view: the server writes the page's own sections into the document as HTML, readable before and without
JavaScript. ``assets/ambil-alih.js`` hands them over to the live page once that stands.

A public document is finished as it is sent: its style stands in it, one small script comes with it, and Dash is
fetched later (``assets/mulai.js``). It is the same for everybody, so it is kept (routes/sajian.py)."""

import json
import re
from copy import copy
from dataclasses import dataclass
from html import escape
from typing import Any

import dash
from dash._utils import to_json
from dash.development.base_component import Component
from flask import current_app, g, request

from callbacks.address import Alamat, read_address
from callbacks.frame import framed, still
from callbacks.head import NOINDEX, head_of, page_title
from callbacks.section import SECTIONS
from callbacks.sentences import error_screen
from data.access import Audiens
from data.errors import BadParameterError, EmonevError
from pages.parts.figures import CONFIG
from pages.parts.markup import to_html
from pages.parts.messages import not_found

DOCUMENT = """<!DOCTYPE html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="theme-color" content="#FFFFFF">
<link rel="manifest" href="/manifest.webmanifest">
<link rel="apple-touch-icon" href="/ikon/180.png">
<title>{title}</title>
{metas}
<link rel="icon" href="{icon}" type="image/svg+xml">
{css}
</head>
<body>
<div id="tampilan-awal">{first_view}</div>
<div id="tampilan-hidup" hidden>{app_entry}</div>
{config}
<script id="emonev-awal" type="application/json">{start}</script>
{scripts}
{renderer}
</body>
</html>"""
ENTRY = '<div id="react-entry-point"></div>'
GRID_PAGES = ("/analisis",)
GRID_SCRIPTS = ("dash_ag_grid", "analisis.js")
_SCRIPT = re.compile(r"<script[^>]*>.*?</script>\s*", re.DOTALL)
FONTS = ("fonts/monev-sans.woff2", "fonts/monev-serif.woff2")
PLOTLY = "plotly/plotly-basic.min.js"
_OWN_FILE = re.compile(r'"/assets/([^"?]+)\?m=[^"]*"')
# Dash's mark of one page load, for callbacks that run in the background: we have none, and a kept document is the same
# for everybody.
_END_ID = re.compile(r',"end_id":"[^"]*"')


@dataclass(frozen=True)
class Awal:
    """A drawn page: its HTML, and its empty room as Dash's own answer for it."""

    page: dict[str, Any] | None
    address: Alamat | None
    html: str
    room: str

    @property
    def public(self) -> bool:
        return self.page is None or self.page["audiens"] == Audiens.PUBLIK


def is_public() -> bool:
    """Is the requested page for everybody? What is no page of ours is told to everybody alike."""
    found = _current_page()
    return found is None or found[0]["audiens"] == Audiens.PUBLIK


def public_document(config: str) -> str:
    """The whole document of a public page."""
    awal = first_view()
    title, content = page_title(awal.html), g.get("page_status", 200) == 200
    if "page_status" not in g:
        g.bersama = "versi"
    return DOCUMENT.format(
        title=escape(title),
        metas=head_of(
            title, awal.html, awal.address if content else None, awal.page["description"] if awal.page else ""
        ),
        icon=_file("favicon.svg"),
        css=_public_head(),
        first_view=awal.html,
        app_entry=ENTRY,
        config=_END_ID.sub("", config),
        start=_start(awal, dash=_file("dash.js")),
        scripts="",
        renderer="",
    )


def without_grid(scripts: str) -> str:
    """The scripts of a page that has no grid: importing the grid registers its large script for every page."""
    return "".join(tag for tag in _SCRIPT.findall(scripts) if not any(name in tag for name in GRID_SCRIPTS))


def document(parts: dict[str, Any]) -> str:
    """The whole document of a closed page, from the parts Dash gives; its title tells nothing of what is in it."""
    awal = first_view()
    names = ("css", "app_entry", "config", "scripts", "renderer")
    if awal.page is None or awal.page["path"] not in GRID_PAGES:
        parts = {**parts, "scripts": without_grid(parts.get("scripts", ""))}
    return DOCUMENT.format(
        title=escape(awal.page["title"] if awal.page else page_title(awal.html)),
        metas=NOINDEX,
        icon=_file("favicon.svg"),
        first_view=awal.html,
        start=_start(awal),
        **{name: own_addresses(parts.get(name, "")) for name in names},
    )


def own_addresses(tags: str) -> str:
    """Dash's tags of our own files, turned to the addresses that name the content."""
    return _OWN_FILE.sub(lambda match: f'"{_file(match[1])}"', tags)


def _public_head() -> str:
    """The styles themselves, the two fonts they need at once, and the one script."""
    fonts = [f'<link rel="preload" href="{_file(name)}" as="font" type="font/woff2" crossorigin>' for name in FONTS]
    sheet = current_app.config["ASET"].get("publik.css").isi.decode()
    script = f'<script src="{_file("publik.js")}" defer></script>'
    return "\n".join([*fonts, f"<style>{sheet}</style>", script])


def _file(name: str) -> str:
    found: str = current_app.config["ASET"].address(name)
    return found


def _start(awal: Awal, dash: str | None = None) -> str:
    """What the page's scripts are told: where to fetch what, and Dash's answer for the empty room."""
    told = {"plotly": _file(PLOTLY), "grafik": CONFIG, **({"dash": dash} if dash else {})}
    text = json.dumps(told, separators=(",", ":"))[:-1] + f',"ruang":{awal.room}}}'
    return text.replace("<", "\\u003c")


def first_view() -> Awal:
    """The content of the requested page. The gate has already sent strangers away from closed pages."""
    try:
        found = _current_page()
    except BadParameterError as error:
        return _problem(400, error_screen(error), "Alamat keliru · e-Monev")
    if found is None:
        return _problem(404, not_found(), "Tidak ditemukan · e-Monev")
    page, address = found
    tree = framed(page, page["layout"](**dict(address.parts)))
    room = _room(tree, page["title"])
    return Awal(page, _asked(page), _filled(tree), room)


def _problem(code: int, content: Component, title: str) -> Awal:
    g.page_status = code
    tree = framed(None, content)
    return Awal(None, None, to_html(tree), _room(tree, title))


def _room(tree: Component, title: str) -> str:
    """As the router would answer for this page."""
    response = {"_pages_content": {"children": still(copy(tree))}, "_pages_store": {"data": {"title": title}}}
    return str(to_json({"multi": True, "response": response}))


def _current_page() -> tuple[dict[str, Any], Alamat] | None:
    """The page the requested path belongs to, whatever its query says. Raises BadParameterError."""
    for page in dash.page_registry.values():
        address = read_address(request.path, "", page["path_template"] or page["path"])
        if address is not None:
            return dict(page), address
    return None


def _asked(page: dict[str, Any]) -> Alamat | None:
    """The address with its query; None for one that cannot be read (the page says so itself)."""
    try:
        return read_address(request.path, _search(), page["path_template"] or page["path"])
    except EmonevError:
        return None


def _search() -> str:
    return "?" + request.query_string.decode("utf-8", "replace")


def _filled(layout: Component) -> str:
    """The layout as HTML, each empty place filled with its section's HTML."""
    marks = {place: f"\u0000{place}\u0000" for place in SECTIONS if place in layout}
    for place, mark in marks.items():
        layout[place].children = mark
    html = to_html(layout)
    for place, mark in marks.items():
        html = html.replace(mark, SECTIONS[place].html(request.path, _search()))
    return html
