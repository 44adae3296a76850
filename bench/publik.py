"""The public door: what a reader on a cheap phone waits for, beside a stock Dash page of the same charts, and how many
readers two workers serve."""

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser

from bench import peramban, questions, report, serve
from bench.fill import fingerprint
from bench.measure import Figures, Limits, measure
from bench.paths import BENCH, HOST, WORKERS
from bench.peramban import PHONE, Halaman, Kunjungan
from bench.promises import Verdict
from bench.questions import Question
from bench.serve import Server
from data import migrate
from data.contoh import fill
from data.engine import engine_for, reading
from data.queries.kepatuhan import expected

OURS: Final = "e-Monev"
STOCK: Final = "Dash biasa"
PEMDA: Final = "16.71"
THREADS: Final = 4
CONCURRENCY: Final = 16
AT: Final = "?tahun=2026&tw=3"
LIVE: Final = "html[data-siap] #kurva-s .grafik-hidup .main-svg .trace"


@dataclass(frozen=True)
class Bacaan:
    """One application as its reader meets it."""

    app: str
    cold: Kunjungan
    warm: Kunjungan
    click_ms: float
    click_slow_ms: float


@dataclass(frozen=True)
class Beban:
    """What two workers answer at 16 connections."""

    nama: str
    figures: Figures


def measure_public(seconds: float, rounds: int) -> tuple[list[Bacaan], list[Beban]]:
    """Everything, our own server and the stock one running side by side."""
    path = city()
    with _server("publik", "app:server", path) as ours, _server("dash-biasa", "bench.stock_app:server", path) as stock:
        with peramban.chromium() as browser:
            read = [_read(browser, page, rounds) for page in (_ours(ours.port), _stock(stock.port))]
        return read, list(_loaded(ours, path, seconds))


@contextmanager
def _server(name: str, target: str, path: Path) -> Iterator[Server]:
    port = serve.free_port()
    environ = {
        "EMONEV_DATABASE_URL": f"sqlite:///{path}",
        "EMONEV_SECRET_KEY": "7f1c0e5d9a2b48637f1c0e5d9a2b4863",
        "EMONEV_ALAMAT": f"http://{HOST}:{port}",
    }
    command = serve.granian(target, port, threads=THREADS, workers=WORKERS)
    with serve.serving(name, command, port, environ) as server:
        yield server


def city() -> Path:
    """The sample city, filled once."""
    path = BENCH / f"kota-{fingerprint()}.db"
    if not path.exists():
        print("Mengisi kota contoh (sekali saja) …", flush=True)
        made = path.with_suffix(".belum")
        made.unlink(missing_ok=True)
        engine = engine_for(f"sqlite:///{made}")
        migrate.upgrade(engine)
        fill(engine)
        engine.dispose()
        made.rename(path)
    return path


def _ours(port: int) -> Halaman:
    links = 'nav.periode a[href*="tw=2"]|nav.periode a[href*="tw=3"]'
    url = f"http://{HOST}:{port}/{AT}"
    return Halaman(OURS, url, "#judul-kota h1", LIVE, ".bingkai-grafik", links, "#kurva-s")


def _stock(port: int) -> Halaman:
    links = "#tw label:nth-of-type(2) input|#tw label:nth-of-type(3) input"
    drawn = "#kurva .main-svg .trace"
    return Halaman(STOCK, f"http://{HOST}:{port}/", drawn, drawn, "#kurva", links, "#kurva .main-svg")


def _read(browser: Browser, page: Halaman, rounds: int) -> Bacaan:
    """The best of some rounds, cold and warm: other work on the machine only ever adds."""
    cold, warm = [], []
    for _ in range(rounds):
        context = browser.new_context(viewport=PHONE, device_scale_factor=2)
        cold.append(peramban.visit(context, page))
        warm.append(peramban.visit(context, page))
        context.close()
    context = browser.new_context(viewport=PHONE, device_scale_factor=2)
    fast, slow = (min(peramban.click(context, page, slow=slow)) for slow in (False, True))
    context.close()
    return Bacaan(page.nama, _best(cold), _best(warm), fast, slow)


def _best(visits: list[Kunjungan]) -> Kunjungan:
    """The shortest times; of what must not happen, the middle of the rounds."""
    middle = sorted(visits, key=lambda one: one.interaktif_ms)[0]
    middle.isi_ms = min(one.isi_ms for one in visits)
    middle.geser = max(one.geser for one in visits)
    middle.tugas_sebelum_isi_ms = statistics.median_low([one.tugas_sebelum_isi_ms for one in visits])
    return middle


def _loaded(server: Server, path: Path, seconds: float) -> Iterator[Beban]:
    limits = Limits(total=1_000_000, seconds=seconds)
    engine = engine_for(f"sqlite:///{path}")
    with reading(engine) as conn:
        opds = expected(conn, PEMDA, 2026, 3)
    pages = ["/", "/metodologi", *(f"/opd/{kode}" for kode in opds[:10])]
    asked = [_get(server.port, page) for page in pages]
    measure(server, asked, 4, Limits(total=len(asked) * 8, seconds=30))
    yield Beban("tampilan pertama (br)", measure(server, asked, CONCURRENCY, limits))
    charts = ["kota", "baris-opd", "kurva-s", "lapor", *(f"opd?opd={kode}" for kode in opds[:10])]
    asked = [_get(server.port, f"/sematan/{chart}") for chart in charts]
    measure(server, asked, 4, Limits(total=len(asked) * 8, seconds=30))
    yield Beban("sematan (br)", measure(server, asked, CONCURRENCY, limits))
    quarters = [f"?tahun={tahun}&tw={tw}" for tahun in (2025, 2026) for tw in (1, 2, 3)]
    addresses = [(f"/opd/{kode}", search) for search in quarters for kode in opds]
    question = Question("telusur", ("opd-program.children",), addresses)
    asked = questions.requests(server.port, question)
    # One OPD of each triwulan first, on both workers: what is asked of the whole city is then known.
    first = asked[:: len(opds)]
    measure(server, first, 4, Limits(total=len(first) * 16, seconds=30))
    drill = [request for request in asked if request not in first]
    once = Limits(total=len(drill) // CONCURRENCY * CONCURRENCY, seconds=60)
    yield Beban("telusur, tiap alamat pertama kali", measure(server, drill, CONCURRENCY, once))
    yield Beban("telusur, diingat", measure(server, drill, CONCURRENCY, limits))


def _get(port: int, path: str) -> str:
    return f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nAccept-Encoding: gzip, deflate, br\r\n\r\n"


WHAT_IS_UNCACHED: Final = (
    "telusur, tiap alamat pertama kali = jawaban bagan program satu OPD untuk alamat yang belum pernah diminta pada "
    "versi data ini;\nyang sudah diingat hanya pertanyaan seluruh kota (kalender, aturan, "
    "kinerja tiap OPD), lewat satu OPD tiap triwulan."
)
READER_HEAD: Final = (
    *("halaman", "isi ms", "isi kB", "tampilan kB", "permintaan", "interaktif ms", "hangat ms", "semua kB"),
    *("geser", "tugas ms", "klik ms", "klik lambat ms"),
)


def reader_table(read: list[Bacaan]) -> str:
    """What a reader waits for, one line per application."""
    rows = [
        [
            *(one.app, report.number(one.cold.isi_ms, 0), report.number(one.cold.isi_byte / 1000, 0)),
            *(report.number(one.cold.tampilan_byte / 1000, 0), str(one.cold.tampilan_permintaan)),
            *(report.number(one.cold.interaktif_ms, 0), report.number(one.warm.interaktif_ms, 0)),
            *(report.number(one.cold.semua_byte / 1000, 0), report.number(one.cold.geser, 4)),
            report.number(one.cold.tugas_sebelum_isi_ms, 0),
            *(report.number(one.click_ms, 0), report.number(one.click_slow_ms, 0)),
        ]
        for one in read
    ]
    return report.table(READER_HEAD, rows)


def load_table(loaded: list[Beban]) -> str:
    """What two workers answer at 16 connections."""
    rows = [
        [
            *(one.nama, report.number(one.figures.per_second, 0), report.number(one.figures.p50, 2)),
            *(report.number(one.figures.p95, 2), report.number(one.figures.bytes / 1000)),
        ]
        for one in loaded
    ]
    return report.table(("jawaban", "per detik", "p50 ms", "p95 ms", "kB"), rows)


def judge(read: list[Bacaan], loaded: list[Beban]) -> list[Verdict]:
    """The promises of the public door."""
    ours = next(one for one in read if one.app == OURS)
    first, embeds, drill = (one.figures for one in loaded[:3])
    limits = [
        ("isi pertama dengan angka paling lama 1.500 ms", ours.cold.isi_ms, 1500, "ms"),
        ("isi pertama paling besar 100 kB", ours.cold.isi_byte / 1000, 100, "kB"),
        ("seluruh tampilan pertama paling besar 300 kB", ours.cold.tampilan_byte / 1000, 300, "kB"),
        ("interaktif, kunjungan pertama, paling lama 8.000 ms", ours.cold.interaktif_ms, 8000, "ms"),
        ("interaktif, kunjungan berikut, paling lama 4.000 ms", ours.warm.interaktif_ms, 4000, "ms"),
        ("tugas terpanjang sebelum isi pertama paling lama 200 ms", ours.cold.tugas_sebelum_isi_ms, 200, "ms"),
        ("klik sampai bagan tergambar ulang paling lama 80 ms", ours.click_ms, 80, "ms"),
        ("klik sampai bagan tergambar ulang, diperlambat, paling lama 350 ms", ours.click_slow_ms, 350, "ms"),
        ("p95 tampilan pertama pada c=16 paling lama 30 ms", first.p95, 30, "ms"),
        ("p95 sematan pada c=16 paling lama 30 ms", embeds.p95, 30, "ms"),
    ]
    found = [Verdict(text, f"{value:.0f} {unit}", value <= most) for text, value, most, unit in limits]
    shift = max(ours.cold.geser, ours.warm.geser)
    return [
        *found,
        Verdict("pergeseran tata letak kurang dari 0,02", f"{shift:.4f}", shift < 0.02),
        Verdict("tidak ada permintaan ke luar situs", str(len(ours.cold.asing)), not ours.cold.asing),
        Verdict("tampilan pertama minimal 1.000 per detik", f"{first.per_second:.0f}", first.per_second >= 1000),
        Verdict("sematan minimal 1.000 per detik", f"{embeds.per_second:.0f}", embeds.per_second >= 1000),
        Verdict("telusur tanpa ingatan minimal 500 per detik", f"{drill.per_second:.0f}", drill.per_second >= 500),
    ]
