"""The page /kelola/jejak: who did what and when, with filters, the state of the chain, and the same rows as CSV."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from dash import html

from data.words import ACTION_NAMES, ROLE_NAMES
from pages.parts import formats as fmt
from pages.parts.account import device_words
from pages.parts.elements import Child, address, attrs
from pages.parts.forms import Input, Option, Select, error_line, form, hidden, submit
from pages.parts.listing import listing
from pages.parts.messages import message
from pages.parts.tables import FORMULA_STARTS

PATH: Final = "/kelola/jejak"
COLUMNS: Final = ("Tindakan", "Nomor", "Waktu", "Pelaku", "Objek", "Rincian", "Alamat")
CSV_COLUMNS: Final = (
    "nomor", "waktu", "pelaku", "peran", "opd", "alamat", "tindakan", "objek", "rincian", "sebelum", "hash",
)  # fmt: skip
_ACTIONS: Final = {action.value: words for action, words in ACTION_NAMES.items()}
_ROLES: Final = {role.value: words for role, words in ROLE_NAMES.items()}


@dataclass(frozen=True)
class Catatan:
    """One event: who, what, and the details as a mapping."""

    nomor: int
    waktu: datetime
    pelaku: str
    peran: str
    opd: str
    alamat: str
    tindakan: str
    objek: str
    rincian: Mapping[str, Any]


@dataclass(frozen=True)
class HasilPeriksa:
    """The chain, just checked: rows up to the head, and the broken one, if any, with what is wrong."""

    nomor: int
    putus: int | None = None
    sebab: str = ""


@dataclass(frozen=True)
class Saring:
    """The filter as the address says it, the OPD to choose from, and whether this is a page of older rows."""

    query: Mapping[str, str]
    opd: Sequence[tuple[str, str]]
    lama: bool = False


def trail_page(
    rows: Sequence[Catatan],
    saring: Saring,
    csrf: str,
    jumlah: int,
    lebih_lama: int | None = None,
    periksa: HasilPeriksa | None = None,
    galat: str | None = None,
) -> html.Div:
    """The whole page. ``jumlah``: rows of the whole trail; ``lebih_lama``: the number the next page begins below."""
    parts = [
        html.Div([_headline(jumlah), _export(saring, csrf)], className="kelola-kepala"),
        _chain(periksa),
        _filters(saring),
        error_line(galat),
        _rows(rows, saring, lebih_lama) if galat is None else None,
    ]
    return html.Div(parts, className="kelola")


def trail_table(rows: Sequence[Catatan], names: Mapping[str, str], caption: str = "Jejak audit") -> html.Table:
    """One row per event. ``names``: OPD names by code."""
    return listing(caption, COLUMNS, [_cells(row, names) for row in rows], "tabel-jejak")


def details_text(rincian: Mapping[str, Any]) -> str:
    """The details in one line: ``cara: sandi · perangkat: Chrome di Android``."""
    told = ((name, _said(name, value)) for name, value in rincian.items() if value not in (None, "", []))
    return " · ".join(f"{name.replace('_', ' ')}: {words}" for name, words in told)


def to_csv(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The rows as CSV, in pieces; a text that a spreadsheet would run as a formula is written as text."""
    yield _line(CSV_COLUMNS)
    for row in rows:
        yield _line([_neutral(_text(row[name])) for name in CSV_COLUMNS])


def _headline(jumlah: int) -> html.Div:
    lead = "Catatan hanya bertambah. Tiap baris dikunci oleh baris sebelumnya, sehingga perubahan ketahuan."
    title = f"{fmt.whole(jumlah)} tindakan tercatat" if jumlah else "Belum ada tindakan tercatat"
    return html.Div([html.H1(title), html.P(lead, className="pengantar")])


def _export(saring: Saring, csrf: str) -> html.Form:
    given = [hidden(name, value) for name, value in saring.query.items()]
    return form(f"{PATH}.csv", csrf, [*given, submit("Unduh CSV", quiet=True)])


def _chain(found: HasilPeriksa | None) -> html.Div:
    if found is None:
        words: Child = html.Span("Rantai belum diperiksa pada kunjungan ini.")
        link = html.A("Periksa rantai", href=address(PATH, {"periksa": 1}))
        return html.Div([words, link], className="rantai", id="rantai")
    if found.putus is None:
        words = html.Strong(f"Rantai utuh sampai nomor {fmt.whole(found.nomor)}.")
        return html.Div(words, className="rantai rantai-utuh", id="rantai", role="status")
    words = html.Strong(f"Rantai putus pada nomor {fmt.whole(found.putus)}: {found.sebab}.")
    note = html.Span("Bandingkan dengan log server dan cadangan; jangan hapus apa pun.")
    return html.Div([words, note], className="rantai rantai-putus", id="rantai", role="alert")


def _filters(saring: Saring) -> html.Form:
    said = saring.query
    actions = [("", "Semua"), *_ACTIONS.items()]
    parts: list[Child] = [
        _box("Pelaku", "pelaku", Input(id="pelaku", name="pelaku", type="text", value=said.get("pelaku", ""),
                                       autocapitalize="none", spellcheck="false", maxLength="80")),
        pick("Tindakan", "tindakan", actions, said.get("tindakan", "")),
        pick("OPD", "opd", [("", "Semua"), *saring.opd], said.get("opd", "")),
        _box("Dari", "dari", Input(id="dari", name="dari", type="date", value=said.get("dari", ""))),
        _box("Sampai", "sampai", Input(id="sampai", name="sampai", type="date", value=said.get("sampai", ""))),
        filter_buttons(PATH, bool(said)),
    ]  # fmt: skip
    return html.Form(parts, method="get", action=PATH, className="saring", **attrs(aria_label="Saring jejak"))


def pick(label: str, name: str, options: Sequence[tuple[str, str]], value: str) -> html.Div:
    """A list to filter by."""
    inside = [Option(words, value=key, **({"selected": True} if key == value else {})) for key, words in options]
    return _box(label, name, Select(inside, id=name, name=name))


def filter_buttons(path: str, is_set: bool) -> html.Div:
    clear: Child = html.A("Hapus saringan", href=path) if is_set else None
    return html.Div([submit("Saring", quiet=True), clear], className="saring-kirim")


def _box(label: str, name: str, inside: Child) -> html.Div:
    return html.Div([html.Label(label, htmlFor=name), inside], className="saring-butir")


def _rows(rows: Sequence[Catatan], saring: Saring, older: int | None) -> html.Div:
    if not rows:
        return message("Tidak ada yang cocok.", "Tidak ada catatan untuk saringan ini.", "Hapus saringan", PATH, 2)
    link = html.A("Lebih lama", href=address(PATH, {**saring.query, "sebelum": older})) if older else None
    first = html.A("Ke yang terbaru", href=address(PATH, saring.query)) if saring.lama else None
    named = attrs(aria_label="Halaman jejak")
    pages = html.Nav([first, link], className="tindakan", **named) if older or saring.lama else None
    span = f"Nomor {fmt.whole(rows[0].nomor)} sampai {fmt.whole(rows[-1].nomor)}, waktu dalam WIB."
    return html.Div([trail_table(rows, dict(saring.opd)), html.P(span, className="sumber"), pages])


def _cells(row: Catatan, names: Mapping[str, str]) -> list[Any]:
    role, opd = _ROLES.get(row.peran, row.peran), names.get(row.opd, row.opd)
    office = " · ".join(part for part in (role, opd) if part)
    return [
        _ACTIONS.get(row.tindakan, row.tindakan),
        fmt.whole(row.nomor),
        fmt.wib(row.waktu),
        html.Span([html.Strong(row.pelaku), html.Small(office) if office else None]),
        row.objek or fmt.NONE,
        details_text(row.rincian) or fmt.NONE,
        row.alamat or fmt.NONE,
    ]


def _said(name: str, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if name == "berlaku_sampai":
        return _moment(str(value))
    if name == "sha256":
        return fmt.hash_short(str(value))
    if isinstance(value, int) and name not in {"tahun", "tw"}:
        return fmt.whole(value)
    return device_words(str(value)) if name == "perangkat" else str(value)


def _moment(text: str) -> str:
    try:
        return fmt.wib(datetime.fromisoformat(text))
    except ValueError:
        return text


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _neutral(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()
