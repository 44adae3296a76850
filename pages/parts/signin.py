"""The sign-in page as HTML text: a plain form that works without JavaScript and never passes through Dash.

Dash's tree has no input element, so this one form is a template; everything put into it is escaped."""

from collections.abc import Sequence
from html import escape
from typing import Required, TypedDict, Unpack

from dash import html

from pages.parts import ids
from pages.parts.markup import to_html
from pages.parts.shell import PUBLIC_MENU, document, header, page_footer

_FIELD = (
    '<div class="isian"><label for="{name}">{label}</label><div class="kotak">'
    '<input id="{name}" name="{name}" type="{kind}" value="{value}" autocomplete="{auto}" required maxlength="200"'
    ' autocapitalize="none" spellcheck="false"{more}>{after}</div></div>'
)
_SHOW = '<button type="button" class="tautan" data-sandi="kata_sandi" aria-pressed="false" hidden>Tampilkan</button>'


class Form(TypedDict, total=False):
    """What the form holds. ``tujuan`` is the name of a route to return to, ``tujuan_nama`` its name for people."""

    csrf: Required[str]
    tujuan: str | None
    tujuan_nama: str | None
    pengguna: str
    galat: str | None


def signin_page(
    *, pemda: str, styles: Sequence[str], scripts: Sequence[str] = (), contoh: bool = False, **form: Unpack[Form]
) -> str:
    """The complete page."""
    skip = html.A("Langsung ke isi", href=f"#{ids.ISI}", className="lompat")
    top = to_html([skip, header(pemda, PUBLIC_MENU, "/masuk", None, contoh)])
    foot = to_html(page_footer(pemda, PUBLIC_MENU, None, contoh))
    main = f'<main id="{ids.ISI}" class="isi isi-masuk">{signin_form(**form)}</main>'
    body = f'<div class="halaman halaman-masuk">{top}{main}{foot}</div>'
    shell = document(f"Masuk · e-Monev {pemda}", "", None, styles, scripts, robots=False)
    return shell.replace("<body></body>", f"<body>{body}</body>", 1)


def signin_form(**form: Unpack[Form]) -> str:
    """Heading, the way back, the error sentence, two fields, one filled button."""
    back, error = form.get("tujuan_nama"), form.get("galat")
    return "".join(
        [
            "<h1>Masuk</h1>",
            f'<p class="anak-judul">Setelah masuk, Anda kembali ke <strong>{escape(back)}</strong>.</p>'
            if back
            else "",
            f'<p class="galat" role="alert" id="galat">{escape(error)}</p>' if error else "",
            f'<form method="post" action="/masuk">{_fields(form)}',
            '<button type="submit" class="tombol tombol-penuh">Masuk</button></form>',
            '<p class="lupa">Lupa kata sandi? Hubungi pengelola e-Monev.</p>',
            '<p class="terbuka">Ringkasan kota terbuka tanpa masuk.<br><a href="/">Lihat kinerja kota</a></p>',
        ]
    )


def _fields(form: Form) -> str:
    more = ' aria-describedby="galat"' if form.get("galat") else ""
    user = _FIELD.format(
        name="pengguna",
        label="Nama pengguna",
        kind="text",
        value=escape(form.get("pengguna", "")),
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
    target = form.get("tujuan")
    return _hidden("csrf", form["csrf"]) + (_hidden("tujuan", target) if target else "") + user + secret


def _hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{name}" value="{escape(value)}">'
