"""The OPD list: rows grouped by status, worst first, each one a link to its OPD."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import pandas as pd
from dash import html
from dash.development.base_component import Component

from data.words import STATUS_ORDER, Status
from pages.parts import formats as fmt
from pages.parts.bullet import bullet
from pages.parts.corrected import correction_note, corrections_sentence
from pages.parts.elements import Child, Children, address, attrs, light, records, soft, svg
from pages.parts.headline import impact
from pages.parts.icons import hidden, icon, label, status_word
from pages.parts.sparkline import Point, Span, points_by_opd, span_of, sparkline

GROUP_NOTES: Final = {
    Status.DI_BAWAH: "tertinggal lebih dari 10 poin",
    Status.PERHATIAN: "tertinggal sampai 10 poin",
    Status.BELUM_LAPOR: "tidak dihitung sebagai nol",
    Status.TANPA_TARGET: "belum dapat dibandingkan",
    Status.NIHIL: "menyatakan tidak ada yang dilaporkan",
    Status.TERCAPAI: "sama dengan atau di atas target",
}
OPEN_ON_PHONE: Final = (Status.DI_BAWAH, Status.PERHATIAN)
FIRST_ROWS: Final = {Status.BELUM_LAPOR: 3, Status.TANPA_TARGET: 3, Status.NIHIL: 3, Status.TERCAPAI: 4}
_ALL: Final = 1000
_SPAN = light(html.Span)


def in_order(standings: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows grouped by status, inside a group by deviasi × pagu; rows without deviasi by pagu."""
    return sorted(records(standings), key=_place)


def _place(row: Mapping[str, Any]) -> tuple[int, Decimal, str]:
    weight = impact(row) if row["deviasi"] is not None else -Decimal(row["pagu"] or 0)
    return (STATUS_ORDER.index(Status(row["status"])), weight, str(row["nama"]))


def opd_rows(standings: pd.DataFrame, history: pd.DataFrame, tahun: int, tw: int) -> html.Div:
    """The whole list from standings (one row per OPD) and history (one row per OPD × quarter)."""
    past, span = points_by_opd(history), span_of(history)
    where = {str(opd): address(f"/opd/{opd}", {"tahun": tahun, "tw": tw}) for opd in standings["opd"]}
    groups = []
    for status in STATUS_ORDER:
        inside = [row for row in in_order(standings) if row["status"] == status]
        drawn = [opd_row(row, past.get(str(row["opd"]), ()), span, where[str(row["opd"])]) for row in inside]
        groups.append(_group(status, drawn) if drawn else None)
    told = corrections_sentence(standings, tahun, tw)
    note = html.P(told, className="kecil") if told else None
    return html.Div([note, _header(tw), *groups], className="baris-semua")


def opd_row(row: Mapping[str, Any], past: Sequence[Point], span: Span, href: str) -> html.Li:
    """One OPD: name, bullet, number, deviasi, status, the last quarters. ``arahan``, where a page for the leaders adds
    it, says how many instructions are open."""
    status, capaian = Status(row["status"]), row["capaian"]
    kind = "diam" if "#" in href else "atas"
    cells: list[Child] = [
        html.Span(
            [
                row["nama"],
                html.Small(f"Pagu {fmt.rupiah_short(row['pagu'])}"),
                correction_note(row),
                html.Small(row["arahan"], className="tanda-arahan") if row.get("arahan") else None,
            ],
            className="b-nama",
        ),
        bullet(capaian, status),
        html.Span([hidden("capaian "), fmt.percent(capaian)], className="b-angka"),
        deviasi_cell(row["deviasi"]),
        status_word(status),
        sparkline(past, span) or html.Span(className="lintas"),
    ]
    return html.Li(html.A(cells, href=href, className="baris", **soft(kind)))


def deviasi_cell(deviasi: Decimal | None) -> html.Span:
    """The signed number; its unit is written only where no column head says it."""
    unit = None if deviasi is None else _SPAN(f"{fmt.NBSP}poin", className="b-satuan")
    drawn: html.Span = _SPAN([fmt.points(deviasi), unit], className="b-dev")
    return drawn


def _header(tw: int) -> html.Div:
    """Column heads of the desk view, with the common axis drawn once above the bullets."""
    axis: list[Child] = [f"Capaian s.d. {fmt.tw(tw)}, % dari target s.d. {fmt.tw(tw)}", _axis()]
    deviasi: list[Child] = ["Deviasi,", html.Br(), "poin"]
    past: list[Child] = ["Deviasi,", html.Br(), "8 triwulan"]
    heads: list[Children] = ["OPD", axis, "Capaian", deviasi, "Status", past]
    return html.Div([html.Span(head) for head in heads], className="baris baris-kepala", **attrs(aria_hidden="true"))


def _axis() -> Component:
    ticks = [
        svg.Text(str(value), x=f"{value / 1.2:.2f}%", y="14", textAnchor="start" if value == 0 else "middle")
        for value in (0, 25, 50, 75, 100)
    ]
    drawn: Component = svg.Svg(ticks, className="sumbu", width="100%", height="18")
    return drawn


def _group(status: Status, rows: Sequence[html.Li]) -> html.Details:
    """A group that can be folded; on a phone the script folds all but the first two (``data-lipat``)."""
    kept = FIRST_ROWS.get(status, _ALL)
    head = html.Summary(
        [
            icon(status),
            html.H3(f"{fmt.opd(len(rows))} {label(status).lower()}"),
            html.Span(GROUP_NOTES[status], className="catatan"),
        ],
        className="kelompok-kepala",
    )
    fold = None if status in OPEN_ON_PHONE else "ponsel"
    body = [_list(rows[:kept]), _more(rows[kept:]) if len(rows) > kept else None]
    return html.Details([head, *body], open=True, className="kelompok", **attrs(data_lipat=fold))


def _list(rows: Sequence[Component]) -> html.Ul:
    return html.Ul(list(rows), className="daftar-baris", role="list")


def _more(rows: Sequence[html.Li]) -> html.Details:
    word = html.Summary(f"Tampilkan {fmt.opd(len(rows))} lainnya", className="tombol tombol-garis")
    return html.Details([word, _list(rows)], className="lainnya")
