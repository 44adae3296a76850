"""A small made-up government whose numbers lie on and beside every limit, and a plain second way to filter it."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Engine, insert

from data import tables
from data.formulas.predikat import predikat
from data.words import Status

PEMDA = "16.71"
TAHUN = 2026
LIMITS = ("0", "50", "65.9999999999", "66", "66.0000000001", "89.9999999999", "90", "99.9999999999", "100")
VALUES = [None, *(Decimal(text) for text in (*LIMITS, "100.0000000001", "130", "123456.7", "12345678901.5"))]
OPD = (
    ("1.01.0.00.0.00.01.0000", "Dinas Pendidikan", "dinas", None),
    ("1.02.2.14.0.00.01.0000", "Dinas Kesehatan", "dinas", None),
    ("1.02.2.14.0.00.01.0001", "Puskesmas Dempo", "dinas", "1.02.2.14.0.00.01.0000"),
    ("7.01.0.00.0.00.01.0000", "Kecamatan Gandus", "kecamatan", None),
    ("9.99.0.00.0.00.01.0000", "Badan Tanpa Rencana", "badan", None),
)
QUARTERS = [(2025, 1), (2025, 2), (2025, 3), (2025, 4), (2026, 1), (2026, 2), (2026, 3)]
REPORTS = {OPD[0][0]: ("terbit", 0), OPD[1][0]: ("terverifikasi", 3), OPD[3][0]: ("dikembalikan", 9)}


@dataclass
class Naif:
    """One row the plain way: everything known of it, per quarter."""

    unit: str
    akar: str
    jenis: str
    kode: str
    level: str
    nama: str
    induk: "Naif | None"
    arah: str
    dana: set[str]
    urusan: set[str]
    capaian: dict[tuple[int, int], Decimal | None]
    status: dict[tuple[int, int], str]
    pagu: int | None = None
    realisasi: int | None = None
    pagu_lapor: int = 0

    @property
    def serapan(self) -> Decimal | None:
        if self.realisasi is None or not self.pagu_lapor:
            return None
        return (Decimal(self.realisasi) * 100 / self.pagu_lapor).quantize(Decimal("1e-10"), "ROUND_HALF_UP")

    def lineage(self) -> "list[Naif]":
        return [self, *(self.induk.lineage() if self.induk else [])]


def build(engine: Engine, seed: int = 7) -> list[Naif]:
    """Fill the database; the same rows the plain way, in no particular order."""
    dice = random.Random(seed)
    rows = [row for opd in OPD[:4] for row in _opd_rows(dice, *opd)]
    _join(rows)
    with engine.begin() as conn:
        _people(conn)
        for year in sorted({tahun for tahun, _ in QUARTERS}):
            _plan(conn, rows, year)
        _rollups(conn, rows)
    return [row for row in rows if row.level not in ("bidang",) and not (row.level == "opd" and row.unit != row.akar)]


def _opd_rows(dice: random.Random, kode: str, nama: str, jenis: str, induk: str | None) -> list[Naif]:
    root = induk or kode
    bidang = {part for part in (kode[:4], kode[5:9]) if part != "0.00"}

    def row(level: str, own: str, name: str, parent: Naif | None, dana: str = "", arah: str = "") -> Naif:
        values = {quarter: dice.choice(VALUES) for quarter in QUARTERS}
        urusan = bidang if level in ("opd", "sasaran") else {own[:4]}
        if level == "indikator":
            urusan = parent.urusan
        states = {at: _status(dice, value) for at, value in values.items()}
        return Naif(kode, root, jenis, own, level, name, parent, arah, {dana} - {""}, urusan, values, states)

    top = row("opd", "", nama, None)
    made = [top]
    goal = row("sasaran", "S1", "Meningkatnya mutu jalan", top)
    made += [goal, row("indikator", "S1#1", "Indeks mutu jalan", goal, arah="naik")]
    for program in ("01", "02"):
        p = row("program", f"{kode[:4]}.{program}", f"Program {program}", top)
        made += [p, row("indikator", f"{p.kode}#1", "Nilai AKIP", p, arah=dice.choice(["naik", "turun", "rentang"]))]
        k = row("kegiatan", f"{p.kode}.2.01", f"Kegiatan jalan {program}", p)
        made.append(k)
        for sub in range(1, 4):
            s = row("sub_kegiatan", f"{k.kode}.{sub:04d}", f"Sub {sub}", k, dice.choice(["DAU", "DAK, Fisik", "PAD"]))
            made += [s, row("indikator", f"{s.kode}#1", f"Panjang Jalan {sub}", s, arah=dice.choice(["naik", "turun"]))]
    for one in made:
        if one.level not in ("indikator", "sasaran"):
            one.pagu = dice.choice([0, 7, 1000, 3_000_000_000])
            one.pagu_lapor = dice.choice([0, one.pagu])
            one.realisasi = dice.choice([None, 0, one.pagu * 60 // 100, one.pagu])
    return made


def _status(dice: random.Random, capaian: Decimal | None) -> str:
    if capaian is None:
        return dice.choice([Status.BELUM_LAPOR, Status.TANPA_TARGET, Status.NIHIL]).value
    return (Status.TERCAPAI if capaian >= 100 else Status.PERHATIAN if capaian >= 90 else Status.DI_BAWAH).value


def _join(rows: list[Naif]) -> None:
    """Hang what a unit holds under its OPD; let sources of money rise and fall through the tree."""
    roots = {row.unit: row for row in rows if row.level == "opd" and row.unit == row.akar}
    for row in rows:
        if row.induk is not None and row.induk.level == "opd":
            row.induk = roots[row.akar]
    _spread_money(rows)
    for row in rows:
        if row.level == "program":
            row.induk.urusan = row.induk.urusan | row.urusan


def _spread_money(rows: list[Naif]) -> None:
    """A node has the sources of all that is beneath it, an indicator those of its node."""
    for row in rows:
        row.dana = {one.replace(",", ";") for one in row.dana}
    own = [(row, set(row.dana)) for row in rows if row.level == "sub_kegiatan"]
    for row, dana in own:
        for above in row.lineage():
            above.dana |= dana
    for row in rows:
        if row.level == "indikator":
            row.dana = row.induk.dana


def _people(conn: Any) -> None:
    conn.execute(
        insert(tables.pemda), [{"kode": PEMDA, "nama": "Kota Uji", "jenis": "kota", "contoh": True, "versi": 1}]
    )
    names = ("kode", "nama", "jenis", "induk")
    opds = [{"pemda": PEMDA, "urutan": at, **dict(zip(names, opd, strict=True))} for at, opd in enumerate(OPD)]
    conn.execute(insert(tables.opd), opds)
    upload = {
        "pemda": PEMDA,
        "nomor": 1,
        "nama_berkas": "uji.csv",
        "sha256": "0" * 64,
        "jenis": "contoh",
        "oleh": "uji",
    }
    conn.execute(insert(tables.unggahan), [{**upload, "dimuat_pada": datetime.now(UTC)}])
    for opd, (state, late) in REPORTS.items():
        row = {"pemda": PEMDA, "tahun": TAHUN, "opd": opd, "keadaan": state, "hari_terlambat": late}
        conn.execute(insert(tables.laporan), [{**row, "tw": tw} for tw in (1, 2, 3)])


def _plan(conn: Any, rows: list[Naif], year: int) -> None:
    at = {"pemda": PEMDA, "tahun": year, "unggahan": 1, "baris": 2}
    nodes = [row for row in rows if row.level not in ("opd", "indikator")]
    for unit in sorted({row.unit for row in rows}):
        bidang = {"opd": unit, "kode": unit[:4], "level": "bidang", "nama": "Bidang", "induk": None}
        conn.execute(insert(tables.node), [{**at, **bidang}])
    for row in nodes:
        top = row.induk is None or row.induk.level == "opd"
        induk = (None if row.level == "sasaran" else row.unit[:4]) if top else row.induk.kode
        dana = next(iter(row.dana)).replace(";", ",") if row.level == "sub_kegiatan" else ""
        own = {"opd": row.unit, "kode": row.kode, "level": row.level, "nama": row.nama, "induk": induk}
        conn.execute(insert(tables.node), [{**at, **own, "sumber_dana": dana}])
    for row in rows:
        if row.level == "indikator":
            own = {"opd": row.unit, "kode": row.kode, "node": row.induk.kode, "nama": row.nama, "arah": row.arah}
            conn.execute(insert(tables.indikator), [{**at, **own, "akumulasi": "jumlah", "satuan": "km"}])


COUNTS = dict.fromkeys(("jumlah_indikator", "dihitung", "tanpa_target", "belum_lapor", "nihil"), 0)


def _rollups(conn: Any, rows: list[Naif]) -> None:
    for tahun, tw in QUARTERS:
        at = {"pemda": PEMDA, "tahun": tahun, "tw": tw}
        for row in rows:
            said = {"opd": row.unit, "capaian": row.capaian[tahun, tw], "status": row.status[tahun, tw]}
            if row.level == "indikator":
                own = {"indikator": row.kode, "node": row.induk.kode, "realisasi_sd": Decimal(5), "target_sd": None}
                conn.execute(insert(tables.rollup_indikator), [{**at, **said, **own}])
            else:
                own = {"level": row.level, "kode": row.kode, "pagu": row.pagu or 0, **COUNTS}
                conn.execute(insert(tables.rollup_kinerja), [{**at, **said, **own}])
    for row in rows:
        if row.pagu is not None:
            at = {"pemda": PEMDA, "tahun": TAHUN, "bulan": 9, "level": row.level, "opd": row.unit, "kode": row.kode}
            own = {"pagu": row.pagu, "pagu_lapor": row.pagu_lapor, "realisasi": row.realisasi, "pagu_fisik": 0}
            conn.execute(insert(tables.rollup_uang), [{**at, **own, "sub_kegiatan": 1, "dilaporkan": 1}])


def matches(row: Naif, q: Any, quarters: list[tuple[int, int]]) -> bool:
    """Does one row meet a filter, condition by condition, with exact decimals?"""
    plan = [
        not q.urusan or bool(row.urusan & set(q.urusan)),
        not q.dana or bool(row.dana & set(q.dana)),
        not q.jenis or row.jenis in q.jenis,
        not q.opd or row.akar in q.opd or row.unit in q.opd,
        not q.program or any(one.level == "program" and one.kode in q.program for one in row.lineage()),
        not q.level or row.level in q.level,
        not q.arah or row.arah in q.arah,
        all(word in f"{row.nama} {row.kode or row.unit}".casefold() for word in q.cari.casefold().split()),
        not q.turun2 or falls_twice(row),
    ]
    return all(plan) and all(_in_quarter(row, q, at) for at in quarters)


def _in_quarter(row: Naif, q: Any, at: tuple[int, int]) -> bool:
    capaian, serapan = row.capaian[at], row.serapan if at[1] == 3 else None
    deviasi = None if capaian is None else capaian - 100
    state, late = REPORTS.get(row.akar, ("belum", 0))
    name = (predikat(capaian) or "").lower().replace(" ", "_")
    return all(
        [
            not q.status or row.status[at] in q.status,
            not q.predikat or name in q.predikat,
            q.terlambat is None or (state in ("terbit", "terverifikasi") and (late > 0) == q.terlambat),
            _inside(capaian, q.capaian_min, q.capaian_maks),
            _inside(serapan, q.serapan_min, q.serapan_maks),
            _inside(deviasi, q.deviasi_min, q.deviasi_maks),
            q.tertinggal is None or (serapan is not None and capaian is not None and serapan - capaian >= q.tertinggal),
        ]
    )


def _inside(value: Decimal | None, low: Decimal | None, high: Decimal | None) -> bool:
    if low is None and high is None:
        return True
    return value is not None and (low is None or value >= low) and (high is None or value <= high)


def falls_twice(row: Naif, at: tuple[int, int] = QUARTERS[-1]) -> bool:
    """In TW III against TW I and II, in TW IV against TW II and III; never over New Year."""
    last = [row.capaian.get((at[0], tw)) for tw in range(at[1] - 2, at[1] + 1)]
    return None not in last and last[0] > last[1] > last[2]


def since(row: Naif) -> tuple[int, int] | None:
    found = None
    for at in reversed(QUARTERS):
        value = row.capaian[at]
        if value is None or value >= 100:
            return found
        found = at
    return found
