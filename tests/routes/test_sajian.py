"""Finished answers: what may be kept, in which form, for how long, and how soon a new version shows."""

import gzip
import hashlib
import re
import time

import brotli
import pytest
from flask import Flask, Response, g, request

from callbacks.section import SECTIONS
from data.access import Audiens
from data.errors import DatabaseAwayError
from routes import headers
from routes.embed import OWN_PARAMETERS, PARAMETERS
from routes.sajian import KNOWN, Sajian, best_coding, meant, share

PUPR = "1.03.0.00.0.00.01.0000"
PAGES = ("/", "/metodologi", f"/opd/{PUPR}", "/?tahun=2026&tw=2", "/robots.txt", "/sitemap.xml")


class Versi:
    """As much of the answerer as the memory asks."""

    def __init__(self):
        self.now, self.asked, self.away = 1, 0, False

    def version(self):
        self.asked += 1
        if self.away:
            raise DatabaseAwayError("jauh")
        return self.now


@pytest.fixture
def site():
    """A small server behind the memory; every answer counts how often it was drawn."""
    from data.settings import read_settings
    from tests.house.test_headers import NoScripts

    server = Flask("kecil")
    settings = read_settings({"EMONEV_SECRET_KEY": "x" * 32, "EMONEV_ALAMAT": "http://emonev.example"})
    headers.register(server, NoScripts(), settings)
    drawn = {}

    @server.get("/<path:path>")
    def view(path):
        drawn[path] = drawn.get(path, 0) + 1
        if not path.startswith("diam"):
            share("abadi" if path.startswith("abadi") else "versi")
        if path.startswith("orang"):
            g.sesi = None
        response = Response(f"{path} {drawn[path]} " + "isi " * 500, int(request.args.get("kode", "200")))
        if path.startswith("kue"):
            response.set_cookie("a", "b")
        return response

    versi = Versi()
    server.wsgi_app = server.memory = Sajian(server.wsgi_app, versi, every=0.0)
    server.versi, server.drawn = versi, drawn
    return server


def test_a_shared_answer_is_drawn_once_per_version(site):
    client = site.test_client()
    first = [client.get("/kota").text for _ in range(3)]
    assert len(set(first)) == 1
    site.versi.now = 2
    assert client.get("/kota").text.startswith("kota 2 ")
    assert site.drawn == {"kota": 2}


def test_what_names_its_content_is_kept_whatever_the_data(site):
    client = site.test_client()
    client.get("/abadi/x")
    site.versi.now = 2
    client.get("/abadi/x")
    assert site.drawn == {"abadi/x": 1}


@pytest.mark.parametrize("path", ["/diam", "/orang", "/kue", "/kota?kode=404", "/kota?kode=500"])
def test_what_is_somebodys_own_or_wrong_is_never_kept(site, path):
    client = site.test_client()
    for _ in range(3):
        answer = client.get(path)
    assert max(site.drawn.values()) == 3
    if path != "/kue" and path != "/diam":
        assert "no-store" in answer.headers["Cache-Control"]


def test_only_reading_is_answered_from_memory(site):
    client = site.test_client()
    client.get("/kota")
    assert client.post("/kota").status_code == 405
    head = client.head("/kota")
    assert head.status_code == 200
    assert head.data == b""
    assert int(head.headers["Content-Length"]) > 1000
    assert site.drawn == {"kota": 1}


def test_while_the_database_is_away_the_application_speaks(site):
    client = site.test_client()
    client.get("/kota")
    site.versi.away = True
    assert client.get("/kota").text.startswith("kota 2 ")
    site.versi.away = False
    assert client.get("/kota").text.startswith("kota 1 ")


def test_the_version_is_looked_up_at_most_so_often(site):
    site.memory.every = 0.2
    client = site.test_client()
    began = time.monotonic()
    for _ in range(200):
        client.get("/kota")
    assert site.versi.asked <= 2 + (time.monotonic() - began) / 0.2
    site.versi.now = 2
    time.sleep(0.25)
    assert client.get("/kota").text.startswith("kota 2 ")


def test_the_ten_minutes_of_the_clock_turn_a_page(site, monkeypatch):
    client = site.test_client()
    client.get("/kota")
    later = time.time() + 600
    monkeypatch.setattr("routes.sajian.time.time", lambda: later)
    assert client.get("/kota").text.startswith("kota 2 ")


def test_the_memory_has_a_limit(site, monkeypatch):
    monkeypatch.setattr("routes.sajian.MOST_BYTES", 20_000)
    client = site.test_client()
    for number in range(40):
        client.get(f"/kota/{number}")
    assert site.memory._weight <= 20_000
    assert client.get("/kota/39").text.startswith("kota/39 1 ")
    assert client.get("/kota/0").text.startswith("kota/0 2 ")


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("gzip;q=0", ""),
        ("*", "br"),
        ("identity", ""),
        ("", ""),
    ],
)
def test_the_coding_is_one_the_browser_takes(site, accepted, coding):
    assert best_coding(accepted) == coding
    answer = site.test_client().get("/kota", headers={"Accept-Encoding": accepted})
    assert answer.headers.get("Content-Encoding", "") == coding
    body = {"br": brotli.decompress, "gzip": gzip.decompress}.get(coding, bytes)(answer.data)
    assert body.decode().startswith("kota 1 ")
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert int(answer.headers["Content-Length"]) == len(answer.data)


def test_decorations_of_other_sites_are_not_another_address(site):
    assert meant("tw=3&utm_source=x&fbclid=y&tahun=2026") == "tw=3&tahun=2026"
    client = site.test_client()
    client.get("/kota?tw=3")
    client.get("/kota?tw=3&fbclid=abc")
    assert site.drawn == {"kota": 1}


def test_made_up_words_are_not_another_address(site):
    client = site.test_client()
    for number in range(5):
        client.get(f"/kota?tw=3&karangan={number}")
    assert site.drawn == {"kota": 1}
    assert len(site.memory._kept) == 1


@pytest.mark.parametrize("word", sorted(KNOWN))
def test_an_encoded_name_never_stands_for_the_plain_address(site, word):
    """Flask reads "%74w" as "tw": kept under the address without it, one visitor would choose what the others see."""
    client = site.test_client()
    encoded = f"%{ord(word[0]):x}{word[1:]}=1"
    assert meant(encoded) is None
    client.get(f"/kota?{encoded}")
    assert site.memory._kept == {}
    first = client.get("/kota").data
    client.get(f"/kota?{encoded}")
    assert client.get("/kota").data == first


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", "%74ahun=2025&%74w=1"),
        ("/data/kota-2026-tw3.csv", "%75ntuk=excel"),
        ("/sematan/kota", "%74ema=gelap&%74ahun=2025"),
    ],
)
def test_nobody_chooses_the_public_page_of_the_others(server, path, words):
    server.config["SAJIAN"].forget()
    client = server.test_client()
    other = client.get(f"{path}?{words}").data
    plain = client.get(path).data
    server.config["SAJIAN"].forget()
    assert client.get(path).data == plain != other


def test_what_names_its_content_is_kept_once_whatever_is_asked(site):
    client = site.test_client()
    for number in range(40):
        client.get(f"/abadi/x?tahun={number}")
    assert len(site.memory._kept) == 1


def test_what_is_too_long_is_not_kept(site):
    client = site.test_client()
    for number in range(3):
        client.get(f"/kota?tahun={'9' * 400}{number}")
    assert (site.drawn, len(site.memory._kept)) == ({"kota": 3}, 0)


def test_what_is_asked_for_stays_when_room_is_needed(site, monkeypatch):
    monkeypatch.setattr("routes.sajian.MOST_BYTES", 12_000)
    client = site.test_client()
    for number in range(30):
        client.get("/kota")
        client.get(f"/kota{number}")
    assert site.drawn["kota"] == 1


def test_no_shared_answer_depends_on_a_word_that_is_not_kept_apart():
    public = [part for part in SECTIONS.values() if part.audiens == Audiens.PUBLIK]
    assert public
    for part in public:
        assert set(part.reads) <= KNOWN, part.place
    assert {*PARAMETERS, *(word for words in OWN_PARAMETERS.values() for word in words)} <= KNOWN


# --- the whole application ---


@pytest.mark.parametrize("path", PAGES)
def test_public_pages_are_kept_and_told_apart_by_content(server, path):
    client = server.test_client()
    first = client.get(path, headers={"Accept-Encoding": "br"})
    again = client.get(path, headers={"Accept-Encoding": "br"})
    assert first.status_code == 200
    assert first.data == again.data
    assert dict(first.headers) == dict(again.headers)
    assert re.fullmatch(r"public, max-age=\d\d, stale-while-revalidate=600", first.headers["Cache-Control"])
    assert int(re.search(r"max-age=(\d+)", first.headers["Cache-Control"])[1]) < 60
    none = client.get(path, headers={"Accept-Encoding": "br", "If-None-Match": first.headers["ETag"]})
    assert (none.status_code, none.data) == (304, b"")
    assert none.headers["ETag"] == first.headers["ETag"]
    assert none.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
    changed = client.get(path, headers={"Accept-Encoding": "br", "If-None-Match": 'W/"lain"'})
    assert changed.status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_every_worker_makes_the_same_bytes(server, path):
    """Two workers must agree on the ETag, or every second visit would travel whole."""
    client = server.test_client()
    first = client.get(path)
    server.config["SAJIAN"].forget()
    assert client.get(path).headers["ETag"] == first.headers["ETag"]


def test_a_signed_in_visitor_gets_the_very_same_public_page(server):
    from tests.conftest import sign_in

    stranger, sekda = server.test_client().get("/"), sign_in(server, "sekda").get("/")
    assert stranger.data == sekda.data
    assert "Set-Cookie" not in sekda.headers
    assert "Sekretaris" not in sekda.text


@pytest.mark.parametrize("path", ["/pimpinan", "/kepatuhan", "/akun"])
def test_nothing_closed_is_kept_or_answered_to_the_next(server, path):
    from tests.conftest import sign_in

    inside = sign_in(server, "sekda").get(path)
    assert inside.status_code == 200
    assert inside.headers["Cache-Control"] == "no-store, private"
    assert "ETag" not in inside.headers
    outside = server.test_client().get(path)
    assert outside.status_code == 302
    assert not [key for key in server.config["SAJIAN"]._kept if key[0] == path]


def test_errors_are_not_kept(server):
    client = server.test_client()
    for path in ("/tidak-ada", "/?tahun=nonsens", "/opd/tidak-ada"):
        answer = client.get(path)
        assert answer.status_code in {400, 404}
        assert answer.headers["Cache-Control"] == "no-store"


def test_the_etag_is_made_of_the_content(server):
    answer = server.test_client().get("/metodologi")
    assert answer.headers["ETag"] == f'W/"{hashlib.sha256(answer.data).hexdigest()[:20]}"'
