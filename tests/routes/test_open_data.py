"""The open data as files: what was published stays, and both kinds of file say the same."""

import csv
import io
import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from data.aturan import read_aturan
from data.edisi import editions, read_edition
from data.jejak import Pelaku
from data.putusan import accept, publish
from data.queries.pemda import Diam, calendar
from data.queries.terbuka import open_rows
from data.store import Berkas, Muatan, store
from data.terbuka import JenisData
from data.words import JenisBerkas
from tests.routes.siklus_uji import SUB, TW, YEAR, A, B, P, send

BOSS = Pelaku("bappeda", "bappeda")


def rows_of(answer, delimiter=","):
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=delimiter))


@pytest.mark.parametrize("jenis", list(JenisData))
def test_csv_and_json_say_the_same(server, jenis):
    client = server.test_client()
    table = rows_of(client.get(f"/data/{jenis.value}-2025-tw3.csv"))
    objects = json.loads(client.get(f"/data/{jenis.value}-2025-tw3.json").data, parse_float=Decimal, parse_int=Decimal)
    assert len(table) == len(objects) > 0
    for texts, values in zip(table, objects, strict=True):
        assert list(texts) == list(values)
        for name, value in values.items():
            told = texts[name].removeprefix("'") if isinstance(value, str) else texts[name]
            assert told == "" if value is None else (Decimal(told) if isinstance(value, Decimal) else told) == value


def test_for_spreadsheets(server):
    client = server.test_client()
    plain = rows_of(client.get("/data/opd-2025-tw3.csv"))
    excel = rows_of(client.get("/data/opd-2025-tw3.csv?untuk=excel"), ";")
    assert [row["capaian"] for row in excel] == [row["capaian"].replace(".", ",") for row in plain]


@pytest.mark.parametrize(
    ("nama", "code"),
    [
        ("opd-2025-tw3.xlsx", 404),
        ("opd-2025-tw5.csv", 404),
        ("opd-1999-tw1.csv", 404),
        ("..%2Fopd-2025-tw3.csv", 404),
        ("opd-2025-tw3.csv?edisi=9", 404),
        ("opd-2025-tw3.csv?edisi=satu", 400),
        ("opd-2025-tw3.csv?edisi=0", 400),
        ("opd-2025-tw3.csv?untuk=apa", 400),
    ],
)
def test_what_is_not_there(server, nama, code):
    answer = server.test_client().get(f"/data/{nama}")
    assert answer.status_code == code
    assert "Traceback" not in answer.text


def test_the_page_offers_every_file_it_names(server):
    client = server.test_client()
    page = client.get("/data").text
    found = [part.split('"')[0].replace("&amp;", "&") for part in page.split('href="')[1:]]
    files = sorted({href for href in found if href.startswith("/data/")})
    assert len(files) >= 11 * 5 * 3
    for href in files[:: len(files) // 12]:
        assert client.get(href).status_code == 200, href


def test_published_figures_stay_as_they_were(house, tmp_path):
    """Publishing writes an edition; what is corrected later is in the next one, and the first is what it was."""
    at = (P, YEAR, TW)
    accept(house, P, BOSS, send(house, tmp_path / "berkas", "5").nomor)
    publish(house, P, BOSS, YEAR, TW)
    with house.connect() as conn:
        first = {jenis: read_edition(conn, *at, jenis) for jenis in JenisData}
    accept(house, P, BOSS, send(house, tmp_path / "berkas", "8").nomor)
    with house.connect() as conn:
        again = {jenis: read_edition(conn, *at, jenis, 1) for jenis in JenisData}
        newest = read_edition(conn, *at, JenisData.INDIKATOR)
        assert {(one.jenis, one.nomor) for one in editions(conn, P)} == {(j, n) for j in JenisData for n in (1, 2)}
    assert again == first
    assert newest.edisi.nomor == 2
    before = {row["realisasi"] for row in first[JenisData.INDIKATOR].rows if row["opd"] == A}
    after = {row["realisasi"] for row in newest.rows if row["opd"] == A}
    assert (Decimal(5) in before, Decimal(8) in before) == (True, False)
    assert (Decimal(5) in after, Decimal(8) in after) == (False, True)


def test_what_joins_late_makes_new_editions_of_the_triwulan_after_it(house, tmp_path):
    """TW III is out when another OPD's TW II is verified: its figures so far change with the publication of TW II."""
    accept(house, P, BOSS, send(house, tmp_path / "berkas", "5").nomor)
    publish(house, P, BOSS, YEAR, TW)
    late = Muatan(
        keuangan=[{"tahun": YEAR, "opd": B, "baris": 6, "kolom": "G", "node": SUB, "bulan": 4, "realisasi": 700}],
        laporan=[{"tahun": YEAR, "tw": 2, "opd": B, "keadaan": "terverifikasi", "diterima_pada": datetime.now(UTC)}],
    )
    store(house, P, Berkas("l.csv", "e" * 64, JenisBerkas.LAPORAN, "uji", B, YEAR, 2), late)
    publish(house, P, BOSS, YEAR, 2)
    with house.connect() as conn:
        known = {(one.tw, one.nomor) for one in editions(conn, P)}
        newest = read_edition(conn, P, YEAR, TW, JenisData.KOTA)
        now = open_rows(conn, P, JenisData.KOTA, calendar(conn, P)[TW - 1], read_aturan(conn, P), Diam(semua=False))
    assert known == {(TW, 1), (TW, 2), (2, 1)}
    assert newest.rows == now
