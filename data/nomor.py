"""Numbers of versions: given out once. A draft that is thrown away leaves an empty row as long as its number is the
highest, so that a tab in which it is still open can never act on another draft."""

from typing import Any, Final

from sqlalchemy import Connection, delete, func, select, update

from data import tables
from data.kunci import new_token
from data.words import Kirim

K: Final = tables.kiriman
_EMPTY: Final = {"ringkasan": "{}", "masalah": "[]", "muatan": "{}", "setelan": "{}", "nama_berkas": "", "sha256": ""}
_WORDS: Final = ("alasan", "faktor_pendorong", "faktor_penghambat", "tindak_lanjut", "tanggapan")


def next_number(conn: Connection, pemda: str) -> int:
    """A number no version of this pemda ever had. The caller holds the pemda's row and gives the number away."""
    highest = conn.execute(select(func.max(K.c.nomor)).where(K.c.pemda == pemda)).scalar() or 0
    conn.execute(delete(K).where(K.c.pemda == pemda, K.c.keadaan == Kirim.DIBUANG.value, K.c.nomor < highest))
    return int(highest) + 1


def discard(conn: Connection, *where: Any) -> int:
    """Empty the drafts meant; how many there were. What was sent is never meant."""
    values = {**_EMPTY, **dict.fromkeys(_WORDS, ""), "keadaan": Kirim.DIBUANG.value, "sekali": new_token()[:43]}
    return conn.execute(update(K).where(*where, K.c.keadaan == Kirim.DRAF.value).values(**values)).rowcount
