"""Our own template: one row per sub kegiatan and month with pagu, RAK, realisasi (rupiah) and fisik (percent).

What a file leaves out or blank stays as it is stored; months that only the database holds count in every sum.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from data.queries.rencana import Months
from data.words import MONTH_NAMES, Level
from loaders.angka import AngkaRagu, AngkaSalah
from loaders.hasil import Hasil, Konteks
from loaders.kepala import Kolom
from loaders.masalah import Masalah, Tingkat, column_letter
from loaders.opd_baris import OpdBaris
from loaders.rupiah import whole_rupiah
from loaders.tabel import Tabel, numbers

COLUMNS: Final = (
    Kolom("kode", ("kode_sub_kegiatan", "kode_subkegiatan", "kode_sub_giat"), kode=True),
    Kolom("bulan"),
    Kolom("realisasi", ("realisasi_keuangan", "realisasi_rp", "realisasi_keuangan_rp")),
    Kolom("opd", ("kode_opd", "kode_skpd", "skpd"), wajib=False),
    Kolom("pagu", wajib=False),
    Kolom("rak", ("anggaran_kas", "rencana_anggaran_kas"), wajib=False),
    Kolom("fisik", ("fisik_persen", "realisasi_fisik"), wajib=False),
    Kolom("fisik_rencana", ("rencana_fisik",), wajib=False),
)
MONEY: Final = ("pagu", "rak", "realisasi")
PHYSICAL: Final = ("fisik", "fisik_rencana")
STORED: Final = {"rak": 0, "realisasi": 1}
"""Where the stored months of ``Dikenal.keuangan`` hold each value."""
_MONTHS: Final = {name.casefold(): number for number, name in enumerate(MONTH_NAMES, start=1)}
_SHORT: Final = {name[:3]: number for name, number in _MONTHS.items()} | {"agt": 8, "nop": 11, "peb": 2}
ENOUGH_MONTHS: Final = 3

Row = dict[str, Any]


@dataclass
class _Baca:
    table: Tabel
    konteks: Konteks
    opd: OpdBaris
    values: dict[str, dict[str, Decimal | AngkaSalah]]
    rows: dict[tuple[str, str], dict[int, Row]] = field(default_factory=lambda: defaultdict(dict))


def check(table: Tabel, konteks: Konteks, hasil: Hasil) -> None:
    """Fill ``hasil`` with keuangan rows per month (cumulative files are turned into months)."""
    opd = OpdBaris(table, konteks)
    if konteks.tahun is None:
        hint = "Sebut tahunnya, mis. --periode 2026."
        table.masalah.append(Masalah(Tingkat.GALAT, "periode", "Tahun belum disebut.", hint))
        return
    if not opd.ready():
        return
    work = _Baca(table, konteks, opd, {kunci: _read(table, kunci, konteks) for kunci in (*MONEY, *PHYSICAL)})
    cells = {column.kunci: table.column(column.kunci) for column in COLUMNS}
    for index in konteks.kemajuan(range(len(table.rows))):
        _row(work, index, {kunci: column[index] for kunci, column in cells.items()}, konteks.tahun)
    cumulative = _is_cumulative(work)
    for (of_opd, node), months in work.rows.items():
        _finish(work, months, konteks.dikenal.keuangan(of_opd, node), cumulative)
    rows = [row for months in work.rows.values() for row in months.values()]
    hasil.muatan.keuangan = [_said(row) for row in rows if _says_something(row)]
    _missing(work)
    total = sum(row["realisasi"] or 0 for row in rows)
    hasil.ringkasan = {
        "sub_kegiatan": len(work.rows),
        "total_realisasi": total,
        "dibaca_sebagai": "kumulatif" if cumulative else "per bulan",
    }


def _read(table: Tabel, kunci: str, konteks: Konteks) -> dict[str, Decimal | AngkaSalah]:
    texts = list(dict.fromkeys(text for text in table.column(kunci) if text))
    return numbers(table.gaya(kunci, texts, konteks.angka), texts)


def _row(work: _Baca, index: int, cell: dict[str, str], tahun: int) -> None:
    opd = work.opd.of(index)
    month = _month(work, index, cell["bulan"])
    if opd is None or month is None or not _is_known(work, index, opd, cell["kode"]):
        return
    months = work.rows[(opd, cell["kode"])]
    if month in months:
        message = f"bulan {month} sudah ada di baris {months[month]['baris']}."
        work.table.say(Tingkat.GALAT, "duplikat", index, "kode", message, "Hapus salah satunya.", cell["kode"])
        return
    row: Row = {"tahun": tahun, "opd": opd, "node": cell["kode"], "bulan": month, "indeks": index}
    row |= {"baris": work.table.nomor[index], "kolom": column_letter(work.table.kepala.posisi["realisasi"])}
    if not any(cell[kunci] for kunci in (*MONEY, *PHYSICAL)):
        work.table.say(Tingkat.INFO, "baris_kosong", index, "", "Baris ini tanpa angka: tidak ada yang diubah.")
    row |= {kunci: _rupiah(work, index, kunci, cell[kunci]) for kunci in MONEY}
    months[month] = row | {kunci: _percent(work, index, kunci, cell[kunci]) for kunci in PHYSICAL}


def _month(work: _Baca, index: int, text: str) -> int | None:
    """1 to 12, or an Indonesian month name or its first three letters."""
    flat = text.casefold()
    if flat.isascii() and flat.isdigit() and 1 <= int(flat) <= 12:
        return int(flat)
    found = _MONTHS.get(flat) or _SHORT.get(flat)
    if found is None:
        hint = "Tulis 1 sampai 12 atau nama bulan, mis. Maret."
        work.table.say(Tingkat.GALAT, "bulan", index, "bulan", "bukan bulan.", hint, text)
    return found


def _is_known(work: _Baca, index: int, opd: str, kode: str) -> bool:
    node = work.konteks.dikenal.nodes(opd).get(kode)
    if node is not None and node["level"] == Level.SUB_KEGIATAN:
        return True
    what = "tidak ada di rencana OPD." if node is None else "bukan kode sub kegiatan."
    work.table.say(Tingkat.GALAT, "kode_tidak_dikenal", index, "kode", what, "Pakai kode dari templat.", kode)
    return False


def _number(work: _Baca, index: int, kunci: str, text: str) -> Decimal | None:
    if not text:
        return None
    number = work.values[kunci][text]
    if isinstance(number, Decimal):
        return number
    if not isinstance(number, AngkaRagu):  # an ambiguous column was told once, as a whole
        work.table.say(Tingkat.GALAT, "bukan_angka", index, kunci, str(number), "", text)
    return None


def _rupiah(work: _Baca, index: int, kunci: str, text: str) -> int | None:
    number = _number(work, index, kunci, text)
    if number is None:
        return None
    if number < 0:
        work.table.say(Tingkat.KONFIRMASI, "uang_minus", index, kunci, "kurang dari nol.", "Periksa.", text)
    whole = whole_rupiah(
        number, lambda rule, said, hint: work.table.say(Tingkat.GALAT, rule, index, kunci, said, hint, text)
    )
    if whole is not None and whole != number:
        work.table.say(Tingkat.INFO, "dibulatkan", index, kunci, f"dibulatkan menjadi {whole} rupiah.", "", text)
    return whole


def _percent(work: _Baca, index: int, kunci: str, text: str) -> Decimal | None:
    number = _number(work, index, kunci, text)
    if number is not None and not 0 <= number <= 100:
        hint = "Tulis persen kumulatif 0 sampai 100."
        work.table.say(Tingkat.GALAT, "fisik_di_luar_batas", index, kunci, "di luar 0 sampai 100.", hint, text)
    return number


def _is_cumulative(work: _Baca) -> bool:
    """What the submitter said; else per month, asking when the values look cumulative."""
    if work.konteks.kumulatif is not None:
        return work.konteks.kumulatif
    judged = [_spent(months) for months in work.rows.values()]
    judged = [values for values in judged if len(values) >= ENOUGH_MONTHS]
    rising = [values for values in judged if values == sorted(values) and values[0] < values[-1]]
    if judged and len(rising) * 2 > len(judged):
        count = f"{len(rising)} dari {len(judged)}"
        message = f"Realisasi {count} sub kegiatan tidak pernah turun: kumulatif atau per bulan?"
        hint = "Bila kumulatif, pilih --kumulatif; bila per bulan, pilih --per-bulan. Tanpa pilihan dibaca per bulan."
        place, title = work.table.kepala.posisi["realisasi"], work.table.title("realisasi")
        work.table.masalah.append(
            Masalah(Tingkat.KONFIRMASI, "kumulatif_atau_per_bulan", message, hint, None, place, title)
        )
    return False


def _spent(months: dict[int, Row]) -> list[int]:
    return [row["realisasi"] for _, row in sorted(months.items()) if row["realisasi"] is not None]


def _finish(work: _Baca, months: dict[int, Row], stored: Months, cumulative: bool) -> None:
    """Turn cumulative values into months where needed, and compare what was spent with the pagu."""
    if cumulative:
        for kunci in STORED:
            _to_months(work, months, kunci, _only_stored(months, stored, kunci))
    kept = _only_stored(months, stored, "realisasi")
    spent = counted = 0
    for month, row in sorted(months.items()):
        spent += (row["realisasi"] or 0) + _between(kept, counted, month)
        counted = month
        pagu = row["pagu"] if row["pagu"] is not None else _stored_pagu(work, row)
        if pagu is not None and spent > pagu and row["realisasi"]:
            message = f"Realisasi sampai bulan ini {spent:,} melebihi pagu {pagu:,}.".replace(",", ".")
            work.table.say(Tingkat.KONFIRMASI, "realisasi_di_atas_pagu", row["indeks"], "realisasi", message)


def _only_stored(months: dict[int, Row], stored: Months, kunci: str) -> dict[int, int]:
    """The stored values of the months about which the file says nothing: they stay, so they count."""
    said = {month for month, row in months.items() if row[kunci] is not None}
    values = {month: stored[month][STORED[kunci]] for month in stored.keys() - said}
    return {month: value for month, value in values.items() if value is not None}


def _between(values: dict[int, int], after: int, until: int) -> int:
    return sum(value for month, value in values.items() if after < month <= until)


def _to_months(work: _Baca, months: dict[int, Row], kunci: str, kept: dict[int, int]) -> None:
    before = counted = 0
    for month, row in sorted(months.items()):
        value = row[kunci]
        if value is None:
            continue
        before += _between(kept, counted, month)
        counted = month
        if value < before:
            message = f"nilai kumulatif turun dari {before:,} menjadi {value:,}.".replace(",", ".")
            work.table.say(Tingkat.KONFIRMASI, "kumulatif_turun", row["indeks"], kunci, message, "Periksa bulan ini.")
        row[kunci], before = value - before, value


def _stored_pagu(work: _Baca, row: Row) -> int | None:
    pagu = work.konteks.dikenal.nodes(row["opd"])[row["node"]]["pagu"]
    return None if pagu is None else int(pagu)


def _says_something(row: Row) -> bool:
    return any(row[kunci] is not None for kunci in (*MONEY, *PHYSICAL))


def _said(row: Row) -> Row:
    """The row as it is stored: without what the file leaves open, so that nothing stored is wiped."""
    return {name: value for name, value in row.items() if name != "indeks" and value is not None}


def _missing(work: _Baca) -> None:
    for opd in work.opd.seen():
        for kode, node in work.konteks.dikenal.nodes(opd).items():
            if node["level"] == Level.SUB_KEGIATAN and (opd, kode) not in work.rows:
                message = f"Sub kegiatan {kode} '{node['nama']}' tidak ada di berkas."
                hint = "Tambahkan barisnya, atau jelaskan alasannya."
                work.table.masalah.append(Masalah(Tingkat.KONFIRMASI, "baris_kurang", message, hint))
