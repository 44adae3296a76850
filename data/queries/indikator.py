"""Indicators: of a node, the worst of all, and one opened up to the row of the file it came from."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select, Table, and_, bindparam, select

from data import tables
from data.aturan import Aturan
from data.formulas.predikat import predikat, predikat_column
from data.queries.frame import frame, rows

R, I, N, O = tables.rollup_indikator, tables.indikator, tables.node, tables.opd
SHOWN = (
    R.c.opd,
    R.c.indikator.label("kode"),
    R.c.node,
    I.c.nama,
    I.c.satuan,
    I.c.arah,
    I.c.akumulasi,
    R.c.target_sd,
    R.c.target_atas_sd,
    R.c.target_teks.label("target_sd_teks"),
    R.c.realisasi_sd,
    R.c.realisasi_teks.label("realisasi_sd_teks"),
    R.c.capaian,
    (R.c.capaian - 100).label("deviasi"),
    R.c.persen_setahun,
    R.c.status,
)
_SAME = and_(I.c.pemda == R.c.pemda, I.c.tahun == R.c.tahun, I.c.opd == R.c.opd, I.c.kode == R.c.indikator)
_SAME_NODE = and_(N.c.pemda == R.c.pemda, N.c.tahun == R.c.tahun, N.c.opd == R.c.opd, N.c.kode == R.c.node)
_SAME_OPD = and_(O.c.pemda == R.c.pemda, O.c.kode == R.c.opd)


def indicators_of_opd(
    conn: Connection, pemda: str, tahun: int, tw: int, opds: list[str], aturan: Aturan, only_public: bool
) -> pd.DataFrame:
    """One row per indicator of these OPD s.d. one triwulan, in the order of their codes.

    Columns: opd, kode, node, nama, satuan, arah, akumulasi, target_sd, target_atas_sd, target_sd_teks, realisasi_sd,
    realisasi_sd_teks, capaian (percent), deviasi (points), persen_setahun, status, predikat.
    """
    query = select(*SHOWN).select_from(R.join(I, _SAME)).where(*_at(pemda, tahun, tw), R.c.opd.in_(opds))
    if only_public:
        query = query.where(I.c.publik)
    return _with_predikat(frame(conn, query.order_by(R.c.indikator, R.c.opd)), aturan)


# Written once: to put it together anew costs a reader more than the answer of the database.
_PUBLIC: Select[Any] = (
    select(*SHOWN)
    .select_from(R.join(I, _SAME))
    .where(R.c.pemda == bindparam("pemda"), R.c.tahun == bindparam("tahun"), R.c.tw == bindparam("tw"))
    .where(R.c.opd.in_(bindparam("opds", expanding=True)), I.c.publik)
    .order_by(R.c.indikator, R.c.opd)
)


def indicator_lines(
    conn: Connection, pemda: str, tahun: int, tw: int, opds: list[str], aturan: Aturan
) -> list[dict[str, Any]]:
    """The public rows of ``indicators_of_opd`` as dictionaries, at a fraction of the price."""
    found = rows(conn, _PUBLIC, {"pemda": pemda, "tahun": tahun, "tw": tw, "opds": opds})
    return [{**row, "predikat": predikat(row["capaian"], aturan.bacaan_predikat)} for row in found]


def indicators_of_node(
    conn: Connection, pemda: str, tahun: int, tw: int, opd: str, node: str, aturan: Aturan, only_public: bool
) -> pd.DataFrame:
    """One row per indicator that hangs on exactly this node; columns as ``indicators_of_opd``."""
    found = indicators_of_opd(conn, pemda, tahun, tw, [opd], aturan, only_public)
    return found[found["node"] == node].reset_index(drop=True)


def worst_indicators(
    conn: Connection, pemda: str, tahun: int, tw: int, ambang: Any, limit: int, aturan: Aturan
) -> pd.DataFrame:
    """One row per indicator below ``ambang`` percent s.d. one triwulan, worst first, at most ``limit`` rows; columns
    as ``indicators_of_opd`` plus node_nama, level and opd_nama."""
    query = (
        select(*SHOWN, N.c.nama.label("node_nama"), N.c.level, O.c.singkat.label("opd_nama"))
        .select_from(R.join(I, _SAME).join(N, _SAME_NODE).join(O, _SAME_OPD))
        .where(*_at(pemda, tahun, tw), R.c.capaian < ambang)
        .order_by(R.c.capaian, R.c.opd, R.c.indikator)
        .limit(limit)
    )
    return _with_predikat(frame(conn, query), aturan)


def _at(pemda: str, tahun: int, tw: int) -> list[Any]:
    return [R.c.pemda == pemda, R.c.tahun == tahun, R.c.tw == tw]


def _with_predikat(found: pd.DataFrame, aturan: Aturan) -> pd.DataFrame:
    found["predikat"] = predikat_column(list(found["capaian"]), aturan.bacaan_predikat)
    return found


@dataclass(frozen=True)
class Rincian:
    """One indicator opened: itself (``data``, a mapping of all columns of ``indikator``), its place, and frames.

    ``posisi``: one row per triwulan 1–4, columns as ``indicators_of_opd``.
    ``nilai``: one row per period (0 = year, 1–4): target, target_atas, target_teks, target_asli, realisasi,
    realisasi_teks, nihil, keterangan, kendala.
    ``asal``: one row per period that was reported: periode, asli, baris, kolom, nama_berkas, nomor (of the upload),
    sha256, dimuat_pada, oleh.
    """

    data: dict[str, Any]
    opd_nama: str
    node_nama: str
    level: str
    posisi: pd.DataFrame
    nilai: pd.DataFrame
    asal: pd.DataFrame


def open_indicator(conn: Connection, pemda: str, tahun: int, opd: str, kode: str, aturan: Aturan) -> Rincian | None:
    """Everything about one indicator of one year; None when it is not known."""
    same_node = and_(N.c.pemda == I.c.pemda, N.c.tahun == I.c.tahun, N.c.opd == I.c.opd, N.c.kode == I.c.node)
    same_opd = and_(O.c.pemda == I.c.pemda, O.c.kode == I.c.opd)
    query = (
        select(I, N.c.nama.label("node_nama"), N.c.level, O.c.nama.label("opd_nama"))
        .select_from(I.join(N, same_node).join(O, same_opd))
        .where(I.c.pemda == pemda, I.c.tahun == tahun, I.c.opd == opd, I.c.kode == kode)
    )
    row = conn.execute(query).mappings().first()
    if row is None:
        return None
    columns = {column.name: row[column] for column in I.columns}
    key = (pemda, tahun, opd, kode)
    return Rincian(
        columns,
        row["opd_nama"],
        row["node_nama"],
        row["level"],
        _positions(conn, key, aturan),
        _values(conn, key),
        _origins(conn, key),
    )


Key = tuple[str, int, str, str]


def _of(table: Any, key: Key) -> list[Any]:
    pemda, tahun, opd, kode = key
    t = table.c
    return [t.pemda == pemda, t.tahun == tahun, t.opd == opd, t.indikator == kode]


def _positions(conn: Connection, key: Key, aturan: Aturan) -> pd.DataFrame:
    query = select(R.c.tw, *SHOWN).select_from(R.join(I, _SAME)).where(*_of(R, key), R.c.tw.in_((1, 2, 3, 4)))
    return _with_predikat(frame(conn, query.order_by(R.c.tw)), aturan)


# What each table says of a period, and the name it goes by beside the other.
_TARGET = {"nilai": "target", "nilai_atas": "target_atas", "teks": "target_teks", "asli": "target_asli"}
_REALISASI = {name: name for name in ("nihil", "keterangan", "kendala")} | {
    "nilai": "realisasi",
    "teks": "realisasi_teks",
}


def _values(conn: Connection, key: Key) -> pd.DataFrame:
    targets, answers = (
        _by_period(conn, tables.target, _TARGET, key),
        _by_period(conn, tables.realisasi, _REALISASI, key),
    )
    merged = targets.merge(answers, on="periode", how="outer").sort_values("periode").reset_index(drop=True)
    return merged.astype(object).where(merged.notna(), None)


def _by_period(conn: Connection, table: Table, names: dict[str, str], key: Key) -> pd.DataFrame:
    shown = [table.c[name].label(label) for name, label in names.items()]
    return frame(conn, select(table.c.periode, *shown).where(*_of(table, key)))


def _origins(conn: Connection, key: Key) -> pd.DataFrame:
    r, u = tables.realisasi.c, tables.unggahan.c
    query = (
        select(r.periode, r.asli, r.baris, r.kolom, u.nama_berkas, u.nomor, u.sha256, u.dimuat_pada, u.oleh)
        .select_from(tables.realisasi.join(tables.unggahan, and_(u.pemda == r.pemda, u.nomor == r.unggahan)))
        .where(*_of(tables.realisasi, key))
        .order_by(r.periode)
    )
    return frame(conn, query)
