"""The first view: the server writes the page's own sections into the document as HTML, readable before and without
JavaScript. ``assets/ambil-alih.js`` removes it once the live page stands."""

from typing import Any

import dash
from dash.development.base_component import Component
from flask import g, request

from callbacks.address import read_address
from callbacks.frame import framed
from callbacks.section import SECTIONS
from callbacks.sentences import error_screen
from data.errors import BadParameterError
from pages.parts.markup import to_html
from pages.parts.messages import not_found

DOCUMENT = """<!DOCTYPE html>
<html lang="id">
<head>
{metas}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="theme-color" content="#FFFFFF">
<link rel="icon" href="/assets/favicon.svg" type="image/svg+xml">
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


def document(parts: dict[str, Any]) -> str:
    """The whole document of a page request."""
    names = ("metas", "title", "css", "app_entry", "config", "scripts", "renderer")
    return DOCUMENT.format(first_view=first_view(), **{name: parts.get(name, "") for name in names})


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
