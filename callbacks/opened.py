"""The opened indicator: its position, how it was computed with its own inputs, and the rows it came from."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
from dash import html

from callbacks.drill import Telusur
from callbacks.lock import penjawab
from callbacks.opd import target_text
from callbacks.view import Pandangan, public_url
from data.queries.indikator import Rincian
from data.queries.laporan import read_report
from data.queries.linimasa import accepted_values, uploaders
from data.queries.pemda import calendar
from data.words import LEVEL_NAMES, TW_NAMES, Akumulasi, Arah, Level, RumusTurun, Status
from pages.parts import formats as fmt
from pages.parts.compute import Calculation, accumulation_step, capaian_calculation
from pages.parts.elements import records
from pages.parts.indicator import Indicator, Reply, indicator_detail
from pages.parts.origin import Change, Origin
from pages.parts.share import whatsapp

SETAHUN_LABEL = "Terhadap target setahun"


def open_detail(view: Pandangan, drill: Telusur, page: str, arahan: html.Section | None = None) -> html.Article:
    """Everything about the indicator the address names; ``arahan``: what was asked about it and what the OPD says."""
    opened = drill.indikator
    assert opened is not None
    tw = view.period.tw
    now = records(opened.posisi[opened.posisi["tw"] == tw])[0]
    indicator = _indicator(opened, now, view)
    report = penjawab().ask(read_report, *view.at, drill.opd or "")
    at = {"tahun": view.period.tahun, "tw": tw, "opd": drill.opd, "indikator": opened.data["kode"]}
    sentence = (
        f"{opened.data['nama']} ({opened.opd_nama}): capaian {fmt.percent(now['capaian'], 2)} s.d. {view.period.nama}."
    )
    return indicator_detail(
        indicator,
        _quarters(opened, tw),
        _calculation(opened, now, view),
        origins_of(opened, drill.opd or "", view),
        _reply(report, opened, tw),
        whatsapp(sentence, public_url(page, at), filled=True),
        arahan,
    )


def _indicator(opened: Rincian, now: dict[str, Any], view: Pandangan) -> Indicator:
    data = opened.data
    level = LEVEL_NAMES[Level(opened.level)].lower()
    about = f"Indikator {level} · satuan {data['satuan'] or '–'} · arah {data['arah']} · {_akumulasi(data)}"
    return Indicator(
        nama=data["nama"],
        keterangan=about,
        satuan=data["satuan"],
        capaian=now["capaian"],
        status=Status(now["status"]),
        predikat=now["predikat"],
        tahun=view.period.tahun,
        tw=view.period.tw,
        target_sd=now["target_sd"],
        realisasi_sd=now["realisasi_sd"],
        target_tahun=_year_target(opened),
        target_teks=target_text(now),
        realisasi_teks=now["realisasi_sd_teks"],
    )


def _akumulasi(data: dict[str, Any]) -> str:
    return {"jumlah": "jumlah", "terakhir": "nilai terakhir", "rata_rata": "rata-rata"}[data["akumulasi"]]


def _year_target(opened: Rincian) -> Decimal | None:
    row = opened.nilai[opened.nilai["periode"] == 0]
    value: Decimal | None = None if row.empty else row["target"].iloc[0]
    return value


def _quarters(opened: Rincian, tw: int) -> pd.DataFrame:
    """One row per triwulan so far: tw, target, target_teks, realisasi, realisasi_teks, capaian (of that quarter)."""
    rows = []
    for period in range(1, tw + 1):
        found = opened.nilai[opened.nilai["periode"] == period]
        value = {} if found.empty else records(found)[0]
        rows.append(
            {
                "tw": period,
                "target": value.get("target"),
                "target_teks": value.get("target_teks"),
                "realisasi": value.get("realisasi"),
                "realisasi_teks": "nihil" if value.get("nihil") else value.get("realisasi_teks"),
                "capaian": opened.posisi[opened.posisi["tw"] == period]["capaian"].iloc[0],
            }
        )
    return pd.DataFrame(rows, dtype=object)


def _calculation(opened: Rincian, now: dict[str, Any], view: Pandangan) -> Calculation:
    data, tw = opened.data, view.period.tw
    status = Status(now["status"])
    if now["capaian"] is None:
        return Calculation(f"Capaian s.d. {TW_NAMES[tw]}", _why_none(status))
    if now["target_sd_teks"] is not None:
        worked = (
            f"{now['realisasi_sd_teks']} terhadap target {now['target_sd_teks']} = {fmt.percent(now['capaian'], 2)}"
        )
        scale = (
            f"Urutan: {data['skala'].replace('>', ' > ')}" if data["skala"] else "Urutan: AA > A > BB > B > CC > C > D"
        )
        return Calculation("Sama atau lebih baik dari target = 100, selain itu 0", worked, [scale])
    made = _range(now) if data["arah"] == Arah.RENTANG else _ratio(data, now, view)
    return Calculation(made.rule, made.worked, [*made.steps, *_steps(opened, now, tw)])


def _why_none(status: Status) -> str:
    return {
        Status.BELUM_LAPOR: "Belum dilaporkan: tidak ada capaian, bukan nol.",
        Status.NIHIL: "Dinyatakan nihil oleh OPD: tidak dihitung.",
    }.get(status, "Tanpa target s.d. periode ini: tidak ada capaian.")


def _ratio(data: dict[str, Any], now: dict[str, Any], view: Pandangan) -> Calculation:
    rumus = RumusTurun(data["rumus_turun"] or view.aturan.rumus_turun)
    return capaian_calculation(
        now["target_sd"], now["realisasi_sd"], now["capaian"], Arah(data["arah"]), view.period.tw, rumus
    )


def _range(now: dict[str, Any]) -> Calculation:
    low, high, real = now["target_sd"], now["target_atas_sd"], now["realisasi_sd"]
    low_t, high_t, real_t = fmt.decimal_id(low), fmt.decimal_id(high), fmt.decimal_id(real)
    rule = "Di dalam rentang = 100; di atasnya dihitung turun dari batas atas, di bawahnya naik dari batas bawah"
    result = fmt.percent(now["capaian"], 2)
    if low <= real <= high:
        return Calculation(rule, f"{low_t} ≤ {real_t} ≤ {high_t} = {result}")
    if real > high:
        return Calculation(rule, f"(2 × {high_t} − {real_t}) ÷ {high_t} × 100 = {result}")
    return Calculation(rule, f"{real_t} ÷ {low_t} × 100 = {result}")


def _steps(opened: Rincian, now: dict[str, Any], tw: int) -> list[str]:
    """How the quarters combined, and the share of the year's target."""
    kind, values = Akumulasi(opened.data["akumulasi"]), opened.nilai
    so_far = values[(values["periode"] >= 1) & (values["periode"] <= tw)]
    steps = []
    for column, total in (("realisasi", now["realisasi_sd"]), ("target", now["target_sd"])):
        parts = [value for value in so_far[column] if value is not None]
        if len(parts) > 1 and total is not None and now["target_atas_sd"] is None:
            steps.append(accumulation_step(parts, total, kind))
    year = _year_target(opened)
    if now["persen_setahun"] is not None and year:
        done = fmt.decimal_id(now["realisasi_sd"])
        steps.append(f"{SETAHUN_LABEL}: {done} ÷ {fmt.decimal_id(year)} = {fmt.percent(now['persen_setahun'], 2)}")
    return steps


def origins_of(opened: Rincian, opd: str, view: Pandangan) -> list[Origin]:
    """Where the values so far came from, the newest first, each with its own quarter's times."""
    rows = opened.asal[opened.asal["periode"] <= view.period.tw].sort_values("periode", ascending=False)
    cut_off = {(period.tahun, period.tw): period.data_per for period in penjawab().ask(calendar)}
    year, found = view.period.tahun, records(rows)
    office = penjawab().ask(uploaders, [row["nomor"] for row in found])
    past = _changes(opened, opd, year)
    origins = [_origin(row, opd, year, cut_off.get((year, row["periode"])), office) for row in found]
    return [replace(one, riwayat=past.get(row["periode"], ())) for one, row in zip(origins, found, strict=True)]


def _changes(opened: Rincian, opd: str, tahun: int) -> dict[int, list[Change]]:
    """How the accepted value of each period changed, the oldest first."""
    rows = penjawab().ask(accepted_values, tahun, opd, opened.data["opd"], opened.data["kode"])
    names = ("waktu", "lama", "baru", "berkas", "sha256", "kantor")
    found: dict[int, list[Change]] = {}
    for row in records(rows):
        found.setdefault(row["periode"], []).append(Change(**{name: row[name] for name in names}))
    return found


def _origin(row: dict[str, Any], opd: str, tahun: int, data_per: date | None, offices: Mapping[int, str]) -> Origin:
    office = offices.get(row["nomor"])
    report = penjawab().ask(read_report, tahun, row["periode"], opd)
    return Origin(
        berkas=row["nama_berkas"],
        letak=f"baris {row['baris']}, kolom {row['kolom'] or '–'}",
        nilai=row["asli"] or "–",
        data_per=data_per,
        dimuat=row["dimuat_pada"],
        sha256=row["sha256"],
        unggahan_ke=row["nomor"],
        diverifikasi=report["diverifikasi_pada"] if report else None,
        diunggah_oleh=f"{office} (akun {row['oleh']})" if office else f"akun {row['oleh']}",
    )


def _reply(report: dict[str, Any] | None, opened: Rincian, tw: int) -> Reply | None:
    """The words written beside this very value, else the OPD's words about the quarter."""
    row = opened.nilai[opened.nilai["periode"] == tw]
    own = None if row.empty else row["kendala"].iloc[0] or row["keterangan"].iloc[0]
    received = report["diterima_pada"].date() if report and report["diterima_pada"] else None
    if own:
        return Reply(own, opened.opd_nama, received)
    if report and report["tanggapan"]:
        return Reply(report["tanggapan"], opened.opd_nama, received)
    return None
