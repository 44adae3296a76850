"""The gate in front of every request: dash-auth's ``Auth`` with a check that never believes the body.

Deny by default: an endpoint without a declared audience is refused. Callbacks pass here and are locked one by one,
because any callback can be posted to directly.
"""

import logging
from typing import Any
from urllib.parse import urlencode

import dash
from dash_auth.auth import Auth
from flask import Flask, abort, current_app, g, redirect, request

from data.access import Audiens, can_audience
from data.errors import NotAllowedError
from routes.declared import DECLARED
from routes.screen import may_show_wall, refused_screen
from routes.session import current_person, current_session
from routes.targets import QUERY, next_query, target_of

log = logging.getLogger("emonev")
CALLBACK_PATH = "/_dash-update-component"
# Dash's own plumbing: code and wiring, no data. Layouts are empty rooms.
PLUMBING = (
    "/_dash-layout",
    "/_dash-dependencies",
    "/_reload-hash",
    "/_favicon.ico",
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>",
    "/assets/<path:filename>",
    CALLBACK_PATH,
    "/",
    "/<path:path>",
)


FOREIGN = (
    "Formulir ini dikirim dari alamat yang bukan alamat situs ini. Buka situsnya langsung, lalu ulangi. "
    "Pengelola: periksa setelan EMONEV_ALAMAT dan EMONEV_PROKSI."
)


class Gerbang(Auth):  # type: ignore[misc]
    """Sign-in gate. The person comes from the session in the database alone, so a closed account is out at once."""

    def _protect(self) -> None:
        self.app.server.before_request(self._check)

    def _check(self) -> Any:
        g.read_person = current_person
        if request.method not in {"GET", "HEAD", "OPTIONS"}:
            refuse_foreign_sender()
        if request.url_rule is None:
            return None
        if request.path == CALLBACK_PATH:
            refuse_malformed(self.app.callback_map)
        audiens = audience_of_request()
        if audiens is None:
            abort(403)
        g.audiens = audiens
        if audiens == Audiens.PUBLIK or self.is_authorized(audiens):
            return None
        return self.login_request()

    def is_authorized(self, audiens: Audiens = Audiens.MASUK) -> bool:
        if audiens == Audiens.SETENGAH:
            return current_session() is not None
        if audiens == Audiens.LAYAR:
            return may_show_wall()
        return can_audience(current_person(), audiens)

    def login_request(self) -> Any:
        if g.audiens == Audiens.LAYAR:
            return refused_screen()
        if g.audiens == Audiens.SETENGAH:
            # The ten minutes between password and code are over: from the start, to the same page.
            target = request.form.get("tujuan", "") or target_of(request.args.get("next", ""), request.args.to_dict())
            return redirect("/masuk" + next_query(target), 303)
        if current_person() is not None or request.path == CALLBACK_PATH:
            abort(403)
        if request.method not in {"GET", "HEAD"}:
            # A form of somebody whose session has ended meanwhile.
            return redirect("/masuk?pesan=berakhir", 303)
        page = closed_page(request.path)
        query = {name: request.args[name] for name in QUERY if request.args.get(name)}
        name = page["nama"] if page else request.endpoint
        return redirect("/masuk?" + urlencode({"next": name, **query}))


def audience_of_request() -> Audiens | None:
    """Who may have what is asked for; None when nobody has declared it."""
    page = closed_page(request.path)
    if page is not None:
        audiens: Audiens = page["audiens"]
        return audiens
    assert request.url_rule is not None
    return DECLARED.get(request.endpoint or "")


def closed_page(path: str) -> dict[str, Any] | None:
    """The page registered at this path if it is not public."""
    for page in dash.page_registry.values():
        if page["path"].strip("/") == path.strip("/") and page["audiens"] != Audiens.PUBLIK:
            found: dict[str, Any] = page
            return found
    return None


def refuse_foreign_sender() -> None:
    """A form or callback sent from another site is refused (browsers tell; programs that do not are let on). A wrong
    address or proxy setting looks just the same, so the sentence and the log line say where to look."""
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin")
    ours = {request.host_url.rstrip("/"), current_app.config["ALAMAT_PUBLIK"]}
    if site not in {"same-origin", "none"} or (origin is not None and origin not in ours):
        log.warning("sender refused: Origin %s, Sec-Fetch-Site %s; ours are %s", origin, site, sorted(ours))
        raise NotAllowedError(FOREIGN)


def refuse_malformed(callback_map: dict[str, Any]) -> None:
    """A callback's body must name one of ours and bring exactly its inputs and states: else 400 and one log line."""
    try:
        body = request.get_json(silent=True)
    except RecursionError:
        body = None
    if not isinstance(body, dict) or not _fits(body, callback_map.get(str(body.get("output")))):
        log.warning("malformed callback body refused")
        abort(400)


def _fits(body: dict[str, Any], known: dict[str, Any] | None) -> bool:
    if known is None or not isinstance(body.get("outputs", {}), dict | list):
        return False
    return _brings(body.get("inputs"), known["inputs"]) and _brings(body.get("state", []), known["state"])


def _brings(given: Any, wanted: list[dict[str, Any]]) -> bool:
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        return False
    return [(one.get("id"), one.get("property")) for one in given] == [(one["id"], one["property"]) for one in wanted]


def declare(server: Flask) -> None:
    """Declare Dash's own plumbing as public; our blueprints declare themselves beside their routes."""
    for rule in server.url_map.iter_rules():
        if rule.rule in PLUMBING or rule.endpoint == "static":
            DECLARED[rule.endpoint] = Audiens.PUBLIK
