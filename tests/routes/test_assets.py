"""Files of the browser: addresses that name the content, made small once, kept for a year; and the head of a page."""

import gzip
import hashlib
import json
import re
from pathlib import Path

import brotli
import plotly
import pytest

from routes import assets
from routes.gudang import Gudang
from tests.conftest import sign_in

PUPR = "1.03.0.00.0.00.01.0000"
PUBLIC = ("/", "/metodologi", f"/opd/{PUPR}", "/tidak-ada")
YEAR = "public, max-age=31536000, immutable"
ADDRESS = re.compile(r"/aset/[A-Za-z0-9_./-]+\.[0-9a-f]{10}\.[a-z0-9]+")
CLOSED = ("/pimpinan", "/kepatuhan", "/akun", "/masuk")


@pytest.fixture(scope="module")
def store(server):
    found = server.config["ASET"]
    found.squeeze()
    return found


def unpacked(answer):
    coding = answer.headers.get("Content-Encoding", "")
    return {"br": brotli.decompress, "gzip": gzip.decompress}.get(coding, bytes)(answer.data)


@pytest.mark.parametrize("accepted", ["gzip, deflate, br", "gzip", ""])
def test_every_file_is_what_its_address_says(server, store, accepted):
    client = server.test_client()
    for name in store.names():
        answer = client.get(store.address(name), headers={"Accept-Encoding": accepted})
        assert answer.status_code == 200, name
        assert answer.headers["Cache-Control"] == YEAR, name
        plain = unpacked(answer)
        assert hashlib.sha256(plain).hexdigest()[:10] in store.address(name)
        small = store.get(name).compressible and accepted
        assert bool(answer.headers.get("Content-Encoding")) == bool(small), name
        assert "Accept-Encoding" in answer.headers.get("Vary", "") or not store.get(name).compressible
        assert "Set-Cookie" not in answer.headers


def test_the_best_form_is_sent_and_is_smaller(server, store):
    answer = server.test_client().get(store.address("dash.js"), headers={"Accept-Encoding": "gzip, deflate, br"})
    assert len(answer.data) < len(brotli.compress(store.get("dash.js").isi, quality=9))
    assert len(answer.data) < 200_000


def test_an_old_address_answers_with_what_is_there_now_and_is_not_kept(server, store):
    client = server.test_client()
    answer = client.get("/aset/publik.0123456789.js")
    assert answer.status_code == 200
    assert answer.data == store.get("publik.js").isi
    assert answer.headers["Cache-Control"] == "no-cache"
    for path in ("/aset/publik.js", "/aset/tidak-ada.0123456789.js", "/aset/..%2fapp.0123456789.py"):
        assert client.get(path).status_code == 404


def test_until_the_best_form_is_made_a_quick_one_is_sent_and_not_remembered(tmp_path):
    store = Gudang(tmp_path / "kosong")
    store.add("a.js", b"satu dua tiga " * 100)
    quick, best = store.form(store.get("a.js"), "br")
    assert (brotli.decompress(quick), best) == (store.get("a.js").isi, False)
    store.squeeze()
    assert store.form(store.get("a.js"), "br")[1] is True
    assert sorted(path.suffix for path in (tmp_path / "kosong").iterdir()) == [".br", ".gz"]


@pytest.mark.parametrize("path", [*PUBLIC, *CLOSED])
def test_what_a_page_names_is_there(server, store, path):
    client = sign_in(server, "sekda")
    text = client.get(path, follow_redirects=True).text
    named = set(ADDRESS.findall(text))
    assert named
    assert set(re.findall(r'(?:href|src)="(/assets/[^"]+)', text)) <= {"/assets/favicon.svg"}
    for address in named:
        assert client.get(address).headers["Cache-Control"] == YEAR, address


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_carries_its_own_style_and_nothing_of_the_closed_ones(server, store, path):
    text = server.test_client().get(path).text
    assert '<link rel="stylesheet"' not in text
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1]
    assert ".tanya-butir" not in style
    assert ".isian" not in style
    assert style.encode() == store.get("publik.css").isi
    assert len(re.findall(r'<link rel="preload"[^>]+as="font"', text)) == 2
    assert re.findall(r"<script[^>]*\bsrc=[^>]*>", text) == [f'<script src="{store.address("publik.js")}" defer>']
    assert "end_id" not in text
    assert "http://" not in style
    assert "//" not in re.sub(r"http://www.w3.org", "", style)


def test_a_style_refers_to_files_by_content(store):
    for name in assets.public_sheets():
        for address in re.findall(r"url\(\"([^\"]+)\"\)", store.get(name).isi.decode()):
            assert ADDRESS.fullmatch(address) or address.startswith("data:"), address


def test_closed_pages_get_dash_small_and_kept(server):
    client = sign_in(server, "sekda")
    text = client.get("/pimpinan").text
    sources = re.findall(r'src="(/_dash-component-suites/[^"]+)"', text)
    assert sources
    for source in sources:
        answer = client.get(source, headers={"Accept-Encoding": "br"})
        assert answer.headers["Cache-Control"] == YEAR
        assert answer.headers["Content-Encoding"] == "br" or len(answer.data) < 600


def test_the_partial_plotly_is_of_the_same_version():
    whole = (Path(plotly.__file__).parent / "package_data" / "plotly.min.js").read_text()[:200]
    part = (assets.FOLDER / assets.PLOTLY).read_text()[:200]
    version = r"plotly\.js (?:\([a-z -]+\) )?v([\d.]+)"
    assert re.search(version, whole)[1] == re.search(version, part)[1]


def test_fonts_are_small_and_ours(store):
    sizes = [len(store.get(name).isi) for name in assets.FONTS]
    assert sum(sizes) < 50_000
    sheet = store.get("10-huruf.css").isi.decode()
    assert all(store.address(name) in sheet for name in assets.FONTS)
    assert sheet.count("font-display: swap") == 2


# --- the head of a page ---


def metas(text):
    found = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', text)
    return dict(found)


@pytest.mark.parametrize("path", ["/", "/metodologi", f"/opd/{PUPR}"])
def test_a_shared_link_says_what_it_leads_to(server, path):
    site = server.config["ALAMAT_PUBLIK"]
    text = server.test_client().get(path).text
    told = metas(text)
    assert told["og:type"] == "website"
    assert told["og:title"]
    assert told["description"] == told["og:description"]
    opd = path.removeprefix("/opd/")
    assert told["og:image"] == (f"{site}/sematan/opd.png?opd={opd}" if opd != path else f"{site}/sematan/kota.png")
    assert told["og:url"] == site + path
    assert f'<link rel="canonical" href="{site}{path}">' in text
    assert f"<title>{told['og:title']}</title>" in text


def test_every_opd_has_a_title_of_its_own(server):
    client = server.test_client()
    addresses = re.findall(r"<loc>[^<]*(/opd/[^<]+)</loc>", client.get("/sitemap.xml").text)
    assert len(addresses) == 50
    titles = {re.search(r"<title>(.*?)</title>", client.get(address).text)[1] for address in addresses[:12]}
    assert len(titles) == 12


def test_one_content_has_one_address(server):
    client = server.test_client()
    site = server.config["ALAMAT_PUBLIK"]
    for query in ("?tw=2&tahun=2026", "?tahun=2026&tw=2&fbclid=x", "?tahun=2026&tw=2&x=1"):
        assert f'<link rel="canonical" href="{site}/?tahun=2026&amp;tw=2">' in client.get(f"/{query}").text


@pytest.mark.parametrize("path", ["/tidak-ada", "/?tahun=nonsens", "/pimpinan"])
def test_what_is_no_content_is_not_for_search_engines(server, path):
    text = sign_in(server, "sekda").get(path).text
    assert metas(text).get("robots") == "noindex"
    assert "canonical" not in text


def test_robots_find_the_map_and_stay_away_from_doors(server):
    client = server.test_client()
    rules = client.get("/robots.txt").text
    assert f"Sitemap: {server.config['ALAMAT_PUBLIK']}/sitemap.xml" in rules
    assert "Disallow: /pimpinan" in rules
    assert "Disallow: /\n" not in rules
    places = re.findall(r"<loc>([^<]+)</loc>", client.get("/sitemap.xml").text)
    assert len(places) == len(set(places)) == 54
    assert all(place.startswith(server.config["ALAMAT_PUBLIK"]) for place in places)


def test_what_the_page_is_told_cannot_end_its_script(server):
    text = server.test_client().get("/").text
    told = re.search(r'<script id="emonev-awal" type="application/json">(.*?)</script>', text, re.DOTALL)[1]
    assert "<" not in told
    assert set(json.loads(told)) == {"plotly", "grafik", "dash", "ruang"}
