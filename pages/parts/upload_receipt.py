"""The receipt on screen and on paper, the public page that checks one, and one version as it was sent."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html

from data.words import VERSION_NAMES, Kirim
from pages.parts import formats as fmt
from pages.parts.difference import Beda, difference_section
from pages.parts.elements import Child, Children, address
from pages.parts.forms import error_line, field, form, submit
from pages.parts.section import section
from pages.parts.upload import Versi, punctual, verdict
from pages.parts.upload_clock import HOME, facts, steps
from pages.parts.upload_findings import GALAT, INFO, KONFIRMASI, Hal, level_section

VERIFIER = "/tanda-terima"


@dataclass(frozen=True)
class Bukti:
    """What the verifier tells about a receipt that is ours, and nothing else."""

    periode: str
    opd: str
    waktu: str
    keadaan: str


def receipt_page(lines: Sequence[tuple[str, str]], judul: str, tanda: str, nomor: int, cek: str, own: bool) -> html.Div:
    """The receipt; what stands in it is said by the report that also makes the PDF."""
    buttons: list[Child] = [
        html.A("Unduh PDF", href=f"{HOME}/tanda/{tanda}.pdf", className="tombol"),
        html.A("Periksa keaslian", href=cek, className="tautan"),
        html.A("Lihat laporan ini", href=f"{HOME}/versi/{nomor}", className="tautan") if own else None,
    ]
    return html.Div(
        [
            steps(4) if own else None,
            html.H1(judul),
            html.P("Simpan tanda terima ini. Siapa pun dapat memeriksa keasliannya.", className="pengantar"),
            facts(lines),
            html.Div(buttons, className="tombol-baris"),
            html.P(html.A("Kembali ke Unggah", href=HOME), className="kembali") if own else None,
        ],
        className="unggah tanda-terima",
    )


def verifier_page(nomor: str, sha: str, bukti: Bukti | None, asked: bool) -> html.Div:
    """Do a number and a hash belong together? Nothing else is told to a stranger."""
    fields = [
        field("Nomor tanda terima", "nomor", value=nomor, maxLength="40", autocapitalize="characters", required=True),
        field("Sidik berkas (SHA-256)", "sha", value=sha, maxLength="80", spellcheck="false", required=True),
        submit("Periksa"),
    ]
    ask = html.Form(fields, method="get", action=VERIFIER, className="lajur")
    return html.Div([*_answer(bukti, asked), ask], className="unggah pemeriksa")


def _answer(bukti: Bukti | None, asked: bool) -> list[Child]:
    if bukti is not None:
        rows = [
            ("Laporan", bukti.periode),
            ("Perangkat daerah", bukti.opd),
            ("Diterima", bukti.waktu),
            ("Keadaan", bukti.keadaan),
        ]
        words = "Nomor dan sidik berkas ini cocok dengan laporan yang diterima."
        return [html.H1("Tanda terima asli."), html.P(words, className="pengantar"), facts(rows)]
    if asked:
        words = "Nomor dan sidik berkas ini tidak cocok. Periksa salinannya, huruf demi huruf."
        return [html.H1("Tanda terima tidak cocok."), error_line(words)]
    words = "Tulis nomor dan sidik berkas seperti tercetak pada tanda terima."
    return [html.H1("Periksa tanda terima"), html.P(words, className="pengantar")]


@dataclass(frozen=True)
class Kiriman:
    """One version as it is drawn. ``beda``: against the version before; ``terbuka``: something may be sent now."""

    versi: Versi
    judul: str
    sha256: str
    hal: Sequence[Hal]
    teks: Sequence[tuple[str, str]]
    beda: Beda
    terbuka: bool
    kembali: str


def version_page(sent: Kiriman, csrf: str, galat: str | None = None) -> html.Div:
    """What was sent, what the check said, what was decided, and what differs from the version before."""
    one = sent.versi
    rows: list[tuple[str, Children]] = [
        ("Keadaan", VERSION_NAMES[Kirim(one.keadaan)]),
        ("Dikirim", fmt.wib(one.waktu)),
        ("Ketepatan", punctual(one.terlambat)),
        ("Berkas", one.nama_berkas),
        ("Isi", f"{fmt.whole(one.baris)} baris"),
        ("Tanda terima", html.A(one.tanda, href=f"{HOME}/tanda/{one.tanda}") if one.tanda else fmt.NONE),
        ("SHA-256", html.Code(fmt.hash_short(sent.sha256))),
    ]
    parts: list[Child] = [
        html.P(html.A("Unggah", href=sent.kembali), className="kembali kembali-atas"),
        html.H1(sent.judul),
        error_line(galat),
        verdict(one) if one.alasan else None,
        facts(rows),
        _deeds(one, csrf, sent.terbuka),
        difference_section(sent.beda),
        _words(sent.teks),
        *(level_section(level, sent.hal) for level in (GALAT, KONFIRMASI, INFO)),
    ]
    return html.Div(parts, className="unggah versi")


def _deeds(one: Versi, csrf: str, terbuka: bool) -> html.Div:
    place = f"{HOME}/versi/{one.nomor}"
    raw = html.A("Unduh berkas aslinya", href=f"{place}/berkas", className="tombol tombol-garis")
    back = again = None
    if one.keadaan == Kirim.TERKIRIM:
        back = form(f"{place}/tarik", csrf, [submit("Tarik laporan ini", quiet=True)])
    if terbuka and one.keadaan != Kirim.TERKIRIM:
        again = form(f"{place}/pakai-lagi", csrf, [submit("Pakai lagi versi ini", quiet=True)])
    return html.Div([raw, back, again], className="tombol-baris")


def _words(teks: Sequence[tuple[str, str]]) -> html.Section | None:
    given = [(name, text) for name, text in teks if text]
    if not given:
        return None
    rows = [html.Div([html.Dt(name), html.Dd(text)]) for name, text in given]
    return section("Penjelasan", None, html.Dl(rows, className="arti"), "penjelasan")


def verify_address(base: str, nomor: str, sha: str) -> str:
    return base + address(VERIFIER, {"nomor": nomor, "sha": sha})
