"""Verification, for Bappeda: ``/verifikasi``, the queue of a triwulan, one version with its decision, publishing."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from flask import Blueprint, redirect, request, send_file
from werkzeug import Response

from data import putusan
from data.access import Audiens
from data.draf import note_download
from data.engine import reading
from data.errors import BadParameterError, ConflictError, EmonevError, LoadError, NotAllowedError, NotFoundError
from data.jejak import Pelaku
from data.masuk import pelaku_of
from data.mentah import read_raw
from data.queries.kepatuhan import deadlines, expected
from data.queries.kiriman import one_version, queue, ready_to_publish
from data.queries.pemda import Periode, calendar, choose_period
from data.words import ACCEPTED, Keadaan
from pages.parts.elements import address, records
from pages.parts.formats import tenggat
from pages.parts.verify import PATH, Antre, Masa, Posisi, Umpan, news_query, queue_page
from pages.parts.verify_version import Isian, version_page
from routes.declared import DECLARED
from routes.forms import check_form, form_token
from routes.page import answer_page
from routes.session import current_person, origin, pintu, settings
from routes.verify_reminders import reminders
from routes.verify_version import read_version

verifikasi = Blueprint("verifikasi", __name__)
NAMES = ("waiting", "publish", "version", "raw_file", "accept", "give_back")
DECLARED.update(dict.fromkeys((f"verifikasi.{name}" for name in NAMES), Audiens.BAPPEDA))
CODES = {NotAllowedError: 403, ConflictError: 409, LoadError: 409}


@verifikasi.get("/verifikasi")
def waiting() -> Any:
    args = request.args
    state = args.get("keadaan", "")
    if state and state not in set(Posisi):
        return _queue(args, "", Umpan(galat="Keadaan ini tidak dikenal. Pilih dari daftar."), 400)
    return _queue(args, state, Umpan(args.get("kabar", "")))


@verifikasi.post("/verifikasi/terbitkan")
def publish() -> Any:
    check_form("verifikasi")
    door, given = pintu(), request.form
    chosen = _period(given)
    count = given.get("jumlah", "")
    if not (count.isascii() and count.isdigit() and len(count) <= 5):
        raise BadParameterError("Muat ulang daftar, lalu terbitkan sekali lagi.")
    try:
        putusan.publish(door.engine, door.pemda, _who(), chosen.tahun, chosen.tw, int(count))
    except (BadParameterError, ConflictError) as error:
        return _queue(given, "", Umpan(galat=str(error)), CODES.get(type(error), 400))
    return redirect(address(PATH, news_query((chosen.tahun, chosen.tw), "terbit"), "isi"), 303)


@verifikasi.get("/verifikasi/<int:nomor>")
def version(nomor: int) -> Any:
    return _version(nomor)


@verifikasi.get("/verifikasi/<int:nomor>/berkas")
def raw_file(nomor: int) -> Any:
    row = _sent(nomor)
    name = "".join(letter for letter in row["nama_berkas"] if letter.isprintable()) or f"laporan-{nomor}"
    content, door = BytesIO(read_raw(settings().berkas, row["sha256"])), pintu()
    note_download(door.engine, door.pemda, _who(), f"kiriman/{nomor}", {"sha256": row["sha256"]})
    kind = "application/octet-stream"
    return send_file(content, kind, as_attachment=True, download_name=name, conditional=False, etag=False)


@verifikasi.post("/verifikasi/<int:nomor>/terima")
def accept(nomor: int) -> Any:
    check_form("verifikasi")
    row, door = _sent(nomor), pintu()
    try:
        putusan.accept(door.engine, door.pemda, _who(), nomor)
    except (NotAllowedError, ConflictError, LoadError) as error:
        return _version(nomor, galat=error)
    return redirect(address(PATH, news_query((row["tahun"], row["tw"]), "terima"), "isi"), 303)


@verifikasi.post("/verifikasi/<int:nomor>/kembalikan")
def give_back(nomor: int) -> Any:
    check_form("verifikasi")
    row, door = _sent(nomor), pintu()
    isian = Isian(request.form.get("alasan", "")[:4_000], request.form.get("catatan", "")[:40_000])
    try:
        notes = putusan.read_notes(isian.catatan)
        putusan.give_back(door.engine, door.pemda, _who(), nomor, isian.alasan, notes)
    except (BadParameterError, NotAllowedError, ConflictError) as error:
        return _version(nomor, isian, error)
    return redirect(address(PATH, news_query((row["tahun"], row["tw"]), "kembali"), "isi"), 303)


def _version(nomor: int, isian: Isian | None = None, galat: EmonevError | None = None) -> Response:
    orang = current_person()
    row = _sent(nomor)
    found = read_version(row, orang, show_all=request.args.get("semua") == "1")
    content = version_page(found, isian or Isian(), form_token("verifikasi"), str(galat) if galat else None)
    code = CODES.get(type(galat), 400) if galat else 200
    return answer_page(f"{found.opd} {found.periode}", content, active=PATH, code=code)


def _sent(nomor: int) -> dict[str, Any]:
    """A version that was sent. What an OPD only drafts is nobody else's to see."""
    door = pintu()
    with reading(door.engine) as conn:
        row = one_version(conn, door.pemda, nomor)
    if row["dikirim_pada"] is None:
        raise NotFoundError("Tidak ditemukan.")
    return row


def _queue(query: Mapping[str, str], state: str, umpan: Umpan, code: int = 200) -> Response:
    door, now = pintu(), datetime.now(UTC)
    chosen = _period(query)
    with reading(door.engine) as conn:
        found = records(queue(conn, door.pemda, chosen.tahun, chosen.tw))
        must = set(expected(conn, door.pemda, chosen.tahun, chosen.tw))
        silent = [row["opd"] for row in found if row["opd"] in must and _position(row) == Posisi.BELUM]
        ready = ready_to_publish(conn, door.pemda, chosen.tahun, chosen.tw)
        ends = deadlines(conn, door.pemda, chosen.tahun, chosen.tw, silent)
        ada = [(one.tahun, one.tw) for one in _open_periods(calendar(conn, door.pemda), now)]
    until = {opd: _due_words(one, now) for opd, one in ends.items()}
    rows = [_row(row, row["opd"] in must, until.get(row["opd"], "")) for row in found]
    masa = Masa(chosen.tahun, chosen.tw, ada, chosen.tepat_waktu_sampai, chosen.dikunci, ready)
    umpan = replace(umpan, ingat=reminders(chosen.tahun, chosen.tw, now))
    content = queue_page(_in_order(rows, now), masa, state, form_token("verifikasi"), now, umpan)
    return answer_page("Verifikasi", content, active=PATH, code=code)


def _period(query: Mapping[str, str]) -> Periode:
    """The triwulan asked for; by default the one that was opened last."""
    door = pintu()
    with reading(door.engine) as conn:
        return choose_period(_open_periods(calendar(conn, door.pemda), datetime.now(UTC)), *_asked(query))


def _asked(query: Mapping[str, str]) -> tuple[str | None, str | None]:
    return query.get("tahun") or None, query.get("tw") or None


def _open_periods(known: list[Periode], now: datetime) -> list[Periode]:
    return [one for one in known if one.dibuka <= now]


def _due_words(one: Any, now: datetime) -> str:
    late = one.days_late(now)
    more = "Perpanjangan sampai" if one.diperpanjang else "Tenggat"
    return f"Terlambat {late}\u00a0hari" if late else f"{more} {tenggat(one.tepat_waktu_sampai)}"


def _position(row: Mapping[str, Any]) -> Posisi:
    if row["menunggu"] is not None:
        return Posisi.MENUNGGU
    known = {
        Keadaan.TERVERIFIKASI.value: Posisi.DITERIMA,
        Keadaan.TERBIT.value: Posisi.TERBIT,
        Keadaan.DIKEMBALIKAN.value: Posisi.DIKEMBALIKAN,
    }
    return known.get(row["keadaan"], Posisi.BELUM)


def _row(row: Mapping[str, Any], wajib: bool, until: str) -> Antre:
    posisi = _position(row)
    return Antre(
        nama=row["nama"],
        posisi=posisi,
        nomor=row["menunggu"] or row["terakhir"],
        koreksi=posisi == Posisi.MENUNGGU and row["keadaan"] in ACCEPTED,
        siap=row["keadaan"] == Keadaan.TERVERIFIKASI,
        nihil=bool(row["nihil"]),
        wajib=wajib,
        pada=row["dikirim_pada"] or row["diterima_pada"],
        terlambat=row["hari_terlambat"] if row["menunggu"] is None else row["terlambat_menunggu"],
        tenggat=until,
        konfirmasi=row["konfirmasi"] or 0,
        versi=row["versi"],
        dikembalikan=row["dikembalikan"],
    )


def _in_order(rows: list[Antre], now: datetime) -> list[Antre]:
    """What waits longest first; an OPD that need not report and sent nothing is left out."""
    shown = [row for row in rows if row.wajib or row.posisi != Posisi.BELUM]
    order = list(Posisi)
    waiting = Posisi.MENUNGGU
    return sorted(shown, key=lambda row: (order.index(row.posisi), row.pada or now if row.posisi == waiting else now))


def _who() -> Pelaku:
    return pelaku_of(current_person(), origin().alamat)
