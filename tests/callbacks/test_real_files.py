"""A real government's plan, from its file to the screen, to the rupiah; and figures that were really published."""

import re

import pytest
from sqlalchemy import insert

from data import tables
from data.ask import Penjawab
from data.words import JenisBerkas
from loaders import Konteks, check, save


@pytest.fixture
def bengkulu_utara(sqlite_engine, shared_data):
    with sqlite_engine.begin() as conn:
        conn.execute(insert(tables.pemda), [{"kode": "17.03", "nama": "Kabupaten Bengkulu Utara", "contoh": False}])
    path = shared_data / "bengkulu_utara" / "renja2026_5skpd.csv"
    konteks = Konteks(jenis=JenisBerkas.RENJA, tahun=2026, oleh="uji", alasan="diperiksa")
    hasil = check(path.read_bytes(), path.name, konteks)
    assert save(sqlite_engine, "17.03", hasil, konteks).nomor == 1
    assert save(sqlite_engine, "17.03", hasil, konteks).sudah_ada
    return sqlite_engine


def words(client, path):
    text = client.get(path).get_data(as_text=True).replace("\u00a0", " ")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def test_the_five_agencies_stand_on_the_screen_to_the_rupiah(server, bengkulu_utara, monkeypatch):
    monkeypatch.setitem(server.config, "PENJAWAB", Penjawab(bengkulu_utara, "17.03"))
    client = server.test_client()
    text = words(client, "/")
    assert "Rp 546.288.439.104" in text
    assert "Belum ada laporan TW I 2026 yang diterima." in text
    assert "0 dari 5 OPD sudah melapor" in text
    assert "Data contoh" not in text
    for name in ("Dinas Pendidikan", "Dinas Kesehatan", "Kecamatan Arga Makmur"):
        assert name in text
    text = words(client, "/opd/1.03.0.00.0.00.01.0000")
    assert "laporan belum diterima" in text
    assert "Tanpa target" in text or "Belum lapor" in text


def test_a_loaded_year_gets_the_default_calendar_in_wib(bengkulu_utara):
    from datetime import UTC, datetime

    from data.queries.pemda import calendar

    with bengkulu_utara.connect() as conn:
        first, *_rest, last = calendar(conn, "17.03")
    assert first.dibuka == datetime(2026, 3, 31, 17, 0, tzinfo=UTC)
    # Ten working days: 3 April 2026 is Good Friday, a national holiday.
    assert first.tepat_waktu_sampai == datetime(2026, 4, 15, 16, 59, 59, tzinfo=UTC)
    assert (last.tahun, last.tw, str(last.data_per)) == (2026, 4, "2026-12-31")


def test_published_figures_stand_beside_ours_with_their_errors(server):
    text = words(server.test_client(), "/metodologi")
    assert "Angka yang pernah terbit" in text
    assert "bukan data contoh" in text
    assert "133,52" in text
    assert re.search(r"166,86 166,62", text)


def test_the_published_data_set_prints_what_was_published(server, city, monkeypatch):
    monkeypatch.setitem(server.config, "PENJAWAB", Penjawab(city, "16.71.LKJIP"))
    text = words(server.test_client(), "/opd/DPPK?tahun=2016&tw=4")
    for printed in ("100,61", "100,33", "67,15"):
        assert printed in text
    assert "Data contoh" not in text
    assert "LAKIP" in words(server.test_client(), "/?tahun=2016&tw=4")


def test_changing_a_rule_recomputes_and_shows(tmp_path, city_file, monkeypatch, capsys):
    import shutil

    from data.__main__ import main
    from data.engine import engine_for, reading
    from data.queries.pemda import read_version

    path = tmp_path / "kota.db"
    shutil.copy(city_file, path)
    monkeypatch.setenv("EMONEV_DATABASE_URL", f"sqlite:///{path}")
    engine = engine_for(f"sqlite:///{path}")
    with reading(engine) as conn:
        before = read_version(conn, "16.71")
    assert main(["aturan", "batas_rata_rata", "tanpa"]) == 0
    with reading(engine) as conn:
        assert read_version(conn, "16.71") > before
        found = conn.execute(
            tables.rollup_kinerja.select().where(
                tables.rollup_kinerja.c.pemda == "16.71", tables.rollup_kinerja.c.level == "opd"
            )
        ).all()
    assert any(row.capaian is not None and row.capaian > 100 for row in found)
    assert main(["aturan", "batas", "1"]) == 1
    assert "tidak dikenal" in capsys.readouterr().err
