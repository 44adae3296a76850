"""/akun: own sessions, own password, own code, own history; nobody else's."""

import json
import re
from datetime import UTC, datetime
from itertools import count

import pytest
from sqlalchemy import insert, select, update

from data import tables
from data.accounts import find_account, verify_password
from data.faktor import install_factor, new_secret, recovery_left
from data.perangkat import known_device, remember_device
from data.sesi import list_sessions
from data.tautan import Guna, make_link
from data.words import Peran
from pages.parts.account import device_words
from tests.conftest import PASSWORD, add_account, sign_in

PEMDA = "16.71"
NEW = "gajah-makan-bakwan-malam"
NEVER = (
    "/akun/sandi",
    "/akun/keluarkan",
    "/akun/keluarkan-lain",
    "/akun/pemulihan",
    "/akun/lepas-kode",
    "/akun/pindah-kode",
)
_numbers = count(1)


@pytest.fixture
def nama(server, city):
    """An account of this test alone."""
    return make(city)


def make(city, peran=Peran.PIMPINAN, label="Kepala Bagian Uji", factor=False):
    name = f"uji-akun-{next(_numbers)}"
    with city.begin() as conn:
        add_account(conn, PEMDA, name, label, peran)
        if factor:
            install_factor(conn, PEMDA, name, "kunci-uji-yang-cukup-panjang-0123456789", new_secret(), 1)
    return name


def token(client, path="/akun"):
    text = client.get(path).get_data(as_text=True)
    return value_of("csrf", text[text.index('action="/akun/') :])


def value_of(name, text):
    """What the first hidden field of this name carries."""
    field = re.search(rf'<input[^>]*\bname="{name}"[^>]*>', text)[0]
    return re.search(r'\bvalue="([^"]+)"', field)[1]


def post(client, path, **fields):
    return client.post(path, data={"csrf": token(client), **fields})


def trail(city, nama):
    t = tables.jejak.c
    with city.connect() as conn:
        rows = conn.execute(select(t.tindakan, t.rincian).where(t.pelaku == nama).order_by(t.nomor))
        return [(row.tindakan, json.loads(row.rincian)) for row in rows]


def kinds(city, nama):
    return [tindakan for tindakan, _ in trail(city, nama)]


def test_a_stranger_is_sent_to_sign_in_and_back(server):
    answer = server.test_client().get("/akun")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/masuk?next=akun.own")
    assert {server.test_client().post(path).headers["Location"] for path in NEVER} == {"/masuk?pesan=berakhir"}
    assert "berakhir" in server.test_client().get("/masuk?pesan=berakhir").get_data(as_text=True)


@pytest.mark.parametrize("who", ["sekda", "bappeda", "operator-a", "admin"])
def test_everybody_signed_in_sees_the_own_account(server, who):
    answer = sign_in(server, who).get("/akun")
    assert answer.status_code == 200
    assert who in answer.get_data(as_text=True)
    assert answer.headers["Cache-Control"] == "no-store, private"


def test_somebody_half_in_sees_nothing(server, nama):
    assert sign_in(server, nama, "kode").get("/akun").status_code == 302


@pytest.mark.parametrize("path", NEVER)
def test_without_its_token_a_form_is_refused(server, nama, city, path):
    client = sign_in(server, nama)
    assert client.post(path, data={"sandi_lama": PASSWORD, "sandi_baru": NEW}).status_code == 400
    assert client.post(path, data={"csrf": "palsu"}).status_code == 400
    assert client.get("/akun").status_code == 200


def test_a_token_of_another_session_is_refused(server, nama):
    mine, other = sign_in(server, nama), sign_in(server, nama)
    assert mine.post("/akun/keluarkan-lain", data={"csrf": token(other)}).status_code == 400
    assert other.get("/akun").status_code == 200


def test_the_page_names_devices_in_plain_words_and_marks_this_one(server, nama, city):
    client = sign_in(server, nama)
    text = client.get("/akun").get_data(as_text=True)
    assert text.count("perangkat ini") == 1
    assert "Program lain (uji)" in text


def test_what_a_browser_calls_itself_is_escaped(server, nama, city):
    client = sign_in(server, nama)
    with city.begin() as conn:
        conn.execute(
            update(tables.sesi).where(tables.sesi.c.nama == nama).values(perangkat="<script>alert(1)</script>")
        )
    text = client.get("/akun").get_data(as_text=True)
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_one_device_is_signed_out(server, nama, city):
    mine, other = sign_in(server, nama), sign_in(server, nama)
    with city.connect() as conn:
        shorts = {row.sesi for row in list_sessions(conn, PEMDA, nama)}
    text = other.get("/akun").get_data(as_text=True)
    first = value_of("sesi", text)  # this one stands first
    assert first in shorts
    answer = post(mine, "/akun/keluarkan", sesi=first)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/akun?kabar=keluar#isi")
    assert other.get("/akun").status_code == 302
    assert mine.get("/akun").status_code == 200
    assert kinds(city, nama) == ["sesi_diakhiri"]


def test_signing_out_this_device_leads_to_the_door(server, nama, city):
    client = sign_in(server, nama)
    text = client.get("/akun").get_data(as_text=True)
    own = value_of("sesi", text)
    answer = post(client, "/akun/keluarkan", sesi=own)
    assert answer.headers["Location"] == "/masuk"
    assert client.get("/akun").status_code == 302
    assert kinds(city, nama) == ["keluar"]


@pytest.mark.parametrize("short", ["", "0" * 16, "%", "' OR 1=1 --", "x" * 500])
def test_no_other_session_can_be_named(server, nama, city, short):
    client, other = sign_in(server, nama), sign_in(server, make(city))
    assert post(client, "/akun/keluarkan", sesi=short).status_code == 303
    assert client.get("/akun").status_code == other.get("/akun").status_code == 200
    assert kinds(city, nama) == []


def test_somebody_elses_session_cannot_be_ended(server, nama, city):
    victim = make(city)
    theirs, mine = sign_in(server, victim), sign_in(server, nama)
    with city.connect() as conn:
        short = list_sessions(conn, PEMDA, victim)[0].sesi
    post(mine, "/akun/keluarkan", sesi=short)
    assert theirs.get("/akun").status_code == 200


def test_all_others_are_signed_out_and_other_devices_forgotten(server, nama, city):
    mine, one, two = (sign_in(server, nama) for _ in range(3))
    with city.begin() as conn:
        here, there = (remember_device(conn, PEMDA, nama, "", True) for _ in range(2))
    mine.set_cookie("emonev_perangkat", here)
    assert post(mine, "/akun/keluarkan-lain").status_code == 303
    assert [client.get("/akun").status_code for client in (mine, one, two)] == [200, 302, 302]
    with city.connect() as conn:
        assert known_device(conn, PEMDA, nama, here) is not None
        assert known_device(conn, PEMDA, nama, there) is None
    assert trail(city, nama) == [("sesi_diakhiri", {"sesi": "semua yang lain", "jumlah": 2})]


def test_the_password_is_changed_and_every_other_door_closes(server, nama, city):
    mine, other = sign_in(server, nama), sign_in(server, nama)
    before = mine.get_cookie("emonev_sesi").value
    with city.begin() as conn:
        link = make_link(conn, PEMDA, nama, Guna.SETEL_ULANG, "admin")
        device = remember_device(conn, PEMDA, nama, "", True)
    answer = post(mine, "/akun/sandi", sandi_lama=PASSWORD, sandi_baru=NEW)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/akun?kabar=sandi#isi")
    assert mine.get_cookie("emonev_sesi").value != before
    assert "sudah diganti" in mine.get("/akun?kabar=sandi").get_data(as_text=True)
    assert other.get("/akun").status_code == 302
    with city.connect() as conn:
        assert verify_password(conn, PEMDA, nama, NEW) is not None
        assert verify_password(conn, PEMDA, nama, PASSWORD) is None
        assert known_device(conn, PEMDA, nama, device) is None
        assert conn.execute(select(tables.tautan).where(tables.tautan.c.nama == nama)).first() is None, link
    assert kinds(city, nama) == ["sandi_diganti"]


def test_the_old_cookie_is_dead_after_a_change(server, nama):
    mine, thief = sign_in(server, nama), server.test_client()
    thief.set_cookie("emonev_sesi", mine.get_cookie("emonev_sesi").value)
    post(mine, "/akun/sandi", sandi_lama=PASSWORD, sandi_baru=NEW)
    assert thief.get("/akun").status_code == 302


@pytest.mark.parametrize("new", ["pendek", "palembangpalembang", "aaaaaaaaaaaaaaaa", "x" * 300, PASSWORD])
def test_an_unfit_new_password_costs_no_attempt(server, nama, city, new):
    client = sign_in(server, nama)
    answer = post(client, "/akun/sandi", sandi_lama=PASSWORD, sandi_baru=new)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.get_data(as_text=True)
    with city.connect() as conn:
        counted = conn.execute(select(tables.percobaan.c.gagal).where(tables.percobaan.c.kunci == f"ganti:{nama}"))
        assert (counted.scalar() or 0) == 0
        assert verify_password(conn, PEMDA, nama, PASSWORD) is not None
    assert kinds(city, nama) == []


def test_guessing_the_old_password_costs_waiting(server, nama, city):
    client = sign_in(server, nama)
    for _ in range(5):
        answer = post(client, "/akun/sandi", sandi_lama="salah", sandi_baru=NEW)
        assert answer.status_code == 400
        assert "tidak cocok" in answer.get_data(as_text=True)
    answer = post(client, "/akun/sandi", sandi_lama=PASSWORD, sandi_baru=NEW)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert kinds(city, nama).count("masuk_gagal") == 5
    assert kinds(city, nama).count("masuk_ditahan") == 1


def test_ten_new_codes_are_shown_once(server, city):
    name = make(city, factor=True)
    client = sign_in(server, name)
    assert post(client, "/akun/pemulihan", sandi_pemulihan="salah").status_code == 400
    answer = post(client, "/akun/pemulihan", sandi_pemulihan=PASSWORD)
    text = answer.get_data(as_text=True)
    codes = [part.split("<")[0] for part in text.split("<code>")[1:]]
    assert len(codes) == 10
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert not any(code in client.get("/akun").get_data(as_text=True) for code in codes)
    with city.connect() as conn:
        assert recovery_left(conn, PEMDA, name) == 10
    assert trail(city, name)[-1] == ("akun_diubah", {"kode_pemulihan": "dibuat baru"})
    assert not any(code in str(trail(city, name)) for code in codes)


def test_without_a_factor_there_are_no_codes(server, nama):
    client = sign_in(server, nama)
    assert post(client, "/akun/pemulihan", sandi_pemulihan=PASSWORD).status_code == 400
    assert post(client, "/akun/lepas-kode", sandi_lepas=PASSWORD).status_code == 400
    assert 'href="/masuk/pasang?next=akun.own"' in client.get("/akun").get_data(as_text=True)


def test_the_factor_is_dropped_with_the_password_where_the_role_leaves_the_choice(server, city):
    name = make(city, factor=True)
    client = sign_in(server, name)
    assert post(client, "/akun/lepas-kode", sandi_lepas="salah").status_code == 400
    assert post(client, "/akun/lepas-kode", sandi_lepas=PASSWORD).status_code == 303
    with city.connect() as conn:
        assert find_account(conn, PEMDA, name).totp is None
    assert kinds(city, name) == ["masuk_gagal", "faktor_dilepas"]


@pytest.mark.parametrize("role", [Peran.ADMIN, Peran.BAPPEDA])
def test_where_a_factor_is_a_must_it_stays(server, city, role):
    name = make(city, role, factor=True)
    client = sign_in(server, name)
    assert "Lepas kode masuk" not in client.get("/akun").get_data(as_text=True)
    answer = post(client, "/akun/lepas-kode", sandi_lepas=PASSWORD)
    assert answer.status_code == 400
    assert "wajib" in answer.get_data(as_text=True)
    with city.connect() as conn:
        assert find_account(conn, PEMDA, name).totp is not None


def test_the_history_is_ones_own(server, city):
    name = make(city)
    client = sign_in(server, name)
    rows = [("sekda", "masuk", "10.9.9.9"), (name, "masuk", "10.1.1.1"), (name, "unggah", "10.2.2.2")]
    with city.begin() as conn:
        # Straight into the table: the chain of this process's own copy is not what is tested here.
        row = {"pemda": "xx", "peran": "", "opd": "", "objek": "", "rincian": "{}", "sebelum": "", "hash": ""}
        row["waktu"] = datetime.now(UTC)
        numbers = range(900_000, 900_003)
        given = [
            {**row, "pemda": PEMDA, "nomor": -number, "pelaku": who, "tindakan": what, "alamat": where}
            for number, (who, what, where) in zip(numbers, rows, strict=True)
        ]
        conn.execute(insert(tables.jejak), given)
    try:
        text = client.get("/akun").get_data(as_text=True)
    finally:
        with city.begin() as conn:
            conn.execute(tables.jejak.delete().where(tables.jejak.c.nomor < 0))
    assert "10.1.1.1" in text
    assert "10.9.9.9" not in text
    assert "10.2.2.2" not in text


def test_news_is_only_what_we_say(server, nama):
    text = sign_in(server, nama).get("/akun?kabar=<script>alert(1)</script>").get_data(as_text=True)
    assert "alert(1)" not in text


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome di Android"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge di Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "Safari di iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) SamsungBrowser/25.0 Chrome/121.0", "Samsung Internet di Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox di Linux"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/17.0 Safari/605.1", "Safari di Mac"),
        ("curl/8.5", "Program lain (curl/8.5)"),
        ("", "Perangkat tidak dikenal"),
    ],
)
def test_a_device_in_plain_words(agent, words):
    assert device_words(agent) == words


def test_a_code_moves_to_a_new_phone(server, city):
    nama = make(city, peran=Peran.BAPPEDA, factor=True)
    client = sign_in(server, nama)
    assert post(client, "/akun/pindah-kode", sandi_pindah="salah").status_code == 400
    answer = post(client, "/akun/pindah-kode", sandi_pindah=PASSWORD)
    assert kinds(city, nama) == ["masuk_gagal", "faktor_dilepas"]
    assert (answer.status_code, answer.headers["Location"]) == (303, "/masuk/pasang?next=akun.own")
    assert client.get("/akun").status_code == 302, "nothing else is open until the new code is set up"
    assert client.get("/masuk/pasang").status_code == 200
    with city.connect() as conn:
        account = find_account(conn, "16.71", nama)
    assert account.totp is None
