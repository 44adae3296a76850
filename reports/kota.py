"""The quarterly city report that replaces the paper one: every figure from the questions that the screens ask."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from data.engine import Connection
from data.queries.kinerja import opd_history, pemda_standing
from data.queries.laporan import read_report
from data.queries.pemda import unreported
from data.words import STATUS_NAMES, TW_NAMES
from pages.parts import formats as fmt
from reports import kota_isi as isi
from reports import kota_kalimat as kalimat
from reports.bahan import Bahan, Row, at_end, money, read_basis, records
from reports.cetak import all_drawable, pdf

PAGE: Final = "kota.typ"
Kabar = Callable[[int, str], None]


def city_report(conn: Connection, pemda: str, isian: Mapping[str, str], tell: Kabar) -> tuple[str, bytes]:
    """(file name, PDF) of one triwulan. Raises BadParameterError for a triwulan that is not there."""
    tell(5, "Membaca angka kota")
    basis = read_basis(conn, pemda, isian)
    words = report_words(conn, basis, tell)
    tell(75, "Menyusun halaman")
    tahun, tw = basis.at
    return f"laporan-kota-{tahun}-TW{tw}.pdf", pdf(PAGE, all_drawable(words), basis.dibuat)


def report_words(conn: Connection, basis: Bahan, tell: Kabar = lambda kemajuan, langkah: None) -> dict[str, Any]:
    """Everything the report says, ready to print."""
    months = money(conn, basis)
    end = at_end(months, basis.periode.tw)
    reports = isi.reports_of(conn, basis)
    tell(20, "Membaca setiap OPD")
    lines = isi.all_opd(conn, basis, reports)
    tell(55, "Membaca indikator dan kendala")
    return {
        **basis.sources(),
        "periode_panjang": f"Triwulan{fmt.NBSP}{TW_NAMES[basis.periode.tw].removeprefix('TW ')} {basis.periode.tahun}",
        "judul": kalimat.headline(basis),
        "ringkasan": _summary(conn, basis, end),
        "uang": kalimat.money(end),
        "kata_status": {status.value: word for status, word in STATUS_NAMES.items()},
        "kelompok": isi.groups(basis.standings),
        "opd": lines,
        "kurva": isi.curve(months, basis),
        "kisi": isi.heat(conn, basis),
        "terburuk": isi.worst(conn, basis),
        "ambang": fmt.percent(basis.aturan.ambang_terburuk, 0),
        "belum": isi.missing_reports(reports),
        "koreksi": isi.corrections(conn, basis),
        "metode": isi.method(basis),
        "tanda_tangan": isi.signatures(conn, basis),
        "tempat": basis.pemda.nama.removeprefix("Kota ").removeprefix("Kabupaten "),
    }


def _summary(conn: Connection, basis: Bahan, end: Row) -> list[dict[str, Any]]:
    """The page of sentences, by subject."""
    pemda, rows = basis.pemda.kode, basis.standings
    city = records(pemda_standing(conn, pemda, *basis.at, basis.aturan))
    past = records(opd_history(conn, pemda, basis.kuartal[-2:-1])) if len(basis.kuartal) > 1 else []
    before = {row["opd"]: row["status"] for row in past}
    worst = kalimat.heaviest(rows)
    report = read_report(conn, pemda, *basis.at, worst["opd"]) if worst else None
    silent = records(unreported(conn, pemda, basis.periode))
    own = [row for row in past if row["opd"] in {row["opd"] for row in rows}]
    blank = {"capaian": None, "deviasi": None, "capaian_tertimbang": None}
    return [
        {
            "judul": "Kinerja",
            "isi": kalimat.performance(basis, city[0] if city else blank, kalimat.counts(own) if own else None),
        },
        {"judul": "Penyebab", "isi": kalimat.cause(worst, report)},
        {"judul": "Uang dan fisik", "isi": kalimat.money(end)},
        {"judul": "Pelaporan", "isi": kalimat.reporting(basis, silent)},
        {"judul": "Langkah berikutnya", "isi": kalimat.follow_up(kalimat.repeated(rows, before), silent, worst)},
    ]
