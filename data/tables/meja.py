"""The analyst's desk: instructions and their answers, saved filters, background work, the Renstra, who signs."""

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, String, Table, Text, false

from data.tables.dasar import FROM_UPLOAD, belongs_to, key, metadata, origin
from data.types import Ukuran, Waktu

# One row per instruction (arahan) on an OPD (node = indikator = ''), a node or an indicator of its plan. ``tahun`` and
# ``tw`` say where it was given; it stays open in later triwulan until it is closed (``ditutup_pada``).
arahan = Table(
    "arahan",
    metadata,
    key("pemda", size=13),
    key("nomor", Integer),
    Column("tahun", Integer, nullable=False),
    Column("tw", Integer, nullable=False),
    Column("opd", String(40), nullable=False),
    Column("node", String(40), nullable=False, server_default=""),
    Column("indikator", String(60), nullable=False, server_default=""),
    Column("isi", Text, nullable=False),
    Column("tenggat", Date),
    Column("keadaan", String(12), nullable=False),
    Column("dibuat_pada", Waktu, nullable=False),
    Column("oleh", String(80), nullable=False),
    Column("peran", String(12), nullable=False),
    Column("ditutup_pada", Waktu),
    belongs_to("opd", "opd", "kode"),
    Index("ix_arahan_opd", "pemda", "opd", "keadaan"),
)

# One row per step of an instruction after it was given: a reply of the OPD, or what its giver made of it.
arahan_langkah = Table(
    "arahan_langkah",
    metadata,
    key("pemda", size=13),
    key("nomor", Integer),
    key("urut", Integer),
    Column("keadaan", String(12), nullable=False),
    Column("isi", Text, nullable=False, server_default=""),
    Column("pada", Waktu, nullable=False),
    Column("oleh", String(80), nullable=False),
    Column("peran", String(12), nullable=False),
    belongs_to("arahan", "nomor", "nomor"),
)

# One row per filter of /analisis that somebody saved: its name and the query of its address. ``bersama``: for all of
# Bappeda and the leaders to see.
saringan = Table(
    "saringan",
    metadata,
    key("pemda", size=13),
    key("akun", size=80),
    key("nama", size=80),
    Column("alamat", Text, nullable=False),
    Column("bersama", Boolean, nullable=False, server_default=false()),
    Column("dibuat_pada", Waktu, nullable=False),
)

# One row per thing an account has chosen for itself (the columns of the grid, say).
pilihan = Table(
    "pilihan",
    metadata,
    key("pemda", size=13),
    key("akun", size=80),
    key("kunci"),
    Column("nilai", Text, nullable=False),
)

# One row per document made in the background. ``isian`` is JSON; ``kemajuan`` 0 to 100; ``denyut`` the last sign of
# life of whoever makes it; the finished file lies under its ``sha256`` among the raw files.
pekerjaan = Table(
    "pekerjaan",
    metadata,
    key("pemda", size=13),
    key("nomor", Integer),
    Column("akun", String(80), nullable=False),
    Column("opd", String(40)),
    Column("jenis", String(24), nullable=False),
    Column("isian", Text, nullable=False, server_default="{}"),
    Column("keadaan", String(12), nullable=False),
    Column("kemajuan", Integer, nullable=False, server_default="0"),
    Column("langkah", Text, nullable=False, server_default=""),
    Column("pesan", Text, nullable=False, server_default=""),
    Column("nama_berkas", String(255), nullable=False, server_default=""),
    Column("sha256", String(64), nullable=False, server_default=""),
    Column("ukuran", BigInteger, nullable=False, server_default="0"),
    Column("versi", Integer, nullable=False, server_default="0"),
    Column("dibuat_pada", Waktu, nullable=False),
    Column("mulai_pada", Waktu),
    Column("denyut", Waktu),
    Column("selesai_pada", Waktu),
    Index("ix_pekerjaan_akun", "pemda", "akun", "dibuat_pada"),
)

# One row per node (money) or indicator (performance) of an OPD's five-year Renstra: the target at its end, and what had
# been reached before the first year that this database holds. ``kode`` is a node's or an indicator's.
renstra = Table(
    "renstra",
    metadata,
    key("pemda", size=13),
    key("awal", Integer),
    key("akhir", Integer),
    key("opd"),
    key("kode", size=60),
    Column("target", Ukuran),
    Column("target_teks", Text),
    Column("pagu", BigInteger),
    Column("lalu", Ukuran),
    Column("lalu_teks", Text),
    Column("lalu_uang", BigInteger),
    *origin(),
    belongs_to("opd", "opd", "kode"),
    belongs_to(*FROM_UPLOAD),
)

# One row per office that signs documents: the head of an OPD (``opd`` is its code).
pejabat = Table(
    "pejabat",
    metadata,
    key("pemda", size=13),
    key("opd"),
    Column("jabatan", String(160), nullable=False),
    Column("nama", String(120), nullable=False),
    Column("pangkat", String(80), nullable=False, server_default=""),
    Column("nip", String(30), nullable=False, server_default=""),
    belongs_to("opd", "opd", "kode"),
)
