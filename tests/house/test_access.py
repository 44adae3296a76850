"""Nobody sees what is not theirs: every route and every callback, walked for the whole cast."""

import json

import pytest

from callbacks.lock import DECLARED as CALLBACKS
from data.access import Audiens
from routes.declared import DECLARED as ROUTES
from tests.conftest import CAST, PASSWORD, sign_in

PEOPLE = ["stranger", *(name for name, *_ in CAST)]
MAY = {
    Audiens.PUBLIK: set(PEOPLE),
    Audiens.PIMPINAN: {"sekda", "bappeda", "admin"},
}
INTERNAL = "_pages_dummy.children"


@pytest.fixture(scope="module")
def clients(server):
    return {nama: sign_in(server, nama) for nama in PEOPLE}


def body(server, output, path="/pimpinan", search=""):
    """Exactly the inputs and states that Dash knows of this callback."""
    place, prop = output.rsplit(".", 1)
    location, said = "_pages_location", {"pathname": path, "search": search}
    known = next(one for one in dependencies(server) if one["output"] == output)
    given = {
        name: [{**wire, "value": said.get(wire["property"])} for wire in known[name]] for name in ("inputs", "state")
    }
    return {
        "output": output,
        "outputs": {"id": place, "property": prop},
        **given,
        "changedPropIds": [f"{location}.pathname"],
    }


def dependencies(server):
    return json.loads(server.test_client().get("/_dash-dependencies").data)


def test_every_callback_of_dash_has_declared_its_audience(server):
    known = {entry["output"] for entry in dependencies(server)} - {INTERNAL}
    assert known == set(CALLBACKS)


def test_every_route_has_declared_its_audience(server):
    assert {rule.endpoint for rule in server.url_map.iter_rules()} == set(ROUTES)


@pytest.mark.parametrize("output", sorted(set(CALLBACKS) - {".._pages_content.children..._pages_store.data.."}))
@pytest.mark.parametrize("nama", PEOPLE)
def test_each_callback_answers_only_its_audience(server, clients, output, nama):
    """Posted to directly, with a public pathname as well: the body is never believed."""
    for path in ("/pimpinan", "/"):
        answer = clients[nama].post("/_dash-update-component", json=body(server, output, path))
        if nama in MAY[CALLBACKS[output]]:
            assert answer.status_code in (200, 204), answer.data
        else:
            assert answer.status_code == (401 if nama == "stranger" else 403)
            assert b"children" not in answer.data


@pytest.mark.parametrize("nama", PEOPLE)
def test_the_leaders_page_is_closed(clients, nama):
    answer = clients[nama].get("/pimpinan?tahun=2026&tw=3")
    if nama in MAY[Audiens.PIMPINAN]:
        assert answer.status_code == 200
        assert "Siapa sudah lapor?" in answer.get_data(as_text=True)
    elif nama == "stranger":
        assert (answer.status_code, answer.headers["Location"]) == (302, "/masuk?next=pimpinan&tahun=2026&tw=3")
    else:
        assert answer.status_code == 403
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("nama", PEOPLE)
def test_the_router_hands_out_closed_rooms_to_nobody_else(clients, nama):
    router = {
        "output": ".._pages_content.children..._pages_store.data..",
        "outputs": [
            {"id": "_pages_content", "property": "children"},
            {"id": "_pages_store", "property": "data"},
        ],
        "inputs": [{"id": "_pages_location", "property": "pathname", "value": "/pimpinan"}],
        "state": [{"id": "_pages_location", "property": "search", "value": ""}],
        "changedPropIds": ["_pages_location.pathname"],
    }
    text = clients[nama].post("/_dash-update-component", json=router).get_data(as_text=True)
    assert ("pimpinan-ringkasan" in text) == (nama in MAY[Audiens.PIMPINAN])


def test_public_pages_read_and_set_no_cookie(clients):
    for path in ("/", "/metodologi", "/opd/1.03.0.00.0.00.01.0000"):
        answer = clients["sekda"].get(path)
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")


def test_a_disabled_account_is_out_at_once(server, city):
    from data.accounts import create_account, disable_account
    from data.words import Peran

    with city.begin() as conn:
        create_account(conn, "16.71", "sementara", "Sementara", PASSWORD, Peran.PIMPINAN)
    client = sign_in(server, "sementara")
    assert client.get("/pimpinan").status_code == 200
    with city.begin() as conn:
        disable_account(conn, "16.71", "sementara")
    assert client.get("/pimpinan").status_code == 302
    assert client.post("/_dash-update-component", json=body(server, "pimpinan-ringkasan.children")).status_code == 401


def test_a_forged_session_is_nobody(server):
    client = server.test_client()
    client.set_cookie("emonev_sesi", "eyJ1c2VyIjp7ImVtYWlsIjoic2VrZGEifX0.aaaa.bbbb")
    assert client.get("/pimpinan").status_code == 302


@pytest.mark.parametrize("header", [{"Origin": "https://jahat.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_forms_from_other_sites_are_refused(server, header):
    answer = server.test_client().post("/masuk", data={"pengguna": "sekda"}, headers=header)
    assert answer.status_code == 403
