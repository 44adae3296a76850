"""Bappeda at work in a real Chromium, on a phone and on a desk, with JavaScript and without: a report comes back, is
sent again, accepted and published, and the public page shows its figure."""

from datetime import timedelta
from itertools import count

import pytest
from playwright.sync_api import expect

from data.accounts import find_account, person
from data.engine import engine_for, writing
from data.jejak import Pelaku
from data.sesi import Asal, Tahap, start_session
from data.store import Berkas, store
from data.umur import Umur
from data.words import JenisBerkas
from tests.journeys.conftest import serving
from tests.routes.siklus_uji import TW, YEAR, P, build, finding, plan, send

pytestmark = pytest.mark.browser
SIZES = {"telepon": (360, 640), "meja": (1440, 900)}
REFUSED = "status of 400"
"""What the browser itself says of a form that was sent wrong on purpose."""
QUEUE = f"/verifikasi?tahun={YEAR}&tw={TW}"
_numbers = count(1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("verifikasi")


@pytest.fixture(scope="module")
def desk(folder, sqlite_pattern):
    """A running site on a small city of its own: its address and its database."""
    path = folder / "kota.db"
    path.write_bytes(sqlite_pattern.read_bytes())
    build(path)
    with serving(path, EMONEV_BERKAS=str(folder / "berkas")) as address:
        yield address, engine_for(f"sqlite:///{path}")


@pytest.fixture
def opd(desk):
    """An OPD of this test alone: its code and its name."""
    number = next(_numbers)
    kode, nama = f"5.0{number}.0.00.0.00.01.0000", f"Dinas Uji {number}"
    store(desk[1], P, Berkas("r.csv", f"{number:064d}", JenisBerkas.RENJA, "uji", kode), plan(kode, nama))
    return kode, nama


@pytest.fixture(params=[(size, js) for size in SIZES for js in (True, False)], ids=lambda one: f"{one[0]}-js-{one[1]}")
def boss(request, browser, desk):
    """Bappeda, signed in, in a browser of this size; the page complains about nothing and never scrolls sideways."""
    size, js = request.param
    width, height = SIZES[size]
    context = browser.new_context(java_script_enabled=js, viewport={"width": width, "height": height})
    umur = Umur(timedelta(hours=1), timedelta(hours=8))
    with writing(desk[1]) as conn:
        orang = person(find_account(conn, P, "bappeda"))
        secret = start_session(conn, P, orang, Tahap.PENUH, umur, Asal("127.0.0.1", "uji"))
    context.add_cookies([{"name": "emonev_sesi", "value": secret, "url": desk[0]}])
    page, said = context.new_page(), []
    page.on(
        "console",
        lambda message: said.append(message.text) if message.type == "error" and REFUSED not in message.text else None,
    )
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    assert said == []
    context.close()


def fits(page):
    """No sideways scrolling."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def give_back(page, nama):
    """Open the version from the queue and return it; what was typed wrong first is kept."""
    page.get_by_role("link", name=nama, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(nama)
    expect(page.get_by_text("Baris 17, kolom F")).to_be_visible()
    fits(page)
    page.get_by_text("Kembalikan untuk diperbaiki").click()
    page.get_by_label("Alasan pengembalian").fill("Panjang jalan tidak sesuai berita acara.")
    page.get_by_label("Catatan per baris").fill("lima: periksa")
    page.get_by_role("button", name="Kembalikan ke OPD").click()
    expect(page.get_by_role("alert")).to_contain_text("'lima: periksa' tidak dapat dibaca")
    expect(page.get_by_label("Alasan pengembalian")).to_have_value("Panjang jalan tidak sesuai berita acara.")
    page.get_by_label("Catatan per baris").fill("5: periksa berita acara")
    page.get_by_role("button", name="Kembalikan ke OPD").click()
    expect(page.get_by_role("status")).to_contain_text("Laporan dikembalikan.")


def accept_and_publish(page, nama):
    page.get_by_role("link", name=nama, exact=True).click()
    expect(page.get_by_text("versi ke-2")).to_be_visible()
    page.get_by_role("button", name="Terima laporan").click()
    expect(page.get_by_role("status")).to_contain_text("Laporan diterima.")
    page.locator("summary", has_text=f"Terbitkan TW\u00a0III\u00a0{YEAR}").click()
    page.get_by_role("button", name="Ya, terbitkan 1 laporan").click()
    expect(page.get_by_role("status")).to_contain_text("Periode diterbitkan.")


def test_returned_sent_again_accepted_published_and_seen(boss, browser, desk, opd, folder):
    address, engine = desk
    kode, nama = opd
    who = Pelaku("operator-uji", "opd", kode)
    send(engine, folder / "berkas", "5", opd=kode, who=who, masalah=[finding()])
    boss.goto(f"{address}{QUEUE}")
    fits(boss)
    give_back(boss, nama)
    send(engine, folder / "berkas", "8", opd=kode, who=who)
    boss.goto(f"{address}{QUEUE}&keadaan=menunggu")
    accept_and_publish(boss, nama)
    fits(boss)
    public = browser.new_page()
    public.goto(f"{address}/opd/{kode}?tahun={YEAR}&tw={TW}")
    expect(public.get_by_role("heading", level=1)).to_contain_text(nama)
    expect(public.get_by_text("80,0\u00a0%").first).to_be_visible()
    public.close()


def test_a_deadline_is_moved_and_an_extension_given(boss, desk, opd):
    address, _ = desk
    boss.goto(f"{address}/kelola/kalender?tahun={YEAR}")
    fits(boss)
    fourth = boss.locator(".jam").nth(3)
    fourth.get_by_label("Dikunci, jam WIB").fill("siang")
    fourth.get_by_role("button", name="Simpan").click()
    expect(boss.get_by_role("alert")).to_contain_text("jam 'siang' tidak dapat dibaca")
    fourth.get_by_label("Dikunci, jam WIB").fill("15.00")
    fourth.get_by_role("button", name="Simpan").click()
    expect(boss.get_by_role("status")).to_contain_text("Jadwal disimpan.")
    expect(fourth).to_contain_text("15.00\u00a0WIB")
    late = boss.locator("form", has=boss.get_by_role("button", name="Beri perpanjangan"))
    late.get_by_label("OPD").select_option(label=opd[1])
    late.get_by_label("Triwulan").select_option("3")
    late.get_by_label("Sampai tanggal").fill("2031-01-02")
    late.get_by_label("Alasan").fill("Listrik kantor padam")
    late.get_by_role("button").click()
    expect(boss.get_by_role("status")).to_contain_text("Perpanjangan disimpan.")
    boss.get_by_role("button", name=f"Cabut perpanjangan {opd[1]}").click()
    expect(boss.get_by_role("status")).to_contain_text("Perpanjangan dicabut.")
