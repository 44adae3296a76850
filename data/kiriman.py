"""What an OPD sends: a checked draft, its submission with a receipt, its withdrawal. One transaction each.

The pemda's row is locked first, so that of two who send at once one comes second and is told.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Engine, and_, delete, func, insert, select, update

from data import jejak, tables
from data.alasan import missing_reasons
from data.cocok import check_plan
from data.engine import writing
from data.errors import BadParameterError, ConflictError, DeadlineError, NotFoundError
from data.jejak import Kejadian, Pelaku
from data.kalender import Tenggat, Waktunya, read_deadline, wib_words
from data.kunci import new_token
from data.nomor import discard, next_number
from data.simpanan import pack, unpack
from data.store import Muatan
from data.words import ACCEPTED, Keadaan, Kirim, Tindakan

K: Final = tables.kiriman
STANDING: Final = (Kirim.TERKIRIM.value, Kirim.DITERIMA.value)
"""Versions that count: one waits, one is accepted."""
TEXTS: Final = ("alasan", "faktor_pendorong", "faktor_penghambat", "tindak_lanjut", "tanggapan")
LONGEST_TEXT: Final = 2_000
LONGEST_REASONS: Final = 20_000
"""All reasons of one report together: each group of findings has its own."""
TIME_TO_MEND: Final = timedelta(days=7)
"""How long a returned report may be sent again although the period is locked [S]."""


@dataclass(frozen=True)
class Periksa:
    """A checked file, as the loaders found it: what becomes a draft. ``masalah``: one mapping per finding
    (tingkat, aturan, pesan, perbaikan, baris, kolom, nama_kolom, nilai)."""

    nama_berkas: str
    sha256: str
    ukuran: int
    jumlah_baris: int
    galat: int
    konfirmasi: int
    ringkasan: Mapping[str, Any]
    masalah: list[dict[str, Any]]
    muatan: Muatan
    setelan: Mapping[str, Any]
    nihil: bool = False


@dataclass(frozen=True)
class Alamat:
    """Whose report for which triwulan."""

    tahun: int
    tw: int
    opd: str


@dataclass(frozen=True)
class Tanda:
    """A receipt: the number of the version, its name for people, and whether it was given before (a second click)."""

    nomor: int
    tanda: str
    ulang: bool


def save_draft(engine: Engine, pemda: str, pelaku: Pelaku, alamat: Alamat, periksa: Periksa) -> int:
    """Keep a checked file as the draft of this report and return its number; an older draft goes, its texts stay.

    Raises DeadlineError when nothing may be sent now, DatabaseAwayError when the database does not answer.
    """
    with writing(engine) as conn:
        stand_in_line(conn, pemda)
        check_open(conn, pemda, alamat)
        old = _drafts(conn, pemda, alamat)
        row: dict[str, Any] = {
            "pemda": pemda,
            "nomor": next_number(conn, pemda),
            "keadaan": Kirim.DRAF.value,
            "dibuat_pada": datetime.now(UTC),
            "oleh": pelaku.nama,
            "sekali": new_token()[:43],
            "dasar": newest_standing(conn, pemda, alamat),
            "ringkasan": json.dumps(dict(periksa.ringkasan), default=str),
            "masalah": json.dumps(periksa.masalah, default=str),
            "muatan": pack(periksa.muatan),
            "setelan": json.dumps(dict(periksa.setelan), default=str),
        }
        row |= {"tahun": alamat.tahun, "tw": alamat.tw, "opd": alamat.opd}
        facts = ("nama_berkas", "sha256", "ukuran", "jumlah_baris", "galat", "konfirmasi", "nihil")
        row |= {name: getattr(periksa, name) for name in facts}
        row |= {name: getattr(old, name) if old is not None else "" for name in TEXTS if name != "alasan"}
        conn.execute(delete(K).where(*of_report(pemda, alamat), K.c.keadaan == Kirim.DRAF.value))
        conn.execute(insert(K), [row | {"nama_berkas": periksa.nama_berkas[:255]}])
        return int(row["nomor"])


def write_texts(engine: Engine, pemda: str, alamat: Alamat, nomor: int, texts: Mapping[str, str]) -> None:
    """Put words beside a draft's figures. Raises NotFoundError when it is no draft of this report any more,
    BadParameterError for a text that is too long."""
    values = {name: " ".join(texts[name].split()) for name in TEXTS if name in texts}
    for name, text in values.items():
        most = LONGEST_REASONS if name == "alasan" else LONGEST_TEXT
        if len(text) > most:
            raise BadParameterError(f"{name.replace('_', ' ').capitalize()} paling banyak {most} huruf.")
    with writing(engine) as conn:
        stand_in_line(conn, pemda)
        where = (*of_report(pemda, alamat), K.c.nomor == nomor, K.c.keadaan == Kirim.DRAF.value)
        if conn.execute(update(K).where(*where).values(keadaan=Kirim.DRAF.value, **values)).rowcount == 0:
            raise NotFoundError("Draf ini sudah tidak ada. Unggah berkasnya sekali lagi.")


def submit(
    engine: Engine,
    pemda: str,
    pelaku: Pelaku,
    alamat: Alamat,
    sekali: str,
    now: datetime | None = None,
    nomor: int | None = None,
) -> Tanda:
    """Send the draft that carries this one-time token (and, where it is told, this number). Sending it again gives the
    same receipt.

    Raises NotFoundError for an unknown token, BadParameterError while something must be mended or answered first,
    DeadlineError by the clock, LoadError when the plan has changed since the check, ConflictError when another version
    was sent or accepted after the preview.
    """
    now = now or datetime.now(UTC)
    with writing(engine) as conn:
        stand_in_line(conn, pemda)
        row = conn.execute(select(K).where(*of_report(pemda, alamat), K.c.sekali == sekali)).first()
        if row is None or nomor not in (None, row.nomor) or row.keadaan == Kirim.DIBUANG:
            raise NotFoundError("Pratinjau ini sudah tidak berlaku. Unggah berkasnya sekali lagi.")
        if row.keadaan != Kirim.DRAF:
            return Tanda(row.nomor, row.tanda or "", True)
        twin = _same_file_standing(conn, pemda, alamat, row)
        if twin is not None:
            discard(conn, K.c.pemda == pemda, K.c.nomor == row.nomor)
            return Tanda(twin.nomor, twin.tanda, True)
        _check_ready(row)
        check_plan(conn, pemda, unpack(row.muatan))
        deadline = check_open(conn, pemda, alamat, now)
        if newest_standing(conn, pemda, alamat) != row.dasar or _decided_since(conn, pemda, alamat, row.dibuat_pada):
            raise ConflictError(
                "Versi lain laporan ini dikirim setelah Anda membuka pratinjau. Periksa bedanya, lalu kirim lagi."
            )
        late = deadline.days_late(now)
        tanda = f"EM-{alamat.tahun}-{alamat.tw}-{row.nomor:06d}"
        _replace_waiting(conn, pemda, alamat)
        sent = {"keadaan": Kirim.TERKIRIM.value, "dikirim_pada": now, "hari_terlambat": late, "tanda": tanda}
        draft = (K.c.pemda == pemda, K.c.nomor == row.nomor, K.c.keadaan == Kirim.DRAF.value)
        if conn.execute(update(K).where(*draft).values(**sent, oleh=pelaku.nama)).rowcount != 1:
            raise NotFoundError("Draf ini sudah dibuang. Unggah berkasnya sekali lagi.")
        mark_report(conn, pemda, alamat, Keadaan.TERKIRIM, {"diterima_pada": now, "hari_terlambat": late})
        facts = {"tanda": tanda, "sha256": row.sha256, "berkas": row.nama_berkas, "terlambat": late}
        jejak.append(conn, pemda, pelaku, Kejadian(Tindakan.KIRIM, f"kiriman/{row.nomor}", facts))
        return Tanda(row.nomor, tanda, False)


def withdraw(engine: Engine, pemda: str, pelaku: Pelaku, alamat: Alamat, nomor: int) -> None:
    """Take a version back before anybody has decided on it. Raises NotFoundError when it does not wait any more."""
    with writing(engine) as conn:
        stand_in_line(conn, pemda)
        where = (*of_report(pemda, alamat), K.c.nomor == nomor, K.c.keadaan == Kirim.TERKIRIM.value)
        if conn.execute(update(K).where(*where).values(keadaan=Kirim.DITARIK.value)).rowcount == 0:
            raise NotFoundError("Laporan ini tidak lagi menunggu verifikasi, jadi tidak dapat ditarik.")
        _stand_as_before(conn, pemda, alamat)
        jejak.append(conn, pemda, pelaku, Kejadian(Tindakan.TARIK, f"kiriman/{nomor}"))


def copy_as_draft(engine: Engine, pemda: str, pelaku: Pelaku, alamat: Alamat, nomor: int) -> int:
    """Undo: an earlier version becomes the draft again, to be sent anew. Raises NotFoundError, DeadlineError."""
    with writing(engine) as conn:
        stand_in_line(conn, pemda)
        check_open(conn, pemda, alamat)
        row = conn.execute(select(K).where(*of_report(pemda, alamat), K.c.nomor == nomor)).mappings().first()
        if row is None or row["keadaan"] == Kirim.DIBUANG:
            raise NotFoundError("Tidak ditemukan.")
        new = next_number(conn, pemda)
        conn.execute(delete(K).where(*of_report(pemda, alamat), K.c.keadaan == Kirim.DRAF.value, K.c.nomor != nomor))
        if row["keadaan"] == Kirim.DRAF:
            return nomor
        fresh = {name: row[name] for name in (column.name for column in K.columns) if name not in _NOT_COPIED}
        fresh |= {"nomor": new, "keadaan": Kirim.DRAF.value, "dibuat_pada": datetime.now(UTC), "oleh": pelaku.nama}
        fresh |= {"sekali": new_token()[:43], "dasar": newest_standing(conn, pemda, alamat)}
        conn.execute(insert(K), [fresh])
        return int(new)


_NOT_COPIED: Final = frozenset(
    {"nomor", "keadaan", "dikirim_pada", "hari_terlambat", "tanda", "diputus_pada", "diputus_oleh"}
    | {"alasan_putusan", "catatan_baris", "unggahan", "sekali", "dasar", "dibuat_pada", "oleh"}
)


def check_open(conn: Connection, pemda: str, alamat: Alamat, now: datetime | None = None) -> Tenggat:
    """The deadline, when something may be sent. Raises DeadlineError with its date otherwise."""
    deadline = read_deadline(conn, pemda, alamat.tahun, alamat.tw, alamat.opd)
    now = now or datetime.now(UTC)
    stand, grace = deadline.stand(now), mend_until(conn, pemda, alamat)
    if stand == Waktunya.BELUM_DIBUKA:
        raise DeadlineError(f"{deadline.nama} belum dibuka. Dibuka {wib_words(deadline.dibuka)}.")
    if stand == Waktunya.TERKUNCI and (grace is None or now >= grace):
        raise DeadlineError(
            f"{deadline.nama} sudah dikunci sejak {wib_words(deadline.dikunci)}. "
            "Minta perpanjangan kepada Bappeda bila masih harus mengirim."
        )
    return deadline


def newest_standing(conn: Connection, pemda: str, alamat: Alamat) -> int | None:
    """The number of the newest version that waits or is accepted; None when there is none."""
    found = conn.execute(
        select(func.max(K.c.nomor)).where(*of_report(pemda, alamat), K.c.keadaan.in_(STANDING))
    ).scalar()
    return None if found is None else int(found)


def of_report(pemda: str, alamat: Alamat) -> tuple[Any, ...]:
    return (K.c.pemda == pemda, K.c.tahun == alamat.tahun, K.c.tw == alamat.tw, K.c.opd == alamat.opd)


def stand_in_line(conn: Connection, pemda: str) -> None:
    """Stand in line with everybody who changes this pemda's reports."""
    p = tables.pemda
    if conn.execute(update(p).where(p.c.kode == pemda).values(versi=p.c.versi)).rowcount == 0:
        raise NotFoundError(f"Pemda {pemda} belum terdaftar.")


def _drafts(conn: Connection, pemda: str, alamat: Alamat) -> Any:
    query = select(K).where(*of_report(pemda, alamat), K.c.keadaan == Kirim.DRAF.value).order_by(K.c.nomor.desc())
    return conn.execute(query).first()


def _same_file_standing(conn: Connection, pemda: str, alamat: Alamat, row: Any) -> Any:
    """The standing version made of the very same file with the same words, if it is the newest."""
    newest = newest_standing(conn, pemda, alamat)
    twin = conn.execute(select(K).where(K.c.pemda == pemda, K.c.nomor == newest)).first() if newest else None
    if twin is None or twin.muatan != row.muatan or any(getattr(twin, name) != getattr(row, name) for name in TEXTS):
        return None
    return twin if twin.sha256 == row.sha256 else None


def _check_ready(row: Any) -> None:
    if row.galat:
        raise BadParameterError(f"Masih ada {row.galat} Galat. Perbaiki berkasnya, lalu unggah lagi.")
    if row.konfirmasi and (not row.alasan.strip() or missing_reasons(json.loads(row.masalah), row.alasan)):
        raise BadParameterError(
            f"Ada {row.konfirmasi} hal yang perlu dikonfirmasi. Tulis alasannya untuk tiap golongan sebelum mengirim."
        )


def _replace_waiting(conn: Connection, pemda: str, alamat: Alamat) -> None:
    where = (*of_report(pemda, alamat), K.c.keadaan == Kirim.TERKIRIM.value)
    conn.execute(update(K).where(*where).values(keadaan=Kirim.DIGANTI.value))


def mark_report(conn: Connection, pemda: str, alamat: Alamat, keadaan: Keadaan, values: dict[str, Any]) -> None:
    """Write where the report stands; one that is accepted keeps its state until the correction is accepted too."""
    lap = tables.laporan
    where = and_(lap.c.pemda == pemda, lap.c.tahun == alamat.tahun, lap.c.tw == alamat.tw, lap.c.opd == alamat.opd)
    stands = conn.execute(select(lap.c.keadaan).where(where)).scalar()
    if stands in ACCEPTED:
        return
    if stands is None:
        place = {"pemda": pemda, "tahun": alamat.tahun, "tw": alamat.tw, "opd": alamat.opd}
        blank = {"nihil": False, "alasan_nihil": ""}
        conn.execute(insert(lap), [place | blank | {"keadaan": keadaan.value} | values])
    else:
        # Mending a report that came in time does not make it late: its first arrival counts.
        conn.execute(update(lap).where(where).values(keadaan=keadaan.value))


def _decided_since(conn: Connection, pemda: str, alamat: Alamat, since: datetime) -> bool:
    """Was a version of this report decided on after a draft was checked? Then the draft was checked against the old."""
    query = select(K.c.nomor).where(*of_report(pemda, alamat), K.c.diputus_pada > since)
    return conn.execute(query).first() is not None


def mend_until(conn: Connection, pemda: str, alamat: Alamat) -> datetime | None:
    """Until when a report that was returned may be sent again, lock or no lock: the delay was not the OPD's own. None
    when the last version sent was not returned."""
    query = select(K.c.keadaan, K.c.diputus_pada).where(*of_report(pemda, alamat), K.c.dikirim_pada.is_not(None))
    last = conn.execute(query.order_by(K.c.nomor.desc())).first()
    return last.diputus_pada + TIME_TO_MEND if last is not None and last.keadaan == Kirim.DIKEMBALIKAN else None


def _stand_as_before(conn: Connection, pemda: str, alamat: Alamat) -> None:
    """After a withdrawal: returned, if that was the last word on an earlier version; else nothing has come in."""
    lap = tables.laporan
    where = (lap.c.pemda == pemda, lap.c.tahun == alamat.tahun, lap.c.tw == alamat.tw, lap.c.opd == alamat.opd)
    waiting = (*where, lap.c.keadaan == Keadaan.TERKIRIM.value)
    returned = select(K.c.nomor).where(*of_report(pemda, alamat), K.c.keadaan == Kirim.DIKEMBALIKAN.value)
    if conn.execute(returned).first() is not None:
        conn.execute(update(lap).where(*waiting).values(keadaan=Keadaan.DIKEMBALIKAN.value))
    else:
        conn.execute(delete(lap).where(*waiting))
