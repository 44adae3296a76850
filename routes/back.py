"""Looking at an address that only takes forms, as Reload and Back do after a page of errors, leads to its page."""

from typing import Any, Final

from flask import Flask, redirect, request
from werkzeug.routing import Rule

from pages.parts.elements import address
from routes.declared import DECLARED

BLUEPRINTS: Final = ("akun", "kelola", "kalender", "rencana", "unggah", "verifikasi")
KEPT: Final = ("tahun", "tw")
"""What an address says beside its path and still means something on the page."""


def register(server: Flask) -> None:
    """Add the ways back; each has the audience of the form itself."""
    rules = list(server.url_map.iter_rules())
    seen = {rule.rule for rule in rules if "GET" in (rule.methods or ())}
    for rule in rules:
        if rule.endpoint.partition(".")[0] in BLUEPRINTS and rule.rule not in seen:
            steps = _steps_to_page(rule.rule, seen)
            if steps:
                _add(server, rule, steps)


def _add(server: Flask, rule: Rule, steps: int) -> None:
    endpoint = f"{rule.endpoint}_kembali"
    DECLARED[endpoint] = DECLARED[rule.endpoint]

    def back(**_parts: Any) -> Any:
        query = {name: request.args[name] for name in KEPT if request.args.get(name)}
        return redirect(address(request.path.rsplit("/", steps)[0], query), 303)

    server.add_url_rule(rule.rule, endpoint, back, methods=["GET"])


def _steps_to_page(path: str, seen: set[str]) -> int:
    """How many parts of a path to leave out until a page is met; 0 when there is none but the front page."""
    parts = path.split("/")
    return next((count for count in range(1, len(parts) - 1) if "/".join(parts[:-count]) in seen), 0)
