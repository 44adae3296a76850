"""The public first view in a real browser: what it asks for, what it moves, and how Dash takes it over."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
PUPR = "1.03.0.00.0.00.01.0000"
PAGES = ["/?tahun=2026&tw=3", f"/opd/{PUPR}?tahun=2026&tw=3", "/metodologi"]
SIZES = [(360, 640), (1440, 900)]
WATCH = """
window.geser = 0;
new PerformanceObserver((list) => list.getEntries().forEach((one) => {
  if (!one.hadRecentInput) window.geser += one.value;
})).observe({ type: "layout-shift", buffered: true });
"""
SECTIONS = """() => [...document.querySelectorAll("[data-bagian]")]
  .map((one) => [one.id, one.innerText.replace(/\\s+/g, " ").trim()])"""


def watched(page, asked):
    page.on("request", lambda request: asked.append((request.method, request.url)))
    page.add_init_script(WATCH)


def ready(page):
    page.wait_for_selector("html[data-siap]", state="attached", timeout=30_000)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
@pytest.mark.parametrize("path", PAGES, ids=["city", "opd", "method"])
def test_dash_takes_over_without_a_question_and_without_a_jump(page, site, path, size):
    asked = []
    page.set_viewport_size({"width": size[0], "height": size[1]})
    watched(page, asked)
    page.goto(site + path)
    before = page.evaluate(SECTIONS)
    assert all(text for _, text in before)
    ready(page)
    page.wait_for_timeout(400)
    assert page.evaluate(SECTIONS) == before
    assert page.evaluate("window.geser") < 0.02
    assert [url for method, url in asked if method == "POST"] == []
    assert [url for _, url in asked if re.search(r"_dash-(layout|dependencies|component)|ag.grid", url)] == []


def test_the_first_view_asks_for_little_and_for_no_library(page, site):
    asked = []
    watched(page, asked)
    page.goto(f"{site}/?tahun=2026&tw=3", wait_until="load")
    names = [url.removeprefix(site).split("?")[0] for _, url in asked]
    assert len(names) <= 7
    assert [name for name in names if re.search(r"plotly|dash\.|react|ag.grid|\.css", name)] == []
    assert [url for _, url in asked if not url.startswith(site)] == []


def test_plotly_comes_when_a_chart_is_looked_at(page, site):
    asked = []
    page.set_viewport_size({"width": 360, "height": 640})
    watched(page, asked)
    page.goto(f"{site}/?tahun=2026&tw=3")
    ready(page)
    page.wait_for_timeout(1000)
    assert [url for _, url in asked if "plotly" in url] == []
    page.locator(".bingkai-grafik").first.scroll_into_view_if_needed()
    page.wait_for_selector("#kurva-s .main-svg .trace", state="attached", timeout=20_000)
    assert len([url for _, url in asked if "plotly" in url]) == 1
    expect(page.locator("#kurva-s .tanpa-js").first).to_be_hidden()


def test_a_chart_is_drawn_anew_with_the_quarter(page, site):
    page.goto(f"{site}/?tahun=2026&tw=3")
    ready(page)
    page.locator(".bingkai-grafik").first.scroll_into_view_if_needed()
    page.wait_for_selector("#kurva-s .main-svg .trace", state="attached", timeout=20_000)
    asked = []
    page.on("request", lambda request: asked.append(request.post_data or ""))
    page.locator("nav.periode").get_by_role("link", name="TW II", exact=True).click()
    expect(page.locator("#kurva-s figcaption")).to_contain_text("s.d. Jun")
    page.locator(".bingkai-grafik").first.scroll_into_view_if_needed()
    page.wait_for_selector("#kurva-s .main-svg .trace", state="attached", timeout=20_000)
    page.wait_for_load_state("networkidle")
    outputs = [re.search(r'"output": ?"([^"]+)"', body)[1] for body in asked if "output" in body]
    assert sorted(outputs) == sorted(set(outputs)), "a section was asked for twice"
    assert len(outputs) == 5


def test_a_reader_who_saves_data_gets_dash_at_the_first_touch(page, site):
    asked = []
    page.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    watched(page, asked)
    page.goto(f"{site}/?tahun=2026&tw=3", wait_until="load")
    page.wait_for_timeout(2500)
    assert [url for _, url in asked if "/dash." in url] == []
    page.mouse.wheel(0, 50)
    ready(page)


@pytest.mark.parametrize("path", PAGES, ids=["city", "opd", "method"])
def test_without_javascript_nothing_is_missing(browser, site, path):
    """The same words in the same places as on the live page; only what unfolds differs."""
    texts = []
    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts, viewport={"width": 1440, "height": 900})
        page = context.new_page()
        page.goto(site + path)
        if scripts:
            ready(page)
        places = page.locator("[data-bagian]")
        texts.append([" ".join((one or "").split()) for one in places.all_text_contents()])
        assert page.locator("main a[href]").count() > 3 or path == "/metodologi"
        context.close()
    assert texts[0] == texts[1]
    assert all(texts[1])
