"""Signing in as people do it, in a real Chromium: from the picture for the phone to the closed page."""

import itertools
import re
import time

import pyotp
import pytest
from playwright.sync_api import expect

from data.accounts import create_account, invite_account
from data.engine import engine_for, writing
from data.faktor import RECOVERY_CODES, STEP
from data.tautan import Guna, make_link
from data.words import Peran
from tests.conftest import PASSWORD

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 640}
PEMDA = "16.71"
NEW = "jeruk-payung-tembaga-lari"
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def site_engine(site, tmp_path_factory):
    """The database of the running site."""
    return engine_for(f"sqlite:///{next(tmp_path_factory.getbasetemp().glob('situs*/kota.db'))}")


@pytest.fixture
def analis(site_engine):
    """An account like Bappeda's, of this test alone."""
    nama = f"uji.analis.{next(_numbers)}"
    with writing(site_engine) as conn:
        create_account(conn, PEMDA, nama, "Analis Uji", PASSWORD, Peran.BAPPEDA)
    return nama


@pytest.fixture(params=[True, False], ids=["js", "tanpa-js"])
def phone(request, browser):
    """A phone, with JavaScript and without."""
    context = browser.new_context(java_script_enabled=request.param, viewport=PHONE)
    yield context.new_page()
    context.close()


def give_password(page, site, nama, sandi=PASSWORD):
    page.goto(f"{site}/pimpinan?tahun=2026&tw=3")
    page.get_by_label("Nama pengguna").fill(nama)
    page.get_by_label("Kata sandi").fill(sandi)
    page.get_by_role("button", name="Masuk", exact=True).click()


def set_up(page):
    """Set the code up from the key under the picture; the secret, and the recovery codes."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Pasang kode masuk")
    expect(page.get_by_role("img", name=re.compile("QR"))).to_be_visible()
    secret = page.locator(".kunci code").inner_text().replace(" ", "")
    page.get_by_label("Kode dari aplikasi").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Pasang kode masuk").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Simpan kode pemulihan")
    return secret, page.locator(".kode-pemulihan code").all_inner_texts()


def next_code(secret):
    """The code of the coming half minute: the one of now has been used, and a clock may run a little fast."""
    return pyotp.TOTP(secret).at(int(time.time()) + STEP)


def bottom(page, name):
    box = page.get_by_role("button", name=name, exact=True).bounding_box()
    return box["y"] + box["height"]


def test_an_analyst_sets_up_a_code_leaves_and_comes_back_with_it(phone, site, analis):
    give_password(phone, site, analis)
    secret, codes = set_up(phone)
    assert len(set(codes)) == RECOVERY_CODES
    phone.get_by_role("link", name="Saya sudah menyimpannya").click()
    phone.wait_for_url(f"{site}/pimpinan?tahun=2026&tw=3")
    phone.goto(f"{site}/masuk/pasang?next=pimpinan")
    phone.get_by_role("button", name="Keluar").locator("visible=true").first.click()
    phone.wait_for_url(f"{site}/masuk?pesan=keluar")
    give_password(phone, site, analis)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Kode masuk")
    assert bottom(phone, "Lanjutkan") <= PHONE["height"]
    phone.get_by_label("Kode masuk").fill("000000")
    phone.get_by_role("button", name="Lanjutkan").click()
    expect(phone.get_by_role("alert")).to_contain_text("Kode salah")
    phone.get_by_label("Kode masuk").fill(next_code(secret))
    phone.get_by_role("button", name="Lanjutkan").click()
    phone.wait_for_url(f"{site}/pimpinan?tahun=2026&tw=3")
    expect(phone.get_by_text("Siapa sudah lapor?").first).to_be_visible()


def test_a_lost_phone_is_replaced_by_a_recovery_code(phone, site, analis):
    give_password(phone, site, analis)
    _, codes = set_up(phone)
    phone.context.clear_cookies()
    give_password(phone, site, analis)
    phone.get_by_text("Ponsel tidak ada?").click()
    phone.get_by_label("Kode pemulihan").fill(codes[0].lower())
    phone.get_by_role("button", name="Masuk dengan kode pemulihan").click()
    phone.wait_for_url(f"{site}/akun?kabar=pemulihan")
    expect(phone.get_by_text("Kode pemulihan tersisa: 9")).to_be_visible()
    phone.get_by_text("Pindah ke ponsel baru").first.click()
    phone.get_by_label("Kata sandi Anda").locator("visible=true").fill(PASSWORD)
    phone.get_by_role("button", name="Pindah ke ponsel baru").click()
    _, fresh = set_up(phone)
    assert set(fresh).isdisjoint(codes)


def test_an_invitation_sets_the_first_password(phone, site, site_engine):
    nama = f"uji.baru.{next(_numbers)}"
    with writing(site_engine) as conn:
        invite_account(conn, PEMDA, nama, "Asisten Uji", Peran.PIMPINAN)
        token = make_link(conn, PEMDA, nama, Guna.UNDANGAN, "admin")
    phone.goto(f"{site}/undangan/{token}")
    expect(phone.get_by_label("Nama pengguna")).to_have_value(nama)
    assert bottom(phone, "Simpan kata sandi") <= PHONE["height"]
    for sandi, said in (("palembang2026", "mudah ditebak"), (NEW, "Kata sandi tersimpan")):
        phone.get_by_label("Kata sandi baru").fill(sandi)
        phone.get_by_role("button", name="Simpan kata sandi").click()
        expect(phone.get_by_text(re.compile(said)).first).to_be_visible()
    give_password(phone, site, nama, NEW)
    phone.wait_for_url(f"{site}/pimpinan?tahun=2026&tw=3")


def test_signing_in_fits_on_one_screen_of_a_small_phone(phone, site):
    phone.goto(f"{site}/pimpinan")
    assert bottom(phone, "Masuk") <= PHONE["height"]
    phone.get_by_label("Nama pengguna").fill("tidak.ada")
    phone.get_by_label("Kata sandi").fill("salah")
    phone.get_by_role("button", name="Masuk", exact=True).click()
    expect(phone.get_by_role("alert")).to_contain_text("tidak cocok")
    assert bottom(phone, "Masuk") <= PHONE["height"]


def test_a_password_can_be_looked_at(quiet, site):
    quiet.goto(f"{site}/masuk")
    field = quiet.get_by_label("Kata sandi")
    field.fill("rahasia")
    quiet.get_by_role("button", name="Tampilkan").click()
    expect(field).to_have_attribute("type", "text")
    quiet.get_by_role("button", name="Sembunyikan").click()
    expect(field).to_have_attribute("type", "password")


def test_the_steps_say_nothing_in_the_console(quiet, site, analis):
    give_password(quiet, site, analis)
    set_up(quiet)


def test_without_javascript_no_button_is_shown_that_needs_it(browser, site):
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{site}/masuk")
    expect(page.get_by_text("Tampilkan")).to_be_hidden()
    context.close()
