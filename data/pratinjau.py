"""How a submission would change things: the same questions asked before and after storing it, in a transaction that is
always rolled back. What the preview shows is therefore what accepting it will make, to the last digit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

import pandas as pd
from sqlalchemy import Connection, Engine, select

from data import tables
from data.ask import Memory
from data.aturan import Aturan, read_aturan
from data.cocok import check_plan
from data.engine import reading, writing
from data.kiriman import Alamat
from data.lengkapi import complete
from data.queries.kinerja import family, nodes_of_level, opd_standings, pemda_standing
from data.queries.pemda import read_version
from data.simpanan import unpack
from data.store import Berkas, Muatan, Tersimpan, store_files
from data.words import ACCEPTED, JenisBerkas, Keadaan, Level

LARGEST: Final = 10
CHANGES: Final = ("jenis", "opd", "kode", "nama", "periode", "lama", "baru")
"""Columns of ``perubahan``: ``jenis`` is realisasi or keuangan, ``periode`` the triwulan or the month."""
MOST_SEEN: Final = 64
_seen = Memory(MOST_SEEN, lambda _: 1)
Values = dict[tuple[str, str, str, int], Any]


@dataclass(frozen=True)
class Gambaran:
    """What screens draw of one OPD: its row among the OPD and the government's (mappings with the columns of
    ``opd_standings``; None when not there), its programs (columns of ``nodes_of_level``), and its fisik in percent."""

    opd: dict[str, Any] | None
    pemda: dict[str, Any] | None
    program: pd.DataFrame
    fisik: Decimal | None = None


@dataclass(frozen=True)
class Pratinjau:
    """Before and after. ``perubahan``: one row per value that would be another, largest relative change first, columns
    CHANGES; ``tambah``, ``ubah``, ``tetap`` count answers, ``hilang`` those given before and not in this version;
    ``uang_lama`` and ``uang_baru`` are the rupiah of the quarter."""

    sebelum: Gambaran
    sesudah: Gambaran
    perubahan: pd.DataFrame
    tambah: int
    ubah: int
    tetap: int
    hilang: int
    uang_lama: int
    uang_baru: int


def preview_of(engine: Engine, pemda: str, row: Mapping[str, Any]) -> Pratinjau:
    """As ``preview``, of one stored version (all columns of ``kiriman``). Remembered until the data change: a preview
    stands in line with those who write, and a page may be looked at as often as one likes. Never change what it says.

    Raises LoadError when the plan no longer knows what the version speaks of.
    """
    muatan = unpack(row["muatan"])
    with reading(engine) as conn:
        key = (str(engine.url), pemda, row["nomor"], row["dibuat_pada"], read_version(conn, pemda))
        check_plan(conn, pemda, muatan)
    try:
        known: Pratinjau = _seen.get(key)
    except KeyError:
        known = preview(engine, pemda, Alamat(row["tahun"], row["tw"], row["opd"]), muatan, row["nihil"])
        _seen.put(key, known)
    return known


def preview(engine: Engine, pemda: str, alamat: Alamat, muatan: Muatan, nihil: bool = False) -> Pratinjau:
    """The figures before and after this version would be accepted. Nothing is stored.

    Raises DatabaseAwayError when the database does not answer, LoadError when the rows do not fit the plan.
    """
    with writing(engine) as conn:
        rules = read_aturan(conn, pemda)
        opds = family(conn, pemda, alamat.opd) or [alamat.opd]
        old = _stored(conn, pemda, alamat, opds)
        before = _picture(conn, pemda, alamat, opds, rules)
        said = _said(muatan)
        complete(conn, pemda, alamat, muatan)
        muatan.laporan = [_as_accepted(conn, pemda, alamat, nihil)]
        store_files(
            conn, pemda, [(Berkas("pratinjau", "0" * 64, JenisBerkas.LAPORAN, "pratinjau", alamat.opd), muatan)]
        )
        new = _stored(conn, pemda, alamat, opds)
        after = _picture(conn, pemda, alamat, opds, rules)
        names = _names(conn, pemda, alamat.tahun, opds)
        conn.rollback()
    return _compare(before, after, old, new, said, names)


def rehearse(engine: Engine, pemda: str, berkas: Berkas, muatan: Muatan) -> Tersimpan:
    """What storing one file would do, in rows; nothing is stored. Raises LoadError when the rows do not fit."""
    with writing(engine) as conn:
        (done,) = store_files(conn, pemda, [(berkas, muatan)])
        conn.rollback()
    return done


def _as_accepted(conn: Connection, pemda: str, alamat: Alamat, nihil: bool) -> dict[str, Any]:
    lap = tables.laporan.c
    where = (lap.pemda == pemda, lap.tahun == alamat.tahun, lap.tw == alamat.tw, lap.opd == alamat.opd)
    stands = conn.execute(select(lap.keadaan).where(*where)).scalar()
    state = stands if stands in ACCEPTED else Keadaan.TERVERIFIKASI.value
    row = {"tahun": alamat.tahun, "tw": alamat.tw, "opd": alamat.opd, "keadaan": state, "nihil": nihil}
    return row | {"diterima_pada": datetime.now(UTC)}


def _picture(conn: Connection, pemda: str, alamat: Alamat, opds: list[str], rules: Aturan) -> Gambaran:
    all_of_them = opd_standings(conn, pemda, alamat.tahun, alamat.tw, rules)
    program = nodes_of_level(conn, pemda, alamat.tahun, alamat.tw, opds, [Level.PROGRAM], rules)
    whole = pemda_standing(conn, pemda, alamat.tahun, alamat.tw, rules)
    return Gambaran(
        _one(all_of_them[all_of_them["opd"] == alamat.opd]), _one(whole), program, _fisik(conn, pemda, alamat)
    )


def _fisik(conn: Connection, pemda: str, alamat: Alamat) -> Decimal | None:
    """The pagu-weighted fisik at the end of the quarter; None when nothing says it."""
    u = tables.rollup_uang.c
    of_opd = (u.pemda == pemda, u.tahun == alamat.tahun, u.level == Level.OPD.value, u.opd == alamat.opd)
    found: Decimal | None = conn.execute(select(u.fisik).where(*of_opd, u.bulan == alamat.tw * 3)).scalar()
    return found


def _one(found: pd.DataFrame) -> dict[str, Any] | None:
    return None if found.empty else {str(name): value for name, value in found.iloc[0].to_dict().items()}


def _stored(conn: Connection, pemda: str, alamat: Alamat, opds: list[str]) -> Values:
    """What is stored for the quarter: the answer of each indicator, the rupiah of each month."""
    r, k = tables.realisasi.c, tables.keuangan.c
    of_quarter = (r.pemda == pemda, r.tahun == alamat.tahun, r.opd.in_(opds), r.periode == alamat.tw)
    answers = conn.execute(select(r.opd, r.indikator, r.nilai, r.teks, r.nihil).where(*of_quarter))
    found: Values = {
        ("realisasi", row.opd, row.indikator, alamat.tw): _answer(row.nilai, row.teks, row.nihil) for row in answers
    }
    of_months = (k.pemda == pemda, k.tahun == alamat.tahun, k.opd.in_(opds), k.bulan.in_(months_of(alamat.tw)))
    for row in conn.execute(select(k.opd, k.node, k.bulan, k.realisasi).where(*of_months)):
        found["keuangan", row.opd, row.node, row.bulan] = row.realisasi
    return {key: value for key, value in found.items() if value is not None}


def months_of(tw: int) -> range:
    """The months of a quarter."""
    return range(3 * tw - 2, 3 * tw + 1)


def _answer(nilai: Decimal | None, teks: str | None, nihil: bool) -> Any:
    return "nihil" if nihil else nilai if nilai is not None else teks


def _said(muatan: Muatan) -> set[tuple[str, str, str, int]]:
    """The keys this version speaks of."""
    answers = {("realisasi", row["opd"], row["indikator"], row["periode"]) for row in muatan.realisasi}
    return answers | {("keuangan", row["opd"], row["node"], row["bulan"]) for row in muatan.keuangan}


def _names(conn: Connection, pemda: str, tahun: int, opds: list[str]) -> dict[tuple[str, str], str]:
    i, n = tables.indikator.c, tables.node.c
    found: dict[tuple[str, str], str] = {}
    for c in (i, n):
        rows = conn.execute(select(c.opd, c.kode, c.nama).where(c.pemda == pemda, c.tahun == tahun, c.opd.in_(opds)))
        found |= {(row.opd, row.kode): row.nama for row in rows}
    return found


def _compare(
    before: Gambaran,
    after: Gambaran,
    old: Values,
    new: Values,
    said: set[tuple[str, str, str, int]],
    names: dict[tuple[str, str], str],
) -> Pratinjau:
    changed = [key for key in sorted(old.keys() | new.keys()) if old.get(key) != new.get(key)]
    changed.sort(key=lambda key: (-_size(old.get(key), new.get(key)), -_amount(old.get(key), new.get(key))))
    rows = [[key[0], key[1], key[2], names.get(key[1:3], ""), key[3], old.get(key), new.get(key)] for key in changed]
    return Pratinjau(
        before,
        after,
        pd.DataFrame(rows, columns=list(CHANGES), dtype=object),
        tambah=sum(key not in old for key in changed),
        ubah=sum(key in old for key in changed),
        tetap=sum(key in old for key in said) - sum(key in old and key in said for key in changed),
        hilang=len(old.keys() - said),
        uang_lama=_rupiah(old.items()),
        uang_baru=_rupiah(new.items()),
    )


def _size(old: Any, new: Any) -> float:
    """How large a change is beside what stood there; something from nothing is the largest."""
    if not isinstance(old, Decimal | int) or not isinstance(new, Decimal | int):
        return float("inf") if old is None or new is None else 1.0
    return abs(float(new - old)) / max(abs(float(old)), 1e-9)


def _amount(old: Any, new: Any) -> float:
    """How much a value moves, counted from nothing where nothing stood: the order among changes alike in size."""
    known = [float(value) if isinstance(value, Decimal | int) else 0.0 for value in (old, new)]
    return abs(known[1] - known[0])


def _rupiah(values: Iterable[tuple[tuple[str, str, str, int], Any]]) -> int:
    return sum(int(value) for key, value in values if key[0] == "keuangan")
