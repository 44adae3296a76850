"""Everybody can use every page: axe-core finds nothing, nothing scrolls sideways at 400 % zoom, and what is public is
complete without JavaScript. ``axe.min.js`` is axe-core 4.14.1 (MPL 2.0, ``axe.LICENSE.txt``), for tests only."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from data import tables
from data.accounts import find_account, person
from data.engine import reading, writing
from data.jejak import Pelaku
from data.kiriman import Alamat, Periksa, save_draft, submit, write_texts
from data.mentah import keep_raw
from data.queries.kiriman import one_version
from data.sesi import Asal, Tahap, start_session
from data.siklus import extend
from data.store import Muatan
from data.tautan import Guna, make_link
from data.umur import Umur
from data.words import ACCEPTED
from routes.session import SESI
from tests.routes.siklus_uji import finding

pytestmark = pytest.mark.browser
AXE = Path(__file__).with_name("axe.min.js").read_text(encoding="utf-8")
HOUR = timedelta(hours=1)
OPD = "/opd/1.03.0.00.0.00.01.0000"
OTHER = "1.06.0.00.0.00.01.0000"
CHARTS = ("kota", "baris-opd", "opd?opd=1.03.0.00.0.00.01.0000", "kurva-s", "lapor")
PUBLIC = ("/", OPD, "/metodologi", "/data", "/sematan", "/masuk", "/tidak-ada", "/?tahun=abc", "/dinding/pasang")
PAGES = {
    "": (*PUBLIC, "/dinding", "/undangan/karangan", *(f"/sematan/{chart}" for chart in CHARTS)),
    "sekda": ("/pimpinan", "/pimpinan?opd=1.03.0.00.0.00.01.0000", "/kepatuhan", "/arahan", "/akun", "/kelola/layar"),
    "bappeda": ("/verifikasi", "/kelola/kalender", "/kelola/kontak"),
    "operator-a": ("/unggah", "/arahan"),
    "admin": ("/kelola/akun", "/kelola/undang", "/kelola/jejak", "/kelola/layar"),
}
REFUSED = {
    ("", "/tidak-ada"): 404,
    ("", "/?tahun=abc"): 400,
    ("", "/dinding"): 403,
    ("", "/undangan/karangan"): 404,
    ("sekda", "/kelola/layar"): 403,
}
"""Everything else answers 200: an error page in its place does not pass for it."""
SIZES = ((360, 640), (1440, 900))
RUN = """async () => (await axe.run(document, {resultTypes: ['violations'], runOnly:
  ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})).violations.flatMap((one) =>
  one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 160)} | ${(node.any[0] || {}).message || ''}`))"""


def a_page(browser, site, engine, nama):
    """A browser in which this account is signed in; scripts of the test may stand beside ours."""
    context = browser.new_context(bypass_csp=True, service_workers="block")
    if nama:
        with writing(engine) as conn:
            orang = person(find_account(conn, "16.71", nama))
            token = start_session(conn, "16.71", orang, Tahap.PENUH, Umur(HOUR, HOUR), Asal("127.0.0.1", "uji"))
        context.add_cookies([{"name": SESI, "value": token, "url": site}])
    return context.new_page()


def problems(page, address, path, status=200):
    """What axe finds on this page at both sizes, and whether it is wider than a phone at 400 %."""
    page.set_viewport_size({"width": 320, "height": 640})
    answer = page.goto(address + path)
    if answer.status != status:
        return [f"{path}: {answer.status} instead of {status}"]
    if page.locator("#tampilan-hidup").count():
        page.wait_for_selector("html[data-siap]", state="attached", timeout=20_000)
    wide = page.evaluate("document.documentElement.scrollWidth")
    found = [f"{path} 320: {wide} px wide"] if wide > 320 else []
    page.evaluate(AXE)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{path} {width}: {one}" for one in page.evaluate(RUN)]
    return found


@pytest.mark.parametrize("nama", PAGES, ids=lambda nama: nama or "publik")
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser, site, site_engine, nama):
    page = a_page(browser, site, site_engine, nama)
    found = [one for path in PAGES[nama] for one in problems(page, site, path, REFUSED.get((nama, path), 200))]
    page.context.close()
    assert not found, "\n".join(found)


def test_one_program_as_a_page_and_as_a_chart(browser, site, site_engine):
    page = a_page(browser, site, site_engine, "")
    page.goto(site + OPD)
    drill = page.locator("a[href*='program=']").first.get_attribute("href")
    path = drill if drill.startswith("/") else OPD + drill
    kode = re.search(r"program=([^&]+)", drill)[1]
    found = problems(page, site, path)
    found += problems(page, site, f"/sematan/program?opd={OPD.rsplit('/', 1)[1]}&program={kode}")
    page.context.close()
    assert not found, "\n".join(found)


def test_an_invitation_and_the_step_of_the_code(browser, site, site_engine):
    with writing(site_engine) as conn:
        link = make_link(conn, "16.71", "operator-a", Guna.UNDANGAN, "admin")
        orang = person(find_account(conn, "16.71", "bappeda"))
        half = start_session(conn, "16.71", orang, Tahap.KODE, Umur(HOUR, HOUR), Asal("127.0.0.1", "uji"))
    page = a_page(browser, site, site_engine, "")
    found = problems(page, site, f"/undangan/{link}")
    page.context.add_cookies([{"name": SESI, "value": half, "url": site}])
    found += problems(page, site, "/masuk/kode")
    page.context.close()
    assert not found, "\n".join(found)


def test_the_wall_of_a_paired_screen(browser, site, pairing):
    context = browser.new_context(bypass_csp=True, service_workers="block", viewport={"width": 1920, "height": 1080})
    page = context.new_page()
    assert page.goto(pairing("Akses")[0]).status == 200
    page.evaluate(AXE)
    found = []
    for place in range(1, 6):
        page.evaluate(f"document.getElementById('dinding').dataset.bagian = '{place}'")
        page.wait_for_timeout(500)
        found += [f"{place}: {one}" for one in page.evaluate(RUN)]
    context.close()
    assert not found, "\n".join(found)


def test_a_draft_and_a_version_on_the_desk(browser, site, site_engine, tmp_path):
    until = datetime.now(UTC) + timedelta(days=2)
    extend(site_engine, "16.71", Pelaku("bappeda", "bappeda"), 2026, 3, OTHER, until, "uji akses")
    where, who = Alamat(2026, 3, OTHER), Pelaku("operator-b", "opd", OTHER)
    numbers = []
    for sending in (True, False):
        content = f"isi {sending}".encode()
        digest, problem = keep_raw(tmp_path, content), finding()
        rest = ({}, [problem], Muatan(), {"keterangan": "XLSX"})
        checked = Periksa("laporan.xlsx", digest, len(content), 2, 0, 1, *rest)
        numbers.append(save_draft(site_engine, "16.71", who, where, checked))
        if sending:
            write_texts(site_engine, "16.71", where, numbers[0], {"alasan": "Pagu naik."})
            with reading(site_engine) as conn:
                token = one_version(conn, "16.71", numbers[0])["sekali"]
            submit(site_engine, "16.71", who, where, token)
    found = []
    for nama, path in (
        ("operator-b", f"/unggah/draf/{numbers[1]}"),
        ("operator-b", f"/unggah/versi/{numbers[0]}"),
        ("bappeda", f"/verifikasi/{numbers[0]}"),
    ):
        page = a_page(browser, site, site_engine, nama)
        found += problems(page, site, path)
        page.context.close()
    assert not found, "\n".join(found)


def still_awaited(engine):
    """OPD without an accepted report whose extension is running: other journeys on this site give some."""
    x, lap, at = tables.perpanjangan.c, tables.laporan.c, (2026, 3)
    with reading(engine) as conn:
        longer = select(x.opd).where(x.tahun == at[0], x.tw == at[1], x.sampai > datetime.now(UTC))
        here = select(lap.opd).where(lap.tahun == at[0], lap.tw == at[1], lap.keadaan.in_(ACCEPTED))
        return set(conn.execute(longer).scalars()) - set(conn.execute(here).scalars())


def test_what_is_public_is_complete_without_javascript(browser, site, site_engine):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto(f"{site}/")
    text = page.locator("body").inner_text()
    assert re.search(r"\d+ dari \d+.OPD", text)
    links = page.locator("a[href^='/opd/']").evaluate_all("(all) => [...new Set(all.map((one) => one.pathname))]")
    assert len(links) == 50 - len(still_awaited(site_engine)), "every OPD has its row, those that are silent too"
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
