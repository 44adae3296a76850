"""The OPD list: its order, its groups, its bullets and sparklines, and how small a row stays."""

import re
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from dash import html

from data.words import STATUS_NAMES, STATUS_ORDER, Status
from pages.parts.bullet import bullet, money_scale
from pages.parts.icons import icon, status_word
from pages.parts.marks import marks
from pages.parts.markup import to_html
from pages.parts.rows import in_order, opd_row, opd_rows
from pages.parts.sparkline import Point, Span, line, points_by_opd, span_of, sparkline


def test_order_is_status_then_impact(standings: pd.DataFrame) -> None:
    rows = in_order(standings)
    places = [STATUS_ORDER.index(Status(row["status"])) for row in rows]
    assert places == sorted(places)
    assert [row["nama"] for row in rows[:3]] == ["OPD 2", "OPD 1", "OPD 0"]  # −20,7×30 · −12×20 · −18,2×10
    silent = [row for row in rows if row["deviasi"] is None]
    assert [row["nama"] for row in silent] == ["OPD 6", "OPD 5"]


def test_a_row_is_one_small_link(standings: pd.DataFrame, history: pd.DataFrame, look: Any) -> None:
    past = points_by_opd(history)
    for row in in_order(standings):
        drawn = list(look(opd_row(row, past[row["opd"]], span_of(history), "/opd/x")))
        assert len(drawn) <= 25
        assert sum(isinstance(node, html.A) for node in drawn) == 1


def test_every_opd_stands_once_and_links_to_its_period(
    standings: pd.DataFrame, history: pd.DataFrame, look: Any
) -> None:
    links = [node.href for node in look(opd_rows(standings, history, 2025, 3)) if isinstance(node, html.A)]
    assert sorted(links) == sorted(f"/opd/{opd}?tahun=2025&tw=3" for opd in standings["opd"])


def test_only_the_first_groups_are_open_on_a_phone(standings: pd.DataFrame, history: pd.DataFrame, look: Any) -> None:
    groups = [
        node
        for node in look(opd_rows(standings, history, 2025, 3))
        if isinstance(node, html.Details) and node.className == "kelompok"
    ]
    assert [getattr(node, "data-lipat", None) for node in groups] == [None, None, "ponsel", "ponsel"]
    assert all(node.open for node in groups)


def test_missing_is_dashed_and_never_a_bar() -> None:
    drawn = to_html(bullet(None, Status.BELUM_LAPOR))
    assert "pita-kosong" in drawn
    assert ">–<" in drawn
    assert "s-belum-lapor" not in drawn


@pytest.mark.parametrize(("value", "clipped"), [("120", False), ("120.01", True), ("143", True), ("-70", False)])
def test_over_the_axis_is_clipped_and_said(value: str, clipped: bool) -> None:
    drawn = to_html(bullet(Decimal(value), Status.TERCAPAI))
    assert ("▶" in drawn) is clipped
    if clipped:
        assert re.search(r'<rect class="s-tercapai"[^>]* width="100.00%"', drawn)
    if value == "143":
        assert "▶\u00a0143\u00a0%" in drawn


def test_tick_and_bands_stand_where_they_should() -> None:
    drawn = to_html(bullet(Decimal(50), Status.DI_BAWAH))
    assert 'x1="83.33%"' in drawn
    assert 'width="75.00%"' in drawn  # 90 of 120: the limit of perhatian
    money = to_html(bullet(Decimal("61.2"), Status.PERHATIAN, money_scale(Decimal(68))))
    assert 'x1="68.00%"' in money
    assert ">68,0<" in money


def test_sparkline_leaves_gaps() -> None:
    two, none = Point(Decimal(2), Status.TERCAPAI), Point(None, Status.BELUM_LAPOR)
    path = line([two, two, none, two, two], Span())
    assert path.count("M") == 2
    assert path.count("L") == 2
    assert line([none, none], Span()) == "M0 0"
    assert sparkline([]) is None
    assert "s-belum-lapor" in to_html(sparkline([two, none]))


def test_sparklines_share_a_scale_that_one_extreme_cannot_flatten(history: pd.DataFrame) -> None:
    span = span_of(history)
    assert Decimal(-30) <= span.low <= Decimal(-12)
    assert span.high <= 9
    assert span.y(Decimal(-500)) == span.y(span.low)
    assert span_of(history.head(0)) == Span()


@pytest.mark.parametrize("status", list(Status))
def test_a_status_is_a_shape_and_a_word(status: Status) -> None:
    drawn = to_html(status_word(status))
    assert "<path" in drawn
    assert STATUS_NAMES[status].replace(" ", "\u00a0") in drawn


def test_the_six_shapes_differ() -> None:
    assert len({to_html(icon(status)) for status in Status}) == len(Status)


def test_marks_are_one_per_opd_with_count_and_word(look: Any) -> None:
    tree = marks({Status.TERCAPAI: 31, Status.DI_BAWAH: 7, Status.NIHIL: 0})
    drawn = to_html(tree)
    assert drawn.count('class="ikon"') == 38
    assert "<strong>31</strong> tercapai" in drawn
    assert "nihil" not in drawn
    assert "tanda-banyak" in to_html(marks({Status.TERCAPAI: 97}))
