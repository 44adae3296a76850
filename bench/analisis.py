"""How long /analisis takes from a changed filter to new rows and a new headline, and what a sheet of 100,000 rows does.

One change is what the browser asks for: a block of the grid and the sections that follow the filter, one after the
other. Filters are drawn by a fixed seed, so that no two runs measure different things and few are asked twice."""

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Final
from urllib.parse import urlencode

from bench import fill, muat, questions, serve
from bench.fill import Source
from bench.login import login
from bench.measure import percentile
from bench.pages import THREADS
from bench.paths import BENCH, HOST, WORKERS
from bench.promises import WORKER_MB, Verdict
from data.analisis.lembar import read_lembar
from data.analisis.saringan import read_saringan
from data.analisis.susun import arrange, chosen
from data.ask import Penjawab
from data.aturan import Aturan
from data.engine import engine_for

P95_MS: Final = {1: 60.0, 18: 150.0}
CHANGES: Final = 150
WARMING: Final = 8
SHEET_MS: Final = 60.0
PICTURES: Final = ("analisis-gambar", "analisis-banding")
SECTIONS: Final = ("analisis-kepala", "analisis-dipakai", "analisis-baris", "analisis-panel")
"""In this order they are asked for: the headline, the pictures, the rest."""
JSON: Final = {"Accept": "application/json", "Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True)
class Changed:
    """Filter changes on one database, in milliseconds: until the grid's rows; until the headline too; the grid's rows
    with both sections of pictures, which is what was promised; until all sections."""

    pemda_count: int
    rows: int
    first_s: float
    grid_p95: float
    headline_p95: float
    pictures_p50: float
    pictures_p95: float
    whole_p50: float
    whole_p95: float
    rss: float


@dataclass(frozen=True)
class Sheet:
    """The sheet of ``muat``: how many rows, seconds to make it, milliseconds to filter and order it."""

    rows: int
    made_s: float
    filter_p95: float
    order_p95: float


def measure_changes(count: int) -> Changed:
    """Random changes over HTTP, two workers."""
    source, port = fill.ensure(count), serve.free_port()
    environ = {"EMONEV_DATABASE_URL": source.url, "EMONEV_PEMDA": fill.PEMDA, "EMONEV_MODE": "pengembangan"}
    command = serve.granian("app:server", port, THREADS, WORKERS)
    with serve.serving(f"analisis-{count}-pemda", command, port, environ, "/_dash-dependencies") as server:
        visitor = _Visitor(port, login(port, *fill.ACCOUNT))
        started = time.perf_counter()
        visitor.change(f"?tahun={source.periods[-1][0]}&tw=3")
        first = time.perf_counter() - started
        for search in list(filters(source, 1))[:WARMING]:
            for connection in [_Visitor(port, visitor.cookie) for _ in range(4)]:
                connection.change(search)
        taken = [visitor.change(search) for search in filters(source, 2)]
        rss = max(one.rss for one in server.memory())
    grid, headline, pictures, whole = ([one[at] for one in taken] for at in range(4))
    return Changed(
        count,
        visitor.rows,
        first,
        percentile(grid, 95),
        percentile(headline, 95),
        percentile(pictures, 50),
        percentile(pictures, 95),
        percentile(whole, 50),
        percentile(whole, 95),
        rss,
    )


def filters(source: Source, seed: int) -> Iterator[str]:
    """Addresses of random filters on the newest year."""
    dice = random.Random(seed)  # noqa: S311 - the same filters in every run
    year = source.periods[-1][0]
    for _ in range(CHANGES):
        query: dict[str, object] = {"tahun": year, "tw": dice.randint(1, 3)}
        ways = dice.sample(range(8), dice.randint(1, 3))
        query |= {name: value for way in ways for name, value in _condition(dice, way, source).items()}
        yield "?" + urlencode(query)


def _condition(dice: random.Random, way: int, source: Source) -> dict[str, object]:
    ways: tuple[dict[str, object], ...] = (
        {"capaian_maks": dice.randint(40, 100)},
        {"serapan_min": dice.randint(10, 80)},
        {"status": dice.choice(["di_bawah", "perhatian", "di_bawah,perhatian", "tercapai"])},
        {"opd": dice.choice(source.opd)},
        {"level": dice.choice(["opd", "program", "sub_kegiatan", "indikator", "program,kegiatan"])},
        {"cari": dice.choice(["jalan", "pelayanan", "gedung", "dokumen", "1.02"])},
        {"urut": dice.choice(["capaian", "-pagu", "nama", "datar:-deviasi"])},
        {"turun2": "ya"},
    )
    return ways[way]


class _Visitor:
    """One signed-in browser: a connection that stays open."""

    def __init__(self, port: int, cookie: str) -> None:
        self.cookie = cookie
        self.rows = 0
        self._connection = HTTPConnection(HOST, port, timeout=60)
        self._known = {one["output"]: one for one in questions.dependencies(port)}
        self._head = {**JSON, "Cookie": cookie, "Origin": f"http://{HOST}:{port}"}

    def change(self, search: str) -> tuple[float, float, float, float]:
        """Milliseconds for the grid's block, with the headline, with the pictures instead, for everything."""
        started, marks = time.perf_counter(), []
        self._ask("GET", f"/analisis/baris{search}&mulai=0&akhir=60")
        marks.append(time.perf_counter())
        for section in (SECTIONS[0], *PICTURES, *SECTIONS[1:]):
            body = questions.body_of(self._known[f"{section}.children"], ("/analisis", search))
            self._ask("POST", "/_dash-update-component", body)
            marks.append(time.perf_counter())
        grid, headline, pictures, whole = marks[0], marks[1], marks[1 + len(PICTURES)], marks[-1]
        drawn = grid - started + pictures - headline
        return (grid - started) * 1000, (headline - started) * 1000, drawn * 1000, (whole - started) * 1000

    def _ask(self, method: str, path: str, body: str | None = None) -> None:
        self._connection.request(method, path, body, self._head)
        answer = self._connection.getresponse()
        text = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"Jawaban {answer.status} untuk {path}: {text[:300]!r}")
        if method == "GET":
            self.rows = max(self.rows, int(text.split(b'"panjang":')[1].split(b",")[0]))


def measure_sheet() -> Sheet:
    """The 100,000 rows that ``muat`` stores, filtered in this process."""
    path = BENCH / "muat-kerja.db"
    if not path.exists():
        muat.measure_loading()
    ask = Penjawab(engine_for(f"sqlite:///{path}"), muat.PEMDA).ask
    started = time.perf_counter()
    sheet = read_lembar(ask, muat.TAHUN, 1, Aturan())
    made, dice = time.perf_counter() - started, random.Random(3)  # noqa: S311
    filtering, ordering = [], []
    for _ in range(60):
        query = {"capaian_maks": str(dice.randint(60, 110)), "cari": str(dice.randint(1, 99)), "urut": "capaian"}
        wanted = read_saringan(query | dice.choice([{}, {"level": "indikator"}, {"status": "di_bawah"}]))
        begun = time.perf_counter()
        choice = chosen(sheet, wanted)
        middle = time.perf_counter()
        arrange(sheet, wanted, choice)
        filtering.append((middle - begun) * 1000)
        ordering.append((time.perf_counter() - middle) * 1000)
    return Sheet(len(sheet), made, percentile(filtering, 95), percentile(ordering, 95))


def verdicts(changes: list[Changed], sheet: Sheet | None) -> list[Verdict]:
    """What was promised, beside what was found."""
    found = [
        Verdict(
            f"ganti saringan → kisi + gambar, p95, {one.pemda_count} pemda, {P95_MS[one.pemda_count]:.0f} ms",
            f"{one.pictures_p95:.1f} ms",
            one.pictures_p95 <= P95_MS[one.pemda_count],
        )
        for one in changes
        if one.pemda_count in P95_MS
    ]
    found += [
        Verdict(f"memori (RSS) tiap pekerja paling banyak {WORKER_MB} MB", f"{one.rss:.0f} MB", one.rss <= WORKER_MB)
        for one in changes
    ]
    if sheet is not None:
        total = sheet.filter_p95 + sheet.order_p95
        words = f"{sheet.rows} baris disaring dan diurutkan, p95: paling lama {SHEET_MS:.0f} ms"
        found.append(Verdict(words, f"{total:.1f} ms", total <= SHEET_MS))
    return found
