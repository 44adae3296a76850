"""Which marks of the scatter are named, and where their names stand without covering anything."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

SIDES: Final = ("kanan", "kiri", "atas", "bawah", "jauh", "jauh-lagi")
_FAR: Final = {"atas": 2, "jauh": 26, "jauh-lagi": 54}
"""How far above its mark a name stands, in px; from afar a thin line leads to it."""
_LETTER: Final = 6.7
"""The mean width of a letter of the labels in px, on the safe side."""
_RING: Final = 6
_LINE: Final = 17
_GAP: Final = 4

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Kanvas:
    """The plot at the least width it is drawn in, in px; a wider one only moves marks further apart."""

    prefix: str
    width: int
    height: int
    most: int


WIDE: Final = Kanvas("l", 720, 440, 14)
NARROW: Final = Kanvas("s", 268, 400, 5)


@dataclass(frozen=True)
class Calon:
    """A mark that may be named: its place in percent, its size in px, the words. ``must``: also where it covers."""

    key: str
    x: float
    y: float
    size: float
    words: str = ""
    must: bool = False
    chosen: bool = False


def place_names(
    marks: Sequence[Calon],
    wanted: Iterable[Calon],
    canvas: Kanvas,
    kept_free: Sequence[Box] = (),
    wall: float | None = None,
) -> dict[str, str]:
    """The class of each name that finds room, most wanted first: ``l-kanan``. ``kept_free`` are boxes in px; a name
    stays on its mark's side of ``wall``, an upright line in percent, where it can."""
    border = None if wall is None else wall * canvas.width / 100
    solid = {mark.key: _mark_box(mark, canvas) for mark in marks}
    taken: list[Box] = list(kept_free)
    found: dict[str, str] = {}
    for mark in wanted:
        if len(found) >= canvas.most and not mark.must:
            continue
        side = (
            _free_side(mark, canvas, solid, taken, border)
            or _free_side(mark, canvas, solid, taken, None)
            or (_side_of_most_room(mark) if mark.must else None)
        )
        if side:
            found[mark.key] = f"{canvas.prefix}-{side}"
            taken.append(_name_box(mark, side, canvas))
    return found


def _free_side(
    mark: Calon, canvas: Kanvas, solid: Mapping[str, Box], taken: Sequence[Box], border: float | None
) -> str | None:
    others = [box for key, box in solid.items() if key != mark.key]
    for side in SIDES:
        box = _name_box(mark, side, canvas)
        if (
            _inside(box, canvas)
            and _own_side(mark, box, canvas, border)
            and not any(_meet(box, other) for other in (*taken, *others))
        ):
            return side
    return None


def _side_of_most_room(mark: Calon) -> str:
    return "kiri" if mark.x > 50 else "kanan"


def _mark_box(mark: Calon, canvas: Kanvas) -> Box:
    x, y = mark.x * canvas.width / 100, mark.y * canvas.height / 100
    half = mark.size / 2 + (_RING if mark.chosen else 0)
    return (x - half, y - half, x + half, y + half)


def _name_box(mark: Calon, side: str, canvas: Kanvas) -> Box:
    left, top, right, bottom = _mark_box(mark, canvas)
    width, middle_x, middle_y = len(mark.words) * _LETTER, (left + right) / 2, (top + bottom) / 2
    if side == "kanan":
        return (right + _GAP, middle_y - _LINE / 2, right + _GAP + width, middle_y + _LINE / 2)
    if side == "kiri":
        return (left - _GAP - width, middle_y - _LINE / 2, left - _GAP, middle_y + _LINE / 2)
    if side in _FAR:
        foot = top - _FAR[side]
        return (middle_x - width / 2, foot - _LINE, middle_x + width / 2, foot)
    return (middle_x - width / 2, bottom + 2, middle_x + width / 2, bottom + _LINE + 2)


def _inside(box: Box, canvas: Kanvas) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= canvas.width and box[3] <= canvas.height


def _own_side(mark: Calon, box: Box, canvas: Kanvas, border: float | None) -> bool:
    if border is None:
        return True
    return box[2] <= border if mark.x * canvas.width / 100 < border else box[0] >= border


def _meet(one: Box, two: Box) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]
