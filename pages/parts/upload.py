"""The page /unggah: where the own report stands, until when, the template, the file, and what was sent before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from dash import html

from data.words import VERSION_NAMES, Keadaan, Kirim
from pages.parts import formats as fmt
from pages.parts.elements import Child, Children, address, attrs
from pages.parts.forms import Input, error_line, form, hidden, long_text, submit
from pages.parts.instruction import waiting_link
from pages.parts.listing import listing
from pages.parts.messages import notice
from pages.parts.section import section
from pages.parts.upload_clock import HOME, Tahap, due_box, due_line, facts, steps

LIMITS: Final = "XLSX atau CSV, paling besar 5 MB, 20.000 baris, 60 kolom, 2.000 huruf tiap sel."
NEWS: Final = {
    "tarik": "Laporan sudah ditarik. Perbaiki, lalu kirim lagi sebelum tenggat.",
    "lupa": "Judul kolom itu tidak diingat lagi. Berkas berikutnya akan ditanyakan.",
    "buang": "Draf sudah dibuang. Tidak ada yang tersimpan.",
}
"""What an address may say went well; anything else says nothing."""


@dataclass(frozen=True)
class Harapan:
    """What the period asks of this OPD, in rows, and how many of them the accepted report has already."""

    kinerja: int
    keuangan: int

    @property
    def baris(self) -> int:
        return self.kinerja + self.keuangan


@dataclass(frozen=True)
class Versi:
    """One version in the history. ``urutan`` counts from 1; ``masih_draf`` leads to the draft instead."""

    nomor: int
    urutan: int
    keadaan: str
    waktu: datetime
    terlambat: int
    baris: int
    galat: int
    konfirmasi: int
    tanda: str | None
    alasan: str
    catatan: Sequence[tuple[int | None, str]]
    nama_berkas: str


@dataclass(frozen=True)
class Pilihan:
    """One period to choose."""

    tahun: int
    tw: int
    terbuka: bool


@dataclass(frozen=True)
class Sampingan:
    """What else there is to say: news, an error, how many instructions wait for an answer, and the remembered titles of
    their own columns with ours."""

    kabar: str = ""
    galat: str | None = None
    arahan: int = 0
    judul: Mapping[str, str] = field(default_factory=dict)


def home_page(
    tahap: Tahap,
    harapan: Harapan,
    versi: Sequence[Versi],
    pilihan: Sequence[Pilihan],
    csrf: str,
    sampingan: Sampingan,
) -> html.Div:
    """The whole page."""
    kabar, galat = sampingan.kabar, sampingan.galat
    main: list[Child] = [
        html.H1(home_title(tahap)),
        html.P(next_step(tahap, versi), className="pengantar"),
        due_line(tahap) if tahap.wajib else None,
        waiting_link(sampingan.arahan),
        notice(NEWS[kabar]) if kabar in NEWS else None,
        error_line(galat),
        returned(versi) if tahap.keadaan == Keadaan.DIKEMBALIKAN else None,
        *(_ways_in(tahap, csrf) if tahap.terbuka and tahap.wajib else _form_only(tahap)),
    ]
    side = html.Aside(
        [
            due_box(tahap),
            _expected(harapan) if tahap.wajib else None,
            _periods(pilihan, tahap),
            _titles(sampingan.judul, tahap, csrf),
        ]
    )
    two = html.Div([html.Div(main), side], className="unggah-kisi")
    return html.Div(
        [steps(1) if tahap.terbuka and tahap.wajib else None, two, history(versi, tahap)], className="unggah"
    )


def home_title(tahap: Tahap) -> str:
    """Where the report stands, in one sentence."""
    name = fmt.period(tahap.tahun, tahap.tw)
    if not tahap.wajib:
        return f"OPD Anda tidak wajib melapor untuk {name}."
    said = {
        Keadaan.TERKIRIM.value: f"Laporan {name} menunggu verifikasi.",
        Keadaan.DIKEMBALIKAN.value: f"Laporan {name} dikembalikan Bappeda.",
        Keadaan.TERVERIFIKASI.value: f"Laporan {name} sudah diverifikasi.",
        Keadaan.TERBIT.value: f"Laporan {name} sudah terbit.",
    }.get(tahap.keadaan)
    if said:
        return said
    if tahap.waktu == "belum_dibuka":
        return f"Pelaporan {name} belum dibuka."
    if tahap.waktu == "terkunci":
        return f"Laporan {name} tidak dikirim, dan periodenya sudah dikunci."
    return f"Laporan {name} belum dikirim."


def next_step(tahap: Tahap, versi: Sequence[Versi] = ()) -> Children:
    """What to do now, or why nothing can be done."""
    closed = _why_closed(tahap)
    if closed:
        return closed
    draft = next((one for one in versi if one.keadaan == Kirim.DRAF), None)
    if draft is not None:
        link = html.A("Lanjutkan draf itu", href=f"{HOME}/draf/{draft.nomor}")
        return ["Ada draf yang belum dikirim, ", fmt.wib(draft.waktu), ". ", link, " atau unggah berkas baru."]
    correct = "Ada yang keliru? Unggah berkas perbaikan; angka lama berlaku sampai perbaikannya diterima."
    return {
        Keadaan.TERKIRIM.value: "Masih dapat ditarik atau diganti dengan berkas baru sebelum Bappeda memutuskan.",
        Keadaan.DIKEMBALIKAN.value: "Perbaiki yang diminta di bawah ini, lalu unggah lagi.",
        Keadaan.TERVERIFIKASI.value: correct,
        Keadaan.TERBIT.value: correct,
    }.get(
        tahap.keadaan, "Unduh templat yang sudah berisi baris Anda, isi, lalu unggah. Periksa dahulu, kirim kemudian."
    )


def _why_closed(tahap: Tahap) -> str | None:
    """The one reason why nothing can be sent now, with what can be done about it."""
    if not tahap.wajib:
        return "Tidak ada yang perlu diunggah. Tanyakan kepada Bappeda bila menurut Anda keliru."
    if tahap.waktu == "belum_dibuka":
        return f"Dibuka {fmt.tenggat(tahap.dibuka)}. Sampai saat itu tidak ada yang dapat dikirim."
    if tahap.waktu != "terkunci":
        return None
    if tahap.keadaan in {Keadaan.TERVERIFIKASI, Keadaan.TERBIT}:
        return f"Periode dikunci {fmt.tenggat(tahap.dikunci)}. Perlu perbaikan? Minta perpanjangan kepada Bappeda."
    start = f"Batas waktu lewat: dikunci {fmt.tenggat(tahap.dikunci)}. "
    return start + "Minta perpanjangan kepada Bappeda bila masih harus mengirim."


def returned(versi: Sequence[Versi]) -> Child:
    """Why the newest returned version came back, with the rows that are meant."""
    back = next((one for one in versi if one.keadaan == Kirim.DIKEMBALIKAN), None)
    return verdict(back) if back is not None else None


def verdict(one: Versi) -> html.Div:
    """What Bappeda said about one version."""
    rows = [
        html.Li([html.Strong(f"Baris {row}: " if row is not None else "Seluruh berkas: "), words])
        for row, words in one.catatan
    ]
    return html.Div(
        [
            html.H2("Alasan pengembalian", className="kepala-kecil"),
            html.P(one.alasan),
            html.Ul(rows, className="catatan-baris") if rows else None,
        ],
        className="kembalian",
    )


def history(versi: Sequence[Versi], tahap: Tahap) -> html.Section:
    """Every version of this report, the newest first."""
    sent = [one for one in versi if one.keadaan != Kirim.DRAF]
    if not sent:
        words = f"Belum ada laporan {fmt.period(tahap.tahun, tahap.tw)} yang dikirim."
        if tahap.keadaan:
            words = "Laporan ini dimuat oleh pengelola, jadi tidak ada versi kiriman di sini."
        return section("Riwayat", words, None, "riwayat")
    rows = [_version_row(one) for one in sent]
    heads = ("Versi", "Keadaan", "Dikirim", "Ketepatan", "Isi", "Tanda terima", "Berkas")
    return section("Riwayat", None, listing("Riwayat laporan", heads, rows, "tabel-versi"), "riwayat")


def punctual(days: int) -> str:
    return f"Terlambat {fmt.whole(days)}{fmt.NBSP}hari" if days else "Tepat waktu"


def _version_row(one: Versi) -> list[Children]:
    name: Children = html.A(f"Versi {one.urutan}", href=f"{HOME}/versi/{one.nomor}")
    counts = f"{fmt.whole(one.baris)} baris" + (f", {fmt.whole(one.konfirmasi)} konfirmasi" if one.konfirmasi else "")
    receipt: Children = html.A(one.tanda, href=f"{HOME}/tanda/{one.tanda}") if one.tanda else fmt.NONE
    raw: Children = html.A("Unduh", href=f"{HOME}/versi/{one.nomor}/berkas", title=one.nama_berkas)
    state: Children = VERSION_NAMES[Kirim(one.keadaan)]
    if one.alasan:
        state = [VERSION_NAMES[Kirim(one.keadaan)], html.Small(one.alasan)]
    return [name, state, fmt.wib(one.waktu), punctual(one.terlambat), counts, receipt, raw]


def _ways_in(tahap: Tahap, csrf: str) -> list[Child]:
    return [_template(tahap), _file_form(tahap, csrf), _by_hand(tahap), _nothing(tahap, csrf)]


def _form_only(tahap: Tahap) -> list[Child]:
    """When nothing can be sent the template can still be looked at."""
    return [_template(tahap)] if tahap.wajib and tahap.waktu == "belum_dibuka" else []


def _template(tahap: Tahap) -> html.Section:
    words = "Sudah berisi kode, indikator, target, dan realisasi terakhir OPD Anda. Isi sel berwarna saja."
    links = [
        html.A(
            "Unduh templat XLSX", href=address(f"{HOME}/templat.xlsx", tahap.query), className="tombol tombol-garis"
        ),
        html.A("Unduh templat CSV", href=address(f"{HOME}/templat.csv", tahap.query), className="tautan"),
    ]
    return section("Templat", words, html.Div(links, className="tombol-baris"), "templat")


def _file_form(tahap: Tahap, csrf: str) -> html.Section:
    choose = Input(type="file", id="berkas", name="berkas", accept=".xlsx,.csv", required=True)
    inside: list[Child] = [
        html.Div(
            [
                html.Label("Pilih berkas laporan", htmlFor="berkas"),
                html.P(LIMITS, className="petunjuk", id="berkas-batas"),
                choose,
            ],
            className="letak-berkas",
        ),
        submit("Periksa berkas"),
        html.P("", className="kecil kemajuan", role="status", **attrs(data_kemajuan="")),
    ]
    body = form(address(f"{HOME}/berkas", tahap.query), csrf, inside, class_name="unggah-berkas", file=True)
    return section("Unggah berkas", "Berkas hanya diperiksa dahulu; belum ada yang dikirim.", body, "berkas-bagian")


def _by_hand(tahap: Tahap) -> html.P:
    link = html.A("Isi lewat formulir", href=address(f"{HOME}/isi", tahap.query))
    return html.P(["Tanpa Excel? ", link, " langsung di halaman ini."], className="tanpa-excel")


def _nothing(tahap: Tahap, csrf: str) -> html.Details:
    """Declaring the whole report empty is asked for by opening it: nobody does it by a slip of the thumb."""
    inside: list[Child] = [
        html.P("Pakai hanya bila OPD memang tidak punya apa pun untuk dilaporkan triwulan ini.", className="kecil"),
        long_text("Alasan nihil", "alasan", hint="Satu kalimat yang jelas. Bappeda membacanya.", required=True),
        submit("Periksa pernyataan nihil", quiet=True),
    ]
    body = form(address(f"{HOME}/nihil", tahap.query), csrf, inside)
    return html.Details([html.Summary("Tidak ada yang dilaporkan?"), body], className="lihat lipat")


def _expected(harapan: Harapan) -> html.Div:
    rows = [
        ("Baris yang harus diisi", fmt.whole(harapan.baris)),
        ("Indikator kinerja", fmt.whole(harapan.kinerja)),
        ("Sub kegiatan (uang dan fisik)", fmt.whole(harapan.keuangan)),
    ]
    return html.Div([html.H2("Yang diharapkan", className="kepala-sisi"), facts(rows)], className="sisi-butir")


def _periods(pilihan: Sequence[Pilihan], tahap: Tahap) -> html.Nav | None:
    if len(pilihan) < 2:
        return None
    items = [html.Li(_period_link(one, tahap)) for one in pilihan]
    return html.Nav(
        [html.H2("Periode", className="kepala-sisi"), html.Ul(items, role="list", className="daftar-periode")],
        className="sisi-butir",
        **attrs(aria_label="Periode laporan"),
    )


def _titles(judul: Mapping[str, str], tahap: Tahap, csrf: str) -> html.Div | None:
    """Titles that are taken for one of our columns without asking, each with the way to be asked again."""
    if not judul:
        return None
    place = address(f"{HOME}/petaan/lupakan", tahap.query)
    rows = [
        html.Li(
            [
                html.Span(f"‘{title}’ dibaca sebagai {column}"),
                form(place, csrf, [hidden("judul", title), _forget(title)], class_name="lupakan"),
            ]
        )
        for title, column in judul.items()
    ]
    head = html.H2("Judul kolom yang diingat", className="kepala-sisi")
    return html.Div([head, html.Ul(rows, role="list", className="daftar-judul")], className="sisi-butir")


def _forget(title: str) -> html.Button:
    words: list[Child] = ["Lupakan", html.Span(f" judul {title}", className="hanya-dengar")]
    return html.Button(words, type="submit", className="tautan")


def _period_link(one: Pilihan, tahap: Tahap) -> html.A:
    here = (one.tahun, one.tw) == (tahap.tahun, tahap.tw)
    words: list[Child] = [fmt.period(one.tahun, one.tw), html.Span("dapat dikirim") if one.terbuka else None]
    current = attrs(aria_current="page" if here else None)
    return html.A(words, href=address(HOME, {"tahun": one.tahun, "tw": one.tw}), **current)
