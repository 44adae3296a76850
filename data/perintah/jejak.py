"""Commands on the audit trail: is the chain whole, and all of it as a file."""

import argparse
import json
import os
from datetime import UTC
from pathlib import Path
from typing import Any, TextIO

from sqlalchemy import Engine, select, union

from data import tables
from data.engine import reading
from data.errors import BadParameterError, EmonevError
from data.jejak import PERINTAH
from data.perintah import say
from data.queries.jejak import Saringan, begin_export, check_trail, stream_trail
from data.settings import Settings


def add(commands: Any) -> None:
    """Make the words of these commands known."""
    group = commands.add_parser("jejak", help="jejak audit: periksa, ekspor")
    own = group.add_subparsers(required=True, metavar="TINDAKAN")
    own.add_parser("periksa", help="periksa rantai jejak semua pemda").set_defaults(run=check)
    out = own.add_parser("ekspor", help="tulis seluruh jejak ke berkas, satu JSON per baris")
    out.add_argument("berkas", type=Path, metavar="BERKAS.jsonl")
    out.set_defaults(run=export)


def check(engine: Engine, _settings: Settings, _args: argparse.Namespace) -> int:
    """Walk the chain of every government in this database. 1 when one of them is broken."""
    known = _governments(engine)
    broken = 0
    for pemda in known:
        found = check_trail(engine, pemda)
        whose = f"{pemda}: " if len(known) > 1 else ""
        if found.putus is None:
            say(f"{whose}Rantai utuh: {found.nomor} baris")
        else:
            broken = 1
            say(f"{whose}Rantai putus pada nomor {found.putus.nomor} ({found.putus.sebab})")
    if not known:
        say("Rantai utuh: 0 baris")
    return broken


def export(engine: Engine, settings: Settings, args: argparse.Namespace) -> None:
    """The whole trail, newest first, readable by its owner only. An existing file is never written over, and half a
    file is never left behind."""
    path: Path = args.berkas
    try:
        # Exclusive, and closed to others from the first moment: the trail names people and addresses.
        file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8")
    except OSError as error:
        raise BadParameterError(f"Berkas '{path}' tidak dapat dibuat: {_reason(error)}") from None
    try:
        with file:
            count = _write(file, engine, settings.pemda)
    except OSError:
        path.unlink()
        raise BadParameterError(f"Berkas '{path}' tidak dapat ditulis sampai selesai. Periksa ruang disk.") from None
    except EmonevError:
        path.unlink()
        raise
    say(f"{count} baris jejak ditulis ke {path}.")


def _write(file: TextIO, engine: Engine, pemda: str) -> int:
    """Everything the hash of a row is made of goes along, so the chain can be checked without this database."""
    count, newest = 0, begin_export(engine, pemda, PERINTAH, Saringan())
    for row in stream_trail(engine, pemda, Saringan(), newest):
        row["waktu"] = row["waktu"].astimezone(UTC).isoformat(timespec="microseconds")
        file.write(json.dumps({"pemda": pemda, **row}) + "\n")
        count += 1
    return count


def _governments(engine: Engine) -> list[str]:
    """Whoever has rows, or a head: rows without a head, or a head without rows, are a break too."""
    with reading(engine) as conn:
        return sorted(conn.execute(union(select(tables.jejak.c.pemda), select(tables.jejak_kepala.c.pemda))).scalars())


def _reason(error: OSError) -> str:
    if isinstance(error, FileExistsError):
        return "sudah ada. Pilih nama lain."
    return "foldernya tidak ada atau tidak boleh ditulisi."
