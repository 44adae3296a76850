"""Single sign-on: ``/masuk/sso`` leads to the issuer, ``/masuk/sso/kembali`` comes back from it.

dash-auth's own ``OIDCAuth`` is not used: it keeps the person in a signed cookie, which goes on opening doors after
signing out, after the account was closed and after its role has changed. What comes back from the issuer is one step
of our own sign-in (``data.masuk``) and ends in a session of the database; the gate stays dash-auth's ``Auth``.
"""

import logging
import re
from typing import Any

from flask import Blueprint, abort, current_app, redirect, request
from werkzeug import Response

from data.access import Audiens
from data.masuk import leave, with_single_sign_on
from data.settings import Oidc
from data.sso import (
    TICKET_SECONDS,
    IssuerAwayError,
    NotVouchedError,
    Tiket,
    authorization_address,
    new_ticket,
    open_ticket,
    prove,
    seal_ticket,
)
from routes.declared import DECLARED
from routes.session import cookie_name, current_person, current_session, device_token, origin, pintu, settings
from routes.signin import after_step, signin_form
from routes.targets import target_address, target_of

log = logging.getLogger("emonev")
sso = Blueprint("sso", __name__)
DECLARED.update(dict.fromkeys(("sso.start", "sso.back"), Audiens.PUBLIK))
TIKET = "emonev_sso"
LONGEST_TARGET = 1_000
"""A cookie holds four thousand letters; a target that would not fit is left out."""


@sso.get("/masuk/sso")
def start() -> Any:
    """To the issuer, with a ticket in this browser."""
    oidc = _oidc()
    target = target_of(request.args.get("next", ""), request.args.to_dict())
    orang = current_person()
    if orang is not None:
        return redirect(target_address(target, orang))
    tiket = new_ticket(target if len(target) <= LONGEST_TARGET else "")
    try:
        answer = redirect(authorization_address(oidc, _back_address(), tiket))
    except IssuerAwayError as error:
        return signin_form(target, error=str(error)), 503
    return _keep_ticket(answer, seal_ticket(str(current_app.secret_key), tiket), TICKET_SECONDS)


@sso.get("/masuk/sso/kembali")
def back() -> Any:
    """From the issuer: in, on to our own code, or back to the form with a sentence. The ticket is good once."""
    oidc = _oidc()
    try:
        tiket = open_ticket(
            str(current_app.secret_key), request.cookies.get(cookie_name(TIKET), ""), request.args.get("state", "")
        )
    except NotVouchedError as error:
        # The ticket stays: it may belong to another tab that is still on its way.
        return _refused("", str(error), 400)
    answer = _declined(oidc, tiket) if "error" in request.args else _come_in(oidc, tiket)
    return _keep_ticket(answer, "", 0)


def _come_in(oidc: Oidc, tiket: Tiket) -> Response:
    try:
        proof = prove(oidc, _back_address(), tiket, request.args.get("code", ""))
    except NotVouchedError as error:
        return _refused(tiket.target, str(error), 401)
    except IssuerAwayError as error:
        return _refused(tiket.target, str(error), 503)
    done = with_single_sign_on(pintu(), proof.nama, origin(), proof.strong, device_token())
    if done is None:
        log.warning("single sign-on refused: no open account of that name")
        sentence = f"{oidc.label} Anda belum terhubung dengan akun e-Monev yang terbuka. Hubungi pengelola e-Monev."
        return _refused(tiket.target, sentence[:1].upper() + sentence[1:], 403)
    before = current_session()
    if before is not None:
        leave(pintu(), before.orang, origin().alamat)
    return after_step(done, tiket.target)


def _declined(oidc: Oidc, tiket: Tiket) -> Response:
    """The issuer, or the person there, said no."""
    reason = request.args["error"]
    # Anybody can write an address: only what the standard allows in this place goes into the log.
    log.warning("single sign-on declined: %s", reason if re.fullmatch(r"[a-z_]{1,40}", reason) else "other")
    return _refused(tiket.target, f"Masuk dengan {oidc.label} dibatalkan atau ditolak. Anda belum masuk.", 403)


def _refused(target: str, sentence: str, code: int) -> Response:
    answer = signin_form(target, error=sentence)
    answer.status_code = code
    return answer


def _oidc() -> Oidc:
    found = settings().oidc
    if found is None:
        abort(404)
    return found


def _back_address() -> str:
    """Where the issuer sends people back to: from our settings, never from the request."""
    return f"{settings().base_url}/masuk/sso/kembali"


def _keep_ticket(answer: Response, sealed: str, seconds: int) -> Response:
    answer.set_cookie(
        cookie_name(TIKET), sealed, max_age=seconds, path="/", secure=settings().tls, httponly=True, samesite="Lax"
    )
    return answer
