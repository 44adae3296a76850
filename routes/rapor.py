"""The card of one OPD as PDF: for the OPD itself, Bappeda and the leaders."""

from typing import Any

from flask import Blueprint, redirect, request

from data import kerja
from data.access import Audiens, check_opd
from data.engine import reading
from data.errors import BadParameterError
from data.masuk import pelaku_of
from data.queries.pemda import reported_periods
from pages.parts.downloads import CARD
from pages.parts.elements import address
from reports.rapor import opd_card
from routes.declared import DECLARED
from routes.downloads import asked_period
from routes.session import current_person, origin, pintu, settings
from routes.upload import attachment

rapor = Blueprint("rapor", __name__)
DECLARED.update(dict.fromkeys(("rapor.choose", "rapor.card"), Audiens.MASUK))


@rapor.get("/formulir/rapor")
def choose() -> Any:
    """From the form of a page to the address of the document; an operator need not say which OPD."""
    orang, door = current_person(), pintu()
    opd = (request.args.get("opd") or (orang.opd if orang else None) or "")[:40]
    if not opd:
        raise BadParameterError("Alamat ini tidak menyebut OPD. Pilih OPD di halaman Unduhan.")
    check_opd(orang, opd)
    with reading(door.engine) as conn:
        period = asked_period(reported_periods(conn, door.pemda), request.args)
    return redirect(address(f"{CARD}/{opd}.pdf", {"tahun": period.tahun, "tw": period.tw}), 303)


@rapor.get("/formulir/rapor/<opd>.pdf")
def card(opd: str) -> Any:
    """One page. Another's OPD is not found, like one that is none."""
    check_opd(current_person(), opd)
    door, asked = pintu(), {name: request.args[name] for name in ("tahun", "tw") if request.args.get(name)}
    with reading(door.engine) as conn:
        name, content = opd_card(conn, door.pemda, opd, {**asked, "alamat": settings().base_url})
    kerja.note_export(door.engine, door.pemda, pelaku_of(current_person(), origin().alamat), f"rapor/{opd}", asked)
    return attachment(content, name, "application/pdf")
