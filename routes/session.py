"""Who is asking: the session of this request, read from the database once and only when somebody wants to know.

Public routes never ask, so they neither read nor set a cookie. Flask's own signed cookie is not used at all;
``session["user"]`` is still there for dash-auth's group functions.
"""

import logging
from typing import Any

from flask import Flask, Request, current_app, g, has_request_context, request
from flask.sessions import SessionInterface, SessionMixin
from werkzeug import Response

from data.access import Orang
from data.ask import Penjawab
from data.engine import reading, writing
from data.errors import DatabaseAwayError
from data.masuk import Hasil, Pintu
from data.perangkat import KNOWN_FOR
from data.sesi import Asal, Sesi, Tahap, find_session, touch_session
from data.settings import Settings

log = logging.getLogger("emonev")
SESI, PERANGKAT = "emonev_sesi", "emonev_perangkat"


class NamaSaja(dict[str, Any], SessionMixin):
    """What Flask and dash-auth see as the session: the person's name and role, looked up when first asked for."""

    modified = False

    def get(self, key: str, default: Any = None) -> Any:
        try:
            return self[key]
        except KeyError:
            return default

    def __contains__(self, key: object) -> bool:
        return key == "user" and current_person() is not None

    def __getitem__(self, key: str) -> Any:
        orang = current_person()
        if key != "user" or orang is None:
            raise KeyError(key)
        return {"email": orang.nama, "groups": [orang.peran.value]}


class SesiBasisData(SessionInterface):
    """Nothing is ever read from or written to Flask's own cookie."""

    def open_session(self, app: Flask, request: Request) -> NamaSaja:
        return NamaSaja()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        return None


def settings() -> Settings:
    """The settings this server runs with."""
    found: Settings = current_app.config["SETELAN"]
    return found


def pintu() -> Pintu:
    """What the steps of signing in need."""
    answerer: Penjawab = current_app.config["PENJAWAB"]
    own = settings()
    return Pintu(answerer.engine, answerer.pemda, str(current_app.secret_key), own.umur, not own.production)


def origin() -> Asal:
    """Where this request comes from; the address is the visitor's even behind our own proxies (routes/proxy.py)."""
    return Asal(request.remote_addr or "", request.headers.get("User-Agent", "")[:200])


def current_session() -> Sesi | None:
    """The open session of this request, finished or not."""
    if not has_request_context():
        return None
    if "sesi" not in g:
        g.sesi = _read()
    found: Sesi | None = g.sesi
    return found


def current_person() -> Orang | None:
    """Who is signed in; None for a stranger and for somebody who has not given the code yet."""
    found = current_session()
    return found.orang if found is not None and found.tahap == Tahap.PENUH else None


def _read() -> Sesi | None:
    token = request.cookies.get(cookie_name(SESI), "")
    if not token:
        return None
    answerer: Penjawab = current_app.config["PENJAWAB"]
    with reading(answerer.engine) as conn:
        found, stale = find_session(conn, answerer.pemda, token, settings().umur)
    if found is not None and stale:
        _touch(answerer, found)
    return found


def _touch(answerer: Penjawab, found: Sesi) -> None:
    """A database that only reads for now must not throw anybody out."""
    try:
        with writing(answerer.engine) as conn:
            touch_session(conn, answerer.pemda, found.kunci)
    except DatabaseAwayError:
        log.warning("last use of a session not written")


def device_token() -> str:
    """The secret of a known device, if this browser has one."""
    return request.cookies.get(cookie_name(PERANGKAT), "")[:100]


def cookie_name(name: str) -> str:
    """Behind TLS the name says that the cookie is this host's alone and never travels in the clear."""
    return f"__Host-{name}" if settings().tls else name


def give_session(response: Response, hasil: Hasil) -> Response:
    """Hand the browser what it keeps after a step of signing in."""
    _set(response, SESI, hasil.token, hasil.detik)
    if hasil.perangkat:
        _set(response, PERANGKAT, hasil.perangkat, int(KNOWN_FOR.total_seconds()))
    return response


def take_session(response: Response) -> Response:
    """Let the browser forget its session."""
    _set(response, SESI, "", 0)
    return response


def _set(response: Response, name: str, value: str, seconds: int) -> None:
    response.set_cookie(
        cookie_name(name), value, max_age=seconds, path="/", secure=settings().tls, httponly=True, samesite="Lax"
    )
