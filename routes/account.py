"""One's own account: ``/akun``, who I am, where I am signed in, my password and my code."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, redirect, request
from werkzeug import Response

from data.access import Audiens, Orang
from data.accounts import find_account, must_have_factor
from data.akun_sendiri import change_password, drop_factor, end_others, move_factor, new_recovery
from data.engine import reading
from data.errors import BadParameterError, EmonevError, NotSignedInError, TahanError
from data.faktor import recovery_left
from data.masuk import leave
from data.queries.jejak import read_details, read_sign_ins
from data.queries.rencana import known_opd
from data.sesi import Sesi, list_sessions
from data.words import ACTION_NAMES, ROLE_NAMES, Tindakan
from pages.parts.account import Diri, Galat, Riwayat, SesiTerbuka, codes_page, own_page
from pages.parts.trail import details_text
from routes.declared import DECLARED
from routes.forms import check_form, form_token
from routes.page import answer_page
from routes.session import current_person, current_session, device_token, give_session, origin, pintu, take_session

akun = Blueprint("akun", __name__)
NAMES = (
    "own",
    "change_own_password",
    "end_own_session",
    "end_other_sessions",
    "renew_codes",
    "drop_own_factor",
    "move_own_factor",
)
DECLARED.update(dict.fromkeys((f"akun.{name}" for name in NAMES), Audiens.MASUK))
WRONG = "Kata sandi lama tidak cocok. Periksa, lalu coba lagi."
WRONG_OWN = "Kata sandi tidak cocok. Periksa, lalu coba lagi."


@akun.get("/akun")
def own() -> Any:
    return _page(kabar=request.args.get("kabar", ""))


@akun.post("/akun/sandi")
def change_own_password() -> Any:
    check_form("akun")
    old, new = request.form.get("sandi_lama", ""), request.form.get("sandi_baru", "")
    try:
        done = change_password(pintu(), _session(), old, new, origin(), device_token())
    except (BadParameterError, TahanError) as error:
        return _refused("sandi", error)
    if done is None:
        return _page(galat=Galat("sandi", WRONG), code=400)
    return give_session(redirect("/akun?kabar=sandi#isi", 303), done)


@akun.post("/akun/keluarkan")
def end_own_session() -> Any:
    check_form("akun")
    orang, short = _person(), request.form.get("sesi", "")[:64]
    done = bool(short) and leave(pintu(), orang, origin().alamat, short)
    if done and short == orang.sesi:
        return take_session(redirect("/masuk", 303))
    return redirect("/akun?kabar=keluar#isi" if done else "/akun", 303)


@akun.post("/akun/keluarkan-lain")
def end_other_sessions() -> Any:
    check_form("akun")
    end_others(pintu(), _session(), origin(), device_token())
    return redirect("/akun?kabar=lain#isi", 303)


@akun.post("/akun/pemulihan")
def renew_codes() -> Any:
    check_form("akun")
    try:
        codes = new_recovery(pintu(), _person(), request.form.get("sandi_pemulihan", ""), origin())
    except (BadParameterError, TahanError) as error:
        return _refused("kode", error)
    if codes is None:
        return _page(galat=Galat("kode", WRONG_OWN), code=400)
    return answer_page("Kode pemulihan", codes_page(codes))


@akun.post("/akun/pindah-kode")
def move_own_factor() -> Any:
    check_form("akun")
    try:
        done = move_factor(pintu(), _session(), request.form.get("sandi_pindah", ""), origin())
    except (BadParameterError, TahanError) as error:
        return _refused("kode", error)
    if done is None:
        return _page(galat=Galat("kode", WRONG_OWN), code=400)
    return give_session(redirect("/masuk/pasang?next=akun.own", 303), done)


@akun.post("/akun/lepas-kode")
def drop_own_factor() -> Any:
    check_form("akun")
    try:
        done = drop_factor(pintu(), _person(), request.form.get("sandi_lepas", ""), origin())
    except (BadParameterError, TahanError) as error:
        return _refused("kode", error)
    if not done:
        return _page(galat=Galat("kode", WRONG_OWN), code=400)
    return redirect("/akun?kabar=lepas#isi", 303)


def _refused(part: str, error: EmonevError) -> Response:
    answer = _page(galat=Galat(part, str(error)), code=429 if isinstance(error, TahanError) else 400)
    if isinstance(error, TahanError):
        answer.headers["Retry-After"] = str(error.detik)
    return answer


def _page(kabar: str = "", galat: Galat | None = None, code: int = 200) -> Response:
    orang, door = _person(), pintu()
    with reading(door.engine) as conn:
        account = find_account(conn, door.pemda, orang.nama)
        left = recovery_left(conn, door.pemda, orang.nama)
        opens = list_sessions(conn, door.pemda, orang.nama)
        events = read_sign_ins(conn, door.pemda, orang.nama).to_dict("records")
        office = known_opd(conn, door.pemda).get(orang.opd or "", orang.opd)
    diri = Diri(
        nama=orang.nama,
        sebutan=orang.nama_tampil,
        peran=ROLE_NAMES[orang.peran],
        opd=office,
        bersandi=bool(account.sandi),
        kode_pada=account.totp_pada if account.totp else None,
        wajib=must_have_factor(account),
        sisa=left,
    )
    history = [_event(row) for row in events]
    content = own_page(
        diri, open_sessions(opens, orang.sesi), history, form_token("akun"), datetime.now(UTC), kabar, galat
    )
    return answer_page("Akun saya", content, active="/akun", code=code)


def open_sessions(rows: list[Any], own_short: str = "") -> list[SesiTerbuka]:
    """Sessions as they are drawn, this one first."""
    found = [
        SesiTerbuka(row.sesi, row.perangkat, row.alamat, row.dibuat_pada, row.dilihat_pada, row.sesi == own_short)
        for row in rows
    ]
    return sorted(found, key=lambda one: not one.ini)


def _event(row: Any) -> Riwayat:
    words = ACTION_NAMES[Tindakan(row["tindakan"])]
    return Riwayat(row["waktu"], words, row["alamat"], details_text(read_details(row["rincian"])))


def _session() -> Sesi:
    found = current_session()
    if found is None:
        raise NotSignedInError("Halaman ini tertutup. Masuk lebih dahulu.")
    return found


def _person() -> Orang:
    orang = current_person()
    if orang is None:
        raise NotSignedInError("Halaman ini tertutup. Masuk lebih dahulu.")
    return orang
