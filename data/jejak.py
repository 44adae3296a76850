"""The audit trail: append-only, each row carrying the hash of the one before. Beside the database the same event
goes out as one JSON line of the log, hash included, so a rewritten chain can be told from the one that was logged."""

import hashlib
import json
import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, event, insert, select, update
from sqlalchemy.exc import IntegrityError

from data.tables import jejak, jejak_kepala
from data.words import Tindakan

log = logging.getLogger("emonev.jejak")
START: Final = "0" * 64
COMMAND: Final = "(perintah)"
UNKNOWN: Final = "(tidak dikenal)"


@dataclass(frozen=True)
class Pelaku:
    """Who did it: the account, what it may, and from where."""

    nama: str
    peran: str = ""
    opd: str = ""
    alamat: str = ""


PERINTAH: Final = Pelaku(COMMAND)
"""Somebody at the server's own keyboard."""


@dataclass(frozen=True)
class Kejadian:
    """What was done. ``objek`` names the thing ("akun/sekda", "unggahan/12"), ``rincian`` is small and plain."""

    tindakan: Tindakan
    objek: str = ""
    rincian: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Putus:
    """Where the chain breaks: the first row that is altered or missing, and what is wrong with it."""

    nomor: int
    sebab: str


def append(conn: Connection, pemda: str, pelaku: Pelaku, kejadian: Kejadian) -> int:
    """Add one row in the caller's transaction and return its number. Nothing may come after it that takes another
    lock: the head row is held until the end of the transaction."""
    nomor, before = _take_head(conn, pemda)
    row = {
        "pemda": pemda,
        "nomor": nomor,
        "waktu": datetime.now(UTC),
        "pelaku": pelaku.nama[:80],
        "peran": pelaku.peran,
        "opd": pelaku.opd,
        "alamat": pelaku.alamat[:64],
        "tindakan": kejadian.tindakan.value,
        "objek": kejadian.objek[:200],
        "rincian": _plain(kejadian.rincian),
        "sebelum": before,
    }
    row["hash"] = row_hash(row)
    conn.execute(insert(jejak), [row])
    conn.execute(update(jejak_kepala).where(jejak_kepala.c.pemda == pemda).values(hash=row["hash"]))
    line = _plain({name: str(value) if name == "waktu" else value for name, value in row.items()})
    event.listen(conn, "commit", lambda _conn: log.info(line), once=True)
    return nomor


def row_hash(row: Any) -> str:
    """SHA-256 over everything a row says, the hash of the row before it included."""
    names = ("pemda", "nomor", "pelaku", "peran", "opd", "alamat", "tindakan", "objek", "rincian", "sebelum")
    said = [row[name] for name in names] + [row["waktu"].astimezone(UTC).isoformat(timespec="microseconds")]
    return hashlib.sha256(_plain(said).encode()).hexdigest()


def verify_chain(conn: Connection, pemda: str) -> Putus | None:
    """The first altered or missing row; None when the chain is whole from the first row to the head."""
    before, expected = START, 1
    rows = conn.execute(select(jejak).where(jejak.c.pemda == pemda).order_by(jejak.c.nomor)).mappings()
    for row in rows:
        if row["nomor"] != expected:
            return Putus(expected, "hilang")
        if row["sebelum"] != before or row["hash"] != row_hash(row):
            return Putus(expected, "diubah")
        before, expected = row["hash"], expected + 1
    head = conn.execute(select(jejak_kepala).where(jejak_kepala.c.pemda == pemda)).first()
    told = (0, START) if head is None else (head.nomor, head.hash)
    return None if told == (expected - 1, before) else Putus(expected, "hilang")


def _take_head(conn: Connection, pemda: str) -> tuple[int, str]:
    """The next number and the newest hash; the head row stays locked, so two writers stand in line."""
    h = jejak_kepala
    raise_it = update(h).where(h.c.pemda == pemda).values(nomor=h.c.nomor + 1)
    if conn.execute(raise_it).rowcount == 0:
        try:
            with conn.begin_nested():
                conn.execute(insert(h), [{"pemda": pemda, "nomor": 0, "hash": START}])
        except IntegrityError:
            log.debug("another writer made the head row first")
        conn.execute(raise_it)
    row = conn.execute(select(h.c.nomor, h.c.hash).where(h.c.pemda == pemda)).one()
    return row.nomor, row.hash


def _plain(value: object) -> str:
    """JSON in one spelling, ASCII only: a line break or an escape sequence in a name stays inside its quotes."""
    return json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"), default=str)
