"""An instruction from the red figure to its closing, in a real Chromium on a phone and on a desk, with JavaScript and
without: given by the Sekda, answered by the OPD, read beside the figure, accepted."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from data.accounts import find_account, person
from data.engine import engine_for, writing
from data.jejak import Pelaku
from data.putusan import accept
from data.sesi import Asal, Tahap, start_session
from data.umur import Umur
from tests.journeys.conftest import serving
from tests.routes.siklus_uji import SUB, TW, YEAR, A, P, build, send

pytestmark = pytest.mark.browser
SIZES = {"telepon": (360, 640), "meja": (1440, 900)}
REFUSED = "status of 400"
"""What the browser itself says of a form that was sent wrong on purpose."""
FIGURE = f"/pimpinan?tahun={YEAR}&tw={TW}&opd={A}&indikator={SUB}%231#telusur"


@pytest.fixture(scope="module")
def desk(tmp_path_factory, sqlite_pattern):
    """A running site on a small city of its own, with one accepted report: its address and its database."""
    folder = tmp_path_factory.mktemp("arahan")
    path = folder / "kota.db"
    path.write_bytes(sqlite_pattern.read_bytes())
    build(path)
    engine = engine_for(f"sqlite:///{path}")
    accept(engine, P, Pelaku("bappeda", "bappeda"), send(engine, folder / "berkas").nomor)
    with serving(path, EMONEV_BERKAS=str(folder / "berkas")) as address:
        yield address, engine


@pytest.fixture(params=[(size, js) for size in SIZES for js in (True, False)], ids=lambda one: f"{one[0]}-js-{one[1]}")
def people(request, browser, desk):
    """The Sekda and the operator, each signed in with a browser of this size that complains about nothing."""
    size, js = request.param
    width, height = SIZES[size]
    umur, said, pages = Umur(timedelta(hours=1), timedelta(hours=8)), [], []
    for name in ("sekda", "operator-a"):
        context = browser.new_context(java_script_enabled=js, viewport={"width": width, "height": height})
        with writing(desk[1]) as conn:
            orang = person(find_account(conn, P, name))
            secret = start_session(conn, P, orang, Tahap.PENUH, umur, Asal("127.0.0.1", "uji"))
        context.add_cookies([{"name": "emonev_sesi", "value": secret, "url": desk[0]}])
        page = context.new_page()
        page.on(
            "console",
            lambda message: (
                said.append(message.text) if message.type == "error" and REFUSED not in message.text else None
            ),
        )
        page.on("pageerror", lambda error: said.append(str(error)))
        pages.append(page)
    yield *pages, f"{size}, JavaScript {js}"
    assert said == []
    for page in pages:
        page.context.close()


def fits(page):
    """No sideways scrolling, nothing to tap that is too small."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    sizes = page.locator("main form button:visible, main .tombol:visible").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert min(sizes, default=44) >= 44


def block(page):
    return page.locator(".arahan-blok:visible")


def give(sekda, site, words):
    """From the figure to the form, and the instruction is given."""
    sekda.goto(f"{site}{FIGURE}")
    expect(block(sekda)).to_contain_text("Arahan dan jawaban OPD")
    block(sekda).get_by_role("link", name="Beri arahan").click()
    expect(sekda.get_by_role("heading", level=1)).to_have_text("Beri arahan: Panjang jalan")
    fits(sekda)
    sekda.get_by_label("Arahan", exact=True).fill(words)
    sekda.get_by_role("button", name="Beri arahan").click()
    expect(sekda.get_by_role("status")).to_contain_text("Arahan diberikan.")
    fits(sekda)


def reply(operator, site, asked, words):
    """From the first page of the operator to the instruction; without words it is not taken."""
    operator.goto(f"{site}/unggah")
    operator.get_by_role("link", name="arahan menunggu jawaban").click()
    fits(operator)
    operator.get_by_role("link", name=asked).click()
    operator.get_by_role("button", name="Nyatakan selesai").click()
    expect(operator.get_by_role("alert")).to_contain_text("Jawaban belum diisi.")
    operator.get_by_label("Jawaban OPD").fill(words)
    operator.get_by_role("button", name="Nyatakan selesai").click()
    expect(operator.get_by_role("status")).to_contain_text("Dinyatakan selesai.")
    fits(operator)


def close(sekda, site, asked, words):
    """The reply stands beside the figure; it is accepted."""
    sekda.goto(f"{site}{FIGURE}")
    mine = block(sekda).locator("li", has_text=asked)
    expect(mine).to_contain_text(words)
    expect(mine).to_contain_text("Selesai, menunggu diterima")
    mine.get_by_role("link", name="Buka arahan ini").click()
    sekda.get_by_role("button", name="Terima, arahan ditutup").click()
    expect(sekda.get_by_role("status")).to_contain_text("Arahan diterima dan ditutup.")
    fits(sekda)


def test_from_the_red_figure_to_its_closing(people, desk):
    sekda, operator, case = people
    site, asked = desk[0], f"Sebutkan ruas jalan yang tertinggal ({case})."
    answered = f"Ruas 3 dan 4, selesai 1 Desember ({case})."
    give(sekda, site, asked)
    reply(operator, site, asked, answered)
    close(sekda, site, asked, answered)
    sekda.goto(f"{site}/arahan")
    expect(sekda.get_by_role("heading", level=1)).to_have_text("Tidak ada arahan yang terbuka")
    operator.goto(f"{site}/unggah")
    expect(operator.get_by_text("menunggu jawaban")).to_have_count(0)
