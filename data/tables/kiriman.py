"""The reporting cycle: what an OPD sent and what became of it, who must report, extensions, what was published."""

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, String, Table, Text, UniqueConstraint, false

from data.tables.dasar import belongs_to, key, metadata
from data.types import Persen, Waktu

_OF_OPD = ("opd", "opd", "kode")

# One row per file (or filled form) that an OPD sent for a triwulan: its versions, the newest last. ``muatan`` holds the
# checked rows until they are accepted, ``masalah`` what the check said, ``ringkasan`` its counts (all JSON);
# ``dasar`` is the accepted version its preview was compared with; ``sekali`` the one-time token of its confirmation.
kiriman = Table(
    "kiriman",
    metadata,
    key("pemda", size=13),
    key("nomor", Integer),
    Column("tahun", Integer, nullable=False),
    Column("tw", Integer, nullable=False),
    Column("opd", String(40), nullable=False),
    Column("keadaan", String(14), nullable=False),
    Column("nama_berkas", String(255), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("ukuran", BigInteger, nullable=False),
    Column("jumlah_baris", Integer, nullable=False, server_default="0"),
    Column("galat", Integer, nullable=False, server_default="0"),
    Column("konfirmasi", Integer, nullable=False, server_default="0"),
    Column("ringkasan", Text, nullable=False, server_default="{}"),
    Column("masalah", Text, nullable=False, server_default="[]"),
    Column("muatan", Text, nullable=False, server_default="{}"),
    Column("setelan", Text, nullable=False, server_default="{}"),
    Column("alasan", Text, nullable=False, server_default=""),
    Column("nihil", Boolean, nullable=False, server_default=false()),
    Column("faktor_pendorong", Text, nullable=False, server_default=""),
    Column("faktor_penghambat", Text, nullable=False, server_default=""),
    Column("tindak_lanjut", Text, nullable=False, server_default=""),
    Column("tanggapan", Text, nullable=False, server_default=""),
    Column("sekali", String(64), nullable=False),
    Column("dasar", Integer),
    Column("dibuat_pada", Waktu, nullable=False),
    Column("oleh", String(80), nullable=False),
    Column("dikirim_pada", Waktu),
    Column("hari_terlambat", Integer, nullable=False, server_default="0"),
    Column("tanda", String(40)),
    Column("diputus_pada", Waktu),
    Column("diputus_oleh", String(80), nullable=False, server_default=""),
    Column("alasan_putusan", Text, nullable=False, server_default=""),
    Column("catatan_baris", Text, nullable=False, server_default="[]"),
    Column("unggahan", Integer),
    belongs_to(*_OF_OPD),
    UniqueConstraint("pemda", "tanda", name="uq_kiriman_tanda"),
    Index("ix_kiriman_periode", "pemda", "tahun", "tw", "opd"),
)

# One row per later end of a period: for one OPD, or for all of them (opd = '').
perpanjangan = Table(
    "perpanjangan",
    metadata,
    key("pemda", size=13),
    key("tahun", Integer),
    key("tw", Integer),
    key("opd"),
    Column("sampai", Waktu, nullable=False),
    Column("alasan", Text, nullable=False),
    Column("oleh", String(80), nullable=False),
    Column("dibuat_pada", Waktu, nullable=False),
)

# One row per day the city does not work beside the national holidays (``kerja``: a day it does work after all).
libur = Table(
    "libur",
    metadata,
    key("pemda", size=13),
    Column("tanggal", Date, primary_key=True),
    Column("nama", String(120), nullable=False),
    Column("kerja", Boolean, nullable=False, server_default=false()),
)

# One row per OPD × triwulan that is expected otherwise than its plan says.
wajib_lapor = Table(
    "wajib_lapor",
    metadata,
    key("pemda", size=13),
    key("tahun", Integer),
    key("tw", Integer),
    key("opd"),
    Column("wajib", Boolean, nullable=False),
    Column("alasan", Text, nullable=False),
    belongs_to(*_OF_OPD),
)

# One row per header name an OPD has confirmed: their word, ours.
petaan = Table(
    "petaan",
    metadata,
    key("pemda", size=13),
    key("opd"),
    key("judul", size=120),
    Column("kunci", String(40), nullable=False),
    belongs_to(*_OF_OPD),
)

# One row per address reminders go to; opd = '' is the list of those who are told when a report stays out.
kontak = Table(
    "kontak",
    metadata,
    key("pemda", size=13),
    key("opd"),
    key("surel", size=200),
    Column("wa", String(20), nullable=False, server_default=""),
    Column("sebutan", String(120), nullable=False, server_default=""),
)

# One row per reminder that went out (or is on its way): claimed before it is sent, so nobody is told twice.
pengingat = Table(
    "pengingat",
    metadata,
    key("pemda", size=13),
    key("tahun", Integer),
    key("tw", Integer),
    key("opd"),
    key("tonggak", size=8),
    Column("diambil_pada", Waktu, nullable=False),
    Column("terkirim_pada", Waktu),
    Column("penerima", Text, nullable=False, server_default=""),
)

# One row per node × triwulan as it stood when the period was published.
terbitan = Table(
    "terbitan",
    metadata,
    key("pemda", size=13),
    key("tahun", Integer),
    key("tw", Integer),
    key("level", size=12),
    key("opd"),
    key("kode", size=60),
    Column("capaian", Persen),
    Column("status", String(12), nullable=False),
    Column("terbit_pada", Waktu, nullable=False),
)
