"""The page /kelola/kalender: the clocks of each triwulan beside what the rule gives, days off, extensions, who must
report."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from dash import html

from data.words import TW_NAMES
from pages.parts import formats as fmt
from pages.parts.account import folded
from pages.parts.calendar_kinds import Jam, Kalender, Libur, Pengecualian, Perpanjangan, Salah, Triwulan
from pages.parts.elements import Child, Children, classes
from pages.parts.forms import Input, error_line, form, hidden, submit
from pages.parts.listing import listing
from pages.parts.messages import notice
from pages.parts.section import section
from pages.parts.trail import pick
from pages.parts.verify import period_tabs

PATH: Final = "/kelola/kalender"
ALL_OPD: Final = "semua"
NEWS: Final = {
    "jam": "Jadwal disimpan.",
    "tahun": "Kalender tahun ini dibuka menurut aturan. Periksa tanggalnya.",
    "libur": "Daftar libur disimpan. Jadwal yang sudah ada tidak berubah sendiri.",
    "perpanjangan": "Perpanjangan disimpan.",
    "dicabut": "Perpanjangan dicabut.",
    "wajib": "Daftar wajib lapor disimpan.",
}
"""What an address may say went well; anything else says nothing."""
RULE: Final = (
    "Semua jam WIB. Menurut aturan: dibuka sehari sesudah triwulan, tepat waktu sampai hari kerja kesepuluh, dikunci "
    "tujuh hari kemudian."
)
CLOCKS: Final = (("dibuka", "Dibuka"), ("tepat", "Tepat waktu sampai"), ("kunci", "Dikunci"))
# Browsers draw their own clock in the language of the browser, "11:59 PM" for some: here everybody reads 23.59.
_CLOCK_BOX: Final[dict[str, Any]] = {"type": "text", "required": True, "inputmode": "decimal", "maxLength": "5"}
_TW: Final = [("", "Pilih triwulan")] + [(str(number), words) for number, words in TW_NAMES.items()]


def calendar_page(kalender: Kalender, csrf: str, kabar: str = "", salah: Salah | None = None) -> html.Div:
    """The whole page."""
    years = [(year, 1) for year in kalender.semua_tahun]
    contacts = html.P(html.A("Kontak pengingat", href="/kelola/kontak"), className="kembali-maju")
    parts = [
        period_tabs(PATH, kalender.tahun, None, years),
        html.H1(f"Kalender pelaporan {kalender.tahun}"),
        html.P(RULE, className="pengantar"),
        contacts,
        notice(NEWS[kabar]) if kabar in NEWS else None,
        _clocks(kalender, csrf, salah),
        _days(kalender, csrf, salah),
        _extensions(kalender, csrf, salah),
        _duties(kalender, csrf, salah),
        _next_year(kalender, csrf, salah),
    ]
    return html.Div(parts, className="kelola verifikasi kalender")


def _wrong(part: str, salah: Salah | None) -> tuple[Child, Mapping[str, str]]:
    """The error line of this form and what was typed into it, if it is the one that was wrong."""
    if salah is None or salah.bagian != part:
        return None, {}
    return error_line(salah.kalimat), salah.isian


def _clocks(kalender: Kalender, csrf: str, salah: Salah | None) -> html.Section:
    if not kalender.triwulan:
        words = f"Tahun {kalender.tahun} belum mempunyai kalender."
        return section("Jadwal triwulan", words, None, "jadwal")
    rows = [_quarter(kalender.tahun, one, csrf, salah) for one in kalender.triwulan]
    return section("Jadwal triwulan", "Tiap perubahan tercatat dalam jejak audit.", rows, "jadwal")


def _quarter(tahun: int, one: Triwulan, csrf: str, salah: Salah | None) -> html.Div:
    wrong, typed = _wrong(f"tw-{one.tw}", salah)
    fields = [_clock(one.tw, key, words, jam, typed) for (key, words), jam in zip(CLOCKS, one.jam, strict=True)]
    save = submit(f"Simpan {fmt.tw(one.tw)}", quiet=True)
    inside = html.Div([*fields, save], className="tiga")
    title = html.H3([fmt.period(tahun, one.tw), html.Small(f"{fmt.opd(one.wajib)} wajib lapor")], id=f"tw-{one.tw}")
    return html.Div([title, wrong, form(f"{PATH}/{tahun}/{one.tw}#tw-{one.tw}", csrf, [inside])], className="jam")


def _clock(tw: int, key: str, words: str, jam: Jam, typed: Mapping[str, str]) -> html.Fieldset:
    local = fmt.in_wib(jam.kini)
    day = typed.get(f"{key}_tanggal", f"{local:%Y-%m-%d}")
    clock = typed.get(f"{key}_jam", f"{local:%H.%M}")
    said = {"aria-label": f"{words}, tanggal"}, {"aria-label": f"{words}, jam WIB"}
    boxes = [
        Input(type="date", id=f"{key}-{tw}", name=f"{key}_tanggal", value=day, required=True, **said[0]),
        Input(id=f"{key}-jam-{tw}", name=f"{key}_jam", value=clock, **_CLOCK_BOX, **said[1]),
    ]
    rule = "sesuai aturan" if jam.kini == jam.aturan else f"menurut aturan: {fmt.wib(jam.aturan)}"
    lines = [html.P(fmt.tenggat(jam.kini)), html.P(rule, className=None if jam.kini == jam.aturan else "beda")]
    return html.Fieldset(
        [html.Legend(words), html.Div(boxes, className="pasangan"), html.Div(lines, className="aturan")]
    )


def _days(kalender: Kalender, csrf: str, salah: Salah | None) -> html.Section:
    wrong, typed = _wrong("libur", salah)
    own = [day for day in kalender.libur if day.sendiri]
    national = [day for day in kalender.libur if day.nasional and not day.sendiri]
    columns = ("Hari", "Libur", "Tindakan")
    listed: Child = html.P("Kota belum menambah hari libur sendiri.")
    if own:
        listed = listing("Libur kota", columns, [_own_day(day, kalender.tahun, csrf) for day in own], "tabel-tindak")
    rows = [_national_day(day, kalender.tahun, csrf) for day in national]
    table = listing("Libur nasional", columns, rows, "tabel-tindak") if rows else None
    fields = [
        hidden("tahun", str(kalender.tahun)),
        _box("Tanggal", "tanggal", typed, type="date", required=True),
        _box("Nama hari libur", "nama", typed, wide=True, required=True, maxLength="120"),
        submit("Tambah libur", quiet=True),
    ]
    body = html.Div(
        [
            wrong,
            listed,
            form(f"{PATH}/libur#libur", csrf, fields, class_name="isian-baris"),
            folded(f"{len(national)} libur nasional {kalender.tahun}", table),
        ]
    )
    words = "Libur nasional sudah dihitung; yang mengikuti bulan adalah perkiraan sampai pemerintah menetapkannya."
    return section("Hari libur", words, body, "libur", class_name="bagian-sisi")


def _day_words(day: date) -> str:
    return f"{fmt.DAY_NAMES[day.weekday()]}, {fmt.tanggal(day)}"


def _own_day(day: Libur, tahun: int, csrf: str) -> list[Children]:
    words = f"{day.nama} · kota tetap bekerja" if day.kerja else day.nama
    deed = "Ikuti libur nasional" if day.kerja else "Hapus"
    given = [hidden("tahun", str(tahun)), hidden("tanggal", day.tanggal.isoformat())]
    return [_day_words(day.tanggal), words, _deed(f"{PATH}/libur/hapus", csrf, given, deed, _day_words(day.tanggal))]


def _national_day(day: Libur, tahun: int, csrf: str) -> list[Children]:
    given = [hidden("tahun", str(tahun)), hidden("tanggal", day.tanggal.isoformat()), hidden("nama", day.nama)]
    given.append(hidden("kerja", "ya"))
    deed = _deed(f"{PATH}/libur#libur", csrf, given, "Kota tetap bekerja", _day_words(day.tanggal))
    return [_day_words(day.tanggal), day.nama, deed]


def _extensions(kalender: Kalender, csrf: str, salah: Salah | None) -> html.Section:
    wrong, typed = _wrong("perpanjangan", salah)
    rows = [_extension(one, kalender.tahun, csrf) for one in kalender.perpanjangan]
    columns = ("OPD", "Triwulan", "Sampai", "Alasan", "Tindakan")
    listed: Child = (
        listing("Perpanjangan", columns, rows, "tabel-tindak") if rows else html.P("Belum ada perpanjangan.")
    )
    fields = [
        hidden("tahun", str(kalender.tahun)),
        pick("Triwulan", "tw", _TW, typed.get("tw", "")),
        pick("OPD", "opd", [("", "Pilih OPD"), (ALL_OPD, "Semua OPD"), *kalender.opd], typed.get("opd", "")),
        _box("Sampai tanggal", "sampai_tanggal", typed, type="date", required=True),
        _box("Jam WIB", "sampai_jam", {"sampai_jam": "23.59", **typed}, **_CLOCK_BOX),
        _box("Alasan", "alasan", typed, wide=True, required=True, maxLength="500"),
        submit("Beri perpanjangan", quiet=True),
    ]
    made = form(f"{PATH}/perpanjangan#perpanjangan", csrf, fields, class_name="isian-baris")
    words = "Tenggat tepat waktu yang lebih lambat untuk satu OPD, atau semua sesudah gangguan."
    return section("Perpanjangan", words, html.Div([wrong, listed, made]), "perpanjangan", class_name="bagian-sisi")


def _extension(one: Perpanjangan, tahun: int, csrf: str) -> list[Children]:
    given = [hidden("tahun", str(tahun)), hidden("tw", str(one.tw)), hidden("opd", one.opd or ALL_OPD)]
    deed = _deed(f"{PATH}/perpanjangan/cabut", csrf, given, "Cabut", f"perpanjangan {one.nama}")
    why = html.Span([one.alasan, html.Small(f"oleh akun {one.oleh}")])
    return [one.nama, fmt.tw(one.tw), fmt.tenggat(one.sampai), why, deed]


def _duties(kalender: Kalender, csrf: str, salah: Salah | None) -> html.Section:
    wrong, typed = _wrong("wajib", salah)
    rows = [_duty(one, kalender.tahun, csrf) for one in kalender.pengecualian]
    columns = ("OPD", "Triwulan", "Kewajiban", "Alasan", "Tindakan")
    listed: Child = (
        listing("Pengecualian", columns, rows, "tabel-tindak") if rows else html.P("Belum ada pengecualian.")
    )
    fields = [
        hidden("tahun", str(kalender.tahun)),
        _named(pick("Triwulan", "tw", _TW, typed.get("tw", "")), "wajib"),
        _named(pick("OPD", "opd", [("", "Pilih OPD"), *kalender.opd], typed.get("opd", "")), "wajib"),
        pick("Kewajiban", "wajib", [("tidak", "Tidak wajib lapor"), ("ya", "Wajib lapor")], typed.get("wajib", "")),
        _named(_box("Alasan", "alasan", typed, wide=True, required=True, maxLength="500"), "wajib"),
        submit("Simpan pengecualian", quiet=True),
    ]
    made = form(f"{PATH}/wajib#wajib-lapor", csrf, fields, class_name="isian-baris")
    words = "OPD yang punya rencana tahun ini wajib melapor. Yang lain ditulis di sini dengan alasannya."
    return section("Wajib lapor", words, html.Div([wrong, listed, made]), "wajib-lapor", class_name="bagian-sisi")


def _duty(one: Pengecualian, tahun: int, csrf: str) -> list[Children]:
    given = [hidden("tahun", str(tahun)), hidden("tw", str(one.tw)), hidden("opd", one.opd)]
    deed = _deed(f"{PATH}/wajib/hapus", csrf, given, "Hapus", f"pengecualian {one.nama}")
    return [one.nama, fmt.tw(one.tw), "Wajib lapor" if one.wajib else "Tidak wajib lapor", one.alasan, deed]


def _next_year(kalender: Kalender, csrf: str, salah: Salah | None) -> html.Section:
    wrong, typed = _wrong("tahun", salah)
    given = {"tahun": str(kalender.berikut), **typed}
    box = _box("Tahun", "tahun", given, required=True, inputmode="numeric", maxLength="4", size="4")
    made = form(
        f"{PATH}/buka#buka", csrf, [_named(box, "buka"), submit("Buka tahun", quiet=True)], class_name="isian-baris"
    )
    words = "Memberi satu tahun empat jadwal menurut aturan dan libur yang diketahui sekarang."
    return section("Buka tahun", words, html.Div([wrong, made]), "buka", class_name="bagian-sisi")


def _deed(action: str, csrf: str, given: Sequence[Child], words: str, about: str) -> html.Form:
    send = html.Button([words, html.Span(f" {about}", className="hanya-dengar")], type="submit", className="tautan")
    return form(action, csrf, [*given, send])


def _box(label: str, name: str, typed: Mapping[str, str], *, wide: bool = False, **given: Any) -> html.Div:
    box = Input(id=name, name=name, value=typed.get(name, ""), **{"type": "text", **given})
    return html.Div(
        [html.Label(label, htmlFor=name), box], className=classes("saring-butir", "butir-lebar" if wide else None)
    )


def _named(box: html.Div, prefix: str) -> html.Div:
    """The same field name stands in several forms of one page; its id must not."""
    label, inside = box.children
    label.htmlFor = inside.id = f"{prefix}-{inside.id}"
    return box
