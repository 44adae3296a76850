"""What every page of ``/unggah`` asks first: which OPD (from the session alone), which period, which version."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from flask import Blueprint, request

from data.access import Audiens, own_opd
from data.engine import reading
from data.errors import BadParameterError, NotFoundError
from data.jejak import Pelaku
from data.kalender import Tenggat, Waktunya, read_deadline
from data.kiriman import Alamat, mend_until
from data.masuk import Pintu, pelaku_of
from data.queries.kepatuhan import expected
from data.queries.kiriman import one_version
from data.queries.pemda import Periode, calendar, choose_period
from data.queries.rencana import known_opd
from routes.declared import DECLARED
from routes.session import current_person, origin, pintu

unggah = Blueprint("unggah", __name__)
FORM: Final = "unggah"
"""The purpose of the token that the forms of these pages carry."""
LONGEST_NUMBER: Final = 9
OPEN: Final = (Waktunya.TEPAT_WAKTU, Waktunya.TERLAMBAT)


@dataclass(frozen=True)
class Urusan:
    """Whose report is spoken of, and when: all that the pages of one period share."""

    alamat: Alamat
    tenggat: Tenggat
    wajib: bool
    opd_nama: str
    sekarang: datetime
    perbaikan_sampai: datetime | None = None

    @property
    def perbaikan(self) -> bool:
        """Locked for everybody, but this report was returned and may still be mended."""
        locked = self.tenggat.stand(self.sekarang) == Waktunya.TERKUNCI
        return locked and self.perbaikan_sampai is not None and self.sekarang < self.perbaikan_sampai

    @property
    def terbuka(self) -> bool:
        return self.tenggat.stand(self.sekarang) in OPEN or self.perbaikan


def declare(audiens: Audiens, *names: str) -> None:
    """Say once who may open these endpoints of the blueprint."""
    DECLARED.update(dict.fromkeys((f"unggah.{name}" for name in names), audiens))


def door() -> Pintu:
    return pintu()


def opd() -> str:
    """The OPD of the person signed in, never of the address."""
    return own_opd(current_person())


def who() -> Pelaku:
    return pelaku_of(current_person(), origin().alamat)


def number(text: str) -> int:
    """A number as an address says it. Raises NotFoundError for what no version can be called."""
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER):
        raise NotFoundError("Tidak ditemukan.")
    return int(text)


def own_version(nomor: str) -> dict[str, Any]:
    """One version of the own OPD. Raises NotFoundError alike for what is another's and what is not there."""
    entry = door()
    with reading(entry.engine) as conn:
        return one_version(conn, entry.pemda, number(nomor), opd())


def alamat_of(row: dict[str, Any]) -> Alamat:
    return Alamat(row["tahun"], row["tw"], row["opd"])


def affair_of(alamat: Alamat) -> Urusan:
    """Deadline and duty of one report. Raises NotFoundError when the year has no calendar."""
    entry = door()
    with reading(entry.engine) as conn:
        due = read_deadline(conn, entry.pemda, alamat.tahun, alamat.tw, alamat.opd)
        must = alamat.opd in expected(conn, entry.pemda, alamat.tahun, alamat.tw)
        name = known_opd(conn, entry.pemda).get(alamat.opd, alamat.opd)
        grace = mend_until(conn, entry.pemda, alamat)
    return Urusan(alamat, due, must, name, datetime.now(UTC), grace)


def periods() -> list[Periode]:
    """Every triwulan of the calendar, oldest first."""
    entry = door()
    with reading(entry.engine) as conn:
        return calendar(conn, entry.pemda)


def asked_period(given: list[Periode] | None = None) -> Alamat:
    """The period an address names; without one the newest that can be sent now, else the newest opened.

    Raises BadParameterError for nonsense.
    """
    known = periods() if given is None else given
    said = {name: request.args.get(name) or None for name in ("tahun", "tw")}
    if any(said.values()):
        found = choose_period(known, said["tahun"], said["tw"])
    else:
        found = _usual(known)
    return Alamat(found.tahun, found.tw, opd())


def _usual(known: list[Periode]) -> Periode:
    if not known:
        raise BadParameterError("Jadwal pelaporan belum ditetapkan Bappeda.")
    now, entry, own = datetime.now(UTC), door(), opd()
    opened = [one for one in known if one.dibuka <= now]
    with reading(entry.engine) as conn:
        for one in reversed(opened):
            if read_deadline(conn, entry.pemda, one.tahun, one.tw, own).stand(now) in OPEN:
                return one
    return (opened or known)[-1]
