"""From a query to a DataFrame, exact decimals kept as they are."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select


def frame(conn: Connection, query: Select[Any]) -> pd.DataFrame:
    """One row per row of the query, columns by their labels, every cell the Python value the database type gives."""
    result = conn.execute(query)
    return pd.DataFrame(result.all(), columns=list(result.keys()), dtype=object)
