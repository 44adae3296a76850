"""Measure one question on one server: latency, throughput, and the server's own CPU time."""

from dataclasses import dataclass

from bench.client import Job, Result, run
from bench.serve import Server


@dataclass(frozen=True)
class Limits:
    """When a measurement stops, whichever comes first."""

    total: int
    seconds: float


@dataclass(frozen=True)
class Figures:
    """One line of the table. Times in milliseconds; ``bytes`` is the mean size of an answer with its head."""

    concurrency: int
    answers: int
    p50: float
    p95: float
    per_second: float
    cpu_ms: float
    client_cpu_ms: float
    bytes: int


class BadAnswerError(RuntimeError):
    """Something else than 200 came back: figures would be worthless."""


def measure(server: Server, requests: list[str], concurrency: int, limits: Limits) -> Figures:
    """Send the requests in turn at this concurrency."""
    before = server.cpu_seconds()
    result = run(Job(server.port, requests, concurrency, limits.total, limits.seconds))
    used = server.cpu_seconds() - before
    _demand_only_200(result)
    answers = len(result.latencies)
    return Figures(
        concurrency=concurrency,
        answers=answers,
        p50=percentile(result.latencies, 50),
        p95=percentile(result.latencies, 95),
        per_second=answers / result.elapsed,
        cpu_ms=used * 1000 / answers,
        client_cpu_ms=result.client_cpu * 1000 / answers,
        bytes=result.received // answers,
    )


def measure_once_each(server: Server, requests: list[str]) -> Figures:
    """Every request once, one after the other: what an answer costs that nothing has been kept of."""
    return measure(server, requests, 1, Limits(total=len(requests), seconds=60))


def _demand_only_200(result: Result) -> None:
    if set(result.statuses) != {"200"}:
        raise BadAnswerError(f"Jawaban bukan 200: {result.statuses}\n{result.first_bad}")


def percentile(values: list[float], percent: int) -> float:
    """The smallest value that at least ``percent`` per cent of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]
