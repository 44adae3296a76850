"""Manifest, icons and the worker's own file; which answers a worker may keep."""

import json

import pytest

from data.engine import writing
from data.perangkat import remember_device
from routes.phone import SNAPSHOT, _versioned, worker_text
from tests.conftest import sign_in


def test_the_manifest_names_the_city_and_icons_that_are_there(server):
    client = server.test_client()
    found = client.get("/manifest.webmanifest")
    facts = json.loads(found.data)
    assert facts["lang"] == "id"
    assert "Palembang" in facts["name"]
    assert {one["purpose"] for one in facts["icons"]} == {"any", "maskable"}
    for one in facts["icons"]:
        picture = client.get(one["src"])
        width = int.from_bytes(picture.data[16:20], "big")
        assert (picture.mimetype, f"{width}x{width}") == ("image/png", one["sizes"])


@pytest.mark.parametrize("path", ["/ikon/193.png", "/ikon/kota.png", "/ikon/512-lain.png"])
def test_other_icons_are_not_there(server, path):
    assert server.test_client().get(path).status_code == 404


@pytest.mark.parametrize("path", ["/", "/metodologi", "/masuk"])
def test_every_document_tells_of_manifest_and_icon(server, path):
    text = server.test_client().get(path).text
    assert '<link rel="manifest" href="/manifest.webmanifest">' in text
    assert '<link rel="apple-touch-icon" href="/ikon/180.png">' in text


def test_the_worker_is_asked_for_anew_each_time_and_changes_with_its_text(server):
    found = server.test_client().get("/sw.js")
    assert found.headers["Cache-Control"] == "no-cache"
    assert "%VERSI%" not in found.text
    assert _versioned("a %VERSI%") != _versioned("b %VERSI%")


def test_the_farewell_removes_the_worker_and_what_it_kept():
    text = worker_text(luring=False)
    assert "unregister()" in text
    assert "caches.delete" in text


@pytest.mark.parametrize(
    ("nama", "trusted", "kept"), [("sekda", True, True), ("sekda", False, False), ("admin", True, False)]
)
def test_only_a_leader_on_a_trusted_device_may_keep_the_view(server, city, nama, trusted, kept):
    client = sign_in(server, nama)
    with writing(city) as conn:
        client.set_cookie("emonev_perangkat", remember_device(conn, "16.71", nama, "", trusted))
    found = client.get("/pimpinan")
    assert found.status_code == 200
    assert (SNAPSHOT in found.headers) is kept
    assert "no-store" in found.headers["Cache-Control"]


def test_the_trust_of_one_account_says_nothing_of_another(server, city):
    client = sign_in(server, "sekda")
    with writing(city) as conn:
        client.set_cookie("emonev_perangkat", remember_device(conn, "16.71", "admin", "", True))
    assert SNAPSHOT not in client.get("/pimpinan").headers
