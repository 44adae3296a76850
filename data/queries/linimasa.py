"""The life of one report: what happened to it and when, by which office; and what an indicator said before."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import pandas as pd
from sqlalchemy import Connection, select

from data import tables
from data.kalender import read_deadline
from data.queries.kepatuhan import timeline
from data.simpanan import unpack
from data.words import ROLE_NAMES, Keadaan, Kirim, Level, Peran, Tindakan

K, L, O, U, T = tables.kiriman, tables.laporan, tables.opd, tables.unggahan, tables.terbitan
COLUMNS: Final = ("waktu", "kejadian", "kantor", "versi", "hari_terlambat", "teks", "berkas", "sha256", "tanda")
ORDER: Final = (
    *("dibuka", "perpanjangan", "dikirim", "dikirim_lagi", "ditarik", "dikembalikan", "diterima", "dikoreksi"),
    *("terbit",),
)
"""Events in the order in which they stand when they carry the same moment."""


def report_events(conn: Connection, pemda: str, tahun: int, tw: int, opd: str) -> pd.DataFrame:
    """One row per event of one report, oldest first: waktu (None when nobody wrote it down), kejadian (dibuka,
    perpanjangan, dikirim, dikirim_lagi, ditarik, dikembalikan, diterima, dikoreksi, terbit), kantor (never a person),
    versi, hari_terlambat, teks (a reason), berkas, sha256, tanda."""
    sent = _versions(conn, pemda, tahun, tw, opd)
    told = _from_versions(conn, pemda, sent, _withdrawn(conn, pemda, tahun, tw, opd))
    events = [*_calendar(conn, pemda, tahun, tw, opd), *(told or _from_report(conn, pemda, tahun, tw, opd))]
    events += _published(conn, pemda, tahun, tw, opd)
    rows = sorted(events, key=_place)
    return pd.DataFrame([{name: row.get(name) for name in COLUMNS} for row in rows], columns=COLUMNS, dtype=object)


def _place(event: Mapping[str, Any]) -> tuple[bool, float, int]:
    moment: datetime | None = event["waktu"]
    return moment is None, moment.timestamp() if moment else 0, ORDER.index(event["kejadian"])


def _versions(conn: Connection, pemda: str, tahun: int, tw: int, opd: str) -> Sequence[Any]:
    where = (K.c.pemda == pemda, K.c.tahun == tahun, K.c.tw == tw, K.c.opd == opd, K.c.dikirim_pada.is_not(None))
    names = ("nomor", "keadaan", "nama_berkas", "sha256", "oleh", "dikirim_pada", "hari_terlambat", "tanda")
    more = ("diputus_pada", "diputus_oleh", "alasan_putusan", "alasan", "unggahan", "opd")
    return conn.execute(select(*(K.c[name] for name in names + more)).where(*where).order_by(K.c.nomor)).all()


def _withdrawn(conn: Connection, pemda: str, tahun: int, tw: int, opd: str) -> dict[int, datetime]:
    """When versions were taken back, by number: only the audit trail knows."""
    trail = timeline(conn, pemda, tahun, tw, opd)
    taken = trail[trail["tindakan"] == Tindakan.TARIK.value]
    return {int(str(of).rpartition("/")[2]): when for of, when in zip(taken["objek"], taken["waktu"], strict=True)}


def _from_versions(
    conn: Connection, pemda: str, sent: Sequence[Any], withdrawn: Mapping[int, datetime]
) -> list[dict[str, Any]]:
    office = offices(conn, pemda, {row.oleh for row in sent} | {row.diputus_oleh for row in sent})
    events: list[dict[str, Any]] = []
    accepted = False
    for number, row in enumerate(sent, start=1):
        own = office.get(row.oleh) or _opd_name(conn, pemda, row.opd)
        file = {"versi": number, "berkas": row.nama_berkas, "sha256": row.sha256, "tanda": row.tanda}
        kind = "dikirim" if number == 1 else "dikirim_lagi"
        late = {"hari_terlambat": row.hari_terlambat, "teks": row.alasan}
        events.append({"waktu": row.dikirim_pada, "kejadian": kind, "kantor": own, **late, **file})
        by = {"kantor": office.get(row.diputus_oleh) or ROLE_NAMES[Peran.BAPPEDA], "versi": number}
        if row.keadaan == Kirim.DITARIK:
            events.append({"waktu": withdrawn.get(row.nomor), "kejadian": "ditarik", "kantor": own, "versi": number})
        elif row.keadaan == Kirim.DIKEMBALIKAN:
            events.append({"waktu": row.diputus_pada, "kejadian": "dikembalikan", "teks": row.alasan_putusan, **by})
        elif row.unggahan is not None:
            kind = "dikoreksi" if accepted else "diterima"
            accepted = True
            events.append({"waktu": row.diputus_pada, "kejadian": kind, **by})
    return events


def _from_report(conn: Connection, pemda: str, tahun: int, tw: int, opd: str) -> list[dict[str, Any]]:
    """What the report itself says, when it came without versions (by a command, with the sample city)."""
    where = (L.c.pemda == pemda, L.c.tahun == tahun, L.c.tw == tw, L.c.opd == opd)
    row = conn.execute(select(L).where(*where)).first()
    if row is None or row.diterima_pada is None:
        return []
    own = {"kantor": _opd_name(conn, pemda, opd), "hari_terlambat": row.hari_terlambat}
    events = [{"waktu": row.diterima_pada, "kejadian": "dikirim", **own}]
    if row.diverifikasi_pada is not None:
        by = ROLE_NAMES[Peran.BAPPEDA]
        events.append({"waktu": row.diverifikasi_pada, "kejadian": "diterima", "kantor": by})
    return events


def _calendar(conn: Connection, pemda: str, tahun: int, tw: int, opd: str) -> list[dict[str, Any]]:
    """Raises NotFoundError when the year has no calendar."""
    due = read_deadline(conn, pemda, tahun, tw, opd)
    events: list[dict[str, Any]] = [{"waktu": due.dibuka, "kejadian": "dibuka"}]
    x = tables.perpanjangan.c
    where = (x.pemda == pemda, x.tahun == tahun, x.tw == tw, x.opd.in_(("", opd)))
    given = conn.execute(select(x.dibuat_pada, x.alasan, x.oleh).where(*where)).all()
    office = offices(conn, pemda, {row.oleh for row in given})
    for row in given:
        by = office.get(row.oleh) or ROLE_NAMES[Peran.BAPPEDA]
        events.append({"waktu": row.dibuat_pada, "kejadian": "perpanjangan", "kantor": by, "teks": row.alasan})
    return events


def _published(conn: Connection, pemda: str, tahun: int, tw: int, opd: str) -> list[dict[str, Any]]:
    where = (L.c.pemda == pemda, L.c.tahun == tahun, L.c.tw == tw, L.c.opd == opd)
    if conn.execute(select(L.c.keadaan).where(*where)).scalar() != Keadaan.TERBIT:
        return []
    frozen = (T.c.pemda == pemda, T.c.tahun == tahun, T.c.tw == tw, T.c.opd == opd, T.c.level == Level.OPD.value)
    when = conn.execute(select(T.c.terbit_pada).where(*frozen)).scalar()
    return [{"waktu": when, "kejadian": "terbit", "kantor": ROLE_NAMES[Peran.BAPPEDA]}]


def offices(conn: Connection, pemda: str, accounts: set[str]) -> dict[str, str]:
    """The office behind each account that is known: the name of its OPD, else its role. Never a person's name."""
    p = tables.pengguna.c
    same = (O.c.pemda == p.pemda) & (O.c.kode == p.opd)
    query = select(p.nama, p.peran, O.c.nama.label("opd_nama")).select_from(tables.pengguna.outerjoin(O, same))
    rows = conn.execute(query.where(p.pemda == pemda, p.nama.in_(sorted(accounts))))
    return {row.nama: row.opd_nama or ROLE_NAMES[Peran(row.peran)] for row in rows}


def _opd_name(conn: Connection, pemda: str, opd: str | None) -> str | None:
    return conn.execute(select(O.c.nama).where(O.c.pemda == pemda, O.c.kode == opd)).scalar()


def uploaders(conn: Connection, pemda: str, numbers: list[int]) -> dict[int, str]:
    """The office that sent each of these stored files: the account's, else the OPD the file belongs to."""
    query = select(U.c.nomor, U.c.oleh, U.c.opd).where(U.c.pemda == pemda, U.c.nomor.in_(numbers))
    rows = conn.execute(query).all()
    office = offices(conn, pemda, {row.oleh for row in rows})
    found = {row.nomor: office.get(row.oleh) or _opd_name(conn, pemda, row.opd) for row in rows}
    return {nomor: name for nomor, name in found.items() if name}


def accepted_values(conn: Connection, pemda: str, tahun: int, pengirim: str, opd: str, indikator: str) -> pd.DataFrame:
    """One row per accepted version of the reports of ``pengirim`` × period in which the value of one indicator (of that
    OPD or one of its units) changed, oldest first: nomor, tw, periode, waktu (accepted), lama (None the first time),
    baru (as written), berkas, sha256, baris, kolom, kantor (the uploader's). Empty where no version is known."""
    where = (K.c.pemda == pemda, K.c.tahun == tahun, K.c.opd == pengirim, K.c.unggahan.is_not(None))
    names = ("nomor", "tw", "muatan", "nama_berkas", "sha256", "diputus_pada", "oleh")
    query = select(*(K.c[name] for name in names)).where(*where).order_by(K.c.diputus_pada, K.c.nomor)
    rows, stood = [], dict[int, str]()
    versions = conn.execute(query).all()
    office = offices(conn, pemda, {row.oleh for row in versions})
    for row in versions:
        facts = {"nomor": row.nomor, "tw": row.tw, "waktu": row.diputus_pada, "berkas": row.nama_berkas}
        facts |= {"sha256": row.sha256, "kantor": office.get(row.oleh) or _opd_name(conn, pemda, pengirim)}
        for value in _values_in(row.muatan, tahun, opd, indikator):
            period, now = value["periode"], _written(value)
            if stood.get(period) != now:
                place = {"baris": value.get("baris"), "kolom": value.get("kolom")}
                rows.append({**facts, **place, "periode": period, "lama": stood.get(period), "baru": now})
            stood[period] = now
    columns = ("nomor", "tw", "periode", "waktu", "lama", "baru", "berkas", "sha256", "baris", "kolom", "kantor")
    return pd.DataFrame(rows, columns=columns, dtype=object)


def _values_in(muatan: str, tahun: int, opd: str, indikator: str) -> list[dict[str, Any]]:
    wanted = (tahun, opd, indikator)
    return [row for row in unpack(muatan).realisasi if (row["tahun"], row["opd"], row["indikator"]) == wanted]


def _written(value: Mapping[str, Any]) -> str:
    """A value as its file wrote it; the same number in another spelling counts as another writing of it."""
    if value.get("nihil"):
        return "nihil"
    number = value.get("nilai")
    return str(value.get("asli") or value.get("teks") or ("–" if number is None else number))
