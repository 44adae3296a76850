"""Inserting many rows fast: the statement is compiled once and the values go straight to the driver.

SQLAlchemy's own executemany spends most of a large load on building each row's parameters; this is the same
statement and the same type conversions, prepared once.
"""

from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table, insert


def insert_rows(conn: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows that all name every column of the table."""
    compiled = insert(table).compile(dialect=conn.dialect)
    names = list(table.columns.keys())
    take = itemgetter(*names)
    processors = [table.c[name].type.dialect_impl(conn.dialect).bind_processor(conn.dialect) for name in names]
    convert = [(at, process) for at, process in enumerate(processors) if process is not None]
    given = [_converted(list(take(row)), convert) for row in rows]
    if not given:
        return
    parameters: list[Any]
    if compiled.positional:
        order = [names.index(name) for name in compiled.positiontup or names]
        parameters = given if order == sorted(order) else [[row[at] for at in order] for row in given]
        parameters = [tuple(row) for row in parameters]
    else:
        parameters = [dict(zip(names, row, strict=True)) for row in given]
    conn.exec_driver_sql(str(compiled), parameters)


def _converted(values: list[Any], convert: list[tuple[int, Any]]) -> list[Any]:
    for at, process in convert:
        values[at] = process(values[at])
    return values
