"""The page /arahan/baru: an instruction is written, with what it is about already filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dash import html

from pages.parts import formats as fmt
from pages.parts.elements import Child
from pages.parts.forms import choice, error_line, field, form, hidden, long_text, submit
from pages.parts.icons import status_word
from pages.parts.instruction import LONGEST, PATH
from pages.parts.instruction_one import BACK, Kedudukan

HINT: Final = "Satu hal yang harus dikerjakan, dengan hasil yang ditunggu. OPD membaca kalimat ini apa adanya."


@dataclass(frozen=True)
class Sasaran:
    """What the instruction will be about, by name; ``opd`` is "" while the OPD must still be chosen."""

    tahun: int
    tw: int
    opd: str = ""
    node: str = ""
    indikator: str = ""
    opd_nama: str = ""
    jenis: str = "OPD"
    tentang: str = ""
    kini: Kedudukan | None = None


def blank_page(
    sasaran: Sasaran,
    pilihan: Sequence[tuple[str, str]],
    isian: Mapping[str, str],
    csrf: str,
    galat: str | None = None,
) -> html.Div:
    """The whole page. ``pilihan``: the OPD to choose from (code, name); ``isian``: kata and tenggat as typed."""
    given = {"tahun": sasaran.tahun, "tw": sasaran.tw, "node": sasaran.node, "indikator": sasaran.indikator}
    kept: list[Child] = [hidden(name, str(value)) for name, value in given.items()]
    where: Child = hidden("opd", sasaran.opd)
    if not sasaran.opd:
        where = choice("Untuk OPD", "opd", [("", "Pilih OPD"), *pilihan], isian.get("opd", ""))
    text = long_text("Arahan", "kata", isian.get("kata", ""), hint=HINT, rows=5, maxLength=str(LONGEST), required=True)
    due = field("Tenggat", "tenggat", hint="Boleh dikosongkan.", type="date", value=isian.get("tenggat", ""))
    deed = form(PATH, csrf, [*kept, where, text, due, submit("Beri arahan")], class_name="lajur-lebar")
    parts = [
        html.P(html.A(BACK, href=PATH), className="kembali"),
        html.H1(f"Beri arahan: {sasaran.tentang or sasaran.opd_nama}" if sasaran.opd else "Beri arahan"),
        html.P(_lead(sasaran), className="pengantar arahan-fakta"),
        error_line(galat),
        deed,
    ]
    return html.Div(parts, className="kelola arahan")


def _lead(sasaran: Sasaran) -> list[Child]:
    period = fmt.period(sasaran.tahun, sasaran.tw)
    if not sasaran.opd:
        return [f"Untuk satu OPD, {period}. Untuk program atau indikator, buka angkanya di halaman pimpinan."]
    where = f"{sasaran.jenis}, {sasaran.opd_nama}" if sasaran.tentang else sasaran.jenis
    now = sasaran.kini
    figure: Child = None
    if now is not None:
        figure = html.Span([f"capaian {fmt.percent(now.capaian)} ", status_word(now.status, size=12)])
    return [html.Span(f"{where}, s.d. {period}"), figure]
