"""Before and after: what sending a report would change, and the very row that the public and the mayor will see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from dash import html

from data.words import MONTH_NAMES, Status
from pages.parts import formats as fmt
from pages.parts.elements import Child, Children, attrs
from pages.parts.icons import status_word
from pages.parts.listing import listing
from pages.parts.rows import opd_row
from pages.parts.section import section
from pages.parts.sparkline import Point, Span

ARROW: Final = "→"
MILIAR: Final = 10**9


def plain_number(value: Decimal) -> str:
    """As many decimals as the number has, at most four."""
    tail = value.normalize().as_tuple().exponent
    return fmt.decimal_id(value, min(4, max(0, -tail)) if isinstance(tail, int) else 0)


@dataclass(frozen=True)
class Perubahan:
    """One value that would be another. ``jenis``: realisasi or keuangan; ``periode``: the triwulan or the month."""

    jenis: str
    kode: str
    nama: str
    periode: int
    lama: Decimal | int | str | None
    baru: Decimal | int | str | None


@dataclass(frozen=True)
class Bandingan:
    """Everything the preview shows. ``sebelum`` and ``sesudah``: the OPD's row as screens draw it; ``riwayat_`` its
    quarters for the small line."""

    sebelum: Mapping[str, Any] | None
    sesudah: Mapping[str, Any] | None
    riwayat_lama: Sequence[Point]
    riwayat_baru: Sequence[Point]
    span: Span
    tambah: int
    ubah: int
    tetap: int
    hilang: int
    uang_lama: int
    uang_baru: int
    perubahan: Sequence[Perubahan]
    href: str
    fisik_lama: Decimal | None = None
    fisik_baru: Decimal | None = None


def summary(found: Bandingan) -> html.Div:
    """The small table at the side: old, new, difference."""
    old, new = found.sebelum or {}, found.sesudah or {}
    rows = [
        _money(found),
        _row("Serapan, %", *_pair(old.get("serapan"), new.get("serapan"))),
        _row("Fisik, %", *_pair(found.fisik_lama, found.fisik_baru)),
        _row("Capaian kinerja, %", *_pair(old.get("capaian"), new.get("capaian"))),
        _row("Predikat", old.get("predikat") or fmt.NONE, new.get("predikat") or fmt.NONE, ""),
    ]
    heads = html.Tr([html.Th(head, scope="col") for head in ("", "Lama", "Baru", "Selisih")])
    table = html.Table(
        [html.Caption("Pratinjau: lama dan baru", className="hanya-dengar"), html.Thead(heads), html.Tbody(rows)],
        className="lama-baru",
    )
    return html.Div([html.H2("Pratinjau: lama → baru", className="kepala-sisi"), table, _counts(found)])


def _counts(found: Bandingan) -> html.P:
    parts = [(found.tambah, "ditambah"), (found.ubah, "diubah"), (found.tetap, "tetap"), (found.hilang, "hilang")]
    return html.P(f"Isian: {', '.join(f'{fmt.whole(count)} {word}' for count, word in parts)}.", className="kecil")


def _row(name: str, old: str, new: str, gap: str) -> html.Tr:
    return html.Tr([html.Th(name, scope="row"), html.Td(old), html.Td(html.Strong(new)), html.Td(gap)])


def _pair(old: Decimal | None, new: Decimal | None) -> tuple[str, str, str]:
    gap = fmt.points(new - old) if old is not None and new is not None else ""
    return fmt.decimal_id(old, 1), fmt.decimal_id(new, 1), gap


def _money(found: Bandingan) -> html.Tr:
    """The unit stands in the name: three amounts beside each other have to fit a phone."""
    large = max(found.uang_lama, found.uang_baru) >= MILIAR
    unit, scale = ("miliar", MILIAR) if large else ("juta", MILIAR // 1000)
    name = f"Keuangan triwulan ini, {unit}{fmt.NBSP}Rp"
    return _row(name, *_pair(Decimal(found.uang_lama) / scale, Decimal(found.uang_baru) / scale))


def looks(found: Bandingan) -> html.Section:
    """The very row of ``/`` and ``/pimpinan``, as it is now and as it would be."""
    both = (("Sekarang", found.sebelum, found.riwayat_lama), ("Sesudah diterima", found.sesudah, found.riwayat_baru))
    drawn = [_look(title, row, past, found) for title, row, past in both]
    words = "Baris ini yang dilihat publik dan wali kota setelah laporan diterima Bappeda."
    return section("Begini tampilannya", words, html.Div(drawn, className="tampilan"), "tampilan", _turn(found))


def _look(title: str, row: Mapping[str, Any] | None, past: Sequence[Point], found: Bandingan) -> html.Div:
    drawn: Child = html.P("Belum ada angka.", className="kecil")
    if row is not None:
        rows = html.Ul(opd_row(row, past, found.span, found.href), role="list", className="daftar-baris")
        drawn = html.Div(rows, className="baris-semua")
    return html.Div([html.H3(title), drawn], role="group", **attrs(aria_label=title))


def _turn(found: Bandingan) -> Children:
    if found.sebelum is None or found.sesudah is None:
        return None
    old, new = Status(found.sebelum["status"]), Status(found.sesudah["status"])
    if old == new:
        return html.P([status_word(new), " · tetap"], className="beralih-status")
    return html.P([status_word(old), f" {ARROW} ", status_word(new)], className="beralih-status")


def changes(found: Bandingan) -> html.Section:
    """The ten largest changes, old beside new."""
    if not found.perubahan:
        return section("Perubahan terbesar", "Tidak ada angka yang berubah.", None, "perubahan")
    rows = [_change(one) for one in found.perubahan]
    heads = ("Uraian", "Kode", "Periode", "Lama", "Baru")
    title = f"{len(rows)} perubahan terbesar" if len(rows) > 1 else "Satu perubahan"
    words = "Urut dari perubahan terbesar dibanding angka lama; isian baru lebih dahulu."
    return section(title, words, listing(title, heads, rows, "tabel-ubah"), "perubahan")


def _change(one: Perubahan) -> list[Children]:
    money = one.jenis == "keuangan"
    when = MONTH_NAMES[one.periode - 1] if money else fmt.tw(one.periode)
    values = [_value(value, money) for value in (one.lama, one.baru)]
    return [one.nama or one.kode, html.Code(one.kode), when, *values]


def _value(value: Decimal | int | str | None, money: bool) -> str:
    if value is None or isinstance(value, str):
        return value or fmt.NONE
    return fmt.rupiah_full(int(value)) if money else plain_number(Decimal(value))
