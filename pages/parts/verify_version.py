"""The page /verifikasi/<nomor>: one version of a report beside the one before it, and the decision on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Final

from dash import html

from data.words import VERSION_NAMES, Kirim
from pages.parts import formats as fmt
from pages.parts.difference import Beda, difference_section
from pages.parts.elements import Child, Children, address, attrs
from pages.parts.forms import error_line, form, long_text, submit
from pages.parts.messages import notice
from pages.parts.section import section
from pages.parts.verify import PATH, Posisi, lateness_word, position_word
from pages.parts.verify_changes import Banding, changes, figures

TEXTS: Final = (
    ("faktor_pendorong", "Faktor pendorong"),
    ("faktor_penghambat", "Faktor penghambat"),
    ("tindak_lanjut", "Tindak lanjut"),
    ("tanggapan", "Tanggapan untuk publik"),
)
MOST_PLACES: Final = 4
OWN: Final = "Laporan sendiri tidak dapat diverifikasi sendiri. Minta rekan lain memeriksanya."
NOTES_HINT: Final = "Satu catatan satu baris: nomor baris berkas, titik dua, catatannya. Contoh: 17: Periksa angka nol."
_POSITIONS: Final = {
    Kirim.TERKIRIM: Posisi.MENUNGGU,
    Kirim.DIKEMBALIKAN: Posisi.DIKEMBALIKAN,
    Kirim.DITERIMA: Posisi.DITERIMA,
}


@dataclass(frozen=True)
class Isian:
    """What was written into the form that returns a report."""

    alasan: str = ""
    catatan: str = ""


@dataclass(frozen=True)
class Temuan:
    """One thing the check asked to be confirmed: where, the value, what about it, how it could be mended."""

    tempat: str
    nilai: str
    pesan: str
    perbaikan: str = ""


@dataclass(frozen=True)
class Terbitan:
    """What was published of this OPD, and when; ``kapan`` None when that was not written down."""

    capaian: Decimal | None
    kapan: datetime | None


@dataclass(frozen=True)
class Putusan:
    """What was decided: when, the reason, the notes by row of the file."""

    kapan: datetime
    oleh: str
    alasan: str = ""
    catatan: Sequence[tuple[int, str]] = ()


@dataclass(frozen=True)
class Versi:
    """One version as the page shows it. ``ke``: which version of its report; ``banding`` only while it waits;
    ``gagal`` says why there is none; ``semua``: all changes are shown; ``diminta``: what was asked for when the version
    before (its number) came back."""

    nomor: int
    opd: str
    tahun: int
    tw: int
    ke: int
    keadaan: Kirim
    tanda: str
    pada: datetime
    oleh: str
    terlambat: int
    berkas: str
    sha256: str
    baris: int
    nihil: bool
    alasan: str
    temuan: Sequence[Temuan] = ()
    teks: Mapping[str, str] = field(default_factory=dict)
    banding: Banding | None = None
    beda: Beda | None = None
    """Once decided: what it says otherwise than its predecessor."""
    gagal: str = ""
    terbit: Terbitan | None = None
    putusan: Putusan | None = None
    sebelumnya: tuple[int, str] | None = None
    diminta: tuple[int, Putusan] | None = None
    golongan: Sequence[tuple[str, str]] = ()
    """The reasons the OPD gave, by group of findings."""
    sendiri: bool = False
    semua: bool = False

    @property
    def periode(self) -> str:
        return fmt.period(self.tahun, self.tw)

    @property
    def href(self) -> str:
        return f"{PATH}/{self.nomor}"


def version_page(versi: Versi, isian: Isian, csrf: str, galat: str | None = None) -> html.Div:
    """The whole page."""
    back = address(PATH, {"tahun": versi.tahun, "tw": versi.tw})
    main = [_asked(versi), _compared(versi), _findings(versi), _texts(versi), _decision(versi, isian, csrf, galat)]
    side = [_receipt(versi), _side("Lama → baru", figures(versi.banding)) if versi.banding else None]
    parts = [
        html.P(html.A(f"Antrean {versi.periode}", href=back), className="kembali"),
        html.H1(f"{versi.opd}, {versi.periode}"),
        html.P(_lead(versi), className="pengantar"),
        _correction(versi),
        html.Div([html.Div(main, className="utama"), html.Div(side, className="samping")], className="dua-lajur"),
    ]
    return html.Div(parts, className="kelola verifikasi")


def _lead(versi: Versi) -> list[Child]:
    late = lateness_word(versi.terlambat).lower()
    word = position_word(_POSITIONS.get(versi.keadaan, Posisi.BELUM), VERSION_NAMES[versi.keadaan])
    nihil = " Dinyatakan nihil." if versi.nihil else ""
    link: Child = None
    if versi.keadaan == Kirim.TERKIRIM and not versi.sendiri:
        link = html.A("Ke putusan", href="#putusan", className="ke-putusan")
    return [word, f" · versi ke-{versi.ke}, dikirim {fmt.wib(versi.pada)}, {late}.{nihil} ", link]


def _correction(versi: Versi) -> html.Div | None:
    if versi.terbit is None:
        return None
    when = f" {fmt.wib(versi.terbit.kapan)}" if versi.terbit.kapan else ""
    said = f"{versi.periode} sudah terbit{when} dengan capaian {fmt.percent(versi.terbit.capaian)}."
    if versi.banding is None:
        return notice(said, "waspada") if versi.keadaan == Kirim.DITERIMA and versi.ke > 1 else None
    return notice(f"{said} {_ahead(versi.terbit.capaian, versi.banding.sesudah.capaian)}", "waspada")


def _ahead(old: Decimal | None, new: Decimal | None) -> str:
    """What accepting would do to the published figure; a change that rounding hides is said with its places."""
    if old == new:
        return "Bila diterima, capaian yang terbit tidak berubah."
    places = next((n for n in range(1, MOST_PLACES) if fmt.percent(old, n) != fmt.percent(new, n)), MOST_PLACES)
    return f"Bila diterima, angka publik ditandai dikoreksi: {fmt.percent(old, places)} → {fmt.percent(new, places)}."


def _receipt(versi: Versi) -> html.Section:
    name = html.A(versi.berkas, href=f"{versi.href}/berkas")
    facts: list[tuple[str, Children]] = [
        ("Tanda terima", versi.tanda),
        ("Dikirim", fmt.wib(versi.pada)),
        ("Oleh akun", versi.oleh),
        ("Ketepatan", lateness_word(versi.terlambat)),
        ("Berkas", name),
        ("Baris", fmt.whole(versi.baris)),
        ("SHA-256", html.Code(fmt.hash_short(versi.sha256), title=versi.sha256)),
    ]
    if versi.sebelumnya is not None:
        nomor, words = versi.sebelumnya
        facts.append(("Sebelumnya", html.A(words, href=f"{PATH}/{nomor}")))
    return _side("Berkas ini", _facts(facts))


def _facts(facts: Sequence[tuple[str, Children]]) -> html.Dl:
    return html.Dl([html.Div([html.Dt(word), html.Dd(said)]) for word, said in facts], className="fakta-lajur")


def _side(title: str, body: Child) -> html.Section:
    return html.Section([html.H3(title), body])


def _compared(versi: Versi) -> html.Section | None:
    if versi.banding is not None:
        return changes(versi.banding, versi.href, versi.semua)
    if versi.beda is not None:
        return difference_section(versi.beda)
    return section("Perubahan", versi.gagal, None, "perubahan") if versi.gagal else None


def _findings(versi: Versi) -> html.Section:
    if not versi.temuan:
        return section("Tidak ada yang perlu dikonfirmasi", None, None, "konfirmasi")
    said: list[Child] = [html.P([html.Strong(f"{group}: ") if group else None, text]) for group, text in versi.golongan]
    reason = html.Blockquote([*(said or [html.P(fmt.NONE)]), html.Footer(f"Alasan {versi.opd}")], className="kutip")
    rows = html.Ul([html.Li(_finding(one)) for one in versi.temuan], role="list", className="daftar-temuan")
    title = f"{fmt.whole(len(versi.temuan))} konfirmasi"
    return section(title, "Hal yang diberi alasan oleh OPD, bukan diperbaiki.", [rows, reason], "konfirmasi")


def _finding(one: Temuan) -> list[Child]:
    where = html.Strong(f"{one.tempat}: ") if one.tempat else None
    value = html.Span(f"‘{one.nilai}’", className="nilai") if one.nilai else None
    mend = html.P(one.perbaikan, className="kecil") if one.perbaikan else None
    return [html.P([where, value, " " if value else None, one.pesan]), mend]


def _texts(versi: Versi) -> html.Section | None:
    facts = [(words, versi.teks[name]) for name, words in TEXTS if versi.teks.get(name)]
    if versi.nihil and versi.golongan:
        facts.insert(0, ("Alasan nihil", "; ".join(text for _, text in versi.golongan)))
    if not facts:
        return None
    rows = [html.Div([html.Dt(word), html.Dd(said)]) for word, said in facts]
    return section("Keterangan OPD", None, html.Dl(rows, className="arti"), "keterangan")


def _decision(versi: Versi, isian: Isian, csrf: str, galat: str | None) -> html.Section | None:
    if versi.putusan is not None:
        return _decided(versi, versi.putusan, galat)
    if versi.keadaan != Kirim.TERKIRIM:
        words = f"Versi ini {VERSION_NAMES[versi.keadaan].lower()} dan tidak menunggu putusan."
        return section("Putusan", words, error_line(galat), "putusan")
    if versi.sendiri:
        return section("Putusan", None, [error_line(galat), html.P(OWN)], "putusan")
    take = form(f"{versi.href}/terima", csrf, [submit("Terima laporan")], class_name="terima")
    fields = [
        long_text("Alasan pengembalian", "alasan", isian.alasan, required=True, maxLength="2000"),
        long_text(
            "Catatan per baris (boleh kosong)", "catatan", isian.catatan, hint=NOTES_HINT, rows=4, spellcheck="true"
        ),
        submit("Kembalikan ke OPD", quiet=True),
    ]
    opened = galat is not None or bool(isian.alasan or isian.catatan)
    back = html.Details(
        [html.Summary("Kembalikan untuk diperbaiki"), form(f"{versi.href}/kembalikan#putusan", csrf, fields)],
        className="lihat lipat",
        open=opened,
    )
    words = "Diterima: angkanya langsung dihitung. Dikembalikan: OPD memperbaiki dan mengirim lagi."
    return section("Putusan", words, [error_line(galat), take, back], "putusan")


def _decided(versi: Versi, found: Putusan, galat: str | None) -> html.Section:
    words = f"{VERSION_NAMES[versi.keadaan]} {fmt.wib(found.kapan)} oleh akun {found.oleh}."
    return section("Putusan", words, [error_line(galat), *_reasons(found)], "putusan")


def _asked(versi: Versi) -> html.Section | None:
    """What this version should have mended, so that the eye can go there first."""
    if versi.diminta is None:
        return None
    nomor, found = versi.diminta
    words = ["Versi sebelumnya dikembalikan ", fmt.wib(found.kapan), ". "]
    link = html.A("Buka versi itu", href=f"{PATH}/{nomor}", className="ke-putusan")
    return section("Yang diminta diperbaiki", [*words, link], _reasons(found), "diminta")


def _reasons(found: Putusan) -> list[Child]:
    reason = html.Blockquote(html.P(found.alasan), className="kutip") if found.alasan else None
    if not found.catatan:
        return [reason]
    rows = [html.Li([html.Strong(f"Baris {row}: "), text]) for row, text in found.catatan]
    return [reason, html.Ul(rows, role="list", className="daftar-temuan", **attrs(aria_label="Catatan pengembalian"))]
