"""``/kelola/rencana``: Bappeda brings plans in: file → check apart → problems → what would change → stored."""

from typing import Any, Final

from flask import Blueprint, redirect, request
from werkzeug import Response
from werkzeug.exceptions import RequestEntityTooLarge

from data.access import Audiens
from data.engine import reading
from data.errors import BadParameterError, BusyError, LoadError
from data.mentah import keep_raw
from data.queries.rencana import known_opd
from data.queries.unggahan import recent_plans
from loaders import BATAS_UNGGAH, Masalah
from pages.parts.elements import address, records
from pages.parts.plans import PATH, Diperiksa, checked_page, home_page
from pages.parts.upload_findings import Hal
from routes.declared import DECLARED
from routes.forms import check_form, form_token
from routes.page import answer_page
from routes.plans_check import KINDS, NAMES, Permintaan, check_plan_file, read_request, store_plan, what_it_changes
from routes.session import pintu, settings
from routes.upload import ENVELOPE, NO_FILE, TOO_LARGE, file_name
from routes.upload_check import STOPPED, told
from routes.upload_who import who

rencana = Blueprint("rencana", __name__)
FORM: Final = "rencana"
LONGEST_REASON: Final = 2_000
DECLARED.update(dict.fromkeys((f"rencana.{name}" for name in ("plans", "take", "checked", "keep")), Audiens.BAPPEDA))


@rencana.get("/kelola/rencana")
def plans() -> Any:
    return _home(kabar=request.args.get("kabar", ""))


@rencana.post("/kelola/rencana/berkas")
def take() -> Any:
    request.max_content_length = BATAS_UNGGAH.ukuran + ENVELOPE
    try:
        check_form(FORM)
        given = request.files.get("berkas")
        content = given.read(BATAS_UNGGAH.ukuran + 1) if given is not None else b""
    except RequestEntityTooLarge:
        return _home(galat=TOO_LARGE, code=413)
    if given is None or not given.filename:
        return _home(galat=NO_FILE, code=400)
    if len(content) > BATAS_UNGGAH.ukuran:
        return _home(galat=TOO_LARGE, code=413)
    said = {name: request.form.get(name, "")[:80] for name in NAMES} | {"nama": file_name(given.filename)}
    try:
        read_request(said)
        sha = keep_raw(settings().berkas, content)
    except (BadParameterError, LoadError) as error:
        return _home(galat=str(error), code=400)
    return redirect(address(f"{PATH}/{sha}", {name: value or None for name, value in said.items()}), 303)


@rencana.get("/kelola/rencana/<sha>")
def checked(sha: str) -> Any:
    return _checked(sha, read_request(request.args))


@rencana.post("/kelola/rencana/<sha>/simpan")
def keep(sha: str) -> Any:
    check_form(FORM)
    asked, reason = read_request(request.form), request.form.get("alasan", "").strip()[:LONGEST_REASON]
    try:
        hasil, konteks = check_plan_file(sha, asked, who().nama)
        if hasil.perlu_alasan and not reason:
            raise LoadError("Tulis alasannya lebih dahulu: ada hal yang perlu dikonfirmasi.")
        done = store_plan(hasil, konteks, reason, who())
    except STOPPED as error:
        return told(error, lambda sentence, code: _checked(sha, asked, sentence, code))
    return redirect(address(PATH, {"kabar": "sudah" if done.sudah_ada else "simpan"}), 303)


def _home(kabar: str = "", galat: str | None = None, code: int = 200) -> Response:
    door = pintu()
    with reading(door.engine) as conn:
        names, rows = known_opd(conn, door.pemda), records(recent_plans(conn, door.pemda))
    content = home_page([kind.value for kind in KINDS], names, rows, form_token(FORM), kabar, galat)
    return answer_page("Muat rencana", content, active=PATH, code=code)


def _checked(sha: str, asked: Permintaan, galat: str | None = None, code: int = 200) -> Response:
    """The page of one checked file; it is checked at each look, so it always speaks of the plan as it is now."""
    try:
        hasil, konteks = check_plan_file(sha, asked, who().nama)
        change = what_it_changes(hasil, konteks) if hasil.boleh_disimpan else None
    except BusyError as error:
        return told(error, lambda sentence, code: _home(galat=sentence, code=code))
    except LoadError as error:
        return _home(galat=str(error), code=400)
    found = Diperiksa(
        sha=sha,
        nama=hasil.nama_berkas,
        jenis=hasil.jenis.value,
        baris=hasil.jumlah_baris,
        keterangan=hasil.keterangan,
        hal=[_hal(one) for one in hasil.masalah],
        ringkasan={name: str(value) for name, value in hasil.ringkasan.items()},
        perubahan=(change.ditambah, change.diubah, change.tetap) if change else None,
        bertanya=bool(hasil.pertanyaan),
        perlu_alasan=hasil.perlu_alasan,
        diminta=_said(asked),
    )
    return answer_page("Periksa rencana", checked_page(found, form_token(FORM), galat), active=PATH, code=code)


def _said(asked: Permintaan) -> dict[str, str]:
    """The request again, as the fields of a form."""
    kumulatif = "" if asked.kumulatif is None else "ya" if asked.kumulatif else "tidak"
    said = {"jenis": asked.jenis.value, "nama": asked.nama, "opd": asked.opd or "", "kumulatif": kumulatif}
    said |= {
        "tahun": str(asked.tahun or ""),
        "tw": str(asked.tw or ""),
        "angka": asked.angka.value if asked.angka else "",
    }
    return said


def _hal(m: Masalah) -> Hal:
    return Hal(m.tingkat.value, m.aturan, m.pesan, m.perbaikan, m.baris, m.huruf_kolom, m.nama_kolom, str(m.nilai))
