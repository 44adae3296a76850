"""/kelola/kalender and /kelola/kontak: every deed right and wrong, by the wrong role, a stranger, without a token."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from data import siklus, tables
from data.engine import reading
from data.errors import BadParameterError
from data.jejak import Pelaku, verify_chain
from data.kalender import Waktunya, default_periods, national_holidays, read_days_off, read_deadline
from data.queries import kalender as asked
from data.queries.kepatuhan import expected
from routes.calendar_input import read_clock, read_contacts, read_day, read_paste
from tests.conftest import sign_in
from tests.routes.siklus_uji import TW, WRONG_ROLES, YEAR, A, B, P, fill, token, trail
from tests.routes.siklus_uji import page as read

PAGE, CONTACTS = f"/kelola/kalender?tahun={YEAR}", "/kelola/kontak"
CLOCKS = {
    "dibuka_tanggal": "2026-10-01",
    "dibuka_jam": "08.00",
    "tepat_tanggal": "2026-10-14",
    "tepat_jam": "23.59",
    "kunci_tanggal": "21/10/2026",
    "kunci_jam": "16:30",
}
DEEDS = {
    "/kelola/kalender/buka": {"tahun": "2029"},
    f"/kelola/kalender/{YEAR}/{TW}": CLOCKS,
    "/kelola/kalender/libur": {"tahun": YEAR, "tanggal": "2026-06-17", "nama": "HUT Kota"},
    "/kelola/kalender/libur/hapus": {"tahun": YEAR, "tanggal": "2026-06-17"},
    "/kelola/kalender/perpanjangan": {
        "tahun": YEAR,
        "tw": TW,
        "opd": A,
        "sampai_tanggal": "2031-01-02",
        "sampai_jam": "12.00",
        "alasan": "mati listrik",
    },
    "/kelola/kalender/perpanjangan/cabut": {"tahun": YEAR, "tw": TW, "opd": A},
    "/kelola/kalender/wajib": {"tahun": YEAR, "tw": TW, "opd": B, "wajib": "tidak", "alasan": "OPD baru"},
    "/kelola/kalender/wajib/hapus": {"tahun": YEAR, "tw": TW, "opd": B},
    "/kelola/kontak": {"opd": A, "alamat": "a@b.go.id;08123456789;Operator"},
    "/kelola/kontak/tempel": {"tempel": f"{A};a@b.go.id;;"},
}
BOSS = Pelaku("bappeda", "bappeda")
XSS = '<script>alert("x")</script>'


def post(client, path, **changed):
    given = {name: value for name, value in {**DEEDS[path], **changed}.items() if value is not None}
    return client.post(path, data={"csrf": token(client, "kalender"), **given})


def text(answer):
    return answer.get_data(as_text=True)


def deadline(engine, opd=A):
    with reading(engine) as conn:
        return read_deadline(conn, P, YEAR, TW, opd)


def told(engine):
    return trail(engine)[-1]


# --- who may ---


@pytest.mark.parametrize("path", ["/kelola/kalender", "/kelola/kontak"])
def test_only_bappeda_gets_in(server, house, path):
    for who in WRONG_ROLES:
        assert sign_in(server, who).get(path).status_code == 403
    stranger = server.test_client().get(path)
    assert (stranger.status_code, stranger.headers["Location"].split("?")[0]) == (302, "/masuk")
    for who in ("bappeda", "admin"):
        answer = sign_in(server, who).get(path)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store, private")


@pytest.mark.parametrize("path", DEEDS)
def test_no_deed_without_role_or_token(server, house, boss, path):
    good, before = token(boss, "kalender"), trail(house)
    for who in WRONG_ROLES:
        assert sign_in(server, who).post(path, data={"csrf": good, **DEEDS[path]}).status_code == 403
    stranger = server.test_client().post(path, data={"csrf": good, **DEEDS[path]})
    assert (stranger.status_code, stranger.headers["Location"]) == (303, "/masuk?pesan=berakhir")
    assert boss.post(path, data=DEEDS[path]).status_code == 400
    assert boss.post(path, data={"csrf": token(boss, "verifikasi"), **DEEDS[path]}).status_code == 400
    assert trail(house) == before


# --- the page ---


def test_the_page_shows_clocks_beside_the_rule(house, boss):
    post(boss, f"/kelola/kalender/{YEAR}/{TW}")
    seen = read(boss, PAGE)
    for words in ("TW\u00a0I\u00a02026", "TW\u00a0IV\u00a02026", "2\u00a0OPD wajib lapor", "sesuai aturan"):
        assert words in seen, words
    with reading(house) as conn:
        rule = default_periods(YEAR, read_days_off(conn, P))[TW - 1]["dikunci"]
    assert rule == datetime(2026, 10, 21, 16, 59, 59, tzinfo=UTC)
    assert "Rabu, 21\u00a0Okt\u00a02026 16.30\u00a0WIB" in seen
    assert "menurut aturan: 21\u00a0Okt\u00a02026 23.59\u00a0WIB" in seen


@pytest.mark.parametrize("query", ["tahun=abc", "tahun=99999", "tahun=<script>", "tahun=1"])
def test_a_nonsense_year_gets_a_sentence(boss, query):
    answer = boss.get(f"/kelola/kalender?{query}")
    assert (answer.status_code, "tidak dapat dibaca" in text(answer)) == (400, True)


def test_a_year_without_calendar_says_so(boss):
    assert "belum mempunyai kalender" in read(boss, "/kelola/kalender?tahun=2044")


# --- the clocks of a triwulan ---


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Asia/Jakarta"])
def test_clocks_are_wib_wherever_the_server_stands(house, boss, zone, monkeypatch):
    monkeypatch.setenv("TZ", zone)
    answer = post(boss, f"/kelola/kalender/{YEAR}/{TW}")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{PAGE}&kabar=jam#isi")
    found = deadline(house)
    assert found.dibuka == datetime(2026, 10, 1, 1, 0, tzinfo=UTC)
    assert found.tepat_waktu_sampai == datetime(2026, 10, 14, 16, 59, 59, tzinfo=UTC)
    assert found.dikunci == datetime(2026, 10, 21, 9, 30, 59, tzinfo=UTC)
    assert found.stand(found.dikunci) == Waktunya.TERLAMBAT
    assert found.stand(found.dikunci + timedelta(seconds=1)) == Waktunya.TERKUNCI
    assert told(house) == ("bappeda", "kalender", f"periode/{YEAR}-{TW}")
    assert "Jadwal disimpan." in read(boss, answer.headers["Location"])


def test_saving_what_is_shown_changes_nothing(house, boss):
    post(boss, f"/kelola/kalender/{YEAR}/{TW}")
    before = deadline(house)
    post(boss, f"/kelola/kalender/{YEAR}/{TW}")
    assert deadline(house) == before


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"tepat_tanggal": "31/02/2026"}, "Tepat waktu sampai: tanggal &#x27;31/02/2026&#x27; tidak dapat dibaca"),
        ({"tepat_tanggal": "besok"}, "tanggal &#x27;besok&#x27;"),
        ({"tepat_tanggal": ""}, "Tepat waktu sampai: tanggal"),
        ({"tepat_tanggal": "٢٠٢٦-١٠-١٤"}, "tidak dapat dibaca"),
        ({"tepat_tanggal": "2026-10-14T00:00"}, "tidak dapat dibaca"),
        ({"tepat_tanggal": "9999-12-31"}, "tidak dapat dibaca"),
        ({"kunci_jam": "25.00"}, "Dikunci: jam &#x27;25.00&#x27; tidak dapat dibaca"),
        ({"kunci_jam": "12.60"}, "jam &#x27;12.60&#x27;"),
        ({"kunci_jam": "tengah hari"}, "Dikunci: jam"),
        ({"dibuka_jam": None}, "Dibuka: jam"),
        ({"kunci_tanggal": "2026-10-13"}, "Urutannya harus: dibuka, lalu tepat waktu"),
        ({"dibuka_tanggal": "2026-10-15"}, "Urutannya harus"),
    ],
)
def test_a_wrong_clock_is_told_beside_what_was_typed(house, boss, changed, sentence):
    before = deadline(house)
    answer = post(boss, f"/kelola/kalender/{YEAR}/{TW}", **changed)
    assert answer.status_code == 400
    assert sentence.replace("&#x27;", "'") in text(answer).replace("&#x27;", "'")
    for typed in changed.values():
        assert typed is None or f'value="{typed}"' in text(answer)
    assert deadline(house) == before


@pytest.mark.parametrize("path", ["2044/1", "2026/9", "99999/1", "2026/0", "99999999999999999999/3"])
def test_a_triwulan_that_is_not_there(boss, path):
    given = {"csrf": token(boss, "kalender"), **CLOCKS}
    assert boss.post(f"/kelola/kalender/{path}", data=given).status_code in (400, 404)


# --- a year ---


def test_a_year_is_opened_by_the_rule_once(house, boss):
    answer = post(boss, "/kelola/kalender/buka", tahun="2027")
    assert (answer.status_code, told(house)) == (303, ("bappeda", "kalender", "tahun/2027"))
    seen = read(boss, answer.headers["Location"])
    assert "Kalender pelaporan 2027" in seen
    assert "beda" not in seen
    again = post(boss, "/kelola/kalender/buka", tahun="2027")
    assert (again.status_code, "sudah mempunyai kalender" in text(again)) == (400, True)
    for wrong in ("", "dua ribu", "1899", "20270"):
        answer = post(boss, "/kelola/kalender/buka", tahun=wrong)
        assert (answer.status_code, f'value="{wrong}"' in text(answer)) == (400, True)


# --- days off ---


def test_the_citys_own_day_off_comes_and_goes(house, boss):
    assert post(boss, "/kelola/kalender/libur", tanggal="17/06/2026").status_code == 303
    assert told(house) == ("bappeda", "kalender", "libur/2026-06-17")
    assert "HUT Kota" in read(boss, PAGE)
    with reading(house) as conn:
        assert date(2026, 6, 17) in read_days_off(conn, P)
    assert post(boss, "/kelola/kalender/libur/hapus").status_code == 303
    gone = post(boss, "/kelola/kalender/libur/hapus")
    assert (gone.status_code, "tidak ada dalam daftar libur kota" in text(gone)) == (404, True)


def test_a_holiday_on_which_the_city_works(house, boss):
    day = date(2026, 8, 17)
    assert national_holidays(2026)[day] in read(boss, PAGE)
    given = {"tanggal": day.isoformat(), "nama": national_holidays(2026)[day], "kerja": "ya"}
    assert post(boss, "/kelola/kalender/libur", **given).status_code == 303
    assert "kota tetap bekerja" in read(boss, PAGE)
    with reading(house) as conn:
        assert day not in read_days_off(conn, P)
    post(boss, "/kelola/kalender/libur/hapus", tanggal=day.isoformat())
    with reading(house) as conn:
        assert day in read_days_off(conn, P)


@pytest.mark.parametrize("changed", [{"tanggal": "kapan-kapan"}, {"nama": "  "}, {"tanggal": None}])
def test_a_wrong_day_off_keeps_what_was_typed(house, boss, changed):
    before = trail(house)
    answer = post(boss, "/kelola/kalender/libur", **{"nama": "Hari kota", **changed})
    assert answer.status_code == 400
    assert changed.get("tanggal", changed.get("nama")) is None or "value=" in text(answer)
    assert trail(house) == before


# --- extensions ---


def test_an_extension_is_given_and_taken_back(house, boss):
    assert post(boss, "/kelola/kalender/perpanjangan").status_code == 303
    assert told(house) == ("bappeda", "perpanjangan", f"opd/{A}/{YEAR}-{TW}")
    assert deadline(house).diperpanjang == datetime(2031, 1, 2, 5, 0, 59, tzinfo=UTC)
    assert deadline(house, B).diperpanjang is None
    seen = read(boss, PAGE)
    assert "mati listrik" in seen
    assert "Kamis, 2\u00a0Jan\u00a02031 12.00\u00a0WIB" in seen
    assert post(boss, "/kelola/kalender/perpanjangan/cabut").status_code == 303
    assert deadline(house).diperpanjang is None
    assert post(boss, "/kelola/kalender/perpanjangan/cabut").status_code == 404


def test_an_extension_for_all_must_be_said(house, boss):
    answer = post(boss, "/kelola/kalender/perpanjangan", opd="")
    assert (answer.status_code, "Pilih OPD dari daftar." in text(answer)) == (400, True)
    assert post(boss, "/kelola/kalender/perpanjangan", opd="semua").status_code == 303
    assert deadline(house, B).diperpanjang is not None
    assert "Semua OPD" in read(boss, PAGE)
    assert post(boss, "/kelola/kalender/perpanjangan/cabut", opd="semua").status_code == 303
    assert deadline(house, B).diperpanjang is None


@pytest.mark.parametrize(
    "changed",
    [
        {"opd": "tidak-ada"},
        {"opd": "\x00"},
        {"alasan": " "},
        {"sampai_tanggal": "2020-01-01"},
        {"sampai_tanggal": "lusa"},
        {"sampai_jam": ""},
        {"tw": "5"},
        {"tw": ""},
    ],
)
def test_a_wrong_extension_keeps_what_was_typed(house, boss, changed):
    before = trail(house)
    answer = post(boss, "/kelola/kalender/perpanjangan", **{"alasan": "mati listrik", **changed})
    assert answer.status_code == 400
    assert "alasan" in changed or 'value="mati listrik"' in text(answer)
    assert trail(house) == before


# --- who must report ---


def test_a_duty_is_lifted_and_comes_back(house, boss):
    assert post(boss, "/kelola/kalender/wajib").status_code == 303
    assert told(house) == ("bappeda", "kalender", f"wajib/{B}/{YEAR}-{TW}")
    with reading(house) as conn:
        assert expected(conn, P, YEAR, TW) == [A]
    assert "1\u00a0OPD wajib lapor" in read(boss, PAGE)
    assert post(boss, "/kelola/kalender/wajib/hapus").status_code == 303
    with reading(house) as conn:
        assert expected(conn, P, YEAR, TW) == [A, B]
    assert post(boss, "/kelola/kalender/wajib/hapus").status_code == 404


@pytest.mark.parametrize("changed", [{"alasan": ""}, {"opd": ""}, {"opd": "semua"}, {"opd": "x"}, {"tw": "0"}])
def test_a_wrong_duty_is_told(house, boss, changed):
    before = trail(house)
    assert post(boss, "/kelola/kalender/wajib", **changed).status_code == 400
    assert trail(house) == before


def test_what_people_wrote_is_never_markup(house, boss):
    post(boss, "/kelola/kalender/libur", nama=XSS)
    post(boss, "/kelola/kalender/perpanjangan", alasan=XSS)
    post(boss, "/kelola/kalender/wajib", alasan=XSS)
    post(boss, "/kelola/kontak", alamat=f"a@b.go.id;;{XSS}")
    for path in (PAGE, CONTACTS, f"{CONTACTS}?opd={A}"):
        assert "<script>alert" not in read(boss, path)
    refused = post(boss, "/kelola/kalender/perpanjangan", alasan=XSS, tw="9", opd=XSS, sampai_tanggal=XSS)
    assert "<script>alert" not in text(refused)
    with reading(house) as conn:
        assert verify_chain(conn, P) is None


# --- contacts ---


def contacts(engine):
    k = tables.kontak.c
    with reading(engine) as conn:
        return [tuple(row) for row in conn.execute(select(k.opd, k.surel, k.wa, k.sebutan).order_by(k.opd, k.surel))]


def test_addresses_of_one_opd_and_of_the_escalation(house, boss):
    lines = "A@b.go.id; 0812-3456-789 ; Operator  A\n\nc@d.go.id"
    assert post(boss, "/kelola/kontak", alamat=lines).status_code == 303
    assert post(boss, "/kelola/kontak", opd="eskalasi", alamat="sekda@b.go.id;;Sekda").status_code == 303
    assert contacts(house) == [
        ("", "sekda@b.go.id", "", "Sekda"),
        (A, "a@b.go.id", "628123456789", "Operator A"),
        (A, "c@d.go.id", "", ""),
    ]
    seen = read(boss, CONTACTS)
    assert "1 dari 2\u00a0OPD punya alamat pengingat" in seen
    assert "a@b.go.id;628123456789;Operator A\nc@d.go.id" in read(boss, f"{CONTACTS}?opd={A}")
    post(boss, "/kelola/kontak", alamat="")
    assert [row[0] for row in contacts(house)] == [""]


@pytest.mark.parametrize("lines", ["bukan alamat", "a@b;;", "a@b.go.id;nol", "a@b.go.id;;x;y", "a@b.go.id\na@b.go.id"])
def test_wrong_addresses_keep_what_was_typed(house, boss, lines):
    answer = post(boss, "/kelola/kontak", alamat=lines)
    assert (answer.status_code, contacts(house)) == (400, [])
    assert lines in text(answer)
    assert 'class="galat"' in text(answer)


def test_many_lines_are_pasted_all_or_none(house, boss):
    post(boss, "/kelola/kontak", alamat="lama@b.go.id")
    paste = f"kode;surel;wa;sebutan\n{A};a@b.go.id;+62 812 3456 789;Operator\n"
    paste += "dinas belimbing;b@b.go.id\nESKALASI;s@b.go.id;;Sekda\n"
    wrong = post(boss, "/kelola/kontak/tempel", tempel=f"{paste}9.99;x@b.go.id")
    assert (wrong.status_code, len(contacts(house))) == (400, 1)
    assert "Baris 5: OPD" in text(wrong)
    assert "+62 812 3456 789" in text(wrong)
    assert post(boss, "/kelola/kontak/tempel", tempel=paste).status_code == 303
    assert [row[:3] for row in contacts(house)] == [
        ("", "s@b.go.id", ""),
        (A, "a@b.go.id", "628123456789"),
        (B, "b@b.go.id", ""),
    ]
    assert post(boss, "/kelola/kontak/tempel", tempel="").status_code == 400


def test_an_unknown_opd_has_no_contacts(boss):
    assert boss.get(f"{CONTACTS}?opd=tidak-ada").status_code == 404
    assert post(boss, "/kelola/kontak", opd="tidak-ada").status_code in (400, 404)


# --- reading what is typed ---


@pytest.mark.parametrize("written", ["2026-10-14", "14/10/2026", "14-10-2026", "14.10.2026", " 2026-10-14 "])
def test_days_are_read_as_people_write_them(written):
    assert read_day(written, "x") == date(2026, 10, 14)


@pytest.mark.parametrize("written", ["23:59", "23.59", "23:59:00"])
def test_clocks_are_read_as_people_write_them(written):
    assert (read_clock(written, "x").hour, read_clock(written, "x").minute) == (23, 59)


def test_contacts_are_read_line_by_line():
    assert read_contacts("a@b.c;0812345678") == [{"surel": "a@b.c", "wa": "62812345678", "sebutan": ""}]
    assert read_paste("X;a@b.c", {"X": "Dinas"}) == {"X": [{"surel": "a@b.c", "wa": "", "sebutan": ""}]}
    with pytest.raises(BadParameterError, match="terlalu panjang"):
        read_contacts("x" * 70_000)


def test_both_databases_answer_alike(engine):
    fill(engine)
    siklus.set_day(engine, P, BOSS, date(2026, 6, 17), "HUT Kota", False)
    siklus.extend(engine, P, BOSS, YEAR, TW, "", datetime(2031, 1, 1, tzinfo=UTC), "x")
    siklus.set_duty(engine, P, BOSS, YEAR, TW, B, False, "x")
    siklus.set_many_contacts(engine, P, BOSS, {A: [{"surel": "a@b.go.id"}], "": [{"surel": "s@b.go.id"}]})
    with reading(engine) as conn:
        assert asked.calendar_years(conn, P) == [YEAR]
        assert [one.tw for one in asked.year_clocks(conn, P, YEAR)] == [1, 2, 3, 4]
        assert [day["nama"] for day in asked.days_off(conn, P, YEAR) if day["sendiri"]] == ["HUT Kota"]
        assert list(asked.extensions(conn, P, YEAR)["nama"]) == [None]
        assert list(asked.duties(conn, P, YEAR)["opd"]) == [B]
        assert list(asked.contacts(conn, P)["opd"]) == ["", A]
        assert [kode for kode, _ in asked.reporting_opd(conn, P)] == [A, B]
    siklus.forget_duty(engine, P, BOSS, YEAR, TW, B)
    with reading(engine) as conn:
        assert asked.duties(conn, P, YEAR).empty


@pytest.mark.parametrize(
    ("path", "changed", "said"),
    [
        ("perpanjangan", {"sampai_tanggal": "2026-11-01"}, "sudah lewat"),
        ("libur", {"tanggal": "2031-06-17"}, "tidak dipakai kalender"),
        ("libur", {"tanggal": "2026-08-17"}, "sudah libur nasional"),
    ],
)
def test_what_the_calendar_cannot_use_is_refused_with_a_sentence(boss, house, path, changed, said):
    with house.begin() as conn:
        p = tables.periode
        conn.execute(update(p).where(p.c.tw == TW).values(tepat_waktu_sampai=datetime(2026, 10, 1, tzinfo=UTC)))
    answer = post(boss, f"/kelola/kalender/{path}", **changed)
    assert answer.status_code == 400
    assert said in text(answer)
