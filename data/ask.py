"""Asking: one place that opens a connection, looks at the data version and remembers answers of that version.

The memory is keyed by (question, arguments, data version). Who may ask is settled before (the lock on the callback
or route), and what differs by audience is an argument of the question, so an answer never crosses roles.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine

from data.engine import reading
from data.errors import NotFoundError
from data.queries.pemda import read_version

REMEMBERED = 512
P = ParamSpec("P")
T = TypeVar("T")


class Penjawab:
    """Answers questions about one pemda. Answers are shared between requests: never change one."""

    def __init__(self, engine: Engine, pemda: str) -> None:
        self.engine = engine
        self.pemda = pemda
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def version(self) -> int:
        """The data version now. Raises NotFoundError when the pemda has no data, DatabaseAwayError when away."""
        with reading(self.engine) as conn:
            found = read_version(conn, self.pemda)
        if found is None:
            raise NotFoundError(f"Belum ada data untuk pemda {self.pemda}. Muat data lebih dahulu dengan `make run`.")
        return found

    def ask(self, question: Callable[Concatenate[Connection, str, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The answer of ``question(conn, pemda, …)`` for the data as it is now."""
        key = (question.__module__, question.__qualname__, _hashable(args), _hashable(kwargs.items()))
        answer: T = self.remember(key, lambda: self._answer(question, *args, **kwargs))
        return answer

    def remember(self, key: Hashable, make: Callable[[], T]) -> T:
        """Whatever ``make`` returns, made once per data version and key (a drawn screen, say)."""
        full = (self.version(), key)
        with self._lock:
            if full in self._answers:
                self._answers.move_to_end(full)
                kept: T = self._answers[full]
                return kept
        made = make()
        with self._lock:
            self._answers[full] = made
            while len(self._answers) > REMEMBERED:
                self._answers.popitem(last=False)
        return made

    def _answer(self, question: Callable[Concatenate[Connection, str, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        with reading(self.engine) as conn:
            return question(conn, self.pemda, *args, **kwargs)


def _hashable(values: Any) -> Hashable:
    return tuple(tuple(value) if isinstance(value, list) else value for value in values)
