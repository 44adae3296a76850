"""The wall of the command centre, ``/dinding``: one document of pages that change by themselves, its content to ask
for again, and the door where a screen is installed."""

import hashlib
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, request

from data.access import Audiens
from data.engine import reading, writing
from data.errors import BadParameterError, DatabaseAwayError, EmonevError, TahanError
from data.layar import recognise
from data.percobaan import ALAMAT, Penghitung, check_waiting, count_attempt, network
from pages.parts.wall import notice, stage, wall_document
from pages.parts.wall_form import install_form
from routes.assets import wall_assets
from routes.declared import DECLARED
from routes.forms import check_form, form_token
from routes.open_answers import penjawab
from routes.screen import AWAY, keep_screen, sorry
from routes.session import origin, pintu
from routes.wall_facts import draw_pages, wall_mark

dinding = Blueprint("dinding", __name__)
DECLARED.update(dict.fromkeys(("dinding.wall", "dinding.content"), Audiens.LAYAR))
DECLARED.update(dict.fromkeys(("dinding.install", "dinding.install_by_form"), Audiens.PUBLIK))
PAGES = 5
DEAD = "Kunci layar ini salah atau sudah dicabut. Minta alamat pemasangan baru kepada administrator e-Monev."


@dataclass(frozen=True)
class Isi:
    """The pages of the wall as HTML, their version, and when they were last known to be of now (aware UTC)."""

    halaman: str
    versi: str
    pada: datetime
    segar: bool = True

    @property
    def umur(self) -> int:
        """Seconds."""
        return 0 if self.segar else max(0, int((datetime.now(UTC) - self.pada).total_seconds()))


class Ingatan:
    """The last good content of this worker: one, never more."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: dict[str, Isi] = {}

    def keep(self, key: str, isi: Isi) -> None:
        with self._lock:
            self._last = {key: isi}

    def last(self, key: str) -> Isi | None:
        with self._lock:
            return self._last.get(key)


_memory = Ingatan()


@dinding.get("/dinding")
def wall() -> Response:
    """The whole wall. Without JavaScript the browser walks through ``?bagian=1`` … by itself."""
    isi, place = read_content(), _place(request.args.get("bagian", "1"))
    if isi is None:
        return sorry(*AWAY, 503)
    body = stage(isi.halaman, isi.versi, isi.umur, place)
    text = wall_document(body, wall_assets(), live=True, following=place % PAGES + 1)
    return Response(text, 200 if isi.segar else 503, mimetype="text/html")


@dinding.get("/dinding/isi")
def content() -> Response:
    """The pages as JSON ``{versi, umur, halaman}``; 304 while they are what the screen has."""
    isi = read_content()
    if isi is None:
        return sorry(*AWAY, 503)
    answer = jsonify({"versi": isi.versi, "umur": isi.umur, "halaman": isi.halaman})
    answer.status_code = 200 if isi.segar else 503
    if isi.segar:
        answer.set_etag(isi.versi)
        answer.make_conditional(request)
    return answer


def read_content() -> Isi | None:
    """The content of now; while the database is away the last this worker drew, marked old; None without one."""
    key = str(penjawab().engine.url)
    try:
        # Clocks on the wall tell minutes.
        minute = int(datetime.now(UTC).timestamp()) // 60
        text = penjawab().remember(("dinding", wall_mark(), minute), draw_pages)
    except DatabaseAwayError:
        found = _memory.last(key)
        return None if found is None else Isi(found.halaman, found.versi, found.pada, segar=False)
    except EmonevError as error:
        text = notice("Belum ada yang ditampilkan.", str(error))
    isi = Isi(text, hashlib.sha256(text.encode()).hexdigest()[:32], datetime.now(UTC))
    _memory.keep(key, isi)
    return isi


def _place(text: str) -> int:
    return int(text) if text in {str(number) for number in range(1, PAGES + 1)} else 1


@dinding.get("/dinding/pasang")
def install() -> Any:
    key = request.args.get("kunci", "")
    return _enter(key) if key else _form()


@dinding.post("/dinding/pasang")
def install_by_form() -> Any:
    try:
        check_form("dinding")
    except BadParameterError as error:
        return _form(str(error), 400)
    return _enter(request.form.get("kunci", "").strip())


def _enter(token: str) -> Any:
    """Give this browser the screen's cookie and send it on, so that the key leaves the address bar."""
    own, against = pintu(), [Penghitung(f"layar:{network(origin().alamat)}", ALAMAT)]
    try:
        with reading(own.engine) as conn:
            check_waiting(conn, own.pemda, against)
            found = recognise(conn, own.pemda, token)
    except TahanError as error:
        answer = _form(str(error), 429)
        answer.headers["Retry-After"] = str(error.detik)
        return answer
    if found is None or found.dicabut_pada is not None:
        with writing(own.engine) as conn:
            count_attempt(conn, own.pemda, against)
        return _form(DEAD, 403)
    gone = keep_screen(redirect("/dinding", 303), token)
    gone.headers["Referrer-Policy"] = "no-referrer"
    gone.headers["Cache-Control"] = "no-store, private"
    return gone


def _form(galat: str | None = None, code: int = 200) -> Response:
    answer = Response(
        wall_document(install_form(form_token("dinding"), galat), wall_assets(), live=False), code, mimetype="text/html"
    )
    # Not ``no-referrer``: a form sent from such a page says its origin is "null", and the gate would refuse it.
    answer.headers["Referrer-Policy"] = "same-origin"
    answer.headers["Cache-Control"] = "no-store, private"
    return answer
