"""The operator's evening: errors, the marked file, the corrected one, the receipt. On a phone, with and without
JavaScript."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import delete, select

from data import tables
from data.accounts import create_account
from data.engine import engine_for, reading, writing
from data.jejak import Pelaku
from data.queries.formulir import form_rows
from data.siklus import extend
from data.words import Peran
from reports.templat import template_csv
from tests.conftest import PASSWORD

pytestmark = pytest.mark.browser
PEMDA, TAHUN, TW = "16.71", 2026, 3
OPD = "1.06.0.00.0.00.01.0000"
NAME = "uji.unggah"
PHONE = {"width": 360, "height": 640}
HOME = f"/unggah?tahun={TAHUN}&tw={TW}"


@pytest.fixture(scope="module")
def engine(site, tmp_path_factory):
    """The database of the running site, with the period open for one office."""
    found = engine_for(f"sqlite:///{next(tmp_path_factory.getbasetemp().glob('situs*/kota.db'))}")
    with writing(found) as conn:
        create_account(conn, PEMDA, NAME, "Operator Uji", PASSWORD, Peran.OPD, OPD)
    until = datetime.now(UTC) + timedelta(days=2)
    extend(found, PEMDA, Pelaku("bappeda", "bappeda"), TAHUN, TW, OPD, until, "uji")
    return found


@pytest.fixture(params=[True, False], ids=["js", "tanpa-js"])
def phone(request, browser, site, engine):
    """A phone of the operator, signed in; nothing was sent yet."""
    with writing(engine) as conn:
        conn.execute(delete(tables.kiriman).where(tables.kiriman.c.opd == OPD))
    context = browser.new_context(java_script_enabled=request.param, viewport=PHONE, accept_downloads=True)
    page = context.new_page()
    page.goto(f"{site}{HOME}")
    page.get_by_label("Nama pengguna").fill(NAME)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url(f"{site}{HOME}")
    yield page
    context.close()


@pytest.fixture
def rows(engine):
    with reading(engine) as conn:
        found = form_rows(conn, PEMDA, TAHUN, TW, OPD)
    for at in found.index:
        if found.at[at, "baris"] == "Kinerja":
            found.at[at, "realisasi"] = found.at[at, "target"]
        else:
            for month in ("bulan_1", "bulan_2", "bulan_3"):
                found.at[at, month] = int(found.at[at, "target"]) // 40
            found.at[at, "fisik"] = 60
    return found


def as_file(rows, path):
    path.write_bytes(template_csv(rows, "Kota", OPD, "Dinas", TAHUN, TW, "besok"))
    return path


def choose(page, path):
    page.get_by_label("Pilih berkas laporan").set_input_files(path)
    page.get_by_role("button", name="Periksa berkas").click()
    page.wait_for_url(re.compile(r"/unggah/draf/\d+$"))


def fits(page):
    """Nothing reaches beyond the screen; what does is named."""
    wide = "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
    found = page.evaluate(f"{wide}.map(e => e.tagName + '.' + e.className).slice(0, 5)")
    return not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth") or found


def test_from_errors_over_the_marked_file_to_the_receipt(phone, site, rows, engine, tmp_path):
    first = next(at for at in rows.index if rows.at[at, "baris"] == "Keuangan")
    right = rows.at[first, "bulan_1"]
    rows.at[first, "bulan_1"] = "1.5OO.000"
    choose(phone, as_file(rows, tmp_path / "laporan.csv"))
    expect(phone.get_by_role("heading", level=1)).to_contain_text("1 hal harus diperbaiki")
    assert fits(phone) is True
    with phone.expect_download() as marked:
        phone.get_by_role("link", name="Unduh berkas bertanda").click()
    path = tmp_path / "bertanda.xlsx"
    marked.value.save_as(path)

    phone.get_by_role("link", name="Unggah perbaikan").click()
    choose(phone, path)
    expect(phone.get_by_role("heading", level=1)).to_contain_text("1 hal harus diperbaiki")

    phone.get_by_role("link", name="Unggah perbaikan").click()
    rows.at[first, "bulan_1"] = right
    choose(phone, as_file(rows, tmp_path / "laporan.csv"))
    expect(phone.get_by_role("heading", name="Begini tampilannya")).to_be_visible()
    assert fits(phone) is True
    for box in phone.get_by_label("Alasan").all():
        box.fill("Sudah diperiksa bersama bendahara.")
    phone.get_by_role("button", name="Kirim laporan").click()
    phone.wait_for_url(re.compile(r"/unggah/tanda/EM-"))
    receipt = phone.url
    phone.reload()
    assert phone.url == receipt
    assert fits(phone) is True
    phone.goto(f"{site}{HOME}")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("menunggu verifikasi")
    assert states(engine) == ["terkirim"]


def states(engine):
    k = tables.kiriman.c
    with engine.connect() as conn:
        return conn.execute(select(k.keadaan).where(k.opd == OPD)).scalars().all()


def test_the_public_checks_the_receipt_that_the_page_links(phone, site, rows, tmp_path):
    choose(phone, as_file(rows, tmp_path / "laporan.csv"))
    for box in phone.get_by_label("Alasan").all():
        box.fill("Sudah diperiksa.")
    phone.get_by_role("button", name="Kirim laporan").click()
    phone.wait_for_url(re.compile(r"/unggah/tanda/EM-"))
    phone.get_by_role("link", name="Periksa keaslian").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Tanda terima asli.")
    assert fits(phone) is True
