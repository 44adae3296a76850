"""Accounts and what belongs to them. Whatever opens a door (session, link, recovery code, device) is kept as its
SHA-256 only: who reads the database cannot walk in with it."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, Text, false

from data.tables.dasar import belongs_to, key, metadata
from data.types import Waktu

_OF_ACCOUNT = ("pengguna", "nama", "nama")

# One row per account. ``sandi`` is empty until the invitation is answered; ``totp`` is sealed with the server's key;
# ``contoh``: came with the sample city, never let in by a production server.
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
    Column("contoh", Boolean, nullable=False, default=False, server_default=false()),
    Column("dibuat_pada", Waktu, nullable=False),
    Column("sandi_pada", Waktu),
    Column("totp", Text),
    Column("totp_pada", Waktu),
    Column("totp_langkah", BigInteger, nullable=False, server_default="0"),
)

# One row per open session of an account.
sesi = Table(
    "sesi",
    metadata,
    key("pemda", size=13),
    key("kunci", size=64),
    Column("nama", String(80), nullable=False),
    Column("tahap", String(8), nullable=False),
    Column("cara", String(8), nullable=False, server_default="sandi"),
    Column("dibuat_pada", Waktu, nullable=False),
    Column("dilihat_pada", Waktu, nullable=False),
    Column("berakhir_pada", Waktu, nullable=False),
    Column("alamat", String(64), nullable=False, server_default=""),
    Column("perangkat", String(200), nullable=False, server_default=""),
    belongs_to(*_OF_ACCOUNT),
    Index("ix_sesi_nama", "pemda", "nama"),
)

# One row per browser that an account has signed in from; ``tepercaya``: asked for no second factor there.
perangkat = Table(
    "perangkat",
    metadata,
    key("pemda", size=13),
    key("kunci", size=64),
    key("nama", size=80),
    Column("tepercaya", Boolean, nullable=False, default=False),
    Column("dibuat_pada", Waktu, nullable=False),
    Column("berakhir_pada", Waktu, nullable=False),
    Column("perangkat", String(200), nullable=False, server_default=""),
    belongs_to(*_OF_ACCOUNT),
)

# One row per one-time link (invitation or reset) that was made.
tautan = Table(
    "tautan",
    metadata,
    key("pemda", size=13),
    key("kunci", size=64),
    Column("nama", String(80), nullable=False),
    Column("guna", String(12), nullable=False),
    Column("dibuat_pada", Waktu, nullable=False),
    Column("berakhir_pada", Waktu, nullable=False),
    Column("oleh", String(80), nullable=False),
    Column("dipakai_pada", Waktu),
    belongs_to(*_OF_ACCOUNT),
)

# One row per recovery code that has not been used.
kode_pemulihan = Table(
    "kode_pemulihan",
    metadata,
    key("pemda", size=13),
    key("nama", size=80),
    key("kunci", size=64),
    belongs_to(*_OF_ACCOUNT),
)

# One row per account, address or device that guessed lately.
percobaan = Table(
    "percobaan",
    metadata,
    key("pemda", size=13),
    key("kunci", size=120),
    Column("gagal", Integer, nullable=False),
    Column("terakhir_pada", Waktu, nullable=False),
    Column("tunggu_sampai", Waktu),
    Index("ix_percobaan_terakhir", "terakhir_pada"),
)
