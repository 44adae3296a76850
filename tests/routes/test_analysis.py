"""/analisis over HTTP on the sample city: the same rows on the screen, in the grid and in the files; for whom; what is
kept; what stays off the public pages."""

import csv
import io
import re
from decimal import Decimal
from html import unescape

import openpyxl
import pytest
from sqlalchemy import select

from data import kerja, tables
from data.analisis.meja import MOST_AT_ONCE
from data.engine import reading
from data.errors import BadParameterError
from data.words import Tindakan
from reports.jenis import kind_of
from routes import analysis, downloads
from tests.conftest import sign_in
from tests.routes.siklus_uji import token as token_of

AT = "tahun=2026&tw=3"
WORST = f"{AT}&jenis=dinas&capaian_maks=66&serapan_min=60"
DISHUB = "2.15.0.00.0.00.01.0000"


@pytest.fixture(scope="module")
def bappeda(server):
    return sign_in(server, "bappeda")


def grid(client, query, start=0, stop=100):
    answer = client.get(f"/analisis/baris?{query}&mulai={start}&akhir={stop}")
    assert answer.status_code == 200
    return answer.get_json()


def csv_rows(client, query):
    answer = client.get(f"/analisis/unduh.csv?{query}")
    assert answer.status_code == 200
    head, *lines = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";")
    return [dict(zip(head, line, strict=True)) for line in lines]


def test_the_page_reads_without_javascript(bappeda):
    text = bappeda.get(f"/analisis?{WORST}").get_data(as_text=True)
    assert "39 baris memenuhi saringan" in text.replace("\u00a0", " ")
    assert 'id="saring-analisis"' in text
    assert 'method="get"' in text
    assert text.count('class="panah"') > 3
    assert "jenis OPD: Dinas" in text
    assert "capaian ≤ 66 %" in text


@pytest.mark.parametrize("query", ["serapan_min=66", "capaian_min=120", "serapan_maks=10", "deviasi_maks=-40"])
def test_the_pictures_stand_whatever_is_asked(bappeda, query):
    """The corners of the scatter are filters too, and contradict some."""
    text = bappeda.get(f"/analisis?{AT}&{query}").get_data(as_text=True)
    assert 'id="sebar"' in text or "Serapan × capaian" in text
    assert "kisi-opd" in text


def test_the_tree_opens_by_link_alone(bappeda):
    text = bappeda.get(f"/analisis?{AT}&buka={DISHUB}%7C").get_data(as_text=True)
    assert 'aria-expanded="true"' in text
    assert "Program Penyelenggaraan Lalu Lintas" in text
    assert 'href="/analisis?' in text


def test_screen_grid_and_files_say_the_same(bappeda):
    """The same rows in the same order, and every number the same once it is rounded as the screen does."""
    found = grid(bappeda, f"{WORST}&buka=semua", 0, 500)
    shown = [row for row in found["baris"] if row["cocok"]]
    assert len(shown) == found["jumlah"] == 39
    rows = csv_rows(bappeda, WORST)
    assert [row["Kode"] for row in rows] == [row["kode"] for row in shown]
    for row, cell in zip(rows, shown, strict=True):
        capaian = Decimal(row["Capaian (%)"].replace(",", "."))
        assert f"{capaian:.2f}".replace(".", ",") == cell["capaian"].replace("\u00a0%", "")
        assert capaian <= 66
        assert Decimal(row["Serapan (%)"].replace(",", ".")) >= 60
    sheet = openpyxl.load_workbook(io.BytesIO(bappeda.get(f"/analisis/unduh.xlsx?{WORST}").data))
    assert sheet.sheetnames == ["Data", "Kamus data", "Keterangan"]
    cells = list(sheet["Data"].values)
    at = cells[0].index("Kode")
    assert [line[at] for line in cells[1:]] == [row["Kode"] for row in rows]
    money = cells[0].index("Pagu (Rp)")
    assert [line[money] for line in cells[1:]] == [int(row["Pagu (Rp)"]) for row in rows]
    told = dict(line[:2] for line in sheet["Keterangan"].values if line[0])
    assert told["Saringan"] == "jenis OPD: Dinas; capaian ≤ 66 %; serapan ≥ 60 %"
    meanings = {line[0] for line in sheet["Kamus data"].values}
    assert set(cells[0]) <= meanings


def test_a_file_says_what_was_filtered_and_what_its_columns_mean(bappeda):
    query = f"{AT}&level=opd&status=di_bawah"
    rows = csv_rows(bappeda, query)
    assert {row["Level"] for row in rows} == {"OPD"}
    assert {row["Status"] for row in rows} == {"Di bawah target"}
    assert any(row["Perubahan (poin)"] for row in rows)
    link = f'href="/analisis/kamus.csv?{query.replace("&", "&amp;")}"'
    assert link in bappeda.get(f"/analisis?{query}").get_data(as_text=True)
    answer = bappeda.get(f"/analisis/kamus.csv?{query}")
    assert answer.headers["Content-Disposition"].endswith("-kamus.csv")
    told = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert ["Keterangan", "Saringan", "level: OPD; status: Di bawah target"] in told
    assert {name for part, name, _ in told if part == "Kolom"} == set(rows[0])


def book(content):
    """Every sheet but the moment it was made."""
    found = openpyxl.load_workbook(io.BytesIO(content))
    return [[line for line in sheet.values if line[0] != "Diunduh"] for sheet in found]


def test_the_background_makes_the_very_rows_of_the_direct_file(bappeda, city):
    """One maker and two ways to it; the rows are those of the CSV, in its order."""
    direct = bappeda.get(f"/analisis/unduh.xlsx?{WORST}&urut=-pagu")
    asked, steps = {"saringan": f"{WORST}&urut=-pagu"}, []
    with reading(city) as conn:
        name, content = kind_of("analisis-xlsx").buat(conn, "16.71", asked, lambda *said: steps.append(said))
    assert direct.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert book(content) == book(direct.data)
    rows = csv_rows(bappeda, f"{WORST}&urut=-pagu")
    at = book(content)[0][0].index("Kode")
    assert [line[at] for line in book(content)[0][1:]] == [row["Kode"] for row in rows]
    assert len(steps) == 2
    with reading(city) as conn, pytest.raises(BadParameterError, match=r"\.$"):
        kind_of("analisis-xlsx").buat(conn, "16.71", {"saringan": "status=merah"}, lambda *_: None)


def test_a_large_workbook_is_ordered_and_a_small_one_is_a_link(server, bappeda, monkeypatch):
    ordered = []
    monkeypatch.setattr(kerja, "order", lambda *given: ordered.append(given[-2:]) or kerja.Pesanan(1, baru=True))
    monkeypatch.setattr(downloads, "start", lambda *_: None)
    large, small = f"{AT}&urut=kode", f"{AT}&level=opd"
    assert grid(bappeda, large)["jumlah"] > MOST_AT_ONCE
    answer = bappeda.get(f"/analisis/unduh.xlsx?{large}")
    assert answer.status_code == 400
    assert "latar belakang" in answer.get_data(as_text=True)
    page = bappeda.get(f"/analisis?{large}").get_data(as_text=True)
    form = re.search(r'<form[^>]*action="/unduhan/pesan".*?</form>', page, re.DOTALL)[0]
    given = {name: unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form)}
    assert bappeda.post("/unduhan/pesan", data=given).status_code == 303
    assert ordered[0][0] == "analisis-xlsx"
    assert ordered[0][1]["saringan"] == large
    assert bappeda.post("/unduhan/pesan", data={**given, "saringan": "x" * 9000}).status_code == 400
    assert bappeda.post("/unduhan/pesan", data={**given, "csrf": "karangan"}).status_code == 400
    operator = sign_in(server, "operator-a")
    forged = {**given, "csrf": token_of(operator, "unduhan")}
    assert operator.post("/unduhan/pesan", data=forged).status_code == 403
    assert len(ordered) == 1
    page = bappeda.get(f"/analisis?{small}").get_data(as_text=True)
    assert "/analisis/unduh.xlsx" in page
    assert "/unduhan/pesan" not in page


def test_the_rows_of_a_file_are_not_kept_in_memory(server, bappeda):
    """Sixty thousand indicators would weigh as much as one small answer."""
    kept = server.config["PENJAWAB"]._answers._kept

    def rows_of_files():
        return [key for key in kept if "indicator_values" in str(key[1][:2])]

    bappeda.get(f"/analisis/baris?{AT}&level=indikator&capaian_min=1&mulai=0&akhir=50")
    before = rows_of_files()
    assert before, "a block of the grid is kept, so the name is right"
    assert bappeda.get(f"/analisis/unduh.csv?{AT}&level=indikator&capaian_min=1").status_code == 200
    assert set(rows_of_files()) <= set(before)


def test_one_file_at_a_time_in_a_worker(bappeda):
    paths = [f"/analisis/unduh.{ending}?{WORST}" for ending in ("csv", "xlsx")]
    with analysis._one_at_a_time():
        for path in paths:
            answer = bappeda.get(path)
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    with pytest.raises(ZeroDivisionError), analysis._one_at_a_time():
        raise ZeroDivisionError
    assert [bappeda.get(path).status_code for path in paths] == [200, 200]


def test_blocks_join_without_a_gap(bappeda):
    query = f"{AT}&level=indikator&urut=capaian"
    whole = grid(bappeda, query, 0, 300)["baris"]
    parts = [row for start in (0, 100, 200) for row in grid(bappeda, query, start, start + 100)["baris"]]
    assert [row["kunci"] for row in whole] == [row["kunci"] for row in parts]
    assert len({row["kunci"] for row in whole}) == 300


def test_an_opd_user_never_reaches_it(server):
    operator = sign_in(server, "operator-a")
    for path in ("/analisis", "/analisis/baris", "/analisis/unduh.csv", "/analisis/unduh.xlsx"):
        assert operator.get(f"{path}?{AT}").status_code == 403
        assert server.test_client().get(f"{path}?{AT}").status_code == 302


def test_what_goes_out_starts_no_formula_and_is_in_the_trail(bappeda, city):
    jejak = tables.jejak.c
    where = (jejak.tindakan == Tindakan.EKSPOR.value, jejak.objek == "analisis.csv")
    with city.connect() as conn:
        before = conn.execute(select(jejak.nomor).where(*where)).all()
    answer = bappeda.get(f"/analisis/unduh.csv?{AT}&cari=%3Dcmd")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    for line in csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"):
        assert not any(cell.lstrip().startswith(("=", "+", "@")) for cell in line)
    with city.connect() as conn:
        after = conn.execute(select(jejak.pelaku, jejak.rincian).where(*where).order_by(jejak.nomor)).all()
    assert len(after) == len(before) + 1
    assert after[-1].pelaku == "bappeda"
    assert "cari" in after[-1].rincian


@pytest.mark.parametrize("query", ["status=merah", "capaian_min=x", "mulai=a", "tahun=1800", "buka=" + "x" * 1300])
def test_nonsense_is_refused_with_a_sentence(bappeda, query):
    answer = bappeda.get(f"/analisis/baris?{query}")
    assert answer.status_code == 400
    if "mulai" not in query:
        assert bappeda.get(f"/analisis?{query}").status_code == 400


def token(client, query=AT):
    text = client.get(f"/analisis?{query}").get_data(as_text=True)
    return re.search(r'name="csrf" value="([^"]+)"(?:(?!</form>).)*name="alamat"', text, re.DOTALL)[1]


def test_a_filter_is_saved_shared_and_removed(server, bappeda):
    given = {"csrf": token(bappeda), "nama": "Dinas merah", "alamat": WORST, "bersama": "ya"}
    answer = bappeda.post("/analisis/saringan", data=given)
    assert answer.status_code == 303
    assert "kabar=simpan" in answer.headers["Location"]
    sekda = sign_in(server, "sekda")
    seen = sekda.get(f"/analisis?{AT}").get_data(as_text=True)
    assert "Dinas merah" in seen
    assert "dibagikan" in seen
    assert bappeda.post("/analisis/saringan", data={**given, "csrf": "karangan"}).status_code == 400
    gone = bappeda.post("/analisis/saringan/hapus", data={"csrf": token(bappeda), "nama": "Dinas merah"})
    assert gone.status_code == 303
    assert "Dinas merah" not in sekda.get(f"/analisis?{AT}").get_data(as_text=True)


def test_a_name_in_use_is_replaced_only_when_asked(server, bappeda, city):
    given = {"csrf": token(bappeda), "nama": "Milik saya", "alamat": WORST, "bersama": "ya"}

    def kept():
        with city.connect() as conn:
            return conn.execute(select(tables.saringan.c.alamat, tables.saringan.c.bersama)).all()

    assert bappeda.post("/analisis/saringan", data=given).status_code == 303
    before = kept()
    again = {"csrf": given["csrf"], "nama": "Milik  saya", "alamat": AT + "&jenis=badan"}
    refused = bappeda.post("/analisis/saringan", data=again)
    assert refused.status_code == 400
    assert "sudah punya saringan bernama" in refused.get_data(as_text=True)
    assert kept() == before
    assert bappeda.post("/analisis/saringan", data={**again, "ganti": "ya"}).status_code == 303
    assert kept() == [("jenis=badan", False)]
    bappeda.post("/analisis/saringan/hapus", data={"csrf": token(bappeda), "nama": "Milik saya"})


def test_the_form_offers_what_has_been_reported(bappeda):
    text = bappeda.get(f"/analisis?{AT}").get_data(as_text=True)
    form = text[text.index('id="s-tahun"') : text.index('id="s-opd"')]
    assert re.findall(r'value="(\d)"', form) == ["1", "2", "3"]
    assert re.search(r'<option[^>]*value="2026"[^>]*data-tw="3"|<option[^>]*data-tw="3"[^>]*value="2026"', form)
    earlier = bappeda.get("/analisis?tahun=2025&tw=2").get_data(as_text=True)
    form = earlier[earlier.index('id="s-tahun"') : earlier.index('id="s-opd"')]
    assert re.findall(r'value="(\d)"', form) == ["1", "2", "3", "4"]


def test_what_cannot_be_is_told_in_the_words_of_the_form(bappeda):
    text = bappeda.get(f"/analisis?{AT}&capaian_min=abc").get_data(as_text=True)
    assert "Isian capaian paling rendah berisi “abc”, bukan angka." in text
    assert "dinosaurus (tidak ada pada tahun ini)" in bappeda.get(f"/analisis?{AT}&jenis=dinosaurus").get_data(
        as_text=True
    )


NONSENSE = ("tahun=1", "tw=9", "status=merah", "&".join(f"a{n}=1" for n in range(150)), "cari=" + "x" * 9000)


@pytest.mark.parametrize("alamat", NONSENSE, ids=lambda text: text[:12])
def test_what_is_refused_has_changed_nothing(bappeda, city, alamat):
    def kept():
        with city.connect() as conn:
            tables_read = (tables.saringan, tables.pilihan)
            rows = [sorted(map(str, conn.execute(select(table)))) for table in tables_read]
            return rows, conn.execute(select(tables.jejak.c.nomor)).all()

    before, csrf = kept(), token(bappeda)
    saved = bappeda.post("/analisis/saringan", data={"csrf": csrf, "nama": "Tidak jadi", "alamat": alamat})
    chosen = bappeda.post("/analisis/kolom", data={"csrf": csrf, "alamat": alamat, "kolom": ["pagu"]})
    assert (saved.status_code, chosen.status_code) == (400, 400)
    assert kept() == before


def test_columns_are_kept_for_the_account(server, bappeda):
    assert "satuan" not in grid(bappeda, AT)["kolom"]
    given = {"csrf": token(bappeda), "alamat": AT, "kolom": ["capaian", "satuan", "karangan"]}
    assert bappeda.post("/analisis/kolom", data=given).status_code == 303
    assert grid(bappeda, AT)["kolom"] == ["nama", "capaian", "satuan"]
    assert "satuan" not in grid(sign_in(server, "sekda"), AT)["kolom"]
    assert grid(bappeda, f"{AT}&kolom=pagu")["kolom"] == ["nama", "pagu"]
    bappeda.post("/analisis/kolom", data={"csrf": token(bappeda), "alamat": AT})


def test_the_panel_says_why_and_where_from(bappeda):
    rows = grid(bappeda, f"{AT}&opd={DISHUB}&level=indikator&status=di_bawah")["baris"]
    text = bappeda.get(f"/analisis?{AT}&pilih={rows[0]['kunci'].replace('#', '%23')}").get_data(as_text=True)
    panel = text[text.index('class="panel"') : text.index("</aside>")].replace("\u00a0", " ")
    for words in ("Di bawah target", "Realisasi s.d. triwulan ini", "SHA-256", "Form E.81 (PDF)", "Mutu laporan OPD"):
        assert words in panel
    assert f"/formulir/e81/{DISHUB}.xlsx" in panel
    lost = bappeda.get(f"/analisis?{AT}&pilih=tidak%7Cada").get_data(as_text=True)
    assert "tidak ada pada tahun yang dipilih" in lost


@pytest.mark.parametrize("level", ["opd", "program", "indikator"])
def test_every_link_of_the_panel_leads_somewhere(bappeda, level):
    row = grid(bappeda, f"{AT}&opd={DISHUB}&level={level}")["baris"][0]
    text = bappeda.get(f"/analisis?{AT}&pilih={row['kunci'].replace('#', '%23')}").get_data(as_text=True)
    panel = text[text.index('class="panel"') : text.index("</aside>")]
    links = {unescape(link) for link in re.findall(r'href="([^"]+)"', panel)}
    assert sum("/formulir/e81/" in link for link in links) == 2
    assert {link: bappeda.get(link.partition("#")[0]).status_code for link in links} == dict.fromkeys(links, 200)


def test_the_grid_loads_on_its_own_page_alone(server, bappeda):
    public = server.test_client()
    for path in ("/", "/metodologi", "/opd/1.03.0.00.0.00.01.0000"):
        text = public.get(path).get_data(as_text=True)
        assert '<script id="emonev-awal"' in text  # it is a page of this app, whose Dash comes later
        assert not re.search(r"<script[^>]+(ag_grid|analisis)", text)
    assert not re.search(r"<script[^>]+ag_grid", bappeda.get("/pimpinan").get_data(as_text=True))
    text = bappeda.get("/analisis").get_data(as_text=True)
    assert re.search(r"<script[^>]+dash_ag_grid", text)
    assert re.search(r"<script[^>]+analisis\.\w+\.js", text)


def test_every_link_to_the_desk_loads_it_anew(bappeda):
    """A soft link from a page without the grid's script would find no grid."""
    text = bappeda.get("/pimpinan").get_data(as_text=True)
    links = re.findall(r'<a [^>]*href="/analisis"[^>]*>', text)
    assert links
    assert not any("data-lunak" in link for link in links)
