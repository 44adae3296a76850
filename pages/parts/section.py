"""A section of a page: an ink line, a serif heading, a sentence, the evidence."""

from typing import Any

from dash import html

from pages.parts.elements import Children, classes, listed


def section(
    title: str,
    sentence: Children,
    body: Children,
    anchor: str | None = None,
    side: Children = None,
    class_name: str = "",
) -> html.Section:
    """``anchor`` is the name a link in the address can jump to; ``side`` stands right of the heading."""
    named: dict[str, Any] = {"id": anchor} if anchor else {}
    words = html.Div([html.H2(title, **named), html.P(sentence, className="anak-judul") if sentence else None])
    head = html.Div([words, html.Div(side, className="tindakan") if side else None], className="bagian-kepala")
    return html.Section([head, *listed(body)], className=classes("bagian", class_name))
