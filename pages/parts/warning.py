"""Early warning: the finding, the filter, the list by rule, and the short block for the leaders' page."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from dash import html

from data.words import WARNING_NAMES, Peringatan
from pages.parts import formats as fmt
from pages.parts.elements import Child, Children, attrs, listed, records, soft
from pages.parts.forms import hidden
from pages.parts.messages import message
from pages.parts.section import section
from pages.parts.trail import filter_buttons, pick
from pages.parts.warning_words import Batas, kind_of, lede, row_sentence, rule_sentence, since, title

FIRST: Final = 4
"""So many rows of a rule stand open; the others are behind one button."""
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Saringan:
    """What is chosen: an OPD, a rule, or neither; and the names to choose from."""

    path: str
    tahun: int
    tw: int
    opd: str | None
    aturan: Peringatan | None
    opd_nama: Sequence[tuple[str, str]]

    @property
    def clear(self) -> str:
        return f"{self.path}?tahun={self.tahun}&tw={self.tw}"


def warning_head(found: pd.DataFrame, choice: Saringan, nav: Children) -> html.Div:
    """The finding over what is chosen, and the filter. ``found``: one row per warning, already chosen."""
    rows = records(found)
    counts = Counter(Peringatan(row["aturan"]) for row in rows)
    words = title(len(rows), len({row["opd"] for row in rows}), choice.tahun, choice.tw)
    new = sum(bool(row["baru"]) for row in rows)
    parts: list[Child] = [
        html.H1(words),
        html.P(lede(new, counts, choice.tw), className="pengantar") if rows else None,
        _filters(choice),
    ]
    return html.Div([*listed(nav), *parts], className="peringatan-kepala")


def _filters(choice: Saringan) -> html.Form:
    rules = [("", "Semua"), *((rule.value, WARNING_NAMES[rule]) for rule in Peringatan)]
    parts: list[Child] = [
        hidden("tahun", str(choice.tahun)),
        hidden("tw", str(choice.tw)),
        pick("OPD", "opd", [("", "Semua"), *choice.opd_nama], choice.opd or ""),
        pick("Peringatan", "aturan", rules, choice.aturan.value if choice.aturan else ""),
        filter_buttons(choice.clear, bool(choice.opd or choice.aturan)),
    ]
    given = attrs(aria_label="Saring peringatan")
    return html.Form(parts, method="get", action=choice.path, className="saring", **given)


def warning_list(
    found: pd.DataFrame,
    choice: Saringan,
    order: Sequence[Peringatan],
    batas: Batas,
    links: Callable[[Row], tuple[str, str]],
    source: str,
) -> html.Div:
    """One section per rule that matched, in the settings' order. ``links``: the row's place in the drill, and in the
    analyst's table."""
    rows = records(found)
    if not rows:
        words = "Ubah saringan, atau pilih triwulan lain."
        return message("Tidak ada peringatan di sini.", words, "Hapus saringan", choice.clear, level=2)
    groups = [(rule, [row for row in rows if row["aturan"] == rule]) for rule in order]
    drawn = [_group(rule, group, choice, batas, links) for rule, group in groups if group]
    note = html.P(
        f"Tiap program atau indikator disebut sekali, pada aturan pertama yang cocok. {source}", className="sumber"
    )
    return html.Div([_contents(groups), *drawn, note], className="peringatan-daftar")


def _contents(groups: Sequence[tuple[Peringatan, Sequence[Row]]]) -> html.Nav:
    """The rules with their counts, as links to their lists."""
    items = [
        html.Li(html.A([WARNING_NAMES[rule], html.Strong(fmt.whole(len(rows)))], href=f"#{rule.value}"))
        for rule, rows in groups
        if rows
    ]
    return html.Nav(html.Ul(items, role="list"), className="peringatan-isi", **attrs(aria_label="Aturan"))


def _group(
    rule: Peringatan, rows: Sequence[Row], choice: Saringan, batas: Batas, links: Callable[[Row], tuple[str, str]]
) -> html.Section:
    items = [_item(row, choice, *links(row)) for row in rows]
    body: list[Child] = [html.Ul(items[:FIRST], role="list", className="peringatan-baris")]
    if items[FIRST:]:
        word = html.Summary(f"Tampilkan {len(items) - FIRST} lainnya", className="tombol tombol-garis")
        rest = html.Ul(items[FIRST:], role="list", className="peringatan-baris")
        body.append(html.Details([word, rest], className="lainnya"))
    count = html.Strong(_count(rows), className="peringatan-jumlah")
    return section(WARNING_NAMES[rule], rule_sentence(rule, batas), body, rule.value, count)


def _count(rows: Sequence[Row]) -> str:
    new = sum(bool(row["baru"]) for row in rows)
    return f"{fmt.whole(len(rows))}, {fmt.whole(new)} baru" if new else fmt.whole(len(rows))


def _item(row: Row, choice: Saringan, drill: str, desk: str) -> html.Li:
    kind = f"{kind_of(row['level'])} {row['kode']}".strip()
    name = html.A(str(row["nama"]), href=drill, className="peringatan-nama", **soft())
    owner = row["opd_nama"] if row["level"] != "opd" else None
    place: list[Child] = [html.Span(f"{owner} · ") if owner else None, html.Span(kind)]
    said = html.P(row_sentence(row, choice.tahun, choice.tw), className="peringatan-kalimat")
    when = html.Strong("Baru") if row["baru"] else html.Span(since(row)[:1].upper() + since(row)[1:])
    more = html.A(["Analisis", html.Span(f" {row['nama']}", className="hanya-dengar")], href=desk)
    return html.Li([html.Div([name, html.Small(place)]), said, html.P(when, className="peringatan-sejak"), more])


def warning_summary(found: pd.DataFrame, tahun: int, tw: int, href: str) -> html.Section:
    """The short block for the leaders' page: how many are new, by rule, and the way to the list."""
    new = [row for row in records(found) if row["baru"]]
    counts = Counter(Peringatan(row["aturan"]) for row in new)
    words = f"{fmt.whole(len(new))} peringatan baru" if new else "Tidak ada peringatan baru"
    total = f"{fmt.whole(len(found))} peringatan s.d. {fmt.period(tahun, tw)}."
    items = [
        html.Li([html.Span(WARNING_NAMES[rule]), html.Strong(fmt.whole(count))]) for rule, count in counts.most_common()
    ]
    link = html.P(html.A("Lihat semua peringatan", href=href, **soft()), className="tindakan")
    return section(words, total, [html.Ul(items, role="list", className="peringatan-ringkas"), link], "peringatan")
