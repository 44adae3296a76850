"""Commands on accounts: ``python -m data pengguna …``. What they do is what the administrator's page does, told in
the audit trail as done at the server's own keyboard."""

import argparse
import getpass
import sys
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine

from data import jejak, kelola
from data.accounts import account_name, create_account, list_accounts
from data.engine import reading, writing
from data.errors import BadParameterError
from data.jejak import PERINTAH, Kejadian
from data.kalender import WIB
from data.kelola import TautanBaru
from data.perintah import say
from data.sandi import MIN_PASSWORD
from data.settings import Settings
from data.words import Peran, Tindakan

Run = Callable[[Engine, Settings, argparse.Namespace], None]


def add(commands: Any) -> None:
    """Make the words of these commands known; ``tambah-pengguna`` and ``nonaktif`` are their older names."""
    group = commands.add_parser("pengguna", help="akun: daftar, tambah, nonaktif, aktif, setel-ulang, lepas-kode")
    group.set_defaults(run=show)
    own = group.add_subparsers(metavar="TINDAKAN")
    own.add_parser("daftar", help="daftar akun").set_defaults(run=show)
    _describe_new(own.add_parser("tambah", help="buat akun; kata sandi ditanyakan, atau --tautan"))
    _describe_new(commands.add_parser("tambah-pengguna", help="sama dengan: pengguna tambah"))
    _named(own, "nonaktif", close, "tutup akun; semua sesinya berakhir")
    _named(own, "aktif", reopen, "buka lagi akun yang ditutup")
    _named(own, "setel-ulang", reset, "kata sandi lama mati; cetak tautan sekali pakai untuk memilih yang baru")
    _named(own, "lepas-kode", take_factor, "lepas kode masuk, mis. karena ponsel hilang")
    _named(commands, "nonaktif", close, "sama dengan: pengguna nonaktif")


def _named(commands: Any, name: str, run: Run, text: str) -> None:
    parser = commands.add_parser(name, help=text)
    parser.add_argument("nama")
    parser.set_defaults(run=run)


def _describe_new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("nama")
    parser.add_argument("--tampil", required=True, help="nama yang ditampilkan")
    parser.add_argument("--peran", required=True, choices=[peran.value for peran in Peran])
    parser.add_argument("--opd", help="kode OPD, wajib untuk peran opd")
    parser.add_argument("--tautan", action="store_true", help="cetak tautan undangan, tanpa kata sandi")
    parser.set_defaults(run=create)


def show(engine: Engine, settings: Settings, _args: argparse.Namespace) -> None:
    """One line per account; what a person typed comes last."""
    with reading(engine) as conn:
        for row in list_accounts(conn, settings.pemda):
            state = "aktif" if row.aktif else "nonaktif"
            say(f"{row.nama}\t{row.peran}\t{row.opd or '-'}\t{state}\t{row.nama_tampil}")


def create(engine: Engine, settings: Settings, args: argparse.Namespace) -> None:
    role = Peran(args.peran)
    if args.tautan:
        link = kelola.invite(engine, settings.pemda, PERINTAH, args.nama, args.tampil, role, args.opd)
        say(f"Akun {args.nama} dibuat.")
        return _show_link(settings, link)
    sandi = _ask_password()
    with writing(engine) as conn:
        create_account(conn, settings.pemda, args.nama, args.tampil, sandi, role, args.opd)
        told = {"sebutan": " ".join(args.tampil.split()), "peran": role.value}
        told["opd"] = args.opd or "" if role == Peran.OPD else ""
        event = Kejadian(Tindakan.AKUN_DIBUAT, f"akun/{account_name(args.nama)}", told)
        jejak.append(conn, settings.pemda, PERINTAH, event)
    say(f"Akun {args.nama} dibuat.")
    return None


def close(engine: Engine, settings: Settings, args: argparse.Namespace) -> None:
    kelola.close(engine, settings.pemda, PERINTAH, args.nama)
    say(f"Akun {args.nama} ditutup.")


def reopen(engine: Engine, settings: Settings, args: argparse.Namespace) -> None:
    kelola.reopen(engine, settings.pemda, PERINTAH, args.nama)
    say(f"Akun {args.nama} dibuka lagi.")


def reset(engine: Engine, settings: Settings, args: argparse.Namespace) -> None:
    link = kelola.reset_password(engine, settings.pemda, PERINTAH, args.nama)
    say(f"Kata sandi lama akun {args.nama} tidak berlaku lagi; semua sesinya berakhir.")
    _show_link(settings, link)


def take_factor(engine: Engine, settings: Settings, args: argparse.Namespace) -> None:
    kelola.take_factor(engine, settings.pemda, PERINTAH, args.nama)
    say(f"Kode masuk akun {args.nama} dilepas; semua sesinya berakhir.")


def _show_link(settings: Settings, link: TautanBaru) -> None:
    """The link is shown this once; the address is the site's own, since a command has no request to read it from."""
    until = link.sampai.astimezone(WIB).strftime("%d-%m-%Y %H.%M WIB")
    say(f"Tautan sekali pakai, berlaku sampai {until}. Serahkan langsung kepada pemilik akun:")
    say(f"{settings.base_url}/undangan/{link.token}")


def _ask_password() -> str:
    """Twice on a terminal, where nobody sees what is typed; one line where another program writes it."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    sandi = getpass.getpass(f"Kata sandi (minimal {MIN_PASSWORD} huruf): ")
    if getpass.getpass("Ulangi kata sandi: ") != sandi:
        raise BadParameterError("Kedua kata sandi tidak sama. Tidak ada yang disimpan; ulangi perintahnya.")
    return sandi
