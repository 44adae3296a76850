"""The pages under /kelola/akun: who has an account, inviting somebody, one account, and a link shown once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from dash import html

from data.words import ROLE_NAMES, Peran
from pages.parts import formats as fmt
from pages.parts.account import SesiTerbuka, folded, session_rows
from pages.parts.elements import Child, attrs
from pages.parts.forms import Input, choice, error_line, field, form, submit
from pages.parts.listing import listing
from pages.parts.messages import message, notice
from pages.parts.section import section
from pages.parts.share import whatsapp
from pages.parts.trail import Catatan, filter_buttons, pick, trail_table

PATH: Final = "/kelola/akun"
STATES: Final = {"aktif": "Aktif", "diundang": "Menunggu kata sandi", "nonaktif": "Nonaktif"}
NEWS: Final = {
    "diubah": "Perubahan disimpan.",
    "peran": "Perubahan disimpan. Semua sesi akun ini berakhir.",
    "kode": "Kode masuk dilepas. Semua sesi akun ini berakhir.",
    "tutup": "Akun ditutup. Semua sesinya berakhir.",
    "buka": "Akun dibuka lagi.",
    "keluar": "Akun ini dikeluarkan dari semua perangkat.",
}
"""What an address may say went well; anything else says nothing."""
LABEL_HINT: Final = "Sebutan jabatan, bukan nama orang. Contoh: Operator Dinas Kesehatan."
NAME_HINT: Final = "Huruf kecil, angka, titik, garis. Contoh: dinkes.operator. Tidak dapat diganti."
_ROLE_OPTIONS: Final = [(role.value, words) for role, words in ROLE_NAMES.items()]
_COLUMNS: Final = ("Akun", "Peran", "OPD", "Keadaan", "Kode masuk", "Terakhir masuk")


@dataclass(frozen=True)
class Akun:
    """One account as the list shows it; ``keadaan`` is one of STATES."""

    nama: str
    sebutan: str
    peran: Peran
    opd: str | None
    nama_opd: str
    keadaan: str
    berkode: bool
    wajib_kode: bool
    terakhir: datetime | None
    contoh: bool = False

    @property
    def href(self) -> str:
        return f"{PATH}/{self.nama}"


@dataclass(frozen=True)
class Isian:
    """What the form for an account holds, right or wrong."""

    nama: str = ""
    sebutan: str = ""
    peran: str = Peran.OPD.value
    opd: str = ""


@dataclass(frozen=True)
class Isi:
    """What the page of one account shows and carries beside the account; ``sendiri``: it is the reader's own."""

    sesi: Sequence[SesiTerbuka]
    jejak: Sequence[Catatan]
    opd: Sequence[tuple[str, str]]
    csrf: str
    now: datetime
    sendiri: bool = False


@dataclass(frozen=True)
class Tautan:
    """A one-time link to hand over: for whom, what for, its address and until when."""

    nama: str
    sebutan: str
    undangan: bool
    alamat: str
    sampai: datetime


def accounts_page(
    found: Sequence[Akun], everybody: Sequence[Akun], query: Mapping[str, str], galat: str | None = None
) -> html.Div:
    """The list with its filter; ``found`` are those of ``everybody`` that fit."""
    invite = html.A("Undang akun", href="/kelola/undang", className="tombol")
    words = "Satu akun untuk satu jabatan. Yang pindah tugas ditutup, bukan dipakai bergantian."
    title = html.Div([html.H1(_finding(everybody)), html.P(words, className="pengantar")])
    count = f"{fmt.whole(len(found))} dari {fmt.whole(len(everybody))} akun." if query else None
    listed: Child = message("Tidak ada yang cocok.", "Tidak ada akun untuk saringan ini.", "Hapus saringan", PATH, 2)
    if found:
        listed = listing("Daftar akun", _COLUMNS, [_account_cells(one) for one in found], "tabel-akun")
    parts = [
        html.Div([title, invite], className="kelola-kepala"),
        _filters(query),
        error_line(galat),
        html.P(count, className="sumber") if count else None,
        listed,
    ]
    return html.Div(parts, className="kelola")


def invite_page(opd: Sequence[tuple[str, str]], csrf: str, isian: Isian, galat: str | None = None) -> html.Div:
    """The form for a new account."""
    name = field("Nama akun", "nama", hint=NAME_HINT, value=isian.nama, required=True, autoComplete="off",
                 autocapitalize="none", spellcheck="false", maxLength="80")  # fmt: skip
    words = "Akun dibuat tanpa kata sandi. Anda menerima tautan sekali pakai untuk diteruskan."
    inside = [error_line(galat), name, *_office_fields(opd, isian), submit("Buat akun dan tautan")]
    parts = [
        html.P(html.A("Daftar akun", href=PATH), className="kembali"),
        html.H1("Undang akun"),
        html.P(words, className="pengantar"),
        form("/kelola/undang", csrf, inside, class_name="lajur"),
    ]
    return html.Div(parts, className="kelola")


def link_page(link: Tautan) -> html.Div:
    """The link, shown this once."""
    what = "membuat kata sandi pertama" if link.undangan else "membuat kata sandi baru"
    words = f"Berikan hanya kepada pemegang akun {link.nama}. Tautan dipakai sekali untuk {what}."
    sentence = f"e-Monev: tautan {link.sebutan} untuk {what}. Berlaku sampai {fmt.tenggat(link.sampai)}, sekali pakai."
    copy = html.Button("Salin tautan", type="button", className="tombol", **attrs(data_salin=link.alamat))
    note = "Sesudah halaman ini ditutup, tautan tidak dapat dilihat lagi. Bila hilang, buat yang baru."
    if not link.undangan:
        note = f"Kata sandi lama sudah tidak berlaku dan semua sesi akun ini berakhir. {note}"
    shown = Input(type="text", id="tautan", readOnly=True, value=link.alamat, **attrs(aria_label="Tautan sekali pakai"))
    parts = [
        html.H1(f"Tautan untuk {link.sebutan}"),
        html.P(words, className="pengantar"),
        html.Div(html.Div(shown, className="kotak"), className="isian tautan-sekali"),
        html.P(["Berlaku sampai ", html.Strong(fmt.tenggat(link.sampai)), "."]),
        html.Div([copy, whatsapp(sentence, link.alamat)], className="tombol-baris"),
        html.P(note, className="kecil catatan"),
        html.P(html.A("Buka halaman akun ini", href=f"{PATH}/{link.nama}"), className="kembali-maju"),
    ]
    return html.Div(parts, className="kelola")


def account_page(
    akun: Akun, isi: Isi, kabar: str = "", isian: Isian | None = None, galat: str | None = None
) -> html.Div:
    """One account and everything that can be done with it."""
    office = isian or Isian(akun.nama, akun.sebutan, akun.peran.value, akun.opd or "")
    parts = [
        html.P(html.A("Daftar akun", href=PATH), className="kembali"),
        html.H1(akun.sebutan),
        _facts(akun),
        notice(NEWS[kabar]) if kabar in NEWS else None,
        error_line(galat),
        _office(akun, isi.opd, office, isi.csrf),
        *(_deeds(akun, isi) if not isi.sendiri else [_own()]),
        _trail(akun, isi.jejak, dict(isi.opd)),
    ]
    return html.Div(parts, className="kelola")


def _finding(everybody: Sequence[Akun]) -> str:
    waiting = sum(one.keadaan == "diundang" for one in everybody)
    bare = sum(one.wajib_kode and not one.berkode and one.keadaan == "aktif" for one in everybody)
    title = f"{fmt.whole(len(everybody))} akun"
    if waiting:
        title += f", {fmt.whole(waiting)} menunggu kata sandi"
    return f"{title}, {fmt.whole(bare)} belum memasang kode wajib" if bare else title


def _filters(query: Mapping[str, str]) -> html.Form:
    box = Input(id="cari", name="cari", type="search", value=query.get("cari", ""), maxLength="80")
    text = html.Div([html.Label("Cari nama, sebutan, atau OPD", htmlFor="cari"), box], className="saring-butir")
    parts: list[Child] = [
        text,
        pick("Peran", "peran", [("", "Semua"), *_ROLE_OPTIONS], query.get("peran", "")),
        pick("Keadaan", "keadaan", [("", "Semua"), *STATES.items()], query.get("keadaan", "")),
        filter_buttons(PATH, bool(query)),
    ]
    return html.Form(parts, method="get", action=PATH, className="saring", **attrs(aria_label="Saring akun"))


def _account_cells(one: Akun) -> list[Any]:
    sample = " · akun contoh" if one.contoh else ""
    name = html.A([html.Strong(one.sebutan), html.Small(f"{one.nama}{sample}")], href=one.href, className="akun-nama")
    return [
        name,
        ROLE_NAMES[one.peran],
        one.nama_opd or fmt.NONE,
        html.Span(STATES[one.keadaan], className=f"keadaan-{one.keadaan}"),
        _factor_words(one),
        fmt.wib(one.terakhir) if one.terakhir else "Belum pernah",
    ]


def _factor_words(one: Akun) -> str:
    if one.berkode:
        return "Terpasang"
    return "Belum, wajib" if one.wajib_kode else "Tidak"


def _facts(akun: Akun) -> html.Dl:
    facts = [
        ("Nama akun", akun.nama),
        ("Peran", ROLE_NAMES[akun.peran]),
        ("OPD", akun.nama_opd),
        ("Keadaan", STATES[akun.keadaan]),
        ("Kode masuk", _factor_words(akun)),
        ("Terakhir masuk", fmt.wib(akun.terakhir) if akun.terakhir else "Belum pernah"),
    ]
    return html.Dl([html.Div([html.Dt(word), html.Dd(said)]) for word, said in facts if said], className="fakta")


def _office_fields(opd: Sequence[tuple[str, str]], isian: Isian) -> list[Child]:
    label = field("Sebutan", "sebutan", hint=LABEL_HINT, value=isian.sebutan, required=True, maxLength="120")
    hint = "Hanya untuk peran Operator OPD."
    return [
        label,
        choice("Peran", "peran", _ROLE_OPTIONS, isian.peran),
        choice("OPD", "opd", [("", "Pilih OPD"), *opd], isian.opd, hint),
    ]


def _office(akun: Akun, opd: Sequence[tuple[str, str]], isian: Isian, csrf: str) -> html.Section:
    inside = [*_office_fields(opd, isian), submit("Simpan")]
    words = "Mengganti peran atau OPD mengakhiri semua sesi akun ini dan mematikan tautan yang belum dipakai."
    body = form(f"{akun.href}/ubah", csrf, inside, class_name="lajur")
    return section("Jabatan", words, body, "jabatan", class_name="bagian-sisi")


def _own() -> html.Section:
    words = "Kata sandi, kode masuk, dan perangkat Anda sendiri diatur di halaman akun Anda."
    body = html.P(html.A("Buka akun saya", href="/akun", className="tombol tombol-garis"))
    return section("Ini akun Anda", words, body, "sendiri", class_name="bagian-sisi")


def _deeds(akun: Akun, isi: Isi) -> list[html.Section | None]:
    csrf = isi.csrf
    if akun.keadaan == "nonaktif":
        opening = _deed(akun, "buka", "Buka lagi akun ini", csrf)
        words = "Akun tertutup. Kata sandi dan catatannya masih ada; tidak ada yang dapat masuk."
        return [section("Akun ditutup", words, opening, "tutup", class_name="bagian-sisi")]
    return [_password(akun, csrf), _factor(akun, csrf), _sessions(akun, isi), _closing(akun, csrf)]


def _password(akun: Akun, csrf: str) -> html.Section:
    if akun.keadaan == "diundang":
        words = "Belum ada kata sandi. Tautan baru mematikan tautan sebelumnya."
        return _one("sandi", "Kata sandi", words, _deed(akun, "setel-ulang", "Buat tautan baru", csrf))
    words = "Kata sandi lama langsung tidak berlaku, semua sesi berakhir, dan Anda menerima tautan sekali pakai."
    deed = _deed(akun, "setel-ulang", "Ya, setel ulang sekarang", csrf)
    return _one("sandi", "Kata sandi", words, folded("Setel ulang kata sandi", deed))


def _factor(akun: Akun, csrf: str) -> html.Section | None:
    if not akun.berkode:
        return None
    words = "Bila ponsel pemegang akun hilang. Semua sesi berakhir."
    if akun.wajib_kode:
        words += " Saat masuk lagi, kode baru wajib dipasang."
    deed = _deed(akun, "lepas-kode", "Ya, lepas sekarang", csrf)
    return _one("kode", "Kode masuk", words, folded("Lepas kode masuk", deed))


def _sessions(akun: Akun, isi: Isi) -> html.Section:
    sesi = isi.sesi
    words = f"{len(sesi)} perangkat sedang masuk." if sesi else "Tidak ada perangkat yang sedang masuk."
    deed = _deed(akun, "keluarkan", "Keluarkan dari semua perangkat", isi.csrf)
    return _one("sesi", "Sesi", words, html.Div([session_rows(sesi, isi.now), deed]) if sesi else None)


def _closing(akun: Akun, csrf: str) -> html.Section:
    words = "Untuk yang pindah tugas. Semua sesi berakhir; catatannya tetap ada dan akun dapat dibuka lagi."
    deed = _deed(akun, "tutup", "Ya, tutup sekarang", csrf)
    return _one("tutup", "Tutup akun", words, folded("Tutup akun ini", deed))


def _one(anchor: str, title: str, words: str, body: Child) -> html.Section:
    return section(title, words, html.Div(body), anchor, class_name="bagian-sisi")


def _deed(akun: Akun, deed: str, words: str, csrf: str) -> html.Form:
    return form(f"{akun.href}/{deed}", csrf, [submit(words, quiet=True)])


def _trail(akun: Akun, jejak: Sequence[Catatan], names: Mapping[str, str]) -> html.Section:
    body: Child = trail_table(jejak, names, "Catatan terakhir") if jejak else html.P("Belum ada catatan.")
    more = html.A("Semua catatan akun ini", href=f"/kelola/jejak?pelaku={akun.nama}")
    return section("Catatan terakhir", "Sepuluh tindakan terakhir oleh akun ini.", body, "catatan", side=more)
