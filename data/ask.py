"""Asking: one place that opens a connection, looks at the data version and remembers answers of that version.

The memory is keyed by (question, arguments, data version). Who may ask is settled before (the lock on the callback
or route), and what differs by audience is an argument of the question, so an answer never crosses roles.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextvars import ContextVar
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine

from data.engine import reading
from data.errors import NotFoundError
from data.queries.pemda import read_version

_pinned: ContextVar[int | None] = ContextVar("pinned", default=None)
MOST_ANSWERS = 96
MOST_TEXT = 48_000_000
P = ParamSpec("P")
T = TypeVar("T")
Text = TypeVar("Text", str, bytes)


class Memory:
    """The newest finished answers, within a limit of weight; safe between threads."""

    def __init__(self, limit: int, weigh: Callable[[Any], int]) -> None:
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()
        self._limit, self._weigh, self._weight = limit, weigh, 0

    def get(self, key: Hashable) -> Any:
        """What is kept under this key; raises KeyError when nothing is."""
        with self._lock:
            self._kept.move_to_end(key)
            return self._kept[key]

    def put(self, key: Hashable, value: Any) -> None:
        with self._lock:
            self._weight += self._weigh(value) - (self._weigh(self._kept.pop(key)) if key in self._kept else 0)
            self._kept[key] = value
            while self._weight > self._limit:
                self._weight -= self._weigh(self._kept.popitem(last=False)[1])


class Penjawab:
    """Answers questions about one pemda. Answers are shared between requests: never change one."""

    def __init__(self, engine: Engine, pemda: str) -> None:
        self.engine = engine
        self.pemda = pemda
        # Most answers weigh one; a large one says itself how many of them it takes the place of.
        self._answers = Memory(MOST_ANSWERS, lambda answer: int(getattr(answer, "berat", 1)))
        self._texts = Memory(MOST_TEXT, len)

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
        answer: T = self._of_this_version(self._answers, key, lambda: self._answer(question, *args, **kwargs))
        return answer

    def ask_once(self, question: Callable[Concatenate[Connection, str, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """As ``ask``, remembered for nobody: for what is large and asked for but once, such as the rows of a file."""
        return self._answer(question, *args, **kwargs)

    def at_once(self, make: Callable[[], T]) -> T:
        """``make`` with every question in it about one data version, which is read once."""
        token = _pinned.set(_pinned.get() or self.version())
        try:
            return make()
        finally:
            _pinned.reset(token)

    def remember(self, key: Hashable, make: Callable[[], Text]) -> Text:
        """A finished text (a drawn screen, say), made once per data version and key."""
        text: Text = self._of_this_version(self._texts, key, make)
        return text

    def _of_this_version(self, memory: Memory, key: Hashable, make: Callable[[], Any]) -> Any:
        version = _pinned.get() or self.version()
        full = (version, key)
        try:
            return memory.get(full)
        except KeyError:
            # What is made of several answers asks for the version once. Should the data change meanwhile, it is kept
            # under the older version and never looked at again.
            token = _pinned.set(version)
            try:
                made = make()
            finally:
                _pinned.reset(token)
            memory.put(full, made)
            return made

    def _answer(self, question: Callable[Concatenate[Connection, str, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        with reading(self.engine) as conn:
            return question(conn, self.pemda, *args, **kwargs)


def _hashable(values: Any) -> Hashable:
    return tuple(tuple(value) if isinstance(value, list) else value for value in values)
