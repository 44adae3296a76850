"""What Bappeda decides: a report is accepted or returned, a period is published. One transaction each; nobody decides
on what they sent themselves."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, Engine, and_, delete, insert, select, update

from data import jejak, tables
from data.edisi import write_corrections, write_edition
from data.engine import writing
from data.errors import BadParameterError, ConflictError, NotAllowedError, NotFoundError
from data.jejak import Kejadian, Pelaku
from data.kiriman import Alamat, K, mark_report, of_report, stand_in_line
from data.lengkapi import complete
from data.queries.pemda import Periode, calendar
from data.simpanan import unpack
from data.store import Berkas, Tersimpan, store_files
from data.words import TW_NAMES, JenisBerkas, Keadaan, Kirim, Level, Tindakan

MOST_NOTES: Final = 200
LONGEST_NOTE: Final = 500
PUBLISHED_LEVELS: Final = (Level.PEMDA.value, Level.OPD.value, Level.PROGRAM.value)


@dataclass(frozen=True)
class CatatanBaris:
    """Why one row comes back: the row of the file, and what is asked."""

    baris: int
    catatan: str


def read_notes(text: str) -> list[CatatanBaris]:
    """Notes as people write them, one a line: ``17: Periksa angka nol``. Empty lines are nothing.

    Raises BadParameterError for a line that names no row, says nothing, or is too much.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_NOTES:
        raise BadParameterError(f"Catatan paling banyak {MOST_NOTES} baris. Ringkas sisanya dalam alasan.")
    return [_read_note(line) for line in lines]


def _read_note(line: str) -> CatatanBaris:
    number, colon, words = (part.strip() for part in line.partition(":"))
    number = number.casefold().removeprefix("baris").strip()
    if not (colon and words and number.isascii() and number.isdigit() and 1 <= len(number) <= 7 and int(number)):
        raise BadParameterError(
            f"Catatan '{line[:60]}' tidak dapat dibaca. Tulis nomor baris, titik dua, lalu catatannya, "
            "misalnya 17: Periksa angka nol."
        )
    if len(words) > LONGEST_NOTE:
        raise BadParameterError(f"Catatan untuk baris {number} terlalu panjang. Paling banyak {LONGEST_NOTE} huruf.")
    return CatatanBaris(int(number), words)


def accept(engine: Engine, pemda: str, pelaku: Pelaku, nomor: int) -> Tersimpan:
    """Take a waiting version over: its rows are stored, its words stand in the report, the rollups follow.

    Raises ConflictError when it does not wait any more, NotAllowedError for one's own.
    """
    now = datetime.now(UTC)
    with writing(engine) as conn:
        stand_in_line(conn, pemda)
        row = _waiting(conn, pemda, nomor, pelaku)
        alamat = Alamat(row.tahun, row.tw, row.opd)
        muatan = unpack(row.muatan)
        complete(conn, pemda, alamat, muatan)
        muatan.laporan = [_report_row(conn, pemda, alamat, row, now)]
        old = (*of_report(pemda, alamat), K.c.keadaan == Kirim.DITERIMA.value)
        conn.execute(update(K).where(*old).values(keadaan=Kirim.DIGANTI.value))
        (stored,) = store_files(conn, pemda, [(_berkas(row, pelaku), muatan)])
        _decide(conn, pemda, nomor, Kirim.DITERIMA, pelaku, now, unggahan=stored.nomor)
        lap = tables.laporan
        conn.execute(update(lap).where(_report(pemda, alamat)).values(unggahan=stored.nomor))
        if muatan.laporan[0]["keadaan"] == Keadaan.TERBIT.value:
            write_corrections(conn, pemda, row.tahun, row.tw, now)
        facts = {"tanda": row.tanda, "unggahan": stored.nomor}
        jejak.append(conn, pemda, pelaku, Kejadian(Tindakan.VERIFIKASI, f"kiriman/{nomor}", facts))
        return stored


def give_back(
    engine: Engine, pemda: str, pelaku: Pelaku, nomor: int, alasan: str, catatan: Sequence[CatatanBaris] = ()
) -> None:
    """Return a waiting version with a reason and notes on rows. Raises BadParameterError without a reason or for a
    note on a row that the file does not have, ConflictError when it does not wait any more, NotAllowedError for one's
    own."""
    reason = alasan.strip()
    if not reason:
        raise BadParameterError("Tulis alasan pengembalian, supaya OPD tahu apa yang harus diperbaiki.")
    now = datetime.now(UTC)
    with writing(engine) as conn:
        stand_in_line(conn, pemda)
        row = _waiting(conn, pemda, nomor, pelaku)
        _check_rows(row, catatan)
        notes = json.dumps([{"baris": one.baris, "catatan": one.catatan} for one in catatan])
        _decide(conn, pemda, nomor, Kirim.DIKEMBALIKAN, pelaku, now, alasan_putusan=reason[:2_000], catatan_baris=notes)
        mark_report(conn, pemda, Alamat(row.tahun, row.tw, row.opd), Keadaan.DIKEMBALIKAN, {})
        jejak.append(conn, pemda, pelaku, Kejadian(Tindakan.KEMBALIKAN, f"kiriman/{nomor}", {"alasan": reason[:500]}))


def _check_rows(row: Any, catatan: Sequence[CatatanBaris]) -> None:
    """Nobody could find a row that is not there. What was checked before the last row was kept is not judged."""
    head = json.loads(row.setelan).get("kepala") or {}
    first, last = head.get("baris"), head.get("terakhir")
    if first is None or last is None:
        return
    away = [str(one.baris) for one in catatan if not first < one.baris <= last]
    if away:
        raise BadParameterError(
            f"Berkas ini tidak punya baris {', '.join(away[:5])}: isinya baris {first + 1} sampai {last}. "
            "Periksa nomor di catatan per baris."
        )


def publish(engine: Engine, pemda: str, pelaku: Pelaku, tahun: int, tw: int, jumlah: int | None = None) -> int:
    """Publish every verified report of a triwulan and keep the figures as they stand now; how many reports.

    ``jumlah``: how many the person saw on the screen. Raises BadParameterError when there is nothing new to publish,
    ConflictError when it would be others than were seen.
    """
    lap, now = tables.laporan, datetime.now(UTC)
    with writing(engine) as conn:
        stand_in_line(conn, pemda)
        of_period = (lap.c.pemda == pemda, lap.c.tahun == tahun, lap.c.tw == tw)
        verified = (*of_period, lap.c.keadaan == Keadaan.TERVERIFIKASI.value)
        count = conn.execute(update(lap).where(*verified).values(keadaan=Keadaan.TERBIT.value)).rowcount
        if count == 0:
            raise BadParameterError("Tidak ada laporan terverifikasi yang belum terbit untuk triwulan ini.")
        if jumlah is not None and jumlah != count:
            raise ConflictError(
                f"Laporan terverifikasi sekarang {count}, bukan {jumlah}. Periksa daftarnya sekali lagi."
            )
        conn.execute(update(tables.pemda).where(tables.pemda.c.kode == pemda).values(versi=tables.pemda.c.versi + 1))
        _freeze(conn, pemda, tahun, tw, now)
        write_edition(conn, pemda, _period(conn, pemda, tahun, tw), now)
        # What joins late changes the figures so far of the published triwulan after it.
        write_corrections(conn, pemda, tahun, tw + 1, now)
        facts = {"laporan": count}
        jejak.append(conn, pemda, pelaku, Kejadian(Tindakan.TERBIT, f"periode/{tahun}-{tw}", facts))
        return count


def _period(conn: Connection, pemda: str, tahun: int, tw: int) -> Periode:
    found = next((one for one in calendar(conn, pemda) if (one.tahun, one.tw) == (tahun, tw)), None)
    if found is None:
        raise NotFoundError(f"Kalender {TW_NAMES[tw]} {tahun} belum ada. Atur kalendernya lebih dahulu.")
    return found


def _freeze(conn: Connection, pemda: str, tahun: int, tw: int, now: datetime) -> None:
    """Write down the figures of nodes that were not published before; those that were stay as first published. The
    government's own figure is published anew each time: late reports that join it correct nothing."""
    whole = tables.terbitan
    conn.execute(delete(whole).where(*_at(whole, pemda, tahun, tw), whole.c.level == Level.PEMDA.value))
    r, t, lap = tables.rollup_kinerja.c, tables.terbitan, tables.laporan.c
    known = {tuple(row) for row in conn.execute(select(t.c.level, t.c.opd, t.c.kode).where(*_at(t, pemda, tahun, tw)))}
    out = (lap.pemda == pemda, lap.tahun == tahun, lap.tw == tw, lap.keadaan == Keadaan.TERBIT.value)
    of = set(conn.execute(select(lap.opd).where(*out)).scalars()) | {""}
    rows = conn.execute(
        select(r.level, r.opd, r.kode, r.capaian, r.status).where(
            *_at(tables.rollup_kinerja, pemda, tahun, tw), r.level.in_(PUBLISHED_LEVELS)
        )
    )
    fresh = [
        {"pemda": pemda, "tahun": tahun, "tw": tw, "terbit_pada": now} | dict(row._mapping)
        for row in rows
        if (row.level, row.opd, row.kode) not in known and row.opd in of
    ]
    if fresh:
        conn.execute(insert(t), fresh)


def _at(table: Any, pemda: str, tahun: int, tw: int) -> tuple[Any, ...]:
    return (table.c.pemda == pemda, table.c.tahun == tahun, table.c.tw == tw)


def _waiting(conn: Connection, pemda: str, nomor: int, pelaku: Pelaku) -> Any:
    """The version, if it waits and this person may decide on it."""
    row = conn.execute(select(K).where(K.c.pemda == pemda, K.c.nomor == nomor)).first()
    if row is None:
        raise NotFoundError("Kiriman ini tidak ditemukan.")
    if row.oleh == pelaku.nama or (pelaku.opd and pelaku.opd == row.opd):
        raise NotAllowedError("Laporan sendiri tidak dapat diverifikasi sendiri.")
    if row.keadaan != Kirim.TERKIRIM:
        raise ConflictError("Laporan ini tidak lagi menunggu verifikasi. Muat ulang daftar.")
    return row


def _decide(
    conn: Connection, pemda: str, nomor: int, keadaan: Kirim, pelaku: Pelaku, now: datetime, **values: Any
) -> None:
    decided = {"keadaan": keadaan.value, "diputus_pada": now, "diputus_oleh": pelaku.nama}
    conn.execute(update(K).where(K.c.pemda == pemda, K.c.nomor == nomor).values(**decided, **values))


def _report(pemda: str, alamat: Alamat) -> Any:
    lap = tables.laporan.c
    return and_(lap.pemda == pemda, lap.tahun == alamat.tahun, lap.tw == alamat.tw, lap.opd == alamat.opd)


def _report_row(conn: Connection, pemda: str, alamat: Alamat, row: Any, now: datetime) -> dict[str, Any]:
    """The report as it stands once accepted; one that is published stays published."""
    lap = tables.laporan.c
    known = conn.execute(select(lap.keadaan, lap.diterima_pada).where(_report(pemda, alamat))).first()
    stands = known.keadaan if known is not None else None
    state = Keadaan.TERBIT if stands == Keadaan.TERBIT else Keadaan.TERVERIFIKASI
    texts = ("tanggapan", "faktor_pendorong", "faktor_penghambat", "tindak_lanjut")
    first = known is None or known.diterima_pada is None
    return {
        "tahun": alamat.tahun,
        "tw": alamat.tw,
        "opd": alamat.opd,
        "keadaan": state.value,
        "nihil": row.nihil,
        "alasan_nihil": row.alasan if row.nihil else "",
        "diverifikasi_pada": now,
        **({"diterima_pada": row.dikirim_pada, "hari_terlambat": row.hari_terlambat} if first else {}),
        **{name: getattr(row, name) for name in texts},
    }


def _berkas(row: Any, pelaku: Pelaku) -> Berkas:
    counts = json.loads(row.setelan)
    reason = f"; disetujui: {row.alasan}" if row.alasan else ""
    return Berkas(
        nama_berkas=row.nama_berkas,
        sha256=row.sha256,
        jenis=JenisBerkas.LAPORAN,
        oleh=row.oleh,
        opd=row.opd,
        tahun=row.tahun,
        tw=row.tw,
        ukuran=row.ukuran,
        jumlah_baris=row.jumlah_baris,
        keterangan=str(counts.get("keterangan", "")) + reason,
        pelaku=pelaku,
    )
