"""The screens of the command centre, for the administrator: ``/kelola/layar``."""

from typing import Any

from flask import redirect, request
from werkzeug import Response

from data.access import Audiens
from data.engine import reading
from data.errors import BadParameterError
from data.jejak import Pelaku
from data.layar import list_screens, make_screen, revoke_screen
from data.masuk import pelaku_of
from pages.parts.screens import key_page, screens_page
from routes.admin import kelola
from routes.declared import DECLARED
from routes.forms import check_form, form_token
from routes.page import answer_page
from routes.session import current_person, origin, pintu, settings

__all__ = ["kelola"]
PATH = "/kelola/layar"
DECLARED.update(dict.fromkeys(("kelola.screens", "kelola.add_screen", "kelola.revoke"), Audiens.ADMIN))


@kelola.get(PATH)
def screens() -> Any:
    return _list(request.args.get("kabar", ""))


@kelola.post(PATH)
def add_screen() -> Any:
    check_form("layar")
    door, name = pintu(), request.form.get("nama", "")
    try:
        token = make_screen(door.engine, door.pemda, _who(), name)
    except BadParameterError as error:
        return _list(galat=str(error), name=name)
    # The one page that ever shows the key: an answer to the form, never an address of its own.
    base = f"{settings().base_url}/dinding/pasang"
    return answer_page(
        "Layar baru", key_page(" ".join(name.split()), f"{base}?kunci={token}", base, token), active=PATH
    )


@kelola.post(f"{PATH}/<int:nomor>/cabut")
def revoke(nomor: int) -> Any:
    check_form("layar")
    door = pintu()
    revoke_screen(door.engine, door.pemda, _who(), nomor)
    return redirect(f"{PATH}?kabar=dicabut", 303)


def _list(kabar: str = "", galat: str | None = None, name: str = "") -> Response:
    door = pintu()
    with reading(door.engine) as conn:
        found = list_screens(conn, door.pemda)
    content = screens_page(found, form_token("layar"), kabar, galat, name)
    return answer_page("Layar", content, active=PATH, code=400 if galat else 200)


def _who() -> Pelaku:
    return pelaku_of(current_person(), origin().alamat)
