"""Commands on the database as a whole: prepare, migrate, register the government, change a rule, compute anew."""

import argparse
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select

from data import jejak, migrate, tables
from data.accounts import create_sample_account
from data.aturan import write_aturan
from data.contoh import fill
from data.engine import reading, writing
from data.jejak import PERINTAH, Kejadian
from data.perintah import say
from data.publikasi import fill_publikasi
from data.rollups import rebuild
from data.settings import Settings
from data.words import Peran, Tindakan

# The sample city's accounts. They exist only where the sample city was filled in, and the start says so aloud.
SAMPLE_PASSWORD = "contoh-palembang-2026"  # noqa: S105 - printed at every start, and only for invented data
SAMPLE_ACCOUNTS = (
    ("sekda", "Sekretaris Daerah", Peran.PIMPINAN, None),
    ("bappeda", "Bappeda Litbang", Peran.BAPPEDA, None),
    ("operator", "Operator Dinas Kebudayaan", Peran.OPD, "Dinas Kebudayaan"),
)
# The sample OPD that has not reported yet keeps its door open, whatever the day: somebody will want to try.
SAMPLE_PERIOD = (2026, 3)
SAMPLE_EXTENSION = timedelta(days=30)


def add(commands: Any) -> None:
    """Make the words of these commands known."""
    for name, run, text in (
        ("siapkan", prepare, "migrasi, lalu isi kota contoh bila basis data masih kosong"),
        ("migrasi", upgrade, "bawa skema basis data ke versi aplikasi ini"),
        ("bangun-ulang", compute_anew, "hitung ulang semua rekap dari nilai tersimpan"),
    ):
        commands.add_parser(name, help=text).set_defaults(run=run)
    pemda = commands.add_parser("pemda", help="daftarkan pemda EMONEV_PEMDA untuk data sendiri")
    pemda.add_argument("nama", help='mis. "Kota Palembang"')
    pemda.set_defaults(run=register)
    rule = commands.add_parser("aturan", help="ubah satu aturan [S] lalu hitung ulang; daftar ada di /metodologi")
    rule.add_argument("kunci")
    rule.add_argument("nilai")
    rule.set_defaults(run=change_rule)


def upgrade(engine: Engine, _settings: Settings, _args: argparse.Namespace) -> None:
    migrate.upgrade(engine)
    say("Skema basis data mutakhir.")


def prepare(engine: Engine, settings: Settings, _args: argparse.Namespace) -> None:
    migrate.upgrade(engine)
    with reading(engine) as conn:
        known = {row.kode: row.contoh for row in conn.execute(select(tables.pemda.c.kode, tables.pemda.c.contoh))}
    if not known and not settings.production:
        say("Mengisi kota contoh (sekali saja, kurang lebih setengah menit) …")
        fill(engine, settings.pemda)
        fill_publikasi(engine)
        with writing(engine) as conn:
            _add_sample_accounts(conn, settings.pemda)
        known = {settings.pemda: True}
    if known.get(settings.pemda):
        with writing(engine) as conn:
            _keep_sample_door_open(conn, settings.pemda)
        say("Data contoh: angka karangan, bukan angka Kota Palembang yang sebenarnya.")
    if known.get(settings.pemda) and not settings.production:
        for nama, tampil, _peran, _opd in SAMPLE_ACCOUNTS:
            say(f"  Masuk sebagai {tampil}: {nama} / {SAMPLE_PASSWORD}")


def _add_sample_accounts(conn: Connection, pemda: str) -> None:
    o = tables.opd.c
    for nama, tampil, peran, opd in SAMPLE_ACCOUNTS:
        kode = conn.execute(select(o.kode).where(o.pemda == pemda, o.singkat == opd)).scalar() if opd else None
        create_sample_account(conn, pemda, nama, tampil, SAMPLE_PASSWORD, peran, kode)
    for nama, tampil, peran, _opd in SAMPLE_ACCOUNTS:
        told = {"sebutan": tampil, "peran": peran.value, "contoh": "ya"}
        jejak.append(conn, pemda, PERINTAH, Kejadian(Tindakan.AKUN_DIBUAT, f"akun/{nama}", told))


def _keep_sample_door_open(conn: Connection, pemda: str) -> None:
    """A later end for the OPD of the sample operator; renewed at each start, and only in the sample city."""
    p, x, now = tables.pengguna.c, tables.perpanjangan, datetime.now(UTC)
    opd = conn.execute(select(p.opd).where(p.pemda == pemda, p.contoh.is_(True), p.opd.is_not(None))).scalar()
    if opd is None:
        return
    tahun, tw = SAMPLE_PERIOD
    key = {"pemda": pemda, "tahun": tahun, "tw": tw, "opd": opd}
    conn.execute(delete(x).where(*(x.c[name] == value for name, value in key.items())))
    row = {"sampai": now + SAMPLE_EXTENSION, "alasan": "Data contoh: untuk mencoba", "oleh": "(contoh)"}
    conn.execute(insert(x), [key | row | {"dibuat_pada": now}])


def compute_anew(engine: Engine, settings: Settings, _args: argparse.Namespace) -> None:
    with writing(engine) as conn:
        rebuild(conn, settings.pemda)
    say("Semua rekap dihitung ulang dari nilai tersimpan.")


def change_rule(engine: Engine, settings: Settings, args: argparse.Namespace) -> None:
    a = tables.aturan.c
    with writing(engine) as conn:
        where = (a.pemda == settings.pemda, a.kunci == args.kunci)
        before = conn.execute(select(a.nilai).where(*where)).scalar()
        write_aturan(conn, settings.pemda, args.kunci, args.nilai)
        rebuild(conn, settings.pemda)
        told = {"nilai": f"{before or 'bawaan'} → {args.nilai}"}
        jejak.append(conn, settings.pemda, PERINTAH, Kejadian(Tindakan.SETELAN, f"aturan/{args.kunci}", told))
    say(f"Aturan {args.kunci} = {args.nilai}; semua rekap dihitung ulang.")


def register(engine: Engine, settings: Settings, args: argparse.Namespace) -> None:
    migrate.upgrade(engine)
    p = tables.pemda
    with writing(engine) as conn:
        if conn.execute(select(p.c.kode).where(p.c.kode == settings.pemda)).first() is None:
            conn.execute(insert(p), [{"kode": settings.pemda, "nama": args.nama, "contoh": False}])
            event = Kejadian(Tindakan.SETELAN, f"pemda/{settings.pemda}", {"nama": args.nama})
            jejak.append(conn, settings.pemda, PERINTAH, event)
    say(f"Pemda {settings.pemda} terdaftar: {args.nama}.")
