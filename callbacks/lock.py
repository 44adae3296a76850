"""The lock on every callback: its audience is declared once and checked as the outermost thing that runs."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from dash import callback
from flask import current_app, g, has_request_context

from data.access import Audiens, Orang, check_audience
from data.ask import Penjawab

DECLARED: dict[str, Audiens] = {}
"""Audience by output id: the tests compare it with Dash's own list of callbacks."""


def penjawab() -> Penjawab:
    """Whoever answers this site's questions."""
    answerer: Penjawab = current_app.config["PENJAWAB"]
    return answerer


def current_person() -> Orang | None:
    """The person of this request's session, read only when a closed answer needs it; None without the gate."""
    if not has_request_context() or "read_person" not in g:
        return None
    person: Orang | None = g.read_person()
    return person


def check_person(audiens: Audiens) -> None:
    """Raises when the person of this request is not of this audience; never looks at the session for the public."""
    if audiens == Audiens.PUBLIK:
        return
    if has_request_context():
        # Callbacks share one public door: what is asked for behind it decides who may keep the answer.
        g.audiens = audiens
    check_audience(current_person(), audiens)


def locked(*wiring: Any, output: str, audiens: Audiens, **options: Any) -> Callable[[Any], Any]:
    """Register a callback behind its lock. ``output`` names it in the declaration."""

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def behind_lock(*args: Any) -> Any:
            check_person(audiens)
            return function(*args)

        DECLARED[output] = audiens
        callback(*wiring, **options)(behind_lock)
        return behind_lock

    return register
