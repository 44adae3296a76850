"""The first view: the server writes the page's own sections into the document as HTML, readable before and without
JavaScript. ``assets/ambil-alih.js`` removes it once the live page stands."""

import re
from html import escape, unescape
from typing import Any

import dash
from dash.development.base_component import Component
from flask import g, request

from callbacks.address import read_address
from callbacks.frame import framed
from callbacks.section import SECTIONS
from callbacks.sentences import error_screen
from data.access import Audiens
from data.errors import BadParameterError
from pages.parts.markup import to_html
from pages.parts.messages import not_found

DOCUMENT = """<!DOCTYPE html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="theme-color" content="#FFFFFF">
{metas}
<link rel="icon" href="/assets/favicon.svg" type="image/svg+xml">
<link rel="manifest" href="/manifest.webmanifest">
<link rel="apple-touch-icon" href="/ikon/180.png">
<title>{title}</title>
{css}
</head>
<body>
<div id="tampilan-awal">{first_view}</div>
<div id="tampilan-hidup" hidden>{app_entry}</div>
{config}
{scripts}
{renderer}
</body>
</html>"""
_TAG = re.compile(r"<[^>]+>")
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_LEAD = re.compile(r'<p class="pengantar">(.*?)</p>', re.DOTALL)
_CITY = re.compile(r'<span class="pemda">(.*?)</span>', re.DOTALL)


def document(parts: dict[str, Any]) -> str:
    """The whole document of a page request; its title and description are what the page itself says."""
    names = ("css", "app_entry", "config", "scripts", "renderer")
    page, drawn = _current_page(), first_view()
    closed = page is not None and page["audiens"] != Audiens.PUBLIK
    title = page["title"] if page is not None and closed else page_title(drawn)
    return DOCUMENT.format(
        first_view=drawn,
        title=escape(title),
        metas='<meta name="robots" content="noindex">' if closed else public_metas(title, drawn),
        **{name: parts.get(name, "") for name in names},
    )


def page_title(drawn: str) -> str:
    """The first heading with the name of the site and its city."""
    heading, city = _words(_HEADING, drawn).removesuffix("."), _words(_CITY, drawn)
    return " · ".join(part for part in (heading, f"e-Monev {city}".strip()) if part)


def public_metas(title: str, drawn: str) -> str:
    """What search engines and shared links show of a public page."""
    lead = _words(_LEAD, drawn)
    found = [("property", "og:type", "website"), ("property", "og:title", title)]
    if lead:
        found += [("name", "description", lead), ("property", "og:description", lead)]
    return "\n".join(f'<meta {kind}="{name}" content="{escape(text)}">' for kind, name, text in found)


def _words(pattern: re.Pattern[str], drawn: str) -> str:
    """The text of the first match, without tags; "" when there is none."""
    found = pattern.search(drawn)
    return " ".join(unescape(_TAG.sub("", found[1])).split()) if found else ""


def _current_page() -> dict[str, Any] | None:
    """The page the requested address belongs to, whatever its query says."""
    for page in dash.page_registry.values():
        try:
            if read_address(request.path, "", page["path_template"] or page["path"]) is not None:
                return dict(page)
        except BadParameterError:
            return None
    return None


def first_view() -> str:
    """The content of the requested page as HTML. The gate has already sent strangers away from closed pages."""
    for page in dash.page_registry.values():
        template = page["path_template"] or page["path"]
        try:
            address = read_address(request.path, "", template)
        except BadParameterError as error:
            g.page_status = 400
            return to_html(framed(None, error_screen(error)))
        if address is not None:
            return _filled(framed(page, page["layout"](**dict(address.parts))))
    g.page_status = 404
    return to_html(framed(None, not_found()))


def _filled(layout: Component) -> str:
    """The layout as HTML, each empty place filled with its section's HTML."""
    search = "?" + request.query_string.decode("utf-8", "replace")
    marks = {place: f"\u0000{place}\u0000" for place in SECTIONS if place in layout}
    for place, mark in marks.items():
        layout[place].children = mark
    html = to_html(layout)
    for place, mark in marks.items():
        html = html.replace(mark, SECTIONS[place].html(request.path, search))
    return html
