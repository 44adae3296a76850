"""The frozen tree: few components, the same content."""

from typing import Any

import pandas as pd
from dash import dcc, html

from pages.parts import city, money
from pages.parts.frozen import ATTRIBUTE, frozen
from pages.parts.markup import to_html


def test_a_static_tree_keeps_only_its_root(
    standings: pd.DataFrame, history: pd.DataFrame, cakupan: Any, look: Any
) -> None:
    tree = city.opd_section(standings, history, cakupan)
    cold = frozen(tree)
    assert len(list(look(cold))) == 1
    assert getattr(cold, ATTRIBUTE) == to_html(tree.children)
    assert cold.className == tree.className
    assert tree.children is not None


def test_live_components_stay_alive(kurva: pd.DataFrame, look: Any) -> None:
    still = [money.money_section(kurva, 3, "s"), html.P("teks")]
    nodes = list(look(frozen(html.Div([*still, html.Div(dcc.Graph(id="g"))]))))
    assert sum(isinstance(node, dcc.Graph) for node in nodes) == 1
    assert len(nodes) == 5


def test_our_charts_travel_as_text(kurva: pd.DataFrame, look: Any) -> None:
    cold = frozen(money.money_section(kurva, 3, "s"))
    assert len(list(look(cold))) == 1
    assert getattr(cold, ATTRIBUTE).count("data-figur=") == 2


def test_text_stays_text() -> None:
    bad = "<script>alert(1)</script>"
    assert to_html(frozen(html.P(bad))) == to_html(html.P(bad))
    assert getattr(frozen(html.P([bad])), ATTRIBUTE) == "&lt;script&gt;alert(1)&lt;/script&gt;"
    assert frozen(None) is None
    assert frozen(["a", 1]) == ["a", 1]
