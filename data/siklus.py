"""What Bappeda sets for the reporting cycle: the calendar, days off, extensions, who must report, who is reminded.
Each is one transaction with its audit line."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select, update

from data import jejak, tables
from data.engine import writing
from data.errors import BadParameterError, NotFoundError
from data.jejak import Kejadian, Pelaku
from data.kalender import default_periods, national_holidays, read_days_off, read_deadline
from data.surel import is_address
from data.words import TW_NAMES, Tindakan


def set_period(
    engine: Engine, pemda: str, pelaku: Pelaku, tahun: int, tw: int, dibuka: datetime, tepat: datetime, kunci: datetime
) -> None:
    """Set the three clocks of a triwulan. Raises BadParameterError when they are not in order, NotFoundError when the
    year has no calendar."""
    if not dibuka < tepat <= kunci:
        raise BadParameterError("Urutannya harus: dibuka, lalu tepat waktu sampai, lalu dikunci.")
    p = tables.periode
    where = (p.c.pemda == pemda, p.c.tahun == tahun, p.c.tw == tw)
    with writing(engine) as conn:
        values = {"dibuka": dibuka, "tepat_waktu_sampai": tepat, "dikunci": kunci}
        if conn.execute(update(p).where(*where).values(**values)).rowcount == 0:
            raise NotFoundError(f"Jadwal {TW_NAMES.get(tw, tw)} {tahun} belum ada.")
        _raise_version(conn, pemda)
        eased = _forgive_lateness(conn, pemda, tahun, tw)
        facts = {name: value.isoformat() for name, value in values.items()} | {"laporan_dibetulkan": str(eased)}
        _tell(conn, pemda, pelaku, Tindakan.KALENDER, f"periode/{tahun}-{tw}", facts)


def open_year(engine: Engine, pemda: str, pelaku: Pelaku, tahun: int) -> None:
    """Give a year its calendar by the rule. Raises BadParameterError when it has one."""
    p = tables.periode
    with writing(engine) as conn:
        if conn.execute(select(p.c.tw).where(p.c.pemda == pemda, p.c.tahun == tahun)).first() is not None:
            raise BadParameterError(f"Tahun {tahun} sudah mempunyai kalender.")
        rows = default_periods(tahun, read_days_off(conn, pemda))
        conn.execute(insert(p), [{"pemda": pemda, **row} for row in rows])
        _raise_version(conn, pemda)
        _tell(conn, pemda, pelaku, Tindakan.KALENDER, f"tahun/{tahun}", {})


def extend(
    engine: Engine, pemda: str, pelaku: Pelaku, tahun: int, tw: int, opd: str, sampai: datetime, alasan: str
) -> None:
    """Give one OPD (or all: opd = '') a later end. Raises BadParameterError without a reason, for an unknown OPD, or
    when it would not be later."""
    reason = alasan.strip()
    if not reason:
        raise BadParameterError("Tulis alasan perpanjangan.")
    x, p = tables.perpanjangan, tables.periode.c
    with writing(engine) as conn:
        where = (p.pemda == pemda, p.tahun == tahun, p.tw == tw)
        due = conn.execute(select(p.tepat_waktu_sampai).where(*where)).scalar()
        if due is None:
            raise NotFoundError(f"Jadwal {TW_NAMES.get(tw, tw)} {tahun} belum ada.")
        if sampai <= due:
            raise BadParameterError("Perpanjangan harus lebih lambat daripada tenggat semula.")
        _check_opd(conn, pemda, opd)
        key = {"pemda": pemda, "tahun": tahun, "tw": tw, "opd": opd}
        conn.execute(delete(x).where(*(x.c[name] == value for name, value in key.items())))
        row = {"sampai": sampai, "alasan": reason[:500], "oleh": pelaku.nama, "dibuat_pada": datetime.now(UTC)}
        conn.execute(insert(x), [key | row])
        eased = _forgive_lateness(conn, pemda, tahun, tw)
        facts = {"sampai": sampai.isoformat(), "alasan": reason[:500], "laporan_dibetulkan": eased}
        _raise_version(conn, pemda)
        _tell(conn, pemda, pelaku, Tindakan.PERPANJANGAN, f"opd/{opd or 'semua'}/{tahun}-{tw}", facts)


def end_extension(engine: Engine, pemda: str, pelaku: Pelaku, tahun: int, tw: int, opd: str) -> None:
    """Take an extension back. Raises NotFoundError when there is none."""
    x = tables.perpanjangan.c
    with writing(engine) as conn:
        gone = delete(tables.perpanjangan).where(x.pemda == pemda, x.tahun == tahun, x.tw == tw, x.opd == opd)
        if conn.execute(gone).rowcount == 0:
            raise NotFoundError("Perpanjangan ini tidak ada.")
        _raise_version(conn, pemda)
        _tell(conn, pemda, pelaku, Tindakan.PERPANJANGAN, f"opd/{opd or 'semua'}/{tahun}-{tw}", {"dicabut": True})


def set_day(engine: Engine, pemda: str, pelaku: Pelaku, tanggal: date, nama: str, kerja: bool) -> None:
    """A day off of the city's own, or (``kerja``) a national holiday on which it works."""
    name = " ".join(nama.split())
    if not name:
        raise BadParameterError("Tulis nama hari liburnya.")
    day = tables.libur
    with writing(engine) as conn:
        _check_day(conn, pemda, tanggal, kerja)
        conn.execute(insert(day), [{"pemda": pemda, "tanggal": tanggal, "nama": name[:120], "kerja": kerja}])
        _raise_version(conn, pemda)
        facts = {"nama": name[:120], "kerja": kerja}
        _tell(conn, pemda, pelaku, Tindakan.KALENDER, f"libur/{tanggal.isoformat()}", facts)


def _check_day(conn: Connection, pemda: str, tanggal: date, kerja: bool) -> None:
    """Raises BadParameterError for a day that is on the list already, or of which the calendar says the same."""
    day = tables.libur.c
    known = conn.execute(select(day.nama).where(day.pemda == pemda, day.tanggal == tanggal)).scalar()
    if known is not None:
        raise BadParameterError(f"Hari itu sudah ada dalam daftar: {known}. Hapus dahulu bila ingin menggantinya.")
    national = national_holidays(tanggal.year).get(tanggal)
    if national is not None and not kerja:
        raise BadParameterError(f"Hari itu sudah libur nasional: {national}.")
    if national is None and kerja:
        raise BadParameterError("Hari itu bukan libur nasional, jadi tidak perlu dinyatakan hari kerja.")


def forget_day(engine: Engine, pemda: str, pelaku: Pelaku, tanggal: date) -> None:
    """Take a day off the city's own list. Raises NotFoundError when it is not on it."""
    day = tables.libur
    with writing(engine) as conn:
        if conn.execute(delete(day).where(day.c.pemda == pemda, day.c.tanggal == tanggal)).rowcount == 0:
            raise NotFoundError("Hari itu tidak ada dalam daftar libur kota.")
        _raise_version(conn, pemda)
        _tell(conn, pemda, pelaku, Tindakan.KALENDER, f"libur/{tanggal.isoformat()}", {"dicabut": True})


def set_duty(
    engine: Engine, pemda: str, pelaku: Pelaku, tahun: int, tw: int, opd: str, wajib: bool, alasan: str
) -> None:
    """Say that an OPD must (or need not) report for a triwulan, whatever its plan says."""
    if not alasan.strip():
        raise BadParameterError("Tulis alasannya.")
    w = tables.wajib_lapor
    with writing(engine) as conn:
        _check_opd(conn, pemda, opd)
        key = {"pemda": pemda, "tahun": tahun, "tw": tw, "opd": opd}
        conn.execute(delete(w).where(*(w.c[name] == value for name, value in key.items())))
        conn.execute(insert(w), [key | {"wajib": wajib, "alasan": alasan.strip()[:500]}])
        _raise_version(conn, pemda)
        facts = {"wajib": wajib, "alasan": alasan.strip()[:500]}
        _tell(conn, pemda, pelaku, Tindakan.KALENDER, f"wajib/{opd}/{tahun}-{tw}", facts)


def forget_duty(engine: Engine, pemda: str, pelaku: Pelaku, tahun: int, tw: int, opd: str) -> None:
    """Let the plan decide again whether an OPD must report. Raises NotFoundError when nothing else was set."""
    w = tables.wajib_lapor.c
    with writing(engine) as conn:
        gone = delete(tables.wajib_lapor).where(w.pemda == pemda, w.tahun == tahun, w.tw == tw, w.opd == opd)
        if conn.execute(gone).rowcount == 0:
            raise NotFoundError("Pengecualian ini tidak ada.")
        _raise_version(conn, pemda)
        _tell(conn, pemda, pelaku, Tindakan.KALENDER, f"wajib/{opd}/{tahun}-{tw}", {"dicabut": True})


def set_contacts(engine: Engine, pemda: str, pelaku: Pelaku, opd: str, rows: list[dict[str, str]]) -> None:
    """The addresses of one OPD's reminders (opd = '': of those told at escalation). One mapping per address: surel, wa,
    sebutan. Raises BadParameterError for what is no address."""
    set_many_contacts(engine, pemda, pelaku, {opd: rows})


def set_many_contacts(engine: Engine, pemda: str, pelaku: Pelaku, given: dict[str, list[dict[str, str]]]) -> None:
    """The addresses of several OPD at once, as ``set_contacts``: all of them or none. Others stay as they are."""
    for rows in given.values():
        for row in rows:
            _check_contact(row)
        names = [row["surel"] for row in rows]
        for name in names:
            if names.count(name) > 1:
                raise BadParameterError(f"Alamat {name} tertulis dua kali untuk OPD yang sama.")
    k, blank = tables.kontak, {"wa": "", "sebutan": ""}
    with writing(engine) as conn:
        for opd, rows in given.items():
            _check_opd(conn, pemda, opd)
            conn.execute(delete(k).where(k.c.pemda == pemda, k.c.opd == opd))
            if rows:
                conn.execute(insert(k), [blank | row | {"pemda": pemda, "opd": opd} for row in rows])
        for opd, rows in given.items():
            _tell(conn, pemda, pelaku, Tindakan.SETELAN, f"kontak/{opd or 'eskalasi'}", {"alamat": len(rows)})


def _check_contact(row: dict[str, str]) -> None:
    if not is_address(row["surel"]):
        raise BadParameterError(f"'{row['surel'][:60]}' bukan alamat surel.")
    if row.get("wa") and not (row["wa"].isascii() and row["wa"].isdigit() and 9 <= len(row["wa"]) <= 15):
        raise BadParameterError("Nomor WhatsApp ditulis angka saja dengan kode negara, misalnya 6281234567890.")
    if len(row.get("sebutan", "")) > 120:
        raise BadParameterError("Sebutan paling banyak 120 huruf.")


def _check_opd(conn: Connection, pemda: str, opd: str) -> None:
    o = tables.opd.c
    if opd and conn.execute(select(o.kode).where(o.pemda == pemda, o.kode == opd)).first() is None:
        raise BadParameterError(f"OPD '{opd[:40]}' tidak dikenal.")


def _forgive_lateness(conn: Connection, pemda: str, tahun: int, tw: int) -> int:
    """A later end holds for reports that have come already too; never worse than it was. How many became better."""
    lap, count = tables.laporan, 0
    late = (lap.c.pemda == pemda, lap.c.tahun == tahun, lap.c.tw == tw, lap.c.hari_terlambat > 0)
    for row in conn.execute(select(lap).where(*late, lap.c.diterima_pada.is_not(None))).all():
        days = read_deadline(conn, pemda, tahun, tw, row.opd).days_late(row.diterima_pada)
        if days < row.hari_terlambat:
            conn.execute(update(lap).where(*late, lap.c.opd == row.opd).values(hari_terlambat=days))
            count += 1
    return count


def _raise_version(conn: Connection, pemda: str) -> None:
    """Deadlines and duties stand on screens that are remembered by data version."""
    p = tables.pemda
    conn.execute(update(p).where(p.c.kode == pemda).values(versi=p.c.versi + 1))


def _tell(
    conn: Connection, pemda: str, pelaku: Pelaku, tindakan: Tindakan, objek: str, rincian: dict[str, Any]
) -> None:
    jejak.append(conn, pemda, pelaku, Kejadian(tindakan, objek, rincian))
