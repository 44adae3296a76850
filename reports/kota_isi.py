"""What the tables and charts of the city report say, each from a question the screens ask too."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from data.engine import Connection
from data.queries.indikator import open_indicator, worst_indicators
from data.queries.kepatuhan import RECEIVED, grid
from data.queries.kinerja import opd_history
from data.queries.laporan import read_report
from data.queries.pejabat import signers
from data.queries.terbitan import corrected_opd, is_published
from data.words import MONTH_NAMES, STATUS_ORDER, TW_NAMES, Keadaan, Status
from pages.parts import formats as fmt
from reports.bahan import Bahan, Row, at_end, money, number, records, short, status_word
from reports.cetak import shortened

WORST: Final = 10
SAID: Final = 260
"""Letters of what an OPD says in a list; its own card and its page have the whole."""
GROUP_NOTES: Final = {
    Status.DI_BAWAH: "tertinggal lebih dari batas perhatian",
    Status.PERHATIAN: "tertinggal, masih dalam batas perhatian",
    Status.BELUM_LAPOR: "tidak dihitung sebagai nol",
    Status.TANPA_TARGET: "belum dapat dibandingkan",
    Status.NIHIL: "menyatakan tidak ada yang dilaporkan",
    Status.TERCAPAI: "sama dengan atau di atas target",
}


def groups(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The OPD by status, worst first; inside a status by deviasi × pagu, as on the screen."""
    made = []
    for status in STATUS_ORDER:
        inside = sorted((row for row in rows if row["status"] == status), key=_weight)
        if inside:
            made.append(
                {
                    "status": status.value,
                    "kata": status_word(status),
                    "jumlah": len(inside),
                    "catatan": GROUP_NOTES[status],
                    "opd": [_bullet(row) for row in inside],
                }
            )
    return made


def _weight(row: Row) -> tuple[Decimal, str]:
    pagu = Decimal(row["pagu"] or 0)
    return (row["deviasi"] * pagu if row["deviasi"] is not None else -pagu, str(row["nama"]))


def _bullet(row: Row) -> dict[str, Any]:
    return {
        "nama": short(row),
        "pagu": fmt.rupiah_short(row["pagu"]),
        "status": row["status"],
        "nilai": number(row["capaian"]),
        "capaian": fmt.percent(row["capaian"]),
        "deviasi": fmt.points(row["deviasi"]),
    }


def reports_of(conn: Connection, basis: Bahan, quarters: list[tuple[int, int]] | None = None) -> list[Row]:
    """Where each report stands (``kepatuhan.grid``) in these triwulan, by default that of the report."""
    return records(grid(conn, basis.pemda.kode, quarters or [basis.at], basis.dibuat))


def report_words(row: Row) -> tuple[str, str]:
    """(when it came, how punctual that was)."""
    if row["keadaan"] in RECEIVED:
        late = row["hari_terlambat"] or 0
        came = fmt.tanggal(fmt.in_wib(row["diterima_pada"]).date()) if row["diterima_pada"] else "Diterima"
        return came, f"terlambat {fmt.whole(late)} hari" if late else "tepat waktu"
    state = "Dikembalikan" if row["keadaan"] == Keadaan.DIKEMBALIKAN else "Belum diterima"
    if not row["wajib"]:
        return "Tidak wajib", ""
    return state, f"lewat {fmt.whole(row['lewat'])} hari" if row["lewat"] else ""


def all_opd(conn: Connection, basis: Bahan, reports: Sequence[Row]) -> list[dict[str, Any]]:
    """One line per OPD in the order of the list: the table that replaces the paper one."""
    by_opd = {row["opd"]: row for row in reports}
    return [
        {
            "nama": row["nama"],
            "status": row["status"],
            "kata": status_word(row["status"]),
            "capaian": fmt.decimal_id(row["capaian"], 1),
            "deviasi": fmt.points(row["deviasi"]),
            "predikat": row["predikat"] or fmt.NONE,
            "serapan": fmt.decimal_id(row["serapan"], 1),
            "fisik": fmt.decimal_id(at_end(money(conn, basis, row["opd"]), basis.periode.tw)["fisik"], 1),
            "laporan": report_words(by_opd[row["opd"]]),
        }
        for row in basis.standings
    ]


def heat(conn: Connection, basis: Bahan) -> dict[str, Any]:
    """OPD × the last triwulan, as shapes; worst first, so trouble stands together."""
    history = records(opd_history(conn, basis.pemda.kode, basis.kuartal))
    status = {(row["opd"], row["tahun"], row["tw"]): row["status"] for row in history}
    ordered = [row for status_of in STATUS_ORDER for row in basis.standings if row["status"] == status_of]
    rows = [
        {"nama": short(row), "status": [status.get((row["opd"], *quarter), "") for quarter in basis.kuartal]}
        for row in ordered
    ]
    head = [{"tahun": tahun, "tw": TW_NAMES[tw].removeprefix("TW ")} for tahun, tw in basis.kuartal]
    return {"kuartal": head, "baris": rows}


def curve(rows: Sequence[Row], basis: Bahan) -> dict[str, Any]:
    """The Kurva S of money and fisik as points to draw, and the same months as a table."""
    months = [
        {
            "bulan": MONTH_NAMES[row["bulan"] - 1],
            "pendek": fmt.month_short(row["bulan"]),
            "rak": number(row["rak_persen"]),
            "uang": number(row["realisasi_persen"]),
            "fisik_rencana": number(row["fisik_rencana"]),
            "fisik": number(row["fisik"]),
            "sel": _month_cells(row),
        }
        for row in rows
    ]
    return {"bulan": months, "sampai": basis.periode.tw * 3}


def _month_cells(row: Row) -> list[str]:
    def gap(actual: str, plan: str) -> str:
        return fmt.NONE if None in (row[actual], row[plan]) else fmt.points(row[actual] - row[plan])

    texts = [fmt.decimal_id(row[name], 1) for name in ("rak_persen", "realisasi_persen", "fisik_rencana", "fisik")]
    money_gap, work_gap = gap("realisasi_persen", "rak_persen"), gap("fisik", "fisik_rencana")
    return [texts[0], texts[1], money_gap, fmt.rupiah_short(row["realisasi"]), texts[2], texts[3], work_gap]


def worst(conn: Connection, basis: Bahan) -> list[dict[str, Any]]:
    """The indicators furthest below their target, each with what its OPD says."""
    rules, pemda = basis.aturan, basis.pemda.kode
    found = worst_indicators(conn, pemda, *basis.at, rules.ambang_terburuk, WORST, rules)
    return [indicator(conn, basis, row, SAID) for row in records(found)]


def indicator(conn: Connection, basis: Bahan, row: Row, most: int) -> dict[str, Any]:
    """One indicator with its figures, and the cause and next step its OPD gave (for it, else for the whole report)."""
    pemda, (tahun, tw) = basis.pemda.kode, basis.at
    opened = open_indicator(conn, pemda, tahun, row["opd"], row["kode"], basis.aturan)
    told = [one["kendala"] for one in records(opened.nilai) if one["periode"] == tw] if opened else []
    report = read_report(conn, pemda, tahun, tw, row["opd"]) or {}
    cause = next((text for text in told if text), "")
    return {
        "nama": row["nama"],
        "opd": row.get("opd_nama") or "",
        "satuan": row["satuan"],
        "target": row["target_sd_teks"] or fmt.decimal_id(row["target_sd"]),
        "realisasi": row["realisasi_sd_teks"] or fmt.decimal_id(row["realisasi_sd"]),
        "capaian": fmt.percent(row["capaian"]),
        "status": row["status"],
        "kata": status_word(row["status"]),
        "kendala": shortened(cause or report.get("faktor_penghambat") or "", most),
        "lanjut": shortened(report.get("tindak_lanjut") or "", most),
    }


def missing_reports(reports: Sequence[Row]) -> list[dict[str, str]]:
    """The OPD that must report and whose report is not in the house."""
    rows = [row for row in reports if row["wajib"] and row["keadaan"] not in RECEIVED]
    return [
        {
            "nama": row["nama"],
            "keadaan": report_words(row)[0],
            "batas": fmt.tenggat(row["batas"]),
            "lewat": f"{fmt.whole(row['lewat'])} hari" if row["lewat"] else fmt.NONE,
        }
        for row in rows
    ]


def corrections(conn: Connection, basis: Bahan) -> dict[str, Any]:
    """What was published and is another figure now."""
    pemda = basis.pemda.kode
    rows = [
        {"nama": short(row), "semula": fmt.percent(row["semula"]), "kini": fmt.percent(row["kini"])}
        for row in records(corrected_opd(conn, pemda, *basis.at))
    ]
    if rows:
        return {"kalimat": f"Capaian {fmt.opd(len(rows))} berubah sesudah triwulan ini terbit.", "baris": rows}
    if is_published(conn, pemda, *basis.at):
        return {"kalimat": "Tidak ada angka yang berubah sesudah triwulan ini terbit.", "baris": []}
    return {"kalimat": "Triwulan ini belum diterbitkan, jadi belum ada koreksi sesudah terbit.", "baris": []}


def signatures(conn: Connection, basis: Bahan) -> list[dict[str, str]]:
    """Left the Sekretaris Daerah, right the head of Bappeda; dotted where nobody is known."""
    known = signers(conn, basis.pemda.kode)
    left = _office(basis.standings, lambda row: row["jenis"] == "sekretariat" and "DPRD" not in row["nama"])
    right = _office(basis.standings, lambda row: short(row).startswith("Bap") and "erencanaan" in row["nama"])
    made = []
    for role, opd, title in (("Mengetahui", left, "Sekretaris Daerah"), ("Disusun", right, "Kepala Bappeda")):
        found = known.get(opd)
        blank = {"nama": "", "pangkat": "", "nip": ""}
        own = {"nama": found.nama, "pangkat": found.pangkat, "nip": found.nip} if found else blank
        made.append({"peran": role, "jabatan": found.jabatan if found else title, **own})
    return made


def _office(rows: Sequence[Row], fits: Any) -> str:
    return next((str(row["opd"]) for row in rows if fits(row)), "")


def method(basis: Bahan) -> list[tuple[str, str]]:
    """The rules that made these figures, in the values in force."""
    rules = basis.aturan
    cap = "tidak dibatasi" if rules.batas_rata_rata is None else f"dibatasi {fmt.percent(rules.batas_rata_rata, 0)}"
    limit = fmt.with_points(rules.ambang_perhatian, 0)
    return [
        (
            "Capaian",
            "Realisasi dibagi target sampai triwulan ini, kali 100. Indikator turun: rumus di halaman Metodologi.",
        ),
        ("Capaian OPD", f"Rata-rata capaian programnya. Di dalam rata-rata, capaian sebuah indikator {cap}."),
        ("Deviasi", f"Capaian dikurangi 100. Tercapai mulai 0; perhatian sampai {limit}; di bawahnya di bawah target."),
        ("Serapan", "Realisasi keuangan dibagi pagu sub kegiatan yang sudah melapor, kali 100."),
        ("Fisik", "Rata-rata kemajuan fisik sub kegiatan, ditimbang dengan pagunya."),
        ("Belum lapor", "Tidak dihitung sebagai nol dan tidak masuk rata-rata; jumlahnya selalu disebut."),
        ("Predikat", "Skala Permendagri 86/2017: Sangat Tinggi, Tinggi, Sedang, Rendah, Sangat Rendah."),
    ]
