"""Coverage: how many have reported, and the two times that every number carries."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from dash import html

from pages.parts import formats as fmt
from pages.parts.elements import Children


class Coverage(Protocol):
    """What a view's numbers rest on. ``missing`` is None while the names are not public."""

    @property
    def pemda_nama(self) -> str: ...
    @property
    def tahun(self) -> int: ...
    @property
    def tw(self) -> int: ...
    @property
    def expected(self) -> int: ...
    @property
    def received(self) -> int: ...
    @property
    def on_time(self) -> int: ...
    @property
    def late(self) -> int: ...
    @property
    def missing(self) -> Sequence[str] | None: ...
    @property
    def data_per(self) -> date | None: ...
    @property
    def dimuat(self) -> datetime | None: ...
    @property
    def dikunci(self) -> datetime | None: ...
    @property
    def contoh(self) -> bool: ...


def share_of_opd(coverage: Coverage) -> str:
    """``47 dari 50 OPD``."""
    return f"{fmt.whole(coverage.received)} dari {fmt.opd(coverage.expected)}"


def unreported(coverage: Coverage) -> int:
    return max(coverage.expected - coverage.received, 0)


def source_line(coverage: Coverage, source: str | None = None) -> str:
    """The line under a chart: source, coverage, the two times, and the sample label."""
    parts = [
        f"Sumber: {source or 'laporan OPD'} s.d. {fmt.period(coverage.tahun, coverage.tw)}, {share_of_opd(coverage)}.",
        f"Data per {fmt.tanggal(coverage.data_per)}, dimuat {fmt.wib(coverage.dimuat)}.",
        "Data contoh." if coverage.contoh else "",
    ]
    return " ".join(part for part in parts if part)


def coverage_list(coverage: Coverage, links: Children = None) -> html.Div:
    """Cakupan, Data per, Dimuat as a small definition list, with the view's actions beside it."""
    pairs = [
        ("Cakupan", f"{share_of_opd(coverage)} sudah melapor"),
        ("Data per", fmt.tanggal(coverage.data_per)),
        ("Dimuat", fmt.wib(coverage.dimuat)),
    ]
    facts = html.Dl([html.Div([html.Dt(name), html.Dd(value)]) for name, value in pairs], className="fakta")
    return html.Div([facts, html.Div(links, className="tindakan") if links else None], className="cakupan")


def sample_tag(contoh: bool) -> html.Span | None:
    return html.Span("Data contoh", className="contoh") if contoh else None


def report_sentence(coverage: Coverage) -> str:
    """``44 tepat waktu, 3 terlambat, 3 belum diterima.``"""
    return f"{coverage.on_time} tepat waktu, {coverage.late} terlambat, {unreported(coverage)} belum diterima."
