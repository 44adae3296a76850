"""A draft: what the check has found in a file, the questions it leaves open, and what sending it would change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from dash import html

from data.words import Status
from pages.parts import formats as fmt
from pages.parts.elements import Child, address
from pages.parts.forms import Input, choice, error_line, form, hidden, long_text, submit
from pages.parts.messages import notice
from pages.parts.section import section
from pages.parts.upload import LIMITS
from pages.parts.upload_clock import HOME, Tahap, due_box, due_line, facts, steps
from pages.parts.upload_findings import GALAT, INFO, KONFIRMASI, Hal, counts_sentence, level_section
from pages.parts.upload_preview import Bandingan, changes, looks, plain_number, summary

NEWS: Final = {
    "simpan": "Teks sudah disimpan di draf. Laporan belum dikirim.",
    "berubah": "Versi lain laporan ini dikirim atau diterima setelah Anda membuka pratinjau. "
    "Perbandingan di bawah ini sudah diperbarui: periksa, lalu kirim lagi.",
}
TEXTS: Final = (
    ("faktor_pendorong", "Faktor pendorong", "Apa yang membantu mencapai target?"),
    ("faktor_penghambat", "Faktor penghambat", "Apa yang menghambat?"),
    ("tindak_lanjut", "Tindak lanjut", "Apa yang akan dilakukan, dan kapan?"),
    ("tanggapan", "Tanggapan untuk publik", "Satu dua kalimat yang tampil di halaman OPD Anda."),
)
KB: Final = 1024
OTHER: Final = (("indonesia", "Indonesia"), ("inggris", "Inggris"))


@dataclass(frozen=True)
class Kurang:
    """A column that must be there and is not. ``saran``: the title in the file that may be meant."""

    kunci: str
    sebutan: str
    saran: str


@dataclass(frozen=True)
class Tanya:
    """A column whose numbers can be read two ways, with both totals."""

    judul: str
    jumlah: int
    contoh: str
    indonesia: Decimal
    inggris: Decimal


@dataclass(frozen=True)
class Draf:
    """A draft as it is drawn. ``lain``: titles nobody uses, as (normalised, as written); ``petaan``: what the OPD has
    confirmed; ``teks``: the words beside the figures; ``alasan`` by group name; ``benar``: how many rows have no
    Galat; ``terbaca``: the table itself was found, so it can be annotated."""

    nomor: int
    tahap: Tahap
    nama_berkas: str
    ukuran: int
    baris: int
    benar: int
    galat: int
    konfirmasi: int
    sha256: str
    diperiksa: datetime
    detik: Decimal
    keterangan: str
    hal: Sequence[Hal]
    terbaca: bool
    kurang: Sequence[Kurang] = ()
    lain: Sequence[tuple[str, str]] = ()
    tanya: Sequence[Tanya] = ()
    angka: str | None = None
    petaan: Mapping[str, str] = field(default_factory=dict)
    teks: Mapping[str, str] = field(default_factory=dict)
    alasan: Mapping[str, str] = field(default_factory=dict)
    sekali: str = ""
    kosong: int = 0

    @property
    def href(self) -> str:
        return f"{HOME}/draf/{self.nomor}"

    @property
    def bertanya(self) -> bool:
        return bool(self.tanya or (self.kurang and self.lain))


def draft_page(draf: Draf, banding: Bandingan | None, csrf: str, kabar: str = "", galat: str | None = None) -> html.Div:
    """The whole page; ``banding`` is None while something must be mended first."""
    top: list[Child] = [
        html.H1(counts_sentence(draf.galat, draf.konfirmasi)),
        html.P(_lede(draf), className="pengantar"),
        due_line(draf.tahap),
        notice(NEWS[kabar], "waspada" if kabar == "berubah" else "kabar") if kabar in NEWS else None,
        error_line(galat),
        _actions(draf),
        _questions(draf, csrf) if draf.bertanya else None,
    ]
    side = html.Aside([due_box(draf.tahap), _file_facts(draf, csrf), _old_new(banding)])
    body = _blocked(draf) if banding is None else _ready(draf, banding, csrf)
    two = html.Div([html.Div([*top, *body[0]]), side], className="unggah-kisi")
    inside: list[Child] = [two, *body[1]]
    if banding is None:
        inside.append(form(f"{draf.href}/buang", csrf, [submit("Buang draf ini", quiet=True)], class_name="buang"))
    else:
        # One form around reasons and words: whichever button is pressed, nothing that was typed is lost.
        inside = [form(f"{draf.href}/simpan", csrf, [hidden("sekali", draf.sekali), *inside])]
    foot = html.P(f"Batas: {LIMITS}", className="sumber batas")
    return html.Div([steps(2 if banding is None else 3), *inside, foot], className="unggah draf")


def _lede(draf: Draf) -> str:
    if draf.kurang:
        return "Judul kolomnya belum lengkap, jadi isi barisnya belum diperiksa. Belum ada data yang tersimpan."
    if draf.baris and draf.galat:
        start = (
            f"{fmt.whole(draf.benar)} dari {fmt.whole(draf.baris)} baris sudah benar. Belum ada data yang tersimpan."
        )
        return f"{start} Perbaiki di berkas bertanda, lalu unggah lagi berkas yang sama."
    if draf.galat:
        return "Belum ada data yang tersimpan. Perbaiki berkasnya, lalu unggah lagi."
    blank = f", {fmt.whole(draf.kosong)} masih kosong" if draf.kosong else ""
    rows = f"{fmt.whole(draf.baris)} baris terbaca{blank}. "
    return rows + "Belum ada yang dikirim: periksa pratinjau di bawah ini, lalu kirim."


def _actions(draf: Draf) -> html.Div:
    """The one filled button is what helps most: mending while there is a Galat, sending otherwise."""
    marked = "tombol" if draf.galat else "tombol tombol-garis"
    again = address(HOME, draf.tahap.query, "berkas-bagian")
    buttons: list[Child] = []
    if draf.terbaca and draf.hal:
        buttons.append(html.A("Unduh berkas bertanda (XLSX)", href=f"{draf.href}/bertanda.xlsx", className=marked))
    if not draf.galat:
        buttons.insert(0, html.A("Ke pengiriman", href="#kirim", className="tombol tombol-garis"))
    else:
        buttons.append(html.A("Unggah perbaikan", href=again, className="tombol tombol-garis"))
    if draf.hal:
        buttons.append(html.A("Unduh daftar temuan (CSV)", href=f"{draf.href}/masalah.csv", className="tautan"))
    return html.Div(buttons, className="tombol-baris")


def _file_facts(draf: Draf, csrf: str) -> html.Div:
    size = f"{fmt.whole(max(1, round(draf.ukuran / KB)))}{fmt.NBSP}KB, {fmt.whole(draf.baris)} baris"
    rows: list[tuple[str, Any]] = [
        ("Nama", draf.nama_berkas),
        ("Ukuran", size),
        ("Diperiksa", fmt.wib(draf.diperiksa)),
        ("Lama periksa", f"{fmt.decimal_id(draf.detik, 1)} detik"),
        ("SHA-256", html.Code(fmt.hash_short(draf.sha256))),
    ]
    if draf.keterangan:
        rows.insert(2, ("Cara baca", draf.keterangan))
    if draf.angka:
        rows.append(("Angka dibaca", f"cara {dict(OTHER).get(draf.angka, draf.angka)}"))
    return html.Div(
        [html.H2("Berkas ini", className="kepala-sisi"), facts(rows), _mapping(draf)], className="sisi-butir"
    )


def _mapping(draf: Draf) -> html.P | None:
    """Titles the OPD has confirmed earlier are used silently, so they are said here."""
    if not draf.petaan:
        return None
    pairs = ", ".join(f"‘{title}’ = {kunci}" for title, kunci in draf.petaan.items())
    return html.P(f"Judul yang sudah Anda cocokkan: {pairs}.", className="kecil")


def _old_new(banding: Bandingan | None) -> html.Div | None:
    return html.Div(summary(banding), className="sisi-butir") if banding is not None else None


def _blocked(draf: Draf) -> tuple[list[Child], list[Child]]:
    return [level_section(level, draf.hal) for level in (GALAT, KONFIRMASI, INFO)], []


def _ready(draf: Draf, banding: Bandingan, csrf: str) -> tuple[list[Child], list[Child]]:
    reasons = dict(draf.alasan)
    main: list[Child] = [level_section(KONFIRMASI, draf.hal, reasons), level_section(INFO, draf.hal)]
    return main, [looks(banding), changes(banding), _words(draf, banding), _send(draf)]


def _words(draf: Draf, banding: Bandingan) -> html.Section:
    low = banding.sesudah is not None and banding.sesudah["status"] == Status.DI_BAWAH
    words = "Boleh dikosongkan."
    if low:
        words = "Capaian di bawah target: tulis sebabnya dan tindak lanjutnya, supaya pimpinan dapat membantu."
    boxes = [
        long_text(label, name, draf.teks.get(name, ""), hint=hint, rows=3, maxLength="2000")
        for name, label, hint in TEXTS
    ]
    return section("Penjelasan", words, html.Div(boxes, className="penjelasan"), "penjelasan")


def _send(draf: Draf) -> html.Section:
    words = "Sesudah dikirim Anda menerima tanda terima. Laporan masih dapat ditarik sebelum diverifikasi."
    buttons = [
        html.Button("Kirim laporan", type="submit", className="tombol", formAction=f"{draf.href}/kirim"),
        submit("Simpan dulu", quiet=True),
        html.Button("Buang draf ini", type="submit", className="tautan", formAction=f"{draf.href}/buang"),
    ]
    return section("Kirim", words, html.Div(buttons, className="tombol-baris"), "kirim")


def _questions(draf: Draf, csrf: str) -> html.Section:
    """What only a person can know: which of their columns is which, and how their numbers are written."""
    inside: list[Child] = [_which_column(one, draf.lain) for one in draf.kurang if draf.lain]
    inside += [_how_written(draf.tanya)] if draf.tanya else []
    inside.append(submit("Periksa lagi dengan jawaban ini", quiet=True))
    body = form(f"{draf.href}/jawab", csrf, inside, class_name="jawab")
    return section("Perlu jawaban Anda", "Jawaban tentang judul kolom diingat untuk OPD Anda.", body, "jawab")


def _which_column(one: Kurang, lain: Sequence[tuple[str, str]]) -> html.Div:
    options = [("", "Tidak ada di berkas ini"), *lain]
    suggested = next((normal for normal, title in lain if title == one.saran), "")
    return choice(f"Kolom mana yang berisi ‘{one.sebutan}’?", f"kolom-{one.kunci}", options, suggested)


def _how_written(tanya: Sequence[Tanya]) -> html.Div:
    lines = [
        html.Li(
            [
                html.Strong(one.judul),
                f": {fmt.whole(one.jumlah)} angka seperti ‘{one.contoh}’. Cara Indonesia jumlahnya "
                f"{plain_number(one.indonesia)}, cara Inggris {plain_number(one.inggris)}.",
            ]
        )
        for one in tanya
    ]
    example = tanya[0].contoh
    words = {
        "indonesia": f"Cara Indonesia: titik memisahkan ribuan (jumlah {plain_number(tanya[0].indonesia)})",
        "inggris": f"Cara Inggris: koma memisahkan ribuan (jumlah {plain_number(tanya[0].inggris)})",
    }
    ticks = [
        html.Div(
            [
                Input(type="radio", id=f"angka-{value}", name="angka", value=value, required=True),
                html.Label(words[value], htmlFor=f"angka-{value}"),
            ],
            className="centang",
        )
        for value, _ in OTHER
    ]
    legend = html.Legend(f"‘{example}’ dibaca bagaimana?")
    return html.Div([html.Ul(lines, className="catatan-baris"), html.Fieldset([legend, *ticks], className="isian")])
