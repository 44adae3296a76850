"""Choosing year and quarter: plain links, so that every period has its own address."""

from collections.abc import Mapping, Sequence

from dash import html

from pages.parts import formats as fmt
from pages.parts.elements import Child, address, attrs, soft

Period = tuple[int, int]


def period_nav(
    base_path: str,
    tahun: int,
    tw: int,
    available: Sequence[Period],
    query: Mapping[str, object | None] | None = None,
    notes: Mapping[Period, str] | None = None,
) -> html.Nav:
    """Years behind one button, quarters as tabs; what is not available is text, with its note if there is one."""
    kept = dict(query or {})
    tabs = [
        html.Li(_tab(base_path, (tahun, number), number == tw, available, kept, (notes or {}).get((tahun, number))))
        for number in (1, 2, 3, 4)
    ]
    return html.Nav(
        [_years(base_path, tahun, tw, available, kept), html.Ul(tabs, role="list")],
        className="periode",
        **attrs(aria_label="Periode"),
    )


def _tab(
    path: str,
    period: Period,
    current: bool,
    available: Sequence[Period],
    kept: dict[str, object | None],
    note: str | None,
) -> Child:
    word = fmt.tw(period[1])
    if period not in available and not current:
        return html.Span(
            [word, html.Small(f" · {note}") if note else None], className="tak-ada", title=note or "belum ada laporan"
        )
    link = address(path, {**kept, "tahun": period[0], "tw": period[1]})
    return html.A(word, href=link, **soft("diam"), **attrs(aria_current="page" if current else None))


def _years(path: str, tahun: int, tw: int, available: Sequence[Period], kept: dict[str, object | None]) -> Child:
    years = sorted({year for year, _ in available} | {tahun}, reverse=True)
    if len(years) == 1:
        return html.Span(["Tahun ", html.Strong(str(tahun))], className="tahun-satu")
    links = [html.Li(_year(path, year, tahun, tw, available, kept)) for year in years]
    return html.Details(
        [html.Summary(f"Tahun{fmt.NBSP}{tahun}"), html.Ul(links, role="list")],
        className="pilih",
        **attrs(data_tutup="luar"),
    )


def _year(
    path: str, year: int, tahun: int, tw: int, available: Sequence[Period], kept: dict[str, object | None]
) -> html.A:
    quarter = tw if (year, tw) in available else max((number for at, number in available if at == year), default=tw)
    link = address(path, {**kept, "tahun": year, "tw": quarter})
    return html.A(str(year), href=link, **soft("diam"), **attrs(aria_current="page" if year == tahun else None))


def period_line(
    base_path: str,
    tahun: int,
    tw: int,
    available: Sequence[Period],
    dimuat: str,
    query: Mapping[str, object | None] | None = None,
) -> html.Div:
    """The phone form: one button with the period, and when the data was loaded (``dimuat`` in words)."""
    links = [
        html.Li(_any(base_path, period, (tahun, tw), dict(query or {}))) for period in sorted(available, reverse=True)
    ]
    word = html.Summary(f"s.d. {fmt.period(tahun, tw)}")
    pick = html.Details([word, html.Ul(links, role="list")], className="pilih", **attrs(data_tutup="luar"))
    return html.Div([pick, html.Span(f"dimuat {dimuat}", className="dimuat")], className="periode-baris")


def _any(path: str, period: Period, current: Period, kept: dict[str, object | None]) -> html.A:
    link = address(path, {**kept, "tahun": period[0], "tw": period[1]})
    return html.A(
        fmt.period(*period), href=link, **soft("diam"), **attrs(aria_current="page" if period == current else None)
    )
