"""Where the measuring tool keeps its things: everything under ``instance/bench``, which git ignores."""

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
BENCH: Final = ROOT / "instance" / "bench"
HOST: Final = "127.0.0.1"
"""The only address this tool ever serves on or sends to."""
WORKERS: Final = 2


def prepare() -> None:
    """Make the folder that holds databases, logs and results."""
    BENCH.mkdir(parents=True, exist_ok=True)
