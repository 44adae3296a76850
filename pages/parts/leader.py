"""The three questions of the leaders' page, made to fit one phone screen, and the lists behind them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from data.words import STATE_NAMES, Keadaan, Status
from pages.parts import formats as fmt
from pages.parts.coverage import Coverage, report_sentence, share_of_opd, unreported
from pages.parts.elements import Child, attrs, records, soft, svg
from pages.parts.headline import NONE_BEHIND, NOT_YET, counted, counts_of, no_report, short_name
from pages.parts.icons import hidden, icon, label, status_word
from pages.parts.rows import in_order, opd_row
from pages.parts.section import section
from pages.parts.sparkline import points_by_opd, span_of, sparkline

_SHOWN = 5
_UNKNOWN = "Belum dapat dinilai"
_FIRST = "Belum ada pembanding"


@dataclass(frozen=True)
class Kini:
    """Where the reports stand at this moment: what is in the house (accepted or not), what is on its way in words, and
    the page that shows each report."""

    cakupan: Coverage
    bergerak: str
    href: str


@dataclass(frozen=True)
class Change:
    """One OPD whose status differs from the quarter before; ``selisih`` is the change of its deviasi in points."""

    opd: str
    nama: str
    dari: Status
    ke: Status
    selisih: Decimal | None


def changes_of(standings: pd.DataFrame, history: pd.DataFrame) -> list[Change]:
    """Changes between the last two quarters of each OPD: into red first, then out of it, then the rest by size."""
    names = {str(row["opd"]): short_name(row) for row in records(standings)}
    found = []
    for opd, past in points_by_opd(history).items():
        if len(past) < 2 or past[-2].status == past[-1].status or opd not in names:
            continue
        before, now = past[-2:]
        gap = now.deviasi - before.deviasi if now.deviasi is not None and before.deviasi is not None else None
        found.append(Change(opd, names[opd], before.status, now.status, gap))
    return sorted(found, key=_weight)


def _weight(change: Change) -> tuple[int, Decimal, str]:
    group = 0 if change.ke == Status.DI_BAWAH else 1 if change.dari == Status.DI_BAWAH else 2
    return (group, change.selisih or Decimal(0), change.nama)


def changes_title(changes: Sequence[Change]) -> str:
    into = sum(change.ke == Status.DI_BAWAH for change in changes)
    out = sum(change.dari == Status.DI_BAWAH for change in changes)
    if not changes:
        return "Tidak ada"
    return f"{into} masuk merah, {out} keluar"


def obstacle(standings: pd.DataFrame, history: pd.DataFrame) -> str | None:
    """Why the quarter cannot be compared with the one before; None when it can."""
    if no_report(standings):
        return _UNKNOWN
    before = [past[-2].status for past in points_by_opd(history).values() if len(past) > 1]
    return None if any(status != Status.BELUM_LAPOR for status in before) else _FIRST


def previous(tahun: int, tw: int) -> str:
    """The quarter before, named; with its year when that differs."""
    return fmt.tw(tw - 1) if tw > 1 else fmt.period(tahun - 1, 4)


def three_questions(
    coverage: Coverage, standings: pd.DataFrame, history: pd.DataFrame, actions: Child = None, live: Kini | None = None
) -> html.Div:
    """Who has reported, what is red, what changed; then the incomplete total and the one filled button. ``live``
    tells of reports that wait or came back, which the coverage of the figures does not."""
    why = obstacle(standings, history)
    changes = [] if why else changes_of(standings, history)
    body = [_reported(coverage, live), _red(standings, history), _changed(changes, coverage, why)]
    foot = html.Div([html.P(_foot(coverage), className="sumber"), actions], className="tanya-kaki")
    return html.Div([html.H1("Ringkasan pimpinan", className="hanya-dengar"), html.Div(body, className="tanya"), foot])


def _question(words: str, answer: Child | list[Child], href: str, body: Sequence[Child]) -> html.Section:
    """A question whose heading leads on: to a list further down, or to another page."""
    head = html.A(
        [
            html.Span([words, " "], className="tanya-kata"),
            html.Span("›", className="tanya-panah", **attrs(aria_hidden="true")),
            html.Span(answer, className="tanya-jawab"),
        ],
        href=href,
        **({} if href.startswith("#") else soft()),
    )
    return html.Section([html.H2(head), *body], className="tanya-butir")


def _reported(coverage: Coverage, live: Kini | None) -> html.Section:
    now = live.cakupan if live else coverage
    lock = f"Dikunci {fmt.tenggat(now.dikunci)}." if now.dikunci else ""
    names = [html.Li([icon(Status.BELUM_LAPOR, 12), name]) for name in list(now.missing or ())[:_SHOWN]]
    said = (report_sentence(now), live.bergerak if live else "", lock)
    body: list[Child] = [
        report_bar(now),
        html.P(" ".join(part for part in said if part), className="tanya-isi"),
        html.Ul(names, role="list", className="tanya-nama hanya-lebar") if names else None,
        html.P(html.A("Lihat semua laporan", href=live.href, **soft()), className="hanya-lebar") if live else None,
    ]
    href = live.href if live else "#belum-diterima"
    return _question("Siapa sudah lapor?", share_of_opd(now), href, body)


def report_bar(coverage: Coverage) -> Component:
    """One stroke per OPD: on time in ink, late in grey, missing as an outline."""
    counts = [("b-tepat", coverage.on_time), ("b-lambat", coverage.late), ("b-belum", unreported(coverage))]
    paths, place = [], 0
    for name, count in counts:
        strokes = "".join(f"M{10 * (place + step) + 1} 1h7v10h-7z" for step in range(count))
        place += count
        paths.append(svg.Path(d=strokes, className=name) if count else None)
    drawn: Component = svg.Svg(
        [path for path in paths if path is not None],
        className="pita-lapor",
        viewBox=f"0 0 {max(10 * place, 10)} 12",
        width="100%",
        height="12",
        preserveAspectRatio="none",
        **attrs(aria_hidden="true"),
    )
    return drawn


def _red(standings: pd.DataFrame, history: pd.DataFrame) -> html.Section:
    red = [row for row in in_order(standings) if row["status"] == Status.DI_BAWAH]
    past, span = points_by_opd(history), span_of(history)
    rows = [
        html.Li(
            [
                html.Span([short_name(row), _asked(row)]),
                sparkline(past.get(str(row["opd"]), ()), span),
                html.Strong([fmt.points(row["deviasi"]), html.Span(f"{fmt.NBSP}poin", className="hanya-sempit")]),
            ]
        )
        for row in red[:_SHOWN]
    ]
    rest = len(red) - _SHOWN
    more = (
        html.P(html.A(f"Lihat {fmt.opd(rest)} lainnya", href="#telusur"), className="hanya-lebar") if rest > 0 else None
    )
    body = [html.Ul(rows, role="list", className="tanya-daftar"), more]
    return _question("Apa yang merah?", _red_answer(standings), "#merah", body)


def _asked(row: Mapping[str, Any]) -> html.Small | None:
    """How many instructions are open; the phone says it in the list further down."""
    count = row.get("arahan_terbuka")
    return html.Small(f"{fmt.whole(count)} arahan terbuka", className="tanda-arahan hanya-lebar") if count else None


def _red_answer(standings: pd.DataFrame) -> list[Child]:
    count = counts_of(standings)[Status.DI_BAWAH]
    if count:
        return [icon(Status.DI_BAWAH, 18), f"{fmt.opd(count)} di bawah target"]
    return [_UNKNOWN if no_report(standings) else "Tidak ada"]


def _changed(changes: Sequence[Change], coverage: Coverage, why: str | None) -> html.Section:
    rows = [html.Li([_turn(change), html.Span(change.nama), html.Strong(_gap(change))]) for change in _mixed(changes)]
    words = f"Apa yang berubah sejak {previous(coverage.tahun, coverage.tw)}?"
    body = [html.Ul(rows, role="list", className="tanya-daftar")]
    return _question(words, why or changes_title(changes), "#berubah", body)


def _mixed(changes: Sequence[Change]) -> list[Change]:
    """At most five, so that the first two already show one going in and one coming out."""
    into = [change for change in changes if change.ke == Status.DI_BAWAH]
    rest = [change for change in changes if change.ke != Status.DI_BAWAH]
    return [*into[:1], *rest[:1], *into[1:], *rest[1:]][:_SHOWN]


def _turn(change: Change) -> html.Span:
    said = f"{label(change.dari)} menjadi {label(change.ke).lower()}: "
    return html.Span([icon(change.dari, 13), "→", icon(change.ke, 13), hidden(said)], className="beralih")


def _gap(change: Change) -> list[Child]:
    return [
        fmt.points(change.selisih),
        html.Span(f"{fmt.NBSP}poin", className="hanya-sempit") if change.selisih is not None else None,
    ]


def _foot(coverage: Coverage) -> str:
    late = unreported(coverage)
    start = f"Data per {fmt.tanggal(coverage.data_per)}. Cakupan {share_of_opd(coverage)}."
    return f"{start} Jumlah belum lengkap: {fmt.opd(late)} belum melapor." if late else start


def leader_lists(
    coverage: Coverage,
    standings: pd.DataFrame,
    history: pd.DataFrame,
    href_for: Callable[[str], str],
    states: Mapping[str, Keadaan] | None = None,
) -> html.Div:
    """What the three questions lead to on a phone: reports without figures, red OPD, changes. ``states``: where the
    reports stand that are on their way, by OPD."""
    why = obstacle(standings, history)
    changes = [] if why else changes_of(standings, history)
    return html.Div(
        [
            _missing_list(standings, href_for, states or {}),
            red_list(standings, history, href_for),
            _changes_list(changes, coverage, href_for, why),
        ],
        className="daftar-pimpinan",
    )


def _missing_list(
    standings: pd.DataFrame, href_for: Callable[[str], str], states: Mapping[str, Keadaan]
) -> html.Section:
    silent = [row for row in in_order(counted(standings)) if row["status"] == Status.BELUM_LAPOR]
    rows = [html.Li(_plain_link(row["nama"], _stands(states.get(row["opd"])), href_for(row["opd"]))) for row in silent]
    found = [states.get(row["opd"]) for row in silent]
    return section("Laporan belum diterima", _missing_sentence(found), html.Ul(rows, role="list"), "belum-diterima")


def _stands(state: Keadaan | None) -> html.Span:
    """The status of the figures, and where the report is if it is on its way."""
    on_way = f", {STATE_NAMES[state].lower()}" if state in (Keadaan.TERKIRIM, Keadaan.DIKEMBALIKAN) else None
    return status_word(Status.BELUM_LAPOR, on_way)


def _missing_sentence(states: Sequence[Keadaan | None]) -> str:
    """``2 laporan belum diterima, 1 menunggu verifikasi; tidak dihitung sebagai nol.``"""
    if not states:
        return "Semua OPD sudah melapor."
    waiting, back = states.count(Keadaan.TERKIRIM), states.count(Keadaan.DIKEMBALIKAN)
    parts = [
        f"{len(states) - waiting} laporan belum diterima",
        f"{back} di antaranya dikembalikan" if back else "",
        f"{waiting} menunggu verifikasi" if waiting else "",
    ]
    return f"{', '.join(part for part in parts if part)}; tidak dihitung sebagai nol."


def red_list(standings: pd.DataFrame, history: pd.DataFrame, href_for: Callable[[str], str]) -> html.Section:
    """The red OPD as full rows, each leading into the drill."""
    red = [row for row in in_order(standings) if row["status"] == Status.DI_BAWAH]
    past, span = points_by_opd(history), span_of(history)
    rows = [opd_row(row, past.get(str(row["opd"]), ()), span, href_for(row["opd"])) for row in red]
    if no_report(standings):
        return section("OPD di bawah target", NOT_YET, None, "merah")
    title = f"{fmt.opd(len(red))} di bawah target" if red else NONE_BEHIND
    note = "Urut: deviasi × pagu. Garis 100 = target s.d. periode ini." if red else None
    return section(title, note, html.Ul(rows, role="list", className="daftar-baris"), "merah")


def _changes_list(
    changes: Sequence[Change], coverage: Coverage, href_for: Callable[[str], str], why: str | None
) -> html.Section:
    rows = [html.Li(_change_link(change, href_for(change.opd))) for change in changes]
    title = f"Berubah sejak {previous(coverage.tahun, coverage.tw)}"
    sentence = "Perubahan deviasi, poin." if rows else f"{why or 'Tidak ada OPD yang berubah status'}."
    return section(title, sentence, html.Ul(rows, role="list"), "berubah")


def _change_link(change: Change, href: str) -> html.A:
    words = html.Span(
        [status_word(change.dari, size=12), " → ", status_word(change.ke, size=12)], className="beralih-kata"
    )
    return _plain_link(change.nama, words, href, fmt.points(change.selisih))


def _plain_link(name: Any, words: Child, href: str, value: str | None = None) -> html.A:
    return html.A(
        [html.Span([html.Span(name), words], className="jalan-kata"), html.Strong(value) if value else None],
        href=href,
        className="jalan",
        **soft("diam"),
    )
