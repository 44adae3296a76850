"""Reminders: claimed, handed over, confirmed.

At most once. A letter is claimed in ``pengingat`` and the claim is committed before anything leaves; the addresses are
written into the claim right before the letter is handed over. So after a crash:

- claimed without addresses: nothing has left. Another run takes it over after 30 minutes.
- addresses without a time of sending: the letter may have arrived. It is not sent again, for nobody is told twice.

A refusal by the mail server gives the claim back. A claim stands for one deadline: when the deadline moves to a later
day, the milestones of the new one count anew (a claim older than the day of its milestone was of the old deadline).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Engine, delete, insert, select, update

from data import jejak, tables
from data.engine import reading, writing
from data.jejak import PERINTAH, Kejadian, Pelaku
from data.kiriman import stand_in_line
from data.queries.pengingat import ESCALATION, Ingatan, Kontak, contacts, due
from data.surat import Kop, escalation, reminder
from data.surel import Loket, RaguError, Surel, SurelError, TerputusError, is_address, open_counter
from data.words import Tindakan

P: Final = tables.pengingat
STALE: Final = timedelta(minutes=30)
"""After this long a claim without addresses belongs to a process that died."""


@dataclass(frozen=True)
class Surat:
    """One letter to be sent: to whom, about which OPD."""

    ingatan: list[Ingatan]
    kepada: list[Kontak]

    @property
    def eskalasi(self) -> bool:
        return self.ingatan[0].tonggak == ESCALATION

    @property
    def sebutan(self) -> str:
        """The letter in a line for whoever typed the command."""
        first = self.ingatan[0]
        whose = f"eskalasi, {len(self.ingatan)} OPD" if self.eskalasi else f"{first.nama}, {first.tonggak}"
        return f"{first.tenggat.nama}, {whose}"


@dataclass
class Jalan:
    """What one run did. ``ditolak``: addresses the mail server refused; ``tanpa_alamat``: letters nobody can get;
    ``tak_pasti``: letters of an earlier run that died while handing them over."""

    terkirim: int = 0
    eskalasi: int = 0
    ditolak: list[str] = field(default_factory=list)
    gagal: list[str] = field(default_factory=list)
    ragu: list[str] = field(default_factory=list)
    tanpa_alamat: list[str] = field(default_factory=list)
    tak_pasti: list[str] = field(default_factory=list)

    @property
    def kata(self) -> dict[str, Any]:
        """The counts, for the audit trail; addresses of people stay out of it."""
        names = ("ditolak", "gagal", "ragu")
        return {"terkirim": self.terkirim, "eskalasi": self.eskalasi} | {
            name: len(getattr(self, name)) for name in names
        }


def waiting(conn: Connection, pemda: str, now: datetime) -> list[Surat]:
    """The letters to be sent now: one per OPD, one per period to those who are told at escalation."""
    addresses = contacts(conn, pemda)
    letters: list[Surat] = []
    told: dict[tuple[int, int], list[Ingatan]] = {}
    for one in due(conn, pemda, now):
        if not _is_free(_claimed(conn, pemda, one), one, now):
            continue
        if one.tonggak == ESCALATION:
            told.setdefault(one.periode, []).append(one)
        else:
            letters.append(Surat([one], addresses.get(one.opd, [])))
    return letters + [Surat(ones, addresses.get("", [])) for ones in told.values()]


def remind(engine: Engine, pemda: str, surel: Surel, base_url: str, now: datetime, pelaku: Pelaku = PERINTAH) -> Jalan:
    """Send what is to be sent now, and write one line into the audit trail when something was.

    Raises SurelError when the mail server cannot be reached (nothing is claimed then), DatabaseAwayError.
    """
    done = Jalan()
    with reading(engine) as conn:
        letters = waiting(conn, pemda, now)
        done.tak_pasti = _unsure(conn, pemda, now)
        kop = Kop(pemda, read_name(conn, pemda), base_url, surel.pengirim, now)
    ready = [one for one in letters if _usable(one.kepada)]
    done.tanpa_alamat = [one.sebutan for one in letters if one not in ready]
    if ready:
        with open_counter(surel) as counter:
            _send_all(engine, kop, counter, ready, done)
    if any(done.kata.values()):
        with writing(engine) as conn:
            jejak.append(conn, pemda, pelaku, Kejadian(Tindakan.INGATKAN, "pengingat", done.kata))
    return done


def read_name(conn: Connection, pemda: str) -> str:
    """The government's name, as letters call it."""
    p = tables.pemda.c
    return conn.execute(select(p.nama).where(p.kode == pemda)).scalar() or pemda


def _send_all(engine: Engine, kop: Kop, counter: Loket, letters: Sequence[Surat], done: Jalan) -> None:
    """One after the other; once the line is lost the rest waits for the next run, unclaimed."""
    for letter in letters:
        mine = claim(engine, kop.pemda, letter.ingatan, kop.saat)
        if not mine:
            continue
        this = Surat(mine, letter.kepada)
        try:
            done.ditolak += _send(engine, kop, counter, this)
        except RaguError as error:
            done.ragu.append(f"{this.sebutan}: {error}")
            return
        except SurelError as error:
            release(engine, kop, mine)
            done.gagal.append(f"{this.sebutan}: {error}")
            if isinstance(error, TerputusError):
                return
            counter.forget()
            continue
        done.eskalasi += this.eskalasi
        done.terkirim += not this.eskalasi


def _send(engine: Engine, kop: Kop, counter: Loket, letter: Surat) -> list[str]:
    """Send one claimed letter; the addresses that do not get it."""
    usable = _usable(letter.kepada)
    refused = counter.address([who.surel for who in usable])
    reached = [who for who in usable if who.surel not in refused]
    message = escalation(kop, letter.ingatan, reached) if letter.eskalasi else reminder(kop, letter.ingatan[0], reached)
    _write(engine, kop, letter.ingatan, penerima=", ".join(who.surel for who in reached))
    counter.hand_over(message)
    _write(engine, kop, letter.ingatan, terkirim_pada=kop.saat)
    return [who.surel for who in letter.kepada if who not in reached]


def claim(engine: Engine, pemda: str, ones: Sequence[Ingatan], now: datetime) -> list[Ingatan]:
    """Take these for this process and commit; returns those that are ours. Of two workers one gets each, and a report
    that has arrived meanwhile is left alone: sending a report stands in the same line."""
    with writing(engine) as conn:
        stand_in_line(conn, pemda)
        still = set(due(conn, pemda, now))
        mine = [one for one in ones if one in still and _is_free(_claimed(conn, pemda, one), one, now)]
        for one in mine:
            conn.execute(delete(P).where(*_at(pemda, one)))
            row = {"pemda": pemda, "tahun": one.periode[0], "tw": one.periode[1], "opd": one.opd}
            conn.execute(insert(P), [row | {"tonggak": one.tonggak, "diambil_pada": now, "penerima": ""}])
    return mine


def release(engine: Engine, kop: Kop, ones: Sequence[Ingatan]) -> None:
    """Give claims of this run back: these letters surely did not leave."""
    with writing(engine) as conn:
        for one in ones:
            conn.execute(delete(P).where(*_mine(kop, one)))


def _is_free(row: Any, one: Ingatan, now: datetime) -> bool:
    if row is None or row.diambil_pada < one.sejak:
        return True
    return row.terkirim_pada is None and not row.penerima and row.diambil_pada <= now - STALE


def _claimed(conn: Connection, pemda: str, one: Ingatan) -> Any:
    return conn.execute(select(P).where(*_at(pemda, one))).first()


def _unsure(conn: Connection, pemda: str, now: datetime) -> list[str]:
    rows = [(one, _claimed(conn, pemda, one)) for one in due(conn, pemda, now)]
    open_ended = [(one, row) for one, row in rows if row is not None and row.penerima and row.terkirim_pada is None]
    return [Surat([one], []).sebutan for one, row in open_ended if row.diambil_pada <= now - STALE]


def _write(engine: Engine, kop: Kop, ones: Sequence[Ingatan], **values: Any) -> None:
    """Raises SurelError when another run has taken a claim over, because this one slept too long."""
    with writing(engine) as conn:
        for one in ones:
            if conn.execute(update(P).where(*_mine(kop, one)).values(**values)).rowcount == 0:
                raise SurelError("sudah diambil alih oleh proses lain.")


def _mine(kop: Kop, one: Ingatan) -> tuple[Any, ...]:
    return (*_at(kop.pemda, one), P.c.diambil_pada == kop.saat, P.c.terkirim_pada.is_(None))


def _at(pemda: str, one: Ingatan) -> tuple[Any, ...]:
    tahun, tw = one.periode
    key = (P.c.pemda == pemda, P.c.tahun == tahun, P.c.tw == tw)
    return (*key, P.c.opd == one.opd, P.c.tonggak == one.tonggak)


def _usable(kepada: Sequence[Kontak]) -> list[Kontak]:
    return [who for who in kepada if is_address(who.surel)]
