"""The main measurement: three questions, our dashboard beside the naive page, one city and eighteen."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bench import fill, questions, serve
from bench.fill import Source
from bench.login import login
from bench.measure import Figures, Limits, measure, measure_once_each
from bench.paths import WORKERS
from bench.questions import Question
from bench.serve import Memory, Server

OURS: Final = "e-Monev"
NAIVE: Final = "naif"
THREADS: Final = 4
"""Threads of a worker: the same number as in the Makefile's ``run``."""
CONCURRENCY: Final = (1, 16)
CITIES: Final = (1, 18)
WARM_SECONDS: Final = {OURS: 30.0, NAIVE: 3.0}
"""The naive page remembers nothing but its frame: it is warm at once."""


@dataclass(frozen=True)
class Row:
    """One question on one application and database. ``first``: every answer once, from a server just started."""

    pemda_count: int
    app: str
    question: str
    first: Figures
    figures: dict[int, Figures]


@dataclass(frozen=True)
class Run:
    """Everything measured on one application and database; memory is read at the end."""

    pemda_count: int
    app: str
    rows: list[Row]
    memory: list[Memory]


def asked(source: Source) -> list[Question]:
    """The three questions, each on as many screens as the data has."""
    quarters = [f"?tahun={tahun}&tw={tw}" for tahun, tw in source.periods]
    opd_pages = [(f"/opd/{code}", quarters[-1]) for code in source.opd]
    return [
        Question("capaian per OPD", ("daftar-opd.children",), [("/", search) for search in quarters]),
        Question("program satu OPD", ("opd-program.children", "opd-tren.children"), opd_pages),
        Question("50 terburuk", ("pimpinan-terburuk.children",), [("/pimpinan", search) for search in quarters], True),
    ]


def measure_all(seconds: float, cities: tuple[int, ...], tell: Callable[[Run], None]) -> list[Run]:
    """Both applications on every database, one server at a time."""
    runs = []
    for count in cities:
        source = fill.ensure(count)
        for app in (NAIVE, OURS):
            runs.append(_measure_app(app, source, seconds))
            tell(runs[-1])
    return runs


def _measure_app(app: str, source: Source, seconds: float) -> Run:
    port = serve.free_port()
    target = "app:server" if app == OURS else "bench.naive_app:server"
    environ = {
        "EMONEV_DATABASE_URL": source.url,
        "EMONEV_PEMDA": fill.PEMDA,
        "EMONEV_MODE": "pengembangan",
        "BENCH_DATABASE": str(source.path),
    }
    command = serve.granian(target, port, THREADS, WORKERS)
    name = f"{app.lower()}-{source.pemda_count}-pemda"
    with serve.serving(name, command, port, environ, "/_dash-dependencies") as server:
        cookie = login(port, *fill.ACCOUNT) if app == OURS else ""
        rows = [_measure_question(server, app, source, question, cookie, seconds) for question in asked(source)]
        return Run(source.pemda_count, app, rows, server.memory())


def _measure_question(server: Server, app: str, source: Source, question: Question, cookie: str, seconds: float) -> Row:
    requests = questions.requests(server.port, question, cookie if question.signed_in else "")
    first = measure_once_each(server, requests)
    # Sixteen connections reach every worker, and each of them asks for every screen.
    measure(server, requests, 16, Limits(16 * len(requests), WARM_SECONDS[app]))
    figures = {c: measure(server, requests, c, Limits(1_000_000, seconds)) for c in CONCURRENCY}
    return Row(source.pemda_count, app, question.name, first, figures)
