"""Form elements as parts of the one tree. Dash has no plain ``<input>``: these exist only in the HTML rendering, for
the pages that Dash does not draw."""

from collections.abc import Sequence
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from pages.parts.elements import Child, attrs

CSRF: Final = "csrf"


_ATTRIBUTES: Final = [
    *["type", "accept", "autoComplete", "autocapitalize", "autoFocus", "checked", "children", "className", "cols"],
    *["disabled", "for", "id", "inputmode", "list", "max", "maxLength", "min", "minlength", "multiple", "name"],
    *["pattern", "placeholder", "readOnly", "required", "role", "rows", "selected", "size", "spellcheck", "step"],
    *["tabIndex", "title", "value"],
]


class _Tag(Component):  # type: ignore[misc]
    """An HTML element that Dash does not have; any attribute is let through and escaped by the renderer."""

    _namespace = "dash_html_components"
    _children_props: list[str] = []  # noqa: RUF012 - Dash reads these as they are
    _base_nodes: list[str] = ["children"]  # noqa: RUF012
    _valid_wildcard_attributes: list[str] = ["data-", "aria-"]  # noqa: RUF012
    _prop_names: list[str] = _ATTRIBUTES
    available_wildcard_properties: list[str] = ["data-", "aria-"]  # noqa: RUF012

    def __init__(self, children: Child | Sequence[Child] = None, **given: Any) -> None:
        super().__init__(children=children, **given)  # type: ignore[no-untyped-call]

    @property
    def available_properties(self) -> list[str]:
        return self._prop_names


class Input(_Tag):
    _type = "Input"


class Select(_Tag):
    _type = "Select"


class Textarea(_Tag):
    _type = "Textarea"


class Option(_Tag):
    _type = "Option"


def hidden(name: str, value: str) -> Component:
    return Input(type="hidden", name=name, value=value)


def form(
    action: str, csrf: str, inside: Sequence[Child], *, class_name: str | None = None, file: bool = False
) -> html.Form:
    """A form that posts, with the token every form carries."""
    kind: dict[str, Any] = {"encType": "multipart/form-data"} if file else {}
    return html.Form([hidden(CSRF, csrf), *inside], method="post", action=action, className=class_name, **kind)


def field(label: str, name: str, *, hint: str | None = None, after: Child = None, **given: Any) -> html.Div:
    """A labelled input with an optional hint below its label and something after it in the same box. ``given``:
    attributes of the input (type, value, autoComplete, inputmode, required …)."""
    described = attrs(aria_describedby=f"{name}-petunjuk" if hint else None)
    box = html.Div([Input(id=name, name=name, **{"type": "text", **described, **given}), after], className="kotak")
    return html.Div([html.Label(label, htmlFor=name), _hint(name, hint), box], className="isian")


def choice(
    label: str, name: str, options: Sequence[tuple[str, str]], value: str | None = "", hint: str | None = None
) -> html.Div:
    """A labelled list to choose one from; ``options`` are (value, words)."""
    inside = [Option(words, value=key, **({"selected": True} if key == value else {})) for key, words in options]
    box = html.Div(Select(inside, id=name, name=name), className="kotak")
    return html.Div([html.Label(label, htmlFor=name), _hint(name, hint), box], className="isian")


def long_text(
    label: str, name: str, value: str = "", *, hint: str | None = None, rows: int = 3, **given: Any
) -> html.Div:
    """A labelled box for several lines."""
    box = html.Div(Textarea(value, id=name, name=name, rows=str(rows), **given), className="kotak")
    return html.Div([html.Label(label, htmlFor=name), _hint(name, hint), box], className="isian")


def tick(label: str, name: str, checked: bool = False) -> html.Div:
    """A box to tick, its words at the right."""
    box = Input(id=name, name=name, type="checkbox", value="ya", **({"checked": True} if checked else {}))
    return html.Div([box, html.Label(label, htmlFor=name)], className="centang")


def submit(
    words: str, *, quiet: bool = False, full: bool = False, name: str | None = None, value: str = ""
) -> html.Button:
    """The button that sends the form; ``quiet`` for every button but the one that matters."""
    look = "tombol tombol-garis" if quiet else "tombol"
    named: dict[str, Any] = {"name": name, "value": value} if name else {}
    return html.Button(words, type="submit", className=f"{look} tombol-penuh" if full else look, **named)


def error_line(sentence: str | None) -> html.P | None:
    """What is wrong with what was sent, read out at once."""
    return html.P(sentence, className="galat", id="galat", role="alert") if sentence else None


def _hint(name: str, hint: str | None) -> html.P | None:
    return html.P(hint, id=f"{name}-petunjuk", className="petunjuk") if hint else None
