"""Accounts."""

from sqlalchemy import Boolean, Column, String, Table

from data.tables.dasar import key, metadata
from data.types import Waktu

# One row per account.
pengguna = Table(
    "pengguna",
    metadata,
    key("pemda", size=13),
    key("nama", size=80),
    Column("nama_tampil", String(120), nullable=False),
    Column("sandi", String(200), nullable=False),
    Column("peran", String(10), nullable=False),
    Column("opd", String(40)),
    Column("aktif", Boolean, nullable=False, default=True),
    Column("dibuat_pada", Waktu, nullable=False),
)
