"""So many requests a minute from one address, counted in each worker: the API is for everybody, not for one."""

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from data.percobaan import network

MINUTE: Final = 60
MOST_ADDRESSES: Final = 20_000


@dataclass(frozen=True)
class Jatah:
    """What an address may still ask: the limit, what is left, and in how many seconds it starts anew."""

    batas: int
    sisa: int
    detik: int

    @property
    def habis(self) -> bool:
        return self.sisa < 0

    def headers(self) -> dict[str, str]:
        found = {
            "RateLimit-Limit": str(self.batas),
            "RateLimit-Remaining": str(max(self.sisa, 0)),
            "RateLimit-Reset": str(self.detik),
        }
        return found | ({"Retry-After": str(self.detik)} if self.habis else {})


class Pembatas:
    """Counts by address in windows of a minute; safe between threads, of bounded size."""

    def __init__(self, batas: int) -> None:
        self.batas = batas
        self._counts: OrderedDict[str, tuple[int, int]] = OrderedDict()
        self._lock = threading.Lock()

    def count(self, alamat: str, now: float | None = None) -> Jatah:
        """One more request from this address."""
        moment = time.time() if now is None else now
        window = int(moment // MINUTE)
        key = network(alamat)
        with self._lock:
            of, count = self._counts.get(key, (window, 0))
            count = count + 1 if of == window else 1
            self._counts[key] = (window, count)
            self._counts.move_to_end(key)
            while len(self._counts) > MOST_ADDRESSES:
                self._counts.popitem(last=False)
        return Jatah(self.batas, self.batas - count, MINUTE - int(moment) % MINUTE)
