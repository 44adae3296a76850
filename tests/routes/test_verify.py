"""/verifikasi: every deed right and wrong, by the wrong role, by a stranger, without a token, twice, at once."""

import json
import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select, update

from data import tables
from data.engine import reading, writing
from data.errors import BadParameterError, NotFoundError
from data.jejak import Pelaku, verify_chain
from data.kiriman import Alamat, withdraw
from data.putusan import CatatanBaris, accept, give_back, read_notes
from data.putusan import publish as publish_now
from data.queries.kiriman import count_versions, one_version, published, queue, ready_to_publish, report_state
from data.siklus import set_duty, set_period
from data.words import Keadaan, Kirim
from tests.conftest import sign_in
from tests.routes.siklus_uji import (
    OPERATOR,
    TW,
    WRONG_ROLES,
    YEAR,
    A,
    B,
    P,
    fill,
    finding,
    send,
    token,
    trail,
)
from tests.routes.siklus_uji import page as read

QUEUE = f"/verifikasi?tahun={YEAR}&tw={TW}"
BOSS = Pelaku("bappeda", "bappeda")
XSS = '<script>alert("x")</script>'


@pytest.fixture
def sent(house, tmp_path):
    return send(house, tmp_path / "berkas", masalah=[finding()])


def version(engine, nomor):
    k = tables.kiriman
    with reading(engine) as conn:
        return conn.execute(select(k).where(k.c.nomor == nomor)).mappings().one()


def state(engine, opd=A):
    lap = tables.laporan.c
    with reading(engine) as conn:
        return conn.execute(select(lap.keadaan).where(lap.opd == opd, lap.tw == TW)).scalar()


def frozen(engine, opd=A):
    t = tables.terbitan.c
    with reading(engine) as conn:
        return conn.execute(select(t.capaian).where(t.level == "opd", t.opd == opd, t.tw == TW)).scalar()


def figure(engine, opd=A):
    r = tables.rollup_kinerja.c
    with reading(engine) as conn:
        return conn.execute(select(r.capaian).where(r.tw == TW, r.level == "opd", r.opd == opd)).scalar()


def own_token(client):
    return token(client, "verifikasi")


def decide(client, nomor, deed, **fields):
    return client.post(f"/verifikasi/{nomor}/{deed}", data={"csrf": own_token(client), **fields})


def publish(client, jumlah, **fields):
    given = {"tahun": YEAR, "tw": TW, "jumlah": jumlah, **fields}
    return client.post("/verifikasi/terbitkan", data={"csrf": own_token(client), **given})


def text(answer):
    return answer.get_data(as_text=True)


# --- who may ---

PLACES = ("/verifikasi", "/verifikasi/1", "/verifikasi/1/berkas")
DEEDS = ("/verifikasi/1/terima", "/verifikasi/1/kembalikan", "/verifikasi/terbitkan")


@pytest.mark.parametrize("path", PLACES)
def test_only_bappeda_gets_in(server, house, sent, path):
    for who in WRONG_ROLES:
        assert sign_in(server, who).get(path).status_code == 403
    stranger = server.test_client().get(path)
    assert (stranger.status_code, stranger.headers["Location"].split("?")[0]) == (302, "/masuk")
    for who in ("bappeda", "admin"):
        answer = sign_in(server, who).get(path)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store, private")


@pytest.mark.parametrize("path", DEEDS)
def test_no_deed_without_role_or_token(server, house, boss, sent, path):
    good = own_token(boss)
    before = trail(house)
    given = {"alasan": "x", "tahun": YEAR, "tw": TW, "jumlah": 1}
    for who in WRONG_ROLES:
        assert sign_in(server, who).post(path, data={"csrf": good, **given}).status_code == 403
    stranger = server.test_client().post(path, data={"csrf": good, **given})
    assert (stranger.status_code, stranger.headers["Location"]) == (303, "/masuk?pesan=berakhir")
    assert boss.post(path, data=given).status_code == 400
    other = own_token(sign_in(server, "bappeda-2"))
    assert boss.post(path, data={"csrf": other, **given}).status_code == 400
    assert boss.get(path).status_code == 303
    assert (trail(house), version(house, sent.nomor)["keadaan"]) == (before, Kirim.TERKIRIM)


@pytest.mark.parametrize("nomor", ["999", "0", "abc", "-1", "99999999999999999999999"])
def test_an_unknown_version_is_a_page_not_found(boss, sent, nomor):
    for path in (f"/verifikasi/{nomor}", f"/verifikasi/{nomor}/berkas"):
        assert boss.get(path).status_code == 404
    assert decide(boss, nomor, "terima").status_code in (404, 405)


def test_a_draft_is_nobody_elses_to_see(house, boss, sent):
    with writing(house) as conn:
        k = tables.kiriman
        conn.execute(update(k).where(k.c.nomor == sent.nomor).values(dikirim_pada=None, keadaan="draf"))
    assert boss.get(f"/verifikasi/{sent.nomor}").status_code == 404
    assert boss.get(f"/verifikasi/{sent.nomor}/berkas").status_code == 404


# --- the queue ---


def test_the_queue_says_who_waits_and_who_is_missing(boss, sent):
    seen = read(boss, QUEUE)
    assert "1 menunggu, 0 dikembalikan, 0 diterima dari 2\u00a0OPD" in seen
    assert seen.index("Dinas Apel") < seen.index("Dinas Belimbing")
    assert f'href="/verifikasi/{sent.nomor}"' in seen
    assert "Tenggat" in seen
    assert "Paling lama menunggu: Dinas Apel" in seen
    assert "Terbitkan TW" not in seen, "nothing is verified yet"


def test_reminders_are_ready_for_who_is_missing(house, boss, sent):
    seen = read(boss, QUEUE)
    ready = seen[seen.index('id="ingatkan"') :]
    assert "Laporan TW III 2026 Dinas Belimbing belum diterima." in ready
    assert "Dinas Apel belum" not in ready, "its report waits"
    assert "wa.me" not in ready, "no number, only the text"
    assert 'data-salin="Laporan TW III 2026 Dinas Belimbing' in ready
    row = {"pemda": P, "opd": B, "surel": "b@contoh.id", "wa": "6281200000001", "sebutan": "Bu Sari"}
    with writing(house) as conn:
        conn.execute(insert(tables.kontak), [row])
    assert 'href="https://wa.me/6281200000001?text=Laporan%20TW%20III' in read(boss, QUEUE)
    assert 'id="ingatkan"' not in read(boss, f"/verifikasi?tahun={YEAR}&tw=1"), "long locked"


def test_the_queue_filters_by_state(boss, sent):
    waiting, out = (read(boss, f"{QUEUE}&keadaan={one}").partition('id="ingatkan"')[0] for one in ("menunggu", "belum"))
    assert ("Dinas Apel" in waiting, ">Dinas Belimbing<" in waiting) == (True, False)
    assert (">Dinas Belimbing<" in out, "/verifikasi/1" in out) == (True, False)
    assert "Tidak ada yang cocok" in read(boss, f"{QUEUE}&keadaan=terbit")


@pytest.mark.parametrize(
    "query", ["keadaan=terbang", "keadaan=%00", "tahun=abc", "tahun=1999", "tw=9", "tw=<script>", "tw=4"]
)
def test_a_nonsense_address_gets_a_sentence(boss, query):
    answer = boss.get(f"/verifikasi?{query}")
    assert answer.status_code == 400
    assert "Traceback" not in text(answer)
    assert "<script>alert" not in text(answer)


def test_first_try_and_returned_are_said(house, boss, sent, tmp_path):
    give_back(house, P, BOSS, sent.nomor, "Angka keliru")
    assert "Dikembalikan 1\u00a0kali" in read(boss, QUEUE)
    again = send(house, tmp_path / "berkas", "6")
    accept(house, P, BOSS, again.nomor)
    seen = read(boss, QUEUE)
    assert "Dikembalikan 1\u00a0kali" in seen
    assert "ke-2" in seen
    accept(house, P, BOSS, send(house, tmp_path / "berkas", opd=B, who=Pelaku("operator-b", "opd", B)).nomor)
    assert "Sekali jadi" in read(boss, QUEUE)


def test_who_need_not_report_is_not_waited_for(house, boss):
    set_duty(house, P, BOSS, YEAR, TW, B, False, "OPD baru")
    seen = read(boss, QUEUE)
    assert "dari 1\u00a0OPD" in seen
    assert "Dinas Belimbing" not in seen


# --- one version ---


def test_a_version_shows_all_that_is_needed_to_decide(boss, sent):
    seen = read(boss, f"/verifikasi/{sent.nomor}")
    for words in (
        *("Dinas Apel, TW", "versi ke-1", "Menunggu verifikasi", sent.tanda, "operator-a", "Tepat waktu"),
        *("1 konfirmasi", "Baris 17, kolom F (Bulan ke-1)", "412.600.000", "Pagu naik pada perubahan anggaran."),
        *("Panjang jalan", "baris 5", "50,0\u00a0%", "Terima laporan", "Kembalikan ke OPD"),
    ):
        assert words in seen, words


def test_looking_changes_nothing(house, boss, sent):
    before = trail(house)
    for _ in range(2):
        read(boss, f"/verifikasi/{sent.nomor}")
    assert (trail(house), state(house), figure(house)) == (before, Keadaan.TERKIRIM, None)


def test_what_people_wrote_is_never_markup(house, boss, tmp_path):
    texts = dict.fromkeys(("alasan", "faktor_pendorong", "faktor_penghambat", "tindak_lanjut", "tanggapan"), XSS)
    found = [finding(nilai=XSS, pesan=XSS, nama_kolom=XSS, perbaikan=XSS)]
    done = send(house, tmp_path / "berkas", masalah=found, texts=texts, name=f"{XSS}.xlsx")
    assert "<script>alert" not in read(boss, f"/verifikasi/{done.nomor}")
    decide(boss, done.nomor, "kembalikan", alasan=XSS, catatan=f"5: {XSS}")
    seen = read(boss, f"/verifikasi/{done.nomor}")
    assert "&lt;script&gt;" in seen
    assert "<script>alert" not in seen


def test_the_file_comes_as_an_attachment(boss, house, tmp_path):
    done = send(house, tmp_path / "berkas", name='lap "x"\r\n.xlsx')
    answer = boss.get(f"/verifikasi/{done.nomor}/berkas")
    assert answer.data.startswith(b"isi ")
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert trail(house)[-1][1:] == ("ekspor", f"kiriman/{done.nomor}")


def test_a_file_that_is_gone_says_so(boss, sent, tmp_path):
    for path in (tmp_path / "berkas").rglob("*"):
        if path.is_file():
            path.unlink()
    answer = boss.get(f"/verifikasi/{sent.nomor}/berkas")
    assert answer.status_code == 404
    assert "tidak tersimpan" in text(answer)


# --- accepting ---


def test_accepted_and_told(house, boss, sent):
    answer = decide(boss, sent.nomor, "terima")
    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        f"/verifikasi?tahun={YEAR}&tw={TW}&kabar=terima#isi",
    )
    assert (state(house), figure(house)) == (Keadaan.TERVERIFIKASI, 50)
    assert "Laporan diterima." in read(boss, answer.headers["Location"])
    assert trail(house)[-1] == ("bappeda", "verifikasi", f"kiriman/{sent.nomor}")
    assert "oleh akun bappeda" in read(boss, f"/verifikasi/{sent.nomor}")


def test_the_second_click_is_told_and_nothing_happens_twice(house, boss, sent):
    decide(boss, sent.nomor, "terima")
    before = trail(house)
    for deed, fields in (("terima", {}), ("kembalikan", {"alasan": "x"})):
        answer = decide(boss, sent.nomor, deed, **fields)
        assert answer.status_code == 409
        assert "tidak lagi menunggu verifikasi" in text(answer)
    assert (trail(house), state(house)) == (before, Keadaan.TERVERIFIKASI)


def test_two_verifiers_at_once_one_wins(server, house, sent):
    clients = [sign_in(server, who) for who in ("bappeda", "bappeda-2", "admin", "bappeda")]
    given = [
        (client, own_token(client), deed) for client, deed in zip(clients, ("terima", "kembalikan") * 2, strict=True)
    ]
    codes = []

    def click(client, csrf, deed):
        codes.append(client.post(f"/verifikasi/{sent.nomor}/{deed}", data={"csrf": csrf, "alasan": "x"}).status_code)

    threads = [threading.Thread(target=click, args=one) for one in given]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(codes) == [303, 409, 409, 409]
    decisions = [line for line in trail(house) if line[1] in ("verifikasi", "kembalikan")]
    assert len(decisions) == 1
    with reading(house) as conn:
        assert verify_chain(conn, P) is None


def test_withdrawn_meanwhile_is_a_conflict(house, boss, sent):
    withdraw(house, P, OPERATOR, Alamat(YEAR, TW, A), sent.nomor)
    assert decide(boss, sent.nomor, "terima").status_code == 409
    assert "tidak menunggu putusan" in read(boss, f"/verifikasi/{sent.nomor}")


def test_nobody_verifies_their_own(house, boss, tmp_path):
    own = send(house, tmp_path / "berkas", who=BOSS)
    seen = read(boss, f"/verifikasi/{own.nomor}")
    assert "Laporan sendiri tidak dapat diverifikasi sendiri" in seen
    assert "Terima laporan" not in seen
    for deed in ("terima", "kembalikan"):
        answer = decide(boss, own.nomor, deed, alasan="x")
        assert answer.status_code == 403
        assert "sendiri" in text(answer)
    assert state(house) == Keadaan.TERKIRIM


# --- returning ---


def test_returned_with_reason_and_notes(house, boss, sent):
    notes = "5: Periksa nol\n\n  baris 6 :  Bulan ke-2 kosong: isi  \n"
    answer = decide(boss, sent.nomor, "kembalikan", alasan="Angka keliru", catatan=notes)
    assert (answer.status_code, state(house)) == (303, Keadaan.DIKEMBALIKAN)
    assert "Laporan dikembalikan." in read(boss, answer.headers["Location"])
    row = version(house, sent.nomor)
    assert (row["alasan_putusan"], "Bulan ke-2 kosong: isi" in row["catatan_baris"]) == ("Angka keliru", True)
    seen = read(boss, f"/verifikasi/{sent.nomor}")
    assert "Baris 5: " in seen
    assert "Angka keliru" in seen


def test_the_next_version_stands_beside_what_was_asked(house, boss, sent, tmp_path):
    assert "Yang diminta diperbaiki" not in read(boss, f"/verifikasi/{sent.nomor}")
    give_back(house, P, BOSS, sent.nomor, "Angka keliru", [CatatanBaris(5, "Periksa nol")])
    again = send(house, tmp_path / "berkas", "6")
    seen = read(boss, f"/verifikasi/{again.nomor}")
    for words in ("Yang diminta diperbaiki", "Angka keliru", "Periksa nol", f'href="/verifikasi/{sent.nomor}"'):
        assert words in seen, words
    accept(house, P, BOSS, again.nomor)
    third = send(house, tmp_path / "berkas", "7")
    assert "Yang diminta diperbaiki" not in read(boss, f"/verifikasi/{third.nomor}"), "it was mended"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"alasan": ""}, "Tulis alasan pengembalian"),
        ({"alasan": "   "}, "Tulis alasan pengembalian"),
        ({"alasan": "x", "catatan": "tanpa nomor"}, "&#x27;tanpa nomor&#x27; tidak dapat dibaca"),
        ({"alasan": "x", "catatan": "5:"}, "tidak dapat dibaca"),
        ({"alasan": "x", "catatan": "٥: angka lain"}, "tidak dapat dibaca"),
        ({"alasan": "x", "catatan": "0: nol"}, "tidak dapat dibaca"),
        ({"alasan": "x", "catatan": "5: " + "a" * 501}, "terlalu panjang"),
        ({"alasan": "x", "catatan": "\n".join(f"{n}: x" for n in range(1, 202))}, "paling banyak 200"),
    ],
)
def test_a_return_that_is_not_ready_keeps_what_was_typed(house, boss, sent, fields, sentence):
    answer = decide(boss, sent.nomor, "kembalikan", **fields)
    assert answer.status_code == 400
    assert sentence.replace("&#x27;", "'") in text(answer).replace("&#x27;", "'")
    for typed in fields.values():
        assert typed.strip()[:30] in text(answer)
    assert state(house) == Keadaan.TERKIRIM


def test_a_note_on_a_row_that_is_not_there_gets_a_sentence(house, boss, sent):
    head = json.dumps({"kepala": {"baris": 4, "terakhir": 61}})
    with writing(house) as conn:
        k = tables.kiriman
        conn.execute(update(k).where(k.c.nomor == sent.nomor).values(setelan=head))
    for wrong in (4, 62, 99):
        answer = decide(boss, sent.nomor, "kembalikan", alasan="x", catatan=f"5: ada\n{wrong}: tidak ada")
        assert (answer.status_code, state(house)) == (400, Keadaan.TERKIRIM)
        assert f"Berkas ini tidak punya baris {wrong}: isinya baris 5 sampai 61." in text(answer)
    assert decide(boss, sent.nomor, "kembalikan", alasan="x", catatan="5: awal\n61: akhir").status_code == 303


def test_notes_are_read_as_people_write_them():
    assert read_notes(" Baris 7: a \r\n8:b:c\n") == [CatatanBaris(7, "a"), CatatanBaris(8, "b:c")]
    assert read_notes("") == []
    with pytest.raises(BadParameterError):
        read_notes("7 - a")


# --- publishing, and corrections after it ---


def test_publishing_freezes_the_figures(house, boss, sent):
    decide(boss, sent.nomor, "terima")
    seen = read(boss, QUEUE)
    assert "Ya, terbitkan 1 laporan" in seen
    assert "1\u00a0OPD belum ikut" in seen
    answer = publish(boss, 1)
    assert (answer.status_code, state(house), frozen(house)) == (303, Keadaan.TERBIT, 50)
    assert "Periode diterbitkan." in read(boss, answer.headers["Location"])
    assert trail(house)[-1] == ("bappeda", "terbit", f"periode/{YEAR}-{TW}")
    assert "Ya, terbitkan" not in read(boss, QUEUE)


@pytest.mark.parametrize("jumlah", ["", "satu", "-1", "٣", "999999"])
def test_publishing_needs_the_number_that_was_seen(house, boss, sent, jumlah):
    decide(boss, sent.nomor, "terima")
    assert publish(boss, jumlah).status_code == 400
    assert state(house) == Keadaan.TERVERIFIKASI


def test_publishing_something_else_than_was_seen_is_a_conflict(house, boss, sent, tmp_path):
    decide(boss, sent.nomor, "terima")
    csrf = own_token(boss)
    accept(house, P, BOSS, send(house, tmp_path / "berkas", opd=B, who=Pelaku("operator-b", "opd", B)).nomor)
    given = {"csrf": csrf, "tahun": YEAR, "tw": TW, "jumlah": 1}
    answer = boss.post("/verifikasi/terbitkan", data=given)
    assert answer.status_code == 409
    assert "sekarang 2, bukan 1" in text(answer)
    assert (state(house), frozen(house)) == (Keadaan.TERVERIFIKASI, None)
    given["jumlah"] = 2
    assert boss.post("/verifikasi/terbitkan", data=given).status_code == 303
    again = boss.post("/verifikasi/terbitkan", data=given)
    assert again.status_code == 400
    assert "Tidak ada laporan terverifikasi" in text(again)
    assert sum(line[1] == "terbit" for line in trail(house)) == 1


def test_a_correction_says_old_and_new_and_keeps_what_was_published(house, boss, sent, tmp_path):
    decide(boss, sent.nomor, "terima")
    publish(boss, 1)
    second = send(house, tmp_path / "berkas", "8", rupiah=700)
    seen = read(boss, f"/verifikasi/{second.nomor}")
    assert "sudah terbit" in seen
    assert "angka publik ditandai dikoreksi: 50,0\u00a0% → 80,0\u00a0%" in seen
    assert "+3" in seen
    assert "Koreksi menunggu" in read(boss, QUEUE)
    assert "1 menunggu (1 koreksi), 0 dikembalikan, 1 diterima" in read(boss, QUEUE)
    assert f'href="/verifikasi/{sent.nomor}"' in seen, "its predecessor"
    decide(boss, second.nomor, "terima")
    assert (state(house), figure(house), frozen(house)) == (Keadaan.TERBIT, 80, 50)


def test_a_decided_version_shows_what_it_changed(house, boss, sent, tmp_path):
    assert "Beda dengan versi" not in read(boss, f"/verifikasi/{sent.nomor}"), "while it waits the preview says it"
    accept(house, P, BOSS, sent.nomor)
    assert "Belum ada versi yang diterima sebelum ini" in read(boss, f"/verifikasi/{sent.nomor}")
    again = send(house, tmp_path / "berkas", "6", rupiah=250)
    accept(house, P, BOSS, again.nomor)
    seen = read(boss, f"/verifikasi/{again.nomor}")
    assert "2 isian berbeda dari " in seen
    assert f'href="/verifikasi/{sent.nomor}"' in seen
    for value in (">5</td>", ">6</td>", "Rp\u00a0100", "Rp\u00a0250"):
        assert value in seen, value
    third = send(house, tmp_path / "berkas", "6", rupiah=250)
    give_back(house, P, BOSS, third.nomor, "Sama saja")
    assert "Tidak ada angka yang berbeda" in read(boss, f"/verifikasi/{third.nomor}")


def test_fisik_stands_in_the_comparison(house, boss, sent):
    assert ">Fisik</" in read(boss, f"/verifikasi/{sent.nomor}")


def test_a_plan_that_changed_meanwhile_is_said(house, boss, sent):
    with writing(house) as conn:
        k = tables.kiriman
        text_now = version(house, sent.nomor)["muatan"].replace("#1", "#9")
        conn.execute(update(k).where(k.c.nomor == sent.nomor).values(muatan=text_now))
    answer = boss.get(f"/verifikasi/{sent.nomor}")
    assert answer.status_code == 200
    assert "tidak dapat dibandingkan lagi" in text(answer)
    refused = decide(boss, sent.nomor, "terima")
    assert refused.status_code == 409
    assert "tidak ada yang disimpan" in text(refused)
    assert (state(house), figure(house)) == (Keadaan.TERKIRIM, None)


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Asia/Jakarta"])
def test_clocks_are_wib_wherever_the_server_stands(house, boss, zone, monkeypatch):
    due = datetime(2026, 10, 14, 16, 59, 59, tzinfo=UTC)
    set_period(house, P, BOSS, YEAR, TW, datetime(2020, 9, 30, 17, tzinfo=UTC), due, due)
    monkeypatch.setenv("TZ", zone)
    assert "Rabu, 14\u00a0Okt\u00a02026 23.59\u00a0WIB" in read(boss, QUEUE)


def test_both_databases_answer_alike(engine, tmp_path):
    fill(engine)
    done = send(engine, tmp_path)
    accept(engine, P, BOSS, done.nomor)
    again = send(engine, tmp_path, "7")
    with reading(engine) as conn:
        found = queue(conn, P, YEAR, TW).set_index("opd").loc[A]
        assert (found["menunggu"], found["terakhir"], found["versi"], found["terlambat_menunggu"]) == (2, 2, 2, 0)
        assert (count_versions(conn, P, again.nomor), ready_to_publish(conn, P, YEAR, TW)) == (2, 1)
        assert (published(conn, P, YEAR, TW, A), report_state(conn, P, YEAR, TW, B)) == (None, Keadaan.BELUM)
        with pytest.raises(NotFoundError):
            one_version(conn, P, 10**30)
    assert publish_now(engine, P, BOSS, YEAR, TW, 1) == 1
    with reading(engine) as conn:
        assert published(conn, P, YEAR, TW, A)["capaian"] == 50
    with pytest.raises(BadParameterError):
        publish_now(engine, P, BOSS, YEAR, TW, 1)


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/verifikasi/7/kembalikan", "/verifikasi/7"),
        ("/verifikasi/terbitkan?tahun=2026&tw=3", "/verifikasi?tahun=2026&tw=3"),
        ("/kelola/kalender/2026/3", "/kelola/kalender"),
        ("/kelola/kalender/libur/hapus", "/kelola/kalender"),
        ("/kelola/kontak/tempel", "/kelola/kontak"),
    ],
)
def test_looking_at_an_address_for_forms_leads_to_its_page(boss, address, page):
    answer = boss.get(address)
    assert (answer.status_code, answer.headers["Location"]) == (303, page)
