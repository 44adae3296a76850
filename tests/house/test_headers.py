"""The headers that hold on every answer, whatever it is and however it failed; and what caches may keep."""

import base64
import hashlib
import re

import pytest
from flask import Flask, Response, request

from data.access import Audiens
from data.errors import BadParameterError
from data.jejak import Pelaku
from data.layar import make_screen
from routes import headers
from routes.declared import DECLARED
from tests.conftest import sign_in

PUPR = "1.03.0.00.0.00.01.0000"
SAMPLE = {
    "filename": "isi.js",
    "package_name": "dash",
    "fingerprinted_path": "x.js",
    "path": f"opd/{PUPR}",
    "putusan": "terima",
}
PERSONAL = ("/masuk", "/keluar", "/undangan", "/akun", "/kelola", "/dinding", "/pimpinan")
CALLBACK = "/_dash-update-component"
INLINE = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>(.*?)</script>", re.DOTALL)
HANDLER = re.compile(r"<[^>]+\son[a-z]+\s*=", re.IGNORECASE)


@pytest.fixture(scope="module")
def admin(server):
    return sign_in(server, "admin")


@pytest.fixture(scope="module")
def operator(server):
    return sign_in(server, "operator-a")


@pytest.fixture(scope="module")
def sekda(server):
    return sign_in(server, "sekda")


@pytest.fixture(scope="module")
def screen(server, city):
    """A browser on the wall of the command centre: a key of its own, and nobody signed in."""
    client = server.test_client()
    client.set_cookie("emonev_layar", make_screen(city, "16.71", Pelaku("admin"), "Layar kepala jawaban"))
    return client


def rules(server):
    return sorted(server.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint))


def address(rule):
    """An address of this rule; parts without a sample of their own get a word."""
    return re.sub(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", lambda part: SAMPLE.get(part[1], "1"), rule.rule)


def method(rule):
    return "GET" if "GET" in rule.methods else "POST"


def sources(answer):
    """The policy as a dictionary by directive."""
    return dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))


def check(answer, *, personal):
    """Everything that is promised of one answer. What is open data may be read by any site, and says so."""
    opened = "Access-Control-Allow-Origin" in answer.headers
    assert not (opened and personal)
    found = sources(answer)
    assert "unsafe" not in found["script-src"]
    assert found["script-src"].startswith(("'self'", "'sha256-"))
    for directive in ("default-src", "object-src", "base-uri"):
        assert found[directive] == "'none'", directive
    # A chart for other sites, and nothing else, may be held by those on the list.
    held = answer.request.path.startswith("/sematan/") and answer.status_code != 405
    listed = held and "https://*.go.id" in found["frame-ancestors"]
    assert listed or found["frame-ancestors"] == "'none'"
    for directive in ("connect-src", "font-src", "form-action", "worker-src", "manifest-src"):
        assert found[directive] == "'self'", directive
    told = answer.headers
    assert told["X-Content-Type-Options"] == "nosniff"
    assert listed or told["X-Frame-Options"] == "DENY"
    assert told["Referrer-Policy"] in {"strict-origin-when-cross-origin", "same-origin"}
    assert {"camera=()", "microphone=()", "geolocation=()", "payment=()", "usb=()"} <= set(
        told["Permissions-Policy"].split(", ")
    )
    assert told["Cross-Origin-Opener-Policy"] == "same-origin"
    assert told["Cross-Origin-Resource-Policy"] == ("cross-origin" if opened or listed else "same-origin")
    assert "Strict-Transport-Security" not in told
    if personal:
        assert told["Cache-Control"] == "no-store, private"
        assert "Cookie" in told["Vary"]
    else:
        assert "Cookie" not in told.get("Vary", "")
        assert "Set-Cookie" not in told
        assert answer.status_code < 400 or told["Cache-Control"] == "no-store"


def personal(path, endpoint=None):
    return path.startswith(PERSONAL) or DECLARED.get(endpoint or "", Audiens.PUBLIK) != Audiens.PUBLIK


def test_every_route_answers_with_them(server, admin):
    for rule in rules(server):
        if "GET" in rule.methods:
            answer = admin.get(address(rule))
            assert answer.status_code < 500 or rule.rule == "/readyz", rule
            check(answer, personal=personal(address(rule), rule.endpoint))
            # Nothing but the open data is for other sites' scripts.
            open_data = rule.rule.startswith(("/api/v1", "/data/", "/sematan", "/oembed"))
            assert ("Access-Control-Allow-Origin" in answer.headers) <= open_data


@pytest.mark.parametrize("code", [200, 400, 403, 500])
def test_every_route_keeps_them_however_it_ends(server, admin, operator, sekda, screen, monkeypatch, code):
    """The gate and the framework are real; only what stands behind the door is made to end this way."""
    others = {Audiens.OPD_SENDIRI: operator, Audiens.PENGARAH: sekda, Audiens.LAYAR: screen}
    for rule in rules(server):
        if address(rule) == CALLBACK:
            continue
        with monkeypatch.context() as patch:
            patch.setitem(server.view_functions, rule.endpoint, ending(code))
            who = others.get(DECLARED[rule.endpoint], admin)
            answer = who.open(address(rule), method=method(rule))
        assert answer.status_code == code, rule
        check(answer, personal=personal(address(rule), rule.endpoint))


def ending(code):
    def view(**_parts):
        if code == 400:
            raise BadParameterError("Tidak dapat dibaca.")
        if code == 500:
            raise RuntimeError("rusak")
        return Response("isi", code)

    return view


def test_every_route_keeps_them_when_it_is_asked_wrongly(server, admin):
    foreign = {"Sec-Fetch-Site": "cross-site"}
    for rule in rules(server):
        path = address(rule)
        for answer, code in (
            (admin.open(path, method="PATCH"), 405),
            (admin.open(path, method="POST", headers=foreign), 403),
            (admin.get(f"{path.rstrip('/')}/tidak/ada"), 404),
        ):
            assert answer.status_code == code, (rule, code)
            # What no door answered has no audience but its address.
            check(answer, personal=path.startswith(headers.PERSONAL))


@pytest.mark.parametrize(
    "path",
    [
        "/_dash-component-suites/dash/x.js",
        "/_dash-component-suites/os/path.py",
        "/_dash-component-suites/plotly/..%2f..%2fsettings.py",
        "/assets/..%2fapp.py",
        "/assets/%00",
        "/assets/" + "a" * 5000,
        "/%00",
        "/opd/%FF%FE",
    ],
)
def test_a_guess_is_not_found_and_leaves_no_traceback(server, caplog, path):
    answer = server.test_client().get(path)
    assert answer.status_code in {400, 404}
    assert "Traceback" not in answer.get_data(as_text=True)
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []
    check(answer, personal=False)


@pytest.mark.parametrize("path", ["/pimpinan", "/akun", "/kelola/akun"])
def test_the_way_to_the_sign_in_form_is_nobody_elses(server, path):
    answer = server.test_client().get(path)
    assert answer.status_code == 302
    check(answer, personal=True)


def callback(place, path="/pimpinan"):
    location = "_pages_location"
    wires = [{"id": location, "property": name, "value": value} for name, value in (("pathname", path), ("search", ""))]
    return {"output": f"{place}.children", "outputs": {"id": place, "property": "children"}, "inputs": wires}


@pytest.mark.parametrize(("nama", "code"), [("stranger", 401), ("operator-a", 403), ("sekda", 200)])
def test_closed_sections_are_kept_by_nobody(server, nama, code):
    answer = sign_in(server, nama).post(CALLBACK, json=callback("pimpinan-ringkasan"))
    assert answer.status_code == code
    check(answer, personal=True)


def test_open_sections_are_for_everybody(server, admin):
    from callbacks.section import SECTIONS

    place = next(name for name, part in SECTIONS.items() if part.template == "/")
    answer = admin.post(CALLBACK, json=callback(place, "/"))
    assert answer.status_code == 200
    check(answer, personal=False)


@pytest.mark.parametrize("nama", ["stranger", "sekda"])
def test_the_router_tells_nobody_else_of_a_closed_room(server, nama):
    body = {
        "output": ".._pages_content.children..._pages_store.data..",
        "outputs": [
            {"id": "_pages_content", "property": "children"},
            {"id": "_pages_store", "property": "data"},
        ],
        "inputs": [{"id": "_pages_location", "property": "pathname", "value": "/pimpinan"}],
        "state": [{"id": "_pages_location", "property": "search", "value": ""}],
        "changedPropIds": ["_pages_location.pathname"],
    }
    check(sign_in(server, nama).post(CALLBACK, json=body), personal=True)
    body["inputs"][0]["value"] = "/metodologi"
    check(sign_in(server, nama).post(CALLBACK, json=body), personal=False)


def test_public_routes_never_look_at_the_cookie(server, admin, monkeypatch):
    """Reading is made to fail: had anything public looked, its answer would be a 500."""

    def never():
        raise AssertionError("a public route asked who is there")

    monkeypatch.setattr("routes.session._read", never)
    monkeypatch.setattr("routes.session.device_token", never)
    for rule in rules(server):
        path = address(rule)
        if DECLARED[rule.endpoint] != Audiens.PUBLIK or path.startswith(PERSONAL) or "GET" not in rule.methods:
            continue
        answer = admin.get(path)
        assert answer.status_code < 500, path
        assert "Set-Cookie" not in answer.headers, path
        assert "Cookie" not in answer.headers.get("Vary", ""), path
    for path in ("/", "/metodologi", f"/opd/{PUPR}", "/tidak-ada", "/?tahun=nonsens"):
        assert admin.get(path).status_code in {200, 400, 404}


@pytest.mark.parametrize("path", ["/", "/metodologi", f"/opd/{PUPR}", "/pimpinan", "/tidak-ada", "/masuk", "/akun"])
def test_every_inline_script_is_one_that_may_run(server, admin, path):
    answer = admin.get(path)
    text = answer.get_data(as_text=True)
    for script in INLINE.findall(text):
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in sources(answer)["script-src"]
    assert HANDLER.findall(text) == []
    assert "javascript:" not in text


def test_behind_tls_browsers_are_told_to_stay_with_it():
    assert answer_of(tls=True).headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in answer_of(tls=False).headers


def test_an_embed_may_be_held_by_others_and_loads_as_little():
    answer = answer_of(tls=False, own={"frame_ancestors": "https://berita.example"})
    assert sources(answer)["frame-ancestors"] == "https://berita.example"
    assert sources(answer)["default-src"] == "'none'"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "X-Frame-Options" not in answer.headers


def test_a_header_of_the_routes_own_stays():
    assert answer_of(tls=False, told={"Referrer-Policy": "same-origin"}).headers["Referrer-Policy"] == "same-origin"


class NoScripts:
    """As much of Dash as the headers ask."""

    def csp_hashes(self):
        return []


def answer_of(*, tls, own=None, told=None):
    """An answer of a small server with these headers."""
    from data.settings import read_settings

    server = Flask("kecil")
    alamat = "https://emonev.example" if tls else "http://emonev.example"
    settings = read_settings({"EMONEV_SECRET_KEY": "x" * 32, "EMONEV_ALAMAT": alamat})
    headers.register(server, NoScripts(), settings)

    @server.get("/")
    def view():
        assert request.path == "/"
        if own:
            headers.differ(**own)
        return Response("isi", headers=told)

    return server.test_client().get("/")
