"""Signing in and out: ``/masuk`` and ``/keluar``, plain forms that work without JavaScript."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, g, redirect, request, session
from itsdangerous import BadSignature, URLSafeTimedSerializer

from data.access import Audiens, Orang
from data.accounts import verify_password
from data.ask import Penjawab
from data.engine import reading
from data.queries.pemda import read_pemda
from pages.parts.document import sign_in_document, sign_out_document
from routes.declared import DECLARED
from routes.gate import QUERY

signin = Blueprint("masuk", __name__)
DECLARED.update(dict.fromkeys(("masuk.form", "masuk.send", "masuk.ask_out", "masuk.leave"), Audiens.PUBLIK))
TARGETS = {"pimpinan": ("/pimpinan", "Pimpinan")}
FORM_AGE = 4 * 3600
WRONG = "Nama pengguna atau kata sandi tidak cocok. Periksa lagi, lalu coba sekali lagi."
STALE = "Formulir ini sudah terlalu lama terbuka. Isi sekali lagi."


@signin.get("/masuk")
def form() -> Any:
    if g.read_person() is not None:
        return redirect(_target())
    return _page()


@signin.post("/masuk")
def send() -> Any:
    try:
        _serializer().loads(request.form.get("token", ""), max_age=FORM_AGE)
    except BadSignature:
        return _page(STALE), 400
    answerer: Penjawab = current_app.config["PENJAWAB"]
    nama, sandi = request.form.get("nama", ""), request.form.get("sandi", "")
    with reading(answerer.engine) as conn:
        orang = verify_password(conn, answerer.pemda, nama, sandi)
    if orang is None:
        return _page(WRONG, nama), 401
    _begin_session(orang)
    return redirect(_target(), 303)


@signin.get("/keluar")
def ask_out() -> str:
    return sign_out_document(_pemda_name(), _serializer().dumps("keluar"))


@signin.post("/keluar")
def leave() -> Response:
    session.clear()
    return redirect("/", 303)  # type: ignore[return-value]


def _begin_session(orang: Orang) -> None:
    """Keys as dash-auth reads them, so that single sign-on can stand in later."""
    session.clear()
    session.permanent = True
    session["user"] = {"email": orang.nama, "groups": [orang.peran.value]}


def _target() -> str:
    """Where to go after signing in: a page by its name, with the known parameters only."""
    path, _ = TARGETS.get(request.values.get("next", ""), TARGETS["pimpinan"])
    query = [(name, request.values[name]) for name in QUERY if request.values.get(name)]
    return f"{path}?{urlencode(query)}" if query else path


def _page(error: str | None = None, nama: str = "") -> str:
    _, label = TARGETS.get(request.values.get("next", ""), TARGETS["pimpinan"])
    hidden = {name: request.values[name] for name in ("next", *QUERY) if request.values.get(name)}
    return sign_in_document(_pemda_name(), _serializer().dumps("masuk"), label, hidden, error, nama)


def _pemda_name() -> Any:
    answerer: Penjawab = current_app.config["PENJAWAB"]
    return answerer.ask(read_pemda)


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="formulir-masuk")
