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
GALAT: Final = "Galat"
MOST_LINKS: Final = 20


@dataclass(frozen=True)
class Kotak:
    """One thing to fill in. ``pilihan``: the ratings to choose from, empty for a number or a text."""

    nama: str
    label: str
    nilai: str
    angka: bool = True
    pilihan: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pesan:
    """One finding about what was typed. ``kotak``: the field it stands at, '' for the form as a whole; ``uraian``: what
    the row of that field is called."""

    tingkat: str
    kotak: str
    uraian: str
    kalimat: str
    nilai: str = ""
    bagian: int = 0
    """The part of the form the field is on, from 1; 0 for none."""


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
    pesan: Sequence[Pesan] = (),
) -> html.Div:
    """One page of the form. ``pesan``: everything the last check has said."""
    here = bagian[kini]
    last = kini == len(bagian) - 1
    words = "Isi hasil triwulan ini saja. Desimal ditulis dengan koma, mis. 18,13. Kosong berarti belum melapor."
    query = {**tahap.query, "bagian": kini + 1}
    check = submit("Periksa isian")
    buttons: list[Child] = [check] if last else [_next(bagian[kini + 1]), submit("Periksa isian", quiet=True)]
    body = [*(_row(row, pesan) for row in rows), html.Div(buttons, className="tombol-baris isi-kaki")]
    main: list[Child] = [
        html.H1(f"Isi laporan {fmt.period(tahap.tahun, tahap.tw)}"),
        html.P(words, className="pengantar"),
        due_line(tahap),
        error_line(galat),
        _summary(pesan, tahap),
        html.H2([here.judul, html.Small(f" · {fmt.whole(here.jumlah)} baris")], className="judul-bagian"),
        form(address(PLACE, query), csrf, body, class_name="isian-laporan"),
    ]
    side = html.Aside([due_box(tahap), _parts(bagian, kini, tahap)])
    return html.Div(
        [steps(1, "Isi formulir"), html.Div([html.Div(main), side], className="unggah-kisi")], className="unggah"
    )


def _summary(pesan: Sequence[Pesan], tahap: Tahap) -> html.Div | None:
    """What must be mended, each line a link to its field."""
    wrong = [one for one in pesan if one.tingkat == GALAT]
    if not wrong:
        return None
    lines = [html.Li(_to_field(one, tahap)) for one in wrong[:MOST_LINKS]]
    head = html.H2(f"{fmt.whole(len(wrong))} isian harus diperbaiki", className="kepala-sisi")
    return html.Div([head, html.Ul(lines, role="list")], className="kembalian isian-salah", role="alert")


def _to_field(one: Pesan, tahap: Tahap) -> list[Child]:
    if not one.kotak:
        return [one.kalimat]
    href = address(PLACE, {**tahap.query, "bagian": one.bagian}, one.kotak)
    return [html.A(one.uraian, href=href), f": {_words(one)}"]


def _words(one: Pesan) -> str:
    return f"‘{one.nilai[:80]}’ {one.kalimat}" if one.nilai else one.kalimat


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


def _row(row: BarisIsian, pesan: Sequence[Pesan]) -> html.Fieldset:
    known = [f"Target {row.target}"] if not row.keuangan else [f"Pagu {row.target}"]
    known.append(f"s.d. triwulan lalu {row.sebelumnya}")
    numbers = html.Div(
        [_box(one, row, pesan) for one in row.kotak if one.angka or one.pilihan], className="isian-angka"
    )
    words = html.Div(
        [_box(one, row, pesan) for one in row.kotak if not one.angka and not one.pilihan], className="isian-kata"
    )
    legend = html.Legend([html.Strong(row.uraian), html.Code(row.kode)])
    return html.Fieldset(
        [legend, html.P(" · ".join(known), className="kecil"), numbers, words], className="baris-isian"
    )


def _box(one: Kotak, row: BarisIsian, pesan: Sequence[Pesan]) -> html.Div:
    said = [each for each in pesan if each.kotak == one.nama]
    wrong = any(each.tingkat == GALAT for each in said)
    given: dict[str, Any] = {"id": one.nama, "name": one.nama}
    given |= {"aria-invalid": "true"} if wrong else {}
    given |= {"aria-describedby": f"pesan|{one.nama}"} if said else {}
    inside: Child
    if one.pilihan:
        inside = Select(_options(one), **given)
    else:
        kind = {"inputmode": "decimal", "autoComplete": "off"} if one.angka else {"maxLength": "2000"}
        inside = Input(type="text", value=one.nilai, **given, **kind)
    label = html.Label([one.label, html.Span(f", {row.uraian}", className="hanya-dengar")], htmlFor=one.nama)
    notes = [html.P(f"{each.tingkat}: {_words(each)}", className=f"pesan-{each.tingkat.lower()}") for each in said]
    beside = html.Div(notes, id=f"pesan|{one.nama}", className="pesan-isian") if said else None
    return html.Div([label, html.Div(inside, className="kotak"), beside], className="isian")


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
