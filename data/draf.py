"""What becomes of a draft besides sending it: thrown away, or compared anew with what was accepted meanwhile. And the
note that somebody fetched a file."""

import json
from typing import Any

from sqlalchemy import Engine

from data import jejak
from data.engine import reading, writing
from data.errors import NotFoundError
from data.jejak import Kejadian, Pelaku
from data.kiriman import TEXTS, Alamat, K, Periksa, of_report, save_draft, stand_in_line, write_texts
from data.nomor import discard
from data.queries.kiriman import one_version
from data.simpanan import unpack
from data.words import Kirim, Tindakan


def discard_draft(engine: Engine, pemda: str, alamat: Alamat, nomor: int) -> None:
    """Throw a draft away. Raises NotFoundError when it is none (any more): what was sent is never deleted."""
    with writing(engine) as conn:
        stand_in_line(conn, pemda)
        where = (*of_report(pemda, alamat), K.c.nomor == nomor, K.c.keadaan == Kirim.DRAF.value)
        if discard(conn, *where) == 0:
            raise NotFoundError("Draf ini sudah tidak ada.")


def renew_draft(engine: Engine, pemda: str, pelaku: Pelaku, alamat: Alamat, nomor: int) -> int:
    """The same draft with all its words under a new number, compared with what stands now.

    Raises NotFoundError when it is no draft any more, DeadlineError when nothing may be sent now.
    """
    with reading(engine) as conn:
        row = one_version(conn, pemda, nomor, alamat.opd)
    if row["keadaan"] != Kirim.DRAF:
        raise NotFoundError("Draf ini sudah tidak ada.")
    new = save_draft(engine, pemda, pelaku, alamat, _checked(row))
    write_texts(engine, pemda, alamat, new, {name: row[name] for name in TEXTS})
    return new


def note_download(engine: Engine, pemda: str, pelaku: Pelaku, objek: str, rincian: dict[str, Any]) -> None:
    """One line of the audit trail for a file that left the house."""
    with writing(engine) as conn:
        jejak.append(conn, pemda, pelaku, Kejadian(Tindakan.EKSPOR, objek, rincian))


def _checked(row: dict[str, Any]) -> Periksa:
    """What was checked, as it is stored in a draft."""
    facts = ("nama_berkas", "sha256", "ukuran", "jumlah_baris", "galat", "konfirmasi", "nihil")
    return Periksa(
        **{name: row[name] for name in facts},
        ringkasan=json.loads(row["ringkasan"]),
        masalah=json.loads(row["masalah"]),
        muatan=unpack(row["muatan"]),
        setelan=json.loads(row["setelan"]),
    )
