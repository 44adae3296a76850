"""The second step of signing in: ``/masuk/kode`` asks for the code, ``/masuk/pasang`` sets it up.

A secret that is being set up lives in the form alone, sealed and tied to the session, so the server keeps nothing of
it and nobody can bring one of their own.
"""

from typing import Any

from flask import Blueprint, current_app, g, redirect, request
from werkzeug import Response

from data.access import Audiens
from data.accounts import find_account
from data.engine import reading
from data.errors import BadParameterError, NotSignedInError, SettingsError, TahanError
from data.faktor import matching_step, new_secret, provisioning_address
from data.kunci import seal, unseal
from data.masuk import MAY_TRUST, Hasil, with_code, with_new_factor
from data.sesi import Sesi, Tahap, find_session
from pages.parts.second import Langkah, code_sheet, recovery_sheet, setup_sheet
from routes.declared import DECLARED
from routes.forms import STALE, check_form, form_token
from routes.page import answer_page, current_pemda
from routes.session import current_session, device_token, give_session, origin, pintu
from routes.signin import after_step, step_address
from routes.targets import next_query, target_address, target_of

kode = Blueprint("kode", __name__)
DECLARED.update(dict.fromkeys(("kode.form", "kode.send", "kode.setup", "kode.install"), Audiens.SETENGAH))
WRONG = "Kode salah atau sudah dipakai. Tunggu kode berikutnya di aplikasi, lalu coba lagi."
WRONG_RECOVERY = "Kode pemulihan salah atau sudah dipakai. Pakai kode lain dari daftar Anda."
WRONG_SETUP = "Kode tidak cocok. Pastikan jam ponsel benar, lalu ketik kode yang sedang tampil."


@kode.get("/masuk/kode")
def form() -> Any:
    target = target_of(request.args.get("next", ""), request.args.to_dict())
    return _not_here(target) or _code_page(target)


@kode.post("/masuk/kode")
def send() -> Any:
    target, sesi = request.form.get("tujuan", ""), _here()
    away = _not_here(target)
    if away is not None:
        return away
    given = request.form.get("kode") or request.form.get("pemulihan", "")
    try:
        check_form("kode")
        done = with_code(pintu(), sesi, given[:40], origin(), device_token(), request.form.get("percaya") == "ya")
    except BadParameterError as error:
        return _code_page(target, str(error), 400)
    except TahanError as error:
        return _code_page(target, str(error), 429, error.detik)
    if done is None:
        wrong = WRONG_RECOVERY if request.form.get("pemulihan") else WRONG
        return _code_page(target, wrong, 401)
    return after_step(done, "akun.own" if done.pemulihan else target, "pemulihan" if done.pemulihan else "")


@kode.get("/masuk/pasang")
def setup() -> Any:
    target = target_of(request.args.get("next", ""), request.args.to_dict())
    return _not_to_set_up(target) or _setup_page(target, new_secret())


@kode.post("/masuk/pasang")
def install() -> Any:
    target, sesi = request.form.get("tujuan", ""), _here()
    away = _not_to_set_up(target)
    if away is not None:
        return away
    try:
        check_form("pasang")
        secret = _open(sesi, request.form.get("rahasia", ""))
    except BadParameterError as error:
        return _setup_page(target, new_secret(), str(error), 400)
    step = matching_step(secret, request.form.get("kode", "")[:40])
    if step is None:
        return _setup_page(target, secret, WRONG_SETUP, 401)
    done, codes = with_new_factor(pintu(), sesi, secret, step, origin(), device_token())
    _become(done)
    sheet = recovery_sheet(codes, sesi.orang.nama, target_address(target, done.orang))
    return give_session(answer_page("Simpan kode pemulihan", sheet), done)


def _here() -> Sesi:
    """The session of this request, finished or not; the gate has seen to it that there is one."""
    found = current_session()
    if found is None:
        raise NotSignedInError("Waktu untuk mengisi kode habis. Masuk sekali lagi.")
    return found


def _not_here(target: str) -> Response | None:
    """Only who gave the password and owes a code is asked for one."""
    sesi = _here()
    return None if sesi.tahap == Tahap.KODE else redirect(step_address(sesi.tahap, target, sesi.orang), 303)


def _not_to_set_up(target: str) -> Response | None:
    """A code is set up once. A password alone never replaces the code of an account that has one."""
    sesi = _here()
    if sesi.tahap == Tahap.KODE:
        return redirect(step_address(sesi.tahap, target, sesi.orang), 303)
    if not _has_factor(sesi):
        return None
    again = f"/masuk{next_query(target)}"
    return redirect(target_address(target, sesi.orang) if sesi.tahap == Tahap.PENUH else again, 303)


def _has_factor(sesi: Sesi) -> bool:
    with reading(pintu().engine) as conn:
        account = find_account(conn, pintu().pemda, sesi.orang.nama)
    return bool(account is not None and account.totp)


def _code_page(target: str, error: str | None = None, code: int = 200, wait: int = 0) -> Response:
    may_trust = _here().orang.peran in MAY_TRUST
    answer = answer_page("Kode masuk", code_sheet(_step("kode", target, error), may_trust), code=code)
    if wait:
        answer.headers["Retry-After"] = str(wait)
    return answer


def _setup_page(target: str, secret: str, error: str | None = None, code: int = 200) -> Response:
    sesi = _here()
    later = target_address(target, sesi.orang) if sesi.tahap == Tahap.PENUH else None
    address = provisioning_address(secret, sesi.orang.nama, f"e-Monev {current_pemda().nama}")
    sheet = setup_sheet(_step("pasang", target, error), address, secret, _close(sesi, secret), later)
    return answer_page("Pasang kode masuk", sheet, code=code)


def _step(purpose: str, target: str, error: str | None) -> Langkah:
    return Langkah(_here().orang.nama_tampil, form_token(purpose), form_token("keluar"), target, error)


def _close(sesi: Sesi, secret: str) -> str:
    """The secret as the form carries it: sealed, for this session only."""
    return seal(str(current_app.secret_key), f"pasang:{sesi.kunci}:{secret}")


def _open(sesi: Sesi, sealed: str) -> str:
    """The secret again. Raises BadParameterError for one that is not ours or of another session."""
    try:
        whose, _, secret = unseal(str(current_app.secret_key), sealed).rpartition(":")
    except SettingsError:
        raise BadParameterError(STALE) from None
    if whose != f"pasang:{sesi.kunci}":
        raise BadParameterError(STALE)
    return secret


def _become(done: Hasil) -> None:
    """The rest of this answer is drawn for the new session: the old one has just ended."""
    own = pintu()
    with reading(own.engine) as conn:
        g.sesi, _ = find_session(conn, own.pemda, done.token, own.umur)
