"""The second step of signing in: giving the code, setting it up, and the recovery codes shown once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import segno
from dash import html
from dash.development.base_component import Component

from pages.parts.elements import Child, attrs, svg
from pages.parts.forms import error_line, field, form, hidden, submit, tick
from pages.parts.signin import described, sheet, target_field

SPOKEN = "Gambar QR untuk aplikasi autentikator. Kunci yang sama tertulis di bawahnya."
QUIET_ZONE: Final = 4
"""White modules around a QR code, as its standard asks."""
_CODE: Final = "[0-9A-Za-z \\-]{6,16}"
_HINT: Final = "Enam angka dari aplikasi di ponsel Anda."
_SCAN: Final = "Buka aplikasi autentikator di ponsel, misalnya Google Authenticator, lalu pindai gambar ini."
_NEVER_AGAIN: Final = "Kode ini hanya ditampilkan sekali. Cetak, atau simpan di luar ponsel Anda."


@dataclass(frozen=True)
class Langkah:
    """What both steps know: for whom, the tokens of the form and of leaving, where it leads, and what was wrong."""

    sebutan: str
    csrf: str
    csrf_keluar: str
    tujuan: str = ""
    galat: str | None = None


def code_sheet(given: Langkah, may_trust: bool) -> html.Div:
    """One field, one button, a way round for a lost phone and a way out."""
    trust = tick("Percayai perangkat ini selama 30 hari", "percaya") if may_trust else None
    inside: list[Child] = [
        target_field(given.tujuan),
        _code_field("Kode masuk", given, hint=_HINT, autoFocus=True),
        trust,
        submit("Lanjutkan", full=True),
    ]
    return sheet(
        [
            html.H1("Kode masuk"),
            _for_whom(given),
            error_line(given.galat),
            form("/masuk/kode", given.csrf, _present(inside)),
            _lost_phone(given, trust is not None),
            _way_out(given),
        ]
    )


def setup_sheet(given: Langkah, address: str, secret: str, sealed: str, later: str | None) -> html.Div:
    """Scan, then type the first code. ``address``: what the QR code says; ``sealed``: the secret as only the server
    can read it; ``later``: where somebody goes who need not set up a code, None for who must."""
    why = None if later else html.P("Akun ini wajib memakai kode masuk selain kata sandi.", className="anak-judul")
    steps = html.Ol(
        [
            _step(_SCAN, [qr(address, SPOKEN), _by_hand(secret)]),
            _step("Ketik enam angka yang ditampilkan aplikasi.", [_setup_form(given, sealed)]),
        ],
        className="langkah",
    )
    way = html.P(html.A("Nanti saja", href=later), className="jalan-keluar") if later else _way_out(given)
    head = html.H1("Pasang kode masuk")
    return sheet([head, why or _for_whom(given), error_line(given.galat), steps, way])


def recovery_sheet(codes: Sequence[str], account: str, onward: str) -> html.Div:
    """Ten codes, once. The list is also the printed page, so it says whose it is."""
    copy = html.Button(
        "Salin semua kode", type="button", className="tautan", hidden=True, **attrs(data_salin="\n".join(codes))
    )
    return sheet(
        [
            html.H1("Simpan kode pemulihan"),
            html.P(
                "Kode masuk sudah terpasang. Bila ponsel hilang, satu kode di bawah ini menggantikannya. "
                "Setiap kode berlaku sekali.",
                className="anak-judul",
            ),
            html.P(["Kode pemulihan e-Monev · akun ", html.Strong(account)], className="keterangan-kode"),
            html.Ol([html.Li(html.Code(code)) for code in codes], className="kode-pemulihan"),
            copy,
            html.P(_NEVER_AGAIN, className="kecil"),
            html.P(html.A("Saya sudah menyimpannya", href=onward, className="tombol tombol-penuh"), className="lanjut"),
        ]
    )


def grouped(secret: str) -> str:
    """A secret in groups of four, for typing."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def _setup_form(given: Langkah, sealed: str) -> Component:
    inside: list[Child] = [
        target_field(given.tujuan),
        hidden("rahasia", sealed),
        _code_field("Kode dari aplikasi", given, maxLength="8"),
        submit("Pasang kode masuk", full=True),
    ]
    return form("/masuk/pasang", given.csrf, _present(inside))


def _code_field(label: str, given: Langkah, *, hint: str | None = None, **more: Any) -> html.Div:
    return field(
        label,
        "kode",
        hint=hint,
        inputmode="numeric",
        autoComplete="one-time-code",
        pattern=_CODE,
        required=True,
        spellcheck="false",
        **described("kode", hint, bool(given.galat)),
        **{"title": "Enam angka, atau satu kode pemulihan", "maxLength": "16", **more},
    )


def _lost_phone(given: Langkah, may_trust: bool) -> html.Details:
    """The keyboard of the field above has digits only on a phone; recovery codes have letters."""
    fallback = field(
        "Kode pemulihan",
        "pemulihan",
        required=True,
        maxLength="16",
        autoComplete="off",
        autocapitalize="characters",
        spellcheck="false",
        placeholder="XXXXX-XXXXX",
    )
    inside: list[Child] = [
        target_field(given.tujuan),
        fallback,
        submit("Masuk dengan kode pemulihan", quiet=True, full=True),
    ]
    help_line = html.P("Kode pemulihan pun tidak ada? Hubungi pengelola e-Monev.", className="kecil")
    body = [form("/masuk/kode", given.csrf, _present(inside)), help_line]
    return html.Details([html.Summary("Ponsel tidak ada? Pakai kode pemulihan"), *body], className="lihat")


def _way_out(given: Langkah) -> Component:
    button = html.Button("Masuk dengan akun lain", type="submit", className="tautan")
    return form("/keluar", given.csrf_keluar, _present([target_field(given.tujuan), button]), class_name="jalan-keluar")


def _for_whom(given: Langkah) -> html.P:
    return html.P(["Untuk akun ", html.Strong(given.sebutan), "."], className="anak-judul")


def _step(words: str, inside: Sequence[Child]) -> html.Li:
    return html.Li([html.P(words), *inside])


def _by_hand(secret: str) -> html.Div:
    copy = html.Button("Salin", type="button", className="tautan", hidden=True, **attrs(data_salin=secret))
    key = html.Code(grouped(secret))
    words = html.P("Tidak dapat memindai? Ketik kunci ini di aplikasi:", className="kecil")
    return html.Div([words, html.P([key, copy], className="kunci")])


def qr(address: str, spoken: str) -> Component:
    """The QR code as one path of the page itself: no picture to fetch, crisp at any size, printed in full black."""
    rows = segno.make(address, error="m", micro=False).matrix
    side = len(rows) + 2 * QUIET_ZONE
    drawn: Component = svg.Svg(
        svg.Path(d="".join(_runs(rows))),
        className="qr",
        viewBox=f"0 0 {side} {side}",
        role="img",
        **attrs(aria_label=spoken),
    )
    return drawn


def _runs(rows: Sequence[Sequence[int]]) -> list[str]:
    """Neighbouring dark modules of a row as one bar."""
    found = []
    for y, row in enumerate(rows):
        text = "".join("#" if dark else " " for dark in row) + " "
        start = text.find("#")
        while start >= 0:
            end = text.find(" ", start)
            width = end - start
            found.append(f"M{start + QUIET_ZONE} {y + QUIET_ZONE}h{width}v1h{-width}z")
            start = text.find("#", end)
    return found


def _present(inside: Sequence[Child]) -> list[Child]:
    return [child for child in inside if child is not None]
