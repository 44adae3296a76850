"""What /analisis asks for beside its sections: blocks of rows for the grid, the same rows as files, and what somebody
keeps for later. The page itself is drawn by ``callbacks/analisis.py``."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Lock
from typing import Any
from urllib.parse import urlencode

import brotli
from flask import Blueprint, Response, current_app, redirect, request

from data.access import Audiens
from data.analisis.meja import MOST_AT_ONCE, Meja, block, open_desk
from data.analisis.saringan import join_pairs, read_address, to_query
from data.analisis.simpanan import forget_filter, keep_columns, read_columns, save_filter
from data.ask import Penjawab
from data.engine import reading, writing
from data.errors import BadParameterError, BusyError
from data.jejak import Kejadian, append
from data.masuk import pelaku_of
from data.words import Tindakan
from pages.parts import formats as fmt
from pages.parts.analysis_columns import cells, shown_columns
from reports.analisis_berkas import CSV, KAMUS, XLSX, file_of, open_all
from routes.declared import DECLARED
from routes.forms import check_form
from routes.session import current_person, origin, pintu

analisis = Blueprint("analisis_data", __name__)
PATH = "/analisis"
TYPES = {
    CSV: "text/csv; charset=utf-8",
    KAMUS: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
AGAIN = 5
"""Seconds after which a refused file may be asked for again."""
_making = Lock()
WORTH_COMPRESSING = 1_000
NAMES = ("rows", "as_csv", "dictionary", "as_xlsx", "save", "forget", "columns")
DECLARED.update(dict.fromkeys((f"analisis_data.{name}" for name in NAMES), Audiens.PIMPINAN))


@analisis.get("/analisis/baris")
def rows() -> Any:
    """One block of rows for the grid: ``mulai`` and ``akhir`` are places in the order shown."""
    query = _query()
    start, stop = _place("mulai", 0), _place("akhir", 100)
    return _compressed(_answerer().at_once(lambda: _rows_text(query, start, stop)))


def _rows_text(query: dict[str, str], start: int, stop: int) -> str:
    ask = _answerer().ask
    desk = open_desk(ask, query)
    said = {
        "jumlah": desk.jumlah,
        "panjang": desk.panjang,
        "kolom": _columns(query),
        "baris": [cells(row) for row in block(ask, desk, start, stop)],
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _columns(query: dict[str, str]) -> list[str]:
    """The columns to show: those the address names, else those the account has chosen, else the usual ones."""
    named = tuple(query.get("kolom", "").split(",")) if query.get("kolom") else ()
    if not named:
        door, orang = pintu(), current_person()
        with reading(door.engine) as conn:
            named = read_columns(conn, door.pemda, orang.nama if orang else "")
    return list(shown_columns(named))


@analisis.get("/analisis/unduh.csv")
def as_csv() -> Any:
    return _file(open_all(_answerer().ask, _query()), CSV)


@analisis.get("/analisis/kamus.csv")
def dictionary() -> Any:
    return _file(open_all(_answerer().ask, _query()), KAMUS)


@analisis.get("/analisis/unduh.xlsx")
def as_xlsx() -> Any:
    desk = open_all(_answerer().ask, _query())
    if desk.jumlah > MOST_AT_ONCE:
        limit = fmt.whole(MOST_AT_ONCE)
        raise BadParameterError(
            f"Lebih dari {limit} baris dibuat di latar belakang. Tekan “Buat XLSX” di halaman Analisis."
        )
    return _file(desk, XLSX)


@analisis.post("/analisis/saringan")
def save() -> Any:
    check_form("analisis")
    given, door = request.form, pintu()
    query, shared = given.get("alamat", ""), given.get("bersama") == "ya"
    back = _way_back(query, "simpan")
    instead = given.get("ganti") == "ya"
    save_filter(door.engine, door.pemda, _who(), given.get("nama", ""), query, shared, instead)
    return redirect(back, 303)


@analisis.post("/analisis/saringan/hapus")
def forget() -> Any:
    check_form("analisis")
    door = pintu()
    back = _way_back("", "hapus")
    forget_filter(door.engine, door.pemda, _who(), request.form.get("nama", ""))
    return redirect(back, 303)


@analisis.post("/analisis/kolom")
def columns() -> Any:
    check_form("analisis")
    door, chosen = pintu(), request.form.getlist("kolom")[:50]
    back = _way_back(request.form.get("alamat", ""), "kolom")
    keep_columns(door.engine, door.pemda, _who(), shown_columns(chosen) if chosen else ())
    return redirect(back, 303)


def _way_back(query: str, news: str) -> str:
    """The address of the same filter, read anew: one that somebody else wrote leads nowhere else. Asked before anything
    is written, so that what is refused has changed nothing."""
    desk = open_desk(_answerer().ask, read_address(query))
    kept = {name: text for name, text in to_query(desk.saringan).items() if name != "kolom"}
    return f"{PATH}?{urlencode({**kept, 'kabar': news})}#simpanan"


def _query() -> dict[str, str]:
    return join_pairs(request.args.items(multi=True))


def _file(desk: Meja, ending: str) -> Response:
    """The file, and a line in the trail that it went out."""
    door, query = pintu(), {name: text for name, text in to_query(desk.saringan).items() if name != "buka"}
    with _one_at_a_time():
        answerer, now = _answerer(), datetime.now(UTC)
        name, content = answerer.at_once(lambda: file_of(answerer.ask, answerer.ask_once, desk, ending, now))
    with writing(door.engine) as conn:
        told = {"saringan": urlencode(query), "baris": desk.jumlah}
        append(conn, door.pemda, _who(), Kejadian(Tindakan.EKSPOR, f"analisis.{ending}", told))
    answer = Response(content, 200, content_type=TYPES[ending])
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """A file takes long enough to hold up everybody else of this worker: a second one is told to come back."""
    if not _making.acquire(blocking=False):
        raise BusyError("Berkas lain sedang dibuat. Coba lagi beberapa detik lagi.", AGAIN)
    try:
        yield
    finally:
        _making.release()


def _compressed(text: str) -> Response:
    """Not remembered: hardly any block is asked for twice."""
    answer = Response(mimetype="application/json")
    if len(text) > WORTH_COMPRESSING and request.accept_encodings.quality("br") > 0:
        answer.data = brotli.compress(text.encode(), quality=4)
        answer.headers["Content-Encoding"] = "br"
    else:
        answer.data = text
    answer.headers["Vary"] = "Accept-Encoding"
    return answer


def _place(name: str, usual: int) -> int:
    text = request.args.get(name, str(usual))
    if not (text.isascii() and text.isdigit() and len(text) <= 7):
        raise BadParameterError(f"Alamat memuat {name}={text[:20]} yang bukan angka.")
    return int(text)


def _answerer() -> Penjawab:
    found: Penjawab = current_app.config["PENJAWAB"]
    return found


def _who() -> Any:
    return pelaku_of(current_person(), origin().alamat)
