"""``/unggah/draf/<nomor>``: what was found in a file, its questions, its preview, and the way out: sent or thrown
away."""

from typing import Any

from flask import redirect, request
from werkzeug import Response

from data.access import Audiens
from data.alasan import join_reasons, unanswered
from data.cocok import PLAN_CHANGED
from data.draf import discard_draft
from data.errors import BadParameterError, ConflictError, DeadlineError, LoadError, NotFoundError
from data.kiriman import TEXTS, submit, write_texts
from data.mentah import read_raw
from data.petaan import remember_mapping
from data.words import Kirim
from loaders import Gaya, Tingkat
from pages.parts.upload_clock import HOME
from pages.parts.upload_draft import draft_page
from reports.aman import csv_bytes
from routes.forms import check_form, form_token
from routes.page import answer_page
from routes.session import settings
from routes.upload import CSV, attachment
from routes.upload_check import STOPPED, check_again, finding, make_draft, told
from routes.upload_view import as_draft, comparison, groups_of, json_of
from routes.upload_who import FORM, affair_of, alamat_of, declare, door, opd, own_version, unggah, who

declare(
    Audiens.OPD_SENDIRI,
    *("draft", "findings_csv", "answer_questions", "save_words", "send", "throw_away"),
)
__all__ = ["unggah"]
NO_ANSWER = "Pilih jawabannya lebih dahulu, lalu periksa lagi."
WORDS = tuple(name for name in TEXTS if name != "alasan")


@unggah.get("/unggah/draf/<nomor>")
def draft(nomor: str) -> Any:
    return show_draft(own_version(nomor), kabar=request.args.get("kabar", ""))


@unggah.get("/unggah/draf/<nomor>/masalah.csv")
def findings_csv(nomor: str) -> Any:
    row = own_version(nomor)
    heads = ("tingkat", "aturan", "baris", "kolom", "nama_kolom", "nilai", "pesan", "perbaikan")
    found = [finding(one) for one in json_of(row, "masalah")]
    lines = [
        (m.tingkat.value, m.aturan, m.baris, m.huruf_kolom, m.nama_kolom, m.nilai, m.pesan, m.perbaikan) for m in found
    ]
    return attachment(csv_bytes([heads, *lines]), f"temuan-{row['tahun']}-TW{row['tw']}-{row['nomor']}.csv", CSV)


@unggah.post("/unggah/draf/<nomor>/jawab")
def answer_questions(nomor: str) -> Any:
    check_form(FORM)
    row = _draft_row(nomor)
    stored = json_of(row, "setelan")
    said = request.form.get("angka") or stored.get("angka")
    angka = Gaya(said) if said in set(Gaya) else None
    petaan = _answered_columns(stored)
    if not petaan and angka is None:
        return show_draft(row, galat=NO_ANSWER, code=400)
    entry, alamat = door(), alamat_of(row)
    content = read_raw(settings().berkas, row["sha256"])
    remember_mapping(entry.engine, entry.pemda, who(), alamat.opd, petaan)
    try:
        new = make_draft(alamat, content, row["nama_berkas"], angka)
    except STOPPED as error:
        return told(error, lambda sentence, code: show_draft(row, galat=sentence, code=code))
    return redirect(f"{HOME}/draf/{new}", 303)


@unggah.post("/unggah/draf/<nomor>/simpan")
def save_words(nomor: str) -> Any:
    check_form(FORM)
    row = _draft_row(nomor)
    try:
        _write(row)
    except BadParameterError as error:
        return show_draft(row, galat=str(error), code=400)
    return redirect(f"{HOME}/draf/{row['nomor']}?kabar=simpan", 303)


@unggah.post("/unggah/draf/<nomor>/kirim")
def send(nomor: str) -> Any:
    """Idempotent: a second click, Back or reload with the same token gives the same receipt."""
    check_form(FORM)
    row, entry = own_version(nomor), door()
    alamat, sekali = alamat_of(row), request.form.get("sekali", "")[:64]
    try:
        if row["keadaan"] == Kirim.DRAF:
            _check_reasons(row)
            _write(row)
        tanda = submit(entry.engine, entry.pemda, who(), alamat, sekali, nomor=row["nomor"])
    except ConflictError:
        return _compared_anew(row)
    except LoadError as error:
        return show_draft(own_version(nomor), galat=str(error), code=409, typed=True)
    except (BadParameterError, DeadlineError) as error:
        return show_draft(own_version(nomor), galat=str(error), code=400, typed=True)
    return redirect(f"{HOME}/tanda/{tanda.tanda}", 303)


def _compared_anew(row: dict[str, Any]) -> Response:
    """Something else was sent or accepted meanwhile: the file is checked and compared once more."""
    try:
        return redirect(f"{HOME}/draf/{check_again(own_version(str(row['nomor'])))}?kabar=berubah", 303)  # type: ignore[return-value]
    except STOPPED as error:
        return told(error, lambda sentence, code: show_draft(row, galat=sentence, code=code, typed=True))


@unggah.post("/unggah/draf/<nomor>/buang")
def throw_away(nomor: str) -> Any:
    check_form(FORM)
    row, entry = _draft_row(nomor), door()
    discard_draft(entry.engine, entry.pemda, alamat_of(row), row["nomor"])
    return redirect(f"{HOME}?tahun={row['tahun']}&tw={row['tw']}&kabar=buang", 303)


def _draft_row(nomor: str) -> dict[str, Any]:
    row = own_version(nomor)
    if row["keadaan"] != Kirim.DRAF:
        raise NotFoundError("Draf ini sudah dikirim atau diganti. Lihat riwayat di halaman Unggah.")
    return row


def _typed(row: dict[str, Any]) -> dict[str, str]:
    """The words as they stand in the form that was sent."""
    texts = {name: request.form[name] for name in WORDS if name in request.form}
    groups = groups_of(row, Tingkat.KONFIRMASI)
    given = {group.nama: request.form.get(f"alasan-{at}", "") for at, group in enumerate(groups)}
    return texts | {"alasan": join_reasons(given)}


def _write(row: dict[str, Any]) -> None:
    """A draft that went away meanwhile is told by what comes next."""
    entry = door()
    try:
        write_texts(entry.engine, entry.pemda, alamat_of(row), row["nomor"], _typed(row))
    except NotFoundError:
        if own_version(str(row["nomor"]))["keadaan"] == Kirim.DRAF:
            raise


def _check_reasons(row: dict[str, Any]) -> None:
    groups = [group.nama for group in groups_of(row, Tingkat.KONFIRMASI)]
    left = unanswered(_typed(row)["alasan"], groups)
    if left and not row["galat"]:
        raise BadParameterError(f"Tulis alasan untuk: {'; '.join(left)}.")


def _answered_columns(stored: dict[str, Any]) -> dict[str, str]:
    """Their title → our column, of what was asked and answered."""
    head = stored.get("kepala") or {}
    titles = {one["normal"] for one in head.get("lain", [])}
    wanted = [one["kunci"] for one in head.get("kurang", [])]
    given = {request.form.get(f"kolom-{kunci}", ""): kunci for kunci in wanted}
    return {title: kunci for title, kunci in given.items() if title in titles}


def show_draft(
    row: dict[str, Any], kabar: str = "", galat: str | None = None, code: int = 200, typed: bool = False
) -> Response:
    """The draft; what was sent already has a page of its own."""
    if row["keadaan"] != Kirim.DRAF:
        return redirect(f"{HOME}/versi/{row['nomor']}", 303)  # type: ignore[return-value]
    if typed:
        row = row | _typed(row)
    affair = affair_of(alamat_of(row))
    try:
        banding = None if row["galat"] else comparison(row, opd())
    except LoadError:
        banding, galat, code = None, galat or PLAN_CHANGED, 409
    content = draft_page(as_draft(row, affair), banding, form_token(FORM), kabar, galat)
    return answer_page(f"Draf {affair.tenggat.nama}", content, active=HOME, code=code)
