"""The filter of /analisis: a form that works by itself, the conditions in force as chips, the filters kept by name."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from data.words import STATUS_NAMES
from pages.parts import formats as fmt
from pages.parts.analysis_columns import COLUMNS, LEVEL_WORDS
from pages.parts.elements import MUTE, Child, attrs, classes, soft
from pages.parts.forms import CSRF, Input, Option, Select, hidden, submit

PATH: Final = "/analisis"
ALL: Final = ""
NUMBER: Final = r"\s*[\-\u2212]?[0-9]+([.,][0-9]+)?\s*"
"""What a limit may look like, for the browser to say so before anything is sent."""
Pairs = Sequence[tuple[str, str]]
ORDERS: Final = (
    ("", "Deviasi × pagu"),
    ("kode", "Kode"),
    ("nama", "Nama"),
    ("deviasi", "Deviasi, terendah dulu"),
    ("-deviasi", "Deviasi, tertinggi dulu"),
    ("capaian", "Capaian, terendah dulu"),
    ("-serapan", "Serapan, tertinggi dulu"),
    ("serapan", "Serapan, terendah dulu"),
    ("-pagu", "Pagu, terbesar dulu"),
    ("status", "Status"),
    ("sejak", "Sejak kapan"),
)
PREDIKAT: Final = (
    ("sangat_tinggi", "Sangat tinggi"),
    ("tinggi", "Tinggi"),
    ("sedang", "Sedang"),
    ("rendah", "Rendah"),
    ("sangat_rendah", "Sangat rendah"),
)
ARAH: Final = (("naik", "Naik: makin tinggi makin baik"), ("turun", "Turun: makin rendah makin baik"))
ARAH_ALL: Final = (*ARAH, ("rentang", "Rentang"))
YES_NO: Final = (("ya", "Terlambat"), ("tidak", "Tepat waktu"))
RARE: Final = (
    *("urusan", "jenis", "dana", "level", "predikat", "arah", "capaian_min", "capaian_maks", "serapan_min"),
    *("serapan_maks", "deviasi_min", "deviasi_maks", "tertinggal", "terlambat", "turun2", "tw_dari"),
)


def filter_form(
    query: Mapping[str, str], choices: Mapping[str, Pairs], periods: Sequence[tuple[int, int]]
) -> html.Form:
    """The bar of the usual filters, the rare ones folded beneath. ``query``: the words of the address as they are now;
    ``choices``: what urusan, jenis, opd, program, dana can be; ``periods``: (tahun, tw) with reports, in order."""
    status = [(status.value, name) for status, name in STATUS_NAMES.items()]
    status.append(("di_bawah,perhatian", "Di bawah target atau perhatian"))
    years = sorted({tahun for tahun, _ in periods}, reverse=True)
    of_year = [tw for tahun, tw in periods if str(tahun) == query.get("tahun")]
    quarters = [(str(number), f"s.d. {fmt.tw(number)}") for number in of_year]
    counted = len(choices["opd"])
    bar: list[Child] = [
        _year(years, dict(periods), query),
        _pick("Triwulan", "tw", quarters, query, None),
        _pick("OPD", "opd", choices["opd"], query, f"Semua {counted}"),
        _pick("Program", "program", choices["program"], query, "Semua"),
        _pick("Status", "status", status, query, "Semua"),
        _pick("Urut", "urut", ORDERS[1:], query, ORDERS[0][1]),
        _search(query.get("cari", "")),
        html.Div(submit("Terapkan", quiet=True), className="saring-kirim"),
    ]
    kept = [hidden(name, query[name]) for name in ("kolom",) if query.get(name)]
    onward = html.A("Langsung ke baris", href="#baris", className="hanya-dengar lompat-dalam")
    return html.Form(
        [onward, html.Div(bar, className="saring-bilah"), _rare(query, choices), *kept],
        action=PATH,
        method="get",
        id="saring-analisis",
        className="saring-form",
        role="search",
        **attrs(aria_label="Saringan analisis"),
    )


def _pick(title: str, name: str, options: Pairs, query: Mapping[str, str], everything: str | None) -> html.Div:
    """A labelled list; a value of the address that is not in it (several OPD, say) stays as a choice of its own."""
    now, known = query.get(name, ""), dict(options)
    inside = [] if everything is None else [_option(ALL, everything, now)]
    inside += [_option(value, words, now) for value, words in options]
    if now and now not in known:
        several = f"{now.count(',') + 1} dipilih" if "," in now else now
        inside.append(_option(now, several, now))
    field = Select(inside, name=name, id=f"s-{name}")
    return html.Div([html.Label(title, htmlFor=f"s-{name}"), field], className=f"saring-isian s-{name}")


def _year(years: Sequence[int], last: Mapping[int, int], query: Mapping[str, str]) -> html.Div:
    """Each year says its last triwulan: going there from a later one stays within what has been reported."""
    now = query.get("tahun", "")
    known = [_option(str(year), str(year), now, data_tw=str(last[year])) for year in years]
    field = Select(known, name="tahun", id="s-tahun")
    return html.Div([html.Label("Tahun", htmlFor="s-tahun"), field], className="saring-isian s-tahun")


def _option(value: str, words: str, now: str, **more: str) -> Component:
    chosen: dict[str, Any] = {"selected": True} if value == now else {}
    return Option(words, value=value, **chosen, **attrs(**more))


def _search(text: str) -> html.Div:
    box = Input(type="search", name="cari", id="s-cari", value=text, placeholder="nama atau kode", maxLength="120")
    return html.Div([html.Label("Cari", htmlFor="s-cari"), box], className="saring-isian s-cari")


def _rare(query: Mapping[str, str], choices: Mapping[str, Pairs]) -> html.Details:
    opened: dict[str, Any] = {"open": True} if any(query.get(name) for name in RARE) else {}
    ranges = [
        _range("Capaian, %", "capaian", query),
        _range("Serapan, %", "serapan", query),
        _range("Deviasi, poin", "deviasi", query),
        _number("Uang terserap, kinerja tertinggal, poin", "tertinggal", query, "serapan − capaian ≥"),
    ]
    span = [(str(number), f"sejak {fmt.tw(number)}") for number in (1, 2, 3)]
    lists = [
        _pick("Urusan", "urusan", choices["urusan"], query, "Semua"),
        _pick("Jenis OPD", "jenis", choices["jenis"], query, "Semua"),
        _pick("Sumber dana", "dana", choices["dana"], query, "Semua"),
        _pick("Level", "level", list(LEVEL_WORDS.items()), query, "Semua"),
        _pick("Predikat", "predikat", PREDIKAT, query, "Semua"),
        _pick("Arah indikator", "arah", ARAH_ALL, query, "Semua"),
        _pick("Laporan OPD", "terlambat", YES_NO, query, "Semua"),
        _pick("Turun dua triwulan", "turun2", (("ya", "Ya, dalam tahun ini (mulai TW III)"),), query, "Semua"),
        _pick("Berlaku di setiap triwulan", "tw_dari", span, query, "Hanya triwulan ini"),
    ]
    return html.Details(
        [html.Summary("Saringan lain"), html.Div([*lists, *ranges], className="saring-lain")],
        className="lihat saring-lipat",
        **attrs(data_lipat="ponsel"),
        **opened,
    )


def _range(title: str, name: str, query: Mapping[str, str]) -> html.Div:
    boxes: list[Child] = [
        _box(f"{name}_min", query, f"{title}, paling rendah", "dari"),
        html.Span("–", **MUTE),
        _box(f"{name}_maks", query, f"{title}, paling tinggi", "sampai"),
    ]
    inside = [html.Span(title, className="saring-judul", **MUTE), html.Div(boxes, className="saring-rentang")]
    return html.Div(inside, className="saring-isian", role="group", **attrs(aria_label=title))


def _number(title: str, name: str, query: Mapping[str, str], hint: str) -> html.Div:
    label = html.Label(title, htmlFor=f"s-{name}")
    return html.Div([label, _box(name, query, None, hint)], className="saring-isian s-tertinggal")


def _box(name: str, query: Mapping[str, str], says: str | None, hint: str) -> Component:
    value = query.get(name, "").replace(".", ",").replace("-", "−")
    given = {"value": value, "placeholder": hint, "inputmode": "decimal", "maxLength": "12", "size": "6"}
    given |= {"pattern": NUMBER, "title": "Tulis angka, misalnya 66 atau 66,5"}
    return Input(type="text", name=name, id=f"s-{name}", **given, **attrs(aria_label=says))


def chips(phrases: Sequence[tuple[str, str]], count: int, total: int, clear: str) -> html.Div:
    """How many rows match, and each condition in words with a link that takes it off."""
    counted = html.P(
        [html.Strong(f"{fmt.whole(count)} baris"), f" dari {fmt.whole(total)}"],
        className="saring-jumlah",
        id="saring-jumlah",
        **attrs(aria_live="polite"),
    )
    items = [
        html.Li(
            html.A([words, html.Span("×", **MUTE)], href=href, **soft("diam"), **attrs(aria_label=f"Lepas {words}"))
        )
        for words, href in phrases
    ]
    if len(phrases) > 1:
        items.append(html.Li(html.A("Lepas semua", href=clear, className="lepas", **soft("diam"))))
    return html.Div(
        [counted, html.Ul(items, role="list", className="kepingan") if items else None], className="dipakai"
    )


def kept_filters(
    saved: Sequence[Any], query: str, token: str, columns: Sequence[str], notice: str = ""
) -> html.Details:
    """The filters kept by name, a form that keeps this one, and the choice of columns. ``query``: of this address."""
    news = html.P(notice, className="kabar", role="status") if notice else None
    body = [_saved_list(saved, token), _save_form(query, token), _column_form(columns, query, token)]
    title = f"Saringan tersimpan ({len(saved)}) dan kolom" if saved else "Saringan tersimpan dan kolom"
    opened: dict[str, Any] = {"open": True} if notice else {}
    return html.Details(
        [html.Summary(title), news, html.Div(body, className="simpanan")],
        className="lihat saring-simpanan",
        id="simpanan",
        **opened,
    )


def _saved_list(saved: Sequence[Any], token: str) -> html.Div:
    if not saved:
        return html.Div(html.P("Belum ada saringan tersimpan.", className="kecil"))
    return html.Div([html.H3("Tersimpan"), html.Ul([_saved(one, token) for one in saved], role="list")])


def _saved(one: Any, token: str) -> html.Li:
    whose = None if one.milik_sendiri else html.Small(" · dibagikan")
    mine = html.Small(" · dilihat bersama") if one.milik_sendiri and one.bersama else None
    name = html.A([one.nama, whose, mine], href=f"{PATH}?{one.alamat}")
    forget = html.Form(
        [hidden(CSRF, token), hidden("nama", one.nama), html.Button("Hapus", type="submit", className="tautan")],
        method="post",
        action=f"{PATH}/saringan/hapus",
    )
    return html.Li([name, forget if one.milik_sendiri else None])


def _save_form(query: str, token: str) -> html.Form:
    name = html.Div(
        [
            html.Label("Simpan saringan ini dengan nama", htmlFor="s-nama"),
            html.Div(Input(type="text", id="s-nama", name="nama", required=True, maxLength="80"), className="kotak"),
        ],
        className="isian",
    )
    shared = html.Div(
        [
            Input(type="checkbox", id="s-bersama", name="bersama", value="ya"),
            html.Label("Tampilkan untuk Bappeda dan pimpinan", htmlFor="s-bersama"),
        ],
        className="centang",
    )
    instead = html.Div(
        [
            Input(type="checkbox", id="s-ganti", name="ganti", value="ya"),
            html.Label("Ganti saringan saya yang bernama sama", htmlFor="s-ganti"),
        ],
        className="centang",
    )
    inside = [hidden(CSRF, token), hidden("alamat", query), name, shared, instead]
    inside.append(submit("Simpan saringan", quiet=True))
    return html.Form(inside, method="post", action=f"{PATH}/saringan")


def _column_form(columns: Sequence[str], query: str, token: str) -> html.Form:
    boxes = [_column(column, column.kunci in columns) for column in COLUMNS if column.kunci != "nama"]
    legend = html.Legend("Kolom pada tabel lebar")
    inside = [
        hidden(CSRF, token),
        hidden("alamat", query),
        html.Fieldset([legend, html.Div(boxes, className="kolom-pilihan")]),
        submit("Simpan kolom", quiet=True),
    ]
    return html.Form(inside, method="post", action=f"{PATH}/kolom", id="kolom-analisis")


def _column(column: Any, chosen: bool) -> html.Div:
    ticked: dict[str, Any] = {"checked": True} if chosen else {}
    box = Input(type="checkbox", id=f"k-{column.kunci}", name="kolom", value=column.kunci, **ticked)
    label = html.Label(column.judul, htmlFor=f"k-{column.kunci}", title=column.arti)
    return html.Div([box, label], className=classes("centang"))
