"""Addresses of our style sheets and scripts for the pages Dash does not draw."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "assets"
# Only the live page needs the takeover script, only /analisis that of its grid.
LIVE_ONLY = {"ambil-alih.js", "analisis.js"}


@cache
def styles() -> tuple[str, ...]:
    """Style sheets in the order Dash loads them."""
    return tuple(_address(path) for path in sorted(FOLDER.glob("*.css")))


@cache
def scripts() -> tuple[str, ...]:
    """Scripts that also help a plain page."""
    return tuple(_address(path) for path in sorted(FOLDER.glob("*.js")) if path.name not in LIVE_ONLY)


def _address(path: Path) -> str:
    return f"/assets/{path.name}?m={int(path.stat().st_mtime)}"
