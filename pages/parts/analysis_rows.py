"""The rows of /analisis as a table: what a phone shows, and everybody without JavaScript."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from data.words import Status
from pages.parts import formats as fmt
from pages.parts.analysis_columns import AXIS, COLUMNS, LEVEL_WORDS, bar_share, over_text, word
from pages.parts.elements import MUTE, Child, attrs, classes, soft, svg
from pages.parts.forms import form, hidden
from pages.parts.icons import css_name, status_word

SHOWN: Final = ("nama", "kode", "pagu", "serapan", "batang", "capaian", "deviasi", "status", "sejak")
Link = Callable[..., str]
"""An address of this page with some words changed: ``link(buka=key)``, ``link(pilih=key)``, ``link(urut=word)``."""


def rows_table(rows: Sequence[Any], link: Link, urut: str, menurun: bool, pilih: str) -> html.Table:
    """One line per row; each name opens the side panel, the arrow before it what lies beneath."""
    head = html.Tr([_head(column, link, urut, menurun) for column in COLUMNS if column.kunci in SHOWN], role="row")
    return html.Table(
        [
            html.Caption("Baris yang memenuhi saringan", className="hanya-dengar"),
            html.Thead(head, role="rowgroup"),
            html.Tbody([_row(row, link, row.kunci == pilih) for row in rows], role="rowgroup"),
        ],
        className="tabel tabel-analisis",
        role="table",
    )


def _head(column: Any, link: Link, urut: str, menurun: bool) -> html.Th:
    here = bool(column.urut) and column.urut == urut and column.kunci != "batang"
    order = "descending" if menurun else "ascending"
    words: Child = column.judul
    if column.urut and column.kunci != "batang":
        turned = f"-{column.urut}" if here and not menurun else column.urut
        words = html.A(
            [column.judul, html.Span(" ▾" if menurun else " ▴", **MUTE) if here else None],
            href=link(urut=turned),
            **soft("diam"),
        )
    return html.Th(
        words,
        scope="col",
        role="columnheader",
        className=classes(f"k-{column.kunci}", "angka" if column.angka else None),
        **attrs(aria_sort=order if here else None),
    )


def _row(row: Any, link: Link, chosen: bool) -> html.Tr:
    cells = [_cell(row, key) for key in SHOWN[1:]]
    return html.Tr(
        [_name(row, link, chosen), *cells],
        role="row",
        className=classes("jalur" if not row.cocok else None, "terpilih" if chosen else None),
    )


def _name(row: Any, link: Link, chosen: bool) -> html.Th:
    arrow: Child = html.Span(className="panah-kosong", **MUTE)
    if row.anak:
        says = f"{'Tutup' if row.terbuka else 'Buka'} {row.nama}"
        arrow = html.A(
            html.Span("▾" if row.terbuka else "▸", className="hanya-dengar", **MUTE),
            href=link(buka=row.kunci),
            className="panah",
            **soft("diam"),
            **attrs(aria_label=says, aria_expanded=str(row.terbuka).lower()),
        )
    about = None if row.level == "opd" else html.Small(LEVEL_WORDS[row.level])
    name = html.A(
        [row.nama, about],
        href=link(pilih=row.kunci),
        **soft("diam"),
        **attrs(aria_current="true" if chosen else None),
    )
    return html.Th(
        html.Div([arrow, name], className=f"simpul dalam-{row.dalam}"),
        scope="row",
        role="rowheader",
        className="k-nama",
    )


def _cell(row: Any, key: str) -> html.Td:
    column = next(column for column in COLUMNS if column.kunci == key)
    inside: Child = word(row, key) if key not in ("batang", "status") else None
    if key == "batang":
        inside = bar(row.capaian, Status(row.status))
    if key == "status":
        inside = status_word(Status(row.status))
    title = fmt.rupiah_full(row.pagu) if key == "pagu" and row.pagu else None
    return html.Td(
        inside,
        role="cell",
        title=title,
        className=classes(f"k-{key}", "angka" if column.angka else None),
        **attrs(data_kepala=column.judul),
    )


def bar(capaian: Any, status: Status) -> Component:
    """The small bullet of a dense row: track, bar, tick at 100; dashed where there is nothing."""
    share, tick = bar_share(capaian), f"{100 / AXIS * 100:.2f}%"
    if share is None:
        inside = [svg.Rect(x="0.5", y="2.5", width="99%", height="11", className="pita-kosong")]
    else:
        inside = [
            svg.Rect(x="0", y="2", width="100%", height="12", className="pita-3"),
            svg.Rect(x="0", y="5", width=f"{share}%", height="6", className=css_name(status)),
            svg.Line(x1=tick, x2=tick, y1="0", y2="16", className="garis-target"),
        ]
    drawn: Component = svg.Svg(inside, className="batang", width="100%", height="16", **MUTE)
    over = over_text(capaian)
    return html.Span([drawn, html.Small(over) if over else None], className="batang-sel")


def pager(at: int, count: int, link: Link) -> html.Nav | None:
    """Which page of how many, with the one before and the one after."""
    if count <= 1:
        return None
    steps: list[Child] = [html.Span(f"Halaman {fmt.whole(at)} dari {fmt.whole(count)}")]
    if at > 1:
        steps.insert(0, html.A("‹ Sebelumnya", href=link(hal=at - 1), **soft("diam")))
    if at < count:
        steps.append(html.A("Berikutnya ›", href=link(hal=at + 1), **soft("diam")))
    return html.Nav(steps, className="halaman-nomor", **attrs(aria_label="Halaman baris"))


def order_form(csrf: str, kind: str, query: str) -> Component:
    """Orders these rows as a document of the background; its page tells when it is ready."""
    word = html.Button("Buat XLSX", type="submit", className="tautan", title="Dibuat di latar belakang, lihat Unduhan")
    return form("/unduhan/pesan", csrf, [hidden("jenis", kind), hidden("saringan", query), word])


def rows_section(
    rows: Sequence[Any], link: Link, state: dict[str, Any], downloads: Sequence[Child], note: str
) -> html.Section:
    """Heading with its actions, the table, the pager, what is left out. ``state``: urut, menurun, pilih, hal, halaman,
    pohon, terbuka (all open), jumlah."""
    title = "OPD › program › kegiatan › sub kegiatan › indikator" if state["pohon"] else "Daftar baris"
    toggle = (
        html.A("Tutup semua", href=link(buka=None), **soft("diam"))
        if state["terbuka"]
        else html.A("Buka semua", href=link(buka="semua"), **soft("diam"))
    )
    shape = html.A(
        "Tampilkan sebagai daftar" if state["pohon"] else "Tampilkan sebagai pohon",
        href=link(susun="datar" if state["pohon"] else "pohon"),
        **soft("diam"),
    )
    actions = [toggle if state["pohon"] else None, shape, *downloads]
    head = html.Div(
        [
            html.H2(title, id="baris", tabIndex="-1"),
            html.Div([one for one in actions if one is not None], className="tindakan"),
        ],
        className="bagian-kepala",
    )
    empty = html.P("Tidak ada baris yang memenuhi saringan ini. Lepas satu saringan di atas.", className="anak-judul")
    table = rows_table(rows, link, state["urut"], state["menurun"], state["pilih"])
    body = html.Div([table, pager(state["hal"], state["halaman"], link)], className="tabel-awal") if rows else empty
    return html.Section([head, body, html.P(note, className="sumber")], className="bagian bagian-baris")
