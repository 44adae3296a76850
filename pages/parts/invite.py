"""The page behind a one-time link: a new password, for an invitation and for a reset alike."""

from dataclasses import dataclass
from datetime import datetime

from dash import html

from pages.parts import formats as fmt
from pages.parts.elements import Child
from pages.parts.forms import error_line, field, form, submit
from pages.parts.messages import message
from pages.parts.signin import password_field, sheet


@dataclass(frozen=True)
class Undangan:
    """Whose link it is, as an office and as an account, whether the account is new, and until when it works."""

    sebutan: str
    nama: str
    baru: bool
    berakhir_pada: datetime


def invite_sheet(found: Undangan, action: str, csrf: str, hint: str, galat: str | None = None) -> html.Div:
    """For whom, the name to sign in with, the new password, one button."""
    # The name is there to be read and for password managers, which keep it beside the password.
    name = field("Nama pengguna", "pengguna", value=found.nama, autoComplete="username", readOnly=True)
    secret = password_field("Kata sandi baru", "sandi_baru", "new-password", hint=hint, wrong=bool(galat))
    until = f"Tautan ini berlaku sampai {fmt.wib(found.berakhir_pada)} dan hanya dapat dipakai sekali."
    return sheet(
        [
            html.H1("Buat kata sandi" if found.baru else "Ganti kata sandi"),
            html.P(["Untuk akun ", html.Strong(found.sebutan), "."], className="anak-judul"),
            error_line(galat),
            form(action, csrf, [name, secret, submit("Simpan kata sandi", full=True)]),
            html.P(until, className="kecil"),
        ]
    )


def saved_sheet(nama: str) -> html.Div:
    """The password is set: on to signing in."""
    words: list[Child] = ["Masuk dengan nama pengguna ", html.Strong(nama), " dan kata sandi baru Anda."]
    return sheet(
        [
            html.H1("Kata sandi tersimpan"),
            html.P(words, className="anak-judul"),
            html.P(html.A("Masuk", href="/masuk", className="tombol tombol-penuh"), className="lanjut"),
        ]
    )


def dead_link(sentence: str) -> html.Div:
    return message("Tautan tidak berlaku.", sentence, "Buka halaman masuk", "/masuk")


def too_often(sentence: str) -> html.Div:
    return message("Terlalu banyak percobaan.", sentence, "Buka kinerja kota", "/")
