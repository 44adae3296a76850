"""Documents made in the background: ordered, claimed by a runner, told of while they grow, kept, and swept away.

A runner shows that it lives by its heartbeat. What has had none for a minute is told as failed and can be ordered
again; should its runner come back after all, its claim no longer holds and nothing of it is kept.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, Engine, delete, func, insert, select, update

from data import jejak, tables
from data.engine import reading, writing
from data.errors import BadParameterError, ConflictError, NotFoundError
from data.jejak import Kejadian, Pelaku
from data.kiriman import stand_in_line
from data.mentah import keep_raw, read_raw
from data.queries.kiriman import LARGEST_NUMBER
from data.queries.pemda import read_version
from data.words import KeadaanKerja, Tindakan

K: Final = tables.pekerjaan
HERE: Final = K.c.keadaan != KeadaanKerja.DIHAPUS.value
"""A removed document keeps its row for a while and shows it to nobody: its number must never mean another one."""
OPEN: Final = (KeadaanKerja.MENUNGGU.value, KeadaanKerja.BERJALAN.value)
SILENCE: Final = timedelta(seconds=60)
"""How long nothing may be heard of a runner before its work is told as failed."""
KEPT: Final = timedelta(days=30)
MOST_OPEN: Final = 5
STOPPED: Final = "Pembuatannya terhenti. Tekan Ulangi."
GONE: Final = "Dokumen tidak ditemukan."
TOO_MANY: Final = f"Masih ada {MOST_OPEN} dokumen Anda yang sedang dibuat. Tunggu sampai salah satunya selesai."
_REMOVED: Final = {"keadaan": KeadaanKerja.DIHAPUS.value, "isian": "{}", "nama_berkas": "", "sha256": ""}
_SHOWN: Final = ("kemajuan", "langkah", "nama_berkas", "sha256", "ukuran", "versi", "dibuat_pada", "selesai_pada")


class LostError(ConflictError):
    """This runner's claim no longer holds: its work was deleted, or begun anew after it had been silent too long."""


@dataclass(frozen=True)
class Pekerjaan:
    """One document as its owner sees it. ``keadaan`` is failed, too, when its runner has fallen silent; ``opd`` None
    when it is not one OPD's own; ``mulai_pada`` is the mark of the claim."""

    nomor: int
    akun: str
    opd: str | None
    jenis: str
    isian: Mapping[str, str]
    keadaan: KeadaanKerja
    pesan: str
    kemajuan: int
    langkah: str
    nama_berkas: str
    sha256: str
    ukuran: int
    versi: int
    dibuat_pada: datetime
    selesai_pada: datetime | None
    mulai_pada: datetime | None = None

    @property
    def terbuka(self) -> bool:
        """Is it waiting or being made?"""
        return self.keadaan.value in OPEN


@dataclass(frozen=True)
class Klaim:
    """What a runner holds while it makes one document. ``versi``: the data version it began with."""

    pemda: str
    nomor: int
    jenis: str
    isian: Mapping[str, str]
    versi: int
    pada: datetime


class Pesanan(NamedTuple):
    """An order: its document's number, and whether it put anything in line."""

    nomor: int
    baru: bool


def order(engine: Engine, pemda: str, pelaku: Pelaku, jenis: str, isian: Mapping[str, str]) -> Pesanan:
    """Order a document. The same order of the same account for the same data gives the one that
    is there already, finished or under way. ``isian["opd"]``, if any, makes it that OPD's.

    Raises BadParameterError when this account has too many open already, DatabaseAwayError when the database does not
    answer."""
    now, text = datetime.now(UTC), _as_text(isian)
    with writing(engine) as conn:
        stand_in_line(conn, pemda)
        version = read_version(conn, pemda) or 0
        mine = own_jobs(conn, pemda, pelaku.nama, now)
        for job in mine:
            same = job.jenis == jenis and _as_text(job.isian) == text
            if same and (job.terbuka or (job.keadaan == KeadaanKerja.SELESAI and job.versi == version)):
                return Pesanan(job.nomor, baru=False)
        if sum(job.terbuka for job in mine) >= MOST_OPEN:
            raise BadParameterError(TOO_MANY)
        nomor = _highest(conn, pemda) + 1
        row = {"pemda": pemda, "nomor": nomor, "akun": pelaku.nama, "opd": isian.get("opd"), "jenis": jenis}
        row |= {"isian": text, "keadaan": KeadaanKerja.MENUNGGU.value, "dibuat_pada": now, "denyut": now}
        conn.execute(insert(K), [row | {"versi": version}])
        _write_down(conn, pemda, pelaku, nomor, {"jenis": jenis, "langkah": "dipesan"})
    return Pesanan(nomor, baru=True)


def restart(engine: Engine, pemda: str, pelaku: Pelaku, nomor: int) -> bool:
    """Put a failed document back in line. One that is under way or finished stays what it is: False.

    Raises NotFoundError for what is not this account's."""
    now = datetime.now(UTC)
    with writing(engine) as conn:
        stand_in_line(conn, pemda)
        if own_job(conn, pemda, pelaku.nama, nomor, now).keadaan != KeadaanKerja.GAGAL:
            return False
        fresh = {"keadaan": KeadaanKerja.MENUNGGU.value, "denyut": now, "mulai_pada": None, "selesai_pada": None}
        conn.execute(update(K).where(*_is(pemda, nomor)).values(**fresh, kemajuan=0, langkah="", pesan=""))
        _write_down(conn, pemda, pelaku, nomor, {"langkah": "diulangi"})
    return True


def remove(engine: Engine, folder: Path, pemda: str, pelaku: Pelaku, nomor: int) -> None:
    """Take a document and its file away; a runner that makes it notices. Raises NotFoundError as ``restart``."""
    with writing(engine) as conn:
        stand_in_line(conn, pemda)
        own_job(conn, pemda, pelaku.nama, nomor, datetime.now(UTC))
        conn.execute(update(K).where(*_is(pemda, nomor)).values(**_REMOVED))
        _drop_files(conn, folder, pemda)
        _write_down(conn, pemda, pelaku, nomor, {"langkah": "dihapus"})


def take_out(engine: Engine, folder: Path, pemda: str, pelaku: Pelaku, job: Pekerjaan) -> bytes:
    """The finished file, with its line in the audit trail. Raises NotFoundError when there is none."""
    if job.keadaan != KeadaanKerja.SELESAI:
        raise NotFoundError(GONE)
    content = read_raw(_place(folder, pemda), job.sha256)
    with writing(engine) as conn:
        told = {"jenis": job.jenis, "langkah": "diunduh", "berkas": job.nama_berkas, "sha256": job.sha256}
        _write_down(conn, pemda, pelaku, job.nomor, told)
    return content


def note_export(engine: Engine, pemda: str, pelaku: Pelaku, objek: str, rincian: Mapping[str, Any]) -> None:
    """Write down that a document went out which is made on the spot."""
    with writing(engine) as conn:
        jejak.append(conn, pemda, pelaku, Kejadian(Tindakan.EKSPOR, objek, dict(rincian)))


def own_jobs(conn: Connection, pemda: str, akun: str, now: datetime) -> list[Pekerjaan]:
    """Every document of one account, newest first."""
    query = select(K).where(K.c.pemda == pemda, K.c.akun == akun, HERE).order_by(K.c.nomor.desc())
    alive = _somebody_works(conn, pemda, now)
    return [_as_job(row, now, alive) for row in conn.execute(query).mappings()]


def own_job(conn: Connection, pemda: str, akun: str, nomor: int, now: datetime) -> Pekerjaan:
    """One document of an account. Raises NotFoundError alike for another's and for none."""
    if not 0 < nomor <= LARGEST_NUMBER:
        raise NotFoundError(GONE)
    row = conn.execute(select(K).where(*_is(pemda, nomor), K.c.akun == akun, HERE)).mappings().first()
    if row is None:
        raise NotFoundError(GONE)
    return _as_job(row, now, _somebody_works(conn, pemda, now))


def claim(engine: Engine, pemda: str) -> Klaim | None:
    """Take the document that has waited longest; None when none waits. Of two runners one gets it."""
    now = datetime.now(UTC)
    with writing(engine) as conn:
        stand_in_line(conn, pemda)
        waits = (K.c.pemda == pemda, K.c.keadaan == KeadaanKerja.MENUNGGU.value)
        row = conn.execute(select(K).where(*waits).order_by(K.c.dibuat_pada, K.c.nomor).limit(1)).mappings().first()
        if row is None:
            return None
        version = read_version(conn, pemda) or 0
        begun = {"keadaan": KeadaanKerja.BERJALAN.value, "mulai_pada": now, "denyut": now, "versi": version}
        conn.execute(update(K).where(*_is(pemda, row["nomor"])).values(**begun))
    return Klaim(pemda, row["nomor"], row["jenis"], json.loads(row["isian"]), version, now)


def is_waiting(engine: Engine, pemda: str) -> bool:
    """Does anything wait for a runner?"""
    with reading(engine) as conn:
        waits = select(K.c.nomor).where(K.c.pemda == pemda, K.c.keadaan == KeadaanKerja.MENUNGGU.value)
        return conn.execute(waits.limit(1)).first() is not None


def tell(engine: Engine, klaim: Klaim, kemajuan: int, langkah: str) -> None:
    """Say how far it is (0 to 100) and with what. Raises LostError when the claim no longer holds."""
    with writing(engine) as conn:
        _change(conn, klaim, kemajuan=kemajuan, langkah=langkah, denyut=datetime.now(UTC))


def beat(engine: Engine, klaim: Klaim) -> None:
    """A sign of life. Raises LostError as ``tell``."""
    with writing(engine) as conn:
        _change(conn, klaim, denyut=datetime.now(UTC))


def finish(engine: Engine, folder: Path, klaim: Klaim, versi: int, nama: str, content: bytes) -> None:
    """Keep the file and say that it is there: both or nothing. Raises LostError as ``tell``."""
    with writing(engine) as conn:
        stand_in_line(conn, klaim.pemda)
        done = {"keadaan": KeadaanKerja.SELESAI.value, "kemajuan": 100, "langkah": "", "versi": versi}
        kept = {"sha256": keep_raw(_place(folder, klaim.pemda), content), "ukuran": len(content), "nama_berkas": nama}
        _change(conn, klaim, selesai_pada=datetime.now(UTC), **done, **kept)


def fail(engine: Engine, klaim: Klaim, pesan: str) -> None:
    """Say that it could not be made, and why. Raises LostError as ``tell``."""
    with writing(engine) as conn:
        _change(conn, klaim, keadaan=KeadaanKerja.GAGAL.value, pesan=pesan, selesai_pada=datetime.now(UTC))


def sweep(engine: Engine, folder: Path, pemda: str, now: datetime | None = None) -> int:
    """Take away what is older than a month, and every file that no document names. How many documents went. The row
    with the highest number stays as removed, so that numbers only grow."""
    with writing(engine) as conn:
        stand_in_line(conn, pemda)
        old = (K.c.pemda == pemda, K.c.dibuat_pada < (now or datetime.now(UTC)) - KEPT)
        gone = conn.execute(update(K).where(*old, HERE).values(**_REMOVED))
        conn.execute(delete(K).where(*old, K.c.nomor < _highest(conn, pemda)))
        _drop_files(conn, folder, pemda)
    return int(gone.rowcount)


def _highest(conn: Connection, pemda: str) -> int:
    return conn.execute(select(func.max(K.c.nomor)).where(K.c.pemda == pemda)).scalar() or 0


def _as_job(row: Mapping[Any, Any], now: datetime, alive: bool) -> Pekerjaan:
    """Waiting work is lost, too, when for a minute nobody has worked who could come to it."""
    state, pesan = KeadaanKerja(row["keadaan"]), row["pesan"]
    silent = row["denyut"] is None or row["denyut"] < now - SILENCE
    if silent and (state == KeadaanKerja.BERJALAN or (state == KeadaanKerja.MENUNGGU and not alive)):
        state, pesan = KeadaanKerja.GAGAL, STOPPED
    shown = {name: row[name] for name in _SHOWN}
    own = {name: row[name] for name in ("nomor", "akun", "opd", "jenis", "mulai_pada")}
    return Pekerjaan(**own, isian=json.loads(row["isian"]), keadaan=state, pesan=pesan, **shown)


def _somebody_works(conn: Connection, pemda: str, now: datetime) -> bool:
    works = (K.c.pemda == pemda, K.c.keadaan == KeadaanKerja.BERJALAN.value, K.c.denyut >= now - SILENCE)
    return conn.execute(select(K.c.nomor).where(*works).limit(1)).first() is not None


def _is(pemda: str, nomor: int) -> tuple[ColumnElement[bool], ...]:
    return K.c.pemda == pemda, K.c.nomor == nomor


def _change(conn: Connection, klaim: Klaim, **values: Any) -> None:
    held = (K.c.keadaan == KeadaanKerja.BERJALAN.value, K.c.mulai_pada == klaim.pada)
    if conn.execute(update(K).where(*_is(klaim.pemda, klaim.nomor), *held).values(**values)).rowcount == 0:
        raise LostError("Pekerjaan ini sudah dihapus atau dimulai ulang.")


def _as_text(isian: Mapping[str, str]) -> str:
    return json.dumps(dict(isian), sort_keys=True, ensure_ascii=False)


def _place(folder: Path, pemda: str) -> Path:
    """Documents lie apart from the files that came in: sweeping never comes near those."""
    return folder / "dokumen" / pemda


def _drop_files(conn: Connection, folder: Path, pemda: str) -> None:
    """Files without a document, half-written ones of a crash included. Whoever adds one holds the same lock."""
    named = set(conn.execute(select(K.c.sha256).where(K.c.pemda == pemda)).scalars())
    for path in _place(folder, pemda).glob("*/*"):
        if path.name not in named:
            path.unlink(missing_ok=True)


def _write_down(conn: Connection, pemda: str, pelaku: Pelaku, nomor: int, told: dict[str, Any]) -> None:
    jejak.append(conn, pemda, pelaku, Kejadian(Tindakan.EKSPOR, f"pekerjaan/{nomor}", told))
