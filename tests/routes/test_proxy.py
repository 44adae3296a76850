"""Who is asking, behind proxies: only what our own say is believed, and of that only what a stranger cannot write."""

import pytest
from flask import Flask, request
from werkzeug.test import EnvironBuilder

from routes.proxy import FORWARDED, Perantara, parse_address

OURS = ("127.0.0.1", "10.0.0.0/8", "2001:db8:1::/48")
VISITOR = "203.0.113.7"


def seen(peer, trusted=OURS, **headers):
    """Address, scheme and host as our routes see them."""
    server = Flask("kecil")
    server.add_url_rule(
        "/", view_func=lambda: {"who": request.remote_addr, "how": request.scheme, "where": request.host}
    )
    server.wsgi_app = Perantara(server.wsgi_app, trusted)
    named = {f"X-Forwarded-{name.title()}": value for name, value in headers.items()}
    answer = server.test_client().get("/", headers=named, environ_base={"REMOTE_ADDR": peer})
    return answer.json["who"], answer.json["how"], answer.json["where"]


def who(peer, chain, trusted=OURS):
    return seen(peer, trusted, **{"for": chain})[0]


def test_our_proxy_tells_who_how_and_where():
    told = seen("127.0.0.1", **{"for": VISITOR}, proto="https", host="emonev.example")
    assert told == (VISITOR, "https", "emonev.example")


@pytest.mark.parametrize("trusted", [OURS, ()])
def test_a_stranger_is_believed_nothing(trusted):
    told = seen("198.51.100.9", trusted, **{"for": "127.0.0.1"}, proto="https", host="jahat.example")
    assert told == ("198.51.100.9", "http", "localhost")


def test_without_a_setting_nobody_is_believed():
    assert seen("127.0.0.1", (), **{"for": VISITOR}, proto="https") == ("127.0.0.1", "http", "localhost")


@pytest.mark.parametrize(
    ("chain", "expected"),
    [
        (f"1.2.3.4, {VISITOR}", VISITOR),
        (f"127.0.0.1, {VISITOR}", VISITOR),
        (f"{VISITOR}, 10.1.2.3", VISITOR),
        (f"9.9.9.9, {VISITOR}, 10.1.2.3, 10.9.9.9", VISITOR),
        ("10.1.2.3, 10.9.9.9", "10.1.2.3"),
        (f"{VISITOR}, bukan-alamat, 10.1.2.3", "10.1.2.3"),
        (f"{VISITOR}, <script>", "127.0.0.1"),
        (f"{VISITOR},", "127.0.0.1"),
        ("", "127.0.0.1"),
        ("unknown", "127.0.0.1"),
        ("203.0.113.7\x1b[31m", "127.0.0.1"),
        ("fe80::1%25eth0", "127.0.0.1"),
        ("fe80::1%\x1b[31m", "127.0.0.1"),
        ("999.1.1.1", "127.0.0.1"),
        (f"{VISITOR}:54321", VISITOR),
        ("[2001:db8:9::5]:443", "2001:db8:9::5"),
        ("2001:db8:9::5", "2001:db8:9::5"),
        ("2001:DB8:9:0:0:0:0:5, 2001:db8:1::9", "2001:db8:9::5"),
        (f"::ffff:{VISITOR}", VISITOR),
        (f"{VISITOR}, ::ffff:10.0.0.1", VISITOR),
        (", ".join([VISITOR] + ["10.0.0.1"] * 500), "10.0.0.1"),
    ],
)
def test_the_rightmost_that_is_not_ours_is_the_visitor(chain, expected):
    assert who("127.0.0.1", chain) == expected


@pytest.mark.parametrize("peer", ["::ffff:127.0.0.1", "10.200.0.1", "2001:db8:1::1"])
def test_a_proxy_is_known_in_either_family(peer):
    assert who(peer, VISITOR) == VISITOR


@pytest.mark.parametrize("peer", ["::1", "11.0.0.1", "2001:db8:2::1", "", "bukan"])
def test_others_are_not(peer):
    assert who(peer, VISITOR) == peer


@pytest.mark.parametrize(
    ("proto", "chain", "expected"),
    [
        ("HTTPS", VISITOR, "https"),
        ("https, http", f"{VISITOR}, 10.0.0.2", "https"),
        ("https", f"{VISITOR}, 10.0.0.2", "https"),
        ("https, http", VISITOR, "http"),
        ("javascript", VISITOR, "http"),
        ("", VISITOR, "http"),
    ],
)
def test_the_scheme_is_that_of_the_same_hop(proto, chain, expected):
    assert seen("127.0.0.1", **{"for": chain}, proto=proto)[1] == expected


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("emonev.example:8443", "emonev.example:8443"),
        ("[2001:db8::1]:443", "[2001:db8::1]:443"),
        ("jahat.example/..", "localhost"),
        ("a b", "localhost"),
        ("user@jahat.example", "localhost"),
        ("jahat.example, emonev.example", "emonev.example"),
        ("", "localhost"),
    ],
)
def test_the_host_is_a_host_or_nothing(host, expected):
    assert seen("127.0.0.1", **{"for": VISITOR}, host=host)[2] == expected


@pytest.mark.parametrize("peer", ["127.0.0.1", "198.51.100.9"])
def test_nothing_behind_can_believe_them_again(peer):
    environ = EnvironBuilder(environ_base={"REMOTE_ADDR": peer}).get_environ()
    environ.update(dict.fromkeys(FORWARDED, VISITOR))
    Perantara(lambda inner, _start: [environ.update(inner)], OURS)(environ, None)
    assert not set(FORWARDED) & set(environ)


def test_an_address_is_an_address():
    assert str(parse_address("[::1]")) == "::1"
    assert parse_address("1.2.3.4:99999999") is None
    assert parse_address("0x7f000001") is None
    assert parse_address("127.1") is None


def test_the_server_runs_behind_it(server):
    assert isinstance(server.wsgi_app, Perantara)
