"""What /analisis asks for beside its sections: blocks of rows for the grid, the same rows as files, and what somebody
keeps for later. The page itself is drawn by ``callbacks/analisis.py``."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import brotli
from flask import Blueprint, Response, current_app, redirect, request

from data.access import Audiens
from data.analisis.baris import read_rows
from data.analisis.katakan import in_words
from data.analisis.meja import Meja, block, choices, open_desk
from data.analisis.saringan import ALL_OPEN, join_pairs, read_address, to_query
from data.analisis.simpanan import forget_filter, keep_columns, read_columns, save_filter
from data.ask import Penjawab
from data.engine import reading, writing
from data.errors import BadParameterError
from data.jejak import Kejadian, append
from data.masuk import pelaku_of
from data.queries.pemda import coverage
from data.words import Tindakan
from pages.parts import formats as fmt
from pages.parts.analysis_columns import cells, shown_columns
from reports.analisis import analysis_csv, analysis_xlsx
from routes.declared import DECLARED
from routes.forms import check_form
from routes.session import current_person, origin, pintu

analisis = Blueprint("analisis_data", __name__)
PATH = "/analisis"
MOST_SHEET_ROWS = 50_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORTH_COMPRESSING = 1_000
NAMES = ("rows", "as_csv", "as_xlsx", "save", "forget", "columns")
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
    desk = open_desk(_answerer().ask, _everything())
    return _file(desk, "csv", analysis_csv(_all_rows(desk), _about(desk)), "text/csv; charset=utf-8")


@analisis.get("/analisis/unduh.xlsx")
def as_xlsx() -> Any:
    desk = open_desk(_answerer().ask, _everything())
    if desk.jumlah > MOST_SHEET_ROWS:
        limit = fmt.whole(MOST_SHEET_ROWS)
        raise BadParameterError(
            f"Lebih dari {limit} baris terlalu besar untuk XLSX. Unduh CSV, atau persempit saringan."
        )
    title = f"Analisis {desk.pemda.nama} s.d. {desk.period.nama}"
    return _file(desk, "xlsx", analysis_xlsx(_all_rows(desk), _about(desk), title), XLSX)


@analisis.post("/analisis/saringan")
def save() -> Any:
    check_form("analisis")
    given, door = request.form, pintu()
    query, shared = given.get("alamat", ""), given.get("bersama") == "ya"
    back = _way_back(query, "simpan")
    save_filter(door.engine, door.pemda, _who(), given.get("nama", ""), query, shared)
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


def _everything() -> dict[str, str]:
    """A file holds every matching row, whatever stands open on the screen."""
    return {**_query(), "buka": ALL_OPEN}


def _all_rows(desk: Meja) -> list[Any]:
    """The rows that match, in the order of the screen; those that only lead there stay out."""
    matched = desk.susunan.pilihan.cocok
    found = [int(row) for row in desk.susunan.baris if matched[row]]
    return read_rows(_answerer().ask, desk.lembar, desk.susunan, found, with_lines=False)


def _about(desk: Meja) -> list[tuple[str, str]]:
    """What the file holds, in words."""
    names = choices(_answerer().ask, desk.period.tahun).names()
    told = _answerer().ask(coverage, desk.period)
    lines = [
        ("Pemerintah daerah", desk.pemda.nama),
        ("Periode", f"s.d. {desk.period.nama}"),
        ("Saringan", in_words(desk.saringan, names)),
        ("Jumlah baris", fmt.whole(desk.jumlah)),
        ("Cakupan", f"{told.diterima} dari {told.diharapkan} OPD sudah melapor"),
        ("Data per", fmt.tanggal(desk.period.data_per)),
        ("Dimuat", fmt.wib(told.dimuat)),
        ("Diunduh", fmt.wib(datetime.now(UTC))),
    ]
    return [*lines, ("Catatan", "Data contoh: angka karangan.")] if desk.pemda.contoh else lines


def _file(desk: Meja, kind: str, content: bytes, mimetype: str) -> Response:
    """The file, and a line in the trail that it went out."""
    door, query = pintu(), {name: text for name, text in to_query(desk.saringan).items() if name != "buka"}
    with writing(door.engine) as conn:
        told = {"saringan": urlencode(query), "baris": desk.jumlah}
        append(conn, door.pemda, _who(), Kejadian(Tindakan.EKSPOR, f"analisis.{kind}", told))
    answer = Response(content, 200, content_type=mimetype)
    name = f"analisis-{desk.period.tahun}-tw{desk.period.tw}.{kind}"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


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
