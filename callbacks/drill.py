"""Where one stands in the drill of /pimpinan, read from the address: OPD › program › kegiatan › … › indikator.

An address may name any depth alone (only ``indikator``, say): the way to it is looked up.
"""

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from callbacks.address import Alamat
from callbacks.lock import penjawab
from callbacks.view import Pandangan, read_standings
from data.errors import NotFoundError
from data.queries.indikator import Rincian, indicators_of_node, open_indicator
from data.queries.kinerja import children, family, nodes_of_level, path_to_node
from data.words import Level, Status
from pages.parts import formats as fmt
from pages.parts.drill import Crumb, DrillColumn, Item, node_column, opd_column
from pages.parts.elements import address as join
from pages.parts.elements import records

TOPS = [Level.PROGRAM, Level.SASARAN]


@dataclass
class Telusur:
    """The drill as it stands: its columns, the path, and the opened indicator if there is one."""

    view: Pandangan
    page: str
    opd: str | None
    unit: str | None
    path: list[dict[str, str]] = field(default_factory=list)
    indikator: Rincian | None = None
    columns: list[DrillColumn] = field(default_factory=list)
    crumbs: list[Crumb] = field(default_factory=list)

    def href(self, **deeper: str | None) -> str:
        """The address of this page at a depth; what is None is left out."""
        at = {"tahun": self.view.period.tahun, "tw": self.view.period.tw, "opd": self.opd, **deeper}
        return join(self.page, at, "telusur")

    def chosen(self, level: Level) -> str | None:
        return next((step["kode"] for step in self.path if step["level"] == level), None)

    @property
    def place(self) -> str:
        """The OPD or unit that holds the chosen node."""
        return self.unit or self.opd or ""

    @property
    def top(self) -> str | None:
        return self.chosen(Level.PROGRAM) or self.chosen(Level.SASARAN)


def read_drill(view: Pandangan, address: Alamat, page: str) -> Telusur:
    """Raises NotFoundError for codes that are not there."""
    standings = read_standings(view)
    drill = Telusur(view, page, address.get("opd"), None)
    if drill.opd is not None:
        _find_place(drill, address, standings)
    drill.columns = [opd_column(standings, drill.opd, lambda opd: _at_opd(drill, opd))]
    if drill.opd is not None:
        _add_columns(drill)
    drill.crumbs = _crumbs(drill, standings)
    return drill


def _at_opd(drill: Telusur, opd: str) -> str:
    at = {"tahun": drill.view.period.tahun, "tw": drill.view.period.tw, "opd": opd}
    return join(drill.page, at, "telusur")


def _find_place(drill: Telusur, address: Alamat, standings: pd.DataFrame) -> None:
    ask, tahun = penjawab().ask, drill.view.period.tahun
    assert drill.opd is not None
    roots = set(standings["opd"])
    members = ask(family, drill.opd)
    if drill.opd not in roots:
        raise NotFoundError("OPD dengan kode ini tidak ada. Pilih dari daftar OPD.")
    unit = address.get("unit")
    if unit is not None and unit not in members:
        raise NotFoundError("Unit dengan kode ini tidak ada pada OPD ini. Pilih dari daftar.")
    places = [unit] if unit else members
    node = address.get("sub") or address.get("kegiatan") or address.get("program")
    if address.get("indikator"):
        kode = str(address.get("indikator"))
        found = [ask(open_indicator, tahun, place, kode, drill.view.aturan) for place in places]
        drill.indikator = next((one for one in found if one is not None), None)
        if drill.indikator is None:
            raise NotFoundError("Indikator dengan kode ini tidak ada pada OPD dan tahun ini. Pilih dari daftar.")
        node, places = drill.indikator.data["node"], [drill.indikator.data["opd"]]
    if node is not None:
        paths = [(place, ask(path_to_node, tahun, place, node)) for place in places]
        drill.unit, drill.path = next(((place, path) for place, path in paths if path), (None, []))
        if not drill.path:
            raise NotFoundError("Program atau kegiatan dengan kode ini tidak ada pada OPD dan tahun ini.")


def _add_columns(drill: Telusur) -> None:
    ask, view = penjawab().ask, drill.view
    assert drill.opd is not None
    programs = ask(nodes_of_level, *view.at, ask(family, drill.opd), TOPS, view.aturan)
    places = dict(zip(programs["kode"], programs["opd"], strict=True))
    column = node_column(
        "Program", programs, drill.top, lambda kode: drill.href(program=kode, unit=_unit(drill, places[kode]))
    )
    drill.columns.append(column)
    if drill.top is None:
        return
    items = _kegiatan_items(drill)
    if items:
        drill.columns.append(DrillColumn("Kegiatan › sub kegiatan, capaian %", items, on_phone=True))
    own = ask(indicators_of_node, *view.at, drill.place, drill.path[-1]["kode"], view.aturan, False)
    opened = drill.indikator.data["kode"] if drill.indikator is not None else None
    if not own.empty or not items:
        drill.columns.append(
            node_column("Indikator", own, opened, lambda kode: drill.href(indikator=kode, unit=_unit(drill)))
        )


def _unit(drill: Telusur, place: str | None = None) -> str | None:
    """The unit parameter: only named when it is not the OPD itself."""
    unit = place or drill.unit
    return None if unit == drill.opd else unit


def _kegiatan_items(drill: Telusur) -> list[Item]:
    """Kegiatan of the chosen program; beneath the chosen one, indented, its sub kegiatan."""
    items: list[Item] = []
    chosen, sub = drill.chosen(Level.KEGIATAN), drill.chosen(Level.SUB_KEGIATAN)
    for row in _children(drill, str(drill.top), Level.KEGIATAN):
        here = row["kode"] == chosen
        items.append(_item(row, drill.href(kegiatan=row["kode"], unit=_unit(drill)), here and sub is None))
        if here:
            items += [
                _item(below, drill.href(sub=below["kode"], unit=_unit(drill)), below["kode"] == sub, inner=True)
                for below in _children(drill, row["kode"], Level.SUB_KEGIATAN)
            ]
    return items


def _children(drill: Telusur, induk: str, level: Level) -> list[dict[str, Any]]:
    view = drill.view
    found = penjawab().ask(children, *view.at, drill.place, induk, level, view.aturan)
    return sorted(records(found), key=lambda row: (row["capaian"] is None, row["capaian"] or 0, row["kode"]))


def _item(row: dict[str, Any], href: str, selected: bool, inner: bool = False) -> Item:
    value, status = fmt.decimal_id(row["capaian"]), Status(row["status"])
    return Item(str(row["nama"]), value, status, href, None, selected, inner, row["kode"])


def _crumbs(drill: Telusur, standings: pd.DataFrame) -> list[Crumb]:
    at = {"tahun": drill.view.period.tahun, "tw": drill.view.period.tw}
    crumbs = [Crumb("Kota", join(drill.page, at, "telusur"))]
    if drill.opd is None:
        return crumbs
    row = standings[standings["opd"] == drill.opd].iloc[0]
    crumbs.append(Crumb(row["singkat"] or row["nama"], _at_opd(drill, drill.opd)))
    names = {Level.PROGRAM: "program", Level.SASARAN: "program", Level.KEGIATAN: "kegiatan", Level.SUB_KEGIATAN: "sub"}
    for step in drill.path:
        if Level(step["level"]) in names:
            deeper = {names[Level(step["level"])]: step["kode"], "unit": _unit(drill)}
            crumbs.append(Crumb(step["nama"], drill.href(**deeper)))
    if drill.indikator is not None:
        crumbs.append(Crumb(str(drill.indikator.data["nama"])))
    return crumbs
