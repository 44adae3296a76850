"""``/unggah/petaan/lupakan``: a title of the OPD's own is no longer taken for one of our columns."""

from typing import Any

from flask import redirect, request

from data.access import Audiens
from data.petaan import forget_mapping
from pages.parts.elements import address
from pages.parts.upload_clock import HOME
from routes.forms import check_form
from routes.upload_who import FORM, asked_period, declare, door, opd, unggah, who

declare(Audiens.OPD_SENDIRI, "forget_title")
__all__ = ["unggah"]


@unggah.post("/unggah/petaan/lupakan")
def forget_title() -> Any:
    check_form(FORM)
    entry, alamat = door(), asked_period()
    forget_mapping(entry.engine, entry.pemda, who(), opd(), request.form.get("judul", "")[:200])
    return redirect(address(HOME, {"tahun": alamat.tahun, "tw": alamat.tw, "kabar": "lupa"}), 303)
