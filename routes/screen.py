"""Which screen of the command centre is asking: its own cookie, never a session, read for the wall alone."""

import logging
from datetime import UTC, datetime
from typing import Any, Final

from flask import Response, current_app, g, jsonify, request
from werkzeug import Response as Answer

from data.ask import Penjawab
from data.engine import reading, writing
from data.errors import DatabaseAwayError
from data.kunci import fingerprint
from data.layar import Layar, recognise, seen_too_long_ago, touch_screen
from pages.parts.wall import notice, wall_document
from routes.assets import wall_assets
from routes.session import cookie_name, settings

log = logging.getLogger("emonev")
LAYAR: Final = "emonev_layar"
YEAR: Final = 365 * 86400
MOST_KNOWN: Final = 200
ISI: Final = "/dinding/isi"
AWAY = ("Data sedang tidak dapat dibaca.", "Layar ini mencoba lagi sendiri; tidak perlu melakukan apa pun.")
UNKNOWN = ("Layar ini belum dipasang.", "Minta alamat pemasangan kepada administrator e-Monev, lalu buka di layar ini.")
REVOKED = ("Layar ini sudah dicabut.", "Minta alamat pemasangan baru kepada administrator e-Monev.")
_known: dict[str, None] = {}
"""Fingerprints this worker has recognised and not seen revoked since: while the database is away they keep what they
were shown."""


def may_show_wall() -> bool:
    """Does this request come from a screen that may show the wall? When nobody can tell: only one known before."""
    token = request.cookies.get(cookie_name(LAYAR), "")[:100]
    if not token:
        return False
    sidik = fingerprint(token)
    try:
        found = _look_up(token)
    except DatabaseAwayError:
        g.layar_away = sidik not in _known
        return sidik in _known
    g.layar = found
    _known.pop(sidik, None)
    if found is None or found.dicabut_pada is not None:
        return False
    _known[sidik] = None
    while len(_known) > MOST_KNOWN:
        _known.pop(next(iter(_known)), None)
    return True


def _look_up(token: str) -> Layar | None:
    answerer: Penjawab = current_app.config["PENJAWAB"]
    now = datetime.now(UTC)
    with reading(answerer.engine) as conn:
        found = recognise(conn, answerer.pemda, token)
    if found is not None and found.dicabut_pada is None and seen_too_long_ago(found, now):
        _touch(answerer, found.nomor, now)
    return found


def _touch(answerer: Penjawab, nomor: int, now: datetime) -> None:
    """A database that only reads for now must not darken the wall."""
    try:
        with writing(answerer.engine) as conn:
            touch_screen(conn, answerer.pemda, nomor, now)
    except DatabaseAwayError:
        log.warning("last sight of a screen not written")


def refused_screen() -> Any:
    """Why there is no wall here; asked for by the script, in the form it puts on the screen."""
    if g.get("layar_away"):
        return sorry(*AWAY, 503)
    title, words = UNKNOWN if g.get("layar") is None else REVOKED
    return sorry(title, words, 403)


def sorry(title: str, words: str, code: int) -> Response:
    """A sentence in the hand of the wall, as a page or as what the script asked for."""
    text = notice(title, words)
    if request.path == ISI:
        answer = jsonify({"kabar": text})
        answer.status_code = code
        return answer
    return Response(wall_document(text, wall_assets(), live=code == 503), code, mimetype="text/html")


def keep_screen(answer: Answer, token: str) -> Answer:
    """Give the browser the cookie of this screen."""
    answer.set_cookie(
        cookie_name(LAYAR), token, max_age=YEAR, path="/", secure=settings().tls, httponly=True, samesite="Lax"
    )
    return answer
