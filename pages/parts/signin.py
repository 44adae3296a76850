"""The sign-in page, and what every sheet of signing in shares. Plain forms that work without JavaScript."""

from collections.abc import Sequence
from typing import Any, Required, TypedDict, Unpack

from dash import html
from dash.development.base_component import Component

from pages.parts.elements import Child, attrs, listed
from pages.parts.forms import error_line, field, form, hidden, submit
from pages.parts.messages import notice
from pages.parts.shell import document, frame

LONGEST_PASSWORD = 256
"""More than this the server does not look at (data.sandi)."""
PLAIN: dict[str, Any] = {"required": True, "autocapitalize": "none", "spellcheck": "false"}
"""Typed as it is: nothing is corrected or made a capital."""


class Form(TypedDict, total=False):
    """What the form holds. ``tujuan`` is the name of a route to return to, ``tujuan_nama`` its name for people; ``sso``
    the words and the address of the other way in."""

    csrf: Required[str]
    tujuan: str | None
    tujuan_nama: str | None
    pengguna: str
    galat: str | None
    kabar: str | None
    sso: tuple[str, str] | None


def signin_page(
    *, pemda: str, styles: Sequence[str], scripts: Sequence[str] = (), contoh: bool = False, **given: Unpack[Form]
) -> str:
    """The complete page."""
    page = frame(signin_sheet(given), pemda=pemda, active="/masuk", contoh=contoh)
    return document(f"Masuk · e-Monev {pemda}", "", page, styles, scripts, robots=False)


def signin_sheet(given: Form) -> html.Div:
    """Heading, the way back, the error sentence, two fields, one filled button."""
    back = given.get("tujuan_nama")
    inside: list[Child] = [
        html.H1("Masuk"),
        html.P(["Setelah masuk, Anda kembali ke ", html.Strong(back), "."], className="anak-judul") if back else None,
        notice(told) if (told := given.get("kabar")) else None,
        error_line(given.get("galat")),
        form("/masuk", given["csrf"], _fields(given)),
        _single_sign_on(given.get("sso")),
        html.P("Lupa kata sandi? Hubungi pengelola e-Monev.", className="lupa"),
        html.P(
            ["Ringkasan kota terbuka tanpa masuk.", html.Br(), html.A("Lihat kinerja kota", href="/")],
            className="terbuka",
        ),
    ]
    return sheet(inside)


def sheet(inside: Sequence[Child]) -> html.Div:
    """One narrow column, read from top to bottom."""
    return html.Div([child for child in inside if child is not None], className="lembar")


def target_field(tujuan: str | None) -> Component | None:
    """Where signing in leads, carried from step to step."""
    return hidden("tujuan", tujuan) if tujuan else None


def password_field(label: str, name: str, kind: str, *, hint: str | None = None, wrong: bool = False) -> html.Div:
    """A password that can be shown; pasting is allowed. ``kind`` tells password managers: current-password or
    new-password."""
    show = html.Button(
        "Tampilkan",
        type="button",
        className="tautan",
        hidden=True,
        **attrs(data_sandi=name, aria_pressed="false", aria_controls=name),
    )
    given: dict[str, Any] = {"type": "password", "autoComplete": kind, "maxLength": str(LONGEST_PASSWORD)}
    return field(label, name, hint=hint, after=show, **given, **PLAIN, **described(name, hint, wrong))


def described(name: str, hint: str | None, wrong: bool) -> dict[str, Any]:
    """A field points at its hint and, when something was wrong, at the sentence that says what."""
    named = [f"{name}-petunjuk" if hint else "", "galat" if wrong else ""]
    text = " ".join(filter(None, named))
    return attrs(aria_describedby=text or None, aria_invalid="true" if wrong else None)


def _fields(given: Form) -> list[Child]:
    wrong = bool(given.get("galat"))
    user = field(
        "Nama pengguna",
        "pengguna",
        value=given.get("pengguna", ""),
        autoComplete="username",
        maxLength="80",
        **PLAIN,
        **described("pengguna", None, wrong),
    )
    secret = password_field("Kata sandi", "kata_sandi", "current-password", wrong=wrong)
    return [*listed(target_field(given.get("tujuan"))), user, secret, submit("Masuk", full=True)]


def _single_sign_on(sso: tuple[str, str] | None) -> html.P | None:
    if sso is None:
        return None
    words, href = sso
    return html.P(html.A(words, href=href, className="tombol tombol-garis tombol-penuh"), className="cara-lain")
