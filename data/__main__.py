"""Commands on the database: ``python -m data --help``."""

import argparse
import sys
from collections.abc import Callable

from sqlalchemy import Engine

from data.engine import engine_for
from data.errors import EmonevError
from data.perintah import akun, basis, ingatkan, jejak, pejabat, sapu
from data.settings import Settings, read_settings


def main(argv: list[str] | None = None) -> int:
    """Run one command. Returns the exit code; errors become one Indonesian sentence on stderr."""
    args = _parser().parse_args(argv)
    try:
        settings = read_settings()
        command: Callable[[Engine, Settings, argparse.Namespace], int | None] = args.run
        return command(engine_for(settings.database_url), settings, args) or 0
    except EmonevError as error:
        print(f"Gagal: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m data", description="Perintah basis data e-Monev.")
    commands = parser.add_subparsers(required=True, metavar="PERINTAH")
    for subject in (basis, akun, jejak, ingatkan, pejabat, sapu):
        subject.add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
