"""The page where a chart is chosen for another site: a form, a preview, the code to copy."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dash import html

from pages.parts.elements import Child, attrs
from pages.parts.embed_code import following_code, frame_code, picture_code
from pages.parts.section import section

CHARTS: Final = {
    "kota": "Kota dalam satu kalimat",
    "baris-opd": "Daftar OPD",
    "opd": "Satu OPD",
    "program": "Satu program",
    "kurva-s": "Kurva S keuangan dan fisik",
    "lapor": "Ketepatan lapor",
}
HEIGHTS: Final = {"kota": 420, "baris-opd": 740, "opd": 550, "program": 500, "kurva-s": 530, "lapor": 330}
"""Pixels that hold the chart up to 760 wide; the script makes it fit exactly."""
NEEDS_OPD: Final = ("opd", "program")
THEME_NAMES: Final = {"terang": "Terang", "gelap": "Gelap"}


@dataclass(frozen=True)
class Pilihan:
    """What is chosen; ``pin`` keeps the triwulan for good, else the newest shows."""

    bagan: str
    opd: str | None
    program: str | None
    tema: str
    pin: bool


@dataclass(frozen=True)
class Choices:
    """What can be chosen: OPD and programs as (code, name), the triwulan, and the sites that may embed."""

    opd: Sequence[tuple[str, str]]
    program: Sequence[tuple[str, str]]
    period: str
    situs: Sequence[str]


def embed_choice(chosen: Pilihan, choices: Choices, site: str, place: str, picture: str) -> html.Div:
    """``place`` and ``picture``: addresses of the embed and its PNG on this site."""
    title, high = CHARTS[chosen.bagan], HEIGHTS[chosen.bagan]
    address = f"{site}{place}"
    codes = [
        ("Mengikuti tinggi isi (disarankan)", following_code(address, title, high, site)),
        ("Bingkai saja, tanpa skrip", frame_code(address, title, high)),
        ("Gambar", picture_code(f"{site}{picture}", title, address)),
        ("Tautan", address),
    ]
    preview = html.Iframe(src=place, title=f"Pratinjau: {title}", height=str(high), className="pratinjau-sematan")
    sites = "situs mana pun" if "*" in choices.situs else ", ".join(choices.situs) or "situs ini saja"
    return html.Div(
        [
            html.H1("Sematkan bagan di situs Anda."),
            html.P("Tanpa cookie, tanpa JavaScript, dan selalu mengikuti data terbaru.", className="pengantar"),
            _form(chosen, choices),
            section("Pratinjau", title, [preview], "pratinjau"),
            section("Kode untuk disalin", f"Boleh disematkan oleh: {sites}.", [_box(*code) for code in codes], "kode"),
        ],
        className="sematkan",
    )


def _form(chosen: Pilihan, choices: Choices) -> html.Form:
    """A plain form: works without scripts, and the address says what is shown."""
    fields: list[Child] = [
        _select("bagan", "Bagan", list(CHARTS.items()), chosen.bagan),
        _select("tema", "Warna", list(THEME_NAMES.items()), chosen.tema),
    ]
    if chosen.bagan in NEEDS_OPD:
        fields.append(_select("opd", "OPD", choices.opd, chosen.opd))
    if chosen.bagan == "kurva-s":
        fields.append(_select("opd", "OPD", [("", "Seluruh kota"), *choices.opd], chosen.opd or ""))
    if chosen.bagan == "program":
        fields.append(_select("program", "Program", choices.program, chosen.program))
    pin = [("", "Selalu yang terbaru"), ("ya", f"Tetap {choices.period}")]
    fields.append(_select("pin", "Periode", pin, "ya" if chosen.pin else ""))
    fields.append(html.Button("Tampilkan", type="submit", className="tombol"))
    return html.Form(fields, method="get", action="/sematan", className="pilih-bagan")


def _select(name: str, words: str, options: Sequence[tuple[str, str]], chosen: str | None) -> html.Label:
    drawn = [html.Option(label, value=value, selected=value == chosen) for value, label in options]
    return html.Label([html.Span(words), html.Select(drawn, name=name)])


def _box(words: str, code: str) -> html.Div:
    lines = code.count("\n") + 2
    area = html.Textarea(code, readOnly="readonly", rows=lines, spellCheck="false", **attrs(aria_label=words))
    button = html.Button("Salin", type="button", className="tombol tombol-garis", **attrs(data_salin=code))
    return html.Div([html.H3(words), area, button], className="salin-kode")
