"""What people do, in a real Chromium."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import PASSWORD

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 640}
SIZES = [(360, 640), (768, 1024), (1440, 900)]
PUPR = "1.03.0.00.0.00.01.0000"


def ready(page: Page) -> None:
    """The live page has taken over."""
    page.wait_for_selector("html[data-siap]", state="attached", timeout=20_000)


def sign_in(page: Page, site: str, secret: str = PASSWORD) -> None:
    page.goto(f"{site}/pimpinan?tahun=2026&tw=3")
    page.get_by_label("Nama pengguna").fill("sekda")
    page.get_by_label("Kata sandi").fill(secret)
    page.get_by_role("button", name="Masuk", exact=True).click()


def test_a_citizen_drills_from_the_city_to_an_indicator_and_back(quiet, site):
    page = quiet
    page.goto(f"{site}/?tahun=2026&tw=3")
    ready(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("30 dari 50"))
    page.locator(f'a.baris[href*="{PUPR}"]').click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dinas Pekerjaan Umum dan Penataan Ruang")
    page.get_by_role("link", name=re.compile("Program Penyelenggaraan Jalan")).click()
    expect(page.get_by_role("heading", name=re.compile("Indikator: Program Penyelenggaraan Jalan"))).to_be_visible()
    expect(page.locator("table.tabel-indikator").first).to_contain_text("Capaian")
    assert "program=1.03.10" in page.url
    page.go_back()
    expect(page.get_by_role("heading", name="Indikator", exact=True)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("30 dari 50"))


def test_choosing_another_quarter_changes_the_sentence_and_the_address(quiet, site):
    page = quiet
    page.goto(f"{site}/?tahun=2026&tw=3")
    ready(page)
    page.locator("nav.periode").get_by_role("link", name="TW II", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("TW.II.2026"))
    assert "tw=2" in page.url
    page.reload()
    ready(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("TW.II.2026"))


def test_the_sekda_reaches_the_source_row_of_a_red_number_on_a_phone(page, site):
    page.set_viewport_size(PHONE)
    sign_in(page, site)
    ready(page)
    assert page.url == f"{site}/pimpinan?tahun=2026&tw=3"
    for words in ("Siapa sudah lapor?", "Apa yang merah?", "Apa yang berubah sejak"):
        box = page.get_by_text(words).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= PHONE["height"], words
    page.locator("#pimpinan-merah").get_by_role("link", name=re.compile("Pekerjaan Umum")).first.click()
    for level in ("program=", "kegiatan=", "sub=", "indikator="):
        link = page.locator(f'#telusur ~ * a.pilihan[href*="{level}"], .telusur a.pilihan[href*="{level}"]')
        link.locator("visible=true").first.click()
        page.wait_for_url(re.compile(level))
    expect(page.get_by_role("heading", name="Cara menghitung")).to_be_visible()
    origin = page.locator("dl.asal").first
    expect(origin).to_contain_text(".xlsx")
    expect(origin).to_contain_text(re.compile(r"baris \d+"))
    page.go_back()
    expect(page.locator("dl.asal")).to_have_count(0)


def test_a_wrong_password_says_so(page, site):
    sign_in(page, site, "bukan-sandi-yang-benar")
    expect(page.get_by_role("alert")).to_contain_text("tidak cocok")
    assert "/masuk" in page.url


def test_signing_out_closes_the_page(page, site):
    sign_in(page, site)
    ready(page)
    page.get_by_role("button", name="Keluar").first.click()
    page.wait_for_url(f"{site}/masuk?pesan=keluar")
    page.goto(f"{site}/pimpinan")
    assert "/masuk" in page.url


@pytest.mark.parametrize("path", ["/", f"/opd/{PUPR}", "/metodologi", "/masuk", "/tidak-ada"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}")
def test_no_page_scrolls_sideways(page, site, path, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(site + path)
    if path != "/masuk":
        ready(page)
    width, inner = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width <= inner


def test_everything_is_readable_without_javascript(browser, site):
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{site}/?tahun=2026&tw=3")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("30 dari 50"))
    page.locator(f'a.baris[href*="{PUPR}"]').click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dinas Pekerjaan Umum dan Penataan Ruang")
    page.get_by_role("link", name=re.compile("Program Penyelenggaraan Jalan")).click()
    expect(page.get_by_role("heading", name=re.compile("Indikator: Program Penyelenggaraan Jalan"))).to_be_visible()
    page.goto(f"{site}/pimpinan")
    page.get_by_label("Nama pengguna").fill("sekda")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page.get_by_text("Siapa sudah lapor?").first).to_be_visible()
    context.close()


def test_no_request_leaves_the_site(page, site):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}/")
    ready(page)
    page.wait_for_timeout(1500)
    assert [url for url in asked if not url.startswith((site, "data:", "blob:"))] == []
