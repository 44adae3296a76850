"""Accounts, for the administrator: ``/kelola/akun`` and ``/kelola/undang``. What is done is in ``data/kelola.py``."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import redirect, request
from werkzeug import Response

from data import kelola as deeds
from data.access import Audiens
from data.accounts import account_name, list_accounts, must_have_factor
from data.engine import reading
from data.errors import BadParameterError, NotFoundError
from data.jejak import Pelaku
from data.kelola import TautanBaru
from data.masuk import pelaku_of
from data.queries.jejak import Saringan, last_sign_ins, read_trail
from data.queries.rencana import known_opd
from data.sesi import list_sessions
from data.tautan import Guna
from data.words import Peran
from pages.parts.admin import STATES, Akun, Isi, Isian, Tautan, account_page, accounts_page, invite_page, link_page
from routes.account import open_sessions
from routes.declared import DECLARED
from routes.forms import check_form, form_token
from routes.page import answer_page
from routes.session import current_person, origin, pintu, settings
from routes.trail import catatan, kelola, opd_options

__all__ = ["kelola"]
NAMES = (
    "accounts",
    "invite_form",
    "invite",
    "account",
    "change",
    "reset",
    "take_factor",
    "close",
    "reopen",
    "sign_out",
)
DECLARED.update(dict.fromkeys((f"kelola.{name}" for name in NAMES), Audiens.ADMIN))
LIST = "/kelola/akun"


@kelola.get("/kelola/akun")
def accounts() -> Any:
    query = {name: value for name in ("cari", "peran", "keadaan") if (value := request.args.get(name, "")[:80])}
    galat = _nonsense(query)
    everybody = _accounts()
    found = [one for one in everybody if galat is None and _fits(one, query)]
    content = accounts_page(found, everybody, query, galat)
    return answer_page("Akun", content, active=LIST, code=400 if galat else 200)


@kelola.get("/kelola/undang")
def invite_form() -> Any:
    return _invite_form(Isian())


@kelola.post("/kelola/undang")
def invite() -> Any:
    check_form("kelola")
    isian, door = _isian(), pintu()
    try:
        role = _role(isian)
        link = deeds.invite(door.engine, door.pemda, _who(), _name(isian.nama), isian.sebutan, role, isian.opd)
    except BadParameterError as error:
        return _invite_form(isian, str(error))
    return _show_once(link, account_name(isian.nama))


@kelola.get("/kelola/akun/<nama>")
def account(nama: str) -> Any:
    return _account(nama, kabar=request.args.get("kabar", ""))


@kelola.post("/kelola/akun/<nama>/ubah")
def change(nama: str) -> Any:
    check_form("kelola")
    isian, door = _isian(), pintu()
    before = _find(nama)
    try:
        deeds.change(door.engine, door.pemda, _who(), nama, isian.sebutan, _role(isian), isian.opd)
    except BadParameterError as error:
        return _account(nama, isian=isian, galat=str(error))
    after = _find(nama)
    moved = (before.peran, before.opd) != (after.peran, after.opd)
    return _back(nama, "peran" if moved else "diubah")


@kelola.post("/kelola/akun/<nama>/setel-ulang")
def reset(nama: str) -> Any:
    check_form("kelola")
    door = pintu()
    try:
        link = deeds.reset_password(door.engine, door.pemda, _who(), _name(nama))
    except BadParameterError as error:
        return _account(nama, galat=str(error))
    return _show_once(link, account_name(nama))


@kelola.post("/kelola/akun/<nama>/lepas-kode")
def take_factor(nama: str) -> Any:
    return _do(deeds.take_factor, nama, "kode")


@kelola.post("/kelola/akun/<nama>/tutup")
def close(nama: str) -> Any:
    return _do(deeds.close, nama, "tutup")


@kelola.post("/kelola/akun/<nama>/buka")
def reopen(nama: str) -> Any:
    return _do(deeds.reopen, nama, "buka")


@kelola.post("/kelola/akun/<nama>/keluarkan")
def sign_out(nama: str) -> Any:
    return _do(deeds.end_sessions, nama, "keluar")


def _do(deed: Callable[[Any, str, Pelaku, str], None], nama: str, news: str) -> Response:
    """One deed without further questions: do it, go back and say so, or say why not."""
    check_form("kelola")
    door = pintu()
    try:
        deed(door.engine, door.pemda, _who(), _name(nama))
    except BadParameterError as error:
        return _account(nama, galat=str(error))
    return _back(nama, news)


def _back(nama: str, news: str) -> Response:
    return redirect(f"{_find(nama).href}?kabar={news}", 303)


def _invite_form(isian: Isian, galat: str | None = None) -> Response:
    content = invite_page(opd_options(), form_token("kelola"), isian, galat)
    return answer_page("Undang akun", content, active=LIST, code=400 if galat else 200)


def _show_once(link: TautanBaru, nama: str) -> Response:
    """The one page that ever shows the link: an answer to the form, never an address of its own."""
    one = _find(nama)
    where = f"{settings().base_url}/undangan/{link.token}"
    content = link_page(Tautan(one.nama, one.sebutan, link.guna == Guna.UNDANGAN, where, link.sampai))
    return answer_page("Tautan sekali pakai", content, active=LIST)


def _account(nama: str, kabar: str = "", isian: Isian | None = None, galat: str | None = None) -> Response:
    one, door, orang = _find(nama), pintu(), current_person()
    with reading(door.engine) as conn:
        opens = open_sessions(list_sessions(conn, door.pemda, one.nama))
        trail = read_trail(conn, door.pemda, Saringan(pelaku=one.nama), limit=10)
    own = orang is not None and orang.nama == one.nama
    isi = Isi(opens, catatan(trail), opd_options(), form_token("kelola"), datetime.now(UTC), own)
    content = account_page(one, isi, kabar, isian, galat)
    return answer_page(one.sebutan, content, active=LIST, code=400 if galat else 200)


def _find(nama: str) -> Akun:
    name = account_name(_name(nama))
    found = next((one for one in _accounts() if one.nama == name), None)
    if found is None:
        raise NotFoundError("Akun ini tidak ada. Pilih dari daftar akun.")
    return found


def _accounts() -> list[Akun]:
    door = pintu()
    with reading(door.engine) as conn:
        rows = list_accounts(conn, door.pemda)
        names = known_opd(conn, door.pemda)
        last = last_sign_ins(conn, door.pemda)
    return [_as_account(row, names, last) for row in rows]


def _as_account(row: Any, names: dict[str, str], last: dict[str, datetime]) -> Akun:
    state = "nonaktif" if not row.aktif else "aktif" if row.bersandi else "diundang"
    seen = max(filter(None, (row.terakhir, last.get(row.nama))), default=None)
    return Akun(
        nama=row.nama,
        sebutan=row.nama_tampil,
        peran=Peran(row.peran),
        opd=row.opd,
        nama_opd=names.get(row.opd, row.opd) if row.opd else "",
        keadaan=state,
        berkode=bool(row.berkode),
        wajib_kode=must_have_factor(row),
        terakhir=seen,
        contoh=row.contoh,
    )


def _nonsense(query: dict[str, str]) -> str | None:
    if query.get("peran", Peran.OPD.value) not in set(Peran):
        return "Peran ini tidak dikenal. Pilih dari daftar."
    if query.get("keadaan", "aktif") not in STATES:
        return "Keadaan ini tidak dikenal. Pilih dari daftar."
    return None


def _fits(one: Akun, query: dict[str, str]) -> bool:
    text = f"{one.nama} {one.sebutan} {one.nama_opd} {one.opd or ''}".casefold()
    return (
        query.get("cari", "").casefold() in text
        and query.get("peran", one.peran.value) == one.peran.value
        and query.get("keadaan", one.keadaan) == one.keadaan
    )


def _isian() -> Isian:
    """What was sent. A database would choke on some characters that no name can have; they are left out."""
    given = {name: request.form.get(name, "") for name in ("nama", "sebutan", "peran", "opd")}
    kept = {name: "".join(letter if letter.isprintable() else " " for letter in text) for name, text in given.items()}
    return Isian(kept["nama"][:200], kept["sebutan"][:200], kept["peran"], kept["opd"][:40])


def _role(isian: Isian) -> Peran:
    if isian.peran not in set(Peran):
        raise BadParameterError("Peran ini tidak dikenal. Pilih dari daftar.")
    return Peran(isian.peran)


def _name(nama: str) -> str:
    """A name as an address or a form says it; no account can be called what a database cannot even compare."""
    if not nama.isprintable():
        raise NotFoundError("Akun ini tidak ada. Pilih dari daftar akun.")
    return nama


def _who() -> Pelaku:
    return pelaku_of(current_person(), origin().alamat)
