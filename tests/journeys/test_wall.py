"""The wall in a browser: sizes, the network cut and back, revocation, and memory over hours of a fast clock."""

import pytest

pytestmark = pytest.mark.browser

SIZES = ((1920, 1080), (3840, 2160), (1366, 768))
SMALL = """() => [...document.querySelectorAll('body *')].filter(e =>
    [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && !['SCRIPT', 'NOSCRIPT'].includes(e.tagName)
  ).map(e => { let f = parseFloat(getComputedStyle(e).fontSize), s = e.ownerSVGElement;
    if (s) f *= s.getBoundingClientRect().width / s.viewBox.baseVal.width;
    return [f, e.textContent.slice(0, 30)]; }).filter(one => one[0] < 23.99)"""
OUTSIDE = """() => [...document.querySelectorAll('#dinding *')].filter(e => {
    const r = e.getBoundingClientRect(), m = e.closest('.muka')?.getBoundingClientRect();
    return r.right > innerWidth + 1 || r.bottom > innerHeight + 1 || (m && r.bottom > m.bottom + 1);
  }).map(e => e.outerHTML.slice(0, 80))"""


def test_readable_and_whole_at_every_size(quiet, site, pairing):
    address, _ = pairing("Ukuran")
    for width, height in SIZES:
        quiet.set_viewport_size({"width": width, "height": height})
        quiet.goto(address)
        assert quiet.url == f"{site}/dinding"
        quiet.evaluate("document.fonts.ready")
        assert quiet.evaluate(SMALL) == []
        assert quiet.evaluate(OUTSIDE) == []
        assert quiet.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_the_network_cut_and_back_and_the_screen_revoked(page, pairing):
    address, revoke = pairing("Jaringan")
    page.clock.install()
    page.goto(address)
    title = page.locator("#dinding h1").first.inner_text()
    page.context.set_offline(True)
    page.clock.run_for(31_000)
    old = page.locator("#dinding-umur")
    old.wait_for(state="visible")
    page.clock.run_for(12 * 60_000)
    page.wait_for_function("/Data 1[12] menit lalu — jaringan terputus/.test(document.body.innerText)")
    assert page.locator("#dinding h1").first.inner_text() == title
    page.context.set_offline(False)
    page.clock.run_for(61_000)
    old.wait_for(state="hidden")
    revoke()
    page.clock.run_for(31_000)
    page.get_by_text("Layar ini sudah dicabut.").wait_for()
    assert page.evaluate("localStorage.length") == 0
    assert page.locator(".muka").count() == 0


TAKEN = """() => new Promise(done => {
    const turn = new MessageChannel();
    turn.port1.onmessage = () => { turn.port1.close(); done(); };
    turn.port2.postMessage(0); })"""
"""The page has had its turn to read the answer; its clock stands still, so no timer can tell."""


def test_memory_stays_flat(browser, pairing):
    """The wall's own script alone, without the service worker between."""
    address, _ = pairing("Rendam")
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.clock.install()
    page.goto(address)
    devtools = page.context.new_cdp_session(page)

    def measure():
        devtools.send("HeapProfiler.collectGarbage")
        counts = devtools.send("Memory.getDOMCounters")
        return devtools.send("Runtime.getHeapUsage")["usedSize"], counts["nodes"], counts["jsEventListeners"]

    def live(polls):
        for _ in range(polls):
            # Not ``finished()``: a 304 has no body whose end Playwright could see.
            with page.expect_response("**/dinding/isi"):
                page.clock.fast_forward(31_000)
            page.evaluate(TAKEN)

    # Two hours of the wall's own clock between the measurements.
    live(10)
    before = measure()
    live(233)
    after = measure()
    assert after[0] - before[0] < 1_500_000
    assert after[1] <= before[1] * 1.5
    assert after[2] <= before[2] + 2
    context.close()


KEPT = (
    "async () => (await caches.has('emonev-dinding')) ? (await (await caches.open('emonev-dinding')).keys()).length : 0"
)


def test_a_reload_without_network_shows_the_last_picture_with_its_age(page, site, pairing):
    address, revoke = pairing("Muat ulang")
    page.goto(address)
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    page.wait_for_function(f"({KEPT})()")
    title = page.locator("#dinding h1").first.inner_text()
    page.context.set_offline(True)
    page.goto(f"{site}/dinding")
    page.locator("#dinding-umur").wait_for(state="visible")
    assert "lalu — jaringan terputus" in page.locator("#dinding-umur").inner_text()
    assert page.locator("#dinding h1").first.inner_text() == title
    page.wait_for_function("[...document.fonts].some(one => one.family === 'Monev Serif' && one.status === 'loaded')")
    page.context.set_offline(False)
    page.goto(f"{site}/dinding")
    page.locator("#dinding-umur").wait_for(state="hidden")
    revoke()
    page.goto(f"{site}/dinding")
    page.get_by_text("Layar ini sudah dicabut.").wait_for()
    page.wait_for_function(f"({KEPT})().then(found => found === 0)")
    page.context.set_offline(True)
    page.goto(f"{site}/dinding")
    page.get_by_text("Tidak ada sambungan").wait_for()


def test_a_browser_without_a_key_keeps_no_wall(page, site):
    page.goto(f"{site}/")
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    page.goto(f"{site}/dinding")
    page.goto(f"{site}/dinding/pasang")
    assert page.evaluate(KEPT) == 0


def test_pages_do_not_fade_where_motion_is_not_wanted(page, pairing):
    address, _ = pairing("Gerak")
    seconds = "getComputedStyle(document.querySelector('.muka')).transitionDuration"
    page.goto(address)
    assert "0.4s" in page.evaluate(seconds)
    page.emulate_media(reduced_motion="reduce")
    assert set(page.evaluate(seconds).split(", ")) == {"0s"}
