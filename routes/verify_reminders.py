"""The reminders that whoever verifies can send by hand, of one triwulan."""

from datetime import datetime

from data.engine import reading
from data.pengingat import read_name
from data.queries.pengingat import contacts, still_missing
from data.surat import Kop, whatsapp_link, whatsapp_text
from pages.parts.reminder import Ingat
from routes.session import pintu, settings


def reminders(tahun: int, tw: int, now: datetime) -> list[Ingat]:
    """One per OPD whose report of this triwulan is missing and can still be sent, in the order of the list."""
    door = pintu()
    with reading(door.engine) as conn:
        kop = Kop(door.pemda, read_name(conn, door.pemda), settings().base_url, "", now)
        ones = [one for one in still_missing(conn, door.pemda, now) if one.periode == (tahun, tw)]
        known = contacts(conn, door.pemda) if ones else {}
    made = []
    for one in ones:
        text = whatsapp_text(kop, one)
        numbers = [who for who in known.get(one.opd, []) if who.wa]
        made.append(Ingat(one.nama, text, [(who.sebutan, whatsapp_link(who, text)) for who in numbers]))
    return made
