"""Everybody can use every page: axe-core finds nothing, nothing scrolls sideways at 400 % zoom, and what is public is
complete without JavaScript. ``axe.min.js`` is axe-core 4.14.1 (MPL 2.0, ``axe.LICENSE.txt``), for tests only."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from data.accounts import find_account, person
from data.engine import engine_for, writing
from data.sesi import Asal, Tahap, start_session
from data.umur import Umur
from routes.session import SESI

pytestmark = pytest.mark.browser
AXE = Path(__file__).with_name("axe.min.js").read_text(encoding="utf-8")
HOUR = timedelta(hours=1)
OPD = "/opd/1.03.0.00.0.00.01.0000"
PUBLIC = ("/", OPD, "/metodologi", "/data", "/sematan", "/masuk", "/tidak-ada", "/?tahun=abc")
EMBEDS = ("/sematan/kota", "/sematan/opd")
PAGES = {
    "": (*PUBLIC, *EMBEDS),
    "sekda": ("/pimpinan", "/kepatuhan", "/arahan", "/akun"),
    "bappeda": ("/verifikasi", "/kelola/kalender", "/kelola/kontak"),
    "operator-a": ("/unggah", "/arahan"),
    "admin": ("/kelola/akun", "/kelola/undang", "/kelola/jejak"),
}
SIZES = ((360, 640), (1440, 900))
RUN = """async () => (await axe.run(document, {resultTypes: ['violations'], runOnly:
  ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})).violations.flatMap((one) =>
  one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 160)} | ${(node.any[0] || {}).message || ''}`))"""


@pytest.fixture(scope="module")
def site_engine(site, tmp_path_factory):
    engine = engine_for(f"sqlite:///{next(tmp_path_factory.getbasetemp().glob('situs*/kota.db'))}")
    yield engine
    engine.dispose()


def a_page(browser, site, engine, nama):
    """A browser in which this account is signed in; scripts of the test may stand beside ours."""
    context = browser.new_context(bypass_csp=True, service_workers="block")
    if nama:
        with writing(engine) as conn:
            orang = person(find_account(conn, "16.71", nama))
            token = start_session(conn, "16.71", orang, Tahap.PENUH, Umur(HOUR, HOUR), Asal("127.0.0.1", "uji"))
        context.add_cookies([{"name": SESI, "value": token, "url": site}])
    return context.new_page()


@pytest.mark.parametrize("nama", PAGES, ids=lambda nama: nama or "publik")
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser, site, site_engine, nama):
    page = a_page(browser, site, site_engine, nama)
    found = []
    for path in PAGES[nama]:
        page.set_viewport_size({"width": 320, "height": 640})
        page.goto(site + path)
        if page.locator("#tampilan-hidup").count():
            page.wait_for_selector("html[data-siap]", state="attached", timeout=20_000)
        wide = page.evaluate("document.documentElement.scrollWidth")
        found += [f"{path} 320: {wide} px wide"] if wide > 320 else []
        page.evaluate(AXE)
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            found += [f"{path} {width}: {one}" for one in page.evaluate(RUN)]
    page.context.close()
    assert not found, "\n".join(found)


def test_what_is_public_is_complete_without_javascript(browser, site):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto(f"{site}/")
    text = page.locator("body").inner_text()
    assert re.search(r"\d+ dari \d+.OPD", text)
    links = page.locator("a[href^='/opd/']").evaluate_all("(all) => [...new Set(all.map((one) => one.pathname))]")
    assert len(links) == 50, "every OPD has its row, those that are silent too"
    for path in ("/metodologi", "/data", "/sematan"):
        page.goto(site + path)
        assert len(page.locator("body").inner_text()) > 500
        assert page.locator("h1:visible").count() == 1
    page.goto(f"{site}/")
    page.goto(site + links[0])
    assert page.locator("h1:visible").count() == 1
    program = page.locator("a[href*='program=']").first.get_attribute("href")
    page.goto(site + program if program.startswith("/") else f"{site}{links[0]}{program}")
    assert "Target" in page.locator("body").inner_text() or "target" in page.locator("body").inner_text()
    context.close()
