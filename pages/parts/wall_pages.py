"""The five pages of the wall. Names of OPD, never of persons; nothing to press, nothing to point at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, Protocol

import pandas as pd
from dash import html

from data.words import Status
from pages.parts import formats as fmt
from pages.parts.elements import Child, records
from pages.parts.figures import SERIES_NAMES, Series
from pages.parts.headline import NONE_BEHIND, counts_of, money_sentence, no_report, short_name
from pages.parts.icons import icon, label
from pages.parts.kurva import standing
from pages.parts.leader import changes_of, obstacle, previous
from pages.parts.upload_clock import span_words
from pages.parts.wall_plots import bullet, in_shown_order, kurva, marks

ROWS: Final = 6
SILENT: Final = 16
LONG: Final = 44


class Hitungan(Protocol):
    """How many reports are expected, in the house, and in time."""

    @property
    def diharapkan(self) -> int: ...
    @property
    def diterima(self) -> int: ...
    @property
    def tepat_waktu(self) -> int: ...
    @property
    def terlambat(self) -> int: ...


@dataclass(frozen=True)
class Lapor:
    """Where the reports of the newest open triwulan stand: ``nama`` of the OPD still silent, the city's deadline."""

    tahun: int
    tw: int
    laju: Hitungan
    nama: tuple[str, ...]
    tenggat: datetime
    dikunci: datetime
    sekarang: datetime


@dataclass(frozen=True)
class Kota:
    """Everything the wall tells of one city at one triwulan."""

    nama: str
    contoh: bool
    tahun: int
    tw: int
    data_per: date
    cakupan: Hitungan
    dimuat: datetime | None
    capaian: Decimal | None
    standings: pd.DataFrame
    history: pd.DataFrame
    kurva: pd.DataFrame
    lapor: Lapor


def city_page(kota: Kota) -> list[Child]:
    counts = counts_of(kota.standings)
    total = sum(counts.values())
    if no_report(kota.standings):
        title = f"Belum ada laporan {fmt.period(kota.tahun, kota.tw)} yang diterima."
    else:
        title = f"{counts[Status.TERCAPAI]} dari {fmt.opd(total)} mencapai target."
    legend = [
        html.Li([icon(status, 34), html.Span([html.Strong(fmt.whole(count)), f" {label(status).lower()}"])])
        for status, count in in_shown_order(counts)
    ]
    gap = None if kota.capaian is None else kota.capaian - 100
    numbers = [_number("Capaian kinerja", kota.capaian, gap, "dari target")]
    for series in ("keuangan", "fisik"):
        now = standing(kota.kurva, series)
        numbers.append(
            _number(SERIES_NAMES[series], now.actual if now else None, now.deviasi if now else None, "dari rencana")
        )
    return [_title(title), marks(counts), html.Ul(legend, className="kunci"), html.Div(numbers, className="angka-tiga")]


def _number(name: str, value: Decimal | None, gap: Decimal | None, against: str) -> html.Div:
    beside = f"{fmt.with_points(gap)} {against}" if gap is not None else "belum ada pembanding"
    return html.Div([html.P(name, className="redup"), html.P(fmt.percent(value), className="besar"), html.P(beside)])


def behind_page(kota: Kota) -> list[Child]:
    """Who is behind its target, the farthest first."""
    rows = [row for row in records(kota.standings) if row["deviasi"] is not None and row["deviasi"] < 0]
    rows.sort(key=lambda row: (row["deviasi"], row["nama"]))
    red = sum(row["status"] == Status.DI_BAWAH for row in rows)
    if not rows:
        return [_title(f"{NONE_BEHIND}.")]
    title = f"{fmt.opd(red)} di bawah target." if red else f"{NONE_BEHIND}."
    shown = rows[:ROWS]
    note = f"{len(shown)} dari {fmt.opd(len(rows))} yang tertinggal, urut deviasi. Garis = target."
    return [_title(title), _note(note, "poin"), _list([_behind(row) for row in shown], "tertinggal")]


def _behind(row: dict[str, Any]) -> html.Li:
    status = Status(row["status"])
    name = html.Span(short_name(row), className="opd")
    gap = html.Strong(fmt.points(row["deviasi"]), className="nilai")
    return html.Li([name, html.Span(_word(status)), bullet(row["capaian"], status), gap])


def report_page(kota: Kota) -> list[Child]:
    """Who has not reported, and the clock."""
    lapor, when = kota.lapor, fmt.period(kota.lapor.tahun, kota.lapor.tw)
    silent = len(lapor.nama)
    title = f"{fmt.opd(silent)} belum melapor {when}." if silent else f"Semua OPD sudah melapor {when}."
    names: list[Child] = [html.Li([icon(Status.BELUM_LAPOR, 30), html.Span(name)]) for name in lapor.nama[:SILENT]]
    if silent > SILENT:
        names.append(html.Li(f"dan {fmt.opd(silent - SILENT)} lainnya", className="redup"))
    inside = html.Ul(names, className="nama-opd") if names else html.P("Tidak ada yang ditunggu.", className="tenang")
    return [_title(title), html.Div([inside, _clock(lapor)], className="dua-sisi")]


def _clock(lapor: Lapor) -> html.Div:
    left, laju = lapor.tenggat - lapor.sekarang, lapor.laju
    if left.total_seconds() > 0:
        what, span = "Sisa waktu", span_words(left)
    elif lapor.sekarang < lapor.dikunci:
        what, span = "Lewat tenggat", span_words(-left)
    else:
        what, span = "Periode", "Dikunci"
    late = f"{fmt.whole(laju.tepat_waktu)} tepat waktu, {fmt.whole(laju.terlambat)} terlambat."
    return html.Div(
        [
            html.P(what, className="redup"),
            html.P(span, className="besar"),
            html.P(["Tenggat ", html.Span(fmt.tenggat(lapor.tenggat))]),
            html.P(["Dikunci ", html.Span(fmt.tenggat(lapor.dikunci))]),
            html.P(
                f"{fmt.whole(laju.diterima)} dari {fmt.opd(laju.diharapkan)} sudah melapor: {late}", className="sela"
            ),
        ],
        className="jam",
    )


def money_page(kota: Kota) -> list[Child]:
    found = {series: standing(kota.kurva, series) for series in SERIES}
    gaps = [now.deviasi if now else None for now in found.values()]
    panels = [_panel(kota.kurva, series) for series in SERIES]
    note = "Kurva S kota, % kumulatif. Garis putus = rencana."
    return [_title(money_sentence(gaps[0], gaps[1])), _note(note), html.Div(panels, className="dua-bagan")]


SERIES: Final[tuple[Series, Series]] = ("keuangan", "fisik")


def _panel(curve: pd.DataFrame, series: Series) -> html.Div:
    now = standing(curve, series)
    words = [html.Strong(f"{SERIES_NAMES[series]} {fmt.percent(now.actual if now else None)}")]
    gap = html.Strong(fmt.with_points(now.deviasi if now else None), className="nilai")
    return html.Div([html.P([*words, gap], className=f"judul-bagan judul-{series}"), kurva(curve, series)])


def change_page(kota: Kota) -> list[Child]:
    """Whose status differs from the quarter before."""
    before, why = previous(kota.tahun, kota.tw), obstacle(kota.standings, kota.history)
    found = changes_of(kota.standings, kota.history)
    if why or not found:
        return [_title(why or f"Tidak ada status yang berubah sejak {before}.")]
    into = sum(one.ke == Status.DI_BAWAH for one in found)
    out = sum(one.dari == Status.DI_BAWAH for one in found)
    title = f"Sejak {before}: {fmt.opd(into)} masuk “{label(Status.DI_BAWAH)}”, {out} keluar."
    note = f"{min(ROWS, len(found))} dari {fmt.opd(len(found))} yang berubah status."
    rows = [
        html.Li(
            [
                html.Span(one.nama, className="opd"),
                html.Span([*_word(one.dari), html.Span("→", className="redup"), *_word(one.ke)], className="dari-ke"),
                html.Strong(fmt.points(one.selisih), className="nilai"),
            ]
        )
        for one in found[:ROWS]
    ]
    return [_title(title), _note(note, "deviasi, poin"), _list(rows, "berubah")]


def _word(status: Status) -> list[Child]:
    return [html.Span([icon(status, 30), label(status)], className="status")]


def _title(words: str) -> html.H1:
    return html.H1(words, className="panjang" if len(words) > LONG else None)


def _note(words: str, side: str = "") -> html.P:
    return html.P([html.Span(words), html.Span(side)], className="catatan")


def _list(rows: Sequence[html.Li], kind: str) -> html.Ul:
    return html.Ul(list(rows), className=f"baris {kind}")
