"""Embeds in a real Chromium on a foreign site: sandboxed, refused where not listed, growing and shrinking."""

import http.server
import threading

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def newspaper(site):
    """Another site, on another address, with a page per way of embedding."""
    pages = {
        "/pasir": f'<iframe sandbox="" src="{site}/sematan/kota" width="640" height="330"></iframe>',
        "/skrip": f'<iframe sandbox="allow-scripts" src="{site}/sematan/kota" width="640" height="330"></iframe>'
        f'<script src="{site}/sematan.js"></script>',
        "/penuh": f'<iframe src="{site}/sematan/baris-opd" width="640" height="100"></iframe>'
        f'<script src="{site}/sematan.js"></script>',
        "/situs": f'<iframe src="{site}/" width="640" height="330"></iframe>',
        "/gambar": f'<img src="{site}/sematan/kota.png" width="600"><img src="{site}/sematan/kota.svg" width="600">',
    }

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"<!doctype html><title>Koran</title>{pages.get(self.path, '')}".encode())

        def log_message(self, *_):
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()


def listed(port):
    """The newspaper under the name that is on the list (EMONEV_SEMATAN of the test site)."""
    return f"http://127.0.0.1:{port}"


def unlisted(port):
    """The same page under a name that is not."""
    return f"http://localhost:{port}"


@pytest.mark.parametrize("way", ["pasir", "skrip"])
def test_in_a_sandbox(page, newspaper, way):
    page.goto(f"{listed(newspaper)}/{way}")
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", level=1)).to_contain_text("mencapai target")
    expect(frame.get_by_text("Data contoh")).to_be_visible()
    assert page.context.cookies() == []


@pytest.mark.parametrize("way", ["penuh", "situs"])
def test_refused_where_it_is_not_listed(page, newspaper, way):
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{unlisted(newspaper)}/{way}")
    page.wait_for_load_state("networkidle")
    assert any("frame-ancestors" in text for text in said)


def test_the_site_itself_is_refused_everywhere(page, newspaper):
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{listed(newspaper)}/situs")
    page.wait_for_load_state("networkidle")
    assert any("frame-ancestors" in text or "X-Frame-Options" in text for text in said)


@pytest.mark.parametrize("way", ["penuh", "skrip"])
@pytest.mark.parametrize("late", ["", "script after the frame", "frame after the script"])
def test_it_grows_and_shrinks_with_its_content(page, newspaper, way, late):
    """Whichever of the two arrives first: a height told to nobody is told again."""

    def wait(route):
        page.wait_for_timeout(1000)
        route.continue_()

    if late:
        page.route("**/sematan.js" if late.startswith("script") else "**/sematan/*", wait)
    page.goto(f"{listed(newspaper)}/{way}")
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", level=1)).to_be_visible()
    frame.locator("body").evaluate("() => document.fonts.ready.then(() => true)")

    def settled():
        page.wait_for_function(
            "() => { const f = document.querySelector('iframe'); const h = f.clientHeight;"
            " const same = f.dataset.h === String(h) && f.style.height !== ''; f.dataset.h = h; return same }",
            polling=250,
        )
        return page.evaluate("document.querySelector('iframe').clientHeight")

    closed = settled()
    frame.get_by_text("Lihat tabel").click()
    page.wait_for_function(f"document.querySelector('iframe').clientHeight > {closed}")
    frame.get_by_text("Lihat tabel").click()
    page.wait_for_function(f"document.querySelector('iframe').clientHeight === {closed}")


def test_as_a_picture(page, newspaper):
    page.goto(f"{listed(newspaper)}/gambar")
    page.wait_for_load_state("networkidle")
    sizes = page.evaluate("Array.from(document.images).map(i => [i.complete, i.naturalWidth])")
    assert sizes == [[True, 1200], [True, 600]]


@pytest.mark.parametrize("width", [320, 640, 1000])
def test_at_every_width(page, site, width):
    page.set_viewport_size({"width": width, "height": 700})
    for bagan in ("kota", "baris-opd", "kurva-s", "lapor"):
        page.goto(f"{site}/sematan/{bagan}")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), bagan
        smallest = page.evaluate(
            "Math.min(...Array.from(document.querySelectorAll('svg text')).filter(t => t.getClientRects().length)"
            ".map(t => t.getBoundingClientRect().height))"
        )
        assert smallest >= 10, bagan
