"""What a stranger may write into an address, a form or a cookie reaches the database as a value and never as SQL: no
answer is a 500, and no table has a row more or less for it. Forms are sent to PostgreSQL too, which cannot even compare
some characters that SQLite takes.
"""

import json
import re
from contextlib import suppress
from urllib.parse import quote

import pytest
from sqlalchemy import func, insert, inspect, select

from data import tables
from data.ask import Penjawab
from data.engine import reading, writing
from data.errors import BadParameterError, EmonevError, NotFoundError
from data.queries.jejak import Saringan, read_filter, read_trail
from data.queries.kiriman import receipt
from data.sesi import SHORT, end_session, find_session
from data.settings import DEFAULT_LIFETIMES
from data.tautan import read_link, use_link
from data.words import Peran
from tests.conftest import PASSWORD, add_account, sign_in

PEMDA, PUPR = "16.71", "1.03.0.00.0.00.01.0000"
# As an address carries them. The last are not UTF-8, or no text at all.
NASTY = (
    "'",
    "' OR '1'='1",
    "2026' UNION SELECT nama, sandi FROM pengguna --",
    "1; DROP TABLE pengguna; --",
    '"; DELETE FROM sesi; --',
    "1) OR (SELECT 1 FROM pg_sleep(5)) IS NULL --",
    "%' ESCAPE '!' --",
    "%",
    "_" * SHORT,
    "\\",
    "\0",
    "a\0b",
    "\0" * SHORT,
    "\r\nX-Jahat: 1",
    "\u202e\ufeff\U0001f4a5",
    "9" * 400,
    "x" * 1500,
    "-1",
    "1e999",
    "NaN",
    "٣",
    "${jndi:x}{{7*7}}",
    "[object Object]",
)
RAW = ("%ff%fe", "%ed%a0%80", "%c0%af", "%", "%u0041", "%00%0a")
PARAMETERS = ("tahun", "tw", "opd", "program", "kegiatan", "sub", "unit", "indikator", "urut", "status")
DRILLED = f"opd={PUPR}&program=1.03.10&indikator=1.03.10%231"
PAGES = {
    "/": ("", PARAMETERS),
    f"/opd/{PUPR}": ("", (*PARAMETERS, "next")),
    "/metodologi": ("", PARAMETERS[:3]),
    "/pimpinan": (DRILLED, PARAMETERS),
    "/masuk": ("next=pimpinan", ("next", *PARAMETERS)),
    "/akun": ("", ("kabar",)),
    "/kelola/akun": ("", ("cari", "peran", "keadaan", "kabar")),
    "/kelola/akun/sekda": ("", ("kabar",)),
    "/kelola/undang": ("", ("kabar",)),
    "/kelola/jejak": ("", ("pelaku", "tindakan", "opd", "dari", "sampai", "sebelum", "periksa")),
}
CLOSED = {"/pimpinan": "sekda", "/akun": "operator-a", "/masuk": "stranger", "/": "stranger"}
# Written on purpose when something is refused: counters of guesses, and the audit trail.
TOLD = {"percobaan", "jejak", "jejak_kepala"}


def values():
    return [quote(text) for text in NASTY] + list(RAW)


def counts(engine, *but):
    """How many rows each table holds. The names are the database's own: a dropped table would show."""
    with reading(engine) as conn:
        found = sorted(inspect(conn).get_table_names())
        known = tables.metadata.tables
        return {
            name: conn.execute(select(func.count()).select_from(known[name])).scalar_one() if name in known else None
            for name in found
            if name not in but
        }


def client_for(server, path):
    return sign_in(server, CLOSED.get(path, "stranger" if path.startswith(("/opd", "/met")) else "admin"))


@pytest.mark.parametrize("path", PAGES)
def test_no_parameter_of_a_page_breaks_it(server, city, path):
    client, before = client_for(server, path), counts(city)
    kept, names = PAGES[path]
    for name in names:
        rest = "&".join(pair for pair in kept.split("&") if pair and not pair.startswith(f"{name}="))
        for value in values():
            answer = client.get(f"{path}?{rest}&{name}={value}")
            assert answer.status_code < 500, f"{path}?{rest}&{name}={value}"
            assert "X-Jahat" not in answer.headers
        for twice in (f"{name}=1&{name}=2", f"{name}[]=1", f"{name}[a]=1", f"{name}", f"{name}=&{name}='"):
            assert client.get(f"{path}?{rest}&{twice}").status_code < 500
    long = "&".join(f"p{number}=1" for number in range(300))
    assert client.get(f"{path}?{long}").status_code < 500
    assert counts(city) == before


@pytest.mark.parametrize("template", ["/opd/{}", "/{}", "/kelola/akun/{}", "/undangan/{}", "/assets/{}", "/opd/{}/x"])
def test_no_part_of_a_path_breaks_it(server, city, template):
    client, before = sign_in(server, "admin"), counts(city, *TOLD)
    for value in (*values(), "..%2f..%2fapp.py", "..%5c..%5capp.py", "%2e%2e/%2e%2e/app.py"):
        answer = client.get(template.format(value))
        assert answer.status_code < 500, template.format(value)
        assert b"make_server" not in answer.get_data()
    assert counts(city, *TOLD) == before


def test_no_address_breaks_a_section(server, city):
    client, before = sign_in(server, "admin"), counts(city)
    entries = json.loads(client.get("/_dash-dependencies").data)
    ours = [one for one in entries if not one["clientside_function"] and not one["output"].startswith("..")]
    assert len(ours) > 10
    for entry in ours:
        path = "/pimpinan" if entry["output"].startswith("pimpinan") else f"/opd/{PUPR}"
        path = path if entry["output"].startswith(("pimpinan", "opd")) else "/"
        outputs = dict(zip(("id", "property"), entry["output"].rsplit(".", 1), strict=True))
        for number, value in enumerate(values()):
            said = {"pathname": path, "search": f"?opd={PUPR}&{PARAMETERS[number % len(PARAMETERS)]}={value}"}
            inputs = [{**wire, "value": said.get(wire["property"])} for wire in entry["inputs"]]
            body = {"output": entry["output"], "outputs": outputs, "inputs": inputs, "state": []}
            assert client.post("/_dash-update-component", json=body).status_code < 500, (entry["output"], value)
    assert counts(city) == before


def test_a_filter_finds_what_it_says_and_not_more(server, city):
    """``%`` and ``OR`` are letters here."""
    client = sign_in(server, "admin")
    for value in ("%", "_____", "' OR '1'='1", "sekda' --"):
        text = client.get(f"/kelola/jejak?pelaku={quote(value)}").get_data(as_text=True)
        assert "Tidak ada yang cocok" in text
    with reading(city) as conn:
        for value in ("%", "' OR 1=1 --"):
            assert read_trail(conn, PEMDA, Saringan(pelaku=value)).empty
            assert read_trail(conn, PEMDA, Saringan(opd=value)).empty


# --- forms and cookies, on both kinds of database ---


@pytest.fixture
def small(server, engine, monkeypatch):
    """The same server on a small database of either kind."""
    with engine.begin() as conn:
        conn.execute(insert(tables.pemda), [{"kode": PEMDA, "nama": "Kota Uji", "contoh": False}])
        conn.execute(insert(tables.opd), [{"pemda": PEMDA, "kode": PUPR, "nama": "Dinas PUPR"}])
        for nama, peran, opd in (("sekda", Peran.PIMPINAN, None), ("admin", Peran.ADMIN, None)):
            add_account(conn, PEMDA, nama, "Akun Uji", peran, opd)
    monkeypatch.setitem(server.config, "PENJAWAB", Penjawab(engine, PEMDA))
    monkeypatch.setattr("data.masuk.verify_password", lambda *_: None)
    return engine


def token_of(client, path):
    text = client.get(path).get_data(as_text=True).split("<main", 1)[1]
    return re.search(r'name="csrf" value="([^"]*)"', text)[1]


FORMS = {
    "/masuk": ("stranger", "/masuk", ("pengguna", "kata_sandi", "tujuan")),
    "/akun/keluarkan": ("sekda", "/akun", ("sesi",)),
    "/kelola/undang": ("admin", "/kelola/undang", ("nama", "sebutan", "peran", "opd")),
    "/kelola/akun/sekda/ubah": ("admin", "/kelola/undang", ("peran", "opd")),
    "/kelola/jejak.csv": ("admin", "/kelola/undang", ("pelaku", "tindakan", "opd", "dari", "sampai")),
}
FILLED = {"nama": "uji.baru", "sebutan": "Uji", "peran": "opd", "opd": "9.99"}


@pytest.mark.parametrize("path", FORMS)
def test_no_field_of_a_form_breaks_it(server, small, path):
    nama, page, fields = FORMS[path]
    client, before = sign_in(server, nama), counts(small, *TOLD, "sesi")
    token = token_of(client, page)
    for field in fields:
        for text in NASTY:
            filled = FILLED if path.startswith(("/kelola/undang", "/kelola/akun")) else {}
            answer = client.post(path, data={**filled, "csrf": token, field: text})
            assert answer.status_code < 500, (path, field, text)
            answer.get_data()
    assert counts(small, *TOLD, "sesi") == before


def test_no_cookie_and_no_header_breaks_anything(server, small):
    before = counts(small)
    for text in (*(text for text in NASTY if "\r" not in text), "\xff\xfe", "\xed\xa0\x80", "\udcff"):
        odd = text.encode("utf-8", "surrogateescape").decode("latin-1")
        for name in ("emonev_sesi", "emonev_perangkat"):
            client = server.test_client(use_cookies=False)
            header = {"HTTP_COOKIE": f'{name}="{odd}"', "HTTP_USER_AGENT": odd}
            for path in ("/akun", "/masuk", "/"):
                assert client.get(path, environ_overrides=header).status_code < 500, (name, text)
    assert counts(small) == before


@pytest.mark.parametrize("text", NASTY)
def test_no_text_breaks_a_look_up(engine, text):
    """What asks with somebody else's text finds nothing, or says a named error."""
    with reading(engine) as conn:
        assert find_session(conn, PEMDA, text, DEFAULT_LIFETIMES) == (None, False)
        with pytest.raises(EmonevError):
            read_link(conn, PEMDA, text)
    with writing(engine) as conn, pytest.raises(EmonevError):
        use_link(conn, PEMDA, text, PASSWORD)
    with reading(engine) as conn, suppress(EmonevError):
        assert read_trail(conn, PEMDA, read_filter({"pelaku": text, "opd": text[:40]})).empty


@pytest.mark.parametrize("short", [text[:SHORT].ljust(SHORT, "0") for text in ("", "\0", "%", "_" * SHORT, "'", "é")])
def test_no_short_name_breaks_the_end_of_a_session(engine, short):
    with writing(engine) as conn:
        assert not end_session(conn, PEMDA, "sekda", short)


def test_what_a_database_cannot_take_is_a_sentence(engine):
    """PostgreSQL has no NUL in a text and no number without end; SQLite takes the first and never sees the second."""
    with pytest.raises((BadParameterError, NotFoundError)), reading(engine) as conn:
        receipt(conn, "16.71", "\x00")
    if engine.dialect.name == "postgresql":
        with pytest.raises(BadParameterError, match="tidak dapat dibaca"), reading(engine) as conn:
            conn.execute(select(tables.pemda.c.kode).where(tables.pemda.c.kode == "\x00")).all()
        with pytest.raises(BadParameterError, match="tidak dapat dibaca"), writing(engine) as conn:
            conn.execute(insert(tables.pemda), [{"kode": "\x00", "nama": "x", "contoh": False}])


@pytest.mark.parametrize("nomor", ["0", "2147483648", "9" * 20])
def test_a_number_beyond_all_is_not_found(server, nomor):
    sekda, admin = sign_in(server, "sekda"), sign_in(server, "admin")
    assert sekda.get(f"/unduhan/{nomor}/berkas").status_code == 404
    assert sekda.get(f"/arahan/{nomor}").status_code == 404
    form = admin.get("/kelola/layar").get_data(as_text=True)
    csrf = re.search(r'name="csrf" value="([^"]+)"', form)[1]
    assert admin.post(f"/kelola/layar/{nomor}/cabut", data={"csrf": csrf}).status_code == 404
