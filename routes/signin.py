"""Signing in and out: ``/masuk`` and ``/keluar``, plain forms that work without JavaScript."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, Response, current_app, g, redirect, request, session

from data.access import Audiens, Orang
from data.accounts import verify_password
from data.ask import Penjawab
from data.engine import reading
from data.queries.pemda import read_pemda
from data.tokens import is_valid_token, make_token
from pages.parts.signin import signin_page
from routes.assets import scripts, styles
from routes.declared import DECLARED
from routes.gate import QUERY

signin = Blueprint("masuk", __name__)
DECLARED.update(dict.fromkeys(("masuk.form", "masuk.send", "masuk.leave"), Audiens.PUBLIK))
TARGETS = {"pimpinan": ("/pimpinan", "Pimpinan")}
HOME = "pimpinan"
WRONG = "Nama pengguna atau kata sandi tidak cocok. Periksa, lalu coba lagi."
STALE = "Formulir ini terlalu lama terbuka. Isi sekali lagi."


@signin.get("/masuk")
def form() -> Any:
    query = {name: request.args[name] for name in QUERY if request.args.get(name)}
    name = request.args.get("next", "")
    target = f"{name if name in TARGETS else HOME}?{urlencode(query)}"
    if g.read_person() is not None:
        return redirect(target_address(target))
    return _page(target, named=name in TARGETS)


@signin.post("/masuk")
def send() -> Any:
    target, nama = request.form.get("tujuan", ""), request.form.get("pengguna", "")
    if not is_valid_token(str(current_app.secret_key), "masuk", request.form.get("csrf", "")):
        return _page(target, nama, STALE), 400
    answerer: Penjawab = current_app.config["PENJAWAB"]
    with reading(answerer.engine) as conn:
        orang = verify_password(conn, answerer.pemda, nama, request.form.get("kata_sandi", ""))
    if orang is None:
        return _page(target, nama, WRONG), 401
    _begin_session(orang)
    return redirect(target_address(target), 303)


@signin.post("/keluar")
def leave() -> Any:
    if is_valid_token(str(current_app.secret_key), "keluar", request.form.get("csrf", "")):
        session.clear()
    return redirect("/", 303)


def _begin_session(orang: Orang) -> None:
    """Keys as dash-auth reads them, so that single sign-on can stand in later."""
    session.clear()
    session.permanent = True
    session["user"] = {"email": orang.nama, "groups": [orang.peran.value]}


def target_address(target: str) -> str:
    """Where to go after signing in. ``target`` is a page's name and known parameters ("pimpinan?tahun=2026"), so it
    can never lead to another site."""
    name, _, query = target.partition("?")
    path, _ = TARGETS.get(name, TARGETS[HOME])
    known = [(key, value) for key, value in parse_qsl(query[:1000]) if key in QUERY]
    return f"{path}?{urlencode(known)}" if known else path


def _page(target: str, nama: str = "", error: str | None = None, named: bool = True) -> Response:
    answerer: Penjawab = current_app.config["PENJAWAB"]
    pemda = answerer.ask(read_pemda)
    _, label = TARGETS.get(target.partition("?")[0], TARGETS[HOME])
    text = signin_page(
        pemda=pemda.nama,
        csrf=make_token(str(current_app.secret_key), "masuk"),
        styles=styles(),
        scripts=scripts(),
        tujuan=target,
        tujuan_nama=label if named else None,
        pengguna=nama[:80],
        galat=error,
        contoh=pemda.contoh,
    )
    return Response(text, mimetype="text/html")
