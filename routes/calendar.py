"""The reporting calendar, for Bappeda: ``/kelola/kalender`` and ``/kelola/kontak``. What is done is in
``data/siklus.py``; every deed is in the trail."""

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, redirect, request
from werkzeug import Response

from data import siklus
from data.access import Audiens
from data.engine import reading
from data.errors import BadParameterError, EmonevError, NotFoundError
from data.jejak import Pelaku
from data.masuk import pelaku_of
from data.queries import kalender as asked
from data.queries.kepatuhan import expected
from pages.parts.calendar import ALL_OPD, PATH, calendar_page
from pages.parts.calendar_contacts import ESCALATION, Daftar, Kontak, Sunting, as_lines, by_opd, contacts_page
from pages.parts.calendar_contacts import PATH as CONTACTS
from pages.parts.calendar_kinds import Jam, Kalender, Libur, Pengecualian, Perpanjangan, Salah, Triwulan
from pages.parts.elements import address, records
from routes.calendar_input import (
    LONGEST_PASTE,
    read_contacts,
    read_day,
    read_end,
    read_paste,
    read_quarter,
    read_start,
    read_year,
)
from routes.declared import DECLARED
from routes.forms import check_form, form_token
from routes.page import answer_page
from routes.session import current_person, origin, pintu

kalender = Blueprint("kalender", __name__)
NAMES = (
    *("show", "open_year", "set_clocks", "set_day", "forget_day", "extend", "end_extension"),
    *("set_duty", "forget_duty", "contacts", "save_contacts", "paste_contacts"),
)
DECLARED.update(dict.fromkeys((f"kalender.{name}" for name in NAMES), Audiens.BAPPEDA))


@kalender.get("/kelola/kalender")
def show() -> Any:
    return _page(_asked_year(), request.args.get("kabar", ""))


@kalender.post("/kelola/kalender/buka")
def open_year() -> Any:
    check_form("kalender")
    door = pintu()
    try:
        tahun = read_year(request.form.get("tahun", ""))
        siklus.open_year(door.engine, door.pemda, _who(), tahun)
    except BadParameterError as error:
        return _refused(_newest(), "tahun", error)
    return _back(tahun, "tahun")


@kalender.post("/kelola/kalender/<int:tahun>/<int:tw>")
def set_clocks(tahun: int, tw: int) -> Any:
    check_form("kalender")
    given, door = request.form, pintu()
    read_year(str(tahun)), read_quarter(str(tw))
    try:
        opens = read_start(given, "dibuka", "Dibuka")
        due, lock = read_end(given, "tepat", "Tepat waktu sampai"), read_end(given, "kunci", "Dikunci")
        siklus.set_period(door.engine, door.pemda, _who(), tahun, tw, opens, due, lock)
    except BadParameterError as error:
        return _refused(tahun, f"tw-{tw}", error)
    return _back(tahun, "jam")


@kalender.post("/kelola/kalender/libur")
def set_day() -> Any:
    def deed(tahun: int) -> None:
        given, door = request.form, pintu()
        day = read_day(given.get("tanggal", ""), "Hari libur")
        if day.year not in (tahun, tahun + 1):  # TW IV is sent in January of the next year
            raise BadParameterError(
                f"Tanggal itu tidak dipakai kalender {tahun}. Pilih hari di {tahun} atau {tahun + 1}."
            )
        siklus.set_day(door.engine, door.pemda, _who(), day, _plain("nama"), given.get("kerja") == "ya")

    return _do(deed, "libur", "libur")


@kalender.post("/kelola/kalender/libur/hapus")
def forget_day() -> Any:
    def deed(tahun: int) -> None:
        door = pintu()
        siklus.forget_day(door.engine, door.pemda, _who(), read_day(request.form.get("tanggal", ""), "Hari libur"))

    return _do(deed, "libur", "libur")


@kalender.post("/kelola/kalender/perpanjangan")
def extend() -> Any:
    def deed(tahun: int) -> None:
        tw, opd, door = read_quarter(request.form.get("tw", "")), _opd(), pintu()
        until = read_end(request.form, "sampai", "Perpanjangan")
        if until <= datetime.now(UTC):
            raise BadParameterError("Waktu perpanjangan itu sudah lewat. Pilih waktu yang masih akan datang.")
        siklus.extend(door.engine, door.pemda, _who(), tahun, tw, opd, until, _plain("alasan"))

    return _do(deed, "perpanjangan", "perpanjangan")


@kalender.post("/kelola/kalender/perpanjangan/cabut")
def end_extension() -> Any:
    def deed(tahun: int) -> None:
        door = pintu()
        tw = read_quarter(request.form.get("tw", ""))
        siklus.end_extension(door.engine, door.pemda, _who(), tahun, tw, _opd())

    return _do(deed, "perpanjangan", "dicabut")


@kalender.post("/kelola/kalender/wajib")
def set_duty() -> Any:
    def deed(tahun: int) -> None:
        given, door = request.form, pintu()
        tw, must = read_quarter(given.get("tw", "")), given.get("wajib", "") == "ya"
        siklus.set_duty(door.engine, door.pemda, _who(), tahun, tw, _one_opd(), must, _plain("alasan"))

    return _do(deed, "wajib", "wajib")


@kalender.post("/kelola/kalender/wajib/hapus")
def forget_duty() -> Any:
    def deed(tahun: int) -> None:
        door = pintu()
        tw = read_quarter(request.form.get("tw", ""))
        siklus.forget_duty(door.engine, door.pemda, _who(), tahun, tw, _one_opd())

    return _do(deed, "wajib", "wajib")


@kalender.get("/kelola/kontak")
def contacts() -> Any:
    kode = request.args.get("opd", "")
    return _contacts(kode, kabar=request.args.get("kabar", ""))


@kalender.post("/kelola/kontak")
def save_contacts() -> Any:
    check_form("kalender")
    door, kode, text = pintu(), request.form.get("opd", ""), request.form.get("alamat", "")[: LONGEST_PASTE + 1]
    opd = "" if kode == ESCALATION else _one_opd()
    try:
        siklus.set_contacts(door.engine, door.pemda, _who(), opd, read_contacts(text))
    except BadParameterError as error:
        return _contacts(kode, galat=str(error), typed=text)
    return redirect(address(CONTACTS, {"kabar": "simpan"}, "isi"), 303)


@kalender.post("/kelola/kontak/tempel")
def paste_contacts() -> Any:
    check_form("kalender")
    door, text = pintu(), request.form.get("tempel", "")[: LONGEST_PASTE + 1]
    with reading(door.engine) as conn:
        names = dict(asked.reporting_opd(conn, door.pemda))
    try:
        siklus.set_many_contacts(door.engine, door.pemda, _who(), read_paste(text, names))
    except BadParameterError as error:
        return _contacts("", galat=str(error), pasted=text or " ")
    return redirect(address(CONTACTS, {"kabar": "simpan"}, "isi"), 303)


def _do(deed: Callable[[int], None], part: str, news: str) -> Response:
    """One deed of a form that carries its year: do it, go back and say so, or say why not beside what was typed."""
    check_form("kalender")
    tahun = read_year(request.form.get("tahun", ""))
    try:
        deed(tahun)
    except (BadParameterError, NotFoundError) as error:
        return _refused(tahun, part, error)
    return _back(tahun, news)


def _back(tahun: int, news: str) -> Response:
    return redirect(address(PATH, {"tahun": tahun, "kabar": news}, "isi"), 303)


def _refused(tahun: int, part: str, error: EmonevError) -> Response:
    typed = {name: text[:500] for name, text in request.form.items() if name != "csrf"}
    return _page(tahun, salah=Salah(part, str(error), typed), code=404 if isinstance(error, NotFoundError) else 400)


def _page(tahun: int, kabar: str = "", salah: Salah | None = None, code: int = 200) -> Response:
    content = calendar_page(_read(tahun), form_token("kalender"), kabar, salah)
    return answer_page("Kalender pelaporan", content, active=PATH, code=code)


def _read(tahun: int) -> Kalender:
    door = pintu()
    with reading(door.engine) as conn:
        years = asked.calendar_years(conn, door.pemda)
        clocks = asked.year_clocks(conn, door.pemda, tahun)
        must = {one.tw: len(expected(conn, door.pemda, tahun, one.tw)) for one in clocks}
        days = asked.days_off(conn, door.pemda, tahun)
        longer = records(asked.extensions(conn, door.pemda, tahun))
        duties = records(asked.duties(conn, door.pemda, tahun))
        opd = asked.reporting_opd(conn, door.pemda)
    return Kalender(
        tahun,
        years,
        [Triwulan(one.tw, _jam(one), must[one.tw]) for one in clocks],
        [Libur(**day) for day in days],
        [_extension(row) for row in longer],
        [Pengecualian(**row) for row in duties],
        opd,
        max(years, default=tahun) + 1,
    )


def _jam(one: asked.JamPeriode) -> list[Jam]:
    now = (one.dibuka, one.tepat_waktu_sampai, one.dikunci)
    rule = (one.aturan_dibuka, one.aturan_tepat, one.aturan_kunci)
    return [Jam(*pair) for pair in zip(now, rule, strict=True)]


def _extension(row: dict[str, Any]) -> Perpanjangan:
    shown = ("tw", "opd", "sampai", "alasan", "oleh")
    return Perpanjangan(nama=row["nama"] or "Semua OPD", **{name: row[name] for name in shown})


def _asked_year() -> int:
    given = request.args.get("tahun", "")
    return read_year(given) if given else _newest()


def _newest() -> int:
    """The year that has a calendar and was opened last."""
    door = pintu()
    with reading(door.engine) as conn:
        years = asked.calendar_years(conn, door.pemda)
    if not years:
        raise NotFoundError("Belum ada kalender. Muat data lebih dahulu.")
    return years[-1]


def _opd() -> str:
    """The OPD of the form; '' for all of them, which must be said."""
    return "" if request.form.get("opd") == ALL_OPD else _one_opd()


def _one_opd() -> str:
    given = _plain("opd")
    if not given:
        raise BadParameterError("Pilih OPD dari daftar.")
    return given


def _plain(name: str) -> str:
    """A text of one line; characters that no database can compare are left out."""
    return "".join(letter if letter.isprintable() else " " for letter in request.form.get(name, "")[:2_000])


def _contacts(
    kode: str, kabar: str = "", galat: str | None = None, typed: str | None = None, pasted: str = ""
) -> Response:
    daftar = _addresses()
    sunting = _editing(kode, daftar, typed) if kode else None
    content = contacts_page(daftar, form_token("kalender"), sunting, kabar, galat, pasted)
    return answer_page("Kontak pengingat", content, active=PATH, code=400 if galat else 200)


def _addresses() -> Daftar:
    door = pintu()
    found: dict[str, list[Kontak]] = defaultdict(list)
    with reading(door.engine) as conn:
        names = asked.reporting_opd(conn, door.pemda)
        for row in records(asked.contacts(conn, door.pemda)):
            found[row["opd"]].append(Kontak(row["surel"], row["wa"], row["sebutan"]))
    return by_opd(names, found)


def _editing(kode: str, daftar: Daftar, typed: str | None) -> Sunting:
    lists = {one: (nama, found) for one, nama, found in daftar.opd} | {ESCALATION: ("Eskalasi", daftar.eskalasi)}
    if kode not in lists:
        raise NotFoundError("OPD ini tidak dikenal. Pilih dari daftar.")
    nama, found = lists[kode]
    return Sunting(kode, nama, as_lines(found) if typed is None else typed)


def _who() -> Pelaku:
    return pelaku_of(current_person(), origin().alamat)
