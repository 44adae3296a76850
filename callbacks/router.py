"""Dash with our own page router: it follows the path only, so drilling by query never empties the page, and closed
pages send a stranger to the sign-in form. Layouts hold no data; each section carries its own lock."""

from typing import Any
from urllib.parse import urlencode

import dash
from dash import ClientsideFunction, Dash, Input, Output, State, dcc

# The loader of page files has no public name; Dash is pinned and a test holds this.
from dash._pages import _import_layouts_from_pages
from flask import g

from callbacks.address import read_address
from callbacks.first_view import document, is_public, public_document
from callbacks.frame import framed, still
from callbacks.lock import check_person, locked
from callbacks.sentences import error_screen
from data.access import Audiens
from data.errors import BadParameterError, EmonevError, NotAllowedError, NotSignedInError
from pages.parts import ids
from pages.parts.messages import not_found


class EmonevDash(Dash):  # type: ignore[misc]
    """Dash whose index carries the first view and whose pages are routed by path alone."""

    def enable_pages(self) -> None:
        _import_layouts_from_pages(self.config.pages_folder)

    def index(self, *args: Any, **kwargs: Any) -> str:
        """A public document needs nothing of what Dash gathers for its own but the configuration."""
        return public_document(self._generate_config_html()) if is_public() else super().index(*args, **kwargs)

    def interpolate_index(self, **parts: Any) -> str:  # type: ignore[override]
        return document(parts)


def find_page(pathname: object) -> tuple[dict[str, Any], dict[str, str]] | None:
    """The registered page an address belongs to and the parts its template names; None when there is none."""
    for page in dash.page_registry.values():
        template = page["path_template"] or page["path"]
        try:
            address = read_address(pathname, "", template)
        except BadParameterError:
            return None
        if address is not None:
            return page, dict(address.parts)
    return None


@locked(
    Output("_pages_content", "children"),
    Output("_pages_store", "data"),
    Input(ids.ALAMAT, "pathname"),
    State(ids.ALAMAT, "search"),
    output=".._pages_content.children..._pages_store.data..",
    audiens=Audiens.PUBLIK,
    prevent_initial_call=True,
)
def open_page(pathname: object, search: object) -> tuple[Any, dict[str, str]]:
    """The room of a page, still empty, and its title."""
    found = find_page(pathname)
    if found is None:
        g.page_status = 404
        return still(framed(None, not_found())), {"title": "Tidak ditemukan · e-Monev"}
    page, parts = found
    try:
        check_person(page["audiens"])
    except NotSignedInError:
        return dcc.Location(href=sign_in_address(page, search), refresh=True, id="pindah"), {"title": "Masuk · e-Monev"}
    except NotAllowedError as error:
        return still(framed(None, error_screen(error))), {"title": "Tidak berwenang · e-Monev"}
    return still(framed(page, page["layout"](**parts))), {"title": page["title"]}


def sign_in_address(page: dict[str, Any], search: object) -> str:
    """Where to sign in and come back to this page: the page's name, never an address somebody else wrote."""
    try:
        address = read_address(page["path"], search, page["path"])
    except EmonevError:
        address = None
    query = {} if address is None else dict(address.query)
    return "/masuk?" + urlencode({"next": page["nama"], **query})


dash.clientside_callback(
    ClientsideFunction(namespace="emonev", function_name="judul"),
    Output("_pages_dummy", "children"),
    Input("_pages_store", "data"),
)
