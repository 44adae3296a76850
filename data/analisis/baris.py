"""The rows that are shown: everything a person reads of them, exact, for the few rows of one block."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, select

from data import tables
from data.analisis.angka import GAP, LINE_MOST, STATUS
from data.analisis.lembar import Lembar
from data.analisis.riwayat import Point, Quarter, last_quarters, lines, quarter_of
from data.analisis.saringan import CHOICES, INDIKATOR, LEVELS
from data.analisis.susun import Susunan
from data.formulas.predikat import NAMES

_CHUNK: Final = 400


@dataclass(frozen=True)
class Baris:
    """One row as it is read. ``cocok``: it meets the filter itself; ``anak``: something is beneath it in this view.
    Percents and points are exact, money is rupiah; ``perubahan`` is capaian now less capaian at the start of the
    range, without a range less that of the triwulan before in the same year (to four decimals); ``sejak`` (tahun, tw);
    ``target`` and ``kinerja`` an indicator's s.d. values; ``garis`` its last quarters."""

    posisi: int
    kunci: str
    opd: str
    opd_nama: str
    unit: str
    level: str
    dalam: int
    kode: str
    nama: str
    cocok: bool
    anak: bool
    terbuka: bool
    pagu: int | None
    realisasi: int | None
    serapan: Decimal | None
    rencana: Decimal | None
    capaian: Decimal | None
    deviasi: Decimal | None
    perubahan: Decimal | None
    status: str
    predikat: str
    arah: str
    dana: tuple[str, ...]
    urusan: tuple[str, ...]
    sejak: Quarter | None
    turun2: bool
    keadaan: str
    hari_terlambat: int | None
    target: Decimal | None = None
    target_atas: Decimal | None = None
    target_teks: str | None = None
    kinerja: Decimal | None = None
    kinerja_teks: str | None = None
    satuan: str = ""
    garis: tuple[Point, ...] = ()


def read_rows(
    ask: Callable[..., Any], sheet: Lembar, view: Susunan, rows: Sequence[int], with_lines: bool = True
) -> list[Baris]:
    """One entry per row asked for, in that order."""
    of, at = sheet.rangka, sheet.angka
    leaves = tuple((of.unit[row], of.kode[row]) for row in rows if LEVELS[of.level[row]] == INDIKATOR)
    values = ask(indicator_values, at.tahun, at.tw, leaves) if leaves else {}
    return [_row(sheet, view, int(row), values, with_lines) for row in rows]


def exact_line(ask: Callable[..., Any], sheet: Lembar, row: int) -> tuple[Point, ...]:
    """(deviasi, status) of one row at its last quarters, exact: what is read out, where ``garis`` is only drawn."""
    of, at = sheet.rangka, sheet.angka
    name = of.nama[row] if LEVELS[of.level[row]] == INDIKATOR else ""
    key = (of.unit[row], of.kode[row], name)
    found: dict[tuple[str, str], list[Point]] = ask(lines, tuple(last_quarters(at.tahun, at.tw)), (key,))
    return tuple(found[key[:2]])


def _line(sheet: Lembar, row: int) -> tuple[Point, ...]:
    """The same for drawing, from what is in memory; only the last quarter has its status."""
    values = sheet.angka.garis[:, row].tolist()
    last = len(values) - 1
    status = STATUS[sheet.angka.status[row]]
    return tuple(
        (None if value == GAP else Decimal(value).scaleb(-4), status if place == last else "")
        for place, value in enumerate(values)
    )


def _moved(sheet: Lembar, row: int) -> Decimal | None:
    if len(sheet.rentang) > 1:
        now, first = (one.percent("capaian", row) for one in (sheet.angka, sheet.rentang[0]))
        return None if now is None or first is None else now - first
    before, now_at = sheet.angka.garis[-2:, row].tolist()
    # Capaian so far begins anew each year.
    unknown = sheet.angka.tw == 1 or GAP in (before, now_at) or LINE_MOST in (abs(before), abs(now_at))
    return None if unknown else Decimal(now_at - before).scaleb(-4)


def _row(sheet: Lembar, view: Susunan, row: int, values: Any, with_lines: bool) -> Baris:
    of, at = sheet.rangka, sheet.angka
    place, root = (of.unit[row], of.kode[row]), of.instansi[of.pangkal[row]]
    capaian = at.percent("capaian", row)
    late, since = int(at.hari_terlambat[of.pangkal[row]]), int(at.sejak[row])
    return Baris(
        posisi=row,
        kunci=of.key(row),
        opd=root.kode,
        opd_nama=root.singkat or root.nama,
        unit=of.unit[row],
        level=LEVELS[of.level[row]],
        dalam=int(of.dalam[row]) if view.pohon else 0,
        kode=of.kode[row],
        nama=of.nama[row],
        cocok=bool(view.pilihan.cocok[row]),
        anak=view.pohon and bool(view.pilihan.tampak[row + 1 : of.akhir[row]].any()),
        terbuka=bool(view.terbuka[row]),
        pagu=at.money("pagu", row),
        realisasi=at.money("realisasi", row),
        serapan=at.percent("serapan", row),
        rencana=at.percent("rencana", row),
        capaian=capaian,
        deviasi=None if capaian is None else capaian - 100,
        perubahan=_moved(sheet, row),
        status=STATUS[at.status[row]],
        predikat=NAMES[at.predikat[row]] if at.predikat[row] >= 0 else "",
        arah=CHOICES["arah"][of.arah[row]] if of.arah[row] >= 0 else "",
        dana=tuple(sorted(of.dana_ada[of.dana[row]])),
        urusan=tuple(sorted(of.urusan_ada[of.urusan[row]])),
        sejak=quarter_of(since) if since else None,
        turun2=bool(at.turun2[row]),
        keadaan=at.keadaan[of.pangkal[row]],
        hari_terlambat=None if late < 0 else late,
        garis=_line(sheet, row) if with_lines else (),
        **values.get(place, {}),
    )


def indicator_values(
    conn: Connection, pemda: str, tahun: int, tw: int, keys: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], dict[str, Any]]:
    """For each (unit, kode) of these indicators what was to be reached and what was, s.d. one triwulan, with its
    satuan."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for start in range(0, len(keys), _CHUNK):
        found |= _values(conn, (pemda, tahun, tw), keys[start : start + _CHUNK])
    return found


def _values(
    conn: Connection, at: tuple[str, int, int], keys: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], dict[str, Any]]:
    r, i = tables.rollup_indikator.c, tables.indikator.c
    pemda, tahun, tw = at
    same = (i.pemda == r.pemda) & (i.tahun == r.tahun) & (i.opd == r.opd) & (i.kode == r.indikator)
    where = (r.pemda == pemda, r.tahun == tahun, r.tw == tw, r.opd.in_({opd for opd, _ in keys}))
    query = (
        select(
            *(r.opd, r.indikator, r.target_sd, r.target_atas_sd, r.target_teks, r.realisasi_sd, r.realisasi_teks),
            i.satuan,
        )
        .select_from(tables.rollup_indikator.join(tables.indikator, same))
        .where(*where, r.indikator.in_({kode for _, kode in keys}))
    )
    names = ("target", "target_atas", "target_teks", "kinerja", "kinerja_teks", "satuan")
    return {(row[0], row[1]): dict(zip(names, row[2:], strict=True)) for row in conn.execute(query)}
