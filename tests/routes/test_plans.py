"""/kelola/rencana: Bappeda brings a plan in, looks at what it would change, and stores it."""

import io
import re

import pytest
from sqlalchemy import func, select

from data import tables
from data.engine import reading
from data.mentah import read_raw
from loaders import terpisah
from loaders.giliran import Giliran
from tests.conftest import sign_in
from tests.routes.siklus_uji import WRONG_ROLES, P, page, token, trail

PATH = "/kelola/rencana"
OPD, SUB = "1.02.0.00.0.00.01.0000", "1.02.02.2.02.0001"
HEAD = (
    "tahun,kode_skpd,nama_skpd,kode_urusan,nama_urusan,kode_bidang_urusan,nama_bidang_urusan,kode_program,"
    "nama_program,tolak_ukur_capaian,satuan_capaian,target_teks_capaian,kode_giat,nama_giat,tolak_ukur_output,"
    "satuan_output,target_teks_output,kode_sub_giat,nama_sub_giat,tolok_ukur_sub,satuan_sub,target_sub_teks,pagu"
)
HOSTILE = "<img src=x onerror=alert(1)>"


def plan(pagu="1000000", nama="Dinas Kesehatan"):
    line = (
        f"2026,{OPD},{nama},1,Urusan,1.02,Kesehatan,1.02.02,Program,Angka,KH,80 KH,1.02.02.2.02,Kegiatan,"
        f"Jumlah ibu,Orang,100 Orang,{SUB},Sub,Ibu,Orang,100 Orang,{pagu}"
    )
    return f"{HEAD}\n{line}\n".encode()


def give(client, content, jenis="renja", name="renja.csv", **more):
    data = {"csrf": token(client, "rencana"), "jenis": jenis, "berkas": (io.BytesIO(content), name), **more}
    return client.post(f"{PATH}/berkas", data=data, content_type="multipart/form-data")


def fields(text):
    """What the storing form holds."""
    form = text[text.index("/simpan") :]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))


def keep(client, address, **more):
    text = page(client, address)
    given = fields(text) | {"csrf": token(client, "rencana")} | more
    return client.post(f"{address.partition('?')[0]}/simpan", data=given)


def counted(house):
    with reading(house) as conn:
        return [conn.execute(select(func.count()).select_from(one)).scalar() for one in (tables.node, tables.unggahan)]


def test_a_plan_is_looked_at_then_stored_with_its_file_and_its_audit_line(server, boss, house):
    before = counted(house)
    answer = give(boss, plan())
    assert answer.status_code == 303
    address = answer.headers["Location"]
    text = page(boss, address)
    assert re.search(r"\d+ baris baru dan 0 baris berubah bila disimpan", text)
    assert counted(house) == before, "looking stores nothing"
    stored = keep(boss, address, alasan="Sesuai DPA.")
    assert stored.headers["Location"] == f"{PATH}?kabar=simpan"
    assert counted(house)[1] == before[1] + 1
    assert "renja.csv" in page(boss, stored.headers["Location"])
    with reading(house) as conn:
        u, j = tables.unggahan.c, tables.jejak.c
        sha, oleh = conn.execute(select(u.sha256, u.oleh).order_by(u.nomor.desc())).first()
        noted = conn.execute(select(j.pelaku, j.tindakan).order_by(j.nomor.desc())).first()
    assert (oleh, tuple(noted)) == ("bappeda", ("bappeda", "unggah"))
    assert read_raw(server.config["SETELAN"].berkas, sha) == plan()
    again = page(boss, give(boss, plan()).headers["Location"])
    assert "Berkas ini tidak mengubah apa pun" in again
    changed = page(boss, give(boss, plan(pagu="2000000")).headers["Location"])
    assert re.search(r"0 baris baru dan \d+ baris berubah", changed)


def test_what_is_wrong_is_told_and_cannot_be_stored(boss, house):
    before = counted(house)
    address = give(boss, plan(pagu="1.5OO.000"), name=f"{HOSTILE}.csv").headers["Location"]
    text = page(boss, address)
    assert "memuat huruf O" in text
    assert "Belum dapat disimpan" in text
    assert HOSTILE not in text
    forced = boss.post(
        f"{address.partition('?')[0]}/simpan",
        data={"csrf": token(boss, "rencana"), "jenis": "renja", "nama": "a.csv", "alasan": "x"},
    )
    assert forced.status_code == 400
    assert counted(house) == before


@pytest.mark.parametrize(
    "changed",
    [{"jenis": "laporan"}, {"jenis": "karangan"}, {"tahun": "abc"}, {"opd": "9.99"}, {"kumulatif": "mungkin"}],
)
def test_what_no_form_of_ours_says_is_refused(boss, house, changed):
    assert give(boss, plan(), **changed).status_code == 400
    address = f"{PATH}/{'0' * 64}"
    assert boss.get(address, query_string={"jenis": "renja", "nama": "a.csv"} | changed).status_code == 400


def test_files_that_are_not_there_and_a_full_queue(boss, house, monkeypatch):
    for sha in ("0" * 64, "karangan"):
        assert boss.get(f"{PATH}/{sha}?jenis=renja&nama=a.csv").status_code == 404
    address = give(boss, plan()).headers["Location"]
    queue = Giliran(at_once=1, waiting=0)
    monkeypatch.setattr(terpisah, "GILIRAN", queue)
    with queue.turn("lain", 0):
        answer = boss.get(address)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


def test_only_bappeda_and_only_with_its_token(server, boss, house):
    before = (counted(house), trail(house))
    for who in WRONG_ROLES:
        other = sign_in(server, who)
        assert other.get(PATH).status_code == 403
        assert other.post(f"{PATH}/berkas", data={"jenis": "renja"}).status_code == 403
    assert boss.post(f"{PATH}/berkas", data={"jenis": "renja"}).status_code == 400
    assert (counted(house), trail(house)) == before
    assert P == "16.71"
