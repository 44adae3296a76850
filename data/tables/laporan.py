"""The calendar, where each report stands, and the settings that differ from their defaults."""

from sqlalchemy import Boolean, Column, Date, Integer, String, Table, Text

from data.tables.dasar import belongs_to, key, metadata
from data.types import Waktu

# One row per triwulan of a year: the calendar. Instants are UTC.
periode = Table(
    "periode",
    metadata,
    key("pemda", size=13),
    key("tahun", Integer),
    key("tw", Integer),
    Column("dibuka", Waktu, nullable=False),
    Column("tepat_waktu_sampai", Waktu, nullable=False),
    Column("dikunci", Waktu, nullable=False),
    Column("data_per", Date, nullable=False),
)

# One row per OPD × triwulan whose report has begun; no row means ``belum``.
laporan = Table(
    "laporan",
    metadata,
    key("pemda", size=13),
    key("tahun", Integer),
    key("tw", Integer),
    key("opd"),
    Column("keadaan", String(14), nullable=False),
    Column("nihil", Boolean, nullable=False, default=False),
    Column("alasan_nihil", Text, nullable=False, server_default=""),
    Column("diterima_pada", Waktu),
    Column("hari_terlambat", Integer, nullable=False, server_default="0"),
    Column("diverifikasi_pada", Waktu),
    Column("tanggapan", Text, nullable=False, server_default=""),
    Column("faktor_pendorong", Text, nullable=False, server_default=""),
    Column("faktor_penghambat", Text, nullable=False, server_default=""),
    Column("tindak_lanjut", Text, nullable=False, server_default=""),
    Column("unggahan", Integer),
    belongs_to("opd", "opd", "kode"),
)

# One row per setting [S] that differs from its default in data/aturan.py.
aturan = Table("aturan", metadata, key("pemda", size=13), key("kunci"), Column("nilai", Text, nullable=False))
