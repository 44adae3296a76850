"""Meja analis"""

import sqlalchemy as sa
from alembic import op

from data import types

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pekerjaan",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("nomor", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("akun", sa.String(length=80), nullable=False),
        sa.Column("opd", sa.String(length=40), nullable=True),
        sa.Column("jenis", sa.String(length=24), nullable=False),
        sa.Column("isian", sa.Text(), server_default="{}", nullable=False),
        sa.Column("keadaan", sa.String(length=12), nullable=False),
        sa.Column("kemajuan", sa.Integer(), server_default="0", nullable=False),
        sa.Column("langkah", sa.Text(), server_default="", nullable=False),
        sa.Column("pesan", sa.Text(), server_default="", nullable=False),
        sa.Column("nama_berkas", sa.String(length=255), server_default="", nullable=False),
        sa.Column("sha256", sa.String(length=64), server_default="", nullable=False),
        sa.Column("ukuran", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("versi", sa.Integer(), server_default="0", nullable=False),
        sa.Column("dibuat_pada", types.Waktu(), nullable=False),
        sa.Column("mulai_pada", types.Waktu(), nullable=True),
        sa.Column("denyut", types.Waktu(), nullable=True),
        sa.Column("selesai_pada", types.Waktu(), nullable=True),
        sa.PrimaryKeyConstraint("pemda", "nomor", name=op.f("pk_pekerjaan")),
    )
    with op.batch_alter_table("pekerjaan", schema=None) as batch_op:
        batch_op.create_index("ix_pekerjaan_akun", ["pemda", "akun", "dibuat_pada"], unique=False)

    op.create_table(
        "pilihan",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("akun", sa.String(length=80), autoincrement=False, nullable=False),
        sa.Column("kunci", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("nilai", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("pemda", "akun", "kunci", name=op.f("pk_pilihan")),
    )
    op.create_table(
        "saringan",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("akun", sa.String(length=80), autoincrement=False, nullable=False),
        sa.Column("nama", sa.String(length=80), autoincrement=False, nullable=False),
        sa.Column("alamat", sa.Text(), nullable=False),
        sa.Column("bersama", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("dibuat_pada", types.Waktu(), nullable=False),
        sa.PrimaryKeyConstraint("pemda", "akun", "nama", name=op.f("pk_saringan")),
    )
    op.create_table(
        "arahan",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("nomor", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tahun", sa.Integer(), nullable=False),
        sa.Column("tw", sa.Integer(), nullable=False),
        sa.Column("opd", sa.String(length=40), nullable=False),
        sa.Column("node", sa.String(length=40), server_default="", nullable=False),
        sa.Column("indikator", sa.String(length=60), server_default="", nullable=False),
        sa.Column("isi", sa.Text(), nullable=False),
        sa.Column("tenggat", sa.Date(), nullable=True),
        sa.Column("keadaan", sa.String(length=12), nullable=False),
        sa.Column("dibuat_pada", types.Waktu(), nullable=False),
        sa.Column("oleh", sa.String(length=80), nullable=False),
        sa.Column("peran", sa.String(length=12), nullable=False),
        sa.Column("ditutup_pada", types.Waktu(), nullable=True),
        sa.ForeignKeyConstraint(
            ["pemda", "opd"],
            ["opd.pemda", "opd.kode"],
        ),
        sa.PrimaryKeyConstraint("pemda", "nomor", name=op.f("pk_arahan")),
    )
    with op.batch_alter_table("arahan", schema=None) as batch_op:
        batch_op.create_index("ix_arahan_opd", ["pemda", "opd", "keadaan"], unique=False)

    op.create_table(
        "pejabat",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("opd", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("jabatan", sa.String(length=160), nullable=False),
        sa.Column("nama", sa.String(length=120), nullable=False),
        sa.Column("pangkat", sa.String(length=80), server_default="", nullable=False),
        sa.Column("nip", sa.String(length=30), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["pemda", "opd"],
            ["opd.pemda", "opd.kode"],
        ),
        sa.PrimaryKeyConstraint("pemda", "opd", name=op.f("pk_pejabat")),
    )
    op.create_table(
        "renstra",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("awal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("akhir", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("opd", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("kode", sa.String(length=60), autoincrement=False, nullable=False),
        sa.Column("target", types.Ukuran(), nullable=True),
        sa.Column("target_teks", sa.Text(), nullable=True),
        sa.Column("pagu", sa.BigInteger(), nullable=True),
        sa.Column("lalu", types.Ukuran(), nullable=True),
        sa.Column("lalu_teks", sa.Text(), nullable=True),
        sa.Column("lalu_uang", sa.BigInteger(), nullable=True),
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
        sa.PrimaryKeyConstraint("pemda", "awal", "akhir", "opd", "kode", name=op.f("pk_renstra")),
    )
    op.create_table(
        "arahan_langkah",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("nomor", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("urut", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("keadaan", sa.String(length=12), nullable=False),
        sa.Column("isi", sa.Text(), server_default="", nullable=False),
        sa.Column("pada", types.Waktu(), nullable=False),
        sa.Column("oleh", sa.String(length=80), nullable=False),
        sa.Column("peran", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["pemda", "nomor"],
            ["arahan.pemda", "arahan.nomor"],
        ),
        sa.PrimaryKeyConstraint("pemda", "nomor", "urut", name=op.f("pk_arahan_langkah")),
    )


def downgrade() -> None:
    op.drop_table("arahan_langkah")
    op.drop_table("renstra")
    op.drop_table("pejabat")
    with op.batch_alter_table("arahan", schema=None) as batch_op:
        batch_op.drop_index("ix_arahan_opd")

    op.drop_table("arahan")
    op.drop_table("saringan")
    op.drop_table("pilihan")
    with op.batch_alter_table("pekerjaan", schema=None) as batch_op:
        batch_op.drop_index("ix_pekerjaan_akun")

    op.drop_table("pekerjaan")
