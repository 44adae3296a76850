"""Siklus pelaporan"""

import sqlalchemy as sa
from alembic import op

from data import types

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kontak",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("opd", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("surel", sa.String(length=200), autoincrement=False, nullable=False),
        sa.Column("wa", sa.String(length=20), server_default="", nullable=False),
        sa.Column("sebutan", sa.String(length=120), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("pemda", "opd", "surel", name=op.f("pk_kontak")),
    )
    op.create_table(
        "libur",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("tanggal", sa.Date(), nullable=False),
        sa.Column("nama", sa.String(length=120), nullable=False),
        sa.Column("kerja", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("pemda", "tanggal", name=op.f("pk_libur")),
    )
    op.create_table(
        "pengingat",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("tahun", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tw", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("opd", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("tonggak", sa.String(length=8), autoincrement=False, nullable=False),
        sa.Column("diambil_pada", types.Waktu(), nullable=False),
        sa.Column("terkirim_pada", types.Waktu(), nullable=True),
        sa.Column("penerima", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("pemda", "tahun", "tw", "opd", "tonggak", name=op.f("pk_pengingat")),
    )
    op.create_table(
        "perpanjangan",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("tahun", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tw", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("opd", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("sampai", types.Waktu(), nullable=False),
        sa.Column("alasan", sa.Text(), nullable=False),
        sa.Column("oleh", sa.String(length=80), nullable=False),
        sa.Column("dibuat_pada", types.Waktu(), nullable=False),
        sa.PrimaryKeyConstraint("pemda", "tahun", "tw", "opd", name=op.f("pk_perpanjangan")),
    )
    op.create_table(
        "terbitan",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("tahun", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tw", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("level", sa.String(length=12), autoincrement=False, nullable=False),
        sa.Column("opd", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("kode", sa.String(length=60), autoincrement=False, nullable=False),
        sa.Column("capaian", types.Persen(), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("terbit_pada", types.Waktu(), nullable=False),
        sa.PrimaryKeyConstraint("pemda", "tahun", "tw", "level", "opd", "kode", name=op.f("pk_terbitan")),
    )
    op.create_table(
        "kiriman",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("nomor", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tahun", sa.Integer(), nullable=False),
        sa.Column("tw", sa.Integer(), nullable=False),
        sa.Column("opd", sa.String(length=40), nullable=False),
        sa.Column("keadaan", sa.String(length=14), nullable=False),
        sa.Column("nama_berkas", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("ukuran", sa.BigInteger(), nullable=False),
        sa.Column("jumlah_baris", sa.Integer(), server_default="0", nullable=False),
        sa.Column("galat", sa.Integer(), server_default="0", nullable=False),
        sa.Column("konfirmasi", sa.Integer(), server_default="0", nullable=False),
        sa.Column("ringkasan", sa.Text(), server_default="{}", nullable=False),
        sa.Column("masalah", sa.Text(), server_default="[]", nullable=False),
        sa.Column("muatan", sa.Text(), server_default="{}", nullable=False),
        sa.Column("setelan", sa.Text(), server_default="{}", nullable=False),
        sa.Column("alasan", sa.Text(), server_default="", nullable=False),
        sa.Column("nihil", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("faktor_pendorong", sa.Text(), server_default="", nullable=False),
        sa.Column("faktor_penghambat", sa.Text(), server_default="", nullable=False),
        sa.Column("tindak_lanjut", sa.Text(), server_default="", nullable=False),
        sa.Column("tanggapan", sa.Text(), server_default="", nullable=False),
        sa.Column("sekali", sa.String(length=64), nullable=False),
        sa.Column("dasar", sa.Integer(), nullable=True),
        sa.Column("dibuat_pada", types.Waktu(), nullable=False),
        sa.Column("oleh", sa.String(length=80), nullable=False),
        sa.Column("dikirim_pada", types.Waktu(), nullable=True),
        sa.Column("hari_terlambat", sa.Integer(), server_default="0", nullable=False),
        sa.Column("tanda", sa.String(length=40), nullable=True),
        sa.Column("diputus_pada", types.Waktu(), nullable=True),
        sa.Column("diputus_oleh", sa.String(length=80), server_default="", nullable=False),
        sa.Column("alasan_putusan", sa.Text(), server_default="", nullable=False),
        sa.Column("catatan_baris", sa.Text(), server_default="[]", nullable=False),
        sa.Column("unggahan", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["pemda", "opd"],
            ["opd.pemda", "opd.kode"],
        ),
        sa.PrimaryKeyConstraint("pemda", "nomor", name=op.f("pk_kiriman")),
        sa.UniqueConstraint("pemda", "tanda", name="uq_kiriman_tanda"),
    )
    with op.batch_alter_table("kiriman", schema=None) as batch_op:
        batch_op.create_index("ix_kiriman_periode", ["pemda", "tahun", "tw", "opd"], unique=False)

    op.create_table(
        "petaan",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("opd", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("judul", sa.String(length=120), autoincrement=False, nullable=False),
        sa.Column("kunci", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["pemda", "opd"],
            ["opd.pemda", "opd.kode"],
        ),
        sa.PrimaryKeyConstraint("pemda", "opd", "judul", name=op.f("pk_petaan")),
    )
    op.create_table(
        "wajib_lapor",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("tahun", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tw", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("opd", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("wajib", sa.Boolean(), nullable=False),
        sa.Column("alasan", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pemda", "opd"],
            ["opd.pemda", "opd.kode"],
        ),
        sa.PrimaryKeyConstraint("pemda", "tahun", "tw", "opd", name=op.f("pk_wajib_lapor")),
    )
    with op.batch_alter_table("keuangan", schema=None) as batch_op:
        batch_op.add_column(sa.Column("keterangan", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("kendala", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("keuangan", schema=None) as batch_op:
        batch_op.drop_column("kendala")
        batch_op.drop_column("keterangan")
    op.drop_table("wajib_lapor")
    op.drop_table("petaan")
    with op.batch_alter_table("kiriman", schema=None) as batch_op:
        batch_op.drop_index("ix_kiriman_periode")

    op.drop_table("kiriman")
    op.drop_table("terbitan")
    op.drop_table("perpanjangan")
    op.drop_table("pengingat")
    op.drop_table("libur")
    op.drop_table("kontak")
