"""The government, its OPD, what they sent, and their plan with its targets and answers."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, Text

from data.tables.dasar import FROM_UPLOAD, OF_INDIKATOR, OF_NODE, belongs_to, key, metadata, origin
from data.types import Ukuran, Waktu

# One row per local government. ``versi`` rises with every stored change: the key of everything cached.
pemda = Table(
    "pemda",
    metadata,
    key("kode", size=13),
    Column("nama", String(120), nullable=False),
    Column("jenis", String(20), nullable=False, server_default="kota"),
    Column("contoh", Boolean, nullable=False, default=False),
    Column("catatan", Text, nullable=False, server_default=""),
    Column("versi", Integer, nullable=False, server_default="0"),
)

# One row per OPD or unit below an OPD (``induk`` names the OPD it belongs to).
opd = Table(
    "opd",
    metadata,
    key("pemda", size=13),
    key("kode"),
    Column("nama", String(200), nullable=False),
    Column("singkat", String(80), nullable=False, server_default=""),
    Column("jenis", String(30), nullable=False, server_default="dinas"),
    Column("induk", String(40)),
    Column("urutan", Integer, nullable=False, server_default="0"),
)

# One row per submitted file that was stored.
unggahan = Table(
    "unggahan",
    metadata,
    key("pemda", size=13),
    key("nomor", Integer),
    Column("nama_berkas", String(255), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("jenis", String(20), nullable=False),
    Column("opd", String(40)),
    Column("tahun", Integer),
    Column("tw", Integer),
    Column("dimuat_pada", Waktu, nullable=False),
    Column("oleh", String(80), nullable=False),
    Column("ukuran", BigInteger, nullable=False, server_default="0"),
    Column("jumlah_baris", Integer, nullable=False, server_default="0"),
    Column("keterangan", Text, nullable=False, server_default=""),
    Index("ix_unggahan_sama", "pemda", "sha256"),
)

# One row per node of one OPD's plan in one year; pagu stands on the sub kegiatan only (others are sums).
node = Table(
    "node",
    metadata,
    key("pemda", size=13),
    key("tahun", Integer),
    key("opd"),
    key("kode"),
    Column("level", String(12), nullable=False),
    Column("induk", String(40)),
    Column("nama", Text, nullable=False),
    Column("pagu", BigInteger),
    Column("sumber_dana", Text, nullable=False, server_default=""),
    Column("dikenal", Boolean, nullable=False, default=True),
    *origin(),
    belongs_to("opd", "opd", "kode"),
    belongs_to(*FROM_UPLOAD),
    sqlite_with_rowid=False,
)

# One row per indicator of a node in one year. ``kode`` = node code, '#', number ("1.02.02#1").
indikator = Table(
    "indikator",
    metadata,
    key("pemda", size=13),
    key("tahun", Integer),
    key("opd"),
    key("kode", size=60),
    Column("node", String(40), nullable=False),
    Column("nama", Text, nullable=False),
    Column("satuan", Text, nullable=False, server_default=""),
    Column("satuan_asli", Text, nullable=False, server_default=""),
    Column("arah", String(8), nullable=False),
    Column("akumulasi", String(10), nullable=False),
    Column("rumus_turun", String(4)),
    Column("skala", Text),
    Column("bobot", Ukuran),
    Column("definisi", Text, nullable=False, server_default=""),
    Column("sumber", Text, nullable=False, server_default=""),
    Column("publik", Boolean, nullable=False, default=True),
    *origin(),
    belongs_to(*OF_NODE),
    belongs_to(*FROM_UPLOAD),
    sqlite_with_rowid=False,
)

# One row per indicator × period (0 = whole year, 1–4 = triwulan). ``nilai_atas`` closes a range; a rating or
# a target that is no number is in ``teks``; ``asli`` is what the file said, letter by letter.
target = Table(
    "target",
    metadata,
    key("pemda", size=13),
    key("tahun", Integer),
    key("opd"),
    key("indikator", size=60),
    key("periode", Integer),
    Column("nilai", Ukuran),
    Column("nilai_atas", Ukuran),
    Column("teks", Text),
    Column("asli", Text, nullable=False, server_default=""),
    *origin(with_column=True),
    belongs_to(*OF_INDIKATOR),
    belongs_to(*FROM_UPLOAD),
    sqlite_with_rowid=False,
)

# One row per indicator × triwulan that was reported (not cumulative). ``nihil`` is a declared nothing.
realisasi = Table(
    "realisasi",
    metadata,
    key("pemda", size=13),
    key("tahun", Integer),
    key("opd"),
    key("indikator", size=60),
    key("periode", Integer),
    Column("nilai", Ukuran),
    Column("teks", Text),
    Column("nihil", Boolean, nullable=False, default=False),
    Column("asli", Text, nullable=False, server_default=""),
    Column("keterangan", Text, nullable=False, server_default=""),
    Column("kendala", Text, nullable=False, server_default=""),
    *origin(with_column=True),
    belongs_to(*OF_INDIKATOR),
    belongs_to(*FROM_UPLOAD),
    sqlite_with_rowid=False,
)

# One row per sub kegiatan × month: that month's rupiah (not cumulative); fisik is cumulative percent.
keuangan = Table(
    "keuangan",
    metadata,
    key("pemda", size=13),
    key("tahun", Integer),
    key("opd"),
    key("node"),
    key("bulan", Integer),
    Column("pagu", BigInteger),
    Column("rak", BigInteger),
    Column("realisasi", BigInteger),
    Column("fisik_rencana", Ukuran),
    Column("fisik", Ukuran),
    Column("keterangan", Text, nullable=False, server_default=""),
    Column("kendala", Text, nullable=False, server_default=""),
    *origin(with_column=True),
    belongs_to(*OF_NODE),
    belongs_to(*FROM_UPLOAD),
    sqlite_with_rowid=False,
)
