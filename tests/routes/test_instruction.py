"""/arahan: every step by whoever may, by everybody else, without a token, twice; hostile words; the live block beside
the figure."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from data import tables
from data.arahan import Perihal, answer, give, today_wib
from data.engine import reading
from data.jejak import Pelaku
from data.putusan import accept
from data.queries.arahan import read_instruction
from tests.conftest import sign_in, without_token
from tests.routes.siklus_uji import SUB, TW, YEAR, A, B, P, send, token, trail

SEKDA, OPR_A = Pelaku("sekda", "pimpinan"), Pelaku("operator-a", "opd", A)
XSS = '<script>alert("x")</script>"><img src=x onerror=alert(1)>\u202e=HYPERLINK("http://x")'
TEXT = "Susun jadwal percepatan."
FAR = (today_wib() + timedelta(days=9)).isoformat()
CAST = ("sekda", "bappeda", "operator-a", "operator-b", "admin")


@pytest.fixture
def cast(server, house):
    return {name: sign_in(server, name) for name in CAST}


@pytest.fixture
def asked(house):
    """The number of an instruction of the Sekda to OPD A."""
    return give(house, P, SEKDA, Perihal(YEAR, TW, A, "1.01.02"), TEXT, None).nomor


def post(client, path, **fields):
    return client.post(path, data={"csrf": token(client, "arahan"), **fields})


def text(answered):
    return answered.get_data(as_text=True)


def state(house, nomor):
    with reading(house) as conn:
        found = read_instruction(conn, P, nomor)
        return found["keadaan"], found["langkah"]


def blank(client, **fields):
    known = {"tahun": YEAR, "tw": TW, "opd": A, "node": "", "indikator": "", "kata": TEXT, "tenggat": FAR}
    return post(client, "/arahan", **(known | fields))


# --- who may ---


def codes(cast, ask):
    return {name: ask(client).status_code for name, client in cast.items()}


def test_who_gets_in(server, cast, asked):
    one = f"/arahan/{asked}"
    assert codes(cast, lambda c: c.get("/arahan")) == dict.fromkeys(CAST, 200)
    assert codes(cast, lambda c: c.get(one)) == {**dict.fromkeys(CAST, 200), "operator-b": 404}
    givers = {"sekda": 200, "bappeda": 200, "operator-a": 403, "operator-b": 403, "admin": 403}
    assert codes(cast, lambda c: c.get("/arahan/baru")) == givers
    for path in ("/arahan", one, "/arahan/baru"):
        stranger = server.test_client().get(path)
        assert (stranger.status_code, stranger.headers["Location"].split("?")[0]) == (302, "/masuk")


def test_who_may_take_a_step(house, server, cast, asked):
    one, before = f"/arahan/{asked}", trail(house)
    steps = {
        "jawab": {"operator-a": 303, "operator-b": 404, "sekda": 403, "bappeda": 403, "admin": 403},
        "tarik": {"sekda": 409, "bappeda": 403, "admin": 403, "operator-a": 403, "operator-b": 403},
        "terima": {"sekda": 303, "bappeda": 403, "admin": 403, "operator-a": 403, "operator-b": 403},
        "kembalikan": {"sekda": 409, "bappeda": 403, "admin": 403, "operator-a": 403, "operator-b": 403},
    }
    for deed, wanted in steps.items():
        seen = state(house, asked)[1]
        given = {"kata": "Sudah.", "terlihat": seen, "menjadi": "selesai"}
        got = {name: post(cast[name], f"{one}/{deed}", **given).status_code for name in reversed(wanted)}
        assert got == wanted, deed
    assert len(trail(house)) == len(before) + 2
    stranger = server.test_client().post(f"{one}/jawab", data={"kata": "x"})
    assert (stranger.status_code, stranger.headers["Location"]) == (303, "/masuk?pesan=berakhir")


def test_no_step_without_a_token(house, cast, asked):
    operator = cast["operator-a"]
    for data in ({}, {"csrf": token(operator, "unggah")}, {"csrf": token(cast["operator-b"], "arahan")}):
        answered = operator.post(f"/arahan/{asked}/jawab", data={**data, "kata": "x", "terlihat": 0})
        assert answered.status_code == 400
    assert cast["sekda"].post("/arahan", data={"opd": A, "kata": "x"}).status_code == 400
    assert operator.get(f"/arahan/{asked}/jawab").status_code == 404
    assert state(house, asked) == ("baru", 0)


@pytest.mark.parametrize("nomor", ["999", "0", "abc", "-1", "9" * 30])
def test_what_is_not_there_answers_like_anothers(cast, asked, nomor):
    missing, others = cast["operator-b"].get(f"/arahan/{nomor}"), cast["operator-b"].get(f"/arahan/{asked}")
    assert (missing.status_code, others.status_code) == (404, 404)
    if nomor.isdigit():
        assert without_token(missing.text) == without_token(others.text)


# --- the steps ---


def test_given_answered_sent_back_accepted(house, cast):
    sekda, operator = cast["sekda"], cast["operator-a"]
    made = blank(sekda, indikator=f"{SUB}#1")
    assert (made.status_code, made.headers["Location"]) == (303, "/arahan/1?kabar=beri")
    shown = text(sekda.get("/arahan/1?kabar=beri"))
    assert "Arahan diberikan." in shown
    assert "Panjang jalan" in shown
    assert "wa.me" in shown
    assert "/arahan%3Fnomor%3D1" in shown, "the shared address survives signing in"
    home = text(operator.get("/unggah"))
    assert "1 arahan menunggu jawaban" in home
    post(operator, "/arahan/1/jawab", kata="Dimulai.", terlihat=0, menjadi="dikerjakan")
    assert "menunggu jawaban" not in text(operator.get("/unggah"))
    post(operator, "/arahan/1/jawab", kata="Tuntas.", terlihat=1, menjadi="selesai")
    back = post(sekda, "/arahan/1/kembalikan", kata="Belum.", terlihat=2)
    assert back.headers["Location"] == "/arahan/1?kabar=kembali"
    assert "1 arahan menunggu jawaban" in text(operator.get("/unggah"))
    post(operator, "/arahan/1/jawab", kata="Tuntas benar.", terlihat=3, menjadi="selesai")
    assert post(sekda, "/arahan/1/terima", terlihat=4).headers["Location"] == "/arahan/1?kabar=terima"
    assert state(house, 1) == ("diterima", 5)
    closed = text(operator.get("/arahan/1"))
    for words in ("Dimulai.", "Tuntas.", "Belum.", "Tuntas benar.", "Diterima, arahan ditutup"):
        assert words in closed
    assert "<textarea" not in closed
    deeds = [(who, what) for who, what, _ in trail(house)]
    assert deeds == [
        ("sekda", "arahan"),
        *[("operator-a", "arahan_balasan")] * 2,
        ("sekda", "arahan"),
        ("operator-a", "arahan_balasan"),
        ("sekda", "arahan"),
    ]


def test_a_double_click_gives_once(house, cast):
    first, second = blank(cast["sekda"]), blank(cast["sekda"])
    assert (first.headers["Location"], second.headers["Location"]) == ("/arahan/1?kabar=beri", "/arahan/1?kabar=ulang")
    assert len(trail(house)) == 1


def test_what_was_typed_is_never_lost(house, cast, asked):
    sekda, operator = cast["sekda"], cast["operator-a"]
    for fields, words in (
        ({"tenggat": "2020-01-01"}, "Tenggat sudah lewat."),
        ({"tenggat": "besok"}, "tanggal 'besok' tidak dapat dibaca"),
        ({"opd": ""}, "OPD belum dipilih."),
        ({"opd": "9.99"}, "OPD dengan kode ini tidak ada."),
        ({"node": "9.99"}, "tidak ada dalam rencana OPD itu"),
    ):
        answered = blank(sekda, kata="Kata-kata panjang.", **fields)
        assert (answered.status_code, "Kata-kata panjang." in text(answered)) == (400, True), fields
        assert words in text(answered), fields
    answer(house, P, OPR_A, asked, 0, "Tab pertama.", False)
    stale = post(operator, f"/arahan/{asked}/jawab", kata="Tab kedua.", terlihat=0, menjadi="selesai")
    assert stale.status_code == 409
    for words in ("sudah berubah sejak Anda membukanya", ">Tab kedua.</textarea>", "Tab pertama.", 'value="1"'):
        assert words in text(stale)
    answer(house, P, OPR_A, asked, 1, "Selesai.", True)
    late = post(operator, f"/arahan/{asked}/jawab", kata="Tab ketiga.", terlihat=1, menjadi="dikerjakan")
    assert (late.status_code, "Tab ketiga." in text(late)) == (409, True)


@pytest.mark.parametrize("seen", ["", "x", "-1", "1e3", "٣", "9" * 50])
def test_a_form_that_is_not_ours(cast, asked, seen):
    answered = post(cast["operator-a"], f"/arahan/{asked}/jawab", kata="x", terlihat=seen)
    assert (answered.status_code, "Muat ulang halaman arahan ini" in text(answered)) == (400, True)


def test_hostile_words_are_words(house, cast):
    sekda, operator = cast["sekda"], cast["operator-a"]
    blank(sekda, kata=XSS)
    post(operator, "/arahan/1/jawab", kata=XSS, terlihat=0, menjadi="selesai")
    at = f"tahun={YEAR}&tw={TW}&opd={A}"
    for client, path in (
        (sekda, "/arahan"),
        (sekda, "/arahan/1"),
        (operator, "/arahan/1"),
        (sekda, f"/pimpinan?{at}"),
        (sekda, f"/arahan?kabar={XSS}"),
    ):
        shown = text(client.get(path))
        assert "<script>alert" not in shown, path
        assert "<img src=x" not in shown, path
    assert "&lt;script&gt;alert" in text(sekda.get("/arahan/1"))
    for bad in (f"/arahan?keadaan={XSS}", f"/arahan?opd={XSS}", f"/arahan/baru?opd={XSS}", f"/arahan/baru?tahun={XSS}"):
        answer = sekda.get(bad)
        assert answer.status_code == 400
        assert "<script>alert" not in text(answer)


# --- lists ---


def test_each_role_has_its_list(house, cast, asked):
    other = give(house, P, SEKDA, Perihal(YEAR, 2, B), "Untuk Belimbing.", today_wib()).nomor
    for name in ("sekda", "bappeda", "admin"):
        shown = text(cast[name].get("/arahan"))
        assert f'href="/arahan/{asked}"' in shown
        assert f'href="/arahan/{other}"' in shown
        assert "2 arahan terbuka" in shown
        assert ("Beri arahan" in shown) == (name != "admin")
    own, others = (
        text(cast["operator-b"].get("/arahan")),
        text(cast["operator-b"].get(f"/arahan?opd={A}&keadaan=semua")),
    )
    for shown in (own, others):
        assert (TEXT in shown, "Untuk Belimbing." in shown, "Beri arahan" in shown) == (False, True, False)
    assert "1 arahan menunggu jawaban Anda" in own
    assert "dari TW\u00a0II\u00a0" in own, "carried over until it is closed"
    only = text(cast["sekda"].get(f"/arahan?opd={A}"))
    assert (TEXT in only, "Untuk Belimbing." in only) == (True, False)
    empty = text(cast["sekda"].get("/arahan?keadaan=diterima"))
    assert "Tidak ada yang cocok." in empty


def test_the_shared_address_leads_to_the_instruction(server, cast, asked):
    assert cast["operator-a"].get(f"/arahan?nomor={asked}").headers["Location"] == f"/arahan/{asked}"
    stranger = server.test_client().get(f"/arahan?nomor={asked}")
    assert stranger.headers["Location"] == f"/masuk?next=arahan.inbox&nomor={asked}"


# --- beside the figure ---


def version(house):
    with reading(house) as conn:
        return conn.execute(select(tables.pemda.c.versi)).scalar_one()


def test_a_reply_shows_beside_the_figure_at_once(house, cast, tmp_path):
    accept(house, P, Pelaku("bappeda", "bappeda"), send(house, tmp_path / "berkas").nomor)
    sekda, at = cast["sekda"], f"tahun={YEAR}&tw={TW}&opd={A}"
    stored = version(house)
    places = {"opd": "", "node": "&program=1.01.02", "indikator": f"&indikator={SUB}%231"}
    given = {"opd": {}, "node": {"node": "1.01.02"}, "indikator": {"indikator": f"{SUB}#1"}}
    for nomor, (name, more) in enumerate(places.items(), start=1):
        before = text(sekda.get(f"/pimpinan?{at}{more}"))
        assert "Belum ada arahan di sini." in before, name
        assert f"/arahan/baru?tahun={YEAR}" in before
        blank(sekda, kata=f"Arahan {name}.", **given[name])
        shown = text(sekda.get(f"/pimpinan?{at}{more}"))
        assert (f"Arahan {name}." in shown, "OPD belum menjawab." in shown) == (True, True)
        post(cast["operator-a"], f"/arahan/{nomor}/jawab", kata=f"Jawaban {name}.", terlihat=0, menjadi="dikerjakan")
        assert f"Jawaban {name}." in text(sekda.get(f"/pimpinan?{at}{more}")), name
    whole = text(sekda.get(f"/pimpinan?{at}&program=1.01.02"))
    assert "3\u00a0arahan terbuka" in whole, "beside the OPD"
    assert "2\u00a0arahan terbuka" in whole, "beside the program: its own and what lies beneath"
    assert "3 arahan terbuka" in whole, "in the list of red OPD"
    assert version(house) == stored, "no instruction has raised the data version"


def test_the_public_hears_nothing_of_it(server, cast, asked):
    for path in ("/", f"/opd/{A}", f"/opd/{A}?tahun={YEAR}&tw={TW}"):
        shown = text(server.test_client().get(path))
        assert TEXT not in shown
        assert 'href="/arahan' not in shown
        assert "arahan terbuka" not in shown
