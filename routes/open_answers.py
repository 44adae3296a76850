"""What the open data and the API answer with: rows of an edition or of now, and headers that let anybody keep them."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from flask import Response, current_app, request

from data.ask import Penjawab
from data.aturan import Aturan, read_aturan
from data.edisi import Edisi, editions, read_edition
from data.errors import BadParameterError, NotFoundError
from data.queries.pemda import Diam, Periode, choose_period, reported_periods, silence_told
from data.queries.terbuka import open_table
from data.terbuka import JenisData, Row, Tabel
from data.words import TW_NAMES

NUMBER: Final = re.compile(r"[0-9]{1,4}")
KEPT: Final = "public, max-age=60, stale-while-revalidate=600"
# An edition never changes.
KEPT_LONG: Final = "public, max-age=86400"


@dataclass(frozen=True)
class Jawab:
    """The rows of one table of one triwulan; ``edisi`` is None for figures that may still change."""

    period: Periode
    edisi: Edisi | None
    tabel: Tabel

    @property
    def rows(self) -> list[Row]:
        return self.tabel.rows


def penjawab() -> Penjawab:
    answerer: Penjawab = current_app.config["PENJAWAB"]
    return answerer


def read_table(jenis: JenisData, query: Mapping[str, str]) -> Jawab:
    """The table for the triwulan (and edition) that a query names, by default the newest.

    Raises BadParameterError for nonsense, NotFoundError for an edition that is not there.
    """
    ask = penjawab().ask
    period = period_of(ask(reported_periods), query.get("tahun"), query.get("tw"))
    number = edition_number(query.get("edisi"))
    # Looked up in the list first: numbers that somebody makes up must not fill the memory of answers.
    there = [one.nomor for one in ask(editions) if (one.tahun, one.tw, one.jenis) == (period.tahun, period.tw, jenis)]
    if there and number in {None, *there}:
        found = ask(read_edition, period.tahun, period.tw, jenis, number or max(there))
        assert found is not None
        return Jawab(period, found.edisi, found.tabel)
    if number is not None:
        raise NotFoundError(f"Edisi {number} {TW_NAMES[period.tw]} {period.tahun} tidak ada. Lihat daftarnya di /data.")
    aturan = ask(read_aturan)
    return Jawab(period, None, ask(open_table, jenis, period, aturan, silent_told(period, aturan)))


def period_of(periods: list[Periode], tahun: str | None, tw: str | None) -> Periode:
    """As ``choose_period``, but a well-formed triwulan that is not there is not found rather than unreadable."""
    try:
        return choose_period(periods, tahun, tw)
    except BadParameterError as error:
        if all(text is None or NUMBER.fullmatch(text) for text in (tahun, tw)):
            raise NotFoundError(str(error)) from error
        raise


def silent_told(period: Periode, aturan: Aturan) -> Diam:
    """Which silent OPD the public may read of."""
    return silence_told(period, aturan.nama_belum_lapor_setelah_kunci, datetime.now(UTC))


def edition_number(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and 0 < len(text) <= 4 and int(text) > 0):
        raise BadParameterError(f"edisi={text[:20]} bukan bilangan mulai dari 1.")
    return int(text)


def kept(body: bytes, mimetype: str, *, pinned: bool = False) -> Response:
    """A public answer with its ETag; 304 when the asker has it already. Anybody's site may read it."""
    response = Response(body, mimetype=mimetype)
    # Weak: the same content may travel compressed.
    response.set_etag(hashlib.sha256(body).hexdigest()[:32], weak=True)
    response.headers["Cache-Control"] = KEPT_LONG if pinned else KEPT
    open_to_all(response).make_conditional(request)
    return response


def open_to_all(response: Response) -> Response:
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
