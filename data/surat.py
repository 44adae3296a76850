"""The words of reminders: a letter as plain text and HTML, and a short text for WhatsApp. They speak of the report,
never of a person's fault."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape
from typing import Final
from urllib.parse import quote

from data.kalender import WIB, wib_words
from data.queries.pengingat import ESCALATION, Ingatan, Kontak

LONGEST_NAME: Final = 120


@dataclass(frozen=True)
class Kop:
    """What all letters of one run share."""

    pemda: str
    nama_pemda: str
    base_url: str
    pengirim: str
    saat: datetime

    @property
    def tautan(self) -> str:
        return f"{self.base_url}/unggah"


@dataclass(frozen=True)
class _Isi:
    """What stands in one letter, from top to bottom."""

    subject: str
    parts: Sequence[str]
    lines: Sequence[str]
    link: str
    close: str


def reminder(kop: Kop, one: Ingatan, kepada: Sequence[Kontak]) -> EmailMessage:
    """The letter to one OPD."""
    subject = f"Laporan {one.tenggat.nama} {plain(one.nama)}: tenggat {wib_words(one.tenggat.tepat_waktu_sampai)}"
    greeting = next((plain(who.sebutan) for who in kepada if plain(who.sebutan)), "Operator pelaporan")
    parts = [
        f"Yth. {greeting}, {plain(one.nama)}",
        f"Laporan {one.tenggat.nama} {plain(one.nama)} {_state(one)}.",
        f"Tenggat: {wib_words(one.tenggat.tepat_waktu_sampai)} ({_distance(one.hari)}).{_longer(one)}",
        _what_to_do(one),
    ]
    close = "Bila laporan baru saja dikirim, abaikan surat ini."
    return _letter(kop, _Isi(subject, parts, [], kop.tautan, close), kepada, [one])


def escalation(kop: Kop, ones: Sequence[Ingatan], kepada: Sequence[Kontak]) -> EmailMessage:
    """The letter to those who are told, naming the OPD whose report of one triwulan is missing after its deadline."""
    nama = ones[0].tenggat.nama
    subject = f"Laporan {nama}: {len(ones)} OPD belum diterima setelah tenggat"
    parts = [f"Laporan {nama} dari {len(ones)} OPD berikut belum diterima setelah tenggatnya:"]
    lines = [f"{plain(one.nama)} (tenggat {wib_words(one.tenggat.tepat_waktu_sampai)})" for one in ones]
    close = "Keadaan terakhir selalu dapat dilihat di e-Monev."
    return _letter(kop, _Isi(subject, parts, lines, f"{kop.base_url}/pimpinan", close), kepada, ones)


def whatsapp_text(kop: Kop, one: Ingatan) -> str:
    """The same reminder in a few lines."""
    due = wib_words(one.tenggat.tepat_waktu_sampai)
    return (
        f"Laporan {one.tenggat.nama} {plain(one.nama)} {_state(one)}. Tenggat: {due} ({_distance(one.hari)}). "
        f"{_what_to_do(one)} {kop.tautan}"
    )


def whatsapp_link(kontak: Kontak | None, teks: str) -> str:
    """An address that opens WhatsApp with this text ready to send; without a number the sender chooses to whom."""
    number = kontak.wa if kontak is not None and kontak.wa.isascii() and kontak.wa.isdigit() else ""
    return f"https://wa.me/{number}?text={quote(teks, safe='')}"


def plain(text: str) -> str:
    """A name as one line without control characters: it can neither end a header nor begin one."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:LONGEST_NAME]


def _state(one: Ingatan) -> str:
    return "dikembalikan untuk diperbaiki dan belum dikirim lagi" if one.dikembalikan else "belum diterima"


def _distance(days: int) -> str:
    if days == 0:
        return "hari ini"
    return f"{-days} hari lagi" if days < 0 else f"lewat {days} hari"


def _longer(one: Ingatan) -> str:
    return " Tenggat ini sudah termasuk perpanjangan." if one.tenggat.diperpanjang else ""


def _what_to_do(one: Ingatan) -> str:
    if one.terkunci:
        return "Pengiriman sudah dikunci. Mintalah perpanjangan kepada Bappeda, lalu kirim laporannya di:"
    if one.hari > 0:
        return f"Laporan masih dapat dikirim sampai {wib_words(one.tenggat.dikunci)}, di:"
    return "Kirim laporannya di:"


def _mark(kop: Kop, ones: Sequence[Ingatan]) -> str:
    """The letter's own name: the same letter has the same one, so that a mail house can tell a twin."""
    first = ones[0]
    year, quarter = first.periode
    whose = first.opd if first.tonggak != ESCALATION else "-".join(sorted(one.opd for one in ones))[:80]
    clean = "".join(char if char.isalnum() and char.isascii() else "-" for char in f"{whose}.{first.tonggak}")
    return f"<emonev.{kop.pemda}.{year}-{quarter}.{clean}.{first.sejak:%Y%m%d}@{kop.pengirim.partition('@')[2]}>"


def _letter(kop: Kop, isi: _Isi, kepada: Sequence[Kontak], ones: Sequence[Ingatan]) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = isi.subject
    message["From"] = Address(f"e-Monev {plain(kop.nama_pemda)}", addr_spec=kop.pengirim)
    message["To"] = [Address(addr_spec=who.surel) for who in kepada]
    message["Date"] = format_datetime(kop.saat.astimezone(WIB))
    message["Message-ID"] = _mark(kop, ones)
    message["Auto-Submitted"] = "auto-generated"
    sign = f"Surat ini dikirim otomatis oleh e-Monev {plain(kop.nama_pemda)}; tidak perlu dibalas."
    message.set_content(_text(isi, sign), cte="quoted-printable")
    message.add_alternative(_html(isi, sign), subtype="html", cte="quoted-printable")
    return message


def _text(isi: _Isi, sign: str) -> str:
    listed = "\n".join(f"- {line}" for line in isi.lines)
    return "\n\n".join(part for part in (*isi.parts, listed, isi.link, isi.close, sign) if part) + "\n"


def _html(isi: _Isi, sign: str) -> str:
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in isi.parts)
    items = "".join(f"<li>{escape(line)}</li>" for line in isi.lines)
    link = escape(isi.link)
    return (
        '<!doctype html><html lang="id"><body style="font-family:sans-serif;font-size:16px;line-height:1.5">'
        f'{paragraphs}{f"<ul>{items}</ul>" if items else ""}<p><a href="{link}">{link}</a></p>'
        f'<p>{escape(isi.close)}</p><p style="color:#555;font-size:14px">{escape(sign)}</p></body></html>'
    )
