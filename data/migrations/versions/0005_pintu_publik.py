"""Pintu publik"""

import sqlalchemy as sa
from alembic import op

from data import types

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "edisi",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("tahun", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tw", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("jenis", sa.String(length=12), autoincrement=False, nullable=False),
        sa.Column("nomor", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("terbit_pada", types.Waktu(), nullable=False),
        sa.Column("baris", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("isi", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("pemda", "tahun", "tw", "jenis", "nomor", name=op.f("pk_edisi")),
    )
    op.create_table(
        "layar",
        sa.Column("pemda", sa.String(length=13), autoincrement=False, nullable=False),
        sa.Column("nomor", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("nama", sa.String(length=80), nullable=False),
        sa.Column("sidik", sa.String(length=64), nullable=False),
        sa.Column("dibuat_pada", types.Waktu(), nullable=False),
        sa.Column("oleh", sa.String(length=80), nullable=False),
        sa.Column("dicabut_pada", types.Waktu(), nullable=True),
        sa.Column("terlihat_pada", types.Waktu(), nullable=True),
        sa.PrimaryKeyConstraint("pemda", "nomor", name=op.f("pk_layar")),
        sa.UniqueConstraint("sidik", name="uq_layar_sidik"),
    )


def downgrade() -> None:
    op.drop_table("layar")
    op.drop_table("edisi")
