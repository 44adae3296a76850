"""Two operators: whatever one of them puts in the place of an id of their own, nothing of the other's is reached, and
the answer does not tell what exists from what does not.

Also whatever else opens a door that is not one's own: forms of another session, devices of another account, links that
were used, and accounts that have no password yet.
"""

import ast
import itertools
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from data import sandi
from data.accounts import disable_account, find_account, invite_account, verify_password
from data.engine import reading, writing
from data.kunci import fingerprint
from data.percobaan import AKUN
from data.tables import jejak, pengguna, percobaan, sesi, tautan
from data.tautan import Guna, make_link
from data.words import Peran
from tests.conftest import CAST, PASSWORD, add_account, sign_in

PEMDA = "16.71"
OPD_A, OPD_B = (opd for *_, opd in CAST if opd)
NEW = "jeruk-payung-tembaga-lari"
SHORT = 16
_numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def clean_counters(city):
    """Every test begins with nobody waiting: they all come from one address."""
    with writing(city) as conn:
        conn.execute(delete(percobaan))


@pytest.fixture
def pair(city):
    """Two operators of this test alone, of different OPD."""
    names = [f"uji.tukar.{next(_numbers)}" for _ in range(2)]
    with writing(city) as conn:
        for nama, opd in zip(names, (OPD_A, OPD_B), strict=True):
            add_account(conn, PEMDA, nama, "Operator Uji", Peran.OPD, opd)
    return names


def short_of(client):
    return fingerprint(client.get_cookie("emonev_sesi").value)[:SHORT]


def token_of(client, path="/akun"):
    """The token of the first form of a page's own content."""
    text = client.get(path).get_data(as_text=True).split("<main", 1)[1]
    return re.search(r'name="csrf" value="([^"]*)"', text)[1]


def plain(answer, *echoed):
    """Code, place and text of an answer, without what was sent and what differs every time (tokens, Dash's end_id)."""
    text = answer.get_data(as_text=True)
    for one in filter(None, echoed):
        text = text.replace(one, "…")
    text = re.sub(r'(?:value=|"end_id":)"[^"]{40,}"', "token", text)
    return answer.status_code, answer.headers.get("Location", ""), text


def is_in(client):
    return client.get("/akun").status_code == 200


def row_of(city, nama):
    with city.connect() as conn:
        return find_account(conn, PEMDA, nama)._asdict()


# --- sessions ---


def test_nobody_ends_the_session_of_another(server, pair):
    mine, theirs = (sign_in(server, nama) for nama in pair)
    token, short = token_of(mine), short_of(theirs)
    unknown = plain(mine.post("/akun/keluarkan", data={"csrf": token, "sesi": "0" * SHORT}))
    tries = [short, short.upper(), short[:8], "%" * SHORT, "_" * SHORT, f"{short[:15]}_", f"{short}0", "", "\0" * SHORT]
    for one in tries:
        assert plain(mine.post("/akun/keluarkan", data={"csrf": token, "sesi": one})) == unknown, one
    both = {"csrf": token, "sesi": ["0" * SHORT, short], "nama": pair[1], "pengguna": pair[1]}
    assert plain(mine.post("/akun/keluarkan", data=both)) == unknown
    assert plain(mine.post(f"/akun/keluarkan?sesi={short}", data={"csrf": token})) == unknown
    assert is_in(theirs)
    assert is_in(mine)


def test_ending_all_others_ends_only_ones_own(server, pair):
    mine, theirs, other = sign_in(server, pair[0]), sign_in(server, pair[1]), sign_in(server, pair[0])
    mine.post("/akun/keluarkan-lain", data={"csrf": token_of(mine), "nama": pair[1]})
    assert [is_in(client) for client in (mine, theirs, other)] == [True, True, False]


def test_the_short_name_of_a_session_opens_nothing(server, pair):
    theirs, thief = sign_in(server, pair[1]), server.test_client()
    whole = fingerprint(theirs.get_cookie("emonev_sesi").value)
    for one in (whole, whole[:SHORT], theirs.get_cookie("emonev_sesi").value[:-1]):
        thief.set_cookie("emonev_sesi", one)
        assert not is_in(thief)


# --- forms ---

OWN_FORMS = ("/akun/sandi", "/akun/keluarkan", "/akun/keluarkan-lain", "/akun/pemulihan", "/akun/lepas-kode", "/keluar")


@pytest.mark.parametrize("path", OWN_FORMS)
def test_the_form_of_another_session_is_refused(server, city, pair, path):
    mine, theirs = (sign_in(server, nama) for nama in pair)
    before = row_of(city, pair[0])
    fields = {"sandi_lama": PASSWORD, "sandi_baru": NEW, "sandi_pemulihan": PASSWORD, "sandi_lepas": PASSWORD}
    for token in (token_of(theirs), "", "x", token_of(server.test_client(), "/masuk")):
        answer = mine.post(path, data={**fields, "csrf": token, "sesi": short_of(mine)})
        assert answer.status_code == 400
    assert is_in(mine)
    assert row_of(city, pair[0]) == before


def test_the_form_of_another_administrator_is_refused(server, city, pair):
    other = f"uji.tukar.admin.{next(_numbers)}"
    with writing(city) as conn:
        add_account(conn, PEMDA, other, "Administrator Uji", Peran.ADMIN)
    mine, theirs, nama = sign_in(server, "admin"), sign_in(server, other), pair[0]
    before = row_of(city, nama)
    for token in (token_of(theirs, "/kelola/undang"), token_of(mine, "/akun")):
        for deed in ("ubah", "setel-ulang", "lepas-kode", "tutup", "buka", "keluarkan"):
            fields = {"csrf": token, "sebutan": "Diubah", "peran": "admin", "opd": ""}
            assert mine.post(f"/kelola/akun/{nama}/{deed}", data=fields).status_code == 400
        invited = {"csrf": token, "nama": "uji.tak.jadi", "sebutan": "x", "peran": "admin"}
        assert mine.post("/kelola/undang", data=invited).status_code == 400
        assert mine.post("/kelola/jejak.csv", data={"csrf": token}).status_code == 400
    assert row_of(city, nama) == before
    assert sign_in(server, "admin").get("/kelola/akun/uji.tak.jadi").status_code == 404


def test_a_form_changes_the_own_account_whatever_it_names(server, city, pair):
    mine = sign_in(server, pair[0])
    before = row_of(city, pair[1])
    other = dict.fromkeys(("nama", "pengguna", "akun", "user"), pair[1]) | {"opd": OPD_B, "peran": "admin"}
    fields = {**other, "csrf": token_of(mine), "sandi_lama": PASSWORD, "sandi_baru": NEW}
    assert mine.post(f"/akun/sandi?nama={pair[1]}&peran=admin", data=fields).status_code == 303
    assert row_of(city, pair[1]) == before
    after = row_of(city, pair[0])
    assert (after["peran"], after["opd"]) == ("opd", OPD_A)
    with city.connect() as conn:
        assert verify_password(conn, PEMDA, pair[0], NEW)


# --- the administrator's pages ---

DEEDS = ("", "/ubah", "/setel-ulang", "/lepas-kode", "/tutup", "/buka", "/keluarkan")


@pytest.mark.parametrize("nama", ["stranger", "operator-a", "operator-b", "sekda", "bappeda"])
def test_who_may_not_administer_learns_of_no_account(server, city, pair, nama):
    client, before = sign_in(server, nama), row_of(city, pair[0])
    token = "" if nama == "stranger" else token_of(client)
    for deed in DEEDS:
        for method in ("GET", "POST"):
            found = [
                plain(client.open(f"/kelola/akun/{one}{deed}", method=method, data={"csrf": token}), one)
                for one in (pair[0], pair[1], "uji.tidak.ada")
            ]
            assert found[0] == found[1] == found[2]
            assert found[0][0] in {302, 303, 403, 404, 405}
    assert row_of(city, pair[0]) == before


@pytest.mark.parametrize("nama", ["operator-a", "sekda"])
def test_who_may_not_administer_cannot_ask_the_trail(server, nama):
    client = sign_in(server, nama)
    queries = ("", "?pelaku=operator-b", "?pelaku=tidak-ada", f"?opd={OPD_B}", "?opd=tidak-ada", "?periksa=1")
    found = {plain(client.get(f"/kelola/jejak{query}")) for query in queries}
    assert {status for status, *_ in found} == {403}
    assert len(found) == 1


# --- what an address names ---


def section(client, output, search):
    inputs = [{"id": "_pages_location", "property": name, "value": value} for name, value in search.items()]
    entries = json.loads(client.get("/_dash-dependencies").data)
    entry = next(one for one in entries if one["output"] == output)
    said = [{**wire, "value": search[wire["property"]]} for wire in entry["inputs"]]
    outputs = dict(zip(("id", "property"), output.rsplit(".", 1), strict=True))
    body = {"output": output, "outputs": outputs, "inputs": said or inputs, "state": [], "changedPropIds": []}
    return client.post("/_dash-update-component", json=body)


@pytest.mark.parametrize("nama", ["stranger", "operator-a", "operator-b"])
@pytest.mark.parametrize("place", ["ringkasan", "merah", "telusur", "terburuk"])
def test_no_opd_in_an_address_opens_the_leaders_page(server, nama, place):
    client = sign_in(server, nama)
    found = {
        plain(section(client, f"pimpinan-{place}.children", {"pathname": "/pimpinan", "search": f"?opd={opd}"}), opd)
        for opd in (OPD_A, OPD_B, "tidak-ada", "")
    }
    assert len(found) == 1
    assert {status for status, *_ in found} == ({401} if nama == "stranger" else {403})


def test_no_opd_in_an_address_opens_the_leaders_room(server):
    client = sign_in(server, "operator-a")
    found = {plain(client.get(f"/pimpinan?opd={opd}&nama=sekda"), opd) for opd in (OPD_A, OPD_B, "tidak-ada")}
    assert len(found) == 1
    assert {status for status, *_ in found} == {403}


# --- one-time links ---


def link_for(city, nama, **columns):
    with writing(city) as conn:
        token = make_link(conn, PEMDA, nama, Guna.UNDANGAN, "admin")
        if columns:
            conn.execute(update(tautan).where(tautan.c.kunci == fingerprint(token)).values(**columns))
    return token


def test_dead_links_are_all_alike(server, city, pair):
    now = datetime.now(UTC)
    dead = {"tidak pernah ada": "karangan-yang-panjangnya-seperti-tautan-asli"}
    dead["kedaluwarsa"] = link_for(city, pair[0], berakhir_pada=now - timedelta(seconds=1))
    dead["dipakai"] = link_for(city, pair[1], dipakai_pada=now)
    closed = f"uji.tukar.{next(_numbers)}"
    with writing(city) as conn:
        invite_account(conn, PEMDA, closed, "Ditutup", Peran.PIMPINAN)
        disable_account(conn, PEMDA, closed)
    dead["akun ditutup"] = link_for(city, closed)
    dead["potongan"] = link_for(city, "operator-a")[:-1]
    for client in (server.test_client(), sign_in(server, pair[0])):
        for method in ("GET", "POST"):
            found = {
                why: plain(client.open(f"/undangan/{token}", method=method, data={"sandi_baru": NEW}), token)
                for why, token in dead.items()
            }
            assert len(set(found.values())) == 1, {why: answer[0] for why, answer in found.items()}
            assert next(iter(found.values()))[0] == 404


def test_a_link_changes_only_the_account_it_was_made_for(server, city, pair):
    token, before, client = link_for(city, pair[1]), row_of(city, pair[0]), sign_in(server, pair[0])
    fields = {"csrf": token_of(client, f"/undangan/{token}"), "sandi_baru": NEW, "nama": pair[0], "pengguna": "admin"}
    assert client.post(f"/undangan/{token}?nama={pair[0]}", data=fields).status_code == 200
    assert row_of(city, pair[0]) == before
    with city.connect() as conn:
        assert verify_password(conn, PEMDA, pair[1], NEW)


# --- signing in ---


def try_password(client, nama, password):
    fields = {"csrf": token_of(client, "/masuk"), "pengguna": nama, "kata_sandi": password}
    return plain(client.post("/masuk", data=fields), nama)


def test_signing_in_tells_no_account_from_none(server, city, pair):
    closed, invited = (f"uji.tukar.{next(_numbers)}" for _ in range(2))
    with writing(city) as conn:
        add_account(conn, PEMDA, closed, "Ditutup", Peran.PIMPINAN)
        disable_account(conn, PEMDA, closed)
        invite_account(conn, PEMDA, invited, "Diundang", Peran.PIMPINAN)
    names = (pair[0], closed, invited, "uji.tidak.ada")
    for attempt in range(AKUN.bebas + 1):
        found = {nama: try_password(server.test_client(), nama, "salah-sekali-lagi") for nama in names}
        texts = {(status, re.sub(r"\d+ (detik|menit)", "…", text)) for status, _, text in found.values()}
        assert len(texts) == 1
        assert {status for status, _ in texts} == {401 if attempt < AKUN.bebas else 429}
    with writing(city) as conn:
        conn.execute(delete(percobaan))
    assert try_password(server.test_client(), closed, PASSWORD)[0] == 401, "nor does the right password"


def stand_ins():
    """The sentences that the code itself hashes, in the place of a hash that is not there."""
    tree = ast.parse(Path(sandi.__file__).read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "hash"]
    return [one.value for call in calls for one in call.args if isinstance(one, ast.Constant)]


def test_an_account_without_a_password_opens_to_none(server, city):
    """Invited or reset: no password fits, not even the sentence that stands in for the missing hash."""
    for guess in ("bukan kata sandi siapa pun", *stand_ins(), "", "None"):
        nama = f"uji.tukar.{next(_numbers)}"
        with writing(city) as conn:
            invite_account(conn, PEMDA, nama, "Diundang", Peran.ADMIN)
        client = server.test_client()
        assert try_password(client, nama, guess)[0] == 401, "an account without a password was opened"
        assert client.get_cookie("emonev_sesi") is None
        with city.connect() as conn:
            assert conn.execute(select(sesi).where(sesi.c.nama == nama)).first() is None


def test_a_device_is_known_for_its_own_account_only(server, city, pair):
    mine = server.test_client()
    assert try_password(mine, pair[0], PASSWORD)[0] == 303
    device = mine.get_cookie("emonev_perangkat").value
    for attempt in range(AKUN.bebas + 1):
        stranger = server.test_client()
        stranger.set_cookie("emonev_perangkat", device)
        status = try_password(stranger, pair[1], "salah-sekali-lagi")[0]
        assert status == (401 if attempt < AKUN.bebas else 429)
    with city.connect() as conn:
        keys = list(conn.execute(select(percobaan.c.kunci)).scalars())
    assert f"akun:{pair[1]}" in keys


def test_an_unfinished_session_is_of_one_account(server, city, pair):
    """The code of another account does not finish it, whatever the form says."""
    client = sign_in(server, pair[0], "kode")
    fields = {"csrf": token_of(client, "/masuk/kode"), "kode": "000000", "pengguna": pair[1], "nama": pair[1]}
    assert client.post("/masuk/kode", data=fields).status_code == 401
    with reading(city) as conn:
        told = conn.execute(select(jejak.c.pelaku).order_by(jejak.c.nomor.desc()).limit(1)).scalar_one()
        assert told == pair[0]
        assert conn.execute(select(pengguna.c.totp).where(pengguna.c.nama == pair[1])).scalar_one() is None
