"""``/unggah/nihil``: an OPD declares that it has nothing to report for a triwulan. It goes the way of a file: a draft
to look at, a reason that Bappeda reads, a receipt."""

from typing import Any, Final

from flask import redirect, request

from data.access import Audiens
from data.alasan import join_reasons
from data.errors import DeadlineError, LoadError
from data.kiriman import Alamat, Periksa, save_draft, write_texts
from data.mentah import keep_raw
from data.store import Muatan
from data.words import TW_NAMES
from pages.parts.upload_clock import HOME
from pages.parts.upload_findings import TITLES
from routes.forms import check_form
from routes.session import settings
from routes.upload import NO_DUTY, show_home
from routes.upload_who import FORM, affair_of, asked_period, declare, door, unggah, who

declare(Audiens.OPD_SENDIRI, "declare_nothing")
__all__ = ["unggah"]
NAME: Final = "pernyataan-nihil.txt"
SHORTEST: Final = 15
GROUP: Final = TITLES["laporan_nihil"]
NO_REASON: Final = "Tulis alasan nihil dengan satu kalimat yang jelas; Bappeda membacanya saat memverifikasi."
FINDING: Final = {
    "tingkat": "Konfirmasi",
    "aturan": "laporan_nihil",
    "pesan": "Seluruh laporan dinyatakan nihil: tidak ada yang dilaporkan untuk triwulan ini.",
    "perbaikan": "Bila ternyata ada yang dilaporkan, unggah templat yang sudah diisi.",
    "baris": None,
    "kolom": None,
    "nama_kolom": "",
    "nilai": "",
}


@unggah.post("/unggah/nihil")
def declare_nothing() -> Any:
    check_form(FORM)
    alamat, reason = asked_period(), " ".join(request.form.get("alasan", "").split())[:2_000]
    if not affair_of(alamat).wajib:
        return show_home(galat=NO_DUTY, code=400)
    if len(reason) < SHORTEST:
        return show_home(galat=NO_REASON, code=400)
    entry = door()
    try:
        nomor = save_draft(entry.engine, entry.pemda, who(), alamat, _statement(alamat, reason))
    except (DeadlineError, LoadError) as error:
        return show_home(galat=str(error), code=400)
    write_texts(entry.engine, entry.pemda, alamat, nomor, {"alasan": join_reasons({GROUP: reason})})
    return redirect(f"{HOME}/draf/{nomor}", 303)


def _statement(alamat: Alamat, reason: str) -> Periksa:
    """The declaration as a draft: no rows, one thing to confirm, its own words as the file that is kept."""
    text = f"{alamat.opd}\n{TW_NAMES[alamat.tw]} {alamat.tahun}\nNihil: {reason}\n".encode()
    return Periksa(
        nama_berkas=NAME,
        sha256=keep_raw(settings().berkas, text),
        ukuran=len(text),
        jumlah_baris=0,
        galat=0,
        konfirmasi=1,
        ringkasan={"baris_diharapkan": 0, "terisi": 0, "nihil": 0, "kosong": 0, "total_keuangan": 0},
        masalah=[FINDING],
        muatan=Muatan(),
        setelan={"tahun": alamat.tahun, "tw": alamat.tw, "petaan": {}, "angka": None, "keterangan": "pernyataan nihil"},
        nihil=True,
    )
