"""Receipts: the page and its PDF for those who may see them, and the public page that checks one."""

import hmac
import json
from typing import Any

from flask import Response, current_app, request

from data.access import Audiens, check_opd
from data.ask import Penjawab
from data.engine import reading
from data.errors import NotFoundError
from data.kalender import Tenggat, read_deadline
from data.queries.kiriman import receipt
from data.words import VERSION_NAMES, Kirim, Peran
from pages.parts import formats as fmt
from pages.parts.shell import document, frame
from pages.parts.upload_clock import HOME
from pages.parts.upload_receipt import VERIFIER, Bukti, receipt_page, verifier_page, verify_address
from reports.tanda_terima import TandaTerima, receipt_lines, receipt_pdf
from routes.assets import scripts, styles
from routes.page import answer_page, current_pemda
from routes.session import current_person, settings
from routes.upload import attachment
from routes.upload_who import declare, door, unggah

declare(Audiens.OPD, "receipt_view", "receipt_file")
declare(Audiens.PUBLIK, "verify_receipt")
__all__ = ["unggah"]
PDF = "application/pdf"
HEX = frozenset("0123456789abcdef")


@unggah.get("/unggah/tanda/<tanda>")
def receipt_view(tanda: str) -> Any:
    row, due = _receipt(tanda)
    data = _as_receipt(row, due)
    orang = current_person()
    own = orang is not None and orang.peran == Peran.OPD
    title = f"Laporan {fmt.period(row['tahun'], row['tw'])} sudah diterima."
    inside = f"{VERIFIER}?nomor={row['tanda']}&sha={row['sha256']}"
    content = receipt_page(receipt_lines(data), title, row["tanda"], row["nomor"], inside, own)
    return answer_page("Tanda terima", content, active=HOME)


@unggah.get("/unggah/tanda/<tanda>.pdf")
def receipt_file(tanda: str) -> Any:
    row, due = _receipt(tanda)
    return attachment(receipt_pdf(_as_receipt(row, due)), f"tanda-terima-{row['tanda']}.pdf", PDF)


@unggah.get("/tanda-terima")
def verify_receipt() -> Any:
    """Public: says only whether number and hash belong together. Never asks who is looking."""
    nomor = request.args.get("nomor", "").strip().upper()[:40]
    sha = "".join(request.args.get("sha", "").split()).lower()[:80]
    found = _proof(nomor, sha) if nomor and sha else None
    content = verifier_page(nomor, sha, found, bool(nomor or sha))
    pemda = current_pemda()
    page = frame(content, pemda=pemda.nama, active="", contoh=pemda.contoh)
    text = document(f"Periksa tanda terima · e-Monev {pemda.nama}", "", page, styles(), scripts(), robots=False)
    return Response(text, 200, mimetype="text/html")


def _proof(nomor: str, sha: str) -> Bukti | None:
    answerer: Penjawab = current_app.config["PENJAWAB"]
    try:
        with reading(answerer.engine) as conn:
            row = receipt(conn, answerer.pemda, nomor)
    except NotFoundError:
        return None
    if not set(sha) <= HEX or not hmac.compare_digest(row["sha256"], sha):
        return None
    state = VERSION_NAMES[Kirim(row["keadaan"])]
    return Bukti(fmt.period(row["tahun"], row["tw"]), row["opd_nama"], fmt.wib(row["dikirim_pada"]), state)


def _receipt(tanda: str) -> tuple[dict[str, Any], Tenggat]:
    """A receipt that this person may see. Raises NotFoundError alike for another's and for none."""
    entry = door()
    with reading(entry.engine) as conn:
        row = receipt(conn, entry.pemda, tanda[:40])
        try:
            check_opd(current_person(), row["opd"])
        except NotFoundError:
            receipt(conn, entry.pemda, "")  # says what it says of a number that is not there
        due = read_deadline(conn, entry.pemda, row["tahun"], row["tw"], row["opd"])
    return row, due


def _as_receipt(row: dict[str, Any], due: Tenggat) -> TandaTerima:
    counts, pemda = json.loads(row["ringkasan"] or "{}"), current_pemda()
    return TandaTerima(
        nomor=row["tanda"],
        pemda_nama=pemda.nama,
        opd_kode=row["opd"],
        opd_nama=row["opd_nama"],
        tahun=row["tahun"],
        tw=row["tw"],
        diterima=row["dikirim_pada"].replace(microsecond=0),  # the PDF knows whole seconds only
        nama_berkas=row["nama_berkas"],
        sha256=row["sha256"],
        baris=row["jumlah_baris"],
        terisi=int(counts.get("terisi", 0)),
        nihil=int(counts.get("nihil", 0)),
        total_rp=counts.get("total_keuangan"),
        oleh=row["oleh"],
        hari_terlambat=row["hari_terlambat"],
        alamat=verify_address(settings().base_url, row["tanda"], row["sha256"]),
        tenggat=due.tepat_waktu_sampai,
        contoh=pemda.contoh,
    )
