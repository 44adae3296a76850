"""Commands on the database: ``python -m data --help``."""

import argparse
import getpass
import sys
from collections.abc import Callable

from sqlalchemy import Engine, insert, select

from data import migrate, tables
from data.accounts import create_account, disable_account, list_accounts
from data.aturan import write_aturan
from data.contoh import fill
from data.engine import engine_for, reading, writing
from data.errors import EmonevError
from data.publikasi import fill_publikasi
from data.rollups import rebuild
from data.settings import Settings, read_settings
from data.words import Peran

# The sample city's accounts. They exist only where the sample city was filled in, and the start says so aloud.
SAMPLE_PASSWORD = "contoh-palembang-2026"  # noqa: S105 - printed at every start, and only for invented data
SAMPLE_ACCOUNTS = (
    ("sekda", "Sekretaris Daerah", Peran.PIMPINAN),
    ("bappeda", "Bappeda Litbang", Peran.BAPPEDA),
)


def main(argv: list[str] | None = None) -> int:
    """Run one command. Returns the exit code; errors become one Indonesian sentence on stderr."""
    args = _parser().parse_args(argv)
    try:
        settings = read_settings()
        command: Callable[[Engine, Settings, argparse.Namespace], None] = args.run
        command(engine_for(settings.database_url), settings, args)
    except EmonevError as error:
        print(f"Gagal: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m data", description="Perintah basis data e-Monev.")
    commands = parser.add_subparsers(required=True, metavar="PERINTAH")
    for name, run, text in (
        ("siapkan", _prepare, "migrasi, lalu isi kota contoh bila basis data masih kosong"),
        ("migrasi", _migrate, "bawa skema basis data ke versi aplikasi ini"),
        ("bangun-ulang", _rebuild, "hitung ulang semua rekap dari nilai tersimpan"),
        ("pengguna", _list, "daftar akun"),
    ):
        commands.add_parser(name, help=text).set_defaults(run=run)
    pemda = commands.add_parser("pemda", help="daftarkan pemda EMONEV_PEMDA untuk data sendiri")
    pemda.add_argument("nama", help='mis. "Kota Palembang"')
    pemda.set_defaults(run=_register)
    add = commands.add_parser("tambah-pengguna", help="buat akun; kata sandi ditanyakan")
    add.add_argument("nama")
    add.add_argument("--tampil", required=True, help="nama yang ditampilkan")
    add.add_argument("--peran", required=True, choices=[peran.value for peran in Peran])
    add.add_argument("--opd", help="kode OPD, wajib untuk peran opd")
    add.set_defaults(run=_add)
    rule = commands.add_parser("aturan", help="ubah satu aturan [S] lalu hitung ulang; daftar ada di /metodologi")
    rule.add_argument("kunci")
    rule.add_argument("nilai")
    rule.set_defaults(run=_rule)
    off = commands.add_parser("nonaktif", help="tutup akun")
    off.add_argument("nama")
    off.set_defaults(run=_disable)
    return parser


def _migrate(engine: Engine, _settings: Settings, _args: argparse.Namespace) -> None:
    migrate.upgrade(engine)
    print("Skema basis data mutakhir.")


def _prepare(engine: Engine, settings: Settings, _args: argparse.Namespace) -> None:
    migrate.upgrade(engine)
    with reading(engine) as conn:
        known = {row.kode: row.contoh for row in conn.execute(select(tables.pemda.c.kode, tables.pemda.c.contoh))}
    if not known and not settings.production:
        print("Mengisi kota contoh (sekali saja, kurang lebih setengah menit) …", flush=True)
        fill(engine, settings.pemda)
        fill_publikasi(engine)
        with writing(engine) as conn:
            for nama, tampil, peran in SAMPLE_ACCOUNTS:
                create_account(conn, settings.pemda, nama, tampil, SAMPLE_PASSWORD, peran)
        known = {settings.pemda: True}
    if known.get(settings.pemda):
        print("Data contoh: angka karangan, bukan angka Kota Palembang yang sebenarnya.")
        for nama, tampil, _peran in SAMPLE_ACCOUNTS:
            print(f"  Masuk sebagai {tampil}: {nama} / {SAMPLE_PASSWORD}")


def _rebuild(engine: Engine, settings: Settings, _args: argparse.Namespace) -> None:
    with writing(engine) as conn:
        rebuild(conn, settings.pemda)
    print("Semua rekap dihitung ulang dari nilai tersimpan.")


def _rule(engine: Engine, settings: Settings, args: argparse.Namespace) -> None:
    with writing(engine) as conn:
        write_aturan(conn, settings.pemda, args.kunci, args.nilai)
        rebuild(conn, settings.pemda)
    print(f"Aturan {args.kunci} = {args.nilai}; semua rekap dihitung ulang.")


def _register(engine: Engine, settings: Settings, args: argparse.Namespace) -> None:
    migrate.upgrade(engine)
    with writing(engine) as conn:
        if conn.execute(select(tables.pemda.c.kode).where(tables.pemda.c.kode == settings.pemda)).first() is None:
            conn.execute(insert(tables.pemda), [{"kode": settings.pemda, "nama": args.nama, "contoh": False}])
    print(f"Pemda {settings.pemda} terdaftar: {args.nama}.")


def _list(engine: Engine, settings: Settings, _args: argparse.Namespace) -> None:
    with reading(engine) as conn:
        for row in list_accounts(conn, settings.pemda):
            print(
                f"{row.nama}\t{row.peran}\t{row.opd or '-'}\t{'aktif' if row.aktif else 'nonaktif'}\t{row.nama_tampil}"
            )


def _add(engine: Engine, settings: Settings, args: argparse.Namespace) -> None:
    sandi = getpass.getpass("Kata sandi (minimal 12 huruf): ") if sys.stdin.isatty() else sys.stdin.readline().strip()
    with writing(engine) as conn:
        create_account(conn, settings.pemda, args.nama, args.tampil, sandi, Peran(args.peran), args.opd)
    print(f"Akun {args.nama} dibuat.")


def _disable(engine: Engine, settings: Settings, args: argparse.Namespace) -> None:
    with writing(engine) as conn:
        disable_account(conn, settings.pemda, args.nama)
    print(f"Akun {args.nama} ditutup.")


if __name__ == "__main__":
    sys.exit(main())
