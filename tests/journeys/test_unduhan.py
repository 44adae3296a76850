"""A leader orders the city report, leaves, comes back and takes it; with scripts and without."""

import re

import pytest
from playwright.sync_api import expect

from tests.conftest import PASSWORD

pytestmark = pytest.mark.browser
LONG = 60_000


def sign_in(page, site):
    page.goto(f"{site}/masuk?next=unduhan.show")
    page.get_by_label("Nama pengguna").fill("sekda")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page).to_have_url(re.compile(r"/unduhan$"))


def test_order_leave_come_back_take(quiet, site):
    page = quiet
    sign_in(page, site)
    page.get_by_role("button", name="Buat laporan kota").click()
    expect(page.locator("#daftar-unduhan")).to_contain_text("Laporan kota")
    page.goto(f"{site}/metodologi")
    page.goto(f"{site}/unduhan")
    link = page.get_by_role("link", name="Unduh", exact=True)
    expect(link).to_be_visible(timeout=LONG)  # the list looks again by itself
    expect(page.get_by_role("heading", level=1)).to_have_text("1 dokumen siap diunduh.")
    with page.expect_download() as taken:
        link.click()
    assert re.fullmatch(r"laporan-kota-\d{4}-TW\d\.pdf", taken.value.suggested_filename)
    page.get_by_role("button", name=re.compile("Hapus Laporan kota")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Belum ada dokumen.")


def test_without_scripts_on_a_phone(browser, site):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 640})
    page = context.new_page()
    sign_in(page, site)
    page.get_by_role("button", name="Buat rapor semua OPD").click()
    link = page.get_by_role("link", name="Unduh", exact=True)
    expect(link).to_be_visible(timeout=LONG)  # the page loads itself again
    box = page.locator("html").bounding_box()
    assert box["width"] == 360
    context.close()
