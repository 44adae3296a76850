"""Bring the database to the schema of this code, or say that it is not."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from data.errors import DatabaseAwayError, SchemaError

FOLDER = Path(__file__).resolve().parent / "migrations"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return config


def newest() -> str:
    """The revision this code expects."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None
    return head


def current(conn: Connection) -> str | None:
    """The revision the database is at; None for an empty one."""
    return MigrationContext.configure(conn).get_current_revision()


def upgrade(engine: Engine) -> None:
    """Migrate forward. Raises SchemaError when the database is newer than this code, DatabaseAwayError when away."""
    config = _config()
    try:
        with engine.begin() as conn:
            _refuse_newer(conn)
            config.attributes["connection"] = conn
            command.upgrade(config, "head")
    except OperationalError as error:
        raise DatabaseAwayError(f"Basis data tidak dapat dihubungi: {_reason(error)}") from error


def check(engine: Engine) -> None:
    """Raises SchemaError when the database is not at this code's schema, DatabaseAwayError when away."""
    try:
        with engine.connect() as conn:
            _refuse_newer(conn)
            found = current(conn)
    except OperationalError as error:
        raise DatabaseAwayError(f"Basis data tidak dapat dihubungi: {_reason(error)}") from error
    if found != newest():
        raise SchemaError("Skema basis data belum mutakhir. Jalankan `python -m data migrasi` lebih dahulu.")


def _refuse_newer(conn: Connection) -> None:
    found = current(conn)
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if found is not None and found not in known:
        raise SchemaError(
            f"Skema basis data ({found}) lebih baru daripada aplikasi ini. Pasang versi aplikasi yang lebih baru."
        )


def _reason(error: OperationalError) -> str:
    return str(error.orig).splitlines()[0] if error.orig else "tidak ada jawaban"
