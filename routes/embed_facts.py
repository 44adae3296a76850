"""What an embed is about, read from its address: the triwulan, its figures, its words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import pandas as pd
from flask import current_app

from data.aturan import Aturan, read_aturan
from data.errors import NotFoundError, PeriodOpenError
from data.queries.kepatuhan import expected
from data.queries.kinerja import family, nodes_of_level, opd_history, opd_standings, program_history
from data.queries.pemda import (
    Cakupan,
    Diam,
    Pemda,
    Periode,
    calendar,
    choose_period,
    coverage,
    read_pemda,
    reported_periods,
)
from data.queries.terbuka import without_untold
from data.queries.uang import kurva_s
from data.words import STATUS_ORDER, Level, Status
from pages.parts import formats as fmt
from pages.parts.elements import address, records
from pages.parts.embed import Kartu, period_words, source_words
from pages.parts.embed_plots import city_marks, kurva, one_opd, opd_list, punctuality, trend_line
from pages.parts.headline import city_sentence, counts_of, opd_sentence, rows_sentence, short_name
from pages.parts.icons import label
from pages.parts.kurva import known_until, kurva_table, standing
from pages.parts.opd import standings_table
from pages.parts.tables import Column, Table
from pages.parts.tren import trend_table
from routes.open_answers import penjawab, silent_told

QUARTERS: Final = 8
LISTED, LISTED_SHORT = 12, 5


@dataclass(frozen=True)
class Lihatan:
    """The start of every embed: the government, the triwulan, its coverage and rules, the query as it was asked."""

    pemda: Pemda
    period: Periode
    cakupan: Cakupan
    aturan: Aturan
    query: Mapping[str, str]

    @property
    def at(self) -> tuple[int, int]:
        return self.period.tahun, self.period.tw

    @property
    def diam(self) -> Diam:
        return silent_told(self.period, self.aturan)


def read_card(bagan: str, query: Mapping[str, str]) -> Kartu:
    """The chart of this name for this query. Raises NotFoundError for a name, OPD or program that is none,
    BadParameterError for nonsense, PeriodOpenError while an OPD's silence may not be told."""
    make = MAKERS.get(bagan)
    if make is None:
        raise NotFoundError(f"Bagan '{bagan[:40]}' tidak ada. Daftarnya di /sematan.")
    ask = penjawab().ask
    period = choose_period(ask(reported_periods), query.get("tahun"), query.get("tw"))
    found = Lihatan(ask(read_pemda), period, ask(coverage, period), ask(read_aturan), query)
    return make(found)


def _card(seen: Lihatan, bagan: str, detail: str, **words: Any) -> Kartu:
    """The card with what every one of them says."""
    site, when = current_app.config["ALAMAT_PUBLIK"], {"tahun": seen.period.tahun, "tw": seen.period.tw}
    kept = {name: seen.query[name] for name in ("opd", "program") if name in seen.query}
    dimuat = seen.cakupan.dimuat
    return Kartu(
        atas=period_words(seen.pemda.nama, *seen.at),
        bawah=source_words(fmt.tanggal(seen.period.data_per), fmt.wib(dimuat)),
        contoh=seen.pemda.contoh,
        rincian=f"{site}{address(detail, {**when, 'program': kept.get('program')})}",
        alamat=f"{site}{address(f'/sematan/{bagan}', kept)}",
        **words,
    )


def _coverage_words(seen: Lihatan) -> str:
    return f"{fmt.whole(seen.cakupan.diterima)} dari {fmt.opd(seen.cakupan.diharapkan)}."


def _finding(row: Mapping[str, Any], seen: Lihatan) -> str:
    """What a row says, without the triwulan, which stands above it."""
    return opd_sentence(row, *seen.at).removeprefix(f"Sampai {fmt.period(*seen.at)}, ")


def _city(seen: Lihatan) -> Kartu:
    counts = counts_of(_standings(seen))
    rows = [[fmt.whole(counts[status]), status_name] for status, status_name in _names(counts)]
    return _card(
        seen,
        "kota",
        "/",
        judul=city_sentence(counts, *seen.at),
        anak=f"Satu tanda = satu OPD. {_coverage_words(seen)}",
        gambar=lambda width, _short: city_marks(counts, width),
        tabel=Table("OPD menurut status", [Column("OPD"), Column("Status", False)], rows),
    )


def _names(counts: Mapping[Status, int]) -> list[tuple[Status, str]]:
    return [(status, label(status)) for status, count in counts.items() if count]


def _offices(seen: Lihatan) -> Kartu:
    standings = without_untold(_standings(seen), seen.diam)
    return _card(
        seen,
        "baris-opd",
        "/",
        judul=rows_sentence(standings),
        anak=f"Capaian, % dari target; garis = 100. {_legend(standings)} {_coverage_words(seen)}",
        gambar=lambda width, short: opd_list(standings, width, LISTED_SHORT if short else LISTED),
        tabel=standings_table(standings),
    )


def _legend(standings: pd.DataFrame) -> str:
    """The shapes with their words: a picture has no room for the word in each row."""
    signs = {Status.DI_BAWAH: "■", Status.PERHATIAN: "▲", Status.BELUM_LAPOR: "○", Status.TERCAPAI: "●"}
    there = [status for status in STATUS_ORDER if status in signs and (standings["status"] == status.value).any()]
    return ", ".join(f"{signs[status]} {label(status).lower()}" for status in there[:2]) + "."


def _office(seen: Lihatan) -> Kartu:
    row = _row(seen)
    history = _history(seen, [str(row["opd"])])
    return _card(
        seen,
        "opd",
        f"/opd/{row['opd']}",
        judul=f"{short_name(row)}: {_finding(row, seen)}",
        anak=f"Capaian s.d. {fmt.tw(seen.period.tw)} (garis = 100) dan deviasi per triwulan, poin.",
        gambar=lambda width, _short: one_opd(row, history, width),
        tabel=trend_table(history),
    )


def _program(seen: Lihatan) -> Kartu:
    row, kode = _row(seen), seen.query.get("program", "")
    opds = penjawab().ask(family, str(row["opd"]))
    nodes = penjawab().ask(nodes_of_level, *seen.at, opds, [Level.PROGRAM, Level.SASARAN], seen.aturan)
    found = records(nodes[nodes["kode"] == kode])
    if not found:
        raise NotFoundError("Program dengan kode ini tidak ada pada OPD dan tahun ini. Tambahkan program= pada alamat.")
    history = penjawab().ask(program_history, _quarters(seen), [str(found[0]["opd"])])
    past = history[history["kode"] == kode].reset_index(drop=True)
    return _card(
        seen,
        "program",
        f"/opd/{row['opd']}",
        judul=f"{short_name(row)}: {_finding(found[0], seen)}",
        anak=f"{found[0]['nama']}. Deviasi per triwulan, poin.",
        gambar=lambda width, _short: trend_line(past, width),
        tabel=trend_table(past),
    )


def _kurva(seen: Lihatan) -> Kartu:
    opd = str(_row(seen)["opd"]) if "opd" in seen.query else ""
    curve = known_until(penjawab().ask(kurva_s, seen.period.tahun, opd), seen.period.tw)
    who = f"{short_name(_row(seen))}: " if opd else ""
    return _card(
        seen,
        "kurva-s",
        f"/opd/{opd}" if opd else "/",
        judul=f"{who}{_money_sentence(curve)}",
        anak=f"Kurva S, % kumulatif; garis putus = rencana. {_coverage_words(seen)}",
        gambar=lambda width, short: kurva(curve, width, 120 if short else 200),
        tabel=kurva_table(curve),
    )


def _money_sentence(curve: pd.DataFrame) -> str:
    now = standing(curve, "keuangan")
    if now is None:
        return "Realisasi keuangan belum dilaporkan."
    if now.deviasi is None:
        return f"Keuangan {fmt.percent(now.actual)} dari pagu; rencana belum ada."
    if now.deviasi >= 0:
        return f"Keuangan sesuai rencana: {fmt.percent(now.actual)} dari pagu."
    return f"Keuangan tertinggal {fmt.size_in_points(now.deviasi)} dari rencana."


def _reports(seen: Lihatan) -> Kartu:
    if not seen.aturan.ketepatan_lapor_publik:
        raise NotFoundError("Bagan ketepatan lapor tidak dibuka untuk publik.")
    inside = seen.cakupan
    words = ("Tepat waktu", "Terlambat", "Belum diterima")
    counts = (inside.tepat_waktu, inside.terlambat, inside.belum)
    return _card(
        seen,
        "lapor",
        "/",
        judul=f"{fmt.whole(inside.tepat_waktu)} dari {fmt.opd(inside.diharapkan)} melapor tepat waktu.",
        anak=f"Laporan {fmt.period(*seen.at)}. {_coverage_words(seen)}",
        gambar=lambda width, _short: punctuality(inside.diharapkan, inside.diterima, inside.tepat_waktu, width),
        tabel=Table(
            "Laporan OPD",
            [Column("Laporan", False), Column("OPD")],
            [[word, fmt.whole(count)] for word, count in zip(words, counts, strict=True)],
        ),
    )


MAKERS: Final = {
    "kota": _city,
    "baris-opd": _offices,
    "opd": _office,
    "program": _program,
    "kurva-s": _kurva,
    "lapor": _reports,
}


def _standings(seen: Lihatan) -> pd.DataFrame:
    found = penjawab().ask(opd_standings, *seen.at, seen.aturan)
    return found.assign(wajib=found["opd"].isin(set(penjawab().ask(expected, *seen.at))))


def _row(seen: Lihatan) -> dict[str, Any]:
    standings = _standings(seen)
    found = records(standings[standings["opd"] == seen.query.get("opd", "")])
    if not found:
        raise NotFoundError("OPD dengan kode ini tidak ada. Tambahkan opd= pada alamat; daftarnya di /sematan.")
    if found[0]["status"] == Status.BELUM_LAPOR and not seen.diam.told(found[0]["opd"]):
        raise PeriodOpenError("Angka OPD ini tampil setelah laporannya diterima atau batas waktunya lewat.")
    return found[0]


def _quarters(seen: Lihatan) -> list[tuple[int, int]]:
    every = [(period.tahun, period.tw) for period in penjawab().ask(calendar)]
    return [quarter for quarter in every if quarter <= seen.at][-QUARTERS:]


def _history(seen: Lihatan, opds: list[str]) -> pd.DataFrame:
    return penjawab().ask(opd_history, _quarters(seen), opds)


def minutes_since_epoch() -> int:
    """Ten minutes of the clock: what may be named turns when a period locks, without new data."""
    return int(datetime.now(UTC).timestamp()) // 600
