"""One version of the own report: as it was sent, taken back, used again, and its raw file."""

from typing import Any, Final

from flask import redirect
from werkzeug import Response

from data.access import Audiens
from data.alasan import reasons
from data.draf import note_download
from data.engine import reading
from data.errors import NotFoundError
from data.kiriman import withdraw
from data.mentah import read_raw
from data.queries.kiriman import versions
from data.words import Kirim
from pages.parts.elements import address, records
from pages.parts.upload_clock import HOME
from pages.parts.upload_draft import TEXTS
from pages.parts.upload_receipt import Kiriman, version_page
from routes.forms import check_form, form_token
from routes.page import answer_page
from routes.session import settings
from routes.upload import as_versions, attachment
from routes.upload_check import STOPPED, told, use_version_again
from routes.upload_view import shown_findings
from routes.upload_who import FORM, affair_of, alamat_of, declare, door, own_version, unggah, who
from routes.version_difference import read_difference

declare(Audiens.OPD_SENDIRI, "version", "raw_file", "take_back", "use_again")
__all__ = ["unggah"]
BINARY: Final = "application/octet-stream"


@unggah.get("/unggah/versi/<nomor>")
def version(nomor: str) -> Any:
    return _show(own_version(nomor))


@unggah.get("/unggah/versi/<nomor>/berkas")
def raw_file(nomor: str) -> Any:
    row, entry = own_version(nomor), door()
    content = read_raw(settings().berkas, row["sha256"])
    note_download(entry.engine, entry.pemda, who(), f"kiriman/{row['nomor']}", {"sha256": row["sha256"]})
    return attachment(content, row["nama_berkas"], BINARY)


@unggah.post("/unggah/versi/<nomor>/tarik")
def take_back(nomor: str) -> Any:
    check_form(FORM)
    row, entry = own_version(nomor), door()
    try:
        withdraw(entry.engine, entry.pemda, who(), alamat_of(row), row["nomor"])
    except NotFoundError as error:
        return _show(own_version(nomor), galat=str(error), code=400)
    return redirect(address(HOME, {"tahun": row["tahun"], "tw": row["tw"], "kabar": "tarik"}), 303)


@unggah.post("/unggah/versi/<nomor>/pakai-lagi")
def use_again(nomor: str) -> Any:
    check_form(FORM)
    row = own_version(nomor)
    try:
        new = use_version_again(row)
    except (*STOPPED, NotFoundError) as error:
        return told(error, lambda sentence, code: _show(row, galat=sentence, code=code))
    return redirect(f"{HOME}/draf/{new}", 303)


def _show(row: dict[str, Any], galat: str | None = None, code: int = 200) -> Response:
    if row["keadaan"] == Kirim.DRAF:
        return redirect(f"{HOME}/draf/{row['nomor']}", 303)  # type: ignore[return-value]
    affair, entry, alamat = affair_of(alamat_of(row)), door(), alamat_of(row)
    with reading(entry.engine) as conn:
        found = as_versions(records(versions(conn, entry.pemda, alamat)))
    one = next(each for each in found if each.nomor == row["nomor"])
    given = [(f"Alasan: {group}" if group else "Alasan", text) for group, text in reasons(row["alasan"])]
    texts = [*given, *((label, row[name]) for name, label, _ in TEXTS)]
    sent = Kiriman(
        versi=one,
        judul=f"Laporan {affair.tenggat.nama}, versi {one.urutan}",
        sha256=row["sha256"],
        hal=shown_findings(row),
        teks=texts,
        beda=read_difference(row, f"{HOME}/versi"),
        terbuka=affair.terbuka,
        kembali=address(HOME, {"tahun": alamat.tahun, "tw": alamat.tw}),
    )
    content = version_page(sent, form_token(FORM), galat)
    return answer_page(f"Versi {one.urutan} {affair.tenggat.nama}", content, active=HOME, code=code)
