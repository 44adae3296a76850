"""The page /arahan/<nomor>: one instruction with its history, the figure it is about, and what can be done now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from dash import html

from data.words import KeadaanArahan, Status
from pages.parts import formats as fmt
from pages.parts.account import folded
from pages.parts.elements import Child
from pages.parts.forms import error_line, form, hidden, long_text, submit
from pages.parts.icons import status_word
from pages.parts.instruction import LONGEST_ANSWER, PATH, Arahan, Langkah, carried_words, facts_line, history, quoted
from pages.parts.instruction_list import NEWS
from pages.parts.messages import notice

BACK: Final = "Semua arahan"


@dataclass(frozen=True)
class Kedudukan:
    """How the place stood s.d. one triwulan."""

    tahun: int
    tw: int
    capaian: Decimal | None
    status: Status


@dataclass(frozen=True)
class Boleh:
    """What whoever looks may do with it, whatever its state."""

    jawab: bool = False
    putus: bool = False
    tarik: bool = False


@dataclass(frozen=True)
class Lembar:
    """The page. ``dahulu``, ``kini``: the figure when it was given and now (None: not known); ``langkah_ke``: the last
    step that is shown; ``angka_href``: where the figure itself is; ``isian``: what was typed, by field, when it could
    not be taken."""

    arahan: Arahan
    langkah: Sequence[Langkah]
    langkah_ke: int
    dahulu: Kedudukan | None
    kini: Kedudukan | None
    angka_href: str
    boleh: Boleh
    sekarang: tuple[int, int] | None = None
    bagikan: Child = None
    isian: Mapping[str, str] = field(default_factory=dict)


def one_page(lembar: Lembar, csrf: str, kabar: str = "", galat: str | None = None) -> html.Div:
    """The whole page."""
    one = lembar.arahan
    given = quoted(one.isi, one.pemberi, one.pada, f"Arahan {fmt.whole(one.nomor)}")
    main = [given, history(lembar.langkah) if lembar.langkah else None, _now(lembar, csrf, galat)]
    side = html.Section([html.H2("Angkanya"), _about(lembar)])
    parts = [
        html.P(html.A(BACK, href=PATH), className="kembali"),
        html.H1(one.tentang or one.opd_nama),
        html.P(_lead(lembar), className="pengantar arahan-fakta"),
        notice(NEWS[kabar]) if kabar in NEWS else None,
        html.Div([html.Div(main, className="utama"), html.Div(side, className="samping")], className="dua-lajur"),
    ]
    return html.Div(parts, className="kelola arahan")


def _lead(lembar: Lembar) -> list[Child]:
    one = lembar.arahan
    where = f"{one.jenis}, {one.opd_nama}" if one.tentang else one.jenis
    if carried_words(one, lembar.sekarang):
        return [*facts_line(one, lembar.sekarang), html.Span(where)]
    return [*facts_line(one, None), html.Span(f"{where}, {fmt.period(one.tahun, one.tw)}")]


def _about(lembar: Lembar) -> html.Div:
    one, then, now = lembar.arahan, lembar.dahulu, lembar.kini
    rows = [("OPD", one.opd_nama)]
    if one.tentang:
        rows.append((one.jenis, one.tentang))
    facts = [html.Div([html.Dt(name), html.Dd(value)]) for name, value in rows]
    if then is not None:
        facts.append(_figure("Saat arahan", then))
    if now is not None and (then is None or (now.tahun, now.tw) != (then.tahun, then.tw)):
        facts.append(_figure("Sekarang", now))
    note = None
    if then is None and now is None:
        note = html.P("Angkanya tidak ada dalam rencana yang tersimpan.", className="kecil")
    link = html.A("Buka angkanya", href=lembar.angka_href, className="tautan")
    share = html.Div(lembar.bagikan, className="bagikan") if lembar.bagikan is not None else None
    return html.Div([html.Dl(facts, className="fakta-lajur"), note, link, share])


def _figure(words: str, found: Kedudukan) -> html.Div:
    value: list[Child] = [fmt.percent(found.capaian), " ", status_word(found.status, size=12)]
    return html.Div([html.Dt(f"{words}, s.d. {fmt.period(found.tahun, found.tw)}"), html.Dd(value)])


def _now(lembar: Lembar, csrf: str, galat: str | None) -> html.Section | None:
    """What can be done now by whoever looks; or why nothing can, when they came to do something."""
    one, may = lembar.arahan, lembar.boleh
    deeds: list[Child] = []
    if may.jawab and one.keadaan in (KeadaanArahan.BARU, KeadaanArahan.DIKERJAKAN):
        deeds.append(_answer(lembar, csrf))
    if may.putus and one.keadaan == KeadaanArahan.SELESAI:
        deeds += [_accept(lembar, csrf), _send_back(lembar, csrf)]
    if may.tarik and one.keadaan == KeadaanArahan.BARU:
        deeds.append(_withdraw(lembar, csrf))
    if not deeds and galat is None:
        return None
    # What somebody wrote for a step that is gone must not be lost: it stays here to be copied.
    written = lembar.isian.get("kata", "")
    lost = quoted_lost(written) if written and not deeds else None
    return html.Section([error_line(galat), lost, *deeds], id="putusan", className="tindak")


def quoted_lost(text: str) -> html.Div:
    """Words that can no longer be sent, kept on the page."""
    return html.Div([html.P("Tulisan Anda yang belum terkirim:", className="kecil"), html.P(text, className="kutip")])


def _answer(lembar: Lembar, csrf: str) -> html.Form:
    fresh = lembar.arahan.keadaan == KeadaanArahan.BARU
    hint = "Apa yang sudah dan akan dikerjakan, dan kapan. Pemberi arahan membacanya di samping angkanya."
    box = long_text(
        "Jawaban OPD", "kata", lembar.isian.get("kata", ""), hint=hint, rows=4, maxLength=str(LONGEST_ANSWER)
    )
    send = submit("Mulai kerjakan" if fresh else "Kirim jawaban", name="menjadi", value="dikerjakan")
    done = submit("Nyatakan selesai", quiet=True, name="menjadi", value="selesai")
    return form(
        f"{lembar.arahan.href}/jawab", csrf, [_seen(lembar), box, html.Div([send, done], className="tombol-baris")]
    )


def _accept(lembar: Lembar, csrf: str) -> html.Form:
    return form(
        f"{lembar.arahan.href}/terima", csrf, [_seen(lembar), submit("Terima, arahan ditutup")], class_name="terima"
    )


def _send_back(lembar: Lembar, csrf: str) -> html.Details:
    typed = lembar.isian.get("kata", "")
    box = long_text("Alasan dikembalikan", "kata", typed, rows=3, maxLength=str(LONGEST_ANSWER))
    deed = form(f"{lembar.arahan.href}/kembalikan", csrf, [_seen(lembar), box, submit("Kembalikan ke OPD", quiet=True)])
    return folded("Belum selesai? Kembalikan", deed, "kata" in lembar.isian)


def _withdraw(lembar: Lembar, csrf: str) -> html.Details:
    words = html.P("OPD tidak perlu mengerjakannya lagi. Riwayatnya tetap tersimpan.", className="kecil")
    deed = form(f"{lembar.arahan.href}/tarik", csrf, [_seen(lembar), words, submit("Ya, tarik arahan", quiet=True)])
    return folded("Tarik arahan ini", deed)


def _seen(lembar: Lembar) -> Child:
    """Which step the person has read: a form of yesterday must not undo what happened since."""
    return hidden("terlihat", str(lembar.langkah_ke))
