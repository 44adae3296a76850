"""The rectangle drawn over the scatter: it leads to the address the filter form would make; a finger scrolls."""

from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest

from pages.parts.markup import to_html
from pages.parts.scatter import scatter_block

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.browser
SITE = "http://uji.invalid"
START = f"{SITE}/analisis?tahun=2026&tw=3&hal=4&serapan_maks=99"


def drawn():
    rows = [
        {
            "opd": f"1.{place:02d}",
            "nama": f"Dinas {place}",
            "singkat": "",
            "pagu": 10**9 * (place + 1),
            "capaian": Decimal(80 + place),
            "deviasi": Decimal(place - 20),
            "serapan": Decimal(40 + place * 3),
            "status": "di_bawah" if place < 10 else "perhatian",
        }
        for place in range(12)
    ]
    return scatter_block(
        pd.DataFrame(rows, dtype=object), Decimal(60), lambda opd: f"?pilih={opd}", lambda query: "?tw=3", "s"
    )


@pytest.fixture
def plot(page):
    """A bare page of this site with the scatter, both scripts and a Dash that is ready."""
    styles = "".join((ROOT / "assets" / name).read_text() for name in ("10-huruf.css", "20-dasar.css", "74-gambar.css"))
    scripts = "".join(
        f"<script>{(ROOT / 'assets' / name).read_text()}</script>" for name in ("tempat.js", "tautan.js", "pilih.js")
    )
    html = f"<html data-siap><style>{styles}</style><body>{to_html(drawn())}{scripts}</body></html>"
    page.route(f"{SITE}/**", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    page.set_viewport_size({"width": 1000, "height": 900})
    page.goto(START)
    page.evaluate("window.pindah = 0; window.addEventListener('_dashprivate_pushstate', () => { window.pindah += 1; })")
    return page.locator("[data-bidang]")


def drag(page, box, start, end):
    (x1, y1), (x2, y2) = ((box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in (start, end))
    page.mouse.move(x1, y1)
    page.mouse.down()
    page.mouse.move((x1 + x2) / 2, (y1 + y2) / 2)
    page.mouse.move(x2, y2)
    page.mouse.up()


def query(page):
    return {name: values[0] for name, values in parse_qs(urlsplit(here(page)).query).items()}


def here(page):
    return page.evaluate("location.href")


def test_a_rectangle_becomes_ranges_in_the_address(page, plot):
    box = plot.bounding_box()
    x = [float(end) for end in plot.get_attribute("data-x").split()]
    y = [float(end) for end in plot.get_attribute("data-y").split()]
    drag(page, box, (0.25, 0.75), (0.5, 0.25))
    found = query(page)
    assert page.evaluate("window.pindah") == 1, "Dash heard of it, and the page was not loaded anew"
    assert (found["tahun"], found["tw"]) == ("2026", "3")
    assert "hal" not in found, "another filter starts at its first page"
    for word, ends in (("serapan", x), ("capaian", y)):
        for side, share in (("min", 0.25), ("maks", 0.5 if word == "serapan" else 0.75)):
            wanted = ends[0] + (ends[1] - ends[0]) * share
            assert float(found[f"{word}_{side}"]) == pytest.approx(wanted, abs=0.2), (word, side)
    assert page.locator(".pilih-bingkai").count() == 0
    page.go_back()
    assert here(page) == START


def test_a_side_at_the_edge_is_no_limit(page, plot):
    drag(page, plot.bounding_box(), (0.5, 0.5), (0.999, 0.999))
    found = query(page)
    assert {"serapan_min", "capaian_maks"} <= set(found)
    assert not {"serapan_maks", "capaian_min"} & set(found)


def test_a_click_is_a_click_and_escape_gives_up(page, plot):
    box = plot.bounding_box()
    drag(page, box, (0.3, 0.6), (0.302, 0.602))
    assert here(page) == START
    page.mouse.move(box["x"] + 200, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + 300, box["y"] + 300)
    page.keyboard.press("Escape")
    page.mouse.up()
    assert here(page) == START
    page.locator("a.titik").first.click()
    assert query(page) == {"pilih": "1.11"}


def test_a_finger_scrolls(page, plot):
    assert plot.evaluate("e => getComputedStyle(e).touchAction") == "manipulation"
    plot.dispatch_event("pointerdown", {"pointerType": "touch", "button": 0, "clientX": 200, "clientY": 300})
    plot.dispatch_event("pointermove", {"pointerType": "touch", "clientX": 400, "clientY": 500})
    assert page.locator(".pilih-bingkai").count() == 0
