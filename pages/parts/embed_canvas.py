"""What the drawings that leave the site share: their two themes as one style sheet, and text on a canvas.

They carry their own style, because no sheet of ours stands beside them in a news story or a picture file."""

from typing import Any, Final

from dash.development.base_component import Component

from data.words import Status
from pages.parts.elements import svg
from pages.parts.icons import css_name

TERANG, GELAP = "terang", "gelap"
THEMES: Final = (TERANG, GELAP)
SANS: Final = "'Monev Sans','Source Sans 3','Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"
SERIF: Final = "'Monev Serif','Source Serif 4',Georgia,'Times New Roman',serif"
_LIGHT: Final = {
    "kertas": "#FFFFFF",
    "tinta": "#15181E",
    "tinta2": "#444B56",
    "tinta3": "#5F6671",
    "garis": "#D8DBE0",
    "pita": "#EBEDF0",
    "uang": "#0E4A5A",
    "fisik": "#6B7280",
    Status.TERCAPAI: "#082778",
    Status.PERHATIAN: "#C18516",
    Status.DI_BAWAH: "#740211",
    Status.BELUM_LAPOR: "#8D9092",
}
_DARK: Final = {
    "kertas": "#0B1220",
    "tinta": "#FFFFFF",
    "tinta2": "#D5DBE5",
    "tinta3": "#B8C1CF",
    "garis": "#243044",
    "pita": "#222C3E",
    "uang": "#8FD0DE",
    "fisik": "#C3CAD6",
    Status.TERCAPAI: "#3C6CD1",
    Status.PERHATIAN: "#F4A429",
    Status.DI_BAWAH: "#D4124C",
    Status.BELUM_LAPOR: "#C8C9CA",
}
# Drawn as rings: their colour is the line, not the area.
_HOLLOW: Final = (Status.BELUM_LAPOR, Status.TANPA_TARGET, Status.NIHIL)


def sheet(theme: str) -> str:
    """The style of a drawing in this theme."""
    hues = _DARK if theme == GELAP else _LIGHT
    rules = [
        f".t{{font-family:{SANS};fill:{hues['tinta2']}}}",
        f".j{{font-family:{SERIF};font-weight:600;fill:{hues['tinta']}}}",
        f".kuat{{font-weight:600;fill:{hues['tinta']}}}.redup{{fill:{hues['tinta3']}}}",
        f".alas{{fill:{hues['kertas']}}}.pita{{fill:{hues['pita']}}}",
        f".rusuk{{stroke:{hues['garis']}}}.dasar{{stroke:{hues['tinta']}}}",
        f".potong{{stroke:{hues['tinta3']};stroke-dasharray:1 3;stroke-linecap:round}}",
        f".target{{stroke:{hues['tinta']};stroke-width:2}}",
    ]
    rules += [
        f".l-{name}{{stroke:{hues[name]};fill:none;stroke-linejoin:round}}.i-{name}{{fill:{hues[name]}}}"
        for name in ("uang", "fisik")
    ]
    rules += [f".{css_name(one)}{{{_paint(one, hues.get(one, hues[Status.BELUM_LAPOR]))}}}" for one in Status]
    return "".join(rules)


def _paint(status: Status, hue: str) -> str:
    return f"fill:none;stroke:{hue};stroke-width:2" if status in _HOLLOW else f"fill:{hue}"


def colours(theme: str) -> tuple[str, str, str, str]:
    """Paper, ink, quiet ink and link colour of a theme, for the page around a drawing."""
    hues = _DARK if theme == GELAP else _LIGHT
    return hues["kertas"], hues["tinta"], hues["tinta3"], hues["uang"]


def text(words: str, x: float, y: float, size: float, kind: str = "t", anchor: str = "start") -> Component:
    drawn: Component = svg.Text(words, x=f"{x:g}", y=f"{y:g}", fontSize=f"{size:g}", className=kind, textAnchor=anchor)
    return drawn


def line(x1: float, y1: float, x2: float, y2: float, kind: str, width: float = 1) -> Component:
    drawn: Component = svg.Path(d=f"M{x1:g} {y1:g}L{x2:g} {y2:g}", className=kind, strokeWidth=f"{width:g}")
    return drawn


def box(x: float, y: float, width: float, height: float, kind: str) -> Component:
    drawn: Component = svg.Rect(
        x=f"{x:g}", y=f"{y:g}", width=f"{max(width, 0):g}", height=f"{height:g}", className=kind
    )
    return drawn


def canvas(inside: list[Any], width: float, height: float, spoken: str = "") -> Component:
    """An SVG of this size that scales with the place it is given."""
    given: dict[str, Any] = {"role": "img", "aria-label": spoken} if spoken else {"aria-hidden": "true"}
    drawn: Component = svg.Svg(inside, viewBox=f"0 0 {width:g} {height:g}", width="100%", **given)
    return drawn


def wide(words: str, size: float) -> float:
    """About how wide a text is, for places that cannot measure: letters of our sans are half as wide as high."""
    return sum(0.28 if letter in " .,:;ijlI·'|" else 0.62 if letter.isupper() else 0.52 for letter in words) * size


def cut(words: str, size: float, room: float) -> str:
    """The text, shortened with an ellipsis where it would not fit."""
    if wide(words, size) <= room:
        return words
    while words and wide(f"{words}…", size) > room:
        words = words[:-1]
    return f"{words.rstrip()}…"


def folded(words: str, size: float, room: float, most: int = 3) -> list[str]:
    """The text in lines that fit; what does not fit in ``most`` lines is cut."""
    lines, current = [], ""
    for word in words.split(" "):
        longer = f"{current} {word}".strip()
        if current and wide(longer, size) > room:
            lines.append(current)
            longer = word
        current = longer
    lines.append(current)
    return lines if len(lines) <= most else [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), size, room)]
