"""The public door: editions of the open data, and the screens that may show the wall."""

from sqlalchemy import Column, Integer, LargeBinary, String, Table, UniqueConstraint

from data.tables.dasar import key, metadata
from data.types import Waktu

# One row per kind of open data × edition of a published triwulan: what stood there when it was published, never changed
# afterwards. ``isi`` is the rows as JSON, compressed (zlib); ``sha256`` that of the JSON.
edisi = Table(
    "edisi",
    metadata,
    key("pemda", size=13),
    key("tahun", Integer),
    key("tw", Integer),
    key("jenis", size=12),
    key("nomor", Integer),
    Column("terbit_pada", Waktu, nullable=False),
    Column("baris", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("isi", LargeBinary, nullable=False),
)

# One row per screen of the command centre that may show the wall. ``sidik`` is the fingerprint of its token.
layar = Table(
    "layar",
    metadata,
    key("pemda", size=13),
    key("nomor", Integer),
    Column("nama", String(80), nullable=False),
    Column("sidik", String(64), nullable=False),
    Column("dibuat_pada", Waktu, nullable=False),
    Column("oleh", String(80), nullable=False),
    Column("dicabut_pada", Waktu),
    Column("terlihat_pada", Waktu),
    UniqueConstraint("sidik", name="uq_layar_sidik"),
)
