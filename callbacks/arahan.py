"""Instructions beside the figures they are about: the block of one place, and the marks in lists. Read anew each time,
because an answer of an OPD changes no figure; what shows them is remembered by ``data.queries.arahan.stirring`` too."""

from dataclasses import replace

import pandas as pd
from dash import html

from callbacks.drill import Telusur
from callbacks.langsung import ask_now
from callbacks.lock import penjawab
from callbacks.view import Pandangan
from data.arahan import today_wib
from data.queries.arahan import about_place, figure_at, open_by_opd, open_places, place_names, steps
from data.queries.kinerja import family
from data.words import Status
from pages.parts import formats as fmt
from pages.parts.drill import DrillColumn, Item
from pages.parts.elements import Child, records
from pages.parts.icons import status_word
from pages.parts.instruction import Langkah, as_instruction, as_step, opens_sentence, place_name
from pages.parts.instruction_block import Tempat, instruction_block


def draw_instructions(
    view: Pandangan, opd: str, node: str = "", indikator: str = "", head: Child = None
) -> html.Section:
    """The block of one place; ``opd`` is the OPD or unit that holds it, ``head`` what stands above the instructions."""
    place = (opd, node, indikator)
    found = records(ask_now(about_place, view.at, view.period.dibuka, place, today_wib()))
    taken: dict[int, list[Langkah]] = {}
    if found:
        for row in records(ask_now(steps, [row["nomor"] for row in found])):
            taken.setdefault(row["nomor"], []).append(as_step(row))
    return instruction_block(Tempat(*view.at, *place), [as_instruction(row) for row in found], taken, head)


def drill_instructions(view: Pandangan, drill: Telusur) -> html.Section | None:
    """The block of the place where one stands in the drill; of a node with its figure. None for the whole city."""
    if drill.opd is None:
        return None
    if drill.indikator is not None:
        data = drill.indikator.data
        return draw_instructions(view, data["opd"], data["node"], data["kode"])
    node = drill.path[-1]["kode"] if drill.path else ""
    place = drill.place if node else drill.opd
    return draw_instructions(view, place, node, head=_figure(view, place, node))


def _figure(view: Pandangan, opd: str, node: str) -> html.P | None:
    """The name of the place and its figure: what the instructions are about."""
    found = penjawab().ask(figure_at, *view.at, opd, node, "")
    if not found:
        return None
    names = penjawab().ask(place_names, view.period.tahun, (opd, node, ""))
    name = place_name({**names, "node": node, "indikator": ""}) or names["opd_nama"]
    number = html.Strong(fmt.percent(found["capaian"]))
    return html.P([f"{name}: ", number, " ", status_word(Status(found["status"]), size=13)], className="arahan-angka")


def mark_instructions(standings: pd.DataFrame) -> pd.DataFrame:
    """The same rows (one per OPD) with ``arahan_terbuka``, how many instructions are open, and ``arahan``, that in
    words; "" for none."""
    found = ask_now(open_by_opd, today_wib())
    counts = [found.get(opd, (0, 0)) for opd in standings["opd"]]
    return standings.assign(arahan=[opens_sentence(*one) for one in counts], arahan_terbuka=[one[0] for one in counts])


def mark_columns(drill: Telusur) -> None:
    """Write beside each item of the drill how many open instructions it has, those beneath it included."""
    by_opd = ask_now(open_by_opd, today_wib())
    inside = ask_now(open_places, penjawab().ask(family, drill.opd)) if drill.opd is not None else []
    drill.columns = [_marked(column, by_opd, inside) for column in drill.columns]


def _marked(column: DrillColumn, by_opd: dict[str, tuple[int, int]], inside: list[tuple[str, str]]) -> DrillColumn:
    def count(item: Item) -> int:
        if column.jenis == "opd":
            return by_opd.get(item.kode, (0, 0))[0]
        if column.jenis == "indikator":
            return sum(indikator == item.kode for _, indikator in inside)
        # The national codes name their parents: 1.03.10.2.01 lies beneath 1.03.10.
        return sum(node == item.kode or node.startswith(f"{item.kode}.") for node, _ in inside)

    return replace(column, items=[replace(item, arahan=count(item)) for item in column.items])
