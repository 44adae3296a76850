"""What the card of one OPD says, each figure from a question that the screens ask too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from data.engine import Connection
from data.errors import NotFoundError
from data.queries.indikator import indicators_of_opd
from data.queries.kepatuhan import RECEIVED
from data.queries.kinerja import family, nodes_of_level, opd_history
from data.queries.laporan import read_report
from data.words import TW_NAMES, Level, Status
from pages.parts import formats as fmt
from reports.bahan import Bahan, Row, at_end, money, number, records, short, status_word
from reports.cetak import qr_svg, shortened
from reports.kota_isi import indicator, report_words, reports_of

GROUP_NAMES: Final = {"rsud": "rumah sakit daerah", "sekretariat": "sekretariat", "inspektorat": "inspektorat"}
SMALLEST_GROUP: Final = 3
"""A rank among fewer says nothing."""
ALL_WELL: Final = "Tidak ada indikator di bawah target."
NOT_YET: Final = "Belum ada indikator yang dapat dinilai."
UNKNOWN: Final = "OPD dengan kode ini tidak ada."


@dataclass(frozen=True)
class Muat:
    """How much goes on the page. The first fits every OPD that was seen; the others are there for the one that was
    not: a card has one page, whatever its names and words are."""

    program: int
    nama: int
    kata: int


FITS: Final = (Muat(8, 76, 150), Muat(6, 60, 100), Muat(4, 40, 60), Muat(3, 40, 40))


def card(conn: Connection, basis: Bahan, opd: str, reports: Sequence[Row], alamat: str, muat: Muat) -> dict[str, Any]:
    """Everything one card says, ready to print. Raises NotFoundError for an OPD that is none."""
    row = next((one for one in basis.standings if one["opd"] == opd), None)
    if row is None:
        raise NotFoundError(UNKNOWN)
    pemda, own = basis.pemda.kode, [one for one in reports if one["opd"] == opd]
    opds = family(conn, pemda, opd)
    report = read_report(conn, pemda, *basis.at, opd) or {}
    tahun, tw = basis.at
    address = f"{alamat}/opd/{opd}?tahun={tahun}&tw={tw}"
    return {
        "nama": row["nama"],
        "kode": opd,
        "kalimat": sentence(row, basis),
        "status": row["status"],
        "kata": status_word(row["status"]),
        "predikat": row["predikat"] or "",
        "angka": figures(row, at_end(money(conn, basis, opd), tw)),
        "tren": trend(conn, basis, opd),
        **programs(conn, basis, opds, muat),
        "terburuk": worst(conn, basis, opds, muat),
        "tanpa_terburuk": ALL_WELL if row["capaian"] is not None else NOT_YET,
        "peringkat": rank(row, basis.standings),
        "lapor": punctuality(own, basis),
        "tanggapan": shortened(report.get("tanggapan") or "", 2 * muat.kata),
        "alamat": address,
        "qr": qr_svg(address),
    }


def sentence(row: Row, basis: Bahan) -> str:
    """The finding, as the page of this OPD says it."""
    start, deviasi = f"Sampai {basis.nama_periode}, ", row["deviasi"]
    silent = {
        Status.BELUM_LAPOR: "laporan belum diterima.",
        Status.NIHIL: "OPD menyatakan nihil.",
        Status.TANPA_TARGET: "belum ada target untuk dibandingkan.",
    }.get(Status(row["status"]))
    if silent or deviasi is None:
        return start + (silent or "kinerja belum dapat dihitung.")
    if deviasi < 0:
        return f"{start}kinerja tertinggal {fmt.size_in_points(deviasi)} dari target."
    return f"{start}kinerja mencapai target, {fmt.size_in_points(deviasi)} di atasnya."


def figures(row: Row, end: Row) -> list[dict[str, Any]]:
    """Capaian, serapan and fisik, each beside what was to be reached."""
    deviasi = fmt.with_points(row["deviasi"]) + " dari target" if row["deviasi"] is not None else "belum ada angka"
    spent = f"{fmt.rupiah_short(row['realisasi'])} dari {fmt.rupiah_short(row['pagu'])}"
    work = "Dibanding rencana fisik"
    made = [("Capaian kinerja", row["capaian"], 100, deviasi, "Dibanding target sampai triwulan ini")]
    made += [("Serapan anggaran", row["serapan"], end["rak_persen"], _gap(row["serapan"], end["rak_persen"]), spent)]
    made += [("Kemajuan fisik", end["fisik"], end["fisik_rencana"], _gap(end["fisik"], end["fisik_rencana"]), work)]
    return [
        {
            "nama": name,
            "nilai": number(value),
            "teks": fmt.percent(value),
            "target": number(target) if value is not None or name == "Capaian kinerja" else None,
            "selisih": gap,
            "catatan": note,
        }
        for name, value, target, gap, note in made
    ]


def _gap(actual: Any, plan: Any) -> str:
    if actual is None:
        return "belum ada angka"
    return f"{fmt.with_points(actual - plan)} dari rencana" if plan is not None else "rencana belum ada"


def trend(conn: Connection, basis: Bahan, opd: str) -> list[dict[str, Any]]:
    """Deviasi and status of the last triwulan, oldest first; blank where nothing is known."""
    found = {
        (row["tahun"], row["tw"]): row for row in records(opd_history(conn, basis.pemda.kode, basis.kuartal, [opd]))
    }
    blank = {"deviasi": None, "status": ""}
    return [
        {
            "tahun": quarter[0],
            "tw": TW_NAMES[quarter[1]].removeprefix("TW "),
            "nilai": number(found.get(quarter, blank)["deviasi"]),
            "teks": fmt.points(found.get(quarter, blank)["deviasi"]),
            "status": found.get(quarter, blank)["status"],
            "kata": status_word(found[quarter]["status"]) if quarter in found else "",
        }
        for quarter in basis.kuartal
    ]


def programs(conn: Connection, basis: Bahan, opds: list[str], muat: Muat) -> dict[str, Any]:
    """The programs, furthest behind first, and how many more there are."""
    found = records(nodes_of_level(conn, basis.pemda.kode, *basis.at, opds, [Level.PROGRAM], basis.aturan))
    found.sort(key=lambda row: (row["deviasi"] is None, row["deviasi"] or 0, row["kode"]))
    shown = [
        {
            "nama": shortened(_plain(row["nama"]), muat.nama),
            "status": row["status"],
            "kata": status_word(row["status"]),
            "nilai": number(row["capaian"]),
            "capaian": fmt.decimal_id(row["capaian"], 1),
            "deviasi": fmt.points(row["deviasi"]),
            "serapan": fmt.decimal_id(row["serapan"], 1),
        }
        for row in found[: muat.program]
    ]
    rest = len(found) - len(shown)
    return {"program": shown, "program_lain": f"dan {fmt.whole(rest)} program lain" if rest else ""}


def _plain(name: str) -> str:
    """The name without the word that the heading says, and not in capitals only, as plans write them."""
    plain = name.strip()
    plain = plain[8:] if plain.upper().startswith("PROGRAM ") else plain
    return plain.capitalize() if plain.isupper() else plain


def worst(conn: Connection, basis: Bahan, opds: list[str], muat: Muat) -> list[dict[str, Any]]:
    """The three indicators furthest below their target, with cause and next step."""
    found = records(indicators_of_opd(conn, basis.pemda.kode, *basis.at, opds, basis.aturan, only_public=False))
    behind = [row for row in found if row["capaian"] is not None and row["deviasi"] < 0]
    behind.sort(key=lambda row: (row["capaian"], row["kode"]))
    made = [indicator(conn, basis, row, muat.kata) for row in behind[:3]]
    short_words = ("satuan", "target", "realisasi")
    return [
        {
            **one,
            "nama": shortened(one["nama"], 2 * muat.nama),
            **{name: shortened(one[name], 30) for name in short_words},
        }
        for one in made
    ]


def rank(row: Row, rows: Sequence[Row]) -> dict[str, str]:
    """The place among OPD of the same kind only; ties share a place, because a capaian is capped at 100."""
    kind = str(row["jenis"])
    name = GROUP_NAMES.get(kind, kind)
    values = [fmt.rounded(one["capaian"], 1) for one in rows if one["jenis"] == kind and one["capaian"] is not None]
    if row["capaian"] is None:
        return {"teks": fmt.NONE, "catatan": "Belum ada capaian untuk diperingkat."}
    if len(values) < SMALLEST_GROUP:
        return {"teks": fmt.NONE, "catatan": f"Kelompok {name} terlalu kecil untuk diperingkat."}
    own = fmt.rounded(row["capaian"], 1)
    place, same = 1 + sum(value > own for value in values), values.count(own)
    shared = f", bersama {fmt.whole(same - 1)} lainnya" if same > 1 else ""
    return {
        "teks": f"{fmt.whole(place)} dari {fmt.whole(len(values))}",
        "catatan": f"menurut capaian, di antara {name}{shared}",
    }


def punctuality(own: Sequence[Row], basis: Bahan) -> list[tuple[str, str]]:
    """How the report of this triwulan came, how punctual the last ones were, and what became of them."""
    must = [row for row in own if row["wajib"]]
    inside = [row for row in must if row["keadaan"] in RECEIVED]
    on_time = sum(not row["hari_terlambat"] for row in inside)
    now = next((row for row in own if (row["tahun"], row["tw"]) == basis.at), None)
    came = " · ".join(text for text in report_words(now) if text) if now else fmt.NONE
    tried = [row["sekali_jadi"] for row in inside if row["sekali_jadi"] is not None]
    first = f"{fmt.whole(sum(tried))} dari {fmt.whole(len(tried))} laporan" if tried else "belum tercatat"
    mended = sum(row["dikoreksi"] > 0 for row in inside)
    return [
        (f"Laporan {basis.nama_periode}", came),
        ("Tepat waktu", f"{fmt.whole(on_time)} dari {fmt.whole(len(must))} triwulan"),
        ("Diterima tanpa dikembalikan", first),
        ("Dikoreksi sesudah diterima", f"{fmt.whole(mended)} laporan"),
    ]


def all_reports(conn: Connection, basis: Bahan) -> list[Row]:
    """The grid of every OPD over the quarters that a card looks back on."""
    return reports_of(conn, basis, basis.kuartal)


def file_name(row: Mapping[str, Any], basis: Bahan) -> str:
    tahun, tw = basis.at
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in short(row).lower())
    return f"rapor-{plain}-{tahun}-TW{tw}.pdf"
