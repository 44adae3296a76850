"""From a query to a DataFrame, exact decimals kept as they are."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select


def rows(conn: Connection, query: Select[Any], given: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """One dictionary per row of the query, for what a reader waits for: building a frame costs more than asking.
    ``given``: values of a query that was written once."""
    result = conn.execute(query, given)
    names = list(result.keys())
    return [dict(zip(names, row, strict=True)) for row in result]


def frame(conn: Connection, query: Select[Any], given: dict[str, Any] | None = None) -> pd.DataFrame:
    """One row per row of the query, columns by their labels, every cell the Python value the database type gives."""
    result = conn.execute(query, given)
    return pd.DataFrame(result.all(), columns=list(result.keys()), dtype=object)
