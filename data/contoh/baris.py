"""Turn plans and figures into table rows: Decimals, the letters a sheet shows, row numbers and column labels."""

from typing import Any, Final

from data.contoh.bentuk import Kelas, Rencana, Simpai, Ukur, as_decimal, as_written
from data.contoh.kinerja import Jalan
from data.contoh.uang import Bulan
from data.words import MONTH_NAMES, SETAHUN, TW_NAMES, Arah, Level

Row = dict[str, Any]
KEPALA: Final = 6
"""Rows of heading above the first data row of every sheet."""
KENDALA: Final = (
    "Kontrak terlambat ditandatangani.",
    "Lokasi belum siap.",
    "Penyedia terlambat mengirim barang.",
    "Peserta kurang dari rencana.",
    "Menunggu petunjuk teknis.",
    "Data dukung belum lengkap.",
)


def node_row(node: Simpai, tahun: int) -> Row:
    return {
        "tahun": tahun,
        "opd": node.opd,
        "kode": node.kode,
        "level": node.level.value,
        "induk": node.induk,
        "nama": node.nama,
        "pagu": node.pagu,
        "sumber_dana": node.sumber_dana,
        "dikenal": True,
        "baris": node.baris,
    }


def indikator_row(ukur: Ukur, tahun: int) -> Row:
    return {
        "tahun": tahun,
        "opd": ukur.opd,
        "kode": ukur.kode,
        "node": ukur.node,
        "nama": ukur.nama,
        "satuan": ukur.satuan,
        "satuan_asli": ukur.satuan,
        "arah": ukur.arah.value,
        "akumulasi": ukur.akumulasi.value,
        "rumus_turun": None,
        "skala": ukur.skala,
        "bobot": None,
        "definisi": _definition(ukur),
        "sumber": _source(ukur),
        "publik": ukur.publik,
        "baris": ukur.baris,
    }


def _definition(ukur: Ukur) -> str:
    if ukur.skala:
        return f"{ukur.nama} menurut penilaian resmi, dari yang terbaik: {ukur.skala.replace('>', ', ')}."
    if ukur.satuan == "%":
        return f"{ukur.nama}: bagian yang memenuhi dibagi seluruhnya, dikali 100."
    better = {Arah.NAIK: "makin tinggi makin baik", Arah.TURUN: "makin rendah makin baik"}
    return f"{ukur.nama}, dihitung dalam {ukur.satuan}; {better.get(ukur.arah, 'baik bila di dalam rentang')}."


def _source(ukur: Ukur) -> str:
    if ukur.program is None:
        return "Renstra perangkat daerah dan rilis resmi"
    return "Laporan pelaksanaan kegiatan" if ukur.node.count(".") > 3 else "Evaluasi Renja perangkat daerah"


def target_rows(ukur: Ukur, tahun: int) -> list[Row]:
    """The year's target, then those of TW I–IV; none where the plan names no target."""
    if ukur.kelas == Kelas.TANPA_TARGET:
        return []
    labels = {SETAHUN: "H (Target Tahun)"} | {tw: f"{'IJKL'[tw - 1]} (Target {TW_NAMES[tw]})" for tw in TW_NAMES}
    values = [ukur.setahun, *ukur.target]
    return [_target_row(ukur, tahun, period, values[period], label) for period, label in labels.items()]


def _target_row(ukur: Ukur, tahun: int, period: int, value: int, label: str) -> Row:
    written = ukur.teks or as_written(value, ukur.places)
    upper = None
    if ukur.atas is not None:
        upper = as_decimal(ukur.atas, ukur.places)
        written = f"{written}–{as_written(ukur.atas, ukur.places)}"
    return {
        "tahun": tahun,
        "opd": ukur.opd,
        "indikator": ukur.kode,
        "periode": period,
        "nilai": None if ukur.teks else as_decimal(value, ukur.places),
        "nilai_atas": upper,
        "teks": ukur.teks,
        "asli": written,
        "baris": ukur.baris,
        "kolom": label,
    }


def realisasi_row(way: Jalan, tahun: int, tw: int, line: int) -> Row | None:
    """What was reported for one triwulan; None where the cell stayed empty."""
    ukur = way.ukur
    nihil = ukur.kelas == Kelas.NIHIL
    if ukur.kelas == Kelas.TIDAK_DIISI or tw not in way.nilai:
        return None
    value = way.nilai[tw]
    number = None if nihil or ukur.teks else as_decimal(value, ukur.places)
    short = tw in way.kurang
    return {
        "tahun": tahun,
        "opd": ukur.opd,
        "indikator": ukur.kode,
        "periode": tw,
        "nilai": number,
        "teks": None if nihil else ukur.teks,
        "nihil": nihil,
        "asli": "nihil" if nihil else ukur.teks or as_written(value, ukur.places),
        "keterangan": "Tidak ada kejadian pada triwulan ini." if nihil else "",
        "kendala": KENDALA[(line + tw) % len(KENDALA)] if short else "",
        "baris": line,
        "kolom": f"E (Realisasi {TW_NAMES[tw]})",
    }


def keuangan_row(node: Simpai, tahun: int, month: Bulan, reported: bool, line: int) -> Row:
    """One month of one sub kegiatan; an unreported one keeps its plan only."""
    name = MONTH_NAMES[month.bulan - 1]
    return {
        "tahun": tahun,
        "opd": node.opd,
        "node": node.kode,
        "bulan": month.bulan,
        "pagu": month.pagu,
        "rak": month.rak,
        "realisasi": month.realisasi if reported else None,
        "fisik_rencana": as_decimal(month.fisik_rencana, 2),
        "fisik": as_decimal(month.fisik, 2) if reported else None,
        "baris": line,
        "kolom": f"{'FIL'[(month.bulan - 1) % 3]} (Realisasi {name})" if reported else f"RAK {name}",
    }


def number_lines(plans: list[Rencana]) -> None:
    """Give every node and indicator its row in the plan's sheet, in the order of the sheet."""
    line = KEPALA
    for plan in plans:
        own: dict[str, list[Ukur]] = {}
        for ukur in plan.ukur:
            own.setdefault(ukur.node, []).append(ukur)
        for node in sorted(plan.simpai, key=lambda one: (one.level == Level.SASARAN, one.kode)):
            line += 1
            node.baris = line
            for offset, ukur in enumerate(own.get(node.kode, [])):
                line += 1 if offset else 0
                ukur.baris = line
