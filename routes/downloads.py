"""``/unduhan``: order a document that takes long, see how far it is, take it, have it made again, throw it away."""

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final

from flask import Blueprint, Response, redirect, request

from data import kerja
from data.access import Audiens, Orang, can_audience, can_opd, check_audience, check_opd, own_opd
from data.analisis.saringan import LONGEST_ADDRESS
from data.engine import reading
from data.errors import BadParameterError, NotFoundError, NotSignedInError
from data.jejak import Pelaku
from data.kerja import Pekerjaan
from data.masuk import pelaku_of
from data.queries.kepatuhan import movement
from data.queries.pemda import Periode, choose_period, reported_periods
from data.queries.rencana import known_opd, known_units
from data.words import Peran
from pages.parts import formats as fmt
from pages.parts.downloads import PATH, Dokumen, Tawaran, downloads_page
from reports.jenis import JENIS, Jenis, kind_of
from reports.pekerja import has_place, start
from routes.declared import DECLARED
from routes.forms import check_form, form_token
from routes.page import answer_page
from routes.session import current_person, origin, pintu, settings
from routes.upload import attachment

unduhan = Blueprint("unduhan", __name__)
DECLARED.update(
    dict.fromkeys((f"unduhan.{name}" for name in ("show", "order", "take", "again", "drop")), Audiens.MASUK)
)
FORM: Final = "unduhan"
PDF: Final = "application/pdf"
BINARY: Final = "application/octet-stream"
OFFERED: Final = {"tahun", "tw"}
"""What a form on this page can ask for; a kind that needs more is ordered where that is known."""
AGAIN: Final = 5
"""Seconds after which a browser without scripts looks again while something is being made."""


@unduhan.get("/unduhan")
def show() -> Any:
    return _page()


@unduhan.post("/unduhan/pesan")
def order() -> Any:
    check_form(FORM)
    kind = kind_of(request.form.get("jenis", ""))
    check_audience(current_person(), kind.audiens)
    door = pintu()
    try:
        placed = kerja.order(door.engine, door.pemda, _who(), request.form["jenis"], _asked(kind)).baru
    except BadParameterError as error:
        return _page(str(error), 400)
    return _begin(placed)


@unduhan.get("/unduhan/<int:nomor>/berkas")
def take(nomor: int) -> Any:
    """The file itself, for its owner alone: another's number says no more than one that is not there."""
    door, job = pintu(), _own(nomor)
    content = kerja.take_out(door.engine, settings().berkas, door.pemda, _who(), job)
    return attachment(content, job.nama_berkas, PDF if job.nama_berkas.endswith(".pdf") else BINARY)


@unduhan.post("/unduhan/<int:nomor>/ulangi")
def again(nomor: int) -> Any:
    check_form(FORM)
    door, job = pintu(), _own(nomor)
    return _begin(kerja.restart(door.engine, door.pemda, _who(), job.nomor))


@unduhan.post("/unduhan/<int:nomor>/hapus")
def drop(nomor: int) -> Any:
    check_form(FORM)
    door, job = pintu(), _own(nomor)
    kerja.remove(door.engine, settings().berkas, door.pemda, _who(), job.nomor)
    return redirect(PATH, 303)


def _begin(placed: bool) -> Any:
    """A runner for what was put in line, where there is a place for one. The order stands already: should none start,
    it is told and can be repeated."""
    if placed and has_place(settings()):
        start(settings(), pintu().engine.url.render_as_string(hide_password=False))
    return redirect(PATH, 303)


def _own(nomor: int) -> Pekerjaan:
    """One document of whoever asks, if its kind and its OPD are still theirs to see. Raises NotFoundError."""
    door, orang = pintu(), _person()
    with reading(door.engine) as conn:
        job = kerja.own_job(conn, door.pemda, orang.nama, nomor, datetime.now(UTC))
    if not _may(orang, job):
        raise NotFoundError(kerja.GONE)
    return job


def _may(orang: Orang, job: Pekerjaan) -> bool:
    """Roles change, and an operator may move to another OPD: what was ordered before does not stay open for that."""
    kind = JENIS.get(job.jenis)
    return kind is not None and can_audience(orang, kind.audiens) and (job.opd is None or can_opd(orang, job.opd))


def _asked(kind: Jenis) -> dict[str, str]:
    """What an order asks for, in words that are known to be there. Raises BadParameterError or NotFoundError."""
    door, asked = pintu(), {}
    with reading(door.engine) as conn:
        if "tahun" in kind.isian:
            period = asked_period(reported_periods(conn, door.pemda), request.form)
            asked = {"tahun": str(period.tahun), "tw": str(period.tw)}
        if "opd" in kind.isian:
            asked["opd"] = _asked_opd(known_opd(conn, door.pemda))
        asked["gerak"] = _mark(movement(conn, door.pemda))
    if "saringan" in kind.isian:
        asked["saringan"] = request.form.get("saringan", "")
        if len(asked["saringan"]) > LONGEST_ADDRESS:
            raise BadParameterError("Saringan ini terlalu panjang. Kurangi pilihan di dalamnya.")
    return asked


def asked_period(known: list[Periode], given: Mapping[str, str]) -> Periode:
    """The triwulan as one word ("2026-3") or two; the newest reported without. Raises BadParameterError."""
    year, _, quarter = given.get("periode", "").partition("-")
    return choose_period(known, year or given.get("tahun") or None, quarter or given.get("tw") or None)


def _asked_opd(known: Mapping[str, str]) -> str:
    orang = _person()
    if orang.peran == Peran.OPD:
        return own_opd(orang)
    opd = request.form.get("opd", "")
    if opd not in known:
        raise BadParameterError("OPD dengan kode ini tidak ada. Pilih dari daftar.")
    check_opd(orang, opd)
    return opd


def _mark(moved: str) -> str:
    """What a document shows beside the data of one version: reports on their way, and days that pass."""
    return sha256(f"{moved} {fmt.in_wib(datetime.now(UTC)).date()}".encode()).hexdigest()[:16]


def _page(galat: str | None = None, code: int = 200) -> Response:
    door, orang = pintu(), _person()
    with reading(door.engine) as conn:
        jobs = kerja.own_jobs(conn, door.pemda, orang.nama, datetime.now(UTC))
        periods = [one for one in reversed(reported_periods(conn, door.pemda)) if one.dilaporkan]
        names, units = known_opd(conn, door.pemda), known_units(conn, door.pemda)
    rows = [_row(job) for job in jobs if _may(orang, job)]
    cards = sorted(
        ((kode, name) for kode, name in names.items() if kode not in units and can_opd(orang, kode)),
        key=lambda pair: pair[1],
    )
    choices = [(f"{one.tahun}-{one.tw}", fmt.period(one.tahun, one.tw)) for one in periods]
    content = downloads_page(rows, _offers(orang), choices, cards, form_token(FORM), galat)
    again_after = AGAIN if any(row.berjalan for row in rows) else 0
    return answer_page("Unduhan", content, active=PATH, code=code, segarkan=again_after)


def _offers(orang: Orang) -> list[Tawaran]:
    return [
        Tawaran(name, kind.judul, kind.keterangan)
        for name, kind in JENIS.items()
        if can_audience(orang, kind.audiens) and set(kind.isian) <= OFFERED
    ]


def _row(job: Pekerjaan) -> Dokumen:
    return Dokumen(
        job.nomor,
        kind_of(job.jenis).named(job.isian),
        job.keadaan,
        job.kemajuan,
        job.langkah,
        job.pesan,
        job.dibuat_pada,
        job.selesai_pada,
        job.nama_berkas,
        job.ukuran,
    )


def _person() -> Orang:
    orang = current_person()
    if orang is None:
        raise NotSignedInError("Halaman ini tertutup. Masuk lebih dahulu.")
    return orang


def _who() -> Pelaku:
    return pelaku_of(current_person(), origin().alamat)
