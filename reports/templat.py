"""The report form that goes out to an OPD: an XLSX with everything known filled in and locked, and its CSV twin.

Both hold the same lines: title, identity, one sentence, header, then one row per expected answer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import pandas as pd

from data.formulir import KEUANGAN, KINERJA, KOLOM, NIHIL, TANDA, VERSI
from data.words import MONTH_NAMES, TW_NAMES
from reports.aman import Value, csv_bytes
from reports.bentuk import LEFT_ALIGNED, WORDS
from reports.buku import FILL_IN, INK_2, INK_3, RULE, RULE_LIGHT, Buku, height, page_footer, put, set_widths
from reports.petunjuk import write_guide

HEADER_ROW: Final = 3
"""0-based; above it stand the title, the identity line and the sentence."""
FIRST_ROW: Final = HEADER_ROW + 1
AT: Final = {kolom.kunci: position for position, kolom in enumerate(KOLOM)}
MONTHS: Final = ("bulan_1", "bulan_2", "bulan_3")
FILLED: Final = {
    KINERJA: frozenset({"realisasi", "keterangan", "kendala"}),
    KEUANGAN: frozenset({*MONTHS, "fisik", "keterangan", "kendala"}),
}
"""What the operator fills in, by kind of row."""
INDENT: Final = {"program": 0, "kegiatan": 1, "sub_kegiatan": 2}
WRAPPED: Final = {
    kolom.kunci: kolom.lebar + (-max(INDENT.values()) if kolom.kunci == "uraian" else 2)
    for kolom in KOLOM
    if kolom.kunci in LEFT_ALIGNED
}
"""The columns whose text may take several lines, with the room that indents take and small type leaves."""
LIST_LIMIT: Final = 255
"""Characters a spreadsheet allows in a list of choices."""
PRINT_SCALE: Final = 68

NOTES: Final = {
    "kode": "Kode indikator atau sub kegiatan; di belakang @ unit di bawah OPD. Terkunci: kode ini penanda baris.",
    "uraian": "Nama indikator atau sub kegiatan. Terkunci.",
    "baris": "Kinerja: isi realisasi indikator. Keuangan: isi rupiah tiap bulan dan fisik.",
    "satuan": "Satuan angka di baris ini. Terkunci.",
    "target": "Baris Kinerja: target s.d. triwulan ini. Baris Keuangan: pagu setahun. Terkunci.",
    "sebelumnya": "Yang sudah diterima sampai triwulan lalu. Terkunci.",
    "realisasi": "Hanya baris Kinerja. Isi hasil triwulan ini saja, bukan kumulatif. Tidak ada kegiatan? Tulis: nihil.",
    "bulan_1": "Hanya baris Keuangan. Rupiah yang dibelanjakan pada {bulan} saja. Tidak ada belanja? Tulis: 0.",
    "bulan_2": "Hanya baris Keuangan. Rupiah yang dibelanjakan pada {bulan} saja. Tidak ada belanja? Tulis: 0.",
    "bulan_3": "Hanya baris Keuangan. Rupiah yang dibelanjakan pada {bulan} saja. Tidak ada belanja? Tulis: 0.",
    "fisik": "Hanya baris Keuangan. Kemajuan fisik s.d. akhir triwulan, 0 sampai 100. Kumulatif sejak Januari.",
    "keterangan": "Bila perlu: penjelasan atas angka di baris ini.",
    "kendala": "Wajib bila hasil jauh di bawah target, atau bila fisik dan keuangan jauh berbeda.",
}


@dataclass(frozen=True)
class _Isi:
    """Whose form it is."""

    pemda_nama: str
    opd_kode: str
    opd_nama: str
    tahun: int
    tw: int
    tenggat: str

    @property
    def judul(self) -> str:
        return f"Laporan {TW_NAMES[self.tw]} {self.tahun} · {self.opd_nama}"

    @property
    def bulan(self) -> tuple[str, ...]:
        return MONTH_NAMES[3 * self.tw - 3 : 3 * self.tw]

    @property
    def identitas(self) -> tuple[str, ...]:
        return (TANDA, str(VERSI), self.opd_kode, str(self.tahun), str(self.tw))

    @property
    def kalimat(self) -> str:
        return f"{self.pemda_nama}. Isi hanya sel berwarna, lalu unggah berkas ini paling lambat {self.tenggat}."


def template_xlsx(
    rows: pd.DataFrame, pemda_nama: str, opd_kode: str, opd_nama: str, tahun: int, tw: int, tenggat: str
) -> bytes:
    """The form as XLSX. ``rows`` as ``data.queries.formulir.form_rows`` gives them, ``tenggat`` in words."""
    isi = _Isi(pemda_nama, opd_kode, opd_nama, tahun, tw, tenggat)
    buku = Buku(isi.judul)
    sheet = buku.sheet("Laporan")
    records = _records(rows)
    _write_head(buku, sheet, isi)
    _write_header(buku, sheet, isi)
    for line, record in enumerate(records, FIRST_ROW):
        _write_row(buku, sheet, line, record)
    _add_checks(sheet, records)
    _set_up(sheet, isi, len(records))
    write_guide(buku, isi.judul, isi.bulan, tenggat)
    return buku.finish()


def template_csv(
    rows: pd.DataFrame, pemda_nama: str, opd_kode: str, opd_nama: str, tahun: int, tw: int, tenggat: str
) -> bytes:
    """The form as CSV: UTF-8 with BOM, ';', decimal comma. Arguments as ``template_xlsx``."""
    isi = _Isi(pemda_nama, opd_kode, opd_nama, tahun, tw, tenggat)
    lines: list[Sequence[Value]] = [*_head(isi), [kolom.judul for kolom in KOLOM]]
    lines += [[_value(record, kolom.kunci) for kolom in KOLOM] for record in _records(rows)]
    return csv_bytes([*line, *[""] * (len(KOLOM) - len(line))] for line in lines)


def _records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in record.items()} for record in rows.to_dict("records")]


def _head(isi: _Isi) -> tuple[Sequence[str], ...]:
    """The lines above the header. Above the three months of money stand their names."""
    months = [""] * AT["bulan_1"]
    months[0] = isi.kalimat
    return (isi.judul,), isi.identitas, (*months, *isi.bulan)


def _value(record: dict[str, Any], kunci: str) -> Value:
    """What stands in a cell; the row of a unit says whose it is."""
    value: Value = record[kunci]
    if kunci == "uraian" and record.get("unit_nama"):
        return f"{value} ({record['unit_nama']})"
    return value


def _write_head(buku: Buku, sheet: Any, isi: _Isi) -> None:
    title, identity, words = _head(isi)
    sheet.write_string(0, 0, title[0], buku.style(bold=True, font_size=16))
    for column, text in enumerate(identity):
        sheet.write_string(1, column, text, buku.style(font_size=8, font_color=INK_3, num_format="@"))
    sheet.write_string(2, 0, words[0], buku.style(font_color=INK_2, valign="vcenter"))
    for column in range(AT["bulan_1"], len(words)):
        style = buku.style(font_color=INK_2, align="right", valign="bottom", font_size=9)
        sheet.write_string(2, column, words[column], style)


def _write_header(buku: Buku, sheet: Any, isi: _Isi) -> None:
    for column, kolom in enumerate(KOLOM):
        align = "left" if kolom.kunci in LEFT_ALIGNED else "right"
        indent = int(kolom.kunci in WORDS)
        sheet.write_string(HEADER_ROW, column, kolom.judul, buku.header(align=align, indent=indent))
        month = isi.bulan[MONTHS.index(kolom.kunci)] if kolom.kunci in MONTHS else ""
        size = {"author": "e-Monev", "width": 260, "height": 78, "font_size": 9, "color": "#FFFFFF"}
        sheet.write_comment(HEADER_ROW, column, NOTES[kolom.kunci].format(bulan=f"bulan {month}"), size)


def _write_row(buku: Buku, sheet: Any, line: int, record: dict[str, Any]) -> None:
    sheet.set_row(line, height((str(_value(record, kunci) or ""), width) for kunci, width in WRAPPED.items()))
    for column, kolom in enumerate(KOLOM):
        kept = _look(record, kolom.kunci)
        value = _value(record, kolom.kunci)
        put(sheet, line, column, value, lambda form, kept=kept: buku.style(**kept | {"num_format": form}))  # type: ignore[misc]


def _look(record: dict[str, Any], kunci: str) -> dict[str, Any]:
    """How a cell looks, but for its number format."""
    look: dict[str, Any] = {"bottom": 1, "bottom_color": RULE_LIGHT, "text_wrap": kunci in WRAPPED}
    look["align"] = "left" if kunci in LEFT_ALIGNED else "right"
    if kunci == "uraian":
        look["indent"] = INDENT.get(record.get("level") or "", 0)
    if kunci in WORDS:
        look["indent"] = 1
    if kunci in {"kode", "baris", "satuan"}:
        look |= {"font_color": INK_2, "font_size": 9}
    if _is_filled(record, kunci):
        look |= {"bg_color": FILL_IN, "locked": False, "bottom_color": RULE, "left": 1, "left_color": "#FFFFFF"}
    return look


def _is_filled(record: dict[str, Any], kunci: str) -> bool:
    return kunci in FILLED[record["baris"]]


# --- what a cell accepts ---


def _add_checks(sheet: Any, records: list[dict[str, Any]]) -> None:
    """Rows that follow each other and accept the same share one check."""
    for kunci in ("realisasi", *MONTHS, "fisik"):
        column = AT[kunci]
        for first, last, rule in _runs([_rule(record, kunci) for record in records]):
            check = _check(kunci, rule, f"{chr(65 + column)}{FIRST_ROW + first + 1}")
            sheet.data_validation(FIRST_ROW + first, column, FIRST_ROW + last, column, check)


def _rule(record: dict[str, Any], kunci: str) -> str | None:
    """None: nothing to check here. Otherwise 'angka', or the ratings to choose from."""
    if not _is_filled(record, kunci):
        return None
    if kunci != "realisasi":
        return "angka"
    if record.get("skala"):
        return str(record["skala"])
    return None if isinstance(record["target"], str) and not _is_range(record["target"]) else "angka"


def _is_range(target: str) -> bool:
    """'4,43–4,47': written as text, answered with a number. So is 'nihil', which stands for a number."""
    return target == NIHIL or all(part.replace(",", "").isdigit() for part in target.split("–"))


def _runs(rules: list[str | None]) -> Iterator[tuple[int, int, str]]:
    """(first, last, rule) of neighbours with the same rule."""
    first = 0
    for at in range(1, len(rules) + 1):
        if at == len(rules) or rules[at] != rules[first]:
            rule = rules[first]
            if rule is not None:
                yield first, at - 1, rule
            first = at


def _check(kunci: str, rule: str, cell: str) -> dict[str, Any]:
    if rule != "angka":
        return _choice(rule.split(">"))
    if kunci == "realisasi":
        return {
            "validate": "custom",
            "value": f'=OR(AND(ISNUMBER({cell}),{cell}>=0),LOWER(TRIM({cell}))="{NIHIL}")',
            "error_type": "warning",
            "error_title": "Periksa isian",
            "error_message": f"Tulis angka 0 atau lebih, atau kata {NIHIL}. Desimal ditulis dengan koma, mis. 18,13.",
            "input_title": "Realisasi triwulan ini",
            "input_message": f"Angka 0 atau lebih, atau kata {NIHIL}.",
        }
    top = Decimal(100) if kunci == "fisik" else None
    words = "persen dari 0 sampai 100" if top else "rupiah 0 atau lebih, tanpa huruf"
    return {
        "validate": "decimal",
        "criteria": "between" if top else ">=",
        **({"minimum": 0, "maximum": 100} if top else {"value": 0}),
        "error_title": "Periksa isian",
        "error_message": f"Tulis {words}.",
    }


def _choice(steps: list[str]) -> dict[str, Any]:
    """A list to choose from, best first, and nihil; one too long for a spreadsheet is only told."""
    choices = [*(step.strip() for step in steps), NIHIL]
    check = {"input_title": "Pilih satu", "input_message": f"Pilih dari daftar, atau tulis {NIHIL}."}
    if len(",".join(choices)) > LIST_LIMIT or any("," in choice for choice in choices):
        return check | {"validate": "any"}
    message = "Pilih dari daftar. Bila penilaiannya memang lain, pilih Ya."
    return check | {
        "validate": "list",
        "source": choices,
        "error_type": "warning",
        "error_title": "Tidak ada dalam daftar",
        "error_message": message,
    }


def _set_up(sheet: Any, isi: _Isi, count: int) -> None:
    set_widths(sheet, [kolom.lebar for kolom in KOLOM])
    sheet.set_row(0, 30)
    sheet.set_row(1, 12)
    sheet.set_row(2, 22)
    sheet.set_row(HEADER_ROW, 44)
    sheet.freeze_panes(FIRST_ROW, AT["uraian"] + 1)
    sheet.autofilter(HEADER_ROW, 0, HEADER_ROW + max(count, 1), len(KOLOM) - 1)
    # On paper: what is asked on the left page, the money and the words on the right one, with the codes again.
    sheet.set_print_scale(PRINT_SCALE)
    sheet.set_v_pagebreaks([AT["bulan_1"]])
    sheet.repeat_rows(HEADER_ROW)
    sheet.repeat_columns(0, AT["uraian"])
    sheet.print_area(0, 0, HEADER_ROW + max(count, 1), len(KOLOM) - 1)
    sheet.set_selection(FIRST_ROW, AT["realisasi"], FIRST_ROW, AT["realisasi"])
    sheet.protect("", {"autofilter": True, "format_columns": True, "format_rows": True})
    page_footer(sheet, isi.judul)
