"""Akun, sesi, jejak"""

import sqlalchemy as sa
from alembic import op

from data import types

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "jejak",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("nomor", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("waktu", types.Waktu(), nullable=False),
        sa.Column("pelaku", sa.String(length=80), nullable=False),
        sa.Column("peran", sa.String(length=10), nullable=False),
        sa.Column("opd", sa.String(length=40), nullable=False),
        sa.Column("alamat", sa.String(length=64), nullable=False),
        sa.Column("tindakan", sa.String(length=30), nullable=False),
        sa.Column("objek", sa.String(length=200), nullable=False),
        sa.Column("rincian", sa.Text(), nullable=False),
        sa.Column("sebelum", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("pemda", "nomor", name=op.f("pk_jejak")),
    )
    with op.batch_alter_table("jejak", schema=None) as batch_op:
        batch_op.create_index("ix_jejak_pelaku", ["pemda", "pelaku", "nomor"], unique=False)

    op.create_table(
        "jejak_kepala",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("nomor", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("pemda", name=op.f("pk_jejak_kepala")),
    )
    op.create_table(
        "percobaan",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("kunci", sa.String(length=120), autoincrement=False, nullable=False),
        sa.Column("gagal", sa.Integer(), nullable=False),
        sa.Column("terakhir_pada", types.Waktu(), nullable=False),
        sa.Column("tunggu_sampai", types.Waktu(), nullable=True),
        sa.PrimaryKeyConstraint("pemda", "kunci", name=op.f("pk_percobaan")),
    )
    with op.batch_alter_table("percobaan", schema=None) as batch_op:
        batch_op.create_index("ix_percobaan_terakhir", ["terakhir_pada"], unique=False)

    op.create_table(
        "kode_pemulihan",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("nama", sa.String(length=80), autoincrement=False, nullable=False),
        sa.Column("kunci", sa.String(length=64), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["pemda", "nama"],
            ["pengguna.pemda", "pengguna.nama"],
        ),
        sa.PrimaryKeyConstraint("pemda", "nama", "kunci", name=op.f("pk_kode_pemulihan")),
    )
    op.create_table(
        "perangkat",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("kunci", sa.String(length=64), autoincrement=False, nullable=False),
        sa.Column("nama", sa.String(length=80), autoincrement=False, nullable=False),
        sa.Column("tepercaya", sa.Boolean(), nullable=False),
        sa.Column("dibuat_pada", types.Waktu(), nullable=False),
        sa.Column("berakhir_pada", types.Waktu(), nullable=False),
        sa.Column("perangkat", sa.String(length=200), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["pemda", "nama"],
            ["pengguna.pemda", "pengguna.nama"],
        ),
        sa.PrimaryKeyConstraint("pemda", "kunci", "nama", name=op.f("pk_perangkat")),
    )
    op.create_table(
        "sesi",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("kunci", sa.String(length=64), autoincrement=False, nullable=False),
        sa.Column("nama", sa.String(length=80), nullable=False),
        sa.Column("tahap", sa.String(length=8), nullable=False),
        sa.Column("cara", sa.String(length=8), server_default="sandi", nullable=False),
        sa.Column("dibuat_pada", types.Waktu(), nullable=False),
        sa.Column("dilihat_pada", types.Waktu(), nullable=False),
        sa.Column("berakhir_pada", types.Waktu(), nullable=False),
        sa.Column("alamat", sa.String(length=64), server_default="", nullable=False),
        sa.Column("perangkat", sa.String(length=200), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["pemda", "nama"],
            ["pengguna.pemda", "pengguna.nama"],
        ),
        sa.PrimaryKeyConstraint("pemda", "kunci", name=op.f("pk_sesi")),
    )
    with op.batch_alter_table("sesi", schema=None) as batch_op:
        batch_op.create_index("ix_sesi_nama", ["pemda", "nama"], unique=False)

    op.create_table(
        "tautan",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("kunci", sa.String(length=64), autoincrement=False, nullable=False),
        sa.Column("nama", sa.String(length=80), nullable=False),
        sa.Column("guna", sa.String(length=12), nullable=False),
        sa.Column("dibuat_pada", types.Waktu(), nullable=False),
        sa.Column("berakhir_pada", types.Waktu(), nullable=False),
        sa.Column("oleh", sa.String(length=80), nullable=False),
        sa.Column("dipakai_pada", types.Waktu(), nullable=True),
        sa.ForeignKeyConstraint(
            ["pemda", "nama"],
            ["pengguna.pemda", "pengguna.nama"],
        ),
        sa.PrimaryKeyConstraint("pemda", "kunci", name=op.f("pk_tautan")),
    )
    with op.batch_alter_table("pengguna", schema=None) as batch_op:
        batch_op.add_column(sa.Column("contoh", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("sandi_pada", types.Waktu(), nullable=True))
        batch_op.add_column(sa.Column("totp", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("totp_pada", types.Waktu(), nullable=True))
        batch_op.add_column(sa.Column("totp_langkah", sa.BigInteger(), server_default="0", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("pengguna", schema=None) as batch_op:
        batch_op.drop_column("totp_langkah")
        batch_op.drop_column("totp_pada")
        batch_op.drop_column("totp")
        batch_op.drop_column("sandi_pada")
        batch_op.drop_column("contoh")

    op.drop_table("tautan")
    with op.batch_alter_table("sesi", schema=None) as batch_op:
        batch_op.drop_index("ix_sesi_nama")

    op.drop_table("sesi")
    op.drop_table("perangkat")
    op.drop_table("kode_pemulihan")
    with op.batch_alter_table("percobaan", schema=None) as batch_op:
        batch_op.drop_index("ix_percobaan_terakhir")

    op.drop_table("percobaan")
    op.drop_table("jejak_kepala")
    with op.batch_alter_table("jejak", schema=None) as batch_op:
        batch_op.drop_index("ix_jejak_pelaku")

    op.drop_table("jejak")
