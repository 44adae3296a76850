"""From a stored draft to what is drawn of it: its findings, its questions, and the preview beside what stands now."""

import json
from datetime import datetime
from decimal import Decimal
from typing import Any

import pandas as pd

from data.alasan import split_reasons
from data.engine import reading
from data.pratinjau import LARGEST, Pratinjau, preview_of
from data.queries.kinerja import opd_history
from data.queries.pemda import calendar
from data.words import Status
from loaders import Masalah, Tingkat
from loaders.kepala import normal_header
from pages.parts.elements import address, missing, records
from pages.parts.sparkline import Point, points_by_opd, span_of
from pages.parts.upload_draft import Draf, Kurang, Tanya
from pages.parts.upload_findings import Golongan, Hal, grouped
from pages.parts.upload_preview import Bandingan, Perubahan
from routes.upload import stage_of
from routes.upload_check import finding
from routes.upload_who import Urusan, alamat_of, door

QUARTERS = 8
WORDS = ("faktor_pendorong", "faktor_penghambat", "tindak_lanjut", "tanggapan")


def json_of(row: dict[str, Any], name: str) -> Any:
    return json.loads(row[name] or "null") or ([] if name == "masalah" else {})


def findings_of(row: dict[str, Any]) -> list[Masalah]:
    return [finding(one) for one in json_of(row, "masalah")]


def shown_findings(row: dict[str, Any]) -> list[Hal]:
    """Findings as they are drawn."""
    return [
        Hal(m.tingkat.value, m.aturan, m.pesan, m.perbaikan, m.baris, m.huruf_kolom, m.nama_kolom, str(m.nilai))
        for m in findings_of(row)
    ]


def groups_of(row: dict[str, Any], tingkat: Tingkat) -> list[Golongan]:
    return grouped(shown_findings(row), tingkat.value)


def as_draft(row: dict[str, Any], affair: Urusan) -> Draf:
    """The draft as it is drawn."""
    stored, found = json_of(row, "setelan"), findings_of(row)
    wrong = {one.baris for one in found if one.tingkat is Tingkat.GALAT and one.baris is not None}
    groups = [group.nama for group in groups_of(row, Tingkat.KONFIRMASI)]
    head = stored.get("kepala") or {}
    return Draf(
        nomor=row["nomor"],
        tahap=stage_of(affair),
        nama_berkas=row["nama_berkas"],
        ukuran=row["ukuran"],
        baris=row["jumlah_baris"],
        benar=max(0, row["jumlah_baris"] - len(wrong)),
        galat=row["galat"],
        konfirmasi=row["konfirmasi"],
        sha256=row["sha256"],
        diperiksa=_checked_at(row, stored),
        detik=Decimal(str(stored.get("detik", 0))),
        keterangan=str(stored.get("keterangan", "")),
        hal=shown_findings(row),
        terbaca=head.get("baris") is not None,
        kurang=[Kurang(one["kunci"], one["sebutan"], one["saran"]) for one in head.get("kurang", [])],
        lain=[(one["normal"], one["judul"]) for one in head.get("lain", [])],
        tanya=[_question(one) for one in stored.get("pertanyaan", [])],
        angka=stored.get("angka"),
        petaan=_used(stored),
        teks={name: row[name] for name in WORDS},
        alasan=split_reasons(row["alasan"], groups),
        sekali=row["sekali"],
        kosong=int(json_of(row, "ringkasan").get("kosong", 0)),
    )


def _checked_at(row: dict[str, Any], stored: dict[str, Any]) -> datetime:
    said = stored.get("diperiksa")
    found: datetime = datetime.fromisoformat(said) if said else row["dibuat_pada"]
    return found


def _question(one: dict[str, Any]) -> Tanya:
    return Tanya(one["judul"], one["jumlah"], one["contoh"], Decimal(one["indonesia"]), Decimal(one["inggris"]))


def _used(stored: dict[str, Any]) -> dict[str, str]:
    """Of the confirmed titles those that this file has, with the name of the column they mean."""
    head = stored.get("kepala") or {}
    names = head.get("pilihan", {})
    known = {(normal_header(title), kunci) for kunci, title in head.get("dikenali", {}).items()}
    return {
        title: str(names.get(kunci, kunci))
        for title, kunci in stored.get("petaan", {}).items()
        if (title, kunci) in known
    }


def comparison(row: dict[str, Any], opd: str) -> Bandingan:
    """Before and after this version, asked of the database in a transaction that is always rolled back."""
    entry, alamat = door(), alamat_of(row)
    found = preview_of(entry.engine, entry.pemda, row)
    with reading(entry.engine) as conn:
        quarters = [(one.tahun, one.tw) for one in calendar(conn, entry.pemda)]
        upto = [one for one in quarters if one <= (alamat.tahun, alamat.tw)][-QUARTERS:]
        past = opd_history(conn, entry.pemda, upto, [opd])
    return _as_comparison(found, past, address(f"/opd/{opd}", {"tahun": alamat.tahun, "tw": alamat.tw}), opd)


def _as_comparison(found: Pratinjau, past: pd.DataFrame, href: str, opd: str) -> Bandingan:
    old, new = _plain(found.sebelum.opd), _plain(found.sesudah.opd)
    points = points_by_opd(past).get(opd, [])
    after = [*points[:-1], Point(new["deviasi"], Status(new["status"]))] if new and points else points
    return Bandingan(
        sebelum=old,
        sesudah=new,
        riwayat_lama=points,
        riwayat_baru=after,
        span=span_of(past),
        tambah=found.tambah,
        ubah=found.ubah,
        tetap=found.tetap,
        hilang=found.hilang,
        uang_lama=found.uang_lama,
        uang_baru=found.uang_baru,
        perubahan=[_change(one) for one in records(found.perubahan.head(LARGEST))],
        href=href,
        fisik_lama=found.sebelum.fisik,
        fisik_baru=found.sesudah.fisik,
    )


def _change(one: dict[str, Any]) -> Perubahan:
    return Perubahan(one["jenis"], one["kode"], one["nama"] or "", one["periode"], one["lama"], one["baru"])


def _plain(row: dict[str, Any] | None) -> dict[str, Any] | None:
    return None if row is None else {name: None if missing(value) else value for name, value in row.items()}
