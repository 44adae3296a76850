"""Who signs: set by command, told in the trail, and found by the forms."""

import pytest
from sqlalchemy import insert, select

from data import tables
from data.__main__ import main
from data.engine import reading, writing
from data.errors import BadParameterError, NotFoundError
from data.jejak import PERINTAH, verify_chain
from data.pejabat import set_official
from data.queries.pejabat import Pejabat, official, officials, planning_official
from data.queries.pemda import read_version

PEMDA, OPD, PLANNER = "16.71", "1.02", "5.01"


@pytest.fixture
def own(sqlite_engine, monkeypatch):
    """This test's database with an ordinary OPD, the planning one, and a unit of it that is named alike."""
    with writing(sqlite_engine) as conn:
        conn.execute(insert(tables.pemda), [{"kode": PEMDA, "nama": "Kota Uji", "contoh": False}])
        rows = (
            (OPD, "Dinas Kesehatan", "Dinkes", None),
            (PLANNER, "Badan Perencanaan Pembangunan, Riset dan Inovasi Daerah", "Bapperida", None),
            ("0.01", "Bappeda Cabang", "Bappeda Cabang", PLANNER),
        )
        for kode, nama, singkat, induk in rows:
            row = {"pemda": PEMDA, "kode": kode, "nama": nama, "singkat": singkat, "induk": induk}
            conn.execute(insert(tables.opd), [row])
    monkeypatch.setenv("EMONEV_DATABASE_URL", sqlite_engine.url.render_as_string())
    monkeypatch.setenv("EMONEV_PEMDA", PEMDA)
    return sqlite_engine


def test_set_listed_and_told(own, capsys):
    assert main(["pejabat"]) == 0
    assert "titik-titik" in capsys.readouterr().out
    assert main(["pejabat", "setel", OPD, "--jabatan", "Kepala  Dinas", "--nama", "dr. Uji", "--nip", "1"]) == 0
    assert main(["pejabat", "setel", OPD, "--jabatan", "Plt. Kepala Dinas", "--pangkat", "Pembina"]) == 0
    capsys.readouterr()
    assert main(["pejabat", "daftar"]) == 0
    assert capsys.readouterr().out == f"{OPD}\tPlt. Kepala Dinas\t-\tPembina\t-\n"
    t = tables.jejak.c
    with reading(own) as conn:
        told = conn.execute(select(t.tindakan, t.objek, t.rincian).order_by(t.nomor)).all()
        assert verify_chain(conn, PEMDA) is None
        assert official(conn, PEMDA, OPD) == Pejabat("Plt. Kepala Dinas", "", "Pembina", "")
        assert len(officials(conn, PEMDA)) == 1
    assert [(row.tindakan, row.objek) for row in told] == [("setelan", f"pejabat/{OPD}")] * 2
    assert "Kepala Dinas" in told[0].rincian
    assert "dr. Uji" in told[1].rincian


def test_what_was_remembered_with_the_old_name_is_made_anew(own):
    with reading(own) as conn:
        before = read_version(conn, PEMDA)
    set_official(own, PEMDA, PERINTAH, OPD, Pejabat("Kepala"))
    with reading(own) as conn:
        assert read_version(conn, PEMDA) == before + 1


def test_the_planning_office_is_found_by_its_name(own):
    with reading(own) as conn:
        assert planning_official(conn, PEMDA) is None
    set_official(own, PEMDA, PERINTAH, PLANNER, Pejabat("Kepala Badan"))
    set_official(own, PEMDA, PERINTAH, "0.01", Pejabat("Kepala Cabang"))
    with reading(own) as conn:
        assert planning_official(conn, PEMDA) == Pejabat("Kepala Badan")


@pytest.mark.parametrize("given", [Pejabat(""), Pejabat("x" * 161), Pejabat("Kepala", nip="1" * 31)])
def test_refuses_what_does_not_fit(own, given):
    with pytest.raises(BadParameterError):
        set_official(own, PEMDA, PERINTAH, OPD, given)
    with pytest.raises(NotFoundError):
        set_official(own, PEMDA, PERINTAH, "9.99", Pejabat("Kepala"))
    with reading(own) as conn:
        assert officials(conn, PEMDA).empty
