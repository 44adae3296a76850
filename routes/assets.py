"""Addresses of our style sheets and scripts for the pages Dash does not draw."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "assets"
# Only the live page needs the takeover script.
LIVE_ONLY = {"ambil-alih.js"}
# The wall has a sheet and a script of its own, which nothing else loads (app.py tells Dash the same).
WALL_ONLY = {"dinding.css", "dinding.js"}


@cache
def styles() -> tuple[str, ...]:
    """Style sheets in the order Dash loads them."""
    return tuple(_address(path) for path in sorted(FOLDER.glob("*.css")) if path.name not in WALL_ONLY)


@cache
def scripts() -> tuple[str, ...]:
    """Scripts that also help a plain page."""
    return tuple(_address(path) for path in sorted(FOLDER.glob("*.js")) if path.name not in LIVE_ONLY | WALL_ONLY)


@cache
def wall_assets() -> tuple[str, str, str]:
    """The fonts, the sheet and the script of the wall."""
    fonts, sheet, script = (_address(FOLDER / name) for name in ("10-huruf.css", "dinding.css", "dinding.js"))
    return fonts, sheet, script


def _address(path: Path) -> str:
    return f"/assets/{path.name}?m={int(path.stat().st_mtime)}"
