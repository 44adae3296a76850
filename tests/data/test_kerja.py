"""Documents in the background: one claim each, silence is told as failure, a late runner keeps nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select, update

from data import kerja, tables
from data.engine import reading
from data.errors import BadParameterError, NotFoundError
from data.jejak import Pelaku, verify_chain
from data.words import KeadaanKerja

P, SEKDA, OTHER = "16.71", Pelaku("sekda", "pimpinan"), Pelaku("bappeda", "bappeda")
ASKED = {"tahun": "2026", "tw": "3"}


@pytest.fixture
def house(engine):
    with engine.begin() as conn:
        conn.execute(insert(tables.pemda), [{"kode": P, "nama": "Kota Uji", "contoh": False, "versi": 7}])
    return engine


def order(house, who=SEKDA, **asked):
    return kerja.order(house, P, who, "laporan-kota", ASKED | asked).nomor


def job(house, nomor, later=0, who=SEKDA):
    with reading(house) as conn:
        return kerja.own_job(conn, P, who.nama, nomor, datetime.now(UTC) + timedelta(seconds=later))


def files(folder):
    return sorted(path.name for path in folder.glob("dokumen/*/*/*"))


def raise_version(house):
    with house.begin() as conn:
        conn.execute(update(tables.pemda).values(versi=tables.pemda.c.versi + 1))


def test_ordered_claimed_told_finished_taken(house, tmp_path):
    nomor = order(house)
    held = kerja.claim(house, P)
    assert (held.nomor, held.jenis, held.isian, held.versi) == (nomor, "laporan-kota", ASKED, 7)
    assert kerja.claim(house, P) is None
    kerja.tell(house, held, 40, "Membaca")
    assert (job(house, nomor).kemajuan, job(house, nomor).langkah) == (40, "Membaca")
    kerja.finish(house, tmp_path, held, 7, "laporan.pdf", b"%PDF isi")
    done = job(house, nomor)
    assert (done.keadaan, done.kemajuan, done.ukuran) == (KeadaanKerja.SELESAI, 100, 8)
    assert files(tmp_path) == [done.sha256]
    assert kerja.take_out(house, tmp_path, P, SEKDA, done) == b"%PDF isi"
    with reading(house) as conn:
        t = tables.jejak.c
        told = conn.execute(select(t.tindakan, t.objek).order_by(t.nomor)).all()
        assert [tuple(row) for row in told] == [("ekspor", f"pekerjaan/{nomor}")] * 2
        assert verify_chain(conn, P) is None


def test_the_same_order_is_made_once_per_data_version(house, tmp_path):
    nomor = order(house)
    assert order(house) == nomor  # still waiting
    again = kerja.order(house, P, SEKDA, "laporan-kota", ASKED)
    assert (again.nomor, again.baru) == (nomor, False)
    assert order(house, tw="2") != nomor
    assert order(house, OTHER) != nomor
    held = kerja.claim(house, P)
    kerja.finish(house, tmp_path, held, 7, "laporan.pdf", b"isi")
    assert order(house) == nomor
    raise_version(house)
    assert order(house) != nomor


def test_no_account_fills_the_line(house):
    for tw in range(kerja.MOST_OPEN):
        order(house, tw=str(tw))
    with pytest.raises(BadParameterError):
        order(house, tw="99")
    order(house, OTHER)


def test_anothers_document_is_not_there(house, tmp_path):
    nomor = order(house)
    for again in (nomor, nomor + 1):
        with pytest.raises(NotFoundError) as told:
            job(house, again, who=OTHER)
        assert str(told.value) == kerja.GONE
    with pytest.raises(NotFoundError):
        kerja.restart(house, P, OTHER, nomor)
    with pytest.raises(NotFoundError):
        kerja.remove(house, tmp_path, P, OTHER, nomor)


def test_silence_is_told_as_failure_and_begun_anew(house, tmp_path):
    nomor = order(house)
    late = kerja.claim(house, P)
    assert job(house, nomor, 59).keadaan == KeadaanKerja.BERJALAN
    silent = job(house, nomor, 61)
    assert (silent.keadaan, silent.pesan) == (KeadaanKerja.GAGAL, kerja.STOPPED)
    _age(house, nomor, 61)
    kerja.restart(house, P, SEKDA, nomor)
    fresh = kerja.claim(house, P)
    for act in (
        lambda: kerja.tell(house, late, 50, "x"),
        lambda: kerja.beat(house, late),
        lambda: kerja.finish(house, tmp_path, late, 7, "lama.pdf", b"lama"),
        lambda: kerja.fail(house, late, "x"),
    ):
        with pytest.raises(kerja.LostError):
            act()
    kerja.finish(house, tmp_path, fresh, 7, "baru.pdf", b"baru")
    assert job(house, nomor).nama_berkas == "baru.pdf"
    kerja.sweep(house, tmp_path, P)
    assert files(tmp_path) == [job(house, nomor).sha256]


def test_a_heartbeat_keeps_it_alive(house):
    nomor = order(house)
    held = kerja.claim(house, P)
    _age(house, nomor, 61)
    assert job(house, nomor).keadaan == KeadaanKerja.GAGAL
    kerja.beat(house, held)
    assert job(house, nomor).keadaan == KeadaanKerja.BERJALAN


def test_what_waits_behind_somebody_alive_is_not_lost(house):
    first, second = order(house, tw="1"), order(house, tw="2")
    assert job(house, second, 61).keadaan == KeadaanKerja.GAGAL  # nobody works at all
    held = kerja.claim(house, P)
    assert held.nomor == first
    _age(house, second, 61)
    assert job(house, second).keadaan == KeadaanKerja.MENUNGGU


def test_a_finished_one_is_not_begun_anew(house, tmp_path):
    nomor = order(house)
    kerja.finish(house, tmp_path, kerja.claim(house, P), 7, "a.pdf", b"a")
    assert kerja.restart(house, P, SEKDA, nomor) is False
    assert job(house, nomor).keadaan == KeadaanKerja.SELESAI
    assert kerja.claim(house, P) is None


def test_removed_with_its_file_unless_another_has_the_same(house, tmp_path):
    numbers = [order(house), order(house, OTHER)]
    for _ in numbers:
        kerja.finish(house, tmp_path, kerja.claim(house, P), 7, "sama.pdf", b"sama")
    kerja.remove(house, tmp_path, P, SEKDA, numbers[0])
    assert len(files(tmp_path)) == 1
    kerja.remove(house, tmp_path, P, OTHER, numbers[1])
    assert files(tmp_path) == []


def test_a_number_never_means_another_document(house, tmp_path):
    """An old address must not open what somebody ordered later; neither deleting nor sweeping frees a number."""
    first = order(house)
    kerja.remove(house, tmp_path, P, SEKDA, first)
    with pytest.raises(NotFoundError):
        job(house, first)
    assert kerja.claim(house, P) is None
    second = order(house)
    kerja.sweep(house, tmp_path, P, datetime.now(UTC) + timedelta(days=31))
    assert [first, second, order(house)] == [1, 2, 3]
    with house.connect() as conn:
        rows = conn.execute(select(tables.pekerjaan.c.nomor, tables.pekerjaan.c.keadaan)).all()
    assert sorted(map(tuple, rows)) == [(2, "dihapus"), (3, "menunggu")]


def test_deleted_while_it_is_made(house, tmp_path):
    nomor = order(house)
    held = kerja.claim(house, P)
    kerja.remove(house, tmp_path, P, SEKDA, nomor)
    with pytest.raises(kerja.LostError):
        kerja.finish(house, tmp_path, held, 7, "a.pdf", b"a")
    kerja.sweep(house, tmp_path, P)
    assert files(tmp_path) == []


def test_a_month_later_it_is_swept_and_raw_files_are_not(house, tmp_path):
    raw = tmp_path / "ab" / ("ab" + "0" * 62)
    raw.parent.mkdir()
    raw.write_bytes(b"unggahan")
    nomor = order(house)
    kerja.finish(house, tmp_path, kerja.claim(house, P), 7, "a.pdf", b"a")
    (tmp_path / "dokumen" / P / "zz").mkdir()
    (tmp_path / "dokumen" / P / "zz" / ".separuh-1").write_bytes(b"half")
    now = datetime.now(UTC)
    assert kerja.sweep(house, tmp_path, P, now + timedelta(days=29)) == 0
    assert files(tmp_path) == [job(house, nomor).sha256]
    assert kerja.sweep(house, tmp_path, P, now + timedelta(days=31)) == 1
    assert files(tmp_path) == []
    assert raw.read_bytes() == b"unggahan"


def _age(house, nomor, seconds):
    """As if nothing had been heard of it for so long."""
    k = tables.pekerjaan
    with house.begin() as conn:
        since = datetime.now(UTC) - timedelta(seconds=seconds)
        conn.execute(update(k).where(k.c.nomor == nomor).values(denyut=since))
