"""The side panel of /analisis: one row, why it stands where it does, and where its numbers came from."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from dash import html

from data.words import Status
from pages.parts import formats as fmt
from pages.parts.analysis_columns import LEVEL_WORDS, measure_words, report_words
from pages.parts.bullet import bullet
from pages.parts.elements import Child, attrs, soft
from pages.parts.icons import hidden, status_word
from pages.parts.origin import Origin, origin_block
from pages.parts.sparkline import Point, Span, sparkline


@dataclass(frozen=True)
class Panel:
    """What the panel shows. ``baris``: the row as the grid has it; ``jalan``: (name, href) of what stands above it;
    ``kata``: what the OPD said, as (title, text); ``tertimbang``: pagu-weighted capaian when it is worth saying."""

    baris: Any
    periode: tuple[int, int]
    tutup: str
    jalan: Sequence[tuple[str, str]] = ()
    kata: Sequence[tuple[str, str]] = ()
    versi: int = 0
    diterima_versi: int | None = None
    tertimbang: Decimal | None = None
    jumlah_indikator: int = 0
    dihitung: int = 0
    triwulan: Sequence[tuple[int, int]] = ()
    asal: Sequence[Origin] = ()
    letak: Sequence[Any] = ()
    tautan: Sequence[tuple[str, str, bool]] = field(default_factory=tuple)


def panel_block(given: Panel) -> html.Aside:
    """Everything about one row."""
    row = given.baris
    parts: list[Child] = [
        _top(given.tutup),
        html.H2(row.nama, id="panel", tabIndex="-1"),
        _about(given),
        _status(row),
        html.P(sentences(row, given.periode[1]), className="panel-kalimat"),
        html.Div(bullet(row.capaian, Status(row.status)), className="bullet-besar"),
        _trend(given),
        _indicator(row),
        *[_said(title, text) for title, text in given.kata],
        _quality(given),
        _average(given),
        _links(given),
        _files(given),
    ]
    inside = [one for one in parts if one is not None]
    return html.Aside(inside, className="panel", **attrs(aria_label="Rincian baris terpilih"))


def no_panel() -> html.Div:
    """Nothing chosen: the place stays there and takes no room."""
    return html.Div(className="panel-kosong")


def lost_panel(close: str) -> html.Aside:
    """The address names a row that is not in this year."""
    words = "Baris ini tidak ada pada tahun yang dipilih. Pilih baris lain dari tabel."
    return html.Aside([_top(close), html.P(words, className="kecil")], className="panel")


def sentences(row: Any, tw: int) -> str:
    """``Serapan 77,4 %, 9,4 poin di atas rencana. Capaian baru 78,53 %.``"""
    return " ".join(part for part in (_money_sentence(row), _capaian_sentence(row, tw)) if part)


def _money_sentence(row: Any) -> str:
    if row.serapan is None:
        return ""
    start = f"Serapan {fmt.percent(row.serapan)}"
    if row.rencana is None:
        return f"{start}."
    gap = row.serapan - row.rencana
    if fmt.rounded(gap, 1) == 0:
        return f"{start}, sesuai rencana."
    return f"{start}, {fmt.size_in_points(gap)} di {'atas' if gap > 0 else 'bawah'} rencana."


def _capaian_sentence(row: Any, tw: int) -> str:
    status = Status(row.status)
    if row.capaian is None:
        why = {
            Status.BELUM_LAPOR: "Belum lapor; tidak dihitung sebagai nol.",
            Status.NIHIL: "OPD menyatakan nihil untuk triwulan ini.",
        }
        return why.get(status, f"Belum ada target sampai {fmt.tw(tw)}.")
    just = "baru " if row.deviasi < 0 else ""
    fell = " Turun dua triwulan berturut-turut." if row.turun2 else ""
    return f"Capaian {just}{fmt.percent(row.capaian, 2)}.{fell}"


def _top(close: str) -> html.Div:
    link = html.A("Tutup", href=close, className="panel-tutup", **soft("diam"))
    return html.Div([html.Span("Terpilih"), link], className="panel-atas")


def _about(given: Panel) -> html.P:
    row = given.baris
    words: list[Child] = [LEVEL_WORDS[row.level], f" · {row.kode or row.opd}"]
    for name, href in given.jalan:
        words += [" · ", html.A(name, href=href, **soft("diam"))]
    return html.P(words, className="kecil panel-jalan")


def _status(row: Any) -> html.P:
    since = f" sejak {fmt.period(*row.sejak)}" if row.sejak else None
    return html.P([status_word(Status(row.status)), since], className="panel-status")


def _trend(given: Panel) -> html.Div | None:
    """The line, and for readers without eyes its numbers."""
    points = [Point(deviasi, Status(status or "belum_lapor")) for deviasi, status in given.baris.garis]
    if not any(point.deviasi is not None for point in points):
        return None
    spoken = "; ".join(
        f"{fmt.period(*quarter)} {fmt.points(point.deviasi)}"
        for quarter, point in zip(given.triwulan, points, strict=True)
    )
    now = fmt.with_points(given.baris.deviasi)
    drawn = [html.Span(["Deviasi, 8 triwulan", hidden(f": {spoken}")]), sparkline(points, Span()), html.Strong(now)]
    return html.Div(drawn, className="panel-tren panel-bagian")


def _indicator(row: Any) -> html.Dl | None:
    if row.level != "indikator":
        return None
    unit = f" {row.satuan}" if row.satuan else ""
    pairs = [
        ("Target s.d. triwulan ini", measure_words(row.target, row.target_teks, row.target_atas)),
        ("Realisasi s.d. triwulan ini", measure_words(row.kinerja, row.kinerja_teks)),
    ]
    return html.Dl(
        [html.Div([html.Dt(name), html.Dd(value if value == fmt.NONE else value + unit)]) for name, value in pairs],
        className="fakta panel-bagian",
    )


def _said(title: str, text: str) -> html.Div:
    return html.Div([html.H3(title), html.P(text)], className="panel-bagian panel-kata")


def _quality(given: Panel) -> html.Div:
    words = report_words(given.baris.keadaan, given.baris.hari_terlambat)
    if given.diterima_versi:
        words += f"; diterima pada unggahan ke\u2011{given.diterima_versi}"
    return _said("Mutu laporan OPD", f"{words}.")


def _average(given: Panel) -> html.P | None:
    if given.baris.capaian is None or not given.jumlah_indikator:
        return None
    words = f"Dihitung dari {fmt.whole(given.dihitung)} dari {fmt.whole(given.jumlah_indikator)} indikator."
    if given.tertimbang is not None:
        simple, heavy = fmt.percent(given.baris.capaian, 2), fmt.percent(given.tertimbang, 2)
        words = f"Rata-rata sederhana {simple}; tertimbang pagu {heavy}. {words}"
    return html.P(words, className="kecil panel-bagian")


def _links(given: Panel) -> html.P:
    links = [html.A(word, href=href, **(soft("diam") if gentle else {})) for word, href, gentle in given.tautan]
    return html.P(links, className="tindakan panel-tautan")


def _files(given: Panel) -> html.Div:
    """Down to file, row, time and hash."""
    if given.asal:
        return html.Div(origin_block(given.asal), className="panel-asal")
    places = [_place(one) for one in given.letak]
    body: Child = html.Ul(places, role="list") if places else html.P("Belum ada berkas.", className="kecil")
    return html.Div(
        html.Details([html.Summary(html.H3("Asal angka")), body], className="lipatan", open=True),
        className="panel-asal",
    )


def _place(one: Any) -> html.Li:
    row = f", baris {one.baris}" if one.baris is not None else ""
    column = f", kolom {one.kolom}" if one.kolom else ""
    where = f": {one.nama_berkas}{row}{column} · unggahan ke\u2011{one.nomor}"
    words: list[Child] = [
        html.Strong(one.apa),
        f"{where} · dimuat {fmt.wib(one.dimuat_pada)} · SHA-256 ",
        html.Code(fmt.hash_short(one.sha256), title=one.sha256),
    ]
    return html.Li(words)
