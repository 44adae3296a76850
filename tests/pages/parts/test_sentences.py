"""Sentences: at most twenty words, true at the edges."""

from decimal import Decimal
from itertools import product
from typing import Any

import pandas as pd
import pytest

from data.words import Akumulasi, Arah, RumusTurun, Status
from pages.parts import compute, headline, messages
from pages.parts.coverage import report_sentence
from pages.parts.grid import quarters_of, repeat_sentence, statuses_of
from pages.parts.kurva import series_sentence
from pages.parts.leader import changes_of, changes_title, leader_lists, obstacle, previous, three_questions
from pages.parts.markup import to_html


def sentences(text: str) -> list[str]:
    return [part for part in text.replace("s.d.", "sd").split(". ") if part]


def short(text: str) -> bool:
    return all(len(part.split()) <= 20 for part in sentences(text.replace("\u00a0", " ")))


def test_the_city_in_a_sentence(standings: pd.DataFrame) -> None:
    counts = headline.counts_of(standings)
    assert (
        headline.city_sentence(counts, 2025, 3).replace("\u00a0", " ")
        == "Sampai TW III 2025, 17 dari 24 OPD mencapai target."
    )
    before, name, after = headline.city_lede(standings)
    assert name == "O2"
    assert short(before + name + after)
    assert headline.city_sentence(dict.fromkeys(Status, 0), 2025, 1).startswith("Belum ada laporan")
    assert headline.city_sentence({**dict.fromkeys(Status, 0), Status.BELUM_LAPOR: 50}, 2025, 1).startswith("Belum ada")


def test_who_need_not_report_is_named_and_not_counted(standings: pd.DataFrame) -> None:
    silent = [opd for opd, status in zip(standings["opd"], standings["status"], strict=True) if status == "belum_lapor"]
    before = headline.counts_of(standings)
    told = standings.assign(wajib=~standings["opd"].isin(silent[:1]))
    after = headline.counts_of(told)
    assert before[Status.BELUM_LAPOR] - after[Status.BELUM_LAPOR] == 1
    assert sum(before.values()) - sum(after.values()) == 1
    assert str(headline.excused(told)).startswith("Tidak wajib lapor")
    assert headline.excused(standings) is None
    reported = standings.assign(wajib=standings["opd"].isin(silent))
    assert headline.counts_of(reported) == before, "who reports although it need not counts"


def test_no_trouble_is_said_too(standings: pd.DataFrame) -> None:
    good = standings[standings["status"] == Status.TERCAPAI.value]
    assert headline.city_lede(good) == ("Tidak ada yang tertinggal.", None, "")
    assert headline.rows_sentence(good).startswith("Tidak ada OPD di bawah target")


def test_the_largest_impact_is_one_below_target(standings: pd.DataFrame) -> None:
    big = standings.assign(pagu=[10**15 if row == "1.03" else 10**9 for row in standings["opd"]])
    worst = headline.worst_opd(big)
    assert worst is not None
    assert worst["status"] == Status.DI_BAWAH
    mild = big[big["status"] != Status.DI_BAWAH.value]
    before, name, _ = headline.city_lede(mild)
    assert (before, name) == ("Tidak ada OPD di bawah target. Dampak terbesar: ", "O3")
    assert short(before)


def test_nothing_reported_is_not_good_news(standings: pd.DataFrame, history: pd.DataFrame, cakupan: Any) -> None:
    silent = standings.assign(status=Status.BELUM_LAPOR.value, capaian=None, deviasi=None)
    assert headline.rows_sentence(silent) == headline.rows_sentence(silent.head(0)) == headline.NOT_YET
    drawn = to_html(
        [three_questions(cakupan, silent, history), leader_lists(cakupan, silent, history, lambda kode: kode)]
    )
    assert "Belum dapat dinilai" in drawn
    assert "Tidak ada" not in drawn
    assert "s-di-bawah" not in drawn
    first = history[(history["tahun"] == 2025) & (history["tw"] == 3)]
    assert obstacle(standings, first) == "Belum ada pembanding"
    assert obstacle(standings, history) is None


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("deviasi", [None, "-18.2", "0", "5"])
def test_one_opd_in_a_sentence(status: Status, deviasi: str | None) -> None:
    row: dict[str, Any] = {"status": status, "deviasi": None if deviasi is None else Decimal(deviasi)}
    assert short(headline.opd_sentence(row, 2025, 3))


def test_money_sentences() -> None:
    for one, two in product((None, Decimal("-6.8"), Decimal(0), Decimal("2.2")), repeat=2):
        assert short(headline.money_sentence(one, two))
        assert short(headline.money_title(one))
    text = headline.money_sentence(Decimal("-6.8"), Decimal("-3.6")).replace("\u00a0", " ")
    assert text == "Keuangan 6,8 poin di bawah rencana dan fisik 3,6 poin di bawah rencana."


def test_other_sentences_are_short(
    standings: pd.DataFrame, history: pd.DataFrame, kurva: pd.DataFrame, cakupan: Any
) -> None:
    texts = [
        headline.rows_sentence(standings),
        headline.incomplete(3) or "",
        report_sentence(cakupan),
        series_sentence(kurva, "keuangan"),
        series_sentence(kurva, "fisik"),
        repeat_sentence(statuses_of(history), quarters_of(history)),
        changes_title(changes_of(standings, history)),
    ]
    assert all(short(text) for text in texts)
    assert headline.incomplete(0) is None


def test_changes_go_in_out_and_the_rest(standings: pd.DataFrame, history: pd.DataFrame) -> None:
    changes = changes_of(standings, history)
    assert all(change.dari != change.ke for change in changes)
    assert {change.nama for change in changes if change.ke == Status.BELUM_LAPOR} == {"O5", "O6"}
    assert all(change.selisih is None for change in changes if change.ke == Status.BELUM_LAPOR)
    assert previous(2025, 1).replace("\u00a0", " ") == "TW IV 2024"


@pytest.mark.parametrize(
    ("arah", "rumus", "worked"),
    [
        (Arah.NAIK, RumusTurun.SELISIH, "24,12 ÷ 42,50 × 100 = 56,75"),
        (Arah.TURUN, RumusTurun.SELISIH, "(2 × 42,50 − 24,12) ÷ 42,50 × 100 = 56,75"),
        (Arah.TURUN, RumusTurun.NISBAH, "42,50 ÷ 24,12 × 100 = 56,75"),
    ],
)
def test_the_formula_carries_its_own_numbers(arah: Arah, rumus: RumusTurun, worked: str) -> None:
    found = compute.capaian_calculation(Decimal("42.5"), Decimal("24.12"), Decimal("56.75"), arah, 3, rumus)
    assert found.worked.startswith(worked)


def test_no_number_says_why() -> None:
    silent = compute.capaian_calculation(Decimal(1), None, None, Arah.NAIK, 3)
    aimless = compute.capaian_calculation(None, Decimal(1), None, Arah.NAIK, 3)
    assert silent.worked.startswith("Belum dilaporkan")
    assert aimless.worked.startswith("Tanpa target")
    parts = [Decimal("8.2"), Decimal("9.72"), Decimal("6.2")]
    assert compute.accumulation_step(parts, Decimal("24.12"), Akumulasi.JUMLAH) == "24,12 = 8,20 + 9,72 + 6,20 (jumlah)"


def test_every_state_says_what_to_do() -> None:
    for state in (
        messages.not_found(),
        messages.bad_address(),
        messages.forbidden(),
        messages.database_away(),
    ):
        drawn = to_html(state)
        assert "href=" in drawn
