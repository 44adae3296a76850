"""/formulir: whose forms are offered, that only the own one is handed out, and that each leaves a line in the trail."""

import io
import json

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from data import tables
from data.words import Tindakan
from tests.conftest import sign_in

OWN, OTHER, UNIT = "1.03.0.00.0.00.01.0000", "1.06.0.00.0.00.01.0000", "1.02.0.00.0.00.01.0001"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(scope="module")
def people(server):
    return {nama: sign_in(server, nama) for nama in ("sekda", "bappeda", "operator-a", "stranger")}


def cells(content):
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    return [str(cell) for row in sheet.to_python() for cell in row if cell != ""]


def newest_line(city):
    t = tables.jejak.c
    with city.connect() as conn:
        return conn.execute(select(t.pelaku, t.tindakan, t.objek, t.rincian).order_by(t.nomor.desc())).first()


def test_leaders_find_every_opd_and_the_form_of_the_government(people):
    for nama in ("sekda", "bappeda"):
        text = people[nama].get("/formulir").get_data(as_text=True)
        assert text.count("/formulir/e81/") == 100
        assert "Formulir E.79" in text
        assert UNIT not in text


def test_an_operator_finds_the_own_form_only(people):
    text = people["operator-a"].get("/formulir").get_data(as_text=True)
    assert text.count("/formulir/e81/") == text.count(f"/formulir/e81/{OWN}.") == 2
    assert "E.79" not in text
    assert 'href="/formulir"' in text


def test_the_period_is_chosen_by_the_address(people):
    text = people["sekda"].get("/formulir?tahun=2025&tw=2").get_data(as_text=True)
    assert f"/formulir/e81/{OWN}.pdf?tahun=2025&amp;tw=2" in text
    assert people["sekda"].get("/formulir?tahun=&tw=").status_code == 200  # a form sends its empty fields
    assert people["sekda"].get("/formulir?tahun=1999").status_code == 400
    assert people["sekda"].get(f"/formulir/e81/{OWN}.xlsx?tahun=2026&tw=9").status_code == 400


def test_the_workbook_is_handed_out_and_written_down(people, city):
    answer = people["operator-a"].get(f"/formulir/e81/{OWN}.xlsx?tahun=2026&tw=2")
    assert (answer.status_code, answer.content_type) == (200, XLSX)
    assert answer.headers["Content-Disposition"] == f"attachment; filename=E81-{OWN}-2026-TW2.xlsx"
    assert answer.headers["Cache-Control"] == "no-store, private"
    said = cells(answer.data)
    assert "Renja Perangkat Daerah Dinas Pekerjaan Umum dan Penataan Ruang, Kota Palembang" in said
    assert "Data contoh" in said
    who, deed, what, facts = newest_line(city)
    assert (who, deed, what) == ("operator-a", Tindakan.EKSPOR.value, f"formulir/E.81/{OWN}")
    assert json.loads(facts) == {"periode": "TW II 2026", "bentuk": "xlsx", "ukuran": len(answer.data)}


def test_the_export_of_an_operator_holds_the_own_rows_only(people, city):
    """Every node named in the file is one of the own OPD."""
    said = cells(people["operator-a"].get(f"/formulir/e81/{OWN}.xlsx").data)
    n = tables.node.c
    with city.connect() as conn:
        rows = conn.execute(select(n.opd, n.kode, n.nama).where(n.tahun == 2026, n.level == "sub_kegiatan")).all()
    own = {f"{row.kode} {row.nama}" for row in rows if row.opd == OWN}
    foreign = {f"{row.kode} {row.nama}" for row in rows} - own
    assert own <= set(said)
    assert not foreign & set(said)


def test_the_pdf(people):
    answer = people["bappeda"].get(f"/formulir/e81/{OTHER}.pdf")
    assert answer.data.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"] == f"attachment; filename=E81-{OTHER}-2026-TW3.pdf"


def test_another_opds_form_is_not_told_from_none(people):
    def plain(path):
        answer = people["operator-a"].get(path)
        return answer.status_code, answer.get_data(as_text=True)

    assert plain(f"/formulir/e81/{OTHER}.xlsx") == plain("/formulir/e81/9.99.xlsx")
    assert plain(f"/formulir/e81/{OTHER}.xlsx")[0] == 404
    for path in (f"/formulir/e81/{UNIT}.xlsx", "/formulir/e81/9.99.pdf"):
        assert people["bappeda"].get(path).status_code == 404


def test_strangers_are_sent_to_the_door(people):
    for path in ("/formulir", f"/formulir/e81/{OWN}.xlsx"):
        assert people["stranger"].get(path).headers["Location"].startswith("/masuk")
