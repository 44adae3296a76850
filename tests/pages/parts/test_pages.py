"""Composed pages: ids unique, one main heading, no inline style or script, labels and statuses in words."""

import re
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from dash import html

from data.words import STATUS_NAMES, Arah, Status
from pages.parts import (
    city,
    compute,
    drill,
    grid,
    indicator,
    leader,
    methodology,
    money,
    opd,
    origin,
    period,
    shell,
    signin,
    tren,
)
from pages.parts.coverage import source_line
from pages.parts.markup import to_html
from pages.parts.share import whatsapp
from pages.parts.tables import Column, Table, table, to_csv

AVAILABLE = [(2024, 4), (2025, 1), (2025, 2), (2025, 3)]
BAD = "<script>alert(1)</script>"


def href(kode: str) -> str:
    return f"/pimpinan?opd={kode}"


@pytest.fixture
def opened() -> html.Article:
    item = indicator.Indicator(
        "Jalan", "km", "km", Decimal("56.75"), Status.DI_BAWAH, "Rendah", 2025, 3, Decimal("42.5"), Decimal("24.12")
    )
    quarters = pd.DataFrame([{"tw": 1, "target": Decimal(10), "realisasi": None, "capaian": None}], dtype=object)
    calculation = compute.capaian_calculation(Decimal("42.5"), Decimal("24.12"), Decimal("56.75"), Arah.NAIK, 3)
    source = origin.Origin("a.xlsx", "baris 28", "6,20", None, None, "ab" * 32)
    return indicator.indicator_detail(item, quarters, calculation, [source], indicator.Reply(BAD, "Dinas", None))


@pytest.fixture
def public(standings: pd.DataFrame, history: pd.DataFrame, kurva: pd.DataFrame, cakupan: Any) -> Any:
    source = source_line(cakupan)
    parts = [
        period.period_nav("/", 2025, 3, AVAILABLE, {"status": "perhatian"}, {(2025, 4): "dibuka"}),
        city.city_head(standings, cakupan, "/opd/1", [whatsapp("a", "https://x.example/?a=1")]),
        city.opd_section(standings, history, cakupan),
        money.money_section(kurva, 3, source),
        grid.repeat_section(standings, history, source),
        compute.compute_section(city.city_lines(standings, 100, 61)),
    ]
    return shell.frame(parts, pemda="Kota", contoh=True)


@pytest.fixture
def single(standings: pd.DataFrame, history: pd.DataFrame, kurva: pd.DataFrame, cakupan: Any) -> Any:
    row = standings.iloc[0].to_dict()
    source = source_line(cakupan)
    nodes = standings.head(8)
    marks = nodes.assign(satuan="km", arah="naik", akumulasi="jumlah", target_sd=Decimal(1), realisasi_sd=None)
    parts = [
        opd.opd_head(row, cakupan, indicator.Reply(BAD, "Dinas", None)),
        opd.node_rows("Program", nodes, href),
        opd.indicators_section(marks, 3),
        money.money_section(kurva, 3, source),
        tren.trend_block(history[history["opd"] == "1.00"], source),
    ]
    return shell.frame(parts, pemda="Kota", account=shell.Account("Sekretaris Daerah", "t"))


@pytest.fixture
def leaders(standings: pd.DataFrame, history: pd.DataFrame, cakupan: Any, opened: html.Article) -> Any:
    columns = [drill.opd_column(standings, "1.00", href), drill.node_column("Program", standings.head(0), None, href)]
    parts = [
        period.period_line("/pimpinan", 2025, 3, AVAILABLE, "22 Okt"),
        leader.three_questions(cakupan, standings, history, whatsapp("a", "https://x.example", filled=True)),
        leader.leader_lists(cakupan, standings, history, href),
        drill.drill_section(columns, [drill.Crumb("Kota", "/pimpinan"), drill.Crumb("O0")], opened),
    ]
    return shell.frame(parts, pemda="Kota", menu=shell.LEADER_MENU, active="/pimpinan", account=shell.Account("Sekda"))


@pytest.fixture
def method(cakupan: Any) -> Any:
    setting = methodology.Setting("Batas", "−10", "Bawaan")
    return shell.frame(methodology.methodology(cakupan, [setting], [("> 90", "Sangat Tinggi")]), pemda="Kota")


PAGES = ["public", "single", "leaders", "method"]


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest) -> Any:
    return request.getfixturevalue(request.param)


def test_ids_are_unique(page: Any) -> None:
    ids = re.findall(r'\sid="([^"]*)"', to_html(page))
    assert [name for name, count in Counter(ids).items() if count > 1] == []


def test_jumps_land_somewhere(page: Any) -> None:
    drawn = to_html(page)
    ids = set(re.findall(r'\sid="([^"]*)"', drawn))
    assert set(re.findall(r'href="#([^"]*)"', drawn)) <= ids


def test_nothing_inline_that_a_strict_policy_forbids(page: Any) -> None:
    drawn = to_html(page)
    assert not re.search(r"\s(style|on[a-z]+)=", drawn)
    assert "<script" not in drawn


def test_one_main_heading_and_one_main_landmark(page: Any) -> None:
    drawn = to_html(page)
    assert drawn.count("<h1") == 1
    assert drawn.count("<main") == 1


def test_a_list_holds_only_items(page: Any, look: Callable[[Any], Any]) -> None:
    for node in look(page):
        if isinstance(node, html.Ul | html.Ol):
            assert all(isinstance(item, html.Li) for item in node.children)


def test_every_icon_stands_beside_its_word(page: Any, look: Callable[[Any], Any]) -> None:
    """A status span, a mark with its legend, a group head, a drill row: each says the word somewhere inside."""
    for node in look(page):
        if getattr(node, "className", "") in ("status", "beralih", "kelompok-kepala", "tanda-kelompok", "pilihan"):
            said = to_html(node).replace("\u00a0", " ").lower()
            assert any(name.lower() in said for name in STATUS_NAMES.values()) or "setelah periode ini" in said


def test_at_most_one_filled_button(page: Any, look: Callable[[Any], Any]) -> None:
    assert sum(getattr(node, "className", "") == "tombol" for node in look(page)) <= 1


def test_sample_data_is_said(public: Any, method: Any) -> None:
    assert "Data contoh" in to_html(public)
    assert 'class="contoh"' not in to_html(method)


def test_sign_in_escapes_and_carries_its_token() -> None:
    text = signin.signin_page(
        pemda="Kota",
        csrf='t"1',
        styles=["/a.css"],
        scripts=["/a.js"],
        tujuan_nama=BAD,
        tujuan="p",
        pengguna='"><b>',
        galat=BAD,
    )
    assert text.startswith("<!doctype html>")
    assert BAD not in text
    assert 'value="t&quot;1"' in text
    assert 'value="&quot;&gt;&lt;b&gt;"' in text
    assert 'method="post"' in text
    assert 'name="tujuan" value="p"' in text
    assert not re.search(r"\s(style|on[a-z]+)=", text)
    assert text.count("<h1") == 1


def test_period_links_keep_the_filter(public: Any, look: Callable[[Any], Any]) -> None:
    links = [
        str(node.href) for node in look(public) if isinstance(node, html.A) and "tw=" in str(getattr(node, "href", ""))
    ]
    assert "/?status=perhatian&tahun=2025&tw=2" in links
    assert not any("tahun=2025&tw=4" in link for link in links)


def test_a_table_aligns_numbers_and_heads_its_rows() -> None:
    content = Table("Judul", [Column("OPD", False), Column("Nilai")], [["A", "1,0"], ["=B", "−2,0"]])
    drawn = to_html(table(content))
    assert '<th scope="row">A</th><td class="angka">1,0</td>' in drawn
    assert '<th class="angka" scope="col">Nilai</th>' in drawn
    assert to_csv(content).splitlines() == ["OPD,Nilai", 'A,"1,0"', '\'=B,"-2,0"']


def test_standings_twin_says_every_row(standings: pd.DataFrame) -> None:
    rows = opd.standings_table(standings).rows
    assert len(rows) == len(standings)
    assert [row[0] for row in rows] == list(standings["nama"])
    assert rows[5][2] == rows[5][3] == "–"


def test_grid_twin_has_a_word_for_every_shape(standings: pd.DataFrame, history: pd.DataFrame) -> None:
    quarters = grid.quarters_of(history)
    content = grid.grid_table(standings.to_dict("records"), grid.statuses_of(history), quarters)
    assert len(content.columns) == 9
    assert all(len(row) == 9 for row in content.rows)
    assert content.rows[5][-1] == "Belum\u00a0lapor"


def test_empty_frames_are_designed(standings: pd.DataFrame, history: pd.DataFrame, kurva: pd.DataFrame) -> None:
    for tree in (
        grid.repeat_section(standings, history.head(0), "s"),
        tren.trend_block(history.head(0), "s"),
        money.money_section(kurva.head(0), 3, "s"),
        opd.node_rows("Program", standings.head(0), href),
        opd.indicators_section(standings.head(0), 3),
    ):
        assert "elum" in to_html(tree)


def test_a_curve_without_values_is_one_sentence(kurva: pd.DataFrame) -> None:
    bare = kurva.assign(rak_persen=None, realisasi_persen=None, fisik_rencana=None, fisik=None)
    drawn = to_html(money.kurva_block(bare, "s"))
    assert "Rencana dan realisasi belum dilaporkan." in drawn
    assert "<svg" not in drawn
    one = to_html(money.kurva_block(bare.assign(rak_persen=kurva["rak_persen"]), "s"))
    assert one.count("<svg") == 1


def test_serapan_names_the_whole_pagu_when_it_divides_by_less(kurva: pd.DataFrame) -> None:
    less = to_html(money.serapan_block(kurva.assign(pagu_semua=6_000_000_000_000), 3))
    same = to_html(money.serapan_block(kurva.assign(pagu_semua=kurva["pagu"]), 3))
    assert "pagu yang dilaporkan" in less
    assert "pagu seluruhnya" in less
    assert "pagu seluruhnya" not in same
    assert "Setelah periode ini" in same


def test_the_opened_program_is_marked(standings: pd.DataFrame) -> None:
    assert to_html(opd.node_rows("Program", standings, href, selected="1.02")).count('aria-current="true"') == 1
    assert "aria-current" not in to_html(opd.node_rows("Program", standings, href))
