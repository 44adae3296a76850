"""Where indicators would stand with the answers of a file: the very arithmetic of the dashboard, before anything is
stored, so that a warning names the percent that would be shown."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, Final

from data.rollups.indikator import Posisi, positions
from data.rollups.read import Mentah, Nilai
from data.words import SETAHUN
from loaders.hasil import Konteks

QUARTERS: Final = (1, 2, 3, 4)
NOTHING: Final = Nilai(None, None, None, False)
NIHIL: Final = Nilai(None, None, None, True)
SOME_ANSWER: Final = Nilai(Decimal(0), None, None, False)


def standing(konteks: Konteks, opd: str, tw: int, answers: Mapping[str, Nilai]) -> dict[str, Posisi]:
    """The position of each indicator of an OPD s.d. a triwulan once these answers (by code) are accepted."""
    raw = _raw(konteks, opd, tw)
    for kode, answer in answers.items():
        raw.realisasi[opd, kode][tw] = answer
    return {kode: at[tw] for (_, kode), at in positions(raw, [tw], konteks.aturan).items()}


def asked(konteks: Konteks, opd: str, tw: int) -> dict[str, tuple[Nilai, Nilai]]:
    """(target so far, realisasi s.d. the triwulan before) of each indicator: what the form prints."""
    codes = [row["kode"] for row in konteks.dikenal.plan(opd).indikator]
    now = standing(konteks, opd, tw, dict.fromkeys(codes, SOME_ANSWER))
    before = standing(konteks, opd, tw - 1, {}) if tw > 1 else {}
    nihil = _only_nihil(konteks, opd, tw)
    return {
        kode: (now[kode].target, NIHIL if kode in nihil else before[kode].realisasi if before else NOTHING)
        for kode in codes
    }


def _only_nihil(konteks: Konteks, opd: str, tw: int) -> set[str]:
    """The indicators of which the triwulan before say nihil and nothing else."""
    told = _raw(konteks, opd, tw - 1).realisasi if tw > 1 else {}
    return {kode for (_, kode), answers in told.items() if answers and all(one.nihil for one in answers.values())}


def _raw(konteks: Konteks, opd: str, tw: int) -> Mentah:
    """What is stored, as the rollups read it, with this triwulan and all before it counted as reported."""
    family = konteks.dikenal.keluarga(konteks.opd or opd)
    plans = [konteks.dikenal.plan(code) for code in dict.fromkeys((opd, family[0]))]
    plan = plans[0]
    raw = Mentah(konteks.tahun or 0, opd, [opd])
    raw.indikator = [_indikator(opd, row) for row in plan.indikator]
    held = frozenset().union(*(each.tertahan for each in plans))
    for row in plan.indikator:
        raw.target[opd, row["kode"]] = _targets(row)
        for period, (nilai, teks, nihil) in row.get("jawaban", {}).items():
            if period not in held and period <= tw:
                raw.realisasi[opd, row["kode"]][period] = Nilai(nilai, None, teks, nihil)
    raw.lapor = {(opd, period) for period in QUARTERS[:tw]}
    raw.nihil = {(opd, period) for each in plans for period in each.nihil if period < tw}
    return raw


def _indikator(opd: str, row: Mapping[str, Any]) -> SimpleNamespace:
    names = ("kode", "node", "arah", "akumulasi", "rumus_turun", "skala")
    return SimpleNamespace(opd=opd, **{name: row.get(name) for name in names})


def _targets(row: Mapping[str, Any]) -> dict[int, Nilai]:
    """The stored targets of one indicator by period (0: the whole year)."""
    numbers = {SETAHUN: row.get("target_tahun"), **row.get("target", {})}
    uppers, texts = row.get("target_atas", {}), row.get("target_teks", {})
    periods: Iterable[int] = {period for period, value in numbers.items() if value is not None} | set(texts)
    return {period: Nilai(numbers.get(period), uppers.get(period), texts.get(period), False) for period in periods}
