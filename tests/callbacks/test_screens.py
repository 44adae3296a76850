"""The same questions of every screen: does it stand, is it honest, and what does it say to nonsense?"""

import re

import pytest
from sqlalchemy import insert

from callbacks.address import read_address
from callbacks.section import SECTIONS
from data import tables
from data.ask import Penjawab
from data.errors import BadParameterError
from pages.parts import ids
from tests.conftest import PASSWORD

PUPR = "/opd/1.03.0.00.0.00.01.0000"
PUBLIC = ("/", PUPR, "/metodologi")


def text_of(client, path):
    answer = client.get(path)
    html = answer.get_data(as_text=True).replace("\u00a0", " ")
    shown = re.sub(r"<(script|style)[^>]*>.*?</\1>", " ", html, flags=re.S)
    return answer.status_code, re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown))


@pytest.fixture(scope="module")
def citizen(server):
    return server.test_client()


@pytest.fixture(scope="module")
def sekda(server):
    client = server.test_client()
    csrf = client.get("/masuk").get_data(as_text=True).split('name="csrf" value="')[1].split('"')[0]
    form = {"csrf": csrf, "tujuan": "pimpinan?tahun=2026", "pengguna": "sekda", "kata_sandi": PASSWORD}
    answer = client.post("/masuk", data=form)
    assert answer.headers["Location"] == "/pimpinan?tahun=2026"
    return client


def test_the_public_page_states_the_finding_and_what_it_rests_on(citizen):
    code, text = text_of(citizen, "/?tahun=2026&tw=3")
    assert code == 200
    assert "Sampai TW III 2026, 30 dari 50 OPD mencapai target." in text
    assert "47 dari 50 OPD sudah melapor" in text
    assert "30 Sep 2026" in text
    assert "7 OPD di bawah target" in text
    assert "−18,2" in text


@pytest.mark.parametrize("path", PUBLIC)
def test_sample_data_says_so_on_every_screen(citizen, path):
    assert "Data contoh" in text_of(citizen, path)[1]


def test_sample_data_says_so_to_leaders(sekda):
    assert "Data contoh" in text_of(sekda, "/pimpinan")[1]


NONSENSE = [
    "tahun=abc",
    "tahun=1",
    "tahun=2026&tw=9",
    "tw=٣",
    "tahun=-1",
    "tahun=99999999999999999999",
    "tw=1;drop table opd",
    "tahun=%00",
    "tahun=" + "9" * 500,
    "program=" + "x" * 500,
    "program='--",
]


@pytest.mark.parametrize("query", NONSENSE)
def test_nonsense_in_an_address_gets_a_designed_page(citizen, sekda, query):
    code, text = text_of(citizen, f"{PUPR}?{query}")
    assert code in (200, 400, 404)
    assert "Traceback" not in text
    assert "e-Monev" in text
    code, text = text_of(sekda, f"/pimpinan?opd=1.03.0.00.0.00.01.0000&{query}")
    assert code in (200, 400, 404)
    assert "Traceback" not in text


@pytest.mark.parametrize(
    "path", ["/opd/tidak-ada", "/opd/%00", "/opd/" + "x" * 300, "/tidak-ada", "/opd/../../etc", "/_pages_content"]
)
def test_addresses_that_do_not_exist_are_404_pages(citizen, path):
    code, text = text_of(citizen, path)
    assert code == 404
    assert "idak" in text
    assert "Buka kinerja kota" in text


@pytest.mark.parametrize(
    "query", ["opd=x", "opd=1.03.0.00.0.00.01.0000&indikator=x", "opd=1.03.0.00.0.00.01.0000&unit=x"]
)
def test_unknown_codes_in_the_drill_do_not_break_the_page(sekda, query):
    code, text = text_of(sekda, f"/pimpinan?{query}")
    assert code in (200, 404)
    assert "Siapa sudah lapor?" in text


def test_quarters_before_the_first_report_still_stand(citizen):
    code, text = text_of(citizen, "/?tahun=2024&tw=1")
    assert code == 200
    assert "TW I 2024" in text


def test_an_opd_shows_programs_indicators_and_its_reply(citizen):
    code, text = text_of(citizen, f"{PUPR}?tahun=2026&tw=3")
    assert code == 200
    assert "tertinggal 18,2 poin" in text
    assert "Panjang jalan yang direhabilitasi" in text
    assert "Tanggapan" in text


def test_private_indicators_are_not_on_public_pages(citizen, city):
    from sqlalchemy import select

    from data.tables import indikator
    from data.tables import opd as opd_table

    of_2026 = select(indikator.c.opd, indikator.c.nama, indikator.c.publik).where(
        indikator.c.pemda == "16.71", indikator.c.tahun == 2026
    )
    with city.connect() as conn:
        rows = conn.execute(of_2026).all()
        units = conn.execute(select(opd_table.c.kode, opd_table.c.induk).where(opd_table.c.pemda == "16.71")).all()
    # A page shows an OPD with its units; the same name may be public in one of them.
    root = {unit.kode: unit.induk or unit.kode for unit in units}
    public = {(root[row.opd], row.nama) for row in rows if row.publik}
    hidden = {(root[row.opd], row.nama) for row in rows if not row.publik} - public
    assert hidden
    for opd, nama in hidden:
        page = citizen.get(f"/opd/{opd}?tahun=2026&tw=3").get_data(as_text=True)
        assert f">{nama}<" not in page


def test_a_red_number_opens_down_to_its_row(sekda):
    """56,75 % with its own inputs, the file, the row, the hash."""
    query = "tahun=2026&tw=3&opd=1.03.0.00.0.00.01.0000"
    page = sekda.get(f"/pimpinan?{query}").get_data(as_text=True)
    assert "program=1.03.10" in page
    page = sekda.get(f"/pimpinan?{query}&program=1.03.10").get_data(as_text=True)
    step = re.search(r'href="(/pimpinan\?[^"]*kegiatan=[^"#]*)', page).group(1).replace("&amp;", "&")
    page = sekda.get(step).get_data(as_text=True)
    step = re.search(r'href="(/pimpinan\?[^"]*sub=[^"#]*)', page).group(1).replace("&amp;", "&")
    page = sekda.get(step).get_data(as_text=True)
    step = re.search(r'class="lajur[^>]*><h3[^>]*>Indikator.*?href="(/pimpinan\?[^"]*indikator=[^"#]*)', page).group(1)
    code, text = text_of(sekda, step.replace("&amp;", "&"))
    assert code == 200
    for words in ("Cara menghitung", "÷", "Asal angka", ".xlsx", "baris", "SHA-256", "Diverifikasi"):
        assert words in text


def test_wrong_password_says_so_and_stays(server):
    client = server.test_client()
    csrf = client.get("/masuk").get_data(as_text=True).split('name="csrf" value="')[1].split('"')[0]
    answer = client.post("/masuk", data={"csrf": csrf, "tujuan": "", "pengguna": "<b>sekda", "kata_sandi": "salah"})
    assert answer.status_code == 401
    text = answer.get_data(as_text=True)
    assert "tidak cocok" in text
    assert "<b>sekda" not in text
    assert client.get("/pimpinan").status_code == 302


def test_a_stale_form_is_asked_again(server):
    answer = server.test_client().post("/masuk", data={"csrf": "x", "pengguna": "sekda", "kata_sandi": PASSWORD})
    assert answer.status_code == 400
    assert "sekali lagi" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("pimpinan?tahun=2026&tw=3", "/pimpinan?tahun=2026&tw=3"),
        ("https://jahat.example", "/pimpinan"),
        ("/\\jahat.example", "/pimpinan"),
        ("//jahat", "/pimpinan"),
        ("pimpinan?next=//jahat&x=1", "/pimpinan"),
        ("", "/pimpinan"),
    ],
)
def test_the_way_back_is_a_name_never_an_address(target, address):
    from routes.targets import target_address

    assert target_address(target) == address


def test_a_fresh_city_says_that_nothing_has_come_yet(server, sqlite_engine, monkeypatch):
    with sqlite_engine.begin() as conn:
        conn.execute(insert(tables.pemda), [{"kode": "16.71", "nama": "Kota Baru", "contoh": False}])
    monkeypatch.setitem(server.config, "PENJAWAB", Penjawab(sqlite_engine, "16.71"))
    client = server.test_client()
    front = client.get("/")
    assert (front.status_code, "Belum ada laporan" in front.get_data(as_text=True)) == (200, True)
    rules = client.get("/metodologi")
    assert (rules.status_code, "Rumus" in rules.get_data(as_text=True)) == (200, True)


def test_a_wrong_address_setting_says_where_to_look(server, caplog):
    answer = server.test_client().post("/masuk", headers={"Origin": "https://emonev.kota.go.id"})
    assert answer.status_code == 403
    assert "EMONEV_ALAMAT" in answer.get_data(as_text=True)
    assert "https://emonev.kota.go.id" in caplog.text


def test_health(citizen):
    assert citizen.get("/healthz").data == b"ok\n"
    assert citizen.get("/readyz").status_code == 200


GARBAGE = [b"", b"{", b"[]", b"null", b"{}", b'{"output": 5}', b'{"output": "x.children", "inputs": 3}', b"\xff\xfe"]


@pytest.mark.parametrize("raw", GARBAGE)
def test_garbage_to_a_callback_is_a_400(citizen, raw):
    answer = citizen.post("/_dash-update-component", data=raw, content_type="application/json")
    assert answer.status_code == 400
    assert b"Traceback" not in answer.data


@pytest.mark.parametrize("value", [5, None, [], {}, "x" * 3000, "//jahat", "javascript:alert(1)"])
def test_any_pathname_and_search_is_survived(citizen, value):
    for place in SECTIONS:
        for pathname, search in ((value, ""), ("/", value)):
            wires = [
                {"id": "_pages_location", "property": "pathname", "value": pathname},
                {"id": "_pages_location", "property": "search", "value": search},
            ]
            follows = 1 if place in (ids.ANALISIS_SARING, ids.ANALISIS_KISI) else 2
            sent = {
                "output": f"{place}.children",
                "outputs": {"id": place, "property": "children"},
                "inputs": wires[:follows],
                "state": wires[follows:],
                "changedPropIds": [],
            }
            assert citizen.post("/_dash-update-component", json=sent).status_code in (200, 204, 401)


def test_addresses_are_read_strictly():
    assert read_address("/opd/1.03", "?tahun=2026&utm_source=x", "/opd/<kode>").get("tahun") == "2026"
    assert read_address("/opd/", "", "/opd/<kode>") is None
    assert read_address("/opd/a/b", "", "/opd/<kode>") is None
    with pytest.raises(BadParameterError):
        read_address(None, "", "/")


def test_a_database_that_is_away_gets_a_designed_page(server, monkeypatch):
    from data.ask import Penjawab
    from data.engine import engine_for

    away = Penjawab(engine_for("postgresql+psycopg://x:y@127.0.0.1:1/z"), "16.71")
    monkeypatch.setitem(server.config, "PENJAWAB", away)
    client = server.test_client()
    for path in PUBLIC:
        code, text = text_of(client, path)
        assert code == 503
        assert "Data sedang tidak dapat dibaca." in text
        assert "Traceback" not in text
    assert client.get("/masuk").status_code == 503
    assert client.get("/readyz").status_code == 503


@pytest.fixture
def own_city(city_file, tmp_path, server, monkeypatch):
    """A copy of the sample city that a test may change, served by the application."""
    import shutil

    from data.ask import Penjawab
    from data.engine import engine_for

    path = tmp_path / "kota.db"
    shutil.copy(city_file, path)
    engine = engine_for(f"sqlite:///{path}")
    monkeypatch.setitem(server.config, "PENJAWAB", Penjawab(engine, "16.71"))
    yield engine
    engine.dispose()


def test_what_a_draft_says_is_not_public(own_city, citizen):
    from data.tables import laporan

    mine = (laporan.c.tahun == 2026, laporan.c.tw == 3, laporan.c.opd == "1.03.0.00.0.00.01.0000")
    with own_city.begin() as conn:
        conn.execute(laporan.update().where(*mine).values(keadaan="draf", tanggapan="RAHASIA"))
    assert "RAHASIA" not in text_of(citizen, f"{PUPR}?tahun=2026&tw=3")[1]


def test_who_is_silent_is_not_public_before_the_lock(own_city, citizen):
    from datetime import UTC, datetime

    from data.tables import opd, periode

    with own_city.begin() as conn:
        now = (periode.c.pemda == "16.71", periode.c.tahun == 2026, periode.c.tw == 3)
        conn.execute(periode.update().where(*now).values(dikunci=datetime(2999, 1, 1, tzinfo=UTC)))
        silent = conn.execute(opd.select().where(opd.c.pemda == "16.71", opd.c.nama == "Dinas Kebudayaan")).one()
    text = text_of(citizen, "/?tahun=2026&tw=3")[1]
    assert "47 dari 50 OPD sudah melapor" in text
    assert "3 belum lapor" in text
    listed = text.split("OPD mana yang tertinggal?")[1].split("Siapa berulang")[0]
    assert "Dinas Kebudayaan" not in listed
    text = text_of(citizen, f"/opd/{silent.kode}?tahun=2026&tw=3")[1]
    assert "Periode masih terbuka." in text
    assert "belum diterima" not in text


def test_too_many_parameters_are_a_designed_400(citizen):
    code, text = text_of(citizen, "/?" + "&".join(f"a{n}=1" for n in range(150)))
    assert code == 400
    assert "Alamat ini tidak dapat dibaca." in text


def test_deep_json_is_a_400(citizen):
    answer = citizen.post("/_dash-update-component", data=b"[" * 200_000, content_type="application/json")
    assert answer.status_code == 400


def test_parameters_a_section_does_not_read_do_not_draw_it_anew():
    from callbacks.address import read_address

    one = read_address("/", "?tahun=2026&urut=a", "/").only(("tahun", "tw"))
    assert one == read_address("/", "?tahun=2026&urut=b&opd=x", "/").only(("tahun", "tw"))
