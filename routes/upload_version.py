"""One version of the own report: as it was sent, taken back, used again, and its raw file."""

from decimal import Decimal
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
from data.queries.formulir import form_code, form_rows
from data.queries.kiriman import predecessor, versions
from data.simpanan import unpack
from data.store import Muatan
from data.words import MONTH_NAMES, Kirim
from pages.parts import formats as fmt
from pages.parts.elements import address, records
from pages.parts.upload_clock import HOME
from pages.parts.upload_draft import TEXTS
from pages.parts.upload_preview import plain_number
from pages.parts.upload_receipt import Isian, Kiriman, version_page
from routes.forms import check_form, form_token
from routes.page import answer_page
from routes.session import settings
from routes.upload import as_versions, attachment
from routes.upload_check import STOPPED, told, use_version_again
from routes.upload_view import shown_findings
from routes.upload_who import FORM, affair_of, alamat_of, declare, door, own_version, unggah, who

declare(Audiens.OPD_SENDIRI, "version", "raw_file", "take_back", "use_again")
__all__ = ["unggah"]
BINARY: Final = "application/octet-stream"
SHOWN: Final = 50
Answers = dict[tuple[str, str, str, int], Any]


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
        before = predecessor(conn, entry.pemda, row["nomor"])
        names = _names(records(form_rows(conn, entry.pemda, alamat.tahun, alamat.tw, alamat.opd)))
    one = next(each for each in found if each.nomor == row["nomor"])
    beda = difference(unpack(before["muatan"]), unpack(row["muatan"]), names, alamat.opd) if before else []
    given = [(f"Alasan: {group}" if group else "Alasan", text) for group, text in reasons(row["alasan"])]
    texts = [*given, *((label, row[name]) for name, label, _ in TEXTS)]
    sent = Kiriman(
        versi=one,
        judul=f"Laporan {affair.tenggat.nama}, versi {one.urutan}",
        sha256=row["sha256"],
        hal=shown_findings(row),
        teks=texts,
        beda=beda[:SHOWN],
        jumlah_beda=len(beda),
        pendahulu=before["nomor"] if before else None,
        terbuka=affair.terbuka,
        kembali=address(HOME, {"tahun": alamat.tahun, "tw": alamat.tw}),
    )
    content = version_page(sent, form_token(FORM), galat)
    return answer_page(f"Versi {one.urutan} {affair.tenggat.nama}", content, active=HOME, code=code)


def difference(old: Muatan, new: Muatan, names: dict[str, str], opd: str) -> list[Isian]:
    """Every answer that two versions give differently, in the order of their codes."""
    before, after = _answers(old), _answers(new)
    changed = [key for key in sorted(before.keys() | after.keys()) if before.get(key) != after.get(key)]
    return [_difference(key, before.get(key), after.get(key), names, opd) for key in changed]


def _difference(key: tuple[str, str, str, int], old: Any, new: Any, names: dict[str, str], opd: str) -> Isian:
    kind, unit, kode, at = key
    code = form_code(kode, unit, opd)
    when = fmt.tw(at) if kind == "realisasi" else MONTH_NAMES[at - 1]
    return Isian(names.get(code, code), code, when, _words(kind, old), _words(kind, new))


def _words(kind: str, value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or fmt.NONE
    return plain_number(Decimal(value)) if kind == "realisasi" else fmt.rupiah_full(int(value))


def _answers(muatan: Muatan) -> Answers:
    found: Answers = {}
    for row in muatan.realisasi:
        value = "nihil" if row.get("nihil") else row.get("nilai") if row.get("nilai") is not None else row.get("teks")
        found["realisasi", row["opd"], row["indikator"], row["periode"]] = value
    for row in muatan.keuangan:
        found["keuangan", row["opd"], row["node"], row["bulan"]] = row.get("realisasi")
    return found


def _names(rows: list[dict[str, Any]]) -> dict[str, str]:
    return {str(row["kode"]): str(row["uraian"]) for row in rows}
