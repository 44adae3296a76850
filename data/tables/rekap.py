"""Rollups: what screens read, rebuilt from the other tables by ``data/rollups``."""

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text

from data.tables.dasar import key, metadata
from data.types import Persen, Ukuran

# One row per indicator × triwulan that has begun: realisasi and target so far, and what they make.
rollup_indikator = Table(
    "rollup_indikator",
    metadata,
    key("pemda", size=13),
    key("tahun", Integer),
    key("tw", Integer),
    key("opd"),
    key("indikator", size=60),
    Column("node", String(40), nullable=False),
    Column("target_sd", Ukuran),
    Column("target_atas_sd", Ukuran),
    Column("target_teks", Text),
    Column("realisasi_sd", Ukuran),
    Column("realisasi_teks", Text),
    Column("capaian", Persen),
    Column("persen_setahun", Persen),
    Column("status", String(12), nullable=False),
    Index("ix_rollup_indikator_terburuk", "pemda", "tahun", "tw", "capaian"),
    sqlite_with_rowid=False,
)

# One row per node (and per OPD, and for the pemda with opd = kode = '') × triwulan that has begun.
rollup_kinerja = Table(
    "rollup_kinerja",
    metadata,
    key("pemda", size=13),
    key("tahun", Integer),
    key("tw", Integer),
    key("level", size=12),
    key("opd"),
    key("kode"),
    Column("induk", String(40)),
    Column("capaian", Persen),
    Column("capaian_tanpa_batas", Persen),
    Column("capaian_tertimbang", Persen),
    Column("status", String(12), nullable=False),
    Column("jumlah_indikator", Integer, nullable=False),
    Column("dihitung", Integer, nullable=False),
    Column("tanpa_target", Integer, nullable=False),
    Column("belum_lapor", Integer, nullable=False),
    Column("nihil", Integer, nullable=False),
    Column("pagu", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

# One row per node (and OPD, and pemda) × month: cumulative rupiah, pagu-weighted fisik. ``*_lapor`` and realisasi
# count only the sub kegiatan that reported that month, ``pagu_fisik`` those whose fisik is in the two percents, so that
# an incomplete total is compared with its like. A plan that only part of them have is no plan (NULL).
rollup_uang = Table(
    "rollup_uang",
    metadata,
    key("pemda", size=13),
    key("tahun", Integer),
    key("bulan", Integer),
    key("level", size=12),
    key("opd"),
    key("kode"),
    Column("induk", String(40)),
    Column("pagu", BigInteger, nullable=False),
    Column("rak", BigInteger),
    Column("pagu_lapor", BigInteger, nullable=False),
    Column("pagu_fisik", BigInteger, nullable=False),
    Column("rak_lapor", BigInteger),
    Column("realisasi", BigInteger),
    Column("fisik_rencana", Persen),
    Column("fisik", Persen),
    Column("sub_kegiatan", Integer, nullable=False),
    Column("dilaporkan", Integer, nullable=False),
    sqlite_with_rowid=False,
)
