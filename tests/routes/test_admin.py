"""/kelola: accounts and the trail. Every deed right and wrong, by the wrong role, by a stranger, without a token."""

import csv
import io
import json
import re
from datetime import UTC, datetime
from itertools import count

import pytest
from sqlalchemy import select, update

from data import kelola, tables
from data.accounts import create_account, find_account, verify_password
from data.engine import engine_for
from data.errors import BadParameterError, NotFoundError
from data.faktor import install_factor, new_secret
from data.jejak import Kejadian, Pelaku, append, verify_chain
from data.tautan import read_link, use_link
from data.words import Peran, Tindakan
from pages.parts.trail import to_csv
from tests.conftest import PASSWORD, add_account, sign_in

PEMDA, PUPR = "16.71", "1.03.0.00.0.00.01.0000"
NEW = "gajah-makan-bakwan-malam"
DEEDS = ("ubah", "setel-ulang", "lepas-kode", "tutup", "buka", "keluarkan")
XSS = ('<script>alert("x")</script>', '"><img src=x onerror=alert(1)>', "</title><svg onload=alert(1)>", "{{7*7}}")
_numbers = count(1)


@pytest.fixture(scope="module")
def boss(server, city):
    """An administrator of these tests, so that the cast is left alone."""
    with city.begin() as conn:
        add_account(conn, PEMDA, "uji-admin", "Administrator Uji", Peran.ADMIN)
    return sign_in(server, "uji-admin")


@pytest.fixture
def nama(server, city):
    return make(city)


def make(city, peran=Peran.PIMPINAN, opd=None, factor=False, label="Kepala Bagian Uji"):
    name = f"uji-kelola-{next(_numbers)}"
    with city.begin() as conn:
        add_account(conn, PEMDA, name, label, peran, opd)
        if factor:
            install_factor(conn, PEMDA, name, "kunci-uji-yang-cukup-panjang-0123456789", new_secret(), 1)
    return name


def page(client, path):
    return client.get(path).get_data(as_text=True)


def token(client, path="/kelola/undang"):
    after = page(client, path).split('action="/kelola/', 1)[1]
    field = re.search(r'<input[^>]*\bname="csrf"[^>]*>', after)[0]
    return re.search(r'\bvalue="([^"]+)"', field)[1]


def post(client, path, **fields):
    return client.post(path, data={"csrf": token(client), **fields})


def invite(client, nama, **fields):
    given = {"nama": nama, "sebutan": "Operator Uji", "peran": "opd", "opd": PUPR, **fields}
    return post(client, "/kelola/undang", **given)


def account(city, nama):
    with city.connect() as conn:
        return find_account(conn, PEMDA, nama)


def head(city):
    with city.connect() as conn:
        return (
            conn.execute(select(tables.jejak_kepala.c.nomor).where(tables.jejak_kepala.c.pemda == PEMDA)).scalar() or 0
        )


def lines(city, since):
    t = tables.jejak.c
    with city.connect() as conn:
        rows = conn.execute(select(tables.jejak).where(t.pemda == PEMDA, t.nomor > since).order_by(t.nomor))
        return [(row.pelaku, row.tindakan, row.objek, json.loads(row.rincian)) for row in rows]


# --- who may ---


@pytest.mark.parametrize("path", ["/kelola/akun", "/kelola/undang", "/kelola/akun/sekda", "/kelola/jejak"])
def test_only_administrators_get_in(server, path):
    for who in ("sekda", "bappeda", "operator-a"):
        assert sign_in(server, who).get(path).status_code == 403
    stranger = server.test_client().get(path)
    assert stranger.status_code == 302
    assert stranger.headers["Location"].startswith("/masuk?next=kelola.")
    answer = sign_in(server, "admin").get(path)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store, private")


@pytest.mark.parametrize("deed", [*DEEDS, None, "jejak.csv"])
def test_no_deed_without_role_or_token(server, boss, city, nama, deed):
    path = {None: "/kelola/undang", "jejak.csv": "/kelola/jejak.csv"}.get(deed, f"/kelola/akun/{nama}/{deed}")
    before, since = account(city, nama), head(city)
    for who in ("sekda", "bappeda", "operator-a"):
        assert sign_in(server, who).post(path, data={"csrf": token(boss)}).status_code == 403
    assert server.test_client().post(path).headers["Location"] == "/masuk?pesan=berakhir"
    assert boss.post(path, data={"sebutan": "Lain", "peran": "admin"}).status_code == 400
    assert boss.post(path, data={"csrf": token(sign_in(server, "admin"))}).status_code == 400
    assert account(city, nama) == before
    assert lines(city, since) == []


@pytest.mark.parametrize("nama", ["hantu", "%00", "..%2fetc", "<script>", "%F0%9F%98%80", "a" * 300])
def test_an_unknown_account_is_a_page_not_found(boss, nama):
    assert boss.get(f"/kelola/akun/{nama}").status_code == 404
    for deed in DEEDS:
        assert post(boss, f"/kelola/akun/{nama}/{deed}", sebutan="x", peran="admin").status_code in (404, 405)


# --- the list ---


def test_the_list_filters_by_text_role_and_state(boss, city, nama):
    invite(boss, "uji-saring-baru", sebutan="Operator Saring Khusus")
    assert "uji-saring-baru" in page(boss, "/kelola/akun?cari=saring+KHUSUS&peran=opd&keadaan=diundang")
    assert "uji-saring-baru" in page(boss, "/kelola/akun?cari=Pekerjaan+Umum")
    assert "uji-saring-baru" not in page(boss, "/kelola/akun?peran=pimpinan")
    assert "uji-saring-baru" not in page(boss, "/kelola/akun?keadaan=aktif")
    assert nama in page(boss, "/kelola/akun?peran=pimpinan&keadaan=aktif")
    assert "Tidak ada yang cocok" in page(boss, "/kelola/akun?cari=tidakadasamasekali")


@pytest.mark.parametrize("query", ["peran=raja", "keadaan=terbang", "peran=%00", "keadaan=<script>"])
def test_a_nonsense_filter_gets_a_sentence(boss, query):
    answer = boss.get(f"/kelola/akun?{query}")
    assert answer.status_code == 400
    assert "Pilih dari daftar." in answer.get_data(as_text=True)


# --- inviting ---


def test_an_invitation_shows_its_link_once_and_lets_in(boss, city):
    since = head(city)
    answer = invite(boss, "Uji-Undang-Satu")
    text = answer.get_data(as_text=True)
    secret = re.search(r"/undangan/([\w-]{43})", text)[1]
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert "Location" not in answer.headers
    assert f'value="http://127.0.0.1:8050/undangan/{secret}"' in text
    assert 'href="https://wa.me/?text=' in text
    assert "data-salin=" in text
    assert not any(
        secret in page(boss, path) for path in ("/kelola/akun", "/kelola/akun/uji-undang-satu", "/kelola/jejak")
    )
    assert secret not in str(lines(city, since))
    with city.begin() as conn:
        assert read_link(conn, PEMDA, secret).nama == "uji-undang-satu"
        use_link(conn, PEMDA, secret, NEW)
        assert verify_password(conn, PEMDA, "uji-undang-satu", NEW) is not None


def test_an_invitation_is_written_down_with_the_account(boss, city):
    since = head(city)
    invite(boss, "uji-undang-dua", sebutan="  Operator   Uji ")
    made, link = lines(city, since)
    told = {"sebutan": "Operator Uji", "peran": "opd", "opd": PUPR}
    assert made == ("uji-admin", "akun_dibuat", "akun/uji-undang-dua", told)
    assert link[:3] == ("uji-admin", "tautan_dibuat", "akun/uji-undang-dua")
    assert link[3].keys() == {"guna", "berlaku_sampai"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"nama": "<script>alert(1)</script>"},
        {"nama": "a b"},
        {"nama": ""},
        {"nama": "sekda"},
        {"nama": "uji\x00nul"},
        {"sebutan": "  "},
        {"sebutan": "x" * 150},
        {"peran": "raja"},
        {"peran": ""},
        {"opd": ""},
        {"opd": "9.99"},
    ],
)
def test_an_unfit_invitation_says_why_and_keeps_what_was_typed(boss, city, wrong):
    since = head(city)
    answer = invite(boss, **{"nama": "uji-undang-salah", "sebutan": "Operator Tertentu", **wrong})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert 'role="alert"' in text
    assert "/undangan/" not in text
    if "sebutan" not in wrong:
        assert 'value="Operator Tertentu"' in text
    assert account(city, "uji-undang-salah") is None
    assert lines(city, since) == []


@pytest.mark.parametrize("label", XSS)
def test_a_label_is_text_and_nothing_else(boss, city, label):
    name = f"uji-xss-{next(_numbers)}"
    shown = invite(boss, name, sebutan=label).get_data(as_text=True)
    for text in (shown, page(boss, "/kelola/akun"), page(boss, f"/kelola/akun/{name}"), page(boss, "/kelola/jejak")):
        assert label not in text or label.startswith("{{")
        assert "<img src=x" not in text
        assert "<svg onload" not in text


# --- changing ---


def test_another_label_leaves_the_sessions_alone(server, boss, city, nama):
    theirs, since = sign_in(server, nama), head(city)
    answer = post(boss, f"/kelola/akun/{nama}/ubah", sebutan="Sebutan Baru", peran="pimpinan")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/kelola/akun/{nama}?kabar=diubah")
    assert theirs.get("/akun").status_code == 200
    assert lines(city, since)[0][3] == {"sebutan": "Kepala Bagian Uji → Sebutan Baru"}


def test_another_role_or_opd_ends_the_sessions_at_once(server, boss, city, nama):
    theirs = sign_in(server, nama)
    answer = post(boss, f"/kelola/akun/{nama}/ubah", sebutan="Kepala Bagian Uji", peran="opd", opd=PUPR)
    assert answer.headers["Location"].endswith("kabar=peran")
    assert theirs.get("/akun").status_code == 302
    theirs = sign_in(server, nama)
    post(boss, f"/kelola/akun/{nama}/ubah", sebutan="Kepala Bagian Uji", peran="opd", opd="1.06.0.00.0.00.01.0000")
    assert theirs.get("/akun").status_code == 302


def test_no_change_is_no_line(boss, city, nama):
    since = head(city)
    assert post(boss, f"/kelola/akun/{nama}/ubah", sebutan="Kepala Bagian Uji", peran="pimpinan").status_code == 303
    assert lines(city, since) == []


@pytest.mark.parametrize("wrong", [{"peran": "raja"}, {"sebutan": ""}, {"peran": "opd", "opd": ""}])
def test_an_unfit_change_changes_nothing(boss, city, nama, wrong):
    before = account(city, nama)
    given = {"sebutan": "Lain", "peran": "pimpinan", **wrong}
    assert post(boss, f"/kelola/akun/{nama}/ubah", **given).status_code == 400
    assert account(city, nama) == before


# --- password, factor, sessions, closing ---


def test_a_reset_kills_the_old_password_at_once(server, boss, city, nama):
    theirs, since = sign_in(server, nama), head(city)
    text = post(boss, f"/kelola/akun/{nama}/setel-ulang").get_data(as_text=True)
    secret = re.search(r"/undangan/([\w-]{43})", text)[1]
    assert theirs.get("/akun").status_code == 302
    with city.begin() as conn:
        assert verify_password(conn, PEMDA, nama, PASSWORD) is None
        assert read_link(conn, PEMDA, secret).guna == "setel_ulang"
        use_link(conn, PEMDA, secret, NEW)
        assert verify_password(conn, PEMDA, nama, NEW) is not None
    assert [line[1] for line in lines(city, since)] == ["tautan_dibuat"]
    assert secret not in page(boss, f"/kelola/akun/{nama}")


def test_a_second_link_kills_the_first(boss, city):
    invite(boss, "uji-undang-tiga")
    first, second = (
        re.search(r"/undangan/([\w-]{43})", post(boss, "/kelola/akun/uji-undang-tiga/setel-ulang").text)[1]
        for _ in "ab"
    )
    with city.begin() as conn:
        assert read_link(conn, PEMDA, second).guna == "undangan"
        with pytest.raises(NotFoundError):
            read_link(conn, PEMDA, first)


def test_a_lost_phone(server, boss, city):
    name = make(city, factor=True)
    theirs, since = sign_in(server, name), head(city)
    assert post(boss, f"/kelola/akun/{name}/lepas-kode").status_code == 303
    assert account(city, name).totp is None
    assert theirs.get("/akun").status_code == 302
    assert lines(city, since)[0][1:] == ("faktor_dilepas", f"akun/{name}", {"wajib_pasang_lagi": "tidak"})
    assert post(boss, f"/kelola/akun/{name}/lepas-kode").status_code == 400


def test_closing_and_opening_again(server, boss, city, nama):
    theirs, since = sign_in(server, nama), head(city)
    assert post(boss, f"/kelola/akun/{nama}/tutup").status_code == 303
    assert theirs.get("/akun").status_code == 302
    assert not account(city, nama).aktif
    assert post(boss, f"/kelola/akun/{nama}/setel-ulang").status_code == 400
    assert "Buka lagi akun ini" in page(boss, f"/kelola/akun/{nama}?kabar=tutup")
    for _ in range(2):
        assert post(boss, f"/kelola/akun/{nama}/buka").status_code == 303
    assert account(city, nama).aktif
    assert theirs.get("/akun").status_code == 302
    assert [line[1] for line in lines(city, since)] == ["akun_ditutup", "akun_dibuka"]


def test_signing_somebody_out_everywhere(server, boss, city, nama):
    one, two, since = sign_in(server, nama), sign_in(server, nama), head(city)
    assert post(boss, f"/kelola/akun/{nama}/keluarkan").status_code == 303
    assert one.get("/akun").status_code == two.get("/akun").status_code == 302
    assert lines(city, since) == [("uji-admin", "sesi_diakhiri", f"akun/{nama}", {"sesi": "semua"})]


@pytest.mark.parametrize("deed", ["setel-ulang", "lepas-kode", "tutup", "keluarkan", "ubah"])
def test_an_administrator_is_nobodys_victim_but_anothers(boss, city, deed):
    since, before = head(city), account(city, "uji-admin")
    answer = post(boss, f"/kelola/akun/uji-admin/{deed}", sebutan="Administrator Uji", peran="pimpinan")
    assert answer.status_code == 400
    assert "akun Anda sendiri" in answer.get_data(as_text=True)
    assert account(city, "uji-admin") == before
    assert lines(city, since) == []
    assert f'action="/kelola/akun/uji-admin/{deed}"' not in page(boss, "/kelola/akun/uji-admin") or deed == "ubah"


def test_the_last_administrator_stays(sqlite_engine):
    from sqlalchemy import insert

    with sqlite_engine.begin() as conn:
        conn.execute(insert(tables.pemda), [{"kode": PEMDA, "nama": "Kota"}])
        create_account(conn, PEMDA, "satu", "Satu", PASSWORD, Peran.ADMIN)
    who = Pelaku("bayangan", "admin")
    with pytest.raises(BadParameterError, match="satu-satunya"):
        kelola.close(sqlite_engine, PEMDA, who, "satu")
    with pytest.raises(BadParameterError, match="satu-satunya"):
        kelola.change(sqlite_engine, PEMDA, who, "satu", "Satu", Peran.PIMPINAN, None)
    with sqlite_engine.connect() as conn:
        assert conn.execute(select(tables.jejak)).first() is None


def test_what_cannot_be_written_down_is_not_done(server, boss, city, nama, monkeypatch):
    """The line and the deed are one transaction: without the one there is not the other."""

    def broken(*_given):
        raise BadParameterError("Jejak tidak dapat ditulis.")

    theirs = sign_in(server, nama)
    monkeypatch.setattr("data.jejak.append", broken)
    for deed in ("tutup", "setel-ulang", "keluarkan"):
        assert post(boss, f"/kelola/akun/{nama}/{deed}").status_code == 400
    assert invite(boss, "uji-tanpa-jejak").status_code == 400
    monkeypatch.undo()
    assert account(city, nama).aktif
    assert account(city, "uji-tanpa-jejak") is None
    assert theirs.get("/akun").status_code == 200
    with city.connect() as conn:
        assert verify_password(conn, PEMDA, nama, PASSWORD) is not None


# --- the trail ---


@pytest.fixture(scope="module")
def events(city):
    """Sixty events of one invented actor, one of them hostile."""
    with engine_for(city.url.render_as_string()).begin() as conn:
        for number in range(59):
            who = Pelaku("uji-pelaku", "opd", PUPR, "10.0.0.1")
            append(conn, PEMDA, who, Kejadian(Tindakan.UNGGAH, f"unggahan/{number}"))
        told = {"perangkat": "<script>alert(1)</script>", "berkas": "=HYPERLINK(1)"}
        append(conn, PEMDA, Pelaku("uji-pelaku", "opd", PUPR), Kejadian(Tindakan.VERIFIKASI, "=1+1", told))


def test_the_trail_is_shown_in_words_newest_first(boss, events):
    text = page(boss, "/kelola/jejak?pelaku=uji-pelaku")
    assert text.index("Verifikasi") < text.index("unggahan/58") < text.index("unggahan/57")
    assert "Operator OPD · Dinas Pekerjaan Umum dan Penataan Ruang" in text
    assert "&lt;script&gt;" in text
    assert "<script>alert" not in text


def test_fifty_rows_a_page_and_the_rest_behind_a_link(boss, events):
    text = page(boss, "/kelola/jejak?pelaku=uji-pelaku")
    assert text.count('role="rowheader"') == 50
    older = re.search(r'href="(/kelola/jejak\?pelaku=uji-pelaku&amp;sebelum=\d+)">Lebih lama', text)[1]
    rest = page(boss, older.replace("&amp;", "&"))
    assert rest.count('role="rowheader"') == 10
    assert "unggahan/0" in rest
    assert "Lebih lama" not in rest


def test_the_trail_filters(boss, events):
    assert "=1+1" in page(boss, f"/kelola/jejak?tindakan=verifikasi&opd={PUPR}")
    assert "Tidak ada yang cocok" in page(boss, "/kelola/jejak?pelaku=uji-pelaku&tindakan=ekspor")
    today = datetime.now(UTC).strftime("%Y-%m-%d")
    assert "Tidak ada yang cocok" in page(boss, "/kelola/jejak?sampai=2020-01-01")
    assert "uji-pelaku" in page(boss, f"/kelola/jejak?pelaku=uji-pelaku&dari=2020-01-01&sampai={today[:3]}9-12-31")


@pytest.mark.parametrize(
    "query",
    ["dari=kemarin", "sampai=9999-12-31", "tindakan=terbang", "sebelum=-1", "sebelum=99999999999999999999",
     "pelaku=%00", "sebelum=1e3", "dari=2026-02-02&sampai=2026-01-01", "opd=" + "x" * 99, "sebelum=%D9%A3"],
)  # fmt: skip
def test_nonsense_in_the_address_gets_a_sentence(boss, query):
    answer = boss.get(f"/kelola/jejak?{query}")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.get_data(as_text=True)


def test_the_chain_is_checked_on_request_only(boss, city, events, monkeypatch):
    assert f"Rantai utuh sampai nomor {head(city)}" in page(boss, "/kelola/jejak?periksa=1").replace(".", "")
    monkeypatch.setattr("data.queries.jejak.verify_chain", lambda *_given: pytest.fail("checked unasked"))
    assert "Periksa rantai" in page(boss, "/kelola/jejak")


def test_a_broken_chain_is_said_aloud(boss, city, events):
    t = tables.jejak
    last = head(city)
    with city.begin() as conn:
        old = conn.execute(select(t.c.objek).where(t.c.pemda == PEMDA, t.c.nomor == last)).scalar_one()
        conn.execute(update(t).where(t.c.pemda == PEMDA, t.c.nomor == last).values(objek="diubah orang"))
    text = page(boss, "/kelola/jejak?periksa=1")
    with city.begin() as conn:
        conn.execute(update(t).where(t.c.pemda == PEMDA, t.c.nomor == last).values(objek=old))
        assert verify_chain(conn, PEMDA) is None
    assert re.search(r"Rantai putus pada nomor [\d.]+: diubah", text)


def test_the_export_is_the_filtered_rows_and_is_written_down(boss, city, events):
    since = head(city)
    answer = post(boss, "/kelola/jejak.csv", pelaku="uji-pelaku")
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True))))
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="jejak-audit-')
    assert answer.mimetype == "text/csv"
    assert len(rows) == 60
    assert {row["pelaku"] for row in rows} == {"uji-pelaku"}
    assert rows[0]["objek"] == "'=1+1"
    assert lines(city, since) == [("uji-admin", "ekspor", "jejak", {"pelaku": "uji-pelaku", "baris": 60})]


def test_a_nonsense_export_is_refused_and_not_written_down(boss, city):
    since = head(city)
    assert post(boss, "/kelola/jejak.csv", dari="kemarin").status_code == 400
    assert boss.get("/kelola/jejak.csv").status_code in (404, 405)
    assert lines(city, since) == []


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_of_the_export_is_a_formula(start):
    row = dict.fromkeys(
        ("nomor", "waktu", "pelaku", "peran", "opd", "alamat", "tindakan", "objek", "rincian", "sebelum", "hash"), "x"
    )
    text = "".join(to_csv([{**row, "objek": f"{start}cmd|'/c calc'!A0"}]))
    assert next(csv.DictReader(io.StringIO(text, newline="")))["objek"].startswith("'")
