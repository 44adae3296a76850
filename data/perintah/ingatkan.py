"""The command for cron: remind those whose report is missing. What needs somebody's eye ends on stderr with exit code
1; a quiet run says one line on standard output."""

import argparse
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine

from data.engine import reading
from data.errors import BadParameterError
from data.pengingat import Jalan, Surat, read_name, remind, waiting
from data.perintah import say
from data.queries.pengingat import Ingatan, Kontak, contacts, still_missing
from data.settings import Settings
from data.surat import Kop, plain, whatsapp_link, whatsapp_text
from data.surel import SurelError

NO_SERVER = "Peladen surel belum disetel (EMONEV_SMTP_HOST), jadi tidak ada yang dikirim. Yang perlu diingatkan:"
DRY = "Percobaan (--kering): tidak ada yang dikirim atau dicatat. Yang akan diingatkan:"


def add(commands: Any) -> None:
    """Make the words of this command known."""
    parser = commands.add_parser("ingatkan", help="surel pengingat bagi OPD yang laporannya belum diterima (cron)")
    parser.add_argument("--saat", help="anggap sekarang waktu ini, mis. 2026-10-07T08:00+07:00")
    parser.add_argument("--kering", action="store_true", help="tampilkan saja siapa yang akan diingatkan")
    parser.add_argument("--wa", action="store_true", help="tampilkan teks dan tautan WhatsApp tiap OPD, tanpa mengirim")
    parser.set_defaults(run=run)


def run(engine: Engine, settings: Settings, args: argparse.Namespace) -> None:
    """Raises BadParameterError for a moment that cannot be read, SurelError when a letter did not go out."""
    now = _moment(args.saat)
    if args.wa:
        return _show_whatsapp(engine, settings, now)
    if args.kering or settings.surel is None:
        return _show_letters(engine, settings.pemda, now, DRY if args.kering else NO_SERVER)
    return _tell(remind(engine, settings.pemda, settings.surel, settings.base_url, now))


def _moment(text: str | None) -> datetime:
    if text is None:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise BadParameterError(f"--saat '{text}' tidak terbaca. Tulis dengan zona: 2026-10-07T08:00+07:00.")
    return moment.astimezone(UTC)


def _show_letters(engine: Engine, pemda: str, now: datetime, head: str) -> None:
    with reading(engine) as conn:
        letters = waiting(conn, pemda, now)
    if not letters:
        return say(f"{head} tidak ada.")
    say(head)
    for letter in letters:
        say(f"  {plain_line(letter)}")
    return None


def plain_line(letter: Surat) -> str:
    """Whom a letter goes to; names are kept on one line."""
    return f"{plain(letter.sebutan)} → {', '.join(plain(who.surel) for who in letter.kepada) or 'belum ada alamat'}"


def _show_whatsapp(engine: Engine, settings: Settings, now: datetime) -> None:
    with reading(engine) as conn:
        kop = Kop(settings.pemda, read_name(conn, settings.pemda), settings.base_url, "", now)
        ones, addresses = still_missing(conn, settings.pemda, now), contacts(conn, settings.pemda)
    for one in ones:
        _show_one(kop, one, [who for who in addresses.get(one.opd, []) if who.wa])
    if not ones:
        say("Semua laporan yang masih dapat dikirim sudah diterima.")


def _show_one(kop: Kop, one: Ingatan, numbers: list[Kontak]) -> None:
    text = whatsapp_text(kop, one)
    say(f"{one.tenggat.nama}, {plain(one.nama)}\n  {text}")
    choices: list[Kontak | None] = [*numbers] or [None]
    for who in choices:
        say(f"  {whatsapp_link(who, text)}")
    say("")


def _tell(done: Jalan) -> None:
    """Raises SurelError with everything that needs somebody's eye."""
    say(f"Pengingat terkirim: {done.terkirim} OPD, {done.eskalasi} eskalasi.")
    for letter in done.tanpa_alamat:
        say(f"Belum ada alamat surel: {plain(letter)}")
    for letter in done.tak_pasti:
        say(f"Tidak pasti terkirim, dan tidak dikirim ulang: {plain(letter)}")
    trouble = [f"{one} Dicoba lagi pada jalan berikutnya." for one in done.gagal]
    trouble += [f"{one} Tidak dikirim ulang." for one in done.ragu]
    trouble += [f"Alamat ditolak: {plain(one)}." for one in done.ditolak]
    if trouble:
        raise SurelError(" ".join(trouble))
