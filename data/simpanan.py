"""Checked rows as text, and back: what waits in ``kiriman`` must come out exactly as it went in."""

import json
from dataclasses import fields
from datetime import datetime
from decimal import Decimal
from typing import Any

from data.store import Muatan

_DECIMAL, _TIME = "$desimal", "$waktu"


def pack(muatan: Muatan) -> str:
    """The rows of every table as JSON; decimals stay exact."""
    return json.dumps({one.name: getattr(muatan, one.name) for one in fields(Muatan)}, default=_tagged)


def unpack(text: str) -> Muatan:
    """The rows again."""
    found: dict[str, Any] = json.loads(text or "{}", object_hook=_untagged)
    return Muatan(**found)


def _tagged(value: Any) -> Any:
    if isinstance(value, Decimal):
        return {_DECIMAL: str(value)}
    if isinstance(value, datetime):
        return {_TIME: value.isoformat()}
    raise TypeError(f"{type(value).__name__} has no place in a stored submission")


def _untagged(found: dict[str, Any]) -> Any:
    if set(found) == {_DECIMAL}:
        return Decimal(found[_DECIMAL])
    if set(found) == {_TIME}:
        return datetime.fromisoformat(found[_TIME])
    return found
