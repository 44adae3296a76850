"""Signing in, step by step, through the plain forms: what opens, what stays shut, and what each cookie carries."""

import html
import itertools
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlalchemy import delete, select, update

from data.accounts import find_account, invite_account
from data.engine import writing
from data.faktor import STEP, install_factor, new_secret
from data.kunci import fingerprint, seal
from data.percobaan import ALAMAT
from data.settings import Oidc
from data.tables import jejak, percobaan, sesi, tautan
from data.tautan import DEAD, Guna, make_link
from data.words import Peran, Tindakan
from tests.conftest import PASSWORD, add_account

PEMDA = "16.71"
PUPR = "1.03.0.00.0.00.01.0000"
NEW = "jeruk-payung-tembaga-lari"
_numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def clean_counters(city):
    """Every test begins with nobody waiting: they all come from one address."""
    with writing(city) as conn:
        conn.execute(delete(percobaan))


@pytest.fixture
def account(city):
    """Makes an account of this test alone; with a code when asked for. Gives its name and the secret of its code."""

    def make(peran, with_factor=False):
        nama, secret = f"uji.masuk.{next(_numbers)}", new_secret()
        with writing(city) as conn:
            add_account(conn, PEMDA, nama, "Akun Uji", peran, PUPR if peran == Peran.OPD else None)
            if with_factor:
                install_factor(conn, PEMDA, nama, SERVER_KEY, secret, 0)
        return nama, secret

    return make


SERVER_KEY = "kunci-uji-yang-cukup-panjang-0123456789"


def attribute(tag, name):
    found = re.search(rf' {name}="([^"]*)"', tag)
    return html.unescape(found[1]) if found else ""


def hidden_of(text):
    """What the first form in this text carries along unseen."""
    inputs = re.findall(r"<input[^>]*>", text.split("<form", 1)[-1].split("</form>", 1)[0])
    return {attribute(tag, "name"): attribute(tag, "value") for tag in inputs if attribute(tag, "type") == "hidden"}


def read(client, path):
    return client.get(path).get_data(as_text=True)


def form_at(client, path):
    """What the main form of a page carries along unseen."""
    return hidden_of(read(client, path).split("<main", 1)[-1])


def fill(client, path, _from=None, **fields):
    """Open a page, fill its form and send it, with every hidden field it carries."""
    return client.post(path, data={**form_at(client, _from or path), **fields})


def give_password(client, nama, sandi=PASSWORD, query="?next=pimpinan&tahun=2026"):
    return fill(client, "/masuk", f"/masuk{query}", pengguna=nama, kata_sandi=sandi)


def give_code(client, code, query="?next=pimpinan&tahun=2026", **more):
    return fill(client, "/masuk/kode", f"/masuk/kode{query}", kode=code, **more)


def session_of(client):
    found = client.get_cookie("emonev_sesi")
    return found.value if found else ""


def stages(city, nama):
    with city.connect() as conn:
        return list(conn.execute(select(sesi.c.tahap).where(sesi.c.nama == nama)).scalars())


def said(city, nama):
    with city.connect() as conn:
        rows = conn.execute(select(jejak.c.tindakan).where(jejak.c.pelaku == nama).order_by(jejak.c.nomor))
        return list(rows.scalars())


def secret_shown(text):
    return re.search(r'class="kunci"><code>([A-Z2-7 ]+)<', text)[1].replace(" ", "")


def codes_shown(text):
    return re.findall(r"<li><code>([0-9A-Z]{5}-[0-9A-Z]{5})</code></li>", text)


# --- the password ---


def test_a_password_alone_opens_for_whoever_has_no_code(server, account):
    nama, _ = account(Peran.PIMPINAN)
    client = server.test_client()
    answer = give_password(client, nama)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/pimpinan?tahun=2026")
    assert client.get("/pimpinan").status_code == 200


def test_the_form_helps_password_managers_and_forbids_no_pasting(server):
    text = read(server.test_client(), "/masuk?next=pimpinan")
    for words in ('autocomplete="username"', 'autocomplete="current-password"', "Pimpinan", 'data-sandi="kata_sandi"'):
        assert words in text
    assert "onpaste" not in text
    assert "/masuk/sso" not in text


@pytest.mark.parametrize("sandi", ["", "salah", PASSWORD.upper(), PASSWORD + "x", "x" * 5000])
def test_a_wrong_password_opens_nothing(server, account, sandi):
    nama, _ = account(Peran.PIMPINAN)
    client = server.test_client()
    answer = give_password(client, nama, sandi)
    assert answer.status_code == 401
    assert "tidak cocok" in answer.get_data(as_text=True)
    assert f'value="{nama}"' in answer.get_data(as_text=True)
    assert session_of(client) == ""


def test_an_unknown_name_is_answered_like_a_wrong_password(server, account):
    nama, _ = account(Peran.PIMPINAN)
    texts = []
    for name in (nama, "tidak.ada.sama.sekali"):
        text = give_password(server.test_client(), name, "salah").get_data(as_text=True).replace(name, "-")
        texts.append(re.sub(r"<input[^>]*hidden[^>]*>", "", text))
    assert texts[0] == texts[1]


def test_too_many_wrong_passwords_cost_waiting(server, account):
    nama, _ = account(Peran.PIMPINAN)
    client = server.test_client()
    answers = [give_password(client, nama, "salah") for _ in range(7)]
    assert [answer.status_code for answer in answers][:5] == [401] * 5
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert "Tunggu" in answers[-1].get_data(as_text=True)
    assert give_password(client, nama).status_code == 429


@pytest.mark.parametrize(
    "target", ["https://jahat.example", "//jahat", "/\\jahat", "masuk.form", "x" * 3000, "<b>", ""]
)
def test_nonsense_as_the_way_back_leads_home(server, account, target):
    nama, secret = account(Peran.PIMPINAN, with_factor=True)
    client = server.test_client()
    answer = client.get("/masuk", query_string={"next": target})
    assert answer.status_code == 200
    form = hidden_of(answer.get_data(as_text=True).split("<main")[1])
    assert set(form) == {"csrf"}
    answer = client.post("/masuk", data={**form, "tujuan": target, "pengguna": nama, "kata_sandi": PASSWORD})
    assert answer.headers["Location"] == "/masuk/kode"
    answer = fill(client, "/masuk/kode", tujuan=target, kode=pyotp.TOTP(secret).now())
    assert answer.headers["Location"] == "/pimpinan"


def test_single_sign_on_is_offered_when_it_is_set(server, monkeypatch):
    oidc = Oidc("https://sso.example", "klien", "rahasia", "akun Kota", "email")
    monkeypatch.setitem(server.config, "SETELAN", replace(server.config["SETELAN"], oidc=oidc))
    text = read(server.test_client(), "/masuk?next=pimpinan&tahun=2026&jahat=1")
    assert 'href="/masuk/sso?next=pimpinan&amp;tahun=2026"' in text
    assert "Masuk dengan akun Kota" in text


# --- the code ---


def test_the_code_finishes_what_the_password_began(server, city, account):
    nama, secret = account(Peran.BAPPEDA, with_factor=True)
    client = server.test_client()
    answer = give_password(client, nama)
    assert answer.headers["Location"] == "/masuk/kode?next=pimpinan&tahun=2026"
    code = pyotp.TOTP(secret).now()
    answer = give_code(client, f"{code[:3]} {code[3:]}")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/pimpinan?tahun=2026")
    assert client.get("/pimpinan").status_code == 200
    assert stages(city, nama) == ["penuh"]
    assert said(city, nama) == [Tindakan.MASUK]


def test_an_unfinished_session_opens_nothing(server, account):
    callback = {
        "output": "pimpinan-ringkasan.children",
        "outputs": {"id": "pimpinan-ringkasan", "property": "children"},
        "inputs": [
            {"id": "_pages_location", "property": "pathname", "value": "/pimpinan"},
            {"id": "_pages_location", "property": "search", "value": ""},
        ],
        "changedPropIds": ["_pages_location.pathname"],
    }
    for with_factor in (True, False):
        nama, _ = account(Peran.BAPPEDA, with_factor)
        client = server.test_client()
        assert give_password(client, nama).headers["Location"].startswith("/masuk/")
        answer = client.get("/pimpinan?tahun=2026")
        assert (answer.status_code, answer.headers["Location"]) == (302, "/masuk?next=pimpinan&tahun=2026")
        assert client.post("/_dash-update-component", json=callback).status_code == 401
        assert "Akun Uji" not in read(client, "/metodologi")


@pytest.mark.parametrize("code", ["", "000000", "12345", "abcdef", "١٢٣٤٥٦", "x" * 4000, "AAAAA-AAAAA"])
def test_a_wrong_code_opens_nothing(server, account, code):
    nama, _ = account(Peran.BAPPEDA, with_factor=True)
    client = server.test_client()
    give_password(client, nama)
    before = session_of(client)
    answer = give_code(client, code)
    assert answer.status_code == 401
    assert "Kode salah" in answer.get_data(as_text=True)
    assert session_of(client) == before
    assert client.get("/pimpinan").status_code == 302


def test_a_code_works_once(server, account):
    nama, secret = account(Peran.BAPPEDA, with_factor=True)
    code = pyotp.TOTP(secret).now()
    answers = []
    for _ in range(2):
        client = server.test_client()
        give_password(client, nama)
        answers.append(give_code(client, code).status_code)
    assert answers == [303, 401]


def test_an_old_code_is_refused(server, account):
    nama, secret = account(Peran.BAPPEDA, with_factor=True)
    client = server.test_client()
    give_password(client, nama)
    assert give_code(client, pyotp.TOTP(secret).at(datetime.now(UTC) - timedelta(seconds=3 * STEP))).status_code == 401


def test_wrong_codes_cost_waiting(server, account):
    nama, secret = account(Peran.BAPPEDA, with_factor=True)
    client = server.test_client()
    give_password(client, nama)
    answers = [give_code(client, "000000").status_code for _ in range(6)]
    assert answers == [401] * 5 + [429]
    answer = give_code(client, pyotp.TOTP(secret).now())
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0


def test_a_form_of_another_session_is_refused(server, account):
    nama, secret = account(Peran.BAPPEDA, with_factor=True)
    client = server.test_client()
    give_password(client, nama)
    form = form_at(client, "/masuk/kode")
    give_password(client, nama)
    answer = client.post("/masuk/kode", data={**form, "kode": pyotp.TOTP(secret).now()})
    assert answer.status_code == 400
    assert "sekali lagi" in answer.get_data(as_text=True)


def test_who_owes_no_code_is_sent_on(server, account):
    stranger = server.test_client()
    assert stranger.get("/masuk/kode").headers["Location"] == "/masuk"
    assert stranger.get("/masuk/pasang?next=pimpinan").headers["Location"] == "/masuk?next=pimpinan"
    nama, _ = account(Peran.PIMPINAN)
    client = server.test_client()
    give_password(client, nama)
    assert client.get("/masuk/kode?next=pimpinan&tw=3").headers["Location"] == "/pimpinan?tw=3"
    nama, _ = account(Peran.ADMIN)
    client = server.test_client()
    give_password(client, nama)
    assert client.get("/masuk/kode?next=pimpinan").headers["Location"] == "/masuk/pasang?next=pimpinan"
    nama, _ = account(Peran.ADMIN, with_factor=True)
    client = server.test_client()
    give_password(client, nama)
    assert client.get("/masuk/pasang?next=pimpinan").headers["Location"] == "/masuk/kode?next=pimpinan"


# --- trusted devices ---


@pytest.mark.parametrize("peran", [Peran.PIMPINAN, Peran.OPD])
def test_a_trusted_device_skips_the_code(server, account, peran):
    nama, secret = account(peran, with_factor=True)
    client = server.test_client()
    give_password(client, nama)
    assert 'name="percaya"' in read(client, "/masuk/kode")
    give_code(client, pyotp.TOTP(secret).now(), percaya="ya")
    client.delete_cookie("emonev_sesi")
    assert "/masuk/kode" not in give_password(client, nama).headers["Location"]
    assert give_password(server.test_client(), nama).headers["Location"].startswith("/masuk/kode")


def test_a_device_is_not_trusted_unasked(server, account):
    nama, secret = account(Peran.PIMPINAN, with_factor=True)
    client = server.test_client()
    give_password(client, nama)
    give_code(client, pyotp.TOTP(secret).now())
    client.delete_cookie("emonev_sesi")
    assert give_password(client, nama).headers["Location"].startswith("/masuk/kode")


@pytest.mark.parametrize("peran", [Peran.BAPPEDA, Peran.ADMIN])
def test_bappeda_and_administrators_always_give_the_code(server, account, peran):
    nama, secret = account(peran, with_factor=True)
    client = server.test_client()
    give_password(client, nama)
    assert 'name="percaya"' not in read(client, "/masuk/kode")
    give_code(client, pyotp.TOTP(secret).now(), percaya="ya")
    client.delete_cookie("emonev_sesi")
    assert give_password(client, nama).headers["Location"].startswith("/masuk/kode")


# --- setting the code up, recovery codes ---


def enrol(client, path="/masuk/pasang?next=pimpinan"):
    text = read(client, path)
    secret, form = secret_shown(text), hidden_of(text.split("<main")[1])
    return secret, client.post("/masuk/pasang", data={**form, "kode": pyotp.TOTP(secret).now()})


def test_who_must_have_a_code_sets_it_up_first(server, city, account):
    nama, _ = account(Peran.BAPPEDA)
    client = server.test_client()
    assert give_password(client, nama).headers["Location"] == "/masuk/pasang?next=pimpinan&tahun=2026"
    secret, answer = enrol(client)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert len(set(codes_shown(text))) == 10
    assert 'href="/pimpinan"' in text
    assert client.get("/pimpinan").status_code == 200
    assert said(city, nama) == [Tindakan.MASUK, Tindakan.FAKTOR_DIPASANG]
    assert stages(city, nama) == ["penuh"]
    with city.connect() as conn:
        assert secret not in find_account(conn, PEMDA, nama).totp


def test_the_button_of_the_recovery_page_signs_out(server, city, account):
    """The page is drawn for the session that has just begun, not for the one that ended."""
    nama, _ = account(Peran.BAPPEDA)
    client = server.test_client()
    give_password(client, nama)
    text = enrol(client)[1].get_data(as_text=True)
    csrf = sign_out_token(text)
    assert client.post("/keluar", data={"csrf": csrf}).status_code == 303
    assert stages(city, nama) == []


def test_a_wrong_first_code_keeps_the_same_picture(server, account):
    nama, _ = account(Peran.BAPPEDA)
    client = server.test_client()
    give_password(client, nama)
    text = read(client, "/masuk/pasang")
    form = hidden_of(text.split("<main")[1])
    answer = client.post("/masuk/pasang", data={**form, "kode": "000000"})
    assert answer.status_code == 401
    again = answer.get_data(as_text=True)
    assert secret_shown(again) == secret_shown(text)
    assert re.search(r"<path[^>]*>", again.split('class="qr"')[1])[0] in text
    assert client.get("/pimpinan").status_code == 302


def test_a_secret_of_ones_own_is_refused(server, city, account):
    nama, _ = account(Peran.BAPPEDA)
    client, mine = server.test_client(), new_secret()
    give_password(client, nama)
    csrf = form_at(client, "/masuk/pasang")["csrf"]
    other = seal(SERVER_KEY, f"pasang:{fingerprint('sesi lain')}:{mine}")
    for sealed in ("", mine, seal(SERVER_KEY, mine), other, seal("x" * 40, mine)):
        form = {"csrf": csrf, "rahasia": sealed, "kode": pyotp.TOTP(mine).now()}
        answer = client.post("/masuk/pasang", data=form)
        assert answer.status_code == 400
    with city.connect() as conn:
        assert find_account(conn, PEMDA, nama).totp is None


def test_a_code_in_place_is_not_replaced_with_a_password_alone(server, city, account):
    """Somebody else who knows the password began to set up a code before the owner did."""
    nama, _ = account(Peran.BAPPEDA)
    thief, owner = server.test_client(), server.test_client()
    give_password(thief, nama)
    text = read(thief, "/masuk/pasang")
    form = hidden_of(text.split("<main")[1])
    give_password(owner, nama)
    assert enrol(owner)[1].status_code == 200
    answer = thief.post("/masuk/pasang", data={**form, "kode": pyotp.TOTP(secret_shown(text)).now()})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/masuk")
    assert thief.get("/pimpinan").status_code == 302


def test_a_leader_may_set_up_a_code_and_is_asked_from_then_on(server, account):
    nama, _ = account(Peran.PIMPINAN)
    client = server.test_client()
    give_password(client, nama)
    assert "Nanti saja" in read(client, "/masuk/pasang?next=pimpinan")
    assert enrol(client)[1].status_code == 200
    assert client.get("/masuk/pasang?next=pimpinan").headers["Location"] == "/pimpinan"
    other = server.test_client()
    assert give_password(other, nama).headers["Location"].startswith("/masuk/kode")


@pytest.mark.parametrize("field", ["kode", "pemulihan"])
def test_a_recovery_code_works_once(server, city, account, field):
    nama, _ = account(Peran.BAPPEDA)
    client = server.test_client()
    give_password(client, nama)
    code = codes_shown(enrol(client)[1].get_data(as_text=True))[0]
    answers = []
    for _ in range(2):
        client = server.test_client()
        give_password(client, nama)
        answers.append(fill(client, "/masuk/kode", **{field: f" {code.lower()} "}).status_code)
    assert answers == [303, 401]
    assert "kode pemulihan" in told(city, nama), "a spent recovery code shows in the trail"


def told(city, nama):
    with city.connect() as conn:
        j = jejak.c
        return " ".join(conn.execute(select(j.rincian).where(j.pelaku == nama)).scalars())


# --- sessions and cookies ---


def test_every_step_has_a_session_of_its_own(server, city, account):
    nama, _ = account(Peran.BAPPEDA)
    client = server.test_client()
    client.set_cookie("emonev_sesi", "ditanam-orang-lain")
    seen = ["ditanam-orang-lain"]
    give_password(client, nama)
    seen.append(session_of(client))
    enrol(client)
    seen.append(session_of(client))
    assert len(set(seen)) == 3
    assert stages(city, nama) == ["penuh"]
    planted = server.test_client()
    for token in seen[:2]:
        planted.set_cookie("emonev_sesi", token)
        assert planted.get("/pimpinan").status_code == 302


def test_signing_in_again_ends_the_session_before(server, city, account):
    nama, _ = account(Peran.BAPPEDA, with_factor=True)
    client = server.test_client()
    give_password(client, nama)
    give_password(client, nama)
    assert stages(city, nama) == ["kode"]


def cookies(answer):
    return {line.split("=", 1)[0]: line for line in answer.headers.getlist("Set-Cookie")}


def test_cookies_are_for_the_server_alone(server, account):
    nama, _ = account(Peran.PIMPINAN)
    found = cookies(give_password(server.test_client(), nama))
    assert set(found) == {"emonev_sesi", "emonev_perangkat"}
    for line in found.values():
        assert "HttpOnly" in line
        assert "SameSite=Lax" in line
        assert "Path=/" in line
        assert "Secure" not in line


def test_behind_tls_cookies_are_this_hosts_alone(server, account, monkeypatch):
    secure = replace(server.config["SETELAN"], base_url="https://emonev.example")
    monkeypatch.setitem(server.config, "SETELAN", secure)
    nama, _ = account(Peran.PIMPINAN)
    found = cookies(give_password(server.test_client(), nama))
    assert set(found) == {"__Host-emonev_sesi", "__Host-emonev_perangkat"}
    for line in found.values():
        assert "Secure" in line
        assert "HttpOnly" in line
        assert "Domain" not in line


def sign_out_token(text):
    """The button in the header carries it."""
    return attribute(re.search(r'<button[^>]*name="csrf"[^>]*>', text)[0], "value")


def test_signing_out_ends_the_session_everywhere(server, city, account):
    nama, _ = account(Peran.PIMPINAN)
    client = server.test_client()
    give_password(client, nama)
    token = session_of(client)
    csrf = sign_out_token(read(client, "/masuk/pasang"))
    assert client.post("/keluar", data={"csrf": "bukan"}).status_code == 400
    assert client.get("/pimpinan").status_code == 200
    answer = client.post("/keluar", data={"csrf": csrf})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/masuk?pesan=keluar")
    assert "Anda sudah keluar" in read(client, "/masuk?pesan=keluar")
    assert session_of(client) == ""
    assert stages(city, nama) == []
    copy = server.test_client()
    copy.set_cookie("emonev_sesi", token)
    assert copy.get("/pimpinan").status_code == 302
    assert said(city, nama)[-1] == Tindakan.KELUAR


def test_between_two_steps_one_may_turn_back(server, city, account):
    nama, _ = account(Peran.BAPPEDA, with_factor=True)
    client = server.test_client()
    give_password(client, nama)
    text = read(client, "/masuk/kode?next=pimpinan&tw=3").split("<form")
    form = next(hidden_of(f"<form{part}") for part in text if 'action="/keluar"' in part)
    answer = client.post("/keluar", data=form)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/masuk?next=pimpinan&tw=3")
    assert stages(city, nama) == []


# --- one-time links ---


@pytest.fixture
def link(city):
    """Makes an invited account and its link; gives name and token."""

    def make(guna=Guna.UNDANGAN):
        nama = f"uji.undang.{next(_numbers)}"
        with writing(city) as conn:
            invite_account(conn, PEMDA, nama, "Kepala Bagian Uji", Peran.PIMPINAN)
            return nama, make_link(conn, PEMDA, nama, guna, "admin")

    return make


@pytest.mark.parametrize(("guna", "head"), [(Guna.UNDANGAN, "Buat kata sandi"), (Guna.SETEL_ULANG, "Ganti kata sandi")])
def test_a_link_sets_the_password_once(server, city, link, guna, head):
    nama, token = link(guna)
    client = server.test_client()
    text = read(client, f"/undangan/{token}")
    for words in (head, "Kepala Bagian Uji", nama, 'autocomplete="new-password"', "WIB"):
        assert words in text
    answer = fill(client, f"/undangan/{token}", sandi_baru=NEW)
    assert answer.status_code == 200
    assert "Kata sandi tersimpan" in answer.get_data(as_text=True)
    assert "Set-Cookie" not in answer.headers
    assert said(city, nama) == [Tindakan.SANDI_DIGANTI]
    assert give_password(server.test_client(), nama, NEW).status_code == 303
    dead = client.get(f"/undangan/{token}")
    assert dead.status_code == 404
    assert DEAD in dead.get_data(as_text=True)


@pytest.mark.parametrize("sandi", ["", "pendek", "palembang2026", "password1234"])
def test_a_weak_password_leaves_the_link_alive(server, city, link, sandi):
    nama, token = link()
    client = server.test_client()
    answer = fill(client, f"/undangan/{token}", sandi_baru=sandi)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.get_data(as_text=True)
    assert said(city, nama) == []
    assert fill(client, f"/undangan/{token}", sandi_baru=NEW).status_code == 200


def test_a_link_grows_old(server, city, link):
    nama, token = link()
    client = server.test_client()
    form = {**form_at(client, f"/undangan/{token}"), "sandi_baru": NEW}
    with writing(city) as conn:
        late = (
            update(tautan).where(tautan.c.nama == nama).values(berakhir_pada=datetime.now(UTC) - timedelta(minutes=1))
        )
        conn.execute(late)
    assert client.get(f"/undangan/{token}").status_code == 404
    assert client.post(f"/undangan/{token}", data=form).status_code == 404
    assert give_password(client, nama, NEW).status_code == 401


def test_a_link_needs_its_form(server, link):
    _, token = link()
    answer = server.test_client().post(f"/undangan/{token}", data={"sandi_baru": NEW})
    assert answer.status_code == 400
    assert "sekali lagi" in answer.get_data(as_text=True)


def test_a_reset_ends_the_sessions_of_the_account(server, city, account):
    nama, _ = account(Peran.PIMPINAN)
    client = server.test_client()
    give_password(client, nama)
    with writing(city) as conn:
        token = make_link(conn, PEMDA, nama, Guna.SETEL_ULANG, "admin")
    answer = fill(client, f"/undangan/{token}", sandi_baru=NEW)
    assert "Akun Uji" not in answer.get_data(as_text=True).split("<main")[0]
    assert client.get("/pimpinan").status_code == 302


def test_a_link_tells_its_address_to_no_other_site(server, link):
    _, token = link()
    for path in (f"/undangan/{token}", "/undangan/salah"):
        assert server.test_client().get(path).headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("token", ["x", "%00", "%F0%9F%98%80", "a" * 3000, "'--", "<script>"])
def test_nonsense_is_a_dead_link(server, token):
    answer = server.test_client().get(f"/undangan/{token}")
    assert answer.status_code == 404
    assert "<script>" not in answer.get_data(as_text=True).split("<main")[1]


def test_guessing_at_links_costs_waiting(server, link):
    client = server.test_client()
    codes = [client.get("/undangan/tebakan").status_code for _ in range(ALAMAT.bebas)]
    assert set(codes) == {404}
    _, token = link()
    answer = client.get(f"/undangan/{token}")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0


def test_every_answer_of_signing_in_is_private(server, account, link):
    nama, _ = account(Peran.BAPPEDA)
    client = server.test_client()
    answers = [client.get("/masuk"), give_password(client, nama), client.get("/masuk/pasang"), enrol(client)[1]]
    for answer in answers:
        assert "no-store" in answer.headers["Cache-Control"]


def test_the_picture_says_what_the_phone_must_know():
    """Every dark module of the QR code is drawn, and nothing else."""
    import segno

    from pages.parts.markup import to_html
    from pages.parts.second import QUIET_ZONE, Langkah, setup_sheet

    address = "otpauth://totp/e-Monev:analis?secret=ABCDEFGHIJKLMNOP&issuer=e-Monev"
    drawn = to_html(setup_sheet(Langkah("Analis", "t", "t"), address, "ABCDEFGHIJKLMNOP", "s", None))
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", drawn)
    dark = {(int(x) + step, int(y)) for x, y, width in runs for step in range(int(width))}
    rows = segno.make(address, error="m", micro=False).matrix
    wanted = {(x + QUIET_ZONE, y + QUIET_ZONE) for y, row in enumerate(rows) for x, cell in enumerate(row) if cell}
    assert dark == wanted
    assert "ABCD EFGH IJKL MNOP" in drawn
