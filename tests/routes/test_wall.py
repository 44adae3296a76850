"""The wall over plain HTTP: the door of a screen, what it is given, revocation, and a database that is away."""

import re

import pytest

from data.accounts import create_account
from data.errors import DatabaseAwayError
from data.jejak import Pelaku
from data.layar import list_screens, make_screen, revoke_screen
from data.words import Peran
from routes import screen, wall
from tests.conftest import PASSWORD, sign_in

PEMDA, WHO = "16.71", Pelaku("admin")


@pytest.fixture
def token(city):
    return make_screen(city, PEMDA, WHO, "Layar uji")


@pytest.fixture
def paired(server, token):
    client = server.test_client()
    client.get(f"/dinding/pasang?kunci={token}")
    return client


def newest(city):
    with city.begin() as conn:
        return max(one.nomor for one in list_screens(conn, PEMDA))


def away(*_args, **_kwargs):
    raise DatabaseAwayError("pergi")


def test_the_key_leaves_the_address_and_stays_in_a_cookie(server, token):
    answer = server.test_client().get(f"/dinding/pasang?kunci={token}")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/dinding")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith(f"emonev_layar={token};")
    assert all(word in cookie for word in ("HttpOnly", "SameSite=Lax", "Path=/"))
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("key", ["karangan-kunci", "x" * 5000])
def test_a_wrong_key_gets_the_form_and_no_cookie(server, key):
    answer = server.test_client().get(f"/dinding/pasang?kunci={key}", environ_base={"REMOTE_ADDR": "192.0.2.91"})
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers
    assert key not in answer.get_data(as_text=True)


def test_the_form_does_the_same(server, token):
    client = server.test_client()
    text = client.get("/dinding/pasang").get_data(as_text=True)
    csrf = re.search(r'value="([^"]+)"', re.search(r'<input[^>]*name="csrf"[^>]*>', text)[0])[1]
    assert client.post("/dinding/pasang", data={"kunci": token}).status_code == 400
    assert client.post("/dinding/pasang", data={"kunci": f" {token} ", "csrf": csrf}).status_code == 303
    assert client.get("/dinding").status_code == 200


def test_the_content_has_a_version_and_names_no_person(paired, city):
    with city.begin() as conn:
        names = {row[0] for row in conn.exec_driver_sql("SELECT nama_tampil FROM pengguna")}
    answer = paired.get("/dinding/isi")
    found = answer.get_json()
    assert found["umur"] == 0
    assert all(f"muka-{place}" in found["halaman"] for place in range(1, 6))
    assert "<a " not in found["halaman"]
    assert not [name for name in names if name in found["halaman"]]
    again = paired.get("/dinding/isi", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code in (304, 200)
    assert "no-store" in answer.headers["Cache-Control"]


def test_without_javascript_the_browser_walks_on(paired):
    for place, following in ((1, 2), (4, 5), (5, 1)):
        text = paired.get(f"/dinding?bagian={place}").get_data(as_text=True)
        assert f'data-bagian="{place}"' in text
        assert f"url=/dinding?bagian={following}" in text
    assert 'data-bagian="1"' in paired.get("/dinding?bagian=<script>").get_data(as_text=True)


def test_a_revoked_screen_is_told_so(paired, city):
    assert paired.get("/dinding").status_code == 200
    revoke_screen(city, PEMDA, WHO, newest(city))
    for path in ("/dinding", "/dinding/isi"):
        answer = paired.get(path)
        assert answer.status_code == 403
        assert "Layar ini sudah dicabut." in answer.get_data(as_text=True)
        assert "OPD" not in answer.get_data(as_text=True)


def test_no_session_opens_the_wall(server):
    for nama in ("sekda", "bappeda", "admin", "operator-a"):
        assert sign_in(server, nama).get("/dinding").status_code == 403


def test_without_the_database_the_last_picture_stays_and_says_its_age(paired, server, monkeypatch):
    before = paired.get("/dinding/isi").get_json()
    monkeypatch.setattr(screen, "_look_up", away)
    monkeypatch.setattr(wall, "wall_mark", away)
    answer = paired.get("/dinding/isi")
    assert answer.status_code == 503
    assert answer.get_json()["halaman"] == before["halaman"]
    assert paired.get("/dinding").status_code == 503
    stranger = server.test_client()
    stranger.set_cookie("emonev_layar", "karangan")
    refused = stranger.get("/dinding")
    assert refused.status_code == 503
    assert "mencapai target" not in refused.get_data(as_text=True)
    assert "Data sedang tidak dapat dibaca." in refused.get_data(as_text=True)
    assert "dinding." in refused.get_data(as_text=True).split("<script", 1)[1], "its script asks again by itself"
    assert "kabar" in stranger.get("/dinding/isi").get_json()
    assert server.test_client().get("/dinding").status_code == 403


def test_the_administrator_makes_and_revokes(server, city):
    with city.begin() as conn:
        create_account(conn, PEMDA, "uji-layar", "Administrator Layar", PASSWORD, Peran.ADMIN)
    boss = sign_in(server, "uji-layar")

    def csrf():
        text = boss.get("/kelola/layar").get_data(as_text=True).split('action="/kelola/layar', 1)[1]
        return re.search(r'value="([^"]+)"', re.search(r'<input[^>]*name="csrf"[^>]*>', text)[0])[1]

    assert boss.post("/kelola/layar", data={"nama": "Tanpa tanda"}).status_code == 400
    assert boss.post("/kelola/layar", data={"nama": " ", "csrf": csrf()}).status_code == 400
    text = boss.post("/kelola/layar", data={"nama": "<b>Kiri</b>", "csrf": csrf()}).get_data(as_text=True)
    key = re.search(r"kunci=([\w-]{43})", text)[1]
    assert "<b>Kiri" not in text
    assert key not in boss.get("/kelola/layar").get_data(as_text=True)
    shown = server.test_client()
    assert shown.get(f"/dinding/pasang?kunci={key}").status_code == 303
    gone = boss.post(f"/kelola/layar/{newest(city)}/cabut", data={"csrf": csrf()})
    assert gone.status_code == 303
    assert shown.get("/dinding/isi").status_code == 403
