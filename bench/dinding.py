"""The soak of the wall: one screen left alone in Chromium, its heap and the server's memory looked at each minute."""

import os
import shutil
import time
from dataclasses import dataclass, field
from typing import Any

import psutil
from playwright.sync_api import CDPSession, sync_playwright

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAT_BYTES = 2_000_000


@dataclass
class Rendam:
    """One measurement per minute: heap after collection (bytes), nodes, listeners, server RSS (bytes)."""

    menit: list[tuple[float, int, int, int, int]] = field(default_factory=list)

    @property
    def flat(self) -> bool:
        """The heap of the last third is no more than two megabytes above that of the first."""
        third = max(1, len(self.menit) // 3)
        first, last = (max(one[1] for one in part) for part in (self.menit[:third], self.menit[-third:]))
        return last - first < FLAT_BYTES and self.menit[-1][2] <= self.menit[0][2] * 1.2


def soak(address: str, minutes: float, server: int | None = None) -> Rendam:
    """Leave the wall at ``address`` (with its key) on for so long. ``server``: the process whose memory to read."""
    found, start = Rendam(), time.monotonic()
    with sync_playwright() as play:
        executable = next(filter(None, map(shutil.which, CHROMIUM)), None)
        args = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = play.chromium.launch(executable_path=executable, args=args)
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        page.goto(address)
        devtools = page.context.new_cdp_session(page)
        while (gone := (time.monotonic() - start) / 60) < minutes or not found.menit:
            found.menit.append((gone, *measure(devtools), memory(server)))
            _tell(found.menit[-1])
            page.wait_for_timeout(60_000)
        found.menit.append(((time.monotonic() - start) / 60, *measure(devtools), memory(server)))
        _tell(found.menit[-1])
        browser.close()
    return found


def measure(devtools: CDPSession) -> tuple[int, int, int]:
    """Used heap after a collection, DOM nodes, listeners."""
    devtools.send("HeapProfiler.collectGarbage")
    counts: dict[str, Any] = devtools.send("Memory.getDOMCounters")
    heap: dict[str, Any] = devtools.send("Runtime.getHeapUsage")
    return int(heap["usedSize"]), int(counts["nodes"]), int(counts["jsEventListeners"])


def memory(server: int | None) -> int:
    """Resident memory of a process and its children, in bytes; 0 without one."""
    if server is None:
        return 0
    parent = psutil.Process(server)
    return sum(one.memory_info().rss for one in (parent, *parent.children(recursive=True)))


def _tell(one: tuple[float, int, int, int, int]) -> None:
    gone, heap, nodes, listeners, rss = one
    print(
        f"  menit {gone:5.1f}: heap {heap / 1e6:.2f} MB, simpul {nodes}, pendengar {listeners}, "
        f"server {rss / 1e6:.0f} MB",
        flush=True,
    )
