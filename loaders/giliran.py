"""Whose file is looked at now: a short queue, so that a rush of files never takes the threads that answer pages.

The bounds hold per worker process. A worker has four threads: two may look at files, one may wait for a moment, and
one is always left for pages. Whoever finds the queue full is told at once; his browser asks again by itself.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from data.errors import BusyError

AGAIN: Final = 5
"""Seconds after which to try again."""
NOT_STORED: Final = "Berkas Anda belum tersimpan; tunggu sebentar, lalu kirim lagi."
FULL: Final = f"Sedang banyak berkas diperiksa. {NOT_STORED}"
OWN: Final = f"Berkas lain dari OPD Anda sedang diperiksa. {NOT_STORED}"


class Giliran:
    """At most ``at_once`` under way, one for each name, and at most ``waiting`` who wait for it."""

    def __init__(self, at_once: int = 2, waiting: int = 1) -> None:
        self._at_once, self._waiting = at_once, waiting
        self._free = threading.Condition()
        self._running = self._queued = 0
        self._names: set[str] = set()

    @contextmanager
    def turn(self, name: str | None, seconds: float) -> Iterator[None]:
        """Hold a place under this name (an OPD). Raises BusyError when none is free within ``seconds``, at once when
        too many wait already or the same name has its place."""
        self._enter(name, seconds)
        try:
            yield
        finally:
            with self._free:
                self._running -= 1
                self._names.discard(name or "")
                self._free.notify()

    def _enter(self, name: str | None, seconds: float) -> None:
        with self._free:
            if name and name in self._names:
                raise BusyError(OWN, AGAIN, sendiri=True)
            if self._running >= self._at_once:
                self._names.add(name or "")
                try:
                    self._wait(seconds)
                except BusyError:
                    self._names.discard(name or "")
                    raise
            self._running += 1
            self._names.add(name or "")

    def _wait(self, seconds: float) -> None:
        if self._queued >= self._waiting:
            raise BusyError(FULL, AGAIN)
        self._queued += 1
        until = time.monotonic() + seconds
        try:
            while self._running >= self._at_once:
                if not self._free.wait(max(0.0, until - time.monotonic())) and time.monotonic() >= until:
                    raise BusyError(FULL, AGAIN)
        finally:
            self._queued -= 1
