"""The API: what it says is what the screens say, it keeps its own description, and nothing breaks it."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from data import tables
from data.aturan import Aturan
from data.jejak import Pelaku
from data.putusan import accept, publish
from data.queries.kinerja import opd_standings
from data.queries.pemda import Diam
from data.siklus import extend
from data.terbuka import COLUMNS, JenisData, as_json, from_json
from routes import open_answers
from routes.api_limit import Pembatas
from routes.api_schema import description
from tests.routes.siklus_uji import TW, YEAR, A, B, P, send

BOSS = Pelaku("bappeda", "bappeda")
EDUCATION = "1.01.0.00.0.00.01.0000"


@pytest.fixture(scope="module")
def citizen(server):
    """A client that has nothing but the address; the share of a minute is not what is tested here."""
    before = server.extensions.pop("pembatas_api", None)
    server.extensions["pembatas_api"] = Pembatas(1_000_000)
    yield server.test_client()
    server.extensions.pop("pembatas_api")
    if before is not None:
        server.extensions["pembatas_api"] = before


def got(client, place, **query):
    answer = client.get(f"/api/v1/{place}", query_string=query)
    assert answer.status_code == 200, answer.text
    return json.loads(answer.text, parse_float=Decimal)


def test_the_offices_are_those_of_the_screens(citizen, city):
    told = got(citizen, "opd", per_halaman=1000, tahun=2026, tw=3)["data"]
    with city.connect() as conn:
        shown = opd_standings(conn, "16.71", 2026, 3, Aturan())
    expected = {
        row.opd: (row.capaian and round(row.capaian, 4), row.status, row.pagu, row.realisasi)
        for row in shown.itertuples()
    }
    assert {row["opd"]: (row["capaian"], row["status"], row["pagu"], row["realisasi"]) for row in told} == expected


def test_pages_are_whole_and_without_overlap(citizen):
    whole = got(citizen, "program", per_halaman=1000)["data"]
    place, found = {"per_halaman": 40}, []
    while True:
        page = got(citizen, "program", **place)
        assert page["meta"]["jumlah"] == len(whole)
        found += page["data"]
        if page["tautan"]["sesudah"] is None:
            break
        place = dict(pair.split("=") for pair in page["tautan"]["sesudah"].split("?")[1].split("&"))
    assert found == whole


def test_filters(citizen):
    behind = got(citizen, "opd", status="di_bawah")
    assert behind["data"]
    assert {row["status"] for row in behind["data"]} == {"di_bawah"}
    of_one = got(citizen, "indikator", opd=EDUCATION, per_halaman=1000)["data"]
    assert {row["opd"] for row in of_one} == {EDUCATION}


def test_unchanged_is_not_sent_again(citizen):
    first = citizen.get("/api/v1/opd")
    again = citizen.get("/api/v1/opd", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    assert "max-age=60" in first.headers["Cache-Control"]
    assert "stale-while-revalidate" in first.headers["Cache-Control"]


@pytest.mark.parametrize("place", ["opd", "openapi.json", "tidak-ada", "opd?tw=9"])
def test_any_site_may_read_and_nothing_is_set(citizen, place):
    answer = citizen.get(f"/api/v1/{place}", headers={"Origin": "https://koran.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_a_browser_asks_before(citizen):
    answer = citizen.options("/api/v1/opd", headers={"Origin": "https://koran.example"})
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_only_read(citizen, method):
    answer = getattr(citizen, method)("/api/v1/opd")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize(
    ("place", "code", "word"),
    [
        ("opd?tahun=abad", 400, "tahun"),
        ("opd?tahun=1999", 404, "1999"),
        ("opd?tw=4&tahun=2026", 404, "belum ada"),
        ("opd?halaman=0", 400, "halaman"),
        ("opd?per_halaman=1001", 400, "per_halaman"),
        ("opd?halaman=%D9%A1", 400, "halaman"),
        ("opd?status=hijau", 400, "status"),
        ("opd?edisi=-1", 400, "edisi"),
        ("opd?edisi=77", 404, "Edisi 77"),
        ("opd?status=", 400, "status"),
        ("program?opd=%00", 400, "opd"),
        ("opd/tidak-ada", 404, "OPD"),
        ("entah/apa", 404, "entah/apa"),
    ],
)
def test_what_cannot_be_meant_gets_a_sentence(citizen, place, code, word):
    answer = citizen.get(f"/api/v1/{place}")
    assert (answer.status_code, answer.mimetype) == (code, "application/problem+json")
    assert word in answer.get_json()["detail"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_share_of_a_minute(server):
    server.extensions["pembatas_api"] = Pembatas(2)
    try:
        client = server.test_client()
        answers = [client.get("/api/v1/kamus") for _ in range(3)]
    finally:
        server.extensions.pop("pembatas_api")
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer.headers["RateLimit-Remaining"] for answer in answers] == ["1", "0", "0"]
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 60
    assert "Coba lagi dalam" in answers[2].get_json()["detail"]


def test_a_minute_and_an_address_of_ones_own():
    counter = Pembatas(1)
    assert not counter.count("192.0.2.1", now=0).habis
    assert counter.count("192.0.2.1", now=59).habis
    assert not counter.count("192.0.2.2", now=59).habis
    assert not counter.count("192.0.2.1", now=60).habis
    assert not counter.count("2001:db8::1", now=60).habis
    assert counter.count("2001:db8::2", now=60).habis


def test_silent_offices_are_not_named_before_the_lock(citizen, monkeypatch):
    """TW III 2026 of the sample city: three are silent; they are named only once the period is locked."""
    named = got(citizen, "opd", tahun=2026, tw=3)["data"]
    silent = {row["opd"] for row in named if row["status"] == "belum_lapor"}
    monkeypatch.setattr(open_answers, "silent_told", lambda _period, _aturan: Diam(semua=False))
    for jenis in ("opd", "program", "indikator", "uang"):
        rows = got(citizen, jenis, tahun=2026, tw=3, per_halaman=1000)["data"]
        assert silent.isdisjoint(row["opd"] for row in rows)
    assert len(silent) == 3
    assert citizen.get(f"/api/v1/opd/{min(silent)}").status_code == 404


def test_when_silence_may_be_told(citizen, server):
    from data.queries.pemda import calendar

    period = server.config["PENJAWAB"].ask(calendar)[0]
    rules = Aturan()
    assert open_answers.silent_told(period, rules).told(A)
    later = datetime.now(UTC) + timedelta(hours=1)
    from dataclasses import replace

    assert not open_answers.silent_told(replace(period, dikunci=later), rules).told(A)
    # Nor of one that has an extension; of all while that is everybody's.
    one = open_answers.silent_told(replace(period, perpanjangan=((A, later),)), rules)
    assert (one.told(A), one.told("1.06")) == (False, True)
    assert not open_answers.silent_told(replace(period, perpanjangan=(("", later),)), rules).told("1.06")
    at_once = replace(rules, nama_belum_lapor_setelah_kunci=False)
    assert open_answers.silent_told(replace(period, dikunci=later, perpanjangan=((A, later),)), at_once).told(A)


def test_an_office_with_an_extension_is_not_named_while_it_may_report(house, server, tmp_path):
    """The triwulan is locked, one silent OPD has three days more: neither page, file, API nor edition names it."""
    accept(house, P, BOSS, send(house, tmp_path / "berkas", "5").nomor)
    now = datetime.now(UTC)
    with house.begin() as conn:
        row = {"tepat_waktu_sampai": now - timedelta(days=3), "dikunci": now - timedelta(days=1)}
        conn.execute(update(tables.periode).where(tables.periode.c.tw == TW).values(**row))
    citizen = server.test_client()
    at = f"tahun={YEAR}&tw={TW}"
    places = (f"/?{at}", f"/api/v1/opd?{at}", f"/sematan/baris-opd?{at}")

    def naming():
        server.config["SAJIAN"].forget()
        texts = [citizen.get(place).get_data(as_text=True) for place in places]
        assert ("belum disebut karena batas waktunya" in texts[0]) == ("Dinas Belimbing" not in texts[0])
        return ["Dinas Belimbing" in text for text in texts]

    assert naming() == [True, True, True]
    extend(house, P, BOSS, YEAR, TW, B, now + timedelta(days=3), "uji")
    assert naming() == [False, False, False]
    assert citizen.get(f"/api/v1/opd/{B}?tahun={YEAR}&tw={TW}").status_code == 404
    assert "tampil setelah" in citizen.get(f"/opd/{B}?tahun={YEAR}&tw={TW}").get_data(as_text=True)
    publish(house, P, BOSS, YEAR, TW)
    assert naming() == [False, False, False]


def test_every_row_is_as_described(citizen):
    for jenis in JenisData:
        names = [column.nama for column in COLUMNS[jenis]]
        empty = {column.nama for column in COLUMNS[jenis] if column.boleh_kosong}
        for row in got(citizen, jenis.value, per_halaman=1000)["data"]:
            assert list(row) == names
            assert {name for name, value in row.items() if value is None} <= empty


def test_numbers_keep_all_their_digits():
    rows = [
        {"a": Decimal("0.1000"), "b": Decimal("12345678901234567890.12"), "c": Decimal(100), "d": None, "e": "é\u2028"}
    ]
    text = as_json(rows)
    assert '"b":12345678901234567890.12' in text
    assert from_json(text) == [{**rows[0], "a": Decimal("0.1")}]


def test_schemathesis_finds_nothing(citizen, server):
    """Every address of the description, asked with valid and with invalid parameters: it keeps its promises."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", server)
    operations = [found.ok() for found in schema.get_all_operations()]
    # All that are described; the description itself is how it found them.
    described = {f"GET {path}" for path in description("")["paths"]} - {"GET /api/v1/openapi.json"}
    assert {one.label for one in operations} == described

    @settings(max_examples=25, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(st.data())
    def ask(data):
        for operation in operations:
            data.draw(operation.as_strategy()).call_and_validate()

    ask()


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    place=st.sampled_from(["opd", "kota", "program", "indikator", "uang", "periode", "kamus", ""])
    | st.text(max_size=30),
    query=st.dictionaries(
        st.sampled_from(["tahun", "tw", "edisi", "halaman", "per_halaman", "opd", "status", "x"]),
        st.text(max_size=20) | st.integers().map(str),
        max_size=4,
    ),
)
def test_nothing_makes_it_stumble(citizen, place, query):
    from urllib.parse import quote

    answer = citizen.get(f"/api/v1/{quote(place)}", query_string=query)
    assert answer.status_code < 500
