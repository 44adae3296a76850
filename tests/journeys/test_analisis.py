"""An analyst at the desk, in a real Chromium: filter, panel, file; by keyboard; on a phone; without JavaScript."""

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.conftest import PASSWORD

pytestmark = pytest.mark.browser
AT = "tahun=2026&tw=3"
PHONE = {"width": 360, "height": 640}


def sign_in(page, site, path):
    page.goto(site + path)
    page.get_by_label("Nama pengguna").fill("sekda")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()


def ready(page):
    page.wait_for_selector("html[data-siap]", state="attached", timeout=30_000)


def rows(page):
    return page.locator("#kisi-baris .ag-center-cols-container .ag-row")


def test_filter_panel_file_and_back(quiet, site):
    page = quiet
    page.set_viewport_size({"width": 1440, "height": 900})
    sign_in(page, site, f"/analisis?{AT}")
    ready(page)
    expect(rows(page).nth(5)).to_be_visible()
    count = page.locator("#tampilan-hidup #saring-jumlah strong, #saring-jumlah strong").first
    whole = count.inner_text()
    page.locator("#s-status").locator("visible=true").select_option(label="Di bawah target")
    page.wait_for_url(re.compile("status=di_bawah"))
    expect(count).not_to_have_text(whole)
    expect(page.locator(".kepingan")).to_contain_text("status: Di bawah target")
    red = count.inner_text()
    page.get_by_label("Cari").fill("lalu lintas")
    page.wait_for_url(re.compile("cari=lalu"))
    expect(count).not_to_have_text(red)
    page.locator("#kisi-baris .ag-row").get_by_text("Dinas Perhubungan").click()
    panel = page.locator(".panel")
    expect(panel).to_contain_text("Faktor penghambat, menurut OPD")
    expect(panel).to_contain_text("SHA-256")
    assert "pilih=2.15" in page.url
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Unduh CSV").click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    lines = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert count.inner_text() == f"{len(lines) - 1} baris"
    page.go_back()
    expect(panel).to_have_count(0)
    page.get_by_role("link", name=re.compile("Lepas memuat")).click()
    expect(count).to_have_text(red)
    expect(page.get_by_label("Cari")).to_have_value("")


def test_the_form_says_what_the_address_says(quiet, site):
    page = quiet
    page.set_viewport_size({"width": 1440, "height": 900})
    sign_in(page, site, f"/analisis?{AT}")
    ready(page)
    quarter = page.locator("#s-tw").locator("visible=true")
    quarter.select_option("2")
    page.wait_for_url(re.compile("tw=2"))
    page.go_back()
    expect(quarter).to_have_value("3")
    if not page.get_by_label("Capaian, %, paling rendah").is_visible():
        page.get_by_text("Saringan lain").locator("visible=true").click()
    box = page.get_by_label("Capaian, %, paling rendah").locator("visible=true")
    box.fill("enam")
    box.press("Tab")
    assert "capaian_min" not in page.url
    assert box.evaluate("one => one.validationMessage") != ""
    box.fill("66,5")
    box.press("Tab")
    page.wait_for_url(re.compile("capaian_min=66"))


def test_all_by_keyboard(page, site):
    page.set_viewport_size({"width": 1440, "height": 900})
    sign_in(page, site, f"/analisis?{AT}&urut=kode")
    ready(page)
    first = page.locator("#kisi-baris .ag-pinned-left-cols-container .ag-row[row-index='0'] .ag-cell")
    expect(first).to_contain_text("Dinas Pendidikan")
    first.focus()
    page.keyboard.press("Space")
    second = page.locator("#kisi-baris .ag-pinned-left-cols-container .ag-row[row-index='1'] .ag-cell")
    expect(second).to_contain_text(re.compile("Sasaran|Program"))
    assert "buka=" in page.url
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    title = page.locator(".panel h2")
    expect(title).to_be_focused()
    assert title.inner_text() in second.inner_text()
    page.keyboard.press("Escape")
    expect(page.locator(".panel")).to_have_count(0)
    expect(second).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Space")
    expect(second).to_contain_text("Dinas Kesehatan")


def test_rows_refused_after_the_end_of_a_session_lead_to_the_sign_in_form(page, site):
    sign_in(page, site, "/pimpinan")
    page.wait_for_url(re.compile("/pimpinan"))
    ready(page)

    def refuse(route):
        page.context.clear_cookies()
        route.fulfill(status=401, content_type="application/json", body="{}")

    page.route("**/analisis/baris?*", refuse)
    page.goto(f"{site}/analisis?{AT}")
    page.wait_for_url(re.compile(r"/masuk\?next=analisis"))


def test_a_phone_shows_the_list_and_nothing_scrolls_sideways(quiet, site):
    page = quiet
    page.set_viewport_size(PHONE)
    sign_in(page, site, f"/analisis?{AT}&level=program&capaian_maks=66&pilih=2.15.0.00.0.00.01.0000%7C")
    ready(page)
    expect(page.locator("#kisi-baris")).to_be_hidden()
    expect(page.locator(".tabel-analisis tbody tr").first).to_be_visible()
    expect(page.locator(".panel")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    small = page.evaluate(
        """() => Array.from(document.querySelectorAll(".tabel-analisis a, .kepingan a, .saring-form select"))
        .map(one => one.getBoundingClientRect()).filter(box => box.width && box.height < 43.5).length"""
    )
    assert small == 0


def test_it_filters_opens_and_pages_without_javascript(browser, site):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    sign_in(page, site, f"/analisis?{AT}")
    page.locator("#s-status").locator("visible=true").select_option("di_bawah")
    page.get_by_role("button", name="Terapkan").click()
    page.wait_for_url(re.compile("status=di_bawah"))
    expect(page.locator(".kepingan")).to_contain_text("Di bawah target")
    page.get_by_role("link", name="Buka Dinas Perhubungan", exact=True).click()
    expect(page.get_by_role("link", name="Tutup Dinas Perhubungan", exact=True)).to_be_visible()
    page.get_by_role("link", name="Buka semua").click()
    page.get_by_role("link", name=re.compile("Berikutnya")).click()
    page.wait_for_url(re.compile("hal=2"))
    page.locator(".tabel-analisis .simpul a:not(.panah)").first.click()
    expect(page.locator(".panel")).to_contain_text("Mutu laporan OPD")
    context.close()
