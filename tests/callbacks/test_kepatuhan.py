"""The page /kepatuhan, the live question on /pimpinan, the public's line, and what was corrected: drawn, and through
the application."""

import re
import shutil
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pandas as pd
import pytest
from sqlalchemy import insert, select, update

from data import tables
from data.jejak import Pelaku
from data.kiriman import Alamat, Periksa, save_draft, submit
from data.putusan import accept, give_back
from data.queries.kiriman import one_version
from data.queries.terbitan import shown
from data.store import Muatan
from pages.parts.compliance import first_try, headline, public_line, rates_section, share
from pages.parts.compliance_grid import ordered
from pages.parts.compliance_marks import NAMES, Tanda, icon_of, mark_of, spoken
from pages.parts.corrected import correction_note, corrections_list, corrections_sentence
from pages.parts.markup import to_html
from pages.parts.origin import Change, Origin, origin_block
from tests.conftest import sign_in

P, PUPR, BUDAYA = "16.71", "1.03.0.00.0.00.01.0000", "2.22.0.00.0.00.01.0000"
AT = "tahun=2026&tw=3"
BAPPEDA, OPERATOR = Pelaku("bappeda", "bappeda"), Pelaku("operator-a", "opd", PUPR)


def words(html):
    shown = re.sub(r"<(script|style)[^>]*>.*?</\1>", " ", html.replace("\u00a0", " "), flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown)).strip()


def row(**given):
    blank = {"opd": "A", "nama": "Dinas A", "singkat": "", "tahun": 2026, "tw": 3, "wajib": True, "keadaan": None}
    blank |= {"nihil": False, "hari_terlambat": None, "diterima_pada": None, "diperpanjang": False, "tertolong": False}
    blank |= {"batas": datetime(2026, 10, 15, 16, 59, 59, tzinfo=UTC), "lewat": 0, "versi": 0, "dikembalikan": 0}
    return blank | {"dikoreksi": 0, "sekali_jadi": None} | given


IN = {"keadaan": "terbit", "hari_terlambat": 0}
MARKS = [
    (row(**IN), Tanda.TEPAT, "tepat waktu"),
    (row(**IN | {"hari_terlambat": 3}), Tanda.TERLAMBAT, "terlambat 3 hari"),
    (row(**IN, nihil=True), Tanda.NIHIL, "nihil"),
    (row(**IN | {"hari_terlambat": 2}, nihil=True), Tanda.TERLAMBAT, "terlambat 2 hari, nihil"),
    (row(**IN, diperpanjang=True), Tanda.TEPAT, "tepat waktu"),
    (row(**IN, diperpanjang=True, tertolong=True), Tanda.PERPANJANGAN, "tepat waktu dengan perpanjangan"),
    (row(**IN, dikoreksi=1), Tanda.TEPAT, "tepat waktu, pernah dikoreksi"),
    (row(**IN | {"keadaan": "terkirim"}), Tanda.TEPAT, "tepat waktu, menunggu verifikasi"),
    (row(lewat=5), Tanda.BELUM, "belum diterima, lewat 5 hari"),
    (row(), Tanda.DITUNGGU, "ditunggu sampai Kamis, 15 Okt 2026 23.59 WIB"),
    (row(diperpanjang=True), Tanda.PERPANJANGAN, "diperpanjang sampai Kamis, 15 Okt 2026 23.59 WIB"),
    (row(keadaan="dikembalikan", lewat=5), Tanda.DIKEMBALIKAN, "dikembalikan, belum dikirim lagi"),
    (row(wajib=False), Tanda.TIDAK_WAJIB, "tidak wajib"),
    (row(**IN, wajib=False), Tanda.TEPAT, "tepat waktu"),
]


@pytest.mark.parametrize(("given", "mark", "said"), MARKS, ids=[said for _, _, said in MARKS])
def test_every_state_has_its_mark_and_its_words(given, mark, said):
    assert mark_of(given) == mark
    assert spoken(given).replace("\u00a0", " ") == said


def test_every_mark_has_a_shape_of_its_own_and_a_name():
    # A ring that is waited for is dashed by the style sheet; all others differ in their drawing.
    drawn = {to_html(icon_of(mark, 14)) for mark in Tanda}
    assert len(drawn) == len(Tanda) == len(NAMES)


def test_trouble_comes_first():
    rows = [
        row(opd="baik", **IN),
        row(opd="telat", **IN | {"hari_terlambat": 1}),
        row(opd="lebih-telat", **IN | {"hari_terlambat": 6}),
        row(opd="belum", lewat=3),
        row(opd="kembali", keadaan="dikembalikan"),
    ]
    found = ordered(pd.DataFrame(rows, dtype=object), (2026, 3))
    assert [cells[0]["opd"] for cells in found] == ["belum", "kembali", "lebih-telat", "telat", "baik"]


class Laju:
    tahun, tw, diharapkan, diterima, tepat_waktu, terlambat, belum = 2026, 3, 50, 47, 44, 3, 3
    sekali_jadi, dinilai, dikoreksi, menunggu, dikembalikan = 4, 5, 1, 2, 1


class Kosong(Laju):
    diharapkan = diterima = tepat_waktu = terlambat = belum = menunggu = dikembalikan = dikoreksi = dinilai = 0
    sekali_jadi = None


def test_rates_show_their_own_computation():
    text = words(to_html(rates_section([Laju()], "Sumber.")))
    assert "47 ÷ 50 × 100 = 94,0 %" in text
    assert "44 ÷ 50 × 100 = 88,0 %" in text
    assert "80,0 % (4 dari 5)" in text


def test_of_nothing_nothing_is_claimed():
    assert first_try(Kosong()) == share(0, 0) == "–"
    assert headline(Kosong()).replace("\u00a0", " ") == "Tidak ada OPD yang wajib lapor untuk TW III 2026."
    assert "0 ÷ 0" in words(to_html(rates_section([Kosong()], "")))


@pytest.mark.parametrize(("part", "whole", "text"), [(1, 3, "33,3"), (2, 3, "66,7"), (1, 8, "12,5"), (1, 16, "6,3")])
def test_shares_round_half_up(part, whole, text):
    assert share(part, whole) == f"{text}\u00a0%"


def test_the_public_line_holds_counts_alone():
    said = public_line(50, 47, 44, 2026, 3).replace("\u00a0", " ")
    assert said == "Ketepatan lapor TW III 2026: 47 dari 50 OPD melapor, 88,0 % tepat waktu."


def test_a_corrected_figure_carries_its_old_value():
    assert correction_note({"capaian": 1}) is None
    assert correction_note({"dikoreksi": False, "semula": None}) is None
    note = correction_note({"dikoreksi": True, "semula": Decimal("63.05")})
    assert words(to_html(note)) == "dikoreksi: semula 63,1 %"
    assert "tanpa capaian" in words(to_html(correction_note({"dikoreksi": True, "semula": None})))
    rows = pd.DataFrame([{"nama": "Dinas A", "singkat": "", "semula": Decimal(50), "kini": Decimal(80)}], dtype=object)
    assert "Dinas A: semula 50,0 %, kini 80,0 %" in words(to_html(corrections_list(rows, 2026, 3)))
    assert corrections_list(rows.iloc[:0], 2026, 3) is None
    assert corrections_sentence(rows) is None
    assert shown(Decimal("63.05"), 1) == Decimal("63.1")


def test_the_origin_names_the_office_and_the_earlier_values():
    when = datetime(2026, 10, 20, tzinfo=UTC)
    changes = [
        Change(when, None, "5", "satu.xlsx", "a" * 64, "Dinas A"),
        Change(when, "5", "8", "dua.xlsx", "b" * 64, "Dinas A"),
    ]
    origin = Origin("dua.xlsx", "baris 5", "8", None, when, "b" * 64, diunggah_oleh="Dinas A (akun opr-a)")
    assert "Riwayat koreksi" not in words(to_html(origin_block([origin])))
    text = words(to_html(origin_block([Origin(**{**vars(origin), "riwayat": changes})])))
    assert "Diunggah Dinas A (akun opr-a)" in text
    assert "5 → 8" in text
    assert "Riwayat koreksi" not in words(to_html(origin_block([Origin(**{**vars(origin), "riwayat": changes[:1]})])))


@pytest.fixture
def own_city(city_file, tmp_path, server, monkeypatch):
    """A copy of the sample city that a test may change, served by the application."""
    from data.ask import Penjawab
    from data.engine import engine_for

    path = tmp_path / "kota.db"
    shutil.copy(city_file, path)
    engine = engine_for(f"sqlite:///{path}")
    answerer = Penjawab(engine, P)
    monkeypatch.setitem(server.config, "PENJAWAB", answerer)
    monkeypatch.setattr(server.config["SAJIAN"], "answerer", answerer)
    yield engine
    engine.dispose()


@pytest.fixture
def sekda(own_city, server):
    return sign_in(server, "sekda")


def text_of(client, path):
    answer = client.get(path)
    return answer.status_code, words(answer.get_data(as_text=True))


def test_the_page_says_who_has_reported(sekda):
    code, text = text_of(sekda, f"/kepatuhan?{AT}")
    assert code == 200
    assert "47 dari 50 laporan TW III 2026 sudah diterima." in text
    assert "44 tepat waktu (88,0 %), 3 terlambat, 3 belum diterima." in text
    assert "Dinas Kebudayaan" in text
    assert "94,0 %" in text
    assert "Laporan 23 OPD selalu tepat waktu dalam 8 triwulan terakhir." in text
    assert "Data contoh" in text


def test_a_cell_is_a_plain_link_that_opens_its_timeline(sekda):
    page = sekda.get(f"/kepatuhan?{AT}&status=terlambat").get_data(as_text=True)
    page = page.split('class="tabel-lapor"')[1].split("</table>")[0]
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="(/kepatuhan\?[^"#]*opd=[^"#]*)#linimasa"', page)]
    assert len(links) == 3 * 8
    assert all("status=terlambat" in link for link in links)
    code, text = text_of(sekda, links[-1])
    assert code == 200
    assert "Periode dibuka" in text
    assert "Riwayat versi kirimannya tidak tercatat." in text
    assert 'aria-current="true"' in sekda.get(links[-1]).get_data(as_text=True)


@pytest.mark.parametrize(
    ("query", "code"),
    [("tahun=1", 400), ("tw=9", 400), ("opd=x", 404), ("status=x", 400), ("status=%00", 400), ("tahun=2026&tw=4", 400)],
)
def test_nonsense_gets_a_designed_page(sekda, query, code):
    found, text = text_of(sekda, f"/kepatuhan?{query}")
    assert found == code
    assert "e-Monev" in text
    assert "Traceback" not in text


def test_older_quarters_end_the_grid(sekda):
    code, text = text_of(sekda, "/kepatuhan?tahun=2024&tw=2")
    assert code == 200
    assert "49 dari 50 laporan TW II 2024 sudah diterima." in text


@pytest.mark.parametrize("who", ["stranger", "operator-a"])
def test_the_page_is_for_leaders_bappeda_and_admin(own_city, server, who):
    client = sign_in(server, who)
    assert client.get(f"/kepatuhan?{AT}").status_code in (302, 403)
    for place in ("kepatuhan-kepala", "kepatuhan-kisi", "kepatuhan-laju", "kepatuhan-rajin"):
        wires = [
            {"id": "_pages_location", "property": name, "value": value}
            for name, value in (("pathname", "/kepatuhan"), ("search", f"?{AT}"))
        ]
        sent = {"output": f"{place}.children", "outputs": {"id": place, "property": "children"}, "inputs": wires}
        answer = client.post("/_dash-update-component", json={**sent, "changedPropIds": []})
        assert answer.status_code in (401, 403)
        assert b"Dinas Kebudayaan" not in answer.data


@pytest.mark.parametrize("who", ["bappeda", "admin"])
def test_bappeda_and_admin_may_look(own_city, server, who):
    assert text_of(sign_in(server, who), f"/kepatuhan?{AT}")[0] == 200


def reopen(engine):
    """TW III is open again, and its reports can still be sent."""
    later = datetime.now(UTC) + timedelta(days=3)
    p = tables.periode
    with engine.begin() as conn:
        here = (p.c.pemda == P, p.c.tahun == 2026, p.c.tw == 3)
        conn.execute(update(p).where(*here).values(tepat_waktu_sampai=later, dikunci=later + timedelta(days=3)))


def send(engine, opd=BUDAYA, muatan=None):
    """A version of this OPD's report for TW III 2026; its number."""
    here, who = Alamat(2026, 3, opd), Pelaku("operator-x", "opd", opd)
    checked = Periksa("lap.xlsx", f"{datetime.now(UTC).timestamp():064.9f}", 9, 1, 0, 0, {}, [], muatan or Muatan(), {})
    nomor = save_draft(engine, P, who, here, checked)
    with engine.connect() as conn:
        token = one_version(conn, P, nomor)["sekali"]
    return submit(engine, P, who, here, token).nomor


def test_leaders_see_reports_that_wait_and_come_back_at_once(own_city, sekda):
    reopen(own_city)
    assert "47 dari 50 OPD" in text_of(sekda, f"/pimpinan?{AT}")[1]
    nomor = send(own_city)
    text = text_of(sekda, f"/pimpinan?{AT}")[1]
    assert "Siapa sudah lapor? › 48 dari 50 OPD" in text
    assert "1 menunggu verifikasi." in text
    assert "Cakupan 47 dari 50 OPD" in text, "figures still rest on what was accepted"
    assert f'href="/kepatuhan?{AT.replace("&", "&amp;")}"' in sekda.get(f"/pimpinan?{AT}").get_data(as_text=True)
    assert "48 dari 50 laporan" in text_of(sekda, f"/kepatuhan?{AT}")[1]
    give_back(own_city, P, BAPPEDA, nomor, "Angka keliru")
    text = text_of(sekda, f"/kepatuhan?{AT}&opd={BUDAYA}")[1]
    assert "47 dari 50 laporan" in text
    assert "1 dikembalikan." in text
    assert "Angka keliru" in text
    assert "Dikembalikan (versi 1)" in text
    text = text_of(sekda, f"/pimpinan?{AT}")[1]
    assert "1 dikembalikan." in text
    assert "3 laporan belum diterima, 1 di antaranya dikembalikan;" in text
    send(own_city)
    assert "2 laporan belum diterima, 1 menunggu verifikasi;" in text_of(sekda, f"/pimpinan?{AT}")[1]


def test_what_waits_is_not_public(own_city, server):
    reopen(own_city)
    send(own_city)
    text = text_of(server.test_client(), f"/?{AT}")[1]
    assert "47 dari 50 OPD melapor, 88,0 % tepat waktu." in text
    assert "menunggu verifikasi" not in text


def test_the_public_line_can_be_switched_off(own_city, server):
    citizen = server.test_client()
    assert "Ketepatan lapor" in text_of(citizen, f"/?{AT}")[1]
    with own_city.begin() as conn:
        row = {"pemda": P, "kunci": "ketepatan_lapor_publik", "nilai": "tidak"}
        conn.execute(insert(tables.aturan), [row])
        conn.execute(update(tables.pemda).values(versi=tables.pemda.c.versi + 1))
    text = text_of(citizen, f"/?{AT}")[1]
    assert "Ketepatan lapor" not in text
    assert "tepat waktu" not in text
    assert "47 dari 50 OPD sudah melapor" in text, "coverage belongs to every figure"


def publish_as(engine, change):
    """TW III was published with figures that differ from those of now by ``change`` for the PUPR."""
    r = tables.rollup_kinerja.c
    where = (r.pemda == P, r.tahun == 2026, r.tw == 3, r.level.in_(["pemda", "opd", "program"]))
    with engine.begin() as conn:
        rows = conn.execute(select(r.level, r.opd, r.kode, r.capaian, r.status).where(*where)).mappings().all()
        key = {"pemda": P, "tahun": 2026, "tw": 3, "terbit_pada": datetime(2026, 10, 25, tzinfo=UTC)}
        frozen = [key | dict(row) for row in rows]
        for row in frozen:
            if row["opd"] == PUPR and row["capaian"] is not None:
                row["capaian"] += change
        conn.execute(insert(tables.terbitan), frozen)
        conn.execute(update(tables.pemda).values(versi=tables.pemda.c.versi + 1))


def test_nothing_is_marked_where_nothing_was_published_or_nothing_changed(own_city, server, sekda):
    citizen = server.test_client()
    for change in (None, Decimal(0)):
        if change is not None:
            publish_as(own_city, change)
        for client, path in ((citizen, "/"), (citizen, f"/opd/{PUPR}"), (sekda, "/pimpinan")):
            assert "dikoreksi" not in text_of(client, f"{path}?{AT}")[1], path


def test_what_differs_from_the_published_figure_says_so_everywhere(own_city, server, sekda):
    publish_as(own_city, Decimal(5))
    citizen = server.test_client()
    text = text_of(citizen, f"/?{AT}")[1]
    assert "Capaian 1 OPD dikoreksi sesudah TW III 2026 terbit." in text
    assert text.count("dikoreksi: semula 86,8 %") >= 1
    text = text_of(citizen, f"/opd/{PUPR}?{AT}")[1]
    assert re.search(r"dikoreksi: semula 86,\d\d %", text)
    assert re.search(r"Capaian \d+ program dikoreksi sesudah terbit\.", text)
    text = text_of(sekda, f"/pimpinan?{AT}")[1]
    assert "Dinas PUPR: semula 86,8 %, kini 81,8 %" in text


def test_a_correction_keeps_its_history_beside_the_figure(own_city, sekda):
    reopen(own_city)
    r, i = tables.realisasi.c, tables.indikator.c
    with own_city.connect() as conn:
        query = select(r.indikator, r.nilai).where(
            r.pemda == P, r.tahun == 2026, r.periode == 3, r.opd == BUDAYA, r.nilai.is_not(None)
        )
        kode = (
            conn.execute(select(i.kode).where(i.pemda == P, i.tahun == 2026, i.opd == BUDAYA, i.akumulasi == "jumlah"))
            .scalars()
            .first()
        )
        assert conn.execute(query).first() is None, "this OPD has not reported"
    for value in ("3", "4"):
        given = {"tahun": 2026, "opd": BUDAYA, "indikator": kode, "periode": 3, "nilai": Decimal(value)}
        rows = Muatan(realisasi=[given | {"asli": value, "baris": 9, "kolom": "G"}])
        accept(own_city, P, BAPPEDA, send(own_city, muatan=rows))
    text = text_of(sekda, f"/pimpinan?{AT}&opd={BUDAYA}&indikator={kode.replace('#', '%23')}")[1]
    assert "Riwayat koreksi" in text
    assert "3 → 4" in text
    assert "Diunggah Dinas Kebudayaan" in text


@pytest.mark.parametrize("path", ["/", f"/opd/{PUPR}", f"/opd/{BUDAYA}"])
def test_no_account_or_person_is_named_on_public_pages(own_city, server, path):
    publish_as(own_city, Decimal(5))
    text = text_of(server.test_client(), f"{path}?{AT}")[1]
    with own_city.connect() as conn:
        p, u = tables.pengguna.c, tables.unggahan.c
        names = {row.nama for row in conn.execute(select(p.nama))} - {"bappeda", "admin"}
        names |= set(conn.execute(select(u.oleh).distinct()).scalars()) - {"bappeda"}
        names |= {row.nama_tampil for row in conn.execute(select(p.nama_tampil))} - {"Bappeda Litbang"}
    assert [name for name in names if name in text] == []
