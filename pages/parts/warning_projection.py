"""The projection to the year's end: today, "Proyeksi" and its range per OPD, how it is made, how wrong it was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import pandas as pd
from dash import html
from dash.development.base_component import Component

from pages.parts import formats as fmt
from pages.parts.charts import empty
from pages.parts.elements import MUTE, Child, Children, records, soft, svg
from pages.parts.listing import listing
from pages.parts.section import section
from pages.parts.tables import Column, Table, table

WIDTH: Final = 160
HEIGHT: Final = 22
FIRST: Final = 8
MEASURES: Final = {"capaian": "Capaian", "serapan": "Serapan"}
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Saat:
    """The quarter a projection starts from, the limit of "di bawah target" (percent), and the page's source line."""

    tahun: int
    tw: int
    batas: Decimal
    sumber: str


def projection_section(found: pd.DataFrame, tests: pd.DataFrame, at: Saat, hrefs: Mapping[str, str]) -> html.Section:
    """``found``: one row per OPD; ``tests``: the back-test, one row per measure × starting quarter; ``hrefs``: the
    OPD's place on the page it leads to."""
    name = f"Proyeksi akhir {at.tahun}"
    rows = [row for row in records(found) if any(row[f"{measure}_proyeksi"] is not None for measure in MEASURES)]
    tested = _tested(records(tests), at)
    if at.tw == 4:
        return section(name, f"Tahun {at.tahun} sudah lengkap: tidak ada yang diproyeksikan.", tested, "proyeksi")
    if not rows:
        words = empty("Riwayat tahun-tahun lalu belum cukup untuk membuat proyeksi.")
        return section(name, None, words, "proyeksi")
    rows.sort(key=lambda row: (row["capaian_proyeksi"] is None, row["capaian_proyeksi"] or 0, row["opd"]))
    body: list[Child] = [
        _rows(rows[:FIRST], at, hrefs, f"Proyeksi akhir {at.tahun} per OPD, terendah dahulu"),
        _rest(rows[FIRST:], at, hrefs),
        html.P(_left_out(len(found) - len(rows), at), className="sumber"),
        _how(rows[0], at),
        *tested,
    ]
    return section(name, _sentence(rows, at), body, "proyeksi")


def _sentence(rows: Sequence[Row], at: Saat) -> str:
    """How many end below target even at the top of their range."""
    sure = [row for row in rows if row["capaian_atas"] is not None and row["capaian_atas"] < at.batas]
    limit = fmt.percent(at.batas, 0)
    if not sure:
        return f"Proyeksi: tidak ada OPD yang seluruh rentangnya di bawah {limit}."
    return f"Proyeksi: {fmt.opd(len(sure))} berakhir di bawah {limit} meski pada ujung atas rentangnya."


def _left_out(count: int, at: Saat) -> str:
    silent = f" {fmt.opd(count)} tanpa proyeksi: belum ada angka s.d. {fmt.period(at.tahun, at.tw)}." if count else ""
    marks = f"Lingkaran: sekarang, titik: proyeksi, pita: rentangnya, garis tegak: 100{fmt.NBSP}%."
    return f"Proyeksi adalah perkiraan, bukan laporan. {marks}{silent} {at.sumber}"


def _rest(rows: Sequence[Row], at: Saat, hrefs: Mapping[str, str]) -> html.Details | None:
    if not rows:
        return None
    word = html.Summary(f"Tampilkan {fmt.opd(len(rows))} lainnya", className="tombol tombol-garis")
    return html.Details([word, _rows(rows, at, hrefs, f"Proyeksi akhir {at.tahun}, OPD lainnya")], className="lainnya")


def _rows(rows: Sequence[Row], at: Saat, hrefs: Mapping[str, str], caption: str) -> html.Table:
    until, end = fmt.tw(at.tw), f"TW{fmt.NBSP}IV"
    axes = {measure: axis_of(rows, measure) for measure in MEASURES}
    columns = ["OPD"]
    for measure, name in MEASURES.items():
        axis = f"{axes[measure].low}–{axes[measure].high}{fmt.NBSP}%"
        columns += [f"{name} s.d. {until}", f"Proyeksi {name.lower()} {end}", f"Rentang proyeksi, {axis}"]
    drawn: list[list[Children]] = [
        [_name(row, hrefs), *(cell for measure, axis in axes.items() for cell in _cells(row, measure, axis))]
        for row in rows
    ]
    return listing(caption, columns, drawn, "tabel-proyeksi")


@dataclass(frozen=True)
class Sumbu:
    """The axis that the intervals of one list share, in whole percent."""

    low: int
    high: int

    def x(self, value: Decimal) -> float:
        """Where a percent stands; outside the axis on its edge."""
        held = min(max(value, Decimal(self.low)), Decimal(self.high))
        return round(5 + float(held - self.low) / (self.high - self.low) * (WIDTH - 10), 1)


def axis_of(rows: Sequence[Row], measure: str) -> Sumbu:
    """From the ten below the least value to 100, or to the ten above the greatest: places, not bars, so it need not
    begin at 0."""
    names = (measure, *(f"{measure}_{part}" for part in ("proyeksi", "bawah", "atas")))
    seen = [row[name] for row in rows for name in names if row[name] is not None]
    low = min(int(min(seen, default=Decimal(0))) // 10 * 10, 90)
    return Sumbu(low, max(-(-int(max(seen, default=Decimal(0))) // 10) * 10, 100))


def _name(row: Row, hrefs: Mapping[str, str]) -> Child:
    return html.A(str(row["nama"]), href=hrefs[row["opd"]], **soft())


def _cells(row: Row, measure: str, axis: Sumbu) -> list[Children]:
    now, made = row[measure], row[f"{measure}_proyeksi"]
    low, high = row[f"{measure}_bawah"], row[f"{measure}_atas"]
    if made is None:
        return [fmt.percent(now), fmt.NONE, fmt.NONE]
    span: Children = "menurut RAK, tanpa rentang"
    if low is not None and high is not None:
        span = html.Span([interval(now, made, low, high, axis), html.Span(_span(low, high))], className="rentang")
    return [fmt.percent(now), html.Strong(fmt.percent(made)), span]


def _span(low: Decimal, high: Decimal) -> str:
    """``76,4 sampai 82,7 %``; one number when the limit of 100 has cut both ends."""
    return (
        fmt.percent(high)
        if fmt.rounded(low, 1) == fmt.rounded(high, 1)
        else f"{fmt.decimal_id(low, 1)} sampai {fmt.percent(high)}"
    )


def interval(now: Decimal, made: Decimal, low: Decimal, high: Decimal, axis: Sumbu) -> Component:
    """Today (ring), the projection (disc) and its range (band); the upright line is 100 percent."""
    middle = HEIGHT / 2
    start, end = axis.x(low), axis.x(high)
    drawn: Component = svg.Svg(
        [
            svg.Path(d=f"M0 {middle}H{WIDTH}", className="r-sumbu"),
            svg.Path(d=f"M{axis.x(Decimal(100))} 3V{HEIGHT - 3}", className="r-target"),
            svg.Path(d=f"M{start} {middle}H{max(end, start + 1)}", className="r-rentang"),
            svg.Circle(cx=str(axis.x(now)), cy=str(middle), r="4.5", className="r-kini"),
            svg.Circle(cx=str(axis.x(made)), cy=str(middle), r="3", className="r-proyeksi"),
        ],
        width=str(WIDTH),
        height=str(HEIGHT),
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        className="r-gambar",
        **MUTE,
    )
    return drawn


def _how(row: Row, at: Saat) -> html.Details:
    """ "Cara menghitung" with the first row's own numbers."""
    steps = [_worked(row, measure, at) for measure in MEASURES if row[f"{measure}_proyeksi"] is not None]
    note = (
        f"Pengali: nilai tengah dari TW{fmt.NBSP}IV ÷ {fmt.tw(at.tw)} pada tahun lalu, dalam kelompok OPD sejenis. "
        "Rentang: dari sepersepuluh sampai sembilan persepuluh pengali itu, jadi memuat 8 dari 10 kejadian lalu. "
        f"Hasil dibatasi 0 sampai 100{fmt.NBSP}%. "
        "Kurang dari 8 kejadian: pengali dari RAK (serapan), atau tanpa proyeksi."
    )
    body = html.Div(
        [*(html.P(step, className="rumus-angka") for step in steps), html.P(note, className="kecil")], className="rumus"
    )
    return html.Details([html.Summary(f"Cara menghitung {row['nama']}"), body], className="lihat")


def _worked(row: Row, measure: str, at: Saat) -> str:
    """``Serapan: 41,72 % × 1,683 = 70,22 % (44 kejadian lalu; rentang 69,81 sampai 70,64 %)``."""
    now, made = (fmt.percent(row[name], 2) for name in (measure, f"{measure}_proyeksi"))
    start = f"{MEASURES[measure]}: {now} × {fmt.decimal_id(row[f'{measure}_kali'], 3)} = {made}"
    if row[f"{measure}_bawah"] is None:
        return f"{start} (pengali dari RAK)"
    low, high = fmt.decimal_id(row[f"{measure}_bawah"]), fmt.percent(row[f"{measure}_atas"], 2)
    return f"{start} ({row[f'{measure}_kasus']} kejadian lalu; rentang {low} sampai {high})"


def _tested(tests: Sequence[Row], at: Saat) -> list[Child]:
    """How wrong the same method was in past years."""
    if not tests:
        return [html.P("Belum dapat diuji: perlu dua tahun lengkap sebelum tahun ini.", className="kecil")]
    columns = [
        Column("Dari", False),
        *(Column(name) for name in ("Kejadian", "Meleset", "Garis lurus", "Tetap", "Di dalam rentang")),
    ]
    lines = [
        [
            f"{MEASURES[row['ukuran']]} {fmt.tw(row['tw'])}",
            fmt.whole(row["kasus"]),
            _points(row["galat"]),
            _points(row["galat_lurus"]),
            _points(row["galat_tetap"]),
            fmt.percent(row["cakupan"], 0),
        ]
        for row in tests
    ]
    years = tests[0]["tahun"]
    caption = f"Meleset rata-rata dari TW{fmt.NBSP}IV {years}, poin"
    return [
        html.H3("Seberapa tepat proyeksi ini?"),
        html.P(error_words(tests, at), className="kecil"),
        table(Table(caption, columns, lines), "tabel-uji"),
        html.P("Garis lurus: laju sejauh ini diteruskan. Tetap: sama seperti sekarang. Rentang dibuat untuk memuat 80"
               f"{fmt.NBSP}%.", className="sumber"),
    ]  # fmt: skip


def _points(value: Decimal | None) -> str:
    return fmt.NONE if value is None else fmt.decimal_id(value, 2)


def error_words(tests: Sequence[Row], at: Saat) -> str:
    """The error from the chosen quarter, and whether guessing "same as now" would have been as good."""
    start = min(at.tw, 3)
    said = []
    for row in tests:
        if row["tw"] != start:
            continue
        name = MEASURES[row["ukuran"]].lower()
        words = f"Proyeksi {name} dari {fmt.tw(start)} meleset rata-rata {fmt.size_in_points(row['galat'], 2)}"
        naive = fmt.rounded(row["galat_tetap"], 2) <= fmt.rounded(row["galat"], 2)
        said.append(f"{words}; menebak “tetap seperti sekarang” tidak lebih buruk." if naive else f"{words}.")
    return " ".join(said)
