"""The tables. ``pemda`` is first in every key, the plan tree is per year, money is integer rupiah.

Every stored value (node, indikator, target, realisasi, keuangan) says where it came from: the number of the
``unggahan`` and the row (and column) of that file.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

from data.types import Persen, Ukuran, Waktu

metadata = MetaData(naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"})


def _key(name: str, kind: type[String] | type[Integer] = String, size: int = 40) -> Column[object]:
    column_type = String(size) if kind is String else Integer()
    return Column(name, column_type, primary_key=True, autoincrement=False)


def _origin(with_column: bool = False) -> list[Column[object]]:
    """Which upload and which row (1-based line of the sheet, header included) a value came from."""
    columns: list[Column[object]] = [
        Column("unggahan", Integer, nullable=False),
        Column("baris", Integer, nullable=False),
    ]
    if with_column:
        columns.append(Column("kolom", Text, nullable=False, server_default=""))
    return columns


def _belongs_to(parent: str, columns: str, parent_columns: str) -> ForeignKeyConstraint:
    """A foreign key, written as space-separated column names after ``pemda``."""
    return ForeignKeyConstraint(
        ["pemda", *columns.split()], [f"{parent}.pemda", *(f"{parent}.{name}" for name in parent_columns.split())]
    )


_FROM_UPLOAD = ("unggahan", "unggahan", "nomor")
_OF_NODE = ("node", "tahun opd node", "tahun opd kode")
_OF_INDIKATOR = ("indikator", "tahun opd indikator", "tahun opd kode")

# One row per local government. ``versi`` rises with every stored change: the key of everything cached.
pemda = Table(
    "pemda",
    metadata,
    _key("kode", size=13),
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
    _key("pemda", size=13),
    _key("kode"),
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
    _key("pemda", size=13),
    _key("nomor", Integer),
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
    _key("pemda", size=13),
    _key("tahun", Integer),
    _key("opd"),
    _key("kode"),
    Column("level", String(12), nullable=False),
    Column("induk", String(40)),
    Column("nama", Text, nullable=False),
    Column("pagu", BigInteger),
    Column("sumber_dana", Text, nullable=False, server_default=""),
    Column("dikenal", Boolean, nullable=False, default=True),
    *_origin(),
    _belongs_to("opd", "opd", "kode"),
    _belongs_to(*_FROM_UPLOAD),
    sqlite_with_rowid=False,
)

# One row per indicator of a node in one year. ``kode`` = node code, '#', number ("1.02.02#1").
indikator = Table(
    "indikator",
    metadata,
    _key("pemda", size=13),
    _key("tahun", Integer),
    _key("opd"),
    _key("kode", size=60),
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
    *_origin(),
    _belongs_to(*_OF_NODE),
    _belongs_to(*_FROM_UPLOAD),
    sqlite_with_rowid=False,
)

# One row per indicator × period (0 = whole year, 1–4 = triwulan). ``nilai_atas`` closes a range; a rating or
# a target that is no number is in ``teks``; ``asli`` is what the file said, letter by letter.
target = Table(
    "target",
    metadata,
    _key("pemda", size=13),
    _key("tahun", Integer),
    _key("opd"),
    _key("indikator", size=60),
    _key("periode", Integer),
    Column("nilai", Ukuran),
    Column("nilai_atas", Ukuran),
    Column("teks", Text),
    Column("asli", Text, nullable=False, server_default=""),
    *_origin(with_column=True),
    _belongs_to(*_OF_INDIKATOR),
    _belongs_to(*_FROM_UPLOAD),
    sqlite_with_rowid=False,
)

# One row per indicator × triwulan that was reported (not cumulative). ``nihil`` is a declared nothing.
realisasi = Table(
    "realisasi",
    metadata,
    _key("pemda", size=13),
    _key("tahun", Integer),
    _key("opd"),
    _key("indikator", size=60),
    _key("periode", Integer),
    Column("nilai", Ukuran),
    Column("teks", Text),
    Column("nihil", Boolean, nullable=False, default=False),
    Column("asli", Text, nullable=False, server_default=""),
    Column("keterangan", Text, nullable=False, server_default=""),
    Column("kendala", Text, nullable=False, server_default=""),
    *_origin(with_column=True),
    _belongs_to(*_OF_INDIKATOR),
    _belongs_to(*_FROM_UPLOAD),
    sqlite_with_rowid=False,
)

# One row per sub kegiatan × month: that month's rupiah (not cumulative); fisik is cumulative percent.
keuangan = Table(
    "keuangan",
    metadata,
    _key("pemda", size=13),
    _key("tahun", Integer),
    _key("opd"),
    _key("node"),
    _key("bulan", Integer),
    Column("pagu", BigInteger),
    Column("rak", BigInteger),
    Column("realisasi", BigInteger),
    Column("fisik_rencana", Ukuran),
    Column("fisik", Ukuran),
    *_origin(with_column=True),
    _belongs_to(*_OF_NODE),
    _belongs_to(*_FROM_UPLOAD),
    sqlite_with_rowid=False,
)

# One row per triwulan of a year: the calendar. Instants are UTC.
periode = Table(
    "periode",
    metadata,
    _key("pemda", size=13),
    _key("tahun", Integer),
    _key("tw", Integer),
    Column("dibuka", Waktu, nullable=False),
    Column("tepat_waktu_sampai", Waktu, nullable=False),
    Column("dikunci", Waktu, nullable=False),
    Column("data_per", Date, nullable=False),
)

# One row per OPD × triwulan whose report has begun; no row means ``belum``.
laporan = Table(
    "laporan",
    metadata,
    _key("pemda", size=13),
    _key("tahun", Integer),
    _key("tw", Integer),
    _key("opd"),
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
    _belongs_to("opd", "opd", "kode"),
)

# One row per setting [S] that differs from its default in data/aturan.py.
aturan = Table("aturan", metadata, _key("pemda", size=13), _key("kunci"), Column("nilai", Text, nullable=False))

# One row per account.
pengguna = Table(
    "pengguna",
    metadata,
    _key("pemda", size=13),
    _key("nama", size=80),
    Column("nama_tampil", String(120), nullable=False),
    Column("sandi", String(200), nullable=False),
    Column("peran", String(10), nullable=False),
    Column("opd", String(40)),
    Column("aktif", Boolean, nullable=False, default=True),
    Column("dibuat_pada", Waktu, nullable=False),
)

# --- rollups: what screens read. Rebuilt from the tables above by data/rollups. ---

# One row per indicator × triwulan that has begun: realisasi and target so far, and what they make.
rollup_indikator = Table(
    "rollup_indikator",
    metadata,
    _key("pemda", size=13),
    _key("tahun", Integer),
    _key("tw", Integer),
    _key("opd"),
    _key("indikator", size=60),
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
    _key("pemda", size=13),
    _key("tahun", Integer),
    _key("tw", Integer),
    _key("level", size=12),
    _key("opd"),
    _key("kode"),
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
    _key("pemda", size=13),
    _key("tahun", Integer),
    _key("bulan", Integer),
    _key("level", size=12),
    _key("opd"),
    _key("kode"),
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
