"""The frame around a page's room: header, menu, footer, for whoever is looking."""

from typing import Any

from dash.development.base_component import Component
from flask import current_app

from callbacks.lock import current_person, penjawab
from data.access import Audiens
from data.errors import EmonevError
from data.queries.pemda import Pemda, read_pemda
from data.tokens import make_token
from pages.parts import ids
from pages.parts.frozen import frozen
from pages.parts.shell import Account, frame, menu_for

UNKNOWN = Pemda("", "Pemerintah daerah", False, "", 0)


def framed(page: dict[str, Any] | None, content: Any) -> Component:
    """The page's content in its frame. A database that is away costs the name of the city, not the page."""
    try:
        pemda = penjawab().ask(read_pemda)
    except EmonevError:
        pemda = UNKNOWN
    closed = page is not None and page["audiens"] != Audiens.PUBLIK
    person = current_person() if closed else None
    account = None
    if person is not None:
        token = make_token(str(current_app.secret_key), f"keluar:{person.sesi}")
        account = Account(person.nama_tampil, token, person.peran)
    return frame(
        content,
        pemda=pemda.nama,
        menu=menu_for(person.peran if person else None),
        active=page["path"] if page else "",
        account=account,
        contoh=pemda.contoh,
    )


def still(tree: Component) -> Component:
    """The frame as the live page gets it: only its main part holds places that Dash fills; the rest travels as text."""
    tree.children = [part if getattr(part, "id", None) == ids.ISI else frozen(part) for part in tree.children]
    return tree
