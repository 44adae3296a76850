"""The page /akun: who I am, where I am signed in, what happened, my password and my code."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from dash import html

from pages.parts import formats as fmt
from pages.parts.elements import Child, attrs
from pages.parts.forms import error_line, field, form, hidden, submit
from pages.parts.listing import listing
from pages.parts.messages import notice
from pages.parts.section import section

NEWS: Final = {
    "sandi": "Kata sandi sudah diganti. Semua perangkat lain sudah dikeluarkan.",
    "keluar": "Perangkat itu sudah dikeluarkan.",
    "lain": "Semua perangkat lain sudah dikeluarkan.",
    "lepas": "Kode masuk sudah dilepas.",
    "pemulihan": "Anda masuk dengan kode pemulihan; kode itu hangus. Ponsel hilang? Pindahkan kode masuk di bawah.",
}
"""What an address may say went well; anything else says nothing."""
_BROWSERS: Final = (
    (r"Edg(?:e|A|iOS)?/", "Edge"),
    (r"OPR/|Opera", "Opera"),
    (r"SamsungBrowser/", "Samsung Internet"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrome/|CriOS/", "Chrome"),
    (r"Safari/", "Safari"),
)
_SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "Chromebook"),
    ("Mac OS X|Macintosh", "Mac"),
    ("Linux|X11", "Linux"),
)


@dataclass(frozen=True)
class Diri:
    """Who is asking. ``kode_pada``: since when a code is asked for; ``wajib``: the role must have one; ``sisa``:
    recovery codes left."""

    nama: str
    sebutan: str
    peran: str
    opd: str | None
    bersandi: bool
    kode_pada: datetime | None
    wajib: bool
    sisa: int


@dataclass(frozen=True)
class SesiTerbuka:
    """One device that is signed in. ``kode`` is the short name of its session, ``ini``: the one that is asking."""

    kode: str
    perangkat: str
    alamat: str
    dibuat: datetime
    dilihat: datetime
    ini: bool = False


@dataclass(frozen=True)
class Riwayat:
    """One event of signing in or out, in words."""

    waktu: datetime
    tindakan: str
    alamat: str
    rincian: str = ""


@dataclass(frozen=True)
class Galat:
    """What was wrong, and in which part of the page: ``sandi`` or ``kode``."""

    bagian: str
    kalimat: str


def own_page(
    diri: Diri,
    sesi: Sequence[SesiTerbuka],
    riwayat: Sequence[Riwayat],
    csrf: str,
    now: datetime,
    kabar: str = "",
    galat: Galat | None = None,
) -> html.Div:
    """The whole page."""
    facts = [("Nama akun", diri.nama), ("Peran", diri.peran), ("OPD", diri.opd)]
    parts = [
        html.H1(diri.sebutan),
        html.Dl([html.Div([html.Dt(word), html.Dd(said)]) for word, said in facts if said], className="fakta"),
        notice(NEWS[kabar]) if kabar in NEWS else None,
        _devices(sesi, csrf, now),
        _password(diri, csrf, galat),
        _factor(diri, csrf, galat),
        _history(riwayat),
    ]
    return html.Div(parts, className="kelola")


def device_words(agent: str) -> str:
    """What a browser calls itself, in plain words: ``Chrome di Android``."""
    browser = next((word for sign, word in _BROWSERS if re.search(sign, agent)), "")
    system = next((word for sign, word in _SYSTEMS if re.search(sign, agent)), "")
    if browser or system:
        return f"{browser or 'Peramban'} di {system}" if system else browser
    return f"Program lain ({agent[:40]})" if agent.strip() else "Perangkat tidak dikenal"


def session_rows(sesi: Sequence[SesiTerbuka], now: datetime, csrf: str = "") -> html.Ul:
    """One row per device; with a token each carries the button that signs it out."""
    return html.Ul([_session(one, now, csrf) for one in sesi], role="list", className="daftar-sesi")


def codes_page(codes: Sequence[str]) -> html.Div:
    """Ten recovery codes, shown this once."""
    copy = html.Button("Salin semua", type="button", className="tombol", **attrs(data_salin="\n".join(codes)))
    words = "Simpan di tempat aman, jangan di ponsel yang sama. Tiap kode berlaku sekali. Kode lama sudah mati."
    return html.Div(
        [
            html.H1("Sepuluh kode pemulihan baru"),
            html.P(words, className="pengantar"),
            html.Ol([html.Li(html.Code(code)) for code in codes], className="kode-pemulihan"),
            html.P("Kode ini tidak akan ditampilkan lagi.", className="kecil"),
            html.Div([copy, html.A("Sudah saya simpan", href="/akun", className="tautan")], className="tombol-baris"),
        ],
        className="kelola",
    )


def password_field(label: str, name: str, auto: str, hint: str | None = None) -> html.Div:
    """A password with the button that shows it."""
    show = html.Button("Tampilkan", type="button", className="tautan", hidden=True, **attrs(data_sandi=name))
    more = {"autoComplete": auto, "autocapitalize": "none", "spellcheck": "false", "maxLength": "256"}
    return field(label, name, hint=hint, after=show, type="password", required=True, **more)


def _devices(sesi: Sequence[SesiTerbuka], csrf: str, now: datetime) -> html.Section:
    others = sum(not one.ini for one in sesi)
    words = f"{others + 1} perangkat. Keluarkan yang tidak Anda kenal, lalu ganti kata sandi."
    all_others: Child = None
    if others:
        all_others = form("/akun/keluarkan-lain", csrf, [submit("Keluarkan semua yang lain", quiet=True)])
    body = html.Div([session_rows(sesi, now, csrf), all_others])
    return section("Perangkat yang sedang masuk", words, body, "perangkat", class_name="bagian-sisi")


def _session(one: SesiTerbuka, now: datetime, csrf: str) -> html.Li:
    name = [html.Strong(device_words(one.perangkat)), html.Span("perangkat ini", className="ini") if one.ini else None]
    times = f"Masuk {fmt.wib(one.dibuat)} · dipakai {fmt.umur(now - one.dilihat)} lalu"
    words = html.Div([html.P(name), html.P(times), html.P(f"Alamat {one.alamat or 'tidak diketahui'}")])
    button: Child = None
    if csrf:
        said = html.Span(f" {device_words(one.perangkat)}", className="hanya-dengar")
        send = html.Button(["Keluarkan", said], type="submit", className="tautan")
        button = form("/akun/keluarkan", csrf, [hidden("sesi", one.kode), send])
    return html.Li([words, button])


def _password(diri: Diri, csrf: str, galat: Galat | None) -> html.Section:
    words = "Sesudah diganti, semua perangkat lain keluar dan harus masuk lagi."
    if not diri.bersandi:
        told = html.P("Akun ini masuk lewat akun pemerintah daerah, tanpa kata sandi di sini.")
        return section("Kata sandi", None, told, "sandi", class_name="bagian-sisi")
    hint = "Minimal 12 huruf. Empat kata yang tidak berhubungan mudah diingat dan sulit ditebak."
    fields = [
        _error("sandi", galat),
        password_field("Kata sandi lama", "sandi_lama", "current-password"),
        password_field("Kata sandi baru", "sandi_baru", "new-password", hint),
        submit("Ganti kata sandi"),
    ]
    return section(
        "Kata sandi", words, form("/akun/sandi#sandi", csrf, fields, class_name="lajur"), "sandi", None, "bagian-sisi"
    )


def _factor(diri: Diri, csrf: str, galat: Galat | None) -> html.Section:
    why = "Angka enam digit dari ponsel, diminta sesudah kata sandi."
    if diri.wajib:
        why += " Wajib untuk peran Anda."
    body: list[Child] = [_error("kode", galat)]
    if diri.kode_pada is None:
        body += [
            html.P("Belum dipasang. Kata sandi saja dapat ditebak atau dicuri."),
            html.P(html.A("Pasang kode masuk", href="/masuk/pasang?next=akun.own", className="tombol tombol-garis")),
        ]
    else:
        since = fmt.tanggal(fmt.in_wib(diri.kode_pada).date())
        body.append(html.P([html.Strong("Terpasang"), f" sejak {since}. Kode pemulihan tersisa: {diri.sisa}."]))
        body += _factor_deeds(diri, csrf, galat) if diri.bersandi else []
    return section("Kode masuk", why, html.Div(body, className="lajur"), "kode", None, "bagian-sisi")


def _factor_deeds(diri: Diri, csrf: str, galat: Galat | None) -> list[Child]:
    renew = [
        html.P("Sepuluh kode baru dibuat dan kode lama mati. Pakai bila ponsel hilang.", className="kecil"),
        password_field("Kata sandi Anda", "sandi_pemulihan", "current-password"),
        submit("Buat kode pemulihan baru", quiet=True),
    ]
    drop = [
        html.P("Sesudah dilepas, masuk cukup dengan kata sandi.", className="kecil"),
        password_field("Kata sandi Anda", "sandi_lepas", "current-password"),
        submit("Lepas kode masuk", quiet=True),
    ]
    move = [
        html.P("Kode di ponsel lama dan kode pemulihan mati, lalu Anda memasang yang baru.", className="kecil"),
        password_field("Kata sandi Anda", "sandi_pindah", "current-password"),
        submit("Pindah ke ponsel baru", quiet=True),
    ]
    again = galat is not None and galat.bagian == "kode"
    parts: list[Child] = [folded("Pindah ke ponsel baru", form("/akun/pindah-kode#kode", csrf, move), again)]
    parts += [folded("Buat kode pemulihan baru", form("/akun/pemulihan#kode", csrf, renew), again)]
    if not diri.wajib:
        parts.append(folded("Lepas kode masuk", form("/akun/lepas-kode#kode", csrf, drop), again))
    return parts


def folded(words: str, inside: Child, is_open: bool = False) -> html.Details:
    """Something that is asked for by opening it: nobody does it by a slip of the thumb."""
    return html.Details([html.Summary(words), inside], className="lihat lipat", open=is_open)


def _history(riwayat: Sequence[Riwayat]) -> html.Section:
    rows = [[one.tindakan, fmt.wib(one.waktu), one.alamat or fmt.NONE, one.rincian or fmt.NONE] for one in riwayat]
    body: Child = listing("Riwayat masuk", ("Kejadian", "Waktu", "Alamat", "Rincian"), rows)
    if not rows:
        body = html.P("Belum ada catatan.")
    words = "Dua puluh kejadian terakhir. Bila ada yang bukan Anda, ganti kata sandi sekarang."
    return section("Riwayat masuk", words, body, "riwayat", class_name="bagian-sisi")


def _error(part: str, galat: Galat | None) -> html.P | None:
    return error_line(galat.kalimat) if galat is not None and galat.bagian == part else None
