"""Commands on who signs documents: ``python -m data pejabat …``."""

import argparse
from typing import Any

from sqlalchemy import Engine

from data.engine import reading
from data.jejak import PERINTAH
from data.pejabat import set_official
from data.perintah import say
from data.queries.pejabat import Pejabat, officials
from data.settings import Settings


def add(commands: Any) -> None:
    """Make the words of these commands known."""
    group = commands.add_parser("pejabat", help="penanda tangan formulir: daftar, setel")
    group.set_defaults(run=show)
    own = group.add_subparsers(metavar="TINDAKAN")
    own.add_parser("daftar", help="daftar pejabat penanda tangan").set_defaults(run=show)
    setter = own.add_parser("setel", help="setel kepala satu OPD")
    setter.add_argument("opd", metavar="KODE_OPD")
    setter.add_argument("--jabatan", required=True, help='mis. "Kepala Dinas Kesehatan"')
    setter.add_argument("--nama", default="", help="kosong: titik-titik untuk ditulis tangan")
    setter.add_argument("--pangkat", default="")
    setter.add_argument("--nip", default="")
    setter.set_defaults(run=put)


def show(engine: Engine, settings: Settings, _args: argparse.Namespace) -> None:
    """One line per office."""
    with reading(engine) as conn:
        rows = officials(conn, settings.pemda).to_dict("records")
    for row in rows:
        say(f"{row['opd']}\t{row['jabatan']}\t{row['nama'] or '-'}\t{row['pangkat'] or '-'}\t{row['nip'] or '-'}")
    if not rows:
        say("Belum ada pejabat yang disetel. Formulir dicetak dengan titik-titik.")


def put(engine: Engine, settings: Settings, args: argparse.Namespace) -> None:
    given = Pejabat(args.jabatan, args.nama, args.pangkat, args.nip)
    set_official(engine, settings.pemda, PERINTAH, args.opd, given)
    say(f"Pejabat {args.opd} disetel: {args.jabatan}.")
