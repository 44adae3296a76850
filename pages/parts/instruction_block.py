"""The block "Arahan dan jawaban OPD" of one place: what was asked and what the OPD says, beside the red figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dash import html

from data.words import KeadaanArahan
from pages.parts import formats as fmt
from pages.parts.elements import Child, address
from pages.parts.instruction import PATH, Arahan, Langkah, facts_line, quoted

TITLE = "Arahan dan jawaban OPD"
SHOWN_STEPS = 2


@dataclass(frozen=True)
class Tempat:
    """Which place of the plan: an OPD or unit, a node, an indicator; looked at in one triwulan."""

    tahun: int
    tw: int
    opd: str
    node: str = ""
    indikator: str = ""

    @property
    def href(self) -> str:
        """Where an instruction on this very place is written."""
        given = {"tahun": self.tahun, "tw": self.tw, "opd": self.opd}
        return address(f"{PATH}/baru", {**given, "node": self.node or None, "indikator": self.indikator or None})


def instruction_block(
    tempat: Tempat, rows: Sequence[Arahan], steps: Mapping[int, Sequence[Langkah]], head: Child = None
) -> html.Section:
    """``steps``: those of each instruction by its number, oldest first; ``head``: the figure, where the block stands by
    itself."""
    now = (tempat.tahun, tempat.tw)
    shown = [html.Li(_one(one, steps.get(one.nomor, ()), now)) for one in rows]
    body: Child = html.Ul(shown, role="list") if shown else html.P("Belum ada arahan di sini.", className="kecil")
    give = html.P(html.A("Beri arahan", href=tempat.href, className="tombol tombol-garis"))
    return html.Section([html.H3(TITLE, className="kepala-arahan"), head, body, give], className="arahan-blok")


def _one(one: Arahan, steps: Sequence[Langkah], now: tuple[int, int]) -> html.Div:
    last = [quoted(step.isi, step.nama, step.pada, step.tindakan) for step in steps[-SHOWN_STEPS:]]
    silent = one.keadaan == KeadaanArahan.BARU
    words = html.P("OPD belum menjawab.", className="kecil") if silent else None
    more = f"Seluruh riwayat ({fmt.whole(len(steps) + 1)} langkah)" if len(steps) > SHOWN_STEPS else "Buka arahan ini"
    return html.Div(
        [
            html.P(facts_line(one, now), className="arahan-fakta"),
            quoted(one.isi, one.pemberi, one.pada),
            html.Div(last, className="jawaban-opd") if last else words,
            html.A(more, href=one.href, className="tautan"),
        ]
    )
