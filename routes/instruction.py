"""Instructions: ``/arahan``, the list of each role, one with its history, the form, and every step of either side."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from flask import Blueprint, redirect, request
from werkzeug import Response

from data import arahan as deeds
from data.access import Audiens
from data.engine import reading
from data.errors import BadParameterError, ConflictError, EmonevError, NotAllowedError
from data.masuk import pelaku_of
from pages.parts.elements import address
from pages.parts.instruction import PATH
from pages.parts.instruction_form import Sasaran, blank_page
from pages.parts.instruction_list import OPEN, STATES, list_page
from pages.parts.instruction_one import one_page
from routes.calendar_input import read_day
from routes.declared import DECLARED
from routes.forms import check_form, form_token
from routes.instruction_view import (
    all_opd,
    asked_period,
    read_list,
    read_place,
    read_sheet,
    title_of,
    usual_due,
)
from routes.page import answer_page
from routes.session import current_person, origin, pintu

arahan = Blueprint("arahan", __name__)
DECLARED.update(dict.fromkeys(("arahan.inbox", "arahan.show"), Audiens.MASUK))
DECLARED.update(dict.fromkeys((f"arahan.{name}" for name in ("blank", "give", "judge", "withdraw")), Audiens.PENGARAH))
DECLARED["arahan.answer"] = Audiens.OPD_SENDIRI
FORM: Final = "arahan"
"""The purpose of the token that the forms of these pages carry."""
CODES: Final = {NotAllowedError: 403, ConflictError: 409}
LONGEST: Final = 20_000
"""What is kept of a text that is far too long, to be given back with a sentence."""


@arahan.get(PATH)
def inbox() -> Any:
    nomor = request.args.get("nomor", "")
    if nomor.isascii() and nomor.isdigit() and len(nomor) <= 9:  # the address that is shared, known to signing in
        return redirect(f"{PATH}/{int(nomor)}", 302)
    state = request.args.get("keadaan") or OPEN
    if state not in STATES:
        raise BadParameterError("Keadaan ini tidak dikenal. Pilih dari daftar arahan.")
    found = read_list(state, request.args.get("opd", ""), request.args.get("lewat") == "ya")
    content = list_page(*found, kabar=request.args.get("kabar", ""))
    return answer_page("Arahan", content, active=PATH)


@arahan.get(f"{PATH}/baru")
def blank() -> Any:
    return _blank(read_place(request.args), {"tenggat": usual_due()})


@arahan.post(PATH)
def give() -> Any:
    check_form(FORM)
    given, door = request.form, pintu()
    typed = {name: given.get(name, "")[:LONGEST] for name in ("kata", "tenggat", "opd")}
    tahun, tw = asked_period(given)
    place = deeds.Perihal(tahun, tw, *(given.get(name, "")[:120] for name in ("opd", "node", "indikator")))
    try:
        if not place.opd:
            raise BadParameterError("OPD belum dipilih. Pilih OPD yang menerima arahan.")
        due = read_day(typed["tenggat"], "Tenggat") if typed["tenggat"].strip() else None
        made = deeds.give(door.engine, door.pemda, _who(), place, typed["kata"], due)
    except (BadParameterError, NotAllowedError) as error:
        return _blank(_known(place), typed, error)
    return redirect(address(f"{PATH}/{made.nomor}", {"kabar": "ulang" if made.ulang else "beri"}), 303)


@arahan.get(f"{PATH}/<int:nomor>")
def show(nomor: int) -> Any:
    return _show(nomor)


@arahan.post(f"{PATH}/<int:nomor>/jawab")
def answer(nomor: int) -> Any:
    done = request.form.get("menjadi") == "selesai"
    return _take(nomor, partial(deeds.answer, isi=_typed(), selesai=done), "selesai" if done else "jawab")


@arahan.post(f"{PATH}/<int:nomor>/<any(terima,kembalikan):putusan>")
def judge(nomor: int, putusan: str) -> Any:
    if putusan == "terima":
        return _take(nomor, deeds.accept, "terima")
    return _take(nomor, partial(deeds.send_back, isi=_typed()), "kembali")


@arahan.post(f"{PATH}/<int:nomor>/tarik")
def withdraw(nomor: int) -> Any:
    return _take(nomor, deeds.withdraw, "tarik")


def _take(nomor: int, deed: Callable[..., None], kabar: str) -> Response:
    """A step of either side; what was typed stays on the page when it cannot be taken."""
    check_form(FORM)
    door, seen = pintu(), request.form.get("terlihat", "")
    if not (seen.isascii() and seen.isdigit() and len(seen) <= 6):
        raise BadParameterError("Muat ulang halaman arahan ini, lalu kirim sekali lagi.")
    try:
        deed(door.engine, door.pemda, _who(), nomor, int(seen))
    except (BadParameterError, NotAllowedError, ConflictError) as error:
        return _show(nomor, error)
    return redirect(address(f"{PATH}/{nomor}", {"kabar": kabar}), 303)


def _typed() -> str:
    return request.form.get("kata", "")[:LONGEST]


def _show(nomor: int, error: EmonevError | None = None) -> Response:
    typed = {} if error is None else {"kata": _typed()}
    sheet = read_sheet(nomor, _who(), typed)
    content = one_page(sheet, form_token(FORM), request.args.get("kabar", ""), str(error) if error else None)
    code = CODES.get(type(error), 400) if error else 200
    return answer_page(title_of(sheet), content, active=PATH, code=code)


def _blank(sasaran: Sasaran, typed: dict[str, str], error: EmonevError | None = None) -> Response:
    content = blank_page(sasaran, all_opd(), typed, form_token(FORM), str(error) if error else None)
    code = CODES.get(type(error), 400) if error else 200
    return answer_page("Beri arahan", content, active=PATH, code=code)


def _known(place: deeds.Perihal) -> Sasaran:
    """The place as far as the plan knows it: a form comes back with names, or asks for the OPD again."""
    door = pintu()
    with reading(door.engine) as conn:
        try:
            deeds.find_place(conn, door.pemda, place)
        except BadParameterError:
            return Sasaran(place.tahun, place.tw)
    return read_place({"tahun": str(place.tahun), "tw": str(place.tw), **_codes(place)})


def _codes(place: deeds.Perihal) -> dict[str, str]:
    return {"opd": place.opd, "node": place.node, "indikator": place.indikator}


def _who() -> Any:
    return pelaku_of(current_person(), origin().alamat)
