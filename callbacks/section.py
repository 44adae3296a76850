"""A section of a page: one place (id), one function from the address to a drawn tree, remembered per data version.

The same section is read three ways: by the live page (as plain dictionaries, which serialise fast), by the server's
first view (as HTML), and by tests (as components).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dash import Input, Output
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate
from flask import g, has_request_context

from callbacks.address import Alamat, read_address
from callbacks.lock import check_person, locked, penjawab
from callbacks.sentences import error_screen
from data.access import Audiens
from data.errors import BadParameterError, DatabaseAwayError, EmonevError, NotFoundError
from pages.parts import ids
from pages.parts.markup import to_html

Drawn = Component | list[Component] | None
STATUS = {BadParameterError: 400, NotFoundError: 404, DatabaseAwayError: 503}


@dataclass(frozen=True)
class Bagian:
    """One registered section. ``utama``: the one that tells the reader what is wrong; the others stay empty then."""

    place: str
    template: str
    audiens: Audiens
    utama: bool
    draw: Callable[[Alamat], Drawn]

    def tree(self, pathname: object, search: object) -> Any:
        """The section as plain dictionaries. PreventUpdate when the address is another page's."""
        return self._read(pathname, search, "polos", plain)

    def html(self, pathname: object, search: object) -> str:
        """The section as HTML text."""
        check_person(self.audiens)
        return str(self._read(pathname, search, "html", to_html))

    def _read(self, pathname: object, search: object, kind: str, render: Callable[[Any], Any]) -> Any:
        try:
            address = read_address(pathname, search, self.template)
            if address is None:
                raise PreventUpdate
            drawn = penjawab().remember((self.place, address), lambda: self.draw(address))
            return penjawab().remember((self.place, kind, address), lambda: render(drawn))
        except EmonevError as error:
            _tell_status(error)
            return render(error_screen(error)) if self.utama else render(None)


SECTIONS: dict[str, Bagian] = {}


def section(
    place: str, template: str, audiens: Audiens, utama: bool = False
) -> Callable[[Callable[[Alamat], Drawn]], Callable[[Alamat], Drawn]]:
    """Register ``draw`` as the section at ``place`` of the page with this address template."""

    def register(draw: Callable[[Alamat], Drawn]) -> Callable[[Alamat], Drawn]:
        part = Bagian(place, template, audiens, utama, draw)
        SECTIONS[place] = part
        locked(
            Output(place, "children"),
            Input(ids.ALAMAT, "pathname"),
            Input(ids.ALAMAT, "search"),
            output=f"{place}.children",
            audiens=audiens,
        )(part.tree)
        return draw

    return register


def plain(tree: Any) -> Any:
    """Components as the dictionaries they serialise to, all the way down."""
    if isinstance(tree, Component):
        return {name: plain(value) for name, value in tree.to_plotly_json().items()}
    if isinstance(tree, dict):
        return {name: plain(value) for name, value in tree.items()}
    if isinstance(tree, list | tuple):
        return [plain(item) for item in tree]
    return tree


def _tell_status(error: EmonevError) -> None:
    """The first view answers with the matching HTTP status."""
    if has_request_context():
        g.page_status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)
