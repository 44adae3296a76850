"""What a check has found: by level, then by rule and column, each finding with its place, its value and how to mend."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dash import html
from dash.development.base_component import Component

from pages.parts import formats as fmt
from pages.parts.elements import MUTE, Child, svg
from pages.parts.forms import Textarea

SHOWN: Final = 200
LONGEST_VALUE: Final = 80
OPEN_AT_ONCE: Final = 5
"""Findings of one group that stand open; the others are behind one word."""
GALAT, KONFIRMASI, INFO = "Galat", "Konfirmasi", "Info"
LEVELS: Final = {
    GALAT: "harus diperbaiki",
    KONFIRMASI: "perlu alasan; boleh dikirim",
    INFO: "tidak perlu tindakan",
}
TITLES: Final = {
    "akan_dikosongkan": "Angka yang tersimpan akan dikosongkan",
    "angka_ragu": "Angka dapat dibaca dua cara",
    "baris_jumlah": "Baris jumlah tidak dibaca",
    "baris_kurang": "Baris yang diharapkan tidak ada",
    "baris_pendek": "Baris berakhir lebih awal",
    "baris_tersembunyi": "Baris tersembunyi ikut dibaca",
    "belum_diisi": "Belum diisi",
    "belum_lengkap": "Laporan belum lengkap",
    "isian_kosong": "Templat masih kosong",
    "berkas_kosong": "Berkas kosong",
    "bukan_angka": "Bukan angka yang dapat dibaca",
    "bukan_teks": "Isi berkas bukan teks CSV",
    "capaian_rendah_tanpa_kendala": "Capaian rendah tanpa kendala",
    "capaian_sangat_tinggi": "Capaian sangat tinggi",
    "dibulatkan": "Rupiah dibulatkan",
    "duplikat": "Baris ganda",
    "fisik_di_luar_batas": "Fisik di luar 0–100",
    "fisik_turun": "Fisik kumulatif turun",
    "isi_bukan_teks": "Isi tidak cocok dengan nama berkas",
    "isi_bukan_xlsx": "Isi tidak cocok dengan nama berkas",
    "isi_ods": "Berkas ODS, bukan XLSX",
    "isi_xls": "Berkas Excel lama (.xls)",
    "jenis_baris": "Jenis baris keliru",
    "jenis_ditolak": "Jenis berkas tidak diterima",
    "jenis_lain": "Tampak seperti berkas lain",
    "judul_berulang": "Judul berulang tidak dibaca",
    "judul_ganda": "Judul kolom ganda",
    "judul_tidak_ditemukan": "Judul kolom tidak ditemukan",
    "kode_angka": "Kode tersimpan sebagai angka",
    "kode_kosong": "Kode kosong",
    "kode_tanggal": "Kode dibaca Excel sebagai tanggal",
    "kolom_diabaikan": "Kolom tidak dipakai",
    "kolom_kurang": "Kolom yang diperlukan tidak ada",
    "kumulatif_turun": "Realisasi kumulatif turun",
    "kutip_salah": "Tanda kutip keliru",
    "kutip_tidak_tutup": "Tanda kutip tidak ditutup",
    "lebar_baris": "Jumlah sel tidak sama dengan judul",
    "lembar_kosong": "Tidak ada lembar yang terlihat",
    "lembar_lain": "Lembar lain tidak dibaca",
    "makro": "Berkas memuat makro",
    "laporan_nihil": "Seluruh laporan dinyatakan nihil",
    "nihil_keuangan": "Nihil tidak berlaku untuk uang",
    "nihil_tanpa_keterangan": "Nihil tanpa keterangan",
    "opd_lain": "Baris milik OPD lain",
    "pencilan": "Jauh dari angka sebelumnya",
    "persen_di_atas_100": "Persen di atas 100",
    "predikat_tidak_dikenal": "Predikat tidak dikenal",
    "realisasi_di_atas_pagu": "Realisasi lebih besar dari pagu",
    "realisasi_minus": "Realisasi kurang dari nol",
    "rencana_belum_ada": "Rencana OPD belum ada",
    "rumus_galat": "Rumus Excel salah",
    "salah_kolom": "Isian di kolom yang salah",
    "semua_nihil": "Semua indikator nihil",
    "sel_gabungan": "Ada sel gabungan",
    "sel_terkunci": "Sel terkunci berubah",
    "sel_terlalu_panjang": "Isian terlalu panjang",
    "selisih_fisik_keuangan": "Fisik dan keuangan jauh berbeda",
    "tanpa_baris": "Tidak ada baris data",
    "tanpa_tanda": "Tanda templat tidak ada",
    "templat_opd_lain": "Templat milik OPD lain",
    "templat_tahun_lain": "Templat tahun lain",
    "templat_tw_lain": "Templat triwulan lain",
    "terlalu_banyak_baris": "Terlalu banyak baris",
    "terlalu_banyak_kolom": "Terlalu banyak kolom",
    "terlalu_berat": "Berkas terlalu berat",
    "terlalu_besar": "Berkas terlalu besar",
    "uang_terlalu_besar": "Rupiah terlalu besar",
    "versi_templat": "Versi templat sudah lama",
    "xlsx_rusak": "Berkas XLSX tidak dapat dibuka",
    "xlsx_sandi": "Berkas diberi sandi",
    "xlsx_terlalu_besar": "Berkas XLSX terlalu besar saat dibuka",
}


@dataclass(frozen=True)
class Hal:
    """One finding. ``huruf``: the column as a spreadsheet names it, '' when the whole row or file is meant."""

    tingkat: str
    aturan: str
    pesan: str
    perbaikan: str
    baris: int | None
    huruf: str
    nama_kolom: str
    nilai: str


@dataclass(frozen=True)
class Golongan:
    """All findings of one level, rule and column. ``nama`` is what its reason is kept under."""

    tingkat: str
    judul: str
    nama_kolom: str
    huruf: str
    hal: tuple[Hal, ...]

    @property
    def nama(self) -> str:
        return f"{self.judul} (kolom {self.nama_kolom})" if self.nama_kolom else self.judul


def rule_title(aturan: str) -> str:
    """What a rule is called; one without a name of its own says it in its own word."""
    return TITLES.get(aturan) or aturan.replace("_", " ").capitalize()


def grouped(hal: Sequence[Hal], tingkat: str) -> list[Golongan]:
    """The findings of one level by rule and column, in the order they were met, the largest group first."""
    found: dict[tuple[str, str], list[Hal]] = {}
    for one in hal:
        if one.tingkat == tingkat:
            found.setdefault((one.aturan, one.nama_kolom), []).append(one)
    groups = [
        Golongan(tingkat, rule_title(rule), column, inside[0].huruf, tuple(inside))
        for (rule, column), inside in found.items()
    ]
    return sorted(groups, key=lambda group: -len(group.hal))


def level_section(
    tingkat: str, hal: Sequence[Hal], reasons: dict[str, str] | None = None, shown: int = SHOWN
) -> html.Section | None:
    """Everything of one level; with ``reasons`` (by group name) each group asks for its own. None when there is
    nothing."""
    groups = grouped(hal, tingkat)
    if not groups:
        return None
    count = sum(len(group.hal) for group in groups)
    head = html.Div(
        [level_icon(tingkat), html.H2(f"{fmt.whole(count)} {tingkat.lower()}"), html.Span(LEVELS[tingkat])],
        className="tingkat-kepala",
    )
    body: list[Child] = []
    left = shown
    for at, group in enumerate(groups):
        body.append(_group(group, max(left, 0), at, reasons))
        left -= len(group.hal)
    more = html.P(f"Ditampilkan {fmt.whole(shown)} yang pertama; semuanya ada di daftar CSV.", className="sumber")
    return html.Section([head, *body, more if count > shown else None], className="tingkat", id=tingkat.lower())


def _group(group: Golongan, room: int, at: int, reasons: dict[str, str] | None) -> html.Div:
    rows = len({one.baris for one in group.hal if one.baris is not None})
    where = [f"{fmt.whole(rows)} baris" if rows else "", _column(group)]
    items = _same(group) or [_finding(one, group) for one in group.hal[:room]]
    first, rest = items[:OPEN_AT_ONCE], items[OPEN_AT_ONCE:]
    inside: list[Child] = [
        html.Div([html.H3(group.judul), html.Span(" · ".join(filter(None, where)))], className="golongan-kepala"),
        html.Ul(first, role="list", className="daftar-hal"),
        _folded(rest) if rest else None,
        _reason(group, at, reasons.get(group.nama, "")) if reasons is not None else None,
    ]
    return html.Div(inside, className="golongan")


def _same(group: Golongan) -> list[html.Li]:
    """Findings that all say the same of cells without a value: said once, with all their rows."""
    said = {(one.pesan, one.perbaikan, one.nilai) for one in group.hal}
    rows = [one.baris for one in group.hal if one.baris is not None]
    if len(rows) < 2 or len(rows) < len(group.hal) or len(said) > 1 or group.hal[0].nilai:
        return []
    one = group.hal[0]
    words: list[Child] = [html.Strong(f"Baris {', '.join(map(str, rows))}: "), one.pesan]
    return [html.Li([html.P(words), html.P(one.perbaikan, className="perbaikan")])]


def _column(group: Golongan) -> str:
    return f"kolom {group.huruf} {group.nama_kolom}".replace("  ", " ") if group.nama_kolom else ""


def _folded(rest: list[html.Li]) -> html.Details:
    word = html.Summary(f"{fmt.whole(len(rest))} lainnya")
    return html.Details([word, html.Ul(rest, role="list", className="daftar-hal")], className="lihat")


def _finding(one: Hal, group: Golongan) -> html.Li:
    place = _place(one)
    words: list[Child] = []
    if place:
        words += [html.Strong(place), f" ({one.nama_kolom}): " if one.huruf else ": "]
    if one.nilai:
        words += [html.Span(f"‘{_short(one.nilai)}’", className="nilai"), " "]
    return html.Li(
        [html.P([*words, one.pesan]), html.P(one.perbaikan, className="perbaikan") if one.perbaikan else None]
    )


def _place(one: Hal) -> str:
    parts = [f"Baris {one.baris}" if one.baris is not None else "", f"kolom {one.huruf}" if one.huruf else ""]
    text = ", ".join(filter(None, parts))
    return text[:1].upper() + text[1:]


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST_VALUE else f"{flat[: LONGEST_VALUE - 1]}…"


def _reason(group: Golongan, at: int, text: str) -> html.Div:
    name = f"alasan-{at}"
    label = html.Label(["Alasan", html.Span(f" untuk {group.nama}", className="hanya-dengar")], htmlFor=name)
    box = Textarea(text, id=name, name=name, rows="2", maxLength="1000")
    return html.Div([label, html.Div(box, className="kotak")], className="isian alasan")


def level_icon(tingkat: str) -> Component:
    """Circle with a cross, triangle with a stroke, circle with an i: always beside the word."""
    shapes = {
        GALAT: [svg.Circle(cx="9", cy="9", r="9"), svg.Path(d="M6 6l6 6M12 6l-6 6", className="garis")],
        KONFIRMASI: [svg.Path(d="M9 1.5L17.2 16.5H.8z", className="luar"), svg.Path(d="M9 7v4.6M9 13.4v1.2")],
        INFO: [svg.Circle(cx="9", cy="9", r="8", className="luar"), svg.Path(d="M9 8v5M9 4.8v1.4")],
    }
    drawn: Component = svg.Svg(
        shapes[tingkat], width="18", height="18", viewBox="0 0 18 18", className=f"tanda-{tingkat.lower()}", **MUTE
    )
    return drawn


def counts_sentence(galat: int, konfirmasi: int) -> str:
    """What the check says about a file, as one sentence."""
    if galat:
        tail = f", {fmt.whole(konfirmasi)} perlu alasan" if konfirmasi else ""
        return f"Berkas belum bisa dikirim: {fmt.whole(galat)} hal harus diperbaiki{tail}."
    if konfirmasi:
        return f"Berkas dapat dikirim setelah {fmt.whole(konfirmasi)} hal diberi alasan."
    return "Berkas siap dikirim."
