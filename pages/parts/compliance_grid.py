"""The grid OPD × triwulan of reports: shapes, not cells; each is a link that opens its report's timeline."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from dash import html

from pages.parts import formats as fmt
from pages.parts.charts import empty
from pages.parts.compliance_marks import TROUBLE, Tanda, icon_of, mark_of, mark_word, spoken
from pages.parts.elements import Child, attrs, classes, records, soft
from pages.parts.headline import short_name
from pages.parts.icons import hidden
from pages.parts.section import section

Quarter = tuple[int, int]
_ROMAN: Final = ("", "I", "II", "III", "IV")
ON_PHONE: Final = 4
_CLEAN: Final = (Tanda.TEPAT, Tanda.TIDAK_WAJIB)
FILTERS: Final = {
    "belum": (Tanda.BELUM, Tanda.DITUNGGU),
    "dikembalikan": (Tanda.DIKEMBALIKAN,),
    "terlambat": (Tanda.TERLAMBAT,),
    "nihil": (Tanda.NIHIL,),
}
"""What ``?status=`` may ask for: the rows whose report of the chosen triwulan carries one of these marks."""


@dataclass(frozen=True)
class Pilihan:
    """What is chosen on the page: the triwulan, the OPD whose report is open, the filter."""

    quarter: Quarter
    opd: str | None = None
    saring: str | None = None


def grid_section(
    found: pd.DataFrame,
    pilihan: Pilihan,
    href_for: Callable[[str | None, Quarter, str | None], str],
    opened: Child,
    source: str,
) -> html.Section:
    """The grid from its rows (one per OPD × triwulan), beside it the opened report. ``href_for`` makes an address of
    OPD, triwulan and filter."""
    quarters = list(dict.fromkeys((int(row["tahun"]), int(row["tw"])) for row in records(found)))
    rows = _filtered(ordered(found, pilihan.quarter), pilihan)
    nothing = empty("Tidak ada OPD dengan keadaan ini. Pilih “semua”.")
    drawn = _tables(rows, quarters, pilihan, href_for) if rows else [nothing]
    body = html.Div(
        [html.Div([_filters(found, pilihan, href_for), _legend(rows), *drawn], className="lapor-kiri"), opened],
        className=classes("lapor", "ada-linimasa" if opened is not None else None),
    )
    parts: list[Child] = [body, html.P(source, className="sumber")]
    return section("Laporan per triwulan", grid_sentence(found, quarters), parts, "kisi")


def ordered(found: pd.DataFrame, quarter: Quarter) -> list[list[dict[str, Any]]]:
    """The cells of each OPD, those in most trouble first: by the chosen triwulan, then by how much of it there was."""
    by_opd: dict[str, list[dict[str, Any]]] = {}
    for row in records(found):
        by_opd.setdefault(str(row["opd"]), []).append(row)
    return sorted(by_opd.values(), key=lambda cells: _trouble(cells, quarter))


def _trouble(cells: Sequence[Mapping[str, Any]], quarter: Quarter) -> tuple[int, int, int, int]:
    marks = [mark_of(cell) for cell in cells]
    here = _at(cells, quarter)
    late = sum(int(cell["hari_terlambat"] or 0) for cell in cells)
    missing = sum(mark in (Tanda.BELUM, Tanda.DIKEMBALIKAN) for mark in marks)
    first = TROUBLE.index(mark_of(here)) if here else len(TROUBLE)
    # From an extension on it is no trouble any more: then what was before decides.
    return min(first, TROUBLE.index(Tanda.PERPANJANGAN)), -missing, -late, -marks.count(Tanda.TERLAMBAT)


def _at(cells: Sequence[Mapping[str, Any]], quarter: Quarter) -> Mapping[str, Any] | None:
    return next((cell for cell in cells if (cell["tahun"], cell["tw"]) == quarter), None)


def _filtered(rows: list[list[dict[str, Any]]], pilihan: Pilihan) -> list[list[dict[str, Any]]]:
    if pilihan.saring is None:
        return rows
    wanted = FILTERS[pilihan.saring]
    return [cells for cells in rows if (here := _at(cells, pilihan.quarter)) and mark_of(here) in wanted]


def grid_sentence(found: pd.DataFrame, quarters: Sequence[Quarter]) -> str:
    """Who has trouble in both of the last two quarters."""
    if len(quarters) < 2:
        return "Pilih satu tanda untuk melihat perjalanan laporannya."
    rows = [[cell for cell in cells if _is_of(cell, quarters[-2:])] for cells in ordered(found, quarters[-1])]
    bad = (Tanda.BELUM, Tanda.TERLAMBAT, Tanda.DIKEMBALIKAN)
    count = sum(len(cells) == 2 and all(mark_of(cell) in bad for cell in cells) for cells in rows)
    if not count:
        return "Tidak ada OPD yang terlambat dua triwulan berturut-turut. Pilih satu tanda untuk rinciannya."
    return (
        f"{fmt.opd(count)} terlambat atau belum lapor dua triwulan berturut-turut. Pilih satu tanda untuk rinciannya."
    )


def _is_of(cell: Mapping[str, Any], quarters: Sequence[Quarter]) -> bool:
    return (cell["tahun"], cell["tw"]) in quarters


def _filters(
    found: pd.DataFrame, pilihan: Pilihan, href_for: Callable[[str | None, Quarter, str | None], str]
) -> html.Nav:
    """Filters that would show somebody, with their counts."""
    here = [mark_of(row) for row in records(found) if (row["tahun"], row["tw"]) == pilihan.quarter]
    choices: list[tuple[str, str | None, int]] = [("Semua", None, len(here))]
    choices += [(name.capitalize(), name, sum(mark in marks for mark in here)) for name, marks in FILTERS.items()]
    items = [
        html.Li(
            html.A(
                f"{word} {count}",
                href=href_for(None, pilihan.quarter, name),
                **soft("diam"),
                **attrs(aria_current="true" if name == pilihan.saring else None),
            )
        )
        for word, name, count in choices
        if count or name == pilihan.saring
    ]
    return html.Nav(html.Ul(items, role="list"), className="saring", **attrs(aria_label="Saring OPD"))


def _legend(rows: Sequence[Sequence[Mapping[str, Any]]]) -> html.P:
    present = {mark_of(cell) for cells in rows for cell in cells}
    return html.P([mark_word(mark) for mark in TROUBLE if mark in present], className="kunci")


def _tables(
    rows: list[list[dict[str, Any]]],
    quarters: Sequence[Quarter],
    pilihan: Pilihan,
    href_for: Callable[[str | None, Quarter, str | None], str],
) -> list[Child]:
    """Those with any trouble at once, the others behind one tap (open when one of them is chosen)."""
    clean = [cells for cells in rows if all(mark_of(cell) in _CLEAN for cell in cells)]
    troubled = [cells for cells in rows if cells not in clean]
    if not troubled or not clean:
        return [_table(rows, quarters, pilihan, href_for)]
    word = html.Summary(f"Tampilkan {fmt.opd(len(clean))} yang selalu tepat waktu", className="tombol tombol-garis")
    chosen = any(cells[0]["opd"] == pilihan.opd for cells in clean)
    rest = html.Details([word, _table(clean, quarters, pilihan, href_for)], className="lainnya", open=chosen)
    return [_table(troubled, quarters, pilihan, href_for), rest]


def _table(
    rows: list[list[dict[str, Any]]],
    quarters: Sequence[Quarter],
    pilihan: Pilihan,
    href_for: Callable[[str | None, Quarter, str | None], str],
) -> html.Div:
    caption = html.Caption("Keadaan laporan tiap OPD per triwulan", className="hanya-dengar")
    heads = [
        html.Th(_head(quarter), scope="col", className=_old(place, quarters)) for place, quarter in enumerate(quarters)
    ]
    head = html.Thead(html.Tr([html.Th("OPD", scope="col"), *heads]))
    body = html.Tbody([_row(cells, quarters, pilihan, href_for) for cells in rows])
    return html.Div(
        html.Table([caption, head, body], className="tabel-lapor"),
        className="tabel-kotak",
        role="region",
        tabIndex="0",
        **attrs(aria_label="Keadaan laporan tiap OPD per triwulan"),
    )


def _old(place: int, quarters: Sequence[Quarter]) -> str | None:
    """Quarters a phone leaves out."""
    return "lama" if place < len(quarters) - ON_PHONE else None


def _head(quarter: Quarter) -> list[Child]:
    tahun, tw = quarter
    return [html.Span(str(tahun)), html.Strong(_ROMAN[tw])]


def _row(
    cells: list[dict[str, Any]],
    quarters: Sequence[Quarter],
    pilihan: Pilihan,
    href_for: Callable[[str | None, Quarter, str | None], str],
) -> html.Tr:
    drawn = []
    for place, quarter in enumerate(quarters):
        cell = _at(cells, quarter)
        href = href_for(str(cells[0]["opd"]), quarter, pilihan.saring)
        here = pilihan.opd == cells[0]["opd"] and pilihan.quarter == quarter
        drawn.append(html.Td(_cell(cell, href, here) if cell else fmt.NONE, className=_old(place, quarters)))
    return html.Tr([html.Th(short_name(cells[0]), scope="row"), *drawn])


def _cell(cell: Mapping[str, Any], href: str, here: bool) -> html.A:
    mark = mark_of(cell)
    count = cell["hari_terlambat"] if mark == Tanda.TERLAMBAT else None
    inside: list[Child] = [icon_of(mark), html.Small(fmt.whole(count), **attrs(aria_hidden="true")) if count else None]
    said = hidden(f"{spoken(cell)}, {fmt.period(cell['tahun'], cell['tw'])}")
    return html.A([*inside, said], href=href, title=spoken(cell), **soft("diam"), **_current(here))


def _current(here: bool) -> dict[str, Any]:
    return attrs(aria_current="true" if here else None)
