"""Mail going out through the installation's own server, step by step, so that whoever sends knows after a failure
whether the letter may have left the house."""

import re
import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final

from data.errors import EmonevError

SECONDS: Final = 20.0
"""How long the server may keep us waiting at each step."""
LONGEST_ADDRESS: Final = 200
ADDRESS: Final = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


class SurelError(EmonevError):
    """A letter did not go out."""


class TerputusError(SurelError):
    """The line to the mail server is lost; nothing of this letter has left."""


class RaguError(SurelError):
    """The line was lost while the letter was handed over: it may have arrived or not."""


@dataclass(frozen=True)
class Surel:
    """The mail server. ``tls``: starttls, tls (from the first byte) or tidak."""

    host: str
    port: int
    pengguna: str
    sandi: str = field(repr=False)
    tls: str
    pengirim: str

    @property
    def domain(self) -> str:
        """What we call ourselves: the part of the sender's address behind the @."""
        return self.pengirim.partition("@")[2]


def is_address(text: str) -> bool:
    """Is it one plain address? Anything that could end a header or begin another recipient is none."""
    return len(text) <= LONGEST_ADDRESS and ADDRESS.fullmatch(text) is not None


class Loket:
    """An open session with the mail server: one letter after the other."""

    def __init__(self, session: smtplib.SMTP, sender: str) -> None:
        self._session = session
        self._sender = sender

    def address(self, recipients: Sequence[str]) -> list[str]:
        """Begin a letter and return who is refused. Raises SurelError when nobody is left, TerputusError when the line
        is lost; nothing has left in either case."""
        try:
            code, answer = self._session.mail(self._sender)
            if code != 250:
                raise SurelError(f"Peladen surel menolak pengirim {self._sender}: {_words(code, answer)}")
            answers = [(one, *self._session.rcpt(one)) for one in recipients]
        except OSError as error:
            raise TerputusError("Sambungan ke peladen surel terputus.") from error
        refused = {one: _words(code, answer) for one, code, answer in answers if code not in {250, 251}}
        if len(refused) == len(recipients):
            raise SurelError(f"Semua alamat ditolak peladen surel: {'; '.join(map(' '.join, refused.items()))}")
        return list(refused)

    def hand_over(self, message: EmailMessage) -> None:
        """Hand the letter over to those who were accepted. Raises SurelError when the server refuses it, RaguError
        when its answer did not come."""
        try:
            code, answer = self._session.data(message.as_bytes(policy=SMTP))
        except smtplib.SMTPDataError as error:
            code, answer = error.smtp_code, _bytes(error.smtp_error)
        except OSError as error:
            raise RaguError("Sambungan terputus saat surat diserahkan; surat mungkin sampai, mungkin tidak.") from error
        if code != 250:
            raise SurelError(f"Peladen surel menolak surat: {_words(code, answer)}")

    def forget(self) -> None:
        """Leave a letter that was begun."""
        with suppress(OSError):
            self._session.rset()


@contextmanager
def open_counter(surel: Surel) -> Iterator[Loket]:
    """A session with the mail server. Raises SurelError when it does not answer or does not let us in; never goes on
    in the clear where encryption was asked for."""
    try:
        session = _connect(surel)
    except OSError as error:
        raise SurelError(f"Peladen surel {surel.host}:{surel.port} tidak dapat dipakai: {_reason(error)}") from error
    try:
        yield Loket(session, surel.pengirim)
    finally:
        with suppress(OSError):
            session.quit()
        session.close()


def _connect(surel: Surel) -> smtplib.SMTP:
    safe = ssl.create_default_context()
    session: smtplib.SMTP
    if surel.tls == "tls":
        session = smtplib.SMTP_SSL(surel.host, surel.port, surel.domain, timeout=SECONDS, context=safe)
    else:
        session = smtplib.SMTP(surel.host, surel.port, surel.domain, timeout=SECONDS)
    try:
        session.ehlo_or_helo_if_needed()
        if surel.tls == "starttls":
            session.starttls(context=safe)
            session.ehlo()
        if surel.pengguna:
            session.login(surel.pengguna, surel.sandi)
    except OSError:
        session.close()
        raise
    return session


def _reason(error: OSError) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "nama pengguna atau sandinya ditolak."
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "tidak mendukung cara masuk atau TLS yang disetel. Periksa EMONEV_SMTP_TLS."
    if isinstance(error, ssl.SSLError):
        return "sertifikat atau TLS-nya tidak cocok. Periksa EMONEV_SMTP_TLS dan nama hostnya."
    return "tidak menjawab. Periksa EMONEV_SMTP_HOST dan EMONEV_SMTP_PORT."


def _words(code: int, answer: bytes) -> str:
    """What the server said, as one short line of plain letters."""
    said = "".join(char if char.isprintable() else " " for char in answer.decode("utf-8", "replace"))
    return f"{code} {' '.join(said.split())[:120]}".strip()


def _bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode()
