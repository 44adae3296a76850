"""Charts for other sites: complete without scripts or cookies, the figures of the pages, and only where allowed."""

import json
import re
import struct
from html import unescape

import pytest

from data.errors import SettingsError
from data.settings import read_settings
from routes.embed_facts import MAKERS

PUPR = "1.03.0.00.0.00.01.0000"
QUERIES = {"opd": f"?opd={PUPR}", "program": f"?opd={PUPR}&program=1.03.02"}
SECRET = "s4lah-benar-panjang-sekali-untuk-uji-99"


@pytest.fixture(scope="module")
def citizen(server):
    return server.test_client()


def words(text):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


@pytest.mark.parametrize("bagan", list(MAKERS))
@pytest.mark.parametrize("tema", ["terang", "gelap"])
def test_every_chart_in_every_form(citizen, bagan, tema):
    query = QUERIES.get(bagan, "?") + f"&tema={tema}"
    page, picture, drawing = (citizen.get(f"/sematan/{bagan}{end}{query}") for end in ("", ".png", ".svg"))
    assert [answer.status_code for answer in (page, picture, drawing)] == [200, 200, 200]
    assert [answer.mimetype for answer in (page, picture, drawing)] == ["text/html", "image/png", "image/svg+xml"]
    wide, high = struct.unpack(">II", picture.data[16:24])
    assert wide == 1200
    assert high >= 630
    assert len(page.data) < 40_000
    heading = words(re.search(r"<h1>(.*?)</h1>", page.text)[1])
    assert heading.split()[0] in words(drawing.text)
    for said in ("Kota Palembang", "TW III 2026", "Data contoh", "Data per", "Lihat rincian", "Lihat tabel"):
        assert said in words(page.text)


def test_without_cookie_and_without_other_files(citizen):
    answer = citizen.get("/sematan/kota")
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert not re.search(r'(?:src|href)="(?!http://127\.0\.0\.1:8050/)', answer.text)
    assert '<link rel="stylesheet"' not in answer.text


def test_who_may_hold_it(citizen):
    held = citizen.get("/sematan/kota").headers
    assert "frame-ancestors 'self' https://*.go.id" in held["Content-Security-Policy"]
    assert "X-Frame-Options" not in held
    for other in ("/", "/sematan", "/masuk", "/oembed"):
        answer = citizen.get(other)
        refused = answer.headers
        assert "frame-ancestors 'none'" in refused["Content-Security-Policy"], other
        assert refused["X-Frame-Options"] == "DENY"


def test_kept_by_caches_and_not_sent_twice(citizen):
    first = citizen.get("/sematan/kurva-s")
    assert first.headers["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600"
    again = citizen.get("/sematan/kurva-s", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_pinned_and_live(citizen):
    assert "TW I 2025" in words(citizen.get("/sematan/kota?tahun=2025&tw=1").text)
    assert "TW III 2026" in words(citizen.get("/sematan/kota").text)


def test_the_figures_are_those_of_the_pages(citizen):
    page = words(citizen.get("/").text)
    heading = words(re.search(r"<h1>(.*?)</h1>", citizen.get("/sematan/kota").text)[1])
    assert heading in page
    found = json.loads(citizen.get(f"/api/v1/opd/{PUPR}").text)["data"]["capaian"]
    shown = re.search(r"([0-9]+),([0-9]) %", words(citizen.get(f"/sematan/opd?opd={PUPR}").text))
    assert float(f"{shown[1]}.{shown[2]}") == pytest.approx(found, abs=0.05)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("/sematan/tidak-ada", 404),
        ("/sematan/kota.gif", 404),
        ("/sematan/opd", 404),
        ("/sematan/opd?opd=x", 404),
        (f"/sematan/program?opd={PUPR}", 404),
        ("/sematan/kota?tema=hijau", 400),
        ("/sematan/kota?tahun=1900", 400),
        ("/sematan/kota?tw=x", 400),
        ("/sematan/kota.png?tw=x", 400),
        ("/sematan/opd?opd=%00%ff", 400),
    ],
)
def test_what_is_none(citizen, address, code):
    answer = citizen.get(address)
    assert answer.status_code == code
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Traceback" not in answer.text


def test_made_up_parameters_do_not_fill_the_memory(citizen, server):
    before = dict(server.config["PENJAWAB"]._texts._kept)
    for number in range(5):
        assert citizen.get(f"/sematan/kota?tahun=2025&tw=2&opd=karangan{number}&x={number}").status_code == 200
    assert len(set(server.config["PENJAWAB"]._texts._kept) - set(before)) <= 1


def test_oembed(citizen):
    site = "http://127.0.0.1:8050"
    page = citizen.get(f"/sematan/opd?opd={PUPR}").text
    link = unescape(re.search(r'application/json\+oembed" href="([^"]+)"', page)[1])
    found = json.loads(citizen.get(link.removeprefix(site) + "&maxwidth=400").text)
    assert (found["version"], found["type"], found["width"]) == ("1.0", "rich", 400)
    assert f'src="{site}/sematan/opd?opd={PUPR}"' in unescape(found["html"])
    for url in ("https://lain.example/sematan/kota", f"{site}/pimpinan", f"{site}.jahat.example/sematan/kota", ""):
        assert citizen.get("/oembed", query_string={"url": url}).status_code == 404
    for url in ("http://[::1", "http://a%E2%84%80b/", f"{site}/sematan/[", "x" * 5000):
        assert citizen.get("/oembed", query_string={"url": url}).status_code == 404, url
    for most in ("9" * 5000, "-1", "0", "abc", "١٢", ""):
        answer = citizen.get("/oembed", query_string={"url": f"{site}/sematan/kota", "maxwidth": most})
        assert (answer.status_code, answer.get_json()["width"]) == (200, 640), most
    assert citizen.get("/oembed?format=xml").status_code == 501
    hostile = citizen.get("/oembed", query_string={"url": f'{site}/sematan/kota?tema="><script>'})
    assert hostile.status_code == 400


@pytest.mark.parametrize("query", ["", "?bagan=baris-opd&tema=gelap", "?bagan=program", "?bagan=kurva-s&pin=ya"])
def test_the_page_that_offers_them(citizen, query):
    answer = citizen.get(f"/sematan{query}")
    assert answer.status_code == 200
    inside = unescape(re.search(r'<iframe[^>]* src="([^"]+)"', answer.text)[1])
    assert citizen.get(inside).status_code == 200
    picture = unescape(unescape(re.search(r"img src=&(?:amp;)?quot;([^&]+(?:&amp;amp;[^&]+)*)", answer.text)[1]))
    assert citizen.get(picture.removeprefix("http://127.0.0.1:8050")).mimetype == "image/png"


def test_nonsense_on_the_page_gets_a_sentence(citizen):
    for query in ("?bagan=pai", "?tema=hijau"):
        answer = citizen.get(f"/sematan{query}")
        assert answer.status_code == 400
        assert "tidak ada" in words(answer.text)


@pytest.mark.parametrize(
    ("text", "sites"),
    [
        ("https://koran.example", ("https://koran.example",)),
        ("https://*.go.id, http://127.0.0.1:*", ("https://*.go.id", "http://127.0.0.1:*")),
        ("semua", ("*",)),
        ("", ()),
    ],
)
def test_the_list_of_sites(text, sites):
    assert read_settings({"EMONEV_SECRET_KEY": SECRET, "EMONEV_SEMATAN": text}).sematan == sites


@pytest.mark.parametrize("text", ["koran.example", "*", "https://a; script-src *", "javascript:alert(1)", "'none'"])
def test_what_is_no_site_stops_the_start(text):
    with pytest.raises(SettingsError, match="EMONEV_SEMATAN"):
        read_settings({"EMONEV_SECRET_KEY": SECRET, "EMONEV_SEMATAN": text})
