"""Raw files nobody names any more: those of drafts that were thrown away. Whatever a table names stays for ever."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import Engine, select

from data import tables
from data.engine import reading

GRACE: Final = timedelta(days=2)
"""A file lies there before its draft does: what is younger is left alone."""


def sweep(engine: Engine, folder: Path, now: datetime | None = None) -> tuple[int, int]:
    """Remove the raw files that no row of any table names; (files, bytes) that went. The files are looked at before the
    rows, so one that comes in meanwhile is never taken for forgotten."""
    before = ((now or datetime.now(UTC)) - GRACE).timestamp()
    old = [path for path in folder.glob("*/*") if path.is_file() and path.stat().st_mtime < before]
    named, gone, size = _named(engine), 0, 0
    for path in old:
        if path.name not in named:
            gone, size = gone + 1, size + path.stat().st_size
            path.unlink()
    return gone, size


def _named(engine: Engine) -> set[str]:
    """Every SHA-256 that any table holds, of every pemda: they may share one folder."""
    found: set[str] = set()
    with reading(engine) as conn:
        for table in tables.metadata.tables.values():
            if "sha256" in table.c:
                found |= set(conn.execute(select(table.c.sha256).distinct()).scalars())
    return found
