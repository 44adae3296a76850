"""The frame of every page: skip link, header with the menu, songket strip, main landmark, footer."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from dash import html

from data.words import Peran
from pages.parts import ids
from pages.parts.coverage import sample_tag
from pages.parts.drawings import ampera, mark
from pages.parts.elements import MUTE, Child, Children, attrs, classes, listed, soft
from pages.parts.markup import to_html


@dataclass(frozen=True)
class MenuItem:
    """A place in the menu. ``lunak`` is False for addresses that Dash does not draw."""

    title: str
    href: str
    lunak: bool = True


@dataclass(frozen=True)
class Account:
    """Who is signed in, as an office and never as a person, and the token that signing out carries."""

    sebutan: str
    csrf: str | None = None
    peran: Peran | None = None


HOME, METHOD, OPEN_DATA = (
    MenuItem("Kinerja kota", "/"),
    MenuItem("Metodologi", "/metodologi"),
    MenuItem("Data", "/data"),
)
PUBLIC_MENU = (HOME, METHOD, OPEN_DATA)
"""What everybody finds; for those who work here it stands behind "Lainnya"."""
SUMMARY, REPORTS = MenuItem("Ringkasan", "/pimpinan"), MenuItem("Siapa lapor", "/kepatuhan")
ANALYSIS, WARNINGS = MenuItem("Analisis", "/analisis", lunak=False), MenuItem("Peringatan", "/analisis/peringatan")
INSTRUCTIONS = MenuItem("Arahan", "/arahan", lunak=False)
FORMS, DOWNLOADS = MenuItem("Form E.81", "/formulir", lunak=False), MenuItem("Unduhan", "/unduhan", lunak=False)
VERIFY = MenuItem("Verifikasi", "/verifikasi", lunak=False)
CALENDAR = MenuItem("Kalender", "/kelola/kalender", lunak=False)
PLANS = MenuItem("Rencana", "/kelola/rencana", lunak=False)
UPLOAD = MenuItem("Unggah", "/unggah", lunak=False)
SCREENS = MenuItem("Layar", "/kelola/layar", lunak=False)
ACCOUNTS, TRAIL = MenuItem("Akun", "/kelola/akun", lunak=False), MenuItem("Jejak", "/kelola/jejak", lunak=False)
# By role: what stands in the header, and what stands behind "Lainnya" there. The footer shows all of it.
_DESK = (ANALYSIS, WARNINGS, REPORTS, VERIFY, INSTRUCTIONS)
MENUS: Final[dict[Peran | None, tuple[tuple[MenuItem, ...], tuple[MenuItem, ...]]]] = {
    None: (PUBLIC_MENU, ()),
    Peran.OPD: ((UPLOAD, INSTRUCTIONS, FORMS, DOWNLOADS), PUBLIC_MENU),
    Peran.PIMPINAN: ((SUMMARY, REPORTS, WARNINGS, INSTRUCTIONS), (ANALYSIS, FORMS, DOWNLOADS, *PUBLIC_MENU)),
    Peran.BAPPEDA: (_DESK, (SUMMARY, FORMS, DOWNLOADS, CALENDAR, PLANS, *PUBLIC_MENU)),
    Peran.ADMIN: ((ACCOUNTS, TRAIL, *_DESK), (SCREENS, SUMMARY, FORMS, DOWNLOADS, CALENDAR, PLANS, *PUBLIC_MENU)),
}
LEADER_MENU = MENUS[Peran.PIMPINAN][0] + MENUS[Peran.PIMPINAN][1]


def menu_for(peran: Peran | None) -> tuple[MenuItem, ...]:
    """What a role finds in its menu, the first first; strangers the public pages."""
    first, more = MENUS[peran]
    return (*first, *more)


def frame(
    content: Children,
    *,
    pemda: str,
    menu: Sequence[MenuItem] = PUBLIC_MENU,
    active: str = "/",
    account: Account | None = None,
    contoh: bool = False,
    wide: bool = False,
    footer: bool = True,
) -> html.Div:
    """The whole page around its content."""
    parts: list[Child] = [
        html.A("Langsung ke isi", href=f"#{ids.ISI}", className="lompat"),
        header(pemda, menu, active, account, contoh),
        html.Main(listed(content), id=ids.ISI, className=classes("isi", "isi-lebar" if wide else None), tabIndex="-1"),
        page_footer(pemda, menu, account, contoh) if footer else None,
    ]
    return html.Div(parts, className="halaman")


def header(
    pemda: str, menu: Sequence[MenuItem], active: str, account: Account | None = None, contoh: bool = False
) -> html.Header:
    """Mark, name, city, sample label; the menu at the right (on a phone one link to the menu in the footer)."""
    name = html.A(
        [mark(), html.Span([html.Strong("e-Monev"), html.Span(pemda, className="pemda")])],
        href=menu[0].href if menu else "/",
        className="nama",
        **(soft() if not menu or menu[0].lunak else {}),
    )
    more = [item for item in menu if account is not None and item in MENUS[account.peran][1]]
    shown = [html.Li(_menu_link(item, active)) for item in menu if item not in more]
    links = html.Ul([*shown, *([html.Li(_more(more, active))] if more else [])], role="list")
    nav = html.Nav([links, _account(account)], className="menu", **attrs(aria_label="Menu utama"))
    jump = html.A("Menu", href=f"#{ids.MENU_KAKI}", className="ke-menu")
    return html.Header(
        [html.Div([name, sample_tag(contoh), nav, jump], className="kop"), songket()], className="kepala"
    )


def _menu_link(item: MenuItem, active: str) -> html.A:
    current = attrs(aria_current="page" if item.href == active else None)
    return html.A(item.title, href=item.href, **(soft() if item.lunak else {}), **current)


def _more(items: Sequence[MenuItem], active: str) -> html.Details:
    """The rest of the menu; when the page is one of its own, its name stands there instead."""
    here = next((item.title for item in items if item.href == active), None)
    words = html.Summary(here or "Lainnya", className="di-sini" if here else None)
    links = html.Ul([html.Li(_menu_link(item, active)) for item in items], role="list")
    return html.Details([words, links], className="pilih menu-lain", **attrs(data_tutup="luar"))


def _account(account: Account | None) -> html.Div | None:
    if account is None:
        return html.Div(html.A("Masuk", href="/masuk", className="masuk"), className="akun")
    return html.Div([html.A(account.sebutan, href="/akun"), _sign_out(account)], className="akun")


def _sign_out(account: Account) -> html.Form | html.A:
    """Signing out changes something, so it is a POST; the button itself carries the token."""
    if account.csrf is None:
        return html.A("Keluar", href="/keluar")
    button = html.Button("Keluar", type="submit", name="csrf", value=account.csrf, className="tautan")
    return html.Form(button, action="/keluar", method="post")


def songket() -> html.Div:
    return html.Div(className="songket", **MUTE)


def page_footer(
    pemda: str, menu: Sequence[MenuItem] = PUBLIC_MENU, account: Account | None = None, contoh: bool = False
) -> html.Footer:
    """Name, menu, source, bridge; on a phone this menu is the menu."""
    about = html.P(
        [html.Strong(f"e-Monev {pemda}"), html.Br(), "Monitoring dan evaluasi kinerja dan anggaran perangkat daerah."]
    )
    links = [html.Li(_menu_link(item, "")) for item in menu]
    if account is None:
        links.append(html.Li(html.A("Masuk", href="/masuk")))
    elif account.csrf is not None:
        links += [html.Li(html.A("Akun saya", href="/akun")), html.Li(_sign_out(account))]
    nav = html.Nav(html.Ul(links, role="list"), id=ids.MENU_KAKI, **attrs(aria_label="Menu kaki"))
    sample = " Angka kinerja di situs ini data contoh." if contoh else ""
    source = html.P(f"Sumber: laporan OPD yang sudah diverifikasi Bappeda.{sample}")
    return html.Footer(html.Div([about, nav, source, ampera()], className="kaki-isi"), className="kaki")


def document(
    title: str,
    description: str,
    tree: Children,
    styles: Sequence[str],
    scripts: Sequence[str] = (),
    robots: bool = True,
    segarkan: int = 0,
) -> str:
    """A complete HTML page from a tree, for pages that Dash does not draw. ``styles`` and ``scripts`` are addresses;
    ``segarkan``: seconds after which a browser without scripts loads the page again (0 for never)."""
    head = "".join(
        [
            '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
            '<link rel="icon" href="/assets/favicon.svg" type="image/svg+xml">',
            '<link rel="manifest" href="/manifest.webmanifest"><link rel="apple-touch-icon" href="/ikon/180.png">',
            f"<title>{escape(title)}</title>",
            f'<meta name="description" content="{escape(description)}">' if description else "",
            "" if robots else '<meta name="robots" content="noindex">',
            f'<noscript><meta http-equiv="refresh" content="{segarkan}"></noscript>' if segarkan else "",
            *(f'<link rel="stylesheet" href="{escape(address)}">' for address in styles),
            *(f'<script src="{escape(address)}" defer></script>' for address in scripts),
        ]
    )
    return f'<!doctype html><html lang="id"><head>{head}</head><body>{to_html(tree)}</body></html>'
