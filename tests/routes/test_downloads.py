"""/unduhan: ordered by whom it is for, seen and taken by its owner alone; the runner outlives the request."""

import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from data import kerja, tables
from data.access import Audiens
from data.engine import reading
from data.jejak import Pelaku, verify_chain
from data.words import KeadaanKerja
from reports import jenis, pekerja
from routes import downloads
from tests.conftest import sign_in, without_token
from tests.routes.siklus_uji import own_house, token

P, A, B = "16.71", "1.03.0.00.0.00.01.0000", "1.06.0.00.0.00.01.0000"


def tiny(conn, pemda, isian, tell):
    return f"kecil-{isian.get('opd', 'kota')}.pdf", b"%PDF kecil"


@pytest.fixture
def town(server, city_file, tmp_path):
    """The sample city as this test's own, with the whole cast."""
    with own_house(server, city_file, tmp_path) as engine:
        yield engine


@pytest.fixture
def started(monkeypatch):
    """No process starts; how often one would have."""
    calls = []
    monkeypatch.setattr(downloads, "start", lambda *given: calls.append(given))
    monkeypatch.setitem(jenis.JENIS, "kecil", jenis.Jenis("Kecil", Audiens.MASUK, tiny, ("tahun", "tw", "opd")))
    return calls


def post(client, path, **form):
    return client.post(path, data={"csrf": token(client, "unduhan"), **form})


def work(server, engine):
    return pekerja.work(engine, server.config["SETELAN"])


def test_order_see_take(server, town, started):
    sekda = sign_in(server, "sekda")
    assert b"Belum ada dokumen." in sekda.get("/unduhan").data
    answer = post(sekda, "/unduhan/pesan", jenis="laporan-kota", periode="2026-3")
    assert (answer.status_code, answer.headers["Location"], len(started)) == (303, "/unduhan", 1)
    page = sekda.get("/unduhan").get_data(as_text=True)
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "data-segarkan" in page
    assert "Laporan kota TW\u00a0III\u00a02026" in page
    assert sekda.get("/unduhan/1/berkas").status_code == 404  # not made yet
    assert work(server, town) is False
    page = sekda.get("/unduhan").get_data(as_text=True)
    assert "refresh" not in page
    assert "1 dokumen siap diunduh." in page
    got = sekda.get("/unduhan/1/berkas")
    assert got.data.startswith(b"%PDF")
    assert got.headers["Content-Disposition"] == "attachment; filename=laporan-kota-2026-TW3.pdf"
    assert "no-store" in got.headers["Cache-Control"]
    with reading(town) as conn:
        t = tables.jejak.c
        told = conn.execute(select(t.pelaku, t.tindakan, t.objek).order_by(t.nomor.desc()).limit(2)).all()
        assert [tuple(row) for row in told] == [("sekda", "ekspor", "pekerjaan/1")] * 2
        assert verify_chain(conn, P) is None


def test_the_same_order_again_gives_the_finished_one(server, town, started):
    sekda = sign_in(server, "sekda")
    for _ in range(2):
        post(sekda, "/unduhan/pesan", jenis="kecil", periode="2026-3", opd=A)
        work(server, town)
    with reading(town) as conn:
        assert len(kerja.own_jobs(conn, P, "sekda", datetime.now(UTC))) == 1


def test_a_runner_starts_only_for_what_was_put_in_line(server, town, started):
    sekda = sign_in(server, "sekda")
    for _ in range(20):
        assert post(sekda, "/unduhan/pesan", jenis="kecil", periode="2026-3", opd=A).status_code == 303
    post(sekda, "/unduhan/1/ulangi")  # it has not failed
    assert len(started) == 1
    folder = server.config["SETELAN"].berkas / "dokumen" / P
    with pekerja._place(folder) as one, pekerja._place(folder) as two:
        assert one
        assert two
        post(sekda, "/unduhan/pesan", jenis="kecil", periode="2026-2", opd=A)
    assert len(started) == 1  # whoever holds the places takes it
    post(sekda, "/unduhan/pesan", jenis="kecil", periode="2026-1", opd=A)
    assert len(started) == 2


def test_anothers_document_is_like_none(server, town, started):
    post(sign_in(server, "sekda"), "/unduhan/pesan", jenis="laporan-kota", periode="2026-3")
    work(server, town)
    for nama in ("bappeda", "admin", "operator-a"):
        client = sign_in(server, nama)
        there, none = client.get("/unduhan/1/berkas"), client.get("/unduhan/2/berkas")
        assert (there.status_code, none.status_code) == (404, 404)
        assert post(client, "/unduhan/1/hapus").status_code == 404
        assert post(client, "/unduhan/1/ulangi").status_code == 404
        assert "Laporan kota TW" not in client.get("/unduhan").get_data(as_text=True)
    assert sign_in(server, "stranger").get("/unduhan/1/berkas").status_code == 302


def test_an_operator_orders_only_for_the_own_opd(server, town, started):
    operator = sign_in(server, "operator-a")
    assert post(operator, "/unduhan/pesan", jenis="laporan-kota", periode="2026-3").status_code == 403
    assert post(operator, "/unduhan/pesan", jenis="rapor-semua", periode="2026-3").status_code == 403
    assert started == []
    post(operator, "/unduhan/pesan", jenis="kecil", periode="2026-3", opd=B)
    work(server, town)
    got = operator.get("/unduhan/1/berkas")
    assert got.headers["Content-Disposition"].endswith(f"kecil-{A}.pdf")  # whatever the form said
    with town.begin() as conn:
        conn.execute(update(tables.pengguna).where(tables.pengguna.c.nama == "operator-a").values(opd=B))
    assert operator.get("/unduhan/1/berkas").status_code == 404  # moved to another OPD meanwhile
    assert "Kecil" not in operator.get("/unduhan").get_data(as_text=True)


@pytest.mark.parametrize(
    "form",
    [
        {"jenis": "laporan-kota", "periode": "2031-1"},
        {"jenis": "laporan-kota", "periode": "'; drop table pekerjaan"},
        {"jenis": "kecil", "periode": "2026-3", "opd": "tidak-ada"},
    ],
)
def test_nonsense_orders_nothing(server, town, started, form):
    answer = post(sign_in(server, "sekda"), "/unduhan/pesan", **form)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.get_data(as_text=True)
    assert started == []


def test_a_kind_that_is_none_and_a_form_that_is_not_ours(server, town, started):
    sekda = sign_in(server, "sekda")
    assert post(sekda, "/unduhan/pesan", jenis="../etc").status_code == 404
    assert sekda.post("/unduhan/pesan", data={"jenis": "laporan-kota"}).status_code == 400
    assert sekda.post("/unduhan/1/hapus").status_code == 400
    assert started == []


def test_failed_repeated_removed(server, town, started):
    sekda = sign_in(server, "sekda")
    post(sekda, "/unduhan/pesan", jenis="kecil", periode="2026-3", opd=A)
    with town.begin() as conn:
        since = datetime.now(UTC) - timedelta(seconds=90)
        conn.execute(update(tables.pekerjaan).values(keadaan="berjalan", denyut=since))
    page = sekda.get("/unduhan").get_data(as_text=True)
    assert "1 dokumen gagal dibuat." in page
    assert kerja.STOPPED in page
    assert "refresh" not in page
    assert post(sekda, "/unduhan/1/ulangi").status_code == 303
    assert len(started) == 2
    work(server, town)
    assert "1 dokumen siap diunduh." in sekda.get("/unduhan").get_data(as_text=True)
    assert post(sekda, "/unduhan/1/hapus").status_code == 303
    assert "Belum ada dokumen." in sekda.get("/unduhan").get_data(as_text=True)


def test_a_real_runner_outlives_the_request(server, town):
    sekda = sign_in(server, "sekda")
    begun = time.perf_counter()
    post(sekda, "/unduhan/pesan", jenis="laporan-kota", periode="2026-3")
    assert time.perf_counter() - begun < 5
    for _ in range(600):
        with reading(town) as conn:
            job = kerja.own_job(conn, P, "sekda", 1, datetime.now(UTC))
        if not job.terbuka:
            break
        time.sleep(0.1)
    assert (job.keadaan, job.pesan) == (KeadaanKerja.SELESAI, "")
    assert sekda.get("/unduhan/1/berkas").data.startswith(b"%PDF")


@pytest.mark.parametrize("program", ["/bin/false", "/tidak/ada"])
def test_a_runner_that_cannot_start_is_no_fault_page(server, town, monkeypatch, program):
    """The order stands, is told as failed after a minute, and can be repeated."""
    monkeypatch.setattr(sys, "executable", program)
    sekda = sign_in(server, "sekda")
    assert post(sekda, "/unduhan/pesan", jenis="laporan-kota", periode="2026-3").status_code == 303
    with reading(town) as conn:
        later = datetime.now(UTC) + timedelta(seconds=61)
        assert kerja.own_job(conn, P, "sekda", 1, later).keadaan == KeadaanKerja.GAGAL


def test_the_card_of_an_opd(server, town):
    path = f"/formulir/rapor/{A}.pdf"
    for nama in ("sekda", "bappeda", "operator-a", "admin"):
        got = sign_in(server, nama).get(f"{path}?tahun=2026&tw=3")
        assert (got.status_code, got.data[:4]) == (200, b"%PDF")
    other = sign_in(server, "operator-b")
    assert other.get(path).status_code == 404
    assert without_token(other.get(path).text) == without_token(other.get("/formulir/rapor/tidak-ada.pdf").text)
    assert other.get(f"/formulir/rapor?opd={A}&periode=2026-3").status_code == 404
    moved = sign_in(server, "sekda").get(f"/formulir/rapor?opd={A}&periode=2026-2")
    assert (moved.status_code, moved.headers["Location"]) == (303, f"{path}?tahun=2026&tw=2")
    assert sign_in(server, "sekda").get(f"{path}?tw=9").status_code == 400
    assert sign_in(server, "stranger").get(path).status_code == 302
    with reading(town) as conn:
        t = tables.jejak.c
        assert len(conn.execute(select(t.nomor).where(t.objek == f"rapor/{A}")).all()) == 4


def test_a_leader_who_left_the_city_keeps_nothing(server, town, started):
    """A role that may no longer see a kind loses what it had ordered of it."""
    kerja.order(town, P, Pelaku("operator-a", "pimpinan"), "laporan-kota", {"tahun": "2026", "tw": "3"})
    work(server, town)
    operator = sign_in(server, "operator-a")
    assert operator.get("/unduhan/1/berkas").status_code == 404
    assert "Laporan kota" not in operator.get("/unduhan").get_data(as_text=True)
