"""The numbers of one quarter for every row of a year's skeleton, compact and exact.

A percent is a whole number of ten-billionths, so that comparing it with a limit is exact; ``NA`` stands where there is
none. Money is rupiah.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Float, select, type_coerce

from data import tables
from data.analisis.kerangka import Kerangka
from data.analisis.saringan import CHOICES, LEVELS
from data.ask import Memory
from data.aturan import Aturan
from data.formulas.predikat import NAMES, predikat
from data.types import quantize_percent
from data.words import ACCEPTED, Keadaan, Status

Long = NDArray[np.int64]
Places = dict[tuple[str, str], int]
NA: Final = np.iinfo(np.int64).min
PLACES: Final = 10
ONE: Final = 10**PLACES
HUNDRED: Final = 100 * ONE
PART: Final = 1000
REMEMBERED: Final = 12
GAP: Final = np.iinfo(np.int32).min
_LINE_STEP: Final = ONE // 10_000
LINE_MOST: Final = 2_000_000_000
_LARGEST: Final = 9_000_000_000_000_000_000
# Up to here ten places of a percent survive being a float and being multiplied.
_SAFE: Final = 100_000.0
STATUS: Final = CHOICES["status"]
_NODES: Final = LEVELS[:-1]


@dataclass(eq=False)
class Angka:
    """One entry per row s.d. one triwulan. ``capaian``, ``serapan`` and ``rencana`` (the share of the pagu that should
    be spent by now: the RAK, else the setting) in ten-billionths of a percent; ``pagu``, ``realisasi`` in rupiah;
    ``status`` and ``predikat`` as places in their lists (-1 for none). Per OPD: ``keadaan`` of its report and
    ``hari_terlambat`` (-1 while it is not accepted). ``turun2``: capaian fell in each of the last two triwulan
    of the same year.
    ``sejak``: the triwulan (tahun × 4 + tw − 1) since when it is below target without interruption, 0 if it is not.
    ``lewat``: percents too large for a whole number. ``garis``: deviasi of the last eight triwulan (oldest first) in
    ten-thousandths of a point, ``GAP`` for none: fine enough for a line that is drawn, and small."""

    tahun: int
    tw: int
    capaian: Long
    serapan: Long
    rencana: Long
    pagu: Long
    realisasi: Long
    status: NDArray[np.int8]
    predikat: NDArray[np.int8]
    turun2: NDArray[np.bool_]
    sejak: NDArray[np.int32]
    keadaan: list[str]
    hari_terlambat: NDArray[np.int32]
    lewat: dict[int, Decimal] = field(default_factory=dict)
    garis: NDArray[np.int32] = field(default_factory=lambda: np.empty((0, 0), np.int32))
    ingatan: Memory = field(default_factory=lambda: Memory(REMEMBERED, lambda _: 1))
    """The newest orders of rows made from these numbers: the blocks of one grid ask for the same one."""

    @property
    def berat(self) -> int:
        """What it weighs in the memory of answers, in answers of usual size."""
        return 1 + len(self.capaian) // 8000

    def percent(self, name: str, row: int) -> Decimal | None:
        """One percent (capaian, serapan, rencana) as an exact number."""
        if name == "capaian" and row in self.lewat:
            return self.lewat[row]
        return as_percent(int(getattr(self, name)[row]))

    def money(self, name: str, row: int) -> int | None:
        value = int(getattr(self, name)[row])
        return None if value == NA else value


def as_percent(scaled: int) -> Decimal | None:
    return None if scaled == NA else Decimal(scaled).scaleb(-PLACES)


def as_line(capaian: Long) -> NDArray[np.int32]:
    """One quarter's deviasi as ``garis`` keeps it."""
    rough = np.clip((capaian - HUNDRED) // _LINE_STEP, -LINE_MOST, LINE_MOST)
    return np.where(capaian == NA, GAP, rough).astype(np.int32)


def as_scaled(value: Decimal) -> int:
    """A limit as it is compared with scaled percents."""
    return int(value.scaleb(PLACES).to_integral_value(ROUND_HALF_UP))


def scaled_percents(floats: NDArray[np.float64]) -> tuple[Long, dict[int, Decimal]]:
    """Stored percents (NaN for none) as scaled whole numbers, and by position those that do not fit into one."""
    made: Long = np.full(len(floats), NA, np.int64)
    safe = np.abs(floats) < _SAFE
    made[safe] = np.rint(floats[safe] * ONE).astype(np.int64)
    beyond: dict[int, Decimal] = {}
    for at in np.flatnonzero(~safe & ~np.isnan(floats)):
        exact = quantize_percent(Decimal(str(float(floats[at]))))
        whole = int(exact.scaleb(PLACES))
        made[at] = max(-_LARGEST, min(_LARGEST, whole))
        if abs(whole) > _LARGEST:
            beyond[int(at)] = exact
    return made, beyond


def shares(parts: Sequence[int | None], wholes: Sequence[int | None]) -> Long:
    """part / whole × 100 of integer rupiah, rounded half up to ten places; none without a part or with no whole."""
    return np.array([_share(part, whole) for part, whole in zip(parts, wholes, strict=True)], np.int64)


def _share(part: int | None, whole: int | None) -> int:
    if part is None or not whole:
        return NA
    sign = -1 if (part < 0) != (whole < 0) else 1
    part, whole = abs(part), abs(whole)
    return sign * min((2 * part * HUNDRED + whole) // (2 * whole), _LARGEST)


@dataclass
class Mentahan:
    """The columns while they are being read."""

    size: int

    def __post_init__(self) -> None:
        self.capaian = np.full(self.size, np.nan, np.float64)
        self.status = np.full(self.size, STATUS.index(Status.BELUM_LAPOR.value), np.int8)
        self.pagu: Long = np.full(self.size, NA, np.int64)
        self.realisasi: list[int | None] = [None] * self.size
        self.dari: list[int | None] = [None] * self.size
        self.rak: list[int | None] = [None] * self.size
        self.rak_dari: list[int | None] = [None] * self.size


def angka(
    conn: Connection, pemda: str, tahun: int, tw: int, aturan: Aturan, of: Kerangka, places: Places | None = None
) -> Angka:
    """The numbers of one triwulan for the rows of this skeleton; ``turun2`` and ``sejak`` are filled in by
    ``riwayat.with_history``."""
    places = of.places() if places is None else places
    raw = Mentahan(len(of.kode))
    _read_performance(conn, (pemda, tahun, tw), places, raw)
    _read_money(conn, (pemda, tahun, tw * 3), places, raw)
    capaian, beyond = scaled_percents(raw.capaian)
    states, late = _reports(conn, (pemda, tahun, tw), of)
    names = {name: place for place, name in enumerate(NAMES)}
    said = (predikat(as_percent(int(value)), aturan.bacaan_predikat) for value in capaian)
    planned = shares(raw.rak, raw.rak_dari)
    usual = as_scaled(getattr(aturan, f"serapan_tw{tw}"))
    known = (raw.pagu != NA) & (raw.pagu > 0)
    return Angka(
        tahun,
        tw,
        capaian,
        shares(raw.realisasi, raw.dari),
        np.where(planned != NA, planned, np.where(known, usual, NA)),
        raw.pagu,
        np.array([NA if value is None else value for value in raw.realisasi], np.int64),
        raw.status,
        np.array([-1 if name is None else names[name] for name in said], np.int8),
        np.zeros(raw.size, np.bool_),
        np.zeros(raw.size, np.int32),
        states,
        late,
        beyond,
    )


def _read_performance(conn: Connection, at: tuple[str, int, int], places: Places, raw: Mentahan) -> None:
    k, r = tables.rollup_kinerja.c, tables.rollup_indikator.c
    codes = {name: place for place, name in enumerate(STATUS)}
    pemda, tahun, tw = at
    where = (k.pemda == pemda, k.tahun == tahun, k.tw == tw, k.level.in_(_NODES))
    for opd, kode, capaian, status, pagu in in_parts(
        conn, select(k.opd, k.kode, plain(k.capaian), k.status, k.pagu).where(*where)
    ):
        row = places.get((opd, kode))
        if row is not None:
            raw.status[row], raw.pagu[row] = codes[status], pagu
            if capaian is not None:
                raw.capaian[row] = capaian
    mine = (r.pemda == pemda, r.tahun == tahun, r.tw == tw)
    query = select(r.opd, r.indikator, plain(r.capaian), r.status).where(*mine)
    for opd, kode, capaian, status in in_parts(conn, query):
        row = places.get((opd, kode))
        if row is not None:
            raw.status[row] = codes[status]
            if capaian is not None:
                raw.capaian[row] = capaian


def _read_money(conn: Connection, at: tuple[str, int, int], places: Places, raw: Mentahan) -> None:
    """In a month that was reported, plan and pagu are those of the sub kegiatan that reported: like with like."""
    u = tables.rollup_uang.c
    pemda, tahun, bulan = at
    where = (u.pemda == pemda, u.tahun == tahun, u.bulan == bulan, u.level.in_(_NODES))
    query = select(u.opd, u.kode, u.pagu, u.rak, u.pagu_lapor, u.rak_lapor, u.realisasi).where(*where)
    for opd, kode, pagu, rak, pagu_lapor, rak_lapor, realisasi in in_parts(conn, query):
        row = places.get((opd, kode))
        if row is None:
            continue
        told = realisasi is not None
        raw.realisasi[row], raw.dari[row] = realisasi, pagu_lapor
        raw.rak[row], raw.rak_dari[row] = (rak_lapor, pagu_lapor) if told else (rak, pagu)


def _reports(conn: Connection, at: tuple[str, int, int], of: Kerangka) -> tuple[list[str], NDArray[np.int32]]:
    """Where each OPD's report stands, and its days late once it is accepted."""
    lap = tables.laporan.c
    pemda, tahun, tw = at
    query = select(lap.opd, lap.keadaan, lap.hari_terlambat).where(lap.pemda == pemda, lap.tahun == tahun, lap.tw == tw)
    found = {row.opd: (row.keadaan, row.hari_terlambat) for row in conn.execute(query)}
    nothing = (Keadaan.BELUM.value, 0)
    rows = [found.get(opd.kode, nothing) for opd in of.instansi]
    accepted = {state.value for state in ACCEPTED}
    late = np.array([days if state in accepted else -1 for state, days in rows], np.int32)
    return [state for state, _ in rows], late


def in_parts(conn: Connection, query: Any) -> Iterator[Any]:
    """The rows of a large answer, never all of them in memory at once."""
    return iter(conn.execute(query.execution_options(yield_per=PART)))


def plain(column: Any) -> Any:
    """A percent as the database's own float: exact to ten places for every percent below 100,000."""
    return type_coerce(column, Float(asdecimal=False))
