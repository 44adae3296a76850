"""A page that Dash does not draw: content in the frame of whoever is asking, as one HTML document."""

from dash.development.base_component import Component
from flask import Response, current_app

from data.ask import Penjawab
from data.queries.pemda import Pemda, read_pemda
from pages.parts.elements import Children
from pages.parts.shell import Account, document, frame, menu_for
from routes.assets import scripts, styles
from routes.forms import form_token
from routes.session import current_person


def answer_page(
    title: str, content: Children, *, active: str = "", code: int = 200, wide: bool = False, segarkan: int = 0
) -> Response:
    """The page as a response; closed by nature: it names who is signed in. ``segarkan`` as in ``document``."""
    pemda, orang = current_pemda(), current_person()
    account = Account(orang.nama_tampil, form_token("keluar"), orang.peran) if orang is not None else None
    page: Component = frame(
        content,
        pemda=pemda.nama,
        menu=menu_for(orang.peran if orang is not None else None),
        active=active,
        account=account,
        contoh=pemda.contoh,
        wide=wide,
    )
    name = f"{title} · e-Monev {pemda.nama}".strip()
    text = document(name, "", page, styles(), scripts(), robots=False, segarkan=segarkan)
    return Response(text, code, mimetype="text/html")


def current_pemda() -> Pemda:
    """The government shown. Raises DatabaseAwayError: a closed page says so instead of pretending."""
    answerer: Penjawab = current_app.config["PENJAWAB"]
    return answerer.ask(read_pemda)
