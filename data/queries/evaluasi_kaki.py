"""What stands beneath the lines of the official forms: averages as on the screens, the OPD's words, who signs."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

import pandas as pd
from sqlalchemy import Connection

from data.aturan import Aturan, read_aturan
from data.formulas.predikat import predikat
from data.formulas.rerata import mean_limited
from data.formulas.uang import serapan
from data.queries.kinerja import opd_standings, pemda_standing
from data.queries.laporan import read_report
from data.queries.pejabat import Pejabat, official, planning_official
from data.words import Level, Status

COUNTS: Final = ("jumlah_indikator", "dihitung", "tanpa_target", "belum_lapor", "nihil")


@dataclass(frozen=True)
class Kaki:
    """Beneath a form. capaian and serapan are those of the screens (percent s.d. the triwulan); ``batas`` limits a
    capaian inside an average; ``bacaan`` is the reading of the scale. Words nobody wrote are ''. ``tanpa_kinerja`` and
    ``tanpa_uang`` name the OPD of the whole government that have reported neither for the triwulan."""

    capaian: Decimal | None = None
    predikat: str | None = None
    serapan: Decimal | None = None
    predikat_serapan: str | None = None
    jumlah_indikator: int = 0
    dihitung: int = 0
    tanpa_target: int = 0
    belum_lapor: int = 0
    nihil: int = 0
    diterima: bool = False
    pendorong: str = ""
    penghambat: str = ""
    tindak_lanjut: str = ""
    penyusun: Pejabat | None = None
    penilai: Pejabat | None = None
    batas: Decimal | None = Decimal(100)
    bacaan: str = Aturan.bacaan_predikat
    tanpa_kinerja: tuple[str, ...] = ()
    tanpa_uang: tuple[str, ...] = ()


def e81_footer(conn: Connection, pemda: str, tahun: int, tw: int, opd: str) -> Kaki:
    """Beneath form E.81 of one OPD. What a report says is there once it is accepted."""
    aturan = read_aturan(conn, pemda)
    rows = opd_standings(conn, pemda, tahun, tw, aturan)
    kaki = _of_standing(rows[rows["opd"] == opd], aturan)
    said = read_report(conn, pemda, tahun, tw, opd) or {}
    return replace(
        kaki,
        diterima=bool(said),
        pendorong=said.get("faktor_pendorong", ""),
        penghambat=said.get("faktor_penghambat", ""),
        tindak_lanjut=said.get("tindak_lanjut", ""),
        penyusun=official(conn, pemda, opd),
        penilai=planning_official(conn, pemda),
    )


def e79_footer(conn: Connection, pemda: str, tahun: int, tw: int) -> Kaki:
    """Beneath form E.79; Bappeda makes it, the head of the government approves it."""
    aturan = read_aturan(conn, pemda)
    kaki = _of_standing(pemda_standing(conn, pemda, tahun, tw, aturan), aturan)
    rows = opd_standings(conn, pemda, tahun, tw, aturan)
    return replace(
        kaki,
        diterima=True,
        penyusun=planning_official(conn, pemda),
        tanpa_kinerja=_named(rows[rows["status"] == Status.BELUM_LAPOR.value]),
        tanpa_uang=_named(rows[rows["realisasi"].isna()]),
    )


def _named(rows: pd.DataFrame) -> tuple[str, ...]:
    return tuple(short or name for short, name in zip(rows["singkat"], rows["nama"], strict=True))


def _of_standing(rows: pd.DataFrame, aturan: Aturan) -> Kaki:
    own = Kaki(batas=aturan.batas_rata_rata, bacaan=aturan.bacaan_predikat)
    if rows.empty:
        return own
    row: dict[str, Any] = {str(name): value for name, value in rows.iloc[0].to_dict().items()}
    counts: dict[str, Any] = {name: int(row[name]) for name in COUNTS}
    return replace(
        own,
        capaian=row["capaian"],
        predikat=predikat(row["capaian"], aturan.bacaan_predikat),
        serapan=row["serapan"],
        predikat_serapan=predikat(row["serapan"], aturan.bacaan_predikat),
        **counts,
    )


def renstra_average(rows: pd.DataFrame, batas: Decimal | None) -> Decimal | None:
    """The simple mean of column 14 K over all indicators, each limited as in every average; None when none has one."""
    return mean_limited(list(rows["k14"]), batas)


def renstra_share(rows: pd.DataFrame, level: str = Level.PROGRAM) -> Decimal | None:
    """Column 14 Rp of all nodes of a level together: everything in column 13 of everything in column 5, percent."""
    both = [(row.rp13, row.rp5) for row in renstra_money(rows, level)]
    return serapan([sum(spent for spent, _ in both)], [sum(end for _, end in both)])[0] if both else None


def renstra_money(rows: pd.DataFrame, level: str = Level.PROGRAM) -> list[Any]:
    """The lines of a level that have both an end of the Renstra and what was spent of it (their Index is the line)."""
    keep = [
        line == level and end is not None and spent is not None
        for line, end, spent in zip(rows["level"], rows["rp5"], rows["rp13"], strict=True)
    ]
    return list(rows[pd.Series(keep, index=rows.index, dtype=bool)].itertuples())
