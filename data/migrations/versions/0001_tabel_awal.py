"""Tabel awal"""

import sqlalchemy as sa
from alembic import op

from data import types

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "aturan",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("kunci", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("nilai", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("pemda", "kunci", name=op.f("pk_aturan")),
    )
    op.create_table(
        "opd",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("kode", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("nama", sa.String(length=200), nullable=False),
        sa.Column("singkat", sa.String(length=80), server_default="", nullable=False),
        sa.Column("jenis", sa.String(length=30), server_default="dinas", nullable=False),
        sa.Column("induk", sa.String(length=40), nullable=True),
        sa.Column("urutan", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("pemda", "kode", name=op.f("pk_opd")),
    )
    op.create_table(
        "pemda",
        sa.Column("kode", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("nama", sa.String(length=120), nullable=False),
        sa.Column("jenis", sa.String(length=20), server_default="kota", nullable=False),
        sa.Column("contoh", sa.Boolean(), nullable=False),
        sa.Column("catatan", sa.Text(), server_default="", nullable=False),
        sa.Column("versi", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("kode", name=op.f("pk_pemda")),
    )
    op.create_table(
        "pengguna",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("nama", sa.String(length=80), autoincrement=False, nullable=False),
        sa.Column("nama_tampil", sa.String(length=120), nullable=False),
        sa.Column("sandi", sa.String(length=200), nullable=False),
        sa.Column("peran", sa.String(length=10), nullable=False),
        sa.Column("opd", sa.String(length=40), nullable=True),
        sa.Column("aktif", sa.Boolean(), nullable=False),
        sa.Column("dibuat_pada", types.Waktu(), nullable=False),
        sa.PrimaryKeyConstraint("pemda", "nama", name=op.f("pk_pengguna")),
    )
    op.create_table(
        "periode",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("tahun", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tw", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("dibuka", types.Waktu(), nullable=False),
        sa.Column("tepat_waktu_sampai", types.Waktu(), nullable=False),
        sa.Column("dikunci", types.Waktu(), nullable=False),
        sa.Column("data_per", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("pemda", "tahun", "tw", name=op.f("pk_periode")),
    )
    op.create_table(
        "rollup_indikator",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("tahun", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tw", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("opd", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("indikator", sa.String(length=60), autoincrement=False, nullable=False),
        sa.Column("node", sa.String(length=40), nullable=False),
        sa.Column("target_sd", types.Ukuran(precision=28, scale=10), nullable=True),
        sa.Column("target_atas_sd", types.Ukuran(precision=28, scale=10), nullable=True),
        sa.Column("target_teks", sa.Text(), nullable=True),
        sa.Column("realisasi_sd", types.Ukuran(precision=28, scale=10), nullable=True),
        sa.Column("realisasi_teks", sa.Text(), nullable=True),
        sa.Column("capaian", types.Persen(precision=24, scale=10), nullable=True),
        sa.Column("persen_setahun", types.Persen(precision=24, scale=10), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.PrimaryKeyConstraint("pemda", "tahun", "tw", "opd", "indikator", name=op.f("pk_rollup_indikator")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("rollup_indikator", schema=None) as batch_op:
        batch_op.create_index("ix_rollup_indikator_terburuk", ["pemda", "tahun", "tw", "capaian"], unique=False)

    op.create_table(
        "rollup_kinerja",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("tahun", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tw", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("level", sa.String(length=12), autoincrement=False, nullable=False),
        sa.Column("opd", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("kode", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("induk", sa.String(length=40), nullable=True),
        sa.Column("capaian", types.Persen(precision=24, scale=10), nullable=True),
        sa.Column("capaian_tanpa_batas", types.Persen(precision=24, scale=10), nullable=True),
        sa.Column("capaian_tertimbang", types.Persen(precision=24, scale=10), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("jumlah_indikator", sa.Integer(), nullable=False),
        sa.Column("dihitung", sa.Integer(), nullable=False),
        sa.Column("tanpa_target", sa.Integer(), nullable=False),
        sa.Column("belum_lapor", sa.Integer(), nullable=False),
        sa.Column("nihil", sa.Integer(), nullable=False),
        sa.Column("pagu", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("pemda", "tahun", "tw", "level", "opd", "kode", name=op.f("pk_rollup_kinerja")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "rollup_uang",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("tahun", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("bulan", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("level", sa.String(length=12), autoincrement=False, nullable=False),
        sa.Column("opd", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("kode", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("induk", sa.String(length=40), nullable=True),
        sa.Column("pagu", sa.BigInteger(), nullable=False),
        sa.Column("rak", sa.BigInteger(), nullable=True),
        sa.Column("pagu_lapor", sa.BigInteger(), nullable=False),
        sa.Column("pagu_fisik", sa.BigInteger(), nullable=False),
        sa.Column("rak_lapor", sa.BigInteger(), nullable=True),
        sa.Column("realisasi", sa.BigInteger(), nullable=True),
        sa.Column("fisik_rencana", types.Persen(precision=24, scale=10), nullable=True),
        sa.Column("fisik", types.Persen(precision=24, scale=10), nullable=True),
        sa.Column("sub_kegiatan", sa.Integer(), nullable=False),
        sa.Column("dilaporkan", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("pemda", "tahun", "bulan", "level", "opd", "kode", name=op.f("pk_rollup_uang")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "unggahan",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("nomor", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("nama_berkas", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("jenis", sa.String(length=20), nullable=False),
        sa.Column("opd", sa.String(length=40), nullable=True),
        sa.Column("tahun", sa.Integer(), nullable=True),
        sa.Column("tw", sa.Integer(), nullable=True),
        sa.Column("dimuat_pada", types.Waktu(), nullable=False),
        sa.Column("oleh", sa.String(length=80), nullable=False),
        sa.Column("ukuran", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("jumlah_baris", sa.Integer(), server_default="0", nullable=False),
        sa.Column("keterangan", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("pemda", "nomor", name=op.f("pk_unggahan")),
    )
    with op.batch_alter_table("unggahan", schema=None) as batch_op:
        batch_op.create_index("ix_unggahan_sama", ["pemda", "sha256"], unique=False)

    op.create_table(
        "laporan",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("tahun", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tw", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("opd", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("keadaan", sa.String(length=14), nullable=False),
        sa.Column("nihil", sa.Boolean(), nullable=False),
        sa.Column("alasan_nihil", sa.Text(), server_default="", nullable=False),
        sa.Column("diterima_pada", types.Waktu(), nullable=True),
        sa.Column("hari_terlambat", sa.Integer(), server_default="0", nullable=False),
        sa.Column("diverifikasi_pada", types.Waktu(), nullable=True),
        sa.Column("tanggapan", sa.Text(), server_default="", nullable=False),
        sa.Column("faktor_pendorong", sa.Text(), server_default="", nullable=False),
        sa.Column("faktor_penghambat", sa.Text(), server_default="", nullable=False),
        sa.Column("tindak_lanjut", sa.Text(), server_default="", nullable=False),
        sa.Column("unggahan", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["pemda", "opd"],
            ["opd.pemda", "opd.kode"],
        ),
        sa.PrimaryKeyConstraint("pemda", "tahun", "tw", "opd", name=op.f("pk_laporan")),
    )
    op.create_table(
        "node",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("tahun", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("opd", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("kode", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("level", sa.String(length=12), nullable=False),
        sa.Column("induk", sa.String(length=40), nullable=True),
        sa.Column("nama", sa.Text(), nullable=False),
        sa.Column("pagu", sa.BigInteger(), nullable=True),
        sa.Column("sumber_dana", sa.Text(), server_default="", nullable=False),
        sa.Column("dikenal", sa.Boolean(), nullable=False),
        sa.Column("unggahan", sa.Integer(), nullable=False),
        sa.Column("baris", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pemda", "opd"],
            ["opd.pemda", "opd.kode"],
        ),
        sa.ForeignKeyConstraint(
            ["pemda", "unggahan"],
            ["unggahan.pemda", "unggahan.nomor"],
        ),
        sa.PrimaryKeyConstraint("pemda", "tahun", "opd", "kode", name=op.f("pk_node")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "indikator",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("tahun", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("opd", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("kode", sa.String(length=60), autoincrement=False, nullable=False),
        sa.Column("node", sa.String(length=40), nullable=False),
        sa.Column("nama", sa.Text(), nullable=False),
        sa.Column("satuan", sa.Text(), server_default="", nullable=False),
        sa.Column("satuan_asli", sa.Text(), server_default="", nullable=False),
        sa.Column("arah", sa.String(length=8), nullable=False),
        sa.Column("akumulasi", sa.String(length=10), nullable=False),
        sa.Column("rumus_turun", sa.String(length=4), nullable=True),
        sa.Column("skala", sa.Text(), nullable=True),
        sa.Column("bobot", types.Ukuran(precision=28, scale=10), nullable=True),
        sa.Column("definisi", sa.Text(), server_default="", nullable=False),
        sa.Column("sumber", sa.Text(), server_default="", nullable=False),
        sa.Column("publik", sa.Boolean(), nullable=False),
        sa.Column("unggahan", sa.Integer(), nullable=False),
        sa.Column("baris", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pemda", "tahun", "opd", "node"],
            ["node.pemda", "node.tahun", "node.opd", "node.kode"],
        ),
        sa.ForeignKeyConstraint(
            ["pemda", "unggahan"],
            ["unggahan.pemda", "unggahan.nomor"],
        ),
        sa.PrimaryKeyConstraint("pemda", "tahun", "opd", "kode", name=op.f("pk_indikator")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "keuangan",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("tahun", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("opd", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("node", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("bulan", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("pagu", sa.BigInteger(), nullable=True),
        sa.Column("rak", sa.BigInteger(), nullable=True),
        sa.Column("realisasi", sa.BigInteger(), nullable=True),
        sa.Column("fisik_rencana", types.Ukuran(precision=28, scale=10), nullable=True),
        sa.Column("fisik", types.Ukuran(precision=28, scale=10), nullable=True),
        sa.Column("unggahan", sa.Integer(), nullable=False),
        sa.Column("baris", sa.Integer(), nullable=False),
        sa.Column("kolom", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["pemda", "tahun", "opd", "node"],
            ["node.pemda", "node.tahun", "node.opd", "node.kode"],
        ),
        sa.ForeignKeyConstraint(
            ["pemda", "unggahan"],
            ["unggahan.pemda", "unggahan.nomor"],
        ),
        sa.PrimaryKeyConstraint("pemda", "tahun", "opd", "node", "bulan", name=op.f("pk_keuangan")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "realisasi",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("tahun", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("opd", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("indikator", sa.String(length=60), autoincrement=False, nullable=False),
        sa.Column("periode", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("nilai", types.Ukuran(precision=28, scale=10), nullable=True),
        sa.Column("teks", sa.Text(), nullable=True),
        sa.Column("nihil", sa.Boolean(), nullable=False),
        sa.Column("asli", sa.Text(), server_default="", nullable=False),
        sa.Column("keterangan", sa.Text(), server_default="", nullable=False),
        sa.Column("kendala", sa.Text(), server_default="", nullable=False),
        sa.Column("unggahan", sa.Integer(), nullable=False),
        sa.Column("baris", sa.Integer(), nullable=False),
        sa.Column("kolom", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["pemda", "tahun", "opd", "indikator"],
            ["indikator.pemda", "indikator.tahun", "indikator.opd", "indikator.kode"],
        ),
        sa.ForeignKeyConstraint(
            ["pemda", "unggahan"],
            ["unggahan.pemda", "unggahan.nomor"],
        ),
        sa.PrimaryKeyConstraint("pemda", "tahun", "opd", "indikator", "periode", name=op.f("pk_realisasi")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "target",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("tahun", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("opd", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("indikator", sa.String(length=60), autoincrement=False, nullable=False),
        sa.Column("periode", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("nilai", types.Ukuran(precision=28, scale=10), nullable=True),
        sa.Column("nilai_atas", types.Ukuran(precision=28, scale=10), nullable=True),
        sa.Column("teks", sa.Text(), nullable=True),
        sa.Column("asli", sa.Text(), server_default="", nullable=False),
        sa.Column("unggahan", sa.Integer(), nullable=False),
        sa.Column("baris", sa.Integer(), nullable=False),
        sa.Column("kolom", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["pemda", "tahun", "opd", "indikator"],
            ["indikator.pemda", "indikator.tahun", "indikator.opd", "indikator.kode"],
        ),
        sa.ForeignKeyConstraint(
            ["pemda", "unggahan"],
            ["unggahan.pemda", "unggahan.nomor"],
        ),
        sa.PrimaryKeyConstraint("pemda", "tahun", "opd", "indikator", "periode", name=op.f("pk_target")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("target")
    op.drop_table("realisasi")
    op.drop_table("keuangan")
    op.drop_table("indikator")
    op.drop_table("node")
    op.drop_table("laporan")
    with op.batch_alter_table("unggahan", schema=None) as batch_op:
        batch_op.drop_index("ix_unggahan_sama")

    op.drop_table("unggahan")
    op.drop_table("rollup_uang")
    op.drop_table("rollup_kinerja")
    with op.batch_alter_table("rollup_indikator", schema=None) as batch_op:
        batch_op.drop_index("ix_rollup_indikator_terburuk")

    op.drop_table("rollup_indikator")
    op.drop_table("periode")
    op.drop_table("pengguna")
    op.drop_table("pemda")
    op.drop_table("opd")
    op.drop_table("aturan")
