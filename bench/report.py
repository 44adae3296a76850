"""Figures as one aligned table for people and one JSON file for programs."""

import json
import platform
from collections.abc import Sequence
from dataclasses import asdict, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

from bench.measure import Figures
from bench.pages import Run
from bench.paths import BENCH, WORKERS
from bench.promises import Verdict
from bench.serve import Memory
from bench.servers import Outcome

PAGE_HEAD = ("pemda", "aplikasi", "pertanyaan", "pertama", "c", "p50", "p95", "jawaban/d", "CPU", "kB")
SERVER_HEAD = ("server", "jawaban", "c", "p50", "p95", "jawaban/d", "CPU")


def table(head: Sequence[str], rows: list[list[str]]) -> str:
    """Lines with aligned columns: words to the left, figures to the right."""
    columns = list(zip(head, *rows, strict=True))
    padded = [_pad(column) for column in columns]
    lines = ["  ".join(cells).rstrip() for cells in zip(*padded, strict=True)]
    return "\n".join([lines[0], "  ".join("─" * len(column[0]) for column in padded), *lines[1:]])


def _pad(column: tuple[str, ...]) -> list[str]:
    width = max(map(len, column))
    figures = all(cell[:1].isdigit() for cell in column[1:])
    return [cell.rjust(width) if figures else cell.ljust(width) for cell in column]


def number(value: float, decimals: int = 1) -> str:
    """1234.5 as 1.234,5"""
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def page_table(runs: list[Run]) -> str:
    """The three questions on every application and database."""
    rows = [
        [
            *(str(row.pemda_count), row.app, row.question, number(row.first.p50), str(c)),
            *(*_figures(figures), number(figures.bytes / 1000)),
        ]
        for run in runs
        for row in run.rows
        for c, figures in row.figures.items()
    ]
    return table(PAGE_HEAD, rows)


def memory_table(runs: list[Run]) -> str:
    """The memory of every worker."""
    rows = [[str(run.pemda_count), run.app, *_megabytes(worker)] for run in runs for worker in run.memory]
    return table(("pemda", "aplikasi", "USS", "PSS", "RSS"), rows)


def server_table(outcomes: list[Outcome]) -> str:
    """The WSGI servers side by side."""
    rows = [
        [outcome.server, outcome.answer, str(figures.concurrency), *_figures(figures)]
        for outcome in outcomes
        for figures in outcome.figures
    ]
    return table(SERVER_HEAD, rows)


def verdict_lines(verdicts: list[Verdict]) -> str:
    """One line per promise."""
    return "\n".join(
        f"{'✓' if verdict.kept else '✗'} {verdict.promise}: {verdict.found.replace('.', ',')}" for verdict in verdicts
    )


def _figures(figures: Figures) -> list[str]:
    return [
        number(figures.p50, 2),
        number(figures.p95, 2),
        number(figures.per_second, 0),
        number(figures.cpu_ms, 2),
    ]


def _megabytes(memory: Memory) -> list[str]:
    return [number(memory.uss, 0), number(memory.pss, 0), number(memory.rss, 0)]


def write(name: str, results: dict[str, Any]) -> Path:
    """Write the results beside where and when they were measured."""
    machine = {
        "python": platform.python_version(),
        "cpu": psutil.cpu_count(),
        "pekerja": WORKERS,
        "waktu": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    path = BENCH / f"{name}.json"
    path.write_text(json.dumps({"mesin": machine, **results}, indent=1, ensure_ascii=False, default=_plain))
    return path


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(f"not writable as JSON: {type(value)}")
