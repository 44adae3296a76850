"""One-time links: ``/undangan/<token>`` sets a password, for an invitation and for a reset alike.

The address is a secret: it is told to no other page, and guessing at it costs waiting.
"""

from typing import Any

from flask import Blueprint, Response, g, request

from data.access import Audiens
from data.accounts import find_account
from data.engine import reading, writing
from data.errors import BadParameterError, NotFoundError, TahanError
from data.jejak import Kejadian, Pelaku, append
from data.percobaan import ALAMAT, Penghitung, check_waiting, count_attempt, network
from data.sandi import MIN_PASSWORD
from data.tautan import Guna, Tautan, read_link, use_link
from data.words import Tindakan
from pages.parts.elements import Children
from pages.parts.invite import Undangan, dead_link, invite_sheet, saved_sheet, too_often
from routes.declared import DECLARED
from routes.forms import check_form, form_token
from routes.page import answer_page
from routes.session import origin, pintu

undangan = Blueprint("undangan", __name__)
DECLARED.update(dict.fromkeys(("undangan.form", "undangan.send"), Audiens.PUBLIK))
HINT = f"Minimal {MIN_PASSWORD} huruf. Empat kata yang tidak berhubungan mudah diingat dan sulit ditebak."
DEAD_TITLE = "Tautan tidak berlaku"


@undangan.get("/undangan/<token>")
def form(token: str) -> Any:
    return _guarded(token, lambda found: _form_page(token, found))


@undangan.post("/undangan/<token>")
def send(token: str) -> Any:
    return _guarded(token, lambda found: _set_password(token, found, request.form.get("sandi_baru", "")))


def _guarded(token: str, answer: Any) -> Response:
    """``answer(link)`` for a link that lives; a dead one is counted against the address."""
    try:
        found = _look_up(token)
    except TahanError as error:
        page = _page("Terlalu banyak percobaan", too_often(str(error)), 429)
        page.headers["Retry-After"] = str(error.detik)
        return page
    except NotFoundError as error:
        return _page(DEAD_TITLE, dead_link(str(error)), 404)
    made: Response = answer(found)
    return made


def _look_up(token: str) -> Tautan:
    """The link. Raises NotFoundError for a dead one, TahanError when this address asked for too many of those."""
    own, against = pintu(), [Penghitung(f"tautan:{network(origin().alamat)}", ALAMAT)]
    with reading(own.engine) as conn:
        check_waiting(conn, own.pemda, against)
        try:
            return read_link(conn, own.pemda, token)
        except NotFoundError as error:
            dead = error
    with writing(own.engine) as conn:
        count_attempt(conn, own.pemda, against)
    raise dead


def _form_page(token: str, found: Tautan, error: str | None = None, code: int = 200) -> Response:
    whose = Undangan(found.nama_tampil, found.nama, found.guna == Guna.UNDANGAN, found.berakhir_pada)
    sheet = invite_sheet(whose, f"/undangan/{token}", form_token("undangan"), HINT, error)
    return _page("Kata sandi", sheet, code)


def _set_password(token: str, found: Tautan, sandi: str) -> Response:
    own = pintu()
    try:
        check_form("undangan")
        with writing(own.engine) as conn:
            use_link(conn, own.pemda, token, sandi)
            account = find_account(conn, own.pemda, found.nama)
            who = Pelaku(account.nama, account.peran, account.opd or "", origin().alamat)
            done = Kejadian(Tindakan.SANDI_DIGANTI, f"akun/{account.nama}", {"cara": found.guna.value})
            append(conn, own.pemda, who, done)
    except BadParameterError as error:
        return _form_page(token, found, str(error), 400)
    except NotFoundError as error:
        return _page(DEAD_TITLE, dead_link(str(error)), 404)
    # Every session of the account has just ended, perhaps the one of this browser too.
    g.pop("sesi", None)
    return _page("Kata sandi tersimpan", saved_sheet(found.nama))


def _page(title: str, content: Children, code: int = 200) -> Response:
    """The page, which tells no other site its address. Not ``no-referrer``: a form sent from such a page says its
    origin is "null", and the gate would refuse it."""
    answer = answer_page(title, content, code=code)
    answer.headers["Referrer-Policy"] = "same-origin"
    return answer
