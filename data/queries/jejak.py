"""The audit trail, read: filtered pages of it, all of it, what an account did, and whether the chain is whole."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import pandas as pd
from sqlalchemy import Connection, Engine, func, select

from data import jejak
from data.engine import reading, writing
from data.errors import BadParameterError
from data.jejak import Kejadian, Pelaku, Putus, verify_chain
from data.kalender import WIB
from data.queries.frame import frame
from data.tables import jejak as trail
from data.tables import jejak_kepala
from data.words import Tindakan

PAGE: Final = 50
CHUNK: Final = 1000
YEARS: Final = (2000, 2100)
SIGN_INS: Final = (Tindakan.MASUK, Tindakan.MASUK_GAGAL, Tindakan.MASUK_DITAHAN, Tindakan.KELUAR)


@dataclass(frozen=True)
class Saringan:
    """Which rows of the trail: by account, action, OPD and days in WIB, first and last day included."""

    pelaku: str = ""
    tindakan: Tindakan | None = None
    opd: str = ""
    dari: date | None = None
    sampai: date | None = None

    def as_query(self) -> dict[str, str]:
        """What an address says of it; only what is set."""
        said = {
            "pelaku": self.pelaku,
            "tindakan": self.tindakan.value if self.tindakan else "",
            "opd": self.opd,
            "dari": self.dari.isoformat() if self.dari else "",
            "sampai": self.sampai.isoformat() if self.sampai else "",
        }
        return {name: value for name, value in said.items() if value}


@dataclass(frozen=True)
class Rantai:
    """What checking the chain found: how many rows up to the head, and where it breaks, if it does."""

    nomor: int
    putus: Putus | None


def read_filter(given: Mapping[str, str]) -> Saringan:
    """The filter an address or a form asks for. Raises BadParameterError, naming what is wrong."""
    found = Saringan(
        pelaku=_plain(given, "pelaku", 80).casefold(),
        tindakan=_action(given),
        opd=_plain(given, "opd", 40),
        dari=_day(given, "dari"),
        sampai=_day(given, "sampai"),
    )
    if found.dari and found.sampai and found.dari > found.sampai:
        raise BadParameterError("Tanggal 'dari' harus sebelum tanggal 'sampai'.")
    return found


def read_trail(
    conn: Connection, pemda: str, wanted: Saringan, before: int | None = None, limit: int = PAGE
) -> pd.DataFrame:
    """One row per event, newest first: nomor, waktu, pelaku, peran, opd, alamat, tindakan, objek, rincian (JSON),
    sebelum, hash. ``before``: only what is older than this number."""
    t = trail.c
    columns = (t.nomor, t.waktu, t.pelaku, t.peran, t.opd, t.alamat, t.tindakan, t.objek, t.rincian, t.sebelum, t.hash)
    query = select(*columns).where(*_where(pemda, wanted)).order_by(t.nomor.desc()).limit(limit)
    return frame(conn, query if before is None else query.where(t.nomor < before))


def count_trail(conn: Connection, pemda: str, wanted: Saringan) -> tuple[int, int]:
    """How many rows fit, and the newest number among them (0 for none)."""
    query = select(func.count(), func.max(trail.c.nomor)).where(*_where(pemda, wanted))
    count, newest = conn.execute(query).one()
    return int(count), int(newest or 0)


def begin_export(engine: Engine, pemda: str, pelaku: Pelaku, wanted: Saringan) -> int:
    """Write down that the trail was taken out, with filter and number of rows; the newest number to hand out."""
    with reading(engine) as conn:
        count, newest = count_trail(conn, pemda, wanted)
    told = {**wanted.as_query(), "baris": count}
    with writing(engine) as conn:
        jejak.append(conn, pemda, pelaku, Kejadian(Tindakan.EKSPOR, "jejak", told))
    return newest


def stream_trail(engine: Engine, pemda: str, wanted: Saringan, newest: int) -> Iterator[dict[str, Any]]:
    """The rows of ``read_trail`` from this number down, in pieces: rows never change, so a slow reader holds no
    connection and still gets one consistent answer."""
    before = newest + 1
    while before > 1:
        with reading(engine) as conn:
            rows = read_trail(conn, pemda, wanted, before, CHUNK).to_dict("records")
        yield from ({str(name): value for name, value in row.items()} for row in rows)
        before = rows[-1]["nomor"] if len(rows) == CHUNK else 0


def read_sign_ins(conn: Connection, pemda: str, nama: str, limit: int = 20) -> pd.DataFrame:
    """One row per sign-in, failed or held attempt and sign-out of an account, newest first: nomor, waktu, tindakan,
    alamat, rincian (JSON)."""
    t = trail.c
    where = (t.pemda == pemda, t.pelaku == nama, t.tindakan.in_([action.value for action in SIGN_INS]))
    query = select(t.nomor, t.waktu, t.tindakan, t.alamat, t.rincian).where(*where)
    return frame(conn, query.order_by(t.nomor.desc()).limit(limit))


def last_sign_ins(conn: Connection, pemda: str) -> dict[str, datetime]:
    """When each account signed in last."""
    t = trail.c
    where = (t.pemda == pemda, t.tindakan == Tindakan.MASUK.value)
    newest = select(func.max(t.nomor)).where(*where).group_by(t.pelaku)
    rows = conn.execute(select(t.pelaku, t.waktu).where(t.pemda == pemda, t.nomor.in_(newest)))
    return {row.pelaku: row.waktu for row in rows}


def read_head(conn: Connection, pemda: str) -> int:
    """The number of the newest row; 0 for an empty trail."""
    h = jejak_kepala.c
    return int(conn.execute(select(h.nomor).where(h.pemda == pemda)).scalar() or 0)


def check_trail(engine: Engine, pemda: str) -> Rantai:
    """Walk the whole chain. Rows and head are read from one snapshot: a line written meanwhile is no break."""
    with reading(engine) as conn:
        return Rantai(read_head(conn, pemda), verify_chain(conn, pemda))


def read_details(rincian: str) -> dict[str, Any]:
    """The details of a row as a mapping; a text that is not ours shows as it is."""
    try:
        found = json.loads(rincian)
    except ValueError:
        return {"isi": rincian}
    return found if isinstance(found, dict) else {"isi": rincian}


def _where(pemda: str, wanted: Saringan) -> list[Any]:
    t, found = trail.c, [trail.c.pemda == pemda]
    if wanted.pelaku:
        found.append(t.pelaku == wanted.pelaku)
    if wanted.tindakan:
        found.append(t.tindakan == wanted.tindakan.value)
    if wanted.opd:
        found.append(t.opd == wanted.opd)
    if wanted.dari:
        found.append(t.waktu >= _midnight(wanted.dari))
    if wanted.sampai:
        found.append(t.waktu < _midnight(wanted.sampai + timedelta(days=1)))
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), WIB)


def _plain(given: Mapping[str, str], name: str, most: int) -> str:
    """A text to compare with. A database would choke on some characters that no name can have."""
    text = given.get(name, "").strip()
    if len(text) > most or not text.isprintable():
        raise BadParameterError(f"Saringan '{name}' tidak dapat dibaca. Tulis paling banyak {most} huruf biasa.")
    return text


def _action(given: Mapping[str, str]) -> Tindakan | None:
    text = given.get("tindakan", "")
    if text and text not in set(Tindakan):
        raise BadParameterError("Tindakan ini tidak dikenal. Pilih dari daftar.")
    return Tindakan(text) if text else None


def _day(given: Mapping[str, str], name: str) -> date | None:
    text = given.get(name, "")
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise BadParameterError(f"Tanggal '{name}' tidak dapat dibaca. Tulis seperti 2026-03-31.")
    return day
