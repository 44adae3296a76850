"""The money section: serapan as one hero number with a bullet per quarter, and Kurva S beside it."""

from decimal import Decimal
from typing import Any, Final

import pandas as pd
from dash import html

from data.words import Status
from pages.parts import formats as fmt
from pages.parts import ids
from pages.parts.bullet import bullet, money_scale
from pages.parts.charts import chart_block, empty, live
from pages.parts.elements import Child, records
from pages.parts.figures import Series, graph, kurva_s_figure
from pages.parts.headline import money_sentence, money_title
from pages.parts.icons import status_word
from pages.parts.kurva import has_values, kurva_s_svg, kurva_table, legend, series_sentence, standing
from pages.parts.section import section

QUARTER_ENDS: Final = {1: 3, 2: 6, 3: 9, 4: 12}
_GRAPH_IDS: Final[dict[Series, str]] = {"keuangan": ids.GRAFIK_KEUANGAN, "fisik": ids.GRAFIK_FISIK}


def status_of(deviasi: Decimal | None, ambang: Decimal = Decimal(-10)) -> Status:
    """The status of a money or fisik figure by its deviation from plan, in points; red below ``ambang``."""
    if deviasi is None:
        return Status.TANPA_TARGET
    if deviasi < ambang:
        return Status.DI_BAWAH
    return Status.PERHATIAN if deviasi < 0 else Status.TERCAPAI


def money_section(kurva: pd.DataFrame, tw: int, source: str, interactive: bool = True) -> html.Section:
    """Title, sentence, Kurva S and serapan from the curve (one row per month)."""
    month = QUARTER_ENDS[tw]
    now, fisik = (standing(kurva, series, month) for series in ("keuangan", "fisik"))
    gap, fisik_gap = (at.deviasi if at else None for at in (now, fisik))
    body = html.Div(
        [kurva_block(kurva, source, interactive), serapan_block(kurva, tw)],
        className="dua-lajur",
    )
    return section(money_title(gap), money_sentence(gap, fisik_gap), body, anchor="uang")


def kurva_block(kurva: pd.DataFrame, source: str, interactive: bool = True) -> html.Figure:
    """Both panels of Kurva S with their sentence, table and source."""
    if not (has_values(kurva, "keuangan") or has_values(kurva, "fisik")):
        return chart_block("kurva-s", "Kurva S", None, empty("Rencana dan realisasi belum dilaporkan."), None, source)
    panels = [_panel(kurva, series, interactive) for series in ("keuangan", "fisik")]
    chart = [html.Div(panels, className="panel-dua"), legend()]
    return chart_block("kurva-s", "Kurva S", _sentence(kurva), chart, kurva_table(kurva), source)


def _sentence(kurva: pd.DataFrame) -> str:
    now = standing(kurva, "keuangan") if len(kurva) else None
    if now is None:
        return "Realisasi keuangan belum dilaporkan."
    return f"Posisi s.d. {fmt.month_short(now.bulan)}: realisasi dibanding rencana."


def _panel(kurva: pd.DataFrame, series: Series, interactive: bool) -> html.Div:
    words = html.P(series_sentence(kurva, series), className="panel-kata")
    if not has_values(kurva, series):
        return html.Div(words)
    drawn = graph(kurva_s_figure(kurva, series), _GRAPH_IDS[series]) if interactive else None
    return html.Div([words, live(kurva_s_svg(kurva, series), drawn)])


def serapan_block(kurva: pd.DataFrame, tw: int) -> html.Div:
    """Serapan so far as hero number, its two amounts, and one bullet row per quarter."""
    now = _month(kurva, QUARTER_ENDS[tw])
    whole = _whole(now)
    head: list[Child] = [
        html.H3("Serapan anggaran"),
        html.P(f"Realisasi dibagi pagu {'yang dilaporkan' if whole else 'setahun'}", className="kecil"),
        html.P(fmt.percent(now.get("realisasi_persen")), className="angka-besar"),
        html.P(f"{fmt.rupiah_short(now.get('realisasi'))} dari {fmt.rupiah_short(now.get('pagu'))}{whole}"),
    ]
    rows = [_quarter_row(kurva, number, tw) for number in QUARTER_ENDS]
    return html.Div(
        [*head, _serapan_head(), html.Ul(rows, className="daftar-serapan", role="list")], className="serapan"
    )


def _whole(now: dict[str, Any]) -> str:
    """The pagu of everybody, said only where the one divided by is that of fewer."""
    pagu, of_all = now.get("pagu"), now.get("pagu_semua")
    if pagu is None or of_all is None or pagu >= of_all:
        return ""
    return f" (pagu seluruhnya {fmt.rupiah_short(of_all)})"


def _serapan_head() -> html.Div:
    names = ("", "% pagu (garis: rencana)", "Serapan", "Poin")
    return html.Div([html.Span(name) for name in names], className="serapan-baris serapan-kepala")


def _quarter_row(kurva: pd.DataFrame, number: int, tw: int) -> html.Li:
    row = _month(kurva, QUARTER_ENDS[number])
    plan, actual = row.get("rak_persen"), row.get("realisasi_persen") if number <= tw else None
    gap = actual - plan if actual is not None and plan is not None else None
    status = status_of(gap) if actual is not None else Status.BELUM_LAPOR
    cells: list[Child] = [
        html.Span(fmt.tw(number)),
        bullet(actual, status, money_scale(plan)),
        html.Strong(fmt.percent(actual)),
        html.Span(fmt.points(gap)),
        status_word(status, size=11)
        if actual is not None or number <= tw
        else html.Span("Setelah periode ini", className="status"),
    ]
    return html.Li(cells, className="serapan-baris")


def _month(kurva: pd.DataFrame, month: int) -> dict[str, Any]:
    return next((row for row in records(kurva) if row["bulan"] == month), {})
