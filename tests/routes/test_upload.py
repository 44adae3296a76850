"""/unggah: from the template to the receipt, and everything that must not happen on the way."""

import csv
import io
import json
import re
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import openpyxl
import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import delete, insert, select, update

from data import tables
from data.alasan import join_reasons, split_reasons, unanswered
from data.engine import reading
from data.jejak import Pelaku
from data.kiriman import Alamat
from data.petaan import read_mapping
from data.putusan import CatatanBaris, give_back
from data.queries.formulir import form_rows
from data.queries.kiriman import versions
from data.siklus import end_extension, extend
from loaders import terpisah
from loaders.giliran import Giliran
from reports.templat import template_csv
from routes import upload_marked
from routes.upload import file_name, safe_name
from tests.conftest import CAST, sign_in

PEMDA, TAHUN, TW = "16.71", 2026, 3
OPD_A, OPD_B = CAST[2][3], CAST[3][3]
QUERY = f"tahun={TAHUN}&tw={TW}"
HOME = f"/unggah?{QUERY}"
BAPPEDA = Pelaku("bappeda", "bappeda")
HOSTILE = "<img src=x onerror=alert(1)>.csv"
MISSING = "/unggah/draf/999999"


@pytest.fixture
def desk(server, city, tmp_path):
    """The period is open for both operators; afterwards nothing of what was sent is left."""
    before = server.config["SETELAN"]
    server.config["SETELAN"] = replace(before, berkas=tmp_path / "berkas")
    until = datetime.now(UTC) + timedelta(days=2)
    reports = [snapshot(city, opd) for opd in (OPD_A, OPD_B)]
    for opd in (OPD_A, OPD_B):
        extend(city, PEMDA, BAPPEDA, TAHUN, TW, opd, until, "uji")
    yield city
    for opd, kept in zip((OPD_A, OPD_B), reports, strict=True):
        restore(city, opd, kept)
        end_extension(city, PEMDA, BAPPEDA, TAHUN, TW, opd)
    server.config["SETELAN"] = before


def _report(opd):
    lap = tables.laporan.c
    return (lap.pemda == PEMDA, lap.tahun == TAHUN, lap.tw == TW, lap.opd == opd)


def snapshot(city, opd):
    with city.connect() as conn:
        return [dict(row) for row in conn.execute(select(tables.laporan).where(*_report(opd))).mappings()]


def restore(city, opd, kept):
    with city.begin() as conn:
        conn.execute(delete(tables.kiriman).where(tables.kiriman.c.opd == opd))
        conn.execute(delete(tables.petaan).where(tables.petaan.c.opd == opd))
        conn.execute(delete(tables.laporan).where(*_report(opd)))
        if kept:
            conn.execute(insert(tables.laporan), kept)


@pytest.fixture
def client(server, desk):
    return sign_in(server, "operator-a")


@pytest.fixture
def rows(desk):
    return filled(desk, OPD_A)


def filled(city, opd):
    """Everything that is asked for, answered as planned."""
    with reading(city) as conn:
        found = form_rows(conn, PEMDA, TAHUN, TW, opd)
    for at in found.index:
        if found.at[at, "baris"] == "Kinerja":
            found.at[at, "realisasi"] = found.at[at, "target"]
            continue
        for month in ("bulan_1", "bulan_2", "bulan_3"):
            found.at[at, month] = int(found.at[at, "target"]) // 40
        found.at[at, "fisik"] = 60
    return found


def money_row(rows, number=0):
    return [at for at in rows.index if rows.at[at, "baris"] == "Keuangan"][number]


def as_csv(rows, opd=OPD_A):
    return template_csv(rows, "Kota", opd, "Dinas", TAHUN, TW, "besok")


def field(name, text):
    found = re.search(rf'<input[^>]*\bname="{name}"[^>]*>', text)
    return re.search(r'\bvalue="([^"]+)"', found[0])[1]


def token(client):
    text = client.get(HOME).get_data(as_text=True)
    return field("csrf", text[text.index('action="/unggah/berkas') :])


def upload(client, content, name="laporan.csv", query=QUERY):
    data = {"csrf": token(client), "berkas": (io.BytesIO(content), name)}
    return client.post(f"/unggah/berkas?{query}", data=data, content_type="multipart/form-data")


def draft_of(client, content, name="laporan.csv"):
    """The address of the draft a file became."""
    answer = upload(client, content, name)
    assert answer.status_code == 303, answer.get_data(as_text=True)[-2000:]
    return answer.headers["Location"]


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.get_data(as_text=True)[:500]
    return answer.get_data(as_text=True)


def words(client, address, **given):
    """What the form on a draft sends: token, one-time token, a reason for everything that asks for one."""
    text = page(client, address)
    form = text[text.index(f'action="{address}/simpan"') :]
    reasons = dict.fromkeys(re.findall(r'name="(alasan-\d+)"', text), "Sudah diperiksa.")
    return {"csrf": field("csrf", form), "sekali": field("sekali", form), **reasons, **given}


def send(client, address, **given):
    return client.post(f"{address}/kirim", data=words(client, address, **given))


def sent(client, content):
    """The number of a version that was sent, and its receipt."""
    address = draft_of(client, content)
    answer = send(client, address)
    assert answer.status_code == 303, answer.get_data(as_text=True)[-3000:]
    return address.rsplit("/", 1)[1], answer.headers["Location"]


def stored(city, opd=OPD_A):
    with reading(city) as conn:
        return versions(conn, PEMDA, Alamat(TAHUN, TW, opd))


# --- who may, and where it stands ---


def test_a_stranger_signs_in_first_and_others_have_no_such_page(server):
    answer = server.test_client().get(HOME)
    assert answer.headers["Location"] == "/masuk?next=unggah.home&tahun=2026&tw=3"
    for who in ("sekda", "bappeda", "admin"):
        assert sign_in(server, who).get(HOME).status_code == 403


def test_the_page_says_where_the_report_stands_and_until_when(client):
    text = page(client, HOME)
    assert re.search(r"Laporan TW\sIII\s2026", text)
    assert re.search(r"Sisa 1\shari 23\sjam", text)
    assert "WIB" in text
    assert "5 MB, 20.000 baris" in text
    assert "/unggah/templat.xlsx?tahun=2026&amp;tw=3" in text


def test_without_a_choice_it_is_the_period_that_can_be_sent_now(client):
    assert re.search(r"TW\sIII\s2026", page(client, "/unggah"))


@pytest.mark.parametrize(("tw", "said"), [(4, "belum dibuka"), (2, "ikunci")])
def test_a_period_that_cannot_be_sent_says_why_and_has_no_form(client, tw, said):
    text = page(client, f"/unggah?tahun=2026&tw={tw}")
    assert said in text
    assert "unggah/berkas" not in text


@pytest.mark.parametrize("query", ["tahun=abc", "tahun=1999&tw=1", "tahun=2026&tw=9", "tw=%00", "tahun=" + "9" * 50])
def test_nonsense_in_the_address_is_a_designed_page(client, query):
    answer = client.get(f"/unggah?{query}")
    assert answer.status_code == 400
    assert "<h1" in answer.get_data(as_text=True)


# --- the template ---


def test_templates_are_the_own_ones_with_office_and_period_in_their_name(client):
    workbook = client.get(f"/unggah/templat.xlsx?{QUERY}")
    assert f"laporan-{OPD_A}-2026-TW3.xlsx" in workbook.headers["Content-Disposition"]
    lines = CalamineWorkbook.from_filelike(io.BytesIO(workbook.data)).get_sheet_by_name("Laporan").to_python()
    assert lines[1][2] == OPD_A
    text = client.get(f"/unggah/templat.csv?{QUERY}")
    assert text.headers["Content-Disposition"].startswith("attachment")
    assert OPD_A in text.get_data(as_text=True)


def test_the_template_itself_comes_back_as_a_draft(client):
    workbook = client.get(f"/unggah/templat.xlsx?{QUERY}").data
    assert "/unggah/draf/" in draft_of(client, workbook, "templat.xlsx")


# --- files that are refused ---


def test_a_file_that_is_too_large_is_refused_before_it_is_read(client, desk):
    answer = upload(client, b"x" * (6 * 1024 * 1024))
    assert answer.status_code == 413
    assert "lebih besar dari 5 MB" in answer.get_data(as_text=True)
    assert stored(desk).empty


def test_no_file_and_no_token(client, desk):
    answer = client.post(f"/unggah/berkas?{QUERY}", data={"csrf": token(client)})
    assert answer.status_code == 400
    assert "Belum ada berkas" in answer.get_data(as_text=True)
    answer = client.post(f"/unggah/berkas?{QUERY}", data={"berkas": (io.BytesIO(b"x"), "a.csv")})
    assert answer.status_code == 400
    assert stored(desk).empty


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("laporan.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "tidak diterima"),
        ("laporan.xlsx", b"bukan zip", "bukan XLSX"),
        ("laporan.csv", b"", "kosong"),
        ("laporan.pdf", b"%PDF-1.7", "tidak diterima"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do_and_is_not_kept(server, client, name, content, said):
    text = page(client, draft_of(client, content, name))
    assert said in text
    assert "bertanda.xlsx" not in text
    assert not server.config["SETELAN"].berkas.exists()


def test_another_offices_template_is_told(client, desk):
    text = page(client, draft_of(client, as_csv(filled(desk, OPD_B), OPD_B)))
    assert "Templat milik OPD lain" in text
    assert "Kirim laporan" not in text


def test_after_the_lock_nothing_is_taken(client, desk, rows):
    answer = upload(client, as_csv(rows), query="tahun=2026&tw=2")
    assert answer.status_code == 400
    assert "sudah dikunci" in answer.get_data(as_text=True)
    assert stored(desk).empty


def test_a_hostile_file_name_stays_text(client, rows):
    address = draft_of(client, as_csv(rows), HOSTILE)
    text = page(client, address)
    assert "<img src=x" not in text
    assert "&lt;img src=x onerror=alert(1)&gt;.csv" in text
    number = send(client, address).headers["Location"]
    assert "<img src=x" not in page(client, number) + page(client, HOME)


# --- mending ---


@pytest.fixture
def wrong(rows):
    first, second = money_row(rows), money_row(rows, 1)
    rows.at[first, "bulan_1"] = "1.5OO.000"
    rows.at[second, "fisik"] = 105
    return as_csv(rows)


def test_what_is_wrong_is_said_with_its_place_and_how_to_mend(client, wrong):
    text = page(client, draft_of(client, wrong))
    assert "2 hal harus diperbaiki" in text
    assert re.search(r"Baris \d+, kolom H</strong> \(Realisasi bulan ke-1", text)
    assert "‘1.5OO.000’" in text
    assert "memuat huruf O" in text
    assert "Fisik di luar 0–100" in text
    assert "Kirim laporan" not in text


def test_the_marked_file_carries_the_messages_and_can_come_back(client, wrong):
    address = draft_of(client, wrong)
    marked = client.get(f"{address}/bertanda.xlsx")
    assert marked.headers["Content-Disposition"].startswith("attachment")
    lines = CalamineWorkbook.from_filelike(io.BytesIO(marked.data)).get_sheet_by_name("Laporan").to_python()
    assert any("memuat huruf O" in str(cell) for line in lines for cell in line)
    said = next(str(cell) for line in lines for cell in line if "memuat huruf O" in str(cell))
    here, theirs = re.search(r"kolom (\w), .+? \(kolom (\w) di berkas Anda\)", said).groups()
    assert ord(here) == ord(theirs) + 1
    assert f"kolom {theirs}</strong> (Realisasi bulan ke-1" in page(client, address)
    again = page(client, draft_of(client, marked.data, "bertanda.xlsx"))
    assert "2 hal harus diperbaiki" in again
    assert f"kolom {here}</strong> (Realisasi bulan ke-1" in again, "the letters are now those of the marked file"


def test_all_findings_as_csv(client, wrong):
    answer = client.get(f"{draft_of(client, wrong)}/masalah.csv")
    found = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert found[0][0] == "tingkat"
    assert [line[0] for line in found].count("Galat") == 2


def test_a_draft_with_errors_cannot_be_sent_by_hand(client, wrong, desk):
    address = draft_of(client, wrong)
    answer = client.post(f"{address}/kirim", data={"csrf": token(client), "sekali": "karangan"})
    assert answer.status_code == 404
    assert list(stored(desk)["keadaan"]) == ["draf"]


def test_titles_of_their_own_are_asked_about_and_remembered(client, desk, rows):
    other = as_csv(rows).decode("utf-8-sig").replace("Realisasi triwulan ini", "Hasilnya").encode()
    address = draft_of(client, other)
    text = page(client, address)
    assert "Kolom mana yang berisi" in text
    assert client.post(f"{address}/jawab", data={"csrf": token(client)}).status_code == 400
    answer = client.post(f"{address}/jawab", data={"csrf": token(client), "kolom-realisasi": "hasilnya"})
    assert answer.status_code == 303
    text = page(client, answer.headers["Location"])
    assert "Kirim laporan" in text
    assert "‘hasilnya’" in text
    with desk.connect() as conn:
        assert read_mapping(conn, PEMDA, OPD_A) == {"hasilnya": "realisasi"}
    assert "Kirim laporan" in page(client, draft_of(client, other))
    assert "‘hasilnya’ dibaca sebagai Realisasi triwulan ini" in page(client, HOME)
    for judul, code in (("karangan", 404), ("hasilnya", 303), ("hasilnya", 404)):
        given = {"csrf": token(client), "judul": judul}
        assert client.post(f"/unggah/petaan/lupakan?{QUERY}", data=given).status_code == code
    assert "Kolom mana yang berisi" in page(client, draft_of(client, other)), "it is asked again"
    j = tables.jejak.c
    with desk.connect() as conn:
        assert read_mapping(conn, PEMDA, OPD_A) == {}
        lines = conn.execute(select(j.pelaku, j.rincian).where(j.objek == f"petaan/{OPD_A}").order_by(j.nomor)).all()
    assert [line.pelaku for line in lines[-2:]] == ["operator-a"] * 2
    assert "dilupakan" in lines[-1].rincian


def test_numbers_that_can_be_read_two_ways_are_asked_about(client, rows):
    for number in range(len([at for at in rows.index if rows.at[at, "baris"] == "Keuangan"])):
        rows.at[money_row(rows, number), "bulan_1"] = "1.234"
    address = draft_of(client, as_csv(rows))
    text = page(client, address)
    assert "Cara Indonesia" in text
    marked = openpyxl.load_workbook(io.BytesIO(client.get(f"{address}/bertanda.xlsx").data))
    noted = [cell for line in marked["Laporan"].iter_rows() for cell in line if cell.comment is not None]
    doubtful = [cell for cell in noted if "dapat dibaca dua cara" in cell.comment.text]
    assert {cell.value for cell in doubtful} == {"1.234"}
    assert len(doubtful) == len([at for at in rows.index if rows.at[at, "baris"] == "Keuangan"])
    assert marked["Ringkasan"]["B4"].value == 1, "one question, however many cells it is about"
    answer = client.post(f"{address}/jawab", data={"csrf": token(client), "angka": "indonesia"})
    assert answer.status_code == 303
    assert "cara Indonesia" in page(client, answer.headers["Location"])


# --- preview and sending ---


def test_the_preview_shows_old_and_new_and_the_very_row(client, rows):
    text = page(client, draft_of(client, as_csv(rows)))
    table = ("Keuangan triwulan ini", "Fisik, %")
    for said in ("Begini tampilannya", "Sekarang", "Sesudah diterima", "perubahan terbesar", *table):
        assert said in text, said
    assert f'href="/opd/{OPD_A}?tahun=2026&amp;tw=3"' in text


def test_from_file_to_receipt_and_every_second_click_gives_the_same(client, desk, rows):
    address = draft_of(client, as_csv(rows))
    given = words(client, address, tanggapan="Kami percepat.")
    first = client.post(f"{address}/kirim", data=given)
    second = client.post(f"{address}/kirim", data=given)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["Location"] == second.headers["Location"]
    text = page(client, first.headers["Location"])
    assert "Nomor tanda terima" in text
    assert page(client, first.headers["Location"]).count("EM-2026-3-") == text.count("EM-2026-3-")
    assert client.get(address).headers["Location"].startswith("/unggah/versi/"), "Back leads to what was sent"
    assert list(stored(desk)["keadaan"]) == ["terkirim"]
    assert "menunggu verifikasi" in page(client, HOME)


def test_the_same_file_twice_is_checked_twice_and_sent_once(client, desk, rows):
    _, receipt = sent(client, as_csv(rows))
    address = draft_of(client, as_csv(rows))
    assert send(client, address).headers["Location"] == receipt
    assert list(stored(desk)["keadaan"]).count("terkirim") == 1


def test_what_asks_for_a_reason_is_not_sent_without_and_keeps_what_was_typed(client, rows):
    at = money_row(rows)
    rows.at[at, "bulan_1"] = int(rows.at[at, "target"]) * 3
    address = draft_of(client, as_csv(rows))
    given = words(client, address, tindak_lanjut="Menunggu DPPA")
    empty = {name: "" for name in given if name.startswith("alasan-")}
    answer = client.post(f"{address}/kirim", data=given | empty)
    assert answer.status_code == 400
    text = answer.get_data(as_text=True)
    assert re.search("Tulis alasan untuk: [^<]*Realisasi lebih besar dari pagu", text)
    assert "Menunggu DPPA" in text
    assert client.post(f"{address}/kirim", data=given).status_code == 303


def test_words_are_kept_in_the_draft(client, rows):
    address = draft_of(client, as_csv(rows))
    answer = client.post(f"{address}/simpan", data=words(client, address, faktor_penghambat="Hujan <b>deras</b>"))
    assert answer.status_code == 303
    text = page(client, answer.headers["Location"])
    assert "Hujan &lt;b&gt;deras" in text
    assert "Teks sudah disimpan" in text
    long = client.post(f"{address}/simpan", data=words(client, address, tanggapan="x" * 3000))
    assert long.status_code == 400


def test_a_draft_is_thrown_away(client, desk, rows):
    address = draft_of(client, as_csv(rows))
    answer = client.post(f"{address}/buang", data={"csrf": token(client)})
    assert "kabar=buang" in answer.headers["Location"]
    assert stored(desk).empty
    assert client.get(address).status_code == 404


def test_another_version_meanwhile_brings_back_the_draft_compared_anew(server, client, desk, rows):
    address = draft_of(client, as_csv(rows))
    given = words(client, address, tanggapan="Tetap ada")
    elsewhere = snapshot_draft(desk)
    sent_row = elsewhere | {
        "nomor": elsewhere["nomor"] + 50,
        "keadaan": "terkirim",
        "tanda": "EM-uji",
        "sekali": "lain",
    }
    sent_row |= {"sha256": "f" * 64, "dikirim_pada": datetime.now(UTC)}
    with desk.begin() as conn:
        conn.execute(insert(tables.kiriman), [sent_row])
    answer = client.post(f"{address}/kirim", data=given)
    assert "kabar=berubah" in answer.headers["Location"]
    text = page(client, answer.headers["Location"])
    assert "Versi lain laporan ini dikirim" in text
    assert "Tetap ada" in text
    assert send(client, answer.headers["Location"].partition("?")[0]).status_code == 303


def snapshot_draft(city):
    k = tables.kiriman.c
    with city.connect() as conn:
        return dict(conn.execute(select(tables.kiriman).where(k.opd == OPD_A, k.keadaan == "draf")).mappings().one())


# --- what was sent ---


def test_a_version_is_shown_taken_back_and_used_again(client, desk, rows):
    number, _ = sent(client, as_csv(rows))
    text = page(client, f"/unggah/versi/{number}")
    assert "Menunggu verifikasi" in text
    answer = client.post(f"/unggah/versi/{number}/tarik", data={"csrf": token(client)})
    assert "kabar=tarik" in answer.headers["Location"]
    assert "sudah ditarik" in page(client, answer.headers["Location"])
    again = client.post(f"/unggah/versi/{number}/tarik", data={"csrf": token(client)})
    assert again.status_code == 400
    answer = client.post(f"/unggah/versi/{number}/pakai-lagi", data={"csrf": token(client)})
    assert send(client, answer.headers["Location"]).status_code == 303
    assert list(stored(desk)["keadaan"]) == ["terkirim", "ditarik"]


def test_using_a_version_again_checks_its_file_anew(server, client, desk, rows):
    number, _ = sent(client, as_csv(rows))
    client.post(f"/unggah/versi/{number}/tarik", data={"csrf": token(client)})
    old = [{"tingkat": "Info", "aturan": "lama", "pesan": "temuan lama"}]
    with desk.begin() as conn:
        k = tables.kiriman
        conn.execute(update(k).where(k.c.nomor == int(number)).values(masalah=json.dumps(old)))
    answer = client.post(f"/unggah/versi/{number}/pakai-lagi", data={"csrf": token(client)})
    assert answer.status_code == 303
    text = page(client, answer.headers["Location"])
    assert "Berkas dapat dikirim" in text or "Berkas siap dikirim" in text
    assert "temuan lama" not in text
    for path in [one for one in server.config["SETELAN"].berkas.rglob("*") if one.is_file()]:
        path.unlink()
    gone = client.post(f"/unggah/versi/{number}/pakai-lagi", data={"csrf": token(client)})
    assert (gone.status_code, "tidak tersimpan di peladen" in gone.get_data(as_text=True)) == (400, True)


def test_what_bappeda_returned_is_shown_with_its_rows(client, desk, rows):
    number, _ = sent(client, as_csv(rows))
    give_back(desk, PEMDA, BAPPEDA, int(number), "Fisik <i>belum</i> wajar", [CatatanBaris(9, "Periksa fisik")])
    for address in (HOME, f"/unggah/versi/{number}"):
        text = page(client, address)
        assert "Fisik &lt;i&gt;belum&lt;/i&gt; wajar" in text
        assert "Periksa fisik" in text
    assert "dikembalikan Bappeda" in page(client, HOME)


def test_the_raw_file_is_what_was_sent_and_its_download_is_noted(client, desk, rows):
    content = as_csv(rows)
    number, _ = sent(client, content)
    answer = client.get(f"/unggah/versi/{number}/berkas")
    assert answer.data == content
    assert answer.headers["Content-Disposition"] == "attachment; filename=laporan.csv"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.content_type == "application/octet-stream"
    j = tables.jejak.c
    with desk.connect() as conn:
        noted = conn.execute(select(j.pelaku).where(j.tindakan == "ekspor", j.objek == f"kiriman/{number}")).scalar()
    assert noted == "operator-a"


# --- receipts ---


def test_the_receipt_as_pdf_and_for_bappeda_but_not_for_leaders(server, client, rows):
    _, receipt = sent(client, as_csv(rows))
    made = client.get(f"{receipt}.pdf")
    assert made.data.startswith(b"%PDF")
    assert made.headers["Content-Disposition"].startswith("attachment")
    assert sign_in(server, "bappeda").get(receipt).status_code == 200
    assert sign_in(server, "sekda").get(receipt).status_code == 403


def test_anybody_can_check_a_receipt_and_learns_nothing_else(server, client, desk, rows):
    _, receipt = sent(client, as_csv(rows))
    tanda, sha = receipt.rsplit("/", 1)[1], stored(desk)["sha256"].iloc[0]
    stranger = server.test_client()
    right = stranger.get(f"/tanda-terima?nomor={tanda}&sha={sha}")
    text = right.get_data(as_text=True)
    assert "Tanda terima asli." in text
    assert "operator-a" not in text
    assert "laporan.csv" not in text
    assert "Set-Cookie" not in right.headers
    assert "Cookie" not in right.headers.get("Vary", "")
    answers = [
        stranger.get(f"/tanda-terima?nomor={number}&sha={digest}").get_data(as_text=True)
        for number, digest in ((tanda, "0" * 64), ("EM-2026-3-999999", "0" * 64))
    ]
    assert all("tidak cocok" in one for one in answers)
    assert answers[0].replace(tanda, "") == answers[1].replace("EM-2026-3-999999", "")
    assert stranger.get("/tanda-terima").status_code == 200


# --- nothing of another office ---


def without_token(answer):
    """The page as text, its token left out."""
    return re.sub(r'name="csrf" type="submit" value="[^"]+"', "", answer.get_data(as_text=True))


def test_what_is_anothers_answers_like_what_is_not_there(server, client, rows):
    number, receipt = sent(client, as_csv(rows))
    draft = draft_of(client, as_csv(rows)).rsplit("/", 1)[1]
    other = sign_in(server, "operator-b")
    csrf = token(other)
    nothing = other.get(MISSING)
    assert nothing.status_code == 404
    # The page's own sign-out form holds a token of this second.
    told = without_token(nothing)
    reads = [f"/unggah/draf/{draft}{tail}" for tail in ("", "/bertanda.xlsx", "/masalah.csv")]
    reads += [f"/unggah/versi/{number}", f"/unggah/versi/{number}/berkas"]
    for address in reads:
        answer = other.get(address)
        assert (answer.status_code, without_token(answer)) == (404, told), address
    for deed in (f"draf/{draft}/kirim", f"draf/{draft}/simpan", f"draf/{draft}/buang", f"draf/{draft}/jawab"):
        assert other.post(f"/unggah/{deed}", data={"csrf": csrf}).status_code == 404
    for deed in ("tarik", "pakai-lagi"):
        assert other.post(f"/unggah/versi/{number}/{deed}", data={"csrf": csrf}).status_code == 404
    told = without_token(other.get("/unggah/tanda/EM-2026-3-999999"))
    for address in (receipt, f"{receipt}.pdf"):
        answer = other.get(address)
        assert (answer.status_code, without_token(answer)) == (404, told)


@pytest.mark.parametrize("nomor", ["0", "-1", "abc", "9" * 40, "١٢", "%00"])
def test_numbers_that_are_none(client, nomor):
    assert client.get(f"/unggah/draf/{nomor}").status_code == 404


def test_the_office_comes_from_the_session_alone(client, desk, rows):
    answer = upload(client, as_csv(rows), query=f"{QUERY}&opd={OPD_B}")
    assert answer.status_code == 303
    assert (len(stored(desk, OPD_A)), len(stored(desk, OPD_B))) == (1, 0)


# --- the form instead of a file ---


def test_the_report_can_be_typed_page_by_page(client, desk):
    text = page(client, f"/unggah/isi?{QUERY}")
    assert "Isi laporan" in text
    code = re.search(r'name="realisasi\|([^"]+)"', text)[1]
    given = {
        "csrf": field("csrf", text[text.index("isian-laporan") - 200 :]),
        f"keterangan|{code}": "diketik <u>sini</u>",
    }
    answer = client.post(f"/unggah/isi?{QUERY}", data=given | {"lanjut": "2"})
    assert "bagian=2" in answer.headers["Location"]
    assert stored(desk)["nama_berkas"].iloc[0] == "isian-formulir.csv"
    assert "diketik &lt;u&gt;sini" in page(client, f"/unggah/isi?{QUERY}"), "what was typed is there again"
    answer = client.post(f"/unggah/isi?{QUERY}&bagian=2", data={"csrf": given["csrf"]})
    assert "/unggah/draf/" in answer.headers["Location"]
    assert "diketik &lt;u&gt;sini" in page(client, f"/unggah/isi?{QUERY}")


def test_what_is_typed_wrong_is_told_like_in_a_file(client, desk):
    with reading(desk) as conn:
        found = form_rows(conn, PEMDA, TAHUN, TW, OPD_A)
    code = found.at[money_row(found), "kode"]
    given = {"csrf": token(client), f"bulan_1|{code}": "=1+1", f"fisik|{code}": "105"}
    answer = client.post(f"/unggah/isi?{QUERY}", data=given)
    where, _, anchor = answer.headers["Location"].partition("#")
    assert unquote(anchor) == f"bulan_1|{code}", "it leads to the field itself"
    text = page(client, where)
    assert "2 isian harus diperbaiki" in text
    for name, said in ((f"bulan_1|{code}", "‘=1+1’"), (f"fisik|{code}", "‘105’")):
        box = re.search(rf'<input[^>]*id="{re.escape(name)}"[^>]*>', text)[0]
        assert 'aria-invalid="true"' in box
        assert f'aria-describedby="pesan|{name}"' in box
        note = text[text.index(f'id="pesan|{name}"') :]
        assert said in note[: note.index("</div>")]
    assert text.count('aria-invalid="true"') == 2
    mended = {"csrf": token(client), f"bulan_1|{code}": "1", f"fisik|{code}": "50"}
    answer = client.post(f"/unggah/isi?{QUERY}", data=mended)
    assert "/unggah/draf/" in answer.headers["Location"]
    assert "aria-invalid" not in page(client, where)


def test_the_form_is_closed_with_the_period(client):
    assert "selama periodenya terbuka" in page(client, "/unggah/isi?tahun=2026&tw=2")
    answer = client.post("/unggah/isi?tahun=2026&tw=2", data={"csrf": token(client)})
    assert answer.status_code == 400
    assert "sudah dikunci" in answer.get_data(as_text=True)


# --- small things ---


def test_reasons_are_kept_by_group():
    given = {"Fisik turun (kolom Fisik)": "rusak | banjir", "Pencilan": " ", "Baris kurang": "nanti"}
    text = join_reasons(given)
    assert split_reasons(text, list(given)) == {"Fisik turun (kolom Fisik)": "rusak / banjir", "Baris kurang": "nanti"}
    assert unanswered(text, list(given)) == ["Pencilan"]


@pytest.mark.parametrize(
    ("given", "kept", "safe"),
    [
        ("C:\\Data\\lap.csv", "lap.csv", "lap.csv"),
        ("../../etc/passwd", "passwd", "passwd"),
        ("Laporan Akhir (1).xlsx", "Laporan Akhir (1).xlsx", "Laporan-Akhir--1-.xlsx"),
        ("a\nb.csv", "a b.csv", "a-b.csv"),
        ("...", "...", "berkas"),
        ("x" * 300 + ".csv", "x" * 196 + ".csv", "x" * 196 + ".csv"),
    ],
)
def test_file_names_are_made_harmless(given, kept, safe):
    assert file_name(given) == kept
    assert safe_name(file_name(given)) == safe


def test_a_whole_report_may_be_declared_empty_with_a_reason(client, desk):
    short = client.post(f"/unggah/nihil?{QUERY}", data={"csrf": token(client), "alasan": "tidak ada"})
    assert short.status_code == 400
    reason = "Seluruh kegiatan dipindahkan ke dinas lain sejak Juli."
    answer = client.post(f"/unggah/nihil?{QUERY}", data={"csrf": token(client), "alasan": reason})
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"]).get_data(as_text=True)
    assert "dinyatakan nihil" in page
    assert reason in page
    with reading(desk) as conn:
        (row,) = versions(conn, PEMDA, Alamat(TAHUN, TW, OPD_A)).to_dict("records")
    assert (row["nihil"], row["galat"]) == (True, 0)
    assert row["alasan"].endswith(reason)


def test_a_returned_report_may_be_mended_after_the_lock(client, desk, rows):
    """The delay was Bappeda's: the page offers the form, and the report can be sent again."""
    number, _ = sent(client, as_csv(rows))
    end_extension(desk, PEMDA, BAPPEDA, TAHUN, TW, OPD_A)
    try:
        closed = page(client, HOME)
        give_back(desk, PEMDA, BAPPEDA, int(number), "Periksa fisik")
        opened = page(client, HOME)
        rows.at[money_row(rows), "fisik"] = 61
        mended = send(client, draft_of(client, as_csv(rows)))
    finally:
        extend(desk, PEMDA, BAPPEDA, TAHUN, TW, OPD_A, datetime.now(UTC) + timedelta(days=2), "uji")
    assert "/unggah/berkas" not in closed
    assert "masih dapat dikirim lagi sampai" in opened
    assert "/unggah/berkas" in opened
    assert mended.status_code == 303


# --- a rush of files ---


def test_a_full_queue_is_a_page_that_says_so_and_other_pages_answer(server, client, desk, rows, monkeypatch):
    queue = Giliran(at_once=1, waiting=0)
    monkeypatch.setattr(terpisah, "GILIRAN", queue)
    content = as_csv(rows)
    with queue.turn("opd lain", 0):
        answer = upload(client, content)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert "belum tersimpan" in answer.get_data(as_text=True)
        assert "unggah-berkas" in answer.get_data(as_text=True), "the form is there to send it again"
        assert client.get(HOME).status_code == 200
        assert server.test_client().get("/").status_code == 200
    with queue.turn(OPD_A, 0):
        answer = upload(client, content)
        assert answer.status_code == 409
        assert "Berkas lain dari OPD Anda sedang diperiksa" in answer.get_data(as_text=True)
    assert stored(desk).empty
    assert draft_of(client, content)


def test_a_file_too_large_to_mark_is_told_and_costs_no_thread_more_than_its_seconds(client, wrong, monkeypatch):
    address = draft_of(client, wrong)
    monkeypatch.setattr(upload_marked, "SECONDS", 0.05)
    started = time.monotonic()
    answer = client.get(f"{address}/bertanda.xlsx")
    assert time.monotonic() - started < 5
    assert answer.status_code == 413
    text = answer.get_data(as_text=True)
    assert "terlalu besar untuk ditandai" in text
    assert f"{address}/masalah.csv" in text
    with terpisah.GILIRAN.turn(OPD_A, 0):
        assert client.get(f"{address}/bertanda.xlsx").status_code == 409


# --- Reload and Back ---


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/unggah/draf/7/kirim", "/unggah/draf/7"),
        ("/unggah/draf/7/jawab", "/unggah/draf/7"),
        ("/unggah/versi/7/pakai-lagi", "/unggah/versi/7"),
        (f"/unggah/berkas?{QUERY}&opd=x", HOME),
        (f"/unggah/nihil?{QUERY}", HOME),
    ],
)
def test_looking_at_an_address_for_forms_leads_to_its_page(client, address, page):
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Location"]) == (303, page)


def test_a_draft_whose_codes_left_the_plan_is_refused_with_the_sentence_of_the_page(client, desk, rows):
    address = draft_of(client, as_csv(rows))
    given = words(client, address)
    k = tables.kiriman
    with desk.begin() as conn:
        where = (k.c.opd == OPD_A, k.c.keadaan == "draf")
        muatan = conn.execute(select(k.c.muatan).where(*where)).scalar_one()
        code = rows.at[money_row(rows), "kode"]
        conn.execute(update(k).where(*where).values(muatan=muatan.replace(f'"{code}"', '"9.99.99.9.99.0001"')))
    for answer in (client.get(address), client.post(f"{address}/kirim", data=given)):
        assert answer.status_code == 409
        assert "Rencana OPD berubah setelah berkas ini diperiksa" in answer.get_data(as_text=True)
    assert list(stored(desk)["keadaan"]) == ["draf"]
