"""The text of /metodologi: formulas, scale, settings in force, words, freshness."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html

from data.words import STATUS_ORDER, Status
from pages.parts.coverage import Coverage, coverage_list
from pages.parts.icons import status_word
from pages.parts.rows import GROUP_NOTES
from pages.parts.section import section
from pages.parts.tables import Column, Table, table


@dataclass(frozen=True)
class Setting:
    """One setting in force: what it is, its value in words, since when or by which rule."""

    nama: str
    nilai: str
    dasar: str


FORMULAS = (
    ("Capaian, arah naik", "realisasi ÷ target × 100", "Makin besar makin baik."),
    (
        "Capaian, arah turun",
        "(2 × target − realisasi) ÷ target × 100",
        "Makin kecil makin baik. Dapat diganti target ÷ realisasi.",
    ),
    ("Capaian, rentang", "di dalam rentang = 100", "Di atasnya dihitung turun, di bawahnya dihitung naik."),
    ("Deviasi", "capaian − 100", "Dalam poin, terhadap target s.d. periode."),
    ("Rata-rata OPD", "rata-rata program, dari rata-rata indikator", "Capaian di atas 100 dihitung 100."),
    ("Serapan", "realisasi ÷ pagu × 100", "Rencana dari anggaran kas (RAK)."),
    ("Deviasi uang dan fisik", "realisasi − rencana", "Dalam poin, kumulatif per bulan."),
)
WORDS = (
    ("OPD", "Organisasi perangkat daerah: dinas, badan, kecamatan, sekretariat, inspektorat, RSUD."),
    ("Indikator", "Ukuran hasil, dengan satuan, target, dan arah."),
    ("Pagu", "Batas anggaran setahun."),
    ("Triwulan (TW)", "Periode tiga bulan. Kinerja dilaporkan per triwulan, uang dan fisik per bulan."),
    ("s.d. TW", "Sampai dengan triwulan itu, sejak Januari."),
    ("Nihil", "OPD menyatakan tidak ada yang dilaporkan. Bukan nol dan bukan kosong."),
    ("–", "Belum dilaporkan atau tanpa target. Tidak dihitung sebagai nol."),
)


def methodology(coverage: Coverage | None, settings: Sequence[Setting], scale: Sequence[tuple[str, str]]) -> html.Div:
    """The whole page. ``scale``: pairs of interval and predikat in force; ``settings``: what this city has chosen."""
    parts = [
        html.H1("Metodologi"),
        html.P("Cara setiap angka dihitung, dan aturan yang berlaku sekarang.", className="pengantar"),
        coverage_list(coverage) if coverage is not None else None,
        section(
            "Rumus", "Capaian s.d. periode membandingkan realisasi dan target sampai periode itu.", _formulas(), "rumus"
        ),
        section("Status", "Status membaca deviasi dari target s.d. periode.", _statuses(), "status"),
        section("Predikat", "Permendagri 86/2017.", table(_scale(scale)), "predikat"),
        section(
            "Pengaturan yang berlaku",
            "Dapat diubah admin; tiap perubahan dicatat.",
            table(_settings(settings)),
            "pengaturan",
        ),
        section("Kata", None, _words(), "kata"),
    ]
    return html.Div(parts, className="metodologi")


def _formulas() -> html.Dl:
    rows = [
        html.Div([html.Dt(name), html.Dd([html.Span(rule, className="rumus-kata"), html.Small(note)])])
        for name, rule, note in FORMULAS
    ]
    return html.Dl(rows, className="arti")


def _statuses() -> html.Ul:
    order: tuple[Status, ...] = STATUS_ORDER
    rows = [html.Li([status_word(status), html.Span(GROUP_NOTES[status])]) for status in order]
    return html.Ul(rows, role="list", className="arti-status")


def _scale(scale: Sequence[tuple[str, str]]) -> Table:
    return Table(
        "Skala predikat", [Column("Capaian", False), Column("Predikat", False)], [list(pair) for pair in scale]
    )


def _settings(settings: Sequence[Setting]) -> Table:
    columns = [Column("Pengaturan", False), Column("Nilai", False), Column("Dasar", False)]
    return Table("Pengaturan", columns, [[item.nama, item.nilai, item.dasar] for item in settings])


def _words() -> html.Dl:
    return html.Dl([html.Div([html.Dt(word), html.Dd(meaning)]) for word, meaning in WORDS], className="arti")
