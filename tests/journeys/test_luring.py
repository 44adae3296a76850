"""What a phone keeps for moments without a connection, in a real Chromium: whose it is, how old, and when it goes."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from data.accounts import find_account, person
from data.engine import writing
from data.perangkat import remember_device
from data.sesi import Asal, Tahap, start_session
from data.umur import Umur
from routes.session import PERANGKAT, SESI
from tests.journeys.conftest import free_port, serving

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 640}
PEMDA = "16.71"
HOUR = timedelta(hours=1)
OPD = "/opd/1.03.0.00.0.00.01.0000"
KEPT = """async () => {
  const found = {};
  for (const name of await caches.keys())
    found[name] = (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname);
  return found;
}"""
TEXT = """async () => (await (await (await caches.open('emonev-pimpinan')).match('/pimpinan')).text())"""


@pytest.fixture
def phone(browser):
    context = browser.new_context(viewport=PHONE)
    yield context.new_page()
    context.close()


def enter(page, site, engine, nama, trusted=False):
    """An open session of this account in this browser, and its device trusted or not."""
    with writing(engine) as conn:
        orang = person(find_account(conn, PEMDA, nama))
        token = start_session(conn, PEMDA, orang, Tahap.PENUH, Umur(HOUR, HOUR), Asal("127.0.0.1", "uji"))
        device = remember_device(conn, PEMDA, nama, "", trusted)
    page.context.add_cookies([{"name": n, "value": v, "url": site} for n, v in ((SESI, token), (PERANGKAT, device))])


def visit(page, address, into=None):
    """Seen once by a page without a worker, then under its eyes, until it is kept ``into`` this cache.

    Without one nothing is expected to be kept, so there is nothing to wait for but time.
    """
    page.goto(address)
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    page.goto(address)
    if into is None:
        page.wait_for_timeout(700)
    else:
        page.wait_for_function(
            "async (name) => !!(await (await caches.open(name)).match(location.pathname + location.search))", arg=into
        )
    return page.evaluate(KEPT)


def gone(page, name):
    """Wait until nothing is kept in this cache."""
    page.wait_for_function("async (name) => !(await (await caches.open(name)).keys()).length", arg=name)


def test_the_public_view_stays_readable_with_its_age(phone, site):
    visit(phone, f"{site}/", "emonev-publik")
    kept = visit(phone, site + OPD, "emonev-publik")
    assert set(kept["emonev-publik"]) >= {"/", OPD}
    assert "emonev-pimpinan" not in kept
    headline = phone.locator("h1").first.inner_text()
    phone.context.set_offline(True)
    phone.goto(site + OPD)
    expect(phone.locator(".luring")).to_have_text(re.compile("^Tersimpan (baru saja|1 menit lalu), tanpa sambungan$"))
    expect(phone.locator("h1").first).to_have_text(headline)
    assert phone.evaluate("document.scripts.length") == 0
    assert phone.evaluate("getComputedStyle(document.querySelector('.luring')).position") == "sticky"
    phone.goto(f"{site}/unggah")
    expect(phone.locator("h1")).to_have_text("Tidak ada sambungan")
    phone.locator("a", has_text="e-Monev").first.click()
    expect(phone.locator(".luring")).to_be_visible()
    phone.context.set_offline(False)
    phone.goto(f"{site}/")
    expect(phone.locator(".luring")).to_have_count(0)


def test_a_leader_reads_the_last_view_and_signing_out_takes_it_along(phone, site, site_engine):
    enter(phone, site, site_engine, "sekda", trusted=True)
    kept = visit(phone, f"{site}/pimpinan", "emonev-pimpinan")
    assert kept["emonev-pimpinan"] == ["/pimpinan"]
    text = phone.evaluate(TEXT)
    assert "<form" not in text
    assert "<script" not in text
    assert "csrf" not in text
    phone.context.set_offline(True)
    phone.goto(f"{site}/pimpinan")
    expect(phone.locator(".luring")).to_contain_text("tanpa sambungan")
    expect(phone.locator("h1").first).to_be_visible()
    phone.context.set_offline(False)
    phone.goto(f"{site}/metodologi")
    phone.goto(f"{site}/pimpinan")
    phone.wait_for_selector("html[data-siap]", state="attached")
    phone.get_by_role("button", name="Keluar").first.click()
    phone.wait_for_url(re.compile("/masuk"))
    gone(phone, "emonev-pimpinan")
    phone.context.set_offline(True)
    phone.goto(f"{site}/pimpinan")
    expect(phone.locator("h1")).to_have_text("Tidak ada sambungan")


def test_a_device_without_trust_keeps_nothing_of_a_leader(phone, site, site_engine):
    enter(phone, site, site_engine, "sekda")
    assert not visit(phone, f"{site}/pimpinan").get("emonev-pimpinan")


def test_the_end_of_a_session_and_another_person_take_it_along(phone, site, site_engine):
    enter(phone, site, site_engine, "sekda", trusted=True)
    assert visit(phone, f"{site}/pimpinan", "emonev-pimpinan")["emonev-pimpinan"]
    enter(phone, site, site_engine, "admin", trusted=True)
    assert not visit(phone, f"{site}/pimpinan").get("emonev-pimpinan")
    enter(phone, site, site_engine, "sekda", trusted=True)
    assert visit(phone, f"{site}/pimpinan", "emonev-pimpinan")["emonev-pimpinan"]
    phone.context.clear_cookies()
    phone.goto(f"{site}/pimpinan")
    gone(phone, "emonev-pimpinan")


AGED = """async (name) => {
  const cache = await caches.open(name), [key] = await cache.keys(), found = await cache.match(key);
  const headers = new Headers(found.headers), back = 7 * 86400000 + 60000;
  for (const one of ['X-Disimpan', 'X-Sampai']) headers.set(one, String(Number(headers.get(one)) - back));
  await cache.put(key, new Response(await found.text(), { headers }));
}"""


def test_after_seven_days_a_leaders_view_is_gone(phone, site, site_engine):
    """The clock of a worker cannot be moved from here, so what it kept is made older instead."""
    enter(phone, site, site_engine, "sekda", trusted=True)
    assert visit(phone, f"{site}/pimpinan", "emonev-pimpinan")["emonev-pimpinan"]
    phone.evaluate(AGED, "emonev-pimpinan")
    phone.context.set_offline(True)
    phone.goto(f"{site}/pimpinan")
    expect(phone.locator("h1")).to_have_text("Tidak ada sambungan")
    expect(phone.locator("a[href='/pimpinan']")).to_have_count(0)
    assert not phone.evaluate(KEPT)["emonev-pimpinan"]


def test_twelve_pages_are_kept_and_the_first_page_stays(phone, site):
    visit(phone, f"{site}/", "emonev-publik")
    for year in range(2101, 2115):
        phone.goto(f"{site}/metodologi?halaman={year}")
        phone.wait_for_function(f"async () => !!(await caches.match('/metodologi?halaman={year}'))")
    count = "async () => (await (await caches.open('emonev-publik')).keys()).map((one) => one.url)"
    phone.wait_for_function(f"async () => (await ({count})()).length <= 12")
    kept = phone.evaluate(count)
    assert len(kept) == 12
    assert f"{site}/" in kept
    assert f"{site}/metodologi?halaman=2101" not in kept
    assert f"{site}/metodologi?halaman=2114" in kept


def test_a_new_worker_takes_over_and_a_switch_removes_it(phone, site_file):
    """The same text is no new version; another one (here the farewell) takes over at the next visit and clears up."""
    port = free_port()
    with serving(site_file, port=port) as address:
        assert visit(phone, f"{address}/", "emonev-publik")["emonev-publik"]
        served = phone.request.get(f"{address}/sw.js").text()
        phone.evaluate("""async () => {
          const place = await navigator.serviceWorker.ready;
          window.first = place.active;
          await place.update();
          window.same = place.active === window.first && !place.installing;
        }""")
        assert phone.evaluate("window.same"), "the same text is no new version"
        assert re.search(r"Version [0-9a-f]{12}\.", served)
    with serving(site_file, port=port, EMONEV_LURING="tidak") as address:
        phone.goto(f"{address}/")
        phone.evaluate("navigator.serviceWorker.getRegistration().then((one) => one && one.update()).catch(() => 0)")
        phone.wait_for_function("async () => (await caches.keys()).length === 0")
        phone.goto(f"{address}/metodologi")
        # Each page still says hello to the farewell, which leaves at once.
        phone.wait_for_function("async () => !(await navigator.serviceWorker.getRegistration())")
        assert phone.evaluate("caches.keys()") == []


@pytest.mark.parametrize("path", ["/", OPD])
def test_on_paper_nothing_is_cut_off_and_nothing_is_to_press(browser, site, path):
    context = browser.new_context(viewport={"width": 718, "height": 1000}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(site + path)
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 718
    cut = """() => [...document.querySelectorAll('main *')].filter((one) => {
      const cuts = ['hidden', 'auto', 'scroll'].includes(getComputedStyle(one).overflowX);
      const shown = one.getClientRects().length && one.clientWidth > 1;
      return cuts && shown && one.scrollWidth > one.clientWidth + 1;
    }).map((one) => one.outerHTML.slice(0, 120))"""
    assert page.evaluate(cut) == []
    assert page.locator("nav:visible").evaluate_all("(all) => all.map((one) => one.outerHTML.slice(0, 120))") == []
    assert page.locator("h1").first.is_visible()
    context.close()
