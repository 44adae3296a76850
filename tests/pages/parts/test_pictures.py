"""The pictures of the analyst's desk: every mark a link that says itself, every picture with its sentence and a table
of the same numbers, whatever the rows are."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
from dash import html

from data.types import quantize_percent
from data.words import Status
from pages.parts import changes, contribution, curves, distribution, heat, scatter
from pages.parts import formats as fmt
from pages.parts.elements import light, records, svg
from pages.parts.marks_linked import scale_over
from pages.parts.markup import to_html
from pages.parts.scatter_names import NARROW, WIDE, Calon, place_names

BAD = '"><script>alert(1)</script>'
NOW, BEFORE = (2025, 3), (2025, 2)
VOID = {"br", "img", "input", "hr"}


class Page(HTMLParser):
    """What a browser would see: links, tables, text, and which links stand inside something hidden."""

    def __init__(self, tree: Any) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.links: list[dict[str, str | None]] = []
        self.buried: list[dict[str, str | None]] = []
        self.tags: list[str] = []
        self.rows: list[list[str]] = []
        self.text = ""
        self.feed(to_html(tree))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        if tag == "a":
            self.links.append(given)
            if any(above.get("aria-hidden") == "true" for _, above in self.open):
                self.buried.append(given)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        if tag not in VOID:
            self.open.append((tag, given))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if any(tag in ("td", "th") for tag, _ in self.open):
            self.rows[-1][-1] += data


def link(opd: str, kode: object = "") -> str:
    return f"?pilih={opd}|{kode}"


def corner(query: Mapping[str, str]) -> str:
    return "?" + "&".join(f"{name}={value}" for name, value in query.items())


def changed(standings: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for place, row in enumerate(records(standings)):
        past = None if row["capaian"] is None or place == 4 else row["capaian"] - Decimal(place - 3)
        move = None if past is None else row["capaian"] - past
        status = row["status"] if place else None
        rows.append({**row, "kode": "", "capaian_lalu": past, "status_lalu": status, "perubahan": move})
    rows.sort(key=lambda row: (row["perubahan"] is None, -abs(row["perubahan"] or 0)))
    return pd.DataFrame(rows, columns=[*standings.columns, "capaian_lalu", "status_lalu", "perubahan"], dtype=object)


def contributed(standings: pd.DataFrame) -> pd.DataFrame:
    known = [row["deviasi"] for row in records(standings) if row["deviasi"] is not None]
    rows = [
        {**row, "sumbangan": None if row["deviasi"] is None else quantize_percent(row["deviasi"] / len(known))}
        for row in records(standings)
    ]
    rows.sort(key=lambda row: (row["sumbangan"] is None, row["sumbangan"] or 0))
    return pd.DataFrame(rows, columns=[*standings.columns, "sumbangan"], dtype=object)


def whole(standings: pd.DataFrame) -> contribution.Induk:
    parts = [part for part in contributed(standings)["sumbangan"] if part is not None]
    return contribution.Induk("Kota Contoh", sum(parts, Decimal(0)) if parts else None, "OPD")


def spread(standings: pd.DataFrame) -> pd.DataFrame:
    known = sorted(row["capaian"] for row in records(standings) if row["capaian"] is not None)
    at: Callable[[int], Decimal | None] = lambda part: known[(len(known) - 1) * part // 4] if known else None  # noqa: E731
    rows = [
        {
            **row,
            "peringkat": None if row["capaian"] is None else 1 + sum(one < row["capaian"] for one in known),
            "dari": len(known),
            "q1": at(1),
            "median": at(2),
            "q3": at(3),
        }
        for row in records(standings)
    ]
    rows.sort(key=lambda row: (row["peringkat"] is None, row["peringkat"] or 0))
    return pd.DataFrame(rows, columns=[*standings.columns, "peringkat", "dari", "q1", "median", "q3"], dtype=object)


def gallery(
    standings: pd.DataFrame, history: pd.DataFrame, kurva: pd.DataFrame, chosen: str | None = None
) -> dict[str, html.Figure]:
    return {
        "pencar": scatter.scatter_block(standings, Decimal("60.5"), link, corner, "s", chosen),
        "kisi": heat.heat_block(standings, history, link, "s", (chosen, NOW) if chosen else None),
        "ubah": changes.changes_block(changed(standings), NOW, BEFORE, link, "s"),
        "sumbang": contribution.contribution_block(contributed(standings), whole(standings), link, "s"),
        "sebar": distribution.distribution_block(spread(standings), "dinas", link, "s", chosen),
        "kurva": curves.curves_block(kurva, "Kota", "s"),
    }


@pytest.fixture
def city(standings: pd.DataFrame) -> pd.DataFrame:
    """The invented OPD with different shares of money."""
    return standings.assign(serapan=[Decimal(40 + (place * 13) % 50) for place in range(len(standings))])


@pytest.fixture
def pictures(city: pd.DataFrame, history: pd.DataFrame, kurva: pd.DataFrame) -> dict[str, html.Figure]:
    return gallery(city, history, kurva, "1.02")


def test_every_picture_has_its_sentence_its_table_and_its_source(pictures: dict[str, html.Figure]) -> None:
    for name, picture in pictures.items():
        page = Page(picture)
        said = picture.children[0].children[1].children.replace("\u00a0", " ")
        assert len(said.split()) <= 20, said
        assert page.text.count("Lihat tabel") == 1, name
        assert "details" in page.tags
        assert len(page.rows) > 2, name
        assert len({len(row) for row in page.rows}) == 1, name
        assert page.open == [], name


def test_links_are_never_hidden_and_always_say_where_they_lead(pictures: dict[str, html.Figure]) -> None:
    for name, picture in pictures.items():
        page = Page(picture)
        assert page.buried == [], name
        assert all(one["href"] and one["data-lunak"] == "diam" for one in page.links), name
        assert all(one.get("title") or one.get("aria-label") for one in page.links), name
        assert len(page.links) >= 10 or name == "kurva"


def test_every_drawing_is_for_eyes_only(pictures: dict[str, html.Figure], look: Any) -> None:
    for name, picture in pictures.items():
        parents = [node for node in look(picture) if getattr(node, "aria-hidden", None) == "true"]
        inside = {id(node) for parent in parents for node in look(parent)}
        drawn = [node for node in look(picture) if node._type == "Svg"]
        assert drawn, name
        assert all(id(node) in inside or node.role == "img" for node in drawn), name


def test_hostile_names_stay_text(city: pd.DataFrame, history: pd.DataFrame, kurva: pd.DataFrame) -> None:
    bad = city.assign(nama=[f"{BAD}{place}" for place in range(len(city))], singkat=BAD)
    for name, picture in gallery(bad, history, kurva, "1.02").items():
        page = Page(picture)
        assert "script" not in page.tags, name
        assert page.open == [], name
        assert name == "kurva" or BAD in page.text


@pytest.mark.parametrize("rows", [0, 1, 2])
def test_few_rows_divide_nothing_by_zero(
    city: pd.DataFrame, history: pd.DataFrame, kurva: pd.DataFrame, rows: int
) -> None:
    some = city.head(rows).assign(pagu=0)
    for picture in gallery(some, history.head(rows), kurva.head(rows), "1.00").values():
        Page(picture)


def test_what_is_missing_is_not_drawn_as_zero(city: pd.DataFrame, history: pd.DataFrame, kurva: pd.DataFrame) -> None:
    nothing = {"capaian": None, "deviasi": None, "serapan": None, "status": Status.BELUM_LAPOR.value}
    silent = city.assign(**nothing)
    empty = kurva.assign(rak_persen=None, realisasi_persen=None, fisik_rencana=None, fisik=None)
    past = history.assign(deviasi=None, status=Status.BELUM_LAPOR.value)
    for name, picture in gallery(silent, past, empty).items():
        page = Page(picture)
        cells = {cell for row in page.rows[1:] for cell in row}
        assert not cells & {"0,0", "0,00", "0,0\u00a0%"}, name
        assert name == "kisi" or page.links == [], name


def test_the_same_value_everywhere_is_still_a_picture(
    city: pd.DataFrame, history: pd.DataFrame, kurva: pd.DataFrame
) -> None:
    same = city.assign(capaian=Decimal(100), deviasi=Decimal(0), serapan=Decimal(0), status=Status.TERCAPAI.value)
    for name, picture in gallery(same, history, kurva, "1.02").items():
        assert Page(picture).rows, name
    assert "bersama 23 lainnya" in Page(gallery(same, history, kurva, "1.02")["sebar"]).text


def test_scatter_places_every_opd_and_says_the_same_as_its_table(city: pd.DataFrame) -> None:
    page = Page(scatter.scatter_block(city, Decimal("60.5"), link, corner, "sumber", "1.02"))
    rows = {row[0]: row for row in page.rows[1:]}
    marks = {one["title"].split(":")[0]: one for one in page.links if "titik" in (one["class"] or "")}
    drawn = [row for row in records(city) if row["capaian"] is not None]
    assert set(rows) == set(city["nama"])
    assert set(marks) == {row["nama"] for row in drawn}
    for row in drawn:
        said = marks[row["nama"]]["title"]
        assert all(text in said for text in rows[row["nama"]][1:4])
        assert marks[row["nama"]]["href"] == link(row["opd"])
    assert "2\u00a0OPD tanpa capaian atau serapan tidak digambar. sumber" in page.text
    assert [one["title"].split(":")[0] for one in page.links if one.get("aria-current")] == ["OPD 2"]


def test_corners_filter_to_whom_they_count(city: pd.DataFrame) -> None:
    plan = Decimal("60.5")
    page = Page(scatter.scatter_block(city, plan, link, corner, "s"))
    rows = [row for row in records(city) if row["capaian"] is not None]
    bad = sum(row["capaian"] < 100 and row["serapan"] >= plan for row in rows)
    assert f"Uang terserap, kinerja tertinggal\u00a0· {bad}" in page.text
    found = {one["class"]: one["href"] for one in page.links if "sudut" in (one["class"] or "")}
    assert found["sudut sudut-nb"] == "?status=di_bawah,perhatian&serapan_min=60.50"
    assert found["sudut sudut-ka"] == "?status=tercapai&serapan_maks=60.50"
    without = Page(scatter.scatter_block(city, None, link, corner, "s"))
    assert not [one for one in without.links if "sudut" in (one["class"] or "")]


def test_clipped_values_are_named_with_their_number(city: pd.DataFrame) -> None:
    page = Page(scatter.scatter_block(city, Decimal("60.5"), link, corner, "s"))
    assert "O9 ▶\u00a0143\u00a0%" in page.text


def test_area_is_pagu() -> None:
    most = 10**12
    one, four = scatter._diameter(most // 4, most), scatter._diameter(most, most)
    assert four / one == pytest.approx(2, rel=0.01)
    assert scatter._diameter(0, 0) == scatter._diameter(1, most)


@pytest.mark.parametrize("canvas", [WIDE, NARROW])
def test_names_cover_neither_names_nor_marks(canvas: Any) -> None:
    marks = [Calon(str(at), (at * 37) % 97, (at * 53) % 89, 10, f"Dinas nomor {at}") for at in range(60)]
    found = place_names(marks, marks, canvas, [(0, 0, 80, 20)])
    assert 0 < len(found) <= canvas.most
    boxes = [_name_box(marks, key, side, canvas) for key, side in found.items()]
    for at, box in enumerate(boxes):
        assert 0 <= box[0] <= box[2] <= canvas.width
        assert not any(_meet(box, other) for other in [*boxes[:at], (0, 0, 80, 20)])


def _name_box(marks: list[Calon], key: str, side: str, canvas: Any) -> Any:
    from pages.parts import scatter_names

    mark = next(one for one in marks if one.key == key)
    return scatter_names._name_box(mark, side.removeprefix(f"{canvas.prefix}-"), canvas)


def _meet(one: Any, two: Any) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def test_the_grid_links_each_cell_and_its_table_has_the_same_words(city: pd.DataFrame, history: pd.DataFrame) -> None:
    page = Page(
        heat.heat_block(city, history, lambda opd, at: f"?opd={opd}&tahun={at[0]}&tw={at[1]}", "s", ("1.02", NOW))
    )
    assert len(page.links) == len(history)
    assert [one["href"] for one in page.links if one.get("aria-current")] == ["?opd=1.02&tahun=2025&tw=3"]
    table = {row[0]: row[1:] for row in page.rows[1:]}
    said = {(one["href"]): one["title"] for one in page.links}
    for row in records(history):
        text = table[f"OPD {int(row['opd'][2:])}"][[*heat.quarters_of(history)].index((row["tahun"], row["tw"]))]
        title = said[f"?opd={row['opd']}&tahun={row['tahun']}&tw={row['tw']}"] or ""
        assert (text if row["deviasi"] is not None else text.lower()) in title


def test_no_more_than_twelve_quarters(city: pd.DataFrame, history: pd.DataFrame) -> None:
    older = [history.assign(tahun=history["tahun"] - back) for back in (0, 2, 4)]
    page = Page(heat.heat_block(city, pd.concat(older), link, "s"))
    assert len(page.rows[0]) == 13


def test_changes_show_the_largest_and_count_the_rest(city: pd.DataFrame) -> None:
    found = changed(city)
    page = Page(changes.changes_block(found, NOW, BEFORE, link, "s", most=5))
    assert len(page.links) == 5
    known = [row for row in records(found) if row["perubahan"] is not None]
    still = sum(row["perubahan"] == 0 for row in known)
    left = len(known) - 5 - still
    assert f"Lainnya: {left} OPD berubah paling banyak" in page.text
    assert f"{still} OPD tidak berubah; {len(found) - len(known)} OPD belum dapat dibandingkan." in page.text
    assert len(page.rows) == len(found) + 1
    assert fmt.points(known[0]["perubahan"]) in {row[3] for row in page.rows}


def test_contributions_end_at_the_sum_and_say_so(city: pd.DataFrame) -> None:
    found, induk = contributed(city), whole(city)
    page = Page(contribution.contribution_block(found, induk, link, "s", most=4))
    assert len(page.links) == 4
    assert f"sama dengan deviasi Kota Contoh {fmt.with_points(induk.deviasi, 2)}" in page.text
    assert "2 OPD tanpa capaian tidak ikut dihitung." in page.text
    assert page.rows[-1] == ["Jumlah", "–", fmt.points(induk.deviasi, 2), "–"]
    wrong = contribution.Induk("Kota Contoh", Decimal(-3), "OPD")
    assert "BERBEDA dari" in Page(contribution.contribution_block(found, wrong, link, "s")).text
    counted = [row for row in records(found) if row["sumbangan"] is not None]
    for most in (1, 3, len(counted) - 1, 99):
        steps = contribution._steps(counted, most)
        assert steps[-1].after == sum(row["sumbangan"] for row in counted)
        assert sum(step.count for step in steps) == len(counted)


def test_the_rank_is_said_from_the_nearer_end(city: pd.DataFrame) -> None:
    found = records(spread(city))
    known = [row for row in found if row["capaian"] is not None]
    assert distribution.rank_words(known[2], known, "dinas") == "ke-3\u00a0terendah dari 22 dinas"
    assert distribution.rank_words(known[0], known, "dinas") == "terendah dari 22 dinas"
    assert distribution.rank_words(known[-1], known, "dinas") == "tertinggi dari 22 dinas"


def test_dots_of_one_level_keep_apart(city: pd.DataFrame) -> None:
    known = [row for row in records(spread(city)) if row["capaian"] is not None]
    spots = distribution._stacked(known, scale_over([row["capaian"] for row in known], 0, 120))
    for level in {level for _, level in spots}:
        xs = sorted(x for x, at in spots if at == level)
        assert all(right - left >= distribution._APART for left, right in pairwise(xs))


def test_nearly_equal_lines_get_a_strip_of_their_difference(kurva: pd.DataFrame) -> None:
    assert "Selisih realisasi" not in Page(curves.curves_block(kurva.assign(fisik=None), "Kota", "s")).text
    page = Page(curves.curves_block(kurva, "Kota", "s"))
    assert page.text.count("Selisih realisasi") == 1, "fisik is 3 points behind, keuangan 7"
    assert "Fisik" in page.text
    assert "−3,0" in page.text


@pytest.mark.parametrize(
    ("values", "low", "high"), [((), 74, 104), ((81, 100), 74, 104), ((5, 300), 40, 120), ((99, 107), 80, 110)]
)
def test_axes_are_whole_and_never_without_length(values: tuple[int, ...], low: int, high: int) -> None:
    scale = scale_over([Decimal(value) for value in values], 40, 120)
    assert (scale.low, scale.high) == (low, high)
    assert all(value % 10 == 0 and scale.low <= value <= scale.high for value in scale.ticks)


@pytest.mark.parametrize("kind", [html.A, html.Td, html.Span, svg.Svg, svg.Path])
def test_light_elements_are_those_of_dash(kind: Any) -> None:
    given = {"className": "x", "aria-hidden": "true"}
    assert to_html(light(kind)(None, **given)) == to_html(kind(None, **given))
    assert light(kind)(None, **given).to_plotly_json() == kind(None, **given).to_plotly_json()
    with pytest.raises(TypeError):
        light(kind)(None, clasName="x")
