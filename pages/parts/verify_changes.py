"""Before and after a version would be accepted: the figures of the OPD, and every value that would be another."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from dash import html

from data.words import Status
from pages.parts import formats as fmt
from pages.parts.elements import Child, Children, address
from pages.parts.icons import status_word
from pages.parts.listing import listing
from pages.parts.section import section

LARGEST: Final = 10


@dataclass(frozen=True)
class Ubahan:
    """One value that would be another: whose, of which period, the row of the file (None: not in it), old and new."""

    nama: str
    kode: str
    masa: str
    baris: int | None
    uang: bool
    lama: Any
    baru: Any


@dataclass(frozen=True)
class Sosok:
    """How the OPD stands: percents and rupiah as the screens show them; None where nothing is known."""

    capaian: Decimal | None = None
    status: Status | None = None
    serapan: Decimal | None = None
    uang: int | None = None
    fisik: Decimal | None = None


@dataclass(frozen=True)
class Banding:
    """Before and after this version; ``ubahan`` largest first."""

    sebelum: Sosok
    sesudah: Sosok
    ubahan: Sequence[Ubahan]
    tambah: int
    ubah: int
    tetap: int
    hilang: int


def figures(found: Banding) -> html.Div:
    """The figures of the OPD before and after, and its status in words."""
    old, new = found.sebelum, found.sesudah
    columns = ("Angka", "Lama", "Baru", "Selisih")
    rows: list[Sequence[Children]] = [
        ["Capaian", fmt.percent(old.capaian), fmt.percent(new.capaian), _gap(old.capaian, new.capaian)],
        ["Serapan", fmt.percent(old.serapan), fmt.percent(new.serapan), _gap(old.serapan, new.serapan)],
        ["Fisik", fmt.percent(old.fisik), fmt.percent(new.fisik), _gap(old.fisik, new.fisik)],
        ["Keuangan", *_money(old.uang, new.uang)],
    ]
    changed = old.status != new.status
    words: list[Child] = [status_word(old.status), " → "] if changed and old.status else []
    if new.status is not None:
        words += [status_word(new.status), None if changed else " · tetap"]
    return html.Div(
        [listing("Angka lama dan baru", columns, rows, "tabel-banding"), html.P(words, className="status-banding")]
    )


def _gap(old: Decimal | None, new: Decimal | None) -> str:
    return fmt.NONE if old is None or new is None else fmt.with_points(new - old)


def _money(old: int | None, new: int | None) -> list[str]:
    gap = fmt.NONE if old is None or new is None else fmt.rupiah_short(new - old)
    return [fmt.rupiah_short(old), fmt.rupiah_short(new), gap]


def changes(found: Banding, href: str, show_all: bool) -> html.Section:
    """The ten largest changes, or all of them."""
    total = len(found.ubahan)
    counts = (
        f"{fmt.whole(found.ubah)} isian berubah, {fmt.whole(found.tambah)} baru, {fmt.whole(found.tetap)} sama. "
        f"{fmt.whole(found.hilang)} isian lama tidak disebut dan tetap seperti semula."
    )
    if not total:
        return section("Tidak ada angka yang berubah", counts, None, "perubahan")
    shown = found.ubahan if show_all else found.ubahan[:LARGEST]
    title = f"{fmt.whole(total)} perubahan" if show_all or total <= LARGEST else f"{LARGEST} perubahan terbesar"
    table = listing(title, ("Isian", "Lama", "Baru", "Selisih"), [_changed(one) for one in shown], "tabel-ubahan")
    link: Child = None
    if total > LARGEST:
        words = f"{LARGEST} terbesar saja" if show_all else f"Lihat semua {fmt.whole(total)} perubahan"
        query = None if show_all else {"semua": 1}
        link = html.P(html.A(words, href=address(href, query, "perubahan")), className="kembali-maju")
    return section(title, counts, [table, link], "perubahan")


def _changed(one: Ubahan) -> list[Children]:
    row = f" · baris {one.baris}" if one.baris is not None else ""
    name = html.Span([html.Strong(one.nama or one.kode), html.Small(f"{one.kode} · {one.masa}{row}")])
    return [name, _value(one.lama, one.uang), html.Strong(_value(one.baru, one.uang)), _between(one)]


def _between(one: Ubahan) -> str:
    if not isinstance(one.lama, Decimal | int) or not isinstance(one.baru, Decimal | int):
        return fmt.NONE
    gap = one.baru - one.lama
    sign = "+" if gap > 0 else ""
    return sign + _value(gap, one.uang)


def _value(value: Any, money: bool) -> str:
    """A number with as many decimals as it has (at most four), a rating or nihil as it is."""
    if value is None or not isinstance(value, Decimal | int):
        return fmt.NONE if value is None else str(value)
    if money:
        return fmt.rupiah_full(int(value))
    exponent = Decimal(value).normalize().as_tuple().exponent
    return fmt.decimal_id(value, min(4, max(0, -int(exponent))))
