"""What a reader waits for, in the system's Chromium: a slow phone on slow 4G (the CPU four times slower, 1.6 Mbit/s,
150 ms), or this machine as it is."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, ViewportSize, sync_playwright

CHROMIUM: Final = ("chromium", "chromium-browser", "google-chrome")
PHONE: Final[ViewportSize] = {"width": 360, "height": 640}
SLOW: Final = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
CPU: Final = 4
LONGEST_MS: Final = 120_000
# Runs in the page before anything else: shifts, long tasks, and when what is looked for is on the screen.
WATCH: Final = """
window.__ukur = { geser: 0, tugas: [], ada: null };
try {
  new PerformanceObserver((list) => list.getEntries().forEach((one) => {
    if (!one.hadRecentInput) window.__ukur.geser += one.value;
  })).observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver((list) => list.getEntries().forEach((one) => {
    window.__ukur.tugas.push([one.startTime, one.duration]);
  })).observe({ type: "longtask", buffered: true });
} catch (error) {}
window.__cari = (selector) => {
  const look = () => {
    if (document.querySelector(selector)) requestAnimationFrame(() => { window.__ukur.ada = performance.now(); });
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
};
"""
CLICK: Final = """([link, watched]) => new Promise((done) => {
  const one = (found) => found.outerHTML.length + found.textContent;
  const said = () => [...document.querySelectorAll(watched)].map(one).join();
  const before = said(), began = performance.now();
  document.querySelector(link).click();
  const look = () => {
    if (said() === before || !document.querySelector(watched)) return requestAnimationFrame(look);
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - began), 0));
  };
  requestAnimationFrame(look);
})"""


PLACE: Final = """(selector) => {
  const place = document.querySelector(selector);
  place.scrollIntoView({ block: "center" });
  const box = place.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
}"""


@dataclass(frozen=True)
class Halaman:
    """A page to be measured. ``figures``: what counts as first content; ``live``: what stands once a chart answers;
    ``touch``: where the reader points to want it; ``link`` and ``watched``: what is clicked and what must change."""

    nama: str
    url: str
    figures: str
    live: str
    touch: str
    link: str
    watched: str


@dataclass
class Kunjungan:
    """One visit. Times in milliseconds since navigation began, sizes in bytes on the wire."""

    isi_ms: float = 0.0
    isi_byte: int = 0
    tampilan_byte: int = 0
    tampilan_permintaan: int = 0
    interaktif_ms: float = 0.0
    semua_byte: int = 0
    geser: float = 0.0
    tugas_sebelum_isi_ms: float = 0.0
    asing: list[str] = field(default_factory=list)


class Lalu:
    """What travels, by the browser's own clock."""

    def __init__(self, session: CDPSession) -> None:
        self.began: float | None = None
        self.pieces: list[tuple[float, int]] = []
        self.requests: list[tuple[float, str]] = []
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.responseReceived", lambda told: self._got(told, told["response"]["encodedDataLength"]))
        session.on("Network.dataReceived", lambda told: self._got(told, told["encodedDataLength"]))

    def _sent(self, told: dict[str, Any]) -> None:
        if told["request"]["url"].startswith("data:"):
            return
        if self.began is None:
            self.began = told["timestamp"]
        self.requests.append((told["timestamp"], told["request"]["url"]))

    def _got(self, told: dict[str, Any], length: int) -> None:
        self.pieces.append((told["timestamp"], max(0, int(length))))

    def until(self, milliseconds: float) -> int:
        end = (self.began or 0.0) + milliseconds / 1000
        return sum(length for at, length in self.pieces if at <= end)

    def count(self, milliseconds: float) -> int:
        end = (self.began or 0.0) + milliseconds / 1000
        return sum(1 for at, _ in self.requests if at <= end)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser of the system."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=found, args=arguments)
        yield browser
        browser.close()


@contextmanager
def opened(context: BrowserContext, slow: bool) -> Iterator[tuple[Page, Lalu]]:
    """A new tab, slowed down or not, with its traffic."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    if slow:
        session.send("Network.emulateNetworkConditions", SLOW)
        session.send("Emulation.setCPUThrottlingRate", {"rate": CPU})
    page.add_init_script(WATCH)
    yield page, Lalu(session)
    page.close()


def visit(context: BrowserContext, halaman: Halaman, slow: bool = True) -> Kunjungan:
    """Open the page, wait for its figures, look at it, point at a chart, wait until that answers."""
    with opened(context, slow) as (page, lalu):
        page.add_init_script(f"window.__cari({halaman.figures!r})")
        page.goto(halaman.url, wait_until="commit", timeout=LONGEST_MS)
        page.wait_for_selector(halaman.figures, state="attached", timeout=LONGEST_MS)
        page.wait_for_load_state("load", timeout=LONGEST_MS)
        seen = page.evaluate("performance.now()")
        _point(page, halaman.touch)
        page.wait_for_selector(halaman.live, state="attached", timeout=LONGEST_MS)
        alive = page.evaluate("performance.now()")
        page.wait_for_timeout(700)
        return _told(page, halaman, lalu, seen, alive)


def _told(page: Page, halaman: Halaman, lalu: Lalu, seen: float, alive: float) -> Kunjungan:
    found = page.evaluate("window.__ukur")
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    content = max(paint, found["ada"])
    site = "/".join(halaman.url.split("/")[:3])
    return Kunjungan(
        isi_ms=content,
        isi_byte=lalu.until(content),
        tampilan_byte=lalu.until(seen),
        tampilan_permintaan=lalu.count(seen),
        interaktif_ms=alive,
        semua_byte=lalu.until(alive + 700),
        geser=found["geser"],
        tugas_sebelum_isi_ms=max((length for at, length in found["tugas"] if at < content), default=0.0),
        asing=[url for _, url in lalu.requests if not url.startswith((site, "blob:"))],
    )


def _point(page: Page, selector: str) -> None:
    """Scroll to the place and point at it, as a reader does."""
    page.wait_for_selector(selector, state="attached", timeout=LONGEST_MS)
    x, y = page.evaluate(PLACE, selector)
    page.mouse.move(x, y)


def click(context: BrowserContext, halaman: Halaman, slow: bool, times: int = 5) -> list[float]:
    """From the click to the repainted chart, on a live page; milliseconds."""
    with opened(context, slow) as (page, _lalu):
        page.goto(halaman.url, timeout=LONGEST_MS)
        _point(page, halaman.touch)
        page.wait_for_selector(halaman.live, state="attached", timeout=LONGEST_MS)
        found = []
        for number in range(times):
            page.wait_for_timeout(1500)
            link = halaman.link.split("|")[number % 2]
            found.append(float(page.evaluate(CLICK, [link, halaman.watched])))
        return found
