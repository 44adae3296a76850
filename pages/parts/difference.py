"""What one version says otherwise than the version accepted before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dash import html

from pages.parts import formats as fmt
from pages.parts.elements import Child, Children
from pages.parts.listing import listing
from pages.parts.section import section

TITLE: Final = "Beda dengan versi sebelumnya"
COLUMNS: Final = ("Uraian", "Kode", "Periode", "Lama", "Baru")


@dataclass(frozen=True)
class Isian:
    """One value of a version beside the version before it."""

    uraian: str
    kode: str
    kapan: str
    lama: str
    baru: str


@dataclass(frozen=True)
class Beda:
    """The first differences, how many there are in all, and where the version before is; ``href`` None: there is
    none."""

    isian: Sequence[Isian]
    jumlah: int
    href: str | None


def difference_section(beda: Beda) -> html.Section:
    """The values that differ, old beside new."""
    if beda.href is None:
        return section(TITLE, "Belum ada versi yang diterima sebelum ini.", None, "beda")
    if not beda.isian:
        return section(TITLE, "Tidak ada angka yang berbeda.", None, "beda")
    rows: list[list[Children]] = [
        [one.uraian, html.Code(one.kode), one.kapan, one.lama, one.baru] for one in beda.isian
    ]
    more = f", {fmt.whole(len(rows))} yang pertama ditampilkan." if beda.jumlah > len(rows) else "."
    link = html.A("versi yang diterima sebelumnya", href=beda.href)
    words: list[Child] = [f"{fmt.whole(beda.jumlah)} isian berbeda dari ", link, more]
    return section(TITLE, words, listing(TITLE, COLUMNS, rows, "tabel-ubah"), "beda")
