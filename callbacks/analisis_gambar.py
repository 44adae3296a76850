"""The pictures of /analisis: those of the matching OPD, each mark a link that filters or opens; what is chosen in the
grid is marked in them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from dash import html

from callbacks.address import Alamat
from callbacks.analisis_tautan import PANEL, PATH, ROWS, href
from callbacks.lock import penjawab
from callbacks.section import section_once
from callbacks.view import read_coverage, read_view
from data.access import Audiens
from data.analisis.meja import Meja, kind_name, open_desk
from data.analisis.saringan import LEVELS, WORDS, Saringan, read_saringan, to_query
from data.errors import BadParameterError
from data.queries.kinerja import family, opd_history, opd_standings
from data.queries.pemda import calendar
from data.queries.perbandingan import changes, city_contributions, contributions, distribution, quarter_before
from data.queries.uang import kurva_s
from data.words import Level
from pages.parts import ids
from pages.parts.changes import changes_block
from pages.parts.contribution import Induk, contribution_block
from pages.parts.coverage import source_line
from pages.parts.curves import curves_block
from pages.parts.distribution import distribution_block
from pages.parts.elements import records
from pages.parts.heat import heat_block
from pages.parts.kurva import known_until
from pages.parts.scatter import scatter_block
from pages.parts.section import section

READS = tuple(word for word in WORDS if word not in ("buka", "hal", "urut", "kolom"))
QUARTERS = 12
OPD_LEVEL, INDIKATOR_LEVEL = LEVELS.index(Level.OPD.value), len(LEVELS) - 1


@dataclass(frozen=True)
class Terpilih:
    """What is open in the side panel: its OPD, and the node whose money is meant ('' for the OPD itself)."""

    opd: str
    nama: str
    jenis: str
    unit: str
    kode: str
    simpul: str


@dataclass(frozen=True)
class Bahan:
    """What all pictures of one address are drawn from. ``standings``: one row per matching OPD."""

    desk: Meja
    standings: pd.DataFrame
    source: str
    terpilih: Terpilih | None

    @property
    def at(self) -> tuple[int, int]:
        return self.desk.period.tahun, self.desk.period.tw

    def open(self, opd: str, kode: str = "") -> str:
        """The address with this row in the side panel."""
        return href(replace(self.desk.saringan, pilih=f"{opd}|{kode}"), PANEL)


def read_material(address: Alamat) -> Bahan:
    """Raises BadParameterError for words that make no sense."""
    desk, view = open_desk(penjawab().ask, dict(address.query)), read_view(address)
    standings = penjawab().ask(opd_standings, desk.period.tahun, desk.period.tw, desk.aturan)
    inside = standings["opd"].isin(matching_opd(desk))
    source = source_line(read_coverage(view, with_names=False))
    return Bahan(desk, standings[inside].reset_index(drop=True), source, chosen(desk))


def matching_opd(desk: Meja) -> set[str]:
    """The OPD that match themselves; where none does (a filter of indicators, say), those that hold a match."""
    of, match = desk.lembar.rangka, desk.susunan.pilihan.cocok
    own = match & (of.level == OPD_LEVEL)
    return {of.instansi[place].kode for place in set(of.pangkal[own if own.any() else match].tolist())}


def chosen(desk: Meja) -> Terpilih | None:
    of = desk.lembar.rangka
    row = of.find(desk.saringan.pilih) if desk.saringan.pilih else None
    if row is None:
        return None
    if of.level[row] == INDIKATOR_LEVEL:
        row = int(of.induk[row])
    office = of.instansi[int(of.pangkal[row])]
    kode = of.kode[row]
    return Terpilih(office.kode, office.singkat or office.nama, office.jenis, of.unit[row], kode, of.nama[row])


@section_once(ids.ANALISIS_GAMBAR, PATH, Audiens.PIMPINAN, reads=READS)
def draw_scatter(address: Alamat) -> html.Div:
    basis = read_material(address)
    plan = planned_share(basis)
    wanted = basis.desk.saringan

    def corner(words: Mapping[str, str]) -> str:
        return href(merged(wanted, words), ROWS)

    opd = basis.terpilih.opd if basis.terpilih else None
    return html.Div(scatter_block(basis.standings, plan, basis.open, corner, basis.source, opd))


def merged(wanted: Saringan, words: Mapping[str, str]) -> Saringan:
    """The filter with some of its words said anew; limits that contradict them give way (a corner of the scatter below
    the smallest serapan that is asked for, say)."""
    query = {**to_query(wanted), "hal": "1"}
    try:
        return read_saringan({**query, **words})
    except BadParameterError:
        kept = {name: text for name, text in query.items() if not name.endswith(("_min", "_maks"))}
        return read_saringan({**kept, **words})


def planned_share(basis: Bahan) -> Any:
    """The city's planned share of its pagu so far, in percent; None without a plan."""
    tahun, tw = basis.at
    rows = records(penjawab().ask(kurva_s, tahun))
    return next((row["rak_persen"] for row in rows if row["bulan"] == tw * 3), None)


@section_once(ids.ANALISIS_BANDING, PATH, Audiens.PIMPINAN, reads=READS)
def draw_comparisons(address: Alamat) -> html.Div:
    basis = read_material(address)
    pictures = [
        pulled(basis),
        changed(basis),
        spread(basis),
        money(basis),
        heat(basis),
    ]
    whose = basis.terpilih.nama if basis.terpilih else "seluruh kota"
    sentence = f"Dari OPD yang cocok; sumbangan dan Kurva S untuk {whose}. Pilih baris lain untuk menggantinya."
    return html.Div(
        section("Mengapa dan sejak kapan", sentence, html.Div(pictures, className="gambar-banding"), "banding")
    )


def pulled(basis: Bahan) -> html.Figure:
    """Which programs pull the chosen OPD down, or which OPD the city."""
    picked = basis.terpilih
    if picked is None:
        found = penjawab().ask(city_contributions, *basis.at)
        whole = Induk(basis.desk.pemda.nama, sum_of(found), "OPD")
    else:
        found = penjawab().ask(contributions, *basis.at, picked.opd)
        whole = Induk(picked.nama, sum_of(found), "program")
    return contribution_block(found, whole, basis.open, basis.source)


def sum_of(found: pd.DataFrame) -> Any:
    known = [value for value in found["sumbangan"] if value is not None]
    return sum(known) if known else None


def changed(basis: Bahan) -> html.Figure:
    """What moved since the triwulan before: the programs of the chosen OPD, or the matching OPD."""
    before, picked = quarter_before(*basis.at), basis.terpilih
    opds = penjawab().ask(family, picked.opd) if picked else None
    found = penjawab().ask(changes, basis.at, before, opds)
    if picked is None:
        found = found[found["opd"].isin(set(basis.standings["opd"]))].reset_index(drop=True)
    return changes_block(found, basis.at, before, basis.open, basis.source, "program" if picked else "OPD")


def spread(basis: Bahan) -> html.Figure:
    """Where the chosen OPD stands among its like; without one, the kind that most of the matching OPD are of."""
    picked = basis.terpilih
    kinds = basis.standings["jenis"].value_counts()
    jenis = picked.jenis if picked else (str(kinds.index[0]) if len(kinds) else "dinas")
    found = penjawab().ask(distribution, *basis.at, jenis=jenis)
    name = kind_name(jenis) if jenis == "rsud" else kind_name(jenis).lower()
    return distribution_block(found, name, basis.open, basis.source, picked.opd if picked else None)


def money(basis: Bahan) -> html.Figure:
    """Plan and actual of the chosen node, or of the city."""
    picked, (tahun, tw) = basis.terpilih, basis.at
    if picked is None:
        return curves_block(known_until(penjawab().ask(kurva_s, tahun), tw), "kota", basis.source, tw * 3)
    holder = picked.unit if picked.kode else picked.opd
    curve = penjawab().ask(kurva_s, tahun, holder, picked.kode)
    return curves_block(known_until(curve, tw), picked.simpul, basis.source, tw * 3)


def heat(basis: Bahan) -> html.Figure:
    """The matching OPD over the last triwulan; a cell filters to its OPD and triwulan."""
    every = [(period.tahun, period.tw) for period in penjawab().ask(calendar)]
    quarters = [quarter for quarter in every if quarter <= basis.at][-QUARTERS:]
    history = penjawab().ask(opd_history, quarters)
    conditions = replace(basis.desk.saringan.conditions, opd=(), tw_dari=None)
    rest = href(conditions).partition("?")[2]

    def cell(opd: str, quarter: tuple[int, int]) -> str:
        return f"{PATH}?tahun={quarter[0]}&tw={quarter[1]}&opd={opd}{'&' if rest else ''}{rest}#{ROWS}"

    mark = (basis.terpilih.opd, basis.at) if basis.terpilih else None
    return heat_block(basis.standings, history, cell, basis.source, mark)
