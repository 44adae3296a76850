"""The policy in a real browser: nothing of ours is blocked, and a script that got into a page does not run."""

import re

import pytest
from playwright.sync_api import expect

from tests.conftest import PASSWORD

pytestmark = pytest.mark.browser
PUPR = "1.03.0.00.0.00.01.0000"
SIZES = [(360, 640), (1440, 900)]
LISTEN = """
window.pelanggaran = [];
document.addEventListener("securitypolicyviolation", function (event) {
  window.pelanggaran.push(event.violatedDirective + " " + event.blockedURI + " " + event.sourceFile);
});
"""
LIVE = ["/?tahun=2026&tw=3", f"/opd/{PUPR}?tahun=2026&tw=3", "/metodologi"]
ERRORS = ["/tidak-ada", "/?tahun=nonsens", "/opd/9.99.9.99.9.99.99.9999"]
# What the browser says of an answer that is an error by design; everything else it says of one fails.
BY_DESIGN = re.compile(r"Failed to load resource: the server responded with a status of (?:40[0-5])")


@pytest.fixture(params=SIZES, ids=lambda size: str(size[0]))
def watched(page, request):
    """A page of this size on which nothing may be blocked and nothing complained about, warnings included."""
    said: list[str] = []
    page.set_viewport_size({"width": request.param[0], "height": request.param[1]})
    page.add_init_script(LISTEN)
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    assert page.evaluate("window.pelanggaran") == []
    assert [line for line in said if not BY_DESIGN.search(line)] == []


def ready(page):
    page.wait_for_selector("html[data-siap]", state="attached", timeout=20_000)


def nothing_blocked(page):
    assert page.evaluate("window.pelanggaran") == []


def sign_in(page, site, nama="sekda"):
    page.goto(f"{site}/pimpinan?tahun=2026&tw=3")
    page.get_by_label("Nama pengguna").fill(nama)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()


@pytest.mark.parametrize("path", LIVE, ids=["city", "opd", "method"])
def test_public_pages_come_alive(watched, site, path):
    watched.goto(site + path)
    ready(watched)
    if path != "/metodologi":
        charts_drawn(watched)


def charts_drawn(page):
    """Every chart that somebody looks at has its picture."""
    for chart in page.locator(".bingkai-grafik").all():
        chart.scroll_into_view_if_needed()
        page.wait_for_timeout(100)
    page.wait_for_selector(".grafik-hidup .main-svg .trace", state="attached", timeout=20_000)
    page.wait_for_function(
        '() => [...document.querySelectorAll(".grafik-hidup")].every(one => one.querySelector(".main-svg .trace"))',
        timeout=20_000,
    )


@pytest.mark.parametrize("path", ERRORS)
def test_error_pages_are_whole(watched, site, path):
    watched.goto(site + path)
    assert watched.get_by_role("heading", level=1).count() == 1
    watched.wait_for_load_state("networkidle")


def test_signing_in_drilling_and_signing_out(watched, site):
    sign_in(watched, site)
    ready(watched)
    for level in ("opd=", "program=", "kegiatan=", "sub=", "indikator="):
        watched.locator(f'#telusur ~ * a[href*="{level}"]:visible, .telusur a[href*="{level}"]:visible').first.click()
        watched.wait_for_url(re.compile(level))
    nothing_blocked(watched)
    watched.go_back()
    watched.wait_for_load_state("networkidle")
    nothing_blocked(watched)
    watched.get_by_role("button", name="Keluar").locator("visible=true").first.click()
    watched.wait_for_url(f"{site}/masuk?pesan=keluar")
    watched.wait_for_load_state("networkidle")
    nothing_blocked(watched)


def test_an_answer_refused_on_the_way_out_turns_nobody_round(page, site):
    """Signing out while a drill is still asked for ends at "Anda sudah keluar", not at "masuk lagi"."""
    sign_in(page, site)
    ready(page)
    held = []

    def out(route):
        for one in held:
            one.fulfill(status=401, content_type="application/json", body="{}")
        page.wait_for_timeout(500)
        route.continue_()

    page.route("**/_dash-update-component", lambda route: held.append(route))
    page.route("**/keluar", out)
    page.locator('.telusur a[href*="opd="]:visible').first.click()
    page.wait_for_url(re.compile("opd="))
    page.get_by_role("button", name="Keluar").locator("visible=true").first.click()
    page.wait_for_url(f"{site}/masuk?pesan=keluar")
    assert held
    expect(page.get_by_text("Anda sudah keluar.")).to_be_visible()


def test_setting_up_a_code_and_ones_own_account(watched, site):
    """Bappeda owes a second factor, so its first sign-in leads to the picture to scan."""
    sign_in(watched, site, "bappeda")
    watched.wait_for_url(re.compile("/masuk/pasang"))
    watched.wait_for_load_state("networkidle")
    nothing_blocked(watched)
    watched.context.clear_cookies()
    sign_in(watched, site)
    ready(watched)
    watched.goto(f"{site}/akun")
    assert watched.get_by_role("heading", level=1).count() == 1


def test_the_sign_in_form_shows_and_hides_the_password(watched, site):
    watched.goto(f"{site}/masuk")
    watched.get_by_role("button", name="Tampilkan").click()
    assert watched.get_by_label("Kata sandi").get_attribute("type") == "text"


def test_a_script_that_got_in_does_not_run(page, site):
    page.add_init_script(LISTEN)
    page.goto(f"{site}/metodologi")
    ready(page)
    page.evaluate(
        """() => {
          var box = document.createElement("div");
          box.innerHTML = '<img src="/tidak-ada.png" onerror="window.jalan = 1">';
          document.body.appendChild(box);
          var script = document.createElement("script");
          script.textContent = "window.jalan = 2";
          document.body.appendChild(script);
          var far = document.createElement("script");
          far.src = "https://jahat.example/x.js";
          document.body.appendChild(far);
          var link = document.createElement("a");
          link.href = "javascript:window.jalan = 3";
          document.body.appendChild(link);
          link.click();
          setTimeout("window.jalan = 4", 0);
        }"""
    )
    page.wait_for_timeout(500)
    assert page.evaluate("window.jalan") is None
    blocked = " ".join(page.evaluate("window.pelanggaran"))
    assert "script-src-attr inline" in blocked
    assert "script-src-elem inline" in blocked
    assert "jahat.example" in blocked
    assert "script-src eval" in blocked
