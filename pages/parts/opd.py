"""One OPD: its number, its programs as rows, its indicators."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
from dash import html

from data.words import Status
from pages.parts import formats as fmt
from pages.parts.bullet import bullet
from pages.parts.charts import empty
from pages.parts.corrected import correction_note, corrections_sentence
from pages.parts.coverage import Coverage, coverage_list
from pages.parts.elements import Child, Children, Rows, attrs, light, records, soft
from pages.parts.headline import opd_sentence
from pages.parts.icons import label, status_word
from pages.parts.indicator import Reply, cell_text, hero, quote
from pages.parts.rows import deviasi_cell
from pages.parts.section import section
from pages.parts.tables import Column, Table

_A, _DIV, _LI, _SMALL, _SPAN = light(html.A), light(html.Div), light(html.Li), light(html.Small), light(html.Span)
_TR, _TH, _TD, _STRONG = light(html.Tr), light(html.Th), light(html.Td), light(html.Strong)
FIRST_INDICATORS = 8
"""What is open at first: the outcomes an OPD is measured by come first, the many outputs behind one tap."""


def opd_head(
    row: Mapping[str, Any], coverage: Coverage, reply: Reply | None = None, links: Children = None
) -> html.Div:
    """Name, sentence, hero number with bullet, what is counted and what is not, the reply of the OPD."""
    parts: list[Child] = [
        html.P(html.A("Semua OPD", href=f"/?tahun={coverage.tahun}&tw={coverage.tw}", **soft()), className="kembali"),
        html.H1(str(row["nama"])),
        html.P(opd_sentence(row, coverage.tahun, coverage.tw), className="pengantar"),
        hero(row["capaian"], Status(row["status"])),
        correction_note(row, places=2),
        html.P(_reads(row), className="kecil"),
        html.Div(bullet(row["capaian"], Status(row["status"]), name="Capaian"), className="bullet-besar"),
        quote(reply),
        coverage_list(coverage, links),
    ]
    return html.Div(parts, className="opd-kepala")


def _reads(row: Mapping[str, Any]) -> str:
    """What the number counts: predikat, pagu, indicators in and out, the weighted mean where it differs."""
    left = _left_out(row)
    parts = [
        f"Predikat {row['predikat']}." if row.get("predikat") else "",
        f"Pagu {fmt.rupiah_short(row['pagu'])}, serapan {fmt.percent(row.get('serapan'))}.",
        f"Rata-rata {row.get('dihitung') or 0} dari {row.get('jumlah_indikator') or 0} indikator{left}.",
        _weighted(row),
    ]
    return " ".join(part for part in parts if part)


def _left_out(row: Mapping[str, Any]) -> str:
    names = (("tanpa_target", "tanpa target"), ("belum_lapor", "belum lapor"), ("nihil", "nihil"))
    found = [f"{row[key]} {word}" for key, word in names if row.get(key)]
    return f" ({', '.join(found)} tidak ikut)" if found else ""


def _weighted(row: Mapping[str, Any]) -> str:
    weighted, simple = row.get("capaian_tertimbang"), row["capaian"]
    if weighted is None or simple is None or abs(weighted - simple) <= 2:
        return ""
    return f"Tertimbang pagu {fmt.percent(weighted)}."


def node_rows(
    title: str,
    nodes: Rows,
    href_for: Callable[[str], str] | None,
    anchor: str = "program",
    selected: str | None = None,
) -> html.Section:
    """Programs, kegiatan or sub kegiatan (one row per node) as bullet rows; links only with ``href_for``.
    ``selected`` is the code of the one that is opened."""
    rows = [_LI(_node(row, href_for, str(row["kode"]) == selected)) for row in records(nodes)]
    body = html.Ul(rows, role="list", className="daftar-baris") if rows else empty("Belum ada isi untuk periode ini.")
    told = corrections_sentence(nodes, what=title.lower())
    sentence = "Capaian s.d. periode; garis 100 = target."
    return section(title, f"{sentence} {told}" if told else sentence, body, anchor)


def _pagu(row: dict[str, Any]) -> Child:
    """A sasaran has no money of its own."""
    return _SMALL(f"Pagu {fmt.rupiah_short(row['pagu'])}") if row.get("pagu") else None


def _node(row: dict[str, Any], href_for: Callable[[str], str] | None, selected: bool) -> Any:
    status = Status(row["status"])
    cells: list[Child] = [
        _SPAN(
            [row["nama"], _pagu(row), correction_note(row)],
            className="b-nama",
        ),
        bullet(row["capaian"], status),
        _SPAN(fmt.percent(row["capaian"]), className="b-angka"),
        deviasi_cell(row["deviasi"]),
        status_word(status),
    ]
    if href_for is None:
        return _DIV(cells, className="baris baris-simpul")
    current = attrs(aria_current="true" if selected else None)
    return _A(cells, href=href_for(str(row["kode"])), className="baris baris-simpul", **soft("diam"), **current)


def indicators_section(
    indicators: Rows, tw: int, program: str | None = None, all_href: str | None = None
) -> html.Section:
    """Indicators (one row per indicator) as one readable table; ``program`` names the one they are narrowed to and
    ``all_href`` leads back to all of them."""
    side = html.A("Semua indikator", href=all_href, **soft("diam")) if all_href else None
    title = f"Indikator: {program}" if program else "Indikator"
    rows = records(indicators)
    if not rows:
        return section(title, None, empty("Belum ada indikator untuk pilihan ini."), "indikator", side)
    first, rest = rows[:FIRST_INDICATORS], rows[FIRST_INDICATORS:]
    body: list[Child] = [_indicator_table(first, tw, title)]
    if rest:
        word = html.Summary(f"Tampilkan {len(rest)} indikator lainnya", className="tombol tombol-garis")
        body.append(html.Details([word, _indicator_table(rest, tw, f"{title}, lanjutan")], className="lainnya"))
    return section(title, "Tanpa target atau belum lapor: tidak dihitung.", body, "indikator", side)


def _indicator_table(rows: list[dict[str, Any]], tw: int, name: str) -> html.Div:
    heads = ("Indikator", f"Target s.d. {fmt.tw(tw)}", f"Realisasi s.d. {fmt.tw(tw)}", "Capaian", "Status")
    head = html.Thead(html.Tr([html.Th(word, scope="col", className=_side(place)) for place, word in enumerate(heads)]))
    body = html.Tbody([_indicator(row) for row in rows])
    drawn = html.Table([html.Caption(name, className="hanya-dengar"), head, body], className="tabel tabel-indikator")
    return html.Div(drawn, className="tabel-kotak", role="region", tabIndex="0", **attrs(aria_label=name))


def _side(place: int) -> str | None:
    return "angka" if place in (1, 2, 3) else None


def _indicator(row: dict[str, Any]) -> Any:
    return _TR(
        [
            _TH([row["nama"], _SMALL(f" {row['satuan']}, arah {row['arah']}")], scope="row"),
            _TD(cell_text(row, "target_sd"), className="angka", **attrs(data_kepala="Target")),
            _TD(cell_text(row, "realisasi_sd"), className="angka", **attrs(data_kepala="Realisasi")),
            _TD(_STRONG(fmt.percent(row["capaian"], 2)), className="angka", **attrs(data_kepala="Capaian")),
            _TD(status_word(Status(row["status"]))),
        ]
    )


def standings_table(standings: pd.DataFrame) -> Table:
    """The twin of the OPD list: one row per OPD."""
    columns = [
        Column("OPD", False),
        Column("Pagu"),
        Column("Capaian"),
        Column("Deviasi, poin"),
        Column("Predikat", False),
        Column("Status", False),
    ]
    texts = [
        [
            str(row["nama"]),
            fmt.rupiah_full(row["pagu"]),
            fmt.percent(row["capaian"], 2),
            fmt.points(row["deviasi"], 2),
            str(row["predikat"] or fmt.NONE),
            label(Status(row["status"])),
        ]
        for row in records(standings)
    ]
    return Table("OPD, capaian dan deviasi", columns, texts)
