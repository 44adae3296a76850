"""Single sign-on against a real issuer on this machine, which checks PKCE and our secret as a real one does."""

import base64
import hashlib
import json
import logging
import secrets
import threading
import time
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from itsdangerous import URLSafeTimedSerializer
from joserfc import jws, jwt
from joserfc.jwk import ECKey, OctKey, RSAKey
from sqlalchemy import select

from data import sso, tables
from data.accounts import disable_account, invite_account
from data.engine import reading, writing
from data.faktor import install_factor, new_secret
from data.settings import Oidc
from data.words import Peran, Tindakan
from tests.conftest import sign_in

CLIENT, SECRET = "emonev", "rahasia klien: + & %"
LABEL = "akun kota"
BACK = "/masuk/sso/kembali"


class Issuer:
    """An issuer of our own: who is signed in there, what it gets wrong on purpose, and what it was asked."""

    def __init__(self):
        self.rsa, self.ec = RSAKey.generate_key(2048, {"kid": "satu"}), ECKey.generate_key("P-256", {"kid": "kurva"})
        self.reset()

    def reset(self):
        self.published, self.user, self.claims, self.drop = [self.rsa], {}, {}, []
        self.sign, self.document, self.codes, self.asked = self.sign_rs256, {}, {}, []
        self.ways, self.broken = ["client_secret_basic", "client_secret_post"], None

    def sign_rs256(self, claims):
        return jwt.encode({"alg": "RS256", "kid": self.rsa.kid}, claims, self.rsa)

    def configuration(self):
        places = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/jwks"}
        found = {name: self.address + path for name, path in places.items()}
        found |= {"issuer": self.address, "token_endpoint_auth_methods_supported": self.ways}
        return found | self.document

    def authorize(self, asked):
        """Sign somebody in at once and give a code, bound to what was asked."""
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, form, authorization):
        """Codes are good once, for the client that knows its secret and the one who knows the verifier."""
        asked = self.codes.pop(form.get("code", ""), None)
        if not self.knows_secret(form, authorization):
            return 401, {"error": "invalid_client"}
        if asked is None or form["redirect_uri"] != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "sub": "7", "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        claims |= self.user | self.claims
        claims = {name: value for name, value in claims.items() if name not in self.drop}
        return 200, {"access_token": "kunci", "token_type": "Bearer", "expires_in": 300, "id_token": self.sign(claims)}

    def knows_secret(self, form, authorization):
        if self.ways == ["client_secret_post"]:
            return (form.get("client_id"), form.get("client_secret")) == (CLIENT, SECRET)
        given = base64.b64decode((authorization or "").removeprefix("Basic ")).decode()
        return given == f"{CLIENT}:{SECRET}"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        issuer, parts = self.server.issuer, urlsplit(self.path)
        issuer.asked.append(parts.path)
        if issuer.broken is not None:
            return self.answer(200, issuer.broken)
        if parts.path == "/authorize":
            self.send_response(302)
            self.send_header("Location", issuer.authorize({k: v[0] for k, v in parse_qs(parts.query).items()}))
            self.end_headers()
            return None
        if parts.path == "/jwks":
            return self.json(200, {"keys": [key.as_dict(private=False) for key in issuer.published]})
        return self.json(200, issuer.configuration())

    def do_POST(self):
        issuer = self.server.issuer
        issuer.asked.append(self.path)
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        self.json(*issuer.token(form, self.headers.get("Authorization")))

    def json(self, code, content):
        self.answer(code, json.dumps(content).encode())

    def answer(self, code, content):
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_words):
        return None


@pytest.fixture(scope="module")
def running():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.issuer = Issuer()
    server.issuer.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.issuer
    server.shutdown()
    server.server_close()


@pytest.fixture
def issuer(running, server, monkeypatch):
    """The issuer, with the sekda signed in there; our server told to trust it for the time of this test."""
    running.reset()
    running.user = {"email": "sekda", "email_verified": True}
    sso.forget_issuers()
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    before = server.config["SETELAN"]
    server.config["SETELAN"] = replace(before, oidc=Oidc(running.address, CLIENT, SECRET, LABEL, "email"))
    yield running
    server.config["SETELAN"] = before
    sso.forget_issuers()


@pytest.fixture(scope="module")
def accounts(server):
    """Accounts named by an email: an analyst with a code, one without, and one that was closed."""
    answerer = server.config["PENJAWAB"]
    with writing(answerer.engine) as conn:
        for name, role in (("kode", Peran.BAPPEDA), ("tanpa", Peran.BAPPEDA), ("tutup", Peran.PIMPINAN)):
            invite_account(conn, answerer.pemda, f"{name}@kota.go.id", name.title(), role)
        install_factor(conn, answerer.pemda, "kode@kota.go.id", str(server.secret_key), new_secret(), 0)
        disable_account(conn, answerer.pemda, "tutup@kota.go.id")


def leave_for_the_issuer(client, query="?next=pimpinan&tahun=2026"):
    """As far as the issuer's address."""
    answer = client.get(f"/masuk/sso{query}")
    assert answer.status_code == 302
    return answer.headers["Location"]


def at_the_issuer(address):
    """What the issuer sends the browser back with."""
    back = requests.get(address, allow_redirects=False, timeout=5).headers["Location"]
    parts = urlsplit(back)
    assert parts.path == BACK
    return f"{parts.path}?{parts.query}"


def walk(client, query="?next=pimpinan&tahun=2026"):
    return client.get(at_the_issuer(leave_for_the_issuer(client, query)))


def is_signed_in(client):
    return client.get("/pimpinan").status_code == 200


def assert_refused(client, answer, code, sentence):
    """The form again with a sentence, and nobody signed in."""
    text = answer.get_data(as_text=True)
    assert answer.status_code == code
    assert sentence in text
    assert 'name="kata_sandi"' in text
    assert client.get_cookie("emonev_sesi") is None
    assert not is_signed_in(client)


def last_of_trail(server):
    answerer, t = server.config["PENJAWAB"], tables.jejak.c
    with reading(answerer.engine) as conn:
        row = conn.execute(select(tables.jejak).order_by(t.nomor.desc())).first()
    return row.tindakan, row.pelaku, json.loads(row.rincian).get("cara")


# --- off ---


@pytest.mark.parametrize("path", ["/masuk/sso", BACK])
def test_without_an_issuer_there_is_no_such_address(server, path):
    assert server.test_client().get(path).status_code == 404


# --- in ---


def test_the_sekda_comes_in_where_they_wanted_to_go(server, issuer):
    client = server.test_client()
    answer = walk(client)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/pimpinan?tahun=2026")
    assert is_signed_in(client)
    assert client.get_cookie("emonev_sso") is None
    assert last_of_trail(server) == (Tindakan.MASUK, "sekda", "sso")


def test_what_the_issuer_is_asked(server, issuer):
    client = server.test_client()
    asked = {name: values[0] for name, values in parse_qs(urlsplit(leave_for_the_issuer(client)).query).items()}
    assert asked["redirect_uri"] == server.config["SETELAN"].base_url + BACK
    assert asked["code_challenge_method"] == "S256"
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    assert min(len(asked["state"]), len(asked["nonce"])) >= 40
    again = {name: values[0] for name, values in parse_qs(urlsplit(leave_for_the_issuer(client)).query).items()}
    assert not {asked["state"], asked["nonce"], asked["code_challenge"]} & set(again.values())


def test_the_return_address_is_never_the_requests(server, issuer):
    answer = server.test_client().get("/masuk/sso", headers={"Host": "jahat.example", "X-Forwarded-Host": "jahat"})
    assert "jahat" not in answer.headers["Location"]


@pytest.mark.parametrize("tls", [False, True])
def test_the_ticket_stays_with_this_browser(server, issuer, tls):
    base = "https://emonev.kota.go.id" if tls else "http://127.0.0.1:8050"
    server.config["SETELAN"] = replace(server.config["SETELAN"], base_url=base)
    answer = server.test_client().get("/masuk/sso")
    name, *rest = answer.headers["Set-Cookie"].split("; ")
    assert name.startswith("__Host-emonev_sso=" if tls else "emonev_sso=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=600"} <= set(rest)
    assert ("Secure" in rest) == tls
    assert "no-store" in answer.headers["Cache-Control"]


def test_somebody_signed_in_needs_no_issuer(server, issuer):
    answer = sign_in(server, "sekda").get("/masuk/sso?next=pimpinan&tahun=2026")
    assert answer.headers["Location"] == "/pimpinan?tahun=2026"
    assert issuer.asked == []


@pytest.mark.parametrize("query", ["?next=https://jahat.example", "?next=//jahat.example", "?tahun=" + "9" * 9000, ""])
def test_the_way_back_is_a_page_of_ours(server, issuer, query):
    assert walk(server.test_client(), query).headers["Location"] == "/pimpinan"


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({}, "/masuk/kode?next=pimpinan&tahun=2026"),
        ({"amr": ["pwd"]}, "/masuk/kode?next=pimpinan&tahun=2026"),
        ({"amr": [{"mfa": 1}], "acr": 0}, "/masuk/kode?next=pimpinan&tahun=2026"),
        ({"amr": ["pwd", "mfa"]}, "/pimpinan?tahun=2026"),
        ({"amr": ["hwk"]}, "/pimpinan?tahun=2026"),
        ({"acr": "mfa"}, "/pimpinan?tahun=2026"),
    ],
)
@pytest.mark.usefixtures("accounts")
def test_our_own_code_is_asked_unless_the_issuer_asked_for_one(server, issuer, said, where):
    issuer.user, issuer.claims = {"email": "Kode@Kota.go.id", "email_verified": True}, said
    client = server.test_client()
    assert walk(client).headers["Location"] == where
    assert is_signed_in(client) == where.startswith("/pimpinan")


@pytest.mark.usefixtures("accounts")
def test_an_analyst_without_a_code_must_set_one_up(server, issuer):
    issuer.user = {"email": "tanpa@kota.go.id", "email_verified": True}
    client = server.test_client()
    assert walk(client).headers["Location"].startswith("/masuk/pasang?next=pimpinan")
    assert not is_signed_in(client)


def test_another_claim_needs_no_verified_email(server, issuer):
    settings = server.config["SETELAN"]
    server.config["SETELAN"] = replace(settings, oidc=replace(settings.oidc, klaim="preferred_username"))
    issuer.user = {"preferred_username": "sekda", "email": "lain", "email_verified": False}
    client = server.test_client()
    walk(client)
    assert is_signed_in(client)


def test_es256_and_the_secret_in_the_form(server, issuer):
    issuer.published = [issuer.rsa, issuer.ec, OctKey.generate_key(256, {"kid": "lain"})]
    issuer.sign = lambda claims: jwt.encode({"alg": "ES256", "kid": "kurva"}, claims, issuer.ec)
    issuer.ways = ["client_secret_post"]
    client = server.test_client()
    walk(client)
    assert is_signed_in(client)


def test_document_and_keys_are_asked_for_once(server, issuer):
    for _ in range(3):
        walk(server.test_client())
    assert [path for path in issuer.asked if path not in {"/authorize", "/token"}] == [
        "/.well-known/openid-configuration",
        "/jwks",
    ]


@pytest.mark.parametrize("named", [True, False], ids=["a new kid", "no kid"])
def test_new_keys_of_the_issuer_are_fetched(server, issuer, named):
    walk(server.test_client())
    fresh = RSAKey.generate_key(2048, {"kid": "dua"})
    header = {"alg": "RS256", "kid": "dua"} if named else {"alg": "RS256"}
    issuer.published, issuer.sign = [fresh], lambda claims: jwt.encode(header, claims, fresh)
    client = server.test_client()
    walk(client)
    assert is_signed_in(client)
    assert issuer.asked.count("/jwks") == 2


def test_a_session_of_before_ends(server, issuer, accounts):
    client = sign_in(server, "bappeda", "kode")
    before = client.get_cookie("emonev_sesi").value
    walk(client)
    assert is_signed_in(client)
    assert client.get_cookie("emonev_sesi").value != before
    client.set_cookie("emonev_sesi", before)
    assert client.get("/masuk/kode").status_code in (302, 303)


# --- refused: what the browser brings ---


@pytest.mark.parametrize("state", ["", "x", "ü", "STATE"])
def test_another_state(server, issuer, state):
    client = server.test_client()
    path = at_the_issuer(leave_for_the_issuer(client))
    code = parse_qs(urlsplit(path).query)["code"][0]
    answer = client.get(f"{BACK}?{urlencode({'code': code, 'state': state})}")
    assert_refused(client, answer, 400, "Mulai sekali lagi")
    assert "/token" not in issuer.asked


def test_no_ticket_and_the_ticket_of_another_browser(server, issuer):
    ours, other = server.test_client(), server.test_client()
    path = at_the_issuer(leave_for_the_issuer(ours))
    leave_for_the_issuer(other)
    assert_refused(other, other.get(path), 400, "Mulai sekali lagi")
    nobody = server.test_client()
    assert_refused(nobody, nobody.get(path), 400, "Mulai sekali lagi")


def test_a_ticket_is_good_for_ten_minutes(server, issuer, monkeypatch):
    client = server.test_client()
    path = at_the_issuer(leave_for_the_issuer(client))
    now = time.time()
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: now + 601)
    assert_refused(client, client.get(path), 400, "Mulai sekali lagi")


@pytest.mark.parametrize("key", ["kunci lain", None], ids=["another key", "another purpose"])
def test_a_forged_ticket(server, issuer, key):
    forged = URLSafeTimedSerializer(key or str(server.secret_key), salt="sso" if key else "formulir")
    ticket = {"state": "s", "nonce": "n", "verifier": "v", "target": ""}
    client = server.test_client()
    client.set_cookie("emonev_sso", forged.dumps(ticket))
    assert_refused(client, client.get(f"{BACK}?code=x&state=s"), 400, "Mulai sekali lagi")


def test_a_callback_that_comes_twice(server, issuer):
    client = server.test_client()
    path = at_the_issuer(leave_for_the_issuer(client))
    ticket = client.get_cookie("emonev_sso").value
    client.get(path)
    assert is_signed_in(client)
    again = server.test_client()
    assert_refused(again, again.get(path), 400, "Mulai sekali lagi")
    again.set_cookie("emonev_sso", ticket)  # even with the cookie: the issuer gives tokens for a code once
    assert_refused(again, again.get(path), 401, "Mulai sekali lagi")


@pytest.mark.parametrize("reason", ["access_denied", "x\r\nmasuk berhasil\x1b[2J", "", "a" * 5000])
def test_the_issuer_says_no(server, issuer, caplog, reason):
    client = server.test_client()
    state = parse_qs(urlsplit(leave_for_the_issuer(client)).query)["state"][0]
    with caplog.at_level(logging.WARNING, "emonev"):
        answer = client.get(f"{BACK}?{urlencode({'error': reason, 'state': state})}")
    assert_refused(client, answer, 403, f"Masuk dengan {LABEL} dibatalkan atau ditolak.")
    said = [record.getMessage() for record in caplog.records if "single sign-on" in record.getMessage()]
    assert said == [f"single sign-on declined: {'access_denied' if reason == 'access_denied' else 'other'}"]
    assert "Pimpinan" in answer.get_data(as_text=True)  # still the way back
    assert "/token" not in issuer.asked


def test_a_code_the_issuer_did_not_give(server, issuer):
    client = server.test_client()
    state = parse_qs(urlsplit(leave_for_the_issuer(client)).query)["state"][0]
    assert_refused(client, client.get(f"{BACK}?code=karangan&state={state}"), 401, "Mulai sekali lagi")


# --- refused: what the issuer says ---

PAST = int(time.time()) - 3600
BAD_CLAIMS = {
    "wrong nonce": {"nonce": "lain"},
    "expired": {"exp": PAST},
    "exp is no number": {"exp": "besok"},
    "issued in the future": {"iat": int(time.time()) + 3600},
    "not yet valid": {"nbf": int(time.time()) + 3600},
    "wrong audience": {"aud": "aplikasi-lain"},
    "one audience too many": {"aud": [CLIENT, "aplikasi-lain"]},
    "for another party": {"azp": "aplikasi-lain"},
    "wrong issuer": {"iss": "https://sso.jahat.example"},
    "another access token": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
    "name with letters of another script": {"email": "ſekda"},
    "name too long": {"email": "s" * 90},
    "name of nothing": {"email": "  "},
    "name is a list": {"email": ["sekda"]},
}


@pytest.mark.parametrize("what", BAD_CLAIMS)
def test_an_id_token_that_proves_nothing(server, issuer, caplog, what):
    issuer.claims = BAD_CLAIMS[what]
    client = server.test_client()
    with caplog.at_level(logging.WARNING, "emonev"):
        answer = walk(client)
    assert_refused(client, answer, 401, "Mulai sekali lagi")
    assert len([record for record in caplog.records if "single sign-on" in record.getMessage()]) == 1


@pytest.mark.parametrize("name", ["nonce", "exp", "aud", "iss", "sub", "iat", "email"])
def test_an_id_token_with_something_missing(server, issuer, name):
    issuer.drop = [name]
    client = server.test_client()
    assert_refused(client, walk(client), 401, "Mulai sekali lagi")


def unsigned(claims):
    parts = [json.dumps(part).encode() for part in ({"alg": "none", "kid": "satu"}, claims)]
    return b".".join(base64.urlsafe_b64encode(part).rstrip(b"=") for part in (*parts, b"")).decode()


def with_the_public_key_as_secret(issuer, claims):
    """The old trick: the public key, which everybody knows, as the secret of HS256."""
    signed = base64.urlsafe_b64encode(json.dumps({"alg": "HS256", "kid": "satu"}).encode()).rstrip(b"=")
    signed += b"." + base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=")
    import hmac

    mark = hmac.new(issuer.rsa.as_pem(private=False), signed, hashlib.sha256).digest()
    return (signed + b"." + base64.urlsafe_b64encode(mark).rstrip(b"=")).decode()


def changed_after_signing(issuer, claims):
    head, body, mark = issuer.sign_rs256({**claims, "email": "lain"}).split(".")
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    return f"{head}.{body}.{mark}"


FORGED = {
    "alg none": lambda _issuer, claims: unsigned(claims),
    "HS256 with the public key": with_the_public_key_as_secret,
    "changed after signing": changed_after_signing,
    "another key of the same name": lambda _issuer, claims: jwt.encode(
        {"alg": "RS256", "kid": "satu"}, claims, RSAKey.generate_key(2048)
    ),
    "a key nobody published": lambda _issuer, claims: jwt.encode(
        {"alg": "RS256", "kid": "lain"}, claims, RSAKey.generate_key(2048)
    ),
    "RS512": lambda issuer, claims: jwt.encode(
        {"alg": "RS512", "kid": "satu"}, claims, issuer.rsa, algorithms=["RS512"]
    ),
    "a curve's algorithm for an RSA key": lambda issuer, claims: jwt.encode(
        {"alg": "ES256", "kid": "satu"}, claims, issuer.ec
    ),
    "no JSON inside": lambda issuer, _claims: jws.serialize_compact(
        {"alg": "RS256", "kid": "satu"}, b"bukan json", issuer.rsa
    ),
    "nothing": lambda _issuer, _claims: "",
    "letters": lambda _issuer, _claims: "bukan.token.ü",
    "a number": lambda _issuer, _claims: 7,
}


@pytest.mark.parametrize("how", FORGED)
def test_a_signature_that_is_not_the_issuers(server, issuer, how):
    issuer.sign = lambda claims: FORGED[how](issuer, claims)
    client = server.test_client()
    assert_refused(client, walk(client), 401, "Mulai sekali lagi")


@pytest.mark.parametrize("said", [False, None, 0, "false", "ya"])
def test_an_email_nobody_has_verified(server, issuer, said):
    issuer.user = {"email": "sekda", "email_verified": said}
    client = server.test_client()
    assert_refused(client, walk(client), 401, "belum terverifikasi")


@pytest.mark.parametrize("nama", ["hantu@kota.go.id", "tutup@kota.go.id"], ids=["unknown", "closed"])
@pytest.mark.usefixtures("accounts")
def test_no_open_account_of_that_name(server, issuer, nama):
    """One sentence for both: whether there is such an account is not told."""
    issuer.user = {"email": nama, "email_verified": True}
    client = server.test_client()
    assert_refused(client, walk(client), 403, "Akun kota Anda belum terhubung dengan akun e-Monev yang terbuka.")
    assert last_of_trail(server)[::2] == (Tindakan.MASUK_GAGAL, "sso")
    assert "hantu" not in last_of_trail(server)[1]


# --- the issuer is away, or not itself ---


def test_the_issuer_is_away(server, issuer, caplog):
    settings = server.config["SETELAN"]
    away = replace(settings.oidc, penerbit="http://127.0.0.1:9")
    server.config["SETELAN"] = replace(settings, oidc=away)
    client = server.test_client()
    with caplog.at_level(logging.WARNING, "emonev"):
        answer = client.get("/masuk/sso?next=pimpinan")
        again = client.get("/masuk/sso")
    assert_refused(client, answer, 503, f"Layanan masuk {LABEL} sedang tidak menjawab.")
    assert again.status_code == 503
    said = [record.getMessage() for record in caplog.records if "single sign-on" in record.getMessage()]
    assert said == [
        "single sign-on: issuer away: ConnectionError",
        "single sign-on: issuer away: silent a moment ago",
    ]


def test_the_issuer_goes_away_between_the_steps(server, issuer, monkeypatch):
    client = server.test_client()
    path = at_the_issuer(leave_for_the_issuer(client))

    def gone(*_words, **_more):
        raise requests.ConnectTimeout

    monkeypatch.setattr(requests.Session, "request", gone)
    assert_refused(client, client.get(path), 503, "sedang tidak menjawab")


@pytest.mark.parametrize(
    "document",
    [
        {"issuer": "https://sso.jahat.example"},
        {"issuer": None},
        {"token_endpoint": "ftp://127.0.0.1/"},
        {"jwks_uri": None},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
)
def test_a_document_that_cannot_be_used(server, issuer, document):
    issuer.document = document
    client = server.test_client()
    assert_refused(client, client.get("/masuk/sso"), 503, "sedang tidak menjawab")


@pytest.mark.parametrize("broken", [b"<html>pemeliharaan</html>", b"[]", b"null", b"{}", b'"x"'])
def test_an_answer_that_is_no_document(server, issuer, broken):
    issuer.broken = broken
    client = server.test_client()
    assert_refused(client, client.get("/masuk/sso"), 503, "sedang tidak menjawab")


@pytest.mark.parametrize("answer", [(200, []), (200, {}), (500, {}), (200, "x"), (200, {"expires_in": "x"})])
def test_an_answer_that_holds_no_token(server, issuer, monkeypatch, answer):
    monkeypatch.setattr(issuer, "token", lambda *_words: answer)
    client = server.test_client()
    answer = walk(client)
    assert answer.status_code in (401, 503)
    assert_refused(client, answer, answer.status_code, "belum masuk" if answer.status_code == 401 else "menjawab")


def test_https_is_not_left_for_http(server, issuer, monkeypatch):
    """An issuer reached by https that names an address without it would send our secret in the clear."""
    said = {"issuer": "https://sso.kota.go.id", "authorization_endpoint": "https://sso.kota.go.id/a"}
    said |= {"token_endpoint": "http://sso.kota.go.id/t", "jwks_uri": "https://sso.kota.go.id/k"}
    monkeypatch.setattr(sso, "_get", lambda _address: said)
    with pytest.raises(sso.IssuerAwayError):
        sso.authorization_address(
            Oidc("https://sso.kota.go.id", "a", "b", LABEL, "email"), "https://x/", sso.new_ticket("")
        )
