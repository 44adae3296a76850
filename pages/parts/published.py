"""Figures a government has published, beside what our formulas make of the same inputs."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html

from pages.parts.elements import Child
from pages.parts.section import section
from pages.parts.tables import Column, Table, table


@dataclass(frozen=True)
class Published:
    """One printed figure with its inputs as printed, our figure, and where it was read."""

    indikator: str
    target: str
    realisasi: str
    tercetak: str
    dihitung: str
    sumber: str
    alamat: str


def published_section(rows: Sequence[Published], errors: Sequence[tuple[str, str, str, str]]) -> html.Section:
    """The figures, the errors of the publication (name, printed, ours, why), and the sources as links."""
    names = ("Indikator", "Target", "Realisasi", "Tercetak, %", "Dihitung, %")
    lines = [[row.indikator, row.target, row.realisasi, row.tercetak, row.dihitung] for row in rows]
    wrong = [list(error) for error in errors]
    wrong_names = ("Angka", "Tercetak", "Seharusnya", "Sebabnya")
    sources = dict.fromkeys((row.sumber, row.alamat) for row in rows)
    body: list[Child] = [
        table(Table("Angka terbitan", [Column(name, place > 0) for place, name in enumerate(names)], lines)),
        html.H3("Kesalahan dalam terbitan"),
        table(
            Table(
                "Kesalahan terbitan", [Column(name, place in (1, 2)) for place, name in enumerate(wrong_names)], wrong
            )
        ),
        html.P("Sumber:", className="kecil"),
        html.Ul([html.Li(html.A(name, href=href, rel="noopener")) for name, href in sources], className="kecil"),
    ]
    sentence = "Angka nyata dari laporan kinerja Kota Palembang 2015–2018, bukan data contoh, dihitung ulang di sini."
    return section("Angka yang pernah terbit", sentence, body, "terbitan")
