"""The second rendering of the one tree: a Dash component as HTML text, for the first view and readers without
JavaScript. Everything is escaped; what only the browser can draw (``dcc.Graph``) renders nothing."""

import re
from functools import cache
from html import escape
from typing import Any, Final

from dash.development.base_component import Component

_VOID: Final = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr", "source"})
_NAMESPACES: Final = frozenset({"dash_html_components", "dash_svg"})
_SPECIAL_TAGS: Final = {"MapEl": "map", "ObjectEl": "object"}
_RENAMED: Final = {
    "className": "class",
    "htmlFor": "for",
    "acceptCharset": "accept-charset",
    "httpEquiv": "http-equiv",
}
_LOWERED: Final = frozenset(
    {
        "colSpan",
        "rowSpan",
        "tabIndex",
        "dateTime",
        "hrefLang",
        "autoComplete",
        "autoFocus",
        "encType",
        "noValidate",
        "readOnly",
        "maxLength",
    }
)
# SVG attributes that are hyphenated in markup; the others (viewBox, gradientUnits, …) keep their capitals.
_HYPHENATED: Final = frozenset(
    {
        "strokeWidth",
        "strokeDasharray",
        "strokeDashoffset",
        "strokeLinecap",
        "strokeLinejoin",
        "strokeOpacity",
        "strokeMiterlimit",
        "fillOpacity",
        "fillRule",
        "clipPath",
        "clipRule",
        "textAnchor",
        "dominantBaseline",
        "fontSize",
        "fontFamily",
        "fontWeight",
        "fontStyle",
        "letterSpacing",
        "vectorEffect",
        "shapeRendering",
        "textRendering",
        "pointerEvents",
        "paintOrder",
        "markerStart",
        "markerEnd",
        "alignmentBaseline",
        "stopColor",
        "stopOpacity",
    }
)
_DROPPED: Final = frozenset({"children", "key", "n_clicks", "n_clicks_timestamp", "disable_n_clicks", "loading_state"})
_RISKY: Final = re.compile("[&<>\"']")
Plan = tuple[str, list[tuple[str, str]]]
# How a component with these properties is written.
_plans: dict[tuple[Any, ...], Plan] = {}
_MOST_PLANS: Final = 5000
_WILD: Final = ("data-", "aria-")
_URLS: Final = frozenset({"href", "src", "action", "formAction", "cite", "poster"})
_SAFE_URL: Final = re.compile(r"(?:https?:|mailto:|tel:|[/?#.]|[^:/?#\s]*(?:[/?#]|$))", re.IGNORECASE)


def to_html(tree: Any) -> str:
    """The tree as HTML text: a component, a text, a number, None or a sequence of these."""
    kind = type(tree)  # asked of every part of a page: what is usual is told without asking Dash's abstract class
    if kind is str:
        return escape(tree, quote=False) if _RISKY.search(tree) else tree
    if kind is list or kind is tuple:
        return "".join([to_html(item) for item in tree])
    if tree is None or kind is bool:
        return ""
    if isinstance(tree, Component):
        return _element(tree)
    if isinstance(tree, list | tuple):
        return "".join([to_html(item) for item in tree])
    return escape(str(tree), quote=False)


def _element(node: Component) -> str:
    """Attributes are read from the component itself, in Dash's order: its own ``to_plotly_json`` asks for every one
    there could be and takes three times as long."""
    given = vars(node)
    tag, names = _plans.get((type(node), *given)) or _plan(node, given)
    if not tag:
        return ""
    parts = ["<", tag]
    for name, shown in names:
        value = given[name]
        plain = type(value) is str and name not in _URLS
        parts.append(f' {shown}="{_escaped(value)}"' if plain else _attribute(name, value))
    if tag in _VOID:
        return f"{''.join(parts)}>"
    return f"{''.join(parts)}>{to_html(given.get('children'))}</{tag}>"


def _plan(node: Component, given: dict[str, Any]) -> Plan:
    """The tag of a component with these properties and the attributes it writes; no tag for what only the browser
    draws."""
    names = [name for name in node._prop_names if name in given and name not in _DROPPED]
    names += [name for name in given if name.startswith(_WILD)]
    tag = _tag(node) if node._namespace in _NAMESPACES else ""
    made = (tag, [(name, attribute_name(name)) for name in names])
    if len(_plans) < _MOST_PLANS:
        _plans[type(node), *given] = made
    return made


def _tag(node: Component) -> str:
    name: str = node._type
    if name in _SPECIAL_TAGS:
        return _SPECIAL_TAGS[name]
    return name[0].lower() + name[1:] if node._namespace == "dash_svg" else name.lower()


def _escaped(text: str) -> str:
    return escape(text) if _RISKY.search(text) else text


def _attribute(name: str, value: Any) -> str:
    if value is None or (value is False and not name.startswith(("aria-", "data-"))):
        return ""
    if name in _URLS and not _SAFE_URL.match(str(value).strip()):
        return ""
    shown = attribute_name(name)
    if value is True and not name.startswith(("aria-", "data-")):
        return f" {shown}"
    text = _style(value) if name == "style" else str(value).lower() if isinstance(value, bool) else str(value)
    return f' {shown}="{_escaped(text)}"'


@cache
def attribute_name(name: str) -> str:
    if name in _RENAMED:
        return _RENAMED[name]
    if name in _LOWERED:
        return name.lower()
    return kebab(name) if name in _HYPHENATED else name


def kebab(name: str) -> str:
    return name if name.startswith("--") else re.sub(r"[A-Z]", lambda letter: "-" + letter[0].lower(), name)


def _style(value: dict[str, Any]) -> str:
    return ";".join(f"{kebab(name)}:{item}" for name, item in value.items() if item is not None)
