"""What the page of one version shows, gathered from the stored version, the preview of accepting it, and what was
published before."""

import json
from collections.abc import Mapping
from string import ascii_uppercase
from typing import Any

from data.access import Orang
from data.alasan import reasons
from data.engine import reading
from data.errors import LoadError
from data.kiriman import Alamat
from data.pratinjau import Gambaran, Pratinjau, preview_of
from data.queries.kiriman import count_versions, predecessor, published, report_state, versions
from data.queries.rencana import known_opd
from data.simpanan import unpack
from data.store import Muatan
from data.words import MONTH_NAMES, TW_NAMES, Keadaan, Kirim, Status
from pages.parts.elements import records
from pages.parts.formats import wib
from pages.parts.verify import PATH
from pages.parts.verify_changes import Banding, Sosok, Ubahan
from pages.parts.verify_version import TEXTS, Putusan, Temuan, Terbitan, Versi
from routes.session import pintu
from routes.version_difference import read_difference

GONE = (
    "Isinya tidak dapat dibandingkan lagi: rencana yang tersimpan sudah berubah. Kembalikan agar OPD mengunggah ulang."
)
DECIDED = {Kirim.DITERIMA, Kirim.DIKEMBALIKAN, Kirim.DIGANTI}


def read_version(row: Mapping[str, Any], orang: Orang | None, show_all: bool) -> Versi:
    """Everything about one version. ``row``: all columns of ``kiriman``."""
    door, nomor = pintu(), row["nomor"]
    with reading(door.engine) as conn:
        names = known_opd(conn, door.pemda)
        count = count_versions(conn, door.pemda, nomor)
        before = predecessor(conn, door.pemda, nomor)
        earlier = _earlier(records(versions(conn, door.pemda, Alamat(row["tahun"], row["tw"], row["opd"]))), nomor)
        out = published(conn, door.pemda, row["tahun"], row["tw"], row["opd"])
        state = report_state(conn, door.pemda, row["tahun"], row["tw"], row["opd"])
    found, gone = _compared(row)
    return Versi(
        nomor=nomor,
        opd=names.get(row["opd"], row["opd"]),
        **{name: row[name] for name in ("tahun", "tw", "oleh", "sha256", "nihil", "alasan")},
        ke=count,
        keadaan=Kirim(row["keadaan"]),
        tanda=row["tanda"] or "",
        pada=row["dikirim_pada"],
        terlambat=row["hari_terlambat"],
        berkas=row["nama_berkas"],
        baris=row["jumlah_baris"],
        temuan=[_finding(one) for one in json.loads(row["masalah"]) if str(one.get("tingkat", "")) == "Konfirmasi"],
        teks={name: row[name] for name, _ in TEXTS},
        banding=found,
        beda=read_difference(row, PATH) if row["keadaan"] != Kirim.TERKIRIM else None,
        gagal=gone,
        terbit=_published(state, out, found),
        putusan=_decision(row),
        sebelumnya=(before["nomor"], f"{before['tanda']}, {wib(before['dikirim_pada'])}") if before else None,
        diminta=_returned(earlier),
        golongan=reasons(row["alasan"]),
        sendiri=orang is not None and (orang.nama == row["oleh"] or orang.opd == row["opd"]),
        semua=show_all,
    )


def _earlier(rows: list[dict[str, Any]], nomor: int) -> dict[str, Any] | None:
    """The version sent just before this one. ``rows``: newest first."""
    return next((one for one in rows if one["nomor"] < nomor and one["dikirim_pada"] is not None), None)


def _returned(earlier: Mapping[str, Any] | None) -> tuple[int, Putusan] | None:
    found = _decision(earlier) if earlier is not None and earlier["keadaan"] == Kirim.DIKEMBALIKAN else None
    return (earlier["nomor"], found) if earlier is not None and found is not None else None


def _compared(row: Mapping[str, Any]) -> tuple[Banding | None, str]:
    """Before and after, while the version waits; or why that cannot be said."""
    if row["keadaan"] != Kirim.TERKIRIM:
        return None, ""
    door, places = pintu(), _places(unpack(row["muatan"]))
    try:
        found = preview_of(door.engine, door.pemda, row)
    except LoadError:
        return None, GONE
    return _comparison(found, places), ""


def _comparison(found: Pratinjau, places: Mapping[tuple[Any, ...], int]) -> Banding:
    changes = [_change(one, places) for one in records(found.perubahan)]
    before, after = _figure(found.sebelum, found.uang_lama), _figure(found.sesudah, found.uang_baru)
    return Banding(before, after, changes, found.tambah, found.ubah, found.tetap, found.hilang)


def _places(rows: Muatan) -> dict[tuple[Any, ...], int]:
    """The row of the file each value stands in."""
    answers = {("realisasi", one["opd"], one["indikator"], one["periode"]): one.get("baris") for one in rows.realisasi}
    money = {("keuangan", one["opd"], one["node"], one["bulan"]): one.get("baris") for one in rows.keuangan}
    return {key: int(place) for key, place in (answers | money).items() if place is not None}


def _change(one: Mapping[str, Any], places: Mapping[tuple[Any, ...], int]) -> Ubahan:
    money, at = one["jenis"] == "keuangan", one["periode"]
    when = MONTH_NAMES[at - 1] if money else TW_NAMES[at]
    place = places.get((one["jenis"], one["opd"], one["kode"], at))
    return Ubahan(one["nama"], one["kode"], when, place, money, one["lama"], one["baru"])


def _figure(found: Gambaran, money: int) -> Sosok:
    own = found.opd or {}
    status = own.get("status")
    return Sosok(own.get("capaian"), Status(status) if status else None, own.get("serapan"), money, found.fisik)


def _published(state: Keadaan, out: Mapping[str, Any] | None, found: Banding | None) -> Terbitan | None:
    """Published figures that this version would correct; what was published before figures were kept is what stands."""
    if state != Keadaan.TERBIT:
        return None
    if out is not None:
        return Terbitan(out["capaian"], out["terbit_pada"])
    return Terbitan(found.sebelum.capaian, None) if found is not None else None


def _decision(row: Mapping[str, Any]) -> Putusan | None:
    if row["diputus_pada"] is None or row["keadaan"] not in DECIDED:
        return None
    notes = [(int(one["baris"]), str(one["catatan"])) for one in json.loads(row["catatan_baris"])]
    return Putusan(row["diputus_pada"], row["diputus_oleh"], row["alasan_putusan"], notes)


def _finding(one: Mapping[str, Any]) -> Temuan:
    parts = [f"Baris {one['baris']}"] if one.get("baris") is not None else []
    letter, title = _letter(one.get("kolom")), str(one.get("nama_kolom") or "")
    if letter:
        parts.append(f"kolom {letter} ({title})" if title else f"kolom {letter}")
    elif title:
        parts.append(f"kolom {title}")
    place = ", ".join(parts)
    value = str(one.get("nilai") or "")[:120]
    return Temuan(place[:1].upper() + place[1:], value, str(one.get("pesan", "")), str(one.get("perbaikan") or ""))


def _letter(column: Any) -> str:
    """The letter of a 0-based column; a column that is a letter already stays."""
    if not isinstance(column, int):
        return str(column or "")
    letters, rest = "", column + 1
    while rest:
        rest, place = divmod(rest - 1, len(ascii_uppercase))
        letters = ascii_uppercase[place] + letters
    return letters
