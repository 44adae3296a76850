"""What every table shares: one metadata, and the columns that recur."""

from sqlalchemy import Column, ForeignKeyConstraint, Integer, MetaData, String, Text

metadata = MetaData(naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"})


def key(name: str, kind: type[String] | type[Integer] = String, size: int = 40) -> Column[object]:
    column_type = String(size) if kind is String else Integer()
    return Column(name, column_type, primary_key=True, autoincrement=False)


def origin(with_column: bool = False) -> list[Column[object]]:
    """Which upload and which row (1-based line of the sheet, header included) a value came from."""
    columns: list[Column[object]] = [
        Column("unggahan", Integer, nullable=False),
        Column("baris", Integer, nullable=False),
    ]
    if with_column:
        columns.append(Column("kolom", Text, nullable=False, server_default=""))
    return columns


def belongs_to(parent: str, columns: str, parent_columns: str) -> ForeignKeyConstraint:
    """A foreign key, written as space-separated column names after ``pemda``."""
    return ForeignKeyConstraint(
        ["pemda", *columns.split()], [f"{parent}.pemda", *(f"{parent}.{name}" for name in parent_columns.split())]
    )


FROM_UPLOAD = ("unggahan", "unggahan", "nomor")
OF_NODE = ("node", "tahun opd node", "tahun opd kode")
OF_INDIKATOR = ("indikator", "tahun opd indikator", "tahun opd kode")
