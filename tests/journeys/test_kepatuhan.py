"""The Sekda asks who has reported, on a phone, in a real Chromium."""

import re

import pytest
from playwright.sync_api import expect

from tests.conftest import PASSWORD

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 640}
SIZES = [(360, 640), (768, 1024), (1440, 900)]
AT = "tahun=2026&tw=3"
BUDAYA = "2.22.0.00.0.00.01.0000"


def ready(page):
    page.wait_for_selector("html[data-siap]", state="attached", timeout=20_000)


def sign_in(page, site, path):
    page.goto(site + path)
    page.get_by_label("Nama pengguna").fill("sekda")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()


def test_the_sekda_opens_a_report_on_a_phone_and_back_keeps_the_filter(quiet, site):
    page = quiet
    page.set_viewport_size(PHONE)
    sign_in(page, site, f"/pimpinan?{AT}")
    ready(page)
    page.get_by_role("link", name=re.compile("Siapa sudah lapor")).click()
    page.wait_for_url(re.compile("/kepatuhan"))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("47 dari 50 laporan"))
    missing = page.locator(".belum-masuk a").first.bounding_box()
    grid = page.locator(".tabel-lapor").first.bounding_box()
    assert missing["y"] < grid["y"], "those missing come first"
    page.get_by_role("link", name=re.compile("^Terlambat")).click()
    page.wait_for_url(re.compile("status=terlambat"))
    expect(page.locator(".tabel-lapor tbody tr")).to_have_count(3)
    cell = page.locator(".tabel-lapor tbody tr").first.locator("td a").last
    box = cell.bounding_box()
    assert box["width"] >= 44
    assert box["height"] >= 44
    cell.click()
    page.wait_for_url(re.compile("opd="))
    timeline = page.locator(".linimasa")
    expect(timeline).to_contain_text("Periode dibuka")
    expect(timeline).to_contain_text(re.compile(r"Dikirim, terlambat \d+.hari"))
    expect(timeline).to_be_in_viewport()
    page.go_back()
    expect(timeline).to_have_count(0)
    assert "status=terlambat" in page.url
    expect(page.locator(".tabel-lapor tbody tr")).to_have_count(3)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}")
def test_the_page_never_scrolls_sideways(page, site, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    path = f"/kepatuhan?{AT}&opd={BUDAYA}"
    sign_in(page, site, path)
    ready(page)
    expect(page.locator(".linimasa")).to_be_visible()
    width, inner = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width <= inner


def test_it_is_readable_without_javascript(browser, site):
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    sign_in(page, site, f"/kepatuhan?{AT}")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("47 dari 50 laporan"))
    page.locator(".belum-masuk a").first.click()
    expect(page.locator(".linimasa")).to_contain_text("Belum dikirim")
    page.get_by_role("link", name="Tutup rincian").click()
    expect(page.locator(".linimasa")).to_have_count(0)
    context.close()
