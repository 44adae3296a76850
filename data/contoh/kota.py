"""The whole sample city: every OPD's plan, figures, money and reports, as the files people would have sent in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from random import Random
from typing import Any, Final

from data.contoh import baris, cerita
from data.contoh.bacaan import Perangkat, read_opd
from data.contoh.bentuk import Rencana, Simpai
from data.contoh.kalender import first_day_after, periods, wib
from data.contoh.kinerja import Jalan, achieve
from data.contoh.laporan import Kedatangan, arrival, report_row
from data.contoh.nama import slug
from data.contoh.rencana import plan
from data.contoh.uang import months
from data.store import Berkas, Muatan
from data.words import JenisBerkas, Level

Row = dict[str, Any]
File = tuple[Berkas, Muatan]
TAHUN: Final = range(2024, 2027)
HARI_INI: Final = date(2026, 10, 22)
"""The day the sample city lives in: TW III 2026 is on time until the 15th and locked on the 24th."""


@dataclass
class Kota:
    """The generated city. ``berkas``: every upload with its rows, oldest first; ``periode``: the calendar."""

    pemda: str
    nama: str
    catatan: str
    periode: list[Row]
    berkas: list[File] = field(default_factory=list)

    def rows(self, table: str) -> list[Row]:
        """All rows of one table as they stand after the last upload, one per key."""
        keys = KEYS[table]
        latest: dict[tuple[Any, ...], Row] = {}
        for _, muatan in self.berkas:
            for row in getattr(muatan, table):
                latest[tuple(row[name] for name in keys)] = row
        return list(latest.values())


KEYS: Final = {
    "opd": ("kode",),
    "node": ("tahun", "opd", "kode"),
    "indikator": ("tahun", "opd", "kode"),
    "target": ("tahun", "opd", "indikator", "periode"),
    "realisasi": ("tahun", "opd", "indikator", "periode"),
    "keuangan": ("tahun", "opd", "node", "bulan"),
    "laporan": ("tahun", "tw", "opd"),
}


@dataclass
class Keluarga:
    """One OPD with its units in one year: plans, ways of the indicators, and when each report came."""

    opd: Perangkat
    tahun: int
    plans: list[Rencana]
    points: tuple[float, ...]
    ways: list[Jalan]
    come: dict[int, Kedatangan]

    def carried_by(self, tw: int) -> int | None:
        """The triwulan whose file brings the figures of ``tw``: its own, or the next that was reported."""
        return next((later for later in range(tw, 5) if later in self.come), None)


def generate(pemda: str = "16.71", hari_ini: date = HARI_INI, tahun: Iterable[int] = TAHUN, scale: float = 1) -> Kota:
    """Make the city up to the end of ``hari_ini``; equal arguments give equal cities."""
    years = list(tahun)
    note = "Data contoh: seluruh angka rekaan; susunan dan kode OPD tidak resmi."
    kota = Kota(pemda, "Kota Palembang", note, periods(years))
    for year in years:
        families = [_family(opd, units, year, hari_ini, scale) for opd, units in _families()]
        baris.number_lines([one for family in families for one in family.plans])
        kota.berkas.append(_plan_file(families, year, first=year == years[0]))
        kota.berkas.extend(_money_and_reports(families, year, hari_ini))
    kota.berkas.sort(key=lambda file: (file[0].dimuat_pada, file[0].nama_berkas))
    return kota


def _families() -> Iterator[tuple[Perangkat, list[Perangkat]]]:
    everyone = read_opd()
    for opd in everyone:
        if opd.induk is None:
            yield opd, [unit for unit in everyone if unit.induk == opd.kode]


def _family(opd: Perangkat, units: list[Perangkat], tahun: int, hari_ini: date, scale: float) -> Keluarga:
    plans = [plan(one, tahun, scale) for one in (opd, *units)]
    points = cerita.points(opd.singkat, tahun, Random(f"poin|{opd.kode}|{tahun}"))
    closed = [tw for tw in (1, 2, 3, 4) if first_day_after(tahun, tw) <= hari_ini]
    nihil = {tw for tw in (1, 2, 3, 4) if (opd.singkat, tahun, tw) in cerita.NIHIL}
    indicators = [ukur for one in plans for ukur in one.ukur]
    seed = f"{opd.kode}|{tahun}"
    ways = achieve(indicators, points[: len(closed)], nihil, cerita.BIANG.get(opd.singkat), seed)
    arrivals = {tw: arrival(opd, tahun, tw, hari_ini) for tw in closed}
    return Keluarga(opd, tahun, plans, points, ways, {tw: one for tw, one in arrivals.items() if one is not None})


def _plan_file(families: list[Keluarga], tahun: int, first: bool) -> File:
    muatan = Muatan()
    if first:
        muatan.opd = [_opd_row(opd) for opd in read_opd()]
    for family in families:
        for one in family.plans:
            muatan.node += [baris.node_row(node, tahun) for node in one.simpai]
            muatan.indikator += [baris.indikator_row(ukur, tahun) for ukur in one.ukur]
            muatan.target += [row for ukur in one.ukur for row in baris.target_rows(ukur, tahun)]
    name = f"renja_kota_palembang_{tahun}.xlsx"
    lines = max(row["baris"] for row in muatan.indikator)
    loaded = wib(date(tahun, 1, 9), 9, 15)
    return Berkas(**_file(name, JenisBerkas.RENJA, "bappeda", lines), tahun=tahun, dimuat_pada=loaded), muatan


def _opd_row(opd: Perangkat) -> Row:
    names = ("kode", "nama", "singkat", "jenis", "induk", "urutan")
    return {name: getattr(opd, name) for name in names}


def _file(name: str, kind: JenisBerkas, by: str, lines: int) -> dict[str, Any]:
    return {
        "nama_berkas": name,
        "sha256": sha256(f"contoh|{name}|{lines}".encode()).hexdigest(),
        "jenis": kind,
        "oleh": by,
        "ukuran": 9_300 + 118 * lines,
        "jumlah_baris": lines,
    }


def _money_and_reports(families: list[Keluarga], tahun: int, hari_ini: date) -> Iterator[File]:
    unreported: list[Row] = []
    total = 0
    for family in families:
        money = _money_rows(family)
        total += sum(len(rows) for rows in money.values())
        unreported += money.pop(0, [])
        for tw, come in family.come.items():
            yield _report_file(family, tw, come, hari_ini)
            if money.get(tw):
                yield _money_file(family, tw, come, money[tw])
    muatan = Muatan(keuangan=unreported)
    facts = _file(f"rak_kota_palembang_{tahun}.xlsx", JenisBerkas.KEUANGAN, "bpkad", total)
    yield Berkas(**facts, tahun=tahun, dimuat_pada=wib(date(tahun, 1, 12), 10, 40)), muatan


def _money_rows(family: Keluarga) -> dict[int, list[Row]]:
    """Rows by the triwulan whose file brings them; 0 = the plan only, nobody reported them yet."""
    rows: dict[int, list[Row]] = defaultdict(list)
    pace = cerita.LAJU.get(family.opd.singkat, 0.0) if family.tahun == 2026 else 0.0
    pace = pace or Random(f"laju|{family.opd.kode}|{family.tahun}").uniform(0.94, 1.05)
    # An OPD that is behind in its results is behind on the ground too.
    health = 1.02 - max(family.points) / 110
    line = baris.KEPALA
    for node in _subs(family):
        line += 1
        for month in months(node, family.tahun, pace, health):
            tw = family.carried_by((month.bulan + 2) // 3) or 0
            rows[tw].append(baris.keuangan_row(node, family.tahun, month, tw > 0, line))
    return rows


def _subs(family: Keluarga) -> Iterator[Simpai]:
    return (node for one in family.plans for node in one.simpai if node.level == Level.SUB_KEGIATAN)


def _report_file(family: Keluarga, tw: int, come: Kedatangan, hari_ini: date) -> File:
    """The indicator file of one triwulan, with the late figures of earlier unreported ones."""
    opd, tahun = family.opd, family.tahun
    muatan = Muatan(laporan=[report_row(opd, tahun, tw, come, family.points[tw - 1], hari_ini)])
    for line, way in enumerate(family.ways, start=baris.KEPALA + 1):
        for period in range(1, tw + 1):
            if family.carried_by(period) == tw:
                row = baris.realisasi_row(way, tahun, period, line)
                muatan.realisasi += [row] if row else []
    facts = _file(f"{slug(opd.singkat)}_tw{tw}_{tahun}.xlsx", JenisBerkas.REALISASI_TW, _sender(opd), len(family.ways))
    return Berkas(**facts, opd=opd.kode, tahun=tahun, tw=tw, dimuat_pada=come.diterima), muatan


def _money_file(family: Keluarga, tw: int, come: Kedatangan, rows: list[Row]) -> File:
    opd, tahun = family.opd, family.tahun
    name = f"{slug(opd.singkat)}_keuangan_tw{tw}_{tahun}.xlsx"
    facts = _file(name, JenisBerkas.KEUANGAN, _sender(opd), len(rows))
    loaded = come.diterima + timedelta(minutes=4)
    return Berkas(**facts, opd=opd.kode, tahun=tahun, tw=tw, dimuat_pada=loaded), Muatan(keuangan=rows)


def _sender(opd: Perangkat) -> str:
    return f"operator.{slug(opd.singkat)}"
