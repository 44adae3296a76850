"""Which WSGI server: granian and gunicorn with the same workers, on a bare Flask answer and on a Dash callback."""

from dataclasses import dataclass

from bench import questions, serve
from bench.measure import Figures, Limits, measure
from bench.paths import HOST
from bench.questions import Question
from bench.serve import Memory, Server

TARGET = "bench.toy_app:server"
QUESTION = Question("callback Dash", ("jawaban.children",), [("/", f"?tw={tw}") for tw in range(1, 5)])
ROUNDS = (1, 16)


KINDS = (
    ("granian, 1 utas", serve.granian, 1),
    ("granian, 2 utas", serve.granian, 2),
    ("granian, 4 utas", serve.granian, 4),
    ("gunicorn sync", serve.gunicorn, 1),
    ("gunicorn gthread, 4 utas", serve.gunicorn, 4),
)


@dataclass(frozen=True)
class Outcome:
    """What one server did with one kind of answer."""

    server: str
    answer: str
    figures: list[Figures]
    memory: list[Memory]


def compare(seconds: float) -> list[Outcome]:
    """Measure every kind of server, each alone on the machine."""
    outcomes = []
    for name, make, threads in KINDS:
        port = serve.free_port()
        log = "server-" + "-".join(name.replace(",", "").split())
        with serve.serving(log, make(TARGET, port, threads), port, {}, "/sepele") as server:
            outcomes += _measure(name, server, seconds)
    return outcomes


def _measure(name: str, server: Server, seconds: float) -> list[Outcome]:
    bare = f"GET /sepele HTTP/1.1\r\nHost: {HOST}:{server.port}\r\n\r\n"
    asked = {"Flask sepele": [bare], QUESTION.name: questions.requests(server.port, QUESTION)}
    outcomes = []
    for answer, requests in asked.items():
        measure(server, requests, 4, Limits(400, 5))
        figures = [measure(server, requests, c, Limits(1_000_000, seconds)) for c in ROUNDS]
        outcomes.append(Outcome(name, answer, figures, server.memory()))
    return outcomes
