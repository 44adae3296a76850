"""The pages under ``/kelola/rencana``: a file of a plan is chosen, looked at, and stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from dash import html

from pages.parts import formats as fmt
from pages.parts.elements import Child, Children, missing
from pages.parts.forms import Input, choice, error_line, form, hidden, long_text, submit
from pages.parts.forms import field as text_field
from pages.parts.listing import listing
from pages.parts.messages import notice
from pages.parts.section import section
from pages.parts.upload import LIMITS
from pages.parts.upload_clock import facts
from pages.parts.upload_findings import GALAT, INFO, KONFIRMASI, Hal, counts_sentence, level_section

PATH: Final = "/kelola/rencana"
KINDS: Final = {
    "renja": "Renja: program, kegiatan, indikator, target, pagu",
    "iku": "IKU: sasaran dan target lima tahun",
    "realisasi-tw": "Realisasi triwulan",
    "indikator": "Metadata indikator",
    "keuangan": "Keuangan: RAK dan realisasi per bulan",
}
NEWS: Final = {
    "simpan": "Berkas sudah disimpan, dan semua angka yang bergantung padanya sudah dihitung ulang.",
    "sudah": "Berkas yang sama sudah tersimpan sebelumnya; tidak ada yang berubah.",
}
MONEY: Final = (("", "Sesuai berkas"), ("ya", "Kumulatif sejak Januari"), ("tidak", "Per bulan"))
STYLES: Final = (("", "Sesuai berkas"), ("indonesia", "1.234,5 (Indonesia)"), ("inggris", "1,234.5 (Inggris)"))


@dataclass(frozen=True)
class Diperiksa:
    """A checked file. ``perubahan``: rows storing would add, change, leave; None while something must be mended.
    ``diminta``: what was said about it, by the names of the form."""

    sha: str
    nama: str
    jenis: str
    baris: int
    keterangan: str
    hal: Sequence[Hal]
    ringkasan: Mapping[str, str] = field(default_factory=dict)
    perubahan: tuple[int, int, int] | None = None
    bertanya: bool = False
    perlu_alasan: bool = False
    diminta: Mapping[str, str] = field(default_factory=dict)


def home_page(
    kinds: Sequence[str],
    opd: Mapping[str, str],
    rows: Sequence[Mapping[str, Any]],
    csrf: str,
    kabar: str = "",
    galat: str | None = None,
) -> html.Div:
    """The form for a file, and what was stored before. ``rows``: columns of ``recent_plans``."""
    inside: list[Child] = [
        choice("Jenis berkas", "jenis", [(kind, KINDS.get(kind, kind)) for kind in kinds], kinds[0]),
        choice(
            "Perangkat daerah", "opd", [("", "Tertulis di berkas"), *opd.items()], hint="Bila berkas tidak menyebutnya."
        ),
        text_field("Tahun", "tahun", inputmode="numeric", maxLength="4", hint="Kosongkan bila tertulis di berkas."),
        choice("Rupiah dibaca", "kumulatif", MONEY, hint="Hanya untuk berkas keuangan."),
        html.Div(
            [
                html.Label("Berkas", htmlFor="berkas"),
                html.P(LIMITS, className="petunjuk"),
                html.Div(
                    Input(type="file", id="berkas", name="berkas", accept=".xlsx,.csv", required=True),
                    className="kotak",
                ),
            ],
            className="isian",
        ),
        submit("Periksa berkas"),
    ]
    parts = [
        html.H1("Muat rencana dan angka"),
        html.P(
            "Berkas hanya diperiksa dahulu. Sesudah melihat perubahannya, Anda menyimpannya.", className="pengantar"
        ),
        notice(NEWS[kabar]) if kabar in NEWS else None,
        error_line(galat),
        form(f"{PATH}/berkas", csrf, inside, class_name="lajur", file=True),
        _stored(rows, opd),
    ]
    return html.Div(parts, className="kelola")


def _stored(rows: Sequence[Mapping[str, Any]], opd: Mapping[str, str]) -> html.Section:
    if not rows:
        return section("Terakhir dimuat", "Belum ada berkas yang dimuat.", None, "terakhir")
    heads = ("Berkas", "Jenis", "Perangkat daerah", "Tahun", "Baris", "Dimuat", "Oleh")
    lines = [_line(row, opd) for row in rows]
    return section("Terakhir dimuat", None, listing("Berkas yang terakhir dimuat", heads, lines), "terakhir")


def _line(row: Mapping[str, Any], opd: Mapping[str, str]) -> list[Children]:
    tahun = fmt.NONE if missing(row["tahun"]) else str(int(row["tahun"]))
    office = fmt.NONE if missing(row["opd"]) else opd.get(row["opd"], row["opd"])
    kind = KINDS.get(row["jenis"], str(row["jenis"])).partition(":")[0]
    return [
        row["nama_berkas"],
        kind,
        office,
        tahun,
        fmt.whole(row["jumlah_baris"]),
        fmt.wib(row["dimuat_pada"]),
        row["oleh"],
    ]


def checked_page(found: Diperiksa, csrf: str, galat: str | None = None) -> html.Div:
    """What the check has found, what storing would change, and the one button that stores."""
    rows = [
        ("Jenis", KINDS.get(found.jenis, found.jenis).partition(":")[0]),
        ("Dibaca sebagai", found.keterangan or fmt.NONE),
        ("Baris", fmt.whole(found.baris)),
        ("SHA-256", fmt.hash_short(found.sha)),
        *((name.replace("_", " ").capitalize(), value) for name, value in found.ringkasan.items()),
    ]
    parts = [
        html.P(html.A("Muat rencana", href=PATH), className="kembali"),
        html.H1(_title(found)),
        html.P(f"Berkas {found.nama}. Belum ada yang disimpan.", className="pengantar"),
        error_line(galat),
        facts(rows),
        _again(found, csrf) if found.bertanya else None,
        *(level_section(level, found.hal) for level in (GALAT, KONFIRMASI, INFO)),
        _keep(found, csrf),
    ]
    return html.Div(parts, className="kelola unggah")


def _title(found: Diperiksa) -> str:
    levels = [one.tingkat for one in found.hal]
    if found.perubahan is None:
        return counts_sentence(levels.count(GALAT), levels.count(KONFIRMASI)).replace("dikirim", "disimpan")
    added, changed, _ = found.perubahan
    if not added and not changed:
        return "Berkas ini tidak mengubah apa pun."
    return f"{fmt.whole(added)} baris baru dan {fmt.whole(changed)} baris berubah bila disimpan."


def _again(found: Diperiksa, csrf: str) -> html.Section:
    """Numbers that can be read two ways: the same file is looked at once more with the answer."""
    said = {name: value for name, value in found.diminta.items() if name != "angka" and value}
    fields = [hidden(name, value) for name, value in said.items()]
    inside: list[Child] = [
        *fields,
        choice("Angka di berkas ini ditulis", "angka", STYLES),
        submit("Periksa lagi", quiet=True),
    ]
    body = html.Form(inside, method="get", action=f"{PATH}/{found.sha}", className="lajur")
    return section("Perlu jawaban Anda", "Ada angka yang dapat dibaca dua cara, misalnya 1.234.", body, "jawab")


def _keep(found: Diperiksa, csrf: str) -> html.Section | None:
    if found.perubahan is None:
        words = "Perbaiki berkasnya, lalu muat lagi."
        return section("Belum dapat disimpan", words, html.P(html.A("Pilih berkas lain", href=PATH)), "simpan")
    fields = [hidden(name, value) for name, value in found.diminta.items()]
    reason = long_text("Alasan", "alasan", required=True, maxLength="2000") if found.perlu_alasan else None
    body = form(f"{PATH}/{found.sha}/simpan", csrf, [*fields, reason, submit("Simpan")], class_name="lajur")
    words = f"{fmt.whole(found.perubahan[2])} baris lain tetap. Penyimpanan dicatat di jejak audit atas nama akun Anda."
    return section("Simpan", words, body, "simpan")
