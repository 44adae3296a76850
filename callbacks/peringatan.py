"""The page /analisis/peringatan: what is going wrong by which rule and since when, and where the year may end."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from dash import html

from callbacks.address import Alamat
from callbacks.lock import penjawab
from callbacks.section import PERIOD, section
from callbacks.view import Pandangan, read_coverage, read_standings, read_view
from data.access import Audiens
from data.errors import BadParameterError, NotFoundError
from data.formulas.peringatan import HUNDRED, INDIKATOR
from data.queries.peringatan import warnings
from data.queries.proyeksi import projections, uji_proyeksi
from data.words import Level, Peringatan
from pages.parts import ids
from pages.parts.coverage import source_line
from pages.parts.elements import address as join
from pages.parts.elements import records
from pages.parts.headline import short_name
from pages.parts.period import period_nav
from pages.parts.warning import Saringan, warning_head, warning_list
from pages.parts.warning_projection import Saat, projection_section

PATH = "/analisis/peringatan"
DRILL = "/pimpinan"
DESK = "/analisis"
CHOICE = (*PERIOD, "opd", "aturan")
RUNG = {Level.PROGRAM: "program", Level.SUB_KEGIATAN: "sub", INDIKATOR: "indikator"}


def read_choice(address: Alamat, view: Pandangan) -> Saringan:
    """Raises BadParameterError for an unknown rule, NotFoundError for an unknown OPD."""
    rows = records(read_standings(view))
    opd, rule = address.get("opd"), address.get("aturan")
    if rule is not None and rule not in tuple(Peringatan):
        raise BadParameterError(f"Aturan {rule[:20]} tidak ada. Yang tersedia: {', '.join(Peringatan)}.")
    if opd is not None and opd not in {row["opd"] for row in rows}:
        raise NotFoundError("OPD dengan kode ini tidak ada. Pilih dari daftar OPD.")
    names = [(row["opd"], short_name(row)) for row in rows]
    return Saringan(PATH, *view.at, opd, Peringatan(rule) if rule else None, names)


def read_warnings(view: Pandangan, choice: Saringan) -> pd.DataFrame:
    """The warnings of the chosen triwulan that the filter lets through."""
    found = penjawab().ask(warnings, *view.at, view.aturan)
    keep = pd.Series(True, index=found.index)
    if choice.opd is not None:
        keep &= found["opd"] == choice.opd
    if choice.aturan is not None:
        keep &= found["aturan"] == choice.aturan
    return found[keep].reset_index(drop=True)


@section(ids.PERINGATAN_KEPALA, PATH, Audiens.PIMPINAN, utama=True, reads=CHOICE)
def draw_head(address: Alamat) -> html.Div:
    view = read_view(address)
    choice = read_choice(address, view)
    available = [(period.tahun, period.tw) for period in view.periods]
    nav = period_nav(PATH, *view.at, available, {"opd": choice.opd, "aturan": choice.aturan})
    return warning_head(read_warnings(view, choice), choice, nav)


@section(ids.PERINGATAN_DAFTAR, PATH, Audiens.PIMPINAN, reads=CHOICE)
def draw_list(address: Alamat) -> html.Div:
    view = read_view(address)
    choice = read_choice(address, view)

    def links(row: Mapping[str, Any]) -> tuple[str, str]:
        return drill_href(view, row), join(DESK, {**_at(view), "pilih": f"{row['unit']}|{row['kode']}"})

    found = read_warnings(view, choice)
    source = source_line(read_coverage(view, with_names=False))
    return html.Div(warning_list(found, choice, view.aturan.urutan_peringatan, view.aturan, links, source))


def drill_href(view: Pandangan, row: Mapping[str, Any]) -> str:
    """The row's place in the leaders' drill."""
    unit = None if row["unit"] == row["opd"] else row["unit"]
    deeper = {RUNG[row["level"]]: row["kode"], "unit": unit} if row["level"] in RUNG else {}
    return join(DRILL, {**_at(view), "opd": row["opd"], **deeper}, "telusur")


@section(ids.PERINGATAN_PROYEKSI, PATH, Audiens.PIMPINAN, reads=CHOICE)
def draw_projection(address: Alamat) -> html.Div:
    """Only the OPD filter cuts it: a projection belongs to no rule."""
    view = read_view(address)
    choice = read_choice(address, view)
    found = penjawab().ask(projections, *view.at, view.aturan)
    if choice.opd is not None:
        found = found[found["opd"] == choice.opd].reset_index(drop=True)
    tests = penjawab().ask(uji_proyeksi, view.period.tahun, view.aturan)
    source = source_line(read_coverage(view, with_names=False))
    at = Saat(*view.at, HUNDRED + view.aturan.ambang_perhatian, source)
    hrefs = {row["opd"]: join(DRILL, {**_at(view), "opd": row["opd"]}, "telusur") for row in records(found)}
    return html.Div(projection_section(found, tests, at, hrefs))


def _at(view: Pandangan) -> dict[str, Any]:
    return {"tahun": view.period.tahun, "tw": view.period.tw}
