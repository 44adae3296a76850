"""The command that removes raw files nobody names any more."""

import argparse
from typing import Any

from sqlalchemy import Engine

from data.perintah import say
from data.sapu import sweep
from data.settings import Settings


def add(commands: Any) -> None:
    """Make the word of this command known."""
    parser = commands.add_parser("sapu", help="hapus berkas mentah dari draf yang sudah dibuang (cron)")
    parser.set_defaults(run=run)


def run(engine: Engine, settings: Settings, _args: argparse.Namespace) -> None:
    gone, size = sweep(engine, settings.berkas)
    say(
        f"{gone} berkas ({size // 1024} KB) dari draf yang dibuang sudah dihapus." if gone else "Tidak ada yang disapu."
    )
