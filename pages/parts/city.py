"""The public page's first screen and its list, composed."""

import pandas as pd
from dash import html

from data.words import Status
from pages.parts import formats as fmt
from pages.parts.compute import Line
from pages.parts.coverage import Coverage, coverage_list, source_line, unreported
from pages.parts.elements import Child, Children, records
from pages.parts.headline import (
    city_sentence,
    counted,
    counts_of,
    excused,
    incomplete,
    lede,
    rows_sentence,
    short_name,
    worst_opd,
)
from pages.parts.marks import marks
from pages.parts.messages import incomplete_notice
from pages.parts.opd import standings_table
from pages.parts.rows import opd_rows
from pages.parts.section import section
from pages.parts.tables import twin


def city_head(
    standings: pd.DataFrame, coverage: Coverage, worst_href: str | None = None, links: Children = None
) -> html.Div:
    """The finding, the marks, the coverage; from standings (one row per OPD)."""
    counts = counts_of(standings)
    parts: list[Child] = [
        html.H1(city_sentence(counts, coverage.tahun, coverage.tw)),
        html.P(lede(standings, worst_href), className="pengantar"),
        marks(counts),
        coverage_list(coverage, links),
    ]
    return html.Div(parts, className="judul-kota")


def opd_section(
    standings: pd.DataFrame, history: pd.DataFrame, coverage: Coverage, side: Children = None
) -> html.Section:
    """ "OPD mana yang tertinggal?": the warning of an incomplete total, the rows, their table, their source."""
    left_out, missing = excused(standings), unreported(coverage)
    listed = counts_of(standings)[Status.BELUM_LAPOR]
    body: list[Child] = [
        incomplete_notice(incomplete(missing, missing - listed)),
        opd_rows(counted(standings), history, coverage.tahun, coverage.tw),
        html.P(left_out, className="kecil") if left_out else None,
        twin(standings_table(standings)),
        html.P(source_line(coverage), className="sumber"),
    ]
    return section("OPD mana yang tertinggal?", rows_sentence(standings), body, "opd", side)


def city_lines(standings: pd.DataFrame, pagu: int | None, realisasi: int | None) -> list[Line]:
    """The inputs of "Cara menghitung" for the public page."""
    counts, rows = counts_of(standings), records(standings)
    left = sum(int(row.get("tanpa_target") or 0) + int(row.get("belum_lapor") or 0) for row in rows)
    total = sum(int(row.get("jumlah_indikator") or 0) for row in rows)
    lines = [Line("OPD mencapai target", "deviasi ≥ 0", fmt.opd(counts[Status.TERCAPAI]))]
    worst = worst_opd(standings)
    if worst is not None:
        name, made = short_name(worst), fmt.percent(worst["capaian"])
        lines.append(Line(f"Deviasi, contoh {name}", f"capaian {made} − 100", fmt.with_points(worst["deviasi"])))
    lines.append(
        Line("Pagu seluruh OPD", "jumlah pagu sub kegiatan", fmt.rupiah_full(sum(int(r["pagu"]) for r in rows)))
    )
    if pagu and realisasi is not None:
        share = fmt.percent(fmt.rounded(realisasi, 0) / pagu * 100)
        lines.append(Line("Serapan kota", f"{fmt.rupiah_short(realisasi)} ÷ {fmt.rupiah_short(pagu)} × 100", share))
    lines.append(Line("Tidak ikut dihitung", _left_out(counts[Status.BELUM_LAPOR], left, total), fmt.NONE))
    return lines


def _left_out(silent: int, left: int, total: int) -> str:
    return f"{fmt.opd(silent)} belum melapor; {fmt.whole(left)} dari {fmt.whole(total)} indikator tanpa capaian"
