"""The page of early warning: what it says, what it lets be chosen, where it leads, and what it says without history."""

import re
from decimal import Decimal

import pandas as pd
import pytest

from callbacks.peringatan import PATH
from data.aturan import Aturan
from data.words import WARNING_NAMES, Peringatan
from pages.parts.markup import to_html
from pages.parts.warning import warning_summary
from pages.parts.warning_projection import Saat, Sumbu, error_words, projection_section
from pages.parts.warning_words import row_sentence, rule_sentence, since
from tests.callbacks.test_screens import text_of
from tests.conftest import sign_in

AT = "tahun=2026&tw=3"
ROW = {"aturan": "serapan", "level": "program", "nilai": Decimal("37.7"), "banding": Decimal(60), "satuan": ""}


@pytest.fixture(scope="module")
def sekda(server):
    return sign_in(server, "sekda")


def page(client, query=AT):
    answer = client.get(f"{PATH}?{query}")
    return answer.status_code, answer.get_data(as_text=True)


def test_the_page_states_the_count_and_lists_the_rules_in_order(sekda):
    code, text = text_of(sekda, f"{PATH}?{AT}")
    assert code == 200
    count = int(re.search(r"(\d+) peringatan pada \d+ OPD s.d. TW III 2026\.", text)[1])
    named = [WARNING_NAMES[rule] for rule in Peringatan if f"{WARNING_NAMES[rule]} " in text]
    rows = re.search(r'aria-label="Aturan">(.*?)</nav>', page(sekda)[1], re.S)[1]
    counts = [int(found) for found in re.findall(r"<strong>(\d+)</strong>", rows)]
    assert sum(counts) == count > 100
    assert re.findall(r">([^<>]+)<strong>", rows) == [name for name in named if f">{name}<strong>" in rows]
    assert "Data contoh" in text


def test_a_filter_in_the_address_cuts_the_list(sekda):
    opd = "1.04.2.10.0.00.01.0000"
    code, html = page(sekda, f"{AT}&opd={opd}&aturan=serapan")
    assert code == 200
    drawn = re.findall(r'class="peringatan-nama"[^>]*', html)
    assert drawn
    assert re.search(rf"{len(drawn)} peringatan pada 1.OPD", html)
    chosen = [found for found in re.findall(r"<option([^>]*)>", html) if " selected" in found]
    assert [re.search(r'value="([^"]*)"', found)[1] for found in chosen] == [opd, "serapan"]
    assert 'id="deviasi"' not in html


def test_a_row_leads_to_the_drill_and_to_the_desk(sekda):
    html = page(sekda, f"{AT}&aturan=deviasi")[1]
    drill = re.search(r'href="(/pimpinan\?[^"]*)"[^>]*class="peringatan-nama"', html)
    drill = drill or re.search(r'class="peringatan-nama"[^>]*href="(/pimpinan\?[^"]*)"', html)
    assert sekda.get(drill[1].replace("&amp;", "&").split("#")[0]).status_code == 200
    assert re.search(r'href="/analisis\?tahun=2026&amp;tw=3&amp;pilih=[\d.]+%7C[\d.]+"', html)


@pytest.mark.parametrize(
    ("query", "code", "says"),
    [
        ("aturan=ngawur", 400, "Aturan ngawur tidak ada. Yang tersedia: serapan,"),
        ("opd=9.99", 404, "OPD dengan kode ini tidak ada."),
        ("tahun=1999", 400, "1999"),
        ("aturan=kumulatif_turun", 200, "Tidak ada peringatan s.d. TW III 2026."),
    ],
)
def test_nonsense_and_nothing_have_their_own_words(sekda, query, code, says):
    answer, text = text_of(sekda, f"{PATH}?{query}")
    assert (answer, says in text) == (code, True)


def test_a_finished_year_is_not_projected_and_the_projection_says_its_error(sekda):
    assert "Tahun 2025 sudah lengkap: tidak ada yang diproyeksikan." in text_of(sekda, f"{PATH}?tahun=2025&tw=4")[1]
    text = text_of(sekda, f"{PATH}?{AT}")[1]
    assert re.search(r"Proyeksi serapan dari TW III meleset rata-rata \d,\d\d poin\.", text)
    assert "menebak “tetap seperti sekarang” tidak lebih buruk." in text
    assert "Cara menghitung" in text
    assert text.count("Proyeksi") > 5


def test_nobody_but_leaders_reads_it(server):
    assert sign_in(server, "operator-a").get(PATH).status_code == 403
    assert sign_in(server, "stranger").get(PATH).status_code == 302


@pytest.mark.parametrize("rule", list(Peringatan))
def test_every_rule_has_its_sentence_and_no_row_more_than_twenty_words(rule):
    row = ROW | {"aturan": rule, "level": "indikator", "nilai": Decimal("37.7")}
    for said in (rule_sentence(rule, Aturan()), row_sentence(row, 2026, 3)):
        assert said.endswith(".")
        assert len(said.replace("\u00a0", " ").split()) <= 20


def test_a_row_says_its_own_numbers_and_since_when():
    assert row_sentence(ROW, 2026, 3).replace("\u00a0", " ") == "Serapan 37,7 %, rencana 60,0 %: kurang 22,3 poin."
    fell = ROW | {"aturan": "kumulatif_turun", "satuan": "Rp", "nilai": Decimal(1_200_000)}
    assert row_sentence(fell, 2026, 3).replace("\u00a0", " ") == "Realisasi uang kumulatif turun Rp 1,2 juta."
    assert since({"baru": True}) == "baru"
    old = {"baru": False, "tahun": 2026, "tw": 1, "lama": 3}
    assert since(old).replace("\u00a0", " ") == "sejak TW I 2026, 3 triwulan"


def test_the_block_for_the_leaders_counts_only_what_is_new():
    rows = [ROW | {"baru": True}, ROW | {"baru": True, "aturan": "deviasi"}, ROW | {"baru": False}]
    html = to_html(warning_summary(pd.DataFrame(rows), 2026, 3, f"{PATH}?{AT}"))
    assert "2 peringatan baru" in html
    assert "3 peringatan s.d." in html
    assert f'href="{PATH}?tahun=2026&amp;tw=3"' in html
    assert "Tidak ada peringatan baru" in to_html(warning_summary(pd.DataFrame(rows[2:]), 2026, 3, PATH))


def test_without_history_the_section_says_so():
    names = ("proyeksi", "bawah", "atas", "kali", "kasus")
    empty = {f"{m}{s}": None for m in ("capaian", "serapan") for s in ("", *(f"_{name}" for name in names))}
    found = pd.DataFrame([{"opd": "A", "kode": "", "nama": "A", **empty}])
    html = to_html(projection_section(found, pd.DataFrame(), Saat(2026, 1, Decimal(90), ""), {"A": "/"}))
    assert "Riwayat tahun-tahun lalu belum cukup" in html
    plan = empty | {"serapan": Decimal(30), "serapan_proyeksi": Decimal(60), "serapan_kali": 2, "serapan_kasus": 0}
    found = pd.DataFrame([{"opd": "A", "kode": "", "nama": "A", **plan}])
    html = to_html(projection_section(found, pd.DataFrame(), Saat(2026, 1, Decimal(90), ""), {"A": "/"}))
    assert "menurut RAK, tanpa rentang" in html
    assert "Belum dapat diuji" in html


def test_the_axis_holds_every_value_and_the_error_is_told_of_the_chosen_quarter():
    axis = Sumbu(70, 100)
    assert (axis.x(Decimal(70)), axis.x(Decimal(100)), axis.x(Decimal(20))) == (5, 155, 5)
    rows = [
        {"ukuran": "serapan", "tw": tw, "galat": Decimal(tw), "galat_tetap": Decimal(9), "galat_lurus": None}
        for tw in (1, 2, 3)
    ]
    words = error_words(rows, Saat(2026, 2, Decimal(90), "")).replace("\u00a0", " ")
    assert words == "Proyeksi serapan dari TW II meleset rata-rata 2,00 poin."
