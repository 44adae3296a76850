"""The screens of the command centre: each has a token of its own, which shows the wall and opens nothing else."""

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import Connection, Engine, func, insert, or_, select, update

from data import jejak
from data.engine import writing
from data.errors import BadParameterError, NotFoundError
from data.jejak import Kejadian, Pelaku
from data.kunci import fingerprint, new_token
from data.queries.kiriman import LARGEST_NUMBER
from data.tables import pemda as governments
from data.tables.publik import layar
from data.words import Tindakan

SEEN_EVERY: Final = timedelta(minutes=1)
LONGEST_NAME: Final = 80
NOBODY: Final = "0" * 64
C = layar.c


@dataclass(frozen=True)
class Layar:
    """One screen. The times are aware UTC; ``dicabut_pada`` is None while it may show the wall."""

    nomor: int
    nama: str
    dibuat_pada: datetime
    oleh: str
    dicabut_pada: datetime | None
    terlihat_pada: datetime | None


def list_screens(conn: Connection, pemda: str) -> list[Layar]:
    """Every screen, those that may still show the wall first, the newest of each first."""
    query = select(C.nomor, C.nama, C.dibuat_pada, C.oleh, C.dicabut_pada, C.terlihat_pada).where(C.pemda == pemda)
    return [Layar(*row) for row in conn.execute(query.order_by(C.dicabut_pada.is_not(None), C.nomor.desc()))]


def make_screen(engine: Engine, pemda: str, pelaku: Pelaku, nama: str) -> str:
    """The token of a new screen, told this once. Raises BadParameterError for a name that cannot be read."""
    name, token = " ".join(nama.split()), new_token()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise BadParameterError(f"Isi nama layar, paling panjang {LONGEST_NAME} huruf.")
    with writing(engine) as conn:
        # The pemda's row is the lock that keeps two administrators from taking the same number.
        conn.execute(update(governments).where(governments.c.kode == pemda).values(kode=pemda))
        nomor = 1 + (conn.execute(select(func.max(C.nomor)).where(C.pemda == pemda)).scalar() or 0)
        row = {"pemda": pemda, "nomor": nomor, "nama": name, "sidik": fingerprint(token)}
        conn.execute(insert(layar), [{**row, "dibuat_pada": datetime.now(UTC), "oleh": pelaku.nama}])
        jejak.append(conn, pemda, pelaku, Kejadian(Tindakan.LAYAR_DIBUAT, f"layar/{nomor}", {"nama": name}))
    return token


def revoke_screen(engine: Engine, pemda: str, pelaku: Pelaku, nomor: int) -> None:
    """The screen shows nothing more; again is no deed. Raises NotFoundError for a number that is none."""
    with writing(engine) as conn:
        here = (C.pemda == pemda, C.nomor == nomor)
        name = conn.execute(select(C.nama).where(*here)).scalar() if nomor <= LARGEST_NUMBER else None
        if name is None:
            raise NotFoundError("Layar ini tidak ada.")
        done = conn.execute(update(layar).where(*here, C.dicabut_pada.is_(None)).values(dicabut_pada=datetime.now(UTC)))
        if done.rowcount:
            jejak.append(conn, pemda, pelaku, Kejadian(Tindakan.LAYAR_DICABUT, f"layar/{nomor}", {"nama": name}))


def recognise(conn: Connection, pemda: str, token: str) -> Layar | None:
    """The screen that holds this token, revoked or not; None for anything else. The same steps whatever was sent: one
    fingerprint, one look-up, one comparison."""
    sidik = fingerprint(token[:100])
    columns = (C.nomor, C.nama, C.dibuat_pada, C.oleh, C.dicabut_pada, C.terlihat_pada, C.sidik)
    row = conn.execute(select(*columns).where(C.pemda == pemda, C.sidik == sidik)).first()
    same = hmac.compare_digest(sidik, NOBODY if row is None else row.sidik)
    return Layar(*row[:-1]) if row is not None and same else None


def seen_too_long_ago(screen: Layar, now: datetime) -> bool:
    """Is it time to note that the screen is still there?"""
    return screen.terlihat_pada is None or now - screen.terlihat_pada >= SEEN_EVERY


def touch_screen(conn: Connection, pemda: str, nomor: int, now: datetime) -> None:
    """Note when the screen was last seen; of several workers that want to at once, one does."""
    old = or_(C.terlihat_pada.is_(None), C.terlihat_pada <= now - SEEN_EVERY)
    conn.execute(update(layar).where(C.pemda == pemda, C.nomor == nomor, old).values(terlihat_pada=now))
