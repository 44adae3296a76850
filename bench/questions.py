"""The questions that are measured, as the bytes a browser would send to ``/_dash-update-component``."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any

from bench.paths import HOST

Address = tuple[str, str]
"""A page's path and its query string: what every callback of ours starts from."""


@dataclass(frozen=True)
class Question:
    """One question of a screen: any of ``outputs`` names its callback; ``addresses`` are the screens that ask it."""

    name: str
    outputs: tuple[str, ...]
    addresses: Sequence[Address]
    signed_in: bool = False


class UnknownCallbackError(LookupError):
    """The application has no callback that writes what a question is about."""


def dependencies(port: int) -> list[dict[str, Any]]:
    """The callbacks the application publishes."""
    connection = HTTPConnection(HOST, port, timeout=60)
    try:
        connection.request("GET", "/_dash-dependencies")
        found: list[dict[str, Any]] = json.loads(connection.getresponse().read())
        return found
    finally:
        connection.close()


def requests(port: int, question: Question, cookie: str = "") -> list[str]:
    """One whole HTTP request for every address of the question."""
    chosen = _choose(dependencies(port), question)
    return [_request(port, body_of(chosen, address), cookie) for address in question.addresses]


def _choose(callbacks: list[dict[str, Any]], question: Question) -> dict[str, Any]:
    for wanted in question.outputs:
        for found in callbacks:
            if wanted in _outputs(found):
                return found
    raise UnknownCallbackError(f"Tidak ada callback untuk {' atau '.join(question.outputs)} ({question.name}).")


def _outputs(dependency: dict[str, Any]) -> list[str]:
    """The outputs of a callback as "id.property": Dash joins several as "..a.x...b.y..", maybe with "@hash"."""
    text: str = dependency["output"]
    parts = text[2:-2].split("...") if text.startswith("..") else [text]
    return [part.split("@")[0] for part in parts]


def body_of(dependency: dict[str, Any], address: Address) -> str:
    """What a browser at this address would send for one callback."""
    pathname, search = address
    known = {"pathname": pathname, "search": search, "href": f"http://{HOST}{pathname}{search}", "hash": ""}

    def filled(parts: list[dict[str, str]]) -> list[dict[str, Any]]:
        return [
            {"id": part["id"], "property": part["property"], "value": known.get(part["property"])} for part in parts
        ]

    inputs = filled(dependency["inputs"])
    outputs = [dict(zip(("id", "property"), name.rsplit(".", 1), strict=True)) for name in _outputs(dependency)]
    return json.dumps(
        {
            "output": dependency["output"],
            "outputs": outputs if dependency["output"].startswith("..") else outputs[0],
            "inputs": inputs,
            "changedPropIds": [f"{part['id']}.{part['property']}" for part in inputs],
            "state": filled(dependency["state"]),
        }
    )


def _request(port: int, body: str, cookie: str) -> str:
    origin = f"http://{HOST}:{port}"
    head = [
        "POST /_dash-update-component HTTP/1.1",
        f"Host: {HOST}:{port}",
        f"Origin: {origin}",
        "Sec-Fetch-Site: same-origin",
        "Content-Type: application/json",
        "Accept: application/json",
        f"Content-Length: {len(body)}",
        *([f"Cookie: {cookie}"] if cookie else []),
    ]
    return "\r\n".join(head) + "\r\n\r\n" + body
