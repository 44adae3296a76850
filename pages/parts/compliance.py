""" "Siapa lapor": the sentence, what is not in, the rates of each triwulan and quality beside them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Protocol

import pandas as pd
from dash import html

from pages.parts import formats as fmt
from pages.parts.compliance_marks import TROUBLE, Tanda, icon_of, is_inside, mark_of, spoken
from pages.parts.elements import Child, Children, listed, records, soft
from pages.parts.headline import short_name
from pages.parts.section import section
from pages.parts.tables import Column, Table, table

HABITS: Final = "Yang rajin dan yang membaik"
NOT_IN: Final = (Tanda.BELUM, Tanda.DIKEMBALIKAN, Tanda.PERPANJANGAN, Tanda.DITUNGGU)


class Laju(Protocol):
    """The reporting rates of one triwulan; ``sekali_jadi`` is None where no version tells."""

    @property
    def tahun(self) -> int: ...
    @property
    def tw(self) -> int: ...
    @property
    def diharapkan(self) -> int: ...
    @property
    def diterima(self) -> int: ...
    @property
    def tepat_waktu(self) -> int: ...
    @property
    def terlambat(self) -> int: ...
    @property
    def belum(self) -> int: ...
    @property
    def sekali_jadi(self) -> int | None: ...
    @property
    def dinilai(self) -> int: ...
    @property
    def dikoreksi(self) -> int: ...
    @property
    def menunggu(self) -> int: ...
    @property
    def dikembalikan(self) -> int: ...


def share(part: int, whole: int) -> str:
    """``94,0 %``; "–" of nothing."""
    return fmt.percent(fmt.rounded(part * 1000, 0) / whole / 10) if whole else fmt.NONE


def headline(laju: Laju) -> str:
    """``47 dari 50 laporan TW III 2026 sudah diterima.``"""
    name = fmt.period(laju.tahun, laju.tw)
    if not laju.diharapkan:
        return f"Tidak ada OPD yang wajib lapor untuk {name}."
    if not laju.diterima:
        return f"Belum ada laporan {name} yang diterima."
    return f"{laju.diterima} dari {laju.diharapkan} laporan {name} sudah diterima."


def lede(laju: Laju) -> str:
    """On time and late, then what moves: waiting and returned."""
    on_time = f"{laju.tepat_waktu} tepat waktu ({share(laju.tepat_waktu, laju.diharapkan)})"
    return f"{on_time}, {laju.terlambat} terlambat, {laju.belum} belum diterima. {in_motion(laju)}".strip()


def in_motion(laju: Laju) -> str:
    """``2 menunggu verifikasi, 1 dikembalikan.``; "" when neither."""
    parts = [
        f"{laju.menunggu} menunggu verifikasi" if laju.menunggu else "",
        f"{laju.dikembalikan} dikembalikan" if laju.dikembalikan else "",
    ]
    words = ", ".join(part for part in parts if part)
    return f"{words}." if words else ""


def public_line(expected: int, received: int, on_time: int, tahun: int, tw: int) -> str:
    """What the public reads of punctuality: counts alone, never a name."""
    start = f"Ketepatan lapor {fmt.period(tahun, tw)}: {fmt.whole(received)} dari {fmt.opd(expected)} melapor"
    return f"{start}, {share(on_time, expected)} tepat waktu."


def head_section(laju: Laju, nav: Children, rows: pd.DataFrame, href_for: Callable[[str], str]) -> html.Div:
    """The finding, then the reports that are not in (rows of the grid for the chosen triwulan)."""
    outside = [row for row in records(rows) if not is_inside(row) and mark_of(row) in NOT_IN]
    silent = sorted((row for row in outside if row["wajib"] or row["keadaan"]), key=_worst)
    items = [html.Li(_missing(row, href_for(str(row["opd"])))) for row in silent]
    body: Child = html.Ul(items, role="list", className="belum-masuk") if items else None
    sentence = "Yang paling lama lewat batas di atas." if len(items) > 1 and silent[0]["lewat"] else None
    if not items:
        sentence = "Semua laporan yang wajib sudah diterima."
    parts: list[Child] = [
        html.H1(headline(laju)),
        html.P(lede(laju), className="pengantar"),
        section("Belum diterima", sentence, body, "belum-diterima"),
    ]
    return html.Div([*listed(nav), *parts], className="kepatuhan-kepala")


def _worst(row: Mapping[str, Any]) -> tuple[int, int]:
    return TROUBLE.index(mark_of(row)), -int(row["lewat"])


def _missing(row: Mapping[str, Any], href: str) -> html.A:
    words = html.Span([icon_of(mark_of(row), 14), spoken(row)], className="belum-kata")
    return html.A([html.Span(str(row["nama"])), words], href=href, className="jalan", **soft("diam"))


def rates_section(rates: Sequence[Laju], source: str) -> html.Section:
    """DHIS2's four rates per triwulan, newest first, and quality in the same rows."""
    columns = [
        Column("Triwulan", False),
        *(Column(name) for name in ("Diharapkan", "Diterima", "% diterima", "Tepat waktu", "% tepat waktu")),
        *(Column(name) for name in ("Sekali jadi", "Dikoreksi")),
    ]
    lines = [_rate_row(laju) for laju in reversed(rates)]
    content = Table("Laporan diharapkan, diterima, dan tepat waktu per triwulan", columns, lines)
    body: list[Child] = [table(content, "tabel-laju"), _how(rates[-1]), html.P(source, className="sumber")]
    return section("Tepat waktu dan benar", rates_sentence(rates), body, "laju")


def _rate_row(laju: Laju) -> list[str]:
    return [
        fmt.period(laju.tahun, laju.tw),
        fmt.whole(laju.diharapkan),
        fmt.whole(laju.diterima),
        share(laju.diterima, laju.diharapkan),
        fmt.whole(laju.tepat_waktu),
        share(laju.tepat_waktu, laju.diharapkan),
        first_try(laju),
        fmt.whole(laju.dikoreksi) if laju.dinilai else fmt.NONE,
    ]


def first_try(laju: Laju) -> str:
    """``80,0 % (4 dari 5)``; "–" where no version tells."""
    if laju.sekali_jadi is None:
        return fmt.NONE
    return f"{share(laju.sekali_jadi, laju.dinilai)} ({laju.sekali_jadi} dari {laju.dinilai})"


def rates_sentence(rates: Sequence[Laju]) -> str:
    """The newest rate on time beside the one a year before, if there is one."""
    now = rates[-1]
    start = f"{fmt.period(now.tahun, now.tw)}: {share(now.tepat_waktu, now.diharapkan)} tepat waktu"
    before = next((one for one in rates if (one.tahun, one.tw) == (now.tahun - 1, now.tw)), None)
    if before is None or not before.diharapkan:
        return f"{start}."
    return f"{start}, setahun sebelumnya {share(before.tepat_waktu, before.diharapkan)}."


def _how(laju: Laju) -> html.Details:
    """ "Cara menghitung" with the newest row's own numbers."""
    steps = [
        f"% diterima = diterima ÷ diharapkan × 100 = {laju.diterima} ÷ {laju.diharapkan} × 100 = "
        f"{share(laju.diterima, laju.diharapkan)}",
        f"% tepat waktu = tepat waktu ÷ diharapkan × 100 = {laju.tepat_waktu} ÷ {laju.diharapkan} × 100 = "
        f"{share(laju.tepat_waktu, laju.diharapkan)}",
        "Diharapkan: OPD yang punya rencana tahun itu, kecuali Bappeda menetapkan lain.",
        "Diterima: sudah dikirim dan tidak dikembalikan, termasuk yang menunggu verifikasi.",
        "Sekali jadi: diterima tanpa pernah dikembalikan. Dikoreksi: diganti sesudah diterima. "
        "Tanda – berarti riwayat kirimannya tidak tercatat.",
    ]
    word = html.Summary(f"Cara menghitung {fmt.period(laju.tahun, laju.tw)}")
    return html.Details([word, html.Ul([html.Li(step) for step in steps], className="kecil")], className="lihat")


def habits_section(
    streaks: pd.DataFrame, improved: pd.DataFrame, quarters: int, href_for: Callable[[str], str]
) -> html.Section:
    """Who has been on time on end, and whose reports came nearer to it. Words are about reports."""
    if quarters < 2:
        return section(HABITS, "Kebiasaan terlihat setelah dua triwulan.", None, "rajin")
    steady = [row for row in records(streaks) if row["berturut"] >= quarters]
    title = f"{quarters}{fmt.NBSP}triwulan berturut-turut tepat waktu"
    body = html.Div(
        [
            _column(title, [_plain(row, href_for) for row in steady], "Belum ada OPD yang selalu tepat waktu."),
            _column(
                "Paling membaik",
                [_better(row, href_for) for row in records(improved)[:5]],
                "Belum ada yang membaik, atau datanya belum cukup.",
                "Rata-rata hari terlambat, empat triwulan terakhir dibanding empat sebelumnya.",
            ),
        ],
        className="rajin",
    )
    return section(HABITS, habits_sentence(len(steady), quarters), body, "rajin")


def habits_sentence(count: int, quarters: int) -> str:
    return f"Laporan {fmt.opd(count)} selalu tepat waktu dalam {quarters}{fmt.NBSP}triwulan terakhir."


def _column(title: str, items: Sequence[html.Li], nothing: str, note: str | None = None) -> html.Div:
    names = html.Ul(list(items), role="list", className=None if note else "rajin-nama")
    body: Child = names if items else html.P(nothing, className="kecil")
    return html.Div([html.H3(title), html.P(note, className="kecil") if note else None, body])


def _plain(row: Mapping[str, Any], href_for: Callable[[str], str]) -> html.Li:
    return html.Li(html.A(short_name(row), href=href_for(str(row["opd"])), **soft("diam")))


def _better(row: Mapping[str, Any], href_for: Callable[[str], str]) -> html.Li:
    before, after = (fmt.decimal_id(fmt.rounded(int(row[name] * 100), 0) / 100, 1) for name in ("sebelum", "sesudah"))
    name = html.A(short_name(row), href=href_for(str(row["opd"])), **soft("diam"))
    return html.Li([name, html.Span(f"{before} → {days_word(after)}")])


def days_word(text: str) -> str:
    return f"{text}{fmt.NBSP}hari"
