"""The frame of every page: skip link, header with the menu, songket strip, main landmark, footer."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

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


PUBLIC_MENU = (MenuItem("Kinerja kota", "/"), MenuItem("Metodologi", "/metodologi"), MenuItem("Data", "/data"))
ARAHAN = MenuItem("Arahan", "/arahan", lunak=False)
LEADER_MENU = (MenuItem("Ringkasan", "/pimpinan"), MenuItem("Siapa lapor", "/kepatuhan"), ARAHAN, *PUBLIC_MENU)
OPERATOR_MENU = (MenuItem("Unggah", "/unggah", lunak=False), ARAHAN, *PUBLIC_MENU)
BAPPEDA_MENU = (
    MenuItem("Verifikasi", "/verifikasi", lunak=False),
    MenuItem("Kalender", "/kelola/kalender", lunak=False),
)
ADMIN_MENU = (
    MenuItem("Akun", "/kelola/akun", lunak=False),
    MenuItem("Layar", "/kelola/layar", lunak=False),
    MenuItem("Jejak", "/kelola/jejak", lunak=False),
)


def menu_for(peran: Peran | None) -> tuple[MenuItem, ...]:
    """What a role finds in its menu; strangers the public pages."""
    if peran is None:
        return PUBLIC_MENU
    if peran == Peran.OPD:
        return OPERATOR_MENU
    if peran == Peran.BAPPEDA:
        return (*LEADER_MENU, *BAPPEDA_MENU)
    return (*LEADER_MENU, *BAPPEDA_MENU, *ADMIN_MENU) if peran == Peran.ADMIN else LEADER_MENU


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
        **soft(),
    )
    links = html.Ul([html.Li(_menu_link(item, active)) for item in menu], role="list")
    nav = html.Nav([links, _account(account)], className="menu", **attrs(aria_label="Menu utama"))
    jump = html.A("Menu", href=f"#{ids.MENU_KAKI}", className="ke-menu")
    return html.Header(
        [html.Div([name, sample_tag(contoh), nav, jump], className="kop"), songket()], className="kepala"
    )


def _menu_link(item: MenuItem, active: str) -> html.A:
    current = attrs(aria_current="page" if item.href == active else None)
    return html.A(item.title, href=item.href, **(soft() if item.lunak else {}), **current)


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
) -> str:
    """A complete HTML page from a tree, for pages that Dash does not draw. ``styles`` and ``scripts`` are addresses."""
    head = "".join(
        [
            '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
            '<link rel="icon" href="/assets/favicon.svg" type="image/svg+xml">',
            f"<title>{escape(title)}</title>",
            f'<meta name="description" content="{escape(description)}">' if description else "",
            "" if robots else '<meta name="robots" content="noindex">',
            *(f'<link rel="stylesheet" href="{escape(address)}">' for address in styles),
            *(f'<script src="{escape(address)}" defer></script>' for address in scripts),
        ]
    )
    return f'<!doctype html><html lang="id"><head>{head}</head><body>{to_html(tree)}</body></html>'
