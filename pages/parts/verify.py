"""The page /verifikasi: where the report of each OPD stands for one triwulan, what waits first, and publishing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from dash import html

from pages.parts import formats as fmt
from pages.parts.account import folded
from pages.parts.elements import MUTE, Child, address, attrs, svg
from pages.parts.forms import error_line, form, hidden, submit
from pages.parts.listing import listing
from pages.parts.messages import message, notice
from pages.parts.reminder import Ingat, reminder_section
from pages.parts.section import section

PATH: Final = "/verifikasi"
COLUMNS: Final = ("OPD", "Keadaan", "Dikirim", "Ketepatan", "Konfirmasi", "Versi", "Mutu")
NEWS: Final = {
    "terima": "Laporan diterima. Angkanya sudah dihitung.",
    "kembali": "Laporan dikembalikan. OPD melihat alasan dan catatan Anda di halaman unggahnya.",
    "terbit": "Periode diterbitkan. Perubahan sesudah ini ditandai dikoreksi.",
}
"""What an address may say went well; anything else says nothing."""


class Posisi(StrEnum):
    """Where a report stands in the eyes of whoever verifies, in the order of the queue."""

    MENUNGGU = "menunggu"
    DIKEMBALIKAN = "dikembalikan"
    BELUM = "belum"
    DITERIMA = "diterima"
    TERBIT = "terbit"


WORDS: Final = {
    Posisi.MENUNGGU: "Menunggu",
    Posisi.DIKEMBALIKAN: "Dikembalikan",
    Posisi.BELUM: "Belum dikirim",
    Posisi.DITERIMA: "Diterima",
    Posisi.TERBIT: "Terbit",
}
_TICK: Final = "M3.2 7.3l2.6 2.7 5-5.8"
_DRAWN: Final[dict[Posisi, tuple[str, str]]] = {
    Posisi.MENUNGGU: ("M7 1.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11z", "M7 3.6V7l2.4 1.6"),
    Posisi.DIKEMBALIKAN: ("", "M5.2 1.8L2 5l3.2 3.2M2 5h6.2a3.6 3.6 0 0 1 0 7.2H4.6"),
    Posisi.BELUM: ("M7 2a5 5 0 1 0 0 10a5 5 0 1 0 0-10z", ""),
    Posisi.DITERIMA: ("", _TICK),
    Posisi.TERBIT: ("M7 1a6 6 0 1 0 0 12a6 6 0 1 0 0-12z", _TICK),
}
"""Shapes of their own, so that nobody takes them for how an OPD performs: outline and stroke inside it."""


@dataclass(frozen=True)
class Antre:
    """One OPD in the queue. ``nomor``: the version to open (the one that waits, else the newest); ``koreksi``: it waits
    although an earlier one is accepted; ``pada``: when it was sent; ``tenggat``: what the calendar says while nothing
    came; ``terlambat`` None when that is not known; ``siap``: its accepted version is not published yet."""

    nama: str
    posisi: Posisi
    nomor: int | None = None
    koreksi: bool = False
    siap: bool = False
    nihil: bool = False
    wajib: bool = True
    pada: datetime | None = None
    terlambat: int | None = None
    tenggat: str = ""
    konfirmasi: int = 0
    versi: int = 0
    dikembalikan: int = 0


@dataclass(frozen=True)
class Masa:
    """The triwulan of the page, those to choose from, its two ends, and how many reports can be published now."""

    tahun: int
    tw: int
    ada: Sequence[tuple[int, int]]
    tepat: datetime
    kunci: datetime
    siap: int


@dataclass(frozen=True)
class Umpan:
    """What a page says back: good news (a key of NEWS), a sentence that something went wrong; and the reminders that
    are ready to be sent."""

    kabar: str = ""
    galat: str | None = None
    ingat: Sequence[Ingat] = ()


def queue_page(
    rows: Sequence[Antre], masa: Masa, saring: str, csrf: str, now: datetime, umpan: Umpan = Umpan()
) -> html.Div:
    """The whole page. ``saring``: a Posisi, or '' for all."""
    shown = [row for row in rows if not saring or row.posisi == saring]
    clear = address(PATH, {"tahun": masa.tahun, "tw": masa.tw})
    table: Child = message("Tidak ada yang cocok.", "Tidak ada OPD dalam keadaan ini.", "Lihat semua OPD", clear, 2)
    if shown:
        named = f"Antrean verifikasi {fmt.period(masa.tahun, masa.tw)}"
        table = listing(named, COLUMNS, [_cells(row, now) for row in shown], "tabel-antre")
    parts = [
        period_tabs(PATH, masa.tahun, masa.tw, masa.ada),
        html.H1(_finding(rows)),
        html.P(_lead(rows, masa, now), className="pengantar"),
        notice(NEWS[umpan.kabar]) if umpan.kabar in NEWS else None,
        error_line(umpan.galat),
        _filter(rows, masa, saring),
        table,
        reminder_section(umpan.ingat, fmt.period(masa.tahun, masa.tw)),
        _publishing(rows, masa, csrf),
    ]
    return html.Div(parts, className="kelola verifikasi")


def position_word(posisi: Posisi, words: str | None = None) -> html.Span:
    """Shape and word of where a report stands."""
    outline, stroke = _DRAWN[posisi]
    paths = [svg.Path(d=d, className="garis-luar") for d in (outline,) if d]
    paths += [svg.Path(d=d, className="garis-dalam") for d in (stroke,) if d]
    icon = svg.Svg(paths, className=f"ikon ikon-{posisi.value}", width=14, height=14, viewBox="0 0 14 14", **MUTE)
    return html.Span([icon, words or WORDS[posisi]], className="status")


def lateness_word(days: int | None) -> str:
    """``Tepat waktu``, ``Terlambat 3 hari``."""
    if days is None:
        return fmt.NONE
    return f"Terlambat {days}{fmt.NBSP}hari" if days else "Tepat waktu"


def period_tabs(
    path: str, tahun: int, tw: int | None, ada: Sequence[tuple[int, int]], more: Callable[[], Child] | None = None
) -> html.Nav:
    """Year and triwulan as plain links (these pages are drawn by the server alone); without ``tw`` only years."""
    years = sorted({year for year, _ in ada} | {tahun}, reverse=True)
    links = [html.Li(_link(path, year, _same_or_last(ada, year, tw), str(year), year == tahun)) for year in years]
    pick = html.Details(
        [html.Summary(f"Tahun{fmt.NBSP}{tahun}"), html.Ul(links, role="list")],
        className="pilih",
        **attrs(data_tutup="luar"),
    )
    tabs = [html.Li(_tab(path, tahun, one, one == tw, (tahun, one) in ada)) for one in (1, 2, 3, 4)] if tw else []
    rest = more() if more is not None else None
    listed = html.Ul(tabs, role="list") if tabs else None
    return html.Nav([pick, listed, rest], className="periode", **attrs(aria_label="Periode"))


def _same_or_last(ada: Sequence[tuple[int, int]], tahun: int, tw: int | None) -> int | None:
    if tw is None or (tahun, tw) in ada:
        return tw
    return max((one for year, one in ada if year == tahun), default=tw)


def _tab(path: str, tahun: int, tw: int, current: bool, there: bool) -> Child:
    if not there and not current:
        return html.Span(fmt.tw(tw), className="tak-ada", title="belum dibuka")
    return _link(path, tahun, tw, fmt.tw(tw), current)


def _link(path: str, tahun: int, tw: int | None, words: str, current: bool) -> html.A:
    href = address(path, {"tahun": tahun, "tw": tw})
    return html.A(words, href=href, **attrs(aria_current="page" if current else None))


def _count(rows: Sequence[Antre], *positions: Posisi) -> int:
    return sum(row.posisi in positions for row in rows)


def _finding(rows: Sequence[Antre]) -> str:
    must = [row for row in rows if row.wajib]
    accepted = _count(must, Posisi.DITERIMA, Posisi.TERBIT) + sum(row.koreksi for row in must)
    waiting, back = _count(rows, Posisi.MENUNGGU), _count(rows, Posisi.DIKEMBALIKAN)
    again = sum(row.koreksi for row in rows)
    note = f" ({fmt.whole(again)} koreksi)" if again else ""
    said = [f"{fmt.whole(waiting)} menunggu{note}", f"{fmt.whole(back)} dikembalikan"]
    return f"{', '.join(said)}, {fmt.whole(accepted)} diterima dari {fmt.opd(len(must))}"


def _lead(rows: Sequence[Antre], masa: Masa, now: datetime) -> str:
    passed = "sudah dikunci" if now > masa.kunci else "dikunci"
    ends = f"Tepat waktu sampai {fmt.tenggat(masa.tepat)}, {passed} {fmt.tenggat(masa.kunci)}."
    waiting = [row for row in rows if row.posisi == Posisi.MENUNGGU and row.pada is not None]
    if not waiting:
        return f"{ends} Tidak ada yang menunggu putusan."
    first = min(waiting, key=lambda row: row.pada or now)
    return f"{ends} Paling lama menunggu: {first.nama}, {fmt.umur(now - (first.pada or now))}."


def _filter(rows: Sequence[Antre], masa: Masa, saring: str) -> html.Nav:
    given = {"tahun": masa.tahun, "tw": masa.tw}
    links: list[Child] = [html.Li(_state_link("Semua", len(rows), address(PATH, given), not saring))]
    for posisi, words in WORDS.items():
        count = _count(rows, posisi)
        href = address(PATH, {**given, "keadaan": posisi.value})
        if count or saring == posisi:
            links.append(html.Li(_state_link(words, count, href, saring == posisi)))
    return html.Nav(html.Ul(links, role="list"), className="saring-keadaan", **attrs(aria_label="Saring keadaan"))


def _state_link(words: str, count: int, href: str, current: bool) -> html.A:
    inside: list[Child] = [f"{words} ", html.Span(fmt.whole(count))]
    return html.A(inside, href=href, **attrs(aria_current="true" if current else None))


def _cells(row: Antre, now: datetime) -> list[Any]:
    name: Child = html.A(row.nama, href=f"{PATH}/{row.nomor}") if row.nomor else row.nama
    if row.posisi == Posisi.MENUNGGU:
        word = position_word(row.posisi, "Koreksi menunggu" if row.koreksi else None)
    else:
        word = position_word(row.posisi)
    notes = [text for text in ("Nihil" if row.nihil else "", "" if row.wajib else "Tidak wajib lapor") if text]
    state = html.Div([word, html.Small(" · ".join(notes)) if notes else None])
    return [
        name,
        state,
        _sent(row, now),
        lateness_word(row.terlambat) if row.pada else row.tenggat or fmt.NONE,
        fmt.whole(row.konfirmasi) if row.nomor and row.posisi == Posisi.MENUNGGU else fmt.NONE,
        f"ke-{row.versi}" if row.versi else fmt.NONE,
        _quality(row),
    ]


def _sent(row: Antre, now: datetime) -> Child:
    if row.pada is None:
        return fmt.NONE
    if row.posisi != Posisi.MENUNGGU:
        return fmt.wib(row.pada)
    return html.Span([fmt.wib(row.pada), html.Small(f"{fmt.umur(now - row.pada)} lalu")])


def _quality(row: Antre) -> str:
    if not row.versi:
        return fmt.NONE
    if row.dikembalikan:
        return f"Dikembalikan {row.dikembalikan}{fmt.NBSP}kali"
    return "Sekali jadi" if row.posisi in {Posisi.DITERIMA, Posisi.TERBIT} else fmt.NONE


def _publishing(rows: Sequence[Antre], masa: Masa, csrf: str) -> html.Section | None:
    """Publishing cannot be taken back, so it is asked for by opening it, and what stays out is named first."""
    count = masa.siap
    if not count:
        return None
    out = [row for row in rows if row.wajib and not (row.siap or row.koreksi or row.posisi == Posisi.TERBIT)]
    name = fmt.period(masa.tahun, masa.tw)
    fields = [hidden("tahun", str(masa.tahun)), hidden("tw", str(masa.tw)), hidden("jumlah", str(count))]
    deed = form(f"{PATH}/terbitkan", csrf, [*fields, submit(f"Ya, terbitkan {fmt.whole(count)} laporan")])
    words = (
        f"{fmt.whole(count)} laporan yang sudah diterima menjadi terbit. Angkanya dibekukan: perubahan sesudah ini "
        "ditandai dikoreksi, dengan angka lama dan baru. Penerbitan tidak dapat dibatalkan."
    )
    body = html.Div([_staying_out(out), folded(f"Terbitkan {name}", deed)])
    return section(f"Terbitkan {name}", words, body, "terbit", class_name="bagian-sisi")


def _staying_out(out: Sequence[Antre]) -> html.Div:
    if not out:
        return html.Div(html.P("Semua OPD ikut terbit."))
    names = [html.Li([row.nama, html.Small(f" {WORDS[row.posisi].lower()}")]) for row in out]
    words = html.P([html.Strong(f"{fmt.opd(len(out))} belum ikut"), " dan dapat diterbitkan kemudian:"])
    return html.Div([words, html.Ul(names, role="list", className="daftar-nama")])


def news_query(masa: tuple[int, int], kabar: str) -> Mapping[str, object]:
    """The query that leads back to the queue of a triwulan with good news."""
    return {"tahun": masa[0], "tw": masa[1], "kabar": kabar}
