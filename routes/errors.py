"""Every failure becomes a designed page or a plain refusal; a traceback never reaches a screen."""

import logging
from typing import Any

from dash.exceptions import DependencyException, InvalidResourceError
from flask import Flask, Response, g, redirect, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from data.access import Audiens
from data.errors import (
    BusyError,
    DatabaseAwayError,
    EmonevError,
    NotAllowedError,
    NotFoundError,
    NotSignedInError,
    TahanError,
)
from pages.parts.messages import message
from pages.parts.shell import document, frame
from routes.api import PREFIX, problem
from routes.assets import scripts, styles
from routes.gate import CALLBACK_PATH
from routes.page import answer_page

log = logging.getLogger("emonev")
SENTENCES = {
    400: "Permintaan tidak dapat dibaca. Muat ulang halaman ini.",
    403: "Anda tidak berwenang membuka halaman ini.",
    404: "Halaman ini tidak ada. Periksa alamatnya atau mulai dari halaman depan.",
    405: "Halaman ini tidak menerima permintaan seperti itu.",
    500: "Terjadi kesalahan pada sistem. Sudah dicatat; coba lagi beberapa saat lagi.",
}
TITLES = {
    400: "Permintaan tidak dapat dibaca.",
    401: "Masuk lebih dahulu.",
    403: "Tidak berwenang.",
    404: "Halaman tidak ditemukan.",
    405: "Permintaan ditolak.",
    429: "Terlalu banyak percobaan.",
    500: "Halaman gagal dibuat.",
    503: "Belum dapat dijawab.",
}
CODES = {
    NotSignedInError: 401,
    NotAllowedError: 403,
    NotFoundError: 404,
    DatabaseAwayError: 503,
    TahanError: 429,
    BusyError: 503,
}


def register(server: Flask) -> None:
    """Attach the handlers to the server."""
    server.register_error_handler(EmonevError, _named)
    server.register_error_handler(HTTPException, _http)
    # Dash's words for "no such script of mine": nothing that a stranger's guess should trace in the log.
    for kind in (DependencyException, InvalidResourceError):
        server.register_error_handler(kind, lambda _error: _answer(404, SENTENCES[404]))
    server.register_error_handler(Exception, _unexpected)
    server.after_request(_status)


def _named(error: EmonevError) -> Any:
    code = status_of(error)
    if code == 401 and request.path != CALLBACK_PATH:
        return redirect("/masuk?next=pimpinan")
    answer = _answer(code, str(error))
    if isinstance(error, BusyError):
        answer.headers["Retry-After"] = str(error.detik)
    return answer


def status_of(error: EmonevError) -> int:
    """The HTTP status of a named error."""
    return next((code for kind, code in CODES.items() if isinstance(error, kind)), 400)


def _http(error: HTTPException) -> Any:
    code = error.code or 500
    if code < 400:
        return error
    answer = _answer(code, SENTENCES.get(code, SENTENCES[500] if code >= 500 else SENTENCES[400]))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        answer.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return answer


def _unexpected(error: Exception) -> Any:
    log.exception("unexpected error", exc_info=error)
    return _answer(500, SENTENCES[500])


def _answer(code: int, sentence: str) -> Response:
    if request.path == CALLBACK_PATH:
        return Response(sentence, code, mimetype="text/plain")
    if request.path.startswith(PREFIX):
        return problem(code, sentence)
    content = message(TITLES.get(code, TITLES[500]), sentence, "Buka kinerja kota", "/")
    if g.get("audiens", Audiens.PUBLIK) != Audiens.PUBLIK:
        try:
            return answer_page(TITLES.get(code, TITLES[500]), content, code=code)
        except DatabaseAwayError:
            log.warning("error page drawn without the city's name")
    page = frame(content, pemda="", active="")
    text = document(f"{TITLES.get(code, TITLES[500])} · e-Monev", "", page, styles(), scripts(), robots=False)
    return Response(text, code, mimetype="text/html")


def _status(response: Response) -> Response:
    """The first view's own status."""
    if response.status_code == 200 and "page_status" in g and request.path != CALLBACK_PATH:
        response.status_code = g.page_status
    return response
