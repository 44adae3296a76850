"""The line drawings of the city: the two-tower mark and the Ampera bridge. Ornament, hidden from screen readers."""

from dash.development.base_component import Component

from pages.parts.elements import MUTE, svg

_TOWERS = "M6 23V6l2-4 2 4v17M14 23V6l2-4 2 4v17M10 8h4M10 12h4M0 18h24M2.5 18v5M21.5 18v5"
_TOWER = "M{0} 172V60l7-14h8l7 14V172M{0} 84h22M{0} 116h22M{0} 148h22"
_DECK = "M0 176H680M0 187H680M{0} 78H{1}M{0} 89H{1}"
_ARCHES = "M190 176c40-34 72-34 108 0M402 176c36-34 68-34 108 0"


def mark() -> Component:
    drawn: Component = svg.Svg(
        svg.Path(d=_TOWERS, className="goresan"),
        className="lambang",
        width="28",
        height="24",
        viewBox="-0.5 0 25 24",
        **MUTE,
    )
    return drawn


def ampera() -> Component:
    """The bridge over the Musi, for the public footer and the sign-in page."""
    posts = "".join(f"M{x} 188v24M{x + 9} 188v24" for x in (40, 112, 184, 488, 560, 632))
    feet = "M289 187v26M311 187v26M389 187v26M411 187v26"
    path = _TOWER.format(289) + _TOWER.format(389) + _DECK.format(311, 389) + _ARCHES + posts + feet + _water()
    drawn: Component = svg.Svg(
        svg.Path(d=path, className="goresan"), className="ampera", width="100%", viewBox="0 40 680 190", **MUTE
    )
    return drawn


def _water() -> str:
    return "M0 220" + "".join("q10 -8 20 0t20 0" for _ in range(17))
