"""The read-only API of what the public pages show: JSON for programs, on any site, without a key."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, request

from data.access import Audiens
from data.edisi import Edisi, editions
from data.errors import BadParameterError, NotFoundError
from data.queries.pemda import read_pemda, reported_periods
from data.terbuka import COLUMNS, LICENCE, LICENCE_URL, TITLES, JenisData, as_json, joined, json_object
from data.words import Status
from routes.api_limit import Pembatas
from routes.api_schema import description
from routes.declared import DECLARED
from routes.open_answers import Jawab, kept, open_to_all, penjawab, read_table

PREFIX: Final = "/api/v1"
PAGE, LARGEST, FARTHEST = 100, 1_000, 100_000
JSON: Final = "application/json"
PROBLEM: Final = "application/problem+json"
METHODS: Final = "GET, HEAD, OPTIONS"

api = Blueprint("api", __name__, url_prefix=PREFIX)
NAMES = (
    "nothing",
    "index",
    "schema",
    "periods",
    "dictionary",
    "city",
    "offices",
    "office",
    "programs",
    "indicators",
    "money",
)
DECLARED.update(dict.fromkeys([f"api.{name}" for name in NAMES], Audiens.PUBLIK))


@dataclass(frozen=True)
class Halaman:
    """Which part of a list is asked for; ``nomor`` counts from 1."""

    nomor: int
    besar: int

    def of(self, rows: list[str]) -> list[str]:
        start = (self.nomor - 1) * self.besar
        return rows[start : start + self.besar]


@api.before_request
def limit() -> Response | None:
    """Answers 429 once an address has had its share of this minute."""
    counter: Pembatas = current_app.extensions.setdefault(
        "pembatas_api", Pembatas(current_app.config["SETELAN"].api_per_menit)
    )
    share = counter.count(request.remote_addr or "-")
    request.environ["emonev.jatah"] = share
    if share.habis:
        return problem(429, f"Terlalu banyak permintaan. Coba lagi dalam {share.detik} detik.")
    return None


@api.after_request
def tell_share(response: Response) -> Response:
    share = request.environ.get("emonev.jatah")
    response.headers.update({} if share is None else share.headers())
    response.headers["Access-Control-Allow-Methods"] = METHODS
    response.headers["Access-Control-Expose-Headers"] = (
        "ETag, Link, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After"
    )
    return open_to_all(response)


@api.get("/")
def index() -> Response:
    places = ("openapi.json", "periode", "kamus", *(jenis.value for jenis in JenisData))
    pemda = penjawab().ask(read_pemda)
    about = {"pemda": pemda.kode, "nama": pemda.nama, "data_contoh": pemda.contoh, "lisensi": LICENCE}
    return answer(json_object(about | {"alamat": {name: f"{base()}/{name}" for name in places}}))


@api.get("/openapi.json")
def schema() -> Response:
    return answer(json_object(description(current_app.config["ALAMAT_PUBLIK"])))


@api.get("/periode")
def periods() -> Response:
    """One row per triwulan that can be asked for."""
    newest: dict[tuple[int, int], Edisi] = {}
    for one in penjawab().ask(editions):
        newest.setdefault((one.tahun, one.tw), one)
    rows = []
    for period in penjawab().ask(reported_periods):
        edisi = newest.get((period.tahun, period.tw))
        rows.append(
            {
                "tahun": period.tahun,
                "tw": period.tw,
                "nama": period.nama,
                "data_per": period.data_per.isoformat(),
                "keadaan": state(edisi),
                "edisi": edisi.nomor if edisi else None,
                "terbit_pada": edisi.terbit_pada.isoformat() if edisi else None,
            }
        )
    return answer(f'{{"data":{as_json(rows)}}}')


@api.get("/kamus")
def dictionary() -> Response:
    """One row per column of each table."""
    rows = [
        {"tabel": jenis.value, "judul": TITLES[jenis], "kolom": one.nama, "isi": one.isi.value, "satuan": one.satuan}
        | {"boleh_kosong": one.boleh_kosong, "arti": one.arti}
        for jenis, columns in COLUMNS.items()
        for one in columns
    ]
    return answer(f'{{"data":{as_json(rows)}}}')


@api.get("/kota")
def city() -> Response:
    return table(JenisData.KOTA)


@api.get("/opd")
def offices() -> Response:
    return table(JenisData.OPD, "status")


@api.get("/opd/<kode>")
def office(kode: str) -> Response:
    """One OPD. 404 for a code that is none, or whose silence may not be told yet."""
    query = known(())
    found = read_table(JenisData.OPD, query)
    rows = [row for row in found.rows if row["opd"] == kode]
    if not rows:
        raise NotFoundError("OPD dengan kode ini tidak ada pada triwulan ini. Daftarnya: /api/v1/opd")
    return answer(f'{{"meta":{json_object(about(found))},"data":{json_object(rows[0])}}}', pinned="edisi" in query)


@api.get("/program")
def programs() -> Response:
    return table(JenisData.PROGRAM, "opd", "status")


@api.get("/indikator")
def indicators() -> Response:
    return table(JenisData.INDIKATOR, "opd", "status")


@api.get("/uang")
def money() -> Response:
    return table(JenisData.UANG, "opd")


@api.get("/<path:rest>")
def nothing(rest: str) -> Response:
    """Any other address: 404 in the words of programs."""
    raise NotFoundError(f"Alamat '{rest[:60]}' tidak ada. Daftarnya: {base()}/")


def table(jenis: JenisData, *filters: str) -> Response:
    """One page of a table, narrowed by these parameters."""
    query = known(filters)
    return answer(written(jenis, filters, query), pinned="edisi" in query)


def written(jenis: JenisData, filters: tuple[str, ...], query: dict[str, str]) -> str:
    page = read_page(query)
    found = read_table(jenis, query)
    asked = [name for name in filters if name in query]
    texts = [
        text
        for row, text in zip(found.rows, found.tabel.texts, strict=True)
        if all(row[name] == query[name] for name in asked)
    ]
    meta = about(found) | {"jumlah": len(texts), "halaman": page.nomor, "per_halaman": page.besar}
    links = neighbours(f"{base()}/{jenis.value}", query, page, len(texts))
    return f'{{"meta":{json_object(meta)},"tautan":{json_object(links)},"data":{joined(page.of(texts))}}}'


def known(filters: tuple[str, ...]) -> dict[str, str]:
    """The parameters this address reads; raises BadParameterError for values that cannot be meant."""
    names = ("tahun", "tw", "edisi", "halaman", "per_halaman", *filters)
    query = {name: request.args[name] for name in names if name in request.args}
    for name, value in query.items():
        if not value or len(value) > 60 or not value.isprintable():
            raise BadParameterError(f"Nilai {name} tidak dapat dibaca.")
    if "status" in query and query["status"] not in set(Status):
        raise BadParameterError(f"status={query['status']} tidak dikenal. Pilih: {', '.join(Status)}.")
    return query


def read_page(query: Mapping[str, str]) -> Halaman:
    return Halaman(number(query, "halaman", 1, FARTHEST), number(query, "per_halaman", PAGE, LARGEST))


def number(query: Mapping[str, str], name: str, default: int, most: int) -> int:
    text = query.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and 1 <= int(text) <= most):
        raise BadParameterError(f"{name}={text[:20]} harus bilangan 1 sampai {most}.")
    return int(text)


def neighbours(place: str, query: dict[str, str], page: Halaman, count: int) -> dict[str, Any]:
    """Addresses of this page, the one before and the one after (null where there is none)."""

    def at(nomor: int) -> str:
        return f"{place}?{urlencode(query | {'halaman': nomor, 'per_halaman': page.besar})}"

    last = max((count + page.besar - 1) // page.besar, 1)
    return {
        "ini": at(page.nomor),
        "sebelum": at(min(page.nomor - 1, last)) if page.nomor > 1 else None,
        "sesudah": at(page.nomor + 1) if page.nomor < last else None,
    }


def about(found: Jawab) -> dict[str, Any]:
    """What the rows are: whose, of when, whether they may still change, and on what terms."""
    pemda, edisi = penjawab().ask(read_pemda), found.edisi
    return {
        "pemda": pemda.kode,
        "nama": pemda.nama,
        "data_contoh": pemda.contoh,
        "tahun": found.period.tahun,
        "tw": found.period.tw,
        "data_per": found.period.data_per.isoformat(),
        "keadaan": state(edisi),
        "edisi": edisi.nomor if edisi else None,
        "terbit_pada": edisi.terbit_pada.isoformat() if edisi else None,
        "lisensi": LICENCE,
        "lisensi_alamat": LICENCE_URL,
    }


def state(edisi: Edisi | None) -> str:
    return "terbit" if edisi is not None else "sementara"


def base() -> str:
    return f"{current_app.config['ALAMAT_PUBLIK']}{PREFIX}"


def answer(text: str, *, pinned: bool = False) -> Response:
    return kept(text.encode(), JSON, pinned=pinned)


def problem(code: int, sentence: str) -> Response:
    """A refusal as programs read it (RFC 9457)."""
    body = json_object({"title": TITLES_OF.get(code, "Galat"), "status": code, "detail": sentence})
    return open_to_all(Response(body, code, mimetype=PROBLEM))


TITLES_OF: Final = {
    400: "Permintaan tidak dapat dibaca",
    404: "Tidak ditemukan",
    405: "Hanya untuk dibaca",
    429: "Terlalu banyak permintaan",
    500: "Kesalahan pada sistem",
    503: "Data sedang tidak dapat dibaca",
}
