"""The K columns of one indicator.

* 7 is the year's target; without one the quarterly targets combined by akumulasi.
* 8–11 are the quarters alone, 12 all of them so far by akumulasi: the same realisasi as on the screens. An indicator
  that is belum lapor keeps its quarters and has no 12, 13 or 14: a sum would read what is missing as zero.
* 6 is what was reached before this database (``lalu``) and in its years before this one, by akumulasi; 13 is 6 and 12
  by akumulasi. Without a Renstra row, or with a past nobody has told, nothing is made up: None.
* 14 is 13 / 5 × 100; for an indicator that should fall its own formula, for a rating 100 or 0.
"""

from decimal import Decimal
from typing import Any

from data.evaluasi.bahan import Bahan, Renstra, Sebutan
from data.formulas import capaian as rumus
from data.queries.formulir import shown
from data.rollups.indikator import answers, together
from data.rollups.read import Mentah, Nilai
from data.words import SETAHUN, Akumulasi, Arah, Status

NONE = Nilai(None, None, None, False)
Row = dict[str, Any]
Index = dict[tuple[str, str, str], list[Any]]


class Kinerja:
    """Answers for one indicator after the other; the years before are indexed once."""

    def __init__(self, bahan: Bahan) -> None:
        self.bahan = bahan
        self._index: dict[int, Index] = {}

    def columns(self, raw: Mentah, ind: Any) -> Row:
        """k5 to k14 (Decimal, words or None), arah, akumulasi, rumus_turun, and banyak: how many values k6 is made of.
        ``raw`` is the family of the indicator in the year evaluated."""
        bahan = self.bahan
        told = answers(raw, ind, bahan.tw)
        silent = bahan.status.get((ind.opd, ind.kode)) == Status.BELUM_LAPOR
        now = NONE if silent else together(ind.akumulasi, list(told.values()))
        plan = bahan.renstra.get((ind.opd, ind.kode))
        end, before, count, all_of_it = self._of_renstra(raw, ind, plan, now)
        quarters = {f"k{7 + tw}": shown(told[tw]) if tw in told else None for tw in (1, 2, 3, 4)}
        return {
            "arah": ind.arah,
            "akumulasi": ind.akumulasi,
            "rumus_turun": ind.rumus_turun or bahan.rumus_turun,
            "banyak": count,
            "k5": shown(end),
            "k6": shown(before),
            "k7": shown(year_target(raw, ind)),
            **quarters,
            "k12": shown(now),
            "k13": shown(all_of_it),
            "k14": self._achieved(ind, end, all_of_it),
        }

    def _of_renstra(self, raw: Mentah, ind: Any, plan: Renstra | None, now: Nilai) -> tuple[Nilai, Nilai, int, Nilai]:
        """Columns 5 and 6, how many values 6 is made of, and 13."""
        if plan is None:
            return NONE, NONE, 0, NONE
        end = Nilai(plan.target, None, plan.target_teks, False)
        past = [Nilai(plan.lalu, None, plan.lalu_teks, False), *self._years(raw.root, ind, plan)]
        past = [value for value in past if value.nilai is not None or value.teks is not None]
        last = ind.akumulasi == Akumulasi.TERAKHIR
        if self.bahan.unknown_past(plan, plan.lalu if plan.lalu is not None else plan.lalu_teks):
            return end, (together(ind.akumulasi, past) if last else NONE), 0, (_both(ind, past, now) if last else NONE)
        return end, together(ind.akumulasi, past), len(past), _both(ind, past, now)

    def _years(self, root: str, ind: Any, plan: Renstra) -> list[Nilai]:
        """What the same indicator reached in each earlier year of the Renstra, oldest first."""
        found = []
        for year in self.bahan.years_before(plan):
            earlier = self._same(year, ind)
            if earlier is not None:
                raw = family_of(self.bahan.tahunan[year], root)
                found.append(together(ind.akumulasi, list(answers(raw, earlier, 4).values())))
        return found

    def _same(self, year: int, ind: Any) -> Any | None:
        """The indicator of another year: of the same node, OPD and name; numbers may have moved."""
        if year not in self._index:
            self._index[year] = self._indexed(year)
        name = _name(self.bahan.sebutan[self.bahan.tahun][ind.opd, ind.kode])
        candidates = self._index[year].get((ind.opd, ind.node, name), [])
        exact = [one for one in candidates if one.kode == ind.kode]
        return exact[0] if exact else candidates[0] if len(candidates) == 1 else None

    def _indexed(self, year: int) -> Index:
        index: Index = {}
        for ind in self.bahan.tahunan[year].indikator:
            name = _name(self.bahan.sebutan[year][ind.opd, ind.kode])
            index.setdefault((ind.opd, ind.node, name), []).append(ind)
        return index

    def _achieved(self, ind: Any, end: Nilai, reached: Nilai) -> Decimal | None:
        if end.teks is not None or reached.teks is not None:
            skala = self.bahan.sebutan[self.bahan.tahun][ind.opd, ind.kode].skala
            return rumus.teks(reached.teks, end.teks, skala.split(">") if skala else rumus.SKALA_AKIP)
        if ind.arah == Arah.TURUN:
            return rumus.turun(reached.nilai, end.nilai, ind.rumus_turun or self.bahan.rumus_turun)
        return None if ind.arah == Arah.RENTANG else rumus.naik(reached.nilai, end.nilai)


def year_target(raw: Mentah, ind: Any) -> Nilai:
    """The target of the whole year; combined from the quarters where only those have one."""
    targets = raw.target.get((ind.opd, ind.kode), {})
    whole = targets.get(SETAHUN)
    if whole is not None and (whole.nilai is not None or whole.teks is not None):
        return whole
    quarters = [targets[tw] for tw in (1, 2, 3, 4) if tw in targets]
    return quarters[-1] if any(one.atas is not None for one in quarters) else together(ind.akumulasi, quarters)


def family_of(raw: Mentah, root: str) -> Mentah:
    """The same rows, read as the report of one OPD with its units."""
    if raw.root == root:
        return raw
    return Mentah(
        raw.tahun, root, raw.family, raw.nodes, raw.indikator, raw.target, raw.realisasi, raw.keuangan,
        raw.lapor, raw.nihil, raw.ditahan,
    )  # fmt: skip


def _both(ind: Any, past: list[Nilai], now: Nilai) -> Nilai:
    """The past and this year; nothing when this year has said nothing (a year declared nihil adds nothing)."""
    if now == NONE:
        return NONE
    given = [now] if not now.nihil else []
    return together(ind.akumulasi, [*past, *given])


def _name(said: Sebutan) -> str:
    return " ".join(said.nama.casefold().split())
