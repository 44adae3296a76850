"""The frame every chart stands in: title, the sentence that reads it, the picture, its table twin, its source."""

from dash import html
from dash.development.base_component import Component

from pages.parts.elements import MUTE, Child, Children, listed
from pages.parts.tables import Table, twin


def chart_block(
    id: str,
    title: str,
    sentence: str | None,
    chart: Children,
    table: Table | None,
    source: str,
    links: Children = None,
) -> html.Figure:
    """A chart with everything it must carry; without a chart its place says why and keeps its height."""
    head = html.Figcaption([html.H3(title), html.P(sentence, className="kecil") if sentence else None])
    picture = chart if chart is not None else empty("Belum ada data untuk digambar.")
    actions: list[Child] = [twin(table) if table else None, html.Span(links, className="tindakan") if links else None]
    return html.Figure([head, *listed(picture), *actions, html.P(source, className="sumber")], id=id, className="bagan")


def live(static: Component, interactive: Component | None) -> html.Div:
    """Both drawings of one chart: the static one stays until the live one is on the screen, or for good."""
    parts = [html.Div(interactive, className="grafik", **MUTE) if interactive is not None else None]
    return html.Div([*parts, html.Div(static, className="tanpa-js")], className="bingkai-grafik")


def empty(sentence: str) -> html.Div:
    """The place of a chart that has nothing to draw."""
    return html.Div(html.P(sentence), className="bagan-kosong")
