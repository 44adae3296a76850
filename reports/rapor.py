"""The card of one OPD ("rapor"): one page of A4 per OPD and triwulan, alone or all of them in one file."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from data.engine import Connection
from reports.bahan import Bahan, Row, read_basis
from reports.cetak import all_drawable, pages_of, pdf
from reports.rapor_isi import FITS, all_reports, card, file_name

PAGE: Final = "rapor.typ"
Kabar = Callable[[int, str], None]


def opd_card(conn: Connection, pemda: str, opd: str, isian: Mapping[str, str]) -> tuple[str, bytes]:
    """(file name, PDF of one page). ``isian``: tahun and tw (by default the newest reported) and the site's ``alamat``.

    Raises NotFoundError for an OPD that is none, BadParameterError for a triwulan that is not there."""
    basis = read_basis(conn, pemda, isian)
    reports, made = all_reports(conn, basis), b""
    for muat in FITS:
        made = _printed(basis, [card(conn, basis, opd, reports, isian["alamat"], muat)])
        if pages_of(made) == 1:
            break
    row = next(row for row in basis.standings if row["opd"] == opd)
    return file_name(row, basis), made


def all_cards(conn: Connection, pemda: str, isian: Mapping[str, str], tell: Kabar) -> tuple[str, bytes]:
    """(file name, PDF with one page per OPD, in the order of the list). Raises BadParameterError as ``opd_card``."""
    tell(2, "Membaca angka kota")
    basis = read_basis(conn, pemda, isian)
    reports, cards = all_reports(conn, basis), []
    for count, row in enumerate(basis.standings, start=1):
        cards.append(card(conn, basis, row["opd"], reports, isian["alamat"], FITS[0]))
        if count % 5 == 0:
            tell(5 + 70 * count // len(basis.standings), f"Rapor ke-{count} dari {len(basis.standings)}")
    tell(80, "Menyusun halaman")
    made = _printed(basis, cards)
    if pages_of(made) != len(cards):
        made = _printed(basis, [_fitting(conn, basis, row, reports, isian["alamat"]) for row in basis.standings])
    tahun, tw = basis.at
    return f"rapor-semua-opd-{tahun}-TW{tw}.pdf", made


def _fitting(conn: Connection, basis: Bahan, row: Row, reports: list[Row], alamat: str) -> dict[str, Any]:
    """One card with as much on it as one page takes."""
    found: dict[str, Any] = {}
    for muat in FITS:
        found = card(conn, basis, row["opd"], reports, alamat, muat)
        if pages_of(_printed(basis, [found])) == 1:
            break
    return found


def _printed(basis: Bahan, cards: list[dict[str, Any]]) -> bytes:
    title = cards[0]["nama"] if len(cards) == 1 else "Semua OPD"
    return pdf(PAGE, all_drawable({**basis.sources(), "judul": title, "rapor": cards}), basis.dibuat)
