"""The public page /sematan: choose a chart, see it as others will, copy the code."""

from dash import html
from flask import current_app

from callbacks.address import Alamat
from callbacks.lock import penjawab
from callbacks.section import section
from callbacks.view import read_standings, read_view
from data.access import Audiens
from data.errors import BadParameterError
from data.queries.kinerja import family, nodes_of_level
from data.words import Level
from pages.parts import formats as fmt
from pages.parts import ids
from pages.parts.elements import address as join
from pages.parts.elements import records
from pages.parts.embed_canvas import TERANG, THEMES
from pages.parts.embed_choice import CHARTS, NEEDS_OPD, Choices, Pilihan, embed_choice
from pages.parts.headline import short_name

PATH = "/sematan"
READS = ("tahun", "tw", "opd", "program", "bagan", "tema", "pin")


@section(ids.SEMATAN, PATH, Audiens.PUBLIK, utama=True, reads=READS)
def draw_choice(address: Alamat) -> html.Div:
    view = read_view(address)
    chosen = read_choice(address)
    offices = [
        (row["opd"], short_name(row))
        for row in records(read_standings(view))
        if row["status"] != "belum_lapor" or view.diam.told(row["opd"])
    ]
    opd = chosen.opd if chosen.opd in dict(offices) else (offices[0][0] if offices else None)
    programs: list[tuple[str, str]] = []
    if chosen.bagan == "program" and opd is not None:
        opds = penjawab().ask(family, opd)
        nodes = penjawab().ask(nodes_of_level, *view.at, opds, [Level.PROGRAM], view.aturan)
        programs = [(row["kode"], row["nama"]) for row in records(nodes)]
    program = chosen.program if chosen.program in dict(programs) else (programs[0][0] if programs else None)
    wanted = {
        "opd": opd if chosen.bagan in NEEDS_OPD or (chosen.bagan == "kurva-s" and chosen.opd) else None,
        "program": program if chosen.bagan == "program" else None,
        "tahun": view.period.tahun if chosen.pin else None,
        "tw": view.period.tw if chosen.pin else None,
        "tema": chosen.tema if chosen.tema != TERANG else None,
    }
    site = current_app.config["ALAMAT_PUBLIK"]
    place = join(f"/sematan/{chosen.bagan}", wanted)
    picture = join(f"/sematan/{chosen.bagan}.png", wanted)
    choices = Choices(offices, programs, fmt.period(*view.at), current_app.config["SETELAN"].sematan)
    return embed_choice(Pilihan(chosen.bagan, opd, program, chosen.tema, chosen.pin), choices, site, place, picture)


def read_choice(address: Alamat) -> Pilihan:
    """What the address chooses. Raises BadParameterError for a chart or theme that is none."""
    bagan, tema = address.get("bagan") or "kota", address.get("tema") or TERANG
    if bagan not in CHARTS:
        raise BadParameterError(f"Bagan '{bagan}' tidak ada. Pilih: {', '.join(CHARTS)}.")
    if tema not in THEMES:
        raise BadParameterError(f"Tema '{tema}' tidak ada. Pilih: {', '.join(THEMES)}.")
    return Pilihan(bagan, address.get("opd"), address.get("program"), tema, address.get("pin") == "ya")
