"""The log: one line of JSON each, whatever visitors write."""

import json
import logging
import sys

import pytest

from data.tokens import make_token
from routes.logs import BarisJson, GalatBaku, configure, shown_path
from tests.conftest import sign_in

NASTY = "sekda\r\n\x1b[31m\x7f\u2028{}"
CALLBACK = "/_dash-update-component"


@pytest.fixture
def lines(server, capsys):
    """What the server has written since the last look, line by line, each parsed; what is no JSON fails."""

    def look():
        text = capsys.readouterr().err
        assert "\x1b" not in text
        assert "\x7f" not in text
        return [json.loads(line) for line in text.splitlines()]

    look()
    return look


def test_a_name_with_line_breaks_stays_in_its_line(server, lines):
    form = {"csrf": make_token(str(server.secret_key), "masuk"), "pengguna": NASTY, "kata_sandi": "rahasia-sekali"}
    answer = server.test_client().post("/masuk", data=form)
    assert answer.status_code == 401
    (line,) = lines()
    assert line["pencatat"] == "emonev.jejak"
    assert line["jejak"]["tindakan"]
    assert (line["jalur"], line["alamat"], line["tingkat"]) == ("/masuk", "127.0.0.1", "INFO")
    assert "rahasia-sekali" not in json.dumps(line)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"output": null}',
        b'{"output": "tidak-ada.children", "inputs": []}',
        b'{"output": "pimpinan-ringkasan.children"}',
        b'{"output": "pimpinan-ringkasan.children", "inputs": "x"}',
        b'{"output": "pimpinan-ringkasan.children\\r\\n\\u001b[31m", "inputs": [{}]}',
    ],
)
def test_a_garbage_callback_is_refused_with_one_line(server, lines, body):
    client = sign_in(server, "sekda")
    lines()
    answer = client.post(CALLBACK, data=body, content_type="application/json")
    assert answer.status_code == 400
    (line,) = lines()
    assert (line["tingkat"], line["jalur"]) == ("WARNING", CALLBACK)


def test_a_failure_is_one_line_with_its_traceback(server, lines, monkeypatch):
    def broken():
        raise RuntimeError("patah\nwaktu: palsu\x1b[0m")

    monkeypatch.setitem(server.view_functions, "sehat.up", broken)
    assert server.test_client().get("/healthz?sandi=rahasia", headers={"Cookie": "a=kue"}).status_code == 500
    (line,) = lines()
    assert line["tingkat"] == "ERROR"
    assert "RuntimeError: patah\n" in line["runutan"]
    assert line["jalur"] == "/healthz"
    assert "kue" not in json.dumps(line)
    assert "rahasia" not in json.dumps(line)


def test_a_one_time_link_is_not_written_down(server, lines, monkeypatch):
    def broken(**_parts):
        raise RuntimeError("patah")

    token = "Zm9vYmFy_-" * 4
    monkeypatch.setitem(server.view_functions, "undangan.form", broken)
    server.test_client().get(f"/undangan/{token}")
    (line,) = lines()
    assert line["jalur"] == "/undangan/…"
    assert token not in json.dumps(line)


def test_paths_stay_readable():
    for path in ("/", "/opd/1.03.0.00.0.00.01.0000", CALLBACK, "/_dash-component-suites/dash/dcc/async-graph.js"):
        assert shown_path(path) == path


def written(message, *args, name="emonev", **given):
    record = logging.LogRecord(name, logging.INFO, "x.py", 1, message, args, None, **given)
    return json.loads(BarisJson().format(record))


def test_a_line_says_when_what_and_who():
    line = written("halo %s", "dunia")
    assert line["pesan"] == "halo dunia"
    assert line["waktu"].endswith("+00:00")
    assert (line["tingkat"], line["pencatat"]) == ("INFO", "emonev")
    assert "jalur" not in line


def test_the_trail_is_an_object_and_nothing_else_is():
    assert written('{"nomor":1}', name="emonev.jejak")["jejak"] == {"nomor": 1}
    assert written("bukan json", name="emonev.jejak")["pesan"] == "bukan json"
    assert written('{"nomor":1}')["pesan"] == '{"nomor":1}'


def test_values_of_statements_are_left_out():
    message = "insert into akun\n[parameters: ('sekda', '$argon2id$rahasia')]\n(Background on this error)"
    assert "argon2" not in written("%s", message)["pesan"]
    try:
        raise RuntimeError(message)
    except RuntimeError:
        record = logging.LogRecord("emonev", logging.ERROR, "x.py", 1, "gagal", (), sys.exc_info())
    assert "argon2" not in BarisJson().format(record)


def test_set_up_twice_writes_once(server):
    configure()
    assert sum(isinstance(handler, GalatBaku) for handler in logging.getLogger().handlers) == 1
