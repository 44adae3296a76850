"""``python -m loaders FILE --jenis JENIS …``: check a file, print what is wrong with it, store it all or nothing.

Exit codes: 0 stored (or only checked) · 1 Galat, nothing stored · 2 a reason is needed, or the command is wrong ·
3 the database or a setting is in the way.
"""

import argparse
import gc
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from tqdm import tqdm

from data import migrate
from data.engine import engine_for, reading
from data.errors import BadParameterError, DatabaseAwayError, EmonevError, LoadError, SchemaError, SettingsError
from data.queries.rencana import known_pemda
from data.settings import read_settings
from data.words import JenisBerkas
from loaders.angka import Gaya
from loaders.batas import BATAS_PERINTAH
from loaders.dikenal import Basis, read_known
from loaders.hasil import Hasil, Konteks
from loaders.masalah import as_csv, report
from loaders.pemeriksaan import PEMBACA, check
from loaders.simpan import save

OK, BLOCKED, UNCONFIRMED, AWAY = 0, 1, 2, 3
LONG: Final = 5_000
_PERIODE: Final = re.compile(r"(20\d\d)(?:-TW([1-4]))?", re.ASCII | re.IGNORECASE)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; every failure is one Indonesian sentence on stderr."""
    # A large file makes millions of small objects that live to the end; looking for cycles among them costs a third.
    gc.disable()
    try:
        return _run(_parser().parse_args(argv))
    except (BadParameterError, LoadError) as error:
        print(error, file=sys.stderr)
        return UNCONFIRMED
    except (DatabaseAwayError, SettingsError, SchemaError) as error:
        print(error, file=sys.stderr)
        return AWAY
    except EmonevError as error:
        print(error, file=sys.stderr)
        return BLOCKED


def _run(args: argparse.Namespace) -> int:
    path = Path(args.berkas)
    content = _read_file(path)
    jenis, (tahun, tw) = _jenis(args.jenis), _period(args.periode)
    pemda, engine = _database(args.pemda)
    konteks = Konteks(
        jenis=jenis,
        opd=args.opd,
        tahun=tahun,
        tw=tw,
        oleh=args.oleh,
        dikenal=read_known(engine, pemda, tahun, args.opd, PEMBACA[jenis].needs_plan),
        kumulatif=args.kumulatif,
        angka=Gaya(args.angka) if args.angka else None,
        alasan=args.setuju or "",
        lampiran={Path(name).name: _read_file(Path(name)) for name in args.lampiran},
        kemajuan=_progress,
    )
    hasil = check(content, path.name, konteks, BATAS_PERINTAH)
    if tahun is None and hasil.tahun is not None and PEMBACA[jenis].needs_plan:
        konteks, hasil = _again(engine, pemda, content, konteks, hasil)
    _print(hasil, args.laporan)
    if not hasil.boleh_disimpan:
        print("Ada Galat: tidak ada yang disimpan. Perbaiki berkasnya lalu muat ulang.", file=sys.stderr)
        return BLOCKED
    return OK if args.periksa else _store(engine, pemda, hasil, konteks)


def _again(engine: Basis, pemda: str, content: bytes, konteks: Konteks, hasil: Hasil) -> tuple[Konteks, Hasil]:
    """A file that itself tells its year is matched against the plan stored for that year, where there is one."""
    known = read_known(engine, pemda, hasil.tahun, konteks.opd)
    if not any(plan.nodes for plan in known.rencana.values()):
        return konteks, hasil
    konteks = replace(konteks, tahun=hasil.tahun, dikenal=known)
    return konteks, check(content, hasil.nama_berkas, konteks, BATAS_PERINTAH)


def _store(engine: Basis, pemda: str, hasil: Hasil, konteks: Konteks) -> int:
    done = save(engine, pemda, hasil, konteks)
    if done.sudah_ada:
        print(f"Berkas ini sudah tersimpan sebagai unggahan nomor {done.nomor}; tidak ada yang berubah.")
    else:
        counts = f"{done.ditambah} baris baru, {done.diubah} diubah, {done.tetap} tetap"
        print(f"Tersimpan sebagai unggahan nomor {done.nomor}: {counts}.")
    return OK


def _print(hasil: Hasil, csv_path: str | None) -> None:
    print(f"{hasil.nama_berkas}: {hasil.jumlah_baris} baris ({hasil.keterangan or 'tidak terbaca'}).")
    if hasil.ringkasan:
        print("Isi: " + ", ".join(f"{name} {value}" for name, value in hasil.ringkasan.items()) + ".")
    print(report(hasil.masalah))
    if hasil.pertanyaan:
        print("Pilih cara membaca angkanya: --angka indonesia atau --angka inggris.")
    if csv_path:
        try:
            Path(csv_path).write_text(as_csv(hasil.masalah), encoding="utf-8-sig")
        except OSError as error:
            raise BadParameterError(f"Laporan '{csv_path}' tidak dapat ditulis ({error.strerror}).") from error
        print(f"Semua {len(hasil.masalah)} masalah ditulis ke {csv_path}.")


def _read_file(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise BadParameterError(f"Berkas '{path}' tidak ada. Periksa nama dan foldernya.") from None
    except OSError as error:
        raise BadParameterError(f"Berkas '{path}' tidak dapat dibaca ({error.strerror}).") from error


def _jenis(text: str) -> JenisBerkas:
    known = [jenis.value for jenis in PEMBACA]
    if text not in known:
        raise BadParameterError(f"Jenis '{text}' tidak dikenal. Pilih salah satu: {', '.join(known)}.")
    return JenisBerkas(text)


def _period(text: str | None) -> tuple[int | None, int | None]:
    if text is None:
        return None, None
    found = _PERIODE.fullmatch(text)
    if found is None:
        raise BadParameterError(f"Periode '{text}' tidak dikenal. Tulis tahun (2026) atau triwulan (2026-TW2).")
    return int(found.group(1)), int(found.group(2)) if found.group(2) else None


def _database(pemda: str | None) -> tuple[str, Basis]:
    settings = read_settings()
    code = pemda or settings.pemda
    engine = engine_for(settings.database_url)
    migrate.check(engine)
    with reading(engine) as conn:
        if not known_pemda(conn, code):
            raise LoadError(f"Pemda {code} belum terdaftar. Jalankan `python -m data pemda` lebih dahulu.")
    return code, engine


def _progress(items: Iterable[Any]) -> Iterable[Any]:
    """A bar on stderr for long files on a terminal."""
    quiet = not sys.stderr.isatty() or getattr(items, "__len__", lambda: 0)() < LONG
    bar: Iterable[Any] = tqdm(items, desc="Memeriksa", unit=" baris", disable=quiet, file=sys.stderr)
    return bar


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m loaders",
        description="Periksa satu berkas dan simpan ke basis data: semuanya atau tidak sama sekali.",
        add_help=False,
    )
    add = parser.add_argument
    add("berkas", help="berkas CSV atau XLSX")
    add("--jenis", required=True, help=", ".join(jenis.value for jenis in PEMBACA))
    add("--opd", help="kode OPD, mis. 1.02.0.00.0.00.01.0000")
    add("--periode", help="tahun atau triwulan, mis. 2026 atau 2025-TW3")
    add("--oleh", default="baris perintah", help="nama yang mengajukan")
    add("--pemda", help="kode pemda; bila kosong dipakai EMONEV_PEMDA")
    add("--periksa", action="store_true", help="periksa saja, tidak menyimpan")
    add("--laporan", metavar="CSV", help="tulis semua masalah ke berkas CSV")
    add("--setuju", metavar="ALASAN", help="alasan untuk semua Konfirmasi")
    add("--angka", choices=[gaya.value for gaya in Gaya], help="cara membaca angka yang meragukan, mis. 1.234")
    add("--lampiran", action="append", default=[], metavar="BERKAS", help="berkas pelengkap; boleh diulang")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--kumulatif", dest="kumulatif", action="store_true", default=None, help="uang kumulatif")
    mode.add_argument("--per-bulan", dest="kumulatif", action="store_false", default=None, help="uang per bulan")
    add("-h", "--bantuan", action="help", help="tampilkan bantuan ini")
    return parser


if __name__ == "__main__":
    sys.exit(main())
