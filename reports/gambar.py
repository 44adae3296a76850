"""A drawing as PNG, without a browser: resvg with the fonts that go out with us."""

from pathlib import Path
from typing import Final

import resvg_py

FOLDER: Final = Path(__file__).resolve().parent / "huruf"
FONTS: Final = sorted(str(path) for path in FOLDER.glob("*.ttf"))


def as_png(svg: str, width: int) -> bytes:
    """The drawing ``width`` pixels wide. Nothing outside the text of the drawing is looked at. Raises ValueError for
    what is no SVG."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            width=width,
            skip_system_fonts=True,
            font_files=FONTS,
            font_family="Monev Sans",
            sans_serif_family="Monev Sans",
            serif_family="Monev Serif",
        )
    )
