"""A section of a page: one place (id), one function from the address to a drawn tree, remembered per data version.

The same section is read three ways: by the live page (as the JSON that Dash would send), by the server's first view
(as HTML), and by tests (as components). The first two are remembered as finished text.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from dash import Input, Output, State, html
from dash._utils import to_json
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate
from flask import g, has_request_context

from callbacks.address import Alamat, read_address
from callbacks.lock import check_person, locked, penjawab
from callbacks.sentences import error_screen
from data.access import Audiens
from data.errors import (
    BadParameterError,
    DatabaseAwayError,
    EmonevError,
    NotFoundError,
    NothingYetError,
    PeriodOpenError,
)
from pages.parts import ids
from pages.parts.frozen import frozen, lives
from pages.parts.markup import to_html

LIVE = "<!--hidup-->"
Drawn = Component | list[Component] | None
PERIOD = ("tahun", "tw")
STATUS = {
    PeriodOpenError: 200,
    NothingYetError: 200,
    BadParameterError: 400,
    NotFoundError: 404,
    DatabaseAwayError: 503,
}


@dataclass(frozen=True)
class Bagian:
    """One registered section. ``utama``: the one that tells the reader what is wrong; the others stay empty then."""

    place: str
    template: str
    audiens: Audiens
    utama: bool
    reads: tuple[str, ...]
    draw: Callable[[Alamat], Drawn]
    diingat: ClassVar[bool] = True

    def tree(self, pathname: object, search: object) -> Drawn:
        """The section as components. PreventUpdate when the address is another page's."""
        address = self._address(pathname, search)
        return self._error(address) if isinstance(address, EmonevError) else self._drawn(address)

    def html(self, pathname: object, search: object) -> str:
        """The section as HTML text, remembered. What holds a live component says so: Dash has to draw that itself."""
        check_person(self.audiens)
        return self._remembered("html", pathname, search, lambda drawn: to_html(drawn) + (LIVE if lives(drawn) else ""))

    def answer(self, pathname: object, search: object) -> str:
        """What Dash would send to the browser for this section, as finished JSON, remembered."""
        check_person(self.audiens)
        return self._remembered("json", pathname, search, self._response)

    def _response(self, drawn: Drawn) -> str:
        children = None if drawn is None else frozen(drawn)
        if children is not None and not hasattr(children, "data-isi"):
            # Another element than a frozen section has: the browser must not reuse one for the other.
            children = html.Article(children)
        return to_json({"multi": True, "response": {self.place: {"children": children}}})

    def _address(self, pathname: object, search: object) -> Alamat | EmonevError:
        try:
            address = read_address(pathname, search, self.template)
        except EmonevError as error:
            return error
        if address is None:
            raise PreventUpdate
        # Only what this section reads: anything else in the address must not make it be drawn anew.
        return address.only(self.reads)

    def _drawn(self, address: Alamat) -> Drawn:
        try:
            return self.draw(address)
        except EmonevError as error:
            return self._error(error)

    def _error(self, error: EmonevError) -> Drawn:
        _tell_status(error)
        return error_screen(error) if self.utama else None

    def _remembered(self, kind: str, pathname: object, search: object, render: Callable[[Drawn], str]) -> str:
        """Only what was drawn without an error is remembered; an error is told anew each time."""
        address = self._address(pathname, search)
        if isinstance(address, EmonevError):
            return render(self._error(address))
        try:
            return penjawab().remember((self.place, kind, address, _moment()), lambda: render(self.draw(address)))
        except EmonevError as error:
            return render(self._error(error))


class BagianSekali(Bagian):
    """A section drawn anew for every request and remembered for nobody: it holds something of the person who looks, or
    there are so many different addresses that keeping them would only fill the memory."""

    diingat = False

    def _remembered(self, kind: str, pathname: object, search: object, render: Callable[[Drawn], str]) -> str:
        address = self._address(pathname, search)
        if isinstance(address, EmonevError):
            return render(self._error(address))
        try:
            return penjawab().at_once(lambda: render(self.draw(address)))
        except EmonevError as error:
            return render(self._error(error))


SECTIONS: dict[str, Bagian] = {}


def section(
    place: str,
    template: str,
    audiens: Audiens,
    utama: bool = False,
    reads: tuple[str, ...] = PERIOD,
    follows: bool = True,
) -> Callable[[Callable[[Alamat], Drawn]], Callable[[Alamat], Drawn]]:
    """Register ``draw`` as the section at ``place`` of the page with this address template; ``reads`` names the query
    parameters it looks at. ``follows=False``: drawn once when the page opens and then left to the page's own script,
    such as a form that somebody is typing in."""

    def register(draw: Callable[[Alamat], Drawn]) -> Callable[[Alamat], Drawn]:
        part = Bagian(place, template, audiens, utama, reads, draw)
        SECTIONS[place] = part
        locked(
            Output(place, "children"),
            Input(ids.ALAMAT, "pathname"),
            (Input if follows else State)(ids.ALAMAT, "search"),
            output=f"{place}.children",
            audiens=audiens,
        )(part.tree)
        return draw

    return register


def section_once(
    place: str, template: str, audiens: Audiens, utama: bool = False, reads: tuple[str, ...] = PERIOD
) -> Callable[[Callable[[Alamat], Drawn]], Callable[[Alamat], Drawn]]:
    """As ``section``, drawn anew each time (``BagianSekali``)."""
    register = section(place, template, audiens, utama, reads)

    def register_once(draw: Callable[[Alamat], Drawn]) -> Callable[[Alamat], Drawn]:
        register(draw)
        SECTIONS[place] = BagianSekali(place, template, audiens, utama, reads, draw)
        return draw

    return register_once


def _moment() -> int:
    """Ten minutes of the clock: what a screen shows also turns when a period locks, without new data."""
    return int(time.time()) // 600


def _tell_status(error: EmonevError) -> None:
    """The first view answers with the matching HTTP status."""
    if has_request_context():
        g.page_status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)
