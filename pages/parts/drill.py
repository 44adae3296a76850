"""The drill of /pimpinan: columns side by side on a desk, the deepest one alone on a phone, with its way back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import pandas as pd
from dash import html

from data.words import STATUS_ORDER, Status
from pages.parts import formats as fmt
from pages.parts.elements import Child, Children, attrs, classes, records, soft
from pages.parts.headline import short_name
from pages.parts.icons import icon, label
from pages.parts.section import section


@dataclass(frozen=True)
class Item:
    """One line of a column. ``note`` is the small text after the name (a satuan, or the level above it); ``arahan``:
    how many open instructions it has, beneath it included."""

    name: str
    value: str
    status: Status
    href: str
    note: str | None = None
    selected: bool = False
    inner: bool = False
    kode: str = ""
    arahan: int = 0


@dataclass(frozen=True)
class DrillColumn:
    """One column. A phone shows the deepest one, and before it those that ``on_phone`` says belong with it. ``jenis``:
    whose codes its items carry (opd, node, indikator)."""

    title: str
    items: Sequence[Item]
    empty: str = "Tidak ada isi."
    on_phone: bool = False
    jenis: str = "node"


@dataclass(frozen=True)
class Crumb:
    name: str
    href: str | None = None


def opd_column(standings: pd.DataFrame, selected: str | None, href_for: Callable[[str], str]) -> DrillColumn:
    """First column, from standings (one row per OPD), by status and deviasi."""
    rows = sorted(records(standings), key=lambda row: _rank(row, "deviasi"))
    items = [
        _item(row, short_name(row), fmt.points(row["deviasi"]), href_for(row["opd"]), row["opd"] == selected)
        for row in rows
    ]
    return DrillColumn("OPD, deviasi poin", items, jenis="opd")


def node_column(
    title: str, nodes: pd.DataFrame, selected: str | None, href_for: Callable[[str], str], empty: str = "Tidak ada isi."
) -> DrillColumn:
    """A column of child nodes or indicators (one row per node: kode, nama, capaian, status, maybe satuan)."""
    rows = sorted(records(nodes), key=lambda row: _rank(row, "capaian"))
    items = [
        _item(row, str(row["nama"]), fmt.decimal_id(row["capaian"]), href_for(row["kode"]), row["kode"] == selected)
        for row in rows
    ]
    return DrillColumn(f"{title}, capaian %", items, empty, jenis="indikator" if title == "Indikator" else "node")


def _rank(row: dict[str, Any], column: str) -> tuple[int, Decimal, str]:
    value = row[column]
    return (STATUS_ORDER.index(Status(row["status"])), Decimal(0) if value is None else value, str(row["nama"]))


def _item(row: dict[str, Any], name: str, value: str, href: str, selected: bool) -> Item:
    return Item(
        name, value, Status(row["status"]), href, row.get("satuan"), selected, kode=row.get("kode") or row["opd"]
    )


def drill_section(
    columns: Sequence[DrillColumn],
    crumbs: Sequence[Crumb],
    detail: Children = None,
    side: Children = None,
    under: Child = None,
) -> html.Section:
    """The columns with their path; an opened indicator stands beside them, what is said of a node ``under`` them."""
    lists = [_column(column, place == len(columns) - 1) for place, column in enumerate(columns)]
    parts: list[Child] = [html.Div(lists, className=f"telusur telusur-{len(lists)}")]
    if detail is not None:
        parts.append(html.Div(detail, className="rincian"))
    body = html.Div(parts, className=classes("telusur-kotak", "ada-rincian" if detail is not None else None))
    return section("Telusuri sampai asal angka", None, [breadcrumbs(crumbs), body, under], "telusur", side)


def breadcrumbs(crumbs: Sequence[Crumb]) -> html.Nav:
    """The path from the city to where one stands; the last one is where one is."""
    links = [html.Li(_crumb(crumb, place == len(crumbs) - 1)) for place, crumb in enumerate(crumbs)]
    return html.Nav(html.Ol(links), className="remah", **attrs(aria_label="Jalur"))


def _crumb(crumb: Crumb, last: bool) -> html.A | html.Span:
    if crumb.href is None or last:
        return html.Span(crumb.name, **attrs(aria_current="page" if last else None))
    return html.A(crumb.name, href=crumb.href, **soft("diam"))


def _column(column: DrillColumn, deepest: bool) -> html.Div:
    rows = [html.Li(_link(item)) for item in column.items]
    inside: Child = html.Ul(rows, role="list") if rows else html.P(column.empty, className="kecil")
    kind = "lajur-dalam" if deepest or column.on_phone else None
    return html.Div([html.H3(column.title, className="lajur-judul"), inside], className=classes("lajur", kind))


def _link(item: Item) -> html.A:
    name: list[Child] = [item.name]
    if item.note:
        name.append(html.Small(f" · {item.note}"))
    if item.arahan:
        name.append(html.Small(f"{item.arahan}{fmt.NBSP}arahan terbuka", className="tanda-arahan"))
    current: Literal["true"] | None = "true" if item.selected else None
    return html.A(
        [
            icon(item.status, 13),
            html.Span(name),
            html.Strong(item.value),
            html.Span(label(item.status), className="kata-status"),
        ],
        href=item.href,
        className=classes("pilihan", "terpilih" if item.selected else None, "dalam" if item.inner else None),
        **soft("diam"),
        **attrs(aria_current=current),
    )


def worst_indicators(indicators: pd.DataFrame, href_for: Callable[[str], str], limit: int = 5) -> html.Section | None:
    """The shortcut to trouble: the worst indicators of an OPD (one row per indicator), straight to the number."""
    rows = [row for row in records(indicators) if row["capaian"] is not None and row["capaian"] < 100]
    worst = sorted(rows, key=lambda row: row["capaian"])[:limit]
    if not worst:
        return None
    items = [_item(row, str(row["nama"]), fmt.percent(row["capaian"]), href_for(row["kode"]), False) for row in worst]
    body = html.Ul([html.Li(_link(item)) for item in items], role="list", className="terburuk")
    return section("Indikator paling tertinggal", "Langsung ke angkanya.", body, "terburuk")
