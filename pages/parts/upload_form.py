"""The report as a form, for an OPD without a spreadsheet: one block per expected row, program by program."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from dash import html

from pages.parts import formats as fmt
from pages.parts.elements import Child, address, attrs
from pages.parts.forms import Input, Option, Select, error_line, form, submit
from pages.parts.upload_clock import HOME, Tahap, due_box, due_line, steps

PLACE: Final = f"{HOME}/isi"
NIHIL: Final = "nihil"


@dataclass(frozen=True)
class Kotak:
    """One thing to fill in. ``pilihan``: the ratings to choose from, empty for a number or a text."""

    nama: str
    label: str
    nilai: str
    angka: bool = True
    pilihan: tuple[str, ...] = ()


@dataclass(frozen=True)
class BarisIsian:
    """One expected row: what it is, what is known of it, what is asked."""

    uraian: str
    kode: str
    keuangan: bool
    target: str
    sebelumnya: str
    kotak: tuple[Kotak, ...]


@dataclass(frozen=True)
class Bagian:
    """One page of the form: a program, or the whole report when it is short."""

    nomor: int
    judul: str
    jumlah: int


def entry_page(
    tahap: Tahap,
    bagian: Sequence[Bagian],
    kini: int,
    rows: Sequence[BarisIsian],
    csrf: str,
    galat: str | None = None,
) -> html.Div:
    """One page of the form."""
    here = bagian[kini]
    last = kini == len(bagian) - 1
    words = "Isi hasil triwulan ini saja. Desimal ditulis dengan koma, mis. 18,13. Kosong berarti belum melapor."
    query = {**tahap.query, "bagian": kini + 1}
    check = submit("Periksa isian")
    buttons: list[Child] = [check] if last else [_next(bagian[kini + 1]), submit("Periksa isian", quiet=True)]
    body = [*(_row(row) for row in rows), html.Div(buttons, className="tombol-baris isi-kaki")]
    main: list[Child] = [
        html.H1(f"Isi laporan {fmt.period(tahap.tahun, tahap.tw)}"),
        html.P(words, className="pengantar"),
        due_line(tahap),
        error_line(galat),
        html.H2([here.judul, html.Small(f" · {fmt.whole(here.jumlah)} baris")], className="judul-bagian"),
        form(address(PLACE, query), csrf, body, class_name="isian-laporan"),
    ]
    side = html.Aside([due_box(tahap), _parts(bagian, kini, tahap)])
    return html.Div(
        [steps(1, "Isi formulir"), html.Div([html.Div(main), side], className="unggah-kisi")], className="unggah"
    )


def _next(part: Bagian) -> html.Button:
    return submit("Simpan dan lanjut", name="lanjut", value=str(part.nomor))


def _parts(bagian: Sequence[Bagian], kini: int, tahap: Tahap) -> html.Nav | None:
    if len(bagian) < 2:
        return None
    items = [
        html.Li(
            html.A(
                [part.judul, html.Span(fmt.whole(part.jumlah))],
                href=address(PLACE, {**tahap.query, "bagian": part.nomor}),
                **attrs(aria_current="page" if at == kini else None),
            )
        )
        for at, part in enumerate(bagian)
    ]
    return html.Nav(
        [html.H2("Program", className="kepala-sisi"), html.Ul(items, role="list", className="daftar-periode")],
        className="sisi-butir",
        **attrs(aria_label="Program"),
    )


def _row(row: BarisIsian) -> html.Fieldset:
    known = [f"Target {row.target}"] if not row.keuangan else [f"Pagu {row.target}"]
    known.append(f"s.d. triwulan lalu {row.sebelumnya}")
    numbers = html.Div([_box(one, row) for one in row.kotak if one.angka or one.pilihan], className="isian-angka")
    words = html.Div([_box(one, row) for one in row.kotak if not one.angka and not one.pilihan], className="isian-kata")
    legend = html.Legend([html.Strong(row.uraian), html.Code(row.kode)])
    return html.Fieldset(
        [legend, html.P(" · ".join(known), className="kecil"), numbers, words], className="baris-isian"
    )


def _box(one: Kotak, row: BarisIsian) -> html.Div:
    given: dict[str, Any] = {"id": one.nama, "name": one.nama}
    inside: Child
    if one.pilihan:
        inside = Select(_options(one), **given)
    else:
        kind = {"inputmode": "decimal", "autoComplete": "off"} if one.angka else {"maxLength": "2000"}
        inside = Input(type="text", value=one.nilai, **given, **kind)
    label = html.Label([one.label, html.Span(f", {row.uraian}", className="hanya-dengar")], htmlFor=one.nama)
    return html.Div([label, html.Div(inside, className="kotak")], className="isian")


def _options(one: Kotak) -> list[Option]:
    """What is stored stays there to choose, even when the scale does not know it."""
    known = ["", *one.pilihan, NIHIL]
    extra = [] if one.nilai in known else [one.nilai]
    return [
        Option(value or "Pilih", value=value, **({"selected": True} if value == one.nilai else {}))
        for value in [*known, *extra]
    ]


def nothing_to_fill(sentence: str) -> html.Div:
    link = html.P(html.A("Kembali ke Unggah", href=HOME, className="tombol tombol-garis"))
    return html.Div(
        [html.H1("Tidak ada yang diisi."), html.P(sentence, className="pengantar"), link], className="unggah"
    )
