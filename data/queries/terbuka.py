"""The rows of the open data. Only what the public pages show too: names of silent OPD stay out until they may be
read, and indicators that are not public never come in."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection, and_, select

from data import tables
from data.aturan import Aturan
from data.queries.frame import frame
from data.queries.indikator import indicators_of_opd
from data.queries.kinerja import nodes_of_level, opd_standings, pemda_standing
from data.queries.pemda import Diam, Periode, coverage
from data.terbuka import COLUMNS, Isi, JenisData, Row, Tabel, rounded
from data.words import Level, Status

U, O = tables.rollup_uang, tables.opd


def open_rows(conn: Connection, pemda: str, jenis: JenisData, period: Periode, aturan: Aturan, diam: Diam) -> list[Row]:
    """One row per OPD, program, indicator (s.d. the triwulan) or OPD × month (up to it), by ``jenis``; columns and
    their meaning in ``data.terbuka.COLUMNS``. ``diam``: which OPD that have not reported may be named."""
    standings = opd_standings(conn, pemda, period.tahun, period.tw, aturan)
    told = without_untold(standings, diam)
    family = _with_units(conn, pemda, list(told["opd"]))
    if jenis == JenisData.KOTA:
        found = _city(conn, pemda, period, aturan)
    elif jenis == JenisData.OPD:
        found = told
    elif jenis == JenisData.PROGRAM:
        found = nodes_of_level(conn, pemda, period.tahun, period.tw, family, [Level.PROGRAM], aturan)
    elif jenis == JenisData.INDIKATOR:
        found = _indicators(conn, pemda, period, family, aturan)
    else:
        found = _money(conn, pemda, period, list(told["opd"]))
    return _rows(found, jenis, {"pemda": pemda, "tahun": period.tahun, "tw": period.tw})


def without_untold(standings: pd.DataFrame, diam: Diam) -> pd.DataFrame:
    """The standings (one row per OPD) without those whose silence is not to be told."""
    silent = standings["status"] == Status.BELUM_LAPOR.value
    return standings[~silent | standings["opd"].map(diam.told).astype(bool)].reset_index(drop=True)


def open_table(conn: Connection, pemda: str, jenis: JenisData, period: Periode, aturan: Aturan, diam: Diam) -> Tabel:
    """``open_rows`` ready to be handed out."""
    return Tabel.of(open_rows(conn, pemda, jenis, period, aturan, diam))


def _with_units(conn: Connection, pemda: str, opds: list[str]) -> list[str]:
    """These OPD with their units and sub-units."""
    parents = {row.kode: row.induk for row in conn.execute(select(O.c.kode, O.c.induk).where(O.c.pemda == pemda))}

    def top(kode: str) -> str:
        seen = {kode}
        while parents.get(kode) and parents[kode] not in seen:
            kode = parents[kode]
            seen.add(kode)
        return kode

    wanted = set(opds)
    return sorted(kode for kode in parents if top(kode) in wanted)


def _city(conn: Connection, pemda: str, period: Periode, aturan: Aturan) -> pd.DataFrame:
    found = pemda_standing(conn, pemda, period.tahun, period.tw, aturan)
    inside = coverage(conn, pemda, period)
    return found.assign(opd_wajib=inside.diharapkan, opd_melapor=inside.diterima)


def _indicators(conn: Connection, pemda: str, period: Periode, opds: list[str], aturan: Aturan) -> pd.DataFrame:
    found = indicators_of_opd(conn, pemda, period.tahun, period.tw, opds, aturan, only_public=True)
    names = {
        "kode": "id",
        "node": "simpul",
        "target_sd": "target",
        "target_sd_teks": "target_teks",
        "realisasi_sd": "realisasi",
        "realisasi_sd_teks": "realisasi_teks",
    }
    return found.rename(columns=names).sort_values(["opd", "id"], kind="stable")


def _money(conn: Connection, pemda: str, period: Periode, opds: list[str]) -> pd.DataFrame:
    names = [column.nama for column in COLUMNS[JenisData.UANG] if column.nama in U.c]
    levels = (Level.PEMDA.value, Level.OPD.value)
    query = (
        select(*(U.c[name] for name in names))
        .where(
            and_(U.c.pemda == pemda, U.c.tahun == period.tahun, U.c.level.in_(levels), U.c.opd.in_([*opds, ""])),
            U.c.bulan <= period.tw * 3,
        )
        .order_by(U.c.opd, U.c.bulan)
    )
    return frame(conn, query)


def _rows(found: pd.DataFrame, jenis: JenisData, when: Row) -> list[Row]:
    columns = COLUMNS[jenis]
    cells = {
        column.nama: list(found[column.nama]) if column.nama in found else [when[column.nama]] * len(found)
        for column in columns
    }
    made = [[_cell(value, column.isi, column.satuan) for value in cells[column.nama]] for column in columns]
    names = [column.nama for column in columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*made, strict=True)]


def _cell(value: Any, isi: Isi, satuan: str) -> Any:
    if value is None or (isinstance(value, float) and pd.isna(value)):
        return None
    if isi == Isi.BULAT:
        return int(value)
    return rounded(value) if satuan in {"persen", "poin"} else value
