"""The page of the open data: files by triwulan, the dictionary, the licence, the API."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html

from pages.parts import formats as fmt
from pages.parts.elements import Child, address
from pages.parts.section import section
from pages.parts.tables import Column, Table, table

KINDS = {"teks": "teks", "bulat": "bilangan bulat", "desimal": "bilangan desimal", "ya": "ya atau tidak"}


@dataclass(frozen=True)
class Berkas:
    """One table as a file: its title, its address without ending, its rows (None while it may still change)."""

    judul: str
    alamat: str
    baris: int | None


@dataclass(frozen=True)
class Triwulan:
    """One triwulan: its files and the editions that were published (number, date), newest first."""

    nama: str
    berkas: Sequence[Berkas]
    edisi: Sequence[tuple[int, str]]


@dataclass(frozen=True)
class Kamus:
    """One table of the dictionary: (column, kind, unit, meaning)."""

    judul: str
    kolom: Sequence[tuple[str, str, str, str]]


def open_data(
    pemda: str, periods: Sequence[Triwulan], dictionaries: Sequence[Kamus], licence: tuple[str, str], site: str
) -> html.Div:
    """The whole page; the newest triwulan stands open."""
    terms = html.A("Creative Commons Atribusi 4.0", href=licence[1], rel="license")
    lead: list[Child] = [
        f"Kinerja dan anggaran perangkat daerah {pemda} sebagai CSV dan JSON. Lisensi ",
        terms,
        f" ({licence[0]}): bebas dipakai dengan menyebut sumber.",
    ]
    freeze = "Data yang sudah terbit dibekukan per edisi. Perbaikan sesudahnya menjadi edisi baru."
    blocks = [_period(one, place == 0) for place, one in enumerate(periods)]
    return html.Div(
        [
            html.H1("Data terbuka"),
            html.P(lead, className="pengantar"),
            section("Unduh per triwulan", freeze, blocks or html.P("Belum ada data."), "unduh"),
            section("API untuk program", "Hanya dibaca, tanpa kunci, dari situs mana pun.", _api(site), "api"),
            section("Kamus data", "Nama kolom tidak berubah; kode selalu teks.", _words(dictionaries), "kamus"),
        ],
        className="data-terbuka",
    )


def _period(one: Triwulan, opened: bool) -> html.Details:
    state = f"edisi {one.edisi[0][0]}, terbit {one.edisi[0][1]}" if one.edisi else "sementara, belum terbit"
    summary = html.Summary([html.Strong(one.nama), html.Span(f" · {state}")])
    older = [
        html.Li([f"Edisi {number}, {date}: ", *_links(one.berkas[1].alamat, number)]) for number, date in one.edisi[1:]
    ]
    parts: list[Child] = [html.Ul([_file(berkas) for berkas in one.berkas], role="list", className="berkas-data")]
    if older:
        parts += [html.P("Edisi sebelumnya (perangkat daerah):"), html.Ul(older)]
    return html.Details([summary, *parts], open=opened, className="triwulan-data")


def _file(berkas: Berkas) -> html.Li:
    rows = "" if berkas.baris is None else f"{fmt.whole(berkas.baris)} baris"
    excel = html.A("CSV untuk Excel", href=address(f"{berkas.alamat}.csv", {"untuk": "excel"}), download="")
    return html.Li(
        [html.Span(berkas.judul, className="nama"), html.Span(rows, className="jumlah"), *_links(berkas.alamat), excel]
    )


def _links(place: str, edition: int | None = None) -> list[Child]:
    return [
        html.A(kind.upper(), href=address(f"{place}.{kind}", {"edisi": edition}), download="")
        for kind in ("csv", "json")
    ]


def _api(site: str) -> list[Child]:
    example = f"{site}/api/v1/opd?status=di_bawah"
    return [
        html.P(["Uraian lengkap (OpenAPI): ", html.A("/api/v1/openapi.json", href="/api/v1/openapi.json")]),
        html.P(["Contoh: ", html.A(html.Code(example), href="/api/v1/opd?status=di_bawah")]),
        html.P(
            "Jawaban memuat ETag; kirim kembali sebagai If-None-Match agar hanya perubahan yang diunduh. "
            "Batas permintaan per menit tertulis pada kepala RateLimit."
        ),
    ]


def _words(dictionaries: Sequence[Kamus]) -> list[Child]:
    return [
        html.Details([html.Summary(one.judul), table(_dictionary(one))], className="triwulan-data")
        for one in dictionaries
    ]


def _dictionary(one: Kamus) -> Table:
    columns = [Column(title, numeric=False) for title in ("Kolom", "Isi", "Satuan", "Arti")]
    rows = [(name, KINDS[kind], unit or fmt.NONE, meaning) for name, kind, unit, meaning in one.kolom]
    return Table(f"Kolom tabel {one.judul}", columns, rows)
