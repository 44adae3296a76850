"""What one indicator stands at, s.d. each triwulan.

The rules (DOMAIN §3, and where it is silent):

* Nothing accepted from the OPD for the quarter: ``belum_lapor``. Values of a quarter whose report is not accepted do
  not count.
* A target that should have been answered by now and was not: ``belum_lapor``, never zero. For ``jumlah`` that is any
  quarter so far, for ``terakhir`` the latest one with a target, for ``rata_rata`` the current one. With only a year's
  target it is TW IV (for ``jumlah`` every quarter).
* A quarter declared nihil is left out of target and realisasi alike; all nihil is ``nihil``. ``rata_rata`` compares the
  same quarters on both sides.
* Without quarterly targets the year's target counts as the target so far in TW IV only. Before that there is none.
"""

from decimal import Decimal
from typing import Any, NamedTuple

from data.aturan import Aturan
from data.formulas import capaian as rumus
from data.formulas.akumulasi import combine
from data.formulas.predikat import status as status_of
from data.rollups.read import Mentah, Nilai
from data.types import quantize_percent
from data.words import SETAHUN, Akumulasi, Arah, Status

HUNDRED = Decimal(100)
UNTIL = {1: (1,), 2: (1, 2), 3: (1, 2, 3), 4: (1, 2, 3, 4)}
NONE = Nilai(None, None, None, False)


class Posisi(NamedTuple):
    """One indicator s.d. one triwulan."""

    target: Nilai
    realisasi: Nilai
    capaian: Decimal | None
    persen_setahun: Decimal | None
    status: Status


# The same for every indicator of an OPD that has not reported: nothing stored elsewhere can change it.
UNREPORTED = Posisi(NONE, NONE, None, None, Status.BELUM_LAPOR)


Positions = dict[tuple[str, str], dict[int, Posisi]]


def positions(raw: Mentah, quarters: list[int], aturan: Aturan) -> Positions:
    """Each indicator's position at these triwulan."""
    silent = {(opd, tw) for opd in raw.family for tw in quarters if not raw.reported(opd, tw)}
    return {
        (ind.opd, ind.kode): {
            tw: UNREPORTED if (ind.opd, tw) in silent else _position(raw, ind, tw, aturan) for tw in quarters
        }
        for ind in raw.indikator
    }


def to_answer(raw: Mentah, ind: Any, tw: int) -> tuple[Nilai, Nilai]:
    """What an OPD has before it when it fills in a triwulan: the target so far as it will count once that triwulan is
    answered with a value, and the realisasi s.d. the triwulan before (``nihil`` when that is all there was)."""
    targets = raw.target.get((ind.opd, ind.kode), {})
    before = {period: value for period, value in _countable(raw, ind).items() if period < tw}
    live = [period for period in UNTIL[tw] if period == tw or not _nihil(raw, ind, before, period)]
    if ind.akumulasi == Akumulasi.RATA_RATA and _by_quarter(targets):
        live = [period for period in live if period in targets and (period == tw or _given(before, period))]
    reals = [before[period] for period in live if period in before]
    silent = not reals and any(_nihil(raw, ind, before, period) for period in range(1, tw))
    target = _target_so_far(ind.akumulasi, targets, live, tw)
    return target, Nilai(None, None, None, True) if silent else _so_far(ind.akumulasi, reals)


def answers(raw: Mentah, ind: Any, tw: int) -> dict[int, Nilai]:
    """What counts of the realisasi by quarter up to ``tw``, without blanks; a quarter declared nihil says so."""
    reals, found = _countable(raw, ind), {}
    for period in UNTIL[tw]:
        if _nihil(raw, ind, reals, period):
            found[period] = Nilai(None, None, None, True)
        elif _given(reals, period):
            found[period] = reals[period]
    return found


def together(akumulasi: str, values: list[Nilai]) -> Nilai:
    """Several quarters as one value: numbers by akumulasi, a rating is the last one named; nihil when that is all."""
    told = [value for value in values if not value.nihil]
    return _so_far(akumulasi, told) if told else Nilai(None, None, None, bool(values))


def _countable(raw: Mentah, ind: Any) -> dict[int, Nilai]:
    """The realisasi by quarter, without those of a report that nobody has accepted."""
    reals = raw.realisasi.get((ind.opd, ind.kode), {})
    if raw.ditahan:
        return {period: value for period, value in reals.items() if not raw.withheld(ind.opd, period)}
    return reals


def _position(raw: Mentah, ind: Any, tw: int, aturan: Aturan) -> Posisi:
    targets = raw.target.get((ind.opd, ind.kode), {})
    reals = _countable(raw, ind)
    live = [period for period in UNTIL[tw] if not _nihil(raw, ind, reals, period)]
    if ind.akumulasi == Akumulasi.RATA_RATA and _by_quarter(targets):
        live = [period for period in live if period in targets and _given(reals, period)]
    target = _target_so_far(ind.akumulasi, targets, live, tw)
    realisasi = _so_far(ind.akumulasi, [reals[period] for period in live if period in reals])
    missing = _why_missing(raw, ind, tw, targets, reals)
    if missing is not None:
        return Posisi(target, realisasi, None, None, missing)
    capaian = _capaian(ind, realisasi, target, aturan)
    year = targets.get(SETAHUN, NONE).nilai
    of_year = rumus.naik(realisasi.nilai, year) if ind.arah == Arah.NAIK else None
    return Posisi(
        target,
        realisasi,
        None if capaian is None else quantize_percent(capaian),
        None if of_year is None else quantize_percent(of_year),
        Status.TANPA_TARGET if capaian is None else status_of(capaian - HUNDRED, aturan.ambang_perhatian),
    )


def _target_so_far(akumulasi: str, targets: dict[int, Nilai], live: list[int], tw: int) -> Nilai:
    if _by_quarter(targets):
        return _so_far(akumulasi, [targets[period] for period in live if period in targets])
    return targets.get(SETAHUN, NONE) if tw == 4 else NONE


def _so_far(akumulasi: str, values: list[Nilai]) -> Nilai:
    """Numbers combine by akumulasi; bounds and ratings are the last ones named."""
    if len(values) == 1:
        return values[0]
    numbers = [value.nilai for value in values if value.nilai is not None]
    uppers = [value.atas for value in values if value.atas is not None]
    texts = [value.teks for value in values if value.teks is not None]
    if uppers and numbers:
        return Nilai(numbers[-1], uppers[-1], None, False)
    return Nilai(combine(numbers, akumulasi), None, texts[-1] if texts else None, False)


def _why_missing(raw: Mentah, ind: Any, tw: int, targets: dict[int, Nilai], reals: dict[int, Nilai]) -> Status | None:
    """The status of an indicator that has nothing to compare, or None when there is something."""
    if raw.declared_nihil(ind.opd, tw):
        return Status.NIHIL
    if tw in reals and reals[tw].nihil and not any(_given(reals, period) for period in range(1, tw)):
        return Status.NIHIL
    for period in _must(ind.akumulasi, targets, tw):
        if not _answered(raw, ind, reals, period):
            return Status.BELUM_LAPOR
    if not any(_given(reals, period) for period in UNTIL[tw]):
        return Status.BELUM_LAPOR if _due_by(targets, tw) else Status.TANPA_TARGET
    return None


def _must(akumulasi: str, targets: dict[int, Nilai], tw: int) -> tuple[int, ...]:
    """The quarters that have to be answered by now."""
    if not _by_quarter(targets):
        if SETAHUN not in targets or tw < 4:
            return ()
        return UNTIL[4] if akumulasi == Akumulasi.JUMLAH else (4,)
    due = tuple(period for period in UNTIL[tw] if period in targets)
    if akumulasi == Akumulasi.JUMLAH:
        return due
    return due[-1:] if akumulasi == Akumulasi.TERAKHIR else tuple(period for period in due if period == tw)


def _by_quarter(targets: dict[int, Nilai]) -> bool:
    return any(period != SETAHUN for period in targets)


def _given(reals: dict[int, Nilai], period: int) -> bool:
    value = reals.get(period)
    return value is not None and (value.nilai is not None or value.teks is not None)


def _answered(raw: Mentah, ind: Any, reals: dict[int, Nilai], period: int) -> bool:
    return _nihil(raw, ind, reals, period) or _given(reals, period)


def _nihil(raw: Mentah, ind: Any, reals: dict[int, Nilai], period: int) -> bool:
    """Declared for this value, or for the OPD's whole report of that quarter."""
    return raw.declared_nihil(ind.opd, period) or (period in reals and reals[period].nihil)


def _due_by(targets: dict[int, Nilai], tw: int) -> bool:
    """Was anything to be reported by now: a quarter's target, or only a year's target (then every quarter)."""
    quarters = [period for period in targets if period != SETAHUN]
    return any(period <= tw for period in quarters) if quarters else SETAHUN in targets


def _capaian(ind: Any, realisasi: Nilai, target: Nilai, aturan: Aturan) -> Decimal | None:
    if target.teks is not None:
        scale = ind.skala.split(">") if ind.skala else rumus.SKALA_AKIP
        return rumus.teks(realisasi.teks, target.teks, scale)
    if ind.arah == Arah.RENTANG:
        return rumus.rentang(realisasi.nilai, target.nilai, target.atas)
    if ind.arah == Arah.TURUN:
        return rumus.turun(realisasi.nilai, target.nilai, ind.rumus_turun or aturan.rumus_turun)
    return rumus.naik(realisasi.nilai, target.nilai)
