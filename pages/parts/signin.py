"""The sign-in page as HTML text: a plain form that works without JavaScript and never passes through Dash.

Dash's tree has no input element, so this one form is a template; everything put into it is escaped."""

from collections.abc import Sequence
from html import escape

from dash import html

from pages.parts.drawings import ampera
from pages.parts.elements import MUTE
from pages.parts.markup import to_html
from pages.parts.shell import PUBLIC_MENU, document, header

_FIELD = (
    '<div class="isian"><label for="{name}">{label}</label><div class="kotak">'
    '<input id="{name}" name="{name}" type="{kind}" value="{value}" autocomplete="{auto}" required maxlength="200"'
    ' autocapitalize="none" spellcheck="false"{more}>{after}</div></div>'
)
_SHOW = '<button type="button" class="tautan" data-sandi="kata_sandi" aria-pressed="false" hidden>Tampilkan</button>'


def signin_page(
    *,
    pemda: str,
    csrf: str,
    styles: Sequence[str],
    scripts: Sequence[str] = (),
    tujuan: str | None = None,
    tujuan_nama: str | None = None,
    pengguna: str = "",
    galat: str | None = None,
    contoh: bool = False,
) -> str:
    """The complete page. ``tujuan`` is the name of a route to return to, ``tujuan_nama`` its name for people."""
    tree = to_html(
        [html.A("Langsung ke isi", href="#isi", className="lompat"), header(pemda, PUBLIC_MENU, "/masuk", None, contoh)]
    )
    form = signin_form(csrf=csrf, tujuan=tujuan, tujuan_nama=tujuan_nama, pengguna=pengguna, galat=galat)
    bridge = to_html(html.Div(ampera(), className="masuk-jembatan", **MUTE))
    body = f'<div class="halaman halaman-masuk">{tree}<main id="isi" class="isi isi-masuk">{form}</main>{bridge}</div>'
    shell = document(f"Masuk · e-Monev {pemda}", "", None, styles, scripts, robots=False)
    return shell.replace("<body></body>", f"<body>{body}</body>", 1)


def signin_form(*, csrf: str, tujuan: str | None, tujuan_nama: str | None, pengguna: str, galat: str | None) -> str:
    """Heading, the way back, the error sentence, two fields, one filled button."""
    back = (
        f'<p class="anak-judul">Setelah masuk, Anda kembali ke <strong>{escape(tujuan_nama)}</strong>.</p>'
        if tujuan_nama
        else ""
    )
    error = f'<p class="galat" role="alert" id="galat">{escape(galat)}</p>' if galat else ""
    more = ' aria-describedby="galat"' if galat else ""
    user = _FIELD.format(
        name="pengguna",
        label="Nama pengguna",
        kind="text",
        value=escape(pengguna),
        auto="username",
        more=more,
        after="",
    )
    secret = _FIELD.format(
        name="kata_sandi",
        label="Kata sandi",
        kind="password",
        value="",
        auto="current-password",
        more=more,
        after=_SHOW,
    )
    hidden = _hidden("csrf", csrf) + (_hidden("tujuan", tujuan) if tujuan else "")
    return (
        f'<h1>Masuk</h1>{back}{error}<form method="post" action="/masuk">{hidden}{user}{secret}'
        '<button type="submit" class="tombol tombol-penuh">Masuk</button></form>'
        '<p class="lupa">Lupa kata sandi? Hubungi Diskominfo.</p>'
        '<p class="terbuka">Ringkasan kota terbuka tanpa masuk.<br><a href="/">Lihat kinerja kota</a></p>'
    )


def _hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{name}" value="{escape(value)}">'
