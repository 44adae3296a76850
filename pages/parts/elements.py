"""Small helpers for building trees: SVG elements, data-* and aria-* attributes, addresses, rows of a frame."""

import math
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from importlib import import_module
from typing import Any, Final
from urllib.parse import quote, urlencode

import pandas as pd
from dash.development.base_component import Component

svg: Final[Any] = import_module("dash_svg")
"""dash_svg carries no types; it is loaded here, in one place, as an untyped module."""

Child = Component | str | int | float | None
Children = Child | Sequence[Child]
Rows = pd.DataFrame | Sequence[dict[str, Any]]
"""One mapping per row, or the frame that holds them."""

_WHOLE: Final = frozenset({str, int, Decimal, bool})
"""What is never missing; most cells are one of these."""

MUTE: Final[dict[str, Any]] = {"aria-hidden": "true"}


def light(kind: type[Component]) -> Callable[..., Any]:
    """The same component, made about six times as fast, for drawings of hundreds of alike elements: Dash checks the
    names of the attributes at every single one, this only at the first with the same names."""
    checked: Callable[..., Component] = kind
    pattern, seen = dict(vars(kind())), set()

    def make(children: Any = None, **given: Any) -> Component:
        names = tuple(given)
        if names not in seen:
            checked(children, **given)
            seen.add(names)
        node = kind.__new__(kind)
        node.__dict__ = {**pattern, "children": children, **given}
        return node

    return make


def attrs(**given: str | None) -> dict[str, Any]:
    """Wildcard attributes: ``attrs(data_salin="x", aria_label="y")``; those that are None are left out."""
    return {name.replace("_", "-"): value for name, value in given.items() if value is not None}


def soft(kind: str = "atas") -> dict[str, Any]:
    """Marks a link for soft navigation: ``atas`` goes to the top of the new page, ``diam`` stays where it is."""
    return {"data-lunak": kind}


def address(path: str, query: Mapping[str, object | None] | None = None, anchor: str = "") -> str:
    """A same-site address with its query; parameters that are None are left out."""
    given = {name: str(value) for name, value in (query or {}).items() if value is not None}
    tail = f"?{urlencode(given)}" if given else ""
    return f"{quote(path)}{tail}{'#' + anchor if anchor else ''}"


def missing(value: object) -> bool:
    """True for None and for the NaN and NA that a join can leave in a frame."""
    return value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value))


def records(frame: Rows) -> list[dict[str, Any]]:
    """The rows of a frame as dictionaries, in order, with every kind of missing value turned into None. Through one
    array of objects: the way over rows that pandas has takes many times as long. Rows stay as they are."""
    if not isinstance(frame, pd.DataFrame):
        return list(frame)
    names = [str(name) for name in frame.columns]
    rows = frame.to_numpy(dtype=object).tolist()
    return [
        {
            name: value if type(value) in _WHOLE or not missing(value) else None
            for name, value in zip(names, row, strict=True)
        }
        for row in rows
    ]


def listed(inside: Children) -> list[Child]:
    """One child or many, always as a list."""
    if inside is None or isinstance(inside, Component | str | int | float):
        return [inside]
    return list(inside)


def classes(*names: str | None) -> str:
    return " ".join(name for name in names if name)
