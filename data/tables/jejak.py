"""The audit trail: rows are only ever added, and each carries the hash of the one before."""

from sqlalchemy import Column, Index, Integer, String, Table, Text

from data.tables.dasar import key, metadata
from data.types import Waktu

# One row per event that somebody answers for.
jejak = Table(
    "jejak",
    metadata,
    key("pemda", size=13),
    key("nomor", Integer),
    Column("waktu", Waktu, nullable=False),
    Column("pelaku", String(80), nullable=False),
    Column("peran", String(10), nullable=False),
    Column("opd", String(40), nullable=False),
    Column("alamat", String(64), nullable=False),
    Column("tindakan", String(30), nullable=False),
    Column("objek", String(200), nullable=False),
    Column("rincian", Text, nullable=False),
    Column("sebelum", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("ix_jejak_pelaku", "pemda", "pelaku", "nomor"),
)

# One row per pemda: the newest number and its hash, so that cutting off the end shows too.
jejak_kepala = Table(
    "jejak_kepala",
    metadata,
    key("pemda", size=13),
    Column("nomor", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)
