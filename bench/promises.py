"""What the figures have to show, and whether this run shows it."""

from dataclasses import dataclass
from typing import Final

from bench.pages import NAIVE, OURS, Row, Run

TIMES_NAIVE: Final = 20
P50_MS: Final = 5
GROWTH: Final = 1.3
WORKER_MB: Final = 200


@dataclass(frozen=True)
class Verdict:
    """One promise with the worst figure of the run."""

    promise: str
    found: str
    kept: bool


def judge(runs: list[Run]) -> list[Verdict]:
    """One verdict per promise that this run can speak of."""
    rows = {(run.pemda_count, run.app, row.question): row for run in runs for row in run.rows}
    ours = {(count, name): row for (count, app, name), row in rows.items() if app == OURS}
    return [*_beside_naive(ours, rows), *_quick(ours), *_growth(ours), *_memory(runs)]


def _beside_naive(ours: dict[tuple[int, str], Row], rows: dict[tuple[int, str, str], Row]) -> list[Verdict]:
    ratios = [
        row.figures[16].per_second / naive.figures[16].per_second
        for (count, name), row in ours.items()
        if (naive := rows.get((count, NAIVE, name)))
    ]
    promise = f"jawaban per detik pada c=16 minimal {TIMES_NAIVE}× halaman naif"
    return [Verdict(promise, f"{min(ratios):.1f}×", min(ratios) >= TIMES_NAIVE)] if ratios else []


def _quick(ours: dict[tuple[int, str], Row]) -> list[Verdict]:
    slowest = max((row.figures[1].p50 for row in ours.values()), default=0.0)
    promise = f"p50 pada c=1 paling lama {P50_MS} ms"
    return [Verdict(promise, f"{slowest:.2f} ms", slowest <= P50_MS)] if ours else []


def _growth(ours: dict[tuple[int, str], Row]) -> list[Verdict]:
    one, many = (min(count for count, _ in ours), max(count for count, _ in ours)) if ours else (0, 0)
    if one == many:
        return []
    pairs = [(ours[one, name], row) for (count, name), row in ours.items() if count == many]
    slower = max(large.figures[c].p50 / small.figures[c].p50 for small, large in pairs for c in small.figures)
    promise = f"p50 dengan {many} pemda paling banyak {GROWTH}× satu pemda".replace(".", ",")
    return [Verdict(promise, f"{slower:.2f}×", slower <= GROWTH)]


def _memory(runs: list[Run]) -> list[Verdict]:
    largest = max((worker.rss for run in runs if run.app == OURS for worker in run.memory), default=0.0)
    promise = f"memori (RSS) tiap pekerja paling banyak {WORKER_MB} MB"
    return [Verdict(promise, f"{largest:.0f} MB", largest <= WORKER_MB)] if largest else []
