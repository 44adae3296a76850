"""Connections: one engine per database address, SQLite made safe for many workers."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

# Written this way they may be named by rooms that speak no SQL but hand a connection on.
from sqlalchemy import Connection as Connection
from sqlalchemy import Engine as Engine
from sqlalchemy import create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DataError, IntegrityError, InternalError, OperationalError

from data.errors import BadParameterError, DatabaseAwayError, LoadError

BUSY_MS = 30_000


@lru_cache(maxsize=8)
def engine_for(database_url: str) -> Engine:
    """The one engine of an address in this process."""
    url = make_url(database_url)
    if url.drivername != "sqlite":
        return create_engine(
            url, hide_parameters=True, pool_pre_ping=True, pool_size=8, connect_args={"connect_timeout": 5}
        )
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": BUSY_MS / 1000})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transaction handling is switched off: it would begin late and let two writers collide.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_MS}",
        "cache_size=-8000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(conn: Connection) -> None:
    # A writer that has read first could not wait its turn any more: it takes its place in the line at once.
    conn.exec_driver_sql("BEGIN IMMEDIATE" if conn.get_execution_options().get("menulis") else "BEGIN")


CHANGED = "Isi berkas tidak cocok dengan rencana yang tersimpan; tidak ada yang disimpan. Periksa lalu muat ulang."
UNREADABLE = "Alamat atau isian memuat tanda yang tidak dapat dibaca. Periksa, lalu coba lagi."
AWAY = "Basis data sedang tidak dapat dihubungi. Coba lagi beberapa menit lagi."


# SQLite gives a transaction one state by itself.
ONE_STATE: Final = {"isolation_level": "REPEATABLE READ"}


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection for questions: all of them see one state of the data. Raises DatabaseAwayError when the database
    does not answer, BadParameterError for a value that no database takes (a NUL in a text, a number beyond all)."""
    try:
        with (engine if engine.dialect.name == "sqlite" else engine.execution_options(**ONE_STATE)).connect() as conn:
            yield conn
    except OperationalError as error:
        raise DatabaseAwayError(AWAY) from error
    except DataError as error:
        raise BadParameterError(UNREADABLE) from error


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction: all of it or nothing.

    Raises DatabaseAwayError when the database does not answer, LoadError when rows do not fit what is stored,
    BadParameterError for a value that no database takes.
    """
    try:
        with engine.execution_options(menulis=True).begin() as conn:
            yield conn
    except (OperationalError, InternalError) as error:  # InternalError: PostgreSQL that may only be read for now
        raise DatabaseAwayError(AWAY) from error
    except IntegrityError as error:
        raise LoadError(CHANGED) from error
    except DataError as error:
        raise BadParameterError(UNREADABLE) from error
