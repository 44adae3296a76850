"""Signing in and out: ``/masuk`` and ``/keluar``, plain forms that work without JavaScript."""

from typing import Any

from flask import Blueprint, redirect, request
from werkzeug import Response

from data.access import Audiens, Orang
from data.errors import BadParameterError, TahanError
from data.masuk import Hasil, leave, with_password
from data.sesi import Tahap
from pages.parts.signin import signin_page
from routes.assets import scripts, styles
from routes.declared import DECLARED
from routes.forms import check_form, form_token
from routes.page import current_pemda
from routes.session import (
    current_person,
    current_session,
    device_token,
    give_session,
    origin,
    pintu,
    settings,
    take_session,
)
from routes.targets import next_query, target_address, target_label, target_of

signin = Blueprint("masuk", __name__)
DECLARED.update(dict.fromkeys(("masuk.form", "masuk.send", "masuk.leave_session"), Audiens.PUBLIK))
NEWS = {
    "berakhir": "Sesi Anda sudah berakhir, jadi isian tadi tidak disimpan. Masuk lagi, lalu ulangi.",
    "keluar": "Anda sudah keluar.",
}
WRONG = "Nama pengguna atau kata sandi tidak cocok. Periksa, lalu coba lagi."
OUT = "/masuk?pesan=keluar"
NEXT_STEP = {Tahap.KODE: "/masuk/kode", Tahap.PASANG: "/masuk/pasang"}


@signin.get("/masuk")
def form() -> Any:
    target = target_of(request.args.get("next", ""), request.args.to_dict())
    orang = current_person()
    if orang is not None:
        return redirect(target_address(target, orang))
    return signin_form(target, kabar=NEWS.get(request.args.get("pesan", "")))


@signin.post("/masuk")
def send() -> Any:
    target, nama = request.form.get("tujuan", ""), request.form.get("pengguna", "")
    try:
        check_form("masuk")
        done = with_password(pintu(), nama, request.form.get("kata_sandi", ""), origin(), device_token())
    except BadParameterError as error:
        orang = current_person()  # in already, by another tab: nothing to fill in again
        return redirect(target_address(target, orang), 303) if orang else (signin_form(target, nama, str(error)), 400)
    except TahanError as error:
        return signin_form(target, nama, str(error)), 429, {"Retry-After": str(error.detik)}
    if done is None:
        return signin_form(target, nama, WRONG), 401
    before = current_session()
    if before is not None:
        leave(pintu(), before.orang, origin().alamat)
    return after_step(done, target)


@signin.post("/keluar")
def leave_session() -> Any:
    """Out. Whoever leaves between two steps wants to sign in as somebody else."""
    check_form("keluar")
    found = current_session()
    if found is None:
        return take_session(redirect(OUT, 303))
    leave(pintu(), found.orang, origin().alamat)
    again = f"/masuk{next_query(request.form.get('tujuan', ''))}"
    return take_session(redirect(OUT if found.tahap == Tahap.PENUH else again, 303))


def after_step(done: Hasil, target: str, kabar: str = "") -> Response:
    """On to the page that was asked for (with word of something to know), or to the next step, the target kept."""
    where = step_address(done.tahap, target, done.orang)
    return give_session(redirect(f"{where}?kabar={kabar}" if kabar else where, 303), done)


def step_address(tahap: Tahap, target: str, orang: Orang) -> str:
    """Where somebody who got this far goes next."""
    step = NEXT_STEP.get(tahap)
    return target_address(target, orang) if step is None else f"{step}{next_query(target)}"


def signin_form(target: str, nama: str = "", error: str | None = None, kabar: str | None = None) -> Response:
    """The form, with what was wrong or what there is to know."""
    pemda, oidc = current_pemda(), settings().oidc
    text = signin_page(
        pemda=pemda.nama,
        csrf=form_token("masuk"),
        styles=styles(),
        scripts=scripts(),
        tujuan=target,
        tujuan_nama=target_label(target),
        pengguna=nama[:80],
        galat=error,
        kabar=kabar,
        sso=(f"Masuk dengan {oidc.label}", f"/masuk/sso{next_query(target)}") if oidc is not None else None,
        contoh=pemda.contoh,
    )
    return Response(text, mimetype="text/html")
