"""``/unggah`` for the operator: where the own report stands, the template, and the file that is to be checked."""

import json
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Any, Final

import pandas as pd
from flask import redirect, request
from werkzeug import Response
from werkzeug.exceptions import RequestEntityTooLarge

from data.access import Audiens
from data.arahan import today_wib
from data.engine import reading
from data.errors import BadParameterError
from data.formulir import KINERJA, KOLOM
from data.kalender import read_deadline, wib_words
from data.kiriman import Alamat
from data.petaan import read_mapping
from data.queries.arahan import count_open
from data.queries.formulir import form_rows
from data.queries.kinerja import family
from data.queries.kiriman import versions
from data.queries.laporan import read_report
from data.queries.pemda import Periode
from data.words import Kirim
from loaders import BATAS_UNGGAH
from pages.parts.elements import records
from pages.parts.upload import Harapan, Pilihan, Sampingan, Versi, home_page
from pages.parts.upload_clock import HOME, Tahap
from reports.templat import template_csv, template_xlsx
from routes.forms import check_form, form_token
from routes.page import answer_page, current_pemda
from routes.upload_check import STOPPED, make_draft, told
from routes.upload_who import FORM, OPEN, Urusan, affair_of, asked_period, declare, door, periods, unggah

declare(Audiens.OPD_SENDIRI, "home", "template_workbook", "template_text", "take_file")
__all__ = ["unggah"]
ENVELOPE: Final = 64 * 1024
"""What a form around the largest file may weigh by itself."""
LONGEST_NAME: Final = 200
SHOWN_PERIODS: Final = 6
TITLES: Final = {kolom.kunci: kolom.judul for kolom in KOLOM}
TOO_LARGE: Final = (
    "Berkas lebih besar dari 5 MB, jadi tidak dibaca. Hapus lembar dan gambar yang tidak perlu, lalu coba lagi."
)
NO_FILE: Final = "Belum ada berkas yang dipilih. Pilih berkas XLSX atau CSV, lalu tekan Periksa berkas."
NO_DUTY: Final = "OPD Anda tidak wajib melapor untuk periode ini."
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv; charset=utf-8"


@unggah.get("/unggah")
def home() -> Any:
    return show_home(kabar=request.args.get("kabar", ""))


@unggah.get("/unggah/templat.xlsx")
def template_workbook() -> Any:
    return _template("xlsx")


@unggah.get("/unggah/templat.csv")
def template_text() -> Any:
    return _template("csv")


@unggah.post("/unggah/berkas")
def take_file() -> Any:
    request.max_content_length = BATAS_UNGGAH.ukuran + ENVELOPE
    try:
        check_form(FORM)
        given = request.files.get("berkas")
        content = given.read(BATAS_UNGGAH.ukuran + 1) if given is not None else b""
    except RequestEntityTooLarge:
        return show_home(galat=TOO_LARGE, code=413)
    if given is None or not given.filename:
        return show_home(galat=NO_FILE, code=400)
    if len(content) > BATAS_UNGGAH.ukuran:
        return show_home(galat=TOO_LARGE, code=413)
    return to_draft(asked_period(), content, file_name(given.filename))


def to_draft(alamat: Alamat, content: bytes, name: str) -> Response:
    """Check a file and go to what was found; a sentence on the first page when it cannot be checked now."""
    if not affair_of(alamat).wajib:
        return show_home(galat=NO_DUTY, code=400)
    try:
        nomor = make_draft(alamat, content, name)
    except STOPPED as error:
        return told(error, lambda sentence, code: show_home(galat=sentence, code=code))
    where = f"{HOME}/draf/{nomor}"
    if request.headers.get("X-Kemajuan"):  # our script shows the progress and goes there itself, once
        return Response("", 201, {"Location": where})
    return redirect(where, 303)


def file_name(given: str) -> str:
    """The name of a file without folders and without what no screen can show; never empty."""
    bare = PurePath(given.replace("\\", "/")).name
    shown = "".join(letter if letter.isprintable() else " " for letter in bare).strip()
    ending = PurePath(shown).suffix
    return (shown if len(shown) <= LONGEST_NAME else f"{shown[: LONGEST_NAME - len(ending)]}{ending}") or "berkas"


def attachment(content: bytes, name: str, kind: str) -> Response:
    """A file to be kept, never shown by the browser itself."""
    answer = Response(content, 200, content_type=kind)
    answer.headers.set("Content-Disposition", "attachment", filename=safe_name(name))
    return answer


def safe_name(name: str) -> str:
    """A file name that every system takes: letters, digits, dot, dash and underscore."""
    kept = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "._-") else "-" for letter in name)
    return kept.strip(".-") or "berkas"


def show_home(kabar: str = "", galat: str | None = None, code: int = 200) -> Response:
    """The first page, for the period that was asked for."""
    known = periods()
    alamat = asked_period(known)
    affair, entry = affair_of(alamat), door()
    with reading(entry.engine) as conn:
        found = records(versions(conn, entry.pemda, alamat))
        rows = form_rows(conn, entry.pemda, alamat.tahun, alamat.tw, alamat.opd)
        titles = read_mapping(conn, entry.pemda, alamat.opd)
        accepted = read_report(conn, entry.pemda, alamat.tahun, alamat.tw, alamat.opd)
        asked = count_open(conn, entry.pemda, today_wib(), family(conn, entry.pemda, alamat.opd))
    content = home_page(
        stage_of(affair, _state(found, accepted)),
        expected_rows(rows),
        as_versions(found),
        _choices(known, alamat),
        form_token(FORM),
        Sampingan(
            kabar,
            galat,
            asked.menunggu_jawaban,
            {title: TITLES.get(kunci, kunci) for title, kunci in titles.items()},
        ),
    )
    return answer_page(f"Unggah {affair.tenggat.nama}", content, active=HOME, code=code)


def stage_of(affair: Urusan, keadaan: str = "") -> Tahap:
    """The clock of a report as it is drawn."""
    due, now = affair.tenggat, affair.sekarang
    return Tahap(
        tahun=due.tahun,
        tw=due.tw,
        waktu="perbaikan" if affair.perbaikan else due.stand(now).value,
        dibuka=due.dibuka,
        tepat_waktu_sampai=due.tepat_waktu_sampai,
        dikunci=due.dikunci,
        sekarang=now,
        lewat=due.days_late(now),
        diperpanjang=due.diperpanjang,
        alasan=due.alasan,
        keadaan=keadaan,
        wajib=affair.wajib,
        perbaikan_sampai=affair.perbaikan_sampai,
    )


def _state(found: list[dict[str, Any]], accepted: dict[str, Any] | None) -> str:
    """Where the report stands: a version that waits or came back goes before the one that was accepted earlier."""
    counted = (Kirim.TERKIRIM, Kirim.DIKEMBALIKAN, Kirim.DITERIMA)
    newest = next((row["keadaan"] for row in found if row["keadaan"] in counted), "")
    if newest in {Kirim.TERKIRIM, Kirim.DIKEMBALIKAN}:
        return str(newest)
    return str(accepted["keadaan"]) if accepted else ""


def expected_rows(rows: pd.DataFrame) -> Harapan:
    kinerja = int((rows["baris"] == KINERJA).sum())
    return Harapan(kinerja, len(rows) - kinerja)


def as_versions(found: list[dict[str, Any]]) -> list[Versi]:
    """Versions as they are drawn; they come newest first and are counted from the oldest that was sent."""
    sent = [row["nomor"] for row in reversed(found) if row["keadaan"] != Kirim.DRAF]
    return [as_version(row, sent.index(row["nomor"]) + 1 if row["nomor"] in sent else 0) for row in found]


def as_version(row: dict[str, Any], urutan: int) -> Versi:
    notes = json.loads(row["catatan_baris"] or "[]")
    return Versi(
        nomor=row["nomor"],
        urutan=urutan,
        keadaan=row["keadaan"],
        waktu=row["dikirim_pada"] or row["dibuat_pada"],
        terlambat=row["hari_terlambat"],
        baris=row["jumlah_baris"],
        galat=row["galat"],
        konfirmasi=row["konfirmasi"],
        tanda=row["tanda"],
        alasan=row["alasan_putusan"],
        catatan=[(note.get("baris"), str(note.get("catatan", ""))) for note in notes],
        nama_berkas=row["nama_berkas"],
    )


def _choices(known: list[Periode], alamat: Alamat) -> list[Pilihan]:
    """The periods to choose from: those that can be sent now first, then the newest."""
    now, entry = datetime.now(UTC), door()
    with reading(entry.engine) as conn:
        stands = [read_deadline(conn, entry.pemda, one.tahun, one.tw, alamat.opd).stand(now) for one in known]
    found = [Pilihan(one.tahun, one.tw, stand in OPEN) for one, stand in zip(known, stands, strict=True)]
    return sorted(found, key=lambda one: (not one.terbuka, -one.tahun, -one.tw))[:SHOWN_PERIODS]


def _template(ending: str) -> Response:
    alamat = asked_period()
    affair, entry, pemda = affair_of(alamat), door(), current_pemda()
    if not affair.wajib:
        raise BadParameterError(NO_DUTY)
    with reading(entry.engine) as conn:
        rows = form_rows(conn, entry.pemda, alamat.tahun, alamat.tw, alamat.opd)
    due = wib_words(affair.tenggat.tepat_waktu_sampai)
    given = (rows, pemda.nama, alamat.opd, affair.opd_nama, alamat.tahun, alamat.tw, due)
    name = f"laporan-{alamat.opd}-{alamat.tahun}-TW{alamat.tw}.{ending}"
    if ending == "xlsx":
        return attachment(template_xlsx(*given), name, XLSX)
    return attachment(template_csv(*given), name, CSV)
