"""From the bytes of a report to a draft: check it apart from the server, keep the raw file, remember what was found."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, Final

from werkzeug import Response

from data.aturan import read_aturan
from data.draf import renew_draft
from data.engine import reading
from data.errors import BusyError, DeadlineError, EmonevError, LoadError
from data.kiriman import TEXTS, Alamat, Periksa, check_open, copy_as_draft, save_draft, write_texts
from data.mentah import keep_raw, read_raw
from data.petaan import read_mapping
from data.words import JenisBerkas, Kirim
from loaders import Gaya, Hasil, Konteks, Masalah, Tingkat, ordered, read_known
from loaders.terpisah import check_apart
from routes.session import settings
from routes.upload_who import door, who

STOPPED: Final = (DeadlineError, LoadError, BusyError)
"""Why no file can be checked now."""


def told(error: EmonevError, answer_of: Callable[[str, int], Response]) -> Response:
    """The page that says why nothing was checked; a full queue also says when to come again."""
    if not isinstance(error, BusyError):
        return answer_of(str(error), 400)
    answer = answer_of(str(error), 409 if error.sendiri else 503)
    answer.headers["Retry-After"] = str(error.detik)
    return answer


def make_draft(alamat: Alamat, content: bytes, name: str, angka: Gaya | None = None) -> int:
    """Check a file and keep what was found as the draft of this report; its number.

    Raises DeadlineError when nothing may be sent now, BusyError when too many files are being checked.
    """
    entry, pelaku = door(), who()
    with reading(entry.engine) as conn:
        check_open(conn, entry.pemda, alamat)
        petaan, rules = read_mapping(conn, entry.pemda, alamat.opd), read_aturan(conn, entry.pemda)
    start = time.monotonic()
    known = read_known(entry.engine, entry.pemda, alamat.tahun, alamat.opd)
    konteks = Konteks(
        JenisBerkas.LAPORAN,
        alamat.opd,
        alamat.tahun,
        alamat.tw,
        oleh=pelaku.nama,
        dikenal=known,
        angka=angka,
        petaan=petaan,
        aturan=rules,
    )
    hasil = check_apart(content, name, konteks)
    if hasil.kepala is not None:  # what could not even be opened is nothing to come back to
        keep_raw(settings().berkas, content)
    took = time.monotonic() - start
    return save_draft(entry.engine, entry.pemda, pelaku, alamat, checked(hasil, alamat, petaan, angka, took))


def check_again(row: Mapping[str, Any]) -> int:
    """The same draft under a new number, its file checked against what is known now, all its words kept; its number.

    Raises as ``make_draft``, NotFoundError when its file is not kept any more.
    """
    if row["nihil"]:  # a declaration has no rows that could be checked
        entry, alamat = door(), Alamat(row["tahun"], row["tw"], row["opd"])
        return renew_draft(entry.engine, entry.pemda, who(), alamat, row["nomor"])
    return _from_kept_file(row)


def use_version_again(row: Mapping[str, Any]) -> int:
    """An earlier version as the draft, its file checked against what is known now: plans and rules may have moved on
    since. Its number. Raises as ``check_again``."""
    if row["nihil"] or row["keadaan"] == Kirim.DRAF:
        entry, alamat = door(), Alamat(row["tahun"], row["tw"], row["opd"])
        return copy_as_draft(entry.engine, entry.pemda, who(), alamat, row["nomor"])
    return _from_kept_file(row)


def _from_kept_file(row: Mapping[str, Any]) -> int:
    """The raw file checked once more, with the answer and the words that were given."""
    entry, alamat = door(), Alamat(row["tahun"], row["tw"], row["opd"])
    said = json.loads(row["setelan"]).get("angka")
    new = make_draft(
        alamat, read_raw(settings().berkas, row["sha256"]), row["nama_berkas"], Gaya(said) if said else None
    )
    write_texts(entry.engine, entry.pemda, alamat, new, {name: row[name] for name in TEXTS})
    return new


def checked(hasil: Hasil, alamat: Alamat, petaan: Mapping[str, str], angka: Gaya | None, took: float) -> Periksa:
    """What the loaders found, as a draft keeps it."""
    found = ordered(hasil.masalah)
    return Periksa(
        nama_berkas=hasil.nama_berkas,
        sha256=hasil.sha256,
        ukuran=hasil.ukuran,
        jumlah_baris=hasil.jumlah_baris,
        galat=hasil.jumlah(Tingkat.GALAT),
        konfirmasi=hasil.jumlah(Tingkat.KONFIRMASI),
        ringkasan=hasil.ringkasan,
        masalah=[asdict(one) for one in found],
        muatan=hasil.muatan,
        setelan=_settings(hasil, alamat, petaan, angka, took),
    )


def _settings(
    hasil: Hasil, alamat: Alamat, petaan: Mapping[str, str], angka: Gaya | None, took: float
) -> dict[str, Any]:
    return {
        "tahun": alamat.tahun,
        "tw": alamat.tw,
        "petaan": dict(petaan),
        "angka": angka.value if angka else None,
        "keterangan": hasil.keterangan,
        "kepala": asdict(hasil.kepala) if hasil.kepala else None,
        "pertanyaan": [asdict(one) for one in hasil.pertanyaan],
        "detik": round(took, 1),
        "diperiksa": datetime.now(UTC).isoformat(),
    }


def finding(stored: Mapping[str, Any]) -> Masalah:
    """A finding as the loaders know it, from what a draft keeps."""
    return Masalah(**{**stored, "tingkat": Tingkat(stored["tingkat"])})
