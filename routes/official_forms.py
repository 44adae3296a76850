"""The official evaluation forms: the list at ``/formulir``, E.81 per OPD; E.79 for the
whole government takes longer and is ordered at ``/unduhan``."""

from datetime import UTC, datetime
from typing import Any, Final

from flask import Blueprint, current_app, request
from werkzeug import Response

from data.access import Audiens, can_audience, can_opd, check_opd
from data.ask import Penjawab
from data.draf import note_download
from data.engine import reading
from data.masuk import pelaku_of
from data.queries.kinerja import top_opd
from data.queries.pemda import Periode, choose_period, reported_periods, unreported
from pages.parts.elements import records
from pages.parts.official_forms import PATH, OpdFormulir, Pilihan, forms_page
from reports.formulir import PDF, XLSX, e81_document
from routes.declared import DECLARED
from routes.page import answer_page
from routes.session import current_person, origin
from routes.upload import XLSX as XLSX_KIND
from routes.upload import attachment

formulir = Blueprint("formulir", __name__)
KINDS: Final = {XLSX: XLSX_KIND, PDF: "application/pdf"}
DECLARED.update(dict.fromkeys(("formulir.home", "formulir.e81_workbook", "formulir.e81_pdf"), Audiens.MASUK))


@formulir.get("/formulir")
def home() -> Any:
    answerer, person = _answerer(), current_person()
    known = answerer.ask(reported_periods)
    period = _period(known)
    silent = set(answerer.ask(unreported, period)["opd"])
    rows = [row for row in records(answerer.ask(top_opd)) if can_opd(person, row["opd"])]
    content = forms_page(
        Pilihan(
            period.tahun,
            period.tw,
            [(one.tahun, one.tw) for one in known],
            [OpdFormulir(row["opd"], row["nama"], row["opd"] not in silent) for row in rows],
            can_audience(person, Audiens.PIMPINAN),
        )
    )
    return answer_page(f"Formulir resmi {period.nama}", content, active=PATH)


@formulir.get("/formulir/e81/<opd>.xlsx")
def e81_workbook(opd: str) -> Any:
    return _e81(opd, XLSX)


@formulir.get("/formulir/e81/<opd>.pdf")
def e81_pdf(opd: str) -> Any:
    return _e81(opd, PDF)


def _e81(opd: str, ending: str) -> Response:
    check_opd(current_person(), opd)
    answerer = _answerer()
    period = _period(answerer.ask(reported_periods))
    with reading(answerer.engine) as conn:
        name, content = e81_document(conn, answerer.pemda, period.tahun, period.tw, opd, ending, datetime.now(UTC))
    return _handed_out(f"formulir/E.81/{opd}", period, ending, name, content)


def _handed_out(what: str, period: Periode, ending: str, name: str, content: bytes) -> Response:
    answerer, who = _answerer(), pelaku_of(current_person(), origin().alamat)
    told = {"periode": period.nama, "bentuk": ending, "ukuran": len(content)}
    note_download(answerer.engine, answerer.pemda, who, what, told)
    return attachment(content, name, KINDS[ending])


def _period(known: list[Periode]) -> Periode:
    return choose_period(known, request.args.get("tahun") or None, request.args.get("tw") or None)


def _answerer() -> Penjawab:
    found: Penjawab = current_app.config["PENJAWAB"]
    return found
