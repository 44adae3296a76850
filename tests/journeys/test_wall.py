"""The wall in a browser: sizes, the network cut and back, revocation, and memory over hours of a fast clock."""

import os

import pytest

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


@pytest.fixture(scope="module")
def pairing(site):
    """``make(name)`` → (address with its key, a function that revokes it), on the site's own database."""
    import subprocess

    from data.engine import engine_for
    from data.jejak import Pelaku
    from data.layar import list_screens, make_screen, revoke_screen

    port = site.rsplit(":", 1)[1]
    found = subprocess.run(["pgrep", "-f", f"granian.*--port {port}"], capture_output=True, text=True, check=True)
    with open(f"/proc/{found.stdout.split()[0]}/environ") as file:
        environ = dict(pair.split("=", 1) for pair in file.read().split("\0") if "=" in pair)
    assert os.environ.get("EMONEV_DATABASE_URL") != environ["EMONEV_DATABASE_URL"]
    engine = engine_for(environ["EMONEV_DATABASE_URL"])

    def make(name):
        token = make_screen(engine, "16.71", Pelaku("admin"), name)
        with engine.begin() as conn:
            nomor = max(one.nomor for one in list_screens(conn, "16.71"))
        return f"{site}/dinding/pasang?kunci={token}", lambda: revoke_screen(engine, "16.71", Pelaku("admin"), nomor)

    return make


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


def test_memory_stays_flat(page, pairing):
    address, _ = pairing("Rendam")
    page.clock.install()
    page.goto(address)
    devtools = page.context.new_cdp_session(page)

    def measure():
        devtools.send("HeapProfiler.collectGarbage")
        counts = devtools.send("Memory.getDOMCounters")
        return devtools.send("Runtime.getHeapUsage")["usedSize"], counts["nodes"], counts["jsEventListeners"]

    def live(polls):
        for _ in range(polls):
            with page.expect_response("**/dinding/isi"):
                page.clock.run_for(38_000)

    live(20)
    before = measure()
    live(200)
    after = measure()
    assert after[0] - before[0] < 1_500_000
    assert after[1] <= before[1] * 1.5
    assert after[2] <= before[2] + 2
