"""The live page's short cut: what never changes in place travels as HTML text inside one component.

Dash's renderer needs time that grows far faster than the number of components (2,000 of them take it many seconds), so
a subtree without a live component (``dcc.Graph``) keeps only its root; ``assets/isi.js`` fills that root with the very
HTML the first view carries. The text comes from ``to_html`` alone, which escapes everything."""

from copy import copy
from typing import Any, Final

from dash.development.base_component import Component

from pages.parts.markup import to_html

ATTRIBUTE: Final = "data-isi"
_STATIC: Final = frozenset({"dash_html_components", "dash_svg"})


def frozen(tree: Any) -> Any:
    """The same tree with every static subtree reduced to its root. Texts, None and live components stay."""
    if isinstance(tree, list | tuple):
        return [frozen(item) for item in tree]
    if not isinstance(tree, Component) or tree._namespace not in _STATIC:
        return tree
    inside = getattr(tree, "children", None)
    if inside is None or isinstance(inside, str | int | float):
        return tree
    twin = copy(tree)
    if lives(inside):
        twin.children = frozen(inside)
    else:
        twin.children = None
        setattr(twin, ATTRIBUTE, to_html(inside))
    return twin


def lives(tree: Any) -> bool:
    """Whether something in the tree is drawn by the browser and not by us."""
    waiting = [tree]
    while waiting:
        item = waiting.pop()
        kind = type(item)  # asked of every part of a page: what is usual is told without asking Dash's abstract class
        if kind is str or item is None:
            continue
        if kind is list or kind is tuple:
            waiting.extend(item)
        elif isinstance(item, Component):
            if item._namespace not in _STATIC:
                return True
            waiting.append(vars(item).get("children"))
        elif isinstance(item, list | tuple):
            waiting.extend(item)
    return False
